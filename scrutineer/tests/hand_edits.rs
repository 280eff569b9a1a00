//! Every kind of edit by hand to an installation's files is named by `log fsck`, or by the start.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test stops at what it does not expect"
)]

use rusqlite::Connection;
use scr_core::Role;
use scr_engine::testing::TestEngine;
use scr_engine::{FieldSpec, FieldType, KindSpec, NewEvent};
use serde_json::json;
use std::path::Path;
use std::process::Command;

const NOTE_ADDED: KindSpec = KindSpec {
    name: "test.note.added/1",
    public: &[FieldSpec::new("number", FieldType::Count), FieldSpec::optional("object", FieldType::Hash)],
    private: &["note"],
};
const ENTRIES: u64 = 300;

/// An installation with 300 entries, private notes and an object, closed.
fn installation(folder: &Path) {
    let test = TestEngine::new(folder, &[NOTE_ADDED], Vec::new()).unwrap();
    let actor = TestEngine::actor(Role::Manager);
    let object = test.engine.objects().put(b"minutes of the count\n").unwrap();
    let add = |from: u64, to: u64| {
        let events = |number: u64| {
            let mut public = json!({"number": number});
            if number == 10 {
                public["object"] = object.to_string().into();
            }
            let event = NewEvent::about(&NOTE_ADDED, format!("note:{}", number % 7), public);
            if number.is_multiple_of(50) {
                event.private("note", "person:one", format!("note {number}"))
            } else {
                event
            }
        };
        for number in from..to {
            test.engine.record(&actor, &|_, _| Ok(vec![events(number)])).unwrap();
        }
    };
    add(2, ENTRIES);
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < ENTRIES) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What `log fsck` says; empty when it finds nothing wrong.
fn fsck(folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .args(["log", "fsck", folder.to_str().unwrap()])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.success(), said.is_empty(), "{said}");
    said
}

/// Why the start refuses to sign; empty when it does not.
fn start(folder: &Path) -> String {
    match TestEngine::new(folder, &[NOTE_ADDED], Vec::new()) {
        Ok(test) => test.engine.ledger().stopped().map_or(String::new(), |reason| reason.to_string()),
        Err(fault) => fault.to_string(),
    }
}

/// A copy of the installation after one edit; what is said about it.
fn after(sound: &Path, edit: &dyn Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let copied = folder.path().join("data");
    copy(sound, &copied);
    edit(&copied);
    let said = fsck(&copied);
    if said.is_empty() { start(&copied) } else { said }
}

/// Statements, each with what must be named.
const SQL: [(&str, &str); 27] = [
    (
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"number\":5', '\"number\":6') AS BLOB) WHERE idx = 5",
        "entry 5",
    ),
    ("DELETE FROM log_entry WHERE idx = 7", "entry 7"),
    ("DELETE FROM log_entry WHERE idx = 299", "SCR-"),
    ("UPDATE log_entry SET idx = 1000 WHERE idx = 8", "entry 8"),
    ("INSERT INTO log_entry SELECT 300, bytes FROM log_entry WHERE idx = 299", "entry 300"),
    ("UPDATE log_entry SET bytes = (SELECT bytes FROM log_entry WHERE idx = 20) WHERE idx = 21", "entry 21"),
    ("UPDATE log_tile SET bytes = zeroblob(length(bytes)) WHERE id = 0", "tile/0/000"),
    ("UPDATE log_tile SET bytes = zeroblob(length(bytes)) WHERE id = 1", "tile/0/001"),
    ("DELETE FROM log_tile WHERE id = 0", "tile/0/000"),
    ("UPDATE log_tile SET bytes = substr(bytes, 1, 32) WHERE id = 1", "tile/0/001"),
    ("UPDATE log_tile SET bytes = zeroblob(length(bytes)) WHERE id > 1", "tile/1/000"),
    ("UPDATE log_head SET size = 299", "SCR-INST-002"),
    ("UPDATE log_head SET size = 301", "entry 300"),
    ("UPDATE log_head SET root = zeroblob(32)", "root"),
    ("UPDATE log_head SET last_at = last_at - 86400", "time"),
    ("UPDATE log_checkpoint SET note = replace(note, '300', '299')", "SCR-VERIFY-004"),
    (
        "UPDATE log_checkpoint SET note = replace(note, 'log.test.example/2026', 'log.best.example/2026')",
        "SCR-VERIFY-004",
    ),
    ("UPDATE log_checkpoint SET note = note || char(10)", "SCR-VERIFY-004"),
    ("UPDATE log_checkpoint SET size = 12", "SCR-INST-004"),
    ("UPDATE log_checkpoint SET root = zeroblob(32)", "SCR-INST-004"),
    ("DELETE FROM log_checkpoint", "checkpoint is missing"),
    (
        "UPDATE log_subject SET idx = idx + 1 WHERE subject = 'note:3' AND seq = 2",
        "counters of note:3: number 2",
    ),
    (
        "UPDATE log_subject SET seq = 1000 WHERE subject = 'note:4' AND seq = 5",
        "counters of note:4: number 5",
    ),
    ("DELETE FROM log_subject WHERE subject = 'note:5' AND seq = 1", "counters of note:5: number 1"),
    ("INSERT INTO log_subject (subject, seq, idx) VALUES ('note:99', 1, 5)", "SCR-INST-003"),
    ("DELETE FROM log_payload WHERE id = (SELECT min(id) FROM log_payload)", "its ciphertext is gone"),
    ("INSERT INTO log_payload (id, bytes) VALUES ('00', x'00')", "1 ciphertexts belong to no entry"),
];

#[test]
fn every_edit_of_a_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    installation(folder.path());
    assert_eq!(fsck(folder.path()), "", "sound before");
    for (sql, named) in SQL {
        let said = after(folder.path(), &|copied| {
            let record = Connection::open(copied.join("record.db")).unwrap();
            assert_ne!(record.execute(sql, []).unwrap(), 0, "{sql} changes something");
        });
        assert!(said.contains(named), "{sql}\nmust name {named:?}, and says: {said:?}");
    }
}

/// One byte of each blob and text of every table of the record, one after the other.
#[test]
fn every_edited_byte_of_the_record_is_named() {
    let folder = tempfile::tempdir().unwrap();
    installation(folder.path());
    let columns = [
        ("log_entry", "bytes"),
        ("log_tile", "bytes"),
        ("log_head", "root"),
        ("log_checkpoint", "root"),
        ("log_checkpoint", "note"),
        ("log_payload", "bytes"),
        ("log_subject", "subject"),
    ];
    for (number, (table, column)) in columns.into_iter().cycle().take(35).enumerate() {
        let said = after(folder.path(), &|copied| {
            let record = Connection::open(copied.join("record.db")).unwrap();
            let rows: u32 =
                record.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            let skip = number as u32 * 7_919 % rows;
            let key = if table == "log_subject" {
                "subject || seq"
            } else if table == "log_entry" {
                "idx"
            } else {
                "id"
            };
            let read = format!("SELECT {key}, CAST({column} AS BLOB) FROM {table} LIMIT 1 OFFSET {skip}");
            let (id, mut bytes): (rusqlite::types::Value, Vec<u8>) =
                record.query_row(&read, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            let at = number * 104_729 % bytes.len();
            bytes[at] ^= 0x20;
            let text = matches!((table, column), ("log_checkpoint", "note") | ("log_subject", _));
            let value = if text { "CAST(?1 AS TEXT)" } else { "?1" };
            let write = format!("UPDATE {table} SET {column} = {value} WHERE {key} = ?2");
            assert_eq!(record.execute(&write, rusqlite::params![bytes, id]).unwrap(), 1, "{write}");
        });
        assert!(said.contains("SCR-") || said.contains("the record"), "{number}: {table}.{column}: {said:?}");
    }
}

/// In words, the edit, and what must be named.
type Case<'a> = (&'a str, &'a dyn Fn(&Path), &'a str);

#[test]
fn every_edit_of_a_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    installation(folder.path());
    let object = |copied: &Path| {
        let objects = scr_engine::Objects::open(&copied.join("objects")).unwrap();
        let name = objects.all().unwrap()[0].0.to_hex();
        copied.join("objects").join(&name[..2]).join(name)
    };
    let cases: [Case<'_>; 9] = [
        (
            "an object's bytes",
            &|copied| std::fs::write(object(copied), "other minutes\n").unwrap(),
            "SCR-INST-006",
        ),
        (
            "the keys are no database",
            &|copied| std::fs::write(copied.join("keys.db"), "nonsense").unwrap(),
            "SCR-INST-001",
        ),
        ("an object is gone", &|copied| std::fs::remove_file(object(copied)).unwrap(), "entry 10 names it"),
        ("the guard states more", &|copied| replace(&copied.join("guard"), "\n300\n", "\n400\n"), "signed"),
        ("the guard states another root", &|copied| replace(&copied.join("guard"), "=\n", "A\n"), "guard"),
        ("the guard is gone", &|copied| std::fs::remove_file(copied.join("guard")).unwrap(), "guard"),
        (
            "a key of private content",
            &|copied| {
                let keys = Connection::open(copied.join("keys.db")).unwrap();
                let sql = "UPDATE payload_key SET wrapped = zeroblob(length(wrapped)) WHERE id = (SELECT min(id) FROM payload_key)";
                assert_eq!(keys.execute(sql, []).unwrap(), 1);
            },
            "altered",
        ),
        (
            "the master key",
            &|copied| {
                let path = copied.join("keys/vault");
                std::fs::write(path, scr_canon::b64(&[9; 32])).unwrap();
            },
            "no master key in keys/ opens",
        ),
        (
            "the log's key",
            &|copied| {
                let other = scr_note::SignerKey::private_text(
                    "log.test.example/2026",
                    scr_note::Algorithm::Ed25519,
                    &[9; 32],
                );
                std::fs::write(copied.join("keys/log.key"), other.unwrap().as_bytes()).unwrap();
            },
            "none of the trusted keys",
        ),
    ];
    for (words, edit, named) in cases {
        let said = after(folder.path(), edit);
        assert!(said.contains(named), "{words}\nmust name {named:?}, and says: {said:?}");
    }
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}
