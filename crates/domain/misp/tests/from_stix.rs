//! What others write, as MISP events. What misp-stix and PyMISP make of the results is checked by
//! `tools/interop/threats/misp_check.py`.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common {
    pub(crate) mod objects;
}

use common::objects::objects;
use scr_misp::event::{Event, Org, SightingKind};
use scr_misp::from_stix::{Again, Made, OneEvent, Options, from_stix};
use scr_misp::galaxy::{Galaxies, read_clusters};
use scr_misp::{Code, Limits};
use scr_stix::Tlp;
use serde_json::{Value, json};
use uuid::Uuid;

fn make(values: &[Value], options: &Options<'_>) -> Made {
    from_stix(&objects(values), options, &Limits::default())
}

fn values(event: &Event) -> Vec<(String, String)> {
    event.all_attributes().map(|attribute| (attribute.kind.clone(), attribute.value.clone())).collect()
}

fn indicator(uuid: &str, pattern: &str) -> Value {
    json!({"type": "indicator", "spec_version": "2.1", "id": format!("indicator--{uuid}"), "created": "2026-11-01T10:00:00.000Z",
        "modified": "2026-11-02T10:00:00.000Z", "valid_from": "2026-11-01T10:00:00Z", "pattern_type": "stix", "pattern": pattern,
        "name": "A name", "description": "Words"})
}

const ONE: &str = "5a3c2fda-78f4-44b7-8366-46da02de0b81";
const TWO: &str = "6a3c2fda-78f4-44b7-8366-46da02de0b81";

#[test]
fn lone_objects_are_gathered_by_creator_day_and_label() {
    let identity = json!({"type": "identity", "spec_version": "2.1", "id": "identity--55f6ea5e-2c60-40e5-964f-47a8950d210f",
        "created": "2020-01-01T00:00:00.000Z", "modified": "2020-01-01T00:00:00.000Z", "name": "EMB", "identity_class": "organization"});
    let mut one = indicator(ONE, "[domain-name:value = 'example.org']");
    one["created_by_ref"] = identity["id"].clone();
    one["object_marking_refs"] = json!([scr_stix::tlp::marking_id(Tlp::Green)]);
    let mut two = indicator(TWO, "[url:value LIKE '%x%']");
    two["created_by_ref"] = identity["id"].clone();
    let mut three = indicator("7a3c2fda-78f4-44b7-8366-46da02de0b81", "[ipv4-addr:value = '192.0.2.1']");
    three["object_marking_refs"] = json!([scr_stix::tlp::marking_id(Tlp::Green)]);
    let all = [identity, one, two, three];
    let host =
        Org { uuid: Uuid::parse_str("65f6ea5e-2c60-40e5-964f-47a8950d210f").unwrap(), name: "Hub".into() };
    let made = make(&all, &Options { host: Some(&host), ..Options::default() });
    assert_eq!(made, make(&all, &Options { host: Some(&host), ..Options::default() }));
    let mut found: Vec<_> = made
        .events
        .iter()
        .map(|event| {
            assert_eq!((event.date.to_string().as_str(), event.timestamp), ("2026-11-01", 1_793_613_600));
            (event.orgc.name.as_str(), event.tags[0].name.as_str(), values(event))
        })
        .collect();
    found.sort();
    let pair = |kind: &str, value: &str| vec![(kind.to_owned(), value.to_owned())];
    assert_eq!(
        found,
        [
            ("EMB", "tlp:green", pair("domain", "example.org")),
            ("EMB", "tlp:red", pair("stix2-pattern", "[url:value LIKE '%x%']")),
            ("Hub", "tlp:green", pair("ip-dst", "192.0.2.1")),
        ]
    );
    let attribute = &made.events.iter().find(|event| event.orgc.name == "Hub").unwrap().attributes[0];
    assert_eq!((attribute.comment.as_str(), attribute.to_ids, attribute.tags.len()), ("Words", true, 0));
    // The caller's own event instead; what is narrower says so itself.
    let one = OneEvent { uuid: Uuid::parse_str(ONE).unwrap(), info: "All".into(), tlp: Tlp::Green };
    let made = make(&all, &Options { one: Some(&one), ..Options::default() });
    let [event] = made.events.as_slice() else { panic!() };
    let labels: Vec<_> = event
        .attributes
        .iter()
        .map(|a| a.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>())
        .collect();
    assert_eq!(labels, [vec![], vec!["tlp:red"], vec![]]);
}

#[test]
fn patterns_become_attributes_as_far_as_they_say_the_same() {
    let cases = [
        (
            "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
            vec![("md5", "d41d8cd98f00b204e9800998ecf8427e")],
        ),
        (
            "[domain-name:value = 'a.example.org' OR ipv4-addr:value = '192.0.2.1']",
            vec![("hostname", "a.example.org"), ("ip-dst", "192.0.2.1")],
        ),
        ("[ipv4-addr:value = '192.0.2.0/24']", vec![("ip-dst", "192.0.2.0/24")]),
        (
            "[url:value = 'https://example.org'] AND [ipv4-addr:value = '192.0.2.1']",
            vec![(
                "stix2-pattern",
                "[url:value = 'https://example.org'] AND [ipv4-addr:value = '192.0.2.1']",
            )],
        ),
        ("[x-custom:thing = 'a']", vec![("stix2-pattern", "[x-custom:thing = 'a']")]),
        (
            "[file:name = 'a' AND file:size > 5]",
            vec![("stix2-pattern", "[file:name = 'a' AND file:size > 5]")],
        ),
        ("[file:name = 'a' AND file:size = 5]", vec![("filename", "a"), ("size-in-bytes", "5")]),
    ];
    for (pattern, expected) in cases {
        let made = make(&[indicator(ONE, pattern)], &Options::default());
        let expected: Vec<_> = expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(values(&made.events[0]), expected, "{pattern}");
        assert_eq!(made.warnings.listed(), []);
        let event = &made.events[0];
        let first =
            event.attributes.first().map_or_else(|| event.objects[0].uuid, |attribute| attribute.uuid);
        assert_eq!(first.to_string(), ONE);
    }
    let mut yara = indicator(ONE, "rule a { condition: true }");
    yara["pattern_type"] = "yara".into();
    assert_eq!(values(&make(&[yara], &Options::default()).events[0])[0].0, "yara");
    let mut other = indicator(ONE, "a.*b");
    other["pattern_type"] = "pcre".into();
    assert_eq!(values(&make(&[other], &Options::default()).events[0])[0].0, "text");
    let mut revoked = indicator(ONE, "[url:value = 'https://example.org']");
    revoked["revoked"] = true.into();
    revoked["valid_until"] = "2026-12-01T00:00:00Z".into();
    let made = make(&[revoked], &Options::default());
    assert!(made.events[0].attributes[0].deleted);
    assert_eq!(made.events[0].attributes[0].sightings[0].kind, SightingKind::Expiration);
}

const AT: &str = "2026-11-01T10:00:00.000Z";

/// The id of an object of the report.
fn nth(kind: &str, number: u8) -> String {
    format!("{kind}--10000000-0000-4000-8000-0000000000{number:02x}")
}

fn object(id: &str, more: &Value) -> Value {
    let kind = id.split_once("--").unwrap().0;
    let mut object = json!({"type": kind, "spec_version": "2.1", "id": id, "created": AT, "modified": AT});
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

/// A report with what it names and what is said about that.
fn reported() -> Vec<Value> {
    let domain = json!({"type": "domain-name", "spec_version": "2.1", "id": "domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5",
        "value": "example.com"});
    let (seen, looked_for) = (format!("observed-data--{TWO}"), format!("indicator--{ONE}"));
    let mut all = vec![
        object(
            &seen,
            &json!({"first_observed": AT, "last_observed": "2026-11-02T10:00:00Z", "number_observed": 3,
            "object_refs": [domain["id"]]}),
        ),
        domain,
        indicator(
            ONE,
            "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:name = 'a' AND file:size = 5]",
        ),
    ];
    let others = [
        ("vulnerability", json!({"name": "CVE-2021-44228"})),
        (
            "attack-pattern",
            json!({"name": "Phishing",
            "external_references": [{"source_name": "mitre-attack", "external_id": "T1566"}]}),
        ),
        ("malware", json!({"name": "Bot", "is_family": true})),
        ("identity", json!({"name": "Ada Example", "identity_class": "individual"})),
        (
            "relationship",
            json!({"relationship_type": "indicates", "source_ref": looked_for, "target_ref": nth("attack-pattern", 2)}),
        ),
        (
            "relationship",
            json!({"relationship_type": "related-to", "source_ref": seen, "target_ref": looked_for}),
        ),
        ("sighting", json!({"sighting_of_ref": looked_for, "last_seen": AT})),
        ("note", json!({"content": "Words", "abstract": "Title", "object_refs": [looked_for]})),
        (
            "opinion",
            json!({"opinion": "strongly-disagree", "authors": ["Town"], "object_refs": [looked_for]}),
        ),
        ("x-election-claim", json!({"name": "A claim"})),
        (
            "report",
            json!({"name": "Report", "published": AT, "labels": ["rsit:fraud=\"phishing\""], "object_refs": [
            seen, looked_for, nth("vulnerability", 1), nth("attack-pattern", 2), nth("malware", 3), nth("identity", 4),
            nth("x-election-claim", 10), "indicator--99999999-9999-4999-8999-999999999999"]}),
        ),
    ];
    all.extend((1..).zip(&others).map(|(number, (kind, more))| object(&nth(kind, number), more)));
    all
}

#[test]
fn a_report_is_an_event_with_what_it_names() {
    let all = reported();
    let made = make(&all, &Options::default());
    let [event] = made.events.as_slice() else { panic!("{:?}", made.events.len()) };
    assert_eq!(
        (event.uuid.to_string().as_str(), event.info.as_str(), event.published),
        ("10000000-0000-4000-8000-00000000000b", "Report", true)
    );
    let tags: Vec<_> = event.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(
        tags,
        [
            "tlp:red",
            "rsit:fraud=\"phishing\"",
            "misp-galaxy:stix-2.1-malware=\"Bot\"",
            "misp-galaxy:stix-2.1-x-election-claim=\"A claim\""
        ]
    );
    assert_eq!(
        event.attributes.iter().map(|a| (a.kind.as_str(), a.value.as_str(), a.to_ids)).collect::<Vec<_>>(),
        [("domain", "example.com", false), ("vulnerability", "CVE-2021-44228", false)]
    );
    assert_eq!(event.attributes[0].last_seen.unwrap().to_string(), "2026-11-02T10:00:00Z");
    assert_eq!(event.objects.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["file", "person"]);
    let file = &event.objects[0];
    assert!(file.attributes.iter().all(|attribute| attribute.to_ids), "an indicator looks for all of it");
    assert_eq!(file.attributes[0].tags[0].name, "misp-galaxy:mitre-attack-pattern=\"Phishing - T1566\"");
    let kinds: Vec<_> = file.attributes[0].sightings.iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [SightingKind::Seen, SightingKind::FalsePositive]);
    assert_eq!(
        (file.references.len(), file.references[0].to, file.references[0].relationship.as_str()),
        (1, event.attributes[0].uuid, "related-to")
    );
    assert_eq!((event.reports[0].name.as_str(), event.reports[0].content.as_str()), ("Title", "Words"));
    let warned: Vec<_> = made.warnings.listed().iter().map(|w| w.code).collect();
    assert_eq!(warned, [] as [Code; 0]);
}

/// OASIS's own examples (oasis-open/cti-documentation @ 4924547e). What their indicators look for, counted in the files:
///
/// - `apt1`: 12 indicators, of which 10 have one comparison and the two of certificates (issuer, serial number) two: 14.
/// - `poisonivy`: 25 indicators with 67 comparisons, of which one is of no name at all (`domain autuo.xicp.net`), and so
///   not fit for detection: 66. One malware is not named in the report and goes into an event of its own.
/// - `sighting-of-observed-data`: no indicator; a malware of one creator, what another has observed three years later.
/// - `using-granular-markings`: one indicator with `MATCHES`, which is no attribute and stays a pattern.
#[test]
fn published_bundles_become_events() {
    for (name, events, detecting, patterns) in [
        ("apt1", 1, 14, 0),
        ("poisonivy", 2, 66, 0),
        ("sighting-of-observed-data", 2, 0, 0),
        ("using-granular-markings", 1, 1, 1),
    ] {
        let Some(path) = scr_testing::data(&format!("threats/stix/examples/{name}.json")) else { return };
        let bundle: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let made = make(
            bundle["objects"].as_array().unwrap(),
            &Options { unmarked: Some(Tlp::Clear), ..Options::default() },
        );
        let all: Vec<_> = made.events.iter().flat_map(Event::all_attributes).collect();
        let found = all.iter().filter(|attribute| attribute.to_ids).count();
        let kept = all.iter().filter(|attribute| attribute.kind == "stix2-pattern").count();
        assert_eq!((made.events.len(), found, kept), (events, detecting, patterns), "{name}");
    }
}

/// A server knows labels that no marking says, and which ids are taken: what follows from an id follows from the new one.
#[test]
fn a_caller_may_know_labels_and_ids_better() {
    let file = indicator(TWO, "[file:name = 'a.exe' AND file:size = 7]");
    let all = [indicator(ONE, "[domain-name:value = 'example.org']"), file];
    let labels =
        [(format!("indicator--{ONE}"), Tlp::Clear), (format!("indicator--{TWO}"), Tlp::Amber)].into();
    let one = OneEvent { uuid: Uuid::nil(), info: "All".into(), tlp: Tlp::Clear };
    let options = Options { one: Some(&one), labels: Some(&labels), ..Options::default() };
    let plain = make(&all, &options).events;
    assert_eq!(plain[0].attributes[0].uuid.to_string(), ONE);
    assert!(plain[0].attributes[0].tags.is_empty(), "as wide as its event");
    assert_eq!(plain[0].objects[0].attributes[0].tags[0].name, "tlp:amber");
    assert_eq!(plain[0].objects[0].distribution.number(), 1);
    let ids = [format!("indicator--{ONE}"), format!("indicator--{TWO}")].into();
    let again = Again { event: one.uuid, ids };
    let other = make(&all, &Options { again: Some(&again), ..options }).events;
    assert_eq!(values(&plain[0]), values(&other[0]));
    let ids = |event: &Event| {
        let of_objects = event.objects.iter().map(|object| object.uuid);
        event.all_attributes().map(|one| one.uuid).chain(of_objects).collect::<Vec<_>>()
    };
    assert!(ids(&plain[0]).iter().all(|uuid| !ids(&other[0]).contains(uuid)));
}

/// DISARM's own file (DISARMFoundation/DISARMframeworks @ 49df5f64) calls its source "mitre-attack" and has ids that
/// change from build to build; MISP's galaxy knows the techniques by their number.
#[test]
fn techniques_of_disarm_have_the_tags_of_misp() {
    let (Some(framework), Some(galaxy)) = (
        scr_testing::data("threats/disarm/DISARM.json"),
        scr_testing::data("threats/misp/galaxies/cluster_disarm-techniques.json"),
    ) else {
        return;
    };
    let mut galaxies = Galaxies::default();
    galaxies.add_clusters(read_clusters(&std::fs::read(galaxy).unwrap(), &Limits::default()).unwrap().0);
    let bundle: Value = serde_json::from_slice(&std::fs::read(framework).unwrap()).unwrap();
    let all: Vec<Value> = bundle["objects"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|o| o["type"] == "attack-pattern")
        .cloned()
        .collect();
    assert_eq!(all.len(), 391);
    let made = make(&all, &Options { galaxies: Some(&galaxies), ..Options::default() });
    let tags: Vec<&str> =
        made.events.iter().flat_map(|event| &event.tags).map(|tag| tag.name.as_str()).collect();
    assert!(tags.contains(&"misp-galaxy:disarm-techniques=\"Facilitate State Propaganda\""));
    let known = tags.iter().filter(|tag| tag.starts_with("misp-galaxy:disarm-techniques=")).count();
    assert!(known > 250, "{known}");
    // Without the galaxy the titles stand for the clusters, and nothing of DISARM becomes a technique of ATT&CK.
    let made = make(&all, &Options::default());
    let mut tags = made.events.iter().flat_map(|event| &event.tags).map(|tag| tag.name.as_str());
    assert!(tags.all(|tag| tag.starts_with("misp-galaxy:disarm-techniques=") || tag.starts_with("tlp:")));
}
