//! `restSearch` over two events. `tools/interop/threats/misp_check.py` lets PyMISP ask.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common {
    pub(crate) mod event;
}

use common::event::event;
use scr_misp::event::{Event, Org};
use scr_misp::rest::*;
use scr_misp::{Limits, ReadError};
use serde_json::{Value, json};
use uuid::Uuid;

/// 2026-11-27T00:00:00Z
const NOW: i64 = 1_795_737_600;

fn two() -> [Event; 2] {
    let one = json!({"uuid": "10000000-0000-4000-8000-000000000001", "info": "Phishing of clerks", "date": "2026-11-01", "timestamp": NOW - 86_400 * 10,
        "publish_timestamp": NOW - 86_400 * 9, "published": true, "distribution": "3",
        "Orgc": {"name": "EMB", "uuid": "55f6ea5e-2c60-40e5-964f-47a8950d210f"}, "Tag": [{"name": "tlp:green"}, {"name": "misp-galaxy:sector=\"Government\""}],
        "Attribute": [
            {"uuid": "20000000-0000-4000-8000-000000000001", "type": "domain", "value": "Evil.example.org", "timestamp": NOW - 86_400 * 10, "Tag": [{"name": "phishing:state=\"active\""}]},
            {"uuid": "20000000-0000-4000-8000-000000000002", "type": "domain|ip", "value": "a.example.org|192.0.2.1", "timestamp": NOW - 86_400 * 2},
            {"uuid": "20000000-0000-4000-8000-000000000003", "type": "text", "value": "words", "comment": "from the Clerk", "timestamp": NOW - 86_400},
            {"uuid": "20000000-0000-4000-8000-000000000004", "type": "url", "value": "https://gone.example.org", "deleted": true, "timestamp": NOW},
            {"uuid": "20000000-0000-4000-8000-000000000005", "type": "attachment", "value": "a.txt", "data": "aGVsbG8=", "timestamp": NOW - 86_400 * 10}],
        "Object": [{"uuid": "30000000-0000-4000-8000-000000000001", "name": "file", "Attribute": [
            {"uuid": "20000000-0000-4000-8000-000000000006", "type": "md5", "object_relation": "md5", "value": "d41d8cd98f00b204e9800998ecf8427e", "timestamp": NOW - 86_400 * 10}]}]});
    let two = json!({"uuid": "10000000-0000-4000-8000-000000000002", "info": "Scanning", "date": "2026-11-20", "timestamp": NOW - 3_600,
        "publish_timestamp": 0, "published": false, "distribution": "0",
        "Orgc": {"name": "CERT", "uuid": "65f6ea5e-2c60-40e5-964f-47a8950d210f"}, "Tag": [{"name": "tlp:red"}],
        "Attribute": [{"uuid": "20000000-0000-4000-8000-000000000007", "type": "ip-src", "value": "198.51.100.7", "timestamp": NOW - 3_600,
            "Sighting": [{"type": 0, "date_sighting": NOW, "uuid": "40000000-0000-4000-8000-000000000001"}]}]});
    [event(&one.to_string()), event(&two.to_string())]
}

fn query(value: &Value) -> Query {
    let request = read_request(value.to_string().as_bytes(), NOW, &Limits::default()).unwrap();
    assert!(request.is_understood(), "{value}: {:?}", request.unsupported);
    request.query
}

/// The last digits of the events and of the attributes that a request finds.
fn found(value: &Value) -> (String, String) {
    let events = two();
    let entries = || (1..).zip(&events).map(|(id, event)| Entry { id, event });
    let query = query(value);
    let last = |uuid: Uuid| uuid.to_string().chars().next_back().unwrap();
    let hits = search_events(&query, entries()).into_iter().map(|hit| last(hit.entry.event.uuid)).collect();
    let attributes =
        search_attributes(&query, entries()).into_iter().map(|hit| last(hit.attribute.uuid)).collect();
    (hits, attributes)
}

#[test]
fn filters_find_what_they_say() {
    for (value, events, attributes) in [
        (json!({}), "12", "123567"),
        (json!({"returnFormat": "json", "withAttachments": 0, "page": null}), "12", "123567"),
        (json!({"value": "evil.example.org"}), "1", "1"),
        (json!({"value": "192.0.2.1"}), "1", "2"),
        (json!({"value": "a.example.org|192.0.2.1"}), "1", "2"),
        (json!({"value": "%example.org"}), "1", "12"),
        (json!({"value": ["evil.example.org", "198.51.100.7"]}), "12", "17"),
        (json!({"value": {"NOT": ["evil.example.org"]}}), "12", "23567"),
        (json!({"type": "domain"}), "1", "1"),
        (json!({"type": ["md5", "ip-src"]}), "12", "67"),
        (json!({"type": "!text"}), "12", "12567"),
        (json!({"category": "Network activity"}), "12", "127"),
        (json!({"org": "EMB"}), "1", "12356"),
        (json!({"org": "!EMB"}), "2", "7"),
        (json!({"org": "65f6ea5e-2c60-40e5-964f-47a8950d210f"}), "2", "7"),
        (json!({"tags": "tlp:red"}), "2", "7"),
        (json!({"tags": "tlp:%"}), "12", "123567"),
        (json!({"tags": "phishing:%"}), "1", "1"),
        (json!({"tags": ["tlp:green", "!phishing:%"]}), "", "2356"),
        (json!({"tags": {"AND": ["tlp:green", "phishing:state=\"active\""]}}), "1", "1"),
        (json!({"tags": {"OR": ["tlp:green", "tlp:red"], "NOT": ["misp-galaxy:%"]}}), "2", "7"),
        (json!({"tags": "tlp:green&&!phishing:%"}), "", "2356"),
        (json!({"event_tags": "phishing:%"}), "", ""),
        (json!({"eventid": 2}), "2", "7"),
        (json!({"eventid": ["1", "10000000-0000-4000-8000-000000000002"]}), "12", "123567"),
        (json!({"eventid": "!1"}), "2", "7"),
        (json!({"uuid": "20000000-0000-4000-8000-000000000007"}), "2", "7"),
        (json!({"uuid": "30000000-0000-4000-8000-000000000001"}), "1", "6"),
        (json!({"to_ids": 1}), "12", "1267"),
        (json!({"to_ids": "0"}), "1", "35"),
        (json!({"to_ids": [0, 1]}), "12", "123567"),
        (json!({"deleted": true}), "1", "4"),
        (json!({"deleted": [0, 1]}), "12", "1234567"),
        (json!({"published": true}), "1", "12356"),
        (json!({"timestamp": "1d"}), "2", "37"),
        (json!({"timestamp": "3d"}), "2", "237"),
        (json!({"timestamp": ["3d", "36h"]}), "", "2"),
        (json!({"timestamp": NOW - 3_600}), "2", "7"),
        (json!({"timestamp": format!("{}.5", NOW - 3_600)}), "2", "7"),
        (json!({"event_timestamp": "2h"}), "2", "7"),
        (json!({"publish_timestamp": "10d"}), "1", "12356"),
        (json!({"last": "5d"}), "", ""),
        (json!({"from": "2026-11-10"}), "2", "7"),
        (json!({"to": "2026-11-10"}), "1", "12356"),
        (json!({"from": "2026-11-01", "to": "2026-11-01"}), "1", "12356"),
        (json!({"from": "10d"}), "2", "7"),
        (json!({"eventinfo": "clerk"}), "1", "12356"),
        (json!({"eventinfo": "phishing%"}), "1", "12356"),
        (json!({"searchall": "CLERK"}), "1", "12356"),
        (json!({"quickFilter": "198.51"}), "2", "7"),
        (json!({"object_name": "file"}), "1", "6"),
        (json!({"limit": 1}), "1", "1"),
        (json!({"limit": "1", "page": "2"}), "2", "2"),
        (json!({"limit": 2, "page": 9_999_999_999_u64}), "", ""),
        (json!({"request": {"type": "md5"}}), "1", "6"),
    ] {
        assert_eq!(found(&value), (events.to_owned(), attributes.to_owned()), "{value}");
    }
}

#[test]
fn what_is_not_understood_is_said() {
    for (value, name) in [
        (json!({"returnFormat": "stix2"}), "returnFormat"),
        (json!({"requested_attributes": "value,password"}), "requested_attributes"),
        (json!({"excludeDecayed": true}), "excludeDecayed"),
        (json!({"order": "Event.id asc"}), "order"),
        (json!({"enforceWarninglist": 1}), "enforceWarninglist"),
        (json!({"sharinggroup": [1]}), "sharinggroup"),
        (json!({"surprise": 1}), "surprise"),
        (json!({"timestamp": "soon"}), "timestamp"),
        (json!({"timestamp": ["1d", "2d", "3d"]}), "timestamp"),
        (json!({"value": {"XOR": ["a"]}}), "value"),
        (json!({"value": [{"a": 1}]}), "value"),
        (json!({"to_ids": 2}), "to_ids"),
        (json!({"limit": -1}), "limit"),
        (json!({"from": "yesterday"}), "from"),
        (json!({"timestamp": "99999999999999999999d"}), "timestamp"),
    ] {
        let request = read_request(value.to_string().as_bytes(), NOW, &Limits::default()).unwrap();
        assert_eq!(request.unsupported, [name], "{value}");
    }
    let request =
        read_request(br#"{"headerless":1,"includeContext":true}"#, NOW, &Limits::default()).unwrap();
    assert_eq!((request.is_understood(), request.ignored), (true, vec!["includeContext".to_owned()]));
    let doubled =
        read_request(br#"{"value":"a","value":"b","type":"md5"}"#, NOW, &Limits::default()).unwrap();
    assert_eq!((doubled.is_understood(), doubled.twice), (false, vec!["value".to_owned()]));
    assert!(read_request(b"", NOW, &Limits::default()).unwrap().is_understood());
    assert_eq!(
        read_request(b"[]", NOW, &Limits::default()).err(),
        Some(ReadError::NotThis("a search request"))
    );
    let many: Vec<String> = (0..20_001).map(|n| n.to_string()).collect();
    let text = json!({ "value": many }).to_string();
    assert!(matches!(read_request(text.as_bytes(), NOW, &Limits::default()), Err(ReadError::TooMany { .. })));
}

#[test]
fn answers_have_mips_envelopes() {
    let events = two();
    let entries = || (1..).zip(&events).map(|(id, event)| Entry { id, event });
    let all = query(&json!({}));
    let answer = events_answer(&all, &search_events(&all, entries()));
    let first = &answer["response"][0]["Event"];
    assert_eq!((&first["id"], &first["uuid"]), (&json!("1"), &json!("10000000-0000-4000-8000-000000000001")));
    assert_eq!(first["Attribute"].as_array().unwrap().len(), 4, "what is withdrawn is not shown");
    assert!(!answer.to_string().contains("aGVsbG8="), "attachments are for who asks");
    let with = query(&json!({"withAttachments": 1, "to_ids": 0}));
    let answer = events_answer(&with, &search_events(&with, entries()));
    assert!(answer.to_string().contains("aGVsbG8="));
    assert_eq!(answer["response"][0]["Event"]["Object"], json!([]));
    let meta = query(&json!({"metadata": true}));
    let answer = events_answer(&meta, &search_events(&meta, entries()));
    assert_eq!(
        (&answer["response"][0]["Event"]["Attribute"], &answer["response"][0]["Event"]["attribute_count"]),
        (&json!([]), &json!("6"))
    );

    let one = query(
        &json!({"type": "ip-src", "includeEventUuid": true, "includeEventTags": 1, "includeSightings": 1}),
    );
    let answer = attributes_answer(&one, &search_attributes(&one, entries()));
    let attribute = &answer["response"]["Attribute"][0];
    assert_eq!(attribute["event_uuid"], "10000000-0000-4000-8000-000000000002");
    assert_eq!(
        (&attribute["Event"]["info"], &attribute["Tag"][0]["name"]),
        (&json!("Scanning"), &json!("tlp:red"))
    );
    assert_eq!(attribute["Sighting"][0]["date_sighting"], NOW.to_string());
    let none = query(&json!({"type": "sha1"}));
    assert_eq!(attributes_answer(&none, &[]), json!({"response": {"Attribute": []}}));
    assert_eq!(event_answer(Entry { id: 7, event: &events[0] })["Event"]["id"], "7");
    assert!(error_answer("/events/restSearch", "no")["errors"].is_string());
}

/// RFC 4180: a quote within quotes is written twice.
#[test]
fn tables_have_the_columns_of_misp() {
    let mut events = two();
    events[0].attributes[0].comment = "says \"x\", twice".to_owned();
    let line = |search: Value| {
        let query = query(&search);
        let entries = (1..).zip(&events).map(|(id, event)| Entry { id, event });
        let hits = search_attributes(&query, entries);
        (csv_head(&query), csv_line(&query, &hits[0]))
    };
    let (head, first) = line(json!({"returnFormat": "csv", "requested_attributes": ["event_id", "comment"]}));
    assert_eq!((head.as_str(), first.as_str()), ("event_id,comment\n", "1,\"says \"\"x\"\", twice\"\n"));
    let (head, first) = line(json!({"returnFormat": "csv", "headerless": true}));
    assert_eq!((head.as_str(), first.matches(',').count() >= CSV_COLUMNS.len() - 1), ("", true));
}

#[test]
fn the_index_has_names_of_its_own() {
    let read =
        |value: Value| read_index_request(value.to_string().as_bytes(), NOW, &Limits::default()).unwrap();
    let request = read(json!({"tag": "tlp:red", "datefrom": "2026-11-10", "minimal": true, "email": null}));
    assert!(request.is_understood() && request.minimal);
    let events = two();
    let entries = (1..).zip(&events).map(|(id, event)| Entry { id, event });
    assert_eq!(search_events(&request.query, entries).len(), 1);
    assert_eq!(read(json!({"threatlevel": [1], "value": "x"})).unsupported, ["threatlevel", "value"]);
    assert_eq!(read(json!({"tag": "a", "tags": "b"})).twice.len(), 1);
    let mut paged = read(json!({"limit": 5, "page": 3})).query;
    assert_eq!(paged.take_page(), Page { skip: 10, take: Some(5) });
    assert_eq!(paged.take_page(), Page { skip: 0, take: None });
}

#[test]
fn the_handshake_has_what_pymisp_reads() {
    assert_eq!(pymisp_version_answer("2.5.34")["version"], "2.5.34");
    assert_eq!(version_answer("2.5.34", "2.5.34")["pymisp_recommended_version"], "2.5.34");
    let org =
        Org { uuid: Uuid::parse_str("55f6ea5e-2c60-40e5-964f-47a8950d210f").unwrap(), name: "EMB".into() };
    let me = me_answer(&Me { id: 3, email: "reader@example.org".into(), org });
    assert_eq!(
        (&me["User"]["email"], &me["Role"]["perm_add"]),
        (&json!("reader@example.org"), &json!(false))
    );
    assert_eq!(describe_types_answer()["result"]["types"].as_array().unwrap().len(), 194);
}
