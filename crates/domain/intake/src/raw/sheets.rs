//! Spreadsheets (xlsx) to records. Numbers that stand as text keep their leading zeros.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use crate::raw::grid::Grid;
use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use std::io::Cursor;

/// A spreadsheet that has passed the limits of [`super::archive::Archive::open`].
pub(crate) struct Workbook<'a> {
    xlsx: Xlsx<Cursor<&'a [u8]>>,
    /// Names of the sheets, in order.
    pub(crate) names: Vec<String>,
}

impl<'a> Workbook<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits, problems: &mut Problems) -> Option<Self> {
        let Ok(xlsx) = Xlsx::new(Cursor::new(bytes)) else {
            problems.push(problems.error(codes::ARCHIVE_DAMAGED));
            return None;
        };
        let names = xlsx.sheet_names();
        if names.len() > limits.sheets {
            problems.push(problems.error(codes::TOO_MANY_SHEETS).with("limit", limits.sheets));
            return None;
        }
        Some(Self { xlsx, names })
    }

    /// The records of one sheet. A cell merged over several rows stands in each of them.
    pub(crate) fn sheet(&mut self, name: &str, limits: &Limits, problems: &mut Problems) -> Option<Grid> {
        let hidden = self
            .xlsx
            .sheets_metadata()
            .iter()
            .any(|sheet| sheet.name == name && sheet.visible != SheetVisible::Visible);
        if hidden {
            problems.push(problems.warning(codes::SHEET_HIDDEN).with_value(name));
        }
        let mut rows = self.cells(name, limits, problems)?;
        self.report_formulas(name, &rows, problems);
        self.fill_merged(name, &mut rows);
        let mut grid = Grid::default();
        for (row, cells) in rows {
            // Rows without any cell do not stand in the file; they count as blank.
            let last = grid.records().next_back().map_or(0, |record| record.line());
            let blank = u64::from(row).saturating_sub(last).saturating_sub(1);
            if blank > 0 {
                grid.begin(u32::try_from(last + 1).unwrap_or(u32::MAX));
            }
            grid.begin(row);
            for cell in cells {
                grid.push_cell(&cell);
            }
        }
        Some(grid)
    }

    fn cells(
        &mut self,
        name: &str,
        limits: &Limits,
        problems: &mut Problems,
    ) -> Option<Vec<(u32, Vec<String>)>> {
        let Ok(mut reader) = self.xlsx.worksheet_cells_reader(name) else {
            problems.push(problems.error(codes::ARCHIVE_DAMAGED).with("sheet", name));
            return None;
        };
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        let mut total = 0_usize;
        loop {
            let cell = match reader.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => return Some(rows),
                Err(_) => {
                    problems.push(problems.error(codes::ARCHIVE_DAMAGED).with("sheet", name));
                    return None;
                }
            };
            let (row, column) = cell.get_position();
            let (row, column) = (row.saturating_add(1), column as usize);
            let text = text_of(cell.get_value(), row, column, problems);
            if text.is_empty() {
                continue;
            }
            let length = text.len();
            let code = if column >= limits.columns || total > limits.cells {
                Some(codes::TOO_MANY_COLUMNS)
            } else if rows.len() >= limits.rows {
                Some(codes::TOO_MANY_ROWS)
            } else {
                (length > limits.cell_bytes).then_some(codes::CELL_TOO_LONG)
            };
            if let Some(code) = code {
                problems.push(problems.error(code).at_row(u64::from(row)).in_column(&column_letters(column)));
                return None;
            }
            // Rows come in rising order in every honest file; another order is damage.
            match rows.last().map(|(last, _)| *last) {
                Some(last) if last > row => {
                    problems.push(problems.error(codes::ARCHIVE_DAMAGED).at_row(u64::from(row)));
                    return None;
                }
                Some(last) if last == row => {}
                _ => rows.push((row, Vec::new())),
            }
            if let Some((_, cells)) = rows.last_mut() {
                if cells.len() <= column {
                    total += column + 1 - cells.len();
                    cells.resize(column + 1, String::new());
                }
                cells[column] = text;
            }
        }
    }

    /// A formula's last result is its number. A formula without one would be a number lost in silence.
    fn report_formulas(&mut self, name: &str, rows: &[(u32, Vec<String>)], problems: &mut Problems) {
        let Ok(mut reader) = self.xlsx.worksheet_cells_reader(name) else { return };
        let mut results = 0_u64;
        while let Ok(Some(cell)) = reader.next_formula() {
            if cell.get_value().is_empty() {
                continue;
            }
            let (row, column) = cell.get_position();
            let (row, column) = (row.saturating_add(1), column as usize);
            let found = rows.binary_search_by_key(&row, |(own, _)| *own).ok();
            let has_result =
                found.is_some_and(|at| rows[at].1.get(column).is_some_and(|text| !text.is_empty()));
            if has_result {
                results += 1;
            } else {
                let problem = problems.error(codes::FORMULA).at_row(u64::from(row));
                problems.push(problem.in_column(&column_letters(column)).with_value(cell.get_value()));
            }
        }
        if results > 0 {
            problems.push(problems.note(codes::FORMULA_RESULTS).with("cells", results));
        }
    }

    fn fill_merged(&mut self, name: &str, rows: &mut [(u32, Vec<String>)]) {
        let Ok(regions) = self.xlsx.merge_cells_by_sheet_name(name) else { return };
        for region in regions.into_iter().filter(|region| region.end.0 > region.start.0) {
            let (column, first, last) =
                (region.start.1 as usize, region.start.0 + 1, region.end.0.saturating_add(1));
            let from = rows.partition_point(|(row, _)| *row < first);
            let Some((row, cells)) = rows.get(from) else { continue };
            let Some(text) = (*row == first).then(|| cells.get(column).cloned()).flatten() else { continue };
            for (row, cells) in &mut rows[from + 1..] {
                if *row > last {
                    break;
                }
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if cells[column].is_empty() {
                    cells[column].clone_from(&text);
                }
            }
        }
    }
}

/// `A`, `B` … `AA` for a column from 0.
pub(crate) fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn text_of(value: &DataRef<'_>, row: u32, column: usize, problems: &mut Problems) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // Rust prints the shortest text that is the same number, and whole numbers without a point.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(kind) => {
            let text = kind.to_string();
            let problem = problems.error(codes::CELL_ERROR).at_row(u64::from(row));
            problems.push(problem.in_column(&column_letters(column)).with_value(&text));
            text
        }
        DataRef::Empty => String::new(),
    }
}
