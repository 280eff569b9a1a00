//! The alerts that are known in one place. In whatever order they come, and however often, the same comes of it.

use crate::{Authentic, Kind, Reference, State, Status};
use std::collections::BTreeMap;

/// Most alerts that are kept; beyond them those of the lowest indices are forgotten.
pub const MAX_KNOWN: usize = 10_000;

/// What is kept of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Noted {
    kind: Kind,
    status: Status,
    sent: u64,
    references: Vec<Reference>,
    proven: bool,
}

/// Genuine alerts that are known here, by their place in the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    noted: BTreeMap<Reference, Noted>,
    newest: Option<u64>,
}

/// What newer alerts say of one.
pub(crate) struct Later {
    /// What they make of it.
    pub(crate) strong: Option<State>,
    /// One that has less behind it than the alert itself.
    pub(crate) announced: Option<u64>,
}

impl Known {
    /// Notes a genuine alert.
    pub fn note(&mut self, found: &Authentic) {
        self.note_time(found.newest_time());
        let place = Reference { index: found.index, leaf: found.leaf_begin() };
        let proven = found.is_proven() || self.noted.get(&place).is_some_and(|before| before.proven);
        let noted = Noted {
            kind: found.alert.kind,
            status: found.alert.status,
            sent: found.alert.sent,
            references: found.alert.references.clone(),
            proven,
        };
        self.noted.insert(place, noted);
        if self.noted.len() > MAX_KNOWN {
            self.noted.pop_first();
        }
    }

    /// Notes a time that somebody has signed, such as that of the card's checkpoint.
    pub fn note_time(&mut self, time: u64) {
        self.newest = self.newest.max(Some(time));
    }

    /// The newest signed time, seconds since 1970, UTC.
    pub fn newest_time(&self) -> Option<u64> {
        self.newest
    }

    /// Indices at which two different entries are known: two people were shown two different logs. Keep both bundles.
    pub fn contradictions(&self) -> Vec<u64> {
        let places: Vec<u64> = self.noted.keys().map(|place| place.index).collect();
        let mut twice: Vec<u64> = places
            .iter()
            .zip(places.iter().skip(1))
            .filter(|(one, next)| one == next)
            .map(|(one, _)| *one)
            .collect();
        twice.dedup();
        twice
    }

    /// The first alert that `found` names although that one was sent later.
    pub(crate) fn sent_after(&self, found: &Authentic) -> Option<u64> {
        let named = found.alert.references.iter();
        named
            .filter(|place| self.noted.get(place).is_some_and(|one| one.sent > found.alert.sent))
            .map(|place| place.index)
            .next()
    }

    /// What newer alerts say of `found`. An exercise takes back no alert that is meant, and the other way round.
    pub(crate) fn later(&self, found: &Authentic) -> Later {
        let place = Reference { index: found.index, leaf: found.leaf_begin() };
        let mut later = Later { strong: None, announced: None };
        for (own, noted) in self.noted.range(place..) {
            let names = noted.references.contains(&place)
                && own.index > place.index
                && noted.status == found.alert.status
                && noted.sent >= found.alert.sent;
            if !names {
                continue;
            }
            if found.is_proven() && !noted.proven {
                later.announced = later.announced.or(Some(own.index));
                continue;
            }
            later.strong = match (later.strong, noted.kind) {
                // The first cancellation counts, else the last update.
                (Some(State::Cancelled { by }), _) => Some(State::Cancelled { by }),
                (_, Kind::Cancel) => Some(State::Cancelled { by: own.index }),
                _ => Some(State::Superseded { by: own.index }),
            };
        }
        later
    }
}
