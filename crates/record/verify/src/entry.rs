//! What a reader sees of an entry, read from its bytes alone.

use std::collections::BTreeMap;

use scr_canon::{Hash32, parse_canonical};
use serde::Serialize;
use serde_json::{Map, Value};

/// The readable part of a scrutineer entry (v 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Kind, such as `results.table.imported/1`.
    pub kind: String,
    /// Identifier of the entry.
    pub id: String,
    /// Issuing organisation's key name.
    pub issuer: String,
    /// When the log took it: RFC 3339, UTC, seconds.
    pub at: String,
    /// Public fields.
    pub public: Map<String, Value>,
    /// Subject and its counter, as the entry states them.
    pub counters: BTreeMap<String, u64>,
    /// Names of private fields, with the commitments to them.
    pub commitments: BTreeMap<String, Hash32>,
}

impl EntryView {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let value = parse_canonical(bytes).map_err(|error| error.to_string())?;
        let Value::Object(members) = value else { return Err("not a JSON object".to_owned()) };
        if members.get("v").and_then(Value::as_u64) != Some(1) {
            return Err("its version (v) is not 1".to_owned());
        }
        let text = |name: &str| {
            members
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .ok_or(format!("it has no text field {name}"))
        };
        let at = text("at")?;
        if !crate::time::is_utc_text(&at) {
            return Err("its time (at) is not RFC 3339 in UTC with seconds".to_owned());
        }
        let public = match members.get("pub") {
            Some(Value::Object(fields)) => fields.clone(),
            _ => return Err("it has no public fields (pub)".to_owned()),
        };
        Ok(Self {
            kind: text("t")?,
            id: text("id")?,
            issuer: text("iss")?,
            at,
            public,
            counters: counters(&members)?,
            commitments: commitments(&members),
        })
    }
}

/// The fields that are committed to as a whole (`blob`); other forms of commitment are left out.
fn commitments(members: &Map<String, Value>) -> BTreeMap<String, Hash32> {
    let all = members.get("com").and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter(|one| one.get("k").and_then(Value::as_str) == Some("blob"))
        .filter_map(|one| {
            let name = one.get("n")?.as_str()?;
            let hash = one.get("h")?.as_str()?.parse().ok()?;
            Some((name.to_owned(), hash))
        })
        .collect()
}

/// `seq` names each subject of `sub` once, and no other.
fn counters(members: &Map<String, Value>) -> Result<BTreeMap<String, u64>, String> {
    let Some(Value::Array(subjects)) = members.get("sub") else {
        return Err("it has no subjects (sub)".to_owned());
    };
    let Some(Value::Object(numbers)) = members.get("seq") else {
        return Err("it has no counters (seq)".to_owned());
    };
    let mut counters = BTreeMap::new();
    for subject in subjects {
        let subject = subject.as_str().ok_or("a subject is not a text")?;
        let number = numbers.get(subject).and_then(Value::as_u64).ok_or("a subject has no counter")?;
        if counters.insert(subject.to_owned(), number).is_some() {
            return Err("a subject is named twice".to_owned());
        }
    }
    if counters.len() == numbers.len() { Ok(counters) } else { Err("a counter names no subject".to_owned()) }
}
