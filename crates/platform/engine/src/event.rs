//! An entry as views see it.

use scr_canon::Hash32;
use scr_entry::Entry;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A recorded entry with what the vault still holds of its private fields.
#[derive(Debug, Clone)]
pub struct Event {
    /// Index in the log.
    pub index: u64,
    /// When it was recorded, in seconds since 1970, UTC.
    pub at: i64,
    /// Hash of its leaf.
    pub leaf: Hash32,
    /// The entry.
    pub entry: Entry,
    /// Private fields by name; those that were erased, or are sealed to others, are not here.
    pub private: BTreeMap<String, Vec<u8>>,
}

impl Event {
    /// Kind and version.
    pub fn kind(&self) -> &str {
        self.entry.kind()
    }

    /// The public fields.
    pub fn public(&self) -> &Map<String, Value> {
        self.entry.public()
    }

    /// A public text, or the empty text: `apply` never fails on a recorded event.
    pub fn text(&self, field: &str) -> &str {
        self.entry.text(field).unwrap_or_default()
    }

    /// A public count, or 0.
    pub fn count(&self, field: &str) -> u64 {
        self.entry.count(field).unwrap_or_default()
    }

    /// A private text, or `None` when it was erased.
    pub fn private_text(&self, field: &str) -> Option<String> {
        self.private.get(field).and_then(|bytes| String::from_utf8(bytes.clone()).ok())
    }
}
