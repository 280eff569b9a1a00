//! A whole log, from its first entry on. Streaming: some bundles and one tile per level in memory, and
//! one counter per subject. What each bundle takes by itself (hashes, form, signatures) runs on all cores.

use scr_canon::Hash32;
use serde::Serialize;

use crate::proof::check_checkpoint;
use crate::walk::Walk;
use crate::{LogSource, SourceError, Trust, VerifyError, WitnessView};

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
    let (tiles, subjects) = Walk::new(source, size, root, rules).all()?;
    let (origin, witnesses) = (trusted.checkpoint.origin, trusted.witnesses);
    Ok(FsckReport { origin, size, root, witnesses, tiles, subjects })
}
