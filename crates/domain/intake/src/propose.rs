//! Looks at a file and says how it would read it, and why. A person corrects it.

use crate::codes;
use crate::columns::{self, tidy};
use crate::intake::Input;
use crate::limits::Limits;
use crate::mapping::{FileSpec, Format, Mapping, ValuesSpec};
use crate::number::{self, Cell};
use crate::problems::Problems;
use crate::raw::archive::{Archive, is_zip};
use crate::raw::grid::{Grid, Record};
use crate::raw::open::{self, Part};
use crate::raw::sniff;
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
    if sniff::is_geojson(input.bytes) {
        proposal.features(input, limits, &mut problems);
    } else if !proposal.documents(input, limits, &mut problems) {
        let largest = proposal.largest_member(input, limits, &mut problems);
        let file = FileSpec { member: known.member.clone().or(largest), ..known.clone() };
        let part = open::parts(input.name, input.bytes, &file, limits, &mut problems)
            .and_then(|parts| parts.into_iter().next());
        if let Some(part) = part {
            proposal.look_at(&part, &mut problems);
        }
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

    /// A collection of features is a registry of places: its columns are shown, and results are not read.
    fn features(&mut self, input: Input<'_>, limits: &Limits, problems: &mut Problems) {
        let file = FileSpec::default();
        let parts = open::registry_parts(input.name, input.bytes, &file, limits, problems);
        let Some(part) = parts.and_then(|parts| parts.into_iter().next()) else { return };
        if let Some(sheet) = columns::sheet(&part.grid, &file, problems) {
            self.headings.clone_from(&sheet.headings);
            let sample = sheet.records.iter().take(SAMPLE);
            self.sample = sample.map(|record| record.cells().map(str::to_owned).collect()).collect();
        }
        problems.push(problems.error(codes::OTHER_DOCUMENT).with("format", "geojson"));
    }

    /// Of an archive with several members the largest is looked at, and the others are named.
    fn largest_member(
        &mut self,
        input: Input<'_>,
        limits: &Limits,
        problems: &mut Problems,
    ) -> Option<String> {
        if self.mapping.file.member.is_some() || !is_zip(input.bytes) {
            return None;
        }
        let mut silent = Problems::new(input.name, limits);
        let archive = Archive::open(input.bytes, limits, &mut silent)?;
        if archive.names.len() < 2 || archive.names.iter().any(|name| name == "xl/workbook.xml") {
            return None;
        }
        let largest = archive.largest()?.to_owned();
        let problem = problems.warning(codes::ARCHIVE_CHOICE).with("members", archive.names.join(", "));
        problems.push(problem.with("used", &largest));
        self.find("member", &largest, None, 50, "largest-member");
        Some(largest)
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
            if let Some(upper) = two_records(&records, first) {
                self.mapping.file.header_row = Some(records[upper].line());
                self.mapping.file.header_rows = 2;
                self.find("header-row", &records[upper].line().to_string(), None, 70, "two-records");
                return;
            }
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
}

/// The first of two records of headings: in one of them headings repeat, and numbers follow.
fn two_records(records: &[Record<'_>], first: usize) -> Option<usize> {
    let values = ValuesSpec::default();
    let numbers = |at: usize| {
        let record = records.get(at)?;
        Some(record.cells().filter(|cell| matches!(number::read(cell, &values), Cell::Number(_))).count())
    };
    let repeats = |at: usize| {
        let cells = || records[at].cells().map(tidy).filter(|cell| !cell.is_empty());
        let distinct: BTreeSet<String> = cells().collect();
        (cells().count() > distinct.len(), cells().count())
    };
    let fits = |at: usize| {
        let plain = numbers(at) == Some(0) && numbers(at + 1) == Some(0);
        plain
            && numbers(at + 2).is_some_and(|count| count > 0)
            && repeats(at).1 > 1
            && repeats(at + 1).1 > 1
            && (repeats(at).0 || repeats(at + 1).0)
    };
    [Some(first), first.checked_sub(1)].into_iter().flatten().find(|at| fits(*at))
}
