//! A log in memory, as long as a test needs it.

use scr_canon::Hash32;
use scr_merkle::{HashReader, ProofError, consistency_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, SignerKey};
use scr_witness::{LogList, Witness, WitnessedLog};
use std::path::Path;

pub(crate) const ORIGIN: &str = "log.example/2026";
pub(crate) const NOW: i64 = 1_795_514_400;

pub(crate) fn signer(name: &str, algorithm: Algorithm, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, algorithm, &[seed; 32]).unwrap()
}

pub(crate) struct Log {
    pub(crate) key: SignerKey,
    leaves: Vec<Hash32>,
}

impl HashReader for Log {
    type Error = ProofError;

    fn hash(&self, level: u8, index: u64) -> Result<Hash32, ProofError> {
        let (first, width) = (usize::try_from(index << level).unwrap(), 1usize << level);
        Ok(root_of(&self.leaves[first..first + width]))
    }
}

impl Log {
    /// A log whose entries say `entry-0`, `entry-1`, … with `prefix` before them.
    pub(crate) fn new(prefix: &str, size: u64) -> Self {
        let leaves = (0..size).map(|i| leaf_hash(format!("{prefix}entry-{i}").as_bytes())).collect();
        Self { key: signer(ORIGIN, Algorithm::Ed25519, 1), leaves }
    }

    pub(crate) fn checkpoint(&self, size: u64) -> Checkpoint {
        Checkpoint::new(ORIGIN, size, root_of(&self.leaves[..usize::try_from(size).unwrap()]))
    }

    /// The signed checkpoint of this size.
    pub(crate) fn note(&self, size: u64) -> String {
        Note::sign(&self.checkpoint(size).to_string(), &[&self.key], 0).unwrap().to_string()
    }

    pub(crate) fn proof(&self, old: u64, new: u64) -> Vec<Hash32> {
        if old == 0 { Vec::new() } else { consistency_proof(self, old, new).unwrap() }
    }
}

pub(crate) fn witness(folder: &Path, name: &str, seed: u8) -> Witness {
    let key = Log::new("", 0).key.verifier().clone();
    let log = WitnessedLog { origin: ORIGIN.to_owned(), key, per_day: Some(u64::MAX), contact: None };
    let path = folder.join(format!("{seed}.db"));
    Witness::open(signer(name, Algorithm::Cosignature, seed), LogList::new(vec![log]), &path).unwrap()
}
