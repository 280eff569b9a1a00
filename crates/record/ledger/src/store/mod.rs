//! Where the record is kept: memory, SQLite, PostgreSQL.

pub mod memory;
pub mod postgres;
pub mod sqlite;

use crate::act::Statement;
use scr_canon::Hash32;
use scr_merkle::{TileUpdate, empty_root};
use scr_note::Checkpoint;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a failure of a store means for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// Another writer was in the way. The transaction did not happen and may be tried again.
    Busy,
    /// The connection is gone. A transaction that was not being committed did not happen.
    Lost,
    /// Disk full, a failed write or sync, a damaged file. Never retried: nobody knows what the disk
    /// holds afterwards.
    Failed,
}

/// A store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct StoreError {
    /// What it means for the log.
    pub kind: StoreErrorKind,
    /// In words.
    pub what: String,
}

impl StoreError {
    /// A failure after which the log stops.
    pub fn failed(what: impl Into<String>) -> Self {
        Self { kind: StoreErrorKind::Failed, what: what.into() }
    }
}

/// How far the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Time of the last one, in seconds since 1970, UTC.
    pub last_at: i64,
    /// Root of the tree of that size.
    pub root: Hash32,
}

impl Default for Head {
    /// The empty log.
    fn default() -> Self {
        Self { size: 0, last_at: 0, root: empty_root() }
    }
}

/// What became of a checkpoint that a store was asked to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is kept, once the transaction is committed.
    Kept,
    /// Not: one of this larger size is kept already.
    LargerKept(u64),
    /// Not: one of the same size with another root is kept already.
    OtherRoot,
}

/// What one transaction adds to the log.
#[derive(Debug, Clone, Default)]
pub struct WriteBatch {
    /// Index of the first entry.
    pub start: u64,
    /// The entries' bytes.
    pub entries: Vec<Vec<u8>>,
    /// (subject, count, index): one row for each subject of each entry, in order.
    pub subjects: Vec<(String, u64, u64)>,
    /// (id, ciphertext).
    pub payloads: Vec<(String, Vec<u8>)>,
    /// Tiles that grew or were finished.
    pub tiles: Vec<TileUpdate>,
    /// The head afterwards.
    pub head: Head,
}

/// The writing side. One thread uses it; between [`LogStore::begin`] and [`LogStore::commit`] nobody
/// else can write.
pub trait LogStore: Send {
    /// Begins a transaction, takes the right to write, and gives the head. Connects anew where the
    /// connection was lost.
    fn begin(&mut self) -> Result<Head, StoreError>;
    /// How many entries a subject has.
    fn version(&mut self, subject: &str) -> Result<u64, StoreError>;
    /// The bytes of a tile as far as it has grown; `None` when there is none.
    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError>;
    /// The first of these payload ids that is taken already.
    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError>;
    /// Runs an act's statements: all, or none with the reason. When it ran them, [`LogStore::keep`]
    /// or [`LogStore::unrun`] follows before the next.
    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError>;
    /// Keeps the statements of the last [`LogStore::run`] as part of the transaction.
    fn keep(&mut self) -> Result<(), StoreError>;
    /// Takes back the statements of the last [`LogStore::run`], when its act is refused after all.
    fn unrun(&mut self) -> Result<(), StoreError>;
    /// Writes entries, counters, ciphertexts, tiles and head.
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError>;
    /// Makes the transaction durable: on return it survives the loss of power. [`StoreErrorKind::Busy`]
    /// only where it is certain that it did not happen.
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Gives the transaction up.
    fn rollback(&mut self) -> Result<(), StoreError>;
    /// The last signed checkpoint.
    fn checkpoint(&mut self) -> Result<Option<String>, StoreError>;
    /// Keeps a signed checkpoint, as part of the transaction: served once that is committed.
    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError>;
    /// Whether other nodes may write to the same log.
    fn is_shared(&self) -> bool {
        false
    }
    /// The reading side.
    fn reader(&self) -> Arc<dyn LogReader>;
}

/// The reading side: many threads, never waiting for the writer.
pub trait LogReader: Send + Sync {
    /// Number of durable entries.
    fn size(&self) -> Result<u64, StoreError>;
    /// At most `limit` entries from index `from` on.
    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError>;
    /// The bytes of a tile as far as it has grown.
    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError>;
    /// The last signed checkpoint.
    fn checkpoint(&self) -> Result<Option<String>, StoreError>;
    /// How many entries a subject has.
    fn version(&self, subject: &str) -> Result<u64, StoreError>;
    /// (count, index) of at most `limit` entries about a subject, after the given count.
    fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, StoreError>;
    /// Ciphertexts by id; those that are not there are left out.
    fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, StoreError>;
    /// What an audit compares with the entries.
    fn totals(&self) -> Result<Totals, StoreError>;
}

/// The head, and how many rows stand beside the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The head.
    pub head: Head,
    /// Counters of subjects: one for each subject of each entry.
    pub counters: u64,
    /// Ciphertexts.
    pub payloads: u64,
    /// Size and root that the store keeps beside the signed checkpoint.
    pub checkpoint: Option<(u64, Hash32)>,
}
