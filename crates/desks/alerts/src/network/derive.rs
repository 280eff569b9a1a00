//! Areas and stations from the registry of polling stations, and what a version changes against the one before.

use super::Network;
use scr_alerts::areas::{Point, degrees};
use scr_alerts::card::MAX_STATIONS;
use scr_alerts::text::is_area_code;
use scr_core::{Problem, Severity, slug};
use scr_engine::Fault;
use scr_results::registry::Station;
use std::collections::{BTreeMap, BTreeSet};

/// Longest name in a list, in bytes.
const MAX_NAME: usize = 200;
/// Longest code of an area, in bytes.
const MAX_CODE: usize = 24;
/// Letters of a name that its code has.
const LETTERS: usize = 12;
/// Examples of what changes.
const EXAMPLES: usize = 20;

/// The two lists of a network as CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// `code`, `name`, `parent`, `stations`, `voters`.
    pub areas: String,
    /// `number`, `area`, `voters`, `unit`, `name`, `latitude`, `longitude`.
    pub stations: String,
}

/// Names from the widest place down.
type Path = Vec<String>;

#[derive(Default)]
struct Sums {
    stations: u64,
    voters: u64,
}

/// Makes areas of the places above the stations, and gives each station a number: that of its code where the code is one, else
/// the next that is free. What is known from the version before keeps code and number. `title` names the area above all
/// where the registry has no single widest place.
///
/// # Errors
/// `SCR-ALR-210`: no stations, or more than numbers.
pub fn derive(registry: &[Station], title: &str, before: Option<&Network>) -> Result<Derived, Vec<Problem>> {
    let too_many = registry.len() >= usize::try_from(MAX_STATIONS).unwrap_or(usize::MAX);
    if registry.is_empty() || too_many {
        let problem = Problem::new("SCR-ALR-210", Severity::Error, "registry");
        return Err(vec![problem.with("stations", registry.len())]);
    }
    let root = root_of(registry, title);
    let path_of = |station: &Station| -> Path {
        let own = station.parents.iter().map(|name| plain(name)).filter(|name| !name.is_empty());
        let path: Path = own.collect();
        if path.first() == Some(&root) { path } else { [vec![root.clone()], path].concat() }
    };
    let mut sums: BTreeMap<Path, Sums> = BTreeMap::new();
    for station in registry {
        let path = path_of(station);
        for length in 1..=path.len() {
            let sum = sums.entry(path.iter().take(length).cloned().collect()).or_default();
            sum.stations += 1;
            sum.voters = sum.voters.saturating_add(u64::from(voters(station)));
        }
    }
    let codes = codes(sums.keys(), before);
    let numbers = numbers(registry, before);
    let written = || -> Result<Derived, csv::Error> {
        let mut areas = csv::Writer::from_writer(Vec::new());
        areas.write_record(["code", "name", "parent", "stations", "voters"])?;
        for (path, sum) in &sums {
            let parent = path.split_last().and_then(|(_, above)| codes.get(above)).map_or("", String::as_str);
            let name = path.last().map_or("", String::as_str);
            let code = codes.get(path).map_or("", String::as_str);
            areas.write_record([code, name, parent, &sum.stations.to_string(), &sum.voters.to_string()])?;
        }
        let mut stations = csv::Writer::from_writer(Vec::new());
        let has_places = registry.iter().any(|station| place(station).is_some());
        let columns = ["number", "area", "voters", "unit", "name", "latitude", "longitude"];
        stations.write_record(columns.iter().take(if has_places { 7 } else { 5 }))?;
        for station in registry {
            let code = codes.get(&path_of(station)).map_or("", String::as_str);
            let number = numbers.get(station.unit.as_str()).map(u32::to_string).unwrap_or_default();
            let (unit, name) = (plain(&station.unit), plain(&station.name));
            let mut row = vec![number, code.to_owned(), voters(station).to_string(), unit, name];
            if has_places {
                row.extend(place(station).unwrap_or_default());
            }
            stations.write_record(&row)?;
        }
        Ok(Derived { areas: text(areas), stations: text(stations) })
    };
    written().map_err(|error| {
        drop(Fault::log(&error));
        vec![Problem::new("SCR-ALR-210", Severity::Error, "registry")]
    })
}

fn text(writer: csv::Writer<Vec<u8>>) -> String {
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn voters(station: &Station) -> u32 {
    u32::try_from(station.registered.unwrap_or(0)).unwrap_or(u32::MAX)
}

/// Where the registry says that it is; both or none.
fn place(station: &Station) -> Option<[String; 2]> {
    let value = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    let (latitude, longitude) = (value(station.latitude), value(station.longitude));
    let point = latitude.zip(longitude).and_then(|(latitude, longitude)| Point::new(latitude, longitude));
    point.map(|point| [degrees(point.latitude()), degrees(point.longitude())])
}

/// The widest place of all stations, or the title.
fn root_of(registry: &[Station], title: &str) -> String {
    let mut widest = registry.iter().map(|station| station.parents.first().map(|name| plain(name)));
    let first = widest.next().flatten().filter(|name| !name.is_empty());
    match first {
        Some(first) if widest.all(|one| one.as_ref() == Some(&first)) => first,
        _ => plain(title),
    }
}

/// Without control characters, and not longer than a list takes.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for c in name.trim().chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if out.len() + c.len_utf8() > MAX_NAME {
            break;
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// A code for each place: unique, made of names, and the one of the version before where the place was there.
fn codes<'a>(paths: impl Iterator<Item = &'a Path>, before: Option<&Network>) -> BTreeMap<Path, String> {
    let known = before.map(known_codes).unwrap_or_default();
    let mut used: BTreeSet<String> = known.values().cloned().collect();
    let mut codes: BTreeMap<Path, String> = BTreeMap::new();
    // In the order of paths, so a place comes after the one above it.
    for path in paths {
        let code = known.get(path).cloned().unwrap_or_else(|| {
            let above =
                if path.len() > 2 { path.split_last().and_then(|(_, above)| codes.get(above)) } else { None };
            new_code(path.last().map_or("", String::as_str), above.map(String::as_str), &used)
        });
        used.insert(code.clone());
        codes.insert(path.clone(), code);
    }
    codes
}

/// The codes of a network by the names of their places.
fn known_codes(network: &Network) -> BTreeMap<Path, String> {
    let tree = &network.tree;
    let path = |place: u32| {
        let mut names: Path =
            tree.upwards(place).filter_map(|place| tree.area(place)).map(|area| area.name.clone()).collect();
        names.reverse();
        names
    };
    (0u32..).zip(tree.areas()).map(|(place, area)| (path(place), area.code.clone())).collect()
}

fn new_code(name: &str, above: Option<&str>, used: &BTreeSet<String>) -> String {
    let letters: String = slug(name).to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let own: String = letters.chars().take(LETTERS).collect();
    let own = if own.is_empty() { "A".to_owned() } else { own };
    let long = above.map(|above| format!("{above}.{own}")).filter(|code| code.len() <= MAX_CODE);
    let stem = long.unwrap_or(own);
    let fits = |code: &String| is_area_code(code) && !used.contains(code);
    if fits(&stem) {
        return stem;
    }
    let numbered = |number: u32| {
        let end = format!("-{number}");
        let kept: String = stem.chars().take(MAX_CODE.saturating_sub(end.len())).collect();
        format!("{kept}{end}")
    };
    (2u32..).map(numbered).find(fits).unwrap_or(stem)
}

/// A number for each station by its code in the registry.
fn numbers(registry: &[Station], before: Option<&Network>) -> BTreeMap<String, u32> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut used: BTreeSet<u32> = BTreeSet::new();
    for (number, (unit, _)) in before.iter().flat_map(|network| &network.names) {
        // The number of a station that is gone goes to nobody: there may be cards with it.
        used.insert(*number);
        numbers.insert(unit.clone(), *number);
    }
    let mut units: Vec<&str> = registry.iter().map(|station| station.unit.as_str()).collect();
    units.sort_unstable();
    let own = |unit: &str| {
        let is_number = unit.len() <= 6 && unit.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| unit.parse::<u32>().ok()).flatten()
    };
    for unit in &units {
        if let Some(number) =
            own(unit).filter(|number| !numbers.contains_key(*unit) && !used.contains(number))
        {
            used.insert(number);
            numbers.insert((*unit).to_owned(), number);
        }
    }
    let mut free = 1..MAX_STATIONS;
    for unit in units {
        if numbers.contains_key(unit) {
            continue;
        }
        if let Some(number) = free.by_ref().find(|number| !used.contains(number)) {
            numbers.insert(unit.to_owned(), number);
        }
    }
    numbers
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Number of the station.
    pub number: u32,
    /// Its name, or its number.
    pub name: String,
    /// Code of its area before; empty when it is new.
    pub from: String,
    /// Code of its area now; empty when it is gone.
    pub to: String,
}

/// What a version changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Stations that were not there before.
    pub added: u64,
    /// Stations that are no longer there.
    pub gone: u64,
    /// Stations that are in another area.
    pub moved: u64,
    /// Numbers that belong to another code of the registry: sealed sheets with this number are another station's.
    pub reassigned: u64,
    /// Areas that were not there before.
    pub areas_added: u64,
    /// Areas that are no longer there.
    pub areas_gone: u64,
    /// Some of the stations.
    pub examples: Vec<Example>,
}

impl Changes {
    /// Whether nothing changes for stations and areas (voters and names may).
    pub fn is_nothing(&self) -> bool {
        self.added + self.gone + self.moved + self.reassigned + self.areas_added + self.areas_gone == 0
    }
}

/// What changes from one version to the next; `None` before: everything is new.
pub fn changes(before: Option<&Network>, after: &Network) -> Changes {
    let mut changes = Changes::default();
    let area = |network: &Network, place: u32| {
        network.tree.area(place).map(|area| area.code.clone()).unwrap_or_default()
    };
    let unit = |network: &Network, number: u32| network.names.get(&number).map(|(unit, _)| unit.clone());
    let old: BTreeMap<u32, String> = before
        .iter()
        .flat_map(|network| network.stations.all().iter().map(|one| (one.number, area(network, one.area))))
        .collect();
    let mut note = |number: u32, name: String, from: &str, to: &str| {
        if changes.examples.len() < EXAMPLES {
            changes.examples.push(Example { number, name, from: from.to_owned(), to: to.to_owned() });
        }
    };
    let (mut added, mut gone, mut moved, mut reassigned) = (0, 0, 0, 0);
    for station in after.stations.all() {
        let to = area(after, station.area);
        match old.get(&station.number) {
            None => {
                added += 1;
                note(station.number, after.name(station.number), "", &to);
            }
            Some(from) => {
                let is_other =
                    before.is_some_and(|before| unit(before, station.number) != unit(after, station.number));
                reassigned += u64::from(is_other);
                if *from != to {
                    moved += 1;
                    note(station.number, after.name(station.number), from, &to);
                }
            }
        }
    }
    let now: BTreeSet<u32> = after.stations.all().iter().map(|one| one.number).collect();
    for (number, from) in old.iter().filter(|(number, _)| !now.contains(number)) {
        gone += 1;
        note(*number, before.map(|before| before.name(*number)).unwrap_or_default(), from, "");
    }
    let codes = |network: &Network| -> BTreeSet<String> {
        network.tree.areas().iter().map(|area| area.code.clone()).collect()
    };
    let (old_codes, new_codes) = (before.map(codes).unwrap_or_default(), codes(after));
    let count = |difference: usize| u64::try_from(difference).unwrap_or(u64::MAX);
    Changes {
        added,
        gone,
        moved,
        reassigned,
        areas_added: count(new_codes.difference(&old_codes).count()),
        areas_gone: count(old_codes.difference(&new_codes).count()),
        ..changes
    }
}
