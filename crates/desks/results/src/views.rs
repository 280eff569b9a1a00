//! What the pages read: elections, contests, tables with their rows, publications.

use crate::kinds::{CONTEST_DEFINED, ELECTION_CREATED, MAP_IMPORTED, TABLE_IMPORTED, TABLE_PUBLISHED};
use crate::maps;
use rusqlite::{Transaction, params};
use scr_canon::Hash32;
use scr_engine::{Event, Objects, View, ViewFault};
use scr_results::published::{self, PublishedRow};
use scr_results::{Table, Totals};
use serde_json::{Value, json};

/// Largest object of a table.
pub(crate) const MAX_TABLE_BYTES: u64 = 512 << 20;

/// The one view of this desk.
pub(crate) struct ResultsView;

impl View for ResultsView {
    fn name(&self) -> &'static str {
        "results"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE results_election (election TEXT PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL, zone TEXT NOT NULL,
    issuer TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE results_contest (election TEXT NOT NULL, contest TEXT NOT NULL, title TEXT NOT NULL,
    votes_per_ballot INTEGER NOT NULL, contestants TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (election, contest)) WITHOUT ROWID;
CREATE TABLE results_table (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, contest TEXT NOT NULL, source TEXT NOT NULL,
    source_name TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, issuer TEXT NOT NULL, object TEXT NOT NULL,
    rows INTEGER NOT NULL, rows_root TEXT NOT NULL, findings INTEGER NOT NULL, findings_object TEXT NOT NULL,
    totals TEXT NOT NULL, reason TEXT NOT NULL, mapping TEXT NOT NULL);
CREATE UNIQUE INDEX results_table_version ON results_table (election, contest, source, version);
CREATE TABLE results_row (tbl INTEGER NOT NULL, pos INTEGER NOT NULL, unit TEXT NOT NULL, part TEXT NOT NULL,
    name TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (tbl, pos)) WITHOUT ROWID;
CREATE INDEX results_row_unit ON results_row (tbl, unit, part);
CREATE TABLE results_publication (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, contest TEXT NOT NULL,
    source TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL, issuer TEXT NOT NULL,
    tbl INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE INDEX results_publication_contest ON results_publication (election, contest, idx);
CREATE TABLE results_map (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
    issuer TEXT NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, features INTEGER NOT NULL, property TEXT NOT NULL,
    rule TEXT NOT NULL, reason TEXT NOT NULL);
CREATE UNIQUE INDEX results_map_version ON results_map (election, version);
CREATE TABLE results_area (tbl INTEGER NOT NULL, pos INTEGER NOT NULL, map INTEGER NOT NULL, code TEXT NOT NULL,
    name TEXT NOT NULL, units INTEGER NOT NULL, counted INTEGER NOT NULL, came INTEGER, registered INTEGER,
    votes TEXT NOT NULL, PRIMARY KEY (tbl, pos)) WITHOUT ROWID;
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            kind if kind == ELECTION_CREATED.name => election(tx, event)?,
            kind if kind == CONTEST_DEFINED.name => contest(tx, event)?,
            kind if kind == TABLE_IMPORTED.name => return table(tx, event, objects),
            kind if kind == TABLE_PUBLISHED.name => {
                publication(tx, event)?;
                maps::published(tx, event, objects)?;
            }
            kind if kind == MAP_IMPORTED.name => maps::imported(tx, event, objects)?,
            _ => {}
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("results_election", "election, title, day, zone, issuer, idx, at", "election"),
            (
                "results_contest",
                "election, contest, title, votes_per_ballot, contestants, idx",
                "election, contest",
            ),
            (
                "results_table",
                "idx, election, contest, source, source_name, version, at, issuer, object, rows, rows_root, findings, totals, reason, mapping",
                "idx",
            ),
            ("results_row", "tbl, pos, unit, part, name, line", "tbl, pos"),
            (
                "results_publication",
                "idx, election, contest, source, version, status, at, issuer, tbl, reason",
                "idx",
            ),
            (
                "results_map",
                "idx, election, version, at, issuer, object, kind, features, property, rule, reason",
                "idx",
            ),
            (
                "results_area",
                "tbl, pos, map, code, name, units, counted, came, registered, votes",
                "tbl, pos",
            ),
        ]
    }
}

fn election(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT OR REPLACE INTO results_election VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            event.text("election"),
            event.text("title"),
            event.text("day"),
            event.text("zone"),
            event.entry.issuer(),
            event.index.cast_signed(),
            event.at
        ],
    )?;
    Ok(())
}

fn contest(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let contestants = event.public().get("contestants").cloned().unwrap_or(json!([]));
    tx.execute(
        "INSERT OR REPLACE INTO results_contest VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            event.text("election"),
            event.text("contest"),
            event.text("title"),
            event.count("votes_per_ballot").cast_signed(),
            contestants.to_string(),
            event.index.cast_signed()
        ],
    )?;
    Ok(())
}

fn table(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let fault =
        |what: &dyn std::fmt::Display| ViewFault { view: String::new(), index: 0, what: what.to_string() };
    let hash: Hash32 = event.text("object").parse().map_err(|e| fault(&e))?;
    let bytes = objects.get(&hash, MAX_TABLE_BYTES)?.ok_or_else(|| fault(&"the object is not here"))?;
    let table = published::read(&bytes).map_err(|e| fault(&e))?;
    let index = event.index.cast_signed();
    tx.execute(
        "INSERT INTO results_table VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        params![
            index,
            event.text("election"),
            event.text("contest"),
            event.text("source"),
            event.text("source_name"),
            event.count("version").cast_signed(),
            event.at,
            event.entry.issuer(),
            event.text("object"),
            event.count("rows").cast_signed(),
            event.text("rows_root"),
            event.count("findings").cast_signed(),
            event.text("findings_object"),
            totals_json(&table).to_string(),
            event.text("reason"),
            event.text("mapping_object"),
        ],
    )?;
    let mut insert = tx.prepare_cached("INSERT INTO results_row VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let rows: Vec<(PublishedRow, &str)> = published::rows(&bytes).map_err(|e| fault(&e))?;
    for (position, (row, line)) in (0i64..).zip(rows) {
        insert.execute(params![index, position, row.unit, row.part.unwrap_or_default(), row.name, line])?;
    }
    Ok(())
}

/// What the public page says at first sight; kept with the table so that a page is one small read.
fn totals_json(table: &Table) -> Value {
    let totals = Totals::of(table);
    let votes: Vec<Value> =
        totals.contestants.iter().map(|(id, stated)| json!({"id": id, "votes": stated.value()})).collect();
    let fields: Vec<Value> = totals
        .fields
        .iter()
        .map(|(name, stated)| json!({"name": name, "sum": stated.value(), "rows": stated.rows}))
        .collect();
    json!({"units": totals.units, "numberless": totals.numberless, "votes": votes, "fields": fields,
        "turnout": totals.turnout()})
}

fn publication(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO results_publication SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, idx, ?9 FROM results_table
         WHERE election = ?2 AND contest = ?3 AND source = ?4 AND version = ?5",
        params![
            event.index.cast_signed(),
            event.text("election"),
            event.text("contest"),
            event.text("source"),
            event.count("version").cast_signed(),
            event.text("status"),
            event.at,
            event.entry.issuer(),
            event.text("reason"),
        ],
    )?;
    Ok(())
}
