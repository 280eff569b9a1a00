//! Totals, turnout, leader and margins, in exact integers.

use crate::field;
use crate::model::{Column, RowView, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// A number with how many rows stated it: a sum over few rows is not the sum over all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Stated {
    /// Sum of the stated numbers.
    pub sum: u64,
    /// Rows that state a number.
    pub rows: u64,
}

impl Stated {
    /// Adds a number, if there is one.
    pub fn add(&mut self, value: Option<u64>) {
        if let Some(value) = value {
            self.sum += value;
            self.rows += 1;
        }
    }

    /// The sum; `None` when no row states a number.
    pub fn value(&self) -> Option<u64> {
        (self.rows > 0).then_some(self.sum)
    }
}

/// Distance between the first two contestants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Margin {
    /// Id of the contestant with most votes; the first in order of id among equals.
    pub first: String,
    /// Id of the next.
    pub second: String,
    /// Votes between them; 0 is a tie.
    pub votes: u64,
}

/// Totals over the units of a table (rows that are totals themselves are left out).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Different units.
    pub units: u64,
    /// Units whose rows state no number.
    pub numberless: u64,
    /// Per field, in the order of the table.
    pub fields: Vec<(String, Stated)>,
    /// Per contestant, in the order of the table.
    pub contestants: Vec<(String, Stated)>,
}

impl Totals {
    /// Adds up the units of a table. Parts of a unit (paper, electronic) are added.
    pub fn of(table: &Table) -> Self {
        Self::over(table, table.units())
    }

    /// Adds up some rows of a table.
    pub fn over<'a>(table: &'a Table, rows: impl Iterator<Item = RowView<'a>>) -> Self {
        let mut fields = vec![Stated::default(); table.fields().len()];
        let mut contestants = vec![Stated::default(); table.contestants().len()];
        let mut units = BTreeMap::<&str, bool>::new();
        for row in rows {
            *units.entry(row.unit()).or_insert(true) &= row.numberless();
            for (index, stated) in fields.iter_mut().enumerate() {
                stated.add(row.value(Column::Field(index)));
            }
            for (index, stated) in contestants.iter_mut().enumerate() {
                stated.add(row.votes(index));
            }
        }
        Self {
            units: units.len() as u64,
            numberless: units.values().filter(|numberless| **numberless).count() as u64,
            fields: table.fields().iter().cloned().zip(fields).collect(),
            contestants: table.contestants().iter().map(|c| c.id.clone()).zip(contestants).collect(),
        }
    }

    /// Sum of a field; `None` when no unit states it.
    pub fn field(&self, name: &str) -> Option<u64> {
        self.fields.iter().find(|(field, _)| field == name).and_then(|(_, stated)| stated.value())
    }

    /// Votes of a contestant.
    pub fn votes(&self, id: &str) -> Option<u64> {
        self.contestants
            .iter()
            .find(|(contestant, _)| contestant == id)
            .and_then(|(_, stated)| stated.value())
    }

    /// Votes of all contestants.
    pub fn votes_sum(&self) -> u64 {
        self.contestants.iter().map(|(_, stated)| stated.sum).sum()
    }

    /// Contestants with a number, most votes first, equal ones in order of id.
    pub fn ranking(&self) -> Vec<(&str, u64)> {
        let mut ranking: Vec<_> =
            self.contestants.iter().filter_map(|(id, stated)| Some((id.as_str(), stated.value()?))).collect();
        ranking.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        ranking
    }

    /// The margin between the first two; `None` with fewer than two contestants.
    pub fn margin(&self) -> Option<Margin> {
        match self.ranking()[..] {
            [(first, most), (second, next), ..] => {
                Some(Margin { first: first.to_owned(), second: second.to_owned(), votes: most - next })
            }
            _ => None,
        }
    }

    /// Turnout as an exact ratio: voters (or else ballots issued, or else ballots cast) over
    /// registered, and the name of the numerator.
    pub fn turnout(&self) -> Option<Turnout> {
        let registered = self.field(field::REGISTERED)?;
        [field::VOTERS, field::BALLOTS_ISSUED, field::BALLOTS_CAST]
            .into_iter()
            .find_map(|name| Some(Turnout { numerator: name, came: self.field(name)?, registered }))
    }
}

/// Turnout as two numbers; who shows a percentage rounds at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Turnout {
    /// The field that was counted as having come.
    pub numerator: &'static str,
    /// Its sum.
    pub came: u64,
    /// Sum of the registered.
    pub registered: u64,
}

/// How many of the expected units have results.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reporting {
    /// Units in the registry.
    pub expected: u64,
    /// Of these, units with at least one number.
    pub reported: u64,
    /// Of these, units without: codes in order.
    pub missing: Vec<String>,
    /// Units with results that the registry does not have.
    pub unknown: u64,
}

impl Reporting {
    /// Compares a table with the codes of a registry.
    pub fn of<'a>(table: &'a Table, registry: impl IntoIterator<Item = &'a str>) -> Self {
        let mut state: BTreeMap<&str, (bool, bool)> =
            registry.into_iter().map(|code| (code, (true, false))).collect();
        for row in table.units() {
            state.entry(row.unit()).or_default().1 |= row.values().any(|value| value.is_some());
        }
        let mut reporting = Self::default();
        for (code, (expected, reported)) in state {
            match (expected, reported) {
                (true, true) => reporting.reported += 1,
                (true, false) => reporting.missing.push(code.to_owned()),
                (false, true) => reporting.unknown += 1,
                (false, false) => {}
            }
            reporting.expected += u64::from(expected);
        }
        reporting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn totals_leave_total_rows_out_and_add_parts() {
        let table = table(
            "unit,part,registered,voters,#ann,#bob\n1,paper,100,60,30,20\n1,electronic,,5,1,4\n2,,50,20,,20\n=all,,150,85,31,44\n",
        );
        let totals = Totals::of(&table);
        assert_eq!(totals.units, 2);
        assert_eq!(totals.field(field::REGISTERED), Some(150));
        assert_eq!(totals.votes("ann"), Some(31));
        assert_eq!(totals.ranking(), [("bob", 44), ("ann", 31)]);
        assert_eq!(totals.margin().unwrap().votes, 13);
        let turnout = totals.turnout().unwrap();
        assert_eq!((turnout.came, turnout.registered), (85, 150));
        assert_eq!(totals.votes("zoe"), None);
    }

    #[test]
    fn reporting_names_what_is_missing() {
        let table = table("unit,#ann\n1,3\n2,\n9,1\n");
        let reporting = Reporting::of(&table, ["1", "2", "3"]);
        assert_eq!((reporting.expected, reporting.reported, reporting.unknown), (3, 1, 1));
        assert_eq!(reporting.missing, ["2", "3"]);
    }
}
