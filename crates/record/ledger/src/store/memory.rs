//! A store in memory: for tests and for the demonstration of the trait.

use super::{Head, LogReader, LogStore, Put, StoreError, Totals, WriteBatch};
use crate::act::Statement;
use scr_note::Checkpoint;
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

#[derive(Default)]
struct State {
    head: Head,
    entries: Vec<Vec<u8>>,
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    history: BTreeMap<String, Vec<u64>>,
    payloads: BTreeMap<String, Vec<u8>>,
    checkpoint: Option<(Checkpoint, String)>,
}

/// The record in memory. Clones are the same record, so that a test can open it again.
#[derive(Clone, Default)]
pub struct MemoryStore {
    state: Arc<RwLock<State>>,
    pending: Vec<WriteBatch>,
    pending_checkpoint: Option<(Checkpoint, String)>,
}

impl MemoryStore {
    /// An empty record.
    pub fn new() -> Self {
        Self::default()
    }

    fn read<T>(&self, f: impl FnOnce(&State) -> T) -> Result<T, StoreError> {
        self.state.read().map(|state| f(&state)).map_err(|_| StoreError::failed("a writer panicked"))
    }
}

impl LogStore for MemoryStore {
    fn begin(&mut self) -> Result<Head, StoreError> {
        self.rollback()?;
        self.read(|state| state.head)
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        LogReader::version(self, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        LogReader::tile(self, level, index)
    }

    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError> {
        self.read(|state| ids.iter().find(|id| state.payloads.contains_key(**id)).map(|id| (*id).to_owned()))
    }

    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        Ok(if statements.is_empty() {
            Ok(())
        } else {
            Err("the store in memory has no operational tables".to_owned())
        })
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.pending.push(batch.clone());
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let mut state = self.state.write().map_err(|_| StoreError::failed("a writer panicked"))?;
        for batch in self.pending.drain(..) {
            state.entries.extend(batch.entries);
            for (subject, _, index) in batch.subjects {
                state.history.entry(subject).or_default().push(index);
            }
            state.payloads.extend(batch.payloads);
            state.tiles.extend(batch.tiles.into_iter().map(|tile| ((tile.level, tile.index), tile.bytes)));
            state.head = batch.head;
        }
        if let Some(checkpoint) = self.pending_checkpoint.take() {
            state.checkpoint = Some(checkpoint);
        }
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.pending.clear();
        self.pending_checkpoint = None;
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        LogReader::checkpoint(self)
    }

    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError> {
        let kept = self.read(|state| state.checkpoint.as_ref().map(|(kept, _)| (kept.size, kept.root)))?;
        Ok(match kept {
            Some((size, _)) if size > checkpoint.size => Put::LargerKept(size),
            Some((size, root)) if size == checkpoint.size && root != checkpoint.root => Put::OtherRoot,
            _ => {
                self.pending_checkpoint = Some((checkpoint.clone(), note.to_owned()));
                Put::Kept
            }
        })
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

    fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        self.read(|state| {
            let found = ids.iter().filter_map(|id| state.payloads.get_key_value(*id));
            found.map(|(id, bytes)| (id.clone(), bytes.clone())).collect()
        })
    }

    fn totals(&self) -> Result<Totals, StoreError> {
        self.read(|state| Totals {
            head: state.head,
            counters: state.history.values().map(|history| history.len() as u64).sum(),
            payloads: state.payloads.len() as u64,
            checkpoint: state.checkpoint.as_ref().map(|(checkpoint, _)| (checkpoint.size, checkpoint.root)),
        })
    }
}
