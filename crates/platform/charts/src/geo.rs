//! Maps from GeoJSON (RFC 7946): areas filled by value.

use crate::svg::{Colour, escape};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Why a GeoJSON file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapError {
    /// SCR-MAP-001: larger than 32 MiB.
    TooLarge,
    /// SCR-MAP-002: not JSON, or nested too deep.
    NotJson,
    /// SCR-MAP-003: not a `FeatureCollection` with polygons.
    NotAreas(String),
    /// SCR-MAP-004: coordinates that are not longitude and latitude (WGS 84).
    NotDegrees,
    /// SCR-MAP-005: more than 20,000 areas or 2,000,000 positions.
    TooMany,
    /// SCR-MAP-006: this many areas lack the property that names them.
    NoName(usize),
    /// SCR-MAP-007: two areas have this name.
    Twice(String),
}

impl MapError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "SCR-MAP-001",
            Self::NotJson => "SCR-MAP-002",
            Self::NotAreas(_) => "SCR-MAP-003",
            Self::NotDegrees => "SCR-MAP-004",
            Self::TooMany => "SCR-MAP-005",
            Self::NoName(_) => "SCR-MAP-006",
            Self::Twice(_) => "SCR-MAP-007",
        }
    }
}

impl std::fmt::Display for MapError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code())?;
        match self {
            Self::NotAreas(what) | Self::Twice(what) => write!(f, " {what:?}"),
            Self::NoName(count) => write!(f, " {count}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for MapError {}

const MAX_BYTES: usize = 32 << 20;
const MAX_AREAS: usize = 20_000;
const MAX_POSITIONS: usize = 2_000_000;
const WIDTH: f64 = 1000.0;

type Ring = Vec<(f64, f64)>;

/// The areas of a GeoJSON file by the name that joins them to the data.
#[derive(Debug, Clone)]
pub struct Shapes {
    areas: BTreeMap<String, Vec<Ring>>,
}

impl Shapes {
    /// Reads polygons and multipolygons; `property` names each area, for instance `code`.
    pub fn read(bytes: &[u8], property: &str) -> Result<Self, MapError> {
        if bytes.len() > MAX_BYTES {
            return Err(MapError::TooLarge);
        }
        let file: Value = serde_json::from_slice(bytes).map_err(|_| MapError::NotJson)?;
        let features = file.get("features").and_then(Value::as_array);
        let features = features.ok_or_else(|| MapError::NotAreas(text_of(file.get("type"))))?;
        if features.len() > MAX_AREAS {
            return Err(MapError::TooMany);
        }
        let mut areas = BTreeMap::new();
        let mut unnamed = 0;
        let mut positions = 0;
        for feature in features {
            let name = match feature.pointer("/properties").and_then(|all| all.get(property)) {
                Some(Value::String(text)) if !text.is_empty() => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => {
                    unnamed += 1;
                    continue;
                }
            };
            let rings = rings_of(feature.get("geometry"), &mut positions)?;
            if areas.insert(name.clone(), rings).is_some() {
                return Err(MapError::Twice(name));
            }
        }
        if unnamed > 0 {
            return Err(MapError::NoName(unnamed));
        }
        Ok(Self { areas })
    }

    /// The names of the areas.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.areas.keys().map(String::as_str)
    }
}

fn text_of(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or("?").chars().take(40).collect()
}

fn rings_of(geometry: Option<&Value>, positions: &mut usize) -> Result<Vec<Ring>, MapError> {
    let kind = text_of(geometry.and_then(|geometry| geometry.get("type")));
    let coordinates = geometry.and_then(|geometry| geometry.get("coordinates")).and_then(Value::as_array);
    let not_areas = || MapError::NotAreas(kind.clone());
    let coordinates = coordinates.ok_or_else(not_areas)?;
    let polygons: Vec<&Vec<Value>> = match kind.as_str() {
        "Polygon" => vec![coordinates],
        "MultiPolygon" => {
            coordinates.iter().map(|one| one.as_array().ok_or_else(not_areas)).collect::<Result<_, _>>()?
        }
        _ => return Err(not_areas()),
    };
    let mut rings = Vec::new();
    for ring in polygons.into_iter().flatten() {
        let points = ring.as_array().ok_or_else(not_areas)?;
        *positions += points.len();
        if *positions > MAX_POSITIONS {
            return Err(MapError::TooMany);
        }
        rings.push(points.iter().map(|point| position(point, &kind)).collect::<Result<Ring, _>>()?);
    }
    Ok(rings)
}

fn position(point: &Value, kind: &str) -> Result<(f64, f64), MapError> {
    let part = |i: usize| point.get(i).and_then(Value::as_f64);
    match (part(0), part(1)) {
        (Some(x), Some(y)) if x.abs() <= 180.0 && y.abs() <= 90.0 => Ok((x, y)),
        (Some(_), Some(_)) => Err(MapError::NotDegrees),
        _ => Err(MapError::NotAreas(kind.to_owned())),
    }
}

/// Draws the areas; `fill` gives the colour and the text of each, `None` for no value.
///
/// Equirectangular with the middle latitude true to scale: right for one country, and simple
/// enough to state. North is up in every language.
pub fn choropleth(
    title: &str,
    description: &str,
    shapes: &Shapes,
    fill: &dyn Fn(&str) -> Option<(Colour, String)>,
) -> String {
    let Some(projection) = Projection::of(shapes) else {
        return String::new();
    };
    let mut body = String::new();
    for (name, rings) in &shapes.areas {
        let path = projection.path(rings);
        if path.is_empty() {
            continue;
        }
        let (colour, text) = fill(name).unwrap_or((Colour::Missing, name.clone()));
        let attributes = colour.attributes("area");
        let _ = write!(
            body,
            "<path {attributes} stroke=\"#fff\" stroke-width=\"0.6\" fill-rule=\"evenodd\" d=\"{path}\"><title>{}</title></path>",
            escape(&text)
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 {:.0}\" role=\"img\"><title>{}</title><desc>{}</desc>{body}</svg>",
        projection.height.ceil(),
        escape(title),
        escape(description)
    )
}

struct Projection {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    height: f64,
}

impl Projection {
    fn of(shapes: &Shapes) -> Option<Self> {
        let points = || shapes.areas.values().flatten().flatten();
        points().next()?;
        let fold = |pick: fn(&(f64, f64)) -> f64, choose: fn(f64, f64) -> f64| {
            points().map(pick).reduce(choose).unwrap_or_default()
        };
        let (west, east) = (fold(|p| p.0, f64::min), fold(|p| p.0, f64::max));
        let (south, north) = (fold(|p| p.1, f64::min), fold(|p| p.1, f64::max));
        let shrink = f64::midpoint(south, north).to_radians().cos().max(0.05);
        let across = WIDTH / (east - west).max(1e-6);
        let down = across / shrink;
        let height = ((north - south) * down).clamp(1.0, 4.0 * WIDTH);
        Some(Self { west, north, across, down, height })
    }

    /// Points closer than half a unit to the one before are left out; a ring needs three.
    fn path(&self, rings: &[Ring]) -> String {
        let mut path = String::new();
        for ring in rings {
            let mut kept: Vec<(f64, f64)> = Vec::new();
            for (x, y) in ring {
                let point = ((x - self.west) * self.across, (self.north - y) * self.down);
                let far = |last: &(f64, f64)| (last.0 - point.0).abs() + (last.1 - point.1).abs() >= 0.5;
                if kept.last().is_none_or(far) {
                    kept.push(point);
                }
            }
            if kept.len() < 3 {
                continue;
            }
            for (i, (x, y)) in kept.iter().enumerate() {
                let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":{name}}},"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}]}}"#
        )
    }

    const SQUARE: &str = "[[[0,0],[10,0],[10,10],[0,10],[0,0]]]";

    #[test]
    fn an_area_is_drawn_with_north_up_and_its_value() {
        let shapes = Shapes::read(file("\"PL\"", SQUARE).as_bytes(), "code").unwrap();
        let svg = choropleth("t", "d", &shapes, &|name| Some((Colour::Step(3), format!("{name}: 41"))));
        assert!(svg.contains("<title>PL: 41</title>") && svg.contains("r3"), "{svg}");
        // The south-west corner stands at the left, at the bottom: 1000 / cos(5 degrees) = 1003.8.
        assert!(svg.contains("M0.0 1003.8L1000.0 1003.8L1000.0 0.0"), "{svg}");
    }

    #[test]
    fn every_hostile_file_has_its_code() {
        let read = |text: &str| Shapes::read(text.as_bytes(), "code").unwrap_err().code();
        assert_eq!(Shapes::read(&vec![b' '; MAX_BYTES + 1], "code").unwrap_err().code(), "SCR-MAP-001");
        assert_eq!(read(&"[".repeat(10_000)), "SCR-MAP-002");
        assert_eq!(read("{\"type\":\"Point\"}"), "SCR-MAP-003");
        assert_eq!(read(&file("1", "[[[0]]]")), "SCR-MAP-003");
        assert_eq!(read(&file("1", "[[[500000,600000]]]")), "SCR-MAP-004");
        let many = format!("{{\"features\":[{}1]}}", "1,".repeat(MAX_AREAS));
        assert_eq!(read(&many), "SCR-MAP-005");
        assert_eq!(read(&file("null", SQUARE)), "SCR-MAP-006");
        let one = file("1", SQUARE);
        let feature = &one[one.find('[').unwrap() + 1..one.len() - 2];
        assert_eq!(read(&format!("{{\"features\":[{feature},{feature}]}}")), "SCR-MAP-007");
    }

    #[test]
    fn an_empty_map_is_no_drawing() {
        let shapes = Shapes::read(b"{\"features\":[]}", "code").unwrap();
        assert_eq!(choropleth("t", "d", &shapes, &|_| None), "");
    }
}
