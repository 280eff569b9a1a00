//! What the text of CACAO 2.0 asks of single properties and steps, beyond its schemas.

use super::values::{is_value_of, whole};
use crate::finding::{Code, Findings};
use crate::forms;
use crate::playbook::Playbook;
use serde_json::{Map, Value};

pub(super) fn check(found: &mut Findings, playbook: &Playbook) {
    let members = playbook.members();
    ordered(found, members, "created", "modified", true);
    ordered(found, members, "valid_from", "valid_until", false);
    if members.contains_key("playbook_types") && !members.contains_key("playbook_activities") {
        found.add(Code::ActivitiesMissing, Vec::new());
    }
    found.at("playbook_variables", |found| variables(found, members.get("playbook_variables")));
    start(found, playbook);
    kinds(found, playbook);
    found.at("workflow", |found| {
        for (id, step) in playbook.dictionary("workflow") {
            if let Some(step) = step.as_object() {
                found.at(id, |found| self::step(found, playbook, id, step));
            }
        }
    });
    found.at("authentication_info_definitions", |found| {
        for (id, entry) in playbook.dictionary("authentication_info_definitions") {
            found.at(id, |found| secrets(found, entry));
        }
    });
}

/// Two times in their order; with `or_equal` they may be the same.
fn ordered(found: &mut Findings, members: &Map<String, Value>, first: &str, second: &str, or_equal: bool) {
    let time = |name: &str| members.get(name).and_then(Value::as_str).and_then(forms::instant);
    if let (Some(one), Some(other)) = (time(first), time(second))
        && (other < one || (other == one && !or_equal))
    {
        found.at(second, |found| found.say(Code::TimesReversed, "wanted", &format!("after {first}")));
    }
}

fn start(found: &mut Findings, playbook: &Playbook) {
    let Some(id) = playbook.text("workflow_start") else { return };
    let kind = playbook.entry("workflow", id).and_then(|step| step.get("type")).and_then(Value::as_str);
    if kind.is_some_and(|kind| kind != "start") {
        found.at("workflow_start", |found| found.say(Code::StartNotStart, "value", id));
    }
}

fn kinds(found: &mut Findings, playbook: &Playbook) {
    if !playbook.members().get("workflow").is_some_and(Value::is_object) {
        return;
    }
    let has = |wanted: &[&str]| {
        let mut kinds = playbook.dictionary("workflow").filter_map(|(_, step)| step.get("type")?.as_str());
        kinds.any(|kind| wanted.contains(&kind))
    };
    found.at("workflow", |found| {
        for wanted in [&["start"][..], &["action", "playbook-action"], &["end"]] {
            if !has(wanted) {
                found.say(Code::StepKindMissing, "wanted", &wanted.join(" or "));
            }
        }
    });
}

fn step(found: &mut Findings, playbook: &Playbook, id: &str, step: &Map<String, Value>) {
    let kind = step.get("type").and_then(Value::as_str);
    let by_id = forms::type_of(id);
    let is_known = |kind: &str| super::tables::STEPS.iter().any(|(known, _)| *known == kind);
    if let (Some(kind), Some(by_id)) = (kind, by_id)
        && kind != by_id
        && !is_known(by_id)
    {
        found.at("type", |found| found.say(Code::TypeAndId, "value", kind));
    }
    let has = |name: &str| step.contains_key(name);
    if has("on_completion")
        && (has("on_success") || has("on_failure"))
        && !matches!(kind, Some("start" | "end"))
    {
        found.add(Code::BothContinuations, Vec::new());
    }
    if let Some(timeout) = step.get("timeout").and_then(whole).filter(|timeout| *timeout < 0) {
        found.at("timeout", |found| {
            found.beyond_the_schema(|found| found.say(Code::OutOfBounds, "value", &timeout.to_string()));
        });
    }
    found.at("step_variables", |found| variables(found, step.get("step_variables")));
    for (at, name) in texts(step, "out_args").enumerate() {
        if is_constant(playbook, step, name) {
            found.at("out_args", |found| {
                found.at(&at.to_string(), |found| found.say(Code::ConstantChanged, "value", name));
            });
        }
    }
}

/// The texts of a list.
pub(super) fn texts<'a>(members: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a str> {
    members.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn is_constant(playbook: &Playbook, step: &Map<String, Value>, name: &str) -> bool {
    let own = step.get("step_variables").and_then(|own| own.get(name));
    let variable = own.or_else(|| playbook.entry("playbook_variables", name));
    variable.and_then(|variable| variable.get("constant")?.as_bool()).unwrap_or(false)
}

fn variables(found: &mut Findings, variables: Option<&Value>) {
    for (name, variable) in variables.and_then(Value::as_object).into_iter().flatten() {
        let text = |property: &str| variable.get(property).and_then(Value::as_str);
        if let (Some(kind), Some(value)) = (text("type"), text("value"))
            && !value.is_empty()
            && !is_value_of(kind, value)
        {
            found.at(name, |found| found.at("value", |found| found.say(Code::BadValue, "wanted", kind)));
        }
    }
}

/// Passwords and tokens that stand there as text; the value is not repeated.
fn secrets(found: &mut Findings, entry: &Value) {
    for name in ["password", "token"] {
        let text = entry.get(name).and_then(Value::as_str).unwrap_or_default();
        if !text.is_empty() && forms::variables_in(text).is_empty() {
            found.at(name, |found| found.add(Code::SecretInside, Vec::new()));
        }
    }
}
