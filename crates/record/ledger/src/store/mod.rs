//! Where the record is kept: memory, SQLite, PostgreSQL.

pub mod memory;
pub mod postgres;
pub mod sqlite;

use crate::act::Statement;
use scr_merkle::TileUpdate;
use std::sync::Arc;

/// A store failed. The ledger stops: an error while syncing is never retried, because nobody knows
/// what the disk holds afterwards.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(pub String);

/// How far the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Time of the last one, in seconds since 1970, UTC.
    pub last_at: i64,
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
    /// Begins a transaction, takes the right to write, and gives the head.
    fn begin(&mut self) -> Result<Head, StoreError>;
    /// How many entries a subject has.
    fn version(&mut self, subject: &str) -> Result<u64, StoreError>;
    /// The bytes of a tile as far as it has grown; `None` when there is none.
    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError>;
    /// Runs an act's statements: all, or none with the reason.
    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError>;
    /// Takes back the statements of the last [`LogStore::run`], when its act is refused after all.
    fn unrun(&mut self) -> Result<(), StoreError>;
    /// Writes entries, counters, ciphertexts, tiles and head.
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError>;
    /// Makes the transaction durable: on return it survives the loss of power.
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Gives the transaction up.
    fn rollback(&mut self) -> Result<(), StoreError>;
    /// The last signed checkpoint.
    fn checkpoint(&mut self) -> Result<Option<String>, StoreError>;
    /// Keeps a signed checkpoint of this size, durably. `false` when a larger one is kept already.
    fn put_checkpoint(&mut self, size: u64, text: &str) -> Result<bool, StoreError>;
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
    /// A ciphertext.
    fn payload(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError>;
}
