//! One log, asked in the form that it speaks: RFC 6962 or static-ct-api. What comes is read here and believed nowhere.

use super::fetch::{Client, FetchError};
use scr_canon::Hash32;
use scr_merkle::tile::{TilePath, TileReader, TileSource};
use scr_merkle::{ProofError, consistency_proof};
use scr_names::ct::{
    Batch, CtFault, CtLimits, Cursor, DataTile, HeadFault, Leaf, LogKey, ReadFault, SignedHead, StaticPath,
    read_checkpoint, read_consistency, read_data_tile, read_entries, read_entry_and_proof, read_head,
    tiles_needed,
};
use std::collections::BTreeMap;

/// Largest answer without entries, in bytes.
const SMALL: u64 = 256 << 10;
/// Largest answer with entries: a tile has 256, each with a certificate and what was submitted.
const LARGE: u64 = 24 << 20;
/// Entries that are asked for in one go; logs of RFC 6962 answer with as many as they like.
const ASKED: u64 = 256;

/// How much of an answer is read.
pub(crate) const LIMITS: CtLimits = CtLimits { body: 24 << 20, entries: 4_096, proof: 128, names: 2_000 };

/// The form in which a log is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogKind {
    /// RFC 6962 section 4.
    Rfc6962,
    /// C2SP static-ct-api.
    Static,
}

impl LogKind {
    pub(crate) const ALL: [Self; 2] = [Self::Rfc6962, Self::Static];

    /// Its name in the tables, in forms and calls.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Rfc6962 => "rfc6962",
            Self::Static => "static",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Why nothing can be believed now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskError {
    /// No answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What there must be is not there.
    #[error("{0}: the log has nothing there")]
    Missing(String),
    /// An answer that cannot be read.
    #[error("{path}: {fault}")]
    Read { path: String, fault: ReadFault },
    /// An answer that is no answer: too many entries, or none.
    #[error("{0}: the log answered with another number of entries")]
    Number(String),
    /// A head that is not the log's.
    #[error("the newest head cannot be used: {fault}")]
    Head { head: Box<SignedHead>, fault: HeadFault },
    /// What the library says of it.
    #[error(transparent)]
    Log(#[from] CtFault),
}

/// A log.
pub(crate) struct Source<'a> {
    pub(crate) client: &'a Client,
    pub(crate) kind: LogKind,
    pub(crate) url: &'a str,
    /// Of a static log: its name in checkpoints.
    pub(crate) origin: &'a str,
    pub(crate) key: &'a LogKey,
}

impl Source<'_> {
    fn get(&self, path: &str, most: u64) -> Result<Vec<u8>, AskError> {
        let answer = self.client.get(self.url, path, most)?;
        answer.ok_or_else(|| AskError::Missing(path.to_owned()))
    }

    fn read<T>(path: &str, read: Result<T, ReadFault>) -> Result<T, AskError> {
        read.map_err(|fault| AskError::Read { path: path.to_owned(), fault })
    }

    /// The log's newest head, with a signature that holds: nothing is asked about a tree that the log has not signed.
    pub(crate) fn head(&self) -> Result<SignedHead, AskError> {
        let head = self.asked_head()?;
        let fault = head.verify(self.key).err();
        fault.map_or(Ok(head.clone()), |fault| Err(AskError::Head { head: Box::new(head), fault }))
    }

    fn asked_head(&self) -> Result<SignedHead, AskError> {
        match self.kind {
            LogKind::Rfc6962 => {
                let path = "ct/v1/get-sth";
                Self::read(path, read_head(&self.get(path, SMALL)?, self.key.id(), &LIMITS))
            }
            LogKind::Static => {
                let path = "checkpoint";
                let body = self.get(path, SMALL)?;
                Self::read(path, read_checkpoint(&body, self.key, self.origin, &LIMITS))
            }
        }
    }

    /// What the log gives to show that a tree of `new` entries begins with one of `old`.
    pub(crate) fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash32>, AskError> {
        if old == 0 || old >= new {
            return Ok(Vec::new());
        }
        match self.kind {
            LogKind::Rfc6962 => {
                let path = format!("ct/v1/get-sth-consistency?first={old}&second={new}");
                Self::read(&path, read_consistency(&self.get(&path, SMALL)?, &LIMITS))
            }
            LogKind::Static => {
                let mut tiles = Tiles::default();
                for path in tiles_needed(old, new) {
                    tiles.0.insert(path, self.tile(&path)?);
                }
                let proof = consistency_proof(&TileReader::new(&tiles, new), old, new);
                // A tile of another length: no proof, so that the log is asked again and held to it.
                Ok(proof.unwrap_or_default())
            }
        }
    }

    /// A tile of hashes. One that is whole by now stands for those that it has outgrown.
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, AskError> {
        let named = StaticPath::Hashes(*path).to_string();
        if let Some(bytes) = self.client.get(self.url, &named, SMALL)? {
            return Ok(bytes);
        }
        let whole = TilePath::hashes(path.level_number(), path.index(), 256).filter(|_| path.width() < 256);
        let whole = whole.ok_or(AskError::Missing(named))?;
        let mut bytes = self.get(&StaticPath::Hashes(whole).to_string(), SMALL)?;
        bytes.truncate(usize::from(path.width()) * 32);
        Ok(bytes)
    }

    /// Entries from `next` on, at least one, at most about `most`, none past `size`. `step` is called before each answer.
    pub(crate) fn entries<E: From<AskError>>(
        &self,
        (next, size): (u64, u64),
        most: usize,
        mut step: impl FnMut() -> Result<bool, E>,
    ) -> Result<Batch, E> {
        let mut batch = Batch { first: next, leaves: Vec::new() };
        while batch.leaves.len() < most && step()? {
            let at = next + u64::try_from(batch.leaves.len()).unwrap_or(u64::MAX);
            if at >= size {
                break;
            }
            let leaves = match self.kind {
                LogKind::Rfc6962 => self.answer(at, size)?,
                LogKind::Static => self.data(at, size)?,
            };
            batch.leaves.extend(leaves);
        }
        Ok(batch)
    }

    fn answer(&self, at: u64, size: u64) -> Result<Vec<Leaf>, AskError> {
        let last = (at + ASKED).min(size) - 1;
        let path = format!("ct/v1/get-entries?start={at}&end={last}");
        let leaves = Self::read(&path, read_entries(&self.get(&path, LARGE)?, &LIMITS))?;
        let count = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
        if (1..=last - at + 1).contains(&count) { Ok(leaves) } else { Err(AskError::Number(path)) }
    }

    fn data(&self, at: u64, size: u64) -> Result<Vec<Leaf>, AskError> {
        let Some(tile) = DataTile::with_entry(at, size) else { return Ok(Vec::new()) };
        let path = StaticPath::Data(tile).to_string();
        let leaves = match self.client.get(self.url, &path, LARGE)? {
            Some(body) => Self::read(&path, read_data_tile(&body, tile, &LIMITS))?,
            None => {
                let whole = DataTile::new(tile.first() / 256, 256).filter(|_| tile.width() < 256);
                let whole = whole.ok_or_else(|| AskError::Missing(path.clone()))?;
                let body = self.get(&StaticPath::Data(whole).to_string(), LARGE)?;
                let mut leaves = Self::read(&path, read_data_tile(&body, whole, &LIMITS))?;
                leaves.truncate(usize::from(tile.width()));
                leaves
            }
        };
        Ok(Batch::of_tile(tile, leaves, at).leaves)
    }

    /// Where reading begins: at entry `from`, or at the end of this head.
    pub(crate) fn begin(&self, head: &SignedHead, from: Option<u64>) -> Result<Cursor, AskError> {
        let size = head.head.size;
        let next = from.unwrap_or(size);
        if next > size {
            return Err(CtFault::PastEnd { size }.into());
        }
        let reach = self.consistency(next, size)?;
        if next == 0 {
            return Ok(Cursor::from_index(self.key, head, 0, (head.head.root, &[]), &[])?);
        }
        match self.kind {
            LogKind::Rfc6962 => {
                let path = format!("ct/v1/get-entry-and-proof?leaf_index={}&tree_size={next}", next - 1);
                let answer = self.get(&path, LARGE)?;
                let (leaf, proof) = Self::read(&path, read_entry_and_proof(&answer, &LIMITS))?;
                Ok(Cursor::from_index(self.key, head, next, (leaf.hash, &proof), &reach)?)
            }
            LogKind::Static => {
                let mut tiles = BTreeMap::new();
                for path in TilePath::edge(next) {
                    let wider = TilePath::at_size(path.level_number(), path.index(), size).unwrap_or(path);
                    tiles.insert(path, self.tile(&wider)?);
                }
                Ok(Cursor::from_tiles_at(self.key, head, next, |path| tiles.get(path).cloned(), &reach)?)
            }
        }
    }
}

/// Tiles that were fetched.
#[derive(Default)]
struct Tiles(BTreeMap<TilePath, Vec<u8>>);

impl TileSource for Tiles {
    type Error = ProofError;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ProofError> {
        self.0.get(path).cloned().ok_or(ProofError::Tile(path.to_string()))
    }
}
