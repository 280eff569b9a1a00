//! The roots of the complete subtrees of which a tree consists: all that is needed to let it grow and to know its root.

use scr_canon::Hash32;
use scr_merkle::{Frontier, empty_root, node_hash, root_of};
use serde::{Deserialize, Serialize};

/// One hash for each bit that is set in the size, from the largest subtree to the smallest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub(super) struct Peaks {
    size: u64,
    hashes: Vec<Hash32>,
}

/// The same before it is checked.
#[derive(Clone, Serialize, Deserialize)]
struct Written {
    size: u64,
    hashes: Vec<Hash32>,
}

impl TryFrom<Written> for Peaks {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::new(written.size, written.hashes)
            .ok_or("a cursor has one hash for each bit that is set in its size")
    }
}

impl From<Peaks> for Written {
    fn from(peaks: Peaks) -> Self {
        Self { size: peaks.size, hashes: peaks.hashes }
    }
}

impl Peaks {
    pub(super) fn new(size: u64, hashes: Vec<Hash32>) -> Option<Self> {
        (usize::try_from(size.count_ones()) == Ok(hashes.len())).then_some(Self { size, hashes })
    }

    /// Of a tree whose unfinished tiles are at hand.
    pub(super) fn of_frontier(frontier: &Frontier) -> Option<Self> {
        let mut hashes = Vec::new();
        for level in (0..8u8).rev() {
            let mut rest = frontier.unfinished(level);
            while !rest.is_empty() {
                let (left, right) = rest.split_at(1 << rest.len().ilog2());
                hashes.push(root_of(left));
                rest = right;
            }
        }
        Self::new(frontier.size(), hashes)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf; `None` when the tree can grow no more.
    pub(super) fn push(&mut self, leaf: Hash32) -> Option<()> {
        let next = self.size.checked_add(1)?;
        let mut hash = leaf;
        // Each bit that is set at the low end is a subtree as large as what has grown so far.
        for _ in 0..self.size.trailing_ones() {
            hash = node_hash(&self.hashes.pop()?, &hash);
        }
        self.hashes.push(hash);
        self.size = next;
        Some(())
    }

    pub(super) fn root(&self) -> Hash32 {
        let joined = self.hashes.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_merkle::leaf_hash;

    #[test]
    fn roots_are_those_of_the_tree() {
        let (mut peaks, mut frontier, mut leaves) = (Peaks::default(), Frontier::new(), Vec::new());
        for number in 0u32..600 {
            assert_eq!(peaks.root(), root_of(&leaves), "{number} leaves");
            if number % 37 == 0 {
                assert_eq!(Peaks::of_frontier(&frontier), Some(peaks.clone()));
            }
            let leaf = leaf_hash(&number.to_be_bytes());
            leaves.push(leaf);
            frontier.extend(&[leaf]);
            peaks.push(leaf).unwrap();
        }
        let text = serde_json::to_string(&peaks).unwrap();
        assert_eq!(serde_json::from_str::<Peaks>(&text).unwrap(), peaks);
        assert!(serde_json::from_str::<Peaks>(&text.replace("600", "601")).is_err());
    }
}
