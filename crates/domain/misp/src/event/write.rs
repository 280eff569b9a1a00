//! Writes events: as feeds have them, or as `restSearch` answers them.

use super::seen::misp_time;
use super::{Attribute, Distribution, Event, EventReport, Galaxy, Object, Reference, Sighting, Tag};
use serde_json::{Map, Value, json};

/// For whom an event is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A file of a static feed: no distribution, no local tags, no galaxies (their tags say it), nothing withdrawn.
    Feed,
    /// An answer to a search: everything.
    Answer,
}

type Fields = Map<String, Value>;

fn put(fields: &mut Fields, name: &str, value: impl Into<Value>) {
    fields.insert(name.to_owned(), value.into());
}

/// MISP writes integers as texts.
fn number(fields: &mut Fields, name: &str, value: impl std::fmt::Display) {
    put(fields, name, value.to_string());
}

/// The inside of `{"Event": …}`.
pub fn event_json(event: &Event, form: Form) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "uuid", event.uuid.to_string());
    put(&mut fields, "info", event.info.as_str());
    put(&mut fields, "date", event.date.to_string());
    number(&mut fields, "analysis", event.analysis);
    number(&mut fields, "threat_level_id", event.threat_level);
    number(&mut fields, "timestamp", event.timestamp);
    number(&mut fields, "publish_timestamp", event.publish_timestamp);
    put(&mut fields, "published", event.published);
    put(&mut fields, "extends_uuid", event.extends.map(|uuid| uuid.to_string()).unwrap_or_default());
    put(&mut fields, "Orgc", json!({"name": event.orgc.name, "uuid": event.orgc.uuid.to_string()}));
    put(&mut fields, "Tag", tags_json(&event.tags, form));
    let attributes = event.attributes.iter().filter(|a| form == Form::Answer || !a.deleted);
    put(&mut fields, "Attribute", attributes.map(|a| attribute_json(a, form)).collect::<Vec<_>>());
    let objects = event.objects.iter().filter(|o| form == Form::Answer || !o.deleted);
    put(&mut fields, "Object", objects.map(|o| object_json(o, form)).collect::<Vec<_>>());
    let reports = event.reports.iter().filter(|r| form == Form::Answer || !r.deleted);
    put(&mut fields, "EventReport", reports.map(report_json).collect::<Vec<_>>());
    if form == Form::Answer {
        number(&mut fields, "distribution", distribution(event.distribution));
        number(&mut fields, "attribute_count", event.all_attributes().count());
        put(&mut fields, "Galaxy", event.galaxies.iter().map(galaxy_json).collect::<Vec<_>>());
    }
    Value::Object(fields)
}

/// A sharing group has a number in one database alone; who reads the answer cannot look it up.
fn distribution(distribution: Option<Distribution>) -> u8 {
    match distribution {
        None | Some(Distribution::SharingGroup | Distribution::Inherit) => 0,
        Some(other) => other.number(),
    }
}

fn within(distribution: Distribution) -> u8 {
    if distribution == Distribution::SharingGroup { 0 } else { distribution.number() }
}

pub(crate) fn tags_json(tags: &[Tag], form: Form) -> Vec<Value> {
    let wanted = tags.iter().filter(|tag| form == Form::Answer || (tag.exportable && !tag.local));
    wanted
        .map(|tag| {
            json!({
                "name": tag.name,
                "colour": tag.colour.as_deref().unwrap_or("#ffffff"),
                "local": tag.local,
                "relationship_type": tag.relationship,
            })
        })
        .collect()
}

/// One attribute.
pub fn attribute_json(attribute: &Attribute, form: Form) -> Value {
    let mut fields = Fields::new();
    put(&mut fields, "uuid", attribute.uuid.to_string());
    put(&mut fields, "type", attribute.kind.as_str());
    put(&mut fields, "category", attribute.category.as_str());
    put(&mut fields, "value", attribute.value.as_str());
    put(&mut fields, "to_ids", attribute.to_ids);
    number(&mut fields, "timestamp", attribute.timestamp);
    put(&mut fields, "comment", attribute.comment.as_str());
    put(&mut fields, "disable_correlation", attribute.disable_correlation);
    put(&mut fields, "deleted", attribute.deleted);
    if !attribute.relation.is_empty() {
        put(&mut fields, "object_relation", attribute.relation.as_str());
    }
    for (name, at) in [("first_seen", attribute.first_seen), ("last_seen", attribute.last_seen)] {
        if let Some(at) = at {
            put(&mut fields, name, misp_time(at));
        }
    }
    if let Some(data) = &attribute.data {
        put(&mut fields, "data", data.as_str());
    }
    let tags = tags_json(&attribute.tags, form);
    if !tags.is_empty() {
        put(&mut fields, "Tag", tags);
    }
    if form == Form::Answer {
        number(&mut fields, "distribution", within(attribute.distribution));
        put(&mut fields, "Galaxy", attribute.galaxies.iter().map(galaxy_json).collect::<Vec<_>>());
        if !attribute.sightings.is_empty() {
            put(&mut fields, "Sighting", attribute.sightings.iter().map(sighting_json).collect::<Vec<_>>());
        }
    }
    Value::Object(fields)
}

/// One object with its attributes.
pub fn object_json(object: &Object, form: Form) -> Value {
    let mut fields = Fields::new();
    let template = object.template_uuid.unwrap_or_else(|| template_of(&object.name));
    put(&mut fields, "uuid", object.uuid.to_string());
    put(&mut fields, "name", object.name.as_str());
    put(&mut fields, "meta-category", object.meta_category.as_str());
    put(&mut fields, "description", object.description.as_str());
    put(&mut fields, "template_uuid", template.to_string());
    number(&mut fields, "template_version", object.template_version);
    number(&mut fields, "timestamp", object.timestamp);
    put(&mut fields, "comment", object.comment.as_str());
    put(&mut fields, "deleted", object.deleted);
    for (name, at) in [("first_seen", object.first_seen), ("last_seen", object.last_seen)] {
        if let Some(at) = at {
            put(&mut fields, name, misp_time(at));
        }
    }
    let attributes = object.attributes.iter().filter(|a| form == Form::Answer || !a.deleted);
    put(&mut fields, "Attribute", attributes.map(|a| attribute_json(a, form)).collect::<Vec<_>>());
    let references = object.references.iter().filter(|r| form == Form::Answer || !r.deleted);
    put(&mut fields, "ObjectReference", references.map(|r| reference_json(r, object)).collect::<Vec<_>>());
    if form == Form::Answer {
        number(&mut fields, "distribution", within(object.distribution));
    }
    Value::Object(fields)
}

/// Objects without a template's id get the one that PyMISP gives them: UUIDv5 of the name.
fn template_of(name: &str) -> uuid::Uuid {
    const PYMISP: uuid::Uuid = uuid::Uuid::from_u128(0x9319_371e_2504_4128_8410_3741_cebb_cfd3);
    uuid::Uuid::new_v5(&PYMISP, name.as_bytes())
}

fn reference_json(reference: &Reference, object: &Object) -> Value {
    json!({
        "uuid": reference.uuid.to_string(),
        "object_uuid": object.uuid.to_string(),
        "referenced_uuid": reference.to.to_string(),
        "relationship_type": reference.relationship,
        "comment": reference.comment,
        "timestamp": reference.timestamp.to_string(),
        "deleted": reference.deleted,
    })
}

fn report_json(report: &EventReport) -> Value {
    json!({
        "uuid": report.uuid.to_string(),
        "name": report.name,
        "content": report.content,
        "timestamp": report.timestamp.to_string(),
        "deleted": report.deleted,
    })
}

pub(crate) fn sighting_json(sighting: &Sighting) -> Value {
    let mut fields = json!({
        "uuid": sighting.uuid.to_string(),
        "type": sighting.kind.number().to_string(),
        "date_sighting": sighting.at.to_string(),
        "source": sighting.source,
    });
    if let (Some(org), Some(map)) = (&sighting.org, fields.as_object_mut()) {
        put(map, "Organisation", json!({"name": org.name, "uuid": org.uuid.to_string()}));
    }
    fields
}

fn galaxy_json(galaxy: &Galaxy) -> Value {
    let clusters = galaxy.clusters.iter().map(|cluster| {
        let meta: Fields = cluster.meta.iter().map(|(name, values)| (name.clone(), json!(values))).collect();
        json!({
            "uuid": cluster.uuid.map(|uuid| uuid.to_string()),
            "type": cluster.kind,
            "value": cluster.value,
            "tag_name": cluster.tag,
            "description": cluster.description,
            "source": cluster.source,
            "meta": meta,
        })
    });
    json!({
        "uuid": galaxy.uuid.map(|uuid| uuid.to_string()),
        "name": galaxy.name,
        "type": galaxy.kind,
        "description": galaxy.description,
        "GalaxyCluster": clusters.collect::<Vec<_>>(),
    })
}
