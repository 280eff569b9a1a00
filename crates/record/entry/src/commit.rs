//! Commitments to private content: the entry proves it, without showing or describing it.

use scr_canon::{Hash32, sha256};
use serde::{Deserialize, Serialize};

/// What stands before salt and hash, so that a commitment is never mistaken for another hash.
pub const COMMITMENT_PREFIX: &[u8] = b"scrutineer/commit/v1\n";

/// SHA-256(`scrutineer/commit/v1\n` || salt || SHA-256(content)). The salt is 32 random bytes, fresh
/// for each object; once it is destroyed nobody can tell what was committed to.
pub fn commitment(salt: &[u8; 32], content: &[u8]) -> Hash32 {
    let mut bytes = COMMITMENT_PREFIX.to_vec();
    bytes.extend_from_slice(salt);
    bytes.extend_from_slice(&sha256(content).0);
    sha256(&bytes)
}

/// How content is committed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommitmentKind {
    /// One content as a whole ([`commitment`]).
    Blob,
    /// Fields that can be disclosed one by one ([`disclosures_root`]).
    Sd,
}

/// One commitment in an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The commitment.
    pub h: Hash32,
    /// How it was made.
    pub k: CommitmentKind,
    /// Name of the private field.
    pub n: String,
}

/// One field in the form of an SD-JWT disclosure (RFC 9901 section 4.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure(pub String);

impl Disclosure {
    /// The disclosure of a field: base64url of the JSON array [salt, name, value].
    pub fn new(salt: &str, name: &str, value: &serde_json::Value) -> Self {
        Self(base64url(serde_json::json!([salt, name, value]).to_string().as_bytes()))
    }

    /// base64url(SHA-256(disclosure)) (RFC 9901 section 4.2.3).
    pub fn digest(&self) -> String {
        base64url(&sha256(self.0.as_bytes()).0)
    }
}

/// The RFC 6962 root over the sorted digests: any one field is then proven by its disclosure and a
/// path, the others stay hidden.
pub fn disclosures_root(digests: &[String]) -> Hash32 {
    let mut sorted: Vec<&String> = digests.iter().collect();
    sorted.sort();
    let leaves: Vec<Hash32> = sorted.iter().map(|digest| scr_merkle::leaf_hash(digest.as_bytes())).collect();
    scr_merkle::root_of(&leaves)
}

fn base64url(bytes: &[u8]) -> String {
    scr_canon::b64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{ printf 'scrutineer/commit/v1\n'; head -c 32 /dev/zero; printf hello | sha256sum | xxd -r -p; } | sha256sum`
    #[test]
    fn a_commitment_can_be_recomputed_with_coreutils() {
        assert_eq!(
            commitment(&[0; 32], b"hello").to_hex(),
            "2e6c59f059cbbc285e4a2c8f5a2514cc449606091e4b38c963044f1f89c07b02"
        );
        assert_ne!(commitment(&[1; 32], b"hello"), commitment(&[0; 32], b"hello"));
    }

    /// RFC 9901 section 4.2.3: the digest of the disclosure of `family_name`.
    #[test]
    fn the_digest_of_rfc_9901() {
        let disclosure = Disclosure("WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0".to_owned());
        assert_eq!(disclosure.digest(), "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY");
    }

    #[test]
    fn the_order_of_fields_does_not_show() {
        let digests: Vec<String> = ["a", "b", "c"]
            .iter()
            .map(|n| Disclosure::new("salt", n, &serde_json::json!(1)).digest())
            .collect();
        let reversed: Vec<String> = digests.iter().rev().cloned().collect();
        assert_eq!(disclosures_root(&digests), disclosures_root(&reversed));
    }
}
