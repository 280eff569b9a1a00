//! One source against another: the same units, two statements.

use crate::model::{
    Column, Contestant, MAX_PARENTS, NewRow, RowKind, RowView, SourceInfo, Table, TableError,
};
use crate::rules::BaseRate;
use crate::totals::{Margin, Totals};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Differing cells that are listed; the count goes on.
pub const MAX_LISTED: usize = 20_000;

/// How the contestants of the two sources belong together, beyond equal ids and equal names.
#[derive(Debug, Clone, Default)]
pub struct Pairing {
    /// Id in the first source to id in the second.
    pub contestants: BTreeMap<String, String>,
}

/// (unit, part) of a row, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowId {
    /// The unit's code.
    pub unit: String,
    /// The part of the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The unit's name.
    pub name: String,
}

/// One number that the two sources state differently. `None` is "not stated".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellDifference {
    /// The row.
    #[serde(flatten)]
    pub row: RowId,
    /// The field, or the contestant's id in the first source.
    pub column: String,
    /// In the first source.
    pub left: Option<u64>,
    /// In the second.
    pub right: Option<u64>,
    /// Lines of the two files.
    pub lines: (u64, u64),
}

/// What happens to one column from the first source to the second, over the rows that both have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnChange {
    /// The field, or the contestant's id in the first source.
    pub column: String,
    /// Whether it is a contestant.
    pub contestant: bool,
    /// Sum in the first source.
    pub left: u64,
    /// Sum in the second.
    pub right: u64,
    /// Rows in which the two differ.
    pub rows: u64,
    /// Sum of what rows gain.
    pub up: u64,
    /// Sum of what rows lose.
    pub down: u64,
    /// Sum in the first source over the rows that it alone has.
    pub only_left: u64,
    /// Sum in the second source over the rows that it alone has.
    pub only_right: u64,
}

impl ColumnChange {
    /// Second minus first.
    pub fn change(&self) -> i128 {
        i128::from(self.right) - i128::from(self.left)
    }
}

/// A common row in which something differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowDifference {
    /// The row.
    #[serde(flatten)]
    pub row: RowId,
    /// Votes affected, at most: the larger of all gains and all losses of contestants.
    pub votes_affected: u64,
    /// The largest difference of one number.
    pub largest: u64,
}

/// The comparison of two sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Rows that both have.
    pub common: u64,
    /// Rows of the first alone.
    pub only_left: Vec<RowId>,
    /// Rows of the second alone.
    pub only_right: Vec<RowId>,
    /// Keys that stand more than once in one source; they are not compared.
    pub repeated: Vec<RowId>,
    /// Contestants of the first without a partner.
    pub unpaired_left: Vec<String>,
    /// Contestants of the second without a partner.
    pub unpaired_right: Vec<String>,
    /// Common rows in which at least one number differs.
    pub rows_differing: u64,
    /// Common rows in which the votes of one of the first two contestants (by the second source) differ.
    pub rows_differing_first_two: u64,
    /// Numbers that differ.
    pub cells_differing: u64,
    /// The first [`MAX_LISTED`] of them, by unit, part, column.
    pub cells: Vec<CellDifference>,
    /// All rows that differ, those with most votes affected first. Not written: `cells` says the same.
    #[serde(skip)]
    pub rows: Vec<RowDifference>,
    /// Columns that both have.
    pub columns: Vec<ColumnChange>,
    /// Votes affected, at most: per common row the larger of all gains and all losses, added up.
    pub votes_affected: u64,
    /// The margin by the first source, over all its units.
    pub margin_left: Option<Margin>,
    /// The margin by the second source, over all its units.
    pub margin_right: Option<Margin>,
    /// How often sources differed elsewhere.
    pub base_rates: Vec<BaseRate>,
}

impl Comparison {
    /// The change of one column.
    pub fn column(&self, name: &str) -> Option<&ColumnChange> {
        self.columns.iter().find(|column| column.column == name)
    }

    /// Contestants whose totals over the common rows differ.
    pub fn totals_differing(&self) -> usize {
        self.columns.iter().filter(|column| column.contestant && column.change() != 0).count()
    }
}

/// Compares two tables row by row, matched by (unit, part). Fields pair by name; contestants by the
/// pairing, else by id, else by a name that is unique on both sides.
pub fn compare(left: &Table, right: &Table, pairing: &Pairing) -> Comparison {
    let columns = Columns::pair(left, right, pairing);
    let (mut left_rows, mut right_rows) = (Keyed::new(), Keyed::new());
    let mut repeated = Keyed::new();
    collect(left, &mut left_rows, &mut repeated);
    collect(right, &mut right_rows, &mut repeated);
    let margin_right = Totals::of(right).margin();
    let mut rows = Rows::new(&columns, &first_two(right, margin_right.as_ref()));
    let mut only_left = Vec::new();
    let mut only_right = Vec::new();
    for (key, row) in left_rows.iter().filter(|(key, _)| !repeated.contains_key(*key)) {
        match right_rows.get(key) {
            Some(other) => rows.add(row, other),
            None => {
                rows.add_only_left(row);
                only_left.push(row_id(row));
            }
        }
    }
    for (_, row) in
        right_rows.iter().filter(|(key, _)| !left_rows.contains_key(*key) && !repeated.contains_key(*key))
    {
        rows.add_only_right(row);
        only_right.push(row_id(row));
    }
    rows.list.sort_by(|a, b| {
        (b.votes_affected, b.largest).cmp(&(a.votes_affected, a.largest)).then_with(|| a.row.cmp(&b.row))
    });
    Comparison {
        common: rows.common,
        only_left,
        only_right,
        unpaired_left: columns.unpaired_left.clone(),
        unpaired_right: columns.unpaired_right.clone(),
        repeated: repeated.values().map(row_id).collect(),
        rows_differing: rows.differing,
        rows_differing_first_two: rows.differing_first_two,
        cells_differing: rows.cells_differing,
        cells: rows.cells,
        rows: rows.list,
        columns: rows.changes,
        votes_affected: rows.votes_affected,
        margin_left: Totals::of(left).margin(),
        margin_right,
        base_rates: known_base_rates(),
    }
}

/// The columns of the first two contestants.
fn first_two(table: &Table, margin: Option<&Margin>) -> Vec<Column> {
    let Some(margin) = margin else { return Vec::new() };
    let column = |id: &String| table.contestant_index(id).map(Column::Contestant);
    [&margin.first, &margin.second].into_iter().filter_map(column).collect()
}

/// Measured on public files; see each source.
fn known_base_rates() -> Vec<BaseRate> {
    let rate = |departing, tested, source: &str| BaseRate { departing, tested, source: source.to_owned() };
    vec![
        rate(
            208,
            28_975,
            "Bolivia 2019, tables whose votes for MAS or CC differ between TREP of 20 October and the final count",
        ),
        rate(
            29,
            600,
            "Boulder County (US) 2023, cells that differ between the official count and the recount of one contest",
        ),
    ]
}

type Keyed<'a> = BTreeMap<(&'a str, Option<&'a str>), RowView<'a>>;

/// Rows by key; what stands there twice goes to `repeated` too.
fn collect<'a>(table: &'a Table, rows: &mut Keyed<'a>, repeated: &mut Keyed<'a>) {
    for row in table.units() {
        if rows.insert(row.key(), row).is_some() {
            repeated.insert(row.key(), row);
        }
    }
}

fn row_id(row: &RowView<'_>) -> RowId {
    RowId { unit: row.unit().to_owned(), part: row.part().map(str::to_owned), name: row.name().to_owned() }
}

struct Columns {
    pairs: Vec<(String, Column, Column)>,
    unpaired_left: Vec<String>,
    unpaired_right: Vec<String>,
}

impl Columns {
    fn pair(left: &Table, right: &Table, pairing: &Pairing) -> Self {
        let mut pairs = Vec::new();
        for (index, name) in left.fields().iter().enumerate() {
            if let Some(other) = right.field_index(name) {
                pairs.push((name.clone(), Column::Field(index), Column::Field(other)));
            }
        }
        let mut unpaired_left = Vec::new();
        let mut taken = BTreeSet::new();
        for (index, contestant) in left.contestants().iter().enumerate() {
            match partner(left, right, contestant, pairing).filter(|other| taken.insert(*other)) {
                Some(other) => {
                    pairs.push((contestant.id.clone(), Column::Contestant(index), Column::Contestant(other)));
                }
                None => unpaired_left.push(contestant.id.clone()),
            }
        }
        let free = right.contestants().iter().enumerate().filter(|(index, _)| !taken.contains(index));
        Self {
            pairs,
            unpaired_left,
            unpaired_right: free.map(|(_, contestant)| contestant.id.clone()).collect(),
        }
    }
}

fn partner(left: &Table, right: &Table, contestant: &Contestant, pairing: &Pairing) -> Option<usize> {
    if let Some(id) = pairing.contestants.get(&contestant.id) {
        return right.contestant_index(id);
    }
    right.contestant_index(&contestant.id).or_else(|| {
        let named = |table: &Table| {
            let mut same = table.contestants().iter().enumerate().filter(|(_, c)| c.name == contestant.name);
            same.next().filter(|_| same.next().is_none()).map(|(index, _)| index)
        };
        named(left).and_then(|_| named(right))
    })
}

struct Rows<'a> {
    columns: &'a Columns,
    common: u64,
    /// For each pair, whether it is one of the first two contestants.
    is_first_two: Vec<bool>,
    differing: u64,
    differing_first_two: u64,
    cells_differing: u64,
    cells: Vec<CellDifference>,
    list: Vec<RowDifference>,
    changes: Vec<ColumnChange>,
    votes_affected: u64,
}

impl<'a> Rows<'a> {
    fn new(columns: &'a Columns, first_two: &[Column]) -> Self {
        let change = |(name, column, _): &(String, Column, Column)| ColumnChange {
            column: name.clone(),
            contestant: matches!(column, Column::Contestant(_)),
            left: 0,
            right: 0,
            rows: 0,
            up: 0,
            down: 0,
            only_left: 0,
            only_right: 0,
        };
        Self {
            columns,
            common: 0,
            is_first_two: columns.pairs.iter().map(|(_, _, right)| first_two.contains(right)).collect(),
            differing: 0,
            differing_first_two: 0,
            cells_differing: 0,
            cells: Vec::new(),
            list: Vec::new(),
            changes: columns.pairs.iter().map(change).collect(),
            votes_affected: 0,
        }
    }

    fn add_only_left(&mut self, row: &RowView<'_>) {
        for ((_, column, _), change) in self.columns.pairs.iter().zip(&mut self.changes) {
            change.only_left += row.value(*column).unwrap_or(0);
        }
    }

    fn add_only_right(&mut self, row: &RowView<'_>) {
        for ((_, _, column), change) in self.columns.pairs.iter().zip(&mut self.changes) {
            change.only_right += row.value(*column).unwrap_or(0);
        }
    }

    fn add(&mut self, left: &RowView<'_>, right: &RowView<'_>) {
        self.common += 1;
        let (mut gains, mut losses, mut largest) = (0, 0, 0);
        let (mut differs, mut differs_first_two) = (false, false);
        let columns = self.columns.pairs.iter().zip(&self.is_first_two).zip(&mut self.changes);
        for (((name, one, other), is_first_two), change) in columns {
            let (a, b) = (left.value(*one), right.value(*other));
            let (from, to) = (a.unwrap_or(0), b.unwrap_or(0));
            change.left += from;
            change.right += to;
            if a == b {
                continue;
            }
            differs = true;
            differs_first_two |= *is_first_two;
            largest = largest.max(from.abs_diff(to));
            change.rows += 1;
            change.up += to.saturating_sub(from);
            change.down += from.saturating_sub(to);
            if change.contestant {
                gains += to.saturating_sub(from);
                losses += from.saturating_sub(to);
            }
            self.cells_differing += 1;
            if self.cells.len() < MAX_LISTED {
                self.cells.push(CellDifference {
                    row: row_id(left),
                    column: name.clone(),
                    left: a,
                    right: b,
                    lines: (left.line(), right.line()),
                });
            }
        }
        let votes_affected = gains.max(losses);
        self.votes_affected += votes_affected;
        self.differing_first_two += u64::from(differs_first_two);
        if differs {
            self.differing += 1;
            self.list.push(RowDifference { row: row_id(left), votes_affected, largest });
        }
    }
}

/// Adds a table up by the place at `depth` (0 is the widest): one row a place, so that a table of
/// counties can be compared with a table of precincts. Units without a place that deep are left
/// out and counted in the second value.
pub fn sum_by_place(table: &Table, depth: usize) -> Result<(Table, u64), TableError> {
    let mut sums = Table::new(SourceInfo { ..table.source.clone() }, table.contest.clone());
    for field in table.fields() {
        sums.add_field(field)?;
    }
    for contestant in table.contestants() {
        sums.add_contestant(contestant.clone())?;
    }
    if depth >= MAX_PARENTS {
        return Err(TableError::TooDeep);
    }
    let mut places = BTreeMap::<Vec<&str>, Vec<Option<u64>>>::new();
    let mut without = 0;
    for row in table.units() {
        let path: Vec<&str> = row.parents().take(depth + 1).collect();
        if path.len() <= depth {
            without += 1;
            continue;
        }
        let sums = places.entry(path).or_insert_with(|| vec![None; table.columns().count()]);
        for (sum, value) in sums.iter_mut().zip(row.values()) {
            if let Some(value) = value {
                *sum = Some(sum.unwrap_or(0) + value);
            }
        }
    }
    for (path, values) in places {
        let (unit, parents) = path.split_last().map_or(("", &[][..]), |(unit, parents)| (*unit, parents));
        let row = NewRow { kind: RowKind::Unit, unit, name: unit, parents, part: None, line: 0 };
        let index = sums.push_row(&row)?;
        for (column, value) in table.columns().zip(values) {
            sums.set(index, column, value)?;
        }
    }
    Ok((sums, without))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn cells_totals_and_votes_affected() {
        let left = table("unit,voters,#ann,#bob\n1,9,5,4\n2,7,3,4\n3,5,1,4\n5,1,1,\n");
        let right = table("unit,voters,#ann,#bob\n1,9,4,5\n2,7,3,4\n4,5,1,4\n5,1,1,0\n");
        let comparison = compare(&left, &right, &Pairing::default());
        assert_eq!((comparison.common, comparison.rows_differing, comparison.cells_differing), (3, 2, 3));
        assert_eq!(comparison.only_left[0].unit, "3");
        assert_eq!(comparison.only_right[0].unit, "4");
        assert_eq!(comparison.votes_affected, 1, "one vote moved from one contestant to another");
        assert_eq!(comparison.column("ann").unwrap().change(), -1);
        assert_eq!(comparison.totals_differing(), 2);
        let units: Vec<_> = comparison
            .rows
            .iter()
            .map(|row| (row.row.unit.as_str(), row.votes_affected, row.largest))
            .collect();
        assert_eq!(units, [("1", 1, 1), ("5", 0, 0)], "most votes affected first");
        let ann = comparison.column("ann").unwrap();
        assert_eq!((ann.only_left, ann.only_right), (1, 1), "what the rows of one source alone hold");
        let last = comparison.cells.last().unwrap();
        assert_eq!((last.left, last.right), (None, Some(0)), "not stated is not 0");
    }

    #[test]
    fn contestants_pair_by_mapping_id_and_unique_name() {
        let left = table("unit,#ann,#bob,#cid\n1,5,4,3\n");
        let mut right = table("unit,#ann,#x\n1,5,3\n");
        right.add_contestant(Contestant { id: "7".into(), name: "BOB".into(), group: None }).unwrap();
        let pairing = Pairing { contestants: BTreeMap::from([("cid".into(), "x".into())]) };
        let comparison = compare(&left, &right, &pairing);
        assert_eq!(comparison.columns.len(), 3);
        assert!(comparison.unpaired_left.is_empty() && comparison.unpaired_right.is_empty());
        assert_eq!(comparison.cells_differing, 1);
        let bare = compare(&left, &right, &Pairing::default());
        assert_eq!((bare.unpaired_left, bare.unpaired_right), (vec!["cid".to_owned()], vec!["x".to_owned()]));
    }

    #[test]
    fn repeated_keys_are_named_and_not_compared() {
        let left = table("unit,#ann\n1,5\n1,6\n2,7\n");
        let right = table("unit,#ann\n1,5\n2,7\n");
        let comparison = compare(&left, &right, &Pairing::default());
        assert_eq!((comparison.common, comparison.repeated.len()), (1, 1));
        assert!(comparison.only_left.is_empty() && comparison.only_right.is_empty());
    }

    #[test]
    fn precincts_add_up_to_counties() {
        let precincts = table("unit,place,#ann\n1,North,5\n2,North,6\n3,South,\n4,,9\n");
        let (counties, without) = sum_by_place(&precincts, 0).unwrap();
        assert_eq!(without, 1);
        let rows: Vec<_> = counties.units().map(|row| (row.unit(), row.votes(0))).collect();
        assert_eq!(rows, [("North", Some(11)), ("South", None)]);
    }
}
