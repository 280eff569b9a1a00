//! The definition of an election (110a): contests without results.

use super::head::Head;
use super::{at, missing, tables, whole};
use crate::codes;
use crate::intake::Counts;
use crate::mapping::Mapping;
use crate::problems::Problems;
use scr_results::Table;

/// Seats of a municipal council.
const MUNICIPAL_SEATS: std::ops::RangeInclusive<u64> = 9..=45;
/// Councils and water boards of fewer seats are elections of the first subcategory.
const LARGE: u64 = 19;

pub(super) fn read(
    head: &Head<'_>,
    mapping: &Mapping,
    file: &str,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let mut made = Vec::new();
    for (contest, name) in head.contests() {
        let method = contest.child("VotingMethod");
        match method.map(|method| (method, method.tidy())) {
            Some((_, text)) if text == "SPV" => {}
            Some((element, text)) if !text.is_empty() => {
                let problem = at(problems.error(codes::EML_VALUE), element).with_value(&text);
                problems.push(problem.closest_to(Some("SPV")));
            }
            _ => problems.push(missing(problems.warning(codes::EML_MISSING), contest, "VotingMethod")),
        }
        made.push(Table::new(tables::source(head, mapping, file), name));
    }
    if made.is_empty() {
        problems.push(missing(problems.error(codes::EML_MISSING), head.body, "Contest"));
    }
    let number = |name: &str, problems: &mut Problems| match head.body.child(name) {
        Some(element) => whole(element, problems).map(|number| (element, number)),
        None => {
            problems.push(missing(problems.error(codes::EML_MISSING), head.body, name));
            None
        }
    };
    let seats = number("NumberOfSeats", problems);
    let threshold = number("PreferenceThreshold", problems);
    if let Some((element, seats)) = seats {
        let (category, subcategory) = (head.category(), head.subcategory());
        let by_seats = match category.as_str() {
            "GR" | "AB" => Some(format!("{category}{}", if seats < LARGE { 1 } else { 2 })),
            _ => None,
        };
        let outside = category == "GR" && !MUNICIPAL_SEATS.contains(&seats);
        let other = by_seats.as_ref().is_some_and(|fits| !subcategory.is_empty() && *fits != subcategory);
        if outside || other || seats == 0 {
            let problem = at(problems.error(codes::EML_SEATS), element).with_value(&seats.to_string());
            problems.push(problem.with("subcategory", &subcategory));
        }
        if let Some((element, threshold)) = threshold {
            let wanted = if category == "GR" && seats < LARGE { 50 } else { 25 };
            if threshold != wanted {
                let problem =
                    at(problems.error(codes::EML_THRESHOLD), element).with_value(&threshold.to_string());
                problems.push(problem.with("expected", wanted));
            }
        }
    }
    let regions = head.body.child("ElectionTree").map_or(0, |tree| tree.all("Region").count());
    if regions == 0 {
        problems.push(missing(problems.error(codes::EML_MISSING), head.body, "ElectionTree"));
    }
    problems.push(at(problems.warning(codes::EML_NO_RESULTS), head.root).with_value(&head.kind));
    (made, Counts::default())
}
