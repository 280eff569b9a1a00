//! GeoJSON (RFC 7946) as it comes from outside: limits first, then one pass without a tree of values.

use super::{Feature, Kind, Map, MapError, Position, Shape};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Largest file.
pub const MAX_BYTES: usize = 32 << 20;
/// Most features.
pub const MAX_FEATURES: usize = 20_000;
/// Most positions.
pub const MAX_POSITIONS: usize = 2_000_000;
/// Longest value of a property that can name a feature.
const MAX_VALUE_BYTES: usize = 200;
/// Properties of one feature that are looked at.
const MAX_PROPERTIES: usize = 100;
/// Names under which other files speak of longitude and latitude in WGS 84.
const DEGREES: [&str; 4] = ["CRS84", "EPSG:4326", "EPSG::4326", "OGC:CRS84"];

/// A file that has been read: what can name its features is still open.
#[derive(Debug, Clone)]
pub struct Collection {
    kind: Kind,
    features: Vec<(BTreeMap<String, String>, Shape)>,
}

impl Collection {
    /// Reads a `FeatureCollection` of areas or of points.
    pub fn read(bytes: &[u8]) -> Result<Self, MapError> {
        if bytes.len() > MAX_BYTES {
            return Err(MapError::TooLarge);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let limits = Limits::default();
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let file = FileSeed(&limits).deserialize(&mut reader).and_then(|file| reader.end().map(|()| file));
        let file = match (file, limits.fault.take()) {
            (_, Some(fault)) => return Err(fault),
            (Err(error), None) => return Err(MapError::NotJson(error.to_string())),
            (Ok(file), None) => file,
        };
        check_system(file.system.as_ref())?;
        if file.kind != "FeatureCollection" {
            return Err(MapError::NotAreas(file.kind));
        }
        let mut kind = None;
        let mut features = Vec::with_capacity(file.features.len());
        for (properties, geometry) in file.features {
            let shape = geometry.shape()?;
            let own = if matches!(shape, Shape::Point(_)) { Kind::Points } else { Kind::Areas };
            if *kind.get_or_insert(own) != own {
                return Err(MapError::Mixed);
            }
            features.push((properties, shape));
        }
        let kind = kind.ok_or_else(|| MapError::NotAreas("0".to_owned()))?;
        Ok(Self { kind, features })
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// True when there are none; such a file is refused when it is read.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Properties that every feature has, each with another value: those that can name them.
    pub fn names(&self) -> Vec<&str> {
        let first = self.features.first().map(|(properties, _)| properties);
        let candidates = first.into_iter().flat_map(|properties| properties.keys());
        candidates.map(String::as_str).filter(|name| self.is_name(name)).collect()
    }

    fn is_name(&self, name: &str) -> bool {
        let mut seen = BTreeSet::new();
        self.features
            .iter()
            .all(|(properties, _)| properties.get(name).is_some_and(|value| seen.insert(value)))
    }

    /// The values of a property.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.features.iter().filter_map(move |(properties, _)| properties.get(name).map(String::as_str))
    }

    /// The map whose features this property names.
    pub fn by(&self, property: &str) -> Result<Map, MapError> {
        let unnamed = self.features.iter().filter(|(all, _)| !all.contains_key(property)).count();
        if unnamed > 0 {
            return Err(MapError::NoName(unnamed));
        }
        let mut seen = BTreeSet::new();
        let mut features = Vec::with_capacity(self.features.len());
        for (properties, shape) in &self.features {
            let code = properties.get(property).cloned().unwrap_or_default();
            if !seen.insert(code.clone()) {
                return Err(MapError::Twice(code));
            }
            let name = ["name", "NAME", "Name"].iter().find_map(|key| properties.get(*key));
            let name = name.cloned().unwrap_or_else(|| code.clone());
            features.push(Feature { code, name, shape: shape.clone() });
        }
        features.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(Map { kind: self.kind, features })
    }
}

/// RFC 7946 has one system; the `crs` member of its predecessor may only name that one.
fn check_system(system: Option<&Value>) -> Result<(), MapError> {
    let Some(system) = system.filter(|system| !system.is_null()) else { return Ok(()) };
    let name = system.pointer("/properties/name").and_then(Value::as_str).unwrap_or("?");
    if DEGREES.iter().any(|own| name.ends_with(own)) {
        return Ok(());
    }
    Err(MapError::OtherSystem(name.chars().take(80).collect()))
}

/// Counts over the whole file, and the first thing that is wrong.
#[derive(Default)]
struct Limits {
    positions: Cell<usize>,
    fault: RefCell<Option<MapError>>,
}

impl Limits {
    fn refuse<E: Error>(&self, fault: MapError) -> E {
        let error = E::custom(fault.code());
        *self.fault.borrow_mut() = Some(fault);
        error
    }
}

#[derive(Default)]
struct File {
    kind: String,
    system: Option<Value>,
    features: Vec<(BTreeMap<String, String>, Geometry)>,
}

struct FileSeed<'l>(&'l Limits);

impl<'de> DeserializeSeed<'de> for FileSeed<'_> {
    type Value = File;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<File, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FileSeed<'_> {
    type Value = File;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<File, A::Error> {
        let mut file = File { kind: "?".to_owned(), ..File::default() };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => file.kind = short(&map.next_value::<Value>()?),
                "crs" => file.system = Some(map.next_value()?),
                "features" => file.features = map.next_value_seed(FeaturesSeed(self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(file)
    }
}

fn short(value: &Value) -> String {
    value.as_str().unwrap_or("?").chars().take(40).collect()
}

struct FeaturesSeed<'l>(&'l Limits);

impl<'de> DeserializeSeed<'de> for FeaturesSeed<'_> {
    type Value = Vec<(BTreeMap<String, String>, Geometry)>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for FeaturesSeed<'_> {
    type Value = Vec<(BTreeMap<String, String>, Geometry)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(feature) = seq.next_element_seed(FeatureSeed(self.0))? {
            if all.len() == MAX_FEATURES {
                return Err(self.0.refuse(MapError::TooMany));
            }
            all.push(feature);
        }
        Ok(all)
    }
}

struct FeatureSeed<'l>(&'l Limits);

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = (BTreeMap<String, String>, Geometry);

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = (BTreeMap<String, String>, Geometry);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut properties = BTreeMap::new();
        let mut geometry = Geometry::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "properties" => {
                    let all: Option<BTreeMap<String, Value>> = map.next_value()?;
                    let all = all.unwrap_or_default().into_iter().take(MAX_PROPERTIES);
                    properties.extend(all.filter_map(|(name, value)| Some((name, scalar(&value)?))));
                }
                "id" => {
                    if let Some(value) = scalar(&map.next_value()?) {
                        properties.entry("id".to_owned()).or_insert(value);
                    }
                }
                "geometry" => geometry = map.next_value_seed(GeometrySeed(self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok((properties, geometry))
    }
}

/// The value of a property that can name something.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.len() <= MAX_VALUE_BYTES).then_some(text)
}

/// A geometry: its type, how deep its arrays are, its positions, and where each ring ends.
#[derive(Default)]
struct Geometry {
    kind: String,
    height: u8,
    positions: Vec<Position>,
    ends: Vec<usize>,
}

impl Geometry {
    fn shape(self) -> Result<Shape, MapError> {
        let wrong = || MapError::NotAreas(self.kind.clone());
        match (self.kind.as_str(), self.height) {
            ("Point", 1) => self.positions.first().map(|at| Shape::Point(*at)).ok_or_else(wrong),
            ("Polygon", 3) | ("MultiPolygon", 4) => {
                let mut rings = Vec::with_capacity(self.ends.len());
                let mut from = 0;
                for end in &self.ends {
                    let ring = self.positions.get(from..*end).unwrap_or_default();
                    from = *end;
                    if ring.len() < 4 || ring.first() != ring.last() {
                        return Err(wrong());
                    }
                    // From one position of a border to the next nobody goes round half the earth.
                    if ring.windows(2).any(|pair| pair[0].0.abs_diff(pair[1].0) > 180_000_000) {
                        return Err(MapError::Antimeridian);
                    }
                    rings.push(ring.to_vec());
                }
                if rings.is_empty() { Err(wrong()) } else { Ok(Shape::Area(rings)) }
            }
            _ => Err(wrong()),
        }
    }
}

struct GeometrySeed<'l>(&'l Limits);

impl<'de> DeserializeSeed<'de> for GeometrySeed<'_> {
    type Value = Geometry;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Geometry, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed<'_> {
    type Value = Geometry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_unit<E>(self) -> Result<Geometry, E> {
        Ok(Geometry { kind: "null".to_owned(), ..Geometry::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Geometry, A::Error> {
        let mut geometry = Geometry::default();
        let mut kind = "?".to_owned();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => kind = short(&map.next_value::<Value>()?),
                "coordinates" => {
                    geometry = Geometry::default();
                    let found = map.next_value_seed(Nested { limits: self.0, into: &mut geometry })?;
                    geometry.height = match found {
                        Found::Number(_) => 0,
                        Found::List(height) => height,
                    };
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        geometry.kind = kind;
        Ok(geometry)
    }
}

/// A number, or a list with the height of its arrays: a position is 1, a ring 2.
enum Found {
    Number(f64),
    List(u8),
}

struct Nested<'l, 'g> {
    limits: &'l Limits,
    into: &'g mut Geometry,
}

impl<'de> DeserializeSeed<'de> for Nested<'_, '_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Found, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested<'_, '_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Found, E> {
        Ok(Found::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        // Beyond 180 the number is refused, whatever it is.
        Ok(Found::Number(u32::try_from(value).map_or(f64::INFINITY, f64::from)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Number(i32::try_from(value).map_or(f64::INFINITY, f64::from)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        let limits = self.limits;
        let mut numbers = [0.0_f64; 2];
        let (mut count, mut height) = (0_usize, None);
        loop {
            let Some(found) = seq.next_element_seed(Nested { limits, into: &mut *self.into })? else { break };
            let own = match found {
                Found::Number(value) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = value;
                    }
                    0
                }
                Found::List(height) => height,
            };
            if *height.get_or_insert(own) != own || own > 3 {
                return Err(limits.refuse(MapError::NotAreas("coordinates".to_owned())));
            }
            count += 1;
        }
        match height {
            Some(0) if (2..=4).contains(&count) => self.into.positions.push(position(limits, numbers)?),
            None | Some(0) => return Err(limits.refuse(MapError::NotAreas("coordinates".to_owned()))),
            Some(1) => self.into.ends.push(self.into.positions.len()),
            Some(_) => {}
        }
        Ok(Found::List(height.unwrap_or(0) + 1))
    }
}

fn position<E: Error>(limits: &Limits, [x, y]: [f64; 2]) -> Result<Position, E> {
    limits.positions.set(limits.positions.get() + 1);
    if limits.positions.get() > MAX_POSITIONS {
        return Err(limits.refuse(MapError::TooMany));
    }
    if x.abs() > 180.0 || y.abs() > 90.0 || x.is_nan() || y.is_nan() {
        return Err(limits.refuse(MapError::NotDegrees));
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 millions")]
    Ok(((x * 1e6).round() as i32, (y * 1e6).round() as i32))
}

#[cfg(test)]
mod tests;
