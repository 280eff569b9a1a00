//! Units of results beside places of a registry.
//!
//! Exact codes first, then codes without what spreadsheet programs add or take (`="001"`, leading
//! zeros, white space, marks, case), then, for what is left, the closest code by edit distance, within
//! a budget: 100,000 units against 100,000 places cost a few map look-ups each.

use crate::codes;
use crate::registry::RegisteredPlace;
use scr_results::{Closest, Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Which place each unit is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    /// For each unit, the position of its place.
    pub places: Vec<Option<usize>>,
    /// Positions of the places that no unit has.
    pub without_unit: Vec<usize>,
    /// Units that match only after tidying, units that fit several places, and units that fit none.
    pub problems: Vec<Problem>,
    /// How many further problems of each code are not listed.
    pub unlisted: BTreeMap<&'static str, u64>,
}

/// Matches units (code and line of the file) with places. `cap`: how many problems are listed.
pub fn match_units(file: &str, units: &[(&str, u64)], places: &[RegisteredPlace], cap: usize) -> Matches {
    let mut exact: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut tidied: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        exact.entry(place.code.as_str()).or_default().push(index);
        tidied.entry(tidied_code(&place.code)).or_default().push(index);
    }
    let mut closest = Closest::among(exact.keys().copied());
    let mut matches = Matches::default();
    let mut used = BTreeSet::new();
    for (unit, line) in units {
        let (found, code) = match exact.get(unit) {
            Some(found) => (found.as_slice(), None),
            None => match tidied.get(&tidied_code(unit)) {
                Some(found) => (found.as_slice(), Some(codes::UNIT_NORMALISED)),
                None => (&[][..], Some(codes::UNIT_UNKNOWN)),
            },
        };
        let (place, code, severity) = match found {
            [place] => (Some(*place), code, Severity::Warning),
            [] => (None, code, Severity::Error),
            _ => (None, Some(codes::UNIT_AMBIGUOUS), Severity::Error),
        };
        matches.places.push(place);
        used.extend(place);
        let Some(code) = code else { continue };
        if matches.problems.len() >= cap {
            *matches.unlisted.entry(code).or_default() += 1;
            continue;
        }
        let near = match found.first() {
            Some(first) => Some(places[*first].code.as_str()),
            None => closest.to(unit),
        };
        let problem = Problem::new(code, severity, file).at_row(*line).with_value(unit).closest_to(near);
        matches.problems.push(if found.len() > 1 { problem.with("places", found.len()) } else { problem });
    }
    matches.without_unit = (0..places.len()).filter(|index| !used.contains(index)).collect();
    matches
}

/// Letters and digits in lower case, each run of digits without its leading zeros.
fn tidied_code(code: &str) -> String {
    let mut out = String::new();
    let mut at_zeros = true;
    let mut pending_separator = false;
    for c in code.chars().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            pending_separator = !out.is_empty();
            at_zeros = true;
            continue;
        }
        if c == '0' && at_zeros {
            continue;
        }
        if std::mem::take(&mut pending_separator) {
            out.push('-');
        }
        out.push(c);
        at_zeros = !c.is_ascii_digit();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str) -> RegisteredPlace {
        RegisteredPlace {
            code: code.to_owned(),
            name: String::new(),
            path: Vec::new(),
            address: String::new(),
            latitude: None,
            longitude: None,
            registered: None,
            line: 1,
        }
    }

    #[test]
    fn damage_by_spreadsheets_is_seen_through() {
        let places = ["001", "002", "A-07", "x/1", "x 01"].map(place);
        let units = [("001", 2), ("2", 3), ("=\"002\"", 4), ("a-7", 5), ("X-1", 6), ("00l", 7), ("", 8)];
        let matches = match_units("f", &units, &places, 10);
        assert_eq!(matches.places, [Some(0), Some(1), Some(1), Some(2), None, None, None]);
        let codes: Vec<_> = matches.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes[..3], [codes::UNIT_NORMALISED; 3]);
        assert_eq!(codes[3..], [codes::UNIT_AMBIGUOUS, codes::UNIT_UNKNOWN, codes::UNIT_UNKNOWN]);
        assert_eq!(matches.problems[4].closest.as_deref(), Some("001"));
        assert_eq!(matches.without_unit, [3, 4]);
    }

    #[test]
    fn a_registry_of_another_country_costs_little() {
        let places: Vec<_> = (0..20_000).map(|n| place(&format!("PL{n:06}"))).collect();
        let texts: Vec<_> = (0..20_000).map(|n| format!("RO-{n:06}-X")).collect();
        let units: Vec<_> = texts.iter().map(|text| (text.as_str(), 1)).collect();
        let matches = match_units("f", &units, &places, 50);
        assert_eq!(matches.problems.len(), 50);
        assert_eq!(matches.unlisted[codes::UNIT_UNKNOWN], 19_950);
    }
}
