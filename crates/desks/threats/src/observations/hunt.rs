//! The search: what was seen against patterns, page by page through each collection, as far as the organisation reads it.

use super::read::words;
use super::store::{self, Met};
use crate::read::all_seen;
use crate::select::{self, Versions, Wanted};
use scr_core::OrgId;
use scr_engine::{Engine, Fault, rusqlite};
use scr_jobs::{Task, Work, WorkError};
use scr_patterns::{EvalLimits, Index, Observations, Pattern, Reading};
use scr_stix::{Limits, Object};
use scr_store::Store;
use scr_threats::Standing;
use scr_web::App;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Weak;

/// Indicators that are looked at in one go.
const PAGE: usize = 5_000;
/// Work for one pattern: one that needs more is left undecided, so that no pattern holds up the others.
const STEPS: u64 = 2_000_000;
/// Words that are kept of what matched a pattern.
const NAMED: usize = 5;

/// A collection that an organisation reads.
struct Place {
    community: String,
    collection: String,
    number: i64,
    standing: Standing,
}

fn places(engine: &Engine, org: &OrgId) -> Result<Vec<Place>, Fault> {
    engine.read(|views| {
        let mut places = Vec::new();
        for seen in all_seen(views, Some(org))? {
            for collection in seen.collections().into_iter().filter(|one| seen.may_read(one)) {
                let Some(number) = crate::read::number(views, &collection.id)? else { continue };
                places.push(Place {
                    community: seen.code.clone(),
                    collection: collection.id.clone(),
                    number,
                    standing: seen.standing.clone(),
                });
            }
        }
        Ok(places)
    })
}

/// A pattern that can be run, by its indicator.
fn pattern(views: &rusqlite::Connection, seq: i64) -> rusqlite::Result<Option<Pattern>> {
    let content = select::content(views, seq)?;
    let Ok(object) = Object::read(content.as_bytes(), &Limits::default()) else { return Ok(None) };
    let value = object.value();
    if object.head().revoked || value["pattern_type"].as_str() != Some("stix") {
        return Ok(None);
    }
    let text = value["pattern"].as_str().unwrap_or_default();
    Ok(Pattern::parse_as(text, Reading::Tools, &scr_patterns::Limits::default()).ok())
}

/// Indicators of a collection after a moment, by their ids, and the moment of the last of them; `None` where there is none.
fn page(engine: &Engine, place: &Place, after: i64) -> Result<Option<(Index<String>, i64)>, Fault> {
    engine.read(|views| {
        let wanted = Wanted {
            after: Some(after),
            kinds: Some(vec!["indicator".to_owned()]),
            versions: Some(vec![Versions::Last]),
            ..Wanted::default()
        };
        let rows = select::select(views, place.number, &place.standing, &wanted, PAGE)?;
        let Some(last) = rows.last().map(|row| row.added) else { return Ok(None) };
        let mut index = Index::new();
        for row in rows {
            if let Some(pattern) = pattern(views, row.seq)? {
                index.insert(row.id, pattern);
            }
        }
        Ok(Some((index, last)))
    })
}

/// Goes on with the search for one organisation until nothing is left, or `go_on` says no after so many pages.
pub(super) fn hunt(
    engine: &Engine,
    store: &Store,
    org: &OrgId,
    go_on: &mut dyn FnMut(u64) -> Result<bool, WorkError>,
) -> Result<u64, WorkError> {
    let again = |fault: Fault| WorkError::again(&fault);
    let objects = store::objects(store, org.as_str()).map_err(again)?;
    let seen = Observations::from_objects(&objects).map_err(|error| WorkError::again(&error))?;
    let by_id: BTreeMap<&str, &Value> =
        objects.iter().filter_map(|one| Some((one.get("id")?.as_str()?, one))).collect();
    let hunted = store::hunted(store, org.as_str()).map_err(again)?;
    let (mut pages, mut count) = (0, 0);
    for place in places(engine, org).map_err(again)? {
        let mut after = hunted.get(&place.collection).copied().unwrap_or(i64::MIN);
        while let Some((index, last)) = page(engine, &place, after).map_err(again)? {
            let met = matching(&index, &seen, &by_id, &place.community, engine.clock().now());
            store::found(store, org.as_str(), (&place.collection, last), &met).map_err(again)?;
            (after, pages, count) = (last, pages + 1, count + met.len() as u64);
            if !go_on(pages)? {
                return Ok(count);
            }
        }
    }
    Ok(count)
}

fn matching(
    index: &Index<String>,
    seen: &Observations<'_>,
    by_id: &BTreeMap<&str, &Value>,
    community: &str,
    at: i64,
) -> Vec<Met> {
    let limits = EvalLimits { steps: STEPS, ..EvalLimits::default() };
    let hits = index.matching(seen, &limits).matching;
    let one = |hit: scr_patterns::Hit<String>| {
        let ids = hit.observations.iter().filter_map(|at| seen.as_slice().get(*at)?.id());
        let named = ids.filter_map(|id| by_id.get(id).copied()).flat_map(|object| in_words(object, by_id));
        Met { community: community.to_owned(), id: hit.key, seen: named.take(NAMED).collect(), at }
    };
    hits.into_iter().map(one).collect()
}

/// What was seen, in words: of observed-data, the objects that it lists or holds.
fn in_words(object: &Value, by_id: &BTreeMap<&str, &Value>) -> Vec<String> {
    let listed = object.get("object_refs").and_then(Value::as_array);
    let held = object.get("objects").and_then(Value::as_object);
    let listed = listed.into_iter().flatten().filter_map(|id| by_id.get(id.as_str()?).copied());
    let all: Vec<String> =
        listed.chain(held.into_iter().flat_map(|held| held.values())).filter_map(words).collect();
    if all.is_empty() { words(object).into_iter().collect() } else { all }
}

/// Holds what came since against what organisations have seen.
pub(crate) struct Hunt(pub(crate) Weak<App>);

impl Work for Hunt {
    fn kind(&self) -> &'static str {
        "threats.hunt"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(60)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let Some(store) = app.store() else { return Ok(String::new()) };
        let again = |fault: Fault| WorkError::again(&fault);
        store::sweep(store, app.clock.now()).map_err(again)?;
        let orgs = store::all(store).map_err(again)?;
        let (total, mut count) = (orgs.len() as u64, 0);
        for (done, org) in (0..).zip(orgs) {
            let Ok(org) = OrgId::new(&org) else { continue };
            count += hunt(&app.engine, store, &org, &mut |_| task.step(done, total).map(|()| true))?;
        }
        Ok(count.to_string())
    }
}
