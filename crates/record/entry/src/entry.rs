//! Reading an entry.

use crate::commit::Commitment;
use crate::time::parse_utc;
use scr_canon::{CanonError, Hash32, parse_canonical, unb64};
use scr_note::VerifierKey;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longest entry that is recorded.
pub const MAX_ENTRY_BYTES: usize = 16 * 1024;
/// Most subjects, commitments, references or signatures of one entry.
const MAX_ITEMS: usize = 32;
/// What stands before the bytes that the author signs.
pub(crate) const SIGNED_PREFIX: &str = "scrutineer/entry/v1\n";

/// Why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Longer than [`MAX_ENTRY_BYTES`].
    #[error("an entry has at most {MAX_ENTRY_BYTES} bytes, this has {0}")]
    TooLong(usize),
    /// Not canonical JSON.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// A key is missing, unknown, or has a value of another form.
    #[error("not an entry: {0}")]
    Form(String),
    /// The author's signature does not hold under this key.
    #[error("the author's signature does not hold")]
    Signature,
}

/// A pointer to another entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRef {
    /// Its index.
    pub i: u64,
    /// Hash of its leaf: the pointer names the entry, not only its place.
    pub lh: Hash32,
    /// What the other entry is to this one, for instance `supersedes`.
    pub rel: String,
}

/// A signature by the acting organisation's role key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrySignature {
    /// The key, as `name+id`.
    pub k: String,
    /// Ed25519 over the prefix and the entry with an empty `sig`, base64.
    pub s: String,
}

/// The keys of an entry as they stand in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    pub(crate) at: String,
    pub(crate) com: Vec<Commitment>,
    pub(crate) id: String,
    pub(crate) iss: String,
    #[serde(rename = "pub")]
    pub(crate) public: Map<String, Value>,
    #[serde(rename = "ref")]
    pub(crate) refs: Vec<EntryRef>,
    pub(crate) seq: BTreeMap<String, u64>,
    pub(crate) sig: Vec<EntrySignature>,
    pub(crate) sub: Vec<String>,
    pub(crate) t: String,
    pub(crate) v: u64,
}

/// An entry that was read. Its bytes are what is hashed: they are never written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    form: Form,
    at: i64,
    bytes: Vec<u8>,
}

impl Entry {
    /// Reads the bytes of an entry: canonical, of version 1, with no unknown key.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLong(bytes.len()));
        }
        let value = parse_canonical(bytes)?;
        let form: Form = serde_json::from_value(value).map_err(|e| EntryError::Form(e.to_string()))?;
        let wrong = |what: &str| Err(EntryError::Form(what.to_owned()));
        if form.v != 1 {
            return wrong("the version is not 1");
        }
        let Some(at) = parse_utc(&form.at) else { return wrong("`at` is not a time in UTC") };
        let counted: Vec<&String> = form.seq.keys().collect();
        let mut named: Vec<&String> = form.sub.iter().collect();
        named.sort();
        if counted != named {
            return wrong("`seq` does not count exactly the subjects");
        }
        if form.seq.values().any(|n| *n == 0) {
            return wrong("counting begins with 1");
        }
        if !form.sub.iter().all(|subject| is_subject(subject)) {
            return wrong("a subject is not of the form `kind:name`");
        }
        if [form.com.len(), form.refs.len(), form.sig.len(), form.sub.len()].iter().any(|n| *n > MAX_ITEMS) {
            return wrong("more than 32 subjects, commitments, references or signatures");
        }
        Ok(Self { form, at, bytes: bytes.to_vec() })
    }

    /// Kind and version, `area.noun.verb_past/N`.
    pub fn kind(&self) -> &str {
        &self.form.t
    }

    /// The entry's own id.
    pub fn id(&self) -> &str {
        &self.form.id
    }

    /// Name of the acting organisation's key.
    pub fn issuer(&self) -> &str {
        &self.form.iss
    }

    /// When it was recorded, in seconds since 1970, UTC.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// What it is about.
    pub fn subjects(&self) -> &[String] {
        &self.form.sub
    }

    /// For each subject, the how-manieth entry about it this is, from 1, without gaps.
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.form.seq
    }

    /// Its public fields.
    pub fn public(&self) -> &Map<String, Value> {
        &self.form.public
    }

    /// A public field that is a text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.form.public.get(field).and_then(Value::as_str)
    }

    /// A public field that is a count.
    pub fn count(&self, field: &str) -> Option<u64> {
        self.form.public.get(field).and_then(Value::as_u64)
    }

    /// Its commitments to private fields.
    pub fn commitments(&self) -> &[Commitment] {
        &self.form.com
    }

    /// The entries that it points to.
    pub fn refs(&self) -> &[EntryRef] {
        &self.form.refs
    }

    /// Its author's signatures.
    pub fn signatures(&self) -> &[EntrySignature] {
        &self.form.sig
    }

    /// The bytes that were recorded.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Checks that `key` has signed this entry.
    pub fn verify_author(&self, key: &VerifierKey) -> Result<(), EntryError> {
        let mut unsigned = self.form.clone();
        unsigned.sig = Vec::new();
        let message = signed_message(&unsigned)?;
        let name = key_name(key);
        let holds =
            self.form.sig.iter().filter(|signature| signature.k == name).any(|signature| {
                unb64(&signature.s).is_ok_and(|bytes| key.verify(&message, &bytes).is_some())
            });
        if holds { Ok(()) } else { Err(EntryError::Signature) }
    }
}

/// The name of a key in `sig`: its name and id.
pub(crate) fn key_name(key: &VerifierKey) -> String {
    format!("{}+{:08x}", key.name(), u32::from_be_bytes(key.id()))
}

/// What the author signs: the prefix and the canonical entry with an empty `sig`.
pub(crate) fn signed_message(unsigned: &Form) -> Result<String, EntryError> {
    let bytes = scr_canon::to_canonical(unsigned)?;
    let text = String::from_utf8(bytes).map_err(|e| EntryError::Form(e.to_string()))?;
    Ok(format!("{SIGNED_PREFIX}{text}"))
}

/// `kind:name`, at most 160 bytes, without spaces and control characters.
pub(crate) fn is_subject(text: &str) -> bool {
    text.len() <= 160
        && text.split_once(':').is_some_and(|(kind, name)| {
            !kind.is_empty() && !name.is_empty() && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        })
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control())
}
