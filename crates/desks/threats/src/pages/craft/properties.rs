//! The properties of an object in plain words, for somebody who chooses which of them others get.

use crate::craft::{Source, marked_above};
use crate::pages::words::label_tag;
use scr_stix::check::is_required;
use scr_stix::{Effective, Selector};
use scr_web::components::Tag;
use scr_web::{FormState, Visit};
use serde_json::Value;
use std::collections::BTreeSet;

/// Properties that have words, in the order in which people look at them.
const KNOWN: [&str; 46] = [
    "name",
    "description",
    "pattern",
    "value",
    "valid_from",
    "valid_until",
    "indicator_types",
    "confidence",
    "labels",
    "external_references",
    "kill_chain_phases",
    "aliases",
    "abstract",
    "content",
    "explanation",
    "opinion",
    "authors",
    "published",
    "report_types",
    "context",
    "object_refs",
    "sighting_of_ref",
    "where_sighted_refs",
    "observed_data_refs",
    "count",
    "first_seen",
    "last_seen",
    "first_observed",
    "last_observed",
    "number_observed",
    "relationship_type",
    "source_ref",
    "target_ref",
    "goals",
    "objective",
    "sophistication",
    "resource_level",
    "primary_motivation",
    "malware_types",
    "infrastructure_types",
    "threat_actor_types",
    "hashes",
    "size",
    "url",
    "extensions",
    "lang",
];
/// Properties that a copy has of its own, or that say how it is written.
const OWN: [&str; 11] = [
    "id",
    "type",
    "spec_version",
    "created",
    "modified",
    "created_by_ref",
    "object_marking_refs",
    "granular_markings",
    "revoked",
    "pattern_type",
    "pattern_version",
];
/// Parts of one property that are listed, and lines in all.
const PARTS: usize = 40;
const LINES: usize = 300;
/// As much of a value is shown, in characters.
const SHOWN: usize = 240;

/// A property, or a part of one.
pub(super) struct Line {
    /// The field that leaves it out.
    pub(super) field: String,
    pub(super) name: String,
    /// Whether the name is the standard's own.
    pub(super) is_code: bool,
    pub(super) value: String,
    pub(super) is_part: bool,
    pub(super) is_required: bool,
    /// Its label, where that is not the object's.
    pub(super) tag: Option<Tag>,
    pub(super) is_left_out: bool,
    pub(super) error: Option<String>,
}

/// The name of the field that leaves something out.
pub(super) fn field(selector: &str) -> String {
    format!("drop-{selector}")
}

/// What a property is called, and whether that is a word of people.
pub(super) fn name_of(visit: &Visit, property: &str) -> (String, bool) {
    // i18n: craft-property-*
    if KNOWN.contains(&property) {
        (visit.t(&format!("craft-property-{}", property.replace('_', "-"))), true)
    } else {
        (property.to_owned(), false)
    }
}

/// What a selector selects, in words.
pub(super) fn said(visit: &Visit, selector: &str) -> String {
    let first = selector.split('.').next().unwrap_or_default();
    let (name, _) = name_of(visit, first);
    let rest = selector.strip_prefix(first).unwrap_or_default().trim_start_matches('.');
    if rest.is_empty() { name } else { format!("{name} ({})", place(rest)) }
}

/// Places in lists as people count them.
fn place(rest: &str) -> String {
    let step = |step: &str| match step.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(number) => number.parse::<u64>().map_or_else(|_| step.to_owned(), |one| (one + 1).to_string()),
        None => step.to_owned(),
    };
    rest.split('.').map(step).collect::<Vec<_>>().join(" · ")
}

fn shown(visit: &Visit, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Array(list) if list.len() == 1 => {
            list.first().map(|one| shown(visit, one)).unwrap_or_default()
        }
        Value::Array(list) => visit.ta("craft-parts", &[("count", list.len().into())]),
        Value::Object(members) if members.values().all(|one| one.is_string() || one.is_number()) => {
            let one = |(name, value): (&String, &Value)| {
                format!("{name}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            };
            members.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
        other => other.to_string(),
    };
    if text.chars().count() > SHOWN {
        return text.chars().take(SHOWN).chain(['…']).collect();
    }
    text
}

/// Selectors of the parts of a value that can be left out one by one.
fn parts(first: &str, value: &Value) -> Vec<String> {
    let all: Vec<String> = match value {
        Value::Array(list) if list.len() > 1 => {
            (0..list.len()).map(|place| format!("{first}.[{place}]")).collect()
        }
        Value::Object(members) => members.keys().map(|name| format!("{first}.{name}")).collect(),
        _ => Vec::new(),
    };
    all.into_iter().take(PARTS).collect()
}

/// Every property with its parts; those that are marked narrower come with their own lines.
pub(super) fn lines(visit: &Visit, source: &Source, form: &FormState) -> Vec<Line> {
    let value = source.object.value();
    let effective = Effective::of(source.object.head(), &|_| None, Some(source.unmarked));
    let mut names: Vec<&String> = value.as_object().map(|all| all.keys().collect()).unwrap_or_default();
    names.retain(|name| !OWN.contains(&name.as_str()));
    names.sort_by_key(|name| (KNOWN.iter().position(|one| one == name).unwrap_or(usize::MAX), *name));
    let marked: BTreeSet<String> =
        marked_above(source, effective.label).iter().map(ToString::to_string).collect();
    let mut lines = Vec::new();
    for name in names {
        let whole = value.get(name).unwrap_or(&Value::Null);
        let deep = marked.iter().filter(|one| one.starts_with(&format!("{name}."))).cloned();
        let mut below: Vec<String> = parts(name, whole);
        below.extend(deep);
        below.sort_by_key(|one| (one.matches('.').count() > 1, one.len(), one.clone()));
        below.dedup();
        for selector in std::iter::once(name.clone()).chain(below) {
            let Ok(parsed) = Selector::parse(&selector) else { continue };
            let Some(value) = parsed.find(&value) else { continue };
            let (text, is_word) = name_of(visit, name);
            let is_part = selector != *name;
            let label = effective.of_property(&parsed);
            let field = field(&selector);
            lines.push(Line {
                name: if is_part { place(&selector[name.len() + 1..]) } else { text },
                is_code: !is_word,
                value: shown(visit, value),
                is_part,
                is_required: !is_part && is_required(source.object.kind(), name) && name != "name",
                tag: (label != effective.label).then(|| label_tag(label)),
                is_left_out: form.is(&field, "yes"),
                error: form.error(&field).map(str::to_owned),
                field,
            });
        }
        if lines.len() >= LINES {
            break;
        }
    }
    lines
}
