//! What every import differs in from the version before it and from the other sources: kept when it is
//! imported, so that pages need not compare, and so that it is known how often sources differ here.

use crate::kinds::TABLE_IMPORTED;
use rusqlite::{Row, Transaction, params};
use scr_engine::{Event, Objects, View, ViewFault};
use scr_results::published::PublishedRow;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Corrected units that are listed; the count goes on.
const MAX_CORRECTIONS: usize = 200;
/// Other sources that an import is compared with.
const MAX_SOURCES: u32 = 10;

/// The view of comparisons. It stands behind the view of results, whose rows it reads.
pub(crate) struct ComparisonView;

impl View for ComparisonView {
    fn name(&self) -> &'static str {
        "comparison"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE results_comparison (first INTEGER NOT NULL, second INTEGER NOT NULL, kind TEXT NOT NULL,
    common INTEGER NOT NULL, differing INTEGER NOT NULL, only_first INTEGER NOT NULL, only_second INTEGER NOT NULL,
    PRIMARY KEY (first, second)) WITHOUT ROWID;
CREATE INDEX results_comparison_kind ON results_comparison (kind, second);
CREATE TABLE results_correction (tbl INTEGER NOT NULL, pos INTEGER NOT NULL, unit TEXT NOT NULL, part TEXT NOT NULL,
    name TEXT NOT NULL, numbers TEXT NOT NULL, PRIMARY KEY (tbl, pos)) WITHOUT ROWID;
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == TABLE_IMPORTED.name {
            compare_with_others(tx, event)?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            (
                "results_comparison",
                "first, second, kind, common, differing, only_first, only_second",
                "first, second",
            ),
            ("results_correction", "tbl, pos, unit, part, name, numbers", "tbl, pos"),
        ]
    }
}

fn compare_with_others(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let (index, source) = (event.index.cast_signed(), event.text("source"));
    let own = params![event.text("election"), event.text("contest"), source, index];
    let sql = "SELECT idx FROM results_table
        WHERE election = ?1 AND contest = ?2 AND source = ?3 AND idx < ?4 ORDER BY version DESC LIMIT 1";
    let before: Vec<i64> =
        tx.prepare_cached(sql)?.query_map(own, |row| row.get(0))?.collect::<Result<_, _>>()?;
    let sql = format!(
        "SELECT max(idx) FROM results_table WHERE election = ?1 AND contest = ?2 AND source <> ?3 AND idx < ?4
         GROUP BY source ORDER BY max(idx) DESC LIMIT {MAX_SOURCES}"
    );
    let others: Vec<i64> =
        tx.prepare_cached(&sql)?.query_map(own, |row| row.get(0))?.collect::<Result<_, _>>()?;
    for earlier in before {
        pair(tx, earlier, index, true)?;
    }
    for other in others {
        pair(tx, other, index, false)?;
    }
    Ok(())
}

/// Names of the fields that a table states.
fn fields(tx: &Transaction<'_>, table: i64) -> rusqlite::Result<BTreeSet<String>> {
    let totals: String = tx
        .prepare_cached("SELECT totals FROM results_table WHERE idx = ?1")?
        .query_row([table], |row| row.get(0))?;
    let totals: Value = serde_json::from_str(&totals).unwrap_or_default();
    let all = totals["fields"].as_array().into_iter().flatten();
    Ok(all.filter_map(|field| field["name"].as_str().map(str::to_owned)).collect())
}

/// Records how two tables differ in the units that both have.
fn pair(tx: &Transaction<'_>, first: i64, second: i64, is_correction: bool) -> rusqlite::Result<()> {
    let both: BTreeSet<String> = fields(tx, first)?.intersection(&fields(tx, second)?).cloned().collect();
    let (mut common, mut differing) = (0i64, 0i64);
    // Without statistics the planner would look through all rows of the other table for each row.
    let mut corrections = Vec::new();
    {
        let mut query = tx.prepare_cached(
            "SELECT b.unit, b.part, b.name, CASE WHEN a.line <> b.line THEN a.line END, b.line
             FROM results_row b
             JOIN results_row a INDEXED BY results_row_unit ON a.tbl = ?1 AND a.unit = b.unit AND a.part = b.part
             WHERE b.tbl = ?2 ORDER BY b.pos",
        )?;
        let mut rows = query.query([first, second])?;
        while let Some(row) = rows.next()? {
            common += 1;
            let numbers = differing_numbers(row, &both)?;
            if numbers.is_empty() {
                continue;
            }
            differing += 1;
            if is_correction && corrections.len() < MAX_CORRECTIONS {
                let texts: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                corrections.push((texts, json!(numbers).to_string()));
            }
        }
    }
    let count = |table: i64| -> rusqlite::Result<i64> {
        tx.prepare_cached("SELECT count(*) FROM results_row WHERE tbl = ?1")?
            .query_row([table], |row| row.get(0))
    };
    tx.execute(
        "INSERT INTO results_comparison VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            first,
            second,
            if is_correction { "version" } else { "source" },
            common,
            differing,
            count(first)? - common,
            count(second)? - common
        ],
    )?;
    let mut insert = tx.prepare_cached("INSERT INTO results_correction VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, ((unit, part, name), numbers)) in (0i64..).zip(corrections) {
        insert.execute(params![second, position, unit, part, name, numbers])?;
    }
    Ok(())
}

/// The numbers of a pair of rows that differ: whether votes, the column, before, now.
fn differing_numbers(row: &Row<'_>, both: &BTreeSet<String>) -> rusqlite::Result<Vec<Number>> {
    let Some(before) = row.get::<_, Option<String>>(3)? else { return Ok(Vec::new()) };
    let now: String = row.get(4)?;
    let parse = |line: &str| serde_json::from_str::<PublishedRow>(line);
    // Both lines were read when their tables were taken in.
    let (Ok(before), Ok(now)) = (parse(&before), parse(&now)) else { return Ok(Vec::new()) };
    Ok(numbers_between(&before, &now, Some(both)))
}

/// A number that two rows state differently.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Number {
    pub(crate) votes: bool,
    pub(crate) column: String,
    pub(crate) before: Option<u64>,
    pub(crate) now: Option<u64>,
}

/// Numbers in which two rows differ: votes first, then the fields of `both` (of either, when `None`).
pub(crate) fn numbers_between(
    before: &PublishedRow,
    now: &PublishedRow,
    both: Option<&BTreeSet<String>>,
) -> Vec<Number> {
    let names = |votes: bool| -> BTreeSet<&String> {
        let (a, b) = if votes { (&before.votes, &now.votes) } else { (&before.fields, &now.fields) };
        a.keys()
            .chain(b.keys())
            .filter(|name| votes || both.is_none_or(|both| both.contains(*name)))
            .collect()
    };
    let mut out = Vec::new();
    for votes in [true, false] {
        for name in names(votes) {
            let value = |row: &PublishedRow| {
                let map = if votes { &row.votes } else { &row.fields };
                map.get(name).copied()
            };
            let (before, now) = (value(before), value(now));
            if before != now {
                out.push(Number { votes, column: name.clone(), before, now });
            }
        }
    }
    out
}
