//! Counters without gaps, and time that does not go back: that nothing was left out between entries.

use std::collections::{BTreeMap, HashMap};

use crate::{EntryHead, FsckError};

/// Where a walk through entries stands.
#[derive(Debug, Clone, Default)]
pub struct EntryOrder {
    counters: HashMap<String, u64>,
    last_at: Vec<u8>,
}

impl EntryOrder {
    /// Goes on behind entries that were checked before: the time of the last one (RFC 3339, UTC, or
    /// empty), and the counters of the subjects that the next entries may name.
    pub fn after(last_at: String, counters: BTreeMap<String, u64>) -> Self {
        Self { counters: counters.into_iter().collect(), last_at: last_at.into_bytes() }
    }

    /// Takes the entry at `index` in.
    ///
    /// # Errors
    /// [`FsckError::Counter`] or [`FsckError::Time`].
    pub fn check(&mut self, index: u64, entry: &EntryHead<'_>) -> Result<(), FsckError> {
        self.time(index, entry.at.as_bytes())?;
        for (subject, found) in &entry.counters {
            let before = self.counters.get_mut(subject.as_ref());
            let expected = before.as_ref().map_or(1, |count| **count + 1);
            if *found != expected {
                let subject = subject.clone().into_owned();
                return Err(FsckError::Counter { index, subject, expected, found: *found });
            }
            match before {
                Some(count) => *count = expected,
                None => drop(self.counters.insert(subject.clone().into_owned(), expected)),
            }
        }
        Ok(())
    }

    /// Time alone.
    pub(crate) fn time(&mut self, index: u64, at: &[u8]) -> Result<(), FsckError> {
        if *at < *self.last_at {
            return Err(FsckError::Time { index, at: String::from_utf8_lossy(at).into_owned() });
        }
        if *at != *self.last_at {
            self.last_at.clear();
            self.last_at.extend_from_slice(at);
        }
        Ok(())
    }
}
