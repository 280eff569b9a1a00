//! Reads a stranger's feed.

use crate::event::{Event, Org, Tag, read_events, read_feed_parts};
use crate::json::{Fields, ReadError, parse};
use crate::limits::Limits;
use crate::warning::{Code, Log, Warnings};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Why a file of a feed cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file of one event holds another, or several.
    #[error("the file of event {expected} holds {found}")]
    OtherEvent {
        /// The id in the manifest.
        expected: Uuid,
        /// What is in it.
        found: String,
    },
}

/// What the manifest says of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestEntry {
    /// Whose the event is.
    pub orgc: Option<Org>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its title.
    pub info: String,
    /// The day of what it is about.
    pub date: Option<Date>,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
}

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The events by id. Entries whose name is no UUID are left out, so that no name of a file can lead astray.
    pub entries: BTreeMap<Uuid, ManifestEntry>,
    /// What is odd.
    pub warnings: Warnings,
}

impl Manifest {
    /// The events that are not known, or have changed since: what is to be fetched. `known` gives the timestamp of the
    /// version that is here.
    pub fn wanted<'m>(
        &'m self,
        known: impl Fn(&Uuid) -> Option<i64> + 'm,
    ) -> impl Iterator<Item = (&'m Uuid, &'m ManifestEntry)> {
        self.entries.iter().filter(move |(uuid, entry)| known(uuid).is_none_or(|have| have < entry.timestamp))
    }
}

/// Reads `manifest.json`.
///
/// # Errors
/// What is no JSON, passes a limit, or is no object.
pub fn read_manifest(bytes: &[u8], limits: &Limits) -> Result<Manifest, ReadError> {
    let document = parse(bytes, limits)?;
    let Value::Object(map) = document.value else {
        return Err(ReadError::NotThis("a manifest of a MISP feed"));
    };
    if map.len() > limits.entries {
        return Err(ReadError::TooMany { what: "events", limit: limits.entries });
    }
    let log = Log::new(limits);
    let mut entries = BTreeMap::new();
    for (name, value) in map {
        let Ok(uuid) = Uuid::parse_str(&name) else {
            log.push(&name, Code::LeftOut, "the name is no UUID");
            continue;
        };
        let Some(mut fields) = Fields::of(value, name, &log) else { continue };
        let (orgc, tags, timestamp) = read_feed_parts(&log, &mut fields);
        let date = fields.words("date").and_then(|text| text.get(..10).and_then(|day| day.parse().ok()));
        let entry = ManifestEntry {
            orgc,
            tags,
            info: fields.words("info").unwrap_or_default(),
            date,
            timestamp: timestamp.unwrap_or_else(|| {
                fields.warn("timestamp", Code::Missing, "");
                0
            }),
        };
        entries.insert(uuid, entry);
    }
    Ok(Manifest { entries, warnings: log.into_inner() })
}

/// Reads the file of one event.
///
/// # Errors
/// What cannot be read, and a file that holds another event than the manifest says.
pub fn read_feed_event(
    bytes: &[u8],
    expected: Uuid,
    limits: &Limits,
) -> Result<(Event, Warnings), FeedError> {
    let mut read = read_events(bytes, limits)?;
    let found: Vec<String> = read.events.iter().take(3).map(|event| event.uuid.to_string()).collect();
    match read.events.pop() {
        Some(event) if event.uuid == expected && read.events.is_empty() => Ok((event, read.warnings)),
        _ => Err(FeedError::OtherEvent { expected, found: found.join(", ") }),
    }
}

/// MD5 of a value, and the event that it stands in.
pub type HashLine = ([u8; 16], Uuid);

/// Reads `hashes.csv`: MD5 and event. Lines that are neither are counted.
///
/// # Errors
/// What has more bytes than allowed.
pub fn read_hashes(bytes: &[u8], limits: &Limits) -> Result<(Vec<HashLine>, u64), ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let mut found = Vec::new();
    let mut odd = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        match hash_line(line) {
            Some(pair) => found.push(pair),
            None => odd += 1,
        }
    }
    Ok((found, odd))
}

fn hash_line(line: &[u8]) -> Option<([u8; 16], Uuid)> {
    let (hash, uuid) = std::str::from_utf8(line).ok()?.split_once(',')?;
    if hash.len() != 32 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let hash = u128::from_str_radix(hash, 16).ok()?.to_be_bytes();
    Some((hash, Uuid::parse_str(uuid.trim()).ok()?))
}
