//! Reads what hangs on events and attributes: galaxies and sightings.

use super::read::Reader;
use super::{Attribute, Cluster, Galaxy, Sighting, SightingKind};
use crate::json::Fields;
use crate::tag::galaxy_tag;
use crate::warning::Code;
use serde_json::Value;
use uuid::Uuid;

/// Values of one name of a cluster's `meta`.
const META_VALUES: usize = 500;

impl Reader<'_> {
    pub(super) fn galaxies(&self, fields: &mut Fields<'_>) -> Vec<Galaxy> {
        let items = fields.list("Galaxy", self.log.limits.per_item).into_iter().enumerate();
        items.filter_map(|(at, value)| self.galaxy(value, format!("{}.Galaxy[{at}]", fields.path))).collect()
    }

    fn galaxy(&self, value: Value, path: String) -> Option<Galaxy> {
        let mut fields = Fields::of(value, path, self.log)?;
        let kind = fields.words("type").or_else(|| fields.words("name")).unwrap_or_default();
        let clusters = fields.list("GalaxyCluster", self.log.limits.per_item).into_iter().enumerate();
        let clusters = clusters
            .filter_map(|(at, value)| {
                self.cluster(value, format!("{}.GalaxyCluster[{at}]", fields.path), &kind)
            })
            .collect();
        Some(Galaxy {
            uuid: uuid_of(&mut fields),
            name: fields.words("name").unwrap_or_else(|| kind.clone()),
            description: fields.text("description").unwrap_or_default(),
            kind,
            clusters,
        })
    }

    fn cluster(&self, value: Value, path: String, galaxy: &str) -> Option<Cluster> {
        let mut fields = Fields::of(value, path, self.log)?;
        let Some(value) = fields.words("value") else {
            fields.warn("value", Code::LeftOut, "a cluster without a name");
            return None;
        };
        let kind = fields.words("type").unwrap_or_else(|| galaxy.to_owned());
        let tag = fields.words("tag_name").unwrap_or_else(|| galaxy_tag(&kind, &value));
        Some(Cluster {
            uuid: uuid_of(&mut fields),
            tag,
            kind,
            value,
            description: fields.text("description").unwrap_or_default(),
            source: fields.text("source").unwrap_or_default(),
            meta: meta(&mut fields),
        })
    }

    pub(super) fn sightings(&self, fields: &mut Fields<'_>) -> Vec<Sighting> {
        let items = fields.list("Sighting", self.log.limits.per_item).into_iter().enumerate();
        items
            .filter_map(|(at, value)| self.sighting(value, format!("{}.Sighting[{at}]", fields.path)))
            .collect()
    }

    fn sighting(&self, value: Value, path: String) -> Option<Sighting> {
        let mut fields = Fields::of(value, path, self.log)?;
        let kind = match fields.code("type", 0..=2).unwrap_or(0) {
            1 => SightingKind::FalsePositive,
            2 => SightingKind::Expiration,
            _ => SightingKind::Seen,
        };
        let Some(at) = self.timestamp(&mut fields, "date_sighting") else {
            fields.warn("date_sighting", Code::LeftOut, "a sighting without a time");
            return None;
        };
        let source = fields.text("source").unwrap_or_default();
        let org = self.org(&mut fields, "Organisation");
        let uuid = uuid_of(&mut fields).unwrap_or_else(|| {
            let who = org.as_ref().map_or("", |org| org.name.as_str());
            crate::ids::derived(&["sighting", &fields.path, &at.to_string(), who, &source])
        });
        Some(Sighting { uuid, kind, at, source, org })
    }
}

fn uuid_of(fields: &mut Fields<'_>) -> Option<Uuid> {
    fields.words("uuid").and_then(|text| Uuid::parse_str(text.trim()).ok())
}

/// `{"refs": ["…"], "country": "RU"}`; values that are no texts are written out.
pub(crate) fn meta(fields: &mut Fields<'_>) -> Vec<(String, Vec<String>)> {
    let Some(Value::Object(map)) = fields.object("meta") else { return Vec::new() };
    let written = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    let values = |value: Value| match value {
        Value::Array(items) => items.into_iter().take(META_VALUES).filter_map(written).collect(),
        single => written(single).into_iter().collect::<Vec<String>>(),
    };
    map.into_iter()
        .map(|(name, value)| (name, values(value)))
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

impl Attribute {
    /// Whether somebody has said that it no longer serves, and from when on.
    pub fn expired_at(&self) -> Option<i64> {
        let expirations = self.sightings.iter().filter(|sighting| sighting.kind == SightingKind::Expiration);
        expirations.map(|sighting| sighting.at).min()
    }
}
