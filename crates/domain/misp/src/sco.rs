//! Building blocks of STIX: observables with their ids, literals of patterns.

use crate::ids::derived;
use serde_json::{Map, Value};

/// An observable with the id that follows from its properties (STIX 2.1 section 2.9). Where none of those that count
/// is there, the id follows from `otherwise`.
pub(crate) fn observable(kind: &str, mut fields: Map<String, Value>, otherwise: &str) -> Value {
    fields.insert("type".to_owned(), kind.into());
    fields.insert("spec_version".to_owned(), "2.1".into());
    let mut object = Value::Object(fields);
    let id = scr_stix::sco_id(kind, &object).map_or_else(
        || format!("{kind}--{}", derived(&["observable", kind, otherwise])),
        |id| id.as_str().to_owned(),
    );
    if let Value::Object(fields) = &mut object {
        fields.insert("id".to_owned(), id.into());
    }
    object
}

/// A text in a pattern: quotes and backslashes escaped (STIX 2.1 section 9.3).
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
