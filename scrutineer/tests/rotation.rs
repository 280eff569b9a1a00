//! `scrutineer keys rotate`, and copies of keys of another time.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod noted;

use noted::installation;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::process::Command;

fn run(args: &[&str]) -> (i32, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).arg("--json").output().unwrap();
    let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    // Progress stands before a problem, a line each.
    let last = text.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
    let json = serde_json::from_slice(last).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(text)));
    (output.status.code().unwrap(), json)
}

#[test]
fn copies_of_keys_from_before_are_refused_and_a_damaged_key_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backup, copies) =
        (folder.path().join("data"), folder.path().join("backup"), folder.path().join("copies"));
    std::fs::create_dir(&data).unwrap();
    installation(&data);
    let (place, to, keys) = (data.to_str().unwrap(), backup.to_str().unwrap(), copies.to_str().unwrap());
    assert_eq!(run(&["backup", "create", "--data", place, "--to", to, "--keys", keys]).0, 0);
    let copy = copies.read_dir().unwrap().next().unwrap().unwrap().path();
    let sealed = std::fs::read(data.join("keys/vault")).unwrap();
    let shown = || run(&["keys", "show", "--data", place]).1["vault"].clone();
    let (first, made) = (shown(), run(&["keys", "prepare", "--data", place]).1);
    assert_eq!((&first["next"], &made["made"]), (&Value::Null, &json!(true)));
    assert_eq!(run(&["keys", "prepare", "--data", place]).1, json!({"made": false, "next": made["next"]}));
    assert_eq!(shown(), json!({"current": first["current"], "next": made["next"]}));
    let (status, rotated) = run(&["keys", "rotate", "--data", place]);
    assert_eq!(
        (status, &rotated["payloads"], &rotated["generation"]),
        (0, &json!(1), &json!(1)),
        "{rotated}"
    );
    assert!(rotated["entry"].is_u64());
    assert_eq!(shown(), json!({"current": made["next"], "next": null}));
    let restore = ["restore", "--from", to, "--keys", copy.to_str().unwrap(), "--data", place, "--replace"];
    let (status, refused) = run(&restore);
    assert_eq!((status, &refused["code"]), (2, &json!("SCR-BAK-011")), "{refused}");
    assert_eq!(run(&["log", "fsck", place]).0, 0, "nothing was changed");

    let database = Connection::open(data.join("keys.db")).unwrap();
    let kept: Vec<u8> = database.query_row("SELECT wrapped FROM payload_key", [], |row| row.get(0)).unwrap();
    database.execute("UPDATE payload_key SET wrapped = zeroblob(104)", []).unwrap();
    let (status, damaged) = run(&["keys", "rotate", "--data", place]);
    assert_eq!((status, &damaged["code"]), (3, &json!("SCR-CLI-085")), "{damaged}");
    database.execute("UPDATE payload_key SET wrapped = ?1", [kept]).unwrap();
    drop(database);
    assert_eq!(run(&["log", "fsck", place]).0, 0, "nothing was changed");
    assert_eq!(run(&["keys", "rotate", "--data", place]).1["generation"], 2);
    // With the sealed copy of the key of that time the copy of the keys goes back.
    std::fs::write(data.join("keys/vault.next"), sealed).unwrap();
    assert_eq!(run(&restore).0, 0);
    assert_eq!(run(&["fixity", "--data", place]).1["fixity"]["counts"]["opened"], 1);
}
