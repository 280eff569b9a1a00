//! The commands, run as a person runs them.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_core::Role;
use scr_engine::testing::TestEngine;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn scrutineer(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// An installation with a few entries, closed again, and its public key.
fn installation(folder: &Path) -> String {
    let test = TestEngine::new(folder, &[], Vec::new()).unwrap();
    for _ in 0..3 {
        test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
    }
    // The proofs below need a checkpoint over what was recorded.
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < 2) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    test.engine.ledger().verifiers()[0].to_string()
}

#[test]
fn a_proof_is_fetched_and_verified_offline() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap().to_owned();
    let vkey = installation(folder.path());
    let proof = scrutineer(&["log", "proof", &data, "1"]);
    assert_eq!(proof.status.code(), Some(0), "{}", text(&proof.stderr));
    let file = folder.path().join("entry-1.tlog-proof");
    std::fs::write(&file, &proof.stdout).unwrap();
    let file = file.to_str().unwrap();

    let held = scrutineer(&["verify", file, "--vkey", &vkey]);
    assert_eq!(held.status.code(), Some(0), "{}", text(&held.stderr));
    assert!(text(&held.stdout).contains("org.key.added/1"), "{}", text(&held.stdout));
    let json: Value =
        serde_json::from_slice(&scrutineer(&["verify", file, "--vkey", &vkey, "--json"]).stdout).unwrap();
    assert_eq!((&json["holds"], &json["proof"]["index"]), (&Value::Bool(true), &Value::from(1)));

    let nobody = scrutineer(&["verify", file]);
    assert_eq!(nobody.status.code(), Some(2), "without trust nothing is verified");
    assert!(text(&nobody.stderr).contains("SCR-VERIFY-001"));
    let tampered = text(&proof.stdout).replace("index 1\n", "index 0\n");
    std::fs::write(file, tampered).unwrap();
    let refused = scrutineer(&["verify", file, "--vkey", &vkey, "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let problem: Value = serde_json::from_slice(&refused.stderr).unwrap();
    assert_eq!(problem["code"], "SCR-VERIFY-008");
}

#[test]
fn fsck_accepts_a_sound_log_and_names_the_first_wrong_entry() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap().to_owned();
    installation(folder.path());
    let sound = scrutineer(&["log", "fsck", &data]);
    assert_eq!(sound.status.code(), Some(0), "{}", text(&sound.stderr));
    assert!(text(&sound.stdout).contains("is sound"));
    let record = rusqlite::Connection::open(folder.path().join("record.db")).unwrap();
    let changed =
        "UPDATE log_entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'emb', 'omb') AS BLOB) WHERE idx = 1";
    record.execute(changed, []).unwrap();
    drop(record);
    let wrong = scrutineer(&["log", "fsck", &data]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("entry 1"), "{}", text(&wrong.stderr));
}

#[test]
fn wrong_usage_says_what_to_do() {
    for (args, code, word) in [
        (&["log", "fsck", "no-such-folder"][..], 2, "SCR-CLI-004"),
        (&["verify", "no-such-file"], 2, "SCR-CLI-001"),
        (&["init", "--data", "x", "--origin", "https://log.example/"], 2, "SCR-CLI-010"),
        (&["no-such-command"], 2, "unrecognized"),
        (&["verify", "--help"], 0, ""),
        (&["audit", "desk", "show", "https://emb.example/elections/1"], 2, "SCR-CLI-004"),
        (&["audit", "desk", "show", "http://127.0.0.1:9/audits/mayor"], 3, "SCR-CLI-109"),
        (&["audit", "desk", "drop-contest", "http://127.0.0.1:9/audits/mayor", "Mayor"], 2, "SCR-CLI-110"),
        (&["audit", "desk", "contest", "http://127.0.0.1:9/audits/mayor", "Cargo.toml"], 2, "SCR-CLI-111"),
    ] {
        let output = scrutineer(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert!(text(&output.stderr).contains(word), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn an_installation_is_created_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let args = ["init", "--data", data.to_str().unwrap(), "--origin", "log.emb.example/2026"];
    assert_eq!(scrutineer(&args).status.code(), Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(data.join("keys/log.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = scrutineer(&args);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("SCR-CLI-011"));
}

#[test]
fn the_first_administrators_link_can_be_had_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let new = [
        "init",
        "--json",
        "--data",
        data,
        "--origin",
        "log.emb.example/2026",
        "--site",
        "https://emb.example/",
    ];
    let link = |output: &Output| {
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        document["first_administrator"].as_str().unwrap().to_owned()
    };
    let first = link(&scrutineer(&new));
    assert!(first.starts_with("https://emb.example/desk/join/") && first.len() > 70, "{first}");
    let second = link(&scrutineer(&["init", "--json", "--data", data]));
    assert!(second.starts_with("http://localhost:8080/desk/join/") && second.len() > 60, "{second}");
    for (url, why) in [("emb.example", "no scheme"), ("https://emb.example/x", "a path")] {
        let wrong = scrutineer(&["init", "--data", data, "--site", url]);
        assert_eq!(wrong.status.code(), Some(2), "{why}");
        assert!(text(&wrong.stderr).contains("SCR-CLI-036"), "{why}");
    }
    // An administrator is there: no more links from the command line.
    let people = rusqlite::Connection::open(Path::new(data).join("record.db")).unwrap();
    people
        .execute_batch(
            "INSERT INTO access_person VALUES ('p-1', 'a@emb.example', 'Ada', 'en', 'x', 1, 0);
             INSERT INTO access_grant VALUES ('p-1', 'emb', 'administrator', '', 0);",
        )
        .unwrap();
    let late = scrutineer(&["init", "--data", data]);
    assert_eq!(late.status.code(), Some(2));
    assert!(text(&late.stderr).contains("SCR-CLI-038"), "{}", text(&late.stderr));
}

/// A key of another log, for the log that goes on.
fn successor() -> String {
    let key = scr_note::SignerKey::from_seed("log.emb.example/2027", scr_note::Algorithm::Ed25519, &[9; 32]);
    key.unwrap().verifier().to_string()
}

fn retire(data: &str, origin: &str, reason: &str) -> Output {
    scrutineer(&[
        "log",
        "retire",
        "--data",
        data,
        "--origin",
        origin,
        "--successor",
        &successor(),
        "--reason",
        reason,
    ])
}

/// A new installation whose log has been opened once, so that something is signed; and its key.
fn opened(folder: &Path) -> (String, scr_note::VerifierKey) {
    let data = folder.join("data").to_str().unwrap().to_owned();
    let made = scrutineer(&["init", "--data", &data, "--origin", "log.emb.example/2026"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let wrong = retire(&data, "log.other.example/2026", "x");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("SCR-CLI-016"), "{}", text(&wrong.stderr));
    let key = std::fs::read_to_string(Path::new(&data).join("keys/log.key")).unwrap();
    (data, scr_note::SignerKey::parse(key.trim()).unwrap().verifier().clone())
}

#[test]
fn a_log_is_ended_once_with_its_successor_in_the_last_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (data, vkey) = opened(folder.path());
    let two_lines = retire(&data, vkey.name(), "one\ntwo");
    assert!(text(&two_lines.stderr).contains("SCR-ENG-008"), "{}", text(&two_lines.stderr));
    let ended = retire(&data, vkey.name(), "The election of 2027 has a log of its own.");
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
    // `finish` prints without the last line's end; a signed note has it.
    let note = format!("{}\n", text(&ended.stdout).trim_end());
    let retirement = scr_note::Retirement::open(&note, std::slice::from_ref(&vkey)).unwrap();
    assert_eq!(retirement.successor.to_string(), successor());
    let last = scrutineer(&["log", "entry", &data, &(retirement.size - 1).to_string(), "--json"]);
    let last: Value = serde_json::from_slice(&last.stdout).unwrap();
    assert_eq!(
        (&last["t"], &last["pub"]["successor"]),
        (&"log.origin.retired/1".into(), &successor().into())
    );
    assert_eq!(
        scrutineer(&["log", "fsck", &data]).status.code(),
        Some(0),
        "it is read and checked as before"
    );
    let again = retire(&data, vkey.name(), "again");
    assert!(text(&again.stderr).contains("SCR-ENG-008"), "{}", text(&again.stderr));
    let test = TestEngine::new(Path::new(&data), &[], Vec::new()).unwrap();
    assert!(test.engine.ledger().retirement().is_some_and(|kept| kept == note));
    let refused = test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new()));
    assert!(format!("{refused:?}").contains("SCR-ENG-004"), "{refused:?}");
}

/// Restored from an older copy: nothing may be signed in the tree any more, and the end names what was.
#[test]
fn a_log_that_was_rolled_back_is_ended_without_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (data, vkey) = opened(folder.path());
    let guard = Path::new(&data).join("guard");
    let signed = std::fs::read_to_string(&guard).unwrap();
    assert_eq!(signed.lines().nth(1), Some("1"), "the opening of the log is signed");
    std::fs::write(&guard, signed.replace("\n1\n", "\n6\n")).unwrap();
    let ended = retire(&data, vkey.name(), "The newest copy lacks entries that were signed.");
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
    let note = format!("{}\n", text(&ended.stdout).trim_end());
    let retirement = scr_note::Retirement::open(&note, &[vkey]).unwrap();
    assert_eq!(retirement.size, 6, "what was signed, not what is left");
    let nothing_added = scrutineer(&["log", "entry", &data, "1"]);
    assert!(text(&nothing_added.stderr).contains("SCR-CLI-015"), "{}", text(&nothing_added.stderr));
}
