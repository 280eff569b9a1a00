//! From a registry's places to the polling stations of an election, and how a file of them would be read.

use crate::codes;
use crate::intake::Input;
use crate::limits::Limits;
use crate::mapping::FileSpec;
use crate::propose::{Proposal, propose_with};
use crate::raw::sniff;
use crate::registry::{RegisteredPlace, RegistryIntake, RegistryMapping, registry};
use crate::vocabulary::{Meaning, meaning};
use scr_results::registry::Station;
use scr_results::{Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The stations of a registry, in the order of their codes. Results name a unit by its code alone: a code
/// that stands in two places is an error ([`codes::STATION_CODE_TWICE`]) for each further place.
pub fn stations(intake: &RegistryIntake, file: &str) -> (Vec<Station>, Vec<Problem>) {
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    let mut problems = Vec::new();
    for place in &intake.places {
        match first.get(place.code.as_str()) {
            None => drop(first.insert(&place.code, place.line)),
            Some(line) => problems.push(
                Problem::new(codes::STATION_CODE_TWICE, Severity::Error, file)
                    .at_row(place.line)
                    .with_value(&place.code)
                    .with("first_row", line)
                    .with("path", place.path.join(" / ")),
            ),
        }
    }
    let mut stations: Vec<Station> = intake.places.iter().map(station).collect();
    stations.sort();
    (stations, problems)
}

fn station(place: &RegisteredPlace) -> Station {
    Station {
        unit: place.code.clone(),
        name: place.name.clone(),
        parents: place.path.clone(),
        registered: place.registered,
        address: place.address.clone(),
        latitude: place.latitude,
        longitude: place.longitude,
    }
}

/// How a file of polling stations could be read: what its headings say, with as many of the places above
/// in the code as make it unique. The second value says what was found in the file itself.
pub fn propose_registry(input: Input<'_>, known: &FileSpec, limits: &Limits) -> (RegistryMapping, Proposal) {
    let mut found = propose_with(input, known, limits);
    // What is no table of results may well be a registry (GeoJSON).
    found.problems.retain(|problem| problem.code != codes::OTHER_DOCUMENT || !sniff::is_geojson(input.bytes));
    let by_heading = RegistryMapping::propose(&found.headings);
    let mut mapping = by_heading.unwrap_or_else(|| RegistryMapping::new(&["@row"]));
    let unit = &found.mapping.unit;
    if mapping.code == ["@row"] && !unit.key.is_empty() {
        // A results file serves as well: its units are the stations.
        mapping.code.clone_from(&unit.key);
        if mapping.path.len() < unit.parents.len() {
            mapping.path.clone_from(&unit.parents);
        }
    }
    mapping.label = mapping.label.or_else(|| unit.name.clone());
    // By its heading alone: a value that is no number shall be a problem, not a column left out.
    let is_register = |heading: &&String| {
        meaning(heading).is_some_and(|(what, _)| what == Meaning::Field(scr_results::field::REGISTERED))
    };
    mapping.registered = found.headings.iter().find(is_register).cloned();
    mapping.file = found.mapping.file.clone();
    let intake = registry(input, &mapping, limits);
    if let Some(depth) = unique_with(&intake.places) {
        let with: Vec<String> = mapping.path[depth..].to_vec();
        let own = std::mem::take(&mut mapping.code);
        mapping.code = with.into_iter().filter(|column| !own.contains(column)).chain(own.clone()).collect();
    }
    (mapping, found)
}

/// From which level on the places above must stand in the code to make it unique; `None`: it is unique
/// already, or not even with all of them.
fn unique_with(places: &[RegisteredPlace]) -> Option<usize> {
    let is_unique = |depth: usize| {
        let mut seen = BTreeSet::new();
        places.iter().all(|place| seen.insert((place.path.get(depth..).unwrap_or_default(), &place.code)))
    };
    let deepest = places.iter().map(|place| place.path.len()).max()?;
    if is_unique(deepest) {
        return None;
    }
    (0..deepest).rev().find(|depth| is_unique(*depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = b"Level1,Level2,Number,Address,Registered voters\n\
        Land,North,1,Main Street,900\nLand,South,1,High Street,\nLand,South,2,Hill,12\n";

    #[test]
    fn places_above_go_into_the_code_as_far_as_they_are_needed() {
        let input = Input { name: "stations.csv", bytes: FILE };
        let (mapping, _) = propose_registry(input, &FileSpec::default(), &Limits::default());
        assert_eq!(mapping.code, ["Level2", "Number"]);
        let intake = registry(input, &mapping, &Limits::default());
        let (stations, problems) = stations(&intake, "stations.csv");
        assert!(problems.is_empty());
        let units: Vec<_> = stations.iter().map(|one| (one.unit.as_str(), one.registered)).collect();
        assert_eq!(units, [("North-1", Some(900)), ("South-1", None), ("South-2", Some(12))]);
        assert_eq!(stations[0].parents, ["Land", "North"]);
        assert_eq!(stations[0].address, "Main Street");
    }

    #[test]
    fn a_results_file_serves_where_no_registry_exists() {
        let file = "País,Departamento,Número Mesa,Recinto,Inscritos,CC,MAS\nBolivia,Beni,1001,Esc,237,129,3\n\
            Bolivia,Beni,1002,Esc,200,9,33\n";
        let input = Input { name: "results.csv", bytes: file.as_bytes() };
        let (mapping, _) = propose_registry(input, &FileSpec::default(), &Limits::default());
        assert_eq!(
            (mapping.code, mapping.path),
            (vec!["Número Mesa".into()], vec!["País".into(), "Departamento".into()])
        );
        assert_eq!(
            (mapping.label.as_deref(), mapping.registered.as_deref()),
            (Some("Recinto"), Some("Inscritos"))
        );
    }

    #[test]
    fn a_code_in_two_places_is_an_error_with_both_rows() {
        let mapping = RegistryMapping { path: vec!["Level2".into()], ..RegistryMapping::new(&["Number"]) };
        let intake = registry(Input { name: "f", bytes: FILE }, &mapping, &Limits::default());
        assert!(intake.is_complete(), "path and code together are unique");
        let (_, problems) = stations(&intake, "f");
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].code, problems[0].row), (codes::STATION_CODE_TWICE, Some(3)));
        assert_eq!(problems[0].args["first_row"], "2");
    }

    #[test]
    fn a_number_of_voters_that_is_none_is_refused() {
        let mapping = RegistryMapping {
            registered: Some("Registered voters".into()),
            ..RegistryMapping::new(&["@row"])
        };
        let text = String::from_utf8(FILE.to_vec()).unwrap().replace("900", "many");
        let intake = registry(Input { name: "f", bytes: text.as_bytes() }, &mapping, &Limits::default());
        assert!(intake.places.is_empty());
        assert!(intake.problems.iter().any(|problem| problem.code == codes::NOT_A_NUMBER));
    }
}
