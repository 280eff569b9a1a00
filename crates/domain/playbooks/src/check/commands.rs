//! Commands (section 5). The schema of a step looks into what all commands have in common; the rest is the standard's text.

use super::shape::{self, Form, Need, Shape};
use super::terms;
use crate::finding::{Code, Findings};
use serde_json::{Map, Value};

static COMMON: Shape = Shape {
    base: None,
    properties: &[
        ("type", Form::Text, Need::Must),
        ("description", Form::Text, Need::May),
        ("version", Form::Text, Need::May),
        ("playbook_activity", Form::Open(terms::ACTIVITIES), Need::May),
        ("external_references", Form::List(&Form::Shape(&super::tables::EXTERNAL_REFERENCE), 0), Need::May),
    ],
};

static OWN: Shape = Shape {
    base: None,
    properties: &[
        ("command", Form::Text, Need::May),
        ("command_b64", Form::Text, Need::May),
        ("content", Form::Text, Need::May),
        ("content_b64", Form::Text, Need::May),
        ("headers", Form::Dict(shape::Key::Any, &Form::List(&Form::Text, 0), 0), Need::May),
    ],
};

static ALL: Shape = Shape { base: Some(&COMMON), properties: OWN.properties };

/// What a command of a type must have: one of these.
fn needs(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "http-api" => &[&["command"]],
        "openc2-http" => &[&["command"], &["content_b64"]],
        "elastic" | "jupyter" | "kestrel" | "sigma" | "yara" => &[&["command_b64"]],
        "bash" | "caldera-cmd" | "manual" | "powershell" | "ssh" => &[&["command", "command_b64"]],
        _ => &[],
    }
}

pub(super) fn command(found: &mut Findings, members: &Map<String, Value>) {
    shape::properties(found, members, &COMMON);
    found.beyond_the_schema(|found| {
        shape::properties(found, members, &OWN);
        shape::unknown(found, members, &ALL);
        let Some(kind) = members.get("type").and_then(Value::as_str) else { return };
        if !terms::COMMANDS.contains(&kind) {
            found.at("type", |found| found.say(Code::UnknownType, "value", kind));
        }
        for alternatives in needs(kind) {
            if !alternatives.iter().any(|name| members.contains_key(*name)) {
                found.say(Code::NoCommand, "wanted", &alternatives.join(" or "));
            }
        }
    });
}
