//! Drills as the record says it.

use super::{BEGUN, ENDED, NOTED};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use scr_core::DrillClock;
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};

const SCHEMA: &str = "
CREATE TABLE alertsdrill_drill (drill TEXT PRIMARY KEY, election TEXT NOT NULL, title TEXT NOT NULL, idx INTEGER NOT NULL,
    at INTEGER NOT NULL, wall INTEGER NOT NULL, run INTEGER NOT NULL, rate INTEGER NOT NULL, ended_at INTEGER,
    ended_idx INTEGER) WITHOUT ROWID;
CREATE TABLE alertsdrill_note (drill TEXT NOT NULL, number INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    note TEXT, PRIMARY KEY (drill, number)) WITHOUT ROWID;
";
const COLUMNS: &str = "drill, election, title, idx, at, wall, run, rate, ended_at";

/// The view.
pub(crate) struct DrillsView;

impl View for DrillsView {
    fn name(&self) -> &'static str {
        "alertsdrill"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let index = event.index.cast_signed();
        if event.kind() == BEGUN.name {
            tx.execute(
                "INSERT INTO alertsdrill_drill VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL)",
                params![
                    event.text("drill"),
                    event.text("election"),
                    event.text("title"),
                    index,
                    event.at,
                    event.count("wall").cast_signed(),
                    event.count("run").cast_signed(),
                    event.count("rate").cast_signed(),
                ],
            )?;
        } else if event.kind() == ENDED.name {
            tx.execute(
                "UPDATE alertsdrill_drill SET ended_at = ?2, ended_idx = ?3 WHERE drill = ?1",
                params![event.text("drill"), event.at, index],
            )?;
        } else if event.kind() == NOTED.name {
            tx.execute(
                "INSERT INTO alertsdrill_note VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    event.text("drill"),
                    event.count("number").cast_signed(),
                    index,
                    event.at,
                    event.private_text("note"),
                ],
            )?;
        }
        Ok(())
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        if erased.contains_key("note") {
            tx.execute(
                "UPDATE alertsdrill_note SET note = NULL WHERE idx = ?1",
                [event.index.cast_signed()],
            )?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("alertsdrill_drill", "*", "drill"),
            ("alertsdrill_note", "drill, number, idx, at", "drill, number"),
        ]
    }
}

/// A drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// Its code.
    pub drill: String,
    /// The election that it plays.
    pub election: String,
    /// What it is called.
    pub title: String,
    /// Index of its entry.
    pub index: u64,
    /// When it was begun, seconds since 1970, UTC.
    pub at: i64,
    /// How its time goes.
    pub clock: DrillClock,
    /// When it was ended.
    pub ended_at: Option<i64>,
}

impl Drill {
    /// The drill's time, seconds since 1970, at a time on the wall.
    pub fn time(&self, wall: i64) -> i64 {
        self.clock.run_time(wall.saturating_mul(1_000)).div_euclid(1_000)
    }
}

/// What somebody noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number, from 1.
    pub number: u64,
    /// Index of its entry.
    pub index: u64,
    /// When, seconds since 1970, UTC.
    pub at: i64,
    /// The words; nothing where they were erased, and on a mirror.
    pub words: Option<String>,
}

fn drill(row: &Row<'_>) -> rusqlite::Result<Drill> {
    Ok(Drill {
        drill: row.get(0)?,
        election: row.get(1)?,
        title: row.get(2)?,
        index: row.get::<_, i64>(3)?.cast_unsigned(),
        at: row.get(4)?,
        clock: DrillClock { wall: row.get(5)?, run: row.get(6)?, rate: row.get(7)? },
        ended_at: row.get(8)?,
    })
}

/// The drill with this code.
///
/// # Errors
/// Faults of the views.
pub fn find(views: &Connection, code: &str) -> rusqlite::Result<Option<Drill>> {
    let sql = format!("SELECT {COLUMNS} FROM alertsdrill_drill WHERE drill = ?1");
    views.prepare_cached(&sql)?.query_row([code], drill).optional()
}

/// All drills, the newest first.
///
/// # Errors
/// Faults of the views.
pub fn all(views: &Connection) -> rusqlite::Result<Vec<Drill>> {
    let sql = format!("SELECT {COLUMNS} FROM alertsdrill_drill ORDER BY idx DESC");
    let mut statement = views.prepare_cached(&sql)?;
    statement.query_map([], drill)?.collect()
}

/// The notes of a drill.
///
/// # Errors
/// Faults of the views.
pub fn notes(views: &Connection, code: &str) -> rusqlite::Result<Vec<Note>> {
    let sql = "SELECT number, idx, at, note FROM alertsdrill_note WHERE drill = ?1 ORDER BY number";
    let mut statement = views.prepare_cached(sql)?;
    let note = |row: &Row<'_>| {
        Ok(Note {
            number: row.get::<_, i64>(0)?.cast_unsigned(),
            index: row.get::<_, i64>(1)?.cast_unsigned(),
            at: row.get(2)?,
            words: row.get(3)?,
        })
    };
    statement.query_map([code], note)?.collect()
}
