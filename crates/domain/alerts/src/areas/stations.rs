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
    pub fn read(
        bytes: &[u8],
        file: &str,
        tree: &AreaTree,
        limits: &AreaLimits,
    ) -> Result<Self, Vec<Problem>> {
        let mut table = Table::new(file);
        let rows = table.read(bytes, &["number", "area", "voters"], limits);
        let mut found: BTreeMap<u32, Station> = BTreeMap::new();
        let mut closest = None;
        for row in rows {
            let Some(station) = station(&row, tree, &mut closest, &mut table) else { continue };
            if found.insert(station.number, station).is_some() {
                table.report(
                    table.error("SCR-ALR-042").at_row(row.number).with_value(&station.number.to_string()),
                );
            }
        }
        if table.problems.is_empty() {
            Ok(Self { all: found.into_values().collect() })
        } else {
            Err(table.problems)
        }
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
    table: &mut Table<'_>,
) -> Option<Station> {
    let number = table.count(row, 0, "number")?;
    let code = Table::text(row, 1);
    if number >= MAX_STATIONS {
        table.report(
            table.error("SCR-ALR-041").at_row(row.number).in_column("number").with("limit", MAX_STATIONS),
        );
        return None;
    }
    let Some(area) = tree.find(code) else {
        let closest =
            closest.get_or_insert_with(|| Closest::among(tree.areas().iter().map(|area| area.code.as_str())));
        let problem = table.error("SCR-ALR-043").at_row(row.number).in_column("area").with_value(code);
        table.report(problem.closest_to(closest.to(code)));
        return None;
    };
    Some(Station { number, area, voters: table.count(row, 2, "voters")? })
}
