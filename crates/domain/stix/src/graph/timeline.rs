//! What happened when, as objects tell it.

use super::newest;
use crate::object::Object;
use crate::{Id, Timestamp};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Something was first seen.
    FirstSeen,
    /// Something was first observed.
    FirstObserved,
    /// A relationship began.
    Started,
    /// An analysis began.
    AnalysisStarted,
    /// An indicator begins to count.
    ValidFrom,
    /// An object was made.
    Created,
    /// A report was published.
    Published,
    /// A new version was made.
    Modified,
    /// An object was taken back.
    Revoked,
    /// Something was submitted to an analysis.
    Submitted,
    /// An analysis ended.
    AnalysisEnded,
    /// Something was last observed.
    LastObserved,
    /// Something was last seen.
    LastSeen,
    /// A relationship ended.
    Stopped,
    /// An indicator no longer counts.
    ValidUntil,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Of what.
    pub id: Id,
    /// Its place in the list of objects.
    pub object: usize,
}

/// Properties of the standard's types that say when something happened.
const TIMES: [(&str, EventKind); 11] = [
    ("first_seen", EventKind::FirstSeen),
    ("last_seen", EventKind::LastSeen),
    ("first_observed", EventKind::FirstObserved),
    ("last_observed", EventKind::LastObserved),
    ("start_time", EventKind::Started),
    ("stop_time", EventKind::Stopped),
    ("published", EventKind::Published),
    ("submitted", EventKind::Submitted),
    ("analysis_started", EventKind::AnalysisStarted),
    ("analysis_ended", EventKind::AnalysisEnded),
    ("valid_until", EventKind::ValidUntil),
];

/// The events of objects by time, of the same time by kind and identifier. What happened is told by the newest version
/// of an object, that it was modified by every version given.
pub fn timeline(objects: &[Object]) -> Vec<Event> {
    let mut events = Vec::new();
    for (id, place) in newest(objects) {
        let Some(object) = objects.get(place) else { continue };
        let mut add = |at: Option<Timestamp>, kind: EventKind| {
            events.extend(at.map(|at| Event { at, kind, id: id.clone(), object: place }));
        };
        let head = object.head();
        add(head.created.clone(), EventKind::Created);
        add(head.valid_from.clone(), EventKind::ValidFrom);
        // Most objects have none of these names, and need not be parsed for them.
        let named: Vec<&(&str, EventKind)> =
            TIMES.iter().filter(|(name, _)| object.raw().contains(&format!("\"{name}\""))).collect();
        if !named.is_empty() {
            let value = object.value();
            for (name, kind) in named {
                add(value[*name].as_str().and_then(|text| Timestamp::parse(text).ok()), *kind);
            }
        }
    }
    for (place, object) in objects.iter().enumerate() {
        let head = object.head();
        if let Some(at) = head.modified.clone().filter(|at| head.created.as_ref() != Some(at)) {
            let kind = if head.revoked { EventKind::Revoked } else { EventKind::Modified };
            events.push(Event { at, kind, id: head.id.clone(), object: place });
        }
    }
    events.sort_by(|one, other| {
        (&one.at, one.kind, &one.id, one.object).cmp(&(&other.at, other.kind, &other.id, other.object))
    });
    // The same version twice is one event.
    events.dedup_by(|one, other| (&one.at, one.kind, &one.id) == (&other.at, other.kind, &other.id));
    events
}
