//! `scrutineer log history`: from a data folder, from tiles, from a server; and what is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use rusqlite::Connection;
use scr_core::Role;
use scr_engine::testing::TestEngine;
use scr_engine::{Ctx, FieldSpec, FieldType, INDEX_PUBLISHED, KindSpec, NewEvent};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

const NOTED: KindSpec =
    KindSpec { name: "test.case.noted/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn ok(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = run(&[args, &["--json"]].concat());
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    (output.status.code(), error["code"].as_str().unwrap().to_owned())
}

fn note(test: &TestEngine, subject: &str, n: u64) {
    let decide = |_: &Connection, _: &Ctx<'_>| Ok(vec![NewEvent::about(&NOTED, subject, json!({"n": n}))]);
    test.engine.record(&TestEngine::actor(Role::Manager), &decide).unwrap();
}

fn signed(test: &TestEngine) {
    let size = test.engine.log().size().unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < size) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A log in which something is said of three cases in turn, with an index after `indexed` of 300 entries.
fn log(folder: &Path, indexed: u64) {
    let test = TestEngine::new(folder, &[NOTED], Vec::new()).unwrap();
    for n in 0..300 {
        if n == indexed {
            signed(&test);
            test.engine.publish_index().unwrap().unwrap();
        }
        note(&test, ["case:a", "case:b", "case:c"][usize::try_from(n % 3).unwrap()], n);
    }
    signed(&test);
}

/// The tiles of a log as files, as a cache would have them.
fn export(data: &Path, to: &Path) {
    let reader = scr_ledger::store::sqlite::read_only(&data.join("record.db")).unwrap();
    let reader = scr_ledger::LedgerReader::new(reader);
    let size = reader.checkpoint().unwrap().unwrap().size;
    let rest = size - 256;
    let tiles = ["checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"].map(str::to_owned);
    for path in
        tiles.into_iter().chain([format!("tile/0/001.p/{rest}"), format!("tile/entries/001.p/{rest}")])
    {
        let file = to.join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, reader.resource(&path).unwrap()).unwrap();
    }
}

/// Serves a folder of tiles below `/log/`.
fn server(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, folder) = (listener.local_addr().unwrap(), folder.to_owned());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            let mut head = String::new();
            while head != "\r\n" {
                head.clear();
                reader.read_line(&mut head).unwrap();
            }
            let path = line.split(' ').nth(1).unwrap().strip_prefix("/log/").unwrap().to_owned();
            let (status, body) = match std::fs::read(folder.join(path)) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    format!("http://{address}")
}

fn log_key(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("keys/log.key")).unwrap();
    scr_note::SignerKey::parse(text.trim()).unwrap().verifier().to_string()
}

#[test]
fn a_history_is_whole_wherever_the_log_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (data, tiles) = (folder.path().join("data"), folder.path().join("tiles"));
    log(&data, 270);
    export(&data, &tiles);
    let key = log_key(&data);
    let url = server(&tiles);
    let out = folder.path().join("history.json");
    let out = out.to_str().unwrap();
    let mut files = Vec::new();
    for (place, trust) in [
        (data.to_str().unwrap(), &[][..]),
        (tiles.to_str().unwrap(), &["--vkey", &key]),
        (&url, &["--vkey", &key]),
    ] {
        let told = ok(&[&["log", "history", place, "case:b", "--out", out], trust].concat());
        assert!(told.contains("90 entries about case:b") && told.contains("10 newer entries"), "{told}");
        assert!(told.ends_with("Checked against the keys that you trust.\n"), "{told}");
        files.push(std::fs::read_to_string(out).unwrap());
        let verified = ok(&["verify", out, "--vkey", &key]);
        assert!(verified.contains("case:b"), "{verified}");
    }
    assert!(files.iter().all(|file| *file == files[0]), "one log, one history");
    // Without a key the file is made, and says that nobody has checked it.
    let told = ok(&["log", "history", tiles.to_str().unwrap(), "case:b", "--out", out]);
    assert!(told.contains("Not checked"), "{told}");
    // Of something that nothing is said about, that too is shown.
    ok(&["log", "history", tiles.to_str().unwrap(), "case:bb", "--out", out, "--vkey", &key]);
    let file: Value = serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!((file["rows"].as_array().unwrap().len(), file["entries"].as_array().unwrap().len()), (2, 0));
    // An entry that is left out is missed.
    let mut short: Value = serde_json::from_str(&files[0]).unwrap();
    short["entries"].as_array_mut().unwrap().remove(40);
    std::fs::write(out, short.to_string()).unwrap();
    assert_eq!(refused(&["verify", out, "--vkey", &key]).1, "SCR-VERIFY-075");
    // A newer index covers the rest.
    let told = ok(&["log", "history", data.to_str().unwrap(), "case:b", "--publish-index", "--out", out]);
    assert!(told.contains("100 entries about case:b") && !told.contains("newer"), "{told}");
}

#[test]
fn what_cannot_be_shown_has_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let (data, tiles) = (folder.path().join("data"), folder.path().join("tiles"));
    log(&data, u64::MAX);
    export(&data, &tiles);
    let place = tiles.to_str().unwrap();
    assert_eq!(refused(&["log", "history", place, "case:a"]), (Some(1), "SCR-CLI-070".to_owned()));
    assert_eq!(
        refused(&["log", "history", place, "case:a", "--publish-index"]),
        (Some(2), "SCR-CLI-072".to_owned())
    );
    // One byte of an entry that is not about the subject.
    log(&folder.path().join("other"), 280);
    export(&folder.path().join("other"), &tiles);
    let bundle = tiles.join("tile/entries/000");
    let mut bytes = std::fs::read(&bundle).unwrap();
    let at = bytes.windows(6).rposition(|window| window == b"case:c").unwrap();
    bytes[at + 5] = b'a';
    std::fs::write(bundle, bytes).unwrap();
    assert_eq!(refused(&["log", "history", place, "case:b"]).1, "SCR-CLI-013");
}

/// SCR-CLI-071, SCR-VERIFY-076
#[test]
fn a_history_that_is_too_long_and_an_index_that_is_false_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestEngine::new(&data, &[NOTED], Vec::new()).unwrap();
    for _ in 0..6 {
        let decide = |_: &Connection, _: &Ctx<'_>| {
            Ok((0..900).map(|n| NewEvent::about(&NOTED, "case:a", json!({"n": n}))).collect())
        };
        test.engine.record(&TestEngine::actor(Role::Manager), &decide).unwrap();
    }
    signed(&test);
    test.engine.publish_index().unwrap().unwrap();
    signed(&test);
    drop(test);
    let place = data.to_str().unwrap();
    assert_eq!(refused(&["log", "history", place, "case:a"]), (Some(2), "SCR-CLI-071".to_owned()));
    ok(&["log", "history", place, "case:none"]);
    // The log signs an index that leaves everything out.
    let lying = folder.path().join("lying");
    let test = TestEngine::new(&lying, &[NOTED], Vec::new()).unwrap();
    note(&test, "case:a", 1);
    let hash = scr_canon::Hash32([7; 32]).to_string();
    let public = json!({"size": 2, "root": hash, "subjects": 0, "subjects_root": scr_merkle::empty_root(), "object": hash});
    let decide = |_: &Connection, _: &Ctx<'_>| {
        Ok(vec![NewEvent::about(&INDEX_PUBLISHED, "log:index", public.clone())])
    };
    test.engine.record(&TestEngine::actor(Role::Manager), &decide).unwrap();
    signed(&test);
    drop(test);
    let place = lying.to_str().unwrap();
    assert_eq!(refused(&["log", "history", place, "case:a"]), (Some(1), "SCR-VERIFY-076".to_owned()));
}
