//! What happens when the disk is full, the clock goes back, the database is old, or the process dies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{AppendError, Ledger, LedgerConfig, Sighting, StopReason};
use scr_merkle::{leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, SignerKey};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use support::{ORIGIN, act, append, clock, config, open, published};

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

/// A log with three entries, one that went on to five somewhere else, and one with another past: notes that
/// the same key has signed.
fn elsewhere(entries: &[&str]) -> String {
    let ledger = open(scr_ledger::store::memory::MemoryStore::new(), None);
    for text in entries {
        append(&ledger, text, &[]);
    }
    published(&ledger, entries.len() as u64);
    ledger.reader().checkpoint_note().unwrap().unwrap()
}

fn seen(note: &str) -> Sighting {
    Sighting { by: "Party-A".to_owned(), note: note.to_owned() }
}

/// What nobody has signed, or somebody else has, and what this log continues, stops nothing.
fn harmless() -> Vec<Sighting> {
    let own = elsewhere(&["a", "b"]);
    let (text, _) = own.split_once("\n\n").unwrap();
    let other = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[9; 32]).unwrap();
    let larger = Checkpoint::new(ORIGIN, 1_000, scr_canon::Hash32([7; 32])).to_string();
    let renamed = Checkpoint::new("log.example/2025", 1_000, scr_canon::Hash32([7; 32])).to_string();
    let log_key = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap();
    let not_ours = Note::sign(&larger, &[&other], 0).unwrap().to_string();
    let swapped = format!("{larger}\n{}", own.split_once("\n\n").unwrap().1);
    let of_another_log = Note::sign(&renamed, &[&log_key], 0).unwrap().to_string();
    [own.as_str(), text, "", "999\n", &not_ours, &swapped, &of_another_log].map(seen).into()
}

#[test]
fn what_others_keep_is_held_against_the_record_at_the_start() {
    let three = ["a", "b", "c"];
    for (entries, stopped) in [
        (
            &["a", "b", "c", "d", "e"][..],
            StopReason::SignedElsewhere { by: "Party-A".into(), size: 3, signed: 5 },
        ),
        (&["a", "x"], StopReason::TwoHistories { by: "Party-A".into(), size: 2 }),
        (&["a", "b", "x"], StopReason::TwoHistories { by: "Party-A".into(), size: 3 }),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (path, guard) = (folder.path().join("record.db"), folder.path().join("guard"));
        let open = |seen: Vec<Sighting>| {
            let store = Box::new(SqliteStore::open(&path).unwrap());
            Ledger::open(store, LedgerConfig { seen, ..config(&clock(), Some(&guard)) }).unwrap()
        };
        let ledger = open(Vec::new());
        three.iter().for_each(|text| drop(append(&ledger, text, &[])));
        published(&ledger, 3);
        drop(ledger);
        let ledger = open(harmless());
        assert_eq!(ledger.stopped(), None);
        drop(ledger);
        let ledger = open(harmless().into_iter().chain([seen(&elsewhere(entries))]).collect());
        assert_eq!(ledger.stopped(), Some(stopped.clone()));
        assert_eq!(ledger.append(act("d", &[])), Err(AppendError::Stopped(stopped.clone())));
        drop(ledger);
        // The larger tree is known from now on, also when nobody shows it.
        let again = open(Vec::new()).stopped();
        let known = StopReason::RolledBack { size: 3, signed: 5 };
        assert_eq!(again, matches!(stopped, StopReason::SignedElsewhere { .. }).then_some(known));
    }
}

#[test]
fn what_others_keep_stops_a_running_log_only_under_its_own_signature() {
    let folder = tempfile::tempdir().unwrap();
    let guard = folder.path().join("guard");
    let ledger = open(scr_ledger::store::memory::MemoryStore::new(), Some(&guard));
    ["a", "b", "c"].iter().for_each(|text| drop(append(&ledger, text, &[])));
    published(&ledger, 3);
    for sighting in harmless() {
        assert_eq!(ledger.confront(&sighting).unwrap(), None, "{sighting:?}");
    }
    append(&ledger, "d", &[]);
    published(&ledger, 4);
    let reason = StopReason::SignedElsewhere { by: "Party-A".into(), size: 4, signed: 6 };
    let larger = elsewhere(&["a", "b", "c", "d", "e", "f"]);
    assert_eq!(ledger.confront(&seen(&larger)).unwrap(), Some(reason.clone()));
    assert_eq!(ledger.append(act("e", &[])), Err(AppendError::Stopped(reason)));
    assert_eq!(std::fs::read_to_string(&guard).unwrap().lines().nth(1), Some("6"), "the guard knows");
    let note = ledger.retire(ledger.verifiers().first().unwrap(), "two histories", 1_795_514_400).unwrap();
    assert!(note.contains("\nsize 6\n"), "the end names the largest tree that was signed: {note}");
}
