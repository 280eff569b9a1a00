//! Names in shared objects that look like names which members protect.

use crate::understand::matcher;
use scr_names::{Matcher, Name};
use scr_patterns::ast::{Constant, Operator};
use scr_patterns::{Limits, Pattern, Reading};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Names of one object that are looked at.
const MOST: usize = 200;
/// Longest text that can hold a name, in bytes: that of a long address of a page.
const MAX_TEXT: usize = 4_096;

/// A name that looks like one of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) org: String,
    /// The line of its list.
    pub(super) asset: String,
    /// What stands in the object.
    pub(super) name: String,
}

/// Matchers of organisations: each has its own, so that what one allows hides nothing from another.
pub(super) struct Alikes(Vec<(String, Arc<Matcher>)>);

impl Alikes {
    /// Of these lists.
    pub(super) fn of(lists: &BTreeMap<String, Vec<String>>) -> Self {
        let of = |(org, list): (&String, &Vec<String>)| Some((org.clone(), matcher(list)?));
        Self(lists.iter().filter_map(of).collect())
    }

    /// What in an object looks like a name of one of these.
    pub(super) fn look(&self, object: &Value) -> Vec<Alike> {
        let names: Vec<Name> = names_in(object).iter().filter_map(|name| Name::parse(name).ok()).collect();
        let mut found = Vec::new();
        for name in &names {
            found.extend(self.0.iter().filter_map(|(org, matcher)| {
                let hit = matcher.check(name)?;
                Some(Alike { org: org.clone(), asset: hit.owner, name: name.as_str().to_owned() })
            }));
        }
        found
    }
}

/// Domain names that an object is about: its own value, or the constants of its pattern.
fn names_in(object: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let kind = object["type"].as_str().unwrap_or_default();
    match kind {
        "domain-name" | "url" | "email-addr" => add(&mut names, kind, object["value"].as_str()),
        "indicator" if object["pattern_type"].as_str() == Some("stix") => {
            let text = object["pattern"].as_str().unwrap_or_default();
            if let Ok(pattern) = Pattern::parse_as(text, Reading::Tools, &Limits::default()) {
                for test in pattern.expression().tests().into_iter().filter(|test| !test.negated) {
                    let path = test.path.to_string();
                    let Some(kind) = path.strip_suffix(":value") else { continue };
                    match &test.operator {
                        Operator::Equal(constant) => add(&mut names, kind, text_of(constant)),
                        Operator::In(all) => all.iter().for_each(|one| add(&mut names, kind, text_of(one))),
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
    names
}

fn text_of(constant: &Constant) -> Option<&str> {
    match constant {
        Constant::Text(text) => Some(text),
        _ => None,
    }
}

fn add(names: &mut BTreeSet<String>, kind: &str, text: Option<&str>) {
    let Some(text) = text.filter(|text| text.len() <= MAX_TEXT) else { return };
    let name = match kind {
        "domain-name" => Some(text),
        "email-addr" => text.rsplit_once('@').map(|(_, domain)| domain),
        "url" => text.split_once("://").and_then(|(_, rest)| {
            let host = rest.split(['/', '?', '#']).next()?;
            let host = host.rsplit('@').next()?;
            host.split(':').next()
        }),
        _ => None,
    };
    if names.len() < MOST {
        names.extend(name.map(str::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_found_where_an_object_is_about_them() {
        let all = |object: Value| names_in(&object).into_iter().collect::<Vec<_>>();
        assert_eq!(all(json!({"type": "domain-name", "value": "A.Example"})), ["a.example"]);
        assert_eq!(all(json!({"type": "url", "value": "https://u:p@b.example:8443/x@y"})), ["b.example"]);
        assert_eq!(all(json!({"type": "email-addr", "value": "info@c.example"})), ["c.example"]);
        let pattern = "[domain-name:value IN ('d.example', 'e.example') AND url:value = 'http://f.example/']";
        let indicator =
            |pattern: &str| json!({"type": "indicator", "pattern_type": "stix", "pattern": pattern});
        assert_eq!(all(indicator(pattern)), ["d.example", "e.example", "f.example"]);
        assert!(all(indicator("[domain-name:value != 'g.example']")).is_empty());
        assert!(all(indicator("[NOT domain-name:value = 'g.example']")).is_empty());
        assert!(all(json!({"type": "report", "name": "h.example"})).is_empty());
    }
}
