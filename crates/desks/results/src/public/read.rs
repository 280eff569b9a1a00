//! Reads of the public pages.

use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_results::Contestant;
use serde::Deserialize;

/// An election.
#[derive(Debug, Clone)]
pub(crate) struct ElectionRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) day: String,
    pub(crate) issuer: String,
    pub(crate) index: u64,
    pub(crate) at: i64,
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
    pub(crate) source_name: String,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) object: String,
    pub(crate) rows: u64,
    pub(crate) findings: u64,
    pub(crate) findings_object: String,
    pub(crate) totals: TotalsRow,
    pub(crate) reason: String,
}

/// Totals as the view keeps them.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct TotalsRow {
    pub(crate) units: u64,
    pub(crate) numberless: u64,
    pub(crate) votes: Vec<VotesRow>,
    pub(crate) turnout: Option<TurnoutRow>,
}

/// Votes of a contestant; `None` where no unit states any.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct VotesRow {
    pub(crate) id: String,
    pub(crate) votes: Option<u64>,
}

/// Turnout as two numbers.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TurnoutRow {
    pub(crate) came: u64,
    pub(crate) registered: u64,
}

impl TotalsRow {
    /// Units that state at least one number.
    pub(crate) fn counted(&self) -> u64 {
        self.units.saturating_sub(self.numberless)
    }

    /// Whether the first two have equally many votes: then nobody leads.
    pub(crate) fn is_tied(&self) -> bool {
        matches!(self.ranking().as_slice(), [(_, first), (_, second), ..] if first == second)
    }

    /// Votes of all contestants.
    pub(crate) fn sum(&self) -> u64 {
        self.votes.iter().filter_map(|v| v.votes).sum()
    }

    /// Contestants with votes, most first, equal ones by id.
    pub(crate) fn ranking(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> =
            self.votes.iter().filter_map(|v| Some((v.id.as_str(), v.votes?))).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        all
    }
}

/// One publication.
#[derive(Debug, Clone)]
pub(crate) struct PublicationRow {
    pub(crate) index: u64,
    pub(crate) source: String,
    pub(crate) version: u64,
    pub(crate) status: String,
    pub(crate) at: i64,
    pub(crate) table: u64,
    pub(crate) reason: String,
}

/// One row of a table, as published.
#[derive(Debug, Clone)]
pub(crate) struct UnitRow {
    pub(crate) position: u64,
    pub(crate) unit: String,
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) line: String,
}

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0))
}

fn election_row(row: &Row<'_>) -> rusqlite::Result<ElectionRow> {
    Ok(ElectionRow {
        id: row.get(0)?,
        title: row.get(1)?,
        day: row.get(2)?,
        index: count(row, 3)?,
        at: row.get(4)?,
        issuer: row.get(5)?,
    })
}

/// All elections, the newest day first.
pub(crate) fn elections(views: &Connection) -> rusqlite::Result<Vec<ElectionRow>> {
    let mut query = views.prepare_cached(
        "SELECT election, title, day, idx, at, issuer FROM results_election ORDER BY day DESC, election LIMIT 200",
    )?;
    query.query_map([], election_row)?.collect()
}

/// One election.
pub(crate) fn election(views: &Connection, id: &str) -> rusqlite::Result<Option<ElectionRow>> {
    views
        .prepare_cached(
            "SELECT election, title, day, idx, at, issuer FROM results_election WHERE election = ?1",
        )?
        .query_row([id], election_row)
        .optional()
}

fn contest_row(row: &Row<'_>) -> rusqlite::Result<ContestRow> {
    let contestants: String = row.get(2)?;
    Ok(ContestRow {
        id: row.get(0)?,
        title: row.get(1)?,
        votes_per_ballot: count(row, 3)?,
        contestants: serde_json::from_str(&contestants).unwrap_or_default(),
    })
}

/// The contests of an election.
pub(crate) fn contests(views: &Connection, election: &str) -> rusqlite::Result<Vec<ContestRow>> {
    let mut query = views.prepare_cached(
        "SELECT contest, title, contestants, votes_per_ballot FROM results_contest WHERE election = ?1 ORDER BY idx LIMIT 1000",
    )?;
    query.query_map([election], contest_row)?.collect()
}

/// One contest.
pub(crate) fn contest(
    views: &Connection,
    election: &str,
    contest: &str,
) -> rusqlite::Result<Option<ContestRow>> {
    views
        .prepare_cached(
            "SELECT contest, title, contestants, votes_per_ballot FROM results_contest WHERE election = ?1 AND contest = ?2",
        )?
        .query_row([election, contest], contest_row)
        .optional()
}

/// Publications of a contest, the newest first.
pub(crate) fn publications(
    views: &Connection,
    election: &str,
    contest: &str,
) -> rusqlite::Result<Vec<PublicationRow>> {
    let mut query = views.prepare_cached(
        "SELECT idx, source, version, status, at, tbl, reason FROM results_publication
         WHERE election = ?1 AND contest = ?2 ORDER BY idx DESC",
    )?;
    let rows = query.query_map([election, contest], |row| {
        Ok(PublicationRow {
            index: count(row, 0)?,
            source: row.get(1)?,
            version: count(row, 2)?,
            status: row.get(3)?,
            at: row.get(4)?,
            table: count(row, 5)?,
            reason: row.get(6)?,
        })
    })?;
    rows.collect()
}

const TABLE: &str = "idx, source_name, version, at, object, rows, findings, findings_object, totals, reason FROM results_table";

fn table_row(row: &Row<'_>) -> rusqlite::Result<TableRow> {
    let totals: String = row.get(8)?;
    Ok(TableRow {
        index: count(row, 0)?,
        source_name: row.get(1)?,
        version: count(row, 2)?,
        at: row.get(3)?,
        object: row.get(4)?,
        rows: count(row, 5)?,
        findings: count(row, 6)?,
        findings_object: row.get(7)?,
        totals: serde_json::from_str(&totals).unwrap_or_default(),
        reason: row.get(9)?,
    })
}

/// Every version of every source of a contest, the newest first.
pub(crate) fn tables(views: &Connection, election: &str, contest: &str) -> rusqlite::Result<Vec<TableRow>> {
    let mut query = views.prepare_cached(&format!(
        "SELECT {TABLE} WHERE election = ?1 AND contest = ?2 ORDER BY idx DESC LIMIT 500"
    ))?;
    query.query_map([election, contest], table_row)?.collect()
}

/// The table that an import recorded.
pub(crate) fn table(views: &Connection, index: u64) -> rusqlite::Result<Option<TableRow>> {
    views
        .prepare_cached(&format!("SELECT {TABLE} WHERE idx = ?1"))?
        .query_row([index.cast_signed()], table_row)
        .optional()
}

fn unit_row(row: &Row<'_>) -> rusqlite::Result<UnitRow> {
    Ok(UnitRow {
        position: count(row, 0)?,
        unit: row.get(1)?,
        part: row.get(2)?,
        name: row.get(3)?,
        line: row.get(4)?,
    })
}

/// The parts of one unit in a table.
pub(crate) fn unit(views: &Connection, table: u64, unit: &str) -> rusqlite::Result<Vec<UnitRow>> {
    let mut query = views.prepare_cached(
        "SELECT pos, unit, part, name, line FROM results_row WHERE tbl = ?1 AND unit = ?2 ORDER BY part",
    )?;
    query.query_map(params![table.cast_signed(), unit], unit_row)?.collect()
}

/// Units of a table from a position on; with a search, those whose code or name contains it.
pub(crate) fn units(
    views: &Connection,
    table: u64,
    search: &str,
    from: u64,
    limit: usize,
) -> rusqlite::Result<Vec<UnitRow>> {
    let mut query = views.prepare_cached(
        "SELECT pos, unit, part, name, line FROM results_row
         WHERE tbl = ?1 AND pos >= ?2 AND (?3 = '' OR instr(fold(unit), ?3) > 0 OR instr(fold(name), ?3) > 0)
         ORDER BY pos LIMIT ?4",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    query
        .query_map(
            params![table.cast_signed(), from.cast_signed(), scr_engine::fold(search), limit],
            unit_row,
        )?
        .collect()
}
