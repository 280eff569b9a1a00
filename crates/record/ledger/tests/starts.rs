//! What a stored log is checked for, at the start and while it runs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{AppendError, Ledger, StopReason};
use std::path::{Path, PathBuf};
use support::{act, append, open, published};

/// A log of 300 entries with a checkpoint and a guard, closed.
struct Stored {
    _folder: tempfile::TempDir,
    path: PathBuf,
    guard: PathBuf,
}

impl Stored {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (path, guard) = (folder.path().join("record.db"), folder.path().join("guard"));
        let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
        fill(&ledger, 300);
        published(&ledger, 300);
        drop(ledger);
        Self { _folder: folder, path, guard }
    }

    /// Opens it after this damage.
    fn damaged(&self, sql: &str) -> Ledger {
        let store = SqliteStore::open(&self.path).unwrap();
        assert_eq!(store.connection().execute(sql, []).unwrap(), 1, "{sql}");
        open(store, Some(&self.guard))
    }
}

fn fill(ledger: &Ledger, entries: usize) {
    let mut many = act("entry", &[]);
    many.proposals = vec![many.proposals[0].clone(); entries];
    ledger.append(many).unwrap();
}

/// Readable, and neither accepting nor signing.
fn assert_damaged(ledger: &Ledger, words: &str) {
    match ledger.stopped() {
        Some(StopReason::Damaged(what)) => assert!(what.contains(words), "{what}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(ledger.append(act("x", &[])), Err(AppendError::Stopped(StopReason::Damaged(_)))));
    assert_eq!(ledger.reader().size().unwrap(), 300);
    assert!(ledger.reader().entry(5).unwrap().starts_with(b"entry index=5 "));
}

#[test]
fn damage_is_named_and_the_record_stays_readable() {
    let cases = [
        ("DELETE FROM log_tile WHERE id = 1", "tile 0/001.p/44 is missing"),
        ("UPDATE log_tile SET bytes = x'00' WHERE id = 1", "tile 0/001.p/44 is missing"),
        ("UPDATE log_tile SET bytes = zeroblob(1408) WHERE id = 1", "another root than the stored one"),
        ("UPDATE log_head SET root = zeroblob(32)", "another root than the stored one"),
        ("UPDATE log_entry SET bytes = x'00' WHERE idx = 299", "entry 299 has another hash than its leaf"),
        ("DELETE FROM log_entry WHERE idx = 299", "missing"),
        ("UPDATE log_checkpoint SET note = 'nonsense'", "the checkpoint: not a signed note"),
        (
            "UPDATE log_checkpoint SET note = replace(note, char(10) || '300' || char(10), char(10) || '299' || char(10))",
            "the checkpoint: the signature of log.example/2026 does not hold",
        ),
    ];
    for (sql, words) in cases {
        let stored = Stored::new();
        assert_damaged(&stored.damaged(sql), words);
    }
}

#[test]
fn a_whole_log_is_opened_and_goes_on() {
    let stored = Stored::new();
    let ledger = open(SqliteStore::open(&stored.path).unwrap(), Some(&stored.guard));
    assert_eq!(ledger.stopped(), None);
    assert_eq!(append(&ledger, "next", &[]).index, 300);
    assert_eq!(published(&ledger, 301).size, 301);
}

/// A log whose last entry fills a tile: its leaf stands in a full tile.
#[test]
fn the_last_entry_of_a_full_tile_is_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let ledger = open(SqliteStore::open(&path).unwrap(), None);
    fill(&ledger, 256);
    drop(ledger);
    let store = SqliteStore::open(&path).unwrap();
    store.connection().execute("UPDATE log_entry SET bytes = x'00' WHERE idx = 255", []).unwrap();
    assert!(matches!(open(store, None).stopped(), Some(StopReason::Damaged(_))));
    let store = SqliteStore::open(&path).unwrap();
    store.connection().execute("DELETE FROM log_tile WHERE id = 0", []).unwrap();
    assert!(matches!(open(store, None).stopped(), Some(StopReason::Damaged(_))));
}

#[test]
fn a_guard_that_is_gone_is_not_taken_for_a_new_log() {
    let stored = Stored::new();
    std::fs::remove_file(&stored.guard).unwrap();
    let ledger = open(SqliteStore::open(&stored.path).unwrap(), Some(&stored.guard));
    let path = stored.guard.display().to_string();
    assert_eq!(ledger.stopped(), Some(StopReason::GuardMissing { path, size: 300 }));
    let note = ledger.reader().checkpoint_note().unwrap().unwrap();
    drop(ledger);
    // As the message says: three lines of a checkpoint that somebody kept.
    let lines: String = note.split_inclusive('\n').take(3).collect();
    std::fs::write(&stored.guard, lines).unwrap();
    assert_eq!(open(SqliteStore::open(&stored.path).unwrap(), Some(&stored.guard)).stopped(), None);
}

#[test]
fn a_new_log_needs_no_guard() {
    let folder = tempfile::tempdir().unwrap();
    let (path, guard) = (folder.path().join("record.db"), folder.path().join("guard"));
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
    published(&ledger, 0);
    drop(ledger);
    std::fs::remove_file(&guard).unwrap();
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&guard));
    assert_eq!(ledger.stopped(), None, "an empty checkpoint commits to nothing");
}

/// A running ledger, and a second hand in its file.
fn running(folder: &Path) -> (Ledger, rusqlite::Connection) {
    let path = folder.join("record.db");
    let ledger = open(SqliteStore::open(&path).unwrap(), Some(&folder.join("guard")));
    fill(&ledger, 3);
    published(&ledger, 3);
    (ledger, rusqlite::Connection::open(path).unwrap())
}

#[test]
fn a_log_that_shrinks_while_it_runs_stops() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, hand) = running(folder.path());
    hand.execute("UPDATE log_head SET size = 2", []).unwrap();
    let stopped = StopReason::Shrunk { size: 2, before: 3 };
    assert_eq!(ledger.append(act("x", &[])), Err(AppendError::Stopped(stopped.clone())));
    assert_eq!(ledger.stopped(), Some(stopped));
}

#[test]
fn a_log_whose_root_changes_while_it_runs_stops() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, hand) = running(folder.path());
    hand.execute("UPDATE log_head SET root = zeroblob(32)", []).unwrap();
    let stopped = StopReason::Diverged { size: 3 };
    assert_eq!(ledger.append(act("x", &[])), Err(AppendError::Stopped(stopped)));
}

#[test]
fn a_checkpoint_that_the_store_refuses_stops_signing_and_leaves_the_guard() {
    for (sql, stopped) in [
        ("UPDATE log_checkpoint SET size = 9", StopReason::RolledBack { size: 4, signed: 9 }),
        ("UPDATE log_checkpoint SET size = 4, root = zeroblob(32)", StopReason::Diverged { size: 4 }),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, hand) = running(folder.path());
        hand.execute(sql, []).unwrap();
        let _ = ledger.append(act("x", &[]));
        for _ in 0..200 {
            if ledger.stopped().is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_eq!(ledger.stopped(), Some(stopped));
        let guard = std::fs::read_to_string(folder.path().join("guard")).unwrap();
        assert_eq!(guard.lines().nth(1), Some("3"), "{guard}");
    }
}
