//! A small log in memory, and the folder of published data.
#![expect(dead_code, reason = "each test file uses a part of these")]
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "helpers of tests, with small numbers"
)]

use std::collections::BTreeMap;

use scr_canon::Hash32;
use scr_merkle::tile::{TilePath, bundle_push};
use scr_merkle::{Frontier, inclusion_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, SignerKey, TlogProof};
use scr_verify::{FetchSource, LogSource, Trust};

pub(crate) const ORIGIN: &str = "log.test.example/2026";

pub(crate) fn signer(name: &str, algorithm: Algorithm, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, algorithm, &[seed; 32]).unwrap()
}

pub(crate) fn trust(signers: &[&SignerKey]) -> Trust {
    Trust::Keys(signers.iter().map(|signer| signer.verifier().clone()).collect())
}

/// Files of a log by path.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) leaves: Vec<Hash32>,
    pub(crate) entries: Vec<Vec<u8>>,
}

impl Log {
    pub(crate) fn of(entries: Vec<Vec<u8>>) -> Self {
        let mut files = BTreeMap::new();
        let leaves: Vec<Hash32> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let mut frontier = Frontier::new();
        for (number, chunk) in entries.chunks(256).enumerate() {
            let mut bundle = Vec::new();
            chunk.iter().for_each(|entry| bundle_push(&mut bundle, entry).unwrap());
            let path = TilePath::entries(number as u64, chunk.len() as u16).unwrap();
            files.insert(format!("tile/{path}"), bundle);
        }
        for update in frontier.extend(&leaves) {
            let path =
                TilePath::hashes(update.level, update.index, (update.bytes.len() / 32) as u16).unwrap();
            files.insert(format!("tile/{path}"), update.bytes);
        }
        let mut log = Self { files, leaves, entries };
        log.sign(root_of(&log.leaves));
        log
    }

    /// The checkpoint over `root`, by the log's two keys and one witness.
    pub(crate) fn sign(&mut self, root: Hash32) {
        let text = Checkpoint::new(ORIGIN, self.leaves.len() as u64, root).to_string();
        let keys = [
            signer(ORIGIN, Algorithm::Ed25519, 1),
            signer(ORIGIN, Algorithm::MlDsa44, 2),
            signer("witness.test.example", Algorithm::Cosignature, 3),
        ];
        let note = Note::sign(&text, &keys.iter().collect::<Vec<_>>(), 1_790_000_000).unwrap();
        self.files.insert("checkpoint".into(), note.to_string().into_bytes());
    }

    pub(crate) fn source(&self) -> impl LogSource + '_ {
        FetchSource(|path: &str| Ok(self.files.get(path).cloned()))
    }

    pub(crate) fn proof(&self, index: u64, extra: bool) -> TlogProof {
        TlogProof {
            extra: extra.then(|| self.entries[usize::try_from(index).unwrap()].clone()),
            index,
            hashes: inclusion_proof(&self.leaves.as_slice(), index, self.leaves.len() as u64).unwrap(),
            checkpoint: String::from_utf8(self.files["checkpoint"].clone()).unwrap(),
        }
    }
}

pub(crate) fn numbered(count: usize) -> Log {
    Log::of((0..count).map(|i| format!("entry-{i}").into_bytes()).collect())
}
