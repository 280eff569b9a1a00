//! The places of a report: units over all contests, and the places above them.

use super::form::{Head, Writer};
use super::{own_id, unit_id};
use crate::field;
use crate::model::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The identifier of the whole election's area.
pub(super) const ROOT: &str = "gp-all";

/// Numbers that belong to a unit and not to a contest: only those that no two contests state
/// differently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Agreed {
    #[default]
    NotStated,
    Stated(u64),
    Differs,
}

impl Agreed {
    fn take(&mut self, value: Option<u64>) {
        *self = match (*self, value) {
            (own, None) => own,
            (Self::NotStated, Some(value)) => Self::Stated(value),
            (Self::Stated(own), Some(value)) if own == value => *self,
            _ => Self::Differs,
        };
    }

    fn value(self) -> Option<u64> {
        if let Self::Stated(value) = self { Some(value) } else { None }
    }
}

#[derive(Debug, Default)]
struct Unit {
    name: String,
    registered: Agreed,
    voters: Agreed,
    ballots: Agreed,
}

#[derive(Debug)]
struct Place {
    name: String,
    level: usize,
    within: BTreeSet<String>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Places {
    units: BTreeMap<String, Unit>,
    places: BTreeMap<String, Place>,
    /// What lies directly in the whole area.
    top: BTreeSet<String>,
}

const FIELDS: [&str; 3] = [field::REGISTERED, field::VOTERS, field::BALLOTS_CAST];

impl Places {
    /// Takes a table's units in.
    pub(super) fn take(&mut self, table: &Table) {
        let mut sums: BTreeMap<&str, [Option<u64>; 3]> = BTreeMap::new();
        for row in table.units() {
            let own = sums.entry(row.unit()).or_default();
            for (sum, name) in own.iter_mut().zip(FIELDS) {
                *sum = row.field(name).map_or(*sum, |value| Some(sum.unwrap_or(0) + value));
            }
            if !self.units.contains_key(row.unit()) {
                let unit = Unit { name: row.name().to_owned(), ..Unit::default() };
                self.units.insert(row.unit().to_owned(), unit);
            }
            self.hang(&unit_id(row.unit()), row.parents());
        }
        for (code, [registered, voters, ballots]) in sums {
            let Some(unit) = self.units.get_mut(code) else { continue };
            unit.registered.take(registered);
            unit.voters.take(voters);
            unit.ballots.take(ballots);
        }
    }

    /// Hangs a unit below its places, and those below theirs.
    fn hang<'a>(&mut self, id: &str, parents: impl Iterator<Item = &'a str>) {
        let mut path = String::new();
        let mut above: Option<String> = None;
        for (level, name) in parents.enumerate() {
            path.push_str(name);
            path.push('\u{1f}');
            let own = format!("pl-{}", &scr_canon::sha256(path.as_bytes()).to_hex()[..24]);
            let place = Place { name: name.to_owned(), level: level + 1, within: BTreeSet::new() };
            self.places.entry(own.clone()).or_insert(place);
            self.below(above.as_deref(), &own);
            above = Some(own);
        }
        self.below(above.as_deref(), id);
    }

    fn below(&mut self, above: Option<&str>, id: &str) {
        let within = match above {
            Some(above) => self.places.get_mut(above).map(|place| &mut place.within),
            None => Some(&mut self.top),
        };
        if let Some(within) = within.filter(|within| !within.contains(id)) {
            within.insert(id.to_owned());
        }
    }

    pub(super) fn have_ballots(&self) -> bool {
        self.units.values().any(|unit| unit.ballots.value().is_some())
    }

    pub(super) fn write_ballots<W: Write>(&self, w: &mut Writer<W>) -> io::Result<()> {
        for (code, unit) in &self.units {
            let Some(ballots) = unit.ballots.value() else { continue };
            w.item("BallotCounts", Head::of("BallotCounts"), |w| {
                w.text("GpUnitId", &unit_id(code))?;
                w.text("Type", "total")?;
                w.number("BallotsCast", ballots)
            })?;
        }
        Ok(())
    }

    pub(super) fn write<W: Write>(&self, w: &mut Writer<W>, area: &str) -> io::Result<()> {
        w.item("GpUnit", head(ROOT), |w| {
            w.references("ComposingGpUnitIds", &list(&self.top))?;
            w.words("Name", area)?;
            w.text("Type", "other")?;
            w.text("OtherType", "area of the election")
        })?;
        for (id, place) in &self.places {
            w.item("GpUnit", head(id), |w| {
                w.references("ComposingGpUnitIds", &list(&place.within))?;
                w.words("Name", &place.name)?;
                w.text("Type", "other")?;
                w.text("OtherType", &format!("place of level {}", place.level))
            })?;
        }
        for (code, unit) in &self.units {
            let id = unit_id(code);
            w.item("GpUnit", head(&id), |w| {
                own_id(w, code)?;
                let name = if unit.name.is_empty() { code } else { &unit.name };
                w.words("Name", name)?;
                w.text("Type", "precinct")?;
                if let Some(voters) = unit.voters.value() {
                    w.number("VotersParticipated", voters)?;
                }
                unit.registered.value().map_or(Ok(()), |voters| w.number("VotersRegistered", voters))
            })?;
        }
        Ok(())
    }
}

fn head(id: &str) -> Head<'_> {
    Head { class: "ReportingUnit", id: Some(id), derived: true }
}

fn list(ids: &BTreeSet<String>) -> Vec<String> {
    ids.iter().cloned().collect()
}
