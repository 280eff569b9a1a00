//! An object store that is away: nothing is lost, nothing is left out, reading goes on.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::{Transaction, params};
use scr_canon::Hash32;
use scr_core::{FixedClock, Role, SeededEntropy};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{
    ActError, Engine, Event, FieldSpec, FieldType, Installation, KindSpec, NewEvent, Objects, View, ViewFault,
};
use scr_objects::testing::{Fake, Fault};
use scr_objects::{Credentials, Place, S3Place};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

const KEPT: KindSpec =
    KindSpec { name: "test.file.kept/1", public: &[FieldSpec::new("object", FieldType::Hash)], private: &[] };

/// The length of each file, which only the object says.
struct Lengths;

impl View for Lengths {
    fn name(&self) -> &'static str {
        "lengths"
    }
    fn schema(&self) -> &'static str {
        "CREATE TABLE lengths_row (idx INTEGER PRIMARY KEY, length INTEGER NOT NULL);"
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        if event.kind() == KEPT.name {
            let hash: Hash32 = event.text("object").parse().unwrap();
            let bytes = objects.get(&hash, 1 << 20)?.unwrap_or_default();
            let length = i64::try_from(bytes.len()).unwrap();
            tx.execute(
                "INSERT INTO lengths_row VALUES (?1, ?2)",
                params![event.index.cast_signed(), length],
            )?;
        }
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("lengths_row", "idx, length", "idx")]
    }
}

/// A node with its objects in the store.
fn node(folder: &Path, store: &Fake) -> Engine {
    let clock = Arc::new(FixedClock::at(NOW));
    let place = S3Place {
        endpoint: store.endpoint.clone(),
        bucket: "bucket".to_owned(),
        prefix: String::new(),
        region: "us-east-1".to_owned(),
        path_style: true,
        credentials: Credentials { id: "id".to_owned(), secret: "secret".to_owned().into(), token: None },
        authorities: None,
        timeout: Duration::from_secs(5),
        clock: Arc::clone(&clock) as Arc<_>,
    };
    let entropy = Arc::new(SeededEntropy::new(7));
    let installation = if Installation::exists(folder) {
        Installation::find(folder).unwrap()
    } else {
        Installation::create(folder, "log.away.example/2026", &*entropy).unwrap()
    };
    let installation = installation.with_objects(Place::S3(Arc::new(place)));
    let parts = installation.open(None, Duration::from_millis(20), clock, entropy).unwrap();
    Engine::open(parts, folder, &[KEPT], vec![Box::new(Lengths)]).unwrap()
}

fn keep(engine: &Engine, bytes: &[u8]) -> Result<u64, ActError> {
    let object = engine.objects().put(bytes)?;
    let event = || NewEvent::about(&KEPT, "file:1", json!({"object": object.to_string()}));
    let receipts = engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(vec![event()]))?;
    Ok(receipts.last().unwrap().index)
}

fn lengths(engine: &Engine) -> Vec<i64> {
    let rows = engine.read(|views| {
        let mut query = views.prepare("SELECT length FROM lengths_row ORDER BY idx")?;
        query.query_map([], |row| row.get(0))?.collect()
    });
    rows.unwrap()
}

#[test]
fn views_wait_for_objects_that_are_away_and_reading_goes_on() {
    let status = Arc::new(AtomicU16::new(0));
    let answers = Arc::clone(&status);
    let store = Fake::start(
        NOW,
        Arc::new(move |_: &str, _: &str, _| match answers.load(Ordering::SeqCst) {
            0 => None,
            status => Some(Fault::Status(status, "")),
        }),
    );
    let (store, folder) = (store.unwrap(), tempfile::tempdir().unwrap());
    let engine = node(folder.path(), &store);
    let first = keep(&engine, b"results").unwrap();
    assert_eq!(lengths(&engine), [7]);
    // Nothing is recorded while the file cannot be kept: what may pass is said with its code.
    for (answer, code) in [(500, "SCR-OBJ-001"), (403, "SCR-OBJ-001")] {
        status.store(answer, Ordering::SeqCst);
        let refused = keep(&engine, b"more results").unwrap_err();
        assert!(matches!(&refused, ActError::Refused(refusal) if refusal.code == code), "{refused:?}");
    }
    assert!(engine.objects().away().unwrap().contains("500"));
    assert_eq!(lengths(&engine), [7], "reading goes on");
    // The store is gone while the views are made anew, as on a node that was just added.
    drop(engine);
    for file in folder.path().read_dir().unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("views-") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let engine = node(folder.path(), &store);
    assert!(!engine.wait_for(first + 1, Duration::from_secs(3)), "the views cannot have it yet");
    assert_eq!(lengths(&engine), [0_i64; 0]);
    let codes: Vec<_> = engine.examine(None, 30).findings.into_iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"SCR-DOC-061"), "{codes:?}");
    status.store(0, Ordering::SeqCst);
    for _ in 0..600 {
        if engine.progress().1 > first {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(lengths(&engine), [7], "and nothing was left out");
    let faults: i64 = engine
        .read(|views| views.query_row("SELECT count(*) FROM engine_fault", [], |row| row.get(0)))
        .unwrap();
    assert_eq!(faults, 0);
}
