//! Polling stations.

use super::table::{Row, Table};
use super::{AreaLimits, AreaTree, Within};
use crate::card::MAX_STATIONS;
use scr_core::{Closest, Problem};
use std::collections::BTreeMap;

/// A polling station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Station {
    /// Its number, below a million: cards and strips bear it.
    pub number: u32,
    /// Its area, by its place in the tree.
    pub area: u32,
    /// Registered voters.
    pub voters: u32,
}

/// Polling stations, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stations {
    all: Vec<Station>,
}

impl Stations {
    /// Stations in any order; the last of those with one number counts.
    pub fn new(stations: impl IntoIterator<Item = Station>) -> Self {
        let by_number: BTreeMap<u32, Station> = stations.into_iter().map(|one| (one.number, one)).collect();
        Self { all: by_number.into_values().collect() }
    }

    /// Reads a list: CSV with the columns `number`, `area` (a code of the scheme) and `voters`.
    ///
    /// # Errors
    /// Everything that is wrong, at most 100 problems (`SCR-ALR-040` to `045`).
    pub fn read(bytes: &[u8], file: &str, tree: &AreaTree, limits: &AreaLimits) -> Result<Self, Vec<Problem>> {
        let mut table = Table::new(file);
        let rows = table.read(bytes, &["number", "area", "voters"], limits);
        let mut found: BTreeMap<u32, Station> = BTreeMap::new();
        let mut closest = None;
        for row in rows {
            match station(&row, tree, &mut closest, &table) {
                Ok(station) if found.contains_key(&station.number) => {
                    table.report(table.error("SCR-ALR-042").at_row(row.number).with_value(&station.number.to_string()));
                }
                Ok(station) => {
                    found.insert(station.number, station);
                }
                Err(problem) => table.report(problem),
            }
        }
        if table.problems.is_empty() { Ok(Self { all: found.into_values().collect() }) } else { Err(table.problems) }
    }

    /// All of them, by number.
    pub fn all(&self) -> &[Station] {
        &self.all
    }

    /// Those that an alert is for, by number.
    pub fn within<'a>(&'a self, within: &'a Within) -> impl Iterator<Item = Station> + 'a {
        self.all.iter().copied().filter(|station| within.has(station.area))
    }
}

fn station<'a>(
    row: &Row,
    tree: &'a AreaTree,
    closest: &mut Option<Closest<'a>>,
    table: &Table<'_>,
) -> Result<Station, Problem> {
    let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
    let wrong = |at: usize, name: &str| {
        table.error("SCR-ALR-041").at_row(row.number).in_column(name).with_value(cell(at))
    };
    let number = |at: usize, name: &str| {
        let digits = !cell(at).is_empty() && cell(at).bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| cell(at).parse::<u32>().ok()).flatten().ok_or_else(|| wrong(at, name))
    };
    let own = number(0, "number")?;
    if own >= MAX_STATIONS {
        return Err(wrong(0, "number"));
    }
    let area = tree.find(cell(1)).ok_or_else(|| {
        let closest =
            closest.get_or_insert_with(|| Closest::among(tree.areas().iter().map(|area| area.code.as_str())));
        let problem = table.error("SCR-ALR-043").at_row(row.number).in_column("area").with_value(cell(1));
        problem.closest_to(closest.to(cell(1)))
    })?;
    Ok(Station { number: own, area, voters: number(2, "voters")? })
}
