//! The contestants' votes against the stated valid votes.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::field;
use crate::rules::Hardness;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "valid-votes-sum",
    evidence: Evidence::Impossible,
    hardness: Hardness::Hard,
    docs: "Compares the sum of the contestants' votes in a unit with the valid votes that the sheet states. With \
           several votes a ballot, the sum may not pass the valid votes times that number. Ordinary \
           explanations: two digits swapped in typing, a contestant's line left out, a correction made in one \
           line only.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(valid) = input.table.column(field::VOTES_VALID) else { return sink.lacking(field::VOTES_VALID) };
    let mut group = sink.open();
    for row in input.table.units() {
        match (row.votes_sum(), row.value(valid)) {
            (Some(votes), Some(valid)) => {
                let most = valid.saturating_mul(input.votes_per_ballot);
                let departs = if input.votes_per_ballot == 1 { votes != valid } else { votes > most };
                group.tested(departs.then(|| Finding::at(&row).figures(votes, most)));
            }
            _ => group.untested += 1,
        }
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn a_sum_that_differs_either_way_is_found() {
        let table = table("unit,votes_valid,#ann,#bob\n1,10,5,5\n2,10,6,5\n3,12,6,5\n4,0,0,0\n");
        let report = check(&Input::new(&table));
        let group = report.group("valid-votes-sum").unwrap();
        let found: Vec<_> = group.findings.iter().map(|f| (f.unit.as_str(), f.difference())).collect();
        assert_eq!(found, [("2", Some(1)), ("3", Some(-1))]);
        assert_eq!(group.votes_affected, 2);
    }
}
