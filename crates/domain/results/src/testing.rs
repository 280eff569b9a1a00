//! Small tables for tests, written as text.

use crate::model::{Column, Contestant, NewRow, RowKind, SourceInfo, Table};

/// First line: `unit`, optional `part`, `place`, fields, and contestants with a `#`. A unit that
/// begins with `=` is a total. A row of `-` is numberless. Empty is missing.
pub(crate) fn table(text: &str) -> Table {
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut table = Table::new(SourceInfo { id: "test".into(), ..SourceInfo::default() }, "contest");
    let columns: Vec<Option<Column>> = heads
        .iter()
        .map(|head| match (*head, head.strip_prefix('#')) {
            ("unit" | "part" | "place", _) => None,
            (_, Some(id)) => Some(
                table
                    .add_contestant(Contestant { id: id.into(), name: id.to_uppercase(), group: None })
                    .unwrap(),
            ),
            (name, None) => Some(table.add_field(name).unwrap()),
        })
        .collect();
    for (number, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let named = |name: &str| {
            heads.iter().position(|head| *head == name).map(|at| cells[at]).filter(|cell| !cell.is_empty())
        };
        let unit = named("unit").unwrap();
        let parents: Vec<&str> = named("place").map(|place| place.split('/').collect()).unwrap_or_default();
        let row = NewRow {
            kind: if unit.starts_with('=') { RowKind::Total } else { RowKind::Unit },
            unit: unit.trim_start_matches('='),
            name: "",
            parents: &parents,
            part: named("part"),
            line: number as u64 + 2,
        };
        let index = table.push_row(&row).unwrap();
        let numbers: Vec<(Column, &str)> =
            columns.iter().zip(&cells).filter_map(|(column, cell)| Some(((*column)?, *cell))).collect();
        if numbers.iter().all(|(_, cell)| *cell == "-") {
            table.set_numberless(index).unwrap();
        }
        for (column, cell) in numbers {
            table.set(index, column, cell.parse().ok()).unwrap();
        }
    }
    table
}
