//! Events as they come, and as they should not.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_misp::event::{Distribution, SightingKind, read_events};
use scr_misp::{Code, Limits, ReadError};
use serde_json::{Value, json};

fn read(value: &Value) -> scr_misp::event::Events {
    read_events(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn codes(events: &scr_misp::event::Events) -> Vec<(&str, Code)> {
    events.warnings.listed().iter().map(|warning| (warning.path.as_str(), warning.code)).collect()
}

#[test]
fn a_real_event_is_read_whole() {
    let Some(path) = scr_testing::data("threats/misp/events/existing_event.json") else { return };
    let read = read_events(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    let event = &read.events[0];
    assert_eq!(event.uuid.to_string(), "5a3c2fcd-8328-42bb-a95e-4f4402de0b81");
    assert_eq!((event.attributes.len(), event.objects.len()), (9, 49));
    assert_eq!(event.all_attributes().count(), 122);
    assert_eq!(event.objects.iter().map(|object| object.references.len()).sum::<usize>(), 20);
    assert_eq!((event.tags.len(), event.galaxies.len()), (18, 4));
    assert_eq!(event.galaxies.iter().map(|galaxy| galaxy.clusters.len()).sum::<usize>(), 14);
    assert_eq!(event.date.to_string(), "2017-12-21");
    assert_eq!((event.threat_level, event.analysis, event.timestamp), (3, 0, 1_513_948_642));
    assert_eq!(event.distribution, Some(Distribution::All));
    assert_eq!(codes(&read), []);
}

#[test]
fn every_envelope_is_taken_off() {
    let event = json!({"info": "x", "date": "2026-11-27", "uuid": "5a3c2fcd-8328-42bb-a95e-4f4402de0b81",
        "Orgc": {"name": "EMB", "uuid": "55f6ea5e-2c60-40e5-964f-47a8950d210f"}, "timestamp": 1});
    let wrapped = json!({"Event": event});
    for value in
        [&event, &wrapped, &json!({"response": [wrapped]}), &json!([wrapped]), &json!({"response": wrapped})]
    {
        let read = read(value);
        assert_eq!((read.events.len(), codes(&read)), (1, vec![]), "{value}");
    }
    assert_eq!(read(&json!({"response": [{"Event": event}, {"Event": event}]})).events.len(), 2);
    for value in [
        "[]",
        "{}",
        "{\"response\":[]}",
        "3",
        "{\"response\":{\"response\":{\"response\":{\"response\":{\"info\":\"x\"}}}}}",
    ] {
        let failed = read_events(value.as_bytes(), &Limits::default()).err();
        assert_eq!(failed, Some(ReadError::NotThis("a MISP event")), "{value}");
    }
}

#[test]
fn one_bad_attribute_does_not_fail_the_event() {
    let read = read(&json!({"Event": {
        "uuid": "5a3c2fcd-8328-42bb-a95e-4f4402de0b81", "info": "x", "date": "2026-11-27", "timestamp": "1511136000",
        "threat_level_id": 9, "analysis": 2, "published": "1", "surprise": 1,
        "Orgc": {"name": "EMB", "uuid": "55f6ea5e-2c60-40e5-964f-47a8950d210f"},
        "Attribute": [
            {"type": "ip-dst", "value": "192.0.2.1", "uuid": "no uuid", "to_ids": 1, "category": "Network activity"},
            {"type": "ip-dst"},
            "nonsense",
            {"type": "md5", "value": "d41d8", "uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81", "category": "Person"},
            {"type": "made-up", "value": 7, "uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81"},
            {"type": "domain|ip", "value": "a.example", "uuid": "5a3c2fee-7c8c-438a-8f7f-465402de0b81"},
        ],
        "Object": [{"Attribute": []}, {"name": "file", "uuid": "6a3c2fee-7c8c-438a-8f7f-465402de0b81",
            "ObjectReference": [{"referenced_uuid": "7a3c2fee-7c8c-438a-8f7f-465402de0b81", "uuid": "8a3c2fee-7c8c-438a-8f7f-465402de0b81"}]}],
    }}));
    let event = &read.events[0];
    assert_eq!(event.attributes.len(), 4);
    assert_eq!((event.threat_level, event.published), (4, true));
    assert!(event.attributes[0].to_ids);
    assert_eq!(event.attributes[0].timestamp, 1_511_136_000);
    assert_ne!(event.attributes[1].uuid, event.attributes[2].uuid);
    assert_eq!(event.attributes[2].value, "7");
    assert_eq!(event.objects.len(), 1);
    assert_eq!(
        codes(&read),
        [
            ("Event.threat_level_id", Code::OutOfRange),
            ("Event.Attribute[0].uuid", Code::DerivedUuid),
            ("Event.Attribute[1]", Code::LeftOut),
            ("Event.Attribute[2]", Code::LeftOut),
            ("Event.Attribute[3].category", Code::CategoryOfOtherType),
            ("Event.Attribute[3].value", Code::BadValue),
            ("Event.Attribute[4].uuid", Code::UuidTwice),
            ("Event.Attribute[4].type", Code::UnknownType),
            ("Event.Attribute[5].value", Code::NotComposite),
            ("Event.Object[0]", Code::LeftOut),
            ("Event", Code::UnknownField),
            ("Event.Object[1].ObjectReference[0].referenced_uuid", Code::Dangling),
        ]
    );
}

#[test]
fn derived_ids_are_the_same_each_time_and_differ_within_an_event() {
    let value = json!({"info": "x", "date": "2026-11-27", "Attribute": [
        {"type": "text", "value": "same"}, {"type": "text", "value": "same"}, {"type": "comment", "value": "same"}]});
    let (one, two) = (read(&value), read(&value));
    assert_eq!(one.events, two.events);
    let ids: std::collections::BTreeSet<_> = one.events[0].attributes.iter().map(|a| a.uuid).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn what_hangs_on_attributes_is_read() {
    let read = read(
        &json!({"info": "x", "date": "2026-11-27", "timestamp": 5, "Orgc": {"name": "EMB"}, "Attribute": [{
            "uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "attachment", "value": "a.txt", "data": "aGVsbG8=",
            "first_seen": "2026-11-01T00:00:00.123456+02:00", "last_seen": "never", "distribution": "4",
            "Tag": [{"name": "tlp:red"}, "plain", {"colour": "#fff"}, {"name": "tlp:red"}],
            "Sighting": [{"type": "1", "date_sighting": "1511136000", "source": "sensor", "Organisation": {"name": "EMB"}},
                {"type": 2, "date_sighting": 1511136001}, {"type": "0"}],
            "Galaxy": [{"type": "sector", "name": "Sector", "GalaxyCluster": [
                {"value": "Government, Administration", "meta": {"refs": ["https://example.org"], "n": 1, "o": {}}}]}],
        }]}),
    );
    let attribute = &read.events[0].attributes[0];
    assert_eq!(attribute.data.as_deref(), Some("aGVsbG8="));
    assert_eq!(attribute.first_seen.unwrap().to_string(), "2026-10-31T22:00:00.123456Z");
    assert_eq!((attribute.last_seen, attribute.distribution), (None, Distribution::SharingGroup));
    assert_eq!(attribute.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["tlp:red", "plain"]);
    let kinds: Vec<_> = attribute.sightings.iter().map(|sighting| sighting.kind).collect();
    assert_eq!(kinds, [SightingKind::FalsePositive, SightingKind::Expiration]);
    assert_eq!(attribute.expired_at(), Some(1_511_136_001));
    let cluster = &attribute.galaxies[0].clusters[0];
    assert_eq!(cluster.tag, "misp-galaxy:sector=\"Government, Administration\"");
    assert_eq!(
        (cluster.meta("refs").len(), cluster.meta("n"), cluster.meta("o").len()),
        (1, &["1".to_owned()][..], 0)
    );
}

#[test]
fn limits_hold() {
    let limits = Limits { attributes: 3, text: 10, per_item: 2, warnings: 3, ..Limits::default() };
    let many: Vec<Value> =
        (0..4).map(|n| json!({"type": "text", "value": format!("value number {n}")})).collect();
    let tags = ["a", "b", "c"];
    let value = json!({"info": "x", "date": "2026-11-27", "Tag": tags, "Attribute": many, "Object": [{"name": "file", "Attribute": many}]});
    let read = read_events(value.to_string().as_bytes(), &limits).unwrap();
    let event = &read.events[0];
    assert_eq!(event.all_attributes().count(), 3);
    assert!(event.attributes.iter().all(|attribute| attribute.value.len() == 10));
    assert_eq!(event.tags.len(), 2);
    assert_eq!(read.warnings.listed().len(), 3);
    assert!(read.warnings.unlisted() > 0);
    let two = json!([{"info": "x"}, {"info": "y"}]);
    let limits = Limits { events: 1, ..Limits::default() };
    assert_eq!(
        read_events(two.to_string().as_bytes(), &limits).err(),
        Some(ReadError::TooMany { what: "events", limit: 1 })
    );
}
