//! STIX objects: what is taken is what serde_json reads, byte for byte; it is checked, marked and redacted without a
//! panic, and a redacted copy keeps its promises.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_stix::marking::{Effective, dangling};
use scr_stix::{Id, Limits, Object, Redaction, Selector, Timestamp, Tlp, check, redacted_copy};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { object_bytes: 1 << 16, references: 1_000, ..Limits::default() };
    let Ok(object) = Object::read(bytes, &limits) else { return };
    let value: serde_json::Value = serde_json::from_slice(bytes).expect("what is taken is JSON");
    assert_eq!(object.value(), value);
    let again = Object::read(object.raw().as_bytes(), &limits).expect("its own text");
    assert_eq!((again.raw(), again.head()), (object.raw(), object.head()));
    assert!(check(&object).len() <= 101);
    dangling(object.head(), &value);
    let effective = Effective::of(object.head(), &|_| None, Some(Tlp::Green));
    assert!(effective.ceiling() >= effective.label);

    let drop: Vec<Selector> =
        effective.above(Tlp::Green).into_iter().filter_map(|property| property.selector.clone()).collect();
    let uuid = "00000000-0000-4000-8000-000000000001";
    let id = |kind: &str| Id::parse(&format!("{kind}--{uuid}")).expect("a type that was read");
    let (redactor, new_id, relationship_id) = (id("identity"), id(object.kind()), id("relationship"));
    let now = Timestamp::parse("2026-11-03T20:00:00Z").expect("a time");
    let redaction = Redaction {
        drop: &drop,
        redactor: &redactor,
        marking: Tlp::Green,
        now: &now,
        new_id: &new_id,
        relationship_id: &relationship_id,
        disclose_original: false,
        placeholder: "[withheld]",
        known: &|_| None,
        label_of: &|id| (id.kind() != "identity").then_some(Tlp::Green),
    };
    if let Ok(done) = redacted_copy(&object, &redaction) {
        assert_ne!(done.copy.id(), object.id());
        assert!(!done.copy.raw().contains(object.id().as_str()));
        assert_eq!(Effective::of(done.copy.head(), &|_| None, None).ceiling(), Tlp::Green);
    }
});
