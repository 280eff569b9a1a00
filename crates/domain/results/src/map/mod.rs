//! Maps of an election: areas or points by the code that joins them to its units.
//!
//! What is recorded is a normal form of an uploaded GeoJSON file: positions as whole millionths of a
//! degree, so that two machines never disagree about a number, one line for each feature:
//!
//! ```text
//! {"features":16,"format":"scrutineer/map/1","kind":"areas"}
//! {"code":"02","name":"dolnośląskie","rings":[[16231000,51300000,…]]}
//! {"at":[2352200,48856600],"code":"0101","name":"School"}
//! ```

mod geojson;
mod matching;

pub use geojson::{Collection, MAX_BYTES, MAX_FEATURES, MAX_POSITIONS};
pub use matching::{Matching, Rule, Unmatched, Way, propose};

use scr_canon::{parse_canonical, to_canonical};
use serde::{Deserialize, Serialize};

/// The format that the header names.
pub const FORMAT: &str = "scrutineer/map/1";

/// Longitude and latitude in millionths of a degree (WGS 84).
pub type Position = (i32, i32);

/// Why a map cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Larger than [`MAX_BYTES`].
    #[error("SCR-MAP-001")]
    TooLarge,
    /// Not JSON, or nested too deep.
    #[error("SCR-MAP-002 {0}")]
    NotJson(String),
    /// Not a `FeatureCollection` of areas or of points; with what stands there instead.
    #[error("SCR-MAP-003 {0}")]
    NotAreas(String),
    /// Coordinates that are not longitude and latitude (WGS 84).
    #[error("SCR-MAP-004")]
    NotDegrees,
    /// More than [`MAX_FEATURES`] or [`MAX_POSITIONS`].
    #[error("SCR-MAP-005")]
    TooMany,
    /// This many features lack the property that names them.
    #[error("SCR-MAP-006 {0}")]
    NoName(usize),
    /// Two features have this name.
    #[error("SCR-MAP-007 {0}")]
    Twice(String),
    /// The file names another coordinate reference system.
    #[error("SCR-MAP-008 {0}")]
    OtherSystem(String),
    /// A border jumps over the 180th meridian instead of being cut there (RFC 7946, section 3.1.9).
    #[error("SCR-MAP-009")]
    Antimeridian,
    /// Areas and points in one file.
    #[error("SCR-MAP-010")]
    Mixed,
    /// A recorded map of another form.
    #[error("SCR-MAP-011 line {0}")]
    Form(usize),
}

impl MapError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "SCR-MAP-001",
            Self::NotJson(_) => "SCR-MAP-002",
            Self::NotAreas(_) => "SCR-MAP-003",
            Self::NotDegrees => "SCR-MAP-004",
            Self::TooMany => "SCR-MAP-005",
            Self::NoName(_) => "SCR-MAP-006",
            Self::Twice(_) => "SCR-MAP-007",
            Self::OtherSystem(_) => "SCR-MAP-008",
            Self::Antimeridian => "SCR-MAP-009",
            Self::Mixed => "SCR-MAP-010",
            Self::Form(_) => "SCR-MAP-011",
        }
    }

    /// What was found, where that helps.
    pub fn found(&self) -> String {
        match self {
            Self::NotJson(what) | Self::NotAreas(what) | Self::Twice(what) | Self::OtherSystem(what) => {
                what.clone()
            }
            Self::NoName(count) | Self::Form(count) => count.to_string(),
            _ => String::new(),
        }
    }
}

/// What the features of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Areas with borders.
    Areas,
    /// Points, for instance polling stations.
    Points,
}

impl Kind {
    /// As it is recorded.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Points => "points",
        }
    }
}

/// The geometry of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Closed rings; what lies in an even number of them is outside.
    Area(Vec<Vec<Position>>),
    /// A point.
    Point(Position),
}

/// One feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// What joins it to the units.
    pub code: String,
    /// Its name, for people.
    pub name: String,
    /// Where it is.
    pub shape: Shape,
}

/// A map, features in the order of their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// What its features are.
    pub kind: Kind,
    /// The features.
    pub features: Vec<Feature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    features: u64,
    format: String,
    kind: Kind,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Position>,
    code: String,
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rings: Vec<Vec<i32>>,
}

impl Map {
    /// The recorded form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let header =
            Header { features: self.features.len() as u64, format: FORMAT.to_owned(), kind: self.kind };
        let mut out = to_canonical(&header).unwrap_or_default();
        out.push(b'\n');
        for feature in &self.features {
            let (at, rings) = match &feature.shape {
                Shape::Point(at) => (Some(*at), Vec::new()),
                Shape::Area(rings) => (
                    None,
                    rings.iter().map(|ring| ring.iter().flat_map(|(x, y)| [*x, *y]).collect()).collect(),
                ),
            };
            let line = Line { at, code: feature.code.clone(), name: feature.name.clone(), rings };
            // Whole numbers and text: what canonical JSON takes.
            out.extend_from_slice(&to_canonical(&line).unwrap_or_default());
            out.push(b'\n');
        }
        out
    }

    /// Reads the recorded form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MapError> {
        let body = bytes.strip_suffix(b"\n").ok_or(MapError::Form(0))?;
        let mut lines = (1..).zip(body.split(|b| *b == b'\n'));
        let (_, first) = lines.next().ok_or(MapError::Form(1))?;
        let header: Header = parse(1, first)?;
        if header.format != FORMAT {
            return Err(MapError::Form(1));
        }
        let mut features = Vec::new();
        for (number, line) in lines {
            let Line { at, code, name, rings } = parse(number, line)?;
            let shape = match (header.kind, at) {
                (Kind::Points, Some(at)) if rings.is_empty() => Shape::Point(at),
                (Kind::Areas, None) if !rings.is_empty() => {
                    let pairs = |ring: Vec<i32>| {
                        let whole = ring.len().is_multiple_of(2);
                        whole.then(|| ring.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
                    };
                    let rings: Option<Vec<_>> = rings.into_iter().map(pairs).collect();
                    Shape::Area(rings.ok_or(MapError::Form(number))?)
                }
                _ => return Err(MapError::Form(number)),
            };
            features.push(Feature { code, name, shape });
        }
        let is_whole = features.len() as u64 == header.features;
        if is_whole { Ok(Self { kind: header.kind, features }) } else { Err(MapError::Form(1)) }
    }
}

fn parse<T: serde::de::DeserializeOwned>(line: usize, bytes: &[u8]) -> Result<T, MapError> {
    let value = parse_canonical(bytes).map_err(|_| MapError::Form(line))?;
    serde_json::from_value(value).map_err(|_| MapError::Form(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_rebuilt_from_its_recorded_form() {
        let area = Feature {
            code: "02".into(),
            name: "Dolnośląskie".into(),
            shape: Shape::Area(vec![vec![(0, 0), (1_000_000, 0), (0, -2_500_001), (0, 0)]]),
        };
        let point = Feature { code: "1".into(), name: String::new(), shape: Shape::Point((-180_000_000, 5)) };
        for (kind, feature) in [(Kind::Areas, area), (Kind::Points, point)] {
            let map = Map { kind, features: vec![feature] };
            assert_eq!(Map::from_bytes(&map.to_bytes()).unwrap(), map);
            let text = String::from_utf8(map.to_bytes()).unwrap();
            for (from, to) in
                [("map/1", "map/2"), ("\"features\":1", "\"features\":2"), ("\"code\"", "\"cod\"")]
            {
                let bad = text.replace(from, to);
                assert_eq!(Map::from_bytes(bad.as_bytes()).unwrap_err().code(), "SCR-MAP-011", "{from}");
            }
            assert!(Map::from_bytes(text.trim_end().as_bytes()).is_err());
        }
    }
}
