//! Figures of an alert's arrival for pages: sums, areas with the worst first, silent stations.

use super::boards::{self, Shown};
use super::kinds::FEWEST;
use super::{case, view};
use rusqlite::Connection;
use scr_alerts::acks::{Step, Tally};
use scr_alerts::areas::Station;
use scr_engine::{ActError, rusqlite};
use scr_web::App;
use std::cmp::Reverse;

/// Stations and voters of an area, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum(pub(crate) Tally);

impl Sum {
    fn add(&mut self, other: &Tally) {
        for (slot, count) in self.0.stations.iter_mut().zip(other.stations) {
            *slot = slot.saturating_add(count);
        }
        for (slot, count) in self.0.voters.iter_mut().zip(other.voters) {
            *slot = slot.saturating_add(count);
        }
    }

    /// Stations that the alert is for.
    pub(crate) fn of(&self) -> u64 {
        self.0.of()
    }

    /// Their voters.
    pub(crate) fn voters(&self) -> u64 {
        self.0.voters.iter().sum()
    }

    /// Stations that have not come so far.
    pub(crate) fn silent(&self, goal: Step) -> u64 {
        self.0.short_of(goal)
    }

    /// Stations that have.
    pub(crate) fn reached(&self, step: Step) -> u64 {
        self.of().saturating_sub(self.0.short_of(step))
    }

    /// Voters of those.
    pub(crate) fn voters_reached(&self, step: Step) -> u64 {
        self.voters().saturating_sub(self.0.voters_short_of(step))
    }
}

/// An area with its figures.
#[derive(Debug, Clone)]
pub(crate) struct AreaLine {
    /// Its place in the tree.
    pub(crate) place: u32,
    /// Its figures.
    pub(crate) sum: Sum,
}

impl Shown {
    /// The sums of everything, or of one area.
    pub(crate) fn sum(&self, area: Option<u32>) -> Sum {
        let mut sum = Sum::default();
        match area {
            Some(area) => sum.add(&self.board.tally(area)),
            None => self.roots.iter().for_each(|root| sum.add(&self.board.tally(*root))),
        }
        sum
    }

    /// The areas below one. On top: the areas that the alert names, or what is below the only one.
    pub(crate) fn below(&self, area: Option<u32>) -> Vec<u32> {
        let tree = &self.network.tree;
        let below = |above: u32| {
            (0u32..)
                .zip(tree.areas())
                .filter(move |(_, area)| area.parent == Some(above))
                .map(|(place, _)| place)
                .collect::<Vec<_>>()
        };
        match (area, self.roots.as_slice()) {
            (Some(area), _) => below(area),
            (None, [only]) => {
                let all = below(*only);
                if all.is_empty() { vec![*only] } else { all }
            }
            (None, roots) => roots.to_vec(),
        }
    }

    /// The same with their figures, those with most silent stations first.
    pub(crate) fn lines(&self, area: Option<u32>, goal: Step) -> Vec<AreaLine> {
        let mut lines: Vec<AreaLine> = self
            .below(area)
            .into_iter()
            .map(|place| AreaLine { place, sum: self.sum(Some(place)) })
            .filter(|line| line.sum.of() > 0)
            .collect();
        lines.sort_by_key(|line| (Reverse(line.sum.silent(goal)), Reverse(line.sum.of()), line.place));
        lines
    }

    /// Whether a station lies in an area.
    pub(crate) fn is_in(&self, station: &Station, area: Option<u32>) -> bool {
        area.is_none_or(|area| self.network.tree.upwards(station.area).any(|above| above == area))
    }

    /// Silent stations of an area by number, behind a number.
    pub(crate) fn silent(
        &self,
        area: Option<u32>,
        goal: Step,
        after: Option<u32>,
        most: usize,
    ) -> Vec<Station> {
        let all = self.board.silent(goal);
        all.filter(|station| after.is_none_or(|after| station.number > after) && self.is_in(station, area))
            .take(most)
            .collect()
    }

    /// The stations of an area by number.
    pub(crate) fn stations(&self, area: u32) -> impl Iterator<Item = Station> + '_ {
        let all = self.network.stations.all().iter().copied();
        all.filter(move |station| self.is_in(station, Some(area)))
    }

    /// Names of an area and those above it, from above.
    pub(crate) fn path(&self, area: u32) -> String {
        let tree = &self.network.tree;
        let mut names: Vec<&str> =
            tree.upwards(area).filter_map(|place| tree.area(place)).map(|area| area.name.as_str()).collect();
        // The whole country says nothing where everything is in it.
        if names.len() > 1 {
            names.pop();
        }
        names.reverse();
        names.join(", ")
    }
}

/// How far an alert has come, for its public page: sums of the whole and nothing of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Stations that it is for.
    pub stations: u64,
    /// Stations that have come at least to each step: sent, delivered, read, understood, acted.
    pub reached: [u64; 5],
    /// The figures at expiry that were recorded, with the index of their entry; nothing before.
    pub at_expiry: Option<([u64; 5], u64)>,
}

/// The sums of an alert that may stand in public; `None` where it is for fewer than ten stations, or none are known.
///
/// # Errors
/// `SCR-ALR-280` (no such alert), faults.
pub fn totals(app: &App, alert: u64) -> Result<Option<Totals>, ActError> {
    let case = case::at(app, alert)?;
    if app.store().is_none() {
        return recorded(app, alert);
    }
    let shown = match boards::shown(app, &case) {
        Err(ActError::Refused(refusal)) if refusal.code == boards::NO_NETWORK => return Ok(None),
        other => other?,
    };
    if shown.board.len() < FEWEST {
        return Ok(None);
    }
    let closing = app.engine.read(|views| view::closing(views, alert))?;
    let (stations, reached) = super::batch::reached(&shown.board, &shown.roots);
    let at_expiry = closing.and_then(|batch| batch.reached.map(|(_, counts)| (counts, batch.index)));
    Ok(Some(Totals { stations, reached, at_expiry }))
}

/// The same on a mirror: as far as the record says it in public.
fn recorded(app: &App, alert: u64) -> Result<Option<Totals>, ActError> {
    let (last, closing) = app.engine.read(|views| {
        Ok((view::batches(views, alert, 1)?.into_iter().next(), view::closing(views, alert)?))
    })?;
    let at_expiry = closing.and_then(|batch| batch.reached.map(|(_, counts)| (counts, batch.index)));
    let reached = last.and_then(|batch| batch.reached);
    Ok(reached.map(|(stations, reached)| Totals { stations, reached, at_expiry }))
}

/// What was recorded of an alert when it expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AtExpiry {
    /// Stations that it was for.
    pub(crate) stations: u64,
    /// Stations that had come at least to each step.
    pub(crate) reached: [u64; 5],
    /// The entry, and when it was made.
    pub(crate) entry: (u64, i64),
}

/// The figures at expiry, for everybody; nothing before they are recorded, and nothing of fewer than ten stations.
pub(crate) fn at_expiry(views: &Connection, alert: u64) -> rusqlite::Result<Option<AtExpiry>> {
    let closing = view::closing(views, alert)?;
    Ok(closing.and_then(|batch| {
        let (stations, reached) = batch.reached?;
        Some(AtExpiry { stations, reached, entry: (batch.index, batch.at) })
    }))
}
