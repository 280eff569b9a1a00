//! What was fixed before the seed, when, and who signed for it.

use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was fixed before the seed: SHA-256 of each part in canonical JSON (RFC 8785), and of the list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// By the name of the part.
    pub parts: BTreeMap<String, Hash32>,
    /// Of the parts.
    pub root: Hash32,
    /// When and where it was published; none: nobody witnessed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Who signed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<Signature>,
}

/// A moment that a log witnessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// RFC 3339, UTC, seconds.
    pub at: String,
    /// The log.
    pub origin: String,
    /// The entry.
    pub index: u64,
    /// What shows that the log has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What shows that a log has an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The entry, byte for byte: canonical JSON, which names the root or the seed.
    pub entry: String,
    /// Its proof (C2SP tlog-proof).
    pub proof: String,
}

/// Somebody who signed. No names of people: what they are, and by which name the record knows them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// As what: `audit administrator`, `jurisdiction manager`, `board member`.
    pub role: String,
    /// The name of the key, or `Board 1, first member`.
    pub by: String,
    /// The entry of the log that holds the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

/// A version that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The root that it had committed to.
    pub root: Hash32,
    /// Why it was replaced.
    pub reason: String,
    /// When and where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}
