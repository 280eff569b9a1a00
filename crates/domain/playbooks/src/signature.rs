//! Who signed a playbook: `jss` signatures (CACAO 2.0 section 10.15, ITU-T X.590) against keys that one has pinned.
//!
//! Signed is the hash of the canonical form (RFC 8785) of the playbook with nothing in `signatures` but this one signature
//! without its `value`. A countersignature stands in the signature that it signs, in `signature`: it signs the same with
//! that signature whole and itself without its `value`. A key that comes with the playbook proves nothing: it must be one
//! of the pinned ones. Certificates are not looked into.
//!
//! The reading of X.590 is ours: its text was not at hand, only the schema, its table of contents and the pseudo code in
//! the description of `value`.

use crate::forms;
use crate::playbook::Playbook;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey, VerificationAlgorithm};
use scr_stix::Timestamp;
use scr_stix::jcs::canonical;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256, Sha512};

/// What stands before an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410).
const ED25519_HEAD: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before an uncompressed point on P-256 in its SubjectPublicKeyInfo (RFC 5480).
const P256_HEAD: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// Signatures that are looked at.
const MOST: usize = 32;

/// A key that one trusts, got by another way than the playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedKey {
    /// Whose it is, in one's own words.
    pub name: String,
    algorithm: Algorithm,
    spki: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Ed25519,
    Es256,
}

/// Not a key that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a key is the base64 of a SubjectPublicKeyInfo of Ed25519 or P-256: a PEM file without its first and last line"
)]
pub struct KeyError;

impl PinnedKey {
    /// Reads a key: a PEM file, or what stands between its first and last line.
    ///
    /// # Errors
    /// Another kind of key, or none.
    pub fn parse(name: &str, text: &str) -> Result<Self, KeyError> {
        let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
        let spki = spki(&body).ok_or(KeyError)?;
        let algorithm = match (spki.strip_prefix(ED25519_HEAD), spki.strip_prefix(P256_HEAD)) {
            (Some(key), _) if key.len() == 32 => Algorithm::Ed25519,
            (_, Some(key)) if key.len() == 65 && key.first() == Some(&4) => Algorithm::Es256,
            _ => return Err(KeyError),
        };
        Ok(Self { name: name.to_owned(), algorithm, spki })
    }

    /// Its SubjectPublicKeyInfo.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let (algorithm, head): (&dyn VerificationAlgorithm, &[u8]) = match self.algorithm {
            Algorithm::Ed25519 => (&ED25519, ED25519_HEAD),
            Algorithm::Es256 => (&ECDSA_P256_SHA256_FIXED, P256_HEAD),
        };
        let key = self.spki.get(head.len()..).unwrap_or_default();
        UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok()
    }
}

fn spki(text: &str) -> Option<Vec<u8>> {
    let bare: String = text.split_whitespace().collect();
    STANDARD.decode(&bare).or_else(|_| STANDARD_NO_PAD.decode(&bare)).ok()
}

/// What came of one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is good, by this pinned key.
    Good(String),
    /// Its key is not one of the pinned ones.
    UnknownKey,
    /// The key is pinned, and the signature is not its signature of this playbook.
    Bad,
    /// An algorithm, hash or form of naming a key that is not verified here.
    Unsupported(String),
    /// Its signer has revoked it.
    Revoked,
    /// Outside of its time.
    OutOfTime,
    /// It is for another playbook, or another version.
    ForAnother,
    /// Not a signature at all.
    Malformed,
}

/// One signature of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Its number in `signatures`, from 0.
    pub number: usize,
    /// 0 for a signature, 1 for the one that countersigns it, and so on.
    pub level: usize,
    /// Who it says signed: its own word.
    pub signee: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// Looks at every signature and countersignature of a playbook, 32 at most, at a moment in microseconds since 1970.
pub fn verify(playbook: &Playbook, pinned: &[PinnedKey], now: i64) -> Vec<Signed> {
    let list = playbook.members().get("signatures").and_then(Value::as_array);
    let mut found = Vec::new();
    for (number, signature) in list.into_iter().flatten().enumerate() {
        let mut chain = Vec::new();
        let mut next = Some(signature);
        while let Some(one) = next {
            chain.push(one);
            next = one.get("signature");
        }
        for (level, one) in chain.iter().enumerate() {
            if found.len() >= MOST {
                return found;
            }
            let signee = one.get("signee").and_then(Value::as_str).unwrap_or_default().to_owned();
            let verdict = verdict(playbook, &chain[..=level], pinned, now);
            found.push(Signed { number, level, signee, verdict });
        }
    }
    found
}

fn verdict(playbook: &Playbook, chain: &[&Value], pinned: &[PinnedKey], now: i64) -> Verdict {
    let Some(Value::Object(signature)) = chain.last() else { return Verdict::Malformed };
    let text = |name: &str| signature.get(name).and_then(Value::as_str);
    if text("related_to") != playbook.id() || text("related_version") != playbook.modified() {
        return Verdict::ForAnother;
    }
    match (signature.get("revoked"), time(text("valid_from")), time(text("valid_until"))) {
        (Some(Value::Bool(true)), ..) => return Verdict::Revoked,
        (None | Some(Value::Bool(false)), Ok(from), Ok(until)) => {
            if from.is_some_and(|from| now < from) || until.is_some_and(|until| now >= until) {
                return Verdict::OutOfTime;
            }
        }
        _ => return Verdict::Malformed,
    }
    let (Some(algorithm), Some(hash)) = (text("algorithm"), text("hash_algorithm")) else {
        return Verdict::Malformed;
    };
    let wanted = match algorithm {
        "Ed25519" => Algorithm::Ed25519,
        "ES256" => Algorithm::Es256,
        other => return Verdict::Unsupported(other.chars().take(80).collect()),
    };
    let Some(key) = text("public_key").map(spki) else {
        return Verdict::Unsupported("a key that is named by certificate, address or thumbprint".to_owned());
    };
    let Some(key) = pinned.iter().find(|pin| pin.algorithm == wanted && key.as_deref() == Some(&pin.spki))
    else {
        return Verdict::UnknownKey;
    };
    let value = text("value").and_then(|value| URL_SAFE_NO_PAD.decode(value.trim_end_matches('=')).ok());
    let Some((value, message)) = value.zip(signed_text(playbook, chain)) else { return Verdict::Malformed };
    let digest = match hash.to_ascii_lowercase().as_str() {
        "sha-256" | "sha256" => Sha256::digest(message.as_bytes()).to_vec(),
        "sha-512" | "sha512" => Sha512::digest(message.as_bytes()).to_vec(),
        other => return Verdict::Unsupported(other.chars().take(80).collect()),
    };
    if key.verifies(&digest, &value) { Verdict::Good(key.name.clone()) } else { Verdict::Bad }
}

fn time(text: Option<&str>) -> Result<Option<i64>, ()> {
    match text.map(forms::instant) {
        None => Ok(None),
        Some(time) => time.as_ref().map(Timestamp::micros).map(Some).ok_or(()),
    }
}

/// The canonical text that the last signature of a chain signs.
fn signed_text(playbook: &Playbook, chain: &[&Value]) -> Option<String> {
    let mut inner: Option<Map<String, Value>> = None;
    for (at, signature) in chain.iter().enumerate().rev() {
        let mut members = signature.as_object()?.clone();
        members.remove("signature");
        if at + 1 == chain.len() {
            members.remove("value");
        }
        if let Some(inner) = inner.take() {
            members.insert("signature".to_owned(), Value::Object(inner));
        }
        inner = Some(members);
    }
    let mut whole = playbook.members().clone();
    whole.insert("signatures".to_owned(), json!([inner?]));
    canonical(&Value::Object(whole))
}
