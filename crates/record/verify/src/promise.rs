//! A promise of the log, and whether a proof keeps or breaks it.

use scr_canon::Hash32;
use scr_merkle::leaf_hash;
use scr_note::{Promise, PromiseError, VerifierKey};
use serde::Serialize;

use crate::{Report, Trust};

/// A promise that holds: what the log must do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromiseReport {
    /// Which log.
    pub origin: String,
    /// Where the entry will stand.
    pub index: u64,
    /// Hash of the entry.
    pub leaf: Hash32,
    /// When the log took it.
    pub at: String,
    /// In plain words.
    pub means: String,
}

/// Why a promise is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromiseFault {
    /// Neither policy nor key was given.
    #[error("SCR-VERIFY-001: give a policy or a key that you trust; the file cannot vouch for itself")]
    NoTrust,
    /// The note is malformed or its signature does not hold.
    #[error("SCR-VERIFY-020: {0}")]
    Promise(#[from] PromiseError),
    /// The promise is about another entry.
    #[error("SCR-VERIFY-021: the promise is about another entry")]
    OtherEntry,
    /// The key that signed belongs to another log.
    #[error("SCR-VERIFY-022: the promise names the log {0}, whose key you did not give")]
    OtherLog(String),
}

/// What a proof says about a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// The promised entry stands where it was promised.
    Kept,
    /// The log signed another entry at the promised place: evidence against its operator.
    Broken,
    /// The proof is about another log or another place.
    NotComparable,
}

/// Checks a promise's signature and, when `entry` is given, that it is about that entry.
///
/// # Errors
/// See [`PromiseFault`].
pub fn verify_promise(
    note: &str,
    entry: Option<&[u8]>,
    trust: &Trust,
) -> Result<PromiseReport, PromiseFault> {
    let keys: Vec<VerifierKey> = match trust {
        Trust::Nobody => return Err(PromiseFault::NoTrust),
        Trust::Policy(policy) => policy.logs().iter().map(|log| log.key.clone()).collect(),
        Trust::Keys(keys) => keys.clone(),
    };
    let promise = Promise::open(note, &keys)?;
    // A second log's key must not speak for the first: open again with the named log's keys only.
    let own: Vec<VerifierKey> = keys.into_iter().filter(|key| key.name() == promise.origin).collect();
    if own.is_empty() {
        return Err(PromiseFault::OtherLog(promise.origin));
    }
    let promise = Promise::open(note, &own)?;
    if entry.is_some_and(|bytes| leaf_hash(bytes) != promise.leaf) {
        return Err(PromiseFault::OtherEntry);
    }
    let means = format!(
        "The log {} promised at {} to keep this entry as number {}. A proof must follow; until then only its operator has signed.",
        promise.origin, promise.at, promise.index
    );
    Ok(PromiseReport {
        origin: promise.origin,
        index: promise.index,
        leaf: promise.leaf,
        at: promise.at,
        means,
    })
}

/// Compares a promise that holds with a proof that holds.
pub fn compare_promise(promise: &PromiseReport, proof: &Report) -> PromiseState {
    if promise.origin != proof.origin || promise.index != proof.index {
        PromiseState::NotComparable
    } else if promise.leaf == proof.leaf {
        PromiseState::Kept
    } else {
        PromiseState::Broken
    }
}
