//! Entries of kinds that this program does not know: a node with a newer version records beside it.
//!
//! They are kept, counted and shown raw, and no view is given one. What they are about is not decided on
//! here: the views do not say all about it. A version that knows the kinds makes its views anew.

use crate::error::{ActError, Fault};
use crate::event::Event;
use rusqlite::{Connection, Transaction, params};
use scr_core::{Refusal, RefusalKind};
use scr_entry::Catalogue;

/// A kind that a newer version of the program records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind {
    /// Its name.
    pub kind: String,
    /// Index of the first entry of it.
    pub first: u64,
    /// How many there are.
    pub entries: u64,
}

/// Writes down that an entry is of a kind that is not known.
pub(crate) fn note(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let entries: i64 = tx
        .prepare_cached(
            "INSERT INTO engine_unknown VALUES (?1, ?2, 1)
             ON CONFLICT (kind) DO UPDATE SET entries = entries + 1 RETURNING entries",
        )?
        .query_row(params![event.kind(), event.index.cast_signed()], |row| row.get(0))?;
    if entries == 1 {
        let (kind, entry) = (event.kind(), event.index);
        tracing::warn!(
            kind,
            entry,
            "a newer version of the program records entries that this one does not know"
        );
    }
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO engine_unknown_subject VALUES (?1)")?;
    for subject in event.entry.counts().keys() {
        insert.execute([subject])?;
    }
    Ok(())
}

/// The kinds that are not known, by name.
pub(crate) fn kinds(views: &Connection) -> rusqlite::Result<Vec<UnknownKind>> {
    let mut query = views.prepare_cached("SELECT kind, idx, entries FROM engine_unknown ORDER BY kind")?;
    let rows = query.query_map([], |row| {
        let (first, entries): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(UnknownKind { kind: row.get(0)?, first: first.cast_unsigned(), entries: entries.cast_unsigned() })
    })?;
    rows.collect()
}

/// Whether an earlier version of the program has passed by entries that this one knows.
pub(crate) fn knows_more(views: &Connection, catalogue: &Catalogue) -> Result<bool, Fault> {
    Ok(kinds(views)?.iter().any(|unknown| catalogue.get(&unknown.kind).is_some()))
}

/// Refused with `SCR-ENG-009` where a newer version has recorded something about the subject.
pub(crate) fn check_subject(views: &Connection, subject: &str) -> Result<(), ActError> {
    let mut query = views.prepare_cached("SELECT 1 FROM engine_unknown_subject WHERE subject = ?1")?;
    if query.exists([subject])? {
        return Err(Refusal::new(RefusalKind::Unavailable, "SCR-ENG-009").into());
    }
    Ok(())
}
