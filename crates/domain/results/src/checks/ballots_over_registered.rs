//! More ballots than registered voters.

use super::{Check, Evidence, Finding, Input, Registered, Sink};
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
    let Some(registered) = Registered::of(input) else {
        return sink.lacking(field::REGISTERED);
    };
    let names = [field::BALLOTS_CAST, field::VOTERS, field::BALLOTS_ISSUED];
    let Some((name, ballots)) = names.iter().find_map(|name| Some((*name, input.table.column(name)?))) else {
        return sink.lacking(field::BALLOTS_CAST);
    };
    let mut group = sink.open();
    group.identity = Some(format!("{name} <= {}", registered.name()));
    for row in input.table.units() {
        match (row.value(ballots), registered.at(&row)) {
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
    use std::collections::BTreeMap;

    #[test]
    fn ballots_beyond_the_register_are_found() {
        let table = table("unit,registered,ballots_cast,#ann\n1,998,1024,5\n2,998,998,5\n3,,7,5\n");
        let report = check(&Input::new(&table));
        let group = report.group("ballots-over-registered").unwrap();
        assert_eq!((group.count, group.tested, group.untested, group.votes_affected), (1, 2, 1, 26));
    }

    #[test]
    fn the_registry_says_who_is_registered_where_the_table_does_not() {
        let table = table("unit,part,ballots_cast,#ann\n1,,1024,5\n2,,7,5\n3,paper,2000,5\n");
        let registered = BTreeMap::from([("1".to_owned(), 998), ("3".to_owned(), 10)]);
        let report = check(&Input { registered: Some(&registered), ..Input::new(&table) });
        let group = report.group("ballots-over-registered").unwrap();
        assert_eq!(
            (group.count, group.tested, group.untested),
            (1, 1, 2),
            "a part has no register of its own"
        );
        assert_eq!(group.identity.as_deref(), Some("ballots_cast <= registered (registry)"));
        let turnout = report.group("turnout-over-100").unwrap();
        assert_eq!((turnout.count, turnout.findings[0].left), (1, Some(1024)));
        let none = BTreeMap::new();
        let report = check(&Input { registered: Some(&none), ..Input::new(&table) });
        assert_eq!(report.group("ballots-over-registered").unwrap().lacks.as_deref(), Some("registered"));
    }
}
