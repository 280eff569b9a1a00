//! The national scheme of areas.

use super::table::{Row, Table};
use crate::text::is_area_code;
use scr_core::{Closest, Problem, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bounds on what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaLimits {
    /// Bytes of a file.
    pub bytes: usize,
    /// Rows of a file.
    pub rows: usize,
    /// Areas above one another.
    pub depth: u8,
}

impl Default for AreaLimits {
    fn default() -> Self {
        Self { bytes: 128 << 20, rows: 1_000_000, depth: 12 }
    }
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Code in the national scheme.
    pub code: String,
    /// Name.
    pub name: String,
    /// The area that it belongs to, by its place in the tree.
    pub parent: Option<u32>,
    /// Areas above it.
    pub depth: u8,
    /// Polling stations that the scheme counts in it.
    pub stations: u64,
    /// Registered voters that the scheme counts in it.
    pub voters: u64,
}

/// All areas. An area is named by its place in the order of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AreaTree {
    areas: Vec<Area>,
}

/// Stations and voters of areas, as the scheme counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Coverage {
    stations: u64,
    voters: u64,
}

/// The areas that an alert is for, with everything below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within(Vec<bool>);

impl Within {
    /// Whether an area, by its place in the tree, is among them.
    pub fn has(&self, area: u32) -> bool {
        usize::try_from(area).ok().and_then(|at| self.0.get(at)).copied().unwrap_or(false)
    }
}

impl AreaTree {
    /// Reads a scheme: CSV with the columns `code`, `name`, `parent` (empty at the top), `stations`, `voters`. Gives the tree
    /// with warnings where areas below do not sum up to the area above.
    ///
    /// # Errors
    /// Everything that is wrong, at most 100 problems (`SCR-ALR-040` to `045`).
    pub fn read(bytes: &[u8], file: &str, limits: &AreaLimits) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let mut table = Table::new(file);
        let rows = table.read(bytes, &["code", "name", "parent", "stations", "voters"], limits);
        let mut by_code: BTreeMap<String, Row> = BTreeMap::new();
        for row in rows {
            let (code, number) = (Table::text(&row, 0).to_owned(), row.number);
            if !is_area_code(&code) {
                table.report(table.error("SCR-ALR-041").at_row(number).in_column("code").with_value(&code));
            } else if by_code.insert(code.clone(), row).is_some() {
                table.report(table.error("SCR-ALR-042").at_row(number).with_value(&code));
            }
        }
        let places: BTreeMap<&str, u32> = by_code.keys().map(String::as_str).zip(0u32..).collect();
        // Made when it is needed, and once: it looks a limited number of times.
        let mut closest = None;
        let areas: Vec<Area> =
            by_code.values().filter_map(|row| area(row, &places, &mut closest, &mut table)).collect();
        if table.problems.is_empty() && areas.is_empty() {
            table.report(table.error("SCR-ALR-041").with("rows", 0));
        }
        if !table.problems.is_empty() {
            return Err(table.problems);
        }
        let mut tree = Self { areas };
        tree.set_depths(&mut table, limits.depth);
        if !table.problems.is_empty() {
            return Err(table.problems);
        }
        let warnings = tree.sums(file);
        Ok((tree, warnings))
    }

    /// All areas, by code.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area at a place.
    pub fn area(&self, place: u32) -> Option<&Area> {
        self.areas.get(usize::try_from(place).ok()?)
    }

    /// The place of a code.
    pub fn find(&self, code: &str) -> Option<u32> {
        let at = self.areas.binary_search_by(|area| area.code.as_str().cmp(code)).ok()?;
        u32::try_from(at).ok()
    }

    /// An area and those above it, from below.
    pub fn upwards(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        // The depth was checked when the tree was read, so this ends.
        std::iter::successors(Some(place), |place| self.area(*place).and_then(|area| area.parent))
    }

    /// The areas of an alert, with everything below them.
    ///
    /// # Errors
    /// The codes that the scheme does not have, each with the closest one that it has.
    pub fn within(&self, codes: &[String]) -> Result<Within, Vec<(String, Option<String>)>> {
        let (mut named, mut unknown) = (vec![false; self.areas.len()], Vec::new());
        let mut closest = None;
        for code in codes {
            match self.areas.binary_search_by(|area| area.code.cmp(code)) {
                Ok(at) => {
                    if let Some(slot) = named.get_mut(at) {
                        *slot = true;
                    }
                }
                Err(_) => {
                    let closest = closest.get_or_insert_with(|| {
                        Closest::among(self.areas.iter().map(|area| area.code.as_str()))
                    });
                    unknown.push((code.clone(), closest.to(code).map(str::to_owned)));
                }
            }
        }
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let is_in = |place: u32| {
            let at = usize::try_from(place).unwrap_or(usize::MAX);
            named.get(at).copied().unwrap_or(false)
        };
        let places = 0..u32::try_from(self.areas.len()).unwrap_or(u32::MAX);
        Ok(Within(places.map(|place| self.upwards(place).any(is_in)).collect()))
    }

    fn set_depths(&mut self, table: &mut Table<'_>, most: u8) {
        for place in 0..u32::try_from(self.areas.len()).unwrap_or(u32::MAX) {
            let above = self.upwards(place).skip(1).take(usize::from(most) + 1).collect::<Vec<_>>();
            let depth = u8::try_from(above.len()).unwrap_or(u8::MAX);
            let code = self.area(place).map(|area| area.code.clone()).unwrap_or_default();
            if depth > most {
                let circular = above.contains(&place);
                let code_of = if circular { "SCR-ALR-044" } else { "SCR-ALR-045" };
                table.report(table.error(code_of).in_column("parent").with_value(&code).with("limit", most));
            }
            if let Some(area) = usize::try_from(place).ok().and_then(|at| self.areas.get_mut(at)) {
                area.depth = depth;
            }
        }
    }

    /// Where areas below do not sum up to the one above.
    fn sums(&self, file: &str) -> Vec<Problem> {
        let mut sums: BTreeMap<u32, Coverage> = BTreeMap::new();
        for area in &self.areas {
            if let Some(parent) = area.parent {
                let sum = sums.entry(parent).or_default();
                sum.stations = sum.stations.saturating_add(area.stations);
                sum.voters = sum.voters.saturating_add(area.voters);
            }
        }
        let differs = sums.iter().filter_map(|(place, sum)| {
            let area = self.area(*place)?;
            let own = Coverage { stations: area.stations, voters: area.voters };
            (own != *sum).then(|| {
                Problem::new("SCR-ALR-046", Severity::Warning, file)
                    .with_value(&area.code)
                    .with("stations", own.stations)
                    .with("stations_below", sum.stations)
                    .with("voters", own.voters)
                    .with("voters_below", sum.voters)
            })
        });
        differs.take(100).collect()
    }
}

fn area<'a>(
    row: &Row,
    places: &BTreeMap<&'a str, u32>,
    closest: &mut Option<Closest<'a>>,
    table: &mut Table<'_>,
) -> Option<Area> {
    let parent = match Table::text(row, 2) {
        "" => None,
        code => {
            let place = places.get(code).copied();
            if place.is_none() {
                let closest = closest.get_or_insert_with(|| Closest::among(places.keys().copied()));
                let problem =
                    table.error("SCR-ALR-043").at_row(row.number).in_column("parent").with_value(code);
                table.report(problem.closest_to(closest.to(code)));
            }
            Some(place?)
        }
    };
    let (stations, voters) = (table.count(row, 3, "stations"), table.count(row, 4, "voters"));
    Some(Area {
        code: Table::text(row, 0).to_owned(),
        name: Table::text(row, 1).to_owned(),
        parent,
        depth: 0,
        stations: u64::from(stations?),
        voters: u64::from(voters?),
    })
}
