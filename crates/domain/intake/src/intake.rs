//! One input, one mapping, and what comes of them.

use crate::assemble::Assembler;
use crate::codes;
use crate::columns::{self, Sheet};
use crate::limits::Limits;
use crate::mapping::{FileSpec, Format, Mapping};
use crate::problems::Problems;
use crate::raw::grid::Grid;
use crate::raw::open;
use crate::reading::Source;
use scr_results::{Problem, RowKind, Severity, SourceInfo, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// Contests of a file that a problem names.
const SHOWN: usize = 20;

/// A file as it was handed in.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// How many of what were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Records (or counts, in NIST and EML documents) of the file.
    pub records: u64,
    /// Rows that stand for units, over all contests.
    pub units: u64,
    /// Rows that are totals of the source.
    pub totals: u64,
    /// Records that state a total over the contestants of a unit.
    pub contestant_totals: u64,
    /// Records left out by a filter of the mapping.
    pub left_out: u64,
    /// Rows without any number.
    pub numberless: u64,
}

impl Counts {
    pub(crate) fn count(&mut self, kind: RowKind) {
        match kind {
            RowKind::Unit => self.units += 1,
            RowKind::Total => self.totals += 1,
        }
    }
}

/// What comes of an input: tables and warnings, or errors and no table. Never half of it.
#[derive(Debug, Clone)]
pub struct Intake {
    /// One table per contest; empty when there is an error.
    pub tables: Vec<Table>,
    /// Everything that is wrong or worth knowing, by file, row and column.
    pub problems: Vec<Problem>,
    /// How many further problems of each code are not listed.
    pub unlisted: BTreeMap<&'static str, u64>,
    /// How many of what were read.
    pub counts: Counts,
}

impl Intake {
    /// Whether the tables can be used.
    pub fn is_complete(&self) -> bool {
        !self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub(crate) fn of(tables: Vec<Table>, counts: Counts, problems: Problems) -> Self {
        let refused = problems.any_error();
        let (problems, unlisted) = problems.finish();
        Self { tables: if refused { Vec::new() } else { tables }, problems, unlisted, counts }
    }
}

/// Reads an input as the mapping says. Errors stand in [`Intake::problems`], all at once.
pub fn read(input: Input<'_>, mapping: &Mapping, limits: &Limits) -> Intake {
    let mut problems = Problems::new(input.name, limits);
    let (tables, counts) = match mapping.format {
        Format::Delimited | Format::Spreadsheet => tabular(input, mapping, limits, &mut problems),
        Format::Openelections => openelections(input, mapping, limits, &mut problems),
        Format::Nist => crate::nist::read(input, mapping, limits, &mut problems),
        Format::EmlNl => crate::eml::read(input, mapping, limits, &mut problems),
    };
    report_absent(&tables, mapping, &mut problems);
    Intake::of(tables, counts, problems)
}

/// Contests that the mapping wants and the file does not have.
fn report_absent(tables: &[Table], mapping: &Mapping, problems: &mut Problems) {
    let found = |name: &String| tables.iter().any(|table| table.contest == *name);
    let absent: Vec<&String> = mapping.contest.only.iter().filter(|name| !found(name)).collect();
    if absent.is_empty() || problems.any_error() {
        return;
    }
    let all = problems.passed_over();
    let names: Vec<&str> =
        tables.iter().map(|table| table.contest.as_str()).chain(all.iter().map(String::as_str)).collect();
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let mut closest = scr_results::Closest::among(names.iter().copied());
    for name in absent {
        let problem = problems.error(codes::NO_SUCH_CONTEST).with_value(name).closest_to(closest.to(name));
        problems.push(problem.with("contests", &shown));
    }
}

fn openelections(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    let Some(headings) = first_headings(input, &mapping.file, limits, problems) else {
        return Default::default();
    };
    match crate::openelections::mapping(&headings, mapping) {
        Ok(mapping) => tabular(input, &mapping, limits, problems),
        Err(missing) => {
            for column in missing {
                let closest = scr_results::Closest::among(headings.iter().map(String::as_str)).to(column);
                problems
                    .push(problems.error(codes::NO_COLUMN).at_row(1).in_column(column).closest_to(closest));
            }
            Default::default()
        }
    }
}

fn first_headings(
    input: Input<'_>,
    file: &FileSpec,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<String>> {
    // Problems of the cells are reported by the second reading.
    let mut silent = Problems::new(input.name, limits);
    let Some(parts) = open::parts(input.name, input.bytes, file, limits, &mut silent) else {
        for problem in silent.finish().0 {
            problems.push(problem);
        }
        return None;
    };
    let part = parts.first()?;
    columns::sheet(&part.grid, &FileSpec { uneven: true, ..file.clone() }, problems)
        .map(|sheet| sheet.headings)
}

fn tabular(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    problems: &mut Problems,
) -> (Vec<Table>, Counts) {
    if let Some(why) = mapping.contradiction() {
        problems.push(problems.error(codes::MAPPING_INVALID).with("why", why));
        return Default::default();
    }
    let Some(parts) = open::parts(input.name, input.bytes, &mapping.file, limits, problems) else {
        return Default::default();
    };
    let Some(joined) = joined_grids(input, mapping, limits, problems) else { return Default::default() };
    let info = SourceInfo {
        id: mapping.source.id.clone(),
        name: mapping.source.name.clone(),
        file: input.name.to_owned(),
        object: None,
        format: if parts.iter().any(|part| part.text.is_none()) { "xlsx" } else { "delimited" }.to_owned(),
        as_of: mapping.source.as_of.clone(),
        status: mapping.source.status,
    };
    let mut assembler = Assembler::new(mapping, info);
    for part in &parts {
        problems.within(input.name, part.name.as_deref());
        let turned = if mapping.file.transposed { part.grid.transposed() } else { Grid::default() };
        let grid = if mapping.file.transposed { &turned } else { &part.grid };
        let Some(sheet) = columns::sheet(grid, &mapping.file, problems) else { continue };
        if part.text.is_some() && !mapping.file.uneven {
            sheet.report_uneven(problems);
        }
        let joined = joined_sheets(&joined, mapping, problems);
        let source = Source { file: input.name, part: part.name.as_deref(), sheet: &sheet, joined: &joined };
        assembler.add(&source, problems);
    }
    problems.within(input.name, None);
    assembler.finish(problems)
}

fn joined_grids(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<Grid>> {
    let mut grids = Vec::new();
    for join in &mapping.join {
        let spec =
            FileSpec { member: Some(join.member.clone()), encoding: join.encoding, ..mapping.file.clone() };
        let part = open::parts(input.name, input.bytes, &spec, limits, problems)?.into_iter().next()?;
        problems.within(input.name, None);
        grids.push(part.grid);
    }
    Some(grids)
}

fn joined_sheets<'g>(
    grids: &'g [Grid],
    mapping: &Mapping,
    problems: &mut Problems,
) -> Vec<(String, Sheet<'g>)> {
    let mut sheets = Vec::new();
    for (join, grid) in mapping.join.iter().zip(grids) {
        let spec = FileSpec { header_rows: join.header_rows, uneven: true, ..FileSpec::default() };
        if let Some(sheet) = columns::sheet(grid, &spec, problems) {
            sheets.push((join.alias.clone(), sheet));
        }
    }
    sheets
}
