//! Checks that need no statistics. One file per check: what it is, what it says, its tests.
//!
//! A finding states facts: two numbers, where they stand, how many votes they concern and how
//! large the margin is. What they mean is for people to say.

mod ballots_over_registered;
mod duplicate_units;
mod missing_units;
mod numberless;
mod rule_packs;
mod totals_differ;
mod turnout_over_100;
mod unknown_units;
mod valid_votes_sum;
mod votes_over_ballots;

use crate::field;
use crate::model::{Column, RowView, Table};
use crate::rules::{BaseRate, Hardness, Pack};
use crate::totals::{Margin, Totals};
use serde::Serialize;
use std::collections::BTreeMap;

/// Findings of one group that are listed; the count goes on.
pub const MAX_LISTED: usize = 10_000;

/// What kind of fact a check states (reference for forensics, section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The numbers of one sheet cannot all be right.
    Impossible,
    /// Two statements of the same thing differ.
    Differs,
    /// Something is missing, doubled or unknown.
    Incomplete,
}

/// One check.
#[derive(Debug)]
pub struct Check {
    /// Stable id; the message keys are `check-<id>` and `finding-<id>`.
    pub id: &'static str,
    /// What kind of fact it states.
    pub evidence: Evidence,
    /// Whether a departure contradicts arithmetic or asks for an explanation.
    pub hardness: Hardness,
    /// What it compares and which ordinary explanations there are: a section of the guide.
    pub docs: &'static str,
    /// Runs it.
    pub run: fn(&Input<'_>, &mut Sink<'_>),
}

/// All checks, in the order in which they are reported.
pub const CHECKS: [&Check; 10] = [
    &votes_over_ballots::CHECK,
    &valid_votes_sum::CHECK,
    &ballots_over_registered::CHECK,
    &turnout_over_100::CHECK,
    &rule_packs::CHECK,
    &totals_differ::CHECK,
    &duplicate_units::CHECK,
    &missing_units::CHECK,
    &unknown_units::CHECK,
    &numberless::CHECK,
];

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The table.
    pub table: &'a Table,
    /// Codes of the units that exist, when a registry is known.
    pub registry: Option<&'a [String]>,
    /// Persons on the registers by unit, as the registry says; used where the table states none.
    pub registered: Option<&'a BTreeMap<String, u64>>,
    /// Rule packs to apply.
    pub packs: &'a [Pack],
    /// Votes that one ballot may carry; 1 in most contests.
    pub votes_per_ballot: u64,
}

impl<'a> Input<'a> {
    /// A table alone: no registry, no packs, one vote a ballot.
    pub fn new(table: &'a Table) -> Self {
        Self { table, registry: None, registered: None, packs: &[], votes_per_ballot: 1 }
    }
}

/// Where the persons on the registers come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Registered<'a> {
    /// From the table itself.
    Stated(Column),
    /// From the registry, because the table does not state them.
    Registry(&'a BTreeMap<String, u64>),
}

impl<'a> Registered<'a> {
    /// The table's own column, else the registry; `None` when neither says anything.
    pub(crate) fn of(input: &Input<'a>) -> Option<Self> {
        let stated = input.table.column(field::REGISTERED).map(Self::Stated);
        stated.or_else(|| input.registered.filter(|registered| !registered.is_empty()).map(Self::Registry))
    }

    /// Of one row. A part of a unit has no register of its own.
    pub(crate) fn at(self, row: &RowView<'_>) -> Option<u64> {
        match self {
            Self::Stated(column) => row.value(column),
            Self::Registry(registered) => match row.part() {
                None => registered.get(row.unit()).copied(),
                Some(_) => None,
            },
        }
    }

    /// How the identity names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Stated(_) => field::REGISTERED,
            Self::Registry(_) => "registered (registry)",
        }
    }
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Finding {
    /// The unit's code, the place, or empty when it is about the whole.
    pub unit: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The part of the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Line or row of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The number on the left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// The number on the right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<u64>,
    /// Votes that it concerns, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes_affected: Option<u64>,
    /// Further values for the message.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// About a row.
    pub fn at(row: &RowView<'_>) -> Self {
        Self {
            unit: row.unit().to_owned(),
            name: row.name().to_owned(),
            part: row.part().map(str::to_owned),
            line: Some(row.line()).filter(|line| *line > 0),
            ..Self::default()
        }
    }

    /// About a unit or place by its code.
    pub fn about(unit: &str) -> Self {
        Self { unit: unit.to_owned(), ..Self::default() }
    }

    /// Two numbers that differ; the votes affected are the difference.
    #[must_use]
    pub fn figures(mut self, left: u64, right: u64) -> Self {
        (self.left, self.right, self.votes_affected) = (Some(left), Some(right), Some(left.abs_diff(right)));
        self
    }

    /// Left minus right.
    pub fn difference(&self) -> Option<i64> {
        i64::try_from(i128::from(self.left?) - i128::from(self.right?)).ok()
    }
}

/// The findings of one check, or of one rule of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The check.
    pub check: &'static str,
    /// `pack/rule` for a rule of a pack.
    pub rule: Option<String>,
    /// What must hold, where that can be written down.
    pub identity: Option<String>,
    /// What kind of fact.
    pub evidence: Evidence,
    /// How binding.
    pub hardness: Hardness,
    /// Key of the message for one finding.
    pub message: String,
    /// Whether it could be applied at all; if not, what it lacks.
    pub lacks: Option<String>,
    /// Rows, units or places that could be tested.
    pub tested: u64,
    /// Rows that lack a number it needs.
    pub untested: u64,
    /// Findings.
    pub count: u64,
    /// Votes affected in all, at most.
    pub votes_affected: u64,
    /// The margin between the first two contestants, in votes.
    pub margin: Option<u64>,
    /// How often it departed elsewhere.
    pub base_rates: Vec<BaseRate>,
    /// The first [`MAX_LISTED`] findings, in order of unit.
    pub findings: Vec<Finding>,
}

/// The result of all checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Totals over the units.
    pub totals: Totals,
    /// The margin between the first two contestants.
    pub margin: Option<Margin>,
    /// One group per check and rule, also where nothing was found.
    pub groups: Vec<Group>,
}

impl Report {
    /// Findings over all groups.
    pub fn count(&self) -> u64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    /// The group of a check.
    pub fn group(&self, check: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.check == check)
    }

    /// The group of a rule, by `pack/rule`.
    pub fn rule(&self, rule: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.rule.as_deref() == Some(rule))
    }
}

/// Runs every check. The same input gives the same report.
pub fn check(input: &Input<'_>) -> Report {
    let totals = Totals::of(input.table);
    let margin = totals.margin();
    let mut groups = Vec::new();
    for check in CHECKS {
        (check.run)(
            input,
            &mut Sink { check, margin: margin.as_ref().map(|m| m.votes), groups: &mut groups },
        );
    }
    Report { totals, margin, groups }
}

/// Where a check puts its groups.
#[derive(Debug)]
pub struct Sink<'a> {
    check: &'static Check,
    margin: Option<u64>,
    groups: &'a mut Vec<Group>,
}

impl Sink<'_> {
    /// A group without findings yet.
    pub fn open(&self) -> Group {
        Group {
            check: self.check.id,
            rule: None,
            identity: None,
            evidence: self.check.evidence,
            hardness: self.check.hardness,
            message: format!("finding-{}", self.check.id),
            lacks: None,
            tested: 0,
            untested: 0,
            count: 0,
            votes_affected: 0,
            margin: self.margin,
            base_rates: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Hands a finished group in: sorted, cut, counted.
    pub fn close(&mut self, mut group: Group) {
        group.findings.sort();
        group.count = group.findings.len() as u64;
        group.votes_affected = group.findings.iter().filter_map(|finding| finding.votes_affected).sum();
        group.findings.truncate(MAX_LISTED);
        self.groups.push(group);
    }

    /// A group that cannot be applied for want of something.
    pub fn lacking(&mut self, what: &str) {
        let mut group = self.open();
        group.lacks = Some(what.to_owned());
        self.close(group);
    }
}

impl Group {
    /// Counts a tested row, and takes the finding if there is one.
    pub fn tested(&mut self, finding: Option<Finding>) {
        self.tested += 1;
        self.findings.extend(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn ids_are_unique_and_every_check_is_documented() {
        let ids: std::collections::BTreeSet<_> = CHECKS.iter().map(|check| check.id).collect();
        assert_eq!(ids.len(), CHECKS.len());
        for check in CHECKS {
            assert!(check.docs.len() > 80, "{}", check.id);
        }
    }

    #[test]
    fn a_report_is_the_same_whatever_the_order_of_the_rows() {
        let head = "unit,registered,ballots_cast,votes_valid,#ann,#bob\n";
        let (a, b, c) = ("1,10,12,12,5,7\n", "2,10,9,9,5,6\n", "3,10,11,11,5,6\n");
        let strip = |mut report: Report| {
            report
                .groups
                .iter_mut()
                .flat_map(|group| &mut group.findings)
                .for_each(|finding| finding.line = None);
            report
        };
        let one = strip(check(&Input::new(&table(&format!("{head}{a}{b}{c}")))));
        let other = strip(check(&Input::new(&table(&format!("{head}{c}{a}{b}")))));
        assert_eq!(one, other);
        assert_eq!(one.count(), 2 + 1 + 1 + 1);
    }

    #[test]
    fn a_report_is_json() {
        let report = check(&Input::new(&table("unit,registered,ballots_cast,#ann\n1,10,12,5\n")));
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["groups"][2]["findings"][0]["left"], 12);
    }
}
