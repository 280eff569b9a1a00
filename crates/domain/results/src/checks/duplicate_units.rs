//! A unit (or the same part of it) twice.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::model::RowView;
use crate::rules::Hardness;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "duplicate-units",
    evidence: Evidence::Incomplete,
    hardness: Hardness::Hard,
    docs: "Looks for rows with the same unit code and the same part. Ordinary explanations: a file put together \
           from overlapping files, a correction appended instead of replaced, or parts of one unit (paper, \
           electronic, postal) that should be named as parts and added.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let mut group = sink.open();
    let mut first = BTreeMap::<(&str, Option<&str>), RowView<'_>>::new();
    for row in input.table.units() {
        let Some(earlier) = first.get(&row.key()) else {
            first.insert(row.key(), row);
            group.tested(None);
            continue;
        };
        let same = earlier.values().eq(row.values());
        let mut finding = Finding::at(&row);
        finding.votes_affected = row.votes_sum();
        finding.args.insert("first_line", earlier.line().to_string());
        finding.args.insert("same_numbers", same.to_string());
        group.tested(Some(finding));
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn the_same_unit_twice_is_found_and_parts_are_not() {
        let table = table("unit,part,#ann\n1,,5\n2,paper,3\n2,electronic,4\n1,,5\n2,paper,9\n");
        let report = check(&Input::new(&table));
        let group = report.group("duplicate-units").unwrap();
        assert_eq!((group.count, group.votes_affected), (2, 14));
        assert_eq!(group.findings[0].args["same_numbers"], "true");
        assert_eq!(group.findings[0].args["first_line"], "2");
        assert_eq!(group.findings[1].args["same_numbers"], "false");
    }
}
