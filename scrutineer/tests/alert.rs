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

/// Somebody dresses an exercise as an alert that is meant, or the other way round: outside, inside, and both.
#[test]
fn a_drill_that_is_made_to_look_real_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let kept = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let text = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    let meant = "SCRUTINEER ALERT 1 ACTUAL WITH PROOF OF INCLUSION:";
    let drill = "SCRUTINEER EXERCISE EXERCISE 1 NOT AN ALERT WITH PROOF OF INCLUSION:";
    assert!(text("exercise.txt").contains(drill) && text("alert.txt").contains(meant));
    let dressed = kept("dressed.txt", text("exercise.txt").replace(drill, meant).as_bytes());
    let played_down = kept("played.txt", text("alert.txt").replace(meant, drill).as_bytes());
    for file in [&dressed, &played_down] {
        let (ended, said) = verify(file, &AT);
        assert_eq!((ended, said["code"].as_str()), (Some(1), Some("SCR-ALR-019")), "{said}");
        assert!(said.to_string().contains("outside it says another status, or another form, than inside"));
    }
    // Inside: every byte that could make it meant, with a checksum that fits.
    let bytes = std::fs::read(path("exercise.bundle")).unwrap();
    let places = (4..bytes.len() - 4).filter(|at| bytes[*at] == 0x33);
    let mut tried = 0;
    for at in places {
        let mut bad = bytes.clone();
        bad[at] = 0x0f;
        let end = bad.len() - 4;
        let sum = scr_canon::sha256(&bad[..end]).0;
        bad[end..].copy_from_slice(&sum[..4]);
        let (ended, said) = verify(&kept("inside.bundle", &bad), &AT);
        let code = said["code"].as_str().unwrap_or_default().to_owned();
        assert!(
            ended != Some(0)
                && ["SCR-ALR-011", "SCR-ALR-013", "SCR-ALR-014", "exercise"].contains(&code.as_str()),
            "{said}"
        );
        tried += 1;
    }
    assert!(tried > 0);
}

/// Whatever came before, and in which order: what was taken back is taken back, also when it comes again.
#[test]
fn files_come_in_any_order_and_an_old_one_after_its_cancellation() {
    let known =
        ["cancel.bundle", "alert-short.txt", "exercise.bundle", "cancel.txt", "alert.bundle"].map(path);
    for first in 0..known.len() {
        for second in 0..known.len() {
            for alert in ["alert.bundle", "alert.txt", "alert-short.bundle"] {
                let more = [&AT[..], &["--known", &known[first], "--known", &known[second]]].concat();
                let (ended, said) = verify(&path(alert), &more);
                let is_taken_back = [first, second].iter().any(|one| known[*one].contains("cancel."));
                let expected =
                    if is_taken_back { (Some(1), Some("cancelled")) } else { (Some(0), Some("valid-now")) };
                assert_eq!((ended, said["code"].as_str()), expected, "{alert} {first} {second}");
            }
        }
    }
    let card = path("station.card");
    let out =
        run(&["alert", "verify", &path("alert.bundle"), "--card", &card, AT[0], AT[1], "--known", &known[0]]);
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(said.starts_with("TAKEN BACK."), "{said}");
}

/// A card that asks for a witness that has not cosigned, and the card of another log.
#[test]
fn a_card_that_asks_for_more_or_is_of_another_log_refuses_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let card = std::fs::read_to_string(path("station.card")).unwrap();
    let key = |name: &str, algorithm| {
        let key = scr_note::SignerKey::from_seed(name, algorithm, &[9; 32]).unwrap();
        key.verifier().to_string()
    };
    let kept = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let fourth =
        format!("witness fourth {}\n", key("witness.fourth.example", scr_note::Algorithm::Cosignature));
    let members: Vec<String> = card
        .lines()
        .filter_map(|line| line.strip_prefix("witness ")?.split(' ').next().map(str::to_owned))
        .collect();
    let asks = format!("group four 4 {} fourth\nquorum four\n", members.join(" "));
    let before: String = card
        .lines()
        .filter(|line| !line.starts_with("group ") && !line.starts_with("quorum "))
        .map(|line| format!("{line}\n"))
        .collect();
    let own = card.lines().find_map(|line| line.strip_prefix("log ")).unwrap();
    let name = own.split('+').next().unwrap();
    let other = card.replace(own, &key(name, scr_note::Algorithm::Ed25519));
    for (name, text, code, words) in [
        ("more.card", before + &fourth + &asks, "SCR-ALR-014", "witnesses"),
        ("other.card", other, "SCR-ALR-013", "is not on the card"),
        // Of the same log, for the election of another organisation.
        ("election.card", card.replace("ex-2026", "party-2026"), "SCR-ALR-021", "which is for party-2026"),
    ] {
        let file = kept(name, &text);
        let out = run(&["--json", "alert", "verify", &path("alert.bundle"), "--card", &file, AT[0], AT[1]]);
        let said = String::from_utf8_lossy(&if out.stdout.is_empty() { out.stderr } else { out.stdout })
            .into_owned();
        assert!(
            out.status.code() == Some(1) && said.contains(code) && said.contains(words),
            "{name}: {said}"
        );
        let out = run(&["--json", "verify", &path("alert.bundle"), "--policy", &file]);
        let again = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(1) && again.contains(code), "{name}: {again}");
    }
}
