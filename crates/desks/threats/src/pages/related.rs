//! What belongs to an object, in both directions, and what others have answered. What the reader may not see is left out
//! as if it had never been.

use super::community::heading;
use super::words::kind_name;
use crate::select::{self, Entry, latest, referring};
use rusqlite::Connection;
use scr_engine::rusqlite;
use scr_stix::{Limits, Object};
use scr_threats::Standing;
use scr_web::Visit;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// References that are followed, and objects that are named.
const FOLLOWED: usize = 200;
/// Answers that are counted.
const COUNTED: usize = 1_000;

/// Another object, and how it belongs to the one that is looked at.
pub(crate) struct Related {
    pub(crate) how: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    /// Its address below the community.
    pub(crate) tail: String,
}

/// What others have said to an object.
#[derive(Default)]
pub(crate) struct Answers {
    /// How often it was seen, in all.
    pub(crate) seen: u64,
    /// By how many.
    pub(crate) by: usize,
    /// How many say that it is a false alarm.
    pub(crate) doubted: usize,
    /// How many agree.
    pub(crate) agreed: usize,
}

/// References that say nothing to people.
const DULL: [&str; 3] = ["object_marking_refs", "granular_markings", "where_sighted_refs"];

fn is_dull(path: &str) -> bool {
    DULL.iter().any(|one| path.starts_with(one))
}

/// The words of a relationship from here to there (`is_out`), or back.
fn verb(visit: &Visit, verb: &str, is_out: bool) -> String {
    const KNOWN: [&str; 8] = [
        "uses",
        "indicates",
        "attributed-to",
        "targets",
        "mitigates",
        "derived-from",
        "duplicate-of",
        "related-to",
    ];
    let way = if is_out { "out" } else { "in" };
    // i18n: threats-verb-*
    if KNOWN.contains(&verb) {
        return visit.t(&format!("threats-verb-{verb}-{way}"));
    }
    visit.ta(&format!("threats-verb-other-{way}"), &[("verb", verb.into())])
}

/// What a reference to this object, or from it, says.
fn how(visit: &Visit, path: &str, is_out: bool) -> String {
    let base = path.split('.').next().unwrap_or_default();
    visit.t(match (base, is_out) {
        ("created_by_ref", true) => "threats-how-made-by",
        ("created_by_ref", false) => "threats-how-made",
        ("sighting_of_ref", true) => "threats-how-sighting-of",
        ("sighting_of_ref", false) => "threats-how-sighted",
        ("object_refs", true) => "threats-how-about",
        ("object_refs", false) => "threats-how-mentioned",
        (_, true) => "threats-how-refers",
        (_, false) => "threats-how-referred",
    })
}

/// Objects that belong to this one.
pub(crate) fn related(
    views: &Connection,
    visit: &Visit,
    reader: (&[i64], &Standing),
    (entry, content): (&Entry, &str),
) -> rusqlite::Result<Vec<Related>> {
    let mut all: BTreeMap<(String, String), Related> = BTreeMap::new();
    let mut add = |how: String, other: Option<Entry>| -> rusqlite::Result<()> {
        let Some(other) = other.filter(|other| other.id != entry.id) else { return Ok(()) };
        let one = Related {
            title: heading(views, visit, reader, &other)?,
            kind: kind_name(visit, &other.kind),
            tail: format!("objects/{}", other.id),
            how: how.clone(),
        };
        all.entry((how, other.id)).or_insert(one);
        Ok(())
    };
    let (collections, standing) = reader;
    // A relationship is about its two ends: each of them is said with the verb between them.
    let own: Value = serde_json::from_str(content).unwrap_or_default();
    if let Ok(object) = Object::read(content.as_bytes(), &Limits::default()) {
        for reference in object.head().refs.iter().filter(|one| !is_dull(&one.path)).take(FOLLOWED) {
            let words = match (&*reference.path, own["relationship_type"].as_str()) {
                ("source_ref", Some(_)) => visit.t("threats-how-source"),
                ("target_ref", Some(kind)) => verb(visit, kind, true),
                (path, _) => how(visit, path, true),
            };
            add(words, latest(views, collections, standing, reference.id.as_str())?)?;
        }
    }
    for (other, path) in referring(views, collections, standing, (&entry.id, None), FOLLOWED)? {
        if is_dull(&path) || (path == "created_by_ref" && entry.kind == "identity") {
            continue;
        }
        if other.kind != "relationship" {
            add(how(visit, &path, false), Some(other))?;
            continue;
        }
        let text = select::content(views, other.seq)?;
        let link: Value = serde_json::from_str(&text).unwrap_or_default();
        let is_out = path == "source_ref";
        let end = link[if is_out { "target_ref" } else { "source_ref" }].as_str().unwrap_or_default();
        let words = verb(visit, link["relationship_type"].as_str().unwrap_or_default(), is_out);
        add(words, latest(views, collections, standing, end)?)?;
    }
    Ok(all.into_values().collect())
}

/// What others have said to an object: sightings and opinions that the reader may see and nobody has taken back.
pub(crate) fn answers(
    views: &Connection,
    (collections, standing): (&[i64], &Standing),
    id: &str,
) -> rusqlite::Result<Answers> {
    let mut answers = Answers::default();
    let mut by = BTreeSet::new();
    let kinds = ["sighting", "opinion"];
    for (entry, path) in referring(views, collections, standing, (id, Some(&kinds)), COUNTED)? {
        if entry.revoked {
            continue;
        }
        let content = select::content(views, entry.seq)?;
        let value: Value = serde_json::from_str(&content).unwrap_or_default();
        match entry.kind.as_str() {
            "sighting" if path == "sighting_of_ref" => {
                answers.seen = answers.seen.saturating_add(value["count"].as_u64().unwrap_or(1));
                by.insert(entry.by().to_owned());
            }
            "opinion" if path.starts_with("object_refs") => match value["opinion"].as_str() {
                Some("strongly-disagree" | "disagree") => answers.doubted += 1,
                Some("agree" | "strongly-agree") => answers.agreed += 1,
                _ => {}
            },
            _ => {}
        }
    }
    answers.by = by.len();
    Ok(answers)
}
