//! Static feeds: a folder of files that every MISP reads without any API, and the other way about.
//!
//! `manifest.json` lists the events, `hashes.csv` lets a reader look a value up without reading them, and
//! `<uuid>.json` is the event. The same events give the same bytes.

mod read;

pub use read::{FeedError, HashLine, Manifest, ManifestEntry, read_feed_event, read_hashes, read_manifest};

use crate::event::{Attribute, Event, Form, event_json, tags_json};
use crate::types::is_composite;
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

/// The name of an event's file.
pub fn file_name(event: &Event) -> String {
    format!("{}.json", event.uuid)
}

/// An event's file.
pub fn event_file(event: &Event) -> Vec<u8> {
    json!({"Event": event_json(event, Form::Feed)}).to_string().into_bytes()
}

/// An event's entry in `manifest.json`.
pub fn manifest_entry(event: &Event) -> Value {
    json!({
        "Orgc": {"name": event.orgc.name, "uuid": event.orgc.uuid.to_string()},
        "Tag": tags_json(&event.tags, Form::Feed),
        "info": event.info,
        "date": event.date.to_string(),
        "analysis": event.analysis.to_string(),
        "threat_level_id": event.threat_level.to_string(),
        "timestamp": event.timestamp.to_string(),
    })
}

/// `manifest.json`, ordered by id. Of two events of one id the later one stands.
pub fn manifest<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<u8> {
    let entries: Map<String, Value> =
        events.into_iter().map(|event| (event.uuid.to_string(), manifest_entry(event))).collect();
    Value::Object(entries).to_string().into_bytes()
}

/// The MD5 of every value that the event's file holds, in lower-case hexadecimal. A composite counts part by part.
pub fn hashes(event: &Event) -> Vec<String> {
    let of_event = event.attributes.iter();
    let of_objects =
        event.objects.iter().filter(|object| !object.deleted).flat_map(|object| &object.attributes);
    of_event.chain(of_objects).filter(|attribute| !attribute.deleted).flat_map(hashes_of).collect()
}

fn hashes_of(attribute: &Attribute) -> Vec<String> {
    if is_composite(&attribute.kind) {
        // As PyMISP does, at every bar: `a|b|c` has three.
        attribute.value.split('|').map(md5_hex).collect()
    } else {
        vec![md5_hex(&attribute.value)]
    }
}

fn md5_hex(text: &str) -> String {
    use std::fmt::Write as _;
    Md5::digest(text.as_bytes()).iter().fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The event's lines of `hashes.csv`: `md5,uuid`.
pub fn hash_lines(event: &Event) -> String {
    hashes(event).into_iter().map(|hash| format!("{hash},{}\n", event.uuid)).collect()
}
