//! What the ledger's tests share.

use scr_ledger::{Act, Claim, Ledger, LedgerConfig, LogStore, Proposal, Recorded};
use scr_note::{Algorithm, SignerKey};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

pub(crate) const ORIGIN: &str = "log.example/2026";

/// A clock that tests can move.
pub(crate) fn clock() -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(1_795_514_400))
}

pub(crate) fn config(clock: &Arc<AtomicI64>, guard: Option<&Path>) -> LedgerConfig {
    let clock = Arc::clone(clock);
    LedgerConfig {
        origin: ORIGIN.to_owned(),
        log_key: Arc::new(SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap()),
        cosigners: vec![SignerKey::from_seed(ORIGIN, Algorithm::MlDsa44, &[2; 32]).unwrap()],
        now: Arc::new(move || clock.load(Ordering::SeqCst)),
        guard: guard.map(Path::to_owned),
        seen: Vec::new(),
        checkpoint_every: Duration::from_millis(20),
        republish_every: Duration::from_secs(600),
    }
}

pub(crate) fn open(store: impl LogStore + 'static, guard: Option<&Path>) -> Ledger {
    Ledger::open(Box::new(store), config(&clock(), guard)).unwrap()
}

/// An act of one entry whose bytes name its place.
pub(crate) fn act(text: &str, claims: &[(&str, Option<u64>)]) -> Act {
    let text = text.to_owned();
    let claims = claims
        .iter()
        .map(|(subject, expected)| Claim { subject: (*subject).to_owned(), expected: *expected })
        .collect();
    let compose = Arc::new(move |slot: &scr_ledger::Slot| {
        Ok(format!("{text} index={} at={} seqs={:?}", slot.index, slot.at, slot.seqs).into_bytes())
    });
    Act { proposals: vec![Proposal { claims, compose, payloads: Vec::new() }], statements: Vec::new() }
}

pub(crate) fn append(ledger: &Ledger, text: &str, claims: &[(&str, Option<u64>)]) -> Recorded {
    ledger.append(act(text, claims)).unwrap().pop().unwrap()
}

/// Waits until a checkpoint covers `size` entries.
pub(crate) fn published(ledger: &Ledger, size: u64) -> scr_note::Checkpoint {
    for _ in 0..1000 {
        if let Some(checkpoint) = ledger.reader().checkpoint().unwrap().filter(|c| c.size >= size) {
            return checkpoint;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("no checkpoint of size {size} within 5 s");
}
