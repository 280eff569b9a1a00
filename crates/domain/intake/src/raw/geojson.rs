//! GeoJSON (RFC 7946) to records: one per feature, with its properties as columns, and the coordinates
//! of points. Lines and areas have no one place and stay without coordinates.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use crate::raw::grid::Grid;
use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

#[derive(serde::Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    features: Vec<Feature>,
}

#[derive(serde::Deserialize)]
struct Feature {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(serde::Deserialize)]
struct Geometry {
    #[serde(default)]
    coordinates: Position,
}

/// The two numbers of a point; anything nested is passed over without being kept.
#[derive(Default)]
struct Position(Option<(Number, Number)>);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Position(None))
    }
}

impl<'de> Visitor<'de> for Position {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        let first = items.next_element::<Item>()?;
        let second = items.next_element::<Item>()?;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        match (first, second) {
            (Some(Item(Some(longitude))), Some(Item(Some(latitude)))) => {
                Ok(Self(Some((longitude, latitude))))
            }
            _ => Ok(Self(None)),
        }
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

/// A number, or anything else without its content.
struct Item(Option<Number>);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Item(None))
    }
}

impl<'de> Visitor<'de> for Item {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self, E> {
        Ok(Self(Some(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self, E> {
        Ok(Self(Some(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self, E> {
        Ok(Self(Number::from_f64(number)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

/// The features as records below a header: the properties, then `latitude` and `longitude`.
pub(crate) fn parse(text: &str, limits: &Limits, problems: &mut Problems) -> Option<Grid> {
    let collection: Collection = match serde_json::from_str(text) {
        Ok(collection) => collection,
        Err(error) => {
            let code = if error.is_data() { codes::GEOJSON_NOT_FEATURES } else { codes::JSON_SYNTAX };
            problems.push(problems.error(code).at_row(error.line() as u64).with("why", error));
            return None;
        }
    };
    if collection.kind != "FeatureCollection" || collection.features.is_empty() {
        problems.push(problems.error(codes::GEOJSON_NOT_FEATURES).with_value(&collection.kind));
        return None;
    }
    let headings = headings(&collection, limits);
    if collection.features.len() > limits.rows || headings.len() >= limits.columns {
        problems.push(problems.error(codes::TOO_MANY_ROWS).with("limit", limits.rows));
        return None;
    }
    let stated = |name: &str| headings.contains(&name);
    let has_id = !stated("id") && collection.features.iter().any(|feature| feature.id.is_some());
    let places = !stated("latitude")
        && !stated("longitude")
        && collection.features.iter().any(|feature| point(feature).is_some());
    let mut grid = Grid::default();
    grid.begin(1);
    let further = [("id", has_id), ("latitude", places), ("longitude", places)];
    let further = further.iter().filter(|(_, wanted)| *wanted).map(|(name, _)| *name);
    headings.iter().copied().chain(further).for_each(|heading| grid.push_cell(heading));
    for (index, feature) in collection.features.iter().enumerate() {
        grid.begin(u32::try_from(index + 2).unwrap_or(u32::MAX));
        for heading in &headings {
            grid.push_cell(&cell(feature.properties.as_ref().and_then(|own| own.get(*heading))));
        }
        if has_id {
            grid.push_cell(&cell(feature.id.as_ref()));
        }
        if places {
            let [latitude, longitude] = match point(feature) {
                Some((longitude, latitude)) => [latitude.to_string(), longitude.to_string()],
                None => Default::default(),
            };
            grid.push_cell(&latitude);
            grid.push_cell(&longitude);
        }
    }
    Some(grid)
}

/// Names of the properties of all features, in the order in which they appear.
fn headings<'c>(collection: &'c Collection, limits: &Limits) -> Vec<&'c str> {
    let mut headings: Vec<&str> = Vec::new();
    let properties = collection.features.iter().filter_map(|feature| feature.properties.as_ref());
    for name in properties.flat_map(Map::keys) {
        if headings.len() < limits.columns && !headings.contains(&name.as_str()) {
            headings.push(name);
        }
    }
    headings
}

fn point(feature: &Feature) -> Option<&(Number, Number)> {
    feature.geometry.as_ref().and_then(|geometry| geometry.coordinates.0.as_ref())
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}
