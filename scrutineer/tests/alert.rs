//! `scrutineer alert` and `scrutineer verify` on alerts: what they say, and how they end. The files are those of the example
//! `alert_files` of scr-alerts; their keys are public.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/alerts");
const AT: [&str; 2] = ["--at", "2026-11-27T11:00:00Z"];

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn path(name: &str) -> String {
    format!("{FILES}/{name}")
}

/// Exit status, and the document on standard output, or that of the error.
fn verify(file: &str, more: &[&str]) -> (Option<i32>, Value) {
    let card = path("station.card");
    let out = run(&[&["--json", "alert", "verify", file, "--card", &card], more].concat());
    let said = if out.stdout.is_empty() { &out.stderr } else { &out.stdout };
    (out.status.code(), serde_json::from_slice(said).unwrap())
}

/// Held against its schema, which takes nothing else.
fn is_of(schema: &str, document: &Value) {
    let mut schemas = Schemas::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas");
    let index = Compiler::new().compile(&format!("{path}/{schema}.schema.json"), &mut schemas).unwrap();
    let wrong = schemas.validate(document, index).err().map(|error| format!("{error:#}"));
    assert_eq!(wrong, None, "{document}");
    let mut other = document.clone();
    other["surprise"] = json!(1);
    assert!(schemas.validate(&other, index).is_err());
}

#[test]
fn each_alert_has_its_word_and_its_status() {
    for (name, status, code) in [
        ("alert.bundle", 0, "valid-now"),
        ("alert.txt", 0, "valid-now"),
        ("alert-short.bundle", 0, "valid-now"),
        ("alert-short.txt", 0, "valid-now"),
        ("exercise.bundle", 1, "exercise"),
        ("test.txt", 1, "test"),
        ("cancel.bundle", 0, "valid-now"),
        ("fullest.bundle", 0, "valid-now"),
    ] {
        let (ended, said) = verify(&path(name), &AT);
        assert_eq!((ended, said["code"].as_str()), (Some(status), Some(code)), "{name}: {said}");
        is_of("alert-verify", &said);
    }
    let out = run(&["--json", "alert", "card", &path("station.card")]);
    is_of("alert-card", &serde_json::from_slice(&out.stdout).unwrap());
    for (at, code) in [
        ("2026-11-27T10:05:00Z", "not-yet"),
        ("2026-11-27T12:00:00Z", "expired"),
        ("1970-01-01T00:00:00Z", "clock-doubtful"),
    ] {
        let (ended, said) = verify(&path("alert.bundle"), &["--at", at]);
        assert_eq!((ended, said["code"].as_str()), (Some(1), Some(code)));
    }
    let known = path("cancel.bundle");
    let (ended, said) = verify(&path("alert.bundle"), &[&AT[..], &["--known", &known]].concat());
    assert_eq!(
        (ended, said["code"].as_str(), said["verdict"]["state"]["by"].as_u64()),
        (Some(1), Some("cancelled"), Some(654_421))
    );
    is_of("alert-verify", &said);
    let (ended, _) = verify(&path("exercise.bundle"), &[&AT[..], &["--exercise"]].concat());
    assert_eq!(ended, Some(0));
}

#[test]
fn what_people_read_says_the_most_important_first() {
    let card = path("station.card");
    let said = |name: &str, lang: &str| {
        let out = run(&["alert", "verify", &path(name), "--card", &card, AT[0], AT[1], "--lang", lang]);
        String::from_utf8(out.stdout).unwrap()
    };
    let alert = said("alert.bundle", "ar");
    assert!(alert.starts_with("VALID NOW. The alert is genuine.\n\n  رسائل كاذبة"), "{alert}");
    assert!(alert.contains("3 of 3 witnesses"));
    assert!(said("exercise.bundle", "en").starts_with("EXERCISE. This is a drill."));
    assert!(said("alert-short.txt", "en").contains("NOT PROVEN"));
    let out = run(&["alert", "card", &card, "--lang", "fr"]);
    assert_eq!((out.status.code(), String::from_utf8_lossy(&out.stdout).contains("004711")), (Some(0), true));
}

#[test]
fn what_does_not_hold_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let changed = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = std::fs::read(path("alert.bundle")).unwrap();
        change(&mut bytes);
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let damaged = changed("damaged", &|bytes| bytes[100] ^= 1);
    let cut = changed("cut", &|bytes| bytes.truncate(300));
    for (file, more, status, code) in [
        (damaged.as_str(), &AT[..], 2, "SCR-ALR-010"),
        (&cut, &AT, 2, "SCR-ALR-010"),
        (&path("station.card"), &AT, 2, "SCR-ALR-011"),
        (&path("cancel-before.bundle"), &AT, 1, "SCR-ALR-018"),
        (&path("alert.bundle"), &["--at", "yesterday"], 2, "SCR-CLI-118"),
    ] {
        let (ended, said) = verify(file, more);
        assert_eq!((ended, said["code"].as_str()), (Some(status), Some(code)), "{said}");
    }
    // A scanner's line end behind the bytes does no harm.
    let (ended, _) = verify(&changed("scanned", &|bytes| bytes.push(b'\n')), &AT);
    assert_eq!(ended, Some(0));
    let out = run(&["--json", "alert", "verify", &path("alert.bundle"), "--card", &path("alert.txt")]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-ALR-004"));
}

#[test]
fn verify_knows_alerts_too() {
    let card = path("station.card");
    assert!(Path::new(&card).is_file());
    for (name, status) in [("alert.bundle", 0), ("exercise.txt", 0), ("cancel-before.bundle", 1)] {
        // A card is a policy.
        let out = run(&["--json", "verify", &path(name), "--policy", &card]);
        assert_eq!(out.status.code(), Some(status), "{name}: {}", String::from_utf8_lossy(&out.stderr));
    }
    let out = run(&["--json", "verify", &path("alert.bundle")]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-ALR-012"));
}
