//! What only shows when objects stand beside each other, in a bundle or in a store.

use super::{Code, Finding, MOST};
use crate::object::Object;
use crate::selector::Selector;
use crate::tlp;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is wrong between objects, each finding with the place of its object in the list; at most 100 findings, of which
/// those come first that are not about references.
///
/// Translations are held against what they translate, versions against each other, references against what came along:
/// that one leads nowhere is a warning, for objects are shared one by one.
pub fn check_together(objects: &[Object]) -> Vec<(usize, Finding)> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, object) in objects.iter().enumerate() {
        by_id.entry(object.id().as_str()).or_default().push(at);
    }
    let mut found = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        if found.len() >= MOST {
            break;
        }
        let same = by_id.get(object.id().as_str()).map_or(&[][..], Vec::as_slice);
        conflict(objects, same, at, &mut found);
        if object.kind() == "language-content" {
            translation(object, objects, &by_id, at, &mut found);
        }
    }
    let unresolved = objects.iter().enumerate().flat_map(|(at, object)| {
        let unresolved = object.head().refs.iter().filter(|reference| {
            !by_id.contains_key(reference.id.as_str()) && tlp::of_marking(&reference.id).is_none()
        });
        unresolved.map(move |reference| {
            (
                at,
                finding(
                    Code::ReferenceUnresolved,
                    &reference.path,
                    vec![("value", reference.id.to_string())],
                ),
            )
        })
    });
    found.extend(unresolved.take(MOST + 1));
    if found.len() > MOST {
        found.truncate(MOST);
        found.push((0, finding(Code::More, "", Vec::new())));
    }
    found
}

fn finding(code: Code, path: &str, args: Vec<(&'static str, String)>) -> Finding {
    Finding { code, path: path.to_owned(), args }
}

/// Other bytes under one identifier and version.
fn conflict(objects: &[Object], same: &[usize], at: usize, found: &mut Vec<(usize, Finding)>) {
    let Ok(place) = same.binary_search(&at) else { return };
    let (Some(object), before) = (objects.get(at), same.get(..place).unwrap_or_default()) else { return };
    let earlier = before.iter().rev().filter_map(|at| objects.get(*at)).take(MOST);
    for other in earlier {
        if other.head().version() == object.head().version()
            && other.raw() != object.raw()
            && other.value() != object.value()
        {
            found.push((at, finding(Code::VersionConflict, "id", vec![("value", object.id().to_string())])));
            return;
        }
    }
}

fn translation(
    content: &Object,
    objects: &[Object],
    by_id: &BTreeMap<&str, Vec<usize>>,
    at: usize,
    found: &mut Vec<(usize, Finding)>,
) {
    let value = content.value();
    let Some(versions) = value["object_ref"].as_str().and_then(|id| by_id.get(id)) else { return };
    let versions = || versions.iter().filter_map(|at| objects.get(*at));
    let wanted = value["object_modified"].as_str().and_then(|text| crate::Timestamp::parse(text).ok());
    let original = match &wanted {
        Some(wanted) => versions().find(|object| object.head().version() == Some(wanted)),
        None => versions().max_by_key(|object| object.head().version().map(crate::Timestamp::micros)),
    };
    let Some(original) = original else {
        let args = vec![("value", wanted.map_or_else(String::new, |wanted| wanted.to_string()))];
        found.push((at, finding(Code::TranslationOfOtherVersion, "object_modified", args)));
        return;
    };
    let original = original.value();
    let Some(contents) = value["contents"].as_object() else { return };
    for (language, translated) in contents {
        for (name, text) in translated.as_object().into_iter().flatten() {
            let path = format!("contents.{language}.{name}");
            // A key that is no name is found elsewhere.
            let Some(place) = Selector::parse(name).ok() else { continue };
            match place.find(&original) {
                None => found.push((at, finding(Code::TranslationOfNothing, &path, Vec::new()))),
                Some(original) if !alike(original, text) => {
                    found.push((at, finding(Code::TranslationDiffers, &path, Vec::new())));
                }
                Some(_) => {}
            }
        }
    }
}

/// The same type, and for lists the same length (section 7.1.1). Deeper than a list of objects nothing is translated.
fn alike(original: &Value, translated: &Value) -> bool {
    match (original, translated) {
        (Value::Array(one), Value::Array(other)) => {
            let kinds =
                one.iter().zip(other).all(|(a, b)| std::mem::discriminant(a) == std::mem::discriminant(b));
            one.len() == other.len() && kinds
        }
        _ => std::mem::discriminant(original) == std::mem::discriminant(translated),
    }
}
