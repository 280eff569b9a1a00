//! STIX 2.1 as MISP events: the other way about from [`crate::to_stix`], and what others write.
//!
//! - A report or grouping is an event with its id. Objects in none of them are gathered by creator, day and label.
//! - An indicator whose pattern is one comparison, or comparisons of one type of object that must all hold, is an
//!   attribute or an object; any other pattern is a `stix2-pattern` attribute. Observed data likewise.
//! - Techniques, actors and tools are clusters of galaxies with their tags.
//! - Markings are tags of TLP 2.0. An item has one of its own where it is narrower than the event's.
//!
//! The same objects give the same events. Ids are those of STIX where they are UUIDs; all others follow from them by
//! [`derived`]: attributes of an object from `attribute`, the object's id, relation and value; events without a report
//! from `event`, creator, day and label.

mod attribute;
mod cluster;
mod context;
mod domain;
mod gather;
mod links;
mod object;
mod pattern;
mod scos;
mod terms;

use crate::event::{Event, Org};
use crate::galaxy::Galaxies;
use crate::ids::derived;
use crate::limits::Limits;
use crate::warning::{Code, Log, Warnings};
use context::Context;
use scr_core::Tlp;
use scr_stix::Object;
use std::collections::{BTreeMap, BTreeSet};

/// How objects are converted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'o> {
    /// Whose events those are whose objects do not say who made them.
    pub host: Option<&'o Org>,
    /// The label of objects without any marking; without one, the narrowest.
    pub unmarked: Option<Tlp>,
    /// What is known of galaxies, for the exact tags of techniques.
    pub galaxies: Option<&'o Galaxies>,
    /// Puts everything into one event instead.
    pub one: Option<&'o OneEvent>,
    /// The labels of objects by their ids, where the caller knows better than their markings say: from what a community
    /// has agreed on, or where a marking is not at hand.
    pub labels: Option<&'o BTreeMap<String, Tlp>>,
    /// Objects that stand in another event too: what is made of them gets ids of its own here, because an instance of MISP
    /// takes an id of an attribute once only.
    pub again: Option<&'o Again>,
}

/// Objects that stand in another event too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The event in which they stand once more.
    pub event: uuid::Uuid,
    /// Their ids.
    pub ids: BTreeSet<String>,
}

/// The event into which the caller wants everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneEvent {
    /// Its id.
    pub uuid: uuid::Uuid,
    /// Its title.
    pub info: String,
    /// Its label; items that are narrower keep theirs.
    pub tlp: Tlp,
}

/// Events that were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The events, by id.
    pub events: Vec<Event>,
    /// What was done with what has no counterpart.
    pub warnings: Warnings,
}

/// Makes events out of objects, of which the newest version of each counts.
pub fn from_stix(objects: &[Object], options: &Options<'_>, limits: &Limits) -> Made {
    let log = Log::new(limits);
    let context = Context::of(objects, options, &log);
    let mut events: Vec<Event> = gather::groups(&context).iter().map(|group| context.event(group)).collect();
    events.retain(|event| !event.info.is_empty());
    events.sort_by_key(|event| event.uuid);
    if events.len() > limits.events {
        log.push("", Code::LeftOut, &format!("{} events", events.len() - limits.events));
        events.truncate(limits.events);
    }
    drop(context);
    Made { events, warnings: log.into_inner() }
}

/// The organisation in whose name objects without a creator go out when the caller names none.
fn nobody() -> Org {
    Org { uuid: derived(&["org", "unknown"]), name: "unknown".to_owned() }
}
