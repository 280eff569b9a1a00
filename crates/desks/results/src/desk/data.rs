//! What the working pages read from the views.

pub(crate) use crate::registry::data::newest_registry;

use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_results::Contestant;
use scr_web::App;
use serde_json::Value;

/// An election.
#[derive(Debug, Clone)]
pub(crate) struct ElectionRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) day: String,
    pub(crate) zone: String,
    pub(crate) index: u64,
    pub(crate) at: i64,
}

impl ElectionRow {
    pub(crate) fn href(&self) -> String {
        format!("/desk/elections/{}", self.id)
    }
}

/// A contest.
#[derive(Debug, Clone)]
pub(crate) struct ContestRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) votes_per_ballot: u64,
    pub(crate) contestants: Vec<Contestant>,
}

/// One version of a source.
#[derive(Debug, Clone)]
pub(crate) struct TableRow {
    pub(crate) index: u64,
    pub(crate) contest: String,
    pub(crate) source: String,
    pub(crate) source_name: String,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) issuer: String,
    pub(crate) rows: u64,
    pub(crate) findings: u64,
    pub(crate) totals: Value,
    pub(crate) reason: String,
}

impl TableRow {
    /// Votes of a contestant in all units; `None` when no unit states them.
    pub(crate) fn votes(&self, contestant: &str) -> Option<u64> {
        let all = self.totals["votes"].as_array()?;
        all.iter().find(|one| one["id"] == contestant)?["votes"].as_u64()
    }

    pub(crate) fn units(&self) -> u64 {
        self.totals["units"].as_u64().unwrap_or(0)
    }
}

/// One publication.
#[derive(Debug, Clone)]
pub(crate) struct PublicationRow {
    pub(crate) index: u64,
    pub(crate) contest: String,
    pub(crate) source: String,
    pub(crate) version: u64,
    pub(crate) status: String,
    pub(crate) at: i64,
    pub(crate) reason: String,
}

fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

fn election_row(row: &Row<'_>) -> rusqlite::Result<ElectionRow> {
    Ok(ElectionRow {
        id: row.get(0)?,
        title: row.get(1)?,
        day: row.get(2)?,
        zone: row.get(3)?,
        index: whole(row, 4)?,
        at: row.get(5)?,
    })
}

/// All elections, the latest day first.
pub(crate) fn elections(views: &Connection) -> rusqlite::Result<Vec<ElectionRow>> {
    let sql = "SELECT election, title, day, zone, idx, at FROM results_election ORDER BY day DESC, election";
    views.prepare_cached(sql)?.query_map([], election_row)?.collect()
}

/// An election, or the refusal that says that there is none.
pub(crate) fn election(app: &App, id: &str) -> Result<ElectionRow, ActError> {
    let sql = "SELECT election, title, day, zone, idx, at FROM results_election WHERE election = ?1";
    let found =
        app.engine.read(|views| views.prepare_cached(sql)?.query_row([id], election_row).optional())?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", id).into())
}

/// The contests of an election.
pub(crate) fn contests(views: &Connection, election: &str) -> rusqlite::Result<Vec<ContestRow>> {
    let sql = "SELECT contest, title, votes_per_ballot, contestants FROM results_contest
        WHERE election = ?1 ORDER BY contest";
    let read = |row: &Row<'_>| {
        let contestants: String = row.get(3)?;
        Ok(ContestRow {
            id: row.get(0)?,
            title: row.get(1)?,
            votes_per_ballot: whole(row, 2)?,
            contestants: serde_json::from_str(&contestants).unwrap_or_default(),
        })
    };
    views.prepare_cached(sql)?.query_map([election], read)?.collect()
}

/// A contest, if there is one of this id.
pub(crate) fn contest(app: &App, election: &str, id: &str) -> Result<Option<ContestRow>, Fault> {
    let found = app.engine.read(|views| contests(views, election))?;
    Ok(found.into_iter().find(|contest| contest.id == id))
}

/// Every version of every source of an election, newest first within its source.
pub(crate) fn tables(views: &Connection, election: &str) -> rusqlite::Result<Vec<TableRow>> {
    let sql = "SELECT idx, contest, source, source_name, version, at, issuer, rows, findings, totals, reason
        FROM results_table WHERE election = ?1 ORDER BY contest, source, version DESC";
    let read = |row: &Row<'_>| {
        let totals: String = row.get(9)?;
        Ok(TableRow {
            index: whole(row, 0)?,
            contest: row.get(1)?,
            source: row.get(2)?,
            source_name: row.get(3)?,
            version: whole(row, 4)?,
            at: row.get(5)?,
            issuer: row.get(6)?,
            rows: whole(row, 7)?,
            findings: whole(row, 8)?,
            totals: serde_json::from_str(&totals).unwrap_or_default(),
            reason: row.get(10)?,
        })
    };
    views.prepare_cached(sql)?.query_map([election], read)?.collect()
}

/// The publications of an election, newest first.
pub(crate) fn publications(views: &Connection, election: &str) -> rusqlite::Result<Vec<PublicationRow>> {
    let sql = "SELECT idx, contest, source, version, status, at, reason FROM results_publication
        WHERE election = ?1 ORDER BY idx DESC";
    let read = |row: &Row<'_>| {
        Ok(PublicationRow {
            index: whole(row, 0)?,
            contest: row.get(1)?,
            source: row.get(2)?,
            version: whole(row, 3)?,
            status: row.get(4)?,
            at: row.get(5)?,
            reason: row.get(6)?,
        })
    };
    views.prepare_cached(sql)?.query_map(params![election], read)?.collect()
}
