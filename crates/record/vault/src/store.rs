//! Where wrapped keys stand. The store sees no key in the clear.

use crate::VaultError;
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

/// A database of keys.
pub(crate) trait KeyStore: Send + Sync {
    /// Whether other nodes use it as well.
    fn is_shared(&self) -> bool;
    /// In one durable transaction: puts in the keys of those `subjects` (in order) that have none, asks
    /// `rows` what to write with the keys that hold, and writes it.
    fn add(
        &self,
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
}
