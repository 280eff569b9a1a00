//! More voters than registered, by place.

use super::{Check, Evidence, Finding, Input, Registered, Sink};
use crate::field;
use crate::rules::Hardness;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "turnout-over-100",
    evidence: Evidence::Impossible,
    hardness: Hardness::Soft,
    docs: "Adds up each place (district, region, the whole) over the units that state both numbers, and compares \
           those who came with those registered. A single unit above 100 % often has an ordinary explanation \
           (mobile units, voters added on the day); a whole district needs one that covers many people, for \
           instance a law that lets everybody vote anywhere.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(registered) = Registered::of(input) else {
        return sink.lacking(field::REGISTERED);
    };
    let names = [field::VOTERS, field::BALLOTS_ISSUED, field::BALLOTS_CAST];
    let Some((name, came)) = names.iter().find_map(|name| Some((*name, input.table.column(name)?))) else {
        return sink.lacking(field::VOTERS);
    };
    let mut group = sink.open();
    group.identity = Some(format!("{name} <= {}", registered.name()));
    let mut places = BTreeMap::<Vec<&str>, (u64, u64)>::new();
    for row in input.table.units() {
        let (Some(came), Some(registered)) = (row.value(came), registered.at(&row)) else {
            group.untested += 1;
            continue;
        };
        let path: Vec<&str> = row.parents().collect();
        for depth in 0..=path.len() {
            match places.get_mut(&path[..depth]) {
                Some(sums) => *sums = (sums.0 + came, sums.1 + registered),
                None => drop(places.insert(path[..depth].to_vec(), (came, registered))),
            }
        }
    }
    for (path, (came, registered)) in places {
        let finding = || Finding::about(&path.join(" / ")).figures(came, registered);
        group.tested((came > registered).then(finding));
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    /// Iran 2009 (reference for forensics, 3.16): Mazandaran 1,919,838 of 1,915,240 and Yazd
    /// 609,856 of 609,341.
    #[test]
    fn two_provinces_of_iran_2009_are_above_100_percent() {
        let table = table(
            "unit,place,registered,voters,#a\n1,Mazandaran,1915240,1919838,1\n2,Yazd,609341,609856,1\n3,Fars,3000000,2500000,1\n",
        );
        let report = check(&Input::new(&table));
        let group = report.group("turnout-over-100").unwrap();
        let found: Vec<_> =
            group.findings.iter().map(|f| (f.unit.as_str(), f.difference().unwrap())).collect();
        assert_eq!(found, [("Mazandaran", 4598), ("Yazd", 515)]);
        assert_eq!(group.tested, 4);
    }
}
