//! The rules of the chosen packs: one group per rule.

use super::{Check, Evidence, Finding, Input, Sink};
use crate::rules::{Hardness, Outcome, Pack, Rule};

/// The check.
pub(super) const CHECK: Check = Check {
    id: "rule",
    evidence: Evidence::Impossible,
    hardness: Hardness::Hard,
    docs: "Applies each rule of the chosen packs to each unit. A hard rule is arithmetic: one of the numbers is \
           wrong. A soft rule departs in honest counts too (papers taken away, miscounted bundles); how often it \
           did elsewhere stands beside it, with the source.",
    run,
};

fn run(input: &Input<'_>, sink: &mut Sink<'_>) {
    for pack in input.packs {
        for rule in &pack.rules {
            apply(input, pack, rule, sink);
        }
    }
}

fn apply(input: &Input<'_>, pack: &Pack, rule: &Rule, sink: &mut Sink<'_>) {
    let mut group = sink.open();
    group.rule = Some(format!("{}/{}", pack.id, rule.id));
    group.identity = Some(rule.test.to_string());
    group.hardness = rule.hardness;
    group.evidence = if rule.hardness == Hardness::Hard { Evidence::Impossible } else { Evidence::Differs };
    group.base_rates.clone_from(&rule.base_rates);
    match rule.test.bind(input.table) {
        Err(field) => group.lacks = Some(field.to_owned()),
        Ok(bound) => {
            for row in input.table.units() {
                match bound.apply(&row) {
                    Outcome::Untestable => group.untested += 1,
                    Outcome::Holds => group.tested(None),
                    Outcome::Departs(left, right) => {
                        group.tested(Some(Finding::at(&row).figures(left, right)));
                    }
                }
            }
        }
    }
    sink.close(group);
}

#[cfg(test)]
mod tests {
    use crate::checks::{Input, check};
    use crate::rules::shipped_by_id;
    use crate::testing::table;

    #[test]
    fn each_rule_has_a_group_and_says_what_it_lacks() {
        let packs = [shipped_by_id("generic").unwrap().unwrap()];
        let table =
            table("unit,ballots_received,ballots_unused,ballots_issued,#ann\n1,100,40,60,3\n2,100,40,59,3\n");
        let report = check(&Input { packs: &packs, ..Input::new(&table) });
        let group = report.rule("generic/received-unused-issued").unwrap();
        assert_eq!((group.count, group.tested), (1, 2));
        assert_eq!(group.findings[0].difference(), Some(1));
        assert_eq!(report.rule("generic/valid-contestants").unwrap().lacks.as_deref(), Some("votes_valid"));
    }
}
