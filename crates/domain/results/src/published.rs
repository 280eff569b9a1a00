//! The normalised object: one table as canonical JSON lines, from which anybody rebuilds what was
//! published, and the Merkle root over its rows, by which one number is proven.
//!
//! ```text
//! {"contest":"president","contestants":[{"id":"a","name":"A"}],"fields":["registered"],"format":"scrutineer/results/1",…}
//! {"fields":{"registered":900},"name":"School","parents":["North"],"unit":"0101","votes":{"a":412}}
//! …
//! ```
//! Rows stand in the order of (unit, part); numbers that a source does not state are left out, never
//! 0. Totals that the source itself states follow the rows and are not under the root. Row `i` is
//! leaf `i` of an RFC 6962 tree whose leaf bytes are the row's line without its line end.

use crate::model::{Column, Contestant, NewRow, RowKind, RowView, SourceInfo, Table, TableError};
use scr_canon::{CanonError, Hash32, parse_canonical, to_canonical};
use scr_merkle::{ProofError, inclusion_proof, leaf_hash, root_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that the header names.
pub const FORMAT: &str = "scrutineer/results/1";
/// Longest line that is read.
const MAX_LINE_BYTES: usize = 1 << 20;

/// Why a table cannot be published, or an object cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishedError {
    /// One unit (and part) stands in two rows: which number would be published?
    #[error("unit {unit} has two rows{}", part.as_ref().map(|part| format!(" for its part {part}")).unwrap_or_default())]
    Twice {
        /// The unit's code.
        unit: String,
        /// The part.
        part: Option<String>,
    },
    /// A line is not canonical JSON.
    #[error("line {line}: {error}")]
    Canon {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        error: CanonError,
    },
    /// A line has another form.
    #[error("line {line}: {what}")]
    Form {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The rows do not fit into a table.
    #[error(transparent)]
    Table(#[from] TableError),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    contest: String,
    contestants: Vec<Contestant>,
    fields: Vec<String>,
    format: String,
    source: SourceInfo,
}

/// One row as it stands in the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedRow {
    /// Lines of the tally sheet that are stated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, u64>,
    /// The unit's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The places above it, from the widest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// A part that is added to the unit's others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// True for a total that the source states.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total: bool,
    /// The unit's code.
    pub unit: String,
    /// Votes by contestant id, where stated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub votes: BTreeMap<String, u64>,
}

/// A table in its published form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The object's bytes.
    pub bytes: Vec<u8>,
    /// Rows under the root.
    pub rows: u64,
    /// The root over them.
    pub rows_root: Hash32,
}

/// Writes a table in its published form.
pub fn publish(table: &Table) -> Result<Published, PublishedError> {
    let canon = |error| PublishedError::Canon { line: 0, error };
    let header = Header {
        contest: table.contest.clone(),
        contestants: table.contestants().to_vec(),
        fields: table.fields().to_vec(),
        format: FORMAT.to_owned(),
        source: table.source.clone(),
    };
    let mut bytes = to_canonical(&header).map_err(canon)?;
    bytes.push(b'\n');
    let mut units: Vec<RowView<'_>> = table.units().collect();
    units.sort_by(|a, b| a.key().cmp(&b.key()));
    if let Some(pair) = units.windows(2).find(|pair| pair[0].key() == pair[1].key()) {
        let (unit, part) = pair[0].key();
        return Err(PublishedError::Twice { unit: unit.to_owned(), part: part.map(str::to_owned) });
    }
    let mut leaves = Vec::with_capacity(units.len());
    for row in units.iter().copied().chain(table.totals()) {
        let line = to_canonical(&row_of(table, &row)).map_err(canon)?;
        if row.kind() == RowKind::Unit {
            leaves.push(leaf_hash(&line));
        }
        bytes.extend_from_slice(&line);
        bytes.push(b'\n');
    }
    Ok(Published { bytes, rows: leaves.len() as u64, rows_root: root_of(&leaves) })
}

fn row_of(table: &Table, row: &RowView<'_>) -> PublishedRow {
    let fields = table.fields().iter().filter_map(|name| Some((name.clone(), row.field(name)?))).collect();
    let votes =
        (0..).zip(table.contestants()).filter_map(|(i, c)| Some((c.id.clone(), row.votes(i)?))).collect();
    PublishedRow {
        fields,
        name: row.name().to_owned(),
        parents: row.parents().map(str::to_owned).collect(),
        part: row.part().map(str::to_owned),
        total: row.kind() == RowKind::Total,
        unit: row.unit().to_owned(),
        votes,
    }
}

/// Reads an object back into a table; every line must be canonical.
pub fn read(bytes: &[u8]) -> Result<Table, PublishedError> {
    let mut lines = lines(bytes)?.into_iter();
    let header: Header = parse(1, lines.next().unwrap_or_default())?;
    if header.format != FORMAT {
        return Err(PublishedError::Form { line: 1, what: format!("the format is {:?}", header.format) });
    }
    let mut table = Table::new(header.source, header.contest);
    for field in &header.fields {
        table.add_field(field)?;
    }
    for contestant in header.contestants {
        table.add_contestant(contestant)?;
    }
    for (number, line) in (2..).zip(lines) {
        add_row(&mut table, number, &parse(number, line)?)?;
    }
    Ok(table)
}

fn add_row(table: &mut Table, line: usize, row: &PublishedRow) -> Result<(), PublishedError> {
    let kind = if row.total { RowKind::Total } else { RowKind::Unit };
    let parents: Vec<&str> = row.parents.iter().map(String::as_str).collect();
    let new = NewRow {
        kind,
        unit: &row.unit,
        name: &row.name,
        parents: &parents,
        part: row.part.as_deref(),
        line: 0,
    };
    let index = table.push_row(&new)?;
    let unknown =
        |name: &str| PublishedError::Form { line, what: format!("{name:?} is not a column of the header") };
    // A contestant may bear the name of a field: each is looked up among its own.
    for (name, value) in &row.fields {
        let field = table.field_index(name).ok_or_else(|| unknown(name))?;
        table.set(index, Column::Field(field), Some(*value))?;
    }
    for (id, value) in &row.votes {
        let contestant = table.contestant_index(id).ok_or_else(|| unknown(id))?;
        table.set(index, Column::Contestant(contestant), Some(*value))?;
    }
    if row.fields.is_empty() && row.votes.is_empty() {
        table.set_numberless(index)?;
    }
    Ok(())
}

/// The rows of an object with their lines, in order: those under the root only.
pub fn rows(bytes: &[u8]) -> Result<Vec<(PublishedRow, &str)>, PublishedError> {
    let mut out = Vec::new();
    for (number, line) in (1..).zip(lines(bytes)?).skip(1) {
        let row: PublishedRow = parse(number, line)?;
        if !row.total {
            let text = std::str::from_utf8(line)
                .map_err(|e| PublishedError::Form { line: number, what: e.to_string() })?;
            out.push((row, text));
        }
    }
    Ok(out)
}

/// The path from row `index` to the root over the rows of an object.
pub fn row_path(bytes: &[u8], index: u64) -> Result<Vec<Hash32>, PublishedError> {
    let leaves: Vec<Hash32> = rows(bytes)?.iter().map(|(_, line)| leaf_hash(line.as_bytes())).collect();
    inclusion_proof(&leaves.as_slice(), index, leaves.len() as u64)
        .map_err(|error: ProofError| PublishedError::Form { line: 0, what: error.to_string() })
}

pub(crate) fn lines(bytes: &[u8]) -> Result<Vec<&[u8]>, PublishedError> {
    let body = bytes
        .strip_suffix(b"\n")
        .ok_or(PublishedError::Form { line: 0, what: "the last line does not end".to_owned() })?;
    let lines: Vec<&[u8]> = body.split(|b| *b == b'\n').collect();
    match lines.iter().position(|line| line.len() > MAX_LINE_BYTES) {
        Some(at) => Err(PublishedError::Form { line: at + 1, what: "longer than 1 MiB".to_owned() }),
        None => Ok(lines),
    }
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(line: usize, bytes: &[u8]) -> Result<T, PublishedError> {
    let value = parse_canonical(bytes).map_err(|error| PublishedError::Canon { line, error })?;
    serde_json::from_value(value).map_err(|e| PublishedError::Form { line, what: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_merkle::verify_inclusion;

    fn table(units: &[(&str, Option<&str>, Option<u64>)]) -> Table {
        let mut table = Table::new(SourceInfo { id: "final".into(), ..SourceInfo::default() }, "president");
        table.add_field("registered").unwrap();
        for id in ["a", "b"] {
            table.add_contestant(Contestant { id: id.into(), name: id.to_uppercase(), group: None }).unwrap();
        }
        for (unit, part, votes) in units {
            let new = NewRow {
                kind: RowKind::Unit,
                unit,
                name: "School",
                parents: &["North"],
                part: *part,
                line: 3,
            };
            let row = table.push_row(&new).unwrap();
            if let Some(votes) = votes {
                table.set(row, table.column("a").unwrap(), Some(*votes)).unwrap();
            } else {
                table.set_numberless(row).unwrap();
            }
        }
        let total = NewRow { kind: RowKind::Total, unit: "all", name: "", parents: &[], part: None, line: 9 };
        let row = table.push_row(&total).unwrap();
        table.set(row, table.column("a").unwrap(), Some(7)).unwrap();
        table
    }

    #[test]
    fn a_table_is_rebuilt_from_its_object() {
        let original = table(&[
            ("02", None, Some(3)),
            ("01", Some("paper"), Some(0)),
            ("01", None, Some(4)),
            ("03", None, None),
        ]);
        let published = publish(&original).unwrap();
        assert_eq!(published.rows, 4);
        let again = read(&published.bytes).unwrap();
        assert_eq!(publish(&again).unwrap(), published);
        let keys: Vec<_> = again.units().map(|row| (row.key(), row.votes(0), row.votes(1))).collect();
        assert_eq!(
            keys,
            [
                (("01", None), Some(4), None),
                (("01", Some("paper")), Some(0), None),
                (("02", None), Some(3), None),
                (("03", None), None, None)
            ]
        );
        assert!(again.units().last().unwrap().numberless());
        assert_eq!(again.totals().next().unwrap().votes(0), Some(7));
    }

    #[test]
    fn each_row_leads_to_the_root() {
        let published =
            publish(&table(&[("02", None, Some(3)), ("01", None, Some(4)), ("03", None, None)])).unwrap();
        for (index, (row, line)) in (0..).zip(rows(&published.bytes).unwrap()) {
            let path = row_path(&published.bytes, index).unwrap();
            verify_inclusion(&path, index, 3, &leaf_hash(line.as_bytes()), &published.rows_root).unwrap();
            let other = line.replace(&row.unit, "99");
            assert!(
                verify_inclusion(&path, index, 3, &leaf_hash(other.as_bytes()), &published.rows_root)
                    .is_err()
            );
        }
        assert!(row_path(&published.bytes, 3).is_err());
    }

    #[test]
    fn a_unit_in_two_rows_is_not_published() {
        let error = publish(&table(&[("01", None, Some(3)), ("01", None, Some(4))])).unwrap_err();
        assert_eq!(error, PublishedError::Twice { unit: "01".into(), part: None });
    }

    #[test]
    fn objects_of_another_form_are_refused() {
        let good = String::from_utf8(publish(&table(&[("01", None, Some(3))])).unwrap().bytes).unwrap();
        for (from, to) in [
            ("scrutineer/results/1", "scrutineer/results/2"),
            ("\"votes\":{\"a\":3}", "\"votes\":{\"z\":3}"),
            ("\"votes\":{\"a\":3}", "\"votes\":{\"a\":3.5}"),
            ("\"votes\":{\"a\":3}", "\"votes\":{\"a\":-3}"),
            ("\"unit\":\"01\"", "\"unit\": \"01\""),
            ("\"name\":\"School\",", "\"nam\":\"School\","),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good, "{from}");
            assert!(read(bad.as_bytes()).is_err(), "{from} -> {to}");
        }
        assert!(read(good.trim_end().as_bytes()).is_err());
        assert!(read(b"\n").is_err());
    }
}
