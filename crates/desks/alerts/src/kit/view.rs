//! What was printed, as the record says it.

use super::{PRINTED, RENEWED};
use rusqlite::{Connection, Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Event, Objects, View, ViewFault};

const SCHEMA: &str = "
CREATE TABLE alertskit_print (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, at INTEGER NOT NULL,
    generation INTEGER NOT NULL, what TEXT NOT NULL, area TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    stations INTEGER NOT NULL);
CREATE INDEX alertskit_print_election ON alertskit_print (election, generation, idx);
CREATE TABLE alertskit_generation (election TEXT NOT NULL, generation INTEGER NOT NULL, idx INTEGER NOT NULL,
    at INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (election, generation)) WITHOUT ROWID;
";

/// The view.
pub(crate) struct KitView;

impl View for KitView {
    fn name(&self) -> &'static str {
        "alertskit"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let (index, election) = (event.index.cast_signed(), event.text("election"));
        let count = |name: &str| event.count(name).cast_signed();
        if event.kind() == PRINTED.name {
            tx.execute(
                "INSERT INTO alertskit_print VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    index,
                    election,
                    event.at,
                    count("generation"),
                    event.text("what"),
                    event.text("area"),
                    count("first"),
                    count("last"),
                    count("stations"),
                ],
            )?;
        } else if event.kind() == RENEWED.name {
            tx.execute(
                "INSERT OR REPLACE INTO alertskit_generation VALUES (?1, ?2, ?3, ?4, ?5)",
                params![election, count("generation"), index, event.at, event.text("reason")],
            )?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("alertskit_print", "*", "idx"), ("alertskit_generation", "*", "election, generation")]
    }
}

/// How far the printing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// The generation of secrets in force, from 1.
    pub generation: u64,
    /// Sealed sheets printed of it; the same run printed again counts once.
    pub sheets: u64,
}

/// How far the printing of an election's kit is.
///
/// # Errors
/// Faults of the views.
pub fn printed(views: &Connection, election: &str) -> rusqlite::Result<Printed> {
    let generation: i64 = views
        .prepare_cached("SELECT COALESCE(MAX(generation), 1) FROM alertskit_generation WHERE election = ?1")?
        .query_row([election], |row| row.get(0))?;
    let sql = "SELECT COALESCE(SUM(stations), 0) FROM (SELECT DISTINCT area, first, last, stations
        FROM alertskit_print WHERE election = ?1 AND generation = ?2 AND what = 'sheets')";
    let sheets: i64 =
        views.prepare_cached(sql)?.query_row(params![election, generation], |row| row.get(0))?;
    Ok(Printed { generation: generation.cast_unsigned(), sheets: sheets.cast_unsigned() })
}

/// One run of the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Index of its entry.
    pub index: u64,
    /// When it was recorded.
    pub at: i64,
    /// The generation of its secrets.
    pub generation: u64,
    /// `sheets` or `cards`.
    pub what: String,
    /// Code of the area; empty for all.
    pub area: String,
    /// First station.
    pub first: u32,
    /// Last station.
    pub last: u32,
    /// Stations.
    pub stations: u64,
}

/// What was printed of an election, the newest first.
///
/// # Errors
/// Faults of the views.
pub fn prints(views: &Connection, election: &str, most: u16) -> rusqlite::Result<Vec<Print>> {
    let sql = "SELECT idx, at, generation, what, area, first, last, stations FROM alertskit_print
        WHERE election = ?1 ORDER BY idx DESC LIMIT ?2";
    let mut statement = views.prepare_cached(sql)?;
    let rows = statement.query_map(params![election, most], |row| {
        Ok(Print {
            index: row.get::<_, i64>(0)?.cast_unsigned(),
            at: row.get(1)?,
            generation: row.get::<_, i64>(2)?.cast_unsigned(),
            what: row.get(3)?,
            area: row.get(4)?,
            first: row.get(5)?,
            last: row.get(6)?,
            stations: row.get::<_, i64>(7)?.cast_unsigned(),
        })
    })?;
    rows.collect()
}
