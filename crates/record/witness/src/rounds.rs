//! The file of a board: how each witness stands, what was published, what contradicted it.

use crate::board::{Alarm, BoardError, Published, Standing};
use rusqlite::{Connection, OptionalExtension, params};
use scr_note::PolicyWitness;
use std::path::Path;
use std::sync::Arc;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS standing (
    vkey TEXT PRIMARY KEY, size INTEGER NOT NULL, at INTEGER NOT NULL, late_since INTEGER, failure TEXT,
    detail TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS met (size INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS published (
    what TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alarm (
    vkey TEXT NOT NULL, size INTEGER NOT NULL, own_size INTEGER NOT NULL, at INTEGER NOT NULL, shown TEXT,
    PRIMARY KEY (vkey, size)) STRICT, WITHOUT ROWID;
";

/// Opens or makes the file at `path`.
pub(crate) fn open(path: &Path) -> Result<Connection, BoardError> {
    let file = Connection::open(path)?;
    file.busy_timeout(std::time::Duration::from_secs(10))?;
    file.pragma_update(None, "journal_mode", "WAL")?;
    file.pragma_update(None, "synchronous", "FULL")?;
    file.execute_batch(SCHEMA)?;
    Ok(file)
}

/// All of a round in one durable transaction, before anybody sees it.
pub(crate) fn keep(
    file: &mut Connection,
    standings: &[Standing],
    alarms: &[Alarm],
    published: &Published,
    met: bool,
) -> Result<(), BoardError> {
    let transaction = file.transaction()?;
    for s in standings {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO standing VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                s.witness.key.to_string(),
                s.size.cast_signed(),
                s.at.unwrap_or(0),
                s.late_since,
                s.failure,
                s.detail
            ])?;
    }
    for alarm in alarms {
        transaction
            .prepare_cached(
                "INSERT INTO alarm VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (vkey, size) DO UPDATE
                 SET shown = coalesce(alarm.shown, excluded.shown)",
            )?
            .execute(params![
                alarm.vkey,
                alarm.size.cast_signed(),
                alarm.own_size.cast_signed(),
                alarm.at,
                alarm.shown
            ])?;
    }
    for what in if met { &["latest", "met"][..] } else { &["latest"] } {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO published VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![what, published.size.cast_signed(), published.note, published.at])?;
    }
    if met {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO met VALUES (?1, ?2)")?
            .execute(params![published.size.cast_signed(), published.at])?;
    }
    transaction.commit()?;
    Ok(())
}

pub(crate) fn standing(file: &Connection, witness: &PolicyWitness) -> Result<Standing, BoardError> {
    let mut query =
        file.prepare_cached("SELECT size, at, late_since, failure, detail FROM standing WHERE vkey = ?1")?;
    let kept = query
        .query_row([witness.key.to_string()], |row| {
            let at: i64 = row.get(1)?;
            Ok(Standing {
                witness: witness.clone(),
                size: row.get::<_, i64>(0)?.cast_unsigned(),
                at: (at > 0).then_some(at),
                late_since: row.get(2)?,
                failure: row.get(3)?,
                detail: row.get(4)?,
            })
        })
        .optional()?;
    let unknown = || Standing {
        witness: witness.clone(),
        size: 0,
        at: None,
        late_since: None,
        failure: None,
        detail: None,
    };
    Ok(kept.unwrap_or_else(unknown))
}

pub(crate) fn published(file: &Connection, what: &str) -> Result<Option<Arc<Published>>, BoardError> {
    let mut query = file.prepare_cached("SELECT size, note, at FROM published WHERE what = ?1")?;
    let kept = query
        .query_row([what], |row| {
            Ok(Published { size: row.get::<_, i64>(0)?.cast_unsigned(), note: row.get(1)?, at: row.get(2)? })
        })
        .optional()?;
    Ok(kept.map(Arc::new))
}

pub(crate) fn alarms(file: &Connection) -> Result<Vec<Alarm>, BoardError> {
    let mut query =
        file.prepare_cached("SELECT vkey, size, own_size, at, shown FROM alarm ORDER BY at DESC LIMIT 100")?;
    let rows = query.query_map([], |row| {
        Ok(Alarm {
            vkey: row.get(0)?,
            size: row.get::<_, i64>(1)?.cast_unsigned(),
            own_size: row.get::<_, i64>(2)?.cast_unsigned(),
            at: row.get(3)?,
            shown: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
