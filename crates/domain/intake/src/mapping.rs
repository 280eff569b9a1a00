//! How a file's columns become results. Saved as TOML or JSON; a field that nobody knows is refused.
//! Explained with examples in `docs/reference/mapping.md`.

use crate::codes;
use crate::raw::encoding::Encoding;
use scr_results::{CountStatus, Problem, Severity, field};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the mapping format.
pub const VERSION: u32 = 1;

/// A column: its heading, `#7` for the seventh, `alias!heading` for one of a joined file, or one of
/// `@row` (number of the line or row), `@sheet` (name of the sheet or member), `@file`.
pub type ColumnRef = String;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Delimited text.
    Delimited,
    /// Excel workbook (xlsx).
    Spreadsheet,
    /// OpenElections CSV; columns are found by their fixed names.
    Openelections,
    /// NIST SP 1500-100, version 1 (XML) or 2 (JSON, XML).
    #[serde(rename = "nist-1500-100")]
    Nist,
    /// EML_NL: counts (510), candidate lists (230), definitions (110a).
    EmlNl,
}

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// [`VERSION`].
    pub version: u32,
    /// Its name, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What kind of file it is for.
    pub format: Format,
    /// What is known about the source.
    #[serde(default)]
    pub source: SourceSpec,
    /// How to find the records in the file.
    #[serde(default)]
    pub file: FileSpec,
    /// What names a unit.
    #[serde(default)]
    pub unit: UnitSpec,
    /// What names the contest.
    #[serde(default)]
    pub contest: ContestSpec,
    /// Lines of the tally sheet: standard name to column, or to columns that are added.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldSource>,
    /// Contestants as columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wide: Option<Wide>,
    /// One record per contestant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long: Option<Long>,
    /// Which records are totals.
    #[serde(default)]
    pub totals: TotalsSpec,
    /// How numbers are written.
    #[serde(default)]
    pub values: ValuesSpec,
    /// Which records to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<Filter>,
    /// Further files whose columns belong to the same records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<Join>,
    /// For NIST: which counts.
    #[serde(default)]
    pub nist: NistSpec,
    /// For EML_NL: which election, and where its candidates have their names from.
    #[serde(default)]
    pub eml: EmlSpec,
}

/// What is known about the source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceSpec {
    /// Short id.
    pub id: String,
    /// Name in words.
    pub name: String,
    /// The time that the source states.
    pub as_of: Option<String>,
    /// How far the count is.
    pub status: Option<CountStatus>,
}

/// How to find the records in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileSpec {
    /// Member of an archive, `*` for any characters; not needed when there is one.
    pub member: Option<String>,
    /// Sheets, `*` for any characters; empty: the first.
    pub sheets: Vec<String>,
    /// Encoding; absent: detected.
    pub encoding: Option<Encoding>,
    /// Delimiter; absent: detected.
    pub delimiter: Option<char>,
    /// Line (or row) of the header, from 1; absent: the first that is not blank.
    pub header_row: Option<u64>,
    /// Records that make up the header. 0: none, columns are `#1`, `#2` …
    pub header_rows: usize,
    /// Records to read after the header; absent: all.
    pub rows: Option<usize>,
    /// Read only up to the first blank record after the header (footnotes follow it).
    pub stop_at_blank: bool,
    /// Rows are columns and columns are rows.
    pub transposed: bool,
    /// Records may be shorter or longer than the header.
    pub uneven: bool,
}

impl Default for FileSpec {
    fn default() -> Self {
        Self {
            member: None,
            sheets: Vec::new(),
            encoding: None,
            delimiter: None,
            header_row: None,
            header_rows: 1,
            rows: None,
            stop_at_blank: false,
            transposed: false,
            uneven: false,
        }
    }
}

/// What names a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnitSpec {
    /// Columns whose cells, put together, are the code. `["@row"]`: the file names no units.
    pub key: Vec<ColumnRef>,
    /// The unit of all records, when the file is about one unit only; stands instead of `key`.
    pub constant: Option<String>,
    /// What stands between them.
    pub separator: String,
    /// Column of the name.
    pub name: Option<ColumnRef>,
    /// Columns of the places above, from the widest.
    pub parents: Vec<ColumnRef>,
    /// Places above that the file does not state, before those of `parents`.
    pub constant_parents: Vec<String>,
    /// Column of the part of a unit that is counted by itself.
    pub part: Option<ColumnRef>,
    /// The part of all records, when the file is of one part only.
    pub constant_part: Option<String>,
    /// Marks at the beginning or end of codes that name a part: `{ "*" = "electronic" }`.
    pub part_marks: BTreeMap<String, String>,
}

impl Default for UnitSpec {
    fn default() -> Self {
        Self {
            key: Vec::new(),
            constant: None,
            separator: "-".into(),
            name: None,
            parents: Vec::new(),
            constant_parents: Vec::new(),
            part: None,
            constant_part: None,
            part_marks: BTreeMap::new(),
        }
    }
}

/// What names the contest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContestSpec {
    /// Columns whose cells, put together with a space, name the contest; each value is a contest.
    pub columns: Vec<ColumnRef>,
    /// The contest when there are no such columns.
    pub name: String,
    /// Read only these contests.
    pub only: Vec<String>,
}

/// Where a line of the tally sheet comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldSource {
    /// One column.
    Column(ColumnRef),
    /// Columns that are added.
    Sum(Vec<ColumnRef>),
}

impl FieldSource {
    /// The columns.
    pub fn columns(&self) -> &[ColumnRef] {
        match self {
            Self::Column(column) => std::slice::from_ref(column),
            Self::Sum(columns) => columns,
        }
    }
}

/// Contestants as columns: a list, or a range, or all columns after one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wide {
    /// One by one; also says id, name and group of a column within the range.
    pub columns: Vec<WideColumn>,
    /// First column of the range.
    pub from: Option<ColumnRef>,
    /// Last column of the range; absent: the last of the file.
    pub to: Option<ColumnRef>,
    /// The range begins after this column.
    pub after: Option<ColumnRef>,
    /// Columns of the range that are no contestants.
    pub except: Vec<ColumnRef>,
}

/// A contestant's column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WideColumn {
    /// The column.
    pub column: ColumnRef,
    /// Id; absent: the heading.
    pub id: Option<String>,
    /// Name; absent: the heading.
    pub name: Option<String>,
    /// Party, list or alliance.
    pub group: Option<String>,
}

/// One record per contestant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Long {
    /// Column of the contestant.
    pub contestant: ColumnRef,
    /// Column of the votes.
    pub votes: ColumnRef,
    /// Column of the party, list or alliance.
    pub group: Option<ColumnRef>,
    /// Columns that must sum to the votes.
    pub parts: Vec<ColumnRef>,
    /// "Contestants" that are lines of the tally sheet: `{ "Over Votes" = "overvotes" }`.
    pub as_fields: BTreeMap<String, String>,
}

/// Which records are totals; they are kept apart for checking and never added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TotalsSpec {
    /// Records with one of these values in this column.
    pub rows: Vec<ValueIn>,
    /// Values in the column of the contestant that mean the total over the contestants.
    pub contestants: Vec<String>,
    /// The tally-sheet line that such a total is.
    pub contestants_field: String,
    /// The last so many records.
    pub last: usize,
}

impl Default for TotalsSpec {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            contestants: Vec::new(),
            contestants_field: field::VOTES_VALID.into(),
            last: 0,
        }
    }
}

/// A column and values of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueIn {
    /// The column.
    pub column: ColumnRef,
    /// The values.
    pub values: Vec<String>,
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ValuesSpec {
    /// Cells that mean "no number", white space around them aside.
    pub missing: Vec<String>,
    /// Characters between groups of three digits. A space stands for all sorts of space.
    pub thousands: Vec<char>,
}

impl Default for ValuesSpec {
    fn default() -> Self {
        let missing = ["", "-", "–", "—", "NA", "N/A", "n/a", "null"].map(str::to_owned).to_vec();
        Self { missing, thousands: vec![',', '.', ' ', '\''] }
    }
}

/// Leaves records out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The column.
    pub column: ColumnRef,
    /// Keep only these values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// Leave out these values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<String>,
}

/// A further file of the same archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// How columns name it: `alias!heading`.
    pub alias: String,
    /// Member of the archive.
    pub member: String,
    /// Its columns that equal those of `unit.key`, before any suffix is taken off.
    pub key: Vec<ColumnRef>,
    /// Records of its header.
    #[serde(default)]
    pub header_rows: usize,
    /// Encoding, when it is another than the first file's.
    #[serde(default)]
    pub encoding: Option<Encoding>,
}

/// For NIST: which counts are imported. Levels of place are never added together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NistSpec {
    /// Type of the units, for instance `precinct`; absent: the narrowest type that has counts.
    pub level: Option<String>,
    /// Keep count types (election day, absentee …) as parts of the unit instead of adding them.
    pub types_as_parts: bool,
}

/// For EML_NL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmlSpec {
    /// Id of the election that the file must be of; absent: any.
    pub election: Option<String>,
    /// Member of the same archive with the candidate list (230b), `*` for any characters.
    pub candidates: Option<String>,
}

impl ContestSpec {
    /// Whether a contest of this name is to be read.
    pub(crate) fn admits(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

impl Mapping {
    /// A mapping of this format with nothing else said.
    pub fn new(format: Format) -> Self {
        Self {
            version: VERSION,
            name: String::new(),
            format,
            source: SourceSpec::default(),
            file: FileSpec::default(),
            unit: UnitSpec::default(),
            contest: ContestSpec::default(),
            fields: BTreeMap::new(),
            wide: None,
            long: None,
            totals: TotalsSpec::default(),
            values: ValuesSpec::default(),
            filter: Vec::new(),
            join: Vec::new(),
            nist: NistSpec::default(),
            eml: EmlSpec::default(),
        }
    }

    /// Reads a saved mapping: JSON when the text begins with `{`, else TOML. Errors:
    /// [`codes::MAPPING_UNREADABLE`], [`codes::MAPPING_VERSION`], [`codes::MAPPING_INVALID`].
    pub fn parse(text: &str, file: &str) -> Result<Self, Box<Problem>> {
        let mapping: Self = parse_strict(text, file)?;
        if mapping.version != VERSION {
            let problem = Problem::new(codes::MAPPING_VERSION, Severity::Error, file);
            return Err(Box::new(problem.with_value(&mapping.version.to_string()).with("known", VERSION)));
        }
        match mapping.contradiction() {
            Some(why) => {
                Err(Box::new(Problem::new(codes::MAPPING_INVALID, Severity::Error, file).with("why", why)))
            }
            None => Ok(mapping),
        }
    }

    /// As TOML, without what is as it is by default.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// What is wrong with it, if anything: a key of the translations (`mapping-why-…`).
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        if !matches!(self.format, Format::Delimited | Format::Spreadsheet) {
            return None;
        }
        let wide_empty =
            self.wide.as_ref().is_some_and(|w| w.columns.is_empty() && w.from.is_none() && w.after.is_none());
        match () {
            () if self.wide.is_some() && self.long.is_some() => Some("wide-and-long"),
            () if self.unit.key.is_empty() == self.unit.constant.is_none() => Some("no-unit-key"),
            () if wide_empty => Some("no-contestants"),
            () if self.wide.is_none() && self.long.is_none() && self.fields.is_empty() => Some("no-numbers"),
            () if self.long.as_ref().is_some_and(|l| l.contestant.is_empty() || l.votes.is_empty()) => {
                Some("long-incomplete")
            }
            () if self.wide.as_ref().is_some_and(|w| w.from.is_some() && w.after.is_some()) => {
                Some("from-and-after")
            }
            () if self.file.delimiter.is_some_and(|d| !d.is_ascii() || matches!(d, '"' | '\n' | '\r')) => {
                Some("delimiter")
            }
            () if self.fields.keys().any(|name| !field::is_name(name)) => Some("field-name"),
            () if !field::is_name(&self.totals.contestants_field) => Some("field-name"),
            () if self.file.header_rows > 10 => Some("header-rows"),
            () => None,
        }
    }
}

/// Strict reading of a saved file: unknown fields are refused.
pub(crate) fn parse_strict<T: serde::de::DeserializeOwned>(
    text: &str,
    file: &str,
) -> Result<T, Box<Problem>> {
    let read = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| (error.line() as u64, error.to_string()))
    } else {
        toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() as u64 + 1);
            (line, error.message().to_owned())
        })
    };
    read.map_err(|(line, why)| {
        Box::new(Problem::new(codes::MAPPING_UNREADABLE, Severity::Error, file).at_row(line).with("why", why))
    })
}
