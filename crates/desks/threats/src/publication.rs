//! What becomes public on a day that its owner has set: a further version of the object, marked CLEAR.

use crate::exchange::Exchange;
use crate::kinds::PUBLISHED;
use crate::share::{WRITERS, days_waiting, hide, seed, text};
use rusqlite::{Connection, OptionalExtension};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::{ActError, Fault, NewEvent, rusqlite};
use scr_stix::{Effective, Limits, Object, Timestamp, tlp};
use scr_threats::{Batch, Despite, ObjectKey, Scheduled, Shared, codes};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Furthest day, in seconds.
const FURTHEST: i64 = 10 * 366 * 24 * 3600;
/// Objects that become public in one run.
const AT_ONCE: usize = 200;

/// Sets the day on which an object of one's own becomes public, or takes it back.
///
/// # Errors
/// `SCR-THR-010`, `-024`, `-025`, `-079`, `-080`; faults.
pub(crate) fn schedule(
    exchange: &Exchange<'_>,
    actor: &Actor,
    collection: &str,
    object: ObjectKey,
    at: Option<i64>,
) -> Result<(), ActError> {
    if !WRITERS.contains(&actor.role) || actor.place.is_some() {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    let now = exchange.engine.clock().now();
    if at.is_some_and(|at| at <= now || at > now + FURTHEST) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_DAY).on("day").into());
    }
    let (newest, set) = exchange.engine.read(|views| {
        let newest = newest(views, actor, collection, &object)?;
        Ok((newest, set(views, actor, collection, &object.id)?))
    })?;
    let ObjectKey { id, version } = object;
    let newest = newest.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_OBJECT))?;
    if at.is_some() {
        newest.may_be_public()?;
    }
    let scheduled = |version: i64, at: Option<i64>| Scheduled {
        collection: collection.to_owned(),
        owner: actor.org.clone(),
        object: ObjectKey { id: id.clone(), version },
        at,
    };
    // An object has one day, whichever of its versions it was set for.
    let others = set.into_iter().filter(|other| *other != version);
    let mut all: Vec<Scheduled> = others.map(|other| scheduled(other, None)).collect();
    all.push(scheduled(version, at));
    hide(exchange, actor, &Batch { scheduled: all, ..Batch::new(0) })
}

/// The newest version of an own object.
struct Newest {
    tlp: String,
    is_hidden: bool,
    content: String,
}

impl Newest {
    /// Whether a day makes sense, and does no harm.
    fn may_be_public(&self) -> Result<(), ActError> {
        if self.is_hidden || self.tlp == crate::label::name(Tlp::Clear) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::NO_DAY).into());
        }
        if !narrow_parts(&self.content).is_empty() {
            return Err(Refusal::new(RefusalKind::Conflict, codes::NARROW_PARTS).into());
        }
        Ok(())
    }
}

/// Properties whose label is narrower than the object's: they do not become public with it.
pub(crate) fn narrow_parts(content: &str) -> Vec<String> {
    let Ok(object) = Object::read(content.as_bytes(), &Limits::default()) else { return Vec::new() };
    let effective = Effective::of(object.head(), &|_| None, Some(Tlp::Clear));
    effective.above(effective.label).into_iter().map(|one| one.text.to_string()).collect()
}

fn newest(
    views: &Connection,
    actor: &Actor,
    collection: &str,
    object: &ObjectKey,
) -> rusqlite::Result<Option<Newest>> {
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Newest { tlp: row.get(0)?, is_hidden: row.get(1)?, content: row.get(2)? })
    };
    views
        .prepare_cached(
            "SELECT o.tlp, o.pseudonym IS NOT NULL, o.content FROM threats_object o
             JOIN threats_collection c ON c.number = o.collection
             WHERE o.id = ?1 AND c.collection = ?2 AND o.owner = ?3 ORDER BY o.version DESC LIMIT 1",
        )?
        .query_row([object.id.as_str(), collection, actor.org.as_str()], row)
        .optional()
}

/// The versions of an own object for which a day is set.
fn set(views: &Connection, actor: &Actor, collection: &str, id: &str) -> rusqlite::Result<Vec<i64>> {
    views
        .prepare_cached(
            "SELECT version FROM threats_schedule WHERE collection = ?1 AND id = ?2 AND owner = ?3",
        )?
        .query_map([collection, id, actor.org.as_str()], |row| row.get(0))?
        .collect()
}

/// A day that an organisation has set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    /// In seconds since 1970, UTC.
    pub(crate) due: i64,
    /// The collection's id.
    pub(crate) collection: String,
    /// The object's id.
    pub(crate) id: String,
    /// Whether it is recorded with the next batch only.
    pub(crate) waits: bool,
}

/// The days that an organisation has set in a community, the next one first; what waits for its batch counts.
pub(crate) fn days(exchange: &Exchange<'_>, community: &str, org: &OrgId) -> Result<Vec<Day>, Fault> {
    let (recorded, collections) = exchange.engine.read(|views| {
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Day { due: row.get(0)?, collection: row.get(1)?, id: row.get(2)?, waits: false })
        };
        let recorded: Vec<Day> = views
            .prepare_cached(
                "SELECT s.due, s.collection, s.id FROM threats_schedule s JOIN threats_collection c
                 ON c.collection = s.collection WHERE c.community = ?1 AND s.owner = ?2",
            )?
            .query_map([community, org.as_str()], row)?
            .collect::<Result<_, _>>()?;
        let collections: Vec<String> = views
            .prepare_cached("SELECT collection FROM threats_collection WHERE community = ?1")?
            .query_map([community], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok((recorded, collections))
    })?;
    let mut all: BTreeMap<(String, String), Day> =
        recorded.into_iter().map(|day| ((day.collection.clone(), day.id.clone()), day)).collect();
    let waiting = exchange.store.map(|store| days_waiting(store, org)).transpose()?.unwrap_or_default();
    for one in waiting.into_iter().filter(|one| collections.contains(&one.collection)) {
        let key = (one.collection.clone(), one.object.id.clone());
        match one.at {
            Some(due) => {
                let day = Day { due, collection: one.collection, id: one.object.id, waits: true };
                all.insert(key, day);
            }
            None => {
                all.remove(&key);
            }
        }
    }
    let mut all: Vec<Day> = all.into_values().collect();
    all.sort();
    Ok(all)
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
         ORDER BY s.due, s.id",
    )?;
    let mut rows = query.query([now])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| all.len() < AT_ONCE) {
        let (owner, content): (String, String) = (row.get(2)?, row.get(3)?);
        // A version that came after the day was set may have parts that are for fewer.
        if let Some(owner) = OrgId::new(owner).ok().filter(|_| narrow_parts(&content).is_empty()) {
            all.push(Due { community: row.get(0)?, collection: row.get(1)?, owner, content });
        }
    }
    Ok(all)
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
            source: Some(crate::select::RELEASED.to_owned()),
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
