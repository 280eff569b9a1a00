//! A store in memory: for tests and for the demonstration of the trait.

use super::{Head, LogReader, LogStore, StoreError, WriteBatch};
use crate::act::Statement;
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

#[derive(Default)]
struct State {
    head: Head,
    entries: Vec<Vec<u8>>,
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    history: BTreeMap<String, Vec<u64>>,
    payloads: BTreeMap<String, Vec<u8>>,
    checkpoint: Option<(u64, String)>,
}

/// The record in memory. Clones are the same record, so that a test can open it again.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Arc<RwLock<State>>,
    pending: Vec<WriteBatch>,
}

impl MemoryStore {
    /// An empty record.
    pub fn new() -> Self {
        Self::default()
    }

    fn read<T>(&self, f: impl FnOnce(&State) -> T) -> Result<T, StoreError> {
        self.state.read().map(|state| f(&state)).map_err(|_| StoreError("a writer panicked".to_owned()))
    }
}

impl LogStore for MemoryStore {
    fn begin(&mut self) -> Result<Head, StoreError> {
        self.pending.clear();
        self.read(|state| state.head)
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        LogReader::version(self, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        LogReader::tile(self, level, index)
    }

    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        Ok(if statements.is_empty() {
            Ok(())
        } else {
            Err("the store in memory has no operational tables".to_owned())
        })
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.pending.push(batch.clone());
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let mut state = self.state.write().map_err(|_| StoreError("a writer panicked".to_owned()))?;
        for batch in self.pending.drain(..) {
            state.entries.extend(batch.entries);
            for (subject, _, index) in batch.subjects {
                state.history.entry(subject).or_default().push(index);
            }
            state.payloads.extend(batch.payloads);
            state.tiles.extend(batch.tiles.into_iter().map(|tile| ((tile.level, tile.index), tile.bytes)));
            state.head = batch.head;
        }
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.pending.clear();
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        LogReader::checkpoint(self)
    }

    fn put_checkpoint(&mut self, size: u64, text: &str) -> Result<bool, StoreError> {
        let mut state = self.state.write().map_err(|_| StoreError("a writer panicked".to_owned()))?;
        if state.checkpoint.as_ref().is_some_and(|(kept, _)| *kept > size) {
            return Ok(false);
        }
        state.checkpoint = Some((size, text.to_owned()));
        Ok(true)
    }

    fn reader(&self) -> Arc<dyn LogReader> {
        Arc::new(self.clone())
    }
}

impl LogReader for MemoryStore {
    fn size(&self) -> Result<u64, StoreError> {
        self.read(|state| state.head.size)
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        self.read(|state| state.entries.iter().skip(from).take(limit).cloned().collect())
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|state| state.tiles.get(&(level, index)).cloned())
    }

    fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        self.read(|state| state.checkpoint.as_ref().map(|(_, text)| text.clone()))
    }

    fn version(&self, subject: &str) -> Result<u64, StoreError> {
        self.read(|state| state.history.get(subject).map_or(0, |history| history.len() as u64))
    }

    fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, StoreError> {
        self.read(|state| {
            let history = state.history.get(subject).map(Vec::as_slice).unwrap_or_default();
            let after = usize::try_from(after).unwrap_or(usize::MAX);
            (1u64..).zip(history.iter().copied()).skip(after).take(limit).collect()
        })
    }

    fn payload(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|state| state.payloads.get(id).cloned())
    }
}
