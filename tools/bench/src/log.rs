//! The log that is measured: as an installation runs it, with keys that everybody knows.

use crate::Fault;
use scr_core::{Clock as _, SystemClock};
use scr_ledger::{Act, Claim, Ledger, LedgerConfig, LogStore, Proposal};
use scr_note::{Algorithm, SignerKey};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const ORIGIN: &str = "bench.example/log";

/// The file of the record in a folder.
pub(crate) fn record_path(dir: &Path) -> PathBuf {
    dir.join("record.db")
}

/// The log's key, from a seed that everybody knows.
pub(crate) fn log_key() -> Result<SignerKey, Fault> {
    Ok(SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32])?)
}

/// Opens the log on this store, with a guard in `dir`, signed by Ed25519 and ML-DSA-44.
pub(crate) fn open(store: impl LogStore + 'static, dir: &Path) -> Result<Ledger, Fault> {
    let config = LedgerConfig {
        origin: ORIGIN.to_owned(),
        log_key: Arc::new(log_key()?),
        cosigners: vec![SignerKey::from_seed(ORIGIN, Algorithm::MlDsa44, &[2; 32])?],
        now: Arc::new(|| SystemClock.now()),
        guard: Some(dir.join("guard")),
        seen: Vec::new(),
        checkpoint_every: Duration::from_secs(1),
        republish_every: Duration::from_secs(600),
    };
    Ok(Ledger::open(Box::new(store), config)?)
}

/// An act of one entry with these bytes.
pub(crate) fn act(bytes: impl Into<Vec<u8>>, subject: Option<String>) -> Act {
    let bytes = bytes.into();
    let claims = subject.map(|subject| Claim { subject, expected: None }).into_iter().collect();
    let compose = Arc::new(move |_: &scr_ledger::Slot| Ok(bytes.clone()));
    Act { proposals: vec![Proposal { claims, compose, payloads: Vec::new() }], statements: Vec::new() }
}
