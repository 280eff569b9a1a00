//! The lines of an object.

use crate::model::{Column, Contestant, RowView, SourceInfo, Table};
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The `type` of the header.
pub const OBJECT_TYPE: &str = "scrutineer/results-table/1";

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectHeader {
    /// [`OBJECT_TYPE`].
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the numbers come from.
    pub source: SourceInfo,
    /// The contest.
    pub contest: String,
    /// The contestants, in the order of the source.
    pub contestants: Vec<Contestant>,
    /// The names of the tally-sheet lines, in the order of the source.
    pub fields: Vec<String>,
    /// Rows that follow.
    pub rows: u64,
    /// RFC 6962 root over the rows.
    pub rows_root: Hash32,
    /// Totals that the source itself states, each in the form of a row, in order.
    pub totals: Vec<String>,
}

/// A row as it is read. A number that is not stated is absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowRecord<'a> {
    /// Lines of the tally sheet.
    #[serde(borrow)]
    pub fields: BTreeMap<Cow<'a, str>, u64>,
    /// The unit's name.
    #[serde(default, borrow)]
    pub name: Cow<'a, str>,
    /// Whether the source states no number at all.
    #[serde(default)]
    pub numberless: bool,
    /// The part of the unit.
    #[serde(default, borrow)]
    pub part: Option<Cow<'a, str>>,
    /// Places above the unit, from the widest.
    #[serde(default, borrow)]
    pub places: Vec<Cow<'a, str>>,
    /// The unit's code.
    #[serde(borrow)]
    pub unit: Cow<'a, str>,
    /// Votes per contestant, by id.
    #[serde(borrow)]
    pub votes: BTreeMap<Cow<'a, str>, u64>,
}

/// Writes rows in canonical form. The names of columns are escaped and ordered once.
#[derive(Debug)]
pub(super) struct LineForm {
    fields: Vec<(Vec<u8>, Column)>,
    votes: Vec<(Vec<u8>, Column)>,
    field_columns: BTreeMap<String, Column>,
    contestant_columns: BTreeMap<String, Column>,
}

impl LineForm {
    pub(super) fn of(table: &Table) -> Self {
        let ordered = |names: Vec<(&str, Column)>| {
            let mut names = names;
            // RFC 8785 section 3.2.3: by UTF-16 code units.
            names.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            names
                .into_iter()
                .map(|(name, column)| {
                    let mut key = Vec::new();
                    write_text(&mut key, name);
                    key.push(b':');
                    (key, column)
                })
                .collect()
        };
        let fields = table.fields().iter().enumerate().map(|(i, name)| (name.as_str(), Column::Field(i)));
        let votes =
            table.contestants().iter().enumerate().map(|(i, c)| (c.id.as_str(), Column::Contestant(i)));
        Self {
            field_columns: fields.clone().map(|(name, column)| (name.to_owned(), column)).collect(),
            contestant_columns: votes.clone().map(|(id, column)| (id.to_owned(), column)).collect(),
            fields: ordered(fields.collect()),
            votes: ordered(votes.collect()),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<Column> {
        self.field_columns.get(name).copied()
    }

    pub(super) fn contestant(&self, id: &str) -> Option<Column> {
        self.contestant_columns.get(id).copied()
    }

    /// The canonical bytes of a row, without a line end.
    pub(super) fn write(&self, row: &RowView<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"fields\":{");
        write_numbers(out, &self.fields, row);
        out.push(b'}');
        if !row.name().is_empty() {
            out.extend_from_slice(b",\"name\":");
            write_text(out, row.name());
        }
        if row.numberless() {
            out.extend_from_slice(b",\"numberless\":true");
        }
        if let Some(part) = row.part() {
            out.extend_from_slice(b",\"part\":");
            write_text(out, part);
        }
        if row.parents().len() > 0 {
            out.extend_from_slice(b",\"places\":[");
            for (index, place) in row.parents().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(out, place);
            }
            out.push(b']');
        }
        out.extend_from_slice(b",\"unit\":");
        write_text(out, row.unit());
        out.extend_from_slice(b",\"votes\":{");
        write_numbers(out, &self.votes, row);
        out.extend_from_slice(b"}}");
    }
}

fn write_numbers(out: &mut Vec<u8>, columns: &[(Vec<u8>, Column)], row: &RowView<'_>) {
    let mut first = true;
    for (key, column) in columns {
        let Some(value) = row.value(*column) else { continue };
        if !first {
            out.push(b',');
        }
        first = false;
        out.extend_from_slice(key);
        out.extend_from_slice(value.to_string().as_bytes());
    }
}

/// A string as RFC 8785 section 3.2.2.2 writes it, which is how `serde_json` writes it.
fn write_text(out: &mut Vec<u8>, text: &str) {
    // Writing a string into a vector has no way to fail.
    let _ = serde_json::to_writer(out, text);
}
