//! The tree over the rows and the receipt of one number.

use scr_canon::Hash32;
use scr_merkle::{HashReader, ProofError, empty_root, inclusion_proof, node_hash};
use serde::{Deserialize, Serialize};

/// The `type` of a receipt.
pub const NUMBER_RECEIPT: &str = "scrutineer/number-receipt/1";

/// The RFC 6962 tree over rows, with every complete subtree, so that a path costs no hashing of
/// leaves. 64 bytes a row.
#[derive(Debug, Clone)]
pub struct RowTree {
    levels: Vec<Vec<Hash32>>,
}

impl RowTree {
    /// Over these leaf hashes, in order.
    pub fn new(leaves: Vec<Hash32>) -> Self {
        let mut levels = vec![leaves];
        while let Some(last) = levels.last().filter(|level| level.len() > 1) {
            let next = last.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
            levels.push(next);
        }
        Self { levels }
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.leaves().len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.leaves().is_empty()
    }

    /// The leaf hashes, in order.
    pub fn leaves(&self) -> &[Hash32] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// The root.
    pub fn root(&self) -> Hash32 {
        scr_merkle::subtree_root(self, 0, self.len() as u64).unwrap_or_else(|_| empty_root())
    }

    /// The path of the row at this place, from the leaf upwards; `None` when there is no such row.
    pub fn path(&self, index: u64) -> Option<Vec<Hash32>> {
        inclusion_proof(self, index, self.len() as u64).ok()
    }
}

impl HashReader for RowTree {
    type Error = ProofError;

    fn hash(&self, level: u8, index: u64) -> Result<Hash32, ProofError> {
        let index = usize::try_from(index).map_err(|_| ProofError::Range)?;
        self.levels
            .get(usize::from(level))
            .and_then(|level| level.get(index))
            .copied()
            .ok_or(ProofError::Range)
    }
}

/// What whoever holds a number needs to check it offline: `scrutineer verify` reads this file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberReceipt {
    /// [`NUMBER_RECEIPT`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The row's canonical JSON, as text.
    pub row: String,
    /// Place of the row among the sorted rows, from 0.
    pub row_index: u64,
    /// Path from the row upwards to the event's `rows_root`.
    pub path: Vec<Hash32>,
    /// The event's `.tlog-proof`, which carries the event in `extra`.
    pub proof: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_merkle::{leaf_hash, root_of, verify_inclusion};

    #[test]
    fn roots_and_paths_agree_with_the_tree_in_memory_at_every_size() {
        for size in 0..70u64 {
            let leaves: Vec<Hash32> = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let tree = RowTree::new(leaves.clone());
            assert_eq!(tree.root(), root_of(&leaves), "{size}");
            for (index, leaf) in leaves.iter().enumerate() {
                let path = tree.path(index as u64).unwrap();
                verify_inclusion(&path, index as u64, size, leaf, &tree.root()).unwrap();
            }
            assert!(tree.path(size).is_none());
        }
    }
}
