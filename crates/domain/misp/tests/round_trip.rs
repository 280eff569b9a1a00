//! Events to STIX and back. All comes back but the distribution, for which STIX has no place: it follows from the label,
//! and an event for all that is TLP:GREEN is for connected servers afterwards.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common {
    pub(crate) mod event;
    pub(crate) mod objects;
}

use common::event::event;
use common::objects::objects;
use scr_misp::Limits;
use scr_misp::event::{Attribute, Distribution, Event, Object};
use scr_misp::from_stix::{self, from_stix};
use scr_misp::to_stix::{Observations, Options, to_stix};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What must come back of an attribute.
type Said = (String, String, String, bool, String, String, Option<String>);

fn said(attribute: &Attribute) -> Said {
    (
        attribute.kind.clone(),
        attribute.category.clone(),
        attribute.value.clone(),
        attribute.to_ids,
        attribute.comment.clone(),
        attribute.relation.clone(),
        attribute.data.clone(),
    )
}

fn by_id(event: &Event) -> BTreeMap<Uuid, Said> {
    event.all_attributes().map(|attribute| (attribute.uuid, said(attribute))).collect()
}

fn back(event: &Event, observations: Observations) -> Event {
    let limits = Limits::default();
    let converted = to_stix(event, &Options { observations, ..Options::default() }, &limits);
    let made = from_stix(&objects(&converted.objects), &from_stix::Options::default(), &limits);
    let oddities: Vec<_> = made.warnings.listed().iter().map(ToString::to_string).collect();
    assert_eq!(oddities, [] as [String; 0]);
    assert_eq!(made.events.len(), 1);
    made.events.into_iter().next().unwrap()
}

fn check(event: &Event, distribution: Distribution) {
    for observations in [Observations::WithoutDetection, Observations::Always] {
        let again = back(event, observations);
        let (before, after) = (by_id(event), by_id(&again));
        for (uuid, attribute) in &before {
            assert_eq!(after.get(uuid), Some(attribute), "{observations:?} {uuid}");
        }
        let more: Vec<_> = after.iter().filter(|(uuid, _)| !before.contains_key(uuid)).collect();
        assert_eq!(more, []);
        assert_eq!(objects_of(&again), objects_of(event));
        assert_eq!(references_of(&again), references_of(event));
        assert_eq!(
            (again.uuid, &again.info, again.date, &again.orgc),
            (event.uuid, &event.info, event.date, &event.orgc)
        );
        assert_eq!(
            (again.analysis, again.threat_level, again.timestamp),
            (event.analysis, event.threat_level, event.timestamp)
        );
        assert_eq!(
            again.reports.iter().map(|r| (r.uuid, &r.content)).collect::<Vec<_>>(),
            event.reports.iter().map(|r| (r.uuid, &r.content)).collect::<Vec<_>>()
        );
        assert_eq!(again.distribution, Some(distribution));
    }
}

/// Name, meta-category and comment.
type Words<'e> = (&'e str, &'e str, &'e str);

/// What must come back of an object: its id, its words, its template, and how many attributes it has.
fn objects_of<'e>(event: &'e Event) -> BTreeSet<(Uuid, Words<'e>, Option<Uuid>, usize)> {
    let of = |o: &'e Object| {
        let words = (o.name.as_str(), o.meta_category.as_str(), o.comment.as_str());
        (o.uuid, words, o.template_uuid, o.attributes.len())
    };
    event.objects.iter().map(of).collect()
}

/// The references: from, id, to, and what they say.
fn references_of<'e>(event: &'e Event) -> BTreeSet<(Uuid, Uuid, Uuid, &'e str)> {
    let of = |object: &'e Object| {
        object.references.iter().map(|r| (object.uuid, r.uuid, r.to, r.relationship.as_str()))
    };
    event.objects.iter().flat_map(of).collect()
}

#[test]
fn every_type_comes_back() {
    check(&event(include_str!("events/every_type.json")), Distribution::Connected);
}

#[test]
fn a_real_event_comes_back() {
    let Some(path) = scr_testing::data("threats/misp/events/existing_event.json") else { return };
    check(&event(&std::fs::read_to_string(path).unwrap()), Distribution::All);
}
