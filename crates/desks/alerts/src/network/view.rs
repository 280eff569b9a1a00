//! Versions of networks, as the record says it; and which elections there are.

use super::{IMPORTED, contacts, line};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use scr_canon::Hash32;
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};
use std::sync::LazyLock;

const SCHEMA: &str = "
CREATE TABLE alertsnet_election (election TEXT PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL, zone TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE alertsnet_version (election TEXT NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    object TEXT NOT NULL, areas INTEGER NOT NULL, stations INTEGER NOT NULL, voters INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (election, version)) WITHOUT ROWID;
CREATE TABLE alertsnet_registry (election TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
    object TEXT NOT NULL, units INTEGER NOT NULL, PRIMARY KEY (election, version)) WITHOUT ROWID;
";

/// The view.
pub(crate) struct NetworkView;

impl View for NetworkView {
    fn name(&self) -> &'static str {
        "alertsnet"
    }

    fn schema(&self) -> &'static str {
        static ALL: LazyLock<String> =
            LazyLock::new(|| format!("{SCHEMA}{}{}", contacts::SCHEMA, line::SCHEMA));
        &ALL
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            // Desks meet through events: an election is whoever's desk defined it.
            "elections.election.created/1" => {
                tx.execute(
                    "INSERT INTO alertsnet_election VALUES (?1, ?2, ?3, ?4)",
                    params![
                        event.text("election"),
                        event.text("title"),
                        event.text("day"),
                        event.text("zone")
                    ],
                )?;
            }
            "elections.registry.imported/1" => {
                tx.execute(
                    "INSERT OR REPLACE INTO alertsnet_registry VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        event.text("election"),
                        event.count("version").cast_signed(),
                        event.at,
                        event.text("object"),
                        event.count("units").cast_signed(),
                    ],
                )?;
            }
            kind if kind == IMPORTED.name => {
                tx.execute(
                    "INSERT INTO alertsnet_version VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    params![
                        event.text("election"),
                        event.count("version").cast_signed(),
                        event.index.cast_signed(),
                        event.at,
                        event.text("object"),
                        event.count("areas").cast_signed(),
                        event.count("stations").cast_signed(),
                        event.count("voters").cast_signed(),
                        event.text("reason"),
                    ],
                )?;
            }
            kind if kind == line::SET.name => line::apply(tx, event)?,
            _ => contacts::apply(tx, event)?,
        }
        Ok(())
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        contacts::forget(tx, event, erased)
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("alertsnet_election", "*", "election"),
            ("alertsnet_version", "*", "election, version"),
            ("alertsnet_registry", "*", "election, version"),
            contacts::DIGESTS,
            line::DIGESTS,
        ]
    }
}

/// One version of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub version: u64,
    /// Index of its entry.
    pub index: u64,
    /// When it was recorded.
    pub at: i64,
    /// Its object.
    pub object: Hash32,
    /// Areas.
    pub areas: u64,
    /// Polling stations.
    pub stations: u64,
    /// Registered voters.
    pub voters: u64,
    /// Why it replaced the one before; empty for the first.
    pub reason: String,
}

/// The newest version of an election's network.
///
/// # Errors
/// Faults of the views.
pub fn current(views: &Connection, election: &str) -> rusqlite::Result<Option<Version>> {
    let mut statement = views.prepare_cached(
        "SELECT version, idx, at, object, areas, stations, voters, reason FROM alertsnet_version WHERE election = ?1
         ORDER BY version DESC LIMIT 1",
    )?;
    statement
        .query_row([election], |row| {
            let count = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
            let object: String = row.get(3)?;
            Ok(Version {
                version: count(0)?,
                index: count(1)?,
                at: row.get(2)?,
                object: object.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
                areas: count(4)?,
                stations: count(5)?,
                voters: count(6)?,
                reason: row.get(7)?,
            })
        })
        .optional()
}

/// An election, as whoever defined it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Election {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) day: String,
    pub(crate) zone: String,
}

/// One election.
pub(crate) fn election(views: &Connection, id: &str) -> rusqlite::Result<Option<Election>> {
    Ok(elections(views, Some(id))?.pop())
}

/// One election, or all, the latest day first.
pub(crate) fn elections(views: &Connection, id: Option<&str>) -> rusqlite::Result<Vec<Election>> {
    let sql = "SELECT election, title, day, zone FROM alertsnet_election WHERE ?1 IS NULL OR election = ?1
        ORDER BY day DESC, election LIMIT 500";
    let mut statement = views.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| {
        Ok(Election { id: row.get(0)?, title: row.get(1)?, day: row.get(2)?, zone: row.get(3)? })
    })?;
    rows.collect()
}

/// A registry of polling stations, as the record says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registry {
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) object: String,
    pub(crate) units: u64,
}

/// The newest registry of an election.
pub(crate) fn registry(views: &Connection, election: &str) -> rusqlite::Result<Option<Registry>> {
    let sql = "SELECT version, at, object, units FROM alertsnet_registry WHERE election = ?1
        ORDER BY version DESC LIMIT 1";
    let mut statement = views.prepare_cached(sql)?;
    statement
        .query_row([election], |row| {
            Ok(Registry {
                version: row.get::<_, i64>(0)?.cast_unsigned(),
                at: row.get(1)?,
                object: row.get(2)?,
                units: row.get::<_, i64>(3)?.cast_unsigned(),
            })
        })
        .optional()
}
