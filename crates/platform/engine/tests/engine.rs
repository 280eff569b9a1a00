//! From a decision to a page's view, and back from the record.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::{Transaction, params};
use scr_core::{Refusal, RefusalKind, Role};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Event, FieldSpec, FieldType, KindSpec, NewEvent, Objects, View, ViewFault};
use scr_entry::Entry;
use scr_note::VerifierKey;
use serde_json::json;
use std::time::Duration;

const ADDED: KindSpec = KindSpec {
    name: "test.number.added/1",
    public: &[FieldSpec::new("n", FieldType::Count), FieldSpec::optional("object", FieldType::Hash)],
    private: &["who"],
};

/// Sums numbers, and fails on 13.
struct Sums;

impl View for Sums {
    fn name(&self) -> &'static str {
        "sums"
    }
    fn schema(&self) -> &'static str {
        "CREATE TABLE sums_number (idx INTEGER PRIMARY KEY, n INTEGER NOT NULL, who TEXT);"
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == ADDED.name {
            tx.execute(
                "INSERT INTO sums_number VALUES (?1, ?2, ?3)",
                params![event.index.cast_signed(), event.count("n").cast_signed(), event.private_text("who")],
            )?;
            if event.count("n") == 13 {
                return Err(ViewFault { view: String::new(), index: 0, what: "thirteen".into() });
            }
        }
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("sums_number", "idx, n", "idx")]
    }
}

fn engine(folder: &std::path::Path) -> TestEngine {
    TestEngine::new(folder, &[ADDED], vec![Box::new(Sums)]).unwrap()
}

fn add(test: &TestEngine, n: u64) -> Result<Vec<scr_engine::Receipt>, ActError> {
    test.engine.record(&TestEngine::actor(Role::Manager), &|views, _| {
        let sum: i64 =
            views.query_row("SELECT coalesce(sum(n), 0) FROM sums_number", [], |row| row.get(0))?;
        if sum > 1000 {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-TST-001").with("sum", sum).into());
        }
        Ok(vec![NewEvent::about(&ADDED, "sum:all", json!({"n": n})).private("who", "person:1", "Ada")])
    })
}

fn numbers(test: &TestEngine) -> Vec<(i64, Option<String>)> {
    test.engine
        .read(|views| {
            let mut query = views.prepare("SELECT n, who FROM sums_number ORDER BY idx")?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
        .unwrap()
}

#[test]
fn an_act_is_recorded_and_read_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    let receipts = add(&test, 5).unwrap();
    assert_eq!(
        receipts.iter().map(|r| r.kind).collect::<Vec<_>>(),
        ["org.key.added/1", "test.number.added/1"]
    );
    assert_eq!(receipts[1].index, 2, "after the opening of the log and the organisation's key");
    assert!(receipts[1].promise.contains("index 2"));
    assert_eq!(numbers(&test), [(5, Some("Ada".to_owned()))]);
    assert_eq!(add(&test, 6).unwrap().len(), 1, "the key is certified once");
}

/// The chain of keys: opening -> operator -> organisation -> entry.
#[test]
fn authors_can_be_checked_from_the_record_alone() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    add(&test, 5).unwrap();
    let entries: Vec<Entry> =
        test.engine.log().entries(0, 10).unwrap().iter().map(|bytes| Entry::parse(bytes).unwrap()).collect();
    let operator: VerifierKey = entries[0].text("operator_key").unwrap().parse().unwrap();
    entries[0].verify_author(&operator).unwrap();
    entries[1].verify_author(&operator).unwrap();
    let organisation: VerifierKey = entries[1].text("key").unwrap().parse().unwrap();
    entries[2].verify_author(&organisation).unwrap();
    assert!(entries[2].verify_author(&operator).is_err());
    assert!(!String::from_utf8_lossy(entries[2].bytes()).contains("Ada"), "nothing private is public");
}

#[test]
fn a_refusal_records_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    add(&test, 1001).unwrap();
    let before = test.engine.log().size().unwrap();
    let refused = add(&test, 1).unwrap_err();
    assert!(matches!(refused, ActError::Refused(refusal) if refusal.code == "SCR-TST-001"));
    assert_eq!(test.engine.log().size().unwrap(), before);
}

#[test]
fn decisions_that_were_overtaken_are_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    add(&test, 1).unwrap();
    // As many as stand at one thing in an office, and none of them is told to come back.
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..10).for_each(|_| drop(add(&test, 2).unwrap())));
        }
    });
    assert_eq!(numbers(&test).len(), 161);
    assert_eq!(test.engine.log().version("sum:all").unwrap(), 161);
}

#[test]
fn who_is_overtaken_each_time_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    add(&test, 1).unwrap();
    let slow = test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        add(&test, 2)?;
        Ok(vec![NewEvent::about(&ADDED, "sum:all", json!({"n": 3})).private("who", "person:1", "Ada")])
    });
    assert!(matches!(&slow, Err(ActError::Refused(refusal)) if refusal.code == "SCR-ENG-001"), "{slow:?}");
    assert!(numbers(&test).iter().all(|(n, _)| *n != 3));
}

#[test]
fn views_rebuilt_are_the_views_that_grew() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    for n in 1..30 {
        add(&test, n).unwrap();
    }
    let faults: i64 =
        test.engine.read(|v| v.query_row("SELECT count(*) FROM engine_fault", [], |r| r.get(0))).unwrap();
    assert_eq!(faults, 1, "13 is written down, and the rest goes on");
    assert_eq!(numbers(&test).len(), 28);
    let [grown, rebuilt] = test.incremental_and_rebuilt(&[ADDED], vec![Box::new(Sums)]).unwrap();
    assert_eq!(grown, rebuilt);
    assert_eq!(grown.len(), 4);
}

#[test]
fn objects_that_entries_name_are_public() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    let (named, other) = (test.engine.objects().put(b"a").unwrap(), test.engine.objects().put(b"b").unwrap());
    test.engine
        .record(&TestEngine::actor(Role::Manager), &|_, _| {
            Ok(vec![NewEvent::about(&ADDED, "sum:all", json!({"n": 1, "object": named}))])
        })
        .unwrap();
    assert!(test.engine.is_public_object(&named).unwrap());
    assert!(!test.engine.is_public_object(&other).unwrap());
}

#[test]
fn what_the_whitelist_forbids_is_a_fault_and_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    let result = test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        Ok(vec![NewEvent::about(&ADDED, "sum:all", json!({"n": 1, "name": "Ada"}))])
    });
    assert!(matches!(result, Err(ActError::Fault(_))));
    assert_eq!(test.engine.log().size().unwrap(), 1);
    assert!(test.engine.wait_for(1, Duration::from_secs(5)));
}

/// Pairs of the Unicode Character Database (CaseFolding.txt): Ł/ł, Ż/ż, É/é, Ж/ж, Σ/σ.
#[test]
fn searches_fold_the_letters_of_every_script() {
    let folder = tempfile::tempdir().unwrap();
    let test = engine(folder.path());
    let folded: Vec<Option<String>> = test
        .engine
        .read(|views| {
            let mut query = views.prepare(
                "SELECT fold(column1) FROM (VALUES ('ŁÓDŹ'), ('ÉCOLE'), ('Жуки'), ('ΑΣΑ'), (NULL))",
            )?;
            query.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    let folded: Vec<&str> = folded.iter().map(|text| text.as_deref().unwrap_or("nothing")).collect();
    assert_eq!(folded, ["łódź", "école", "жуки", "ασα", "nothing"]);
}
