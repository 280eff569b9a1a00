//! Whether a playbook is what CACAO 2.0 says, whether its workflow can be walked, and what of it is run here.

mod commands;
mod flow;
mod semantics;
mod shape;
mod tables;
mod terms;
mod usage;
pub(crate) mod values;

use crate::finding::{Code, Findings, Report};
use crate::graph::Graph;
use crate::limits::Limits;
use crate::playbook::Playbook;
use serde_json::Value;
pub(crate) use usage::switch_variable;

/// Everything that is to be said of a playbook that stands alone: by the schemas of OASIS, by the standard's text, as a
/// graph, and for running it here.
///
/// [`check_together`](crate::check_together) looks at playbooks that start each other.
pub fn check(playbook: &Playbook, limits: &Limits) -> Report {
    let mut found = Findings::new(limits.findings);
    shape::object(&mut found, playbook.members(), &tables::PLAYBOOK);
    filled(&mut found, playbook);
    semantics::check(&mut found, playbook);
    let steps = playbook.members().get("workflow").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    if steps > limits.steps {
        found.at("workflow", |found| found.say(Code::TooManySteps, "value", &steps.to_string()));
        return found.into_report();
    }
    let graph = Graph::of(playbook, limits);
    flow::check(&mut found, playbook, &graph);
    usage::check(&mut found, playbook, &graph, limits);
    found.into_report()
}

/// Dictionaries that must not be empty, and the one rule of alternatives.
fn filled(found: &mut Findings, playbook: &Playbook) {
    for name in tables::FILLED {
        if playbook.members().get(*name).and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
            found.at(name, |found| found.say(Code::TooFew, "wanted", "1"));
        }
    }
    let signatures = playbook.members().get("signatures").and_then(Value::as_array);
    found.at("signatures", |found| {
        for (at, signature) in signatures.into_iter().flatten().enumerate() {
            found.at(&at.to_string(), |found| one_key(found, signature));
        }
    });
}

/// A signature names its key in exactly one way, and so does the one that signs it.
fn one_key(found: &mut Findings, signature: &Value) {
    const KEYS: [&str; 4] = ["public_key", "public_cert_chain", "cert_url", "thumbprint"];
    let Some(members) = signature.as_object() else { return };
    if KEYS.iter().filter(|name| members.contains_key(**name)).count() != 1 {
        found.say(Code::OneOf, "wanted", &KEYS.join(", "));
    }
    // No deeper than the file's own limit on nesting.
    if let Some(inner) = members.get("signature") {
        found.at("signature", |found| one_key(found, inner));
    }
}
