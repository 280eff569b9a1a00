//! Units that the source names without a number.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::rules::Hardness;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "numberless",
    evidence: Evidence::Incomplete,
    hardness: Hardness::Soft,
    docs: "Lists the units that the source names but for which it states no number at all (a dash in every \
           column). They stay in the table: missing is not zero. Ordinary explanations: a station that was not \
           opened, a ship or a military post abroad whose sheet has not arrived.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let mut group = sink.open();
    for row in input.table.units() {
        group.tested(row.numberless().then(|| Finding::at(&row)));
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn dashes_are_reported_and_empty_cells_are_not() {
        let report = check(&Input::new(&table("unit,voters,#ann\n1,-,-\n2,,\n3,4,4\n")));
        let group = report.group("numberless").unwrap();
        assert_eq!((group.count, group.tested), (1, 3));
        assert_eq!(group.findings[0].unit, "1");
    }
}
