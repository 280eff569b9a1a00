//! More ballots than registered voters.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::field;
use crate::rules::Hardness;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "ballots-over-registered",
    evidence: Evidence::Impossible,
    hardness: Hardness::Soft,
    docs: "Compares the ballots in a unit's box with the persons on its register. Ordinary explanations: voters \
           added to the register on election day, mobile, hospital, prison, ship and embassy units, absentee \
           certificates, a register counted before the last additions.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(registered) = input.table.column(field::REGISTERED) else {
        return sink.lacking(field::REGISTERED);
    };
    let names = [field::BALLOTS_CAST, field::VOTERS, field::BALLOTS_ISSUED];
    let Some((name, ballots)) = names.iter().find_map(|name| Some((*name, input.table.column(name)?))) else {
        return sink.lacking(field::BALLOTS_CAST);
    };
    let mut group = sink.open();
    group.identity = Some(format!("{name} <= {}", field::REGISTERED));
    for row in input.table.units() {
        match (row.value(ballots), row.value(registered)) {
            (Some(ballots), Some(registered)) => {
                group.tested((ballots > registered).then(|| Finding::at(&row).figures(ballots, registered)));
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
    fn ballots_beyond_the_register_are_found() {
        let table = table("unit,registered,ballots_cast,#ann\n1,998,1024,5\n2,998,998,5\n3,,7,5\n");
        let report = check(&Input::new(&table));
        let group = report.group("ballots-over-registered").unwrap();
        assert_eq!((group.count, group.tested, group.untested, group.votes_affected), (1, 2, 1, 26));
    }
}
