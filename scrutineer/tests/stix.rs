//! `scrutineer stix` and `scrutineer names`: what they say, and how they end.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const INDICATOR: &str = r#"{"type":"indicator","spec_version":"2.1","id":"indicator--0f9c8a40-0000-4000-8000-000000000001",
"created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","valid_from":"2026-01-01T00:00:00Z",
"name":"Copy of the site","description":"It is one.","indicator_types":["malicious-activity"],"pattern_type":"stix","pattern":"PATTERN"}"#;

#[test]
fn objects_are_checked_with_their_patterns() {
    let folder = tempfile::tempdir().unwrap();
    let sound = INDICATOR.replace("PATTERN", "[domain-name:value = 'vote.example']");
    let bundle = |objects: &str| {
        format!(
            r#"{{"type":"bundle","id":"bundle--0f9c8a40-0000-4000-8000-00000000000f","objects":[{objects}]}}"#
        )
    };
    for (name, text) in [
        ("bundle.json", bundle(&sound)),
        ("alone.json", sound.clone()),
        ("envelope.json", format!(r#"{{"objects":[{sound}]}}"#)),
    ] {
        let out = run(&["--json", "stix", "validate", &file(folder.path(), name, &text)]);
        let said: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!((out.status.code(), said["objects"].as_u64()), (Some(0), Some(1)), "{name}: {said}");
    }
    let broken = INDICATOR
        .replace("PATTERN", "[domain-name:value = ]")
        .replace("\"valid_from\":\"2026-01-01T00:00:00Z\",", "");
    let out = run(&["--json", "stix", "validate", &file(folder.path(), "broken.json", &bundle(&broken))]);
    let said: Value = serde_json::from_slice(&out.stdout).unwrap();
    let codes: Vec<&str> =
        said["findings"].as_array().unwrap().iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!((out.status.code(), said["valid"].as_bool()), (Some(1), Some(false)), "{said}");
    assert!(codes.contains(&"pattern-invalid") && codes.len() >= 2, "{codes:?}");
    let out = run(&["--json", "stix", "validate", &file(folder.path(), "no.json", "{\"objects\": [")]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-CLI-112"));
}

#[test]
fn a_pattern_is_tried_on_what_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let seen = file(
        folder.path(),
        "seen.json",
        r#"[{"type":"domain-name","id":"domain-name--0f9c8a40-0000-4000-8000-000000000002","value":"vote.example"}]"#,
    );
    for (pattern, status) in [
        ("[domain-name:value = 'vote.example']", 0),
        ("[domain-name:value = 'other.example']", 1),
        ("[domain-name:value = ", 2),
        ("[domain-name:value MATCHES '(a)\\\\1']", 2),
    ] {
        let out = run(&["stix", "match", pattern, &seen]);
        assert_eq!(out.status.code(), Some(status), "{pattern}: {}", String::from_utf8_lossy(&out.stderr));
    }
    let out = run(&["--json", "stix", "match", "[domain-name:value = ", &seen]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-CLI-113"));
    let out = run(&["--json", "stix", "match", "[domain-name:value MATCHES '(a)\\\\1']", &seen]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-CLI-114"));
}

#[test]
fn names_are_held_against_those_one_protects() {
    let folder = tempfile::tempdir().unwrap();
    let seen =
        file(folder.path(), "seen.txt", "vote-gov.com\nv0te.gov.example.org\nflowers.example\nmy.vote.gov\n");
    let protect = file(folder.path(), "protect.txt", "vote.gov\nallow: *.vote.gov\n");
    let out = run(&["--json", "names", "match", &seen, "--protect", &protect]);
    let said: Value = serde_json::from_slice(&out.stdout).unwrap();
    let hits: Vec<&str> =
        said["hits"].as_array().unwrap().iter().filter_map(|hit| hit["name"].as_str()).collect();
    assert_eq!((out.status.code(), said["checked"].as_u64()), (Some(0), Some(4)), "{said}");
    assert!(
        hits.contains(&"vote-gov.com")
            && !hits.contains(&"flowers.example")
            && !hits.contains(&"my.vote.gov"),
        "{hits:?}"
    );
    let out = run(&["names", "match", &seen, "--protect", &file(folder.path(), "none.txt", "# nothing\n")]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("SCR-CLI-115"));
}
