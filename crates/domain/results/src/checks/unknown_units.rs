//! Units of the table that the registry does not have.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::rules::Hardness;
use scr_core::Closest;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "unknown-units",
    evidence: Evidence::Incomplete,
    hardness: Hardness::Hard,
    docs: "Compares the units of the table with the codes of the registry, and names the closest code. Ordinary \
           explanations: leading zeros lost in a spreadsheet, a renumbered station, a special unit that was set \
           up late, a registry of another year.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(registry) = input.registry else { return sink.lacking("registry") };
    let mut group = sink.open();
    let known: BTreeSet<&str> = registry.iter().map(String::as_str).collect();
    let mut closest = None;
    for row in input.table.units() {
        if known.contains(row.unit()) {
            group.tested(None);
            continue;
        }
        let mut finding = Finding::at(&row);
        finding.votes_affected = row.votes_sum();
        let closest = closest.get_or_insert_with(|| Closest::among(known.iter().copied()));
        if let Some(candidate) = closest.to(row.unit()) {
            finding.args.insert("closest", candidate.to_owned());
        }
        group.tested(Some(finding));
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn an_unknown_unit_comes_with_the_closest_code() {
        let registry: Vec<String> = ["0012", "0345"].map(String::from).into();
        let table = table("unit,#ann\n0012,5\n345,2\nzzzz,1\n");
        let report = check(&Input { registry: Some(&registry), ..Input::new(&table) });
        let group = report.group("unknown-units").unwrap();
        assert_eq!((group.count, group.votes_affected), (2, 3));
        assert_eq!(group.findings[0].args["closest"], "0345");
        assert!(group.findings[1].args.is_empty());
    }
}
