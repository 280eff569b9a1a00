//! The state of one alert at all its stations, and sums by area that are kept as it changes.
//!
//! What is kept for each station and step is the earliest of what was said. The earliest of a set does not depend on the
//! order in which it is told, nor on how often: whatever comes late, twice or from a copy leads to the same state.

use super::{Ack, Channel, Step};
use crate::areas::{AreaTree, Station};
use serde::Serialize;

const STEPS: usize = 5;

/// When and how a step was first said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Heard {
    /// Seconds since 1970, UTC; not before the alert was sent.
    pub at: u64,
    /// By which way.
    pub channel: Channel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    station: Station,
    heard: [Option<Heard>; STEPS],
}

impl Place {
    /// The furthest step; 0 for none, else 1 to 5.
    fn level(&self) -> usize {
        self.heard.iter().rposition(Option::is_some).map_or(0, |at| at + 1)
    }
}

/// How many stations of an area, and voters, have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Stations by their furthest step: nothing, sent, delivered, read, understood, acted.
    pub stations: [u64; STEPS + 1],
    /// Voters of those stations.
    pub voters: [u64; STEPS + 1],
}

impl Tally {
    /// Stations that the alert is for.
    pub fn of(&self) -> u64 {
        self.stations.iter().sum()
    }

    /// Stations that have not come as far as this step.
    pub fn short_of(&self, step: Step) -> u64 {
        self.stations.iter().take(step.place() + 1).sum()
    }

    /// Voters of those stations.
    pub fn voters_short_of(&self, step: Step) -> u64 {
        self.voters.iter().take(step.place() + 1).sum()
    }

    fn add(&mut self, level: usize, voters: u64) {
        if let (Some(stations), Some(sum)) = (self.stations.get_mut(level), self.voters.get_mut(level)) {
            *stations = stations.saturating_add(1);
            *sum = sum.saturating_add(voters);
        }
    }

    fn take(&mut self, level: usize, voters: u64) {
        if let (Some(stations), Some(sum)) = (self.stations.get_mut(level), self.voters.get_mut(level)) {
            *stations = stations.saturating_sub(1);
            *sum = sum.saturating_sub(voters);
        }
    }
}

/// What an acknowledgement has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// The station has come further.
    Further,
    /// Something earlier is known now; the station has come no further.
    Noted,
    /// Nothing: it was known.
    Known,
    /// The alert is not for this station.
    NotForIt,
}

/// The state of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    sent: u64,
    expires: u64,
    places: Vec<Place>,
    tallies: Vec<Tally>,
    parents: Vec<Option<usize>>,
}

impl Board {
    /// The board of an alert: when it was sent and when it expires (seconds since 1970, UTC), and the stations that it is for.
    pub fn new(
        sent: u64,
        expires: u64,
        tree: &AreaTree,
        stations: impl IntoIterator<Item = Station>,
    ) -> Self {
        let mut places: Vec<Place> =
            stations.into_iter().map(|station| Place { station, heard: [None; STEPS] }).collect();
        places.sort_by_key(|place| place.station.number);
        places.dedup_by_key(|place| place.station.number);
        let parents =
            tree.areas().iter().map(|area| area.parent.and_then(|at| usize::try_from(at).ok())).collect();
        let mut board =
            Self { sent, expires, places, tallies: vec![Tally::default(); tree.areas().len()], parents };
        for at in 0..board.places.len() {
            board.move_station(at, None, 0);
        }
        board
    }

    /// When the alert was sent, seconds since 1970, UTC.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// When it expires.
    pub fn expires(&self) -> u64 {
        self.expires
    }

    /// Stations that it is for.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it is for no station.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The stations that it is for, by number.
    pub fn stations(&self) -> impl Iterator<Item = Station> + '_ {
        self.places.iter().map(|place| place.station)
    }

    /// Takes one acknowledgement in.
    pub fn fold(&mut self, ack: &Ack) -> Folded {
        let Ok(at) = self.places.binary_search_by_key(&ack.station(), |place| place.station.number) else {
            return Folded::NotForIt;
        };
        let heard = Heard { at: ack.at().max(self.sent), channel: ack.channel() };
        self.fold_at(at, ack.step(), heard)
    }

    fn fold_at(&mut self, at: usize, step: Step, heard: Heard) -> Folded {
        let Some(place) = self.places.get_mut(at) else { return Folded::NotForIt };
        let before = place.level();
        let Some(slot) = place.heard.get_mut(step.place()) else { return Folded::Known };
        if slot.is_some_and(|known| known <= heard) {
            return Folded::Known;
        }
        *slot = Some(heard);
        let after = place.level();
        if after == before {
            return Folded::Noted;
        }
        self.move_station(at, Some(before), after);
        Folded::Further
    }

    /// Keeps the sums of the station's area and of all above it.
    fn move_station(&mut self, at: usize, from: Option<usize>, to: usize) {
        let Some(place) = self.places.get(at) else { return };
        let voters = u64::from(place.station.voters);
        let mut area = usize::try_from(place.station.area).ok();
        while let Some(here) = area {
            if let Some(tally) = self.tallies.get_mut(here) {
                if let Some(from) = from {
                    tally.take(from, voters);
                }
                tally.add(to, voters);
            }
            area = self.parents.get(here).copied().flatten();
        }
    }

    /// The sums of an area, by its place in the tree.
    pub fn tally(&self, area: u32) -> Tally {
        usize::try_from(area).ok().and_then(|at| self.tallies.get(at)).copied().unwrap_or_default()
    }

    /// How far a station has come; `None` when the alert is not for it, or it has not even been sent.
    pub fn step(&self, station: u32) -> Option<Step> {
        let at = self.places.binary_search_by_key(&station, |place| place.station.number).ok()?;
        self.places.get(at)?.level().checked_sub(1).and_then(|level| Step::ALL.get(level)).copied()
    }

    /// The stations that it is for with how far each has come, by number.
    pub fn steps(&self) -> impl Iterator<Item = (Station, Option<Step>)> + '_ {
        let step =
            |place: &Place| place.level().checked_sub(1).and_then(|level| Step::ALL.get(level)).copied();
        self.places.iter().map(move |place| (place.station, step(place)))
    }

    /// When and how a station said a step first. A step that was skipped has nothing.
    pub fn heard(&self, station: u32, step: Step) -> Option<Heard> {
        let at = self.places.binary_search_by_key(&station, |place| place.station.number).ok()?;
        self.places.get(at)?.heard.get(step.place()).copied().flatten()
    }

    /// The stations by number, each with when and how it said each step first.
    pub(super) fn all_heard(&self) -> impl Iterator<Item = (Station, [Option<Heard>; STEPS])> + '_ {
        self.places.iter().map(|place| (place.station, place.heard))
    }

    /// The stations that have not come as far as a step, by number.
    pub fn silent(&self, step: Step) -> impl Iterator<Item = Station> + '_ {
        self.places.iter().filter(move |place| place.level() <= step.place()).map(|place| place.station)
    }
}
