//! What waits for its batch, and the batch.

use super::{seed, text};
use crate::exchange::Exchange;
use crate::kinds::BATCH_CLOSED;
use scr_core::{Actor, OrgId};
use scr_engine::{ActError, Fault, NewEvent};
use scr_store::{Row, Statement, Store, sql};
use scr_threats::{Batch, MAX_OBJECTS, Scheduled};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The subject of every batch.
const SUBJECT: &str = "threats:batch";
/// Largest content of one batch, in bytes; what is beyond waits for the next.
const MAX_BYTES: i64 = 24 << 20;
/// Rows that are looked at.
const MAX_ROWS: i64 = 10_000;
/// Largest share of one batch that waits as one row, in bytes.
const MAX_PART: usize = 4 << 20;

fn fault(error: &dyn std::fmt::Display) -> Fault {
    Fault::log(error)
}

/// The tables; a server without them takes nothing.
pub(crate) fn store<'a>(exchange: &Exchange<'a>) -> Result<&'a Store, Fault> {
    exchange.store.ok_or_else(|| Fault::log(&"the desk has no operational tables"))
}

/// Lets something wait that nobody asks a status of.
pub(crate) fn hide(exchange: &Exchange<'_>, actor: &Actor, batch: &Batch) -> Result<(), ActError> {
    put(exchange, actor, "", batch)
}

/// Lets something wait, durably.
pub(super) fn put(
    exchange: &Exchange<'_>,
    actor: &Actor,
    status: &str,
    batch: &Batch,
) -> Result<(), ActError> {
    store(exchange)?.execute_all(&rows(exchange, actor, status, batch)?).map_err(|error| fault(&error).into())
}

/// The rows of something that waits and that nobody asks a status of, for a transaction with others.
pub(crate) fn hidden(
    exchange: &Exchange<'_>,
    actor: &Actor,
    batch: &Batch,
) -> Result<Vec<Statement>, ActError> {
    rows(exchange, actor, "", batch)
}

fn rows(
    exchange: &Exchange<'_>,
    actor: &Actor,
    status: &str,
    batch: &Batch,
) -> Result<Vec<Statement>, ActError> {
    let now = exchange.engine.clock().now();
    parts(batch)
        .iter()
        .map(|part| {
            Ok(sql!(
                "INSERT INTO threats_waiting (status, org, at, content) VALUES ($1, $2, $3, $4)",
                status,
                actor.org.as_str(),
                now,
                text(part)?,
            ))
        })
        .collect::<Result<_, ActError>>()
}

/// Cuts what is shared into pieces of a size that fits into a batch.
fn parts(batch: &Batch) -> Vec<Batch> {
    let mut parts = Vec::new();
    for shared in &batch.shared {
        let mut left: VecDeque<_> = shared.objects.iter().cloned().collect();
        while !left.is_empty() {
            let (mut objects, mut bytes) = (Vec::new(), 0);
            while let Some(object) = left.pop_front() {
                bytes += object.get().len();
                if !objects.is_empty() && (bytes > MAX_PART || objects.len() >= MAX_OBJECTS) {
                    left.push_front(object);
                    break;
                }
                objects.push(object);
            }
            let part = scr_threats::Shared { objects, ..shared.clone() };
            parts.push(Batch { shared: vec![part], ..Batch::new(0) });
        }
    }
    let rest = Batch {
        seed: 0,
        shared: Vec::new(),
        withdrawn: batch.withdrawn.clone(),
        assets: batch.assets.clone(),
        scheduled: batch.scheduled.clone(),
        sources: batch.sources.clone(),
    };
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Whether anything waits for its batch.
pub(crate) fn something_waits(exchange: &Exchange<'_>) -> Result<bool, Fault> {
    let row = store(exchange)?.query_opt(&sql!("SELECT 1 AS one FROM threats_waiting LIMIT 1"));
    row.map(|row| row.is_some()).map_err(|error| fault(&error))
}

/// Closes a batch: records what waits. It is recorded when nothing waits, too.
pub(crate) fn close_batch(exchange: &Exchange<'_>) -> Result<u64, ActError> {
    let store = store(exchange)?;
    let chosen = choose(store)?;
    let mut batch = Batch::new(seed(exchange));
    let mut statements = Vec::new();
    for number in &chosen {
        let row = store.query_opt(&sql!("SELECT content FROM threats_waiting WHERE number = $1", *number));
        let Some(row) = row.map_err(|error| fault(&error))? else { continue };
        batch.take(part_in(&row)?);
        statements.push(sql!("DELETE FROM threats_waiting WHERE number = $1", *number));
    }
    let event = NewEvent::about(&BATCH_CLOSED, SUBJECT, json!({})).private("batch", SUBJECT, text(&batch)?);
    exchange.engine.record_by_itself(&event, &statements)?;
    Ok(chosen.len() as u64)
}

fn part_in(row: &Row) -> Result<Batch, Fault> {
    let content = row.text("content").map_err(|error| fault(&error))?;
    serde_json::from_str(content).map_err(|error| fault(&error))
}

/// Days of publication that an organisation has set or taken back since the last batch, in their order.
pub(crate) fn days_waiting(store: &Store, org: &OrgId) -> Result<Vec<Scheduled>, Fault> {
    let rows = store.query(&sql!(
        "SELECT content FROM threats_waiting WHERE org = $1 AND status = '' ORDER BY number",
        org.as_str()
    ));
    let mut all = Vec::new();
    for row in rows.map_err(|error| fault(&error))? {
        all.extend(part_in(&row)?.scheduled);
    }
    Ok(all)
}

/// Id and version of each object of a request that waits for its batch.
pub(crate) fn waiting_for(store: &Store, status: &str) -> Result<BTreeSet<(String, String)>, Fault> {
    let rows = store.query(&sql!("SELECT content FROM threats_waiting WHERE status = $1", status));
    let mut all = BTreeSet::new();
    for row in rows.map_err(|error| fault(&error))? {
        all.extend(names(&part_in(&row)?));
    }
    Ok(all)
}

/// Id and version of what is shared, as its status has them.
fn names(part: &Batch) -> Vec<(String, String)> {
    let objects = part.shared.iter().flat_map(|shared| &shared.objects);
    let read = objects
        .filter_map(|raw| scr_stix::Object::read(raw.get().as_bytes(), &scr_stix::Limits::default()).ok());
    read.map(|object| super::Line::of(&object)).map(|line| (line.id, line.version)).collect()
}

/// Rows for one batch: members take turns, so that whoever sends much keeps nobody else waiting.
fn choose(store: &Store) -> Result<Vec<i64>, Fault> {
    let rows = store.query(&sql!(
        "SELECT number, org, length(content) AS bytes FROM threats_waiting ORDER BY number LIMIT $1",
        MAX_ROWS
    ));
    let mut by_org: BTreeMap<String, VecDeque<(i64, i64)>> = BTreeMap::new();
    for row in rows.map_err(|error| fault(&error))? {
        let read = || {
            Ok::<_, scr_store::StoreError>((
                row.int("number")?,
                row.int("bytes")?,
                row.text("org")?.to_owned(),
            ))
        };
        let (number, bytes, org) = read().map_err(|error| fault(&error))?;
        by_org.entry(org).or_default().push_back((number, bytes));
    }
    let (mut chosen, mut total) = (Vec::new(), 0);
    while !by_org.is_empty() {
        for rows in by_org.values_mut() {
            let Some((number, bytes)) = rows.pop_front() else { continue };
            if !chosen.is_empty() && total + bytes > MAX_BYTES {
                chosen.sort_unstable();
                return Ok(chosen);
            }
            total += bytes;
            chosen.push(number);
        }
        by_org.retain(|_, rows| !rows.is_empty());
    }
    chosen.sort_unstable();
    Ok(chosen)
}
