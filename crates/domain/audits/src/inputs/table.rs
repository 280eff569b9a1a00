//! A table with named columns: which delimiter it has, where the columns are that are looked for, and its cells.

use super::near::{Near, damage, folded};
use super::rows::{Rows, Stop};
use super::{Limits, MAX_NAME, Wrong};
use scr_core::Problem;
use scr_tabulation::read::{TextReader, cell, numbered};
use std::io::{Chain, Cursor, Read};

/// Bytes at the beginning in which the delimiter is looked for.
const HEAD: u64 = 64 << 10;

/// A column that is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// As it is called.
    pub(super) name: &'static str,
    /// As others call it.
    pub(super) also: &'static [&'static str],
    /// Whether the table is nothing without it.
    pub(super) needed: bool,
}

impl Column {
    fn is(&self, heading: &str) -> bool {
        let heading = folded(heading);
        !heading.is_empty()
            && std::iter::once(&self.name).chain(self.also).any(|name| folded(name) == heading)
    }
}

/// A table whose heading was read.
pub(super) struct Table<R> {
    rows: Rows<Chain<Cursor<Vec<u8>>, TextReader<R>>>,
    limits: Limits,
    taken: usize,
    is_text: bool,
    /// The headings.
    pub(super) head: Vec<String>,
    /// Where each column is that was looked for.
    pub(super) at: Vec<Option<usize>>,
    /// Headings that were not looked for, by place.
    pub(super) others: Vec<usize>,
}

/// A row with a value in it.
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub(super) line: u64,
    /// As many cells as there are headings.
    pub(super) cells: Vec<String>,
}

/// What a file is that is no table, by its first bytes.
fn no_table(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"PK\x03\x04") {
        Some("a workbook or another zip: save the sheet as CSV")
    } else if head.starts_with(b"\xd0\xcf\x11\xe0") {
        Some("a workbook in the old form: save the sheet as CSV")
    } else if head.starts_with(b"%PDF") {
        Some("a PDF")
    } else if head.contains(&0) {
        Some("no text")
    } else {
        None
    }
}

/// The first row that is not empty.
fn first_row<R: Read>(rows: &mut Rows<R>) -> Result<Option<(u64, Vec<String>)>, Stop> {
    while let Some((line, cells)) = rows.next()? {
        let cells: Vec<String> = cells.iter().map(|bytes| cell(bytes).into_owned()).collect();
        // A hint to spreadsheets which delimiter follows; the headings follow in any case.
        let is_hint = cells.concat().to_lowercase().starts_with("sep=");
        if !is_hint && cells.iter().any(|cell| !cell.is_empty()) {
            return Ok(Some((line, cells)));
        }
    }
    Ok(None)
}

/// The delimiter by which most of the columns that are looked for are found; of equal ones that which gives most.
fn delimiter(head: &[u8], columns: &[Column], limits: &Limits) -> u8 {
    let score = |delimiter: &u8| {
        let first = first_row(&mut Rows::of(head, *delimiter, limits)).ok().flatten();
        let cells = first.map(|(_, cells)| cells).unwrap_or_default();
        let whole = |cell: &&String| !cell.contains([',', ';', '\t', '"']);
        let known =
            columns.iter().filter(|column| cells.iter().filter(whole).any(|cell| column.is(cell))).count();
        (known, if cells.len() > 1 { cells.len() } else { 0 })
    };
    let mut best = (b',', score(&b','));
    for other in [b';', b'\t'] {
        let found = score(&other);
        if found > best.1 {
            best = (other, found);
        }
    }
    best.0
}

impl<R: Read> Table<R> {
    /// Reads the heading. What is wrong is pushed; `None`: there is no table.
    pub(super) fn open(input: R, columns: &[Column], limits: &Limits, wrong: &mut Wrong) -> Option<Self> {
        let refused = |wrong: &mut Wrong, what: String| {
            let problem = wrong.error("SCR-AUD-010").with("what", what);
            wrong.push(problem);
        };
        let mut text = match TextReader::new(input) {
            Ok(text) => text,
            Err(error) => {
                refused(wrong, error.to_string());
                return None;
            }
        };
        let mut head = Vec::new();
        if let Err(error) = text.by_ref().take(HEAD).read_to_end(&mut head) {
            refused(wrong, error.to_string());
            return None;
        }
        if let Some(what) = no_table(&head) {
            refused(wrong, what.to_owned());
            return None;
        }
        let delimiter = delimiter(&head, columns, limits);
        let mut rows = Rows::of(Cursor::new(head).chain(text), delimiter, limits);
        let (line, head) = match first_row(&mut rows) {
            Ok(Some(first)) => first,
            Ok(None) => {
                refused(wrong, "empty".to_owned());
                return None;
            }
            Err(stop) => {
                wrong.push(stopped(&stop, rows.line(), wrong));
                return None;
            }
        };
        let mut table =
            Self { rows, limits: *limits, taken: 0, is_text: true, head, at: Vec::new(), others: Vec::new() };
        table.find(columns, line, wrong);
        Some(table)
    }

    /// Finds the columns: missing ones (SCR-AUD-012) and those that are there twice (SCR-AUD-013) are pushed.
    fn find(&mut self, columns: &[Column], line: u64, wrong: &mut Wrong) {
        let names: Vec<usize> = (0..self.head.len()).filter(|at| !self.head[*at].is_empty()).collect();
        let mut taken = Vec::new();
        for column in columns {
            let mut places = names.iter().copied().filter(|at| column.is(&self.head[*at]));
            let first = places.next();
            self.at.push(first);
            taken.extend(first);
            for twice in places {
                taken.push(twice);
                let problem = wrong.error("SCR-AUD-013").at_row(line).in_column(&self.head[twice]);
                wrong.push(problem.with("same", column.name));
            }
        }
        self.others = names.iter().copied().filter(|at| !taken.contains(at)).collect();
        let mut near = Near::among(self.others.iter().map(|at| self.head[*at].as_str()));
        for (column, at) in columns.iter().zip(&self.at) {
            if column.needed && at.is_none() {
                let problem = wrong.error("SCR-AUD-012").at_row(line).in_column(column.name);
                wrong.push(problem.closest_to(near.to(column.name)));
            }
        }
    }

    /// Headings that were not looked for: an error where one is nearly a column that is missing, else a warning that
    /// it is not used (SCR-AUD-014).
    pub(super) fn leave_others(&self, columns: &[Column], wrong: &mut Wrong) {
        let missing = columns.iter().zip(&self.at).filter(|(_, at)| at.is_none());
        let mut near = Near::among(missing.map(|(column, _)| column.name));
        for at in &self.others {
            let name = &self.head[*at];
            let problem = match near.to(name) {
                Some(meant) => wrong.error("SCR-AUD-014").in_column(name).closest_to(Some(meant)),
                None => wrong.warning("SCR-AUD-014").in_column(name),
            };
            wrong.push(problem);
        }
    }

    /// The next row that is not empty, with as many cells as headings. More are pushed (SCR-AUD-015), and so is why
    /// there are no more rows although the file goes on.
    pub(super) fn next(&mut self, wrong: &mut Wrong) -> Option<Row> {
        loop {
            let (line, bytes) = match self.rows.next() {
                Ok(row) => row?,
                Err(stop) => {
                    wrong.push(stopped(&stop, self.rows.line(), wrong));
                    return None;
                }
            };
            let mut cells: Vec<String> = bytes.iter().map(|bytes| cell(bytes).into_owned()).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            self.taken += 1;
            if self.taken > self.limits.rows {
                let limit = u64::try_from(self.limits.rows).unwrap_or(u64::MAX);
                wrong.push(stopped(&Stop::TooMuch("rows", limit), line, wrong));
                return None;
            }
            self.look_at_encoding(line, &bytes, wrong);
            let unnamed = |at: &usize| self.head.get(*at).is_none_or(String::is_empty);
            if let Some(at) = (0..cells.len()).filter(unnamed).find(|at| !cells[*at].is_empty()) {
                let problem = wrong.error("SCR-AUD-015").at_row(line).with_value(&cells[at]);
                wrong.push(problem.with("cells", cells.len()).with("headings", self.head.len()));
            }
            cells.resize(self.head.len(), String::new());
            return Some(Row { line, cells });
        }
    }

    /// The first row that is no UTF-8 is named (SCR-AUD-023).
    fn look_at_encoding(&mut self, line: u64, bytes: &[Vec<u8>], wrong: &mut Wrong) {
        if !self.is_text {
            return;
        }
        if let Some(bytes) = bytes.iter().find(|bytes| std::str::from_utf8(bytes).is_err()) {
            self.is_text = false;
            let problem = wrong.warning("SCR-AUD-023").at_row(line).with_value(&cell(bytes));
            wrong.push(problem);
        }
    }

    /// A name that stands in a column; what is wrong with it is pushed (SCR-AUD-016, -024, -011, -049).
    pub(super) fn name(&self, row: &Row, at: usize, wrong: &mut Wrong) -> Option<String> {
        let (name, column) = (row.cells[at].as_str(), self.head[at].as_str());
        let about = |problem: Problem| problem.at_row(row.line).in_column(column).with_value(name);
        if name.is_empty() {
            wrong.push(wrong.error("SCR-AUD-016").at_row(row.line).in_column(column));
            return None;
        }
        if name.contains(['\r', '\n', '\0']) {
            wrong.push(about(wrong.error("SCR-AUD-024")));
            return None;
        }
        if name.chars().count() > MAX_NAME {
            wrong.push(
                about(wrong.error("SCR-AUD-011")).with("what", "letters of a name").with("limit", MAX_NAME),
            );
            return None;
        }
        match damage(name) {
            Some("error") => {
                wrong.push(about(wrong.error("SCR-AUD-049")).with("what", "error"));
                None
            }
            Some(what) => {
                wrong.push(about(wrong.warning("SCR-AUD-049")).with("what", what));
                Some(name.to_owned())
            }
            None => Some(name.to_owned()),
        }
    }

    /// A count that stands in a column; what is no count is pushed (SCR-AUD-016, -017), and so is that a thousands
    /// separator was read as such (SCR-AUD-018).
    pub(super) fn count(&self, row: &Row, at: usize, wrong: &mut Wrong) -> Option<u64> {
        let (text, column) = (row.cells[at].as_str(), self.head[at].as_str());
        let about = |problem: Problem| problem.at_row(row.line).in_column(column).with_value(text);
        if text.is_empty() {
            wrong.push(wrong.error("SCR-AUD-016").at_row(row.line).in_column(column));
            return None;
        }
        if let Some(count) = numbered(text) {
            return Some(count);
        }
        if let Some(count) = grouped(text) {
            wrong.push(about(wrong.warning("SCR-AUD-018")).with("read", count));
            return Some(count);
        }
        let meant = meant(text);
        wrong.push(about(wrong.error("SCR-AUD-017")).closest_to(meant.as_deref()));
        None
    }
}

/// `1,200` and `1,200,000`: with commas in their places a count can mean nothing else.
fn grouped(text: &str) -> Option<u64> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let mut rest = groups.peekable();
    rest.peek()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = (1..=3).contains(&first.len())
        && digits(first)
        && rest.all(|group| group.len() == 3 && digits(group));
    sound.then(|| numbered(&text.replace(',', ""))).flatten()
}

/// The count that was perhaps meant: `12.0` is 12, `1 200` is 1200, `12O` is 120.
fn meant(text: &str) -> Option<String> {
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    let digit = |letter: char| match letter {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        other => other,
    };
    let plain: String = whole
        .chars()
        .filter(|letter| !letter.is_whitespace() && !['\'', '_'].contains(letter))
        .map(digit)
        .collect();
    numbered(&plain).map(|count| count.to_string())
}

/// Why there are no more rows.
fn stopped(stop: &Stop, line: u64, wrong: &Wrong) -> Problem {
    match stop {
        Stop::Broken(error) => wrong.error("SCR-AUD-010").with("what", error),
        Stop::TooMuch(what, limit) => wrong.error("SCR-AUD-011").with("what", what).with("limit", limit),
        Stop::Unclosed => wrong.error("SCR-AUD-024"),
    }
    .at_row(line)
}

/// Whether a name says that its row or column is a sum: `Total`, `County Totals`, `subtotal`.
pub(super) fn says_total(name: &str) -> bool {
    name.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        ["total", "totals", "subtotal", "subtotals"].iter().any(|sum| word.eq_ignore_ascii_case(sum))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_where_they_can_mean_one_thing() {
        assert_eq!((grouped("1,200"), grouped("12,000,000")), (Some(1200), Some(12_000_000)));
        for text in ["1200", "1,20", ",200", "1,,200", "1,2000", "a,200", ""] {
            assert_eq!(grouped(text), None, "{text}");
        }
        let meant = |text| meant(text).unwrap_or_default();
        assert_eq!([meant("12.0"), meant("1 200"), meant("12O"), meant("12.5")], ["12", "1200", "120", ""]);
    }

    #[test]
    fn sums_are_known_by_their_name() {
        for name in ["Total", "COUNTY TOTALS", "Grand-total", "subtotal 3"] {
            assert!(says_total(name), "{name}");
        }
        for name in ["Totality", "Batch 1", "Subtotaling"] {
            assert!(!says_total(name), "{name}");
        }
    }
}
