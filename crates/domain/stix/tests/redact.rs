//! Redacted copies: new objects that are valid, marked as asked, and without what was to go.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_stix::marking::{Effective, Meaning};
use scr_stix::{
    Id, Limits, Object, RedactError, Redacted, Redaction, Selector, Timestamp, Tlp, check, redacted_copy,
    sco_id, tlp,
};
use serde_json::{Value, json};

const ORIGINAL: &str = "indicator--1ed8caa7-a708-4706-b651-f1186ede6ca1";
const NEW: &str = "indicator--00000000-0000-4000-8000-000000000001";
const SECRET: &str = "identity--b38dfe21-7477-40d1-aa90-5c8671ce51ca";
const REDACTOR: &str = "identity--00000000-0000-4000-8000-000000000002";
const STATEMENT: &str = "marking-definition--d81f86b9-975b-4c0b-875e-810c5ad45a4f";

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn new_id(kind: &str) -> Id {
    id(&format!("{kind}--00000000-0000-4000-8000-000000000001"))
}

fn read(value: &Value) -> Object {
    Object::read(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn selectors(list: &[&str]) -> Vec<Selector> {
    list.iter().map(|text| Selector::parse(text).unwrap()).collect()
}

/// An indicator of AMBER, with two properties of RED.
fn indicator() -> Value {
    json!({
        "type": "indicator", "spec_version": "2.1", "id": ORIGINAL, "created_by_ref": SECRET,
        "created": "2017-04-27T16:18:24.318Z", "modified": "2017-04-27T16:18:24.318Z",
        "name": "Fake site", "description": "Found on the chair's telephone", "pattern": "[url:value = 'https://a.example/']",
        "pattern_type": "stix", "valid_from": "2017-04-27T16:18:24.318Z", "confidence": 80, "lang": "en",
        "external_references": [
            {"source_name": "ticket", "external_id": "T-1", "url": "https://internal.example/T-1"},
            {"source_name": "report", "description": "public"}],
        "object_marking_refs": [tlp::marking_id(Tlp::Amber), STATEMENT],
        "granular_markings": [
            {"marking_ref": tlp::marking_id(Tlp::Red), "selectors": ["description", "external_references.[0]"]},
            {"marking_ref": tlp::marking_id(Tlp::Clear), "selectors": ["external_references.[1].description"]},
            {"lang": "de", "selectors": ["description", "name"]}],
    })
}

fn with(
    object: &Object,
    drop: &[&str],
    change: impl FnOnce(&mut Redaction<'_>),
) -> Result<Redacted, RedactError> {
    let (redactor, new_id, relationship_id) =
        (id(REDACTOR), new_id(object.kind()), id("relationship--00000000-0000-4000-8000-000000000003"));
    let (drop, now) = (selectors(drop), Timestamp::parse("2026-11-03T20:00:00.123456Z").unwrap());
    let mut redaction = Redaction {
        drop: &drop,
        redactor: &redactor,
        marking: Tlp::Green,
        now: &now,
        new_id: &new_id,
        relationship_id: &relationship_id,
        disclose_original: false,
        placeholder: "[withheld]",
        known: &|id| (id.as_str() == STATEMENT).then_some(Meaning::Statement),
        label_of: &|id| (id.kind() != "identity").then_some(Tlp::Green),
    };
    change(&mut redaction);
    redacted_copy(object, &redaction)
}

#[test]
fn a_copy_is_a_new_object_of_the_redactor() {
    let done = with(&read(&indicator()), &["description", "external_references.[0]"], |_| {}).unwrap();
    let expected = json!({
        "type": "indicator", "spec_version": "2.1", "id": NEW, "created_by_ref": REDACTOR,
        "created": "2026-11-03T20:00:00.123Z", "modified": "2026-11-03T20:00:00.123Z",
        "name": "Fake site", "pattern": "[url:value = 'https://a.example/']",
        "pattern_type": "stix", "valid_from": "2017-04-27T16:18:24.318Z", "confidence": 80, "lang": "en",
        "external_references": [{"source_name": "report", "description": "public"}],
        "object_marking_refs": [tlp::marking_id(Tlp::Green), STATEMENT],
        // The reference has moved, and its marking with it.
        "granular_markings": [
            {"marking_ref": tlp::marking_id(Tlp::Clear), "selectors": ["external_references.[0].description"]},
            {"lang": "de", "selectors": ["name"]}],
    });
    assert_eq!(done.copy.value(), expected);
    assert_eq!((done.replaced.len(), done.references.len(), done.remaining.len()), (0, 0, 0));
    let relationship = json!({
        "type": "relationship", "spec_version": "2.1", "id": "relationship--00000000-0000-4000-8000-000000000003",
        "created_by_ref": REDACTOR, "created": "2026-11-03T20:00:00.123Z", "modified": "2026-11-03T20:00:00.123Z",
        "relationship_type": "derived-from", "source_ref": NEW, "target_ref": ORIGINAL,
        // Readers of the copy do not see where it comes from.
        "object_marking_refs": [tlp::marking_id(Tlp::Red)],
    });
    assert_eq!(done.relationship.value(), relationship);
    assert_eq!(check(&done.relationship), []);
    let disclosed = with(&read(&indicator()), &["description", "external_references.[0]"], |r| {
        r.disclose_original = true
    });
    assert_eq!(
        disclosed.unwrap().relationship.value()["object_marking_refs"],
        json!([tlp::marking_id(Tlp::Green)])
    );
}

#[test]
fn what_stays_keeps_its_spelling() {
    let text = indicator().to_string().replace("\"confidence\":80", "\"x_a_b\":1.50,\"x_c_d\":\"\\u0041\"");
    let object = Object::read(text.as_bytes(), &Limits::default()).unwrap();
    let done = with(&object, &["description", "external_references"], |_| {}).unwrap();
    assert!(done.copy.raw().contains("\"x_a_b\":1.50,\"x_c_d\":\"\\u0041\""));
}

#[test]
fn nothing_narrower_stays() {
    let object = read(&indicator());
    let still = |drop: &[&str]| match with(&object, drop, |_| {}) {
        Err(RedactError::StillNarrower { selector }) => selector,
        other => panic!("{other:?}"),
    };
    assert_eq!(still(&["description"]), "external_references.[0]");
    assert_eq!(still(&[]), "description");
    // A part of what is marked is not enough.
    assert_eq!(still(&["description", "external_references.[0].url"]), "external_references.[0]");
    // A marking that nobody knows is as narrow as RED.
    let unknown = with(&object, &["description", "external_references"], |r| r.known = &|_| None).unwrap();
    assert_eq!(unknown.copy.value()["object_marking_refs"], json!([tlp::marking_id(Tlp::Green)]));
    let mut marked = indicator();
    marked["granular_markings"][1]["marking_ref"] =
        json!("marking-definition--00000000-0000-4000-8000-00000000000f");
    let refused = with(&read(&marked), &["description", "external_references.[0]"], |_| {});
    assert!(matches!(refused, Err(RedactError::StillNarrower { .. })));
}

#[test]
fn texts_that_a_type_needs_are_replaced_and_nothing_else() {
    let report = json!({"type": "report", "spec_version": "2.1", "id": "report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3",
        "created": "2015-12-21T19:59:11.000Z", "modified": "2015-12-21T19:59:11.000Z", "name": "Dr Who", "published": "2016-01-20T17:00:00.000Z",
        "description": "About Dr Who", "object_refs": [ORIGINAL, SECRET, NEW]});
    let with = |drop: &[&str]| with(&read(&report), drop, |_| {});
    let done = with(&["name"]).unwrap();
    assert_eq!((done.copy.value()["name"].clone(), done.replaced.len()), (json!("[withheld]"), 1));
    // The name went, and the description still tells it.
    assert_eq!(done.remaining, ["Dr Who"]);
    // The identity may not be seen.
    assert_eq!(done.copy.value()["object_refs"], json!([ORIGINAL, NEW]));
    let path = done.references.first().unwrap();
    assert_eq!((path.path.as_ref(), path.id.as_str()), ("object_refs.[1]", SECRET));
    assert_eq!(with(&["published"]).unwrap_err(), RedactError::Required("published".to_owned()));
    assert_eq!(with(&["object_refs"]).unwrap_err().code(), "redact-required");
    assert_eq!(with(&["object_refs.[0]", "object_refs.[2]"]).unwrap_err().code(), "redact-required");
    assert_eq!(with(&["type"]).unwrap_err().code(), "redact-required");
    assert_eq!(with(&["nothing"]).unwrap_err().code(), "redact-selects-nothing");
    // Twice, and as part of a whole: the placeholder stands once.
    assert_eq!(with(&["name", "name", "description"]).unwrap().replaced.len(), 1);
}

#[test]
fn references_that_a_type_needs_are_not_broken() {
    let sighting = read(
        &json!({"type": "sighting", "spec_version": "2.1", "id": "sighting--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3",
        "created": "2015-12-21T19:59:11.000Z", "modified": "2015-12-21T19:59:11.000Z", "sighting_of_ref": ORIGINAL,
        "where_sighted_refs": [SECRET]}),
    );
    let done = with(&sighting, &[], |_| {}).unwrap();
    assert_eq!(done.copy.value().get("where_sighted_refs"), None);
    let refused = with(&sighting, &[], |r| r.label_of = &|_| None);
    assert!(matches!(refused, Err(RedactError::RequiredReference { path, .. }) if path == "sighting_of_ref"));
}

#[test]
fn texts_that_name_what_is_hidden_are_refused() {
    for (hidden, code) in [(ORIGINAL, "redact-names"), (SECRET, "redact-names")] {
        let mut object = indicator();
        object["name"] = json!(format!("see {hidden}"));
        let refused = with(&read(&object), &["description", "external_references.[0]"], |_| {});
        assert_eq!(refused.unwrap_err().code(), code);
    }
}

#[test]
fn parts_that_belong_together_go_together() {
    // A reference without source_name would be worth nothing.
    let refused = with(
        &read(&indicator()),
        &["description", "external_references.[0]", "external_references.[1].source_name"],
        |_| {},
    );
    assert!(matches!(refused, Err(RedactError::Invalid(_))), "{refused:?}");
    let location = read(
        &json!({"type": "location", "spec_version": "2.1", "id": "location--a6e9345f-5a15-4c29-8bb3-7dcc5d168d64",
        "created": "2016-04-06T20:03:00.000Z", "modified": "2016-04-06T20:03:00.000Z", "latitude": 48.8566, "longitude": 2.3522, "country": "FR"}),
    );
    let with = |drop: &[&str]| with(&location, drop, |_| {});
    assert!(matches!(with(&["latitude"]), Err(RedactError::Invalid(_))));
    assert_eq!(with(&["latitude", "longitude"]).unwrap().copy.value()["country"], json!("FR"));
}

#[test]
fn observables_are_identified_by_what_is_left() {
    let mut file = json!({"type": "file", "name": "list of voters.xlsx", "hashes": {"SHA-256": "aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f"},
        "parent_directory_ref": "directory--30b6c25d-82f4-51af-a3c8-51cb692dfd0a", "size": 7});
    file["id"] = json!(sco_id("file", &file).unwrap());
    let with_file = |drop: &[&str]| with(&read(&file), drop, |_| {});
    let done = with_file(&["name"]).unwrap();
    assert_eq!(Some(done.copy.id().clone()), sco_id("file", &done.copy.value()));
    assert_ne!(done.copy.id().as_str(), file["id"].as_str().unwrap());
    assert_eq!(done.copy.value().get("created_by_ref"), None);
    // What identifies it stays: the identifier would be the same, so it gets another.
    assert_eq!(with_file(&["size"]).unwrap().copy.id(), &new_id("file"));
    assert_eq!(
        with_file(&["name", "hashes", "parent_directory_ref"]).unwrap_err().code(),
        "redact-unidentified"
    );
    let mut domain = json!({"type": "domain-name", "value": "vote-gov.example", "resolves_to_refs": ["ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"]});
    domain["id"] = json!(sco_id("domain-name", &domain).unwrap());
    let refused = with(&read(&domain), &["value"], |_| {});
    assert_eq!(refused.unwrap_err(), RedactError::Required("value".to_owned()));
}

#[test]
fn what_is_not_redacted() {
    let built_in = read(&tlp::definition(&id(&tlp::marking_id(Tlp::Red))).unwrap());
    assert_eq!(with(&built_in, &[], |_| {}).unwrap_err().code(), "redact-kind");
    let mut revoked = indicator();
    revoked["revoked"] = json!(true);
    assert_eq!(with(&read(&revoked), &[], |_| {}).unwrap_err(), RedactError::Revoked);
    for wrong in [id(ORIGINAL), id(REDACTOR)] {
        let wrong: &Id = Box::leak(Box::new(wrong));
        let refused = with(&read(&indicator()), &[], |r| r.new_id = wrong);
        assert_eq!(refused.unwrap_err(), RedactError::Identifier(wrong.clone()));
    }
}

/// Every place in a value, as selectors.
fn places(value: &Value, under: &str, into: &mut Vec<String>) {
    let below = |name: &str| if under.is_empty() { name.to_owned() } else { format!("{under}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            into.push(below(name));
            places(value, &below(name), into);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| {
            into.push(below(&format!("[{at}]")));
            places(value, &below(&format!("[{at}]")), into);
        }),
        _ => {}
    }
}

proptest! {
    /// Whatever is dropped: there is no copy, or it is new, valid, marked as asked, and what is left of the original.
    #[test]
    fn a_copy_keeps_its_promises(picked in prop::collection::vec(any::<prop::sample::Index>(), 0..6), label in 0_usize..5) {
        let original = indicator();
        let mut all = Vec::new();
        places(&original, "", &mut all);
        let drop: Vec<&str> = picked.iter().map(|index| index.get(&all).as_str()).collect();
        let Ok(done) = with(&read(&original), &drop, |r| r.marking = tlp::ALL[label]) else { return Ok(()) };
        let copy = done.copy.value();
        prop_assert_ne!(&copy["id"], &original["id"]);
        prop_assert!(check(&done.copy).iter().all(|finding| !finding.is_error()));
        let effective = Effective::of(done.copy.head(), &|_| Some(Meaning::Statement), None);
        prop_assert_eq!((effective.label, effective.ceiling()), (tlp::ALL[label], tlp::ALL[label]));
        prop_assert!(scr_stix::marking::dangling(done.copy.head(), &copy).is_empty());
        for selector in &drop {
            let first = Selector::parse(selector).unwrap();
            if first.steps().len() == 1 && !["created", "modified", "created_by_ref", "object_marking_refs", "granular_markings"].contains(selector) {
                prop_assert_eq!(copy.get(selector), None, "{}", selector);
            }
        }
        for name in ["name", "description", "pattern", "confidence", "lang"] {
            prop_assert!(copy.get(name).is_none() || copy[name] == original[name]);
        }
    }
}
