//! One version's events to the next: an old node and a new one on one record, the new one records a kind
//! that the old one does not know.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::{Transaction, params};
use scr_core::{Clock, FixedClock, Role, SeededEntropy};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{
    ActError, Engine, Event, FieldSpec, FieldType, Installation, KindSpec, NewEvent, Objects, UnknownKind,
    View, ViewFault,
};
use scr_testing::Database;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const ADDED: KindSpec =
    KindSpec { name: "test.number.added/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };
/// Of the newer version: takes a number back.
const WITHDRAWN: KindSpec = KindSpec {
    name: "test.number.withdrawn/1",
    public: &[FieldSpec::new("n", FieldType::Count)],
    private: &[],
};

/// The numbers that hold. Its tables are the same in both versions.
struct Numbers {
    knows_withdrawals: bool,
}

impl View for Numbers {
    fn name(&self) -> &'static str {
        "numbers"
    }
    fn schema(&self) -> &'static str {
        "CREATE TABLE numbers_number (n INTEGER PRIMARY KEY);"
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let n = event.count("n").cast_signed();
        if event.kind() == ADDED.name {
            tx.execute("INSERT INTO numbers_number VALUES (?1)", params![n])?;
        } else if self.knows_withdrawals && event.kind() == WITHDRAWN.name {
            tx.execute("DELETE FROM numbers_number WHERE n = ?1", params![n])?;
        } else if event.kind().starts_with("test.") {
            // A view that is given what its program does not know would get it wrong.
            tx.execute("DELETE FROM numbers_number", [])?;
        }
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("numbers_number", "n", "n")]
    }
}

const OLD: &[KindSpec] = &[ADDED];
const NEW: &[KindSpec] = &[ADDED, WITHDRAWN];

fn views(kinds: &[KindSpec]) -> Vec<Box<dyn View>> {
    vec![Box::new(Numbers { knows_withdrawals: kinds.len() > 1 })]
}

fn record(engine: &Engine, kind: &'static KindSpec, n: u64) -> Result<u64, ActError> {
    let receipts = engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        Ok(vec![NewEvent::about(kind, format!("number:{n}"), json!({"n": n}))])
    });
    Ok(receipts?.last().unwrap().index)
}

fn numbers(engine: &Engine) -> Vec<i64> {
    let read = |views: &rusqlite::Connection| {
        let mut query = views.prepare("SELECT n FROM numbers_number ORDER BY n")?;
        query.query_map([], |row| row.get(0))?.collect()
    };
    engine.read(read).unwrap()
}

#[test]
fn an_upgraded_program_takes_in_what_the_older_one_passed_by() {
    let folder = tempfile::tempdir().unwrap();
    // The newer version has written; then an older one takes over the folder, and the newer one again.
    let open = |kinds: &[KindSpec]| TestEngine::new(folder.path(), kinds, views(kinds)).unwrap();
    let new = open(NEW);
    record(&new.engine, &ADDED, 1).unwrap();
    record(&new.engine, &ADDED, 2).unwrap();
    let first = record(&new.engine, &WITHDRAWN, 2).unwrap();
    drop(new);
    for file in folder.path().read_dir().unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("views-") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let old = open(OLD);
    assert!(old.engine.wait_for(first + 1, Duration::from_secs(20)));
    assert_eq!(numbers(&old.engine), [1, 2], "nothing is taken for what it is not");
    let kind = WITHDRAWN.name.to_owned();
    assert_eq!(old.engine.unknown_kinds().unwrap(), [UnknownKind { kind, first, entries: 1 }]);
    let found = old.engine.examine(None, 30).findings;
    let found = found.iter().find(|finding| finding.code == "SCR-DOC-050").unwrap();
    assert_eq!(found.args["kinds"], format!("test.number.withdrawn/1 ({first})"));
    let refused = record(&old.engine, &ADDED, 2).unwrap_err();
    assert!(format!("{refused:?}").contains("SCR-ENG-009"), "{refused:?}");
    record(&old.engine, &ADDED, 3).unwrap();
    assert_eq!(numbers(&old.engine), [1, 2, 3], "everything else goes on");
    drop(old);

    let new = open(NEW);
    assert!(new.engine.wait_for(first + 2, Duration::from_secs(20)));
    assert_eq!(numbers(&new.engine), [1, 3], "the same tables, made anew");
    assert_eq!(new.engine.unknown_kinds().unwrap(), []);
    record(&new.engine, &ADDED, 2).unwrap();
    let [grown, rebuilt] = new.incremental_and_rebuilt(NEW, views(NEW)).unwrap();
    assert_eq!(grown, rebuilt);
}

fn engine(database: &Database, folder: &Path, kinds: &[KindSpec]) -> Engine {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW));
    let entropy = Arc::new(SeededEntropy::new(kinds.len() as u64));
    let installation = Installation::find(folder).unwrap();
    let every = Duration::from_millis(20);
    let parts = installation.open(Some(&database.url), every, clock, entropy).unwrap();
    Engine::open(parts, folder, kinds, views(kinds)).unwrap()
}

#[test]
fn an_old_and_a_new_node_work_side_by_side() {
    let Some(database) = Database::new("two versions on PostgreSQL") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    Installation::create(&one, "log.test.example/2026", &SeededEntropy::new(7)).unwrap();
    Installation::create_node(&two, &one.join("keys")).unwrap();
    let old = engine(&database, &one, OLD);
    record(&old, &ADDED, 1).unwrap();
    // The second comes up before anything was signed, or with a guard: both are as they should be.
    let size = old.log().size().unwrap();
    let signed = loop {
        match old.log().checkpoint().unwrap() {
            Some(signed) if signed.size >= size => break signed,
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    std::fs::write(two.join("guard"), signed.to_string()).unwrap();
    let new = engine(&database, &two, NEW);
    record(&new, &ADDED, 2).unwrap();
    let withdrawn = record(&new, &WITHDRAWN, 1).unwrap();
    assert!(old.wait_for(withdrawn + 1, Duration::from_secs(10)));
    assert_eq!((numbers(&old), numbers(&new)), (vec![1, 2], vec![2]));
    assert_eq!(old.unknown_kinds().unwrap().len(), 1);
    let refused = record(&old, &ADDED, 1).unwrap_err();
    assert!(format!("{refused:?}").contains("SCR-ENG-009"), "{refused:?}");
    let on_old = record(&old, &ADDED, 5).unwrap();
    assert!(new.wait_for(on_old + 1, Duration::from_secs(10)));
    let again = record(&new, &ADDED, 1).unwrap();
    drop(old);
    // The old node is upgraded.
    let upgraded = engine(&database, &one, NEW);
    assert!(upgraded.wait_for(again + 1, Duration::from_secs(10)));
    assert_eq!((numbers(&upgraded), numbers(&new)), (vec![1, 2, 5], vec![1, 2, 5]));
    assert_eq!(upgraded.digests().unwrap(), new.digests().unwrap());
}
