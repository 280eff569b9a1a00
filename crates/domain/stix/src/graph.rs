//! Objects as a graph, and as a timeline: what pages show of a campaign.
//!
//! Of each object the newest version given counts. Everything is in a fixed order, so that the same objects give the
//! same page.

mod timeline;

pub use timeline::{Event, EventKind, timeline};

use crate::Id;
use crate::object::{Object, Reference};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Longest name of a relationship that is kept, in characters.
const LONGEST_RELATION: usize = 200;

/// Nodes and edges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    /// By identifier.
    pub nodes: BTreeMap<Id, Node>,
    /// Each once, by its ends and what it says.
    pub edges: BTreeSet<Edge>,
}

/// An object, or something that an object refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its place in the list of objects; `None` when it is only referred to.
    pub object: Option<usize>,
    /// What people call it, if it is there and has something of the kind.
    pub title: Option<Box<str>>,
    /// Whether its newest version takes it back.
    pub revoked: bool,
    /// Steps from where a neighbourhood begins; 0 in a whole graph.
    pub distance: u32,
}

/// A directed edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// From what.
    pub from: Id,
    /// To what.
    pub to: Id,
    /// How.
    pub what: Link,
}

/// What an edge says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// A relationship object: its type (at most 200 characters of the sender's text), and its identifier.
    Relation(Box<str>, Id),
    /// A property that refers, without places in lists: `object_refs`, `sighting_of_ref`.
    Property(Box<str>),
}

/// A part of a graph around a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The part: its nodes, and the edges between them.
    pub graph: Graph,
    /// Whether there was more within the distance than nodes were allowed.
    pub cut: bool,
}

/// The newest version of each object, as places in the list; of two alike the later in the list.
pub fn newest(objects: &[Object]) -> BTreeMap<&Id, usize> {
    let mut newest: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, object) in objects.iter().enumerate() {
        let version = |at: &usize| objects.get(*at).and_then(|object| object.head().version());
        let place = newest.entry(object.id()).or_insert(at);
        if version(&at) >= version(place) {
            *place = at;
        }
    }
    newest
}

/// The graph of objects. Relationships become edges, and everything else nodes; markings are left out, and so is who
/// made an object unless `with_authors`. Revoked relationships are no edges.
pub fn graph(objects: &[Object], with_authors: bool) -> Graph {
    let mut graph = Graph::default();
    for (id, at) in newest(objects) {
        let Some(object) = objects.get(at) else { continue };
        let head = object.head();
        if object.kind() == "relationship" {
            if !head.revoked {
                graph.relationship(object);
            }
            continue;
        }
        graph.node(id.clone(), Some((at, object)));
        for Reference { path, id: to } in &head.refs {
            let property = property_of(path);
            let shown = match property.as_ref() {
                "object_marking_refs" | "granular_markings.marking_ref" => false,
                "created_by_ref" => with_authors,
                _ => true,
            };
            if shown && !head.revoked {
                graph.node(to.clone(), None);
                graph.edges.insert(Edge { from: id.clone(), to: to.clone(), what: Link::Property(property) });
            }
        }
    }
    graph
}

/// A path without places in lists.
fn property_of(path: &str) -> Box<str> {
    if !path.contains('[') {
        return path.into();
    }
    let names: Vec<&str> = path.split('.').filter(|step| !step.starts_with('[')).collect();
    names.join(".").into()
}

impl Graph {
    fn node(&mut self, id: Id, object: Option<(usize, &Object)>) {
        let node =
            self.nodes.entry(id).or_insert(Node { object: None, title: None, revoked: false, distance: 0 });
        if let Some((at, object)) = object {
            node.object = Some(at);
            node.title.clone_from(&object.head().title);
            node.revoked = object.head().revoked;
        }
    }

    fn relationship(&mut self, object: &Object) {
        let end = |name: &str| {
            object
                .head()
                .refs
                .iter()
                .find(|reference| reference.path.as_ref() == name)
                .map(|reference| &reference.id)
        };
        let (Some(from), Some(to)) = (end("source_ref"), end("target_ref")) else { return };
        let value = object.value();
        let relation: String =
            value["relationship_type"].as_str().unwrap_or_default().chars().take(LONGEST_RELATION).collect();
        self.node(from.clone(), None);
        self.node(to.clone(), None);
        let what = Link::Relation(relation.into(), object.id().clone());
        self.edges.insert(Edge { from: from.clone(), to: to.clone(), what });
    }

    /// What lies within so many steps of a node, along edges in either direction, nearest first; of nodes equally near
    /// those with the lesser identifier come first. `None` when there is no such node.
    pub fn around(&self, start: &Id, steps: u32, most_nodes: usize) -> Option<Neighbourhood> {
        self.nodes.get(start)?;
        let mut beside: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
        for edge in &self.edges {
            beside.entry(&edge.from).or_default().insert(&edge.to);
            beside.entry(&edge.to).or_default().insert(&edge.from);
        }
        let mut distances: BTreeMap<&Id, u32> = BTreeMap::from([(start, 0)]);
        let mut queue = VecDeque::from([(start, 0_u32)]);
        let mut cut = false;
        while let Some((id, distance)) = queue.pop_front() {
            for next in beside.get(id).into_iter().flatten() {
                if distance >= steps || distances.contains_key(next) {
                    continue;
                }
                if distances.len() >= most_nodes.max(1) {
                    cut = true;
                    break;
                }
                distances.insert(next, distance + 1);
                queue.push_back((next, distance + 1));
            }
        }
        let nodes = distances.iter().filter_map(|(id, distance)| {
            let node = self.nodes.get(*id)?.clone();
            Some(((*id).clone(), Node { distance: *distance, ..node }))
        });
        let within = |edge: &&Edge| distances.contains_key(&edge.from) && distances.contains_key(&edge.to);
        let graph =
            Graph { nodes: nodes.collect(), edges: self.edges.iter().filter(within).cloned().collect() };
        Some(Neighbourhood { graph, cut })
    }
}
