//! What is checked before a log that was stored accepts anything (record.md 7.2): the tree against its
//! stored root, the last entry against its leaf, and both against what was signed.

use crate::act::StopReason;
use crate::batch::{Edge, Failure};
use crate::guard::Guard;
use crate::ledger::LedgerConfig;
use crate::reader::{LedgerReader, ReadError};
use crate::sighting::raise;
use crate::store::{LogStore, StoreError};
use scr_canon::Hash32;
use scr_merkle::tile::TileReader;
use scr_merkle::{HashReader as _, leaf_hash, subtree_root};
use scr_note::{Checkpoint, Note, Retirement};

/// How a stored log begins its next life.
pub(crate) struct Start {
    /// The tree's edge; empty when the log is damaged.
    pub(crate) edge: Edge,
    /// Time of the last entry.
    pub(crate) last_at: i64,
    /// Why it must not accept and sign.
    pub(crate) stopped: Option<StopReason>,
}

impl Start {
    /// Checks a stored log. `Err` only when the store gives nothing at all.
    pub(crate) fn check(
        store: &mut dyn LogStore,
        reader: &LedgerReader,
        config: &LedgerConfig,
    ) -> Result<Self, StoreError> {
        let head = store.begin()?;
        let loaded = Edge::load(store, &head);
        store.rollback()?;
        let last_at = head.last_at;
        let edge = match loaded {
            Ok(edge) => edge,
            Err(Failure::Stop(reason)) => {
                return Ok(Self { edge: Edge::empty(), last_at, stopped: Some(reason) });
            }
            Err(Failure::Unchanged(error)) => return Err(error),
        };
        let stopped =
            check_last_entry(reader, head.size).and_then(|()| check_signed(store, reader, config, head.size));
        Ok(Self { edge, last_at, stopped: stopped.err() })
    }
}

impl From<ReadError> for StopReason {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Store(error) => Self::StoreFailed(error.what),
            ReadError::NotFound => Self::Damaged("a tile or entry is missing".to_owned()),
            ReadError::Damaged(what) => Self::Damaged(what),
        }
    }
}

pub(crate) fn check_last_entry(reader: &LedgerReader, size: u64) -> Result<(), StopReason> {
    let Some(last) = size.checked_sub(1) else { return Ok(()) };
    if leaf_hash(&reader.entry(last)?) == TileReader::new(reader, size).hash(0, last)? {
        return Ok(());
    }
    Err(StopReason::Damaged(format!("entry {last} has another hash than its leaf")))
}

fn check_signed(
    store: &mut dyn LogStore,
    reader: &LedgerReader,
    config: &LedgerConfig,
    size: u64,
) -> Result<(), StopReason> {
    if let Some(successor) = retired(config)? {
        return Err(StopReason::Retired { successor });
    }
    let note = store.checkpoint().map_err(|error| StopReason::StoreFailed(error.what))?;
    let published = note.map(|note| read_published(&note, config)).transpose()?;
    let guard = match &config.guard {
        None => None,
        Some(path) => {
            let guard = Guard::at(path).read().map_err(|error| StopReason::Guard(error.to_string()))?;
            if let (None, Some((size @ 1.., _))) = (guard, published) {
                return Err(StopReason::GuardMissing { path: path.display().to_string(), size });
            }
            guard
        }
    };
    for (signed, root) in [published, guard].into_iter().flatten() {
        check_extends(reader, size, signed, &root)?;
    }
    check_seen(reader, config)
}

/// What others keep under this log's own signature must be a beginning of what is stored.
fn check_seen(reader: &LedgerReader, config: &LedgerConfig) -> Result<(), StopReason> {
    for sighting in &config.seen {
        let Some((reason, signed)) = sighting.contradicts(reader, config.log_key.verifier())? else {
            continue;
        };
        if let Some(guard) = &config.guard {
            raise(guard, &signed);
        }
        return Err(reason);
    }
    Ok(())
}

/// The successor, when the log was ended.
fn retired(config: &LedgerConfig) -> Result<Option<String>, StopReason> {
    let Some(path) = &config.guard else { return Ok(None) };
    let wrong = |what: &dyn std::fmt::Display| StopReason::Guard(what.to_string());
    let Some(note) = Guard::at(path).retirement().map_err(|e| wrong(&e))? else { return Ok(None) };
    let retirement = Retirement::open(&note, std::slice::from_ref(config.log_key.verifier()));
    let retirement = retirement.map_err(|e| wrong(&format!("the file `retired` beside it: {e}")))?;
    Ok(Some(retirement.successor.name().to_owned()))
}

/// The tree of `size` entries must contain the tree that was signed.
pub(crate) fn check_extends(
    reader: &LedgerReader,
    size: u64,
    signed: u64,
    root: &Hash32,
) -> Result<(), StopReason> {
    if signed > size {
        return Err(StopReason::RolledBack { size, signed });
    }
    if subtree_root(&TileReader::new(reader, size), 0, signed)? != *root {
        return Err(StopReason::Diverged { size: signed });
    }
    Ok(())
}

/// Size and root of the stored checkpoint, which must be this log's own.
fn read_published(note: &str, config: &LedgerConfig) -> Result<(u64, Hash32), StopReason> {
    let damaged = |what: &dyn std::fmt::Display| StopReason::Damaged(format!("the checkpoint: {what}"));
    let note: Note = note.parse().map_err(|e| damaged(&e))?;
    note.open(std::slice::from_ref(config.log_key.verifier())).map_err(|e| damaged(&e))?;
    let checkpoint: Checkpoint = note.text.parse().map_err(|e| damaged(&e))?;
    if checkpoint.origin != config.origin {
        return Err(damaged(&"it is of another log"));
    }
    Ok((checkpoint.size, checkpoint.root))
}
