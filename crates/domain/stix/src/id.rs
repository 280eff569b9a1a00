//! Identifiers of STIX 2.1 (section 2.9), and those that follow from what an observable is.

use crate::jcs;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;
use uuid::Uuid;

/// The length of a UUID in hexadecimal with hyphens.
const UUID_LENGTH: usize = 36;
/// Longest name of a type (STIX 2.1 section 11.2).
const LONGEST_KIND: usize = 250;

/// The namespace of deterministic identifiers of observables (STIX 2.1 section 2.9).
pub const SCO_NAMESPACE: Uuid = Uuid::from_u128(0x00ab_edb4_aa42_466c_9c01_fed2_3315_a9b7);

/// `type--uuid`. The UUID is in small letters and of any version: senders in the field use several.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

/// Why a text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not `type--uuid`.
    #[error("not of the form type--uuid with a UUID in small letters")]
    Form,
    /// The type has other characters than `a-z`, `0-9` and single hyphens, or not 3 to 250 of them.
    #[error("a type has 3 to 250 of the characters a-z, 0-9 and single hyphens")]
    Kind,
}

impl Id {
    /// Reads exactly `type--uuid`.
    ///
    /// # Errors
    /// Another form, other characters, a type that is too short or too long.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        check(text).map(|()| Self(text.into()))
    }

    /// Of a type and a UUID.
    ///
    /// # Errors
    /// [`IdError::Kind`].
    pub fn new(kind: &str, uuid: Uuid) -> Result<Self, IdError> {
        Self::parse(&format!("{kind}--{}", uuid.hyphenated()))
    }

    /// The type, such as `indicator`.
    pub fn kind(&self) -> &str {
        self.0.get(..self.0.len().saturating_sub(UUID_LENGTH + 2)).unwrap_or_default()
    }

    /// The UUID as text.
    pub fn uuid(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(UUID_LENGTH)..).unwrap_or_default()
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is an identifier, without keeping it.
pub(crate) fn check(text: &str) -> Result<(), IdError> {
    let cut = text.len().checked_sub(UUID_LENGTH).ok_or(IdError::Form)?;
    let (Some(head), Some(uuid)) = (text.as_bytes().get(..cut), text.as_bytes().get(cut..)) else {
        return Err(IdError::Form);
    };
    let good = uuid.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    });
    match head.strip_suffix(b"--") {
        Some(kind) if good => is_kind(kind).then_some(()).ok_or(IdError::Kind),
        _ => Err(IdError::Form),
    }
}

/// Whether bytes name a type of objects.
pub(crate) fn is_kind(kind: &[u8]) -> bool {
    (3..=LONGEST_KIND).contains(&kind.len())
        && kind.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !kind.starts_with(b"-")
        && !kind.ends_with(b"-")
        && !kind.windows(2).any(|pair| pair == b"--")
}

/// The properties from which the identifier of an observable of this type follows (STIX 2.1 sections 6.1 to 6.18);
/// `None` for other types, and for `process`, whose identifiers are random.
pub fn contributing(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "artifact" => &["hashes", "payload_bin"],
        "autonomous-system" => &["number"],
        "directory" => &["path"],
        "domain-name" | "email-addr" | "ipv4-addr" | "ipv6-addr" | "mac-addr" | "url" => &["value"],
        "email-message" => &["from_ref", "subject", "body"],
        "file" => &["hashes", "name", "extensions", "parent_directory_ref"],
        "mutex" => &["name"],
        "network-traffic" => {
            &["start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"]
        }
        "software" => &["name", "cpe", "swid", "vendor", "version"],
        "user-account" => &["account_type", "user_id", "account_login"],
        "windows-registry-key" => &["key", "values"],
        "x509-certificate" => &["hashes", "serial_number"],
        _ => return None,
    })
}

/// The identifier that follows from an observable's own properties: UUIDv5 of [`SCO_NAMESPACE`] over the canonical
/// JSON (RFC 8785) of those that contribute. Of several hashes one counts: MD5, else SHA-1, SHA-256, SHA-512, else
/// the first by name. `None` where nothing contributes: such an identifier is random.
pub fn sco_id(kind: &str, object: &Value) -> Option<Id> {
    let mut chosen = Map::new();
    for name in contributing(kind)? {
        match object.get(*name) {
            None => {}
            Some(Value::Object(hashes)) if *name == "hashes" => {
                if let Some((algorithm, hash)) = one_hash(hashes) {
                    chosen.insert((*name).to_owned(), Value::Object(Map::from_iter([(algorithm, hash)])));
                }
            }
            Some(value) => {
                chosen.insert((*name).to_owned(), value.clone());
            }
        }
    }
    if chosen.is_empty() {
        return None;
    }
    let canonical = jcs::canonical(&Value::Object(chosen))?;
    Id::new(kind, Uuid::new_v5(&SCO_NAMESPACE, canonical.as_bytes())).ok()
}

fn one_hash(hashes: &Map<String, Value>) -> Option<(String, Value)> {
    let preferred = ["MD5", "SHA-1", "SHA-256", "SHA-512"];
    let named = preferred.into_iter().find_map(|name| hashes.get_key_value(name));
    let chosen = named.or_else(|| hashes.iter().min_by_key(|(name, _)| *name));
    chosen.map(|(name, hash)| (name.clone(), hash.clone()))
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn an_identifier_has_a_type_and_a_uuid() {
        let id = Id::parse("x-mitre-tactic--2558fd61-8c75-4730-94c4-11926db2a263").unwrap();
        assert_eq!((id.kind(), id.uuid()), ("x-mitre-tactic", "2558fd61-8c75-4730-94c4-11926db2a263"));
        assert!(Id::parse("identity--00000000-0000-0000-0000-000000000010").is_ok());
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        let uuid = "2558fd61-8c75-4730-94c4-11926db2a263";
        let long = format!("{}--{uuid}", "a".repeat(251));
        let form = ["", "--", uuid, "indicator-2558fd61-8c75-4730-94c4-11926db2a263", "indicator--2558fd61"];
        form.iter().for_each(|text| assert_eq!(Id::parse(text), Err(IdError::Form), "{text}"));
        for text in [
            "indicator--2558FD61-8c75-4730-94c4-11926db2a263",
            "indicator--2558fd6-18c75-4730-94c4-11926db2a263",
        ] {
            assert_eq!(Id::parse(text), Err(IdError::Form), "{text}");
        }
        for kind in ["", "ab", "Indicator", "-abc", "abc-", "a--bc", "a_bc", "a bc", "éabc"] {
            assert_eq!(Id::parse(&format!("{kind}--{uuid}")), Err(IdError::Kind), "{kind}");
        }
        assert_eq!(Id::parse(&long), Err(IdError::Kind));
        assert!(Id::parse(&long[1..]).is_ok());
    }

    #[test]
    fn nothing_follows_where_nothing_contributes() {
        assert_eq!(sco_id("domain-name", &json!({})), None);
        assert_eq!(sco_id("process", &json!({"pid": 1})), None);
        assert_eq!(sco_id("file", &json!({"hashes": {}})), None);
        assert_eq!(sco_id("indicator", &json!({"name": "x"})), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z-]{0,6}(--)?[0-9a-f-]{0,40}") {
            if let Ok(id) = Id::parse(&text) {
                prop_assert_eq!(format!("{}--{}", id.kind(), id.uuid()), text);
                prop_assert!(Uuid::parse_str(id.uuid()).is_ok());
            }
        }
    }
}
