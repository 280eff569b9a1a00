//! A whole log, from its first entry on. Streaming: some bundles and one tile per level in memory, and
//! one counter per subject. What each bundle takes by itself (hashes, form, signatures) runs on all cores.

use scr_canon::Hash32;
use scr_merkle::tile::{FULL_WIDTH, TileKind, TilePath, TileReader, TileSource, bundle_entries};
use scr_merkle::{Frontier, ProofError, TileUpdate, leaf_hash, root_of, subtree_root};
use serde::Serialize;

use crate::history::{INDEX_KIND, IndexView};
use crate::parallel::{first_unsigned, map};
use crate::proof::check_checkpoint;
use crate::subjects::Subjects;
use crate::{
    AuthorCheck, Authors, EntryHead, EntryOrder, LogSource, SourceError, Trust, VerifyError, WitnessView,
};

/// What is demanded of entries beyond their place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntryRules {
    /// Nothing: any log of the format.
    #[default]
    Any,
    /// scrutineer's: canonical bytes, counters without gaps, time that does not go back.
    Scrutineer,
    /// The same, and each entry is signed by an author whose key the record has certified before.
    Signed,
}

/// What a sound log holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FsckReport {
    /// Which log.
    pub origin: String,
    /// Entries, all of which were checked.
    pub size: u64,
    /// The root that was recomputed and is signed.
    pub root: Hash32,
    /// Cosignatures on the checkpoint that hold.
    pub witnesses: Vec<WitnessView>,
    /// Tiles and bundles that were compared.
    pub tiles: u64,
    /// Subjects with counters; 0 when entries were not read.
    pub subjects: u64,
}

/// The first thing that is wrong. Every variant means: exit status other than 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FsckError {
    /// A resource could not be read.
    #[error("SCR-VERIFY-040: {0}")]
    Source(#[from] SourceError),
    /// A resource that the checkpoint's size demands is not there.
    #[error("SCR-VERIFY-041: {0} is missing")]
    Missing(String),
    /// The checkpoint does not hold.
    #[error(transparent)]
    Checkpoint(#[from] VerifyError),
    /// A tile or bundle has the wrong length or does not divide into entries.
    #[error("SCR-VERIFY-042: {0} has the wrong length or form")]
    Form(String),
    /// An entry's bytes differ from what the tree was built over.
    #[error(
        "SCR-VERIFY-043: entry {index} (in {bundle}) differs from the entry that the tree was built over"
    )]
    Entry {
        /// Which entry.
        index: u64,
        /// Where it stands.
        bundle: String,
    },
    /// A tile differs from what the entries give.
    #[error("SCR-VERIFY-044: hash {position} of {tile} differs from what the entries give")]
    Tile {
        /// Which tile.
        tile: String,
        /// Which of its hashes, from 0.
        position: usize,
    },
    /// Entries and tiles agree with each other, but not with the signed root.
    #[error("SCR-VERIFY-045: the entries give the root {computed}, the log has signed {signed}")]
    Root {
        /// From the entries.
        computed: Hash32,
        /// In the checkpoint.
        signed: Hash32,
    },
    /// An entry is not one of scrutineer's.
    #[error("SCR-VERIFY-046: entry {index}: {reason}")]
    NotAnEntry {
        /// Which entry.
        index: u64,
        /// In words.
        reason: String,
    },
    /// A subject's counter has a gap or repeats.
    #[error("SCR-VERIFY-047: entry {index} counts {found} for {subject}, the next number is {expected}")]
    Counter {
        /// Which entry.
        index: u64,
        /// Whose counter.
        subject: String,
        /// What should stand there.
        expected: u64,
        /// What does.
        found: u64,
    },
    /// An index states something else than the entries give.
    #[error("SCR-VERIFY-076: entry {index} is an index of the record, and {what}")]
    Index {
        /// Which entry.
        index: u64,
        /// In words.
        what: String,
    },
    /// Time goes back.
    #[error("SCR-VERIFY-048: entry {index} is dated {at}, before the entry that precedes it")]
    Time {
        /// Which entry.
        index: u64,
        /// Its time.
        at: String,
    },
    /// The author's signature does not hold, or no key was certified for the author.
    #[error("SCR-VERIFY-049: entry {index}: {reason}")]
    Author {
        /// Which entry.
        index: u64,
        /// In words.
        reason: String,
    },
}

impl FsckError {
    /// An entry whose author's signature does not hold.
    pub fn signature(index: u64) -> Self {
        Self::Author { index, reason: "the author's signature does not hold".to_owned() }
    }

    /// The stable code (docs/reference/errors/verify.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Source(_) => "SCR-VERIFY-040",
            Self::Missing(_) => "SCR-VERIFY-041",
            Self::Checkpoint(error) => error.code(),
            Self::Form(_) => "SCR-VERIFY-042",
            Self::Entry { .. } => "SCR-VERIFY-043",
            Self::Tile { .. } => "SCR-VERIFY-044",
            Self::Root { .. } => "SCR-VERIFY-045",
            Self::NotAnEntry { .. } => "SCR-VERIFY-046",
            Self::Counter { .. } => "SCR-VERIFY-047",
            Self::Time { .. } => "SCR-VERIFY-048",
            Self::Author { .. } => "SCR-VERIFY-049",
            Self::Index { .. } => "SCR-VERIFY-076",
        }
    }

    /// The exit status of a command: 2 when the log could not be examined, 1 when it is wrong.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Source(_) => 2,
            Self::Checkpoint(error) => error.exit_code(),
            _ => 1,
        }
    }
}

/// Audits the log in `source` up to its checkpoint.
///
/// # Errors
/// The first thing that is wrong, in the order of the entries; see [`FsckError`].
pub fn fsck(source: &dyn LogSource, trust: &Trust, rules: EntryRules) -> Result<FsckReport, FsckError> {
    let note = source.checkpoint()?.ok_or_else(|| FsckError::Missing("checkpoint".to_owned()))?;
    let note = String::from_utf8(note).map_err(|_| FsckError::Form("checkpoint".to_owned()))?;
    let trusted = check_checkpoint(&note, trust)?;
    let (size, root) = (trusted.checkpoint.size, trusted.checkpoint.root);
    let mut walk = Walk {
        source,
        size,
        root,
        frontier: Frontier::new(),
        tiles: 0,
        order: EntryOrder::default(),
        authors: Authors::default(),
        subjects: Subjects::default(),
        rules,
        index: None,
    };
    while walk.frontier.size() < size {
        walk.some()?;
    }
    walk.finish()?;
    Ok(FsckReport {
        origin: trusted.checkpoint.origin,
        size,
        root,
        witnesses: trusted.witnesses,
        tiles: walk.tiles,
        subjects: walk.subjects.len(),
    })
}

struct Walk<'a> {
    source: &'a dyn LogSource,
    size: u64,
    root: Hash32,
    frontier: Frontier,
    tiles: u64,
    order: EntryOrder,
    authors: Authors,
    subjects: Subjects,
    rules: EntryRules,
    /// The first index that is wrong. A tile above it may be the cause, and is found later.
    index: Option<FsckError>,
}

/// Bundles, and bytes of them, that are in memory at the same time. One bundle alone may have more.
const GROUP: usize = 32;
const GROUP_BYTES: usize = 8 << 20;

/// A bundle with its tile, as they were read.
struct Fetched {
    index: u64,
    tile_path: TilePath,
    tile: Vec<Hash32>,
    bundle_path: TilePath,
    bytes: Vec<u8>,
}

/// What a bundle gives by itself.
struct Opened<'a> {
    leaves: Vec<Hash32>,
    /// Empty where entries are not read.
    heads: Vec<Result<EntryHead<'a>, String>>,
}

impl Fetched {
    fn open(&self, rules: EntryRules) -> Option<Opened<'_>> {
        let all = bundle_entries(&self.bytes)?;
        let entries = all.get(..usize::from(self.tile_path.width()))?;
        let leaves = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let heads = match rules {
            EntryRules::Any => Vec::new(),
            EntryRules::Scrutineer | EntryRules::Signed => {
                entries.iter().map(|entry| EntryHead::parse(entry)).collect()
            }
        };
        Some(Opened { leaves, heads })
    }
}

impl Walk<'_> {
    /// Checks the next bundles, as many as are held in memory.
    fn some(&mut self) -> Result<(), FsckError> {
        let first = self.frontier.size() / FULL_WIDTH as u64;
        let (mut group, mut bytes, mut fault) = (Vec::new(), 0, None);
        for index in first..self.size.div_ceil(FULL_WIDTH as u64) {
            if group.len() == GROUP || bytes > GROUP_BYTES {
                break;
            }
            match self.fetch(index) {
                Ok(one) => {
                    bytes += one.bytes.len();
                    group.push(one);
                }
                // What comes before it is checked first.
                Err(error) => {
                    fault = Some(error);
                    break;
                }
            }
        }
        let rules = self.rules;
        let opened = map(&group, |one: &Fetched| one.open(rules));
        let mut signatures = Vec::new();
        let outcome = group
            .iter()
            .zip(opened)
            .try_for_each(|(one, opened)| {
                let opened = opened.flatten().ok_or_else(|| form(&one.bundle_path))?;
                self.bundle(one, &opened, &mut signatures)
            })
            .and(fault.map_or(Ok(()), Err));
        // Of an entry before the one that ended this, the signature is the first thing that is wrong.
        first_unsigned(&signatures).map_or(outcome, |index| Err(FsckError::signature(index)))
    }

    /// Reads bundle `index` and its tile.
    fn fetch(&mut self, index: u64) -> Result<Fetched, FsckError> {
        let tile_path = TilePath::at_size(0, index, self.size)
            .ok_or_else(|| FsckError::Form(format!("tile/0/{index}")))?;
        let bundle_path = TilePath::entries(index, tile_path.width())
            .ok_or_else(|| FsckError::Form(format!("tile/entries/{index}")))?;
        let bytes = self.read(&bundle_path)?;
        let tile = self.hashes(&tile_path)?;
        Ok(Fetched { index, tile_path, tile, bundle_path, bytes })
    }

    /// Checks a bundle, its tile, and every higher tile that it completes.
    fn bundle(
        &mut self,
        one: &Fetched,
        opened: &Opened<'_>,
        signatures: &mut Vec<(u64, AuthorCheck)>,
    ) -> Result<(), FsckError> {
        let first = self.frontier.size();
        let leaves = &opened.leaves;
        if let Some(position) = first_difference(leaves, &one.tile) {
            return Err(if self.entries_are_right(one.index, leaves)? {
                FsckError::Tile { tile: format!("tile/{}", one.tile_path), position }
            } else {
                let bundle = format!("tile/{}", one.bundle_path);
                FsckError::Entry { index: first + position as u64, bundle }
            });
        }
        for ((index, head), leaf) in (first..).zip(&opened.heads).zip(leaves) {
            let head =
                head.as_ref().map_err(|reason| FsckError::NotAnEntry { index, reason: reason.clone() })?;
            self.order.time(index, head)?;
            self.statement(index, head, *leaf, leaves)?;
            if self.rules == EntryRules::Signed {
                let check = self.authors.take(index, head);
                signatures.push((index, check.map_err(|reason| FsckError::Author { index, reason })?));
            }
        }
        for update in self.frontier.extend(leaves) {
            if update.level > 0 && update.bytes.len() == FULL_WIDTH * 32 {
                self.compare(&update)?;
            }
        }
        Ok(())
    }

    /// The unfinished tiles above level 0, and the root.
    fn finish(&mut self) -> Result<(), FsckError> {
        for path in TilePath::edge(self.size) {
            if path.level_number() > 0 {
                let stored = self.hashes(&path)?;
                if let Some(position) =
                    first_difference(self.frontier.unfinished(path.level_number()), &stored)
                {
                    return Err(FsckError::Tile { tile: format!("tile/{path}"), position });
                }
            }
        }
        let computed = self.frontier.root();
        if computed != self.root {
            return Err(FsckError::Root { computed, signed: self.root });
        }
        self.index.take().map_or(Ok(()), Err)
    }

    fn compare(&mut self, update: &TileUpdate) -> Result<(), FsckError> {
        let width = u16::try_from(update.bytes.len() / 32).unwrap_or(0);
        let path = TilePath::hashes(update.level, update.index, width)
            .ok_or_else(|| FsckError::Form(format!("tile/{}/{}", update.level, update.index)))?;
        let stored = self.hashes(&path)?;
        match first_difference(&split(&update.bytes), &stored) {
            Some(position) => Err(FsckError::Tile { tile: format!("tile/{path}"), position }),
            None => Ok(()),
        }
    }

    /// Counts an entry's subjects, and judges what it states when it is an index.
    fn statement(
        &mut self,
        index: u64,
        entry: &EntryHead<'_>,
        leaf: Hash32,
        leaves: &[Hash32],
    ) -> Result<(), FsckError> {
        for (subject, found) in &entry.counters {
            self.subjects.count(index, subject, *found, leaf).map_err(|expected| {
                let subject = subject.clone().into_owned();
                FsckError::Counter { index, subject, expected, found: *found }
            })?;
        }
        if entry.kind != INDEX_KIND {
            return Ok(());
        }
        let what = match IndexView::of(&entry.view()) {
            Some(stated) => {
                let root = self.root_at(stated.size, leaves)?;
                self.subjects.judge(index, &stated, root)
            }
            None => Some("it lacks what an index states".to_owned()),
        };
        if let Some(what) = what {
            self.index.get_or_insert(FsckError::Index { index, what });
        }
        Ok(())
    }

    /// The root at an earlier size, or one within the bundle that is being read (`leaves`).
    fn root_at(&mut self, size: u64, leaves: &[Hash32]) -> Result<Option<Hash32>, FsckError> {
        if let Some(into) = size.checked_sub(self.frontier.size()) {
            let mut then = self.frontier.clone();
            let into = usize::try_from(into).ok().and_then(|into| leaves.get(..into));
            return Ok(into.map(|leaves| {
                then.extend(leaves);
                then.root()
            }));
        }
        // Of tiles that were compared before.
        let tiles = TileReader::new(&*self, self.size);
        match subtree_root(&tiles, 0, size) {
            Ok(root) => Ok(Some(root)),
            Err(PastTile::Source(error)) => Err(error),
            Err(PastTile::Proof) => Ok(None),
        }
    }

    /// Entries and tile disagree: which of them does the rest of the tree confirm?
    fn entries_are_right(&mut self, index: u64, leaves: &[Hash32]) -> Result<bool, FsckError> {
        if leaves.len() < FULL_WIDTH {
            let mut whole = self.frontier.clone();
            whole.extend(leaves);
            return Ok(whole.root() == self.root);
        }
        let Some(parent) = TilePath::at_size(1, index / 256, self.size) else { return Ok(false) };
        let hashes = self.hashes(&parent)?;
        let position = usize::try_from(index % 256).unwrap_or(FULL_WIDTH);
        Ok(hashes.get(position) == Some(&root_of(leaves)))
    }

    fn hashes(&mut self, path: &TilePath) -> Result<Vec<Hash32>, FsckError> {
        let bytes = self.read(path)?;
        let wanted = usize::from(path.width()) * 32;
        // Only a full tile that stands in for a partial one may be longer.
        if bytes.len() != wanted && bytes.len() != FULL_WIDTH * 32 {
            return Err(form(path));
        }
        Ok(split(bytes.get(..wanted).ok_or_else(|| form(path))?))
    }

    /// A log may drop a partial tile once the full one exists: then the full one holds its prefix.
    fn read(&mut self, path: &TilePath) -> Result<Vec<u8>, FsckError> {
        self.tiles += 1;
        if let Some(bytes) = self.source.tile(path)? {
            return Ok(bytes);
        }
        let full = match path.kind() {
            TileKind::Entries => TilePath::entries(path.index(), 256),
            TileKind::Hashes(level) => TilePath::hashes(level, path.index(), 256),
        };
        let stored = match full {
            Some(full) if full != *path => self.source.tile(&full)?,
            _ => None,
        };
        stored.ok_or_else(|| FsckError::Missing(format!("tile/{path}")))
    }
}

/// Why an earlier root cannot be computed.
enum PastTile {
    Source(FsckError),
    Proof,
}

impl From<ProofError> for PastTile {
    fn from(_: ProofError) -> Self {
        Self::Proof
    }
}

impl TileSource for Walk<'_> {
    type Error = PastTile;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, PastTile> {
        let bytes = self.source.tile(path).map_err(|error| PastTile::Source(error.into()))?;
        bytes.ok_or_else(|| PastTile::Source(FsckError::Missing(format!("tile/{path}"))))
    }
}

fn form(path: &TilePath) -> FsckError {
    FsckError::Form(format!("tile/{path}"))
}

fn split(bytes: &[u8]) -> Vec<Hash32> {
    bytes.chunks_exact(32).filter_map(|chunk| Hash32::from_slice(chunk).ok()).collect()
}

fn first_difference(left: &[Hash32], right: &[Hash32]) -> Option<usize> {
    if left == right {
        return None;
    }
    Some(left.iter().zip(right).take_while(|(one, other)| one == other).count())
}
