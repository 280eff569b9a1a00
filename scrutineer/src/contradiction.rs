//! What others keep of this log, held against what it holds. When they do not fit and the log's own key has
//! signed both, the log stops, and both notes are kept as evidence.

use scr_core::Clock;
use scr_ledger::{Ledger, Sighting, StopReason};
use scr_merkle::tile::TileReader;
use scr_mirror::alarm::{AlarmKind, Alarms, Finding};
use scr_mirror::split::{Relation, Signed, relation};
use scr_note::Note;
use scr_witness::Keeping;
use std::collections::BTreeMap;
use std::path::Path;

/// What the ledger is told of it.
pub(crate) fn sighting(keeping: &Keeping) -> Sighting {
    Sighting { by: keeping.by.clone(), note: keeping.note.clone() }
}

/// Holds each against the record. Whatever contradicts it has stopped the log; the evidence goes into
/// `folder`, once for each pair of trees.
pub(crate) fn confront(
    ledger: &Ledger,
    kept: &[Keeping],
    folder: &Path,
    clock: &dyn Clock,
) -> Result<(), String> {
    for keeping in kept {
        let reason = ledger.confront(&sighting(keeping)).map_err(|e| e.to_string())?;
        if let Some(reason) = reason {
            let finding = finding(ledger, &keeping.note, &reason)?;
            let mut alarms = Alarms::open(folder).map_err(|e| e.to_string())?;
            alarms.raise(&finding, clock.now()).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

fn signed(note: &str) -> Result<Signed, String> {
    let parsed: Note = note.parse().map_err(|e| format!("{e}"))?;
    let checkpoint = parsed.text.parse().map_err(|e| format!("{e}"))?;
    Ok(Signed { checkpoint, note: note.to_owned() })
}

/// The evidence: both notes, and where two histories can be shown to anybody, the file that shows it.
fn finding(ledger: &Ledger, kept: &str, reason: &StopReason) -> Result<Finding, String> {
    let seen = signed(kept)?;
    let Some(own) = ledger.reader().checkpoint_note().map_err(|e| e.to_string())? else {
        return Ok(alone(&seen, reason));
    };
    let own = signed(&own)?;
    if seen.checkpoint.size > own.checkpoint.size {
        return Ok(Finding::rollback(&seen, &own));
    }
    let tiles = TileReader::new(ledger.reader(), own.checkpoint.size);
    match relation(&tiles, &seen, &own).map_err(|e| e.to_string())? {
        Relation::Contradicts(evidence) => Ok(Finding::split(&seen, &own, &evidence)),
        Relation::Extends | Relation::Unproven(_) => Ok(alone(&seen, reason)),
    }
}

/// The checkpoint that others keep, where this log has none to hold beside it.
fn alone(seen: &Signed, reason: &StopReason) -> Finding {
    Finding {
        kind: AlarmKind::Rollback,
        key: seen.checkpoint.to_string(),
        words: reason.to_string(),
        args: BTreeMap::new(),
        files: vec![("seen.checkpoint", seen.note.clone().into_bytes())],
    }
}
