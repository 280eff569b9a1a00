//! What others have said to what the reader's organisation shares: seen elsewhere too, or a false alarm.

use super::place::Place;
use crate::select::{self, Entry, Filter, latest, newest};
use rusqlite::Connection;
use scr_engine::{Fault, rusqlite};
use scr_web::components::{Tag, Task, Tone};
use scr_web::{App, Visit, in_address};
use serde_json::Value;
use std::collections::BTreeMap;

/// Answers that are looked at.
const LOOKED: usize = 200;
/// Objects that are named.
const NAMED: usize = 5;

/// Answers to one object.
struct Answered {
    object: Entry,
    seen: u64,
    doubted: u64,
}

/// The object of the reader's own that an answer is about, and whether it says that the object is a false alarm.
fn own(
    views: &Connection,
    (numbers, place): (&[i64], &Place),
    answer: &Entry,
) -> rusqlite::Result<Option<(Entry, bool)>> {
    let value: Value = serde_json::from_str(&select::content(views, answer.seq)?).unwrap_or_default();
    let about = value["sighting_of_ref"].as_str().or_else(|| value["object_refs"][0].as_str());
    let Some(id) = about else { return Ok(None) };
    let object = latest(views, numbers, &place.seen.standing, id)?;
    let is_doubt = matches!(value["opinion"].as_str(), Some("strongly-disagree" | "disagree"));
    let counts = answer.kind == "sighting" || is_doubt;
    Ok(object.filter(|one| counts && one.owner == place.org.as_str()).map(|one| (one, is_doubt)))
}

/// What was answered since a moment, in seconds, the newest first.
pub(super) fn tasks(app: &App, visit: &Visit, place: &Place, since: i64) -> Result<Vec<Task>, Fault> {
    let filter = Filter {
        kinds: vec!["sighting", "opinion"],
        after: Some(since.saturating_mul(1_000_000)),
        not_owner: Some(place.org.to_string()),
        ..Filter::default()
    };
    let all = app.engine.read(|views| {
        let numbers: Vec<i64> = place.readable(views)?.into_iter().map(|(_, number)| number).collect();
        let mut all: BTreeMap<String, Answered> = BTreeMap::new();
        for answer in newest(views, &numbers, &place.seen.standing, &filter, LOOKED)? {
            let Some((object, is_doubt)) =
                own(views, (&numbers, place), &answer)?.filter(|_| !answer.revoked)
            else {
                continue;
            };
            let one = all.entry(object.id.clone()).or_insert(Answered { object, seen: 0, doubted: 0 });
            if is_doubt {
                one.doubted += 1;
            } else {
                one.seen += 1;
            }
        }
        Ok(all)
    })?;
    let task = |one: Answered| {
        let title = one.object.title.clone().unwrap_or_else(|| one.object.id.clone());
        let (tone, key) = if one.doubted > 0 {
            (Tone::Warn, "threats-task-doubted")
        } else {
            (Tone::Note, "threats-task-seen")
        };
        let args = [("seen", one.seen.into()), ("doubted", one.doubted.into())];
        Task {
            href: format!("{}/objects/{}", place.href(), in_address(&one.object.id)),
            text: visit.ta("threats-task-answered", &[("title", title.into())]),
            hint: Some(visit.ta("threats-task-answered-hint", &args)),
            tag: Some(Tag::new(tone, visit.t(key))),
        }
    };
    Ok(all.into_values().take(NAMED).map(task).collect())
}
