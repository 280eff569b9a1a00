//! Checkpoints of this log that somebody else keeps: what the database holds must continue them
//! (record.md 7.2). Only the log's own signature counts; anybody's word without it proves nothing.

use crate::act::StopReason;
use crate::guard::Guard;
use crate::ledger::Shared;
use crate::reader::{LedgerReader, ReadError};
use scr_merkle::subtree_root;
use scr_merkle::tile::TileReader;
use scr_note::{Checkpoint, Note, VerifierKey};
use std::path::Path;

/// A checkpoint of this log that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Who keeps it, for people.
    pub by: String,
    /// The note.
    pub note: String,
}

impl Sighting {
    /// What the log's own key has signed; `None` for anything else.
    fn signed(&self, key: &VerifierKey) -> Option<Checkpoint> {
        let note: Note = self.note.parse().ok()?;
        note.open(std::slice::from_ref(key)).ok()?;
        let checkpoint: Checkpoint = note.text.parse().ok()?;
        // The log's key has its origin as its name.
        (checkpoint.origin == key.name()).then_some(checkpoint)
    }

    /// Why the log must not go on, when this is signed and what is stored does not continue it.
    pub(crate) fn contradicts(
        &self,
        reader: &LedgerReader,
        key: &VerifierKey,
    ) -> Result<Option<(StopReason, Checkpoint)>, ReadError> {
        let Some(signed) = self.signed(key) else { return Ok(None) };
        let by = self.by.clone();
        // The tree only grows: read after the checkpoint was signed, it has at least that size.
        let size = reader.size()?;
        if signed.size > size {
            let reason = StopReason::SignedElsewhere { by, size, signed: signed.size };
            return Ok(Some((reason, signed)));
        }
        if subtree_root(&TileReader::new(reader, size), 0, signed.size)? == signed.root {
            return Ok(None);
        }
        Ok(Some((StopReason::TwoHistories { by, size: signed.size }, signed)))
    }
}

/// Stops a running log that a sighting contradicts. The guard then names the larger tree, so that the log
/// stays stopped when nobody shows it that tree at the next start.
pub(crate) fn confront(
    sighting: &Sighting,
    shared: &Shared,
    reader: &LedgerReader,
    key: &VerifierKey,
    guard: Option<&Path>,
) -> Result<Option<StopReason>, ReadError> {
    let Some((reason, signed)) = sighting.contradicts(reader, key)? else { return Ok(None) };
    // A signature under way is finished first; none comes after.
    let _signing = shared.signing();
    if shared.stopped().is_none() {
        shared.stop(reason.clone());
    }
    if let Some(path) = guard {
        raise(path, &signed);
    }
    Ok(Some(reason))
}

/// Lets the guard know of a larger tree than it knew. A guard that cannot be written stops nothing more
/// than is stopped already.
pub(crate) fn raise(guard: &Path, signed: &Checkpoint) {
    let guard = Guard::at(guard);
    let known = guard.read().ok().flatten().map_or(0, |(size, _)| size);
    if known < signed.size
        && let Err(error) = guard.write(signed)
    {
        tracing::error!(%error, "the guard could not be told what was signed");
    }
}
