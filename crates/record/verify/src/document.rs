//! A document beside an entry: is it the one whose hash, or salted commitment, the entry states?

use scr_canon::{Hash32, sha256};
use serde::Serialize;
use serde_json::Value;

use crate::EntryView;

/// In front of salt and content's hash.
const COMMIT: &[u8] = b"scrutineer/commit/v1\n";

/// Where an entry names a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "how", content = "field", rename_all = "snake_case")]
pub enum DocumentFound {
    /// Its SHA-256 stands in this public field.
    Hash(String),
    /// With its salt it gives the commitment to this private field.
    Commitment(String),
}

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The entry names another, or none.
    #[error("SCR-VERIFY-050: the entry does not name this document{0}")]
    NotNamed(&'static str),
    /// The salt has another length or form.
    #[error("SCR-VERIFY-051: the salt is not 32 bytes, as 64 hexadecimal digits or base64")]
    Salt,
}

/// 32 bytes from 64 hexadecimal digits or base64. Spaces and line ends inside are left out: salts are
/// read from paper.
///
/// # Errors
/// [`DocumentError::Salt`].
pub fn parse_salt(text: &str) -> Result<[u8; 32], DocumentError> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let hash = Hash32::from_hex(&plain.to_ascii_lowercase()).or_else(|| plain.parse().ok());
    hash.map(|hash| hash.0).ok_or(DocumentError::Salt)
}

/// Looks for a document in an entry: by its hash among the public values, or with its salt among the
/// commitments.
///
/// # Errors
/// [`DocumentError::NotNamed`].
pub fn verify_document(
    entry: Option<&EntryView>,
    content: &[u8],
    salt: Option<&[u8; 32]>,
) -> Result<DocumentFound, DocumentError> {
    let hash = sha256(content);
    let Some(salt) = salt else {
        let found = entry.and_then(|entry| {
            let forms = [hash.to_string(), hash.to_hex()];
            entry.public.iter().find_map(|(name, value)| field_of(name, value, &forms))
        });
        return found
            .map(DocumentFound::Hash)
            .ok_or(DocumentError::NotNamed("; private content is found by its salt"));
    };
    let own = sha256(&[COMMIT, salt, &hash.0].concat());
    let found = entry.and_then(|entry| entry.commitments.iter().find(|(_, commitment)| **commitment == own));
    found
        .map(|(name, _)| DocumentFound::Commitment(name.clone()))
        .ok_or(DocumentError::NotNamed(", with this salt"))
}

/// The path to the first text that is one of `forms`: names and places counted from 1, one space between.
fn field_of(path: &str, value: &Value, forms: &[String; 2]) -> Option<String> {
    match value {
        Value::String(text) => forms.contains(text).then(|| path.to_owned()),
        Value::Array(items) => {
            let places = items.iter().enumerate();
            places.into_iter().find_map(|(at, item)| field_of(&format!("{path} {}", at + 1), item, forms))
        }
        Value::Object(members) => {
            members.iter().find_map(|(name, item)| field_of(&format!("{path} {name}"), item, forms))
        }
        _ => None,
    }
}
