//! Limits of acts and transactions, busy stores, and panics.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::memory::MemoryStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{
    Act, AppendError, Ledger, LedgerConfig, MAX_ACT_BYTES, MAX_ACT_ENTRIES, Proposal, StopReason,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use support::{act, append, clock, config, open, published};

fn entries(count: usize, bytes: usize) -> Act {
    let proposal =
        Proposal { claims: vec![], compose: Arc::new(move |_| Ok(vec![b'x'; bytes])), payloads: vec![] };
    Act { proposals: vec![proposal; count], statements: vec![] }
}

#[test]
fn an_act_has_at_most_a_thousand_entries_and_64_mib() {
    let ledger = open(MemoryStore::new(), None);
    let refused = ledger.append(entries(MAX_ACT_ENTRIES + 1, 1)).unwrap_err();
    assert_eq!(refused, AppendError::TooLarge { what: "entries", max: 1_000, found: 1_001 });
    let mut heavy = entries(1, 1);
    heavy.proposals[0].payloads.push(("p".into(), vec![0; MAX_ACT_BYTES + 1]));
    let refused = ledger.append(heavy).unwrap_err();
    assert_eq!(refused, AppendError::TooLarge { what: "bytes", max: 64 << 20, found: (64 << 20) + 1 });
    // Each within its own limit, together too much: 1,000 entries of 60,000 bytes and 8 MiB.
    let mut heavy = entries(MAX_ACT_ENTRIES, 60_000);
    heavy.proposals[0].payloads.push(("p".into(), vec![0; 8 << 20]));
    assert!(matches!(ledger.append(heavy), Err(AppendError::TooLarge { what: "bytes", .. })));
    assert_eq!(ledger.reader().size().unwrap(), 0);
    assert_eq!(ledger.append(entries(MAX_ACT_ENTRIES, 1)).unwrap().len(), 1_000);
}

/// Holds the writer inside a transaction of one entry until the sender is used.
fn held(ledger: &Ledger, done: impl FnOnce(Result<(), AppendError>) + Send + 'static) -> mpsc::Sender<()> {
    let (release, wait) = mpsc::channel::<()>();
    let (enter, entered) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let mut first = entries(1, 1);
    first.proposals[0].compose = Arc::new(move |_| {
        enter.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        Ok(vec![1])
    });
    ledger.append_with(first, Box::new(move |outcome| done(outcome.map(drop))));
    entered.recv_timeout(Duration::from_secs(60)).unwrap();
    release
}

/// Sizes of the log after each commit, when all these acts wait while one transaction is under way.
fn commits_of(acts: Vec<Act>) -> Vec<u64> {
    let ledger = open(MemoryStore::new(), None);
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sizes);
    ledger.on_commit(move |size| seen.lock().unwrap().push(size));
    let release = held(&ledger, |_| {});
    let (answer, answers) = mpsc::channel();
    let expected = acts.len();
    for act in acts {
        let answer = answer.clone();
        ledger.append_with(act, Box::new(move |outcome| answer.send(outcome.is_ok()).unwrap()));
    }
    release.send(()).unwrap();
    for _ in 0..expected {
        assert!(answers.recv_timeout(Duration::from_secs(60)).unwrap());
    }
    sizes.lock().unwrap().clone()
}

#[test]
fn a_transaction_takes_at_most_4096_entries() {
    assert_eq!(commits_of(vec![entries(1_000, 1); 9]), [1, 4_001, 8_001, 9_001]);
}

#[test]
fn a_transaction_takes_at_most_4_mib_of_entries_and_payloads() {
    // 20 entries of 60,000 bytes: three acts fill 3.6 MB, the fourth goes beyond 4 MiB.
    assert_eq!(commits_of(vec![entries(20, 60_000); 7]), [1, 61, 121, 141]);
    let heavy = |id: &str| {
        let mut one = entries(1, 1);
        one.proposals[0].payloads.push((id.to_owned(), vec![0; 3 << 20]));
        one
    };
    assert_eq!(commits_of(vec![heavy("a"), heavy("b"), entries(1, 1)]), [1, 2, 4]);
}

#[test]
fn bytes_that_wait_are_bounded() {
    let ledger = open(MemoryStore::new(), None);
    let (answer, answers) = mpsc::channel();
    let say = |answer: &mpsc::Sender<Result<(), AppendError>>| {
        let answer = answer.clone();
        Box::new(move |outcome: Result<_, _>| answer.send(outcome.map(drop)).unwrap())
    };
    let first = answer.clone();
    let release = held(&ledger, move |outcome| first.send(outcome).unwrap());
    for id in ["a", "b", "c"] {
        let mut one = entries(1, 1);
        one.proposals[0].payloads.push((id.to_owned(), vec![0; 50 << 20]));
        ledger.append_with(one, say(&answer));
    }
    assert_eq!(answers.recv_timeout(Duration::from_secs(60)).unwrap(), Err(AppendError::Busy), "150 MiB");
    release.send(()).unwrap();
    for _ in 0..3 {
        assert_eq!(answers.recv_timeout(Duration::from_secs(60)).unwrap(), Ok(()));
    }
    append(&ledger, "there is room again", &[]);
}

#[test]
fn a_busy_file_is_answered_and_the_log_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let store = SqliteStore::open(&path).unwrap();
    store.connection().busy_timeout(Duration::from_millis(20)).unwrap();
    let ledger = open(store, None);
    append(&ledger, "a", &[]);
    published(&ledger, 1);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(ledger.append(act("b", &[])), Err(AppendError::Busy));
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(ledger.stopped(), None);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(append(&ledger, "c", &[]).index, 1);
    published(&ledger, 2);
}

#[test]
fn a_panic_of_an_observer_or_of_who_waits_does_not_end_the_writer() {
    let ledger = open(MemoryStore::new(), None);
    ledger.on_commit(|_| panic!("observer"));
    append(&ledger, "a", &[]);
    ledger.append_with(act("b", &[]), Box::new(|_| panic!("who waits")));
    assert_eq!(append(&ledger, "c", &[]).index, 2);
    published(&ledger, 3);
    assert_eq!(ledger.stopped(), None);
}

#[test]
fn a_writer_that_panics_says_so() {
    let broken = Arc::new(AtomicBool::new(false));
    let clock = clock();
    let (switch, time) = (Arc::clone(&broken), Arc::clone(&clock));
    let now = move || {
        assert!(!switch.load(Ordering::SeqCst), "no clock");
        time.load(Ordering::SeqCst)
    };
    let config = LedgerConfig { now: Arc::new(now), ..config(&clock, None) };
    let ledger = Ledger::open(Box::new(MemoryStore::new()), config).unwrap();
    append(&ledger, "a", &[]);
    broken.store(true, Ordering::SeqCst);
    let refused = ledger.append(act("b", &[])).unwrap_err();
    assert_eq!(refused, AppendError::Stopped(StopReason::Panicked("no clock".into())));
    assert_eq!(ledger.stopped(), Some(StopReason::Panicked("no clock".into())));
    assert!(matches!(ledger.append(act("c", &[])), Err(AppendError::Stopped(StopReason::Panicked(_)))));
    assert_eq!(ledger.reader().size().unwrap(), 1);
}
