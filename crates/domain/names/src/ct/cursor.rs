//! How far a log has been read, and the step to the next batch: nothing is believed that is not signed, consistent with
//! what was signed before, and hashed.

use super::certificate::{CertificateFault, CertificateNames};
use super::head::{HeadFault, LogId, LogKey, SignedHead};
use super::leaf::{Leaf, LeafKind};
use super::peaks::Peaks;
use super::{CtLimits, DataTile};
use crate::{Hit, Matcher, Name};
use scr_canon::Hash32;
use scr_core::UtcSeconds;
use scr_merkle::tile::TilePath;
use scr_merkle::{Frontier, ProofError, empty_root, verify_consistency, verify_inclusion};
use serde::{Deserialize, Serialize};

/// What a log did, or what is missing to say that it did nothing wrong. The first three are evidence against the log: two
/// heads with its signature that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CtFault {
    /// Two trees of the same size with different roots.
    #[error("the log has signed two trees of {} entries", first.head.size)]
    SplitView {
        /// The head known before.
        first: Box<SignedHead>,
        /// The other.
        second: Box<SignedHead>,
    },
    /// A later head of a smaller tree, or an earlier head of a larger one.
    #[error("the log's tree of {} entries became one of {}", earlier.head.size, later.head.size)]
    Rollback {
        /// The head with the earlier timestamp.
        earlier: Box<SignedHead>,
        /// The head with the later timestamp.
        later: Box<SignedHead>,
    },
    /// The proof of consistency leads to other roots. Proofs are not signed: ask again, also elsewhere, before it is held
    /// against the log.
    #[error("the tree of {} entries is not shown to begin with the one of {}: {cause}", later.head.size, earlier.head.size)]
    Inconsistent {
        /// The head known before.
        earlier: Box<SignedHead>,
        /// The larger one.
        later: Box<SignedHead>,
        /// What is wrong with the proof.
        cause: ProofError,
    },
    /// An older head than the one that is known: a copy that lags. Nothing is wrong; ask again.
    #[error("the log answered with an older head, of {size} entries")]
    Stale {
        /// Size of its tree.
        size: u64,
    },
    /// The head is not the log's.
    #[error("the head cannot be used: {0}")]
    Head(#[from] HeadFault),
    /// The cursor is that of another log.
    #[error("the cursor is that of the log {0}")]
    OtherLog(LogId),
    /// The entries do not begin where reading goes on.
    #[error("entry {expected} comes next, these begin with {found}")]
    Gap {
        /// The entry that comes next.
        expected: u64,
        /// The first of the batch.
        found: u64,
    },
    /// More entries than the tree has.
    #[error("the entries go past the {size} of the tree")]
    PastEnd {
        /// Size of the tree.
        size: u64,
    },
    /// More entries or hashes than [`CtLimits`] allow.
    #[error("the batch has more than {limit} entries, or a proof more hashes than allowed")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// The entries are not those of the signed tree. They are not signed one by one: ask again, also elsewhere.
    #[error("the entries up to {read} are not those of the tree of {} entries: {cause}", head.head.size)]
    EntriesDiffer {
        /// The head against which they were checked.
        head: Box<SignedHead>,
        /// Entries read, with this batch.
        read: u64,
        /// What is wrong.
        cause: ProofError,
    },
}

/// Entries in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Number of the first, from 0.
    pub first: u64,
    /// The leaves.
    pub leaves: Vec<Leaf>,
}

impl Batch {
    /// The entries of a data tile from `next` on: a tile is read again when it has grown.
    pub fn of_tile(tile: DataTile, leaves: Vec<Leaf>, next: u64) -> Self {
        let skip = usize::try_from(next.saturating_sub(tile.first())).unwrap_or(usize::MAX);
        let leaves: Vec<Leaf> = leaves.into_iter().skip(skip).collect();
        Self { first: next.max(tile.first()), leaves }
    }

    /// No entries: only a new head.
    pub fn nothing(next: u64) -> Self {
        Self { first: next, leaves: Vec::new() }
    }

    fn end(&self) -> Option<u64> {
        self.first.checked_add(u64::try_from(self.leaves.len()).ok()?)
    }
}

/// What came from the log.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The head against which the entries are checked.
    pub head: &'a SignedHead,
    /// Proof that the tree of the cursor's head is the beginning of the tree of this head. Empty where there was no head,
    /// or it had the same size, or none at all.
    pub growth: &'a [Hash32],
    /// The entries.
    pub batch: &'a Batch,
    /// Proof that the tree up to the last of these entries is the beginning of the tree of the head. Empty where the batch
    /// is, or reaches the end.
    pub reach: &'a [Hash32],
}

/// Names of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundName {
    /// Number of the entry, from 0.
    pub index: u64,
    /// Names in the certificate, as they are written there; see [`CertificateNames::names`].
    pub names: Vec<String>,
    /// Names that were left out: too many, or too long.
    pub left_out: usize,
    /// Begin of validity.
    pub not_before: UtcSeconds,
    /// End of validity.
    pub not_after: UtcSeconds,
    /// The issuer's distinguished name.
    pub issuer: String,
    /// When the log promised to take it in, in milliseconds since 1970, UTC.
    pub logged_ms: u64,
    /// It was logged before it was issued.
    pub precertificate: bool,
    /// SHA-256 of the certificate; of a precertificate that of what the tree has of it, the TBSCertificate.
    pub fingerprint: Hash32,
}

impl FoundName {
    /// The names of this entry that look like protected ones, each with its best hit. What is no name is passed over.
    pub fn hits(&self, matcher: &Matcher) -> Vec<(Name, Hit)> {
        let names = self.names.iter().filter_map(|name| Name::parse(name).ok());
        names.filter_map(|name| matcher.check(&name).map(|hit| (name, hit))).collect()
    }
}

/// An entry whose certificate cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// Number of the entry, from 0.
    pub index: u64,
    /// What is wrong.
    pub fault: CertificateFault,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// Where reading goes on.
    pub cursor: Cursor,
    /// What was found, in the order of the log; entries without names are left out.
    pub found: Vec<FoundName>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// How far a log has been read. It is all state there is, and can be kept as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub struct Cursor {
    log: LogId,
    head: Option<SignedHead>,
    read: Peaks,
}

/// The same as it is kept, before it is checked.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    log: LogId,
    head: Option<SignedHead>,
    read: Peaks,
}

impl TryFrom<Kept> for Cursor {
    type Error = &'static str;

    fn try_from(kept: Kept) -> Result<Self, Self::Error> {
        let size = kept.head.as_ref().map_or(0, |signed| signed.head.size);
        let own = kept.head.as_ref().is_none_or(|signed| signed.log == kept.log);
        if kept.read.size() > size || !own {
            return Err("a cursor has not read more than the tree of its head, which is of its log");
        }
        Ok(Self { log: kept.log, head: kept.head, read: kept.read })
    }
}

impl From<Cursor> for Kept {
    fn from(cursor: Cursor) -> Self {
        Self { log: cursor.log, head: cursor.head, read: cursor.read }
    }
}

impl Cursor {
    /// Reads the log from its first entry on.
    pub fn start(log: LogId) -> Self {
        Self { log, head: None, read: Peaks::default() }
    }

    /// Reads a log from the end of this head on: what was logged before is passed over. `last` is the hash of the head's
    /// last leaf and `path` its proof of inclusion, as get-entry-and-proof gives them (RFC 6962 section 4.8): all hashes
    /// of that proof stand to the left, and with the leaf they make up the tree.
    ///
    /// # Errors
    /// [`CtFault::Head`]; [`CtFault::EntriesDiffer`] where the proof does not hold.
    pub fn from_end(key: &LogKey, head: &SignedHead, last: Hash32, path: &[Hash32]) -> Result<Self, CtFault> {
        head.verify(key)?;
        let size = head.head.size;
        let differ = |cause| CtFault::EntriesDiffer { head: Box::new(head.clone()), read: size, cause };
        let Some(index) = size.checked_sub(1) else { return Self::of_empty(key, head) };
        verify_inclusion(path, index, size, &last, &head.head.root).map_err(differ)?;
        let hashes = path.iter().rev().copied().collect();
        let peaks = Peaks::new(index, hashes).and_then(|mut peaks| peaks.push(last).map(|()| peaks));
        let read = peaks.ok_or_else(|| differ(ProofError::Range))?;
        Ok(Self { log: key.id(), head: Some(head.clone()), read })
    }

    /// The same for a static log: `tile` gives the unfinished tiles of the head's tree
    /// ([`TilePath::edge`]), or more than their width.
    ///
    /// # Errors
    /// As [`Cursor::from_end`].
    pub fn from_tiles(
        key: &LogKey,
        head: &SignedHead,
        mut tile: impl FnMut(&TilePath) -> Option<Vec<u8>>,
    ) -> Result<Self, CtFault> {
        head.verify(key)?;
        let size = head.head.size;
        let differ = |cause| CtFault::EntriesDiffer { head: Box::new(head.clone()), read: size, cause };
        let frontier = Frontier::load(size, |path| tile(path).ok_or(ProofError::Tile(path.to_string())));
        let peaks = Peaks::of_frontier(&frontier.map_err(differ)?);
        let read = peaks.ok_or_else(|| differ(ProofError::Range))?;
        if read.root() != head.head.root {
            return Err(differ(ProofError::Mismatch));
        }
        Ok(Self { log: key.id(), head: Some(head.clone()), read })
    }

    /// Reads a log from entry `next` on: what stands before is passed over, and is still proven to be the beginning of the
    /// head's tree. `last` is the hash of leaf `next - 1`, `path` its proof of inclusion in the tree of the first `next`
    /// entries, `reach` the proof of consistency between that tree and the head's (RFC 6962 sections 4.8 and 4.4).
    ///
    /// # Errors
    /// As [`Cursor::from_end`]; [`CtFault::PastEnd`] where the tree has fewer entries.
    pub fn from_index(
        key: &LogKey,
        head: &SignedHead,
        next: u64,
        (last, path): (Hash32, &[Hash32]),
        reach: &[Hash32],
    ) -> Result<Self, CtFault> {
        let read = match next.checked_sub(1) {
            None => Some(Peaks::default()),
            Some(index) => {
                let hashes = path.iter().rev().copied().collect();
                Peaks::new(index, hashes).and_then(|mut peaks| peaks.push(last).map(|()| peaks))
            }
        };
        Self::beginning(key, head, next, read, reach)
    }

    /// The same for a static log: `tile` gives the unfinished tiles of the tree of the first `next` entries
    /// ([`TilePath::edge`]), or more than their width.
    ///
    /// # Errors
    /// As [`Cursor::from_index`].
    pub fn from_tiles_at(
        key: &LogKey,
        head: &SignedHead,
        next: u64,
        mut tile: impl FnMut(&TilePath) -> Option<Vec<u8>>,
        reach: &[Hash32],
    ) -> Result<Self, CtFault> {
        let frontier = Frontier::load(next, |path| tile(path).ok_or(ProofError::Tile(path.to_string())));
        let frontier = frontier.map_err(|cause| CtFault::EntriesDiffer {
            head: Box::new(head.clone()),
            read: next,
            cause,
        })?;
        Self::beginning(key, head, next, Peaks::of_frontier(&frontier), reach)
    }

    fn beginning(
        key: &LogKey,
        head: &SignedHead,
        next: u64,
        read: Option<Peaks>,
        reach: &[Hash32],
    ) -> Result<Self, CtFault> {
        head.verify(key)?;
        let (size, root) = (head.head.size, head.head.root);
        if next > size {
            return Err(CtFault::PastEnd { size });
        }
        let differ = |cause| CtFault::EntriesDiffer { head: Box::new(head.clone()), read: next, cause };
        let read = read.ok_or_else(|| differ(ProofError::Range))?;
        // An empty tree is the beginning of every other one.
        if next > 0 {
            verify_consistency(reach, next, size, &read.root(), &root).map_err(differ)?;
        }
        let mut cursor = Self::start(key.id());
        cursor.check_head(head, &[])?;
        (cursor.head, cursor.read) = (Some(head.clone()), read);
        Ok(cursor)
    }

    fn of_empty(key: &LogKey, head: &SignedHead) -> Result<Self, CtFault> {
        let mut cursor = Self::start(key.id());
        cursor.check_head(head, &[])?;
        cursor.head = Some(head.clone());
        Ok(cursor)
    }

    /// Which log.
    pub fn log(&self) -> LogId {
        self.log
    }

    /// The latest head that was believed.
    pub fn head(&self) -> Option<&SignedHead> {
        self.head.as_ref()
    }

    /// Number of the entry that comes next.
    pub fn next(&self) -> u64 {
        self.read.size()
    }

    /// Root of the tree of all entries read.
    pub fn root(&self) -> Hash32 {
        self.read.root()
    }

    /// Verifies what came from the log and gives the names in it. The cursor itself stays as it is: what is not believed
    /// leaves no trace.
    ///
    /// # Errors
    /// [`CtFault`]
    pub fn advance(&self, key: &LogKey, step: &Step<'_>, limits: &CtLimits) -> Result<Advance, CtFault> {
        if key.id() != self.log {
            return Err(CtFault::OtherLog(self.log));
        }
        step.head.verify(key)?;
        let (proofs, batch) = (step.growth.len().max(step.reach.len()), step.batch);
        if batch.leaves.len() > limits.entries || proofs > limits.proof {
            return Err(CtFault::TooMany { limit: limits.entries });
        }
        self.check_head(step.head, step.growth)?;
        let read = self.check_entries(step)?;
        let (mut found, mut unreadable) = (Vec::new(), Vec::new());
        for (index, leaf) in (batch.first..).zip(&batch.leaves) {
            match found_in(index, leaf, limits) {
                Ok(entry) if entry.names.is_empty() && entry.left_out == 0 => {}
                Ok(entry) => found.push(entry),
                Err(fault) => unreadable.push(Unreadable { index, fault }),
            }
        }
        let cursor = Self { log: self.log, head: Some(step.head.clone()), read };
        Ok(Advance { cursor, found, unreadable })
    }

    fn check_head(&self, new: &SignedHead, growth: &[Hash32]) -> Result<(), CtFault> {
        if new.head.size == 0 && new.head.root != empty_root() {
            let head = Box::new(new.clone());
            return Err(CtFault::EntriesDiffer { head, read: 0, cause: ProofError::Mismatch });
        }
        let Some(old) = &self.head else { return Ok(()) };
        let (old_box, new_box) = (|| Box::new(old.clone()), || Box::new(new.clone()));
        let (was, is) = (old.head, new.head);
        if is.size == was.size {
            return if is.root == was.root {
                Ok(())
            } else {
                Err(CtFault::SplitView { first: old_box(), second: new_box() })
            };
        }
        if is.size < was.size {
            // RFC 6962 section 3.5: a later timestamp goes with a tree that is not smaller.
            return if is.timestamp_ms > was.timestamp_ms {
                Err(CtFault::Rollback { earlier: old_box(), later: new_box() })
            } else {
                Err(CtFault::Stale { size: is.size })
            };
        }
        if is.timestamp_ms < was.timestamp_ms {
            return Err(CtFault::Rollback { earlier: new_box(), later: old_box() });
        }
        if was.size == 0 {
            return Ok(());
        }
        verify_consistency(growth, was.size, is.size, &was.root, &is.root)
            .map_err(|cause| CtFault::Inconsistent { earlier: old_box(), later: new_box(), cause })
    }

    fn check_entries(&self, step: &Step<'_>) -> Result<Peaks, CtFault> {
        let (batch, head) = (step.batch, step.head.head);
        if batch.first != self.next() {
            return Err(CtFault::Gap { expected: self.next(), found: batch.first });
        }
        let end = batch.end().filter(|end| *end <= head.size).ok_or(CtFault::PastEnd { size: head.size })?;
        let mut read = self.read.clone();
        for leaf in &batch.leaves {
            read.push(leaf.hash).ok_or(CtFault::PastEnd { size: head.size })?;
        }
        // What was read before was checked against the head before, with which this one is consistent.
        if batch.leaves.is_empty() {
            return Ok(read);
        }
        let checked = verify_consistency(step.reach, end, head.size, &read.root(), &head.root);
        let head = || Box::new(step.head.clone());
        checked.map_err(|cause| CtFault::EntriesDiffer { head: head(), read: end, cause })?;
        Ok(read)
    }
}

fn found_in(index: u64, leaf: &Leaf, limits: &CtLimits) -> Result<FoundName, CertificateFault> {
    let (read, der) = match &leaf.kind {
        LeafKind::Certificate(der) => (CertificateNames::of_certificate(der, limits.names)?, der),
        LeafKind::Precertificate { tbs, .. } => (CertificateNames::of_tbs(tbs, limits.names)?, tbs),
    };
    Ok(FoundName {
        index,
        names: read.names,
        left_out: read.left_out,
        not_before: read.not_before,
        not_after: read.not_after,
        issuer: read.issuer,
        logged_ms: leaf.timestamp_ms,
        precertificate: matches!(leaf.kind, LeafKind::Precertificate { .. }),
        fingerprint: scr_canon::sha256(der),
    })
}
