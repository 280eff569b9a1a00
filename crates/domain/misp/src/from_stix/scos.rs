//! Observables as values by path.

use super::context::{Context, Known};
use super::terms::Terms;
use crate::mapping::{Form, OBSERVABLES, pattern_path, read_back};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an observable says, as far as our tables know its properties.
pub(super) struct Seen {
    pub(super) terms: Terms,
    /// Properties that no template knows.
    pub(super) unknown: Vec<String>,
    /// The content of a file, in base64, and whether it is a protected sample.
    pub(super) content: Option<(String, bool)>,
}

/// Properties that say nothing of their own, or that follow from others.
const SILENT: &[&str] = &[
    "type",
    "id",
    "spec_version",
    "object_marking_refs",
    "granular_markings",
    "defanged",
    "is_multipart",
    "content_ref",
    "protocols",
    "is_active",
];

impl<'c> Context<'c> {
    /// Reads an observable and those to which it refers.
    pub(super) fn seen(&self, known: &Known<'c>) -> Seen {
        let kind = known.kind();
        let mut terms = Terms::default();
        let mut placed: BTreeSet<&str> = BTreeSet::new();
        let mut paths: BTreeSet<String> = BTreeSet::new();
        for template in OBSERVABLES.iter().filter(|template| template.kind == kind) {
            for field in template.fields {
                let path = pattern_path(kind, field);
                if !paths.insert(path.clone()) {
                    continue;
                }
                for found in at(&known.value, field.property) {
                    let values = self.values(found, field.form);
                    for value in values {
                        placed.insert(field.property.split(['.', '[']).next().unwrap_or_default());
                        terms.add(kind, path.clone(), value);
                    }
                }
            }
        }
        // The text of a message with attachments is one of its parts.
        if kind == "email-message" && !placed.contains("body") {
            let parts = at(&known.value, "body_multipart[].body");
            if let Some(body) = parts.first().and_then(|part| part.as_str()) {
                terms.add(kind, "email-message:body".to_owned(), body.to_owned());
            }
        }
        let all = known.value.as_object().into_iter().flat_map(|map| map.keys());
        let unknown = all.filter(|name| !placed.contains(name.as_str()) && !SILENT.contains(&name.as_str()));
        let unknown = unknown.filter(|name| !name.starts_with("x_misp_")).cloned().collect();
        Seen { terms, unknown, content: self.content_of(known) }
    }

    /// The values of a property: its own, or those of the observables to which it refers.
    fn values(&self, found: &Value, form: Form) -> Vec<String> {
        let linked =
            matches!(form, Form::Linked(..) | Form::LinkedList(..) | Form::Address | Form::AddressList);
        let items = match found {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        let value = |item: &Value| {
            if !linked {
                return read_back(item).map(|text| text.into_owned());
            }
            let target = self.get(item.as_str()?)?;
            read_back(&target.value).map(|text| text.into_owned())
        };
        items.iter().filter_map(value).collect()
    }

    fn content_of(&self, known: &Known<'c>) -> Option<(String, bool)> {
        let artifact = match known.kind() {
            "artifact" => known,
            _ => self.get(known.value["content_ref"].as_str()?)?,
        };
        let data = artifact.value["payload_bin"].as_str()?;
        Some((data.to_owned(), artifact.value.get("decryption_key").is_some()))
    }

    /// The observables to which an observable refers.
    pub(super) fn links_of(&self, known: &Known<'c>) -> Vec<&'c str> {
        let refs = known.object.head().refs.iter().map(|reference| reference.id.as_str());
        refs.filter(|id| *id != known.id() && !id.starts_with("marking-definition--")).collect()
    }
}

/// The values at a property whose names are separated by dots; `[]` is every element of a list.
fn at<'v>(value: &'v Value, property: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    for part in property.split('.') {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        let next = found.into_iter().filter_map(|value| value.get(name));
        found = if list { next.filter_map(Value::as_array).flatten().collect() } else { next.collect() };
    }
    found
}
