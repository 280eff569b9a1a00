//! Reads of comparisons.

use super::view::Number;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One version of a source, as something to compare.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub(crate) index: u64,
    pub(crate) source: String,
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) object: String,
}

fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// Every version of every source of a contest, the newest first.
pub(crate) fn sides(views: &Connection, election: &str, contest: &str) -> rusqlite::Result<Vec<Side>> {
    let sql = "SELECT idx, source, source_name, version, at, object FROM results_table
        WHERE election = ?1 AND contest = ?2 ORDER BY idx DESC LIMIT 500";
    let read = |row: &Row<'_>| {
        Ok(Side {
            index: whole(row, 0)?,
            source: row.get(1)?,
            name: row.get(2)?,
            version: whole(row, 3)?,
            at: row.get(4)?,
            object: row.get(5)?,
        })
    };
    views.prepare_cached(sql)?.query_map([election, contest], read)?.collect()
}

/// How often two sources of this installation differed.
#[derive(Debug, Clone)]
pub(crate) struct RateRow {
    pub(crate) election: String,
    pub(crate) contest: String,
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) common: u64,
    pub(crate) differing: u64,
}

/// Earlier comparisons of two sources in this installation, without this pair: the newest first.
pub(crate) fn rates(views: &Connection, pair: (u64, u64)) -> rusqlite::Result<Vec<RateRow>> {
    let sql = "SELECT e.title, c.title, a.source_name, b.source_name, r.common, r.differing
        FROM results_comparison r JOIN results_table a ON a.idx = r.first JOIN results_table b ON b.idx = r.second
        JOIN results_election e ON e.election = b.election
        JOIN results_contest c ON c.election = b.election AND c.contest = b.contest
        WHERE r.kind = 'source' AND r.common > 0 AND NOT (r.first = ?1 AND r.second = ?2)
        ORDER BY r.second DESC, r.first DESC LIMIT 8";
    let read = |row: &Row<'_>| {
        Ok(RateRow {
            election: row.get(0)?,
            contest: row.get(1)?,
            first: row.get(2)?,
            second: row.get(3)?,
            common: whole(row, 4)?,
            differing: whole(row, 5)?,
        })
    };
    let (first, second) = (pair.0.min(pair.1).cast_signed(), pair.0.max(pair.1).cast_signed());
    views.prepare_cached(sql)?.query_map([first, second], read)?.collect()
}

/// The line of one row of a table.
pub(crate) fn line(
    views: &Connection,
    table: u64,
    unit: &str,
    part: Option<&str>,
) -> rusqlite::Result<Option<String>> {
    views
        .prepare_cached("SELECT line FROM results_row INDEXED BY results_row_unit WHERE tbl = ?1 AND unit = ?2 AND part = ?3")?
        .query_row(params![table.cast_signed(), unit, part.unwrap_or_default()], |row| row.get(0))
        .optional()
}

/// A unit that a version corrects.
#[derive(Debug, Clone)]
pub(crate) struct CorrectionRow {
    pub(crate) unit: String,
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) numbers: Vec<Number>,
}

/// What a version changed in the one before it.
#[derive(Debug, Clone)]
pub(crate) struct CorrectedRow {
    pub(crate) first: u64,
    pub(crate) second: u64,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) reason: String,
    pub(crate) common: u64,
    pub(crate) differing: u64,
    pub(crate) only_first: u64,
    pub(crate) only_second: u64,
    /// The first of the units that differ.
    pub(crate) units: Vec<CorrectionRow>,
}

/// What the versions of a source up to this table corrected, the newest first; each with its first units.
pub(crate) fn corrections(views: &Connection, table: u64, units: u32) -> rusqlite::Result<Vec<CorrectedRow>> {
    let sql = "SELECT r.first, r.second, t.version, t.at, t.reason, r.common, r.differing, r.only_first, r.only_second
        FROM results_table now
        JOIN results_table t ON t.election = now.election AND t.contest = now.contest AND t.source = now.source
            AND t.version <= now.version
        JOIN results_comparison r ON r.second = t.idx AND r.kind = 'version'
        WHERE now.idx = ?1 ORDER BY t.version DESC LIMIT 20";
    let read = |row: &Row<'_>| {
        Ok(CorrectedRow {
            first: whole(row, 0)?,
            second: whole(row, 1)?,
            version: whole(row, 2)?,
            at: row.get(3)?,
            reason: row.get(4)?,
            common: whole(row, 5)?,
            differing: whole(row, 6)?,
            only_first: whole(row, 7)?,
            only_second: whole(row, 8)?,
            units: Vec::new(),
        })
    };
    let mut all: Vec<CorrectedRow> =
        views.prepare_cached(sql)?.query_map([table.cast_signed()], read)?.collect::<Result<_, _>>()?;
    for one in &mut all {
        let sql =
            "SELECT unit, part, name, numbers FROM results_correction WHERE tbl = ?1 ORDER BY pos LIMIT ?2";
        let read = |row: &Row<'_>| {
            let numbers: String = row.get(3)?;
            let numbers = serde_json::from_str(&numbers).unwrap_or_default();
            Ok(CorrectionRow { unit: row.get(0)?, part: row.get(1)?, name: row.get(2)?, numbers })
        };
        one.units = views
            .prepare_cached(sql)?
            .query_map(params![one.second.cast_signed(), units], read)?
            .collect::<Result<_, _>>()?;
    }
    Ok(all)
}
