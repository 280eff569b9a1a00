//! Tiles and entry bundles (C2SP tlog-tiles): their addresses, their bytes, and proofs from them.

use crate::{HashReader, ProofError, root_of};
use scr_canon::Hash32;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile, entries in a full bundle.
pub const FULL_WIDTH: usize = 256;
/// Longest entry that a bundle can hold, in bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes of level 0 to 63.
    Hashes(u8),
    /// The entries themselves.
    Entries,
}

/// The address of a tile or bundle below `tile/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: u16,
}

/// An address that C2SP tlog-tiles does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a tile: {0:?}")]
pub struct TilePathError(pub String);

impl TilePath {
    /// A tile of hashes. `width` is 1 to 256; 256 is the full tile.
    pub fn hashes(level: u8, index: u64, width: u16) -> Option<Self> {
        (level < 64).then_some(())?;
        Self::checked(TileKind::Hashes(level), index, width)
    }

    /// A bundle of entries.
    pub fn entries(index: u64, width: u16) -> Option<Self> {
        Self::checked(TileKind::Entries, index, width)
    }

    fn checked(kind: TileKind, index: u64, width: u16) -> Option<Self> {
        (1..=256).contains(&width).then_some(Self { kind, index, width })
    }

    /// What it holds.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Its level; entries stand on level 0.
    pub fn level_number(&self) -> u8 {
        match self.kind {
            TileKind::Hashes(level) => level,
            TileKind::Entries => 0,
        }
    }

    /// Its number on its level.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds: 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether a tree of `size` leaves has this tile in at least this width.
    pub fn exists_at(&self, size: u64) -> bool {
        let on_level = size.checked_shr(8 * u32::from(self.level_number())).unwrap_or(0);
        self.index
            .checked_mul(256)
            .and_then(|start| start.checked_add(u64::from(self.width)))
            .is_some_and(|end| end <= on_level)
    }

    /// The tile with number `index` of `level`, as wide as it is in a tree of `size` leaves.
    pub fn at_size(level: u8, index: u64, size: u64) -> Option<Self> {
        let on_level = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let rest = on_level.checked_sub(index.checked_mul(256)?)?;
        Self::hashes(level, index, u16::try_from(rest.min(256)).ok()?)
    }

    /// The unfinished tile of each level in a tree of `size` leaves; levels without one are left out.
    pub fn edge(size: u64) -> Vec<Self> {
        (0..8u8)
            .filter_map(|level| {
                let on_level = size >> (8 * u32::from(level));
                let width = u16::try_from(on_level % 256).ok()?;
                Self::hashes(level, on_level / 256, width)
            })
            .collect()
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "{level}/")?,
            TileKind::Entries => f.write_str("entries/")?,
        }
        let mut groups = vec![format!("{:03}", self.index % 1000)];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.reverse();
        f.write_str(&groups.join("/"))?;
        if self.width < 256 { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TilePath {
    type Err = TilePathError;

    /// Reads the part after `tile/`. One form only: what is printed back must be the same text.
    fn from_str(text: &str) -> Result<Self, TilePathError> {
        let wrong = || TilePathError(text.chars().take(80).collect());
        let (kind, rest) = text.split_once('/').ok_or_else(wrong)?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => TileKind::Hashes(level.parse().ok().filter(|l| *l < 64).ok_or_else(wrong)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|w| *w < 256).ok_or_else(wrong)?),
            None => (rest, 256u16),
        };
        let mut index = 0u64;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let value: u64 = digits.parse().ok().filter(|_| digits.len() == 3).ok_or_else(wrong)?;
            index = index.checked_mul(1000).and_then(|i| i.checked_add(value)).ok_or_else(wrong)?;
        }
        let path = Self::checked(kind, index, width).ok_or_else(wrong)?;
        if path.to_string() == text { Ok(path) } else { Err(wrong()) }
    }
}

/// Appends one entry to a bundle's bytes: uint16 big-endian length, then the entry. `None` when the
/// entry is longer than [`MAX_ENTRY_BYTES`].
pub fn bundle_push(bundle: &mut Vec<u8>, entry: &[u8]) -> Option<()> {
    bundle.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
    bundle.extend_from_slice(entry);
    Some(())
}

/// The entries of a bundle; `None` when the bytes do not divide into entries, or into more than 256.
pub fn bundle_entries(bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut walk = BundleEntries::new(bundle);
    let entries: Vec<&[u8]> = walk.by_ref().collect();
    walk.is_whole().then_some(entries)
}

/// A walk over the entries of a bundle, at most 256.
#[derive(Debug, Clone)]
pub struct BundleEntries<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> BundleEntries<'a> {
    /// Before the first entry.
    pub fn new(bundle: &'a [u8]) -> Self {
        Self { rest: bundle, left: FULL_WIDTH }
    }

    /// Whether everything that is left, if there is anything, divides into entries.
    pub fn is_whole(mut self) -> bool {
        while self.next().is_some() {}
        self.rest.is_empty()
    }
}

impl<'a> Iterator for BundleEntries<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let left = self.left.checked_sub(1)?;
        let (length, rest) = self.rest.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        (self.rest, self.left) = (rest, left);
        Some(entry)
    }
}

/// Where tiles come from: a store, a directory, a server.
pub trait TileSource {
    /// What can go wrong.
    type Error: From<ProofError>;

    /// The bytes of a tile of hashes: exactly 32 times its width.
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, Self::Error>;
}

/// Hashes of a tree of `size` leaves, read from its tiles. Each tile is fetched once.
#[derive(Debug)]
pub struct TileReader<'a, S> {
    source: &'a S,
    size: u64,
    seen: RefCell<BTreeMap<TilePath, Vec<Hash32>>>,
}

impl<'a, S: TileSource> TileReader<'a, S> {
    /// Reads the tree of `size` leaves.
    pub fn new(source: &'a S, size: u64) -> Self {
        Self { source, size, seen: RefCell::default() }
    }

    fn fetch(&self, path: &TilePath) -> Result<Vec<Hash32>, S::Error> {
        let bytes = self.source.tile(path)?;
        if bytes.len() != usize::from(path.width()) * 32 {
            return Err(ProofError::Tile(path.to_string()).into());
        }
        Ok(bytes.chunks_exact(32).filter_map(|chunk| Hash32::from_slice(chunk).ok()).collect())
    }
}

impl<S: TileSource> HashReader for TileReader<'_, S> {
    type Error = S::Error;

    fn hash(&self, level: u8, index: u64) -> Result<Hash32, S::Error> {
        let within = u32::from(level % 8);
        let first = index.checked_shl(within).ok_or(ProofError::Range)?;
        let path = TilePath::at_size(level / 8, first / 256, self.size).ok_or(ProofError::Range)?;
        let offset = usize::try_from(first % 256).map_err(|_| ProofError::Range)?;
        let mut seen = self.seen.borrow_mut();
        let hashes = match seen.entry(path) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.fetch(&path)?),
        };
        hashes
            .get(offset..offset + (1 << within))
            .map(root_of)
            .ok_or_else(|| ProofError::Tile(path.to_string()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The examples of C2SP tlog-tiles: 1234067, and the tiles of a tree of 70,000 leaves.
    #[test]
    fn addresses_of_the_specification() {
        assert_eq!(TilePath::hashes(0, 1_234_067, 256).unwrap().to_string(), "0/x001/x234/067");
        let edge: Vec<String> = TilePath::edge(70_000).iter().map(ToString::to_string).collect();
        assert_eq!(edge, ["0/273.p/112", "1/001.p/17", "2/000.p/1"]);
        assert_eq!(TilePath::edge(256).iter().map(ToString::to_string).collect::<Vec<_>>(), ["1/000.p/1"]);
        assert!(TilePath::entries(273, 112).unwrap().exists_at(70_000));
        assert!(!TilePath::entries(273, 113).unwrap().exists_at(70_000));
    }

    #[test]
    fn other_spellings_are_refused() {
        for wrong in [
            "",
            "0",
            "0/",
            "0/1",
            "0/0001",
            "00/001",
            "0/x000/001",
            "0/001.p/0",
            "0/001.p/256",
            "0/001.p/01",
            "64/000",
            "0/x001/x234/x067",
            "0/001/002",
            "+0/001",
            "0/+01",
            "entries/001.p/",
            "Entries/001",
            "0/001.p/1/",
            "0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert!(wrong.parse::<TilePath>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn bundles_hold_entries_of_up_to_64_kib() {
        let mut bundle = Vec::new();
        bundle_push(&mut bundle, b"").unwrap();
        bundle_push(&mut bundle, &[7; MAX_ENTRY_BYTES]).unwrap();
        assert_eq!(bundle_entries(&bundle).unwrap(), [&[][..], &[7; MAX_ENTRY_BYTES][..]]);
        assert!(bundle_push(&mut bundle, &[7; MAX_ENTRY_BYTES + 1]).is_none());
        assert!(bundle_entries(&[0]).is_none());
        assert!(bundle_entries(&[0, 2, 1]).is_none());
        assert!(bundle_entries(&[0; 2 * 257]).is_none());
    }

    proptest! {
        #[test]
        fn addresses_lead_back(level in 0u8..64, index in any::<u64>(), width in 1u16..=256) {
            let path = TilePath::hashes(level, index, width).unwrap();
            prop_assert_eq!(path.to_string().parse::<TilePath>().unwrap(), path);
        }

        #[test]
        fn any_text_and_any_bytes_are_read_or_refused(text in ".{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = text.parse::<TilePath>();
            let _ = bundle_entries(&bytes);
        }
    }
}
