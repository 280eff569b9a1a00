//! More votes than ballots.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::field;
use crate::rules::Hardness;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "votes-over-ballots",
    evidence: Evidence::Impossible,
    hardness: Hardness::Hard,
    docs: "Compares the votes of all contestants in a unit with the ballots in its box, times the votes that \
           one ballot may carry. Ordinary explanations: a number typed into the wrong line, a digit too many, \
           ballots of one box counted in another, a contest in which a ballot carries several votes.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(cast) = input.table.column(field::BALLOTS_CAST) else {
        return sink.lacking(field::BALLOTS_CAST);
    };
    let mut group = sink.open();
    for row in input.table.units() {
        match (row.votes_sum(), row.value(cast)) {
            (Some(votes), Some(ballots)) => {
                let most = ballots.saturating_mul(input.votes_per_ballot);
                group.tested((votes > most).then(|| Finding::at(&row).figures(votes, most)));
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
    fn votes_beyond_the_ballots_are_found() {
        let table = table("unit,ballots_cast,#ann,#bob\n1,10,5,5\n2,10,6,5\n3,,6,5\n4,10,,\n");
        let report = check(&Input::new(&table));
        let group = report.group("votes-over-ballots").unwrap();
        assert_eq!((group.count, group.tested, group.untested), (1, 2, 2));
        assert_eq!((group.findings[0].unit.as_str(), group.findings[0].difference()), ("2", Some(1)));
        assert_eq!(group.margin, Some(17 - 15));

        let two = check(&Input { votes_per_ballot: 2, ..Input::new(&table) });
        assert_eq!(two.group("votes-over-ballots").unwrap().count, 0);
    }
}
