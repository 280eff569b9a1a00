//! The Merkle tree of RFC 6962 and its tiles (C2SP tlog-tiles).
//!
//! Pure algorithms: no signatures, no files, no network.

mod frontier;
mod pair;
mod proof;
pub mod tile;

pub use frontier::{Frontier, TileUpdate};
pub use pair::leaf_hashes;
pub use proof::{
    HashReader, consistency_proof, inclusion_proof, subtree_root, verify_consistency, verify_inclusion,
};
use scr_canon::{Hash32, sha256};
use sha2::{Digest, Sha256};

/// Why a proof does not hold, or cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The index is not below the size, or the old size is larger than the new one, or zero.
    #[error("there is no such proof for these sizes")]
    Range,
    /// The proof has more or fewer hashes than the sizes demand.
    #[error("the proof has {found} hashes, it must have {expected}")]
    Length {
        /// Hashes that the sizes demand.
        expected: usize,
        /// Hashes that were given.
        found: usize,
    },
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Mismatch,
    /// A tile that is needed is missing or has the wrong length.
    #[error("tile {0} is missing or has the wrong length")]
    Tile(String),
}

/// Hash of an entry: SHA-256(0x00 || entry) (RFC 6962 section 2.1).
pub fn leaf_hash(entry: &[u8]) -> Hash32 {
    let mut hasher = Sha256::new();
    hasher.update([0u8]);
    hasher.update(entry);
    Hash32(hasher.finalize().into())
}

/// Hash of an inner node: SHA-256(0x01 || left || right).
pub fn node_hash(left: &Hash32, right: &Hash32) -> Hash32 {
    let mut bytes = [1u8; 65];
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..].copy_from_slice(&right.0);
    sha256(&bytes)
}

/// Root of the empty tree: SHA-256 of nothing.
pub fn empty_root() -> Hash32 {
    sha256(b"")
}

/// Root over leaf hashes held in memory.
pub fn root_of(leaves: &[Hash32]) -> Hash32 {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        [left, right] => node_hash(left, right),
        many => {
            // Level by level gives what RFC 6962 section 2.1 says from above: a hash moves up alone where the
            // largest power of two leaves it alone.
            let mut level = many.to_vec();
            while level.len() > 1 {
                pair::parents(&mut level);
            }
            level.first().copied().unwrap_or_else(empty_root)
        }
    }
}

/// Leaf hashes in memory as a source of complete subtrees; for small trees and for tests.
impl HashReader for &[Hash32] {
    type Error = ProofError;

    fn hash(&self, level: u8, index: u64) -> Result<Hash32, ProofError> {
        let width = 1u64.checked_shl(u32::from(level)).ok_or(ProofError::Range)?;
        let start = index.checked_mul(width).ok_or(ProofError::Range)?;
        let end = start.checked_add(width).ok_or(ProofError::Range)?;
        let (start, end) = (
            usize::try_from(start).map_err(|_| ProofError::Range)?,
            usize::try_from(end).map_err(|_| ProofError::Range)?,
        );
        self.get(start..end).map(root_of).ok_or(ProofError::Range)
    }
}
