//! Events to STIX and back.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use common::{event, objects};
use scr_misp::Limits;
use scr_misp::event::{Attribute, Event};
use scr_misp::from_stix::{self, from_stix};
use scr_misp::to_stix::{Observations, Options, to_stix};
use std::collections::BTreeMap;
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

fn check(event: &Event) {
    for observations in [Observations::WithoutDetection, Observations::Always] {
        let again = back(event, observations);
        let (before, after) = (by_id(event), by_id(&again));
        for (uuid, attribute) in &before {
            assert_eq!(after.get(uuid), Some(attribute), "{observations:?} {uuid}");
        }
        let more: Vec<_> = after.iter().filter(|(uuid, _)| !before.contains_key(uuid)).collect();
        assert_eq!(more, []);
        let objects = |event: &Event| {
            let mut all: Vec<_> = event
                .objects
                .iter()
                .map(|o| {
                    (
                        o.uuid,
                        o.name.clone(),
                        o.meta_category.clone(),
                        o.comment.clone(),
                        o.template_uuid,
                        o.attributes.len(),
                    )
                })
                .collect();
            all.sort();
            all
        };
        assert_eq!(objects(&again), objects(event));
        let references = |event: &Event| {
            let all = event.objects.iter().flat_map(|object| {
                object.references.iter().map(|r| (object.uuid, r.uuid, r.to, r.relationship.clone()))
            });
            let mut all: Vec<_> = all.collect();
            all.sort();
            all
        };
        assert_eq!(references(&again), references(event));
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
        assert_eq!(again.distribution, event.distribution);
    }
}

#[test]
fn every_type_comes_back() {
    check(&event(include_str!("events/every_type.json")));
}

#[test]
fn a_real_event_comes_back() {
    let Some(path) = scr_testing::data("threats/misp/events/existing_event.json") else { return };
    check(&event(&std::fs::read_to_string(path).unwrap()));
}
