//! Every code of the command line, met on purpose.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_core::Role;
use scr_engine::testing::TestEngine;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the program; gives its exit status and the code on standard error.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).arg("--json").output().unwrap();
    // A server has written lines of its log before.
    let said = String::from_utf8(output.stderr).unwrap();
    let begin = said.find("\n{").map_or(0, |at| at + 1);
    let error: serde_json::Value = serde_json::from_str(&said[begin..]).unwrap();
    (output.status.code(), error["code"].as_str().unwrap().to_owned())
}

fn is(args: &[&str], status: i32, code: &str) {
    assert_eq!(refused(args), (Some(status), code.to_owned()), "{args:?}");
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A copy, as files, of the log of an installation with a few entries.
fn copied_log(folder: &Path) -> PathBuf {
    let test = TestEngine::new(&folder.join("data"), &[], Vec::new()).unwrap();
    test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size == 0) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let data = folder.join("data");
    let entry = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .args(["log", "proof", data.to_str().unwrap(), "0"])
        .output()
        .unwrap();
    let proof = String::from_utf8(entry.stdout).unwrap();
    assert!(!proof.is_empty(), "{}", String::from_utf8_lossy(&entry.stderr));
    let checkpoint = proof.split_once("\n\n").unwrap().1;
    let copy = folder.join("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::write(copy.join("checkpoint"), checkpoint).unwrap();
    copy
}

#[test]
fn files_that_are_not_what_they_should_be() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let not_text = file(folder, "not-text", &[0xff, 0xfe, 0x00]);
    is(&["verify", &not_text], 2, "SCR-CLI-002");
    let too_large = file(folder, "large", &vec![b'a'; scr_verify::MAX_HISTORY_BYTES + 1]);
    is(&["verify", &too_large], 2, "SCR-CLI-003");
    let text = file(folder, "text", b"nothing of ours\n");
    is(&["verify", &text, "--policy", &text], 2, "SCR-CLI-005");
    is(&["verify", &text, "--vkey", "no-key"], 2, "SCR-CLI-006");
}

#[test]
fn logs_that_are_damaged_or_too_short() {
    let folder = tempfile::tempdir().unwrap();
    let copy = copied_log(folder.path());
    let data = folder.path().join("data");
    is(&["log", "entry", data.to_str().unwrap(), "1000000"], 1, "SCR-CLI-015");
    let copy_path = copy.to_str().unwrap();
    is(&["log", "entry", copy_path, "0"], 1, "SCR-CLI-013");
    std::fs::write(copy.join("checkpoint"), "no note\n").unwrap();
    is(&["log", "entry", copy_path, "0"], 1, "SCR-CLI-014");
    is(&["log", "entry", "http://127.0.0.1:1", "0"], 3, "SCR-CLI-012");
}

#[test]
fn results_files_that_do_not_fit_what_was_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = file(
        folder.path(),
        "mapping.toml",
        b"version = 1\nname = \"test\"\nformat = \"delimited\"\n[source]\nid = \"test\"\n[unit]\nkey = [\"station\"]\n[contest]\nname = \"Mayor\"\n[wide]\nfrom = \"A\"\nto = \"B\"\n",
    );
    let sound = file(folder.path(), "sound.csv", b"station,A,B\n1,10,20\n2,30,40\n");
    let broken = file(folder.path(), "broken.csv", b"station,A,B\n1,ten,20\n");
    let check = |results: &str, more: &[&str], code: &str| {
        is(&[&["results", "check", results, "--mapping", &mapping], more].concat(), 2, code);
    };
    check(&broken, &[], "SCR-CLI-020");
    check(&sound, &["--contest", "Senator"], "SCR-CLI-021");
    check(&sound, &["--rules", "no-such-pack"], "SCR-CLI-022");
}

#[test]
fn servers_that_cannot_start() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    let data = folder.path().join("data");
    let (empty, data) = (empty.to_str().unwrap(), data.to_str().unwrap());
    is(&["serve", "--data", empty], 2, "SCR-CLI-031");
    let made = ["init", "--data", data, "--origin", "log.emb.example/2026"];
    assert!(Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(made).output().unwrap().status.success());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    is(&["serve", "--data", data, "--listen", &address], 2, "SCR-CLI-033");
    let config = file(folder.path(), "serve.toml", b"listen = \"127.0.0.1:0\"\nlisten_on = 3\n");
    is(&["serve", "--data", data, "--config", &config], 2, "SCR-CLI-035");
    for site in ["results.example", "https://", "https://results.example/path"] {
        is(&["serve", "--data", data, "--site", site], 2, "SCR-CLI-036");
    }
    is(&["serve", "--data", data, "--objects", "ftp://store/objects"], 2, "SCR-CLI-037");
    is(&["serve", "--data", data, "--objects", "s3://UPPER/objects"], 2, "SCR-CLI-037");
    let half = file(folder.path(), "half", b"AKIAIOSFODNN7EXAMPLE\n");
    let key = ["--s3-credentials-file", &half];
    let bucket = ["serve", "--data", data, "--objects", "s3://bucket"];
    is(&[&bucket[..], &key].concat(), 2, "SCR-CLI-090");
    let endpoint = ["--s3-endpoint", "https://key:password@store"];
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(bucket).args(endpoint).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("SCR-CLI-037") && !said.contains("password"), "{said}");
    std::fs::write(Path::new(data).join("record.db"), "no database at all, but long enough to look at")
        .unwrap();
    is(&["serve", "--data", data, "--listen", &address], 3, "SCR-CLI-030");
}

/// 256 files stand where the object store's folders must go, so that nothing can be kept.
#[test]
fn a_demonstration_that_cannot_be_filled() {
    let folder = tempfile::tempdir().unwrap();
    let objects = folder.path().join("objects");
    std::fs::create_dir(&objects).unwrap();
    for byte in 0..=255u8 {
        std::fs::write(objects.join(format!("{byte:02x}")), "").unwrap();
    }
    is(&["demo", "--listen", "127.0.0.1:0", "--data", folder.path().to_str().unwrap()], 3, "SCR-CLI-034");
}

/// With more and more files allowed, the server gets further and further: keys, databases, then its
/// own event loop.
#[cfg(unix)]
#[test]
fn a_server_without_the_files_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let program = env!("CARGO_BIN_EXE_scrutineer");
    let made = ["init", "--data", data, "--origin", "log.emb.example/2026"];
    assert!(Command::new(program).args(made).output().unwrap().status.success());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut seen = Vec::new();
    for files in 4..200 {
        let script = format!("ulimit -n {files}; exec \"$0\" serve --data \"$1\" --listen \"$2\" --json");
        let output = Command::new("sh").args(["-c", &script, program, data, &address]).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        seen.extend(["SCR-CLI-032", "SCR-CLI-033"].into_iter().filter(|code| error.contains(code)));
        if seen.contains(&"SCR-CLI-033") {
            break;
        }
    }
    assert!(seen.contains(&"SCR-CLI-032"), "{seen:?}");
}
