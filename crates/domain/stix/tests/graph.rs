//! Graphs and timelines, on made-up campaigns and on real bundles.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_stix::graph::{EventKind, Graph, Link, graph, newest, timeline};
use scr_stix::{Id, Limits, Object, Timestamp, read_envelope};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

fn id(kind: &str, number: usize) -> String {
    format!("{kind}--00000000-0000-4000-8000-{number:012}")
}

fn at(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn object(kind: &str, number: usize, more: &Value) -> Object {
    let mut value = json!({"type": kind, "spec_version": "2.1", "id": id(kind, number),
        "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z"});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Object::read(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn relation(number: usize, from: &str, how: &str, to: &str) -> Object {
    object("relationship", number, &json!({"relationship_type": how, "source_ref": from, "target_ref": to}))
}

fn campaign() -> Vec<Object> {
    let (campaign, actor, indicator) = (id("campaign", 1), id("threat-actor", 1), id("indicator", 1));
    vec![
        object(
            "campaign",
            1,
            &json!({"name": "C", "first_seen": "2026-02-01T00:00:00Z", "last_seen": "2026-03-01T00:00:00Z",
            "created_by_ref": id("identity", 1), "object_marking_refs": [id("marking-definition", 1)]}),
        ),
        object("threat-actor", 1, &json!({"name": "A"})),
        object(
            "indicator",
            1,
            &json!({"name": "I", "valid_from": "2026-02-02T00:00:00Z", "valid_until": "2026-05-01T00:00:00Z"}),
        ),
        relation(1, &campaign, "attributed-to", &actor),
        relation(2, &indicator, "indicates", &campaign),
        object(
            "sighting",
            1,
            &json!({"sighting_of_ref": indicator, "where_sighted_refs": [id("identity", 2)], "first_seen": "2026-02-03T00:00:00Z"}),
        ),
        object(
            "report",
            1,
            &json!({"name": "R", "published": "2026-04-01T00:00:00Z", "object_refs": [campaign, actor]}),
        ),
        object("threat-actor", 9, &json!({"name": "far away"})),
    ]
}

fn names(graph: &Graph) -> Vec<(String, u32)> {
    graph.nodes.iter().map(|(id, node)| (id.kind().to_owned(), node.distance)).collect()
}

#[test]
fn relationships_are_edges_and_references_too() {
    let objects = campaign();
    let found = graph(&objects, false);
    assert_eq!(found.nodes.len(), 7);
    assert_eq!(found.edges.len(), 6);
    let says = |from: &str, to: &str| -> Vec<String> {
        let between = found.edges.iter().filter(|edge| edge.from.as_str() == from && edge.to.as_str() == to);
        between
            .map(|edge| match &edge.what {
                Link::Relation(what, by) => format!("{what} {by}"),
                Link::Property(what) => what.to_string(),
            })
            .collect()
    };
    assert_eq!(
        says(&id("campaign", 1), &id("threat-actor", 1)),
        [format!("attributed-to {}", id("relationship", 1))]
    );
    assert_eq!(says(&id("report", 1), &id("campaign", 1)), ["object_refs"]);
    assert_eq!(says(&id("sighting", 1), &id("identity", 2)), ["where_sighted_refs"]);
    // Somebody who is only referred to.
    assert_eq!(found.nodes[&at(&id("identity", 2))].object, None);
    assert_eq!(graph(&objects, true).nodes.len(), 8);
    let backwards: Vec<Object> = objects.into_iter().rev().collect();
    assert_eq!(graph(&backwards, false).edges, found.edges);
}

#[test]
fn a_neighbourhood_is_nearest_first_and_bounded() {
    let found = graph(&campaign(), false);
    let around = |steps: u32, most: usize| found.around(&at(&id("campaign", 1)), steps, most).unwrap();
    let owned =
        |list: &[(&str, u32)]| list.iter().map(|(kind, d)| ((*kind).to_owned(), *d)).collect::<Vec<_>>();
    assert_eq!(names(&around(0, 10).graph), owned(&[("campaign", 0)]));
    let one = around(1, 10);
    assert_eq!(
        names(&one.graph),
        owned(&[("campaign", 0), ("indicator", 1), ("report", 1), ("threat-actor", 1)])
    );
    assert_eq!((one.graph.edges.len(), one.cut), (4, false));
    let all = around(9, 10);
    assert_eq!((all.graph.nodes.len(), all.cut), (6, false));
    let few = around(9, 3);
    assert_eq!(
        (names(&few.graph), few.cut),
        (owned(&[("campaign", 0), ("indicator", 1), ("report", 1)]), true)
    );
    assert_eq!(found.around(&at(&id("campaign", 7)), 1, 10), None);
}

#[test]
fn the_newest_version_counts() {
    let old = relation(1, &id("campaign", 1), "uses", &id("tool", 1));
    let gone = object(
        "relationship",
        1,
        &json!({"relationship_type": "uses", "source_ref": id("campaign", 1),
        "target_ref": id("tool", 1), "revoked": true, "modified": "2026-01-02T00:00:00.000Z"}),
    );
    let objects = [gone, old.clone()];
    assert_eq!(newest(&objects)[old.id()], 0);
    assert_eq!(graph(&objects, false).edges.len(), 0);
    assert_eq!(graph(&[old], false).edges.len(), 1);
    let kinds: Vec<EventKind> = timeline(&objects).into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Created, EventKind::Revoked]);
}

#[test]
fn events_are_sorted_by_time() {
    let events = timeline(&campaign());
    assert!(events.iter().map(|event| &event.at).is_sorted());
    let told: Vec<(&str, EventKind, &str)> = events
        .iter()
        .filter(|event| event.kind != EventKind::Created)
        .map(|event| (event.at.as_str(), event.kind, event.id.kind()))
        .collect();
    let expected = [
        ("2026-02-01T00:00:00Z", EventKind::FirstSeen, "campaign"),
        ("2026-02-02T00:00:00Z", EventKind::ValidFrom, "indicator"),
        ("2026-02-03T00:00:00Z", EventKind::FirstSeen, "sighting"),
        ("2026-03-01T00:00:00Z", EventKind::LastSeen, "campaign"),
        ("2026-04-01T00:00:00Z", EventKind::Published, "report"),
        ("2026-05-01T00:00:00Z", EventKind::ValidUntil, "indicator"),
    ];
    assert_eq!(told, expected);
    // The same instant in two texts is one time.
    let two = [
        object("campaign", 1, &json!({"modified": "2026-01-02T00:00:00.540190Z"})),
        object("campaign", 1, &json!({"modified": "2026-01-02T00:00:00.54019Z"})),
    ];
    assert_eq!(timeline(&two).len(), 2);
    assert_eq!(timeline(&two)[1].at, Timestamp::parse("2026-01-02T00:00:00.54019Z").unwrap());
}

/// mitre-attack/attack-stix-data @ 7ad8a86f: 1,766 relationships, counted with Python's json.
#[test]
fn a_real_graph_has_all_its_relationships() {
    let Some(path) = scr_testing::data("threats/attack/mobile-attack-17.1.json") else { return };
    let mut objects = Vec::new();
    read_envelope(&std::fs::read(path).unwrap()[..], &Limits::default(), &mut |_, object| {
        objects.push(object.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    let found = graph(&objects, false);
    let relations = found.edges.iter().filter(|edge| matches!(edge.what, Link::Relation(..))).count();
    assert_eq!(relations, 1_766);
    let start = objects.iter().find(|object| object.kind() == "campaign").unwrap().id();
    let near = found.around(start, 2, 50).unwrap();
    assert_eq!((near.graph.nodes.len(), near.cut), (50, true));
    assert_eq!(near, found.around(start, 2, 50).unwrap());
}

proptest! {
    /// Against a plain search for the distances, in all small graphs.
    #[test]
    fn distances_are_the_least(pairs in prop::collection::vec((0_usize..8, 0_usize..8), 0..20), steps in 0_u32..6) {
        let mut objects: Vec<Object> = (0..8).map(|n| object("tool", n, &json!({"name": "T"}))).collect();
        objects.extend(pairs.iter().enumerate().map(|(n, (a, b))| relation(n, &id("tool", *a), "related-to", &id("tool", *b))));
        let mut least = BTreeMap::from([(0_usize, 0_u32)]);
        for round in 0..steps {
            for (a, b) in pairs.iter().chain(&pairs.iter().map(|(a, b)| (*b, *a)).collect::<Vec<_>>()) {
                if least.get(a) == Some(&round) && !least.contains_key(b) {
                    least.insert(*b, round + 1);
                }
            }
        }
        let near = graph(&objects, false).around(&at(&id("tool", 0)), steps, 100).unwrap();
        let found: BTreeMap<usize, u32> = near.graph.nodes.iter()
            .map(|(id, node)| (id.uuid()[24..].parse().unwrap(), node.distance)).collect();
        prop_assert_eq!(found, least);
    }
}
