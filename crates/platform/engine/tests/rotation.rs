//! Another master key for the vault: all content opens as before, the old key opens nothing, and wherever it is cut off it
//! has happened wholly or not at all.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::Connection;
use scr_core::{Role, SystemClock, SystemEntropy};
use scr_engine::testing::{TestEngine, file_with};
use scr_engine::{
    Engine, FieldSpec, FieldType, Installation, KindSpec, NewEvent, PAYLOAD_ERASED, VAULT_KEY_ROTATED,
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const NOTED: KindSpec = KindSpec {
    name: "test.person.noted/1",
    public: &[FieldSpec::new("n", FieldType::Count)],
    private: &["who"],
};

/// With the real source of randomness: no start repeats what another drew.
fn open(folder: &Path) -> Engine {
    try_open(folder).unwrap()
}

fn try_open(folder: &Path) -> Result<Engine, String> {
    let installation = if Installation::exists(folder) {
        Installation::find(folder)
    } else {
        Installation::create(folder, "log.test.example/2026", &SystemEntropy)
    };
    let parts = installation.and_then(|own| {
        own.open(None, Duration::from_millis(20), Arc::new(SystemClock), Arc::new(SystemEntropy))
    });
    Engine::open(parts.map_err(|e| e.to_string())?, folder, &[NOTED], Vec::new()).map_err(|e| e.to_string())
}

fn fill(engine: &Engine, count: u64) {
    let events = |_: &Connection, _: &scr_engine::Ctx<'_>| {
        let one = |n: u64| {
            let event = NewEvent::about(&NOTED, format!("note:{n}"), json!({"n": n}));
            event.private("who", format!("person:{}", n % 50), format!("Ada {n}"))
        };
        Ok((0..count).map(one).collect())
    };
    engine.record(&TestEngine::actor(Role::Manager), &events).unwrap();
}

/// (private fields that open, that do not, generations that the record states).
fn state(engine: &Engine) -> (u64, u64, Vec<u64>) {
    let fixity = engine.check_fixity(&mut |_, _| true).unwrap().unwrap();
    let stated = engine.read(|views| {
        let sql =
            "SELECT json_extract(public, '$.generation') FROM engine_event WHERE kind = ?1 ORDER BY idx";
        let mut query = views.prepare(sql)?;
        let rows = query.query_map([VAULT_KEY_ROTATED.name], |row| row.get::<_, i64>(0))?;
        rows.map(|row| row.map(i64::cast_unsigned)).collect()
    });
    (fixity.counts.opened, fixity.counts.damaged + fixity.counts.without_key, stated.unwrap())
}

fn keys(folder: &Path, name: &str) -> PathBuf {
    folder.join("keys").join(name)
}

/// The files in `keys/`, by name.
fn names(folder: &Path) -> Vec<String> {
    let files = folder.join("keys").read_dir().unwrap().flatten();
    let mut names: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const SOUND: [&str; 4] = ["log-mldsa44.key", "log.key", "secret", "vault"];

#[test]
fn a_rotation_is_recorded_and_the_old_master_key_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path());
    fill(&engine, 120);
    let old = std::fs::read(keys(folder.path(), "vault")).unwrap();
    let copy = folder.path().join("copy.db");
    let database = Connection::open(folder.path().join("keys.db")).unwrap();
    database.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let wrapped: Vec<u8> =
        database.query_row("SELECT wrapped FROM payload_key LIMIT 1", [], |row| row.get(0)).unwrap();
    drop(database);
    let rotated = engine.rotate_vault_key(&mut |done, total| assert!(done <= total)).unwrap();
    assert_eq!((rotated.generation, rotated.payloads, rotated.rewritten), (1, 120, true));
    let entry: Value = serde_json::from_slice(&engine.log().entry(rotated.entry.unwrap()).unwrap()).unwrap();
    assert_eq!(entry["t"], json!(VAULT_KEY_ROTATED.name));
    assert_eq!(entry["pub"], json!({"generation": 1, "payloads": 120}));
    assert_eq!(state(&engine), (120, 0, vec![1]));
    fill(&engine, 3);
    drop(engine);
    assert_eq!(names(folder.path()), SOUND);
    assert_eq!(file_with(folder.path(), &old).unwrap(), None);
    let own = Installation::find(folder.path()).unwrap();
    assert!(own.opens_keys(&folder.path().join("keys.db")).unwrap());
    assert!(!own.opens_keys(&copy).unwrap(), "a copy of before opens nothing any more");
    std::fs::remove_file(&copy).unwrap();
    assert_eq!(file_with(folder.path(), &wrapped).unwrap(), None, "no byte of the old wrapping is left");
    assert_eq!(state(&open(folder.path())), (123, 0, vec![1]));
}

#[test]
fn an_installation_whose_vault_shared_the_secret_of_roles_gets_a_key_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    for name in ["keys.db", "keys.db-wal", "keys.db-shm", "keys/vault"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let engine = open(folder.path());
    fill(&engine, 5);
    drop(engine);
    // As it was written before there were generations.
    Connection::open(folder.path().join("keys.db")).unwrap().execute_batch("DROP TABLE master_key").unwrap();
    let engine = open(folder.path());
    engine.rotate_vault_key(&mut |_, _| {}).unwrap();
    fill(&engine, 5);
    drop(engine);
    assert_eq!(names(folder.path()), SOUND);
    assert_eq!(state(&open(folder.path())), (10, 0, vec![1]));
}

/// The folder as it is after a rotation, and its parts from before it: enough to make every state in between.
struct Between {
    folder: tempfile::TempDir,
    old_vault: Vec<u8>,
    old_database: Vec<u8>,
}

impl Between {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        let engine = open(folder.path());
        fill(&engine, 20);
        drop(engine);
        let (old_vault, old_database) = (read("keys/vault"), read("keys.db"));
        let (record, guard) = (read("record.db"), read("guard"));
        let engine = open(folder.path());
        engine.rotate_vault_key(&mut |_, _| {}).unwrap();
        drop(engine);
        // The record of before: what stands in it of the rotation is what is looked at.
        std::fs::write(folder.path().join("record.db"), record).unwrap();
        std::fs::write(folder.path().join("guard"), guard).unwrap();
        Self { folder, old_vault, old_database }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(keys(self.path(), name), bytes).unwrap();
    }

    /// The new master key back to where it stood before it got its place.
    fn new_vault_is_beside(&self) {
        std::fs::rename(keys(self.path(), "vault"), keys(self.path(), "vault.next")).unwrap();
    }

    /// Starts: everything opens; gives the generations that the record states. Then the next rotation goes through.
    fn start(&self) -> Vec<u64> {
        let engine = open(self.path());
        let (opened, unopened, stated) = state(&engine);
        assert_eq!((opened, unopened), (20, 0));
        drop(engine);
        let engine = open(self.path());
        assert_eq!(state(&engine).2, stated, "it is stated once");
        engine.rotate_vault_key(&mut |_, _| {}).unwrap();
        drop(engine);
        assert_eq!(names(self.path()), SOUND);
        assert_eq!(state(&open(self.path())).0, 20);
        stated
    }
}

#[test]
fn wherever_it_is_cut_off_it_has_happened_wholly_or_not_at_all() {
    // Before anything was wrapped: the next key half written, and written.
    for part in [true, false] {
        let between = Between::new();
        between.new_vault_is_beside();
        between.write("vault", &between.old_vault);
        std::fs::write(between.path().join("keys.db"), &between.old_database).unwrap();
        if part {
            std::fs::remove_file(keys(between.path(), "vault.next")).unwrap();
            between.write("vault.next.part", b"half");
        }
        assert_eq!(between.start(), Vec::<u64>::new());
    }
    // After everything was wrapped: the old key still there, overwritten, gone.
    for old in [Some(true), Some(false), None] {
        let between = Between::new();
        between.new_vault_is_beside();
        match old {
            Some(true) => between.write("vault", &between.old_vault),
            Some(false) => between.write("vault", &vec![0; between.old_vault.len()]),
            None => {}
        }
        assert_eq!(between.start(), [1], "{old:?}");
    }
    // The new one in its place, and the record does not state it.
    assert_eq!(Between::new().start(), [1]);
}

#[test]
fn keys_of_another_time_are_refused_and_nothing_is_sealed_with_the_wrong_key() {
    let between = Between::new();
    std::fs::write(between.path().join("keys.db"), &between.old_database).unwrap();
    let refused = try_open(between.path()).err().unwrap();
    assert!(refused.contains("SCR-ENG-013") && refused.contains("generation 0"), "{refused}");
    // The sealed copy of the old key, where the message says: it counts again, and the next generation is above both.
    between.write("vault.next", &between.old_vault);
    assert_eq!(between.start(), Vec::<u64>::new());
    assert_eq!(state(&open(between.path())), (20, 0, vec![1]));
}

#[test]
fn a_next_key_that_was_copied_badly_shuts_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path());
    fill(&engine, 3);
    drop(engine);
    std::fs::write(keys(folder.path(), "vault.next"), "half of").unwrap();
    let engine = open(folder.path());
    assert_eq!(state(&engine).0, 3);
    assert!(engine.rotate_vault_key(&mut |_, _| {}).is_err(), "and nobody takes another for it");
    std::fs::remove_file(keys(folder.path(), "vault.next")).unwrap();
    assert_eq!(engine.rotate_vault_key(&mut |_, _| {}).unwrap().payloads, 3);
}

/// With a copy of everything from before the erasure and the rotation, the old master key among it.
#[test]
fn what_was_erased_stays_erased_after_a_rotation() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path());
    fill(&engine, 10);
    let entry = engine.private_fields_of("person:3", 10).unwrap()[0].entry;
    let old = std::fs::read(keys(folder.path(), "vault")).unwrap();
    let copy = folder.path().join("copy.db");
    let database = Connection::open(folder.path().join("keys.db")).unwrap();
    database.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    drop(database);
    let erase = |_: &Connection, _: &scr_engine::Ctx<'_>| {
        let what = json!({"basis": "consent-withdrawn", "payloads": [{"entry": entry, "field": "who"}], "approvers": []});
        Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:1", what)])
    };
    engine.record(&TestEngine::actor(Role::Manager), &erase).unwrap();
    engine.rotate_vault_key(&mut |_, _| {}).unwrap();
    assert_eq!(state(&engine), (9, 0, vec![1]));
    drop(engine);
    // The keys of before come back with their master key: what was erased is destroyed again before it is read.
    std::fs::copy(&copy, folder.path().join("keys.db")).unwrap();
    std::fs::write(keys(folder.path(), "vault.next"), &old).unwrap();
    let engine = open(folder.path());
    assert_eq!(state(&engine).0, 9);
    assert!(engine.private_fields_of("person:3", 10).unwrap().is_empty());
}

/// The child of the test below: rotates without end.
#[test]
fn child_that_rotates() {
    #[expect(clippy::disallowed_methods, reason = "set by the test that starts this one as a process")]
    let Ok(folder) = std::env::var("SCRUTINEER_ROTATING_CHILD") else { return };
    let folder = Path::new(&folder);
    let engine = open(folder);
    std::fs::write(folder.join("is-open"), "").unwrap();
    loop {
        engine.rotate_vault_key(&mut |_, _| {}).unwrap();
    }
}

#[test]
fn rotations_that_are_killed_lose_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path());
    fill(&engine, 600);
    drop(engine);
    let mut before = Vec::new();
    for after_ms in [0, 7, 19, 31, 60, 90, 140, 230, 350, 520] {
        let _ = std::fs::remove_file(folder.path().join("is-open"));
        let mut child = scr_testing::child("child_that_rotates", "SCRUTINEER_ROTATING_CHILD", folder.path());
        let until = Instant::now() + Duration::from_secs(60);
        while !folder.path().join("is-open").exists() {
            assert!(Instant::now() < until, "it does not begin");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(after_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let (opened, unopened, stated) = state(&open(folder.path()));
        assert_eq!((opened, unopened), (600, 0), "killed after {after_ms} ms");
        assert!(stated.starts_with(&before), "{before:?} {stated:?}");
        let all: Vec<u64> = (1..=stated.len() as u64).collect();
        assert_eq!(stated, all, "each generation is stated, once");
        before = stated;
    }
    assert!(!before.is_empty(), "none came to its end");
}
