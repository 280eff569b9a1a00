//! Counters without gaps, and time that does not go back: that nothing was left out between entries.

use std::collections::BTreeMap;

use crate::{EntryView, FsckError};

/// Where a walk through entries stands.
#[derive(Debug, Clone, Default)]
pub struct EntryOrder {
    counters: BTreeMap<String, u64>,
    last_at: String,
}

impl EntryOrder {
    /// Goes on behind entries that were checked before: the time of the last one (RFC 3339, UTC, or
    /// empty), and the counters of the subjects that the next entries may name.
    pub fn after(last_at: String, counters: BTreeMap<String, u64>) -> Self {
        Self { counters, last_at }
    }

    /// Subjects that were counted.
    pub fn subjects(&self) -> u64 {
        self.counters.len() as u64
    }

    /// Takes the entry at `index` in.
    ///
    /// # Errors
    /// [`FsckError::NotAnEntry`], [`FsckError::Counter`] or [`FsckError::Time`].
    pub fn check(&mut self, index: u64, entry: &[u8]) -> Result<EntryView, FsckError> {
        let view = EntryView::parse(entry).map_err(|reason| FsckError::NotAnEntry { index, reason })?;
        if view.at < self.last_at {
            return Err(FsckError::Time { index, at: view.at });
        }
        self.last_at.clone_from(&view.at);
        for (subject, found) in &view.counters {
            let count = self.counters.entry(subject.clone()).or_insert(0);
            let expected = *count + 1;
            if *found != expected {
                return Err(FsckError::Counter { index, subject: subject.clone(), expected, found: *found });
            }
            *count = expected;
        }
        Ok(view)
    }
}
