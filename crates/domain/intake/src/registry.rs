//! Registries of polling stations: records to places, none merged and none dropped silently.

use crate::codes;
use crate::columns::{self, Place as At, Sheet, tidy};
use crate::intake::Input;
use crate::limits::Limits;
use crate::mapping::{ColumnRef, FileSpec, Format, VERSION, ValuesSpec, parse_strict};
use crate::number::{self, Cell};
use crate::plan::Finder;
use crate::problems::Problems;
use crate::propose::document_format;
use crate::raw::open;
use scr_results::{Problem, Severity};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happens with records whose key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// The registry is refused, with a suggestion for a further column.
    #[default]
    Refuse,
    /// Each further record is kept under a code of its own, `code~line`, and listed.
    Number,
}

/// How a registry's columns become places. Columns are named as in a results mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistryMapping {
    /// 1.
    pub version: u32,
    /// Its name, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How to find the records.
    #[serde(default)]
    pub file: FileSpec,
    /// Columns of the code; `["@row"]`: places have no code.
    pub code: Vec<ColumnRef>,
    /// Further columns that make the key unique; they become part of the code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<ColumnRef>,
    /// Columns of the places above, from the widest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<ColumnRef>,
    /// Column of the name.
    #[serde(default)]
    pub label: Option<ColumnRef>,
    /// Column of the address.
    #[serde(default)]
    pub address: Option<ColumnRef>,
    /// Column of the persons on the register.
    #[serde(default)]
    pub registered: Option<ColumnRef>,
    /// Column of the latitude, in degrees.
    #[serde(default)]
    pub latitude: Option<ColumnRef>,
    /// Column of the longitude, in degrees.
    #[serde(default)]
    pub longitude: Option<ColumnRef>,
    /// One column with latitude and longitude, a comma between them.
    #[serde(default)]
    pub coordinates: Option<ColumnRef>,
    /// What happens with repeats.
    #[serde(default)]
    pub repeats: Repeats,
}

impl RegistryMapping {
    /// A mapping with nothing but the columns of the code.
    pub fn new(code: &[&str]) -> Self {
        Self {
            version: VERSION,
            name: String::new(),
            file: FileSpec::default(),
            code: code.iter().map(|column| (*column).to_owned()).collect(),
            further: Vec::new(),
            path: Vec::new(),
            label: None,
            address: None,
            registered: None,
            latitude: None,
            longitude: None,
            coordinates: None,
            repeats: Repeats::Refuse,
        }
    }

    /// Reads a saved mapping (TOML or JSON). Errors: [`codes::MAPPING_UNREADABLE`], [`codes::MAPPING_VERSION`].
    pub fn parse(text: &str, file: &str) -> Result<Self, Box<Problem>> {
        let mapping: Self = parse_strict(text, file)?;
        if mapping.version == VERSION {
            return Ok(mapping);
        }
        let problem = Problem::new(codes::MAPPING_VERSION, Severity::Error, file);
        Err(Box::new(problem.with_value(&mapping.version.to_string()).with("known", VERSION)))
    }

    /// As TOML, without what is as it is by default.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// What the headings themselves suggest: Level1 to Level5, Number, Address, DisplayOrder, Latitude,
    /// Longitude, and their names in other files. `None` when no column names a place.
    pub fn propose(headings: &[String]) -> Option<Self> {
        let find = |names: &[&str]| -> Option<String> {
            names
                .iter()
                .find_map(|name| headings.iter().find(|heading| heading.to_lowercase() == *name).cloned())
        };
        let mut path: Vec<String> = (1..=5).filter_map(|level| find(&[&format!("level{level}")])).collect();
        if path.is_empty() {
            for names in [
                &["country", "país", "pays", "страна"][..],
                &["region", "province", "state", "departamento", "województwo", "kraj"],
                &["district", "city/district", "county", "powiat", "okres", "município"],
                &["municipality", "commune/territory", "city", "gmina", "obec", "commune"],
            ] {
                path.extend(find(names));
            }
        }
        let code = find(&[
            "number",
            "station",
            "code",
            "precinct",
            "polling station",
            "numer obwodu",
            "mesa",
            "nr",
            "terc",
            "id",
        ]);
        if path.is_empty() && code.is_none() {
            return None;
        }
        let mut mapping = Self::new(&["@row"]);
        if let Some(code) = code {
            mapping.code = vec![code];
        }
        mapping.path = path;
        mapping.label = find(&["name", "location", "nazwa", "nom", "nombre", "siedziba"]);
        mapping.address = find(&["address", "adres", "adresse", "dirección", "adresa"]);
        mapping.latitude = find(&["latitude", "lat"]);
        mapping.longitude = find(&["longitude", "lon", "lng", "long"]);
        mapping.coordinates = find(&["coordinates", "coordenadas", "coordonnées"]);
        Some(mapping)
    }
}

/// One place of a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RegisteredPlace {
    /// Code, unique together with `path`.
    pub code: String,
    /// Name; may be empty.
    pub name: String,
    /// The places above, from the widest; levels that are empty at the end are left out.
    pub path: Vec<String>,
    /// Address in one line; may be empty.
    pub address: String,
    /// Latitude in millionths of a degree.
    pub latitude: Option<i64>,
    /// Longitude in millionths of a degree.
    pub longitude: Option<i64>,
    /// Persons on the register, where the registry says so.
    pub registered: Option<u64>,
    /// The line or row of the file, from 1.
    pub line: u64,
}

/// What comes of a registry: all places and warnings, or errors and no place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegistryIntake {
    /// The places, in the order of the file; empty when there is an error.
    pub places: Vec<RegisteredPlace>,
    /// Records read, whatever became of them.
    pub records: u64,
    /// Records whose key was there already.
    pub repeats: u64,
    /// Records that can be no place.
    pub refused: u64,
    /// Everything that is wrong or worth knowing.
    pub problems: Vec<Problem>,
    /// How many further problems of each code are not listed.
    pub unlisted: BTreeMap<&'static str, u64>,
}

impl RegistryIntake {
    /// Whether the places can be used.
    pub fn is_complete(&self) -> bool {
        !self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// Reads a registry of places as the mapping says.
pub fn registry(input: Input<'_>, mapping: &RegistryMapping, limits: &Limits) -> RegistryIntake {
    let mut problems = Problems::new(input.name, limits);
    let mut intake = RegistryIntake::default();
    if document_format(input.bytes) == Some(Format::EmlNl) {
        let root = crate::eml::document(input, mapping.file.member.as_deref(), limits, &mut problems);
        if let Some(root) = root {
            crate::eml::read_stations(&root, &mut intake, &mut problems);
        }
    } else if let Some(parts) =
        open::registry_parts(input.name, input.bytes, &mapping.file, limits, &mut problems)
    {
        for part in &parts {
            problems.within(input.name, part.name.as_deref());
            let Some(sheet) = columns::sheet(&part.grid, &mapping.file, &mut problems) else { continue };
            if part.text.is_some() && !mapping.file.uneven {
                sheet.report_uneven(&mut problems);
            }
            read_sheet(&sheet, mapping, &mut intake, &mut problems);
        }
    }
    if problems.any_error() {
        intake.places.clear();
    }
    (intake.problems, intake.unlisted) = problems.finish();
    intake
}

/// The columns, found.
struct Columns {
    code: Vec<At>,
    path: Vec<At>,
    label: Option<At>,
    address: Option<At>,
    registered: Option<At>,
    latitude: Option<At>,
    longitude: Option<At>,
    coordinates: Option<At>,
}

fn read_sheet(
    sheet: &Sheet<'_>,
    mapping: &RegistryMapping,
    intake: &mut RegistryIntake,
    problems: &mut Problems,
) {
    let finder = Finder { sheet, joined: &[] };
    let mut all = |names: &[ColumnRef]| -> Vec<At> {
        names.iter().filter_map(|name| finder.place(name, problems)).collect()
    };
    let mut code = all(&mapping.code);
    code.extend(all(&mapping.further));
    let path = all(&mapping.path);
    let mut one = |name: &Option<ColumnRef>| name.as_ref().and_then(|name| finder.place(name, problems));
    let columns = Columns {
        code,
        path,
        label: one(&mapping.label),
        address: one(&mapping.address),
        registered: one(&mapping.registered),
        latitude: one(&mapping.latitude),
        longitude: one(&mapping.longitude),
        coordinates: one(&mapping.coordinates),
    };
    if problems.any_error() {
        return;
    }
    if mapping.code.iter().any(|column| column == "@row") {
        problems.push(problems.warning(codes::PLACES_BY_ROW).with("places", sheet.records.len()));
    }
    let by_row = mapping.code.iter().any(|column| column == "@row");
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut repeated = false;
    for index in 0..sheet.records.len() {
        intake.records += 1;
        let Some(mut place) = place(sheet, &columns, index, &finder, problems) else {
            intake.refused += 1;
            continue;
        };
        // Without codes, a repeat is a record that says the same of the same place.
        let own = if by_row { format!("{}\u{1f}{}", place.name, place.address) } else { place.code.clone() };
        if !seen.insert(format!("{}\u{1e}{own}", place.path.join("\u{1f}"))) {
            intake.repeats += 1;
            let keep = mapping.repeats == Repeats::Number || by_row;
            let problem =
                if keep { problems.warning(codes::PLACE_TWICE) } else { problems.error(codes::PLACE_TWICE) };
            repeated |= !keep;
            let problem =
                problem.at_row(place.line).with_value(&place.code).with("path", place.path.join(" / "));
            problems.push(problem);
            if !by_row {
                place.code = format!("{}~{}", place.code, place.line);
            }
        }
        intake.places.push(place);
    }
    if repeated {
        suggest(sheet, &columns, problems);
    }
}

fn place(
    sheet: &Sheet<'_>,
    columns: &Columns,
    index: usize,
    finder: &Finder<'_, '_>,
    problems: &mut Problems,
) -> Option<RegisteredPlace> {
    let record = sheet.records[index];
    let line = record.line();
    let text = |at: At| match at {
        At::Cell(column) => tidy(number::unwrapped(record.cell(column)).unwrap_or(record.cell(column))),
        At::Line => line.to_string(),
        _ => String::new(),
    };
    let mut path: Vec<String> = columns.path.iter().map(|at| text(*at)).collect();
    while path.last().is_some_and(String::is_empty) {
        path.pop();
    }
    if let Some(gap) = path.iter().position(String::is_empty) {
        let label = finder.label(columns.path[gap]);
        problems.push(problems.error(codes::LEVEL_GAP).at_row(line).in_column(&label));
    }
    let parts: Vec<String> =
        columns.code.iter().map(|at| text(*at)).filter(|part| !part.is_empty()).collect();
    let code = parts.join("-");
    if code.is_empty() {
        let what = if path.is_empty() { codes::PLACE_EMPTY } else { codes::PLACE_NO_CODE };
        problems.push(problems.error(what).at_row(line).with("path", path.join(" / ")));
        return None;
    }
    let registered =
        columns.registered.and_then(|at| match number::read(&text(at), &ValuesSpec::default()) {
            Cell::Number(registered) => Some(registered),
            Cell::Missing => None,
            Cell::Wrong(code) => {
                let label = finder.label(at);
                problems.push(problems.error(code).at_row(line).in_column(&label).with_value(&text(at)));
                None
            }
        });
    let (latitude, longitude) = coordinates(columns, &text, line, finder, problems);
    Some(RegisteredPlace {
        code,
        name: columns.label.map(text).unwrap_or_default(),
        path,
        address: columns.address.map(text).unwrap_or_default(),
        latitude,
        longitude,
        registered,
        line,
    })
}

fn coordinates(
    columns: &Columns,
    text: &dyn Fn(At) -> String,
    line: u64,
    finder: &Finder<'_, '_>,
    problems: &mut Problems,
) -> (Option<i64>, Option<i64>) {
    let pairs: [Option<(String, At)>; 2] = match columns.coordinates {
        Some(at) => {
            let both = text(at);
            match both.split_once(',') {
                Some((latitude, longitude)) => {
                    [Some((latitude.to_owned(), at)), Some((longitude.to_owned(), at))]
                }
                None if both.is_empty() => [None, None],
                None => [Some((both, at)), None],
            }
        }
        None => [columns.latitude, columns.longitude].map(|at| at.map(|at| (text(at), at))),
    };
    let [latitude, longitude] = pairs.map(|pair| pair.filter(|(text, _)| !text.trim().is_empty()));
    let mut read = |pair: Option<(String, At)>, most: i64| {
        let (text, at) = pair?;
        let found = micro_degrees(&text);
        let code = match found {
            Some(value) if value.abs() <= most * 1_000_000 => return Some(value),
            Some(_) => codes::COORDINATE_RANGE,
            None => codes::COORDINATE,
        };
        problems.push(problems.warning(code).at_row(line).in_column(&finder.label(at)).with_value(&text));
        None
    };
    match (read(latitude, 90), read(longitude, 180)) {
        // One half of a coordinate is no coordinate.
        (Some(latitude), Some(longitude)) => (Some(latitude), Some(longitude)),
        _ => (None, None),
    }
}

/// Decimal degrees to millionths, without floating point; further digits are cut off.
fn micro_degrees(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix(['-', '−']).map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || !all_digits(whole)
        || !all_digits(fraction)
        || text.ends_with('.')
    {
        return None;
    }
    let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Some(sign * (whole.parse::<i64>().ok()? * 1_000_000 + six.parse::<i64>().ok()?))
}

/// Looks for one further column that makes the key unique, and says which, or that there is none.
fn suggest(sheet: &Sheet<'_>, columns: &Columns, problems: &mut Problems) {
    let key = |index: usize, further: Option<usize>| {
        let record = sheet.records[index];
        let own = columns.path.iter().chain(&columns.code).map(|at| match at {
            At::Cell(column) => record.cell(*column).trim(),
            _ => "",
        });
        own.chain(further.map(|column| record.cell(column).trim())).collect::<Vec<_>>().join("\u{1f}")
    };
    let used: Vec<&At> = columns.path.iter().chain(&columns.code).collect();
    let unique = (0..sheet.columns()).filter(|column| !used.contains(&&At::Cell(*column))).find(|column| {
        let mut seen = BTreeSet::new();
        (0..sheet.records.len()).all(|index| seen.insert(key(index, Some(*column))))
    });
    let note = problems.note(codes::PLACE_KEY_SUGGESTION);
    problems.push(match unique {
        Some(column) => note.with("add", sheet.heading(column)),
        None => note.with("add", "").with("instead", "repeats = \"number\""),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_without_floating_point() {
        assert_eq!(micro_degrees("-25.7670768"), Some(-25_767_076));
        assert_eq!(micro_degrees("0.1"), Some(100_000));
        assert_eq!(micro_degrees("180"), Some(180_000_000));
        for wrong in ["TBD", "", "1e3", "5.", "1.2.3", "12345", "--1"] {
            assert_eq!(micro_degrees(wrong), None, "{wrong:?}");
        }
    }
}
