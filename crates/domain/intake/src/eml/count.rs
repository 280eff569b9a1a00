//! Counts (510): blocks of votes, one per reporting unit, and one of totals.

use super::candidates::{Names, Order, contestant, person_name};
use super::head::Head;
use super::{at, id_of, missing, tables, text_of, whole};
use crate::codes;
use crate::intake::Counts;
use crate::mapping::Mapping;
use crate::problems::Problems;
use crate::xml::Element;
use scr_results::{Closest, Contestant, Table, field};
use std::collections::BTreeSet;

/// Reasons of `RejectedVotes`.
const REJECTED: [(&str, &str); 2] = [("ongeldig", field::VOTES_INVALID), ("blanco", field::VOTES_BLANK)];
/// Reasons of `UncountedVotes`: what else a station states.
const UNCOUNTED: [(&str, &str); 14] = [
    ("geldige stempassen", "poll_cards"),
    ("geldige volmachtbewijzen", "proxy_certificates"),
    ("geldige kiezerspassen", "voter_cards"),
    ("toegelaten kiezers", field::VOTERS),
    ("meer getelde stembiljetten", "ballots_too_many"),
    ("minder getelde stembiljetten", "ballots_too_few"),
    ("meegenomen stembiljetten", "ballots_taken_along"),
    ("te weinig uitgereikte stembiljetten", "ballots_issued_too_few"),
    ("te veel uitgereikte stembiljetten", "ballots_issued_too_many"),
    ("geen briefstembiljetten", "postal_ballots_missing"),
    ("te veel briefstembiljetten", "postal_ballots_too_many"),
    ("kwijtgeraakte stembiljetten", "ballots_lost"),
    ("geen verklaring", "differences_unexplained"),
    ("andere verklaring", "differences_explained_otherwise"),
];

/// The votes of one unit, or the totals.
pub(super) struct Block<'e> {
    pub(super) element: &'e Element,
    pub(super) is_total: bool,
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) lists: Vec<ListVotes<'e>>,
    pub(super) fields: Vec<(&'static str, u64, &'e Element)>,
}

/// The votes of one list (or option) and of its candidates.
pub(super) struct ListVotes<'e> {
    pub(super) element: &'e Element,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) votes: Option<u64>,
    /// Number, name where the file says it, votes.
    pub(super) candidates: Vec<(String, Option<String>, Option<u64>)>,
}

pub(super) fn read(
    head: &Head<'_>,
    names: &Names,
    mapping: &Mapping,
    file: &str,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let mut counts = Counts::default();
    let mut made = Vec::new();
    let mut any = false;
    for (contest, name) in head.contests() {
        any = true;
        if !mapping.contest.admits(&name) {
            counts.left_out += 1;
            problems.pass_over(&name);
            continue;
        }
        let blocks = blocks(head, contest, problems);
        let contestants = contestants(contest, &blocks, names, problems);
        let table = Table::new(tables::source(head, mapping, file), name);
        let parent = &head.authority.1;
        match tables::fill(table, &blocks, &contestants, parent, &mut counts, problems) {
            Ok(table) => made.push(table),
            Err(error) => {
                problems.push(crate::assemble::model_problem(problems, &error).at_row(contest.line));
                return Default::default();
            }
        }
    }
    if !any {
        problems.push(missing(problems.error(codes::EML_MISSING), head.body, "Contest"));
    }
    (made, counts)
}

fn blocks<'e>(head: &Head<'_>, contest: &'e Element, problems: &mut Problems) -> Vec<Block<'e>> {
    let mut blocks = Vec::new();
    let mut seen = BTreeSet::new();
    for element in contest.all("ReportingUnitVotes") {
        let identifier = element.child("ReportingUnitIdentifier");
        let Some(unit) = identifier.and_then(id_of) else {
            problems.push(missing(problems.error(codes::EML_MISSING), element, "ReportingUnitIdentifier"));
            continue;
        };
        if !seen.insert(unit) {
            problems.push(at(problems.error(codes::EML_TWICE), element).with_value(unit));
        }
        let name = identifier.map(Element::tidy).unwrap_or_default();
        blocks.push(block(element, false, unit, &name, problems));
    }
    match contest.child("TotalVotes") {
        Some(element) => {
            // A central count may have nothing but totals: then the whole is its only unit.
            let alone = blocks.is_empty();
            if alone {
                problems
                    .push(at(problems.note(codes::EML_TOTALS_ONLY), element).with_value(&head.authority.1));
            }
            let unit = if head.authority.0.is_empty() { &head.election } else { &head.authority.0 };
            blocks.insert(0, block(element, !alone, unit, &head.authority.1, problems));
        }
        None if blocks.is_empty() => {
            problems.push(missing(problems.error(codes::EML_MISSING), contest, "TotalVotes"));
        }
        None => problems.push(missing(problems.warning(codes::EML_MISSING), contest, "TotalVotes")),
    }
    blocks
}

fn block<'e>(
    element: &'e Element,
    is_total: bool,
    unit: &str,
    name: &str,
    problems: &mut Problems,
) -> Block<'e> {
    let mut fields = Vec::new();
    for (name, field) in [("Cast", field::REGISTERED), ("TotalCounted", field::VOTES_VALID)] {
        let Some(child) = element.child(name) else {
            problems.push(missing(problems.error(codes::EML_MISSING), element, name));
            continue;
        };
        // `Cast` is the number of persons called to vote; 0 stands for "not known".
        if let Some(number) = whole(child, problems).filter(|number| *number > 0 || name != "Cast") {
            fields.push((field, number, child));
        }
    }
    reasons(element, "RejectedVotes", &REJECTED, &mut fields, problems);
    reasons(element, "UncountedVotes", &UNCOUNTED, &mut fields, problems);
    for (reason, field) in REJECTED {
        if !fields.iter().any(|(known, ..)| *known == field) {
            let problem = missing(problems.warning(codes::EML_MISSING), element, "RejectedVotes");
            problems.push(problem.with("reason", reason));
        }
    }
    let lists = lists(element, problems);
    Block { element, is_total, unit: unit.to_owned(), name: name.to_owned(), lists, fields }
}

/// Numbers that are told apart by a reason. An unknown reason of rejected votes stops the import,
/// because votes would be lost; what else a station states may be left out, and that is said.
fn reasons<'e>(
    element: &'e Element,
    name: &'e str,
    known: &[(&str, &'static str)],
    fields: &mut Vec<(&'static str, u64, &'e Element)>,
    problems: &mut Problems,
) {
    for child in element.all(name) {
        let reason = child.attribute("ReasonCode").unwrap_or_default();
        let Some((_, field)) = known.iter().find(|(code, _)| *code == reason) else {
            let closest = Closest::among(known.iter().map(|(code, _)| *code)).to(reason);
            let problem = if name == "RejectedVotes" {
                problems.error(codes::EML_REASON)
            } else {
                problems.warning(codes::EML_REASON)
            };
            problems.push(at(problem, child).with_value(reason).closest_to(closest));
            continue;
        };
        let Some(number) = whole(child, problems) else { continue };
        if fields.iter().any(|(own, ..)| own == field) {
            problems.push(at(problems.error(codes::EML_TWICE), child).with_value(reason));
        } else {
            fields.push((*field, number, child));
        }
    }
}

/// A selection names a list, or a candidate of the list before it, or an option of a referendum.
fn lists<'e>(element: &'e Element, problems: &mut Problems) -> Vec<ListVotes<'e>> {
    let mut lists: Vec<ListVotes<'e>> = Vec::new();
    let (mut order, mut numbers) = (Order::default(), Order::default());
    for selection in element.all("Selection") {
        let votes = match selection.child("ValidVotes") {
            Some(votes) => whole(votes, problems),
            None => {
                problems.push(missing(problems.error(codes::EML_MISSING), selection, "ValidVotes"));
                None
            }
        };
        let opens = selection
            .child("AffiliationIdentifier")
            .or_else(|| selection.child("ReferendumOptionIdentifier"));
        if let Some(identifier) = opens {
            let Some(id) = id_of(identifier) else {
                problems.push(missing(problems.error(codes::EML_MISSING), identifier, "Id"));
                continue;
            };
            if identifier.name == "AffiliationIdentifier" && !order.next(identifier, id, problems) {
                continue;
            }
            numbers = Order::default();
            let name = text_of(identifier, "RegisteredName").unwrap_or_else(|| identifier.tidy());
            lists.push(ListVotes {
                element: selection,
                id: id.to_owned(),
                name,
                votes,
                candidates: Vec::new(),
            });
        } else if let Some(candidate) = selection.child("Candidate") {
            let identifier = candidate.child("CandidateIdentifier");
            let (Some(number), Some(list)) = (identifier.and_then(id_of), lists.last_mut()) else {
                problems.push(missing(problems.error(codes::EML_MISSING), candidate, "CandidateIdentifier"));
                continue;
            };
            if numbers.next(identifier.unwrap_or(candidate), number, problems) {
                list.candidates.push((number.to_owned(), person_name(candidate), votes));
            }
        } else {
            problems.push(missing(problems.error(codes::EML_MISSING), selection, "Candidate"));
        }
    }
    for list in lists.iter().filter(|list| !list.candidates.is_empty()) {
        let sum: u64 = list.candidates.iter().filter_map(|(.., votes)| *votes).sum();
        if let Some(votes) = list.votes.filter(|votes| *votes != sum) {
            let problem = at(problems.warning(codes::EML_LIST_SUM), list.element).with_value(&list.id);
            problems.push(problem.with("stated", votes).with("sum", sum));
        }
    }
    lists
}

/// All contestants of a contest in the order of the file, with their names.
fn contestants(
    contest: &Element,
    blocks: &[Block<'_>],
    names: &Names,
    problems: &mut Problems,
) -> Vec<Contestant> {
    let id = contest.child("ContestIdentifier").and_then(id_of).unwrap_or_default();
    let all = || blocks.iter().flat_map(|block| &block.lists);
    let split: BTreeSet<&str> =
        all().filter(|list| !list.candidates.is_empty()).map(|list| list.id.as_str()).collect();
    let mut found: Vec<Contestant> = Vec::new();
    let mut seen = BTreeSet::new();
    for list in all() {
        let known = names.list(id, &list.id);
        let list_name = known.map_or(list.name.as_str(), |known| known.name.as_str());
        if !split.contains(list.id.as_str()) {
            if seen.insert(list.id.clone()) {
                let name = if list_name.is_empty() { &list.id } else { list_name };
                found.push(Contestant { id: list.id.clone(), name: name.to_owned(), group: None });
            }
            continue;
        }
        for (number, own, _) in &list.candidates {
            let name = own.as_deref().or_else(|| known.and_then(|known| known.candidate(number)));
            let one = contestant(&list.id, number, name.unwrap_or_default(), list_name);
            if !seen.insert(one.id.clone()) {
                continue;
            }
            if !names.is_empty() && known.and_then(|known| known.candidate(number)).is_none() {
                let numbers = known.iter().flat_map(|known| &known.candidates).map(|(id, _)| id.as_str());
                let closest = Closest::among(numbers).to(number).map(|near| format!("{}-{near}", list.id));
                let problem = at(problems.error(codes::EML_NO_CANDIDATE), list.element);
                problems.push(problem.with_value(&one.id).closest_to(closest.as_deref()));
            }
            found.push(one);
        }
    }
    found
}
