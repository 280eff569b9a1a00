//! One source's results of one contest: the model that formats, checks, entry and publication share.
//!
//! Kept by column, four bytes a number: 100,000 units with 20 columns take 8 MB. Rows are read
//! through [`RowView`]; a number that the source does not state is `None`, never 0.

use crate::field;
use crate::texts::{TextId, Texts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest number of a cell: 4,294,967,294, more than any electorate.
pub const MAX_VALUE: u64 = u32::MAX as u64 - 1;
/// Rows in one table.
pub const MAX_ROWS: usize = 2_000_000;
/// Fields and contestants together.
pub const MAX_COLUMNS: usize = 2_000;
/// Rows times columns. With [`MAX_VALUE`] it bounds every sum over a table below 2^58.
pub const MAX_CELLS: usize = 60_000_000;
/// Levels of place above a unit.
pub const MAX_PARENTS: usize = 12;
/// Bytes of one name or code.
pub const MAX_TEXT: usize = 1_000;

const MISSING: u32 = u32::MAX;

/// A limit that a table would pass, or a name that it has already.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// More than [`MAX_ROWS`].
    #[error("a table holds at most {MAX_ROWS} rows")]
    TooManyRows,
    /// More than [`MAX_COLUMNS`].
    #[error("a table holds at most {MAX_COLUMNS} columns of numbers")]
    TooManyColumns,
    /// More than [`MAX_CELLS`].
    #[error("a table holds at most {MAX_CELLS} numbers")]
    TooManyCells,
    /// More than [`MAX_PARENTS`].
    #[error("a unit has at most {MAX_PARENTS} places above it")]
    TooDeep,
    /// Longer than [`MAX_TEXT`], or all text together too long.
    #[error("a name or code has at most {MAX_TEXT} bytes, all of a table at most 256 MiB")]
    TooMuchText,
    /// Larger than [`MAX_VALUE`].
    #[error("{0} is larger than {MAX_VALUE}, the largest number of a result")]
    ValueTooLarge(u64),
    /// Two columns with one id.
    #[error("the column {0:?} is there already")]
    DuplicateColumn(String),
    /// Not of the form of a field name.
    #[error("{0:?} is not a field name: lower case letters, digits and '_'")]
    FieldName(String),
    /// No such row.
    #[error("there is no row {0}")]
    NoRow(usize),
}

/// Where a table comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Short id of the source, for instance `preliminary` or `observers`. One source has versions.
    pub id: String,
    /// Its name in words, for instance "Preliminary count (TREP)".
    pub name: String,
    /// Name of the file as it was handed in.
    pub file: String,
    /// SHA-256 of the file's bytes, standard base64.
    pub object: Option<String>,
    /// The format the file was read as: `delimited`, `xlsx`, `openelections`, `nist-1500-100`, `eml-nl`.
    pub format: String,
    /// The time that the source itself states, as it states it.
    pub as_of: Option<String>,
    /// How far the count is, where the source says so.
    pub status: Option<CountStatus>,
}

/// How far a count is (NIST SP 1500-100 v2, `ResultsStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountStatus {
    /// No results yet.
    PreElection,
    /// Some units are missing.
    UnofficialPartial,
    /// All units are in; not certified.
    UnofficialComplete,
    /// Certified by the authority.
    Certified,
}

/// Somebody or something that votes are cast for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Contestant {
    /// Unique within the contest; stable over sources and versions.
    pub id: String,
    /// As it is printed.
    pub name: String,
    /// Party, list or alliance.
    pub group: Option<String>,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// One counting unit (or one part of it).
    Unit,
    /// A total that the source itself states, over the units below the row's places.
    Total,
}

/// What identifies a row, for [`Table::push_row`].
#[derive(Debug, Clone, Copy)]
pub struct NewRow<'a> {
    /// What the row stands for.
    pub kind: RowKind,
    /// The unit's code. For a total row: its label.
    pub unit: &'a str,
    /// The unit's name; may be empty.
    pub name: &'a str,
    /// The places above the unit, from the widest to the narrowest.
    pub parents: &'a [&'a str],
    /// A part of the unit that is counted by itself and ADDED to the others (paper, electronic,
    /// postal), or `None`.
    pub part: Option<&'a str>,
    /// The line or row of the file it begins in, from 1; 0 when it was not read from a file.
    pub line: u64,
}

#[derive(Debug, Clone)]
struct RowHead {
    kind: RowKind,
    numberless: bool,
    unit: TextId,
    name: TextId,
    /// Index into `paths`.
    path: u32,
    part: Option<TextId>,
    line: u32,
}

/// A column of numbers, by position: fields first, then contestants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A line of the tally sheet.
    Field(usize),
    /// The votes of a contestant.
    Contestant(usize),
}

/// One source's results of one contest.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where the numbers come from.
    pub source: SourceInfo,
    /// Id or name of the contest.
    pub contest: String,
    contestants: Vec<Contestant>,
    fields: Vec<String>,
    field_columns: Vec<Vec<u32>>,
    contestant_columns: Vec<Vec<u32>>,
    heads: Vec<RowHead>,
    texts: Texts,
    paths: Vec<Vec<TextId>>,
    path_ids: BTreeMap<Vec<TextId>, u32>,
}

impl Table {
    /// An empty table.
    pub fn new(source: SourceInfo, contest: impl Into<String>) -> Self {
        Self {
            source,
            contest: contest.into(),
            contestants: Vec::new(),
            fields: Vec::new(),
            field_columns: Vec::new(),
            contestant_columns: Vec::new(),
            heads: Vec::new(),
            texts: Texts::default(),
            paths: Vec::new(),
            path_ids: BTreeMap::new(),
        }
    }

    /// Adds a line of the tally sheet; missing in every row so far.
    pub fn add_field(&mut self, name: &str) -> Result<Column, TableError> {
        if !field::is_name(name) {
            return Err(TableError::FieldName(clip(name)));
        }
        if self.field_index(name).is_some() {
            return Err(TableError::DuplicateColumn(name.to_owned()));
        }
        self.room_for(self.heads.len(), self.width() + 1)?;
        self.fields.push(name.to_owned());
        self.field_columns.push(vec![MISSING; self.heads.len()]);
        Ok(Column::Field(self.fields.len() - 1))
    }

    /// Adds a contestant; missing in every row so far.
    pub fn add_contestant(&mut self, contestant: Contestant) -> Result<Column, TableError> {
        let texts = [Some(&contestant.id), Some(&contestant.name), contestant.group.as_ref()];
        if texts.into_iter().flatten().any(|text| text.len() > MAX_TEXT) {
            return Err(TableError::TooMuchText);
        }
        if self.contestants.iter().any(|known| known.id == contestant.id) {
            return Err(TableError::DuplicateColumn(contestant.id));
        }
        self.room_for(self.heads.len(), self.width() + 1)?;
        self.contestants.push(contestant);
        self.contestant_columns.push(vec![MISSING; self.heads.len()]);
        Ok(Column::Contestant(self.contestants.len() - 1))
    }

    /// Adds a row in which every number is missing, and returns its position.
    pub fn push_row(&mut self, row: &NewRow<'_>) -> Result<usize, TableError> {
        let index = self.heads.len();
        if index >= MAX_ROWS {
            return Err(TableError::TooManyRows);
        }
        self.room_for(index + 1, self.width())?;
        let head = RowHead {
            kind: row.kind,
            numberless: false,
            unit: self.text(row.unit)?,
            name: self.text(row.name)?,
            path: self.path(row.parents)?,
            part: row.part.map(|part| self.text(part)).transpose()?,
            line: u32::try_from(row.line).unwrap_or(u32::MAX),
        };
        self.heads.push(head);
        for column in self.field_columns.iter_mut().chain(&mut self.contestant_columns) {
            column.push(MISSING);
        }
        Ok(index)
    }

    /// States (or, with `None`, takes back) the number of one cell.
    pub fn set(&mut self, row: usize, column: Column, value: Option<u64>) -> Result<(), TableError> {
        let packed = match value {
            None => MISSING,
            Some(number) if number <= MAX_VALUE => u32::try_from(number).unwrap_or(MISSING),
            Some(number) => return Err(TableError::ValueTooLarge(number)),
        };
        let cells = match column {
            Column::Field(index) => self.field_columns.get_mut(index),
            Column::Contestant(index) => self.contestant_columns.get_mut(index),
        };
        let cell = cells.and_then(|cells| cells.get_mut(row)).ok_or(TableError::NoRow(row))?;
        *cell = packed;
        Ok(())
    }

    /// Marks a row as one whose source states no number at all ("-" in every column).
    pub fn set_numberless(&mut self, row: usize) -> Result<(), TableError> {
        self.heads.get_mut(row).ok_or(TableError::NoRow(row))?.numberless = true;
        Ok(())
    }

    /// Takes all rows out and keeps the columns.
    pub fn clear_rows(&mut self) {
        self.heads.clear();
        self.texts.clear();
        self.paths.clear();
        self.path_ids.clear();
        self.field_columns.iter_mut().chain(&mut self.contestant_columns).for_each(Vec::clear);
    }

    /// The contestants, in the order of their columns.
    pub fn contestants(&self) -> &[Contestant] {
        &self.contestants
    }

    /// The names of the tally-sheet lines, in the order of their columns.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Position of the contestant with this id.
    pub fn contestant_index(&self, id: &str) -> Option<usize> {
        self.contestants.iter().position(|contestant| contestant.id == id)
    }

    /// Position of the field with this name.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field == name)
    }

    /// All rows, totals included.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// One row.
    pub fn row(&self, index: usize) -> Option<RowView<'_>> {
        (index < self.heads.len()).then_some(RowView { table: self, index })
    }

    /// All rows in the order of the source, totals included.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = RowView<'_>> + ExactSizeIterator {
        (0..self.heads.len()).map(|index| RowView { table: self, index })
    }

    /// The rows that stand for units, in the order of the source.
    pub fn units(&self) -> impl DoubleEndedIterator<Item = RowView<'_>> {
        self.rows().filter(|row| row.kind() == RowKind::Unit)
    }

    /// The totals that the source itself states.
    pub fn totals(&self) -> impl DoubleEndedIterator<Item = RowView<'_>> {
        self.rows().filter(|row| row.kind() == RowKind::Total)
    }

    /// The number of one cell.
    pub fn value(&self, row: usize, column: Column) -> Option<u64> {
        let cells = match column {
            Column::Field(index) => self.field_columns.get(index),
            Column::Contestant(index) => self.contestant_columns.get(index),
        };
        cells.and_then(|cells| cells.get(row)).filter(|cell| **cell != MISSING).map(|cell| u64::from(*cell))
    }

    /// The column of a field, or of the contestant with this id.
    pub fn column(&self, name: &str) -> Option<Column> {
        self.field_index(name)
            .map(Column::Field)
            .or_else(|| self.contestant_index(name).map(Column::Contestant))
    }

    /// All columns: fields, then contestants.
    pub fn columns(&self) -> impl Iterator<Item = Column> + use<> {
        let (fields, contestants) = (self.fields.len(), self.contestants.len());
        (0..fields).map(Column::Field).chain((0..contestants).map(Column::Contestant))
    }

    /// A column's name: of the field, or the id of the contestant.
    pub fn column_name(&self, column: Column) -> &str {
        match column {
            Column::Field(index) => self.fields.get(index).map_or("", String::as_str),
            Column::Contestant(index) => self.contestants.get(index).map_or("", |c| c.id.as_str()),
        }
    }

    fn width(&self) -> usize {
        self.fields.len() + self.contestants.len()
    }

    fn room_for(&self, rows: usize, columns: usize) -> Result<(), TableError> {
        if columns > MAX_COLUMNS {
            return Err(TableError::TooManyColumns);
        }
        if rows.saturating_mul(columns) > MAX_CELLS {
            return Err(TableError::TooManyCells);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<TextId, TableError> {
        if text.len() > MAX_TEXT {
            return Err(TableError::TooMuchText);
        }
        self.texts.intern(text).ok_or(TableError::TooMuchText)
    }

    fn path(&mut self, parents: &[&str]) -> Result<u32, TableError> {
        if parents.len() > MAX_PARENTS {
            return Err(TableError::TooDeep);
        }
        let path = parents.iter().map(|parent| self.text(parent)).collect::<Result<Vec<_>, _>>()?;
        if let Some(known) = self.path_ids.get(&path) {
            return Ok(*known);
        }
        let id = u32::try_from(self.paths.len()).map_err(|_| TableError::TooManyRows)?;
        self.paths.push(path.clone());
        self.path_ids.insert(path, id);
        Ok(id)
    }
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    table: &'a Table,
    index: usize,
}

impl<'a> RowView<'a> {
    /// Position in the table.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The table it is of.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// What it stands for.
    pub fn kind(&self) -> RowKind {
        self.head().kind
    }

    /// The unit's code, or the label of a total.
    pub fn unit(&self) -> &'a str {
        self.table.texts.get(self.head().unit)
    }

    /// The unit's name; may be empty.
    pub fn name(&self) -> &'a str {
        self.table.texts.get(self.head().name)
    }

    /// The places above the unit, from the widest to the narrowest.
    pub fn parents(&self) -> impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator + use<'a> {
        let table = self.table;
        let path = table.paths.get(self.head().path as usize).map_or(&[][..], Vec::as_slice);
        path.iter().map(move |id| table.texts.get(*id))
    }

    /// The part of the unit, where it is counted in parts.
    pub fn part(&self) -> Option<&'a str> {
        self.head().part.map(|id| self.table.texts.get(id))
    }

    /// (unit, part): what identifies a row within a table and over versions. No part sorts first.
    pub fn key(&self) -> (&'a str, Option<&'a str>) {
        (self.unit(), self.part())
    }

    /// The line or row of the file it begins in, from 1; 0 when it was not read from a file.
    pub fn line(&self) -> u64 {
        u64::from(self.head().line)
    }

    /// Whether the source names the unit but states no number.
    pub fn numberless(&self) -> bool {
        self.head().numberless
    }

    /// The number of this column.
    pub fn value(&self, column: Column) -> Option<u64> {
        self.table.value(self.index, column)
    }

    /// The number of this field; `None` also when the table has no such field.
    pub fn field(&self, name: &str) -> Option<u64> {
        self.value(Column::Field(self.table.field_index(name)?))
    }

    /// The votes of the contestant at this position.
    pub fn votes(&self, contestant: usize) -> Option<u64> {
        self.value(Column::Contestant(contestant))
    }

    /// All numbers: fields, then contestants.
    pub fn values(&self) -> impl Iterator<Item = Option<u64>> + use<'a> {
        let (table, index) = (self.table, self.index);
        table.columns().map(move |column| table.value(index, column))
    }

    /// Sum of the stated votes of all contestants; `None` when none is stated.
    pub fn votes_sum(&self) -> Option<u64> {
        let mut stated = (0..self.table.contestants.len()).filter_map(|index| self.votes(index)).peekable();
        stated.peek()?;
        Some(stated.sum())
    }

    fn head(&self) -> &'a RowHead {
        &self.table.heads[self.index]
    }
}

fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(unit: &'a str, parents: &'a [&'a str]) -> NewRow<'a> {
        NewRow { kind: RowKind::Unit, unit, name: "School", parents, part: None, line: 2 }
    }

    fn contestant(id: &str) -> Contestant {
        Contestant { id: id.into(), name: id.to_uppercase(), group: None }
    }

    #[test]
    fn missing_is_not_zero() {
        let mut table = Table::new(SourceInfo::default(), "president");
        let registered = table.add_field(field::REGISTERED).unwrap();
        let ann = table.add_contestant(contestant("ann")).unwrap();
        let first = table.push_row(&row("001", &["North", "Hill"])).unwrap();
        let second = table.push_row(&row("002", &["North", "Hill"])).unwrap();
        table.set(first, registered, Some(0)).unwrap();
        table.set(second, ann, Some(7)).unwrap();
        let bob = table.add_contestant(contestant("bob")).unwrap();
        table.set(second, bob, Some(3)).unwrap();

        let rows: Vec<_> = table.units().collect();
        assert_eq!(rows[0].field(field::REGISTERED), Some(0));
        assert_eq!(rows[1].field(field::REGISTERED), None);
        assert_eq!(rows[0].votes_sum(), None);
        assert_eq!(rows[1].votes_sum(), Some(10));
        assert_eq!(rows[1].values().collect::<Vec<_>>(), [None, Some(7), Some(3)]);
        assert_eq!(rows[1].parents().collect::<Vec<_>>(), ["North", "Hill"]);
        assert_eq!(table.paths.len(), 1);
    }

    #[test]
    fn limits_and_names_are_kept() {
        let mut table = Table::new(SourceInfo::default(), "president");
        let field = table.add_field("registered").unwrap();
        assert_eq!(table.add_field("registered"), Err(TableError::DuplicateColumn("registered".into())));
        assert!(matches!(table.add_field("Not a name"), Err(TableError::FieldName(_))));
        table.add_contestant(contestant("ann")).unwrap();
        assert!(matches!(table.add_contestant(contestant("ann")), Err(TableError::DuplicateColumn(_))));
        let first = table.push_row(&row("001", &[])).unwrap();
        table.set(first, field, Some(MAX_VALUE)).unwrap();
        assert_eq!(table.value(first, field), Some(MAX_VALUE));
        assert_eq!(
            table.set(first, field, Some(MAX_VALUE + 1)),
            Err(TableError::ValueTooLarge(MAX_VALUE + 1))
        );
        assert_eq!(table.set(9, field, Some(1)), Err(TableError::NoRow(9)));
        assert_eq!(table.push_row(&row("x", &["a"; 13])), Err(TableError::TooDeep));
        assert_eq!(table.push_row(&row(&"x".repeat(1001), &[])), Err(TableError::TooMuchText));
    }
}
