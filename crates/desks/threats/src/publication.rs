//! What becomes public on a day that its owner has set: a further version of the object, marked CLEAR.

use crate::exchange::Exchange;
use crate::kinds::PUBLISHED;
use crate::share::{hide, seed, text};
use rusqlite::{Connection, params};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::{ActError, Fault, NewEvent, rusqlite};
use scr_stix::{Timestamp, tlp};
use scr_threats::{Batch, Despite, ObjectKey, Scheduled, Shared, codes};
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// Furthest day, in seconds.
const FURTHEST: i64 = 10 * 366 * 24 * 3600;
/// Objects that become public in one run.
const AT_ONCE: i64 = 200;

/// Sets the day on which an object of one's own becomes public, or takes it back.
///
/// # Errors
/// `SCR-THR-024`; faults.
pub(crate) fn schedule(
    exchange: &Exchange<'_>,
    actor: &Actor,
    collection: &str,
    object: ObjectKey,
    at: Option<i64>,
) -> Result<(), ActError> {
    let now = exchange.engine.clock().now();
    if at.is_some_and(|at| at <= now || at > now + FURTHEST) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_DAY).on("day").into());
    }
    let scheduled = Scheduled { collection: collection.to_owned(), owner: actor.org.clone(), object, at };
    hide(exchange, actor, &Batch { scheduled: vec![scheduled], ..Batch::new(0) })
}

/// An object that is due.
struct Due {
    community: String,
    collection: String,
    owner: OrgId,
    content: String,
}

fn due(views: &Connection, now: i64) -> rusqlite::Result<Vec<Due>> {
    let mut query = views.prepare_cached(
        "SELECT c.community, s.collection, s.owner, o.content FROM threats_schedule s
         JOIN threats_collection c ON c.collection = s.collection
         JOIN threats_object o ON o.id = s.id AND o.collection = c.number AND o.owner = s.owner
         WHERE s.due <= ?1 AND o.pseudonym IS NULL AND NOT EXISTS (SELECT 1 FROM threats_object n
            WHERE n.id = o.id AND n.collection = o.collection AND n.owner = o.owner AND n.version > o.version)
         ORDER BY s.due, s.id LIMIT ?2",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        let owner: String = row.get(2)?;
        Ok((row.get(0)?, row.get(1)?, owner, row.get(3)?))
    };
    let rows = query.query_map(params![now, AT_ONCE], row)?.collect::<Result<Vec<_>, _>>()?;
    let named = rows.into_iter().filter_map(|(community, collection, owner, content)| {
        Some(Due { community, collection, owner: OrgId::new(owner).ok()?, content })
    });
    Ok(named.collect())
}

/// The object as everybody may have it: a further version of it, marked CLEAR.
fn cleared(content: &str, now: i64) -> Option<String> {
    let mut object: Value = serde_json::from_str(content).ok()?;
    let fields = object.as_object_mut()?;
    let marked: Vec<Value> =
        fields.get("object_marking_refs").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_label = |value: &Value| {
        value
            .as_str()
            .and_then(|text| scr_stix::Id::parse(text).ok())
            .is_some_and(|id| tlp::of_marking(&id).is_some())
    };
    let mut marked: Vec<Value> = marked.into_iter().filter(|one| !is_label(one)).collect();
    marked.push(json!(tlp::marking_id(Tlp::Clear)));
    fields.insert("object_marking_refs".to_owned(), Value::Array(marked));
    fields.remove("granular_markings");
    if fields.contains_key("modified") {
        let modified = Timestamp::from_micros(now.checked_mul(1_000_000)?)?;
        fields.insert("modified".to_owned(), json!(modified.to_millis().as_str()));
    }
    Some(object.to_string())
}

/// What was noted when it was shared stays noted.
fn despite(views: &Connection, one: &Due) -> rusqlite::Result<Vec<Despite>> {
    let object: Value = serde_json::from_str(&one.content).unwrap_or_default();
    let id = object["id"].as_str().unwrap_or_default();
    views
        .prepare_cached(
            "SELECT DISTINCT d.value, d.list FROM threats_despite d JOIN threats_object o ON o.seq = d.seq
             JOIN threats_collection c ON c.number = o.collection
             WHERE o.id = ?1 AND c.collection = ?2 AND o.owner = ?3",
        )?
        .query_map([id, &one.collection, one.owner.as_str()], |row| {
            Ok(Despite { id: id.to_owned(), value: row.get(0)?, list: row.get(1)? })
        })?
        .collect()
}

/// Publishes what is due; gives how many objects.
pub(crate) fn publish_due(exchange: &Exchange<'_>) -> Result<u64, ActError> {
    let now = exchange.engine.clock().now();
    let mut published = 0;
    for one in exchange.engine.read(|views| due(views, now))? {
        let Some(content) = cleared(&one.content, now) else { continue };
        let object = RawValue::from_string(content).map_err(|error| Fault::log(&error))?;
        let shared = Shared {
            collection: one.collection.clone(),
            owner: one.owner.clone(),
            pseudonym: None,
            tlp: Tlp::Clear,
            audience: Vec::new(),
            source: Some("declassified".to_owned()),
            despite: exchange.engine.read(|views| despite(views, &one))?,
            objects: vec![object],
        };
        let batch = Batch { shared: vec![shared], ..Batch::new(0) };
        let named = exchange.engine.objects().put(text(&batch)?.as_bytes())?;
        let public = json!({"community": one.community, "object": named});
        let subject = format!("threats:community:{}", one.community);
        let owner = format!("threats:{}", one.owner);
        let event =
            NewEvent::about(&PUBLISHED, subject, public).private("seed", owner, seed(exchange).to_string());
        exchange.engine.record_by_itself(&event, &[])?;
        published += 1;
    }
    Ok(published)
}
