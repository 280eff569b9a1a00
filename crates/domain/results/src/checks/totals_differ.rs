//! The source's own totals against the sum of its units.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::model::{Column, RowView, Table};
use crate::rules::Hardness;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "totals-differ",
    evidence: Evidence::Differs,
    hardness: Hardness::Hard,
    docs: "Compares every total that the source itself states with the sum of the units below it, column by \
           column. Ordinary explanations: a total row made before the last corrections, write-in names without \
           a total row, units abroad added only in the total. Differences of totals are listed and never added \
           to votes.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let mut group = sink.open();
    let totals: Vec<RowView<'_>> = input.table.totals().collect();
    if totals.is_empty() {
        return sink.lacking("totals");
    }
    let sums = sums_by_place(input.table, &totals);
    for total in &totals {
        let place: Vec<&str> = total.parents().collect();
        let Some(sums) = sums.get(&place) else { continue };
        for (column, sum) in input.table.columns().zip(sums) {
            match (total.value(column), sum) {
                (Some(stated), Some(sum)) => {
                    group.tested((stated != *sum).then(|| found(total, column, stated, *sum)))
                }
                _ => group.untested += 1,
            }
        }
    }
    sink.close(group);
}

fn found(total: &RowView<'_>, column: Column, stated: u64, sum: u64) -> Finding {
    let mut finding = Finding::at(total).figures(stated, sum);
    finding.column = Some(total.table().column_name(column).to_owned());
    finding.args.insert("place", total.parents().collect::<Vec<_>>().join(" / "));
    if matches!(column, Column::Field(_)) {
        finding.votes_affected = None;
    }
    finding
}

/// Sums of all columns over the units below each place that has a total.
fn sums_by_place<'a>(table: &'a Table, totals: &[RowView<'a>]) -> BTreeMap<Vec<&'a str>, Vec<Option<u64>>> {
    let width = table.columns().count();
    let mut sums: BTreeMap<Vec<&str>, Vec<Option<u64>>> =
        totals.iter().map(|total| (total.parents().collect(), vec![None; width])).collect();
    for row in table.units() {
        let path: Vec<&str> = row.parents().collect();
        for depth in 0..=path.len() {
            let Some(sums) = sums.get_mut(&path[..depth]) else { continue };
            for (sum, value) in sums.iter_mut().zip(row.values()) {
                if let Some(value) = value {
                    *sum = Some(sum.unwrap_or(0) + value);
                }
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn totals_of_places_and_of_the_whole_are_compared() {
        let table = table(
            "unit,place,voters,#ann,#bob\n1,North,9,5,4\n2,North,7,3,4\n3,South,5,,5\n=North,North,16,8,9\n=All,,21,8,13\n",
        );
        let report = check(&Input::new(&table));
        let group = report.group("totals-differ").unwrap();
        assert_eq!((group.tested, group.count, group.votes_affected), (6, 1, 1));
        let finding = &group.findings[0];
        assert_eq!((finding.unit.as_str(), finding.column.as_deref()), ("North", Some("bob")));
        assert_eq!((finding.left, finding.right), (Some(9), Some(8)));
    }

    #[test]
    fn without_total_rows_it_says_so() {
        let report = check(&Input::new(&table("unit,#ann\n1,5\n")));
        assert_eq!(report.group("totals-differ").unwrap().lacks.as_deref(), Some("totals"));
    }
}
