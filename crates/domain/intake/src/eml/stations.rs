//! Polling stations (110b) as a registry of places.

use super::head::Head;
use super::{at, id_of, missing, other_kind, text_of, whole};
use crate::codes;
use crate::problems::Problems;
use crate::registry::{RegisteredPlace, RegistryIntake};
use crate::xml::Element;
use std::collections::BTreeSet;

/// Reads the stations. The code is what counts call them: `0037::SB12`.
pub(crate) fn read(root: &Element, intake: &mut RegistryIntake, problems: &mut Problems) {
    let Some(head) = Head::of(root, problems) else { return };
    head.check(None, problems);
    if head.kind != "110b" {
        problems.push(other_kind(&head, "110b", problems));
        return;
    }
    let mut seen = BTreeSet::new();
    for (contest, _) in head.contests() {
        let area = contest.child("ReportingUnit").and_then(|unit| unit.child("ReportingUnitIdentifier"));
        let (id, name) = match area {
            Some(area) => (id_of(area).unwrap_or_default().to_owned(), area.tidy()),
            None => head.authority.clone(),
        };
        if contest.child("VotingMethod").is_none_or(|method| method.tidy().is_empty()) {
            problems.push(missing(problems.warning(codes::EML_MISSING), contest, "VotingMethod"));
        }
        let mut sum = 0;
        for place in contest.all("PollingPlace") {
            intake.records += 1;
            match station(place, &id, &name, problems) {
                Some(station) if seen.insert(station.code.clone()) => {
                    sum += station.registered.unwrap_or(0);
                    intake.places.push(station);
                }
                Some(station) => {
                    intake.repeats += 1;
                    problems.push(at(problems.error(codes::EML_TWICE), place).with_value(&station.code));
                }
                None => intake.refused += 1,
            }
        }
        let stated = contest.child("MaxVotes").filter(|most| !most.tidy().is_empty());
        if let Some((element, stated)) =
            stated.and_then(|element| whole(element, problems).map(|number| (element, number)))
            && stated != sum
        {
            // Stations without a known number are part of the difference, so this is no error.
            let problem = at(problems.warning(codes::EML_STATION_SUM), element);
            problems.push(problem.with_value(&stated.to_string()).with("sum", sum));
        }
    }
    if intake.records == 0 {
        problems.push(missing(problems.error(codes::EML_NO_STATIONS), head.body, "PollingPlace"));
    }
}

fn station(place: &Element, area: &str, area_name: &str, problems: &mut Problems) -> Option<RegisteredPlace> {
    let location = place.child("PhysicalLocation").or_else(|| place.child("OtherLocation"));
    let Some((station, number)) = location
        .and_then(|location| location.child("PollingStation"))
        .and_then(|station| Some((station, id_of(station)?)))
    else {
        problems.push(missing(problems.error(codes::EML_MISSING), place, "PollingStation"));
        return None;
    };
    let locality = location.and_then(|location| location.child("Address")?.child("Locality"));
    let part = |name: &str| locality.and_then(|locality| text_of(locality, name)).unwrap_or_default();
    let postcode = locality
        .and_then(|locality| locality.child("PostalCode"))
        .and_then(|code| text_of(code, "PostalCodeNumber"))
        .unwrap_or_default();
    let registered = if station.tidy().is_empty() { None } else { whole(station, problems) };
    let code = if area.is_empty() { format!("SB{number}") } else { format!("{area}::SB{number}") };
    Some(RegisteredPlace {
        code,
        name: part("LocalityName"),
        path: Some(area_name).filter(|name| !name.is_empty()).map(str::to_owned).into_iter().collect(),
        address: postcode,
        latitude: None,
        longitude: None,
        // 0 stands for "not known".
        registered: registered.filter(|number| *number > 0),
        line: place.line,
    })
}
