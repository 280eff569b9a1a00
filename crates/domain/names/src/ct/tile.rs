//! Tiles of static logs (C2SP static-ct-api, "Merkle Tree", "Log entries", "Issuers"): addresses and data.

use super::leaf::Leaf;
use super::wire::Wire;
use super::{CtLimits, ReadFault};
use scr_canon::Hash32;
use scr_merkle::tile::{FULL_WIDTH, TileKind, TilePath, TileReader, TileSource};
use scr_merkle::{ProofError, consistency_proof};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Highest level of a tile in a static log.
const MAX_LEVEL: u8 = 5;

/// A tile of entries: number and width, 1 to 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataTile(TilePath);

impl DataTile {
    /// The tile with this number in this width; `None` where the width is not 1 to 256.
    pub fn new(index: u64, width: u16) -> Option<Self> {
        TilePath::entries(index, width).map(Self)
    }

    /// The tile in which entry `next` stands, as wide as it is in a tree of `size` entries; `None` where there is none.
    pub fn with_entry(next: u64, size: u64) -> Option<Self> {
        let index = next / 256;
        let rest = size.checked_sub(index * 256)?;
        if next >= size {
            return None;
        }
        Self::new(index, u16::try_from(rest.min(256)).ok()?)
    }

    /// Number of its first entry.
    pub fn first(&self) -> u64 {
        self.0.index().saturating_mul(256)
    }

    /// Number of entries.
    pub fn width(&self) -> u16 {
        self.0.width()
    }
}

impl fmt::Display for DataTile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&StaticPath::Data(*self).to_string())
    }
}

/// What a static log serves below its monitoring prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaticPath {
    /// `checkpoint`
    Checkpoint,
    /// `tile/<L>/<N>[.p/<W>]`
    Hashes(TilePath),
    /// `tile/data/<N>[.p/<W>]`
    Data(DataTile),
    /// `issuer/<SHA-256 in hexadecimal>`
    Issuer(Hash32),
}

impl fmt::Display for StaticPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => f.write_str("checkpoint"),
            Self::Hashes(path) => write!(f, "tile/{path}"),
            Self::Data(tile) => {
                let path = tile.0.to_string();
                write!(f, "tile/data/{}", path.strip_prefix("entries/").unwrap_or(&path))
            }
            Self::Issuer(hash) => write!(f, "issuer/{}", hash.to_hex()),
        }
    }
}

/// Not an address of static-ct-api.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an address of a static log: {0:?}")]
pub struct PathFault(pub String);

impl FromStr for StaticPath {
    type Err = PathFault;

    /// One form only: what is printed back is the same text.
    fn from_str(text: &str) -> Result<Self, PathFault> {
        let wrong = || PathFault(text.chars().take(100).collect());
        if text == "checkpoint" {
            return Ok(Self::Checkpoint);
        }
        if let Some(hash) = text.strip_prefix("issuer/") {
            return Hash32::from_hex(hash).map(Self::Issuer).ok_or_else(wrong);
        }
        let tile = text.strip_prefix("tile/").ok_or_else(wrong)?;
        if let Some(rest) = tile.strip_prefix("data/") {
            let path = format!("entries/{rest}").parse().map_err(|_| wrong())?;
            return Ok(Self::Data(DataTile(path)));
        }
        let path: TilePath = tile.parse().map_err(|_| wrong())?;
        match path.kind() {
            TileKind::Hashes(level) if level <= MAX_LEVEL => Ok(Self::Hashes(path)),
            _ => Err(wrong()),
        }
    }
}

/// Reads a data tile: exactly as many entries as its address says, each with its own place in the log where it states
/// one.
///
/// # Errors
/// [`ReadFault`]
pub fn read_data_tile(body: &[u8], tile: DataTile, limits: &CtLimits) -> Result<Vec<Leaf>, ReadFault> {
    ReadFault::check_length(body, limits)?;
    let mut wire = Wire::new(body);
    let mut leaves = Vec::with_capacity(FULL_WIDTH);
    for entry in 0..usize::from(tile.width()) {
        let at = wire.at();
        let leaf = Leaf::tile_leaf(&mut wire);
        let leaf = leaf.and_then(|leaf| leaf.leaf_index().map(|index| (leaf, index)));
        let (leaf, index) = leaf.map_err(|fault| ReadFault::Wire { entry, fault })?;
        let place = u64::try_from(entry).ok().and_then(|entry| tile.first().checked_add(entry));
        if index.is_some_and(|index| Some(index) != place) {
            let fault = super::WireFault { at, what: "leaf_index is that of another place" };
            return Err(ReadFault::Wire { entry, fault });
        }
        leaves.push(leaf);
    }
    let more = |fault| ReadFault::Wire { entry: usize::from(tile.width()), fault };
    wire.end().map_err(more)?;
    Ok(leaves)
}

/// The tiles of hashes that a proof of consistency between two sizes is made of, with [`scr_merkle::consistency_proof`]
/// and [`TileReader`]. Empty where no proof is needed or possible.
pub fn tiles_needed(old: u64, new: u64) -> BTreeSet<TilePath> {
    let asked = Asked::default();
    // The hashes are made up; only which are asked for matters.
    let _ = consistency_proof(&TileReader::new(&asked, new), old, new);
    asked.0.into_inner()
}

/// Remembers which tiles are asked for.
#[derive(Default)]
struct Asked(RefCell<BTreeSet<TilePath>>);

impl TileSource for Asked {
    type Error = ProofError;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ProofError> {
        self.0.borrow_mut().insert(*path);
        Ok(vec![0; usize::from(path.width()) * 32])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of static-ct-api: index 1234067, a tree of 70,000.
    #[test]
    fn addresses_are_those_of_the_specification() {
        let data = DataTile::new(1_234_067, 256).unwrap();
        assert_eq!(data.to_string(), "tile/data/x001/x234/067");
        assert_eq!(DataTile::with_entry(69_999, 70_000).unwrap().to_string(), "tile/data/273.p/112");
        assert_eq!(DataTile::with_entry(69_887, 70_000).unwrap().to_string(), "tile/data/272");
        assert_eq!(DataTile::with_entry(70_000, 70_000), None);
        assert_eq!(DataTile::with_entry(u64::MAX, 1), None);
        for text in
            ["checkpoint", "tile/0/x001/x234/067", "tile/5/000.p/1", "tile/data/000", "tile/data/001.p/255"]
        {
            assert_eq!(text.parse::<StaticPath>().unwrap().to_string(), text);
        }
        let issuer = format!("issuer/{}", "0f".repeat(32));
        assert_eq!(issuer.parse::<StaticPath>().unwrap().to_string(), issuer);
        for wrong in [
            "",
            "tile/6/000",
            "tile/entries/000",
            "tile/data/0",
            "tile/data/000.p/0",
            "issuer/0F",
            "/checkpoint",
        ] {
            assert!(wrong.parse::<StaticPath>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn tiles_for_a_proof_are_few() {
        assert!(tiles_needed(0, 10).is_empty() && tiles_needed(10, 10).is_empty());
        let paths: Vec<String> = tiles_needed(70_000, 70_300).iter().map(ToString::to_string).collect();
        // From 70,000 to the end of its tile; that tile's number in the tile above.
        assert_eq!(paths, ["0/273", "0/274.p/156", "1/001.p/18", "2/000.p/1"]);
    }
}
