//! From an object back to a table. Only the bytes that the writer would write are read.

use super::line::{LineForm, OBJECT_TYPE, ObjectHeader, RowRecord};
use super::tree::RowTree;
use crate::model::{Column, NewRow, RowKind, RowView, Table, TableError};
use scr_canon::{Hash32, parse_canonical};
use scr_merkle::leaf_hash;
use std::io::{BufRead, Read};

/// Bytes of one line.
pub const MAX_LINE: usize = 4 * 1024 * 1024;

/// Why an object is refused.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The first line is no header of this format.
    #[error("SCR-RES-201: not a results table: {0}")]
    Header(String),
    /// A line is no row, or not in canonical form.
    #[error("SCR-RES-202: line {line} is not a canonical row: {what}")]
    Row {
        /// Line of the object, from 1.
        line: u64,
        /// What is wrong, in words.
        what: String,
    },
    /// Rows are not in order of (unit, part).
    #[error("SCR-RES-203: line {0} is out of order")]
    Order(u64),
    /// Count or root differs from the header.
    #[error("SCR-RES-204: the rows differ from the header: {0}")]
    Differs(String),
    /// Longer than [`MAX_LINE`].
    #[error("SCR-RES-205: line {0} is longer than {MAX_LINE} bytes")]
    LineTooLong(u64),
    /// The bytes cannot be read.
    #[error("SCR-RES-206: {0}")]
    Io(#[from] std::io::Error),
}

impl ObjectError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Header(_) => "SCR-RES-201",
            Self::Row { .. } => "SCR-RES-202",
            Self::Order(_) => "SCR-RES-203",
            Self::Differs(_) => "SCR-RES-204",
            Self::LineTooLong(_) => "SCR-RES-205",
            Self::Io(_) => "SCR-RES-206",
        }
    }
}

/// Reads an object line by line; memory does not grow with the rows.
#[derive(Debug)]
pub struct ObjectReader<R> {
    input: R,
    header: ObjectHeader,
    /// One row at a time: it has the columns and takes the row that is read.
    scratch: Table,
    form: LineForm,
    line: Vec<u8>,
    number: u64,
    previous: Option<(String, Option<String>)>,
}

impl<R: BufRead> ObjectReader<R> {
    /// Reads the header.
    pub fn open(mut input: R) -> Result<Self, ObjectError> {
        let mut line = Vec::new();
        if !next_line(&mut input, &mut line, 1)? {
            return Err(ObjectError::Header("it is empty".to_owned()));
        }
        let value = parse_canonical(&line).map_err(|error| ObjectError::Header(error.to_string()))?;
        let header: ObjectHeader =
            serde_json::from_value(value).map_err(|error| ObjectError::Header(error.to_string()))?;
        if header.kind != OBJECT_TYPE {
            return Err(ObjectError::Header(format!("its type is {:?}", header.kind)));
        }
        let scratch = columns(&header).map_err(|error| ObjectError::Header(error.to_string()))?;
        let form = LineForm::of(&scratch);
        Ok(Self { input, header, scratch, form, line, number: 1, previous: None })
    }

    /// The header.
    pub fn header(&self) -> &ObjectHeader {
        &self.header
    }

    /// The next row with its canonical bytes; `None` at the end. Count and root are the caller's to
    /// compare (see [`read_object`]).
    pub fn next_row(&mut self) -> Result<Option<(RowView<'_>, &[u8])>, ObjectError> {
        self.number += 1;
        if !next_line(&mut self.input, &mut self.line, self.number)? {
            return Ok(None);
        }
        self.scratch.clear_rows();
        let index = take_row(&mut self.scratch, &self.form, RowKind::Unit, &self.line, self.number)?;
        let row = self.scratch.row(index).ok_or(ObjectError::Order(self.number))?;
        let key = (row.unit(), row.part());
        if self.previous.as_ref().is_some_and(|(unit, part)| (unit.as_str(), part.as_deref()) > key) {
            return Err(ObjectError::Order(self.number));
        }
        self.previous = Some((key.0.to_owned(), key.1.map(str::to_owned)));
        Ok(Some((row, &self.line)))
    }
}

/// Reads a whole object and compares count and root with its header.
pub fn read_object(input: impl BufRead) -> Result<Table, ObjectError> {
    let mut reader = ObjectReader::open(input)?;
    let header = reader.header.clone();
    let refuse = |error: TableError| ObjectError::Header(error.to_string());
    let mut table = columns(&header).map_err(refuse)?;
    for total in &header.totals {
        take_row(&mut table, &reader.form, RowKind::Total, total.as_bytes(), 1)?;
    }
    let mut leaves: Vec<Hash32> = Vec::new();
    let mut previous: Option<(usize, Vec<u8>)> = None;
    loop {
        reader.number += 1;
        if !next_line(&mut reader.input, &mut reader.line, reader.number)? {
            break;
        }
        let index = take_row(&mut table, &reader.form, RowKind::Unit, &reader.line, reader.number)?;
        let key = |at: usize| table.row(at).map(|row| row.key());
        if let Some((before, line)) = &previous
            && (key(*before), line) > (key(index), &reader.line)
        {
            return Err(ObjectError::Order(reader.number));
        }
        leaves.push(leaf_hash(&reader.line));
        previous = Some((index, std::mem::take(&mut reader.line)));
    }
    if leaves.len() as u64 != header.rows {
        return Err(ObjectError::Differs(format!("{} rows instead of {}", leaves.len(), header.rows)));
    }
    let root = RowTree::new(leaves).root();
    if root != header.rows_root {
        return Err(ObjectError::Differs(format!("the root is {root} instead of {}", header.rows_root)));
    }
    Ok(table)
}

fn columns(header: &ObjectHeader) -> Result<Table, TableError> {
    let mut table = Table::new(header.source.clone(), header.contest.clone());
    for field in &header.fields {
        table.add_field(field)?;
    }
    for contestant in &header.contestants {
        table.add_contestant(contestant.clone())?;
    }
    Ok(table)
}

/// Adds the row of a line, and refuses the line when the row would be written otherwise.
fn take_row(
    table: &mut Table,
    form: &LineForm,
    kind: RowKind,
    line: &[u8],
    number: u64,
) -> Result<usize, ObjectError> {
    let fail = |what: String| ObjectError::Row { line: number, what };
    let record: RowRecord<'_> = serde_json::from_slice(line).map_err(|error| fail(error.to_string()))?;
    let parents: Vec<&str> = record.places.iter().map(AsRef::as_ref).collect();
    let new = NewRow {
        kind,
        unit: &record.unit,
        name: &record.name,
        parents: &parents,
        part: record.part.as_deref(),
        line: 0,
    };
    let index = table.push_row(&new).map_err(|error| fail(error.to_string()))?;
    if record.numberless {
        table.set_numberless(index).map_err(|error| fail(error.to_string()))?;
    }
    for (name, value) in &record.fields {
        let column = form.field(name);
        put(table, index, column, name, *value).map_err(&fail)?;
    }
    for (id, value) in &record.votes {
        let column = form.contestant(id);
        put(table, index, column, id, *value).map_err(&fail)?;
    }
    let mut written = Vec::with_capacity(line.len());
    if let Some(row) = table.row(index) {
        form.write(&row, &mut written);
    }
    if written == line { Ok(index) } else { Err(fail("it is not in canonical form".to_owned())) }
}

fn put(table: &mut Table, row: usize, column: Option<Column>, name: &str, value: u64) -> Result<(), String> {
    let column = column.ok_or_else(|| format!("there is no column {name:?}"))?;
    table.set(row, column, Some(value)).map_err(|error| error.to_string())
}

/// The next line without its end. A last line without a line end is no line of an object.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>, number: u64) -> Result<bool, ObjectError> {
    line.clear();
    let read = input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(false);
    }
    if line.pop() != Some(b'\n') {
        let cut = ObjectError::Row { line: number, what: "it has no line end".to_owned() };
        return Err(if read > MAX_LINE { ObjectError::LineTooLong(number) } else { cut });
    }
    Ok(true)
}
