//! Building blocks of STIX: observables with their ids, literals of patterns.

use crate::ids::derived;
use serde_json::{Map, Value};
use uuid::Uuid;

/// An observable with the id that follows from its properties (STIX 2.1 section 2.9). Where none of those that count
/// is there, the id follows from `otherwise`.
pub(crate) fn observable(kind: &str, mut fields: Map<String, Value>, otherwise: &str) -> Value {
    fields.insert("type".to_owned(), kind.into());
    fields.insert("spec_version".to_owned(), "2.1".into());
    let mut object = Value::Object(fields);
    let id = match scr_stix::sco_id(kind, &object) {
        Some(id) => id.as_str().to_owned(),
        None => format!("{kind}--{}", in_the_form_of_random(derived(&["observable", kind, otherwise]))),
    };
    if let Value::Object(fields) = &mut object {
        fields.insert("id".to_owned(), id.into());
    }
    object
}

/// The same observable under an id that follows from all that it says.
pub(crate) fn under_another_id(observable: &Value) -> Value {
    let mut other = observable.clone();
    let kind = other["type"].as_str().unwrap_or_default();
    let uuid = in_the_form_of_random(derived(&["observable", kind, &observable.to_string()]));
    let id = format!("{kind}--{uuid}");
    other["id"] = id.into();
    other
}

/// Where no property contributes to an id it must be a UUID of version 4 (STIX 2.1 section 2.9). Ours still follows from
/// the input: its bits are those of a hash.
fn in_the_form_of_random(uuid: Uuid) -> Uuid {
    uuid::Builder::from_random_bytes(uuid.into_bytes()).into_uuid()
}

/// A text in a pattern: quotes and backslashes escaped (STIX 2.1 section 9.3).
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
