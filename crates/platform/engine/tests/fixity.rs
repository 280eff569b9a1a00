//! The fixity check: what is sound counts, what is erased is no damage, every kind of damage is named, nothing of it
//! is public, and a check that is killed leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::Connection;
use scr_canon::{Hash32, sha256};
use scr_core::Role;
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{
    Engine, Examination, FIXITY_CHECKED, FieldSpec, FieldType, Fixity, FixityCounts, KindSpec, Level,
    NewEvent, PAYLOAD_ERASED, examine,
};
use scr_merkle::{leaf_hash, root_of};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const NOTED: KindSpec = KindSpec {
    name: "test.person.noted/1",
    public: &[FieldSpec::new("n", FieldType::Count), FieldSpec::optional("object", FieldType::Hash)],
    private: &["who"],
};

fn open(folder: &Path) -> TestEngine {
    TestEngine::new(folder, &[NOTED], Vec::new()).unwrap()
}

/// Notes somebody with a file; gives the index of the entry and the hash of the file.
fn note(engine: &Engine, n: u64) -> (u64, Hash32) {
    let object = engine.objects().put(format!("file {n}").as_bytes()).unwrap();
    let receipts = engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        let event = NewEvent::about(&NOTED, "people:all", json!({"n": n, "object": object}));
        Ok(vec![event.private("who", format!("person:{n}"), format!("Ada {n}"))])
    });
    (receipts.unwrap().last().unwrap().index, object)
}

fn erase(engine: &Engine, entry: u64) {
    let public =
        json!({"basis": "objection", "payloads": [{"entry": entry, "field": "who"}], "approvers": []});
    let event = |_: &Connection, _: &scr_engine::Ctx<'_>| {
        Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public.clone())])
    };
    engine.record(&TestEngine::actor(Role::Manager), &event).unwrap();
}

fn check(engine: &Engine) -> Fixity {
    engine.check_fixity(&mut |done, total| done <= total).unwrap().unwrap()
}

fn path_of(folder: &Path, object: &Hash32) -> PathBuf {
    let name = object.to_hex();
    folder.join("objects").join(&name[..2]).join(name)
}

fn record(folder: &Path) -> Connection {
    Connection::open(folder.join("record.db")).unwrap()
}

/// Code, level and values of what the doctor finds about fixity.
fn found(folder: &Path, now: i64) -> Vec<(&'static str, Level, Value)> {
    let what = Examination { folder, site: None, fixity_days: 30, objects: None, keys: None, now };
    let all = examine(&what).findings.into_iter().filter(|one| one.code >= "SCR-DOC-030");
    all.map(|one| (one.code, one.level, json!(one.args))).collect()
}

#[test]
fn what_is_sound_is_counted_and_the_root_can_be_computed_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path());
    let notes: Vec<_> = (1..=300).map(|n| note(&test.engine, n)).collect();
    erase(&test.engine, notes[4].0);
    let mut words = Vec::new();
    let size = test.engine.log().size().unwrap();
    let fixity = test.engine.check_fixity(&mut |done, total| {
        words.push((done, total));
        true
    });
    let fixity = fixity.unwrap().unwrap();
    let wanted = FixityCounts { size, objects: 300, opened: 299, erased: 1, without_key: 0, damaged: 0 };
    assert_eq!((fixity.counts, fixity.damaged.len()), (wanted, 0));
    assert!(words.len() >= 3 && words.is_sorted(), "{words:?}");
    assert_eq!(words.last(), Some(&(size + 300, size + 300)));
    // By hand: ciphertexts in the order of the record, also of what is erased, then objects in the order of names.
    let log = record(folder.path());
    let mut query = log.prepare("SELECT bytes FROM log_payload WHERE id = ?1").unwrap();
    let mut leaves = Vec::new();
    for (entry, _) in &notes {
        let id = test.engine.private_fields(*entry).unwrap()[0].payload.clone();
        let ciphertext: Vec<u8> = query.query_row([id], |row| row.get(0)).unwrap();
        leaves.push(leaf_hash(&sha256(&ciphertext).0));
    }
    let mut objects: Vec<Hash32> = notes.iter().map(|(_, object)| *object).collect();
    objects.sort_unstable();
    leaves.extend(objects.iter().map(|object| leaf_hash(&object.0)));
    assert_eq!(fixity.root, root_of(&leaves));
    let stated = test.engine.last_fixity().unwrap().unwrap();
    assert_eq!((Some(stated.entry), stated.counts), (fixity.entry, wanted));
    assert_eq!(Fixity::read(folder.path()).unwrap(), Some(fixity));
    assert_eq!(found(folder.path(), NOW), []);
    // SCR-DOC-033
    let late = NOW + 38 * 86_400;
    assert_eq!(
        found(folder.path(), late),
        [("SCR-DOC-033", Level::Warn, json!({"days": "38", "every": "30"}))]
    );
}

#[test]
fn every_kind_of_damage_is_named_to_the_operator_and_none_in_public() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path());
    let notes: Vec<_> = (1..=6).map(|n| note(&test.engine, n)).collect();
    let altered = path_of(folder.path(), &notes[0].1);
    std::fs::write(&altered, "altered").unwrap();
    std::fs::remove_file(path_of(folder.path(), &notes[1].1)).unwrap();
    let id = |n: usize| test.engine.private_fields(notes[n].0).unwrap()[0].payload.clone();
    let log = record(folder.path());
    log.execute("UPDATE log_payload SET bytes = zeroblob(length(bytes)) WHERE id = ?1", [id(2)]).unwrap();
    log.execute("DELETE FROM log_payload WHERE id = ?1", [id(3)]).unwrap();
    let keys = Connection::open(folder.path().join("keys.db")).unwrap();
    keys.execute("DELETE FROM payload_key WHERE id = ?1", [id(4)]).unwrap();
    let entry = notes[5].0.cast_signed();
    log.execute("UPDATE log_entry SET bytes = CAST(bytes || ' ' AS BLOB) WHERE idx = ?1", [entry]).unwrap();
    drop((log, keys));

    let fixity = check(&test.engine);
    let mut codes: Vec<&str> = fixity.damaged.iter().map(|one| one.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["SCR-INST-002", "SCR-INST-005", "SCR-INST-005", "SCR-INST-006", "SCR-INST-006"]);
    assert_eq!((fixity.counts.damaged, fixity.counts.without_key, fixity.counts.opened), (5, 1, 2));
    let entry = test.engine.log().entry(fixity.entry.unwrap()).unwrap();
    let entry: Value = serde_json::from_slice(&entry).unwrap();
    assert_eq!((&entry["t"], &entry["pub"]["damaged"]), (&json!(FIXITY_CHECKED.name), &json!(5)));
    assert_eq!(entry["com"], json!([]));
    for (_, object) in &notes {
        assert!(!entry.to_string().contains(&object.to_string()), "the public is told counts");
    }
    let said = found(folder.path(), NOW);
    let named = |code: &str, values: Value| said.contains(&(code_of(code), Level::Alarm, values));
    assert!(named("SCR-DOC-030", json!({"object": notes[0].1.to_hex()})), "{said:?}");
    assert!(named("SCR-DOC-030", json!({"object": notes[1].1.to_hex()})), "{said:?}");
    assert!(named("SCR-DOC-031", json!({"entry": notes[2].0.to_string(), "field": "who"})), "{said:?}");
    assert!(named("SCR-DOC-031", json!({"entry": notes[3].0.to_string(), "field": "who"})), "{said:?}");
    assert!(said.iter().any(|(code, ..)| *code == "SCR-DOC-032"), "{said:?}");
    assert_eq!(said.len(), 5);
    // Another node knows the count alone.
    std::fs::remove_file(folder.path().join("last-fixity")).unwrap();
    let told = json!({"count": "5", "damaged": "5"});
    assert_eq!(found(folder.path(), NOW), [("SCR-DOC-034", Level::Alarm, told)]);

    std::fs::write(&altered, "file 1").unwrap();
    assert_eq!(check(&test.engine).counts.damaged, 4, "what is put back is sound again");
}

#[test]
fn what_the_disk_does_not_give_is_damage_and_the_rest_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path());
    let notes: Vec<_> = (1..=300).map(|n| note(&test.engine, n)).collect();
    let log = record(folder.path());
    let entry = notes[9].0.cast_signed();
    log.execute("UPDATE log_entry SET bytes = CAST(bytes AS TEXT) WHERE idx = ?1", [entry]).unwrap();
    let payload = test.engine.private_fields(notes[280].0).unwrap()[0].payload.clone();
    log.execute("UPDATE log_payload SET bytes = 7 WHERE id = ?1", [payload]).unwrap();
    let fixity = check(&test.engine);
    let codes: Vec<&str> = fixity.damaged.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["SCR-INST-001", "SCR-INST-005"]);
    assert!(fixity.damaged[0].what.contains("entries 0 to 255"), "{:?}", fixity.damaged[0]);
    let beyond = notes.iter().filter(|(index, _)| *index >= 256).count() as u64;
    assert_eq!((fixity.counts.opened, fixity.counts.objects), (beyond - 1, 300));
}

fn code_of(code: &str) -> &'static str {
    ["SCR-DOC-030", "SCR-DOC-031"].into_iter().find(|known| *known == code).unwrap()
}

#[test]
fn a_check_that_is_told_to_end_records_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path());
    note(&test.engine, 1);
    let size = test.engine.log().size().unwrap();
    assert_eq!(test.engine.check_fixity(&mut |_, _| false).unwrap(), None);
    assert_eq!((test.engine.log().size().unwrap(), test.engine.last_fixity().unwrap()), (size, None));
    assert_eq!(Fixity::read(folder.path()).unwrap(), None);
}

/// The child of the test below: begins a check and stands still in the middle of it.
#[test]
fn child_that_checks() {
    #[expect(clippy::disallowed_methods, reason = "set by the test that starts this one as a process")]
    let Ok(folder) = std::env::var("SCRUTINEER_CHECKING_CHILD") else { return };
    let folder = Path::new(&folder);
    let test = open(folder);
    let checked = test.engine.check_fixity(&mut |_, _| {
        std::fs::write(folder.join("is-checking"), "").unwrap();
        std::thread::sleep(Duration::from_secs(60));
        true
    });
    checked.unwrap();
}

#[test]
fn a_check_that_is_killed_leaves_nothing_and_the_next_one_does_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let test = open(folder.path());
    note(&test.engine, 1);
    let size = test.engine.log().size().unwrap();
    drop(test);
    let mut child = scr_testing::child("child_that_checks", "SCRUTINEER_CHECKING_CHILD", folder.path());
    let until = Instant::now() + Duration::from_secs(60);
    while !folder.path().join("is-checking").exists() {
        assert!(Instant::now() < until, "it does not begin");
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let test = open(folder.path());
    assert_eq!(test.engine.log().size().unwrap(), size, "what is half done is not recorded");
    let fixity = check(&test.engine);
    assert_eq!((fixity.counts.size, fixity.counts.opened, fixity.counts.damaged), (size, 1, 0));
    assert_eq!(fixity.entry, Some(size));
}
