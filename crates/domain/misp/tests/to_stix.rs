//! Events as STIX, beside what misp-stix 2026.10.12 makes of the same event.
//!
//! `shared/data/threats/misp/stix21_by_misp-stix/m2s_existing_event.json` is misp-stix's conversion of
//! `events/existing_event.json` (MISP/PyMISP @ 99a1c797). Where ours differs, and why:
//!
//! - Observables have the ids that STIX derives from their properties (section 2.9); misp-stix gives each the id of its
//!   attribute. So one that occurs twice is one object: 18 domain names instead of 19, 11 addresses instead of 12.
//! - Clusters that share one UUID in the event (it is the galaxy's) are kept apart under derived ids; misp-stix keeps
//!   the first of them and drops the others: 6 tools instead of 2, 7 malware instead of 1.
//! - Markings are TLP 2.0, so `tlp:white` is TLP:CLEAR, and every object has one, not the report alone.
//! - `created` is the day of the event, because it must stay when an attribute changes.
//! - By default there is no observed data for what is meant for detection; [`Observations::Always`] is compared here.
//! - Not in this event: numbers in patterns are numbers (`dst_port = 443`, not `'443'`, which matches nothing), one
//!   comparison expression is about one type of object (`hostname|port`), values of one property are alternatives
//!   (`file:name = 'a' OR file:name = 'b'`), `x_misp_…` is never looked for, rules of YARA, Snort and Suricata are
//!   not put into brackets, indicators do not end when they were last seen.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common {
    pub(crate) mod event;
    pub(crate) mod objects;
}

use common::event::event;
use common::objects::objects;
use scr_misp::event::{Attribute, Event};
use scr_misp::galaxy::{Galaxies, read_clusters};
use scr_misp::to_stix::{Converted, Observations, Options, to_stix};
use scr_misp::{Code, Limits};
use scr_patterns::{EvalLimits, Observations as Seen, Pattern};
use scr_stix::Tlp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const EVERY: &str = include_str!("events/every_type.json");

fn convert(event: &Event, observations: Observations) -> Converted {
    to_stix(event, &Options { observations, ..Options::default() }, &Limits::default())
}

fn counts(objects: &[Value]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for object in objects {
        *counts.entry(object["type"].as_str().unwrap()).or_default() += 1;
    }
    counts
}

fn ids<'o>(objects: &'o [Value], kind: &str) -> BTreeSet<&'o str> {
    objects.iter().filter(|o| o["type"] == kind).map(|o| o["id"].as_str().unwrap()).collect()
}

/// The comparisons of a pattern in any order.
fn comparisons(pattern: &str) -> BTreeSet<&str> {
    pattern.trim_matches(['[', ']']).split(" AND ").collect()
}

#[test]
fn the_reference_has_the_same_objects() {
    let (Some(ours), Some(theirs)) = (
        scr_testing::data("threats/misp/events/existing_event.json"),
        scr_testing::data("threats/misp/stix21_by_misp-stix/m2s_existing_event.json"),
    ) else {
        return;
    };
    let event = event(&std::fs::read_to_string(ours).unwrap());
    let converted = convert(&event, Observations::Always);
    assert_eq!(converted.warnings.listed(), []);
    assert_eq!((converted.tlp, converted.chatham_house), (Tlp::Clear, false));
    let reference: Value = serde_json::from_slice(&std::fs::read(theirs).unwrap()).unwrap();
    let (ours, theirs) = (&converted.objects, reference["objects"].as_array().unwrap());
    let mut expected = counts(theirs);
    assert_eq!(expected.values().sum::<usize>(), 266);
    for (kind, from, to) in
        [("domain-name", 19, 18), ("ipv4-addr", 12, 11), ("tool", 2, 6), ("malware", 1, 7)]
    {
        assert_eq!(expected.insert(kind, to), Some(from));
    }
    assert_eq!(counts(ours), expected);
    for kind in ["indicator", "observed-data", "grouping", "identity", "threat-actor", "x-misp-attribute"] {
        assert_eq!(ids(ours, kind), ids(theirs, kind), "{kind}");
    }
    let by_id = |objects: &[Value]| -> BTreeMap<String, Value> {
        objects.iter().map(|object| (object["id"].as_str().unwrap().to_owned(), object.clone())).collect()
    };
    let (mine, other) = (by_id(ours), by_id(theirs));
    for id in ids(theirs, "indicator") {
        let pattern = |objects: &BTreeMap<String, Value>| objects[id]["pattern"].as_str().unwrap().to_owned();
        let (one, two) = (pattern(&mine), pattern(&other));
        assert_eq!(comparisons(&one), comparisons(&two));
        assert_eq!(mine[id]["description"], other[id]["description"]);
        assert_eq!(mine[id]["labels"], other[id]["labels"]);
        assert_eq!(mine[id]["kill_chain_phases"], other[id]["kill_chain_phases"]);
    }
    // References keep their ids; `based-on` has others, for the same ends.
    let ends = |objects: &[Value]| -> BTreeSet<String> {
        let all = objects.iter().filter(|object| object["type"] == "relationship");
        all.map(|o| format!("{} {} {}", o["source_ref"], o["relationship_type"], o["target_ref"])).collect()
    };
    let based_on = |ends: BTreeSet<String>| {
        ends.into_iter().filter(|end| end.contains("based-on")).collect::<BTreeSet<_>>()
    };
    assert_eq!(based_on(ends(ours)), based_on(ends(theirs)));
    for object in
        theirs.iter().filter(|o| o["type"] == "relationship" && o["relationship_type"] != "based-on")
    {
        let id = object["id"].as_str().unwrap();
        let of = |id: &Value| id.as_str().unwrap().rsplit_once("--").unwrap().1.to_owned();
        assert_eq!(of(&mine[id]["source_ref"]), of(&object["source_ref"]));
        assert_eq!(of(&mine[id]["target_ref"]), of(&object["target_ref"]));
    }
    // Every observable of theirs is one of ours, by what it says.
    assert!(observables(theirs).is_subset(&observables(ours)));
}

/// What observables say, whichever ids they have.
fn observables(objects: &[Value]) -> BTreeSet<Vec<String>> {
    let kinds = ["file", "domain-name", "ipv4-addr", "url"];
    let all = objects.iter().filter(|object| kinds.contains(&object["type"].as_str().unwrap()));
    all.map(|object| {
        let said = ["type", "value", "hashes", "name"].into_iter().map(|name| object[name].to_string());
        let resolves = object["resolves_to_refs"].as_array().map(Vec::len);
        said.chain([format!("{resolves:?}")]).collect()
    })
    .collect()
}

/// How many attributes are for detection, and objects with such attributes.
fn detecting(event: &Event) -> usize {
    let detects = |attributes: &[Attribute]| attributes.iter().filter(|attribute| attribute.to_ids).count();
    detects(&event.attributes) + event.objects.iter().filter(|object| detects(&object.attributes) > 0).count()
}

/// An indicator that does not find what it was made of is worth nothing.
#[test]
fn every_indicator_finds_its_own_observation() {
    let event = event(EVERY);
    let converted = convert(&event, Observations::Always);
    let by_id: BTreeMap<&str, &Value> =
        converted.objects.iter().map(|object| (object["id"].as_str().unwrap(), object)).collect();
    let mut found = 0;
    for relation in converted.objects.iter().filter(|o| o["relationship_type"] == "based-on") {
        let indicator = by_id[relation["source_ref"].as_str().unwrap()];
        let data = by_id[relation["target_ref"].as_str().unwrap()];
        let mut bundle = vec![data.clone()];
        bundle.extend(
            data["object_refs"].as_array().unwrap().iter().map(|id| by_id[id.as_str().unwrap()].clone()),
        );
        let bundle = json!({"type": "bundle", "id": "bundle--5a3c2fcd-8328-42bb-a95e-4f4402de0b81", "objects": bundle});
        let pattern =
            Pattern::parse(indicator["pattern"].as_str().unwrap(), &scr_patterns::Limits::default()).unwrap();
        let seen = Seen::from_bundles([&bundle]).unwrap();
        let outcome = pattern.matches(&seen, &EvalLimits::default()).unwrap();
        assert!(outcome.is_match(), "{} {bundle}", indicator["pattern"]);
        found += 1;
    }
    // Of the 115 attributes and objects for detection 33 have no observable, neither here nor by
    // misp-stix: their types have none, and two are TLSH with a prefix that STIX does not have. The other 82 are
    // indicators, among them the 64 of misp-stix 2026.10.12. 7 of these are rules and patterns, and one is a path
    // without a host, which no traffic of STIX 2.1 can be (section 6.12).
    let indicators = converted.objects.iter().filter(|object| object["type"] == "indicator").count();
    assert_eq!((detecting(&event), indicators, found), (115, 82, 82 - 7 - 1));
    for object in converted.objects.iter().filter(|o| o["pattern_type"] == "stix") {
        let pattern = object["pattern"].as_str().unwrap();
        Pattern::parse(pattern, &scr_patterns::Limits::default())
            .unwrap_or_else(|error| panic!("{pattern}: {error}"));
    }
}

#[test]
fn every_type_is_something() {
    let event = event(EVERY);
    for observations in [Observations::WithoutDetection, Observations::Always] {
        let converted = convert(&event, observations);
        assert_eq!(converted, convert(&event, observations));
        let ids: BTreeSet<&str> =
            converted.objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), converted.objects.len(), "an id twice");
        // Whatever is referred to is there, and everything has a marking.
        for object in objects(&converted.objects) {
            for reference in &object.head().refs {
                assert!(ids.contains(reference.id.as_str()), "{} {}", object.id(), reference.id);
            }
            assert!(
                object.kind() == "marking-definition" || object.head().object_marking_refs.len() == 1,
                "{}",
                object.id()
            );
        }
        let warned: Vec<_> = converted.warnings.listed().iter().map(|warning| warning.code).collect();
        assert_eq!(warned, [Code::NoCounterpart, Code::NoCounterpart], "TLSH with its prefix");
        let report = converted.objects.iter().find(|object| object["type"] == "report").unwrap();
        assert_eq!(report["published"], "2026-11-18T11:07:00.000Z");
        assert_eq!(
            report["labels"],
            json!([
                "misp-galaxy:guidelines=\"Tampering with registrations\"",
                "misp-galaxy:disarm-techniques=\"Facilitate State Propaganda\"",
                "workflow:state=\"complete\""
            ])
        );
        for attribute in event.attributes.iter().chain(event.objects.iter().flat_map(|o| &o.attributes)) {
            let written = converted
                .objects
                .iter()
                .any(|object| object.to_string().contains(&attribute.uuid.to_string()));
            assert!(written, "{} {}", attribute.kind, attribute.uuid);
        }
    }
}

/// An event with one attribute for detection and these tags and distributions.
fn small(
    tags: &[&str],
    distribution: &Value,
    attribute_tags: &[&str],
    attribute_distribution: &Value,
) -> Event {
    let tagged = |tags: &[&str]| tags.iter().map(|tag| json!({"name": tag})).collect::<Vec<_>>();
    event(&json!({"uuid": "5a3c2fcd-8328-42bb-a95e-4f4402de0b81", "info": "x", "date": "2026-11-27", "timestamp": 1_795_000_000,
        "distribution": distribution, "Orgc": {"name": "EMB", "uuid": "55f6ea5e-2c60-40e5-964f-47a8950d210f"}, "Tag": tagged(tags),
        "Attribute": [{"uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "domain", "value": "a.example",
            "Tag": tagged(attribute_tags), "distribution": attribute_distribution, "timestamp": 1_795_000_000,
            "Sighting": [{"type": 0, "date_sighting": 1_795_000_100, "source": "sensor", "uuid": "6a3c2fda-78f4-44b7-8366-46da02de0b81",
                "Organisation": {"name": "Town", "uuid": "65f6ea5e-2c60-40e5-964f-47a8950d210f"}}]}]}).to_string())
}

fn label(object: &Value) -> Tlp {
    let id = scr_stix::Id::parse(object["object_marking_refs"][0].as_str().unwrap()).unwrap();
    scr_stix::tlp::of_marking(&id).unwrap()
}

fn of_kind<'o>(converted: &'o Converted, kind: &str) -> &'o Value {
    converted.objects.iter().find(|object| object["type"] == kind).unwrap()
}

#[test]
fn markings_are_never_wider_than_what_is_around() {
    for (tags, distribution, attribute_tags, attribute_distribution, event, attribute) in [
        (&["tlp:white"][..], json!("3"), &[][..], json!("5"), Tlp::Clear, Tlp::Clear),
        (&["tlp:amber+strict"], json!("3"), &["tlp:clear"], json!("5"), Tlp::AmberStrict, Tlp::AmberStrict),
        (&["tlp:clear"], json!("3"), &["tlp:red"], json!("5"), Tlp::Clear, Tlp::Red),
        (&["tlp:clear"], json!("3"), &[], json!("0"), Tlp::Clear, Tlp::AmberStrict),
        (&[], json!("3"), &[], json!("5"), Tlp::Green, Tlp::Green),
        (&[], Value::Null, &[], json!("5"), Tlp::AmberStrict, Tlp::AmberStrict),
        (&["tlp:ex:chr"], json!("3"), &[], json!("5"), Tlp::Amber, Tlp::Amber),
    ] {
        let converted = convert(
            &small(tags, &distribution, attribute_tags, &attribute_distribution),
            Observations::Always,
        );
        assert_eq!(converted.tlp, event, "{tags:?}");
        assert_eq!(label(of_kind(&converted, "grouping")), event);
        for kind in ["indicator", "observed-data", "domain-name", "relationship", "sighting"] {
            assert_eq!(label(of_kind(&converted, kind)), attribute, "{tags:?} {attribute_tags:?} {kind}");
        }
        assert!(!converted.objects.iter().any(|object| object["labels"].to_string().contains("tlp:clear")));
    }
}

#[test]
fn chatham_house_hides_who_said_it() {
    let converted =
        convert(&small(&["tlp:ex:chr", "tlp:green"], &json!("3"), &[], &json!("5")), Observations::Always);
    assert!(converted.chatham_house);
    assert_eq!((converted.tlp, converted.creator.name.as_str()), (Tlp::Green, "EMB"));
    let text = json!(converted.objects).to_string();
    for word in ["EMB", "55f6ea5e", "Town", "65f6ea5e", "sensor", "created_by_ref", "identity--"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(of_kind(&converted, "grouping")["labels"], json!(["tlp:ex:chr"]));
}

#[test]
fn what_is_withdrawn_is_revoked_or_gone() {
    let value = json!({"info": "x", "date": "2026-11-27", "timestamp": 1_795_000_000, "Attribute": [
        {"uuid": "5a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "domain", "value": "a.example", "deleted": true},
        {"uuid": "6a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "text", "value": "secret", "deleted": true},
        {"uuid": "7a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "domain", "value": "seen.example", "to_ids": false, "deleted": true}],
        "Object": [{"uuid": "8a3c2fda-78f4-44b7-8366-46da02de0b81", "name": "file", "deleted": true, "Attribute": [
            {"uuid": "9a3c2fda-78f4-44b7-8366-46da02de0b81", "type": "md5", "object_relation": "md5", "value": "d41d8cd98f00b204e9800998ecf8427e"}]},
            {"name": "microblog", "deleted": true, "Attribute": [{"type": "text", "object_relation": "post", "value": "secret"}]}]});
    let converted = convert(&event(&value.to_string()), Observations::Always);
    let indicators: Vec<_> = converted.objects.iter().filter(|o| o["type"] == "indicator").collect();
    assert_eq!(indicators.len(), 2);
    assert!(indicators.iter().all(|indicator| indicator["revoked"] == true));
    let text = json!(converted.objects).to_string();
    assert!(!text.contains("secret") && !text.contains("seen.example"));
}

#[test]
fn tags_of_feeds_become_clusters_where_the_galaxy_is_known() {
    let Some(folder) = scr_testing::data("threats/misp/galaxies") else { return };
    let mut galaxies = Galaxies::default();
    for name in ["cluster_disarm-techniques.json", "cluster_election-guidelines.json", "cluster_sector.json"]
    {
        galaxies.add_clusters(
            read_clusters(&std::fs::read(folder.join(name)).unwrap(), &Limits::default()).unwrap().0,
        );
    }
    let options = Options { galaxies: Some(&galaxies), ..Options::default() };
    let converted = to_stix(&event(EVERY), &options, &Limits::default());
    let technique = converted.objects.iter().find(|o| o["name"] == "Facilitate State Propaganda").unwrap();
    assert_eq!(technique["type"], "attack-pattern");
    assert_eq!(
        technique["id"],
        format!(
            "attack-pattern--{}",
            galaxies.by_external_id("disarm-techniques", "T0002").unwrap().cluster.uuid.unwrap()
        )
    );
    assert_eq!(technique["external_references"][0]["source_name"], "DISARM");
    assert_eq!(technique["external_references"][0]["external_id"], "T0002");
    assert!(technique["external_references"][0]["url"].as_str().unwrap().ends_with("T0002.md"));
    assert_eq!(
        technique["kill_chain_phases"],
        json!([{"kill_chain_name": "disarm", "phase_name": "plan-objectives"}])
    );
    let threat =
        converted.objects.iter().find(|o| o["x_misp_value"] == "Tampering with registrations").unwrap();
    assert_eq!(threat["type"], "x-misp-galaxy-cluster");
    let report = of_kind(&converted, "report");
    assert_eq!(report["labels"], json!(["workflow:state=\"complete\""]));
    assert!(report["object_refs"].as_array().unwrap().contains(&technique["id"]));
}

/// The id of a system follows from its number alone (STIX 2.1 section 6.2), and of it several things may be said.
#[test]
fn observables_that_say_different_things_have_different_ids() {
    let system = |name: &str| {
        json!({"name": "asn", "Attribute": [{"type": "AS", "object_relation": "asn", "value": "64496"},
            {"type": "text", "object_relation": "description", "value": name}]})
    };
    let value = json!({"info": "x", "date": "2026-11-27", "timestamp": 1_795_000_000,
        "Attribute": [{"type": "AS", "value": "64496", "to_ids": false}, {"type": "AS", "value": "64496", "to_ids": false, "comment": "again"}],
        "Object": [system("ONE"), system("TWO"), system("ONE")]});
    let converted = convert(&event(&value.to_string()), Observations::Always);
    let systems = converted.objects.iter().filter(|object| object["type"] == "autonomous-system");
    let names: Vec<&Value> = systems.map(|system| &system["name"]).collect();
    assert_eq!(names, [&Value::Null, &json!("ONE"), &json!("TWO")]);
    let seen = converted.objects.iter().filter(|object| object["type"] == "observed-data");
    assert_eq!(seen.count(), 5);
    let first = of_kind(&converted, "autonomous-system");
    assert_eq!(first["id"], scr_stix::sco_id("autonomous-system", first).unwrap().as_str());
}

#[test]
fn an_empty_event_is_a_report_that_names_something() {
    let converted =
        convert(&event(r#"{"info":"x","date":"2026-11-27","timestamp":1}"#), Observations::Always);
    let grouping = of_kind(&converted, "grouping");
    assert_eq!(grouping["object_refs"], json!([of_kind(&converted, "x-misp-event-note")["id"]]));
}
