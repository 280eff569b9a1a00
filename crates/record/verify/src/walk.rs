//! The walk through a log, bundle after bundle: what [`crate::fsck`] does once it has the checkpoint.

use scr_canon::Hash32;
use scr_merkle::tile::{BundleEntries, FULL_WIDTH, TileKind, TilePath, TileReader, TileSource};
use scr_merkle::{Frontier, ProofError, TileUpdate, leaf_hashes, root_of, subtree_root};

use crate::entry::Brief;
use crate::history::IndexView;
use crate::parallel::{first_unsigned, map, threads};
use crate::parts::Counted;
use crate::subjects::Subjects;
use crate::{AuthorCheck, Authors, EntryHead, EntryOrder, EntryRules, FsckError, LogSource};

/// Where a check of a whole log stands.
pub(crate) struct Walk<'a> {
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
    /// Memory of bundles that are done with.
    spare: Vec<Memory>,
}

/// Bundles that are in memory at the same time, for each thread and at most, and bytes of all. One bundle alone may
/// have more.
const SHARE: usize = 16;
const GROUP: usize = 128;
const GROUP_BYTES: usize = 8 << 20;
/// Memory of a bundle that is kept for later ones: more than that is given back.
const KEPT_BYTES: usize = 256 << 10;

/// A bundle with its tile, as they were read.
#[derive(Debug, Default)]
struct Memory {
    tile: Vec<u8>,
    bytes: Vec<u8>,
}

struct Fetched {
    index: u64,
    tile_path: TilePath,
    bundle_path: TilePath,
    memory: Memory,
}

/// What a bundle gives by itself.
struct Opened<'a> {
    leaves: Vec<Hash32>,
    /// Where these differ from the tile first.
    differs: Option<usize>,
    /// Of a full tile.
    root: Option<Hash32>,
    /// Up to the first that is wrong; empty where entries are not read.
    entries: Vec<Result<Brief<'a>, String>>,
}

impl Fetched {
    fn open(&self, rules: EntryRules) -> Option<Opened<'_>> {
        let width = usize::from(self.tile_path.width());
        let mut leaves = Vec::with_capacity(width);
        let mut walk = BundleEntries::new(&self.memory.bytes);
        leaf_hashes(walk.by_ref().take(width), &mut leaves);
        if leaves.len() < width || !walk.is_whole() {
            return None;
        }
        let entries = match rules {
            EntryRules::Any => Vec::new(),
            EntryRules::Scrutineer | EntryRules::Signed => {
                let mut entries = Vec::with_capacity(width);
                for entry in BundleEntries::new(&self.memory.bytes).take(width) {
                    entries.push(Brief::parse(entry));
                    if entries.last().is_some_and(Result::is_err) {
                        break;
                    }
                }
                entries
            }
        };
        let root = (width == FULL_WIDTH).then(|| root_of(&leaves));
        Some(Opened {
            differs: first_difference(bytes_of(&leaves), &self.memory.tile),
            leaves,
            root,
            entries,
        })
    }
}

impl<'a> Walk<'a> {
    /// Before the first entry.
    pub(crate) fn new(source: &'a dyn LogSource, size: u64, root: Hash32, rules: EntryRules) -> Self {
        Self {
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
            spare: Vec::new(),
        }
    }

    /// Checks everything; gives how many tiles and bundles were compared, and how many subjects have counters.
    pub(crate) fn all(mut self) -> Result<(u64, u64), FsckError> {
        while self.frontier.size() < self.size {
            self.some()?;
        }
        self.finish()?;
        Ok((self.tiles, self.subjects.len()))
    }

    /// Checks the next bundles, as many as are held in memory.
    fn some(&mut self) -> Result<(), FsckError> {
        let first = self.frontier.size() / FULL_WIDTH as u64;
        let (mut group, mut bytes, mut fault) = (Vec::new(), 0, None);
        for index in first..self.size.div_ceil(FULL_WIDTH as u64) {
            if group.len() == GROUP.min(SHARE * threads()) || bytes > GROUP_BYTES {
                break;
            }
            match self.fetch(index) {
                Ok(one) => {
                    bytes += one.memory.bytes.len();
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
        self.spare.extend(
            group.into_iter().map(|one| one.memory).filter(|memory| memory.bytes.capacity() <= KEPT_BYTES),
        );
        // Of an entry before the one that ended this, the signature is the first thing that is wrong.
        first_unsigned(&signatures).map_or(outcome, |index| Err(FsckError::signature(index)))
    }

    /// Reads bundle `index` and its tile.
    fn fetch(&mut self, index: u64) -> Result<Fetched, FsckError> {
        let tile_path = TilePath::at_size(0, index, self.size)
            .ok_or_else(|| FsckError::Form(format!("tile/0/{index}")))?;
        let bundle_path = TilePath::entries(index, tile_path.width())
            .ok_or_else(|| FsckError::Form(format!("tile/entries/{index}")))?;
        let mut memory = self.spare.pop().unwrap_or_default();
        self.read(&bundle_path, &mut memory.bytes)?;
        self.hashes(&tile_path, &mut memory.tile)?;
        Ok(Fetched { index, tile_path, bundle_path, memory })
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
        if let Some(position) = opened.differs {
            return Err(if self.entries_are_right(one.index, leaves)? {
                FsckError::Tile { tile: format!("tile/{}", one.tile_path), position }
            } else {
                let bundle = format!("tile/{}", one.bundle_path);
                FsckError::Entry { index: first + position as u64, bundle }
            });
        }
        for ((index, entry), leaf) in (first..).zip(&opened.entries).zip(leaves) {
            let wrong = |reason: &String| FsckError::NotAnEntry { index, reason: reason.clone() };
            let entry = entry.as_ref().map_err(wrong)?;
            self.order.time(index, entry.at)?;
            self.statement(index, entry, *leaf, leaves)?;
            if self.rules == EntryRules::Signed {
                let head = EntryHead::parse(entry.all).map_err(|reason| wrong(&reason))?;
                let check = self.authors.take(index, &head);
                signatures.push((index, check.map_err(|reason| FsckError::Author { index, reason })?));
            }
        }
        let whole = opened.root.and_then(|root| self.frontier.extend_by_tile(root));
        for update in whole.unwrap_or_else(|| self.frontier.extend(leaves)) {
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
                let mut stored = Vec::new();
                self.hashes(&path, &mut stored)?;
                let computed = self.frontier.unfinished(path.level_number());
                if let Some(position) = first_difference(bytes_of(computed), &stored) {
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
        let mut stored = Vec::new();
        self.hashes(&path, &mut stored)?;
        match first_difference(update.bytes.chunks(32), &stored) {
            Some(position) => Err(FsckError::Tile { tile: format!("tile/{path}"), position }),
            None => Ok(()),
        }
    }

    fn count(&mut self, index: u64, subject: &[u8], found: u64, leaf: Hash32) -> Result<(), FsckError> {
        self.subjects.count(index, subject, found, leaf).map_err(|expected| {
            let subject = String::from_utf8_lossy(subject).into_owned();
            FsckError::Counter { index, subject, expected, found }
        })
    }

    /// Counts an entry's subjects, and judges what it states when it is an index.
    fn statement(
        &mut self,
        index: u64,
        entry: &Brief<'_>,
        leaf: Hash32,
        leaves: &[Hash32],
    ) -> Result<(), FsckError> {
        match &entry.counted {
            Counted::One(subject, found) => self.count(index, subject, *found, leaf)?,
            Counted::Many(all) => {
                for (subject, found) in all {
                    self.count(index, subject.as_bytes(), *found, leaf)?;
                }
            }
        }
        if !entry.is_index {
            return Ok(());
        }
        let head = EntryHead::parse(entry.all);
        let what = match head.ok().and_then(|head| IndexView::of(&head.view())) {
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
        let mut hashes = Vec::new();
        self.hashes(&parent, &mut hashes)?;
        let position = usize::try_from(index % 256).unwrap_or(FULL_WIDTH);
        Ok(hashes.chunks(32).nth(position) == Some(&root_of(leaves).0))
    }

    /// The hashes of a tile, in place of what `bytes` holds.
    fn hashes(&mut self, path: &TilePath, bytes: &mut Vec<u8>) -> Result<(), FsckError> {
        self.read(path, bytes)?;
        let wanted = usize::from(path.width()) * 32;
        // Only a full tile that stands in for a partial one may be longer.
        if bytes.len() != wanted && bytes.len() != FULL_WIDTH * 32 {
            return Err(form(path));
        }
        bytes.truncate(wanted);
        Ok(())
    }

    /// A log may drop a partial tile once the full one exists: then the full one holds its prefix.
    fn read(&mut self, path: &TilePath, bytes: &mut Vec<u8>) -> Result<(), FsckError> {
        self.tiles += 1;
        if self.source.tile_into(path, bytes)? {
            return Ok(());
        }
        let full = match path.kind() {
            TileKind::Entries => TilePath::entries(path.index(), 256),
            TileKind::Hashes(level) => TilePath::hashes(level, path.index(), 256),
        };
        let stored = match full {
            Some(full) if full != *path => self.source.tile_into(&full, bytes)?,
            _ => false,
        };
        stored.then_some(()).ok_or_else(|| FsckError::Missing(format!("tile/{path}")))
    }
}

/// Why an earlier root cannot be computed.
pub(crate) enum PastTile {
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

/// The first of the hashes that differs from what is stored at its place, or has nothing there.
fn first_difference<'a>(mut hashes: impl Iterator<Item = &'a [u8]>, stored: &[u8]) -> Option<usize> {
    let mut stored = stored.chunks(32);
    hashes.position(|hash| stored.next() != Some(hash))
}

fn bytes_of(hashes: &[Hash32]) -> impl Iterator<Item = &[u8]> {
    hashes.iter().map(|hash| &hash.0[..])
}
