//! The sheet as it lies on the table: its lines, and what its numbers warn of.

use scr_results::checks::{self, Input};
use scr_results::rules::{Operand, Pack, shipped_by_id};
use scr_results::sheet::{Numbers, Sheet};
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table, TableError, field};
use std::collections::{BTreeMap, BTreeSet};

/// The checks that look at one sheet alone; the others compare sheets.
const CHECKS: [&str; 6] = [
    "votes-over-ballots",
    "valid-votes-sum",
    "ballots-over-registered",
    "turnout-over-100",
    "rule",
    "numberless",
];
/// The paper's number of registered voters is not the registry's.
const REGISTERED_DIFFERS: &str = "registered-differs";

/// What one sheet of a contest looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Lines of the tally sheet, in their order.
    pub fields: Vec<String>,
    /// Who stands.
    pub contestants: Vec<Contestant>,
    /// Votes that one ballot carries.
    pub votes_per_ballot: u64,
    /// The rule pack.
    pub pack: Option<String>,
}

/// What the numbers of a sheet do not agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    /// `check`, or `pack/rule`.
    pub(crate) id: String,
    pub(crate) left: Option<u64>,
    pub(crate) right: Option<u64>,
}

/// The column of a line of the sheet.
pub(crate) fn field_column(name: &str) -> String {
    format!("f-{name}")
}

/// The column of a contestant.
pub(crate) fn vote_column(id: &str) -> String {
    format!("c-{id}")
}

impl Paper {
    /// All columns, as on the paper.
    pub(crate) fn columns(&self) -> Vec<String> {
        let fields = self.fields.iter().map(|name| field_column(name));
        fields.chain(self.contestants.iter().map(|one| vote_column(&one.id))).collect()
    }

    /// A sheet nobody has typed.
    pub(crate) fn blank(&self) -> Sheet {
        Sheet::new(self.columns())
    }

    /// A table of such sheets without a row.
    pub(crate) fn table(&self, source: SourceInfo, contest: &str) -> Result<Table, TableError> {
        let mut table = Table::new(source, contest);
        for name in &self.fields {
            table.add_field(name)?;
        }
        for contestant in &self.contestants {
            table.add_contestant(contestant.clone())?;
        }
        Ok(table)
    }

    /// Adds a row with these numbers.
    pub(crate) fn add_row(table: &mut Table, row: &NewRow<'_>, numbers: &Numbers) -> Result<(), TableError> {
        let index = table.push_row(row)?;
        for column in table.columns() {
            let name = table.column_name(column);
            let key = match column {
                scr_results::Column::Field(_) => field_column(name),
                scr_results::Column::Contestant(_) => vote_column(name),
            };
            table.set(index, column, numbers.get(&key).copied().flatten())?;
        }
        if numbers.values().all(Option::is_none) {
            table.set_numberless(index)?;
        }
        Ok(())
    }

    /// The sum of the contestants' votes, where any is stated.
    pub(crate) fn votes_sum(&self, numbers: &Numbers) -> Option<u64> {
        let stated: Vec<u64> = self
            .contestants
            .iter()
            .filter_map(|one| numbers.get(&vote_column(&one.id)).copied().flatten())
            .collect();
        (!stated.is_empty()).then(|| stated.iter().sum())
    }

    /// What these numbers do not agree with: the checks, the rule pack, the registry. Of two that state
    /// the same two numbers the rule is kept, because it has words of its own.
    pub(crate) fn warnings(&self, registered: Option<u64>, numbers: &Numbers) -> Vec<Warning> {
        let Ok(mut table) = self.table(SourceInfo::default(), "") else { return Vec::new() };
        let row = NewRow { kind: RowKind::Unit, unit: "1", name: "", parents: &[], part: None, line: 0 };
        if Self::add_row(&mut table, &row, numbers).is_err() {
            return Vec::new();
        }
        let packs: Vec<Pack> = self.pack().into_iter().collect();
        let input = Input { packs: &packs, votes_per_ballot: self.votes_per_ballot, ..Input::new(&table) };
        let report = checks::check(&input);
        let mut groups: Vec<_> = report.groups.iter().filter(|group| CHECKS.contains(&group.check)).collect();
        groups.sort_by_key(|group| group.rule.is_none());
        let mut found: Vec<Warning> = Vec::new();
        for (group, finding) in groups.iter().flat_map(|group| group.findings.iter().map(move |f| (group, f)))
        {
            let figures = BTreeSet::from([finding.left, finding.right]);
            let known = |one: &Warning| BTreeSet::from([one.left, one.right]) == figures;
            if finding.left.is_some() && found.iter().any(known) {
                continue;
            }
            let id = group.rule.clone().unwrap_or_else(|| group.check.to_owned());
            found.push(Warning { id, left: finding.left, right: finding.right });
        }
        let typed = numbers.get(&field_column(field::REGISTERED)).copied().flatten();
        if let (Some(typed), Some(registry)) = (typed, registered)
            && typed != registry
        {
            found.push(Warning {
                id: REGISTERED_DIFFERS.to_owned(),
                left: Some(typed),
                right: Some(registry),
            });
        }
        found
    }

    /// The rule pack, when the program has it.
    pub(crate) fn pack(&self) -> Option<Pack> {
        self.pack.as_deref().and_then(|id| shipped_by_id(id).ok().flatten())
    }
}

/// Lines of the sheet that the rules of a pack need, in the order of a sheet.
pub(crate) fn fields_of(pack: &Pack) -> Vec<String> {
    let mut names = BTreeSet::new();
    for term in pack.rules.iter().flat_map(|rule| rule.test.left.iter().chain(&rule.test.right)) {
        if let Operand::Field(name) = &term.operand {
            names.insert(name.clone());
        }
    }
    in_order(names)
}

/// Names of lines in the order of a sheet: the standard ones first.
pub(crate) fn in_order(names: BTreeSet<String>) -> Vec<String> {
    let place = |name: &String| field::STANDARD.iter().position(|one| one == name).unwrap_or(usize::MAX);
    let keyed: BTreeMap<(usize, String), ()> =
        names.into_iter().map(|name| ((place(&name), name), ())).collect();
    keyed.into_keys().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper() -> Paper {
        let contestant = |id: &str| Contestant { id: id.into(), name: id.to_uppercase(), group: None };
        Paper {
            fields: ["registered", "ballots_cast", "votes_valid"].map(str::to_owned).into(),
            contestants: vec![contestant("ann"), contestant("bob")],
            votes_per_ballot: 1,
            pack: Some("generic".to_owned()),
        }
    }

    fn numbers(values: [u64; 5]) -> Numbers {
        paper().columns().into_iter().zip(values.map(Some)).collect()
    }

    fn ids(registered: Option<u64>, values: [u64; 5]) -> Vec<String> {
        paper().warnings(registered, &numbers(values)).into_iter().map(|one| one.id).collect()
    }

    #[test]
    fn a_sheet_that_adds_up_warns_of_nothing() {
        assert_eq!(ids(Some(100), [100, 60, 58, 30, 28]), Vec::<String>::new());
        assert_eq!(paper().votes_sum(&numbers([100, 60, 58, 30, 28])), Some(58));
    }

    #[test]
    fn each_departure_is_named_once_and_by_its_rule_where_there_is_one() {
        assert_eq!(ids(None, [100, 60, 58, 30, 27]), ["generic/valid-contestants"]);
        assert_eq!(ids(Some(90), [100, 60, 58, 30, 28]), ["registered-differs"]);
        assert_eq!(ids(None, [50, 60, 58, 30, 28]), ["ballots-over-registered"]);
    }

    #[test]
    fn lines_stand_in_the_order_of_a_sheet() {
        let pack = shipped_by_id("pl-pkw-2020").unwrap().unwrap();
        let fields = fields_of(&pack);
        assert_eq!(fields.first().map(String::as_str), Some("ballots_received"));
        let at = |name: &str| fields.iter().position(|field| field == name).unwrap();
        assert!(at("ballots_cast") < at("votes_valid") && at("votes_valid") < at("votes_invalid_blank"));
    }
}
