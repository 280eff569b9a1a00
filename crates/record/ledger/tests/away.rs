//! A log whose key something else holds: while that is away acts are accepted and nothing is signed, and nothing is
//! lost by it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Ledger, RetireError};
use scr_note::{Algorithm, Promise, RemoteKey, SignerKey};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use support::{ORIGIN, act, append, clock, config, open, published};

/// A key elsewhere that can be taken away.
struct Elsewhere {
    key: SignerKey,
    is_here: Arc<AtomicBool>,
}

impl RemoteKey for Elsewhere {
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], String> {
        if !self.is_here.load(Ordering::SeqCst) {
            return Err("the token is in somebody's pocket".to_owned());
        }
        let text = std::str::from_utf8(message).unwrap();
        Ok(self.key.sign(text, 0).unwrap().try_into().unwrap())
    }
}

fn own() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap()
}

fn remote(folder: &Path, is_here: &Arc<AtomicBool>) -> Ledger {
    let held = Elsewhere { key: own(), is_here: Arc::clone(is_here) };
    let log_key = Arc::new(SignerKey::remote(own().verifier().clone(), Arc::new(held)).unwrap());
    let store = SqliteStore::open(&folder.join("record.db")).unwrap();
    let config = scr_ledger::LedgerConfig { log_key, ..config(&clock(), Some(&folder.join("guard"))) };
    Ledger::open(Box::new(store), config).unwrap()
}

#[test]
fn acts_go_on_while_the_key_is_away_and_are_signed_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let is_here = Arc::new(AtomicBool::new(true));
    let ledger = remote(folder.path(), &is_here);
    let first = append(&ledger, "with the key", &[("case:1", Some(0))]);
    published(&ledger, 1);
    let promise = ledger.promise(&first).unwrap();
    assert!(Promise::open(&promise, &[own().verifier().clone()]).is_ok());
    assert_eq!(ledger.unsigned(), None);

    is_here.store(false, Ordering::SeqCst);
    let second = append(&ledger, "without the key", &[("case:1", Some(1))]);
    let until = Instant::now() + Duration::from_secs(20);
    while ledger.unsigned().is_none() {
        assert!(Instant::now() < until, "nobody noticed");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(ledger.unsigned().as_deref(), Some("the token is in somebody's pocket"));
    assert_eq!((ledger.stopped(), ledger.promise(&second)), (None, None));
    for _ in 0..50 {
        ledger.append(act("more", &[])).unwrap();
    }
    assert_eq!(ledger.reader().checkpoint().unwrap().unwrap().size, 1);
    let end = ledger.retire(own().verifier(), "The log ends.", 1_795_514_400);
    assert!(matches!(end, Err(RetireError::Failed(_))), "{end:?}");
    assert_eq!(ledger.stopped(), None, "what could not be signed has not ended the log");
    drop(ledger);

    // A start without the key: the same.
    let ledger = remote(folder.path(), &is_here);
    assert!(ledger.unsigned().is_some() && ledger.stopped().is_none());
    append(&ledger, "after a start", &[("case:1", Some(2))]);
    is_here.store(true, Ordering::SeqCst);
    let until = Instant::now() + Duration::from_secs(30);
    while ledger.reader().checkpoint().unwrap().is_none_or(|signed| signed.size < 53) {
        assert!(Instant::now() < until, "the key is back, and nothing is signed");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(ledger.unsigned(), None);
    drop(ledger);
    // The same key from a file goes on.
    let ledger = open(
        SqliteStore::open(&folder.path().join("record.db")).unwrap(),
        Some(&folder.path().join("guard")),
    );
    assert_eq!(ledger.stopped(), None);
    append(&ledger, "and on", &[("case:1", Some(3))]);
    published(&ledger, 54);
}
