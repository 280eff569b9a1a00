//! What is taken from a stranger at most.

use serde::{Deserialize, Serialize};

/// Limits of everything that this crate reads. Events of the public OSINT feeds are below a twentieth of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of one JSON document or pasted text.
    pub bytes: usize,
    /// Arrays and objects within one another.
    pub depth: usize,
    /// Values (scalars, arrays and objects) of one JSON document.
    pub values: usize,
    /// Events of one document.
    pub events: usize,
    /// Attributes of one event, those of its objects included.
    pub attributes: usize,
    /// Objects of one event.
    pub objects: usize,
    /// Tags of one event, attribute or object; sightings and references likewise.
    pub per_item: usize,
    /// Bytes of one value, comment or description. Attachments (`data`) have [`Limits::data`].
    pub text: usize,
    /// Bytes of one attachment in base64.
    pub data: usize,
    /// Warnings that are listed one by one; the rest is counted.
    pub warnings: usize,
    /// Entries of one warning list, galaxy or taxonomy.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 24,
            values: 4_000_000,
            events: 10_000,
            attributes: 200_000,
            objects: 50_000,
            per_item: 1_000,
            text: 1 << 20,
            data: 16 << 20,
            warnings: 1_000,
            entries: 2_000_000,
        }
    }
}
