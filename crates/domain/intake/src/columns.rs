//! The header of a file, and which cell a column of the mapping is.

use crate::codes;
use crate::mapping::FileSpec;
use crate::problems::Problems;
use crate::raw::grid::{Grid, Record};
use scr_results::Closest;

/// Headings and the records below them.
pub(crate) struct Sheet<'g> {
    /// Headings, white space collapsed; empty ones stay empty.
    pub(crate) headings: Vec<String>,
    pub(crate) records: Vec<Record<'g>>,
    /// Line of the header; 0 without one.
    pub(crate) header_line: u64,
}

/// Where a column's text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Cell(usize),
    /// Cell of a joined file.
    Joined(usize, usize),
    Line,
    SheetName,
    FileName,
}

/// Collapses white space and takes the ends off.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds header and records as the description of the file says.
pub(crate) fn sheet<'g>(grid: &'g Grid, spec: &FileSpec, problems: &mut Problems) -> Option<Sheet<'g>> {
    let records: Vec<Record<'g>> = grid.records().collect();
    let first = match spec.header_row {
        Some(line) => records.iter().position(|record| record.line() == line && !record.is_blank()),
        None => records.iter().position(|record| !record.is_blank()),
    };
    let Some(first) = first else {
        problems.push(problems.error(codes::NO_HEADER).with("line", spec.header_row.unwrap_or(1)));
        return None;
    };
    let below = (first + spec.header_rows).min(records.len());
    let headings = headings(&records[first..below]);
    let mut kept = Vec::new();
    for record in &records[below..] {
        if spec.rows.is_some_and(|rows| kept.len() >= rows) {
            break;
        }
        if !record.is_blank() {
            kept.push(*record);
        } else if spec.stop_at_blank && !kept.is_empty() {
            break;
        }
    }
    if kept.is_empty() {
        problems.push(problems.error(codes::NO_ROWS));
        return None;
    }
    let header_line = if spec.header_rows == 0 { 0 } else { records[first].line() };
    Some(Sheet { headings, records: kept, header_line })
}

/// Several header records become one heading each; an upper heading holds for the empty cells to its right.
fn headings(records: &[Record<'_>]) -> Vec<String> {
    let width = records.iter().map(|record| record.len()).max().unwrap_or(0);
    let mut headings = vec![String::new(); width];
    for (depth, record) in records.iter().enumerate() {
        let mut carried = String::new();
        for (index, heading) in headings.iter_mut().enumerate() {
            let own = tidy(record.cell(index));
            if !own.is_empty() || depth + 1 == records.len() {
                carried.clone_from(&own);
            }
            if !carried.is_empty() && *heading != carried {
                if !heading.is_empty() {
                    heading.push(' ');
                }
                heading.push_str(&carried);
            }
        }
    }
    headings
}

impl Sheet<'_> {
    /// Width that the records should have.
    fn width(&self) -> usize {
        if !self.headings.is_empty() {
            return self.headings.len();
        }
        let mut widths: Vec<usize> = self.records.iter().map(|record| record.len()).collect();
        widths.sort_unstable();
        widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).map_or(0, |run| run[0])
    }

    /// Text files only: a record with fewer cells than the header has lost some, one with more has
    /// a delimiter too many. Empty cells at the end (a trailing delimiter) harm nobody.
    pub(crate) fn report_uneven(&self, problems: &mut Problems) {
        let width = self.width();
        for record in &self.records {
            let used = record.len() - record.cells().rev().take_while(|cell| cell.is_empty()).count();
            if used > width || record.len() < width {
                let problem = problems.error(codes::RAGGED).at_row(record.line()).with("cells", record.len());
                problems.push(problem.with("expected", width).with_value(record.cell(if used > width {
                    width
                } else {
                    0
                })));
            }
        }
    }

    /// Position of a heading or of `#7`. Problems: [`codes::NO_COLUMN`], [`codes::AMBIGUOUS_COLUMN`].
    pub(crate) fn find(&self, column: &str, problems: &mut Problems) -> Option<usize> {
        if let Some(number) = column.strip_prefix('#').and_then(|number| number.parse::<usize>().ok()) {
            let width = self.width().max(self.records.iter().map(|record| record.len()).max().unwrap_or(0));
            if (1..=width).contains(&number) {
                return Some(number - 1);
            }
            problems.push(problems.error(codes::NO_COLUMN).in_column(column).with("columns", width));
            return None;
        }
        let wanted = tidy(column);
        let exact = self.positions(|heading| heading == wanted);
        let folded = wanted.to_lowercase();
        let found =
            if exact.is_empty() { self.positions(|heading| heading.to_lowercase() == folded) } else { exact };
        match found.as_slice() {
            [position] => Some(*position),
            [] => {
                let headings = self.headings.iter().map(String::as_str).filter(|heading| !heading.is_empty());
                let closest = Closest::among(headings).to(&wanted);
                let problem = problems.error(codes::NO_COLUMN).at_row(self.header_line).in_column(column);
                problems.push(problem.closest_to(closest));
                None
            }
            several => {
                let places: Vec<String> = several.iter().map(|at| format!("#{}", at + 1)).collect();
                let problem =
                    problems.error(codes::AMBIGUOUS_COLUMN).at_row(self.header_line).in_column(column);
                problems.push(problem.with("places", places.join(", ")));
                None
            }
        }
    }

    fn positions(&self, fits: impl Fn(&str) -> bool) -> Vec<usize> {
        self.headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| fits(heading))
            .map(|(index, _)| index)
            .collect()
    }

    /// The heading of a column, or `#7`.
    pub(crate) fn heading(&self, index: usize) -> String {
        match self.headings.get(index) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => format!("#{}", index + 1),
        }
    }

    /// Number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.width()
    }
}
