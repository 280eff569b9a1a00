//! What pages, mirrors and verifiers read. Only what a signed checkpoint covers is published.

use crate::store::{LogReader, StoreError, Totals};
use scr_merkle::tile::{TileKind, TilePath, TileReader, TileSource, bundle_push};
use scr_merkle::{ProofError, consistency_proof, inclusion_proof, leaf_hash};
use scr_note::{Checkpoint, Note, TlogProof};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not there, or not published yet.
    #[error("not there, or not published yet")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store's own data do not fit together.
    #[error("the record is damaged: {0}")]
    Damaged(String),
}

impl From<ProofError> for ReadError {
    fn from(error: ProofError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// The reading side of a ledger; cheap to clone.
#[derive(Clone)]
pub struct LedgerReader {
    store: Arc<dyn LogReader>,
}

impl TileSource for LedgerReader {
    type Error = ReadError;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ReadError> {
        let mut bytes = self.store.tile(path.level_number(), path.index())?.ok_or(ReadError::NotFound)?;
        let wanted = usize::from(path.width()) * 32;
        if bytes.len() < wanted {
            return Err(ReadError::NotFound);
        }
        bytes.truncate(wanted);
        Ok(bytes)
    }
}

impl LedgerReader {
    /// Reads from the reading side of a store.
    pub fn new(store: Arc<dyn LogReader>) -> Self {
        Self { store }
    }

    /// Number of durable entries, signed for or not.
    pub fn size(&self) -> Result<u64, ReadError> {
        Ok(self.store.size()?)
    }

    /// The last signed checkpoint, as served.
    pub fn checkpoint_note(&self) -> Result<Option<String>, ReadError> {
        Ok(self.store.checkpoint()?)
    }

    /// The last signed checkpoint, parsed; `None` before the first.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, ReadError> {
        self.store.checkpoint()?.as_deref().map(checkpoint_of).transpose()
    }

    /// A resource below `/log/` as C2SP tlog-tiles names it: `checkpoint`, `tile/…`.
    pub fn resource(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "checkpoint" {
            return self.checkpoint_note()?.map(String::into_bytes).ok_or(ReadError::NotFound);
        }
        let tile =
            path.strip_prefix("tile/").and_then(|tile| tile.parse().ok()).ok_or(ReadError::NotFound)?;
        self.published_tile(&tile)
    }

    /// At most `limit` entries from index `from` on.
    pub fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, ReadError> {
        Ok(self.store.entries(from, limit)?)
    }

    /// One entry.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        if index >= self.store.size()? {
            return Err(ReadError::NotFound);
        }
        self.store.entries(index, 1)?.pop().ok_or(ReadError::NotFound)
    }

    /// A tile or bundle as a client may fetch it: in any width that the published size has.
    pub fn published_tile(&self, path: &TilePath) -> Result<Vec<u8>, ReadError> {
        let published = self.checkpoint()?.ok_or(ReadError::NotFound)?;
        if !path.exists_at(published.size) {
            return Err(ReadError::NotFound);
        }
        match path.kind() {
            TileKind::Hashes(_) => self.tile(path),
            TileKind::Entries => {
                let entries = self.store.entries(path.index() * 256, usize::from(path.width()))?;
                if entries.len() != usize::from(path.width()) {
                    return Err(ReadError::Damaged(format!("bundle {path} lacks entries")));
                }
                let mut bundle = Vec::new();
                for entry in &entries {
                    bundle_push(&mut bundle, entry)
                        .ok_or_else(|| ReadError::Damaged("an entry is longer than 64 KiB".to_owned()))?;
                }
                Ok(bundle)
            }
        }
    }

    /// The `.tlog-proof` of an entry under the last signed checkpoint, with the entry in `extra`.
    /// `NotFound` until a checkpoint covers it.
    pub fn proof(&self, index: u64) -> Result<TlogProof, ReadError> {
        self.proof_under(index, self.store.checkpoint()?.ok_or(ReadError::NotFound)?)
    }

    /// The same under a checkpoint of this log that the caller has: an earlier one with cosignatures.
    pub fn proof_under(&self, index: u64, note: String) -> Result<TlogProof, ReadError> {
        // The size of this very note: another may be published meanwhile.
        let size = checkpoint_of(&note)?.size;
        if index >= size {
            return Err(ReadError::NotFound);
        }
        let entry = self.entry(index)?;
        let tiles = TileReader::new(self, size);
        let hashes = inclusion_proof(&tiles, index, size)?;
        Ok(TlogProof { extra: Some(entry), index, hashes, checkpoint: note })
    }

    /// The proof that the tree of `old` leaves is a prefix of the tree of `new` leaves.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<scr_canon::Hash32>, ReadError> {
        if old == 0 || old > new || new > self.store.size()? {
            return Err(ReadError::NotFound);
        }
        consistency_proof(&TileReader::new(self, new), old, new)
    }

    /// Hash of an entry's leaf.
    pub fn leaf(&self, index: u64) -> Result<scr_canon::Hash32, ReadError> {
        Ok(leaf_hash(&self.entry(index)?))
    }

    /// How many entries a subject has.
    pub fn version(&self, subject: &str) -> Result<u64, ReadError> {
        Ok(self.store.version(subject)?)
    }

    /// (count, index) of at most `limit` entries about a subject, after the given count.
    pub fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, ReadError> {
        Ok(self.store.history(subject, after, limit)?)
    }

    /// The path of an entry in the tree of `size` entries.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<scr_canon::Hash32>, ReadError> {
        if index >= size || size > self.store.size()? {
            return Err(ReadError::NotFound);
        }
        inclusion_proof(&TileReader::new(self, size), index, size)
    }

    /// The head, and how many rows stand beside the entries.
    pub fn totals(&self) -> Result<Totals, ReadError> {
        Ok(self.store.totals()?)
    }

    /// A ciphertext.
    pub fn payload(&self, id: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.payloads(&[id])?.remove(id))
    }

    /// Ciphertexts by id, with one question to the store; those that are not there are left out.
    pub fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, ReadError> {
        Ok(if ids.is_empty() { BTreeMap::new() } else { self.store.payloads(ids)? })
    }
}

fn checkpoint_of(note: &str) -> Result<Checkpoint, ReadError> {
    let note: Note = note.parse().map_err(|e| ReadError::Damaged(format!("the checkpoint: {e}")))?;
    note.text.parse().map_err(|e| ReadError::Damaged(format!("the checkpoint: {e}")))
}
