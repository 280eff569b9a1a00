//! Lists and candidates (230).

use super::head::Head;
use super::{at, id_of, missing, tables, text_of};
use crate::codes;
use crate::intake::Counts;
use crate::mapping::Mapping;
use crate::problems::Problems;
use crate::xml::Element;
use scr_results::{Contestant, Table};
use std::collections::BTreeMap;

/// Names of lists and of their candidates, by contest, list and number.
#[derive(Default)]
pub(super) struct Names {
    contests: BTreeMap<String, Vec<(String, ListOf)>>,
}

/// One list.
#[derive(Default)]
pub(super) struct ListOf {
    pub(super) name: String,
    pub(super) candidates: Vec<(String, String)>,
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        self.contests.is_empty()
    }

    /// A list of a contest; the only contest serves for any.
    pub(super) fn list(&self, contest: &str, list: &str) -> Option<&ListOf> {
        let own = self.contests.get(contest).or_else(|| match self.contests.len() {
            1 => self.contests.values().next(),
            _ => None,
        });
        own?.iter().find(|(id, _)| id == list).map(|(_, list)| list)
    }
}

impl ListOf {
    pub(super) fn candidate(&self, number: &str) -> Option<&str> {
        self.candidates.iter().find(|(id, _)| id == number).map(|(_, name)| name.as_str())
    }
}

/// Reads the lists; says what is out of order, twice or empty.
pub(super) fn names(head: &Head<'_>, problems: &mut Problems) -> Names {
    let mut names = Names::default();
    for (contest, _) in head.contests() {
        let id = contest.child("ContestIdentifier").and_then(id_of).unwrap_or_default().to_owned();
        names.contests.insert(id, lists(contest, problems));
    }
    if names.is_empty() {
        problems.push(missing(problems.error(codes::EML_MISSING), head.body, "Contest"));
    }
    names
}

fn lists(contest: &Element, problems: &mut Problems) -> Vec<(String, ListOf)> {
    let mut found: Vec<(String, ListOf)> = Vec::new();
    let mut order = Order::default();
    for affiliation in contest.all("Affiliation") {
        let Some((identifier, id)) = affiliation
            .child("AffiliationIdentifier")
            .and_then(|identifier| Some((identifier, id_of(identifier)?)))
        else {
            problems.push(missing(problems.error(codes::EML_MISSING), affiliation, "AffiliationIdentifier"));
            continue;
        };
        order.next(identifier, id, problems);
        let mut list =
            ListOf { name: text_of(identifier, "RegisteredName").unwrap_or_default(), ..ListOf::default() };
        let mut numbers = Order::default();
        for candidate in affiliation.all("Candidate") {
            let Some((element, number)) =
                candidate.child("CandidateIdentifier").and_then(|element| Some((element, id_of(element)?)))
            else {
                problems.push(missing(problems.error(codes::EML_MISSING), candidate, "CandidateIdentifier"));
                continue;
            };
            numbers.next(element, number, problems);
            list.candidates.push((number.to_owned(), person_name(candidate).unwrap_or_default()));
        }
        if list.candidates.is_empty() {
            problems.push(at(problems.error(codes::EML_EMPTY_LIST), affiliation).with_value(id));
        }
        found.push((id.to_owned(), list));
    }
    if found.is_empty() {
        problems.push(missing(problems.error(codes::EML_MISSING), contest, "Affiliation"));
    }
    found
}

/// A candidate list alone defines a contest and its contestants, and has no results.
pub(super) fn as_definition(
    head: &Head<'_>,
    mapping: &Mapping,
    file: &str,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let names = names(head, problems);
    let mut made = Vec::new();
    for (contest, name) in head.contests() {
        if !mapping.contest.admits(&name) {
            problems.pass_over(&name);
            continue;
        }
        let mut table = Table::new(tables::source(head, mapping, file), name);
        let id = contest.child("ContestIdentifier").and_then(id_of).unwrap_or_default();
        for (list, of) in names.contests.get(id).into_iter().flatten() {
            for (number, name) in &of.candidates {
                let added = table.add_contestant(contestant(list, number, name, &of.name));
                if let Err(error) = added {
                    problems.push(crate::assemble::model_problem(problems, &error).at_row(contest.line));
                    return Default::default();
                }
            }
        }
        made.push(table);
    }
    problems.push(at(problems.warning(codes::EML_NO_RESULTS), head.root).with_value(&head.kind));
    (made, Counts::default())
}

/// A candidate under `list-number`.
pub(super) fn contestant(list: &str, number: &str, name: &str, list_name: &str) -> Contestant {
    let group = if list_name.is_empty() { list } else { list_name };
    let name = if name.is_empty() { format!("{group}, {number}") } else { name.to_owned() };
    Contestant { id: format!("{list}-{number}"), name, group: Some(group.to_owned()) }
}

/// Initials, prefix and last name; nothing else of a person is read.
pub(super) fn person_name(candidate: &Element) -> Option<String> {
    let person = candidate.child("CandidateFullName")?.child("PersonName")?;
    let parts = ["NameLine", "NamePrefix", "LastName"].map(|part| text_of(person, part));
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Numbers of lists and of candidates rise.
#[derive(Default)]
pub(super) struct Order {
    before: Option<u64>,
    seen: std::collections::BTreeSet<String>,
}

impl Order {
    /// Takes the next one; says when it stands here twice, is no number, or does not rise.
    pub(super) fn next(&mut self, element: &Element, id: &str, problems: &mut Problems) -> bool {
        if !self.seen.insert(id.to_owned()) {
            problems.push(at(problems.error(codes::EML_TWICE), element).with_value(id));
            return false;
        }
        let Some(number) = id.parse::<u64>().ok().filter(|number| *number > 0) else {
            problems.push(at(problems.error(codes::EML_VALUE), element).with_value(id));
            return false;
        };
        if let Some(before) = self.before.filter(|before| *before > number) {
            problems
                .push(at(problems.error(codes::EML_ORDER), element).with_value(id).with("before", before));
        }
        self.before = Some(number);
        true
    }
}
