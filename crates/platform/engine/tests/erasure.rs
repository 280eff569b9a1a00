//! Erasing: nothing of the content, its key or its salt is left in any file, also after a crash between
//! the event and the destruction, and what brings keys back does not bring the content back.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rusqlite::{Connection, Transaction, params};
use scr_core::Role;
use scr_engine::testing::{TestEngine, file_with};
use scr_engine::{
    Engine, Erased, Event, FieldSpec, FieldType, KindSpec, NewEvent, Objects, PAYLOAD_ERASED, View, ViewFault,
};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const NOTED: KindSpec = KindSpec {
    name: "test.person.noted/1",
    public: &[FieldSpec::new("n", FieldType::Count)],
    private: &["who", "why"],
};
const SECRET: &str = "Leocadia Wintergreen, 14 Quince Lane";

/// Keeps who was noted, with an index over it, and forgets it, unless it is one that cannot.
struct Names {
    can_forget: bool,
}

impl View for Names {
    fn name(&self) -> &'static str {
        "names"
    }
    fn schema(&self) -> &'static str {
        "CREATE TABLE names_person (idx INTEGER PRIMARY KEY, n INTEGER NOT NULL, who TEXT, why TEXT);
         CREATE INDEX names_person_who ON names_person (who);"
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == NOTED.name {
            let n = event.count("n").cast_signed();
            let (who, why) = (event.private_text("who"), event.private_text("why"));
            tx.execute(
                "INSERT INTO names_person VALUES (?1, ?2, ?3, ?4)",
                params![event.index.cast_signed(), n, who, why],
            )?;
        }
        Ok(())
    }
    fn forget(&self, tx: &Transaction<'_>, event: &Event, _: &Erased) -> Result<(), ViewFault> {
        if !self.can_forget {
            return Err(ViewFault { view: String::new(), index: 0, what: "stubborn".to_owned() });
        }
        let (who, why) = (event.private_text("who"), event.private_text("why"));
        tx.execute(
            "UPDATE names_person SET who = ?2, why = ?3 WHERE idx = ?1",
            params![event.index.cast_signed(), who, why],
        )?;
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("names_person", "idx, n", "idx")]
    }
}

fn open(folder: &Path, can_forget: bool) -> TestEngine {
    TestEngine::new(folder, &[NOTED], vec![Box::new(Names { can_forget })]).unwrap()
}

/// Notes somebody; gives the index of the entry.
fn note(engine: &Engine, n: u64, who: &str) -> u64 {
    let receipts = engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        let event = NewEvent::about(&NOTED, "people:all", json!({"n": n}));
        Ok(vec![event.private("who", format!("person:{n}"), who).private("why", "people:all", "seen")])
    });
    receipts.unwrap().last().unwrap().index
}

fn erase(engine: &Engine, entry: u64) -> u64 {
    let public = json!({"basis": "consent-withdrawn", "payloads": [{"entry": entry, "field": "who"}],
        "approvers": [{"role": "manager", "org": "emb"}, {"role": "supervisor", "org": "emb"}]});
    let receipts = engine.record(&TestEngine::actor(Role::Administrator), &|_, _| {
        Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public.clone())])
    });
    receipts.unwrap()[0].index
}

fn people(engine: &Engine) -> Vec<(i64, Option<String>, Option<String>)> {
    let sql = "SELECT n, who, why FROM names_person ORDER BY idx";
    let read = |views: &Connection| {
        let mut query = views.prepare(sql)?;
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    };
    engine.read(read).unwrap()
}

fn holder(folder: &Path, needle: &[u8]) -> Option<PathBuf> {
    file_with(folder, needle).unwrap()
}

/// Wrapped keys, and data key and salt as they are, of the payload of a field: taken out of the file by
/// what the crate says about its form, not by its code.
fn secrets(folder: &Path, engine: &Engine, entry: u64) -> Vec<Vec<u8>> {
    let fields = engine.private_fields(entry).unwrap();
    let payload = &fields.iter().find(|one| one.field == "who").unwrap().payload;
    let keys = Connection::open(folder.join("keys.db")).unwrap();
    let (owner, wrapped): (String, Vec<u8>) = keys
        .query_row("SELECT subject, wrapped FROM payload_key WHERE id = ?1", [payload], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let wrapped_owner: Vec<u8> = keys
        .query_row("SELECT wrapped FROM subject_key WHERE subject = ?1", [&owner], |row| row.get(0))
        .unwrap();
    let master = std::fs::read_to_string(folder.join("keys/vault")).unwrap();
    let master = scr_canon::unb64(master.trim()).unwrap();
    let owner_key = open_box(&master, &format!("subject {owner}"), &wrapped_owner);
    let both = open_box(&owner_key, &format!("payload {payload} of {owner}"), &wrapped);
    assert_eq!(both.len(), 64, "a key and a salt");
    vec![wrapped, wrapped_owner, both[..32].to_vec(), both[32..].to_vec(), owner.into_bytes()]
}

fn open_box(key: &[u8], associated: &str, sealed: &[u8]) -> Vec<u8> {
    let (nonce, body) = sealed.split_at(24);
    let key: [u8; 32] = key.try_into().unwrap();
    let nonce: [u8; 24] = nonce.try_into().unwrap();
    XChaCha20Poly1305::new(&Key::from(key))
        .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: associated.as_bytes() })
        .unwrap()
}

#[test]
fn nothing_is_left_in_any_file_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), true);
    // Enough for pages to fill and be divided around the one that goes.
    let before: Vec<u64> = (0..40).map(|n| note(&test.engine, n, &format!("somebody {n}"))).collect();
    let entry = note(&test.engine, 777, SECRET);
    for n in 200..240 {
        note(&test.engine, n, &format!("somebody {n}"));
    }
    let secrets = secrets(folder.path(), &test.engine, entry);
    assert!(holder(folder.path(), SECRET.as_bytes()).is_some(), "it stands in a view");
    assert!(holder(folder.path(), &secrets[0]).is_some(), "and its key in the vault");
    let by = erase(&test.engine, entry);
    // While the program runs, without any help of an orderly end.
    assert_eq!(holder(folder.path(), SECRET.as_bytes()), None);
    for (number, secret) in secrets.iter().enumerate() {
        assert_eq!(holder(folder.path(), secret), None, "secret {number}");
    }
    let fields = test.engine.private_fields(entry).unwrap();
    let erased: Vec<_> = fields.iter().map(|one| (one.field.as_str(), one.erased)).collect();
    assert_eq!(erased, [("who", Some(by)), ("why", None)], "a tombstone for the one, nothing for the other");
    let people = people(&test.engine);
    assert_eq!(people[40], (777, None, Some("seen".to_owned())));
    assert_eq!(people[0].1.as_deref(), Some("somebody 0"));
    assert_eq!(test.engine.private_fields_of("person:0", 9).unwrap()[0].entry, before[0]);
    assert_eq!(test.engine.private_fields_of("person:777", 9).unwrap(), []);
    // The entry's own bytes are what they were: the commitment is still there, and means nothing.
    let bytes = String::from_utf8(test.engine.log().entry(entry).unwrap()).unwrap();
    assert!(bytes.contains("\"n\":\"who\""), "{bytes}");
    let views = || vec![Box::new(Names { can_forget: true }) as Box<dyn View>];
    let [grown, rebuilt] = test.incremental_and_rebuilt(&[NOTED], views()).unwrap();
    assert_eq!(grown, rebuilt);
    assert_eq!(holder(folder.path(), SECRET.as_bytes()), None);
}

#[test]
fn a_view_that_cannot_forget_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), false);
    let entry = note(&test.engine, 1, SECRET);
    note(&test.engine, 2, "somebody");
    let by = erase(&test.engine, entry);
    let until = Instant::now() + Duration::from_secs(20);
    while test.engine.progress().1 <= by || people(&test.engine).len() < 2 {
        assert!(Instant::now() < until, "the views do not come back");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(people(&test.engine)[0], (1, None, Some("seen".to_owned())));
    assert_eq!(holder(folder.path(), SECRET.as_bytes()), None);
}

/// Backups of keys live short, but they live: what one brings back opens nothing that was erased.
#[test]
fn keys_that_come_back_are_destroyed_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), true);
    let entry = note(&test.engine, 1, SECRET);
    drop(test);
    let (keys, record) = (folder.path().join("keys.db"), folder.path().join("record.db"));
    let (old_keys, old_record) = (std::fs::read(&keys).unwrap(), std::fs::read(&record).unwrap());
    let test = open(folder.path(), true);
    let secrets = secrets(folder.path(), &test.engine, entry);
    let by = erase(&test.engine, entry);
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size <= by) {
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(test);
    // First the keys alone, then both, so that the record knows nothing of the erasure any more.
    for with_record in [false, true] {
        std::fs::write(&keys, &old_keys).unwrap();
        if with_record {
            std::fs::write(&record, &old_record).unwrap();
        }
        assert!(holder(folder.path(), &secrets[0]).is_some(), "the key is back");
        let test = open(folder.path(), true);
        assert_eq!(test.engine.ledger().stopped().is_some(), with_record, "an older record does not sign");
        let until = Instant::now() + Duration::from_secs(20);
        while people(&test.engine).is_empty() || holder(folder.path(), &secrets[0]).is_some() {
            assert!(Instant::now() < until, "the key is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(people(&test.engine)[0], (1, None, Some("seen".to_owned())));
        assert_eq!(holder(folder.path(), SECRET.as_bytes()), None);
    }
}

/// The child of the test below: erases, while its parent keeps the database of keys from changing.
#[test]
fn child_that_erases() {
    #[expect(clippy::disallowed_methods, reason = "set by the test that starts this one as a process")]
    let Ok(folder) = std::env::var("SCRUTINEER_ERASING_CHILD") else { return };
    let folder = Path::new(&folder);
    let test = open(folder, true);
    std::fs::write(folder.join("is-open"), "").unwrap();
    wait_for(|| folder.join("is-locked").exists());
    erase(&test.engine, 2);
}

fn wait_for(done: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < until, "it does not come to that");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_crash_between_the_event_and_the_destruction_is_completed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path(), true);
    let entry = note(&test.engine, 1, SECRET);
    assert_eq!(entry, 2);
    let secrets = secrets(folder.path(), &test.engine, entry);
    let size = test.engine.log().size().unwrap();
    drop(test);
    let mut child = scr_testing::child("child_that_erases", "SCRUTINEER_ERASING_CHILD", folder.path());
    let lock = Connection::open(folder.path().join("keys.db")).unwrap();
    lock.busy_timeout(Duration::from_secs(10)).unwrap();
    let log = Connection::open(folder.path().join("record.db")).unwrap();
    let recorded = || log.query_row("SELECT size FROM log_head", [], |row| row.get::<_, i64>(0)).unwrap_or(0);
    wait_for(|| folder.path().join("is-open").exists());
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::fs::write(folder.path().join("is-locked"), "").unwrap();
    wait_for(|| recorded() > size.cast_signed());
    std::thread::sleep(Duration::from_millis(200));
    child.kill().unwrap();
    child.wait().unwrap();
    lock.execute_batch("ROLLBACK").unwrap();
    drop((lock, log));
    assert!(holder(folder.path(), &secrets[0]).is_some(), "the event is there, and the key still is");
    let test = open(folder.path(), true);
    assert!(test.engine.wait_for(size + 1, Duration::from_secs(20)));
    for secret in &secrets {
        assert_eq!(holder(folder.path(), secret), None);
    }
    assert_eq!(holder(folder.path(), SECRET.as_bytes()), None);
    assert_eq!(test.engine.private_fields(entry).unwrap()[0].erased, Some(size));
}
