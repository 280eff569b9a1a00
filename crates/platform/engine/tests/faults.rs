//! What goes wrong below the engine, seen from above it: nothing that was acknowledged is lost, what was
//! not is told, and reading goes on.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::{Transaction, params};
use scr_core::{FixedClock, Role, SeededEntropy};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{
    ActError, Engine, EngineParts, Event, FieldSpec, FieldType, Installation, KindSpec, NewEvent, Objects,
    View, ViewFault,
};
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Head, Ledger, LedgerConfig, LogReader, LogStore, Put, Statement, StoreError, WriteBatch};
use scr_note::Checkpoint;
use serde_json::json;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const ADDED: KindSpec =
    KindSpec { name: "test.number.added/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };

/// The numbers, in a table whose form depends on the version of the view.
struct Numbers(&'static str);

impl View for Numbers {
    fn name(&self) -> &'static str {
        "numbers"
    }
    fn schema(&self) -> &'static str {
        self.0
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == ADDED.name {
            tx.execute(
                "INSERT INTO numbers_row (idx, n) VALUES (?1, ?2)",
                params![event.index.cast_signed(), event.count("n").cast_signed()],
            )?;
        }
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("numbers_row", "idx, n", "idx")]
    }
}

const FIRST: &str = "CREATE TABLE numbers_row (idx INTEGER PRIMARY KEY, n INTEGER NOT NULL);";
const SECOND: &str =
    "CREATE TABLE numbers_row (idx INTEGER PRIMARY KEY, n INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '');";

fn open(folder: &Path, schema: &'static str) -> TestEngine {
    TestEngine::new(folder, &[ADDED], vec![Box::new(Numbers(schema))]).unwrap()
}

fn add(engine: &Engine, n: u64) -> Result<u64, ActError> {
    let event = |n: u64| NewEvent::about(&ADDED, format!("number:{n}"), json!({"n": n}));
    let receipts = engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(vec![event(n)]))?;
    Ok(receipts.last().unwrap().index)
}

fn numbers(engine: &Engine) -> Vec<i64> {
    engine
        .read(|views| {
            let mut query = views.prepare("SELECT n FROM numbers_row ORDER BY idx")?;
            query.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap()
}

fn code(outcome: Result<u64, ActError>) -> String {
    match outcome {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => format!("{other:?}"),
    }
}

fn views(folder: &Path) -> Vec<String> {
    let names = folder.read_dir().unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
    let mut views: Vec<String> =
        names.filter(|name| name.starts_with("views-") && name.ends_with(".db")).collect();
    views.sort();
    views
}

#[test]
fn views_of_another_form_are_made_beside_the_old_ones_which_go_when_the_new_have_caught_up() {
    let folder = tempfile::tempdir().unwrap();
    let before = open(folder.path(), FIRST);
    for n in 1..=5 {
        add(&before.engine, n).unwrap();
    }
    let digests = before.engine.digests().unwrap();
    let old = views(folder.path());
    drop(before);
    let after = open(folder.path(), SECOND);
    let (size, _) = after.engine.progress();
    assert!(after.engine.wait_for(size, Duration::from_secs(20)));
    assert_eq!(numbers(&after.engine), [1, 2, 3, 4, 5]);
    assert_eq!(after.engine.digests().unwrap(), digests, "the same rows in another form");
    for _ in 0..500 {
        if !views(folder.path()).contains(&old[0]) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(views(folder.path()).len(), 1);
    assert_ne!(views(folder.path()), old);
}

#[test]
fn a_damaged_record_is_read_and_explained_and_accepts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), FIRST);
    add(&test.engine, 1).unwrap();
    drop(test);
    let hand = rusqlite::Connection::open(folder.path().join("record.db")).unwrap();
    hand.execute("UPDATE log_head SET root = zeroblob(32)", []).unwrap();
    drop(hand);
    let test = open(folder.path(), FIRST);
    assert!(test.engine.ledger().stopped().unwrap().to_string().contains("another root"));
    assert_eq!(code(add(&test.engine, 2)), "SCR-ENG-004");
    assert_eq!(numbers(&test.engine), [1]);
}

#[test]
fn a_clock_that_goes_back_stops_acts_until_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), FIRST);
    add(&test.engine, 1).unwrap();
    test.clock.advance(-2);
    add(&test.engine, 2).unwrap();
    test.clock.advance(-1);
    assert_eq!(code(add(&test.engine, 3)), "SCR-ENG-003");
    assert_eq!(numbers(&test.engine), [1, 2]);
    drop(test);
    let test = open(folder.path(), FIRST);
    add(&test.engine, 3).unwrap();
    assert_eq!(numbers(&test.engine), [1, 2, 3]);
}

#[test]
fn two_processes_do_not_work_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let one = open(folder.path(), FIRST);
    add(&one.engine, 1).unwrap();
    let installation = Installation::find(folder.path()).unwrap();
    let open_again = || {
        let (clock, entropy) = (Arc::new(FixedClock::at(NOW)), Arc::new(SeededEntropy::new(3)));
        installation.open(None, Duration::from_millis(20), clock, entropy)
    };
    let refused = open_again().err().unwrap().to_string();
    assert!(refused.contains("another process works in this folder"), "{refused}");
    add(&one.engine, 2).unwrap();
    drop(one);
    assert!(open_again().is_ok(), "the folder is free again");
}

/// A store whose commits fail from a moment on, as when the disk does not answer a sync.
struct Failing {
    inner: SqliteStore,
    fails: Arc<AtomicBool>,
}

impl LogStore for Failing {
    fn begin(&mut self) -> Result<Head, StoreError> {
        self.inner.begin()
    }
    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        self.inner.version(subject)
    }
    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.tile(level, index)
    }
    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError> {
        self.inner.taken_payload(ids)
    }
    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        self.inner.run(statements)
    }
    fn keep(&mut self) -> Result<(), StoreError> {
        self.inner.keep()
    }
    fn unrun(&mut self) -> Result<(), StoreError> {
        self.inner.unrun()
    }
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.inner.write(batch)
    }
    fn commit(&mut self) -> Result<(), StoreError> {
        if self.fails.load(Ordering::SeqCst) {
            return Err(StoreError::failed("fsync: Input/output error"));
        }
        self.inner.commit()
    }
    fn rollback(&mut self) -> Result<(), StoreError> {
        self.inner.rollback()
    }
    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        self.inner.checkpoint()
    }
    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError> {
        self.inner.put_checkpoint(checkpoint, note)
    }
    fn reader(&self) -> Arc<dyn LogReader> {
        self.inner.reader()
    }
}

#[test]
fn after_a_sync_that_failed_nothing_is_acknowledged_until_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), FIRST);
    add(&test.engine, 1).unwrap();
    drop(test);
    // The same installation, over a store that fails.
    let (clock, entropy) = (Arc::new(FixedClock::at(NOW)), Arc::new(SeededEntropy::new(3)));
    let installation = Installation::find(folder.path()).unwrap();
    let parts = installation.open(None, Duration::from_millis(20), clock, entropy).unwrap();
    let EngineParts { ledger, vault, objects, role_keys, clock, entropy, lock } = parts;
    drop(ledger);
    let fails = Arc::new(AtomicBool::new(false));
    let inner = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    let key = std::fs::read_to_string(folder.path().join("keys/log.key")).unwrap();
    let config = LedgerConfig {
        origin: installation.origin().to_owned(),
        log_key: Arc::new(scr_note::SignerKey::parse(key.trim()).unwrap()),
        cosigners: Vec::new(),
        now: Arc::new(|| NOW),
        guard: Some(folder.path().join("guard")),
        seen: Vec::new(),
        checkpoint_every: Duration::from_secs(600),
        republish_every: Duration::from_secs(600),
    };
    let ledger = Ledger::open(Box::new(Failing { inner, fails: Arc::clone(&fails) }), config).unwrap();
    let parts = EngineParts { ledger, vault, objects, role_keys, clock, entropy, lock };
    let engine = Engine::open(parts, folder.path(), &[ADDED], vec![Box::new(Numbers(FIRST))]).unwrap();
    add(&engine, 2).unwrap();
    fails.store(true, Ordering::SeqCst);
    assert_eq!(code(add(&engine, 3)), "SCR-ENG-003");
    fails.store(false, Ordering::SeqCst);
    // The disk says that it is well again; what it said before counts.
    assert_eq!(code(add(&engine, 4)), "SCR-ENG-003");
    assert_eq!(numbers(&engine), [1, 2]);
    drop(engine);
    let test = open(folder.path(), FIRST);
    assert_eq!(test.engine.ledger().stopped(), None);
    add(&test.engine, 5).unwrap();
    assert_eq!(numbers(&test.engine), [1, 2, 5]);
}

/// The child of the test below: records until nothing more is accepted, and says what was acknowledged.
#[test]
fn child_that_fills_its_disk() {
    #[expect(clippy::disallowed_methods, reason = "set by the test that starts this one as a process")]
    let Ok(folder) = std::env::var("SCRUTINEER_FULL_CHILD") else { return };
    let test = open(Path::new(&folder), FIRST);
    for n in 0..100_000 {
        match add(&test.engine, n) {
            Ok(index) => eprintln!("acknowledged {n} {index}"),
            Err(ActError::Refused(refusal)) => {
                eprintln!("refused {} {}", refusal.code, test.engine.log().size().unwrap());
                return;
            }
            Err(ActError::Fault(fault)) => {
                eprintln!("fault {}", fault.id);
                return;
            }
        }
    }
}

/// No file of the child may grow beyond 1 MiB: to SQLite that is a disk without room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_refuses_acts_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let script = "trap '' XFSZ; ulimit -f 2048; exec \"$0\" --exact child_that_fills_its_disk --nocapture";
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(&program)
        .env("SCRUTINEER_FULL_CHILD", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let acknowledged: Vec<i64> = said
        .lines()
        .filter_map(|line| line.strip_prefix("acknowledged ")?.split(' ').next()?.parse().ok())
        .collect();
    assert!(acknowledged.len() > 5, "{said}");
    assert!(said.contains("refused SCR-ENG-003") || said.contains("fault "), "{said}");
    let test = open(folder.path(), FIRST);
    assert_eq!(test.engine.ledger().stopped(), None, "with room again it goes on");
    let (size, _) = test.engine.progress();
    assert!(test.engine.wait_for(size, Duration::from_secs(20)));
    let found = numbers(&test.engine);
    assert!(acknowledged.iter().all(|n| found.contains(n)), "{acknowledged:?} {found:?}");
    add(&test.engine, 1_000_000).unwrap();
}
