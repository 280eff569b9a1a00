//! `scrutineer doctor`: a sound installation, and each thing that can be wrong with one, made wrong.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod noted;

use noted::{NOTED, installation};
use rusqlite::Connection;
use scr_canon::sha256;
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{Examination, examine};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// An installation with one private field, backed up a moment ago.
fn sound(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    let size = installation(folder);
    std::fs::write(folder.join("last-backup"), format!("{NOW}\n{size}\n\n")).unwrap();
}

/// The codes that are found, but for the room on the disk, which is the machine's.
fn found(folder: &Path, site: Option<&str>, now: i64) -> Vec<&'static str> {
    let what = Examination { folder, site, fixity_days: 30, objects: None, keys: None, now };
    let codes = examine(&what).findings.into_iter().map(|one| one.code);
    codes.filter(|code| *code != "SCR-DOC-004").collect()
}

fn views(folder: &Path) -> Connection {
    let files = folder.read_dir().unwrap().flatten().map(|file| file.path());
    let is_views = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("views-") && name.ends_with(".db")
    };
    Connection::open(files.into_iter().find(is_views).unwrap()).unwrap()
}

fn change(database: &Connection, sql: &str) {
    database.execute_batch(sql).unwrap();
}

/// A sound installation, made wrong by `wrong`; gives what is found.
fn after(wrong: &dyn Fn(&Path)) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    wrong(folder.path());
    found(folder.path(), None, NOW)
}

#[test]
fn a_sound_installation_has_nothing_wrong() {
    assert_eq!(after(&|_| {}), Vec::<&str>::new());
}

#[test]
fn an_installation_that_was_only_made_has_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    let args = ["init", "--data", data.to_str().unwrap(), "--origin", "log.emb.example/2026"];
    assert!(Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap().status.success());
    assert_eq!(found(&data, Some("https://elections.emb.example"), NOW), Vec::<&str>::new());
}

#[test]
fn each_thing_that_is_wrong_has_its_code() {
    let record = |folder: &Path| Connection::open(folder.join("record.db")).unwrap();
    let keys = |folder: &Path| Connection::open(folder.join("keys.db")).unwrap();
    let other = sha256(b"other").to_hex();
    let none = "INSERT INTO payload_key VALUES";
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        assert_eq!(after(&|f| open(&f.join("keys/secret"), 0o644)), ["SCR-DOC-001"]);
        assert_eq!(
            after(&|f| {
                open(&f.join("record.db"), 0o644);
                open(f, 0o755);
            }),
            ["SCR-DOC-003"]
        );
    }
    assert_eq!(after(&|f| std::fs::remove_file(f.join("keys/log-mldsa44.key")).unwrap()), ["SCR-DOC-002"]);
    assert_eq!(after(&|f| std::fs::remove_file(f.join("guard")).unwrap()), ["SCR-DOC-006"]);
    let ahead = |f: &Path| {
        let guard = std::fs::read_to_string(f.join("guard")).unwrap();
        let mut lines: Vec<&str> = guard.lines().collect();
        lines[1] = "900";
        std::fs::write(f.join("guard"), format!("{}\n", lines.join("\n"))).unwrap();
    };
    assert_eq!(after(&ahead), ["SCR-DOC-007"]);
    let unsigned = "UPDATE log_checkpoint SET size = 1; UPDATE log_head SET last_at = last_at - 3600";
    assert_eq!(after(&|f| change(&record(f), unsigned)), ["SCR-DOC-008"]);
    assert_eq!(after(&|f| change(&views(f), "UPDATE engine_position SET next = 1")), ["SCR-DOC-009"]);
    assert_eq!(
        after(&|f| change(&views(f), "INSERT INTO engine_fault VALUES (2, 'v', 'why')")),
        ["SCR-DOC-010"]
    );
    let dead = "CREATE TABLE job (state TEXT); INSERT INTO job VALUES ('dead'), ('done')";
    assert_eq!(after(&|f| change(&record(f), dead)), ["SCR-DOC-011"]);
    assert_eq!(after(&|f| change(&keys(f), "DELETE FROM payload_key")), ["SCR-DOC-012"]);
    assert_eq!(after(&|f| change(&views(f), "UPDATE engine_private SET erased = 3")), ["SCR-DOC-013"]);
    let orphan = format!("{none} ('{other}', 'person:2', x'00')");
    assert_eq!(after(&|f| change(&keys(f), &orphan)), ["SCR-DOC-014"]);
    assert_eq!(after(&|f| std::fs::remove_file(f.join("last-backup")).unwrap()), ["SCR-DOC-015"]);
    let old = format!("{}\n1\n\n", NOW - 90_000);
    assert_eq!(after(&|f| std::fs::write(f.join("last-backup"), &old).unwrap()), ["SCR-DOC-016"]);
    let other_master = |f: &Path| std::fs::write(f.join("keys/vault"), scr_canon::b64(&[9; 32])).unwrap();
    assert_eq!(after(&other_master), ["SCR-DOC-070"]);
    assert_eq!(after(&|f| change(&keys(f), "PRAGMA user_version = 1")), ["SCR-DOC-075"]);
    assert_eq!(after(&|f| std::fs::write(f.join("shared-keys"), "").unwrap()), ["SCR-DOC-073"]);
    let old_keys = |f: &Path| {
        let copies = f.join("copies");
        std::fs::create_dir(&copies).unwrap();
        std::fs::write(copies.join("keys-1000.db"), "").unwrap();
        std::fs::write(f.join("last-backup"), format!("{NOW}\n9\n{}\n", copies.display())).unwrap();
    };
    assert_eq!(after(&old_keys), ["SCR-DOC-017"]);
    assert_eq!(after(&|f| std::fs::write(f.join("keys.db"), "no database at all").unwrap()), ["SCR-DOC-018"]);
}

/// SCR-DOC-071, SCR-DOC-072
#[test]
fn an_old_master_key_and_one_that_waits_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    let year = NOW + 400 * 86_400;
    assert!(found(folder.path(), None, year).contains(&"SCR-DOC-071"));
    assert!(!found(folder.path(), None, NOW + 86_400).contains(&"SCR-DOC-071"));
    let next = folder.path().join("keys/vault.next");
    std::fs::write(&next, scr_canon::b64(&[9; 32])).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&next, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let file = std::fs::File::options().write(true).open(&next).unwrap();
    let at = |seconds: i64| std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds.cast_unsigned());
    file.set_modified(at(NOW - 8 * 86_400)).unwrap();
    assert_eq!(found(folder.path(), None, NOW), ["SCR-DOC-072"]);
    file.set_modified(at(NOW - 86_400)).unwrap();
    assert_eq!(found(folder.path(), None, NOW), Vec::<&str>::new());
}

#[test]
fn clock_and_address_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    assert_eq!(found(folder.path(), None, NOW - 60), ["SCR-DOC-005"]);
    for (site, codes) in [
        ("https://results.example", &[][..]),
        ("http://localhost:8080", &[]),
        ("http://results.example", &["SCR-DOC-019"]),
        ("https://192.0.2.7", &["SCR-DOC-020"]),
        ("http://[2001:db8::1]:8080", &["SCR-DOC-019", "SCR-DOC-020"]),
    ] {
        assert_eq!(found(folder.path(), Some(site), NOW), codes, "{site}");
    }
}

/// A folder whose witness has said this at the last round.
fn told(folder: &Path, failure: &str, shown: &str) {
    std::fs::create_dir_all(folder.join("witness")).unwrap();
    let key =
        scr_note::SignerKey::from_seed("w.example", scr_note::Algorithm::Cosignature, &[2; 32]).unwrap();
    let vkey = key.verifier();
    let policy = format!("log {}\nwitness W {vkey} http://w/\nquorum W\n", log_key()).parse().unwrap();
    let path = folder.join("witness/rounds.db");
    drop(scr_witness::Board::open(policy, &path).unwrap());
    change(
        &Connection::open(path).unwrap(),
        &format!(
            "INSERT INTO standing VALUES ('{vkey}', 3, 1, 2, {failure}, 'x');
             INSERT INTO alarm VALUES ('{vkey}', 9, 3, 2, {shown});"
        ),
    );
}

fn log_key() -> scr_note::VerifierKey {
    let key = scr_note::SignerKey::from_seed("log.example", scr_note::Algorithm::Ed25519, &[1; 32]);
    key.unwrap().verifier().clone()
}

/// SCR-DOC-022, SCR-DOC-023
#[test]
fn a_witness_that_has_seen_more_is_told_of_by_what_it_shows() {
    assert_eq!(after(&|folder| told(folder, "'ahead'", "NULL")), ["SCR-DOC-022"]);
    assert_eq!(after(&|folder| told(folder, "'ahead'", "'note'")), ["SCR-DOC-023"]);
    assert_eq!(after(&|folder| told(folder, "'forked'", "'note'")), ["SCR-DOC-023"]);
    assert_eq!(after(&|folder| told(folder, "NULL", "'note'")), Vec::<&str>::new(), "it follows again");
}

#[test]
fn a_running_server_says_why_it_has_stopped() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    std::fs::remove_file(folder.path().join("guard")).unwrap();
    let test = TestEngine::new(folder.path(), &[NOTED], Vec::new()).unwrap();
    assert_eq!(test.engine.examine(None, 30).findings[0].code, "SCR-DOC-021");
}

#[test]
fn the_command_tells_people_and_programs_and_its_status_says_whether_to_act() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    let data = folder.path().to_str().unwrap();
    let run = |more: &[&str]| {
        let args = [&["doctor", "--data", data], more].concat();
        Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
    };
    std::fs::remove_file(folder.path().join("guard")).unwrap();
    let told = run(&[]);
    assert_eq!(told.status.code(), Some(1));
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(
        text.contains("alarm[SCR-DOC-006]") && text.contains("help: Put the first three lines"),
        "{text}"
    );
    let told: Value = serde_json::from_slice(&run(&["--json"]).stdout).unwrap();
    assert_eq!(told["healthy"], false);
    assert!(told["findings"].as_array().unwrap().iter().any(|one| one["code"] == "SCR-DOC-006"));
    let nowhere =
        Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(["doctor", "--data", "/none"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
}
