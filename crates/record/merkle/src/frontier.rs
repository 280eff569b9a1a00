//! The growing right edge of the tree: all that an appender must hold in memory.

use crate::tile::{FULL_WIDTH, TilePath};
use crate::{ProofError, empty_root, node_hash, root_of};
use scr_canon::Hash32;

/// A tile as it stands after a batch: written once when full, rewritten while it grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileUpdate {
    /// Tile level: 0 holds leaf hashes.
    pub level: u8,
    /// Number of the tile on its level.
    pub index: u64,
    /// `32 * width` bytes.
    pub bytes: Vec<u8>,
}

/// The hashes of the unfinished tile on each level. A tree of `2^64` leaves has 8 levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// `levels[l]` are the hashes of the unfinished tile of level `l`, at most 255 of them.
    levels: Vec<Vec<Hash32>>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of a tree of `size` leaves, from its stored unfinished tiles. `tile` is asked for
    /// each level's unfinished tile and gives its bytes, or more of them: the rest is ignored.
    pub fn load<E: From<ProofError>>(
        size: u64,
        mut tile: impl FnMut(&TilePath) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        let mut levels = Vec::new();
        for path in TilePath::edge(size) {
            while levels.len() <= usize::from(path.level_number()) {
                levels.push(Vec::new());
            }
            let bytes = tile(&path)?;
            let needed = bytes
                .get(..usize::from(path.width()) * 32)
                .ok_or_else(|| E::from(ProofError::Tile(path.to_string())))?;
            levels[usize::from(path.level_number())] = hashes(needed);
        }
        Ok(Self { size, levels })
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of the unfinished tile of `level`: 0 to 255 of them.
    pub fn unfinished(&self, level: u8) -> &[Hash32] {
        self.levels.get(usize::from(level)).map_or(&[], Vec::as_slice)
    }

    /// Adds leaf hashes. Gives every tile that was finished or changed by them, in the order in
    /// which a store may write them; unfinished tiles come once, at the end.
    pub fn extend(&mut self, leaves: &[Hash32]) -> Vec<TileUpdate> {
        let mut finished = Vec::new();
        let before = self.clone_counts();
        for leaf in leaves {
            self.push(*leaf, &mut finished);
        }
        for (level, hashes) in self.levels.iter().enumerate() {
            let (index, width) = self.edge_position(level);
            if !hashes.is_empty() && before.get(level).copied() != Some((index, width)) {
                finished.push(TileUpdate { level: level_byte(level), index, bytes: tile_bytes(hashes) });
            }
        }
        finished
    }

    /// Adds a whole tile of leaf hashes of which the root ([`root_of`]) is known, and gives the tiles above that this
    /// finished; `None` unless a tile begins here.
    pub fn extend_by_tile(&mut self, root: Hash32) -> Option<Vec<TileUpdate>> {
        if !self.size.is_multiple_of(FULL_WIDTH as u64) {
            return None;
        }
        let mut finished = Vec::new();
        self.size += FULL_WIDTH as u64;
        if self.levels.is_empty() {
            self.levels.push(Vec::new());
        }
        self.carry(root, 1, &mut finished);
        Some(finished)
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash32 {
        let mut root: Option<Hash32> = None;
        for hashes in &self.levels {
            for peak in peaks(hashes).into_iter().rev() {
                root = Some(match root {
                    None => peak,
                    Some(right) => node_hash(&peak, &right),
                });
            }
        }
        root.unwrap_or_else(empty_root)
    }

    fn push(&mut self, leaf: Hash32, finished: &mut Vec<TileUpdate>) {
        self.size += 1;
        self.carry(leaf, 0, finished);
    }

    /// Takes a hash in at its level. `size` counts what it stands for.
    fn carry(&mut self, mut hash: Hash32, mut level: usize, finished: &mut Vec<TileUpdate>) {
        loop {
            if self.levels.len() == level {
                self.levels.push(Vec::with_capacity(FULL_WIDTH));
            }
            self.levels[level].push(hash);
            if self.levels[level].len() < FULL_WIDTH {
                return;
            }
            let index = (self.size >> (8 * (level + 1))) - 1;
            let full = std::mem::take(&mut self.levels[level]);
            hash = root_of(&full);
            finished.push(TileUpdate { level: level_byte(level), index, bytes: tile_bytes(&full) });
            level += 1;
        }
    }

    fn clone_counts(&self) -> Vec<(u64, usize)> {
        (0..self.levels.len()).map(|level| self.edge_position(level)).collect()
    }

    fn edge_position(&self, level: usize) -> (u64, usize) {
        (self.size.checked_shr(8 * (u32::from(level_byte(level)) + 1)).unwrap_or(0), self.levels[level].len())
    }
}

/// Roots of the complete subtrees that `hashes` divides into, from left to right.
fn peaks(hashes: &[Hash32]) -> Vec<Hash32> {
    let mut rest = hashes;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (left, right) = rest.split_at(1 << rest.len().ilog2());
        out.push(root_of(left));
        rest = right;
    }
    out
}

fn tile_bytes(hashes: &[Hash32]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

fn hashes(bytes: &[u8]) -> Vec<Hash32> {
    bytes.chunks_exact(32).filter_map(|chunk| Hash32::from_slice(chunk).ok()).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a tree of 2^64 leaves has 8 levels of tiles")]
fn level_byte(level: usize) -> u8 {
    level as u8
}
