//! One polling station's numbers, and the receipt that proves one of them.

use super::contest::object_href;
use super::home::{Shown, find, name_of};
use super::read::{self as rows, ContestRow, UnitRow};
use super::{crumbs, encode, not_published, read};
use crate::views::MAX_TABLE_BYTES;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_canon::Hash32;
use scr_engine::Fault;
use scr_results::published::{self, PublishedRow};
use scr_web::components::Crumb;
use scr_web::{App, Reply, Visit, page};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One part of the unit, as published.
struct Part {
    name: String,
    values: Vec<(String, u64)>,
    receipt: String,
}

/// A number by its name: as published, and as the other source states it.
type Departure = (String, Option<u64>, Option<u64>);

/// The same unit in another version or source, where it differs.
struct Other {
    source: String,
    version: u64,
    index: u64,
    values: Vec<Departure>,
}

#[derive(Template)]
#[template(path = "results/public_unit.html")]
struct UnitPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    unit: String,
    name: String,
    parents: Vec<String>,
    parts: Vec<Part>,
    others: Vec<Other>,
    shown: Shown,
    base: String,
}

pub(crate) async fn unit(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let (election, contest, shown) = match find(&app, &visit, &election, &contest) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let code = visit.query.get("unit").unwrap_or_default();
    let found = read(&app, &visit, |views| {
        let own = rows::unit(views, shown.table.index, code)?;
        let mut others = Vec::new();
        for table in rows::tables(views, &election.id, &contest.id)? {
            if table.index != shown.table.index {
                let unit = rows::unit(views, table.index, code)?;
                others.push((table, unit));
            }
        }
        Ok((!own.is_empty()).then_some((own, others)))
    });
    let (own, others) = match found {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let base = format!("/elections/{}/contests/{}", election.id, encode(&contest.id));
    let parsed: Vec<PublishedRow> =
        own.iter().filter_map(|row| serde_json::from_str(&row.line).ok()).collect();
    let parts =
        own.iter().zip(&parsed).map(|(row, values)| part(&visit, &contest, &base, row, values)).collect();
    let others = others
        .into_iter()
        .filter_map(|(table, rows)| {
            let values = differing(&visit, &contest, &parsed, &rows)?;
            Some(Other { source: table.source_name, version: table.version, index: table.index, values })
        })
        .collect();
    let template = UnitPage {
        crumbs: crumbs(&visit, &election, Some((&base, &contest))),
        unit: code.to_owned(),
        name: own.first().map(|row| row.name.clone()).unwrap_or_default(),
        parents: parsed.first().map(|row| row.parents.clone()).unwrap_or_default(),
        parts,
        others,
        shown,
        base,
        visit: &visit,
    };
    page(&template).into()
}

fn part(visit: &Visit, contest: &ContestRow, base: &str, row: &UnitRow, values: &PublishedRow) -> Part {
    let mut receipt = format!("{base}/receipt?unit={}", encode(&row.unit));
    if !row.part.is_empty() {
        receipt += &format!("&part={}", encode(&row.part));
    }
    Part { name: row.part.clone(), values: named(visit, contest, values), receipt }
}

/// The numbers of a row under names that a reader knows: contestants first, then the sheet's lines.
fn named(visit: &Visit, contest: &ContestRow, row: &PublishedRow) -> Vec<(String, u64)> {
    let votes = row.votes.iter().map(|(id, votes)| (name_of(contest, id), *votes));
    let fields = row.fields.iter().map(|(name, value)| (field_name(visit, name), *value));
    votes.chain(fields).collect()
}

/// The words for a line of the tally sheet; a line of a country's own keeps its name.
pub(crate) fn field_name(visit: &Visit, name: &str) -> String {
    // i18n: results-field-*
    let key = format!("results-field-{}", name.replace('_', "-"));
    if visit.texts().has(&key) { visit.t(&key) } else { name.replace('_', " ") }
}

/// Numbers in which another table's rows depart from the published ones: over the parts and names of
/// both, so that what one of them lacks shows as well. `None` when in none.
fn differing(
    visit: &Visit,
    contest: &ContestRow,
    own: &[PublishedRow],
    rows: &[UnitRow],
) -> Option<Vec<Departure>> {
    let theirs: Vec<PublishedRow> =
        rows.iter().filter_map(|row| serde_json::from_str(&row.line).ok()).collect();
    if theirs.is_empty() {
        // The other source does not have this unit at all: it says nothing about it.
        return None;
    }
    let mine = all_numbers(visit, contest, own);
    let other = all_numbers(visit, contest, &theirs);
    let names: BTreeSet<&String> = mine.keys().chain(other.keys()).collect();
    let out: Vec<_> = names
        .into_iter()
        .filter(|name| mine.get(*name) != other.get(*name))
        .map(|name| (name.clone(), mine.get(name).copied(), other.get(name).copied()))
        .collect();
    (!out.is_empty()).then_some(out)
}

/// Every number of a unit by its name, with the part in front where there are parts.
fn all_numbers(visit: &Visit, contest: &ContestRow, rows: &[PublishedRow]) -> BTreeMap<String, u64> {
    rows.iter()
        .flat_map(|row| {
            let part = row.part.as_ref().map(|part| format!("{part}: ")).unwrap_or_default();
            named(visit, contest, row).into_iter().map(move |(name, value)| (format!("{part}{name}"), value))
        })
        .collect()
}

/// The receipt of one row: the row, its path to the root that the entry states, and the entry's proof.
pub(crate) async fn receipt(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let (_, _, shown) = match find(&app, &visit, &election, &contest) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let code = visit.query.get("unit").unwrap_or_default();
    let part = visit.query.get("part").unwrap_or_default();
    let found = read(&app, &visit, |views| {
        Ok(rows::unit(views, shown.table.index, code)?.into_iter().find(|row| row.part == part))
    });
    let row = match found {
        Ok(row) => row,
        Err(reply) => return *reply,
    };
    match receipt_of(&app, &shown, &row) {
        Ok(Some(body)) => {
            let name = format!("attachment; filename=\"receipt-{}.json\"", row.position);
            Reply::from(
                (
                    [
                        (header::CONTENT_TYPE, "application/json".to_owned()),
                        (header::CONTENT_DISPOSITION, name),
                    ],
                    body,
                )
                    .into_response(),
            )
        }
        Ok(None) => not_published(&visit),
        Err(fault) => Reply::fault(&visit, &fault),
    }
}

fn receipt_of(app: &App, shown: &Shown, row: &UnitRow) -> Result<Option<String>, Fault> {
    let bytes = table_object(app, &shown.table.object)?;
    let receipt = receipt_json(app, &bytes, shown.table.index, row.position, &row.line);
    let receipt = receipt.map_err(|what| Fault::log(&what))?;
    Ok(receipt.map(|receipt| receipt.to_string()))
}

/// The bytes of a recorded table.
pub(crate) fn table_object(app: &App, object: &str) -> Result<Vec<u8>, Fault> {
    let hash: Hash32 = object.parse().map_err(|e| Fault::log(&e))?;
    let bytes = app.engine.objects().get(&hash, MAX_TABLE_BYTES)?;
    bytes.ok_or_else(|| Fault::log(&"the object is not here"))
}

/// The receipt of a row; nothing while the entry waits for its checkpoint.
pub(crate) fn receipt_json(
    app: &App,
    table: &[u8],
    entry: u64,
    position: u64,
    line: &str,
) -> Result<Option<Value>, String> {
    let path = published::row_path(table, position).map_err(|e| e.to_string())?;
    let Ok(proof) = app.proof(entry) else { return Ok(None) };
    Ok(Some(json!({"type": "scrutineer/number-receipt/1", "row": line, "row_index": position,
        "path": path, "proof": proof.to_string()})))
}

/// The address of the published object, for the pages.
pub(crate) fn object_of(shown: &Shown) -> String {
    object_href(&shown.table.object)
}

impl UnitPage<'_> {
    fn object(&self) -> String {
        object_of(&self.shown)
    }
}
