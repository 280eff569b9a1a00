//! What happens when the disk is full, the clock goes back, the database is old, or the process dies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{AppendError, Ledger, StopReason};
use scr_merkle::{leaf_hash, root_of};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use support::{act, append, clock, config, open, published};

#[test]
fn a_full_disk_stops_writing_and_not_reading() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    store.connection().pragma_update(None, "max_page_count", 40).unwrap();
    let ledger = open(store, None);
    let mut kept = 0;
    let stopped = loop {
        match ledger.append(act(&"x".repeat(2000), &[])) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1000, "the limit never came");
    };
    assert!(
        matches!(&stopped, AppendError::Stopped(StopReason::StoreFailed(what)) if what.contains("full")),
        "{stopped:?}"
    );
    assert!(matches!(ledger.append(act("y", &[])), Err(AppendError::Stopped(_))), "it is not tried again");
    assert_eq!(ledger.reader().entries(0, 1000).unwrap().len(), kept);
    assert!(ledger.stopped().is_some());
}

#[test]
fn the_clock_may_step_back_two_seconds() {
    let clock = clock();
    let start = clock.load(Ordering::SeqCst);
    let ledger =
        Ledger::open(Box::new(scr_ledger::store::memory::MemoryStore::new()), config(&clock, None)).unwrap();
    append(&ledger, "a", &[]);
    clock.store(start - 2, Ordering::SeqCst);
    assert_eq!(append(&ledger, "b", &[]).at, start, "time in the log does not go back");
    clock.store(start - 3, Ordering::SeqCst);
    let refused = ledger.append(act("c", &[])).unwrap_err();
    assert_eq!(refused, AppendError::Stopped(StopReason::ClockBackwards { seconds: 3 }));
}

#[test]
fn a_clock_that_went_back_stops_signing_too() {
    let clock = clock();
    let mut config = config(&clock, None);
    config.republish_every = std::time::Duration::from_millis(50);
    let ledger = Ledger::open(Box::new(scr_ledger::store::memory::MemoryStore::new()), config).unwrap();
    append(&ledger, "a", &[]);
    published(&ledger, 1);
    clock.fetch_sub(3, Ordering::SeqCst);
    for _ in 0..100 {
        if ledger.stopped().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(ledger.stopped(), Some(StopReason::ClockBackwards { seconds: 3 }));
}

#[test]
fn a_database_restored_from_an_old_copy_is_read_but_not_signed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, old, guard) =
        (folder.path().join("record.db"), folder.path().join("old.db"), folder.path().join("guard"));
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
    append(&ledger, "a", &[]);
    published(&ledger, 1);
    drop(ledger);
    std::fs::copy(&path, &old).unwrap();
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
    append(&ledger, "b", &[]);
    published(&ledger, 2);
    drop(ledger);
    std::fs::copy(&old, &path).unwrap();
    assert!(!folder.path().join("record.db-wal").exists(), "a closed record is one file");
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
    assert_eq!(ledger.stopped(), Some(StopReason::RolledBack { size: 1, signed: 2 }));
    assert!(matches!(ledger.append(act("c", &[])), Err(AppendError::Stopped(_))));
    assert_eq!(ledger.reader().entries(0, 10).unwrap().len(), 1);
    assert_eq!(ledger.reader().checkpoint().unwrap().unwrap().size, 1, "no new signature");
}

#[test]
fn another_history_of_the_same_length_is_not_signed() {
    let folder = tempfile::tempdir().unwrap();
    let guard = folder.path().join("guard");
    for (name, text) in [("one.db", "a"), ("two.db", "b")] {
        let ledger = open(SqliteStore::open(&folder.path().join(name)).unwrap(), Some(&guard));
        if name == "two.db" {
            assert_eq!(ledger.stopped(), Some(StopReason::RolledBack { size: 0, signed: 1 }));
            drop(ledger);
            std::fs::rename(&guard, folder.path().join("aside")).unwrap();
            let ledger = open(SqliteStore::open(&folder.path().join(name)).unwrap(), None);
            append(&ledger, text, &[]);
            drop(ledger);
            std::fs::rename(folder.path().join("aside"), &guard).unwrap();
            let ledger = open(SqliteStore::open(&folder.path().join(name)).unwrap(), Some(&guard));
            assert_eq!(ledger.stopped(), Some(StopReason::Diverged { size: 1 }));
        } else {
            append(&ledger, text, &[]);
            published(&ledger, 1);
        }
    }
}

#[test]
fn a_guard_that_cannot_be_read_stops_signing() {
    let folder = tempfile::tempdir().unwrap();
    let guard = folder.path().join("guard");
    std::fs::write(&guard, "nonsense").unwrap();
    let ledger = open(SqliteStore::open(&folder.path().join("record.db")).unwrap(), Some(&guard));
    assert!(matches!(ledger.stopped(), Some(StopReason::Guard(_))));
}

/// The child of [`killed_at_any_moment_nothing_acknowledged_is_lost`]: appends and says what was
/// acknowledged until it is killed.
#[test]
fn child_that_appends_until_it_is_killed() {
    #[expect(clippy::disallowed_methods, reason = "set by the test that starts this one as a process")]
    let Ok(path) = std::env::var("SCRUTINEER_KILL_CHILD") else { return };
    let path = std::path::PathBuf::from(path);
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&path.with_extension("guard")));
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let ledger = &ledger;
            scope.spawn(move || {
                for i in 0.. {
                    let recorded = append(ledger, &format!("{writer}/{i}"), &[("all:all", None)]);
                    eprintln!("acknowledged {} {}", recorded.index, recorded.leaf);
                }
            });
        }
    });
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let mut acknowledged = Vec::new();
    for round in 0..4u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_appends_until_it_is_killed", "--nocapture"])
            .env("SCRUTINEER_KILL_CHILD", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        for (count, line) in (0u64..).zip(lines) {
            let Ok(line) = line else { break };
            let mut words = line.split(' ');
            if words.next() == Some("acknowledged") {
                let (Some(index), Some(leaf)) = (words.next(), words.next()) else { continue };
                if let (Ok(index), Ok(leaf)) = (index.parse::<u64>(), leaf.parse::<scr_canon::Hash32>()) {
                    acknowledged.push((index, leaf));
                }
            }
            if count == 40 + 37 * round {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        let ledger = open(SqliteStore::open(&path).unwrap(), Some(&path.with_extension("guard")));
        assert_eq!(ledger.stopped(), None);
        let leaves: Vec<_> =
            ledger.reader().entries(0, 100_000).unwrap().iter().map(|e| leaf_hash(e)).collect();
        for (index, leaf) in &acknowledged {
            assert_eq!(leaves[usize::try_from(*index).unwrap()], *leaf, "entry {index}");
        }
        let checkpoint = published(&ledger, leaves.len() as u64);
        assert_eq!(checkpoint.root, root_of(&leaves));
    }
    assert!(acknowledged.len() > 150, "{}", acknowledged.len());
}
