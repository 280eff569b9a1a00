//! What anybody may read. All of it stands in the public record: its marking is TLP:CLEAR.

use crate::desk::data;
use crate::public::{receipt_json, table_object};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use rusqlite::{OptionalExtension, Row, params};
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, utc_text};
use scr_web::api::read;
use scr_web::{App, Reply, Visit};
use serde_json::{Value, json};
use std::sync::Arc;

/// Rows of one answer.
const MOST_ROWS: u64 = 1_000;
const USUAL_ROWS: u64 = 100;
/// Largest list of findings.
const MAX_FINDINGS_BYTES: u64 = 64 << 20;

fn election_json(row: &data::ElectionRow) -> Value {
    json!({"election": row.id, "title": row.title, "day": row.day, "zone": row.zone, "entry": row.index,
        "recorded_at": utc_text(row.at)})
}

pub(super) async fn elections(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    read(visit, headers, move |_| {
        let rows = app.engine.read(data::elections)?;
        Ok(Some(json!({"elections": rows.iter().map(election_json).collect::<Vec<_>>()})))
    })
    .await
}

/// The election, or nothing; a fault stays a fault.
fn election_row(app: &App, id: &str) -> Result<Option<data::ElectionRow>, ActError> {
    match data::election(app, id) {
        Ok(row) => Ok(Some(row)),
        Err(ActError::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

pub(super) async fn election(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |_| Ok(election_row(&app, &id)?.as_ref().map(election_json))).await
}

fn contest_json(row: &data::ContestRow) -> Value {
    json!({"contest": row.id, "title": row.title, "votes_per_ballot": row.votes_per_ballot,
        "contestants": row.contestants})
}

pub(super) async fn contests(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let Some(election) = election_row(&app, &id)? else { return Ok(None) };
        let rows = app.engine.read(|views| data::contests(views, &election.id))?;
        Ok(Some(json!({"contests": rows.iter().map(contest_json).collect::<Vec<_>>()})))
    })
    .await
}

pub(super) async fn contest(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    read(visit, headers, move |_| Ok(data::contest(&app, &election, &contest)?.as_ref().map(contest_json)))
        .await
}

const TABLE: &str =
    "idx, election, contest, source, source_name, version, at, issuer, object, rows, rows_root,
    findings, findings_object, totals, reason";

fn table_json(row: &Row<'_>) -> rusqlite::Result<Value> {
    let object = |hash: String| {
        hash.parse::<Hash32>().map_or(Value::Null, |hash| json!(format!("/objects/{}", hash.to_hex())))
    };
    let totals: String = row.get(13)?;
    let totals: Value = serde_json::from_str(&totals).unwrap_or_default();
    let reason: String = row.get(14)?;
    Ok(json!({
        "entry": row.get::<_, i64>(0)?, "election": row.get::<_, String>(1)?,
        "contest": row.get::<_, String>(2)?, "source": row.get::<_, String>(3)?,
        "source_name": row.get::<_, String>(4)?, "version": row.get::<_, i64>(5)?,
        "recorded_at": utc_text(row.get(6)?), "issuer": row.get::<_, String>(7)?,
        "object": object(row.get(8)?), "rows": row.get::<_, i64>(9)?,
        "rows_root": row.get::<_, String>(10)?, "findings": row.get::<_, i64>(11)?,
        "findings_object": object(row.get(12)?), "totals": totals,
        "reason": if reason.is_empty() { Value::Null } else { json!(reason) },
    }))
}

pub(super) async fn tables(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    read(visit, headers, move |_| {
        if data::contest(&app, &election, &contest)?.is_none() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT {TABLE} FROM results_table WHERE election = ?1 AND contest = ?2 ORDER BY idx DESC LIMIT 1000"
        );
        let rows: Vec<Value> = app
            .engine
            .read(|views| views.prepare_cached(&sql)?.query_map([&election, &contest], table_json)?.collect())?;
        Ok(Some(json!({"tables": rows})))
    })
    .await
}

pub(super) async fn publications(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    read(visit, headers, move |_| {
        if data::contest(&app, &election, &contest)?.is_none() {
            return Ok(None);
        }
        let rows: Vec<Value> = app.engine.read(|views| {
            let mut query = views.prepare_cached(
                "SELECT idx, source, version, status, at, tbl, reason FROM results_publication
                 WHERE election = ?1 AND contest = ?2 ORDER BY idx DESC LIMIT 1000",
            )?;
            let one = |row: &Row<'_>| {
                let reason: String = row.get(6)?;
                Ok(json!({"entry": row.get::<_, i64>(0)?, "source": row.get::<_, String>(1)?,
                    "version": row.get::<_, i64>(2)?, "status": row.get::<_, String>(3)?,
                    "recorded_at": utc_text(row.get(4)?), "table_entry": row.get::<_, i64>(5)?,
                    "reason": if reason.is_empty() { Value::Null } else { json!(reason) }}))
            };
            query.query_map([&election, &contest], one)?.collect()
        })?;
        Ok(Some(json!({"publications": rows})))
    })
    .await
}

/// The table that an entry recorded.
fn table_at(app: &App, entry: &str) -> Result<Option<Value>, Fault> {
    let Some(entry) = number(entry) else { return Ok(None) };
    let sql = format!("SELECT {TABLE} FROM results_table WHERE idx = ?1");
    app.engine.read(|views| views.prepare_cached(&sql)?.query_row([entry], table_json).optional())
}

/// A whole number of an address, as the views hold them.
fn number(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

pub(super) async fn table(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(entry): Path<String>,
) -> Reply {
    read(visit, headers, move |_| Ok(table_at(&app, &entry)?)).await
}

/// A parameter that is a whole number within limits.
fn parameter(visit: &Visit, name: &str, most: u64) -> Result<Option<u64>, Refusal> {
    let Some(text) = visit.query.get(name) else { return Ok(None) };
    let value = number(text).and_then(|value| u64::try_from(value).ok()).filter(|value| *value <= most);
    let wrong =
        || Refusal::new(RefusalKind::Invalid, "SCR-API-006").on(name).with("name", name).with("max", most);
    value.map(Some).ok_or_else(wrong)
}

pub(super) async fn rows(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(entry): Path<String>,
) -> Reply {
    read(visit, headers, move |visit| {
        let after = parameter(visit, "after", u64::from(u32::MAX))?;
        let limit = parameter(visit, "limit", MOST_ROWS)?.unwrap_or(USUAL_ROWS).max(1);
        if table_at(&app, &entry)?.is_none() {
            return Ok(None);
        }
        let unit = visit.query.get("unit").unwrap_or_default().to_lowercase();
        let from = after.map_or(0, |after| after + 1).cast_signed();
        let mut found: Vec<(i64, String)> = app.engine.read(|views| {
            let mut query = views.prepare_cached(
                "SELECT pos, line FROM results_row
                 WHERE tbl = ?1 AND pos >= ?2 AND (?3 = '' OR instr(lower(unit), ?3) > 0) ORDER BY pos LIMIT ?4",
            )?;
            let params = params![number(&entry), from, unit, (limit + 1).cast_signed()];
            query.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let more = found.len() as u64 > limit;
        if more {
            found.pop();
        }
        let next = found.last().filter(|_| more).map(|(position, _)| *position);
        let rows: Vec<Value> = found
            .iter()
            .map(|(position, line)| {
                let mut row: Value = serde_json::from_str(line).unwrap_or_default();
                row["position"] = json!(position);
                row
            })
            .collect();
        Ok(Some(json!({"rows": rows, "next": next})))
    })
    .await
}

pub(super) async fn checks(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(entry): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let Some(table) = table_at(&app, &entry)? else { return Ok(None) };
        let path = table["findings_object"].as_str().unwrap_or_default();
        let Some(hash) = path.strip_prefix("/objects/").and_then(Hash32::from_hex) else { return Ok(None) };
        let Some(bytes) = app.engine.objects().get(&hash, MAX_FINDINGS_BYTES)? else { return Ok(None) };
        let report: Value = serde_json::from_slice(&bytes).map_err(|error| Fault::log(&error))?;
        Ok(Some(json!({"table": table["entry"], "count": table["findings"], "report": report})))
    })
    .await
}

pub(super) async fn receipt(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path((entry, position)): Path<(String, String)>,
) -> Reply {
    read(visit, headers, move |_| {
        let Some((entry, position)) = number(&entry).zip(number(&position)) else { return Ok(None) };
        let found: Option<(String, String)> = app.engine.read(|views| {
            views
                .prepare_cached(
                    "SELECT t.object, r.line FROM results_table t JOIN results_row r ON r.tbl = t.idx
                     WHERE t.idx = ?1 AND r.pos = ?2",
                )?
                .query_row([entry, position], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })?;
        let Some((object, line)) = found else { return Ok(None) };
        let bytes = table_object(&app, &object)?;
        let (entry, position) = (entry.cast_unsigned(), position.cast_unsigned());
        receipt_json(&app, &bytes, entry, position, &line).map_err(|what| Fault::log(&what).into())
    })
    .await
}

pub(super) async fn entry(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(index): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let Some(index) = number(&index).map(i64::cast_unsigned) else { return Ok(None) };
        let log = app.engine.log();
        let Ok(bytes) = log.entry(index) else { return Ok(None) };
        let entry: Value = serde_json::from_slice(&bytes).map_err(|error| Fault::log(&error))?;
        let leaf = log.leaf(index).ok();
        // Until the next checkpoint there is a promise and no proof.
        let proof = app.proof(index).ok().map(|proof| proof.to_string());
        Ok(Some(json!({"index": index, "leaf": leaf, "entry": entry, "proof": proof})))
    })
    .await
}
