//! The whole drill: a backup while acts are recorded, an erasure after it, the way back, and what the
//! people who stand before the server then read.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_core::Role;
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Engine, FieldSpec, FieldType, KindSpec, NewEvent, PAYLOAD_ERASED, Receipt};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

const NOTED: KindSpec = KindSpec {
    name: "test.person.noted/1",
    public: &[FieldSpec::new("object", FieldType::Hash)],
    private: &["who"],
};

fn scrutineer(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Refused with this code, and nothing else.
fn refused(args: &[&str], status: i32, code: &str) {
    let output = scrutineer(args);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {}", said(&output));
    assert!(said(&output).contains(code), "{args:?}: {}", said(&output));
}

fn open(folder: &Path) -> TestEngine {
    TestEngine::new(folder, &[NOTED], Vec::new()).unwrap()
}

fn note(engine: &Engine, who: &str) -> Result<Vec<Receipt>, ActError> {
    let object = engine.objects().put(who.as_bytes()).unwrap();
    engine.record(&TestEngine::actor(Role::Manager), &|_, _| {
        let event = NewEvent::about(&NOTED, "people:all", json!({"object": object}));
        Ok(vec![event.private("who", format!("person:{who}"), who)])
    })
}

fn wait_until_signed(engine: &Engine) {
    let size = engine.log().size().unwrap();
    while engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < size) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// A backup that was taken while others recorded, with its copy of the keys.
fn back_up_while_recording(test: &TestEngine, data: &str, to: &Path, keys: &Path) -> (Value, PathBuf) {
    let stop = AtomicBool::new(false);
    let output = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut count = 0;
            while !stop.load(Ordering::SeqCst) {
                note(&test.engine, &format!("writer {count}")).unwrap();
                count += 1;
            }
            count
        });
        let (to, keys) = (to.to_str().unwrap(), keys.to_str().unwrap());
        let args = ["backup", "create", "--data", data, "--to", to, "--keys", keys, "--json"];
        let output = scrutineer(&args);
        stop.store(true, Ordering::SeqCst);
        assert!(writer.join().unwrap() > 0, "nobody recorded meanwhile");
        output
    });
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let done: Value = serde_json::from_slice(&output.stdout).unwrap();
    let copy = PathBuf::from(done["keys"].as_str().unwrap());
    (done, copy)
}

#[test]
fn a_backup_comes_back_and_signs_nothing_until_people_decide() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (data, backup, keys) = (at("data"), at("backup"), at("keys"));
    std::fs::create_dir(&data).unwrap();
    let (data_text, backup_text) = (data.to_str().unwrap(), backup.to_str().unwrap());
    let test = open(&data);
    let erased = note(&test.engine, "Leocadia Wintergreen").unwrap().last().unwrap().index;
    note(&test.engine, "somebody else").unwrap();
    wait_until_signed(&test.engine);
    let vkey = test.engine.ledger().verifiers()[0].to_string();
    let (done, keys_copy) = back_up_while_recording(&test, data_text, &backup, &keys);
    let size = done["size"].as_u64().unwrap();
    let checked = scrutineer(&["log", "fsck", backup_text, "--vkey", &vkey]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(said(&scrutineer(&["backup", "show", backup_text])).contains(&format!("with {size} entries")));
    for name in ["guard", "erased", "keys", "keys.db"] {
        assert!(!backup.join(name).exists(), "{name} must not be in a backup");
    }

    let way = ["restore", "--from", backup_text, "--keys", keys_copy.to_str().unwrap(), "--data", data_text];
    refused(&way, 2, "SCR-BAK-005");
    let public =
        json!({"basis": "objection", "payloads": [{"entry": erased, "field": "who"}], "approvers": []});
    let erase = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public.clone())])
    };
    test.engine.record(&TestEngine::actor(Role::Administrator), &erase).unwrap();
    wait_until_signed(&test.engine);
    let signed = test.engine.log().size().unwrap();
    drop(test);
    refused(&way, 2, "SCR-BAK-004");
    let output = scrutineer(&[&way[..], &["--replace"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words =
        format!("Signed were {signed} entries, and this record holds {size}: {} are missing", signed - size);
    assert!(said(&output).contains(&words) && said(&output).contains("not sign"), "{}", said(&output));
    assert!(data.read_dir().unwrap().flatten().any(|file| {
        file.file_name().to_string_lossy().starts_with("before-restore-")
            && file.path().join("record.db").exists()
    }));

    let test = open(&data);
    assert!(test.engine.wait_for(size, std::time::Duration::from_secs(20)), "it serves");
    let refusal = note(&test.engine, "somebody new").unwrap_err();
    let ActError::Refused(refusal) = refusal else { panic!("{refusal}") };
    assert_eq!(refusal.code, "SCR-ENG-004");
    assert!(refusal.args["reason"].contains("restored from an older copy"), "{:?}", refusal.args);
    let field = &test.engine.private_fields(erased).unwrap()[0];
    assert_eq!(test.engine.owner_of(&field.payload).unwrap(), None, "what was erased stays erased");
    let other = &test.engine.private_fields(erased + 1).unwrap()[0];
    assert!(test.engine.owner_of(&other.payload).unwrap().is_some(), "the rest can be read again");
    drop(test);

    let new = at("new");
    let created = scrutineer(&["init", "--data", new.to_str().unwrap(), "--origin", "log.test.example/2027"]);
    assert_eq!(created.status.code(), Some(0), "{}", said(&created));
    let successor = open(&new).engine.ledger().verifiers()[0].to_string();
    let retire = ["log", "retire", "--data", data_text, "--origin", "log.test.example/2026", "--successor"];
    let retired = scrutineer(&[&retire[..], &[&successor, "--reason", "The disk was lost."]].concat());
    assert_eq!(retired.status.code(), Some(0), "{}", said(&retired));
    assert!(said(&retired).contains("log.test.example/2027"));
}

#[test]
fn a_backup_of_the_newest_record_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    std::fs::create_dir(&data).unwrap();
    let test = open(&data);
    note(&test.engine, "somebody").unwrap();
    wait_until_signed(&test.engine);
    drop(test);
    let (data_text, backup_text) = (data.to_str().unwrap(), backup.to_str().unwrap());
    let args = ["backup", "create", "--data", data_text, "--to", backup_text];
    assert_eq!(scrutineer(&args).status.code(), Some(0));
    std::fs::remove_file(data.join("record.db")).unwrap();
    let output = scrutineer(&["restore", "--from", backup_text, "--data", data_text, "--json"]);
    let done: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(done["will_sign"], true, "{done}");
    let test = open(&data);
    note(&test.engine, "somebody else").unwrap();
    drop(test);
    // On another machine there is no guard: then nobody knows.
    std::fs::remove_file(data.join("guard")).unwrap();
    let again = ["restore", "--from", backup_text, "--data", data_text, "--replace"];
    assert!(said(&scrutineer(&again)).contains("There is no guard here"));
    let test = open(&data);
    let reason = test.engine.ledger().stopped().unwrap().to_string();
    assert!(reason.contains("guard"), "{reason}");
}

#[test]
fn what_is_wrong_with_a_backup_is_named_and_nothing_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, backup, other) = (at("data"), at("backup"), at("other"));
    std::fs::create_dir(&data).unwrap();
    let test = open(Path::new(&data));
    note(&test.engine, "somebody").unwrap();
    wait_until_signed(&test.engine);
    let object = scr_canon::sha256(b"somebody").to_hex();
    drop(test);
    let create = |to: &str, more: &[&str]| {
        [&["backup", "create", "--data", data.as_str(), "--to", to], more].concat().join("\u{1f}")
    };
    let run = |args: &str, status, code| refused(&args.split('\u{1f}').collect::<Vec<_>>(), status, code);
    run(&create(&backup, &["--keys", &format!("{backup}/keys")]), 2, "SCR-BAK-006");
    run(&create(&backup, &["--keep-keys-days", "31"]), 2, "SCR-BAK-010");
    run(&create("/dev/null/backup", &[]), 3, "SCR-BAK-009");
    assert_eq!(scrutineer(&["backup", "create", "--data", &data, "--to", &backup]).status.code(), Some(0));
    run(&create(&backup, &[]), 2, "SCR-BAK-001");
    refused(&["backup", "create", "--data", "/dev/null", "--to", &at("x")], 2, "SCR-CLI-031");
    scrutineer(&["init", "--data", &other, "--origin", "log.other.example"]);
    refused(&["restore", "--from", &backup, "--data", &other], 2, "SCR-BAK-007");
    refused(&["restore", "--from", &data, "--data", &data], 2, "SCR-BAK-002");

    let restore = ["restore", "--from", &backup, "--data", &data, "--replace"];
    let before = std::fs::read(Path::new(&data).join("record.db")).unwrap();
    let changed = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let path = Path::new(&backup).join(name);
        let sound = std::fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        change(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        refused(&restore, 1, "SCR-BAK-003");
        std::fs::write(&path, sound).unwrap();
    };
    changed("record.db", &|bytes| bytes[5_000] ^= 1);
    changed(&format!("objects/{}/{object}", &object[..2]), &|bytes| bytes.push(b'!'));
    // Somebody who also mends the manifest is found out by the log's own signature.
    let record = rusqlite::Connection::open(Path::new(&backup).join("record.db")).unwrap();
    let forged =
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'emb', 'omb') AS BLOB) WHERE idx = 1";
    record.execute(forged, []).unwrap();
    drop(record);
    let record = std::fs::read(Path::new(&backup).join("record.db")).unwrap();
    let path = Path::new(&backup).join("backup.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    manifest["record_sha256"] = json!(scr_canon::sha256(&record).to_hex());
    std::fs::write(&path, manifest.to_string()).unwrap();
    refused(&restore, 1, "SCR-BAK-003");
    assert_eq!(std::fs::read(Path::new(&data).join("record.db")).unwrap(), before, "nothing was changed");
    std::fs::remove_file(Path::new(&data).join("record.db")).unwrap();
    run(&create(&at("second"), &[]), 2, "SCR-BAK-008");
}

#[test]
fn old_copies_of_keys_are_deleted_with_the_next_backup() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, keys) = (at("data"), at("keys"));
    std::fs::create_dir(&data).unwrap();
    drop(open(Path::new(&data)));
    std::fs::create_dir(&keys).unwrap();
    let old = Path::new(&keys).join("keys-1000000000.db");
    let foreign = Path::new(&keys).join("notes.txt");
    std::fs::write(&old, "").unwrap();
    std::fs::write(&foreign, "").unwrap();
    let args = [
        "backup",
        "create",
        "--data",
        &data,
        "--to",
        &at("backup"),
        "--keys",
        &keys,
        "--keep-keys-days",
        "7",
    ];
    let output = scrutineer(&args);
    assert!(
        said(&output).contains("too old") && said(&output).contains("keys-1000000000.db"),
        "{}",
        said(&output)
    );
    assert!(!old.exists() && foreign.exists());
}
