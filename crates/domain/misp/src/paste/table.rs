//! Indicators out of a table with a header: CSV with commas, semicolons, tabs or bars.

use super::classify::classify;
use super::text::{Reading, Scan};
use super::{Indicator, Kind, Reason, refang};
use crate::event::instant;
use crate::json::ReadError;
use crate::limits::Limits;
use crate::tlp::tlp_named;
use crate::warning::clip;
use jiff::Timestamp;
use scr_core::Tlp;
use serde::Serialize;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The indicator.
    Value,
    /// What it is.
    Type,
    /// Words about it.
    Comment,
    /// When it was first seen.
    FirstSeen,
    /// When it was last seen.
    LastSeen,
    /// How far it may go.
    Tlp,
    /// Indicators of the kind that the column is named after (`md5`, `url`).
    Named,
    /// Something else; it is not read.
    Other,
}

impl Column {
    fn of(name: &str) -> Self {
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.as_str() {
            "value" | "indicator" | "ioc" | "observable" | "indicatorvalue" | "indicators" | "iocs" => {
                Self::Value
            }
            "type" | "kind" | "indicatortype" | "ioctype" | "valuetype" => Self::Type,
            "comment" | "comments" | "description" | "note" | "notes" | "remark" | "context" => Self::Comment,
            "firstseen" | "firstobserved" | "validfrom" | "date" => Self::FirstSeen,
            "lastseen" | "lastobserved" => Self::LastSeen,
            "tlp" | "marking" | "classification" | "tlplabel" => Self::Tlp,
            _ if Kind::named(&plain).is_some() => Self::Named,
            _ => Self::Other,
        }
    }
}

/// What is wrong with a cell. Its row is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "problem")]
pub enum Problem {
    /// The indicator is missing.
    Empty,
    /// No such type is known.
    UnknownType,
    /// The value is something else than the row says.
    OtherType {
        /// What it looks like.
        looks_like: Kind,
    },
    /// The value is no indicator.
    NoIndicator {
        /// Why, where that can be said.
        reason: Option<Reason>,
    },
    /// No point in time: write `2026-11-27` or `2026-11-27T12:00:00Z`.
    BadTime,
    /// No TLP label.
    UnknownTlp,
    /// The file cannot be read on from here.
    Broken,
}

/// A cell that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// The line at which the row begins, from 1; the header is line 1.
    pub row: u64,
    /// The column, as the header names it.
    pub column: String,
    /// What stands there, at most 200 characters.
    pub value: String,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The columns: name and what they hold.
    pub columns: Vec<(String, Column)>,
    /// What was found.
    pub reading: Reading,
    /// Rows that were read, the header excepted.
    pub rows: u64,
    /// What is wrong.
    pub errors: Vec<RowError>,
    /// How many more errors there are than are listed.
    pub unlisted: u64,
}

/// Reads a table whose header names a column of values (`value`, `indicator`, `ioc`) or of one kind (`domain`, `md5`).
///
/// # Errors
/// More bytes than allowed, and a text without such a header: it can be read as text.
pub fn read_table(text: &str, limits: &Limits) -> Result<Table, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: text.len(), limit: limits.bytes });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (delimiter, columns) =
        header(text).ok_or(ReadError::NotThis("a table with a column of indicators"))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let mut table = Table { columns, reading: Reading::default(), rows: 0, errors: Vec::new(), unlisted: 0 };
    let mut scan = Scan::new(limits);
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => {
                let row = reader.position().line();
                table.wrong(limits, row, "", "", Problem::Broken);
                break;
            }
        }
        let row = record.position().map_or(0, |position| line_of(position, text));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        table.rows += 1;
        if table.rows > limits.entries as u64 {
            return Err(ReadError::TooMany { what: "rows", limit: limits.entries });
        }
        table.row(&record, row, &mut scan, limits);
    }
    table.reading = scan.finish();
    // In a table nothing needs to be defanged.
    for indicator in &mut table.reading.indicators {
        indicator.doubts.retain(|doubt| *doubt != super::Doubt::NotDefanged);
    }
    Ok(table)
}

/// The line at which a record begins. The reader stands behind the record before: in the middle of CRLF, and before
/// empty lines.
fn line_of(position: &csv::Position, text: &str) -> u64 {
    let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + skipped.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}

/// The columns of a table, as its first line names them.
type Columns = Vec<(String, Column)>;

/// The delimiter with which the first line has the most columns that mean something.
fn header(text: &str) -> Option<(u8, Columns)> {
    let mut best: Option<(usize, u8, Columns)> = None;
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let Some(Ok(first)) = reader.records().next() else { continue };
        let columns: Vec<(String, Column)> =
            first.iter().take(1_000).map(|name| (clip(name.trim()), Column::of(name))).collect();
        let known = columns.iter().filter(|(_, column)| *column != Column::Other).count();
        let has_values = columns.iter().any(|(_, column)| matches!(column, Column::Value | Column::Named));
        if has_values && best.as_ref().is_none_or(|(most, _, _)| known > *most) {
            best = Some((known, delimiter, columns));
        }
    }
    best.map(|(_, delimiter, columns)| (delimiter, columns))
}

/// What stands beside the values of a row.
struct Beside {
    comment: String,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
    tlp: Option<Tlp>,
}

impl Table {
    fn wrong(&mut self, limits: &Limits, row: u64, column: &str, value: &str, problem: Problem) {
        if self.errors.len() < limits.warnings {
            self.errors.push(RowError { row, column: column.to_owned(), value: clip(value), problem });
        } else {
            self.unlisted += 1;
        }
    }

    /// Takes the indicators of a row when nothing in it is wrong.
    fn row(&mut self, record: &csv::StringRecord, row: u64, scan: &mut Scan<'_>, limits: &Limits) {
        let columns = self.columns.clone();
        let cells = || columns.iter().zip(record.iter().map(str::trim));
        let mut wrong: Vec<(&str, &str, Problem)> = Vec::new();
        let beside = beside(cells(), &mut wrong);
        let said = cells().find(|((_, column), cell)| *column == Column::Type && !cell.is_empty());
        let kinds = said.and_then(|((name, _), cell)| {
            let kinds = Kind::named(cell);
            if kinds.is_none() {
                wrong.push((name, cell, Problem::UnknownType));
            }
            kinds
        });
        let mut values = Vec::new();
        for ((name, column), cell) in cells() {
            let kinds = match column {
                Column::Value => kinds,
                Column::Named => Kind::named(name),
                _ => continue,
            };
            if cell.is_empty() {
                continue;
            }
            let whole = refang(cell);
            match classify(&whole) {
                Ok(value) if kinds.is_none_or(|kinds| kinds.contains(&value.kind)) => {
                    values.push((value, whole != cell));
                }
                Ok(value) => wrong.push((name, cell, Problem::OtherType { looks_like: value.kind })),
                Err(reason) => wrong.push((name, cell, Problem::NoIndicator { reason })),
            }
        }
        if values.is_empty() && wrong.is_empty() {
            let place = columns.iter().find(|(_, column)| matches!(column, Column::Value | Column::Named));
            wrong.push((place.map_or("", |(name, _)| name.as_str()), "", Problem::Empty));
        }
        if wrong.is_empty() {
            for (value, defanged) in values {
                if let Some(indicator) = scan.take(value, row, defanged) {
                    beside.add_to(indicator);
                }
            }
        }
        for (column, value, problem) in wrong {
            self.wrong(limits, row, column, value, problem);
        }
    }
}

impl Beside {
    /// Of an indicator with several rows the first comment stands, and the narrowest label.
    fn add_to(&self, indicator: &mut Indicator) {
        if indicator.comment.is_empty() {
            indicator.comment.clone_from(&self.comment);
        }
        indicator.first_seen = [indicator.first_seen, self.first_seen].into_iter().flatten().min();
        indicator.last_seen = indicator.last_seen.max(self.last_seen);
        indicator.tlp = indicator.tlp.max(self.tlp);
    }
}

fn beside<'c>(
    cells: impl Iterator<Item = (&'c (String, Column), &'c str)>,
    wrong: &mut Vec<(&'c str, &'c str, Problem)>,
) -> Beside {
    let mut beside = Beside { comment: String::new(), first_seen: None, last_seen: None, tlp: None };
    for ((name, column), cell) in cells {
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Comment if beside.comment.is_empty() => cell.clone_into(&mut beside.comment),
            Column::Comment => {
                beside.comment.push_str("; ");
                beside.comment.push_str(cell);
            }
            Column::FirstSeen | Column::LastSeen => match instant(cell) {
                Some(at) if *column == Column::FirstSeen => beside.first_seen = Some(at),
                Some(at) => beside.last_seen = Some(at),
                None => wrong.push((name, cell, Problem::BadTime)),
            },
            Column::Tlp => match tlp_named(cell) {
                Some(tlp) => beside.tlp = Some(tlp),
                None => wrong.push((name, cell, Problem::UnknownTlp)),
            },
            _ => {}
        }
    }
    beside
}
