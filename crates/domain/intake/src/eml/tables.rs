//! Blocks of votes to rows of a table; the stated totals beside the sums of the units.

use super::at;
use super::count::Block;
use super::head::Head;
use crate::codes;
use crate::intake::Counts;
use crate::mapping::Mapping;
use crate::problems::Problems;
use crate::xml::Element;
use scr_results::{Column, Contestant, NewRow, RowKind, SourceInfo, Table, TableError, field};
use std::collections::BTreeMap;

/// What is known about the source.
pub(super) fn source(head: &Head<'_>, mapping: &Mapping, file: &str) -> SourceInfo {
    let created = head.root.child("CreationDateTime").map(Element::tidy).filter(|text| !text.is_empty());
    SourceInfo {
        id: mapping.source.id.clone(),
        name: mapping.source.name.clone(),
        file: file.to_owned(),
        object: None,
        format: "eml-nl".into(),
        as_of: mapping.source.as_of.clone().or(created).or_else(|| head.date()),
        status: mapping.source.status,
    }
}

/// Puts the blocks into the table. `parent`: the committee's name, the place above every unit.
pub(super) fn fill(
    mut table: Table,
    blocks: &[Block<'_>],
    contestants: &[Contestant],
    parent: &str,
    counts: &mut Counts,
    problems: &mut Problems,
) -> Result<Table, TableError> {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    for contestant in contestants {
        columns.insert(&contestant.id, table.add_contestant(contestant.clone())?);
    }
    // A contestant's id has a dash or is all digits; no field's name is.
    for (name, ..) in blocks.iter().flat_map(|block| &block.fields) {
        if !columns.contains_key(name) {
            columns.insert(name, table.add_field(name)?);
        }
    }
    let mut sums: BTreeMap<Column, Sum<'_>> = BTreeMap::new();
    for block in blocks {
        counts.records += 1;
        let kind = if block.is_total { RowKind::Total } else { RowKind::Unit };
        counts.count(kind);
        let parents: Vec<&str> =
            Some(parent).filter(|parent| !block.is_total && !parent.is_empty()).into_iter().collect();
        let row = table.push_row(&NewRow {
            kind,
            unit: &block.unit,
            name: &block.name,
            parents: &parents,
            part: None,
            line: block.element.line,
        })?;
        for (name, number, element) in values(block, &columns) {
            table.set(row, name, Some(number))?;
            let sum = sums.entry(name).or_default();
            if block.is_total {
                sum.stated = Some((number, element));
            } else {
                sum.sum += number;
                sum.units += 1;
            }
        }
    }
    let units = blocks.iter().filter(|block| !block.is_total).count();
    compare(&table, sums, units, problems);
    Ok(table)
}

/// Says which totals of the file are not the sum of its units.
fn compare(table: &Table, sums: BTreeMap<Column, Sum<'_>>, units: usize, problems: &mut Problems) {
    let registered = table.field_index(field::REGISTERED).map(Column::Field);
    for (column, sum) in sums {
        let Some((stated, element)) = sum.stated.filter(|(stated, _)| *stated != sum.sum) else { continue };
        // Where a station does not know how many were called to vote, the total is no sum.
        if sum.units < units && Some(column) == registered {
            continue;
        }
        let name = match column {
            Column::Contestant(index) => table.contestants().get(index).map(|one| one.id.clone()),
            Column::Field(index) => table.fields().get(index).cloned(),
        };
        let problem = at(problems.warning(codes::EML_TOTALS_DIFFER), element);
        let problem = problem.with_value(&name.unwrap_or_default());
        problems.push(problem.with("stated", stated).with("sum", sum.sum));
    }
}

/// What the units of one column add up to, and what the file states.
#[derive(Default)]
struct Sum<'e> {
    sum: u64,
    units: usize,
    stated: Option<(u64, &'e Element)>,
}

fn values<'e>(block: &Block<'e>, columns: &BTreeMap<&str, Column>) -> Vec<(Column, u64, &'e Element)> {
    let mut found = Vec::new();
    for (name, number, element) in &block.fields {
        if let Some(column) = columns.get(name) {
            found.push((*column, *number, *element));
        }
    }
    for list in &block.lists {
        let own = columns.get(list.id.as_str()).zip(list.votes);
        found.extend(own.map(|(column, votes)| (*column, votes, list.element)));
        for (number, _, votes) in &list.candidates {
            let id = format!("{}-{number}", list.id);
            if let Some((column, votes)) = columns.get(id.as_str()).zip(*votes) {
                found.push((*column, votes, list.element));
            }
        }
    }
    found
}
