//! `scrutineer playbook`: what it says, and how it ends.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::Value;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

#[test]
fn starters_are_written_checked_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("new/playbooks");
    let there = there.to_str().unwrap();
    assert_eq!(run(&["playbook", "starters", there]).status.code(), Some(0));
    // What is there is left alone, and what is missing is written.
    let changed = format!("{there}/insider.json");
    let own = std::fs::read_to_string(&changed).unwrap();
    std::fs::write(&changed, "our own").unwrap();
    std::fs::remove_file(format!("{there}/disinformation.json")).unwrap();
    let again = run(&["playbook", "starters", there]);
    let said = String::from_utf8(again.stdout).unwrap();
    assert_eq!(
        (again.status.code(), said.matches("left alone, it was there:").count()),
        (Some(0), 4),
        "{said}"
    );
    assert_eq!(std::fs::read_to_string(&changed).unwrap(), "our own");
    std::fs::write(&changed, own).unwrap();
    let third = String::from_utf8(run(&["playbook", "starters", there]).stdout).unwrap();
    assert!(third.ends_with("nothing was written\n"), "{third}");
    for name in ["insider", "social-accounts", "results-reporting", "voting-systems", "disinformation"] {
        let file = format!("{there}/{name}.json");
        let out = run(&["--json", "playbook", "check", "--strict", &file]);
        let said: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!((out.status.code(), said["valid"].as_bool()), (Some(0), Some(true)), "{said}");
        let out = run(&["playbook", "show", &file, "--language", "fr"]);
        let text = String::from_utf8(out.stdout).unwrap();
        assert_eq!(out.status.code(), Some(0));
        assert!(
            text.contains("Responsable du bureau électoral") && text.contains("second signature"),
            "{text}"
        );
    }
}

#[test]
fn a_broken_playbook_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_str().unwrap();
    assert_eq!(run(&["playbook", "starters", there]).status.code(), Some(0));
    let file = format!("{there}/insider.json");
    let broken = std::fs::read_to_string(&file)
        .unwrap()
        .replace("\"manual\"", "\"bash\"")
        .replace("\"end\"", "\"start\"");
    std::fs::write(&file, broken).unwrap();
    let out = run(&["playbook", "check", &file]);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(1));
    assert!(text.contains("note: not-executed /workflow/") && text.contains("add the step"), "{text}");
    let shown = run(&["playbook", "show", &file]);
    assert!(String::from_utf8_lossy(&shown.stderr).contains("SCR-CLI-117"));
    std::fs::write(&file, "{\"a\": 1, \"a\": 2}").unwrap();
    let out = run(&["playbook", "check", &file]);
    assert!(out.status.code() == Some(2) && String::from_utf8_lossy(&out.stderr).contains("SCR-CLI-116"));
}
