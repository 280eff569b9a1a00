//! The answers as MISP writes them.

use super::Query;
use super::evaluate::{AttributeHit, Entry, EventHit};
use crate::event::{Attribute, Event, Form, attribute_json, event_json, sighting_json, tags_json};
use serde_json::{Map, Value, json};

/// The answer of `events/restSearch`.
pub fn events_answer(query: &Query, hits: &[EventHit<'_>]) -> Value {
    let events: Vec<Value> = hits.iter().map(|hit| event_found(query, hit.entry)).collect();
    json!({ "response": events })
}

/// The answer of `events/view/{id}`.
pub fn event_answer(entry: Entry<'_>) -> Value {
    let query = Query { with_attachments: true, ..Query::default() };
    event_found(&query, entry)
}

/// One event of an answer.
pub fn event_found(query: &Query, entry: Entry<'_>) -> Value {
    let event = entry.event;
    let mut shown = event.clone();
    if query.metadata {
        shown.attributes.clear();
        shown.objects.clear();
        shown.reports.clear();
    } else {
        shown.attributes.retain(|attribute| query.shows(None, attribute));
        for object in &mut shown.objects {
            let whole = object.clone();
            object.attributes.retain(|attribute| query.shows(Some(&whole), attribute));
        }
        // An object of which nothing was asked for says nothing.
        shown
            .objects
            .retain(|object| !object.attributes.is_empty() || (query.to_ids.is_none() && !object.deleted));
        if !query.with_attachments {
            let of_objects = shown.objects.iter_mut().flat_map(|object| &mut object.attributes);
            shown.attributes.iter_mut().chain(of_objects).for_each(|attribute| attribute.data = None);
        }
    }
    let mut fields = event_json(&shown, Form::Answer);
    if let Value::Object(map) = &mut fields {
        identify(map, entry);
        map.insert("attribute_count".to_owned(), event.all_attributes().count().to_string().into());
    }
    json!({ "Event": fields })
}

/// What a list of events says of one, without its attributes.
pub fn event_head(entry: Entry<'_>) -> Value {
    let query = Query { metadata: true, ..Query::default() };
    let mut head = event_found(&query, entry)["Event"].take();
    if let Value::Object(map) = &mut head {
        for name in ["Attribute", "Object", "EventReport"] {
            map.remove(name);
        }
        let tags = map.remove("Tag").unwrap_or_default();
        let tags: Vec<Value> =
            tags.as_array().into_iter().flatten().map(|tag| json!({"Tag": tag, "local": false})).collect();
        map.insert("EventTag".to_owned(), tags.into());
    }
    head
}

/// Numbers that clients of MISP expect; organisations have none here.
fn identify(map: &mut Map<String, Value>, entry: Entry<'_>) {
    let org = json!({"id": "0", "name": entry.event.orgc.name, "uuid": entry.event.orgc.uuid.to_string()});
    map.insert("id".to_owned(), entry.id.to_string().into());
    map.insert("org_id".to_owned(), "0".into());
    map.insert("orgc_id".to_owned(), "0".into());
    map.insert("Org".to_owned(), org.clone());
    map.insert("Orgc".to_owned(), org);
}

/// The answer of `attributes/restSearch`.
pub fn attributes_answer(query: &Query, hits: &[AttributeHit<'_>]) -> Value {
    let attributes: Vec<Value> = hits.iter().map(|hit| attribute_found(query, hit)).collect();
    json!({"response": {"Attribute": attributes}})
}

/// One attribute of an answer.
pub fn attribute_found(query: &Query, hit: &AttributeHit<'_>) -> Value {
    let (event, attribute) = (hit.entry.event, hit.attribute);
    let mut shown: Attribute = attribute.clone();
    if !query.with_attachments {
        shown.data = None;
    }
    let mut fields = attribute_json(&shown, Form::Answer);
    if let Value::Object(map) = &mut fields {
        map.insert("event_id".to_owned(), hit.entry.id.to_string().into());
        map.remove("Sighting");
        if query.with_sightings {
            let sightings: Vec<Value> = attribute.sightings.iter().map(sighting_json).collect();
            map.insert("Sighting".to_owned(), sightings.into());
        }
        if query.with_event_uuid {
            map.insert("event_uuid".to_owned(), event.uuid.to_string().into());
        }
        if query.with_event_tags {
            let mut tags = tags_json(&event.tags, Form::Answer);
            tags.extend(tags_json(&attribute.tags, Form::Answer));
            map.insert("Tag".to_owned(), tags.into());
        }
        if let Some(object) = hit.object {
            let about = json!({"name": object.name, "uuid": object.uuid.to_string()});
            map.insert("Object".to_owned(), about);
        }
        map.insert("Event".to_owned(), around(hit.entry, event));
    }
    fields
}

/// What an attribute's answer says of its event.
fn around(entry: Entry<'_>, event: &Event) -> Value {
    json!({
        "id": entry.id.to_string(),
        "uuid": event.uuid.to_string(),
        "info": event.info,
        "date": event.date.to_string(),
        "threat_level_id": event.threat_level.to_string(),
        "analysis": event.analysis.to_string(),
        "timestamp": event.timestamp.to_string(),
        "publish_timestamp": event.publish_timestamp.to_string(),
        "published": event.published,
        "Orgc": {"name": event.orgc.name, "uuid": event.orgc.uuid.to_string()},
    })
}

/// A refusal as MISP writes it.
pub fn error_answer(path: &str, message: &str) -> Value {
    json!({"saved": false, "name": message, "message": message, "url": path, "errors": message})
}
