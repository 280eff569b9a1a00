//! Small CSV tables with a row of headings.

use super::AreaLimits;
use csv::{ByteRecord, ReaderBuilder};
use scr_core::{Problem, Severity};

/// Problems that are listed at most.
const MOST_PROBLEMS: usize = 100;

/// The rows of a table, and what is wrong with it.
pub(crate) struct Table<'a> {
    pub(crate) file: &'a str,
    pub(crate) problems: Vec<Problem>,
}

/// One row: its number in the file from 1, and the cells of the columns that were asked for.
pub(crate) struct Row {
    pub(crate) number: u64,
    pub(crate) cells: Vec<String>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(file: &'a str) -> Self {
        Self { file, problems: Vec::new() }
    }

    /// Notes a problem; from the hundredth on they are not listed.
    pub(crate) fn report(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    pub(crate) fn error(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Error, self.file)
    }

    /// A cell as text; empty when there is none.
    pub(crate) fn text(row: &Row, at: usize) -> &str {
        row.cells.get(at).map_or("", String::as_str)
    }

    /// A cell that must be a count, digits alone.
    pub(crate) fn count(&mut self, row: &Row, at: usize, name: &str) -> Option<u32> {
        let text = Self::text(row, at);
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let count = digits.then(|| text.parse().ok()).flatten();
        if count.is_none() {
            self.report(self.error("SCR-ALR-041").at_row(row.number).in_column(name).with_value(text));
        }
        count
    }

    /// Whether the first row names these columns.
    pub(crate) fn has<const N: usize>(bytes: &[u8], columns: [&str; N], limits: &AreaLimits) -> [bool; N] {
        let bytes = bytes.get(..limits.bytes).unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let headings = reader.byte_records().next().and_then(Result::ok).unwrap_or_default();
        columns.map(|name| headings.iter().any(|heading| heading.trim_ascii() == name.as_bytes()))
    }

    /// Reads the rows with these columns, which the first row names in any order. Further columns are not looked at.
    pub(crate) fn read(&mut self, bytes: &[u8], columns: &[&str], limits: &AreaLimits) -> Vec<Row> {
        self.rows((bytes, columns, limits), cells)
    }

    /// As [`Table::read`]; cells that a short row has not are empty.
    pub(crate) fn read_short(&mut self, bytes: &[u8], columns: &[&str], limits: &AreaLimits) -> Vec<Row> {
        self.rows((bytes, columns, limits), |record, places| {
            places.iter().map(|place| record.get(*place).map_or(Some(String::new()), text)).collect()
        })
    }

    fn rows(
        &mut self,
        (bytes, columns, limits): (&[u8], &[&str], &AreaLimits),
        cells: fn(&ByteRecord, &[usize]) -> Option<Vec<String>>,
    ) -> Vec<Row> {
        if bytes.len() > limits.bytes {
            self.report(self.error("SCR-ALR-045").with("limit", limits.bytes));
            return Vec::new();
        }
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let mut records = reader.byte_records().enumerate();
        let headings = records.next().and_then(|(_, record)| record.ok()).unwrap_or_default();
        let named = |name: &str| headings.iter().position(|heading| heading.trim_ascii() == name.as_bytes());
        let places: Vec<Option<usize>> = columns.iter().map(|name| named(name)).collect();
        for (name, _) in columns.iter().zip(&places).filter(|(_, place)| place.is_none()) {
            self.report(self.error("SCR-ALR-040").in_column(name));
        }
        let places: Vec<usize> = places.into_iter().flatten().collect();
        if places.len() < columns.len() {
            return Vec::new();
        }
        let mut rows = Vec::new();
        for (at, record) in records {
            let number = u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1);
            if rows.len() == limits.rows {
                self.report(self.error("SCR-ALR-045").at_row(number).with("limit", limits.rows));
                break;
            }
            match record.ok().and_then(|record| cells(&record, &places)) {
                Some(cells) => rows.push(Row { number, cells }),
                None => self.report(self.error("SCR-ALR-041").at_row(number)),
            }
        }
        rows
    }
}

fn cells(record: &ByteRecord, places: &[usize]) -> Option<Vec<String>> {
    places.iter().map(|place| record.get(*place).and_then(text)).collect()
}

/// UTF-8, at most 200 bytes.
fn text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    (text.len() <= 200 && !text.chars().any(char::is_control)).then(|| text.to_owned())
}
