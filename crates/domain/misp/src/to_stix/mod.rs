//! Events as STIX 2.1.
//!
//! | MISP | STIX |
//! |---|---|
//! | event | `report` if published, else `grouping`; id of the event |
//! | Orgc | `identity`; none under the Chatham House rule |
//! | attribute for detection | `indicator` with the attribute's id |
//! | other attribute that is an observable | `observed-data` with the attribute's id, and observables |
//! | object | the same; people, places, weaknesses and ways of attack as their domain objects |
//! | cluster of a galaxy | `attack-pattern`, `threat-actor`, … with the cluster's id, else `x-misp-galaxy-cluster` |
//! | sighting, false positive | `sighting`, `opinion`; an expiration is `valid_until` |
//! | reference | `relationship` |
//! | report of an event | `note` |
//! | anything else | `x-misp-attribute`, `x-misp-object` with everything that it says |
//! | `tlp:*`, distribution | a TLP 2.0 marking on every object ([`crate::tlp`]) |
//! | other tags | `labels`; those that are local or not to be exported are left out |
//!
//! The same event gives the same bytes. Observables have the ids that STIX derives from their properties, and another
//! where something else stands under that id already; what has no id of its own gets one by [`derived`].

mod attribute;
mod cluster;
mod custom;
mod domain;
mod head;
mod links;
mod object;

pub(crate) use cluster::{source_name, stix_kind};
pub(crate) use domain::custom_name;

use crate::event::{Event, Org};
use crate::galaxy::Galaxies;
use crate::ids::derived;
use crate::limits::Limits;
use crate::tlp;
use crate::warning::{Log, Warnings};
use cluster::ClusterIds;
use scr_core::Tlp;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// When observed data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Observations {
    /// For what is not meant for detection: an indicator says what to look for, not that it was seen.
    #[default]
    WithoutDetection,
    /// Always, with `based-on` from the indicator, as misp-stix does.
    Always,
}

/// How events are converted.
#[derive(Debug, Clone, Copy)]
pub struct Options<'o> {
    /// The label of an event that says nothing about how far it may go.
    pub unmarked: Tlp,
    /// When observed data is written.
    pub observations: Observations,
    /// What is known of galaxies: feeds have their tags alone.
    pub galaxies: Option<&'o Galaxies>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { unmarked: Tlp::AmberStrict, observations: Observations::default(), galaxies: None }
    }
}

/// An event as STIX.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The objects: the markings' definitions, the identity, the report or grouping, and what is in it.
    pub objects: Vec<Value>,
    /// The label of the event.
    pub tlp: Tlp,
    /// Whose the event is, also where the objects must not say it.
    pub creator: Org,
    /// Whether the Chatham House rule hides the creator (`tlp:ex:chr`).
    pub chatham_house: bool,
    /// What was done with what has no counterpart.
    pub warnings: Warnings,
}

impl Converted {
    /// The objects as a bundle. Its id follows from the event's.
    pub fn bundle(&self, event: &Event) -> Value {
        let id = derived(&["bundle", &event.uuid.to_string(), &event.timestamp.to_string()]);
        json!({"type": "bundle", "id": format!("bundle--{id}"), "objects": self.objects})
    }
}

/// Converts an event.
pub fn to_stix(event: &Event, options: &Options<'_>, limits: &Limits) -> Converted {
    let log = Log::new(limits);
    let tlp = tlp::of_event(&event.tags, event.distribution, options.unmarked);
    let chatham_house = event.tags.iter().any(|tag| tlp::is_chatham_house(&tag.name));
    let converter = Converter {
        event,
        options,
        log: &log,
        tlp,
        chatham_house,
        clusters: ClusterIds::of(event, options, tlp),
        out: RefCell::default(),
    };
    converter.event();
    let Output { objects, .. } = converter.out.into_inner();
    Converted { objects, tlp, creator: event.orgc.clone(), chatham_house, warnings: log.into_inner() }
}

/// What was written so far.
#[derive(Debug, Default)]
struct Output {
    objects: Vec<Value>,
    /// Ids that are written, with their labels and their places in `objects`.
    written: BTreeMap<String, (Tlp, usize)>,
    /// Ids that the report names, in order.
    refs: Vec<String>,
    /// The object that stands for an attribute or object of MISP.
    main: BTreeMap<Uuid, String>,
    /// Labels whose definitions are needed.
    labels: BTreeSet<Tlp>,
}

/// Converts one event.
struct Converter<'c> {
    event: &'c Event,
    options: &'c Options<'c>,
    log: &'c Log<'c>,
    /// The event's label.
    tlp: Tlp,
    chatham_house: bool,
    clusters: ClusterIds,
    out: RefCell<Output>,
}

impl Converter<'_> {
    fn event(&self) {
        for (at, attribute) in self.event.attributes.iter().enumerate() {
            self.attribute(attribute, &format!("Event.Attribute[{at}]"));
        }
        for object in &self.event.objects {
            self.object(object);
        }
        self.event_clusters();
        for report in self.event.reports.iter().filter(|report| !report.deleted) {
            self.note(report);
        }
        for (at, object) in self.event.objects.iter().enumerate() {
            self.references(object, &format!("Event.Object[{at}]"));
        }
        if self.out.borrow().refs.is_empty() {
            self.empty();
        }
        let container = self.container();
        let mut first = self.definitions();
        first.extend(self.identity());
        first.push(container);
        let mut out = self.out.borrow_mut();
        first.append(&mut out.objects);
        out.objects = first;
    }

    /// Writes an object once, and names it in the report.
    fn write(&self, object: Value) {
        let Some(id) = object["id"].as_str().map(str::to_owned) else { return };
        if self.write_beside(object) {
            self.out.borrow_mut().refs.push(id);
        }
    }

    /// Writes an object once without naming it in the report; `false` where it is there already.
    fn write_beside(&self, object: Value) -> bool {
        let Some(id) = object["id"].as_str().map(str::to_owned) else { return false };
        let marking = object["object_marking_refs"][0].as_str().unwrap_or_default();
        let tlp = scr_stix::Id::parse(marking).ok().and_then(|id| scr_stix::tlp::of_marking(&id));
        let mut out = self.out.borrow_mut();
        let at = out.objects.len();
        let Entry::Vacant(place) = out.written.entry(id) else { return false };
        place.insert((tlp.unwrap_or(self.tlp), at));
        out.objects.push(object);
        true
    }

    /// Gives an observable another id where something else has it: ids follow from some of the properties alone, and
    /// so a system with its number and one with its number and name would be one, of which the name would be lost.
    /// That an id follows from the properties is a recommendation (STIX 2.1 section 2.9).
    fn tell_apart(&self, observable: &mut Value) {
        let out = self.out.borrow();
        let written = observable["id"].as_str().and_then(|id| out.written.get(id));
        let Some(there) = written.and_then(|(_, at)| out.objects.get(*at)) else { return };
        let (Some(there), Some(here)) = (there.as_object(), observable.as_object()) else { return };
        let said = there.iter().filter(|(name, _)| *name != "object_marking_refs");
        if !said.eq(here) {
            *observable = crate::sco::under_another_id(observable);
        }
    }

    /// What stands for an attribute or object when something refers to it; the first says it.
    fn stands_for(&self, uuid: Uuid, id: &str) {
        self.out.borrow_mut().main.entry(uuid).or_insert_with(|| id.to_owned());
    }
}
