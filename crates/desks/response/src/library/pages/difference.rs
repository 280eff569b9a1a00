//! What differs between two versions of a playbook, step by step, and between two versions of a plan.

use super::steps::NAME;
use crate::library::words::clipped;
use scr_playbooks::{EXTENSION_ID, Playbook};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one page.
const MOST: usize = 400;
/// Levels that are looked into one by one.
const DEPTH: usize = 8;

/// A part that differs.
pub(super) struct Part {
    /// What it is.
    pub(super) title: String,
    /// Whether it is new, gone or changed.
    pub(super) tag: Tag,
    /// Property, before, after.
    pub(super) rows: Vec<(String, String, String)>,
}

/// What differs, and whether there is more than is shown.
pub(super) struct Parts {
    /// The parts.
    pub(super) parts: Vec<Part>,
    /// Rows that are not shown.
    pub(super) more: usize,
}

/// What differs between two versions of a playbook.
pub(super) fn of_playbooks(visit: &Visit, old: &Playbook, new: &Playbook) -> Parts {
    let mut parts = Vec::new();
    let rest = |playbook: &Playbook| {
        let mut members = playbook.members().clone();
        for name in ["workflow", "agent_definitions", "modified"] {
            members.remove(name);
        }
        Value::Object(members)
    };
    let own = rows(visit, Some(&rest(old)), Some(&rest(new)));
    if !own.is_empty() {
        parts.push(Part {
            title: visit.t("library-difference-whole"),
            tag: tag(visit, true, true),
            rows: own,
        });
    }
    for (dictionary, key) in
        [("workflow", "library-difference-step"), ("agent_definitions", "library-difference-role")]
    {
        // i18n: library-difference-step, library-difference-role
        parts.extend(entries(visit, dictionary, key, (old, new)));
    }
    cut(parts)
}

fn entries(visit: &Visit, dictionary: &str, key: &str, (old, new): (&Playbook, &Playbook)) -> Vec<Part> {
    let before: BTreeMap<&str, &Value> = old.dictionary(dictionary).collect();
    let after: BTreeMap<&str, &Value> = new.dictionary(dictionary).collect();
    let all: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let part = |id: &str| {
        let (left, right) = (before.get(id).copied(), after.get(id).copied());
        if left == right {
            return None;
        }
        let name = right.or(left).and_then(|value| value.get("name")?.as_str()).unwrap_or(id);
        let title = visit.ta(key, &[("name", clipped(name, NAME).into())]);
        Some(Part { title, tag: tag(visit, left.is_some(), right.is_some()), rows: rows(visit, left, right) })
    };
    all.into_iter().filter_map(part).collect()
}

/// What differs between two versions of a plan.
pub(super) fn of_values(visit: &Visit, title: String, old: &Value, new: &Value) -> Parts {
    let rows = rows(visit, Some(old), Some(new));
    let parts =
        if rows.is_empty() { Vec::new() } else { vec![Part { title, tag: tag(visit, true, true), rows }] };
    cut(parts)
}

fn cut(mut parts: Vec<Part>) -> Parts {
    let mut left = MOST;
    let mut more = 0;
    for part in &mut parts {
        more += part.rows.len().saturating_sub(left);
        part.rows.truncate(left);
        left -= part.rows.len();
    }
    Parts { parts, more }
}

fn tag(visit: &Visit, was: bool, is: bool) -> Tag {
    match (was, is) {
        (false, _) => Tag::new(Tone::Good, visit.t("library-difference-new")),
        (true, false) => Tag::new(Tone::Warn, visit.t("library-difference-gone")),
        (true, true) => Tag::new(Tone::Note, visit.t("library-difference-changed")),
    }
}

fn rows(visit: &Visit, old: Option<&Value>, new: Option<&Value>) -> Vec<(String, String, String)> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for (value, flat) in [(old, &mut before), (new, &mut after)] {
        if let Some(value) = value {
            flatten(value, String::new(), DEPTH, flat);
        }
    }
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |flat: &BTreeMap<String, String>, path: &str| {
        flat.get(path).map(|text| clipped(text, 600)).unwrap_or_default()
    };
    all.into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| (property(visit, path), text(&before, path), text(&after, path)))
        .collect()
}

/// Every single value by its way, `/commands/0/command`; our extension's identifier is left out.
fn flatten(value: &Value, path: String, depth: usize, all: &mut BTreeMap<String, String>) {
    let inner = |name: &str| match name == EXTENSION_ID {
        true => path.clone(),
        false => format!("{path}/{}", clipped(name, 80)),
    };
    match value {
        Value::Object(members) if depth > 0 && !members.is_empty() => {
            members.iter().for_each(|(name, value)| flatten(value, inner(name), depth - 1, all));
        }
        Value::Array(items) if depth > 0 && !items.is_empty() => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, value)| flatten(value, inner(&at.to_string()), depth - 1, all));
        }
        Value::String(text) => drop(all.insert(path, text.clone())),
        other => drop(all.insert(path, other.to_string())),
    }
}

/// What people call a property; its way in the file where nobody calls it anything.
fn property(visit: &Visit, path: &str) -> String {
    const KNOWN: [(&str, &str); 17] = [
        ("/name", "library-property-name"),
        ("/description", "library-property-description"),
        ("/agent", "library-property-agent"),
        ("/timeout", "library-property-timeout"),
        ("/step_extensions/deadline", "library-property-deadline"),
        ("/step_extensions/evidence", "library-property-evidence"),
        ("/step_extensions/sign_off", "library-property-sign-off"),
        ("/step_extensions/sign_off_agent", "library-property-second"),
        ("/step_extensions/max_turns", "library-property-turns"),
        ("/on_completion", "library-property-next"),
        ("/on_success", "library-property-next"),
        ("/on_failure", "library-property-failure"),
        ("/on_true", "library-property-true"),
        ("/on_false", "library-property-false"),
        ("/id", "library-property-id"),
        ("/created_by", "library-property-created-by"),
        ("/agent_target_extensions/role", "library-property-role"),
    ];
    // i18n: library-property-*
    if let Some((_, key)) = KNOWN.iter().find(|(known, _)| *known == path) {
        return visit.t(key);
    }
    let number = path.strip_prefix("/commands/").and_then(|rest| rest.strip_suffix("/command"));
    match number.and_then(|number| number.parse::<u64>().ok()) {
        Some(number) => visit.ta("library-property-command", &[("number", (number + 1).into())]),
        None => path.trim_start_matches('/').to_owned(),
    }
}
