//! Where wrapped keys stand. The store sees no key in the clear.

use crate::{KeyCounts, VaultError};
use std::collections::BTreeMap;

/// Subjects' wrapped keys, by subject.
pub(crate) type SubjectKeys = BTreeMap<String, Vec<u8>>;

/// A row to be written: the keys of one payload.
pub(crate) struct NewKey {
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) wrapped: Vec<u8>,
}

/// What stands about one payload.
pub(crate) struct WrappedKeys {
    pub(crate) subject: String,
    pub(crate) wrapped: Vec<u8>,
    /// The subject's key, wrapped; `None` where it is missing.
    pub(crate) subject_key: Option<Vec<u8>>,
}

/// Which master key wraps the keys of subjects: its number, and a known text that it has sealed.
pub(crate) struct Generation {
    pub(crate) number: u64,
    pub(crate) sealed: Vec<u8>,
}

/// All rows, in the transaction in which they are wrapped anew. A page at a time, in the order of the database.
pub(crate) trait Rows {
    /// How many payloads there are.
    fn count(&mut self) -> Result<u64, VaultError>;
    /// Subjects after this one, with their wrapped keys.
    fn subjects(&mut self, after: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError>;
    /// Payloads of subjects up to `last`, after this pair of subject and id: id, subject, wrapped keys.
    fn payloads(
        &mut self,
        after: &(String, String),
        last: &str,
    ) -> Result<Vec<(String, String, Vec<u8>)>, VaultError>;
    /// Replaces the keys of subjects.
    fn put_subjects(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError>;
    /// Replaces the keys of payloads.
    fn put_payloads(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError>;
}

/// Wraps all rows anew; gives how many payloads there were.
pub(crate) type Wrap<'a> = dyn FnMut(&mut dyn Rows) -> Result<u64, VaultError> + Send + 'a;

/// A database of keys.
pub(crate) trait KeyStore: Send + Sync {
    /// Whether other nodes use it as well.
    fn is_shared(&self) -> bool;
    /// In one durable transaction: puts in the keys of those `subjects` (in order) that have none, asks
    /// `rows` what to write with the keys that hold, and writes it. [`VaultError::Rotated`] where the database is
    /// of another generation.
    fn add(
        &self,
        generation: u64,
        subjects: &[(&str, Vec<u8>)],
        rows: &mut (dyn FnMut(&SubjectKeys) -> Result<Vec<NewKey>, VaultError> + Send),
    ) -> Result<(), VaultError>;
    /// What stands about payloads, by id; those whose keys were destroyed are left out.
    fn wrapped(&self, ids: &[&str]) -> Result<BTreeMap<String, WrappedKeys>, VaultError>;
    /// Destroys the keys of these payloads, and of subjects that own nothing any more: their names can be
    /// a person's. Gives how many payloads there were.
    fn destroy(&self, ids: &[&str]) -> Result<usize, VaultError>;
    /// The payloads of a subject, at most `limit`.
    fn owned_by(&self, subject: &str, limit: usize) -> Result<Vec<String>, VaultError>;
    /// All payloads.
    fn all(&self) -> Result<Vec<String>, VaultError>;
    /// The generation of the master key; `None` where none is stated yet.
    fn generation(&self) -> Result<Option<Generation>, VaultError>;
    /// States the first generation, where none is stated yet.
    fn begin(&self, first: &Generation) -> Result<(), VaultError>;
    /// A few subjects with their wrapped keys, of whichever.
    fn some_subjects(&self) -> Result<Vec<(String, Vec<u8>)>, VaultError>;
    /// In one durable transaction, while nobody else seals or destroys: wraps all rows anew and states the next
    /// generation. [`VaultError::Rotated`] where the database is of another than `from`.
    fn rotate(&self, from: u64, to: &Generation, wrap: &mut Wrap<'_>) -> Result<u64, VaultError>;
    /// Generations after this one, with the payloads that there were.
    fn rotations_after(&self, generation: u64) -> Result<Vec<(u64, u64)>, VaultError>;
    /// Writes deleted and replaced rows out of the files, where that is still to be done.
    fn rewrite(&self) -> Result<(), VaultError>;
    /// How much stands there.
    fn counts(&self) -> Result<KeyCounts, VaultError>;
    /// Those of these payloads that have keys.
    fn with_keys(&self, ids: &[String]) -> Result<Vec<String>, VaultError>;
}
