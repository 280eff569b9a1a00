//! Looks at a file and says how it would read it, and why. A person corrects it.

use crate::columns::{self, Sheet, tidy};
use crate::intake::Input;
use crate::limits::Limits;
use crate::mapping::{FieldSource, FileSpec, Format, Long, Mapping, ValuesSpec, Wide, WideColumn};
use crate::number::{self, Cell};
use crate::problems::Problems;
use crate::raw::grid::Grid;
use crate::raw::open::{self, Part};
use crate::vocabulary::{Meaning, meaning};
use scr_results::Problem;
use serde::Serialize;
use std::collections::BTreeSet;

/// One thing that the proposal found, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about: `format`, `encoding`, `delimiter`, `header-row`, `layout`, `unit`, `sheet`, `member`,
    /// or `column`.
    pub about: &'static str,
    /// What was found, for a column its heading.
    pub value: String,
    /// For a column: what it is read as (`unit`, `parent`, `field registered`, `contestant` …).
    pub read_as: Option<String>,
    /// How sure, in percent.
    pub confidence: u8,
    /// Why: a key of the translations (`intake-reason-…`).
    pub reason: &'static str,
}

/// How a file could be read.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The mapping; complete enough for [`crate::read`] whenever a unit and numbers were found.
    pub mapping: Mapping,
    /// What was found, and why.
    pub findings: Vec<Finding>,
    /// The headings.
    pub headings: Vec<String>,
    /// The first records, as text.
    pub sample: Vec<Vec<String>>,
    /// Sheets or members that can be chosen.
    pub choices: Vec<String>,
    /// Names of the contests in the file; `contest.only` in the mapping chooses among them.
    pub contests: Vec<String>,
    /// What stands in the way.
    pub problems: Vec<Problem>,
}

/// Records that are looked at.
const LOOKED_AT: usize = 500;
/// Records of the sample.
const SAMPLE: usize = 12;

/// Proposes a mapping for a file.
pub fn propose(input: Input<'_>, limits: &Limits) -> Proposal {
    propose_with(input, &FileSpec::default(), limits)
}

/// Proposes a mapping for a file of which something is known (a sheet or member chosen, an encoding stated).
pub fn propose_with(input: Input<'_>, known: &FileSpec, limits: &Limits) -> Proposal {
    let mut problems = Problems::new(input.name, limits);
    let mut proposal = Proposal {
        mapping: Mapping::new(Format::Delimited),
        findings: Vec::new(),
        headings: Vec::new(),
        sample: Vec::new(),
        choices: Vec::new(),
        contests: Vec::new(),
        problems: Vec::new(),
    };
    proposal.mapping.file = known.clone();
    if !proposal.documents(input, limits, &mut problems)
        && let Some(part) = open::parts(input.name, input.bytes, known, limits, &mut problems)
            .and_then(|parts| parts.into_iter().next())
    {
        proposal.look_at(&part, &mut problems);
    }
    proposal.say_contests();
    proposal.problems = problems.finish().0;
    proposal
}

/// Whether the bytes are a document with a format of its own.
pub(crate) fn document_format(bytes: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]);
    let start = head.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') && head.contains("urn:oasis:names:tc:evs:schema:eml") {
        return Some(Format::EmlNl);
    }
    let nist_xml = start.starts_with('<') && head.contains("ElectionReport");
    let whole = || bytes.windows(30).any(|window| window == b"ElectionResults.ElectionReport");
    (nist_xml || (start.starts_with('{') && whole())).then_some(Format::Nist)
}

impl Proposal {
    pub(crate) fn find(
        &mut self,
        about: &'static str,
        value: &str,
        read_as: Option<&str>,
        confidence: u8,
        reason: &'static str,
    ) {
        let read_as = read_as.map(str::to_owned);
        self.findings.push(Finding { about, value: value.to_owned(), read_as, confidence, reason });
    }

    fn say_contests(&mut self) {
        if self.contests.len() > 1 {
            let count = self.contests.len().to_string();
            self.find("contests", &count, None, 90, "several-contests");
        }
    }

    fn look_at(&mut self, part: &Part, problems: &mut Problems) {
        self.choices.clone_from(&part.choices);
        match part.text {
            Some((detected, delimiter)) => {
                self.mapping.file.encoding = Some(detected.encoding);
                self.mapping.file.delimiter = Some(char::from(delimiter));
                let encoding = format!("{:?}", detected.encoding).to_lowercase();
                self.find("encoding", &encoding, None, detected.confidence, detected.reason);
                self.find("delimiter", &char::from(delimiter).to_string(), None, 90, "even-records");
                self.mapping.file.member.clone_from(&part.name);
            }
            None => {
                self.mapping.format = Format::Spreadsheet;
                self.find("sheet", part.name.as_deref().unwrap_or_default(), None, 60, "first-sheet");
                self.mapping.file.sheets = part.name.iter().cloned().collect();
            }
        }
        self.header(&part.grid);
        let Some(sheet) = columns::sheet(&part.grid, &self.mapping.file, problems) else { return };
        self.headings.clone_from(&sheet.headings);
        let sample = sheet.records.iter().take(SAMPLE);
        self.sample = sample.map(|record| record.cells().map(str::to_owned).collect()).collect();
        if self.openelections() {
            return;
        }
        self.columns(&sheet);
    }

    /// The header is the first record that is as wide as most, whose cells are no numbers.
    fn header(&mut self, grid: &Grid) {
        let records: Vec<_> = grid.records().take(LOOKED_AT).collect();
        let used = |at: usize| records[at].cells().filter(|cell| !cell.trim().is_empty()).count();
        let widths: BTreeSet<usize> = (0..records.len()).map(used).collect();
        let common = widths.into_iter().max_by_key(|width| {
            ((*width).min(2), (0..records.len()).filter(|at| used(*at) == *width).count())
        });
        let wide_enough = |at: &usize| used(*at) * 3 >= common.unwrap_or(1) * 2 && used(*at) > 0;
        let Some(first) = (0..records.len()).find(wide_enough) else { return };
        let values = ValuesSpec::default();
        let numbers = |at: usize| {
            records[at].cells().filter(|cell| matches!(number::read(cell, &values), Cell::Number(_))).count()
        };
        if numbers(first) * 4 > used(first) {
            self.mapping.file.header_rows = 0;
            self.find("header-row", "0", None, 75, "numbers-in-first-record");
        } else {
            let above = first > 0;
            if above && records[..first].iter().any(|record| !record.is_blank()) {
                self.mapping.file.header_row = Some(records[first].line());
            }
            let (confidence, reason) = if above { (80, "prose-above") } else { (95, "first-record") };
            self.find("header-row", &records[first].line().to_string(), None, confidence, reason);
        }
        // A blank record followed by one with a single cell: a footnote.
        let all: Vec<_> = grid.records().collect();
        if let Some(last) = all.iter().rposition(|record| !record.is_blank())
            && last > first + 1
            && all[last - 1].is_blank()
            && all[last].cells().filter(|cell| !cell.trim().is_empty()).count() == 1
        {
            self.mapping.file.stop_at_blank = true;
            self.find("footnote", &all[last].line().to_string(), None, 85, "blank-record-before");
        }
    }

    fn openelections(&mut self) -> bool {
        let has = |name: &str| self.headings.iter().any(|heading| heading == name);
        let fits = ["county", "office", "candidate", "votes"].into_iter().all(has);
        if fits {
            self.mapping.format = Format::Openelections;
            self.find("format", "openelections", None, 95, "column-names");
        }
        fits
    }

    fn columns(&mut self, sheet: &Sheet<'_>) {
        let width = sheet.columns();
        let numeric: Vec<bool> = (0..width).map(|column| is_numeric(sheet, column)).collect();
        let meanings: Vec<Option<(Meaning, u8)>> = (0..width)
            .map(|column| sheet.headings.get(column).and_then(|heading| meaning(heading)))
            .collect();
        let is = |wanted: Meaning| meanings.iter().position(|found| found.is_some_and(|(m, _)| m == wanted));
        let long =
            is(Meaning::Contestant).zip(is(Meaning::Votes)).filter(|(contestant, _)| !numeric[*contestant]);
        let mut parents: Vec<(u8, usize)> = Vec::new();
        for (column, found) in meanings.iter().enumerate() {
            match found {
                Some((Meaning::Parent(level), _)) if !numeric[column] => parents.push((*level, column)),
                Some((Meaning::Field(name), _)) if numeric[column] => {
                    let source = FieldSource::Column(reference(sheet, column));
                    self.mapping.fields.entry((*name).to_owned()).or_insert(source);
                }
                Some((Meaning::Name, _)) => self.mapping.unit.name = Some(reference(sheet, column)),
                _ => {}
            }
        }
        parents.sort_unstable();
        self.mapping.unit.parents = parents.iter().map(|(_, column)| reference(sheet, *column)).collect();
        self.mapping.contest.columns =
            is(Meaning::Contest).map(|column| reference(sheet, column)).into_iter().collect();
        self.unit(sheet, &meanings, &parents, long.is_some());
        match long {
            Some((contestant, votes)) => {
                self.find("layout", "long", None, 90, "contestant-and-votes-columns");
                self.mapping.fields.retain(|_, source| source.columns()[0] != reference(sheet, votes));
                self.mapping.long = Some(Long {
                    contestant: reference(sheet, contestant),
                    votes: reference(sheet, votes),
                    group: is(Meaning::Group).map(|column| reference(sheet, column)),
                    ..Long::default()
                });
            }
            None => self.wide(sheet, &numeric, &meanings),
        }
        for (column, found) in meanings.iter().enumerate() {
            let heading = sheet.heading(column);
            let read_as = self.read_as(&reference(sheet, column));
            let (confidence, reason) = match (found, &read_as) {
                (Some((_, confidence)), _) => (*confidence, "heading"),
                (None, Some(_)) => (70, "numbers-below"),
                (None, None) => (60, "not-used"),
            };
            self.find("column", &heading, read_as.as_deref(), confidence, reason);
        }
    }

    /// The unit is the column that is named like one, with the places above where its code repeats.
    fn unit(
        &mut self,
        sheet: &Sheet<'_>,
        meanings: &[Option<(Meaning, u8)>],
        parents: &[(u8, usize)],
        long: bool,
    ) {
        let named: Vec<usize> = (0..meanings.len())
            .filter(|column| meanings[*column].is_some_and(|(found, _)| found == Meaning::Unit))
            .collect();
        let best = named
            .iter()
            .max_by_key(|column| (meanings[**column].map(|found| found.1), std::cmp::Reverse(**column)));
        let Some(own) = best.copied().or_else(|| parents.last().map(|(_, column)| *column)) else {
            self.mapping.unit.key = vec!["@row".into()];
            self.find("unit", "@row", None, 40, "no-unit-column");
            return;
        };
        let unique = |columns: &[usize]| {
            let mut seen = BTreeSet::new();
            sheet.records.iter().all(|record| {
                let key: Vec<&str> = columns.iter().map(|column| record.cell(*column).trim()).collect();
                seen.insert(key.join("\u{1f}"))
            })
        };
        let mut key = vec![own];
        if !long && !unique(&key) {
            for (_, parent) in parents.iter().rev().filter(|(_, parent)| *parent != own) {
                key.insert(0, *parent);
                if unique(&key) {
                    break;
                }
            }
            if named.is_empty() && !unique(&key) {
                self.mapping.unit.key = vec!["@row".into()];
                self.find("unit", "@row", None, 50, "no-unique-column");
                return;
            }
        }
        let (confidence, reason) = match (long, unique(&key)) {
            (true, _) => (75, "heading"),
            (false, true) => (90, "unique-values"),
            (false, false) => (50, "values-repeat"),
        };
        self.mapping.unit.key = key.iter().map(|column| reference(sheet, *column)).collect();
        let shown = self.mapping.unit.key.join(" + ");
        self.find("unit", &shown, None, confidence, reason);
    }

    /// Contestants are the columns of numbers whose headings mean nothing else.
    fn wide(&mut self, sheet: &Sheet<'_>, numeric: &[bool], meanings: &[Option<(Meaning, u8)>]) {
        let unit = self.mapping.unit.key.clone();
        let columns: Vec<WideColumn> = (0..numeric.len())
            .filter(|column| numeric[*column] && meanings[*column].is_none())
            .map(|column| reference(sheet, column))
            .filter(|column| !unit.contains(column))
            .map(|column| WideColumn { column, ..WideColumn::default() })
            .collect();
        let value = columns.len().to_string();
        if columns.is_empty() {
            self.find("layout", "fields-only", None, 60, "no-contestant-columns");
        } else {
            self.find("layout", "wide", Some(&value), 80, "number-columns");
            self.mapping.wide = Some(Wide { columns, ..Wide::default() });
        }
    }

    fn read_as(&self, column: &str) -> Option<String> {
        let mapping = &self.mapping;
        let is = |other: &Option<String>| other.as_deref() == Some(column);
        let field =
            mapping.fields.iter().find(|(_, source)| source.columns().iter().any(|own| own == column));
        match () {
            () if mapping.unit.key.iter().any(|own| own == column) => Some("unit".into()),
            () if mapping.unit.parents.iter().any(|own| own == column) => Some("parent".into()),
            () if is(&mapping.unit.name) => Some("name".into()),
            () if mapping.contest.columns.iter().any(|own| own == column) => Some("contest".into()),
            () if field.is_some() => field.map(|(name, _)| format!("field {name}")),
            () if mapping
                .wide
                .as_ref()
                .is_some_and(|wide| wide.columns.iter().any(|own| own.column == column)) =>
            {
                Some("contestant".into())
            }
            () => {
                let long = mapping.long.as_ref()?;
                match column {
                    _ if long.contestant == column => Some("contestant".into()),
                    _ if long.votes == column => Some("votes".into()),
                    _ if is(&long.group) => Some("group".into()),
                    _ => None,
                }
            }
        }
    }
}

/// The heading, or the position where the heading is empty or there twice.
fn reference(sheet: &Sheet<'_>, column: usize) -> String {
    let position = format!("#{}", column + 1);
    match sheet.headings.get(column) {
        Some(heading) if !heading.is_empty() && !heading.starts_with(['#', '@']) => {
            let folded = tidy(heading).to_lowercase();
            let same = sheet.headings.iter().filter(|other| other.to_lowercase() == folded).count();
            if same == 1 { heading.clone() } else { position }
        }
        _ => position,
    }
}

/// At least one number, and nothing else but missing markers, in nine of ten cells.
fn is_numeric(sheet: &Sheet<'_>, column: usize) -> bool {
    let values = ValuesSpec::default();
    let (mut numbers, mut others) = (0_usize, 0_usize);
    for record in sheet.records.iter().take(LOOKED_AT) {
        match number::read(record.cell(column), &values) {
            Cell::Number(_) => numbers += 1,
            Cell::Missing => {}
            Cell::Wrong(_) => others += 1,
        }
    }
    numbers > 9 * others
}
