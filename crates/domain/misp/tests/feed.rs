//! Feeds against PyMISP, and those of strangers.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_misp::event::read_events;
use scr_misp::feed::{self, FeedError, read_feed_event, read_hashes, read_manifest};
use scr_misp::{Code, Limits, ReadError};
use serde_json::{Value, json};
use uuid::Uuid;

fn existing() -> Option<scr_misp::event::Event> {
    let path = scr_testing::data("threats/misp/events/existing_event.json")?;
    Some(read_events(&std::fs::read(path).unwrap(), &Limits::default()).unwrap().events.remove(0))
}

/// PyMISP 2.5.34.4 (PyPI): `MISPEvent.load(existing_event.json)`, then `to_feed(with_meta=True)['Event']['_hashes']`
/// gives 122 hashes; their SHA-256, joined by line feeds, is the one below.
#[test]
fn hashes_are_those_of_pymisp() {
    let Some(event) = existing() else { return };
    let hashes = feed::hashes(&event);
    assert_eq!(hashes.len(), 122);
    assert_eq!(hashes[0], "8945802621f71cffbb0e901eb8f91f7c");
    let joined = hashes.join("\n");
    assert_eq!(
        scr_canon::sha256(joined.as_bytes()).to_hex(),
        "b697faa6cf586f2ef0532682ce238a0e9047d1da2be2d525429fa25a789d642a"
    );
    assert_eq!(feed::hash_lines(&event).lines().count(), 122);
    assert!(
        feed::hash_lines(&event)
            .starts_with("8945802621f71cffbb0e901eb8f91f7c,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\n")
    );
}

/// RFC 1321 gives the hashes of "a" and "abc".
#[test]
fn composites_are_hashed_part_by_part() {
    let event = json!({"Event": {"info": "x", "date": "2026-11-27", "Attribute": [
        {"type": "domain|ip", "value": "a|abc"},
        {"type": "url", "value": "a|abc"},
        {"type": "malware-sample", "value": "abc|a", "deleted": true},
    ]}});
    let event = read_events(event.to_string().as_bytes(), &Limits::default()).unwrap().events.remove(0);
    let hashes = feed::hashes(&event);
    assert_eq!(hashes[..2], ["0cc175b9c0f1b6a831c399e269772661", "900150983cd24fb0d6963f7d28e17f72"]);
    assert_eq!(hashes.len(), 3, "the address of the web has no parts; what is withdrawn is not in the feed");
}

#[test]
fn a_feed_is_the_same_bytes_each_time_and_reads_back() {
    let Some(event) = existing() else { return };
    let limits = Limits::default();
    let file = feed::event_file(&event);
    assert_eq!(file, feed::event_file(&event));
    let (again, warnings) = read_feed_event(&file, event.uuid, &limits).unwrap();
    assert_eq!(warnings.listed(), []);
    assert_eq!(feed::event_file(&again), file);
    let of = |event: &scr_misp::event::Event| {
        event
            .all_attributes()
            .map(|a| (a.uuid, a.kind.clone(), a.value.clone(), a.to_ids, a.comment.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&again), of(&event));
    let manifest = read_manifest(&feed::manifest([&event]), &limits).unwrap();
    let entry = &manifest.entries[&event.uuid];
    assert_eq!((entry.info.as_str(), entry.timestamp), (event.info.as_str(), event.timestamp));
    assert_eq!(entry.orgc.as_ref(), Some(&event.orgc));
    assert_eq!(entry.tags.len(), event.tags.len());
    assert_eq!(manifest.wanted(|_| None).count(), 1);
    assert_eq!(manifest.wanted(|_| Some(event.timestamp)).count(), 0);
    assert_eq!(manifest.wanted(|_| Some(event.timestamp - 1)).count(), 1);
}

#[test]
fn what_is_local_or_withdrawn_stays_here() {
    let event = json!({"Event": {"uuid": "5a3c2fcd-8328-42bb-a95e-4f4402de0b81", "info": "x", "date": "2026-11-27",
        "distribution": "0", "event_creator_email": "somebody@example.org",
        "Orgc": {"name": "EMB", "uuid": "55f6ea5e-2c60-40e5-964f-47a8950d210f"},
        "Tag": [{"name": "tlp:green"}, {"name": "ours:alone", "local": true}, {"name": "kept", "exportable": false}],
        "Attribute": [{"type": "domain", "value": "a.example", "uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81"},
            {"type": "domain", "value": "b.example", "deleted": "1"}],
        "Object": [{"name": "file", "deleted": true, "Attribute": [{"type": "md5", "value": "d41d8cd98f00b204e9800998ecf8427e"}]}]}});
    let event = read_events(event.to_string().as_bytes(), &Limits::default()).unwrap().events.remove(0);
    let text = String::from_utf8(feed::event_file(&event)).unwrap();
    for word in ["ours:alone", "kept", "b.example", "d41d8", "somebody", "distribution"] {
        assert!(!text.contains(word), "{word}");
    }
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["Event"]["Tag"][0]["name"], "tlp:green");
    assert_eq!(value["Event"]["Attribute"].as_array().unwrap().len(), 1);
    assert_eq!(feed::hashes(&event).len(), 1);
}

#[test]
fn feeds_of_strangers_are_checked() {
    let limits = Limits { entries: 3, ..Limits::default() };
    let manifest = json!({
        "../../etc/passwd": {"info": "x", "timestamp": 1},
        "5a3c2fcd-8328-42bb-a95e-4f4402de0b81": {"info": "y", "timestamp": "12", "date": "2026-13-01", "Orgc": {"name": "EMB"}},
        "6a3c2fcd-8328-42bb-a95e-4f4402de0b81": "z",
    });
    let read = read_manifest(manifest.to_string().as_bytes(), &limits).unwrap();
    assert_eq!(read.entries.len(), 1);
    let entry = read.entries.values().next().unwrap();
    assert_eq!((entry.timestamp, entry.date), (12, None));
    let codes: Vec<_> = read.warnings.listed().iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [Code::LeftOut, Code::DerivedUuid, Code::LeftOut]);
    assert_eq!(read_manifest(b"[]", &limits).err(), Some(ReadError::NotThis("a manifest of a MISP feed")));
    let many = json!({"a": {}, "b": {}, "c": {}, "d": {}});
    assert!(matches!(read_manifest(many.to_string().as_bytes(), &limits), Err(ReadError::TooMany { .. })));

    let other =
        json!({"Event": {"uuid": "6a3c2fcd-8328-42bb-a95e-4f4402de0b81", "info": "x", "date": "2026-11-27"}});
    let expected = Uuid::parse_str("5a3c2fcd-8328-42bb-a95e-4f4402de0b81").unwrap();
    let found = "6a3c2fcd-8328-42bb-a95e-4f4402de0b81".to_owned();
    assert_eq!(
        read_feed_event(other.to_string().as_bytes(), expected, &limits).err(),
        Some(FeedError::OtherEvent { expected, found })
    );
}

#[test]
fn lists_of_hashes_are_read_line_by_line() {
    let lines = b"0cc175b9c0f1b6a831c399e269772661,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\r\n\nnonsense\n0cc175b9c0f1b6a831c399e26977266,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\n";
    let (found, odd) = read_hashes(lines, &Limits::default()).unwrap();
    assert_eq!((found.len(), odd), (1, 2));
    assert_eq!(found[0].0[0], 0x0c);
}
