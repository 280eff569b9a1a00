//! By what an object refers to terms of vocabularies: external ids, phases of kill chains, tags, attack patterns. It follows
//! from the object alone; which vocabulary knows them is looked up when somebody reads.

use scr_stix::Object;
use serde_json::Value;
use std::collections::BTreeSet;

/// References of one object that are kept.
const MOST: usize = 200;
/// Longest reference, in bytes.
const LONGEST: usize = 300;

/// A reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reference {
    /// `external_references`: an external id, and whether it is said to be DISARM's.
    External(String, bool),
    /// `kill_chain_phases`: chain and phase.
    Phase(String, String),
    /// A tag, in small letters.
    Tag(String),
    /// An attack pattern's STIX id.
    Pattern(String),
}

impl Reference {
    /// As it stands in the index.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::External(id, _) => format!("id:{id}"),
            Self::Phase(_, phase) => format!("phase:{phase}"),
            Self::Tag(tag) => format!("tag:{tag}"),
            Self::Pattern(id) => format!("stix:{id}"),
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn is_disarm(reference: &Value) -> bool {
    ["source_name", "url"].iter().any(|name| text(reference, name).to_ascii_lowercase().contains("disarm"))
}

/// Ids of frameworks and none of somebody's tickets: their sources say so.
fn is_framework(reference: &Value) -> bool {
    let source = text(reference, "source_name").to_ascii_lowercase();
    is_disarm(reference) || ["attack", "amitt", "misp"].iter().any(|one| source.contains(one))
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// What an object refers to, each once.
pub(crate) fn references(object: &Value) -> Vec<Reference> {
    let mut all = BTreeSet::new();
    for one in list(object, "external_references").filter(|one| is_framework(one)) {
        let id = text(one, "external_id").trim().to_ascii_uppercase();
        if !id.is_empty() {
            all.insert(Reference::External(id, is_disarm(one)));
        }
    }
    for one in list(object, "kill_chain_phases") {
        let part = |name: &str| text(one, name).to_ascii_lowercase();
        if !part("phase_name").is_empty() {
            all.insert(Reference::Phase(part("kill_chain_name"), part("phase_name")));
        }
    }
    for tag in list(object, "labels").filter_map(Value::as_str).filter(|tag| tag.contains(':')) {
        all.insert(Reference::Tag(tag.trim().to_lowercase()));
    }
    for name in ["id", "target_ref", "source_ref"] {
        let id = text(object, name);
        if id.starts_with("attack-pattern--") {
            all.insert(Reference::Pattern(id.to_owned()));
        }
    }
    all.into_iter().filter(|one| one.key().len() <= LONGEST).take(MOST).collect()
}

/// The keys under which the index finds an object.
pub(crate) fn keys(object: &Object) -> Vec<String> {
    const SILENT: [&str; 4] = ["marking-definition", "identity", "language-content", "extension-definition"];
    if SILENT.contains(&object.kind()) {
        return Vec::new();
    }
    references(&object.value()).iter().map(Reference::key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_frameworks_have_is_found_and_nothing_else() {
        let object = json!({
            "type": "indicator",
            "external_references": [
                {"source_name": "DISARM", "external_id": "t0002"}, {"source_name": "mitre-attack", "external_id": "T1566.001"},
                {"source_name": "mitre-attack", "external_id": "T0007", "url": "https://github.com/DISARMFoundation/x"},
                {"source_name": "cve", "external_id": "CVE-2024-1"}, {"source_name": "acme", "external_id": "T1000"}, 7,
            ],
            "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "Initial-Access"}, "x"],
            "labels": ["plain", "misp-galaxy:sector=\"Election\"", 3],
            "target_ref": "attack-pattern--e16150fb-3f02-5f53-aefb-54292f855420",
        });
        let keys: Vec<String> = references(&object).iter().map(Reference::key).collect();
        assert_eq!(
            keys,
            [
                "id:T0002",
                "id:T0007",
                "id:T1566.001",
                "phase:initial-access",
                "tag:misp-galaxy:sector=\"election\"",
                "stix:attack-pattern--e16150fb-3f02-5f53-aefb-54292f855420",
            ]
        );
        assert!(matches!(&references(&object)[0], Reference::External(_, true)));
        assert_eq!(references(&json!({"labels": "x"})), []);
    }
}
