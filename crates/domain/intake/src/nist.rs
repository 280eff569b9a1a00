//! NIST SP 1500-100 election results: version 2 (JSON and XML) and version 1 (XML).
//!
//! Counts of several levels of place are never added: a unit that contains another counted unit becomes
//! a total. Count types (election day, absentee …) are added unless a total is stated, or kept as parts.

use crate::assemble::model_problem;
use crate::codes;
use crate::intake::{Counts, Input};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::number::{self, Cell};
use crate::problems::Problems;
use crate::raw::{encoding, open};
use crate::xml::Element;
use crate::{json, xml};
use scr_results::{Column, Contestant, CountStatus, NewRow, RowKind, SourceInfo, Table, TableError};
use std::collections::{BTreeMap, BTreeSet};

/// Name space of version 2.
const V2: &str = "http://itl.nist.gov/ns/voting/1500-100/v2";
/// What stands for the name space in JSON.
const JSON: &str = "ElectionResults";
/// Name space of version 1.
const V1: &str = "NIST_V1_election_results.xsd";
/// `CountItemType` of version 2 and `CountItemType` of version 1.
const COUNT_TYPES: [&str; 17] = [
    "absentee",
    "absentee-fwab",
    "absentee-in-person",
    "absentee-mail",
    "early",
    "election-day",
    "no-undervotes",
    "other",
    "overvotes",
    "provisional",
    "seats",
    "total",
    "undervotes",
    "uocava",
    "write-in",
    "write-ins",
    "mail",
];

/// The tree of a report, in either form.
pub(crate) fn document(
    input: Input<'_>,
    member: Option<&str>,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Element> {
    let bytes = open::document(input.name, input.bytes, member, limits, problems)?;
    let detected = encoding::detect(&bytes);
    let text = encoding::decode(&bytes, detected.encoding);
    if text.trim_start().starts_with('{') {
        json::parse(&text, limits, problems)
    } else {
        xml::parse(&text, limits, problems)
    }
}

pub(crate) fn read(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let member = mapping.file.member.as_deref();
    let Some(root) = document(input, member, limits, problems) else { return Default::default() };
    let known = [V2, V1, JSON].contains(&root.namespace.as_str());
    if root.name != "ElectionReport" || !known {
        let problem = problems
            .error(codes::NIST_NOT_A_REPORT)
            .with_value(&root.name)
            .with("namespace", &root.namespace);
        problems.push(problem);
        return Default::default();
    }
    let mut report = Report::of(&root, mapping, input.name, problems);
    report.read_contests(&root, problems);
    (report.tables, report.counts)
}

/// A unit, party or candidate by its id.
struct Unit {
    name: String,
    kind: String,
    within: Vec<String>,
}

struct Report<'m> {
    mapping: &'m Mapping,
    info: SourceInfo,
    units: BTreeMap<String, Unit>,
    parties: BTreeMap<String, String>,
    /// Name and party of each candidate.
    candidates: BTreeMap<String, (String, Option<String>)>,
    scope: Option<String>,
    tables: Vec<Table>,
    counts: Counts,
}

/// Counts of one contest: by unit and part, then by contestant or field.
type Cells = BTreeMap<(String, Option<String>), BTreeMap<Target, u64>>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Contestant(usize),
    Field(&'static str),
}

impl<'m> Report<'m> {
    fn of(root: &Element, mapping: &'m Mapping, file: &str, problems: &mut Problems) -> Self {
        for required in ["Format", "GeneratedDate", "Issuer", "Status"] {
            if text_of(root, required).is_none() {
                problems.push(problems.error(codes::NIST_MISSING).with("element", required));
            }
        }
        let status = text_of(root, "Status").and_then(|status| {
            let known = match status.as_str() {
                "pre-election" => CountStatus::PreElection,
                "unofficial-partial" => CountStatus::UnofficialPartial,
                "unofficial-complete" => CountStatus::UnofficialComplete,
                "certified" => CountStatus::Certified,
                // Corrections and recounts follow a certified count (ResultsStatus).
                "correction" | "recount" => CountStatus::UnofficialComplete,
                _ => {
                    problems.push(problems.error(codes::NIST_VALUE).in_column("Status").with_value(&status));
                    return None;
                }
            };
            Some(known)
        });
        let info = SourceInfo {
            id: mapping.source.id.clone(),
            name: mapping.source.name.clone(),
            file: file.to_owned(),
            object: None,
            format: "nist-1500-100".into(),
            as_of: mapping.source.as_of.clone().or_else(|| text_of(root, "GeneratedDate")),
            status: mapping.source.status.or(status),
        };
        let mut report = Self {
            mapping,
            info,
            units: BTreeMap::new(),
            parties: BTreeMap::new(),
            candidates: BTreeMap::new(),
            scope: None,
            tables: Vec::new(),
            counts: Counts::default(),
        };
        report.read_names(root, problems);
        report
    }

    fn read_names(&mut self, root: &Element, problems: &mut Problems) {
        let mut ids = BTreeSet::new();
        let mut id_of = |element: &Element, problems: &mut Problems| -> Option<String> {
            let Some(id) = id(element) else {
                problems.push(missing(problems, element, "ObjectId"));
                return None;
            };
            if !ids.insert(id.to_owned()) {
                problems.push(problems.error(codes::NIST_ID_TWICE).at_row(element.line).with_value(id));
            }
            Some(id.to_owned())
        };
        for element in members(root, "GpUnit") {
            let Some(id) = id_of(element, problems) else { continue };
            let within = references(element, "ComposingGpUnitIds");
            let kind = text_of(element, "Type").unwrap_or_default();
            let name = name_of(element, "Name").unwrap_or_else(|| id.clone());
            self.units.insert(id, Unit { name, kind, within });
        }
        for element in members(root, "Party") {
            let Some(id) = id_of(element, problems) else { continue };
            self.parties.insert(id.clone(), name_of(element, "Name").unwrap_or(id));
        }
        for election in root.all("Election") {
            self.scope = text_of(election, "ElectionScopeId");
            for element in members(election, "Candidate") {
                let Some(id) = id_of(element, problems) else { continue };
                let name = name_of(element, "BallotName").unwrap_or_else(|| id.clone());
                self.candidates.insert(id, (name, text_of(element, "PartyId")));
            }
            for contest in members(election, "Contest") {
                id_of(contest, problems);
                for selection in selections(contest) {
                    id_of(selection, problems);
                }
            }
        }
    }

    fn read_contests(&mut self, root: &Element, problems: &mut Problems) {
        let contests: Vec<&Element> =
            root.all("Election").flat_map(|election| members(election, "Contest")).collect();
        if contests.is_empty() {
            problems.push(problems.error(codes::NIST_MISSING).with("element", "Contest"));
        }
        let mut totals = BTreeSet::new();
        for (contest, name) in named(&contests) {
            if !self.mapping.contest.admits(&name) {
                self.counts.left_out += 1;
                problems.pass_over(&name);
                continue;
            }
            if let Err(error) = self.read_contest(contest, &name, &mut totals, problems) {
                problems.push(model_problem(problems, &error).at_row(contest.line));
            }
        }
        if self.counts.records == 0 && !problems.any_error() {
            problems.push(problems.warning(codes::NIST_NO_RESULTS).with("contests", self.tables.len()));
        }
        if !totals.is_empty() {
            let kinds: Vec<String> = totals.into_iter().collect();
            problems.push(problems.note(codes::NIST_LEVELS).with("totals", kinds.join(", ")));
        }
    }

    fn read_contest(
        &mut self,
        contest: &Element,
        name: &str,
        totals: &mut BTreeSet<String>,
        problems: &mut Problems,
    ) -> Result<(), TableError> {
        let mut table = Table::new(self.info.clone(), name);
        let mut cells = Cells::new();
        for selection in selections(contest) {
            let contestant = self.contestant(selection, problems);
            let Column::Contestant(index) = table.add_contestant(contestant)? else { continue };
            self.read_votes(selection, index, &mut cells, problems);
        }
        for element in
            contest.all("OtherCounts").chain(wrapped(contest, "SummaryCountsCollection", "SummaryCounts"))
        {
            let Some(unit) = self.unit_of(element, problems) else { continue };
            for (child, field) in
                [("Overvotes", "overvotes"), ("Undervotes", "undervotes"), ("BallotsCast", "ballots_cast")]
            {
                let Some(child) = element.child(child) else { continue };
                if let Some(number) = count(child, problems) {
                    let row = cells.entry((unit.clone(), None)).or_default();
                    *row.entry(Target::Field(field)).or_default() += number;
                }
            }
        }
        self.fill(&mut table, &cells, totals)?;
        self.tables.push(table);
        Ok(())
    }

    fn contestant(&self, selection: &Element, problems: &mut Problems) -> Contestant {
        let mut names = Vec::new();
        let mut group = None;
        for reference in references(selection, "CandidateIds") {
            match self.candidates.get(&reference) {
                Some((name, party)) => {
                    names.push(name.clone());
                    group =
                        group.or_else(|| party.as_ref().and_then(|party| self.parties.get(party)).cloned());
                }
                None => problems.push(unknown(problems, selection, &reference)),
            }
        }
        for reference in references(selection, "PartyIds") {
            match self.parties.get(&reference) {
                Some(party) => names.push(party.clone()),
                None => problems.push(unknown(problems, selection, &reference)),
            }
        }
        names.extend(name_of(selection, "Selection"));
        let id = id(selection).unwrap_or_default().to_owned();
        let write_in = text_of(selection, "IsWriteIn").is_some_and(|text| text == "true" || text == "1");
        let name = match (names.is_empty(), write_in) {
            (true, true) => "write-in".to_owned(),
            (true, false) => id.clone(),
            _ => names.join(" / "),
        };
        Contestant { id, name, group }
    }

    fn read_votes(&mut self, selection: &Element, index: usize, cells: &mut Cells, problems: &mut Problems) {
        let mut by_unit: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        let counts =
            selection.all("VoteCounts").chain(wrapped(selection, "VoteCountsCollection", "VoteCounts"));
        for element in counts {
            self.counts.records += 1;
            let Some(unit) = self.unit_of(element, problems) else { continue };
            let Some(kind) = text_of(element, "Type") else {
                problems.push(missing(problems, element, "Type"));
                continue;
            };
            if !COUNT_TYPES.contains(&kind.as_str()) {
                let problem = problems.error(codes::NIST_VALUE).at_row(element.line).in_column("Type");
                problems.push(problem.with_value(&kind));
            }
            let Some(child) = element.child("Count") else {
                problems.push(missing(problems, element, "Count"));
                continue;
            };
            let Some(number) = count(child, problems) else { continue };
            let kind = if kind == "other" { text_of(element, "OtherType").unwrap_or(kind) } else { kind };
            if by_unit.entry(unit.clone()).or_default().insert(kind.clone(), number).is_some() {
                let problem = problems.error(codes::NIST_COUNT_TWICE).at_row(element.line).with_value(&unit);
                problems
                    .push(problem.with("type", kind).with("selection", id(selection).unwrap_or_default()));
            }
        }
        for (unit, mut kinds) in by_unit {
            let total = kinds.remove("total");
            let parts: u64 = kinds.values().sum();
            if let Some(total) = total.filter(|_| !kinds.is_empty()) {
                let note = if total == parts {
                    problems.note(codes::NIST_TOTAL_AND_PARTS)
                } else {
                    problems.warning(codes::NIST_TOTAL_AND_PARTS)
                };
                problems.push(note.with_value(&unit).with("total", total).with("parts", parts));
            }
            if self.mapping.nist.types_as_parts && !kinds.is_empty() {
                for (kind, number) in kinds {
                    cells
                        .entry((unit.clone(), Some(kind)))
                        .or_default()
                        .insert(Target::Contestant(index), number);
                }
            } else {
                let number = total.unwrap_or(parts);
                cells.entry((unit, None)).or_default().insert(Target::Contestant(index), number);
            }
        }
    }

    fn unit_of(&self, element: &Element, problems: &mut Problems) -> Option<String> {
        let Some(unit) = text_of(element, "GpUnitId") else {
            problems.push(missing(problems, element, "GpUnitId"));
            return None;
        };
        if !self.units.contains_key(&unit) {
            problems.push(unknown(problems, element, &unit));
            return None;
        }
        Some(unit)
    }

    fn fill(
        &mut self,
        table: &mut Table,
        cells: &Cells,
        totals: &mut BTreeSet<String>,
    ) -> Result<(), TableError> {
        let counted: BTreeSet<&str> = cells.keys().map(|(unit, _)| unit.as_str()).collect();
        for ((unit, part), values) in cells {
            let own = &self.units[unit];
            let total = match &self.mapping.nist.level {
                Some(level) => own.kind != *level,
                None => self.is_total(unit, &counted),
            };
            let kind = if total { RowKind::Total } else { RowKind::Unit };
            if total {
                totals.insert(own.kind.clone());
            }
            let row = table.push_row(&NewRow {
                kind,
                unit,
                name: &own.name,
                parents: &[],
                part: part.as_deref(),
                line: 0,
            })?;
            self.counts.count(kind);
            for (target, number) in values {
                let column = match target {
                    Target::Contestant(index) => Column::Contestant(*index),
                    Target::Field(name) => match table.field_index(name) {
                        Some(index) => Column::Field(index),
                        None => table.add_field(name)?,
                    },
                };
                table.set(row, column, Some(*number))?;
            }
        }
        Ok(())
    }

    /// Whether other counted units lie within this one, or it is the whole election beside others.
    fn is_total(&self, unit: &str, counted: &BTreeSet<&str>) -> bool {
        if self.scope.as_deref() == Some(unit) && counted.len() > 1 {
            return true;
        }
        let mut seen = BTreeSet::from([unit]);
        let mut open = vec![unit];
        while let Some(next) = open.pop() {
            for inner in self.units.get(next).map_or(&[][..], |unit| &unit.within) {
                if seen.insert(inner) {
                    if counted.contains(inner.as_str()) {
                        return true;
                    }
                    open.push(inner);
                }
            }
        }
        false
    }
}

/// Contests with their names, or with their ids where several have one name.
fn named<'e>(contests: &[&'e Element]) -> Vec<(&'e Element, String)> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for contest in contests {
        *names.entry(name_of(contest, "Name").unwrap_or_default()).or_default() += 1;
    }
    let name = |contest: &Element| {
        let own = name_of(contest, "Name").filter(|name| names.get(name) == Some(&1));
        own.or_else(|| id(contest).map(str::to_owned)).unwrap_or_default()
    };
    contests.iter().map(|contest| (*contest, name(contest))).collect()
}

/// Names of the contests of a report.
pub(crate) fn contests(root: &Element) -> Vec<String> {
    let all: Vec<&Element> = root.all("Election").flat_map(|election| members(election, "Contest")).collect();
    named(&all).into_iter().map(|(_, name)| name).collect()
}

fn id(element: &Element) -> Option<&str> {
    // `xsd:ID` collapses white space; real files rely on it.
    let stated = element.attribute("ObjectId").or_else(|| element.attribute("objectId"));
    stated.map(str::trim).filter(|id| !id.is_empty())
}

fn text_of(element: &Element, name: &str) -> Option<String> {
    element.child(name).map(Element::tidy).filter(|text| !text.is_empty())
}

/// A name: plain, or the first of its translations.
fn name_of(element: &Element, name: &str) -> Option<String> {
    let own = element.child(name)?;
    let text = own.child("Text").map_or_else(|| own.tidy(), Element::tidy);
    Some(text).filter(|text| !text.is_empty())
}

fn references(element: &Element, name: &str) -> Vec<String> {
    element.all(name).flat_map(|list| list.text.split_whitespace()).map(str::to_owned).collect()
}

/// Members stand below the element (version 2) or in a collection (version 1).
fn members<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let collection = format!("{name}Collection");
    let own = element.children.iter().filter(|child| child.name == name);
    let wrapped = element.children.iter().filter(|child| child.name == collection);
    own.chain(wrapped.flat_map(|list| list.children.iter().filter(|child| child.name == name))).collect()
}

fn wrapped<'e>(
    element: &'e Element,
    collection: &'e str,
    name: &'e str,
) -> impl Iterator<Item = &'e Element> {
    element.all(collection).flat_map(move |list| list.all(name))
}

fn selections(contest: &Element) -> Vec<&Element> {
    contest
        .children
        .iter()
        .filter(|c| matches!(c.name.as_str(), "ContestSelection" | "BallotSelection"))
        .collect()
}

/// A count; version 1 writes it as a float, which must be whole.
fn count(element: &Element, problems: &mut Problems) -> Option<u64> {
    let text = element.tidy();
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    let code = match number::plain(whole) {
        Cell::Number(number) => return Some(number),
        Cell::Wrong(code) => code,
        Cell::Missing => codes::NOT_A_NUMBER,
    };
    problems.push(problems.error(code).at_row(element.line).in_column(&element.name).with_value(&text));
    None
}

fn missing(problems: &Problems, element: &Element, what: &str) -> scr_results::Problem {
    problems.error(codes::NIST_MISSING).at_row(element.line).in_column(&element.name).with("element", what)
}

fn unknown(problems: &Problems, element: &Element, reference: &str) -> scr_results::Problem {
    problems.error(codes::NIST_REFERENCE).at_row(element.line).in_column(&element.name).with_value(reference)
}
