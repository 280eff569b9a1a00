//! JSON to the same tree as XML, so that one reader serves both forms of NIST SP 1500-100.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use crate::xml::Element;
use serde_json::Value;

/// Reads a document. `@id` becomes the attribute `ObjectId`, `@type` the attribute `type`.
pub(crate) fn parse(text: &str, limits: &Limits, problems: &mut Problems) -> Option<Element> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            problems.push(problems.error(codes::JSON_SYNTAX).at_row(error.line() as u64).with("why", error));
            return None;
        }
    };
    let mut root = Element { name: "ElectionReport".into(), ..Element::default() };
    if fill(&mut root, &value, limits.depth) {
        return Some(root);
    }
    problems.push(problems.error(codes::TOO_DEEP).with("limit", limits.depth));
    None
}

fn fill(element: &mut Element, value: &Value, depth: usize) -> bool {
    match value {
        Value::Object(members) => {
            if depth == 0 {
                return false;
            }
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("@id", Value::String(id)) => element.attributes.push(("ObjectId".into(), id.clone())),
                    ("@type", Value::String(kind)) => {
                        element.attributes.push(("type".into(), kind.clone()));
                        if kind.starts_with("ElectionResults.") {
                            element.namespace.push_str("ElectionResults");
                        }
                    }
                    // The text of a translated name stands in `Content` here and between the tags in XML.
                    ("Content", Value::String(text)) => element.text.push_str(text),
                    (_, Value::Array(items)) => {
                        for item in items {
                            if !child(element, name, item, depth) {
                                return false;
                            }
                        }
                    }
                    _ => {
                        if !child(element, name, member, depth) {
                            return false;
                        }
                    }
                }
            }
            true
        }
        Value::Array(_) => false,
        Value::String(text) => {
            element.text.push_str(text);
            true
        }
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) => {
            element.text.push_str(&value.to_string());
            true
        }
    }
}

fn child(element: &mut Element, name: &str, value: &Value, depth: usize) -> bool {
    let mut child = Element { name: name.to_owned(), ..Element::default() };
    let filled = fill(&mut child, value, depth - 1);
    element.children.push(child);
    filled
}
