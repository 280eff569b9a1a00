//! XML Signature (W3C Recommendation of 10 June 2008, and 1.1), as far as CAP needs it (CAP 1.2, 3.3.4.1): enveloped,
//! over the whole document.
//!
//! A key that comes with the message proves nothing about who signed it: only pinned keys do. What is not exactly the
//! one form in which the signature covers all that is read is refused, with the reason.

mod element;
mod keys;
mod sign;

pub use keys::{KeyError, Pin, PublicKey};
pub use sign::{SignError, Signer};

use crate::c14n::{self, Options};
use crate::read::Reading;
use crate::xml::{Document, Element, Node};
use element::Parts;
use scr_core::UtcSeconds;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use std::collections::BTreeSet;

pub(crate) const DSIG_NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// What one signature of a file is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It holds, under a pinned key.
    Valid {
        /// Place of the key among those that were given.
        pin: usize,
    },
    /// It holds under a pinned certificate, which is not valid at the time that was given.
    PinOutOfDate {
        /// Place of the certificate among those that were given.
        pin: usize,
    },
    /// It holds under a key that came with the message: whoever wrote the message may have made the key.
    UnknownSigner {
        /// The key.
        key: PublicKey,
        /// Subject of the certificate that carries the key, where it is one. Anybody can write any.
        subject: Option<String>,
    },
    /// The digest is right, but no pinned key fits, and the message carries none.
    NoKey,
    /// It does not hold.
    Broken(Broken),
    /// An algorithm or a key that can be forged: it never counts.
    Weak(String),
    /// Not in a form that is taken.
    Refused(Refusal),
}

/// What of a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The digest of the document is another.
    #[error("the alert was changed after it was signed")]
    Digest,
    /// The signature over the digest does not fit the key.
    #[error("the signature does not fit its key")]
    Signature,
}

/// Why a signature is not examined further.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not a child of the alert.
    #[error("the signature is not a direct part of the alert")]
    Misplaced,
    /// More signatures than are examined.
    #[error("there are too many signatures")]
    TooMany,
    /// Two elements have the same Id.
    #[error("two elements have the same Id: {0}")]
    DuplicateId(String),
    /// Something else is signed than the document, or more than one thing.
    #[error("the signature does not cover the whole alert, and nothing else: {0}")]
    Covers(String),
    /// A transform that is not on the list.
    #[error("a transform that is not taken: {0}")]
    Transform(String),
    /// An algorithm that is not known here, and not known to be weak.
    #[error("an algorithm that is not known here: {0}")]
    Algorithm(String),
    /// Not as the schema of XML Signature has it.
    #[error("the signature is malformed: {0}")]
    Malformed(String),
}

/// A signature of a file, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Line on which it begins.
    pub line: u32,
    /// What it is worth.
    pub state: State,
}

impl Checked {
    /// Whether it says who sent the alert.
    pub fn is_valid(&self) -> bool {
        matches!(self.state, State::Valid { .. })
    }
}

impl State {
    /// The name by which programs know it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Valid { .. } => "valid",
            Self::PinOutOfDate { .. } => "pin-out-of-date",
            Self::UnknownSigner { .. } => "unknown-signer",
            Self::NoKey => "no-key",
            Self::Broken(_) => "broken",
            Self::Weak(_) => "weak",
            Self::Refused(_) => "refused",
        }
    }
}

/// Examines every signature of a file, in the order in which they stand. `at` is the time at which pinned certificates
/// are to be valid, in seconds since 1970 (UTC); without it their dates are not looked at. Keys that come with the
/// message are never trusted.
pub fn verify(
    reading: &Reading,
    pins: &[Pin],
    at: Option<UtcSeconds>,
    limits: &crate::Limits,
) -> Vec<Checked> {
    let document = reading.document();
    let mut all = Vec::new();
    find(document.root(), 0, &mut all);
    let twice = duplicate_id(document.root());
    let mut found = Vec::new();
    for (number, (place, signature)) in all.into_iter().enumerate() {
        let refused = |refusal| State::Refused(refusal);
        let state = match (place, &twice) {
            _ if number >= limits.signatures => refused(Refusal::TooMany),
            (None, _) => refused(Refusal::Misplaced),
            (_, Some(id)) => refused(Refusal::DuplicateId(id.clone())),
            (Some(place), None) => element::parts(signature)
                .map_or_else(|state| state, |parts| examine(document, place, &parts, pins, at)),
        };
        found.push(Checked { line: signature.line(), state });
        if number >= limits.signatures {
            break;
        }
    }
    found
}

/// Signatures, with their place where they are children of the root. The depth of documents is limited.
fn find<'e>(element: &'e Element, depth: usize, found: &mut Vec<(Option<usize>, &'e Element)>) {
    for (place, node) in element.children().iter().enumerate() {
        let Node::Element(child) = node else { continue };
        if child.is(DSIG_NAMESPACE, "Signature") {
            found.push(((depth == 0).then_some(place), child));
        }
        find(child, depth + 1, found);
    }
}

/// An Id that two elements have, in whatever spelling.
fn duplicate_id(root: &Element) -> Option<String> {
    fn walk<'e>(element: &'e Element, seen: &mut BTreeSet<&'e str>) -> Option<&'e str> {
        let mut own: Vec<&str> = element
            .attributes
            .iter()
            .filter(|one| one.local.eq_ignore_ascii_case("id"))
            .map(|one| one.value.as_str())
            .collect();
        own.dedup();
        own.into_iter()
            .find(|id| !seen.insert(id))
            .or_else(|| element.elements().find_map(|child| walk(child, seen)))
    }
    walk(root, &mut BTreeSet::new()).map(|id| id.chars().take(100).collect())
}

fn examine(document: &Document, place: usize, parts: &Parts, pins: &[Pin], at: Option<UtcSeconds>) -> State {
    let options = Options {
        form: parts.document_form,
        comments: false,
        inclusive_prefixes: &parts.document_prefixes,
        without: Some(place),
    };
    let digest = digest(parts.digest_method, c14n::document(document, &options).as_bytes());
    if digest != parts.digest {
        return State::Broken(Broken::Digest);
    }
    let options = Options {
        form: parts.signed_form,
        comments: false,
        inclusive_prefixes: &parts.signed_prefixes,
        without: None,
    };
    let signed = c14n::element(document, &[place, parts.signed_info], &options).unwrap_or_default();
    let holds = |key: &PublicKey| key.verify(parts.signature_method, signed.as_bytes(), &parts.signature);
    let mut out_of_date = None;
    for (number, pin) in pins.iter().enumerate().filter(|(_, pin)| holds(pin.key())) {
        if at.is_none_or(|at| pin.is_valid_at(at)) {
            return if pin.key().is_weak() { weak_key() } else { State::Valid { pin: number } };
        }
        out_of_date = out_of_date.or(Some(number));
    }
    if let Some(pin) = out_of_date {
        return State::PinOutOfDate { pin };
    }
    match parts.keys.iter().find(|(key, _)| holds(key)) {
        Some((key, subject)) => State::UnknownSigner { key: key.clone(), subject: subject.clone() },
        None if parts.keys.iter().any(|(key, _)| key.is_weak()) => weak_key(),
        None if parts.keys.is_empty() => State::NoKey,
        None => State::Broken(Broken::Signature),
    }
}

fn weak_key() -> State {
    State::Weak("an RSA key of less than 2048 bits".to_owned())
}

/// Digests that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DigestMethod {
    Sha256,
    Sha384,
    Sha512,
}

fn digest(method: DigestMethod, bytes: &[u8]) -> Vec<u8> {
    match method {
        DigestMethod::Sha256 => Sha256::digest(bytes).to_vec(),
        DigestMethod::Sha384 => Sha384::digest(bytes).to_vec(),
        DigestMethod::Sha512 => Sha512::digest(bytes).to_vec(),
    }
}
