//! Units of the registry that the table does not have.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::rules::Hardness;
use std::collections::BTreeSet;

/// The check.
pub(super) const CHECK: Check = Check {
    id: "missing-units",
    evidence: Evidence::Incomplete,
    hardness: Hardness::Soft,
    docs: "Compares the codes of the registry of polling stations with the units of the table. Ordinary \
           explanations: the count is not finished, stations were merged or not opened, units abroad stand in \
           another file. Missing units are never filled with estimates.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    let Some(registry) = input.registry else { return sink.lacking("registry") };
    let mut group = sink.open();
    let present: BTreeSet<&str> = input.table.units().map(|row| row.unit()).collect();
    for code in registry.iter().map(String::as_str).collect::<BTreeSet<_>>() {
        group.tested((!present.contains(code)).then(|| Finding::about(code)));
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::testing::table;

    #[test]
    fn what_the_registry_has_and_the_table_has_not() {
        let registry: Vec<String> = ["1", "2", "3"].map(String::from).into();
        let table = table("unit,#ann\n2,5\n");
        let report = check(&Input { registry: Some(&registry), ..Input::new(&table) });
        let group = report.group("missing-units").unwrap();
        assert_eq!(group.findings.iter().map(|f| f.unit.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(
            check(&Input::new(&table)).group("missing-units").unwrap().lacks.as_deref(),
            Some("registry")
        );
    }
}
