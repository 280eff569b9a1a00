//! The index of the record: how many entries there are about each subject, and which is the last, at one
//! signed size. With it everybody can show that nothing about a subject was left out.

use crate::engine::{Engine, NewEvent};
use crate::error::{ActError, Fault};
use crate::keys::INDEX_PUBLISHED;
use scr_canon::{Hash32, to_canonical};
use scr_entry::Entry;
use scr_ledger::{LedgerReader, Recorded};
use scr_merkle::{leaf_hash, root_of};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

/// The subject of every index.
const INDEX_SUBJECT: &str = "record:index";
const BATCH: usize = 256;
/// While the index is made the log grows: it is made up to date again until it is so close.
const CLOSE: u64 = 1_000;
const ROUNDS: usize = 50;

/// A row of the index: one subject. Rows are sorted by subject, as bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Row<'a> {
    count: u64,
    index: u64,
    last: &'a Hash32,
    subject: &'a str,
}

/// The subjects of the entries below a size.
#[derive(Default)]
struct Subjects {
    size: u64,
    /// Count, place of the last entry, its hash.
    of: BTreeMap<String, (u64, u64, Hash32)>,
    /// Whether the newest entry is itself an index.
    ends_with_index: bool,
}

impl Subjects {
    fn read_to(&mut self, reader: &LedgerReader, size: u64) -> Result<(), Fault> {
        while self.size < size {
            let limit = usize::try_from(size - self.size).map_or(BATCH, |left| left.min(BATCH));
            let entries = reader.entries(self.size, limit)?;
            if entries.is_empty() {
                return Err(Fault::log(&format!("entry {} is missing", self.size)));
            }
            for bytes in entries {
                self.add(&bytes);
            }
        }
        Ok(())
    }

    fn add(&mut self, bytes: &[u8]) {
        if let Ok(entry) = Entry::parse(bytes) {
            let leaf = leaf_hash(bytes);
            for (subject, count) in entry.counts() {
                self.of.insert(subject.clone(), (*count, self.size, leaf));
            }
            self.ends_with_index = entry.kind() == INDEX_PUBLISHED.name;
        }
        self.size += 1;
    }

    fn lines(&self) -> Result<Vec<Vec<u8>>, Fault> {
        let row = |(subject, (count, index, last)): (&String, &(u64, u64, Hash32))| {
            to_canonical(&Row { count: *count, index: *index, last, subject }).map_err(|e| Fault::log(&e))
        };
        self.of.iter().map(row).collect()
    }
}

impl Engine {
    /// Publishes an index of what the last checkpoint covers. `None` when there is nothing new to say: no
    /// checkpoint, nothing but an index since the last one, or a log that has stopped.
    pub fn publish_index(&self) -> Result<Option<Recorded>, ActError> {
        let reader = self.log();
        let mut subjects = Subjects::default();
        let mut covered = None;
        for _ in 0..ROUNDS {
            let Some(signed) = reader.checkpoint().map_err(Fault::from)?.filter(|signed| signed.size > 0)
            else {
                return Ok(None);
            };
            subjects.read_to(reader, signed.size)?;
            let left = reader.size().map_err(Fault::from)?.saturating_sub(signed.size);
            covered = Some(signed);
            if left <= CLOSE {
                break;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        let Some(signed) = covered else { return Ok(None) };
        if subjects.ends_with_index || self.ledger().stopped().is_some() {
            return Ok(None);
        }
        let lines = subjects.lines()?;
        let object = self.objects().put(&lines.join(&b'\n')).map_err(|e| Fault::log(&e))?;
        let leaves: Vec<Hash32> = lines.iter().map(|line| leaf_hash(line)).collect();
        let public = json!({"size": signed.size, "root": signed.root, "subjects": lines.len(),
            "subjects_root": root_of(&leaves), "object": object});
        let event = NewEvent::about(&INDEX_PUBLISHED, INDEX_SUBJECT, public);
        self.record_as_operator(&event).map(Some)
    }
}
