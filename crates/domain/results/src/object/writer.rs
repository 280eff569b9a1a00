//! From a table to an object.

use super::line::{LineForm, OBJECT_TYPE, ObjectHeader};
use super::tree::{NUMBER_RECEIPT, NumberReceipt, RowTree};
use crate::model::{RowView, Table};
use scr_canon::{CanonError, Hash32, to_canonical};
use scr_merkle::leaf_hash;
use std::io::{self, Write};

/// A table made ready for publication: rows in order, tree, root.
#[derive(Debug)]
pub struct Publication<'a> {
    table: &'a Table,
    form: LineForm,
    /// Positions of the unit rows in the table, by (unit, part).
    order: Vec<usize>,
    tree: RowTree,
    header: Vec<u8>,
}

impl<'a> Publication<'a> {
    /// Sorts, hashes, and makes the header.
    ///
    /// # Errors
    /// [`CanonError`] when a name cannot be written canonically.
    pub fn of(table: &'a Table) -> Result<Self, CanonError> {
        let form = LineForm::of(table);
        let line = |row: &RowView<'_>| {
            let mut line = Vec::with_capacity(256);
            form.write(row, &mut line);
            line
        };
        let mut rows: Vec<RowView<'a>> = table.units().collect();
        // Rows with one key stand in the order of their lines, so that the order of the source
        // never shows.
        rows.sort_by(|a, b| a.key().cmp(&b.key()).then_with(|| line(a).cmp(&line(b))));
        let tree = RowTree::new(rows.iter().map(|row| leaf_hash(&line(row))).collect());
        let mut totals: Vec<String> =
            table.totals().map(|row| String::from_utf8_lossy(&line(&row)).into_owned()).collect();
        totals.sort();
        let header = to_canonical(&ObjectHeader {
            kind: OBJECT_TYPE.to_owned(),
            source: table.source.clone(),
            contest: table.contest.clone(),
            contestants: table.contestants().to_vec(),
            fields: table.fields().to_vec(),
            rows: rows.len() as u64,
            rows_root: tree.root(),
            totals,
        })?;
        let order = rows.iter().map(RowView::index).collect();
        Ok(Self { table, form, order, tree, header })
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The root over the rows: `rows_root` of the event.
    pub fn root(&self) -> Hash32 {
        self.tree.root()
    }

    /// The tree over the rows.
    pub fn tree(&self) -> &RowTree {
        &self.tree
    }

    /// The row at a place of the order.
    pub fn row(&self, index: usize) -> Option<RowView<'a>> {
        self.table.row(*self.order.get(index)?)
    }

    /// The canonical bytes of the row at a place of the order.
    pub fn line(&self, index: usize) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        self.form.write(&self.row(index)?, &mut line);
        Some(line)
    }

    /// The place of a unit (and part) in the order; the first when it stands there twice.
    pub fn find(&self, unit: &str, part: Option<&str>) -> Option<usize> {
        let key = |at: &usize| self.table.row(*at).map(|row| row.key());
        let at = self.order.partition_point(|at| key(at) < Some((unit, part)));
        self.order.get(at).filter(|row| key(row) == Some((unit, part))).map(|_| at)
    }

    /// The receipt of one row, for the `.tlog-proof` of the event that carries the root.
    pub fn receipt(&self, index: usize, proof: String) -> Option<NumberReceipt> {
        Some(NumberReceipt {
            kind: NUMBER_RECEIPT.to_owned(),
            row: String::from_utf8(self.line(index)?).ok()?,
            row_index: index as u64,
            path: self.tree.path(index as u64)?,
            proof,
        })
    }

    /// Writes the object, line by line.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.header)?;
        out.write_all(b"\n")?;
        let mut line = Vec::new();
        for row in self.order.iter().filter_map(|at| self.table.row(*at)) {
            line.clear();
            self.form.write(&row, &mut line);
            line.push(b'\n');
            out.write_all(&line)?;
        }
        Ok(())
    }
}
