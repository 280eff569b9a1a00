//! EML_NL, the Dutch profile of OASIS EML 5: counts (510), candidate lists (230), definitions and polling
//! stations (110).
//!
//! A count gives one table per contest: a row per reporting unit, and the totals that the file states as
//! a row of totals. Contestants are candidates, `list-number` (`3-12`); a list without candidates of its
//! own in the file is one itself. Every defect has its code, the element and the line.

mod candidates;
mod count;
mod definition;
mod head;
mod stations;
mod tables;

use crate::codes;
use crate::intake::{Counts, Input};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::number::{self, Cell};
use crate::problems::Problems;
use crate::raw::{encoding, open};
use crate::xml::{self, Element};
use head::Head;
use scr_results::{Problem, Table};

pub(crate) use stations::read as read_stations;

/// Name space of EML.
pub(crate) const NAMESPACE: &str = "urn:oasis:names:tc:evs:schema:eml";

/// Reads a count with, if the mapping names it, the candidate list of the same archive.
pub(crate) fn read(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let member = mapping.file.member.as_deref();
    let Some(root) = document(input, member, limits, problems) else { return Default::default() };
    let Some(head) = Head::of(&root, problems) else { return Default::default() };
    head.check(mapping.eml.election.as_deref(), problems);
    match head.kind.as_str() {
        "510a" | "510b" | "510c" | "510d" => {
            let names = match &mapping.eml.candidates {
                Some(member) => {
                    let Some(names) = joined(input, member, &head, limits, problems) else {
                        return Default::default();
                    };
                    names
                }
                None => candidates::Names::default(),
            };
            count::read(&head, &names, mapping, input.name, problems)
        }
        "230b" | "230c" => candidates::as_definition(&head, mapping, input.name, problems),
        "110a" => definition::read(&head, mapping, input.name, problems),
        _ => {
            problems.push(other_kind(&head, "510", problems));
            Default::default()
        }
    }
}

/// Names of the contests of a document, for a proposal; nothing is said about what is wrong.
pub(crate) fn contests(root: &Element) -> Vec<String> {
    let mut silent = Problems::new("", &Limits { problems: 0, ..Limits::default() });
    Head::of(root, &mut silent)
        .map(|head| head.contests().map(|(_, name)| name).collect())
        .unwrap_or_default()
}

/// The kind of a document (`510b`) by its first bytes; empty when they do not say.
pub(crate) fn kind_of_text(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]);
    let tag = head.split_once("<EML").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(tag, _)| tag);
    let id = tag.split_once(" Id=").map_or("", |(_, rest)| rest.trim_start_matches(['"', '\'']));
    id.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// The tree of the file, or of the member of an archive.
pub(crate) fn document(
    input: Input<'_>,
    member: Option<&str>,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Element> {
    let bytes = open::document(input.name, input.bytes, member, limits, problems)?;
    let text = encoding::decode(&bytes, encoding::detect(&bytes).encoding);
    xml::parse(&text, limits, problems)
}

fn joined(
    input: Input<'_>,
    member: &str,
    count: &Head<'_>,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<candidates::Names> {
    let root = document(input, Some(member), limits, problems)?;
    let head = Head::of(&root, problems)?;
    head.check(Some(&count.election), problems);
    if !matches!(head.kind.as_str(), "230b" | "230c") {
        problems.push(other_kind(&head, "230", problems));
        return None;
    }
    let names = candidates::names(&head, problems);
    problems.within(input.name, None);
    Some(names)
}

fn other_kind(head: &Head<'_>, wanted: &str, problems: &Problems) -> Problem {
    at(problems.error(codes::EML_KIND), head.root).with_value(&head.kind).with("wanted", wanted)
}

/// A problem at an element.
fn at(problem: Problem, element: &Element) -> Problem {
    problem.at_row(element.line).in_column(&element.name)
}

fn missing(problem: Problem, parent: &Element, what: &str) -> Problem {
    at(problem, parent).with("element", what)
}

/// The text of a child, when there is any.
fn text_of(element: &Element, name: &str) -> Option<String> {
    element.child(name).map(Element::tidy).filter(|text| !text.is_empty())
}

fn id_of(element: &Element) -> Option<&str> {
    element.attribute("Id").map(str::trim).filter(|id| !id.is_empty())
}

/// A whole number; `None` after a problem.
fn whole(element: &Element, problems: &mut Problems) -> Option<u64> {
    let text = element.tidy();
    match number::plain(&text) {
        Cell::Number(number) => Some(number),
        Cell::Missing => None,
        Cell::Wrong(code) => {
            problems.push(at(problems.error(code), element).with_value(&text));
            None
        }
    }
}
