//! `RCTab`'s reports as CSV: what stands in them, cell by cell, against our report.

use num_rational::BigRational;
use num_traits::Zero;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of a table by their first cell; those of candidates too.
struct Table {
    rows: BTreeMap<String, Vec<String>>,
    /// The candidates, from the row after `Elected` to the one before `Active Ballots`.
    candidates: Vec<String>,
}

fn parsed(csv: &[u8]) -> Table {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
    let (mut rows, mut candidates, mut inside) = (BTreeMap::new(), Vec::new(), false);
    for row in reader.records() {
        let row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let name = row[0].trim_end_matches('†').to_owned();
        if name == "Active Ballots" {
            inside = false;
        }
        if inside {
            candidates.push(name.clone());
        }
        inside |= name == "Elected";
        rows.insert(name, row);
    }
    Table { rows, candidates }
}

fn number(text: &str) -> BigRational {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{decimals}").parse().unwrap();
    BigRational::new(digits, num_bigint::BigInt::from(10).pow(u32::try_from(decimals.len()).unwrap()))
}

fn given(value: &Value) -> BigRational {
    match value {
        Value::String(text) => number(text),
        Value::Null => BigRational::zero(),
        other => number(&other.to_string()),
    }
}

/// Who was eliminated or elected in a round, sorted.
fn decided(round: &Value, what: &str) -> Vec<String> {
    let list = round["tallyResults"].as_array().unwrap().iter();
    let mut names: Vec<String> = list.filter_map(|one| one[what].as_str().map(str::to_owned)).collect();
    names.sort();
    names
}

/// The percentage of votes with two decimals, the others cut off.
fn percentage(votes: &BigRational, of: &BigRational) -> BigRational {
    let ten_thousand = BigRational::from_integer(10_000.into());
    let hundred = BigRational::from_integer(100.into());
    (votes / of * ten_thousand).trunc() / hundred
}

const INACTIVE: [(&str, &str); 4] = [
    ("Inactive Ballots by Overvotes", "overvotes"),
    ("Inactive Ballots by Skipped Rankings", "skippedRankings"),
    ("Inactive Ballots by Exhausted Choices", "exhaustedChoices"),
    ("Inactive Ballots by Repeated Rankings", "repeatedRankings"),
];

fn inactive(round: &Value, field: &str) -> BigRational {
    given(&round["inactiveBallots"][field])
}

fn all_inactive(round: &Value) -> BigRational {
    INACTIVE.iter().map(|(_, field)| inactive(round, field)).sum()
}

/// Votes of a round; what is above the threshold in the last one is nobody's, and active.
fn active(round: &Value) -> BigRational {
    let votes: BigRational = round["tally"].as_object().unwrap().values().map(given).sum();
    votes + inactive(round, "finalRoundSurplus")
}

/// A comparison under way.
struct Compared {
    table: Table,
    wrong: Vec<String>,
    cells: usize,
}

impl Compared {
    fn check(&mut self, name: &str, at: usize, ours: &BigRational) {
        let theirs = self.table.rows.get(name).and_then(|row| row.get(at)).map_or("", String::as_str);
        let theirs = theirs.trim_end_matches('%');
        self.cells += 1;
        if theirs.is_empty() || number(theirs) != *ours {
            self.wrong.push(format!("{name} {at}: {ours}, expected {theirs:?}"));
        }
    }

    fn check_empty(&mut self, name: &str, at: usize) {
        self.cells += 1;
        if self.is_there(name, at) {
            self.wrong.push(format!("{name} {at}: nothing, expected {:?}", self.table.rows[name][at]));
        }
    }

    /// A threshold; of a precinct or batch the table states none.
    fn threshold(&mut self, name: &str, at: usize, ours: &Value) {
        if ["Precinct", "Batch"].iter().any(|part| self.table.rows.contains_key(*part)) {
            self.check_empty(name, at);
        } else {
            self.check(name, at, &given(ours));
        }
    }

    /// A number of a round, and what it is more in the next.
    fn with_transfer(&mut self, name: &str, at: usize, ours: &BigRational, next: Option<BigRational>) {
        self.check(name, 3 * at + 1, ours);
        let more = next.map_or_else(BigRational::zero, |next| next - ours);
        self.check(name, 3 * at + 3, &more);
    }

    fn is_there(&self, name: &str, at: usize) -> bool {
        self.table.rows.get(name).and_then(|row| row.get(at)).is_some_and(|cell| !cell.is_empty())
    }

    fn summary(&mut self, report: &Value) {
        for (name, field) in [
            ("Total Number of Ballots", "totalNumBallots"),
            ("Number of Undervotes (No Rankings)", "undervotes"),
        ] {
            self.check(name, 1, &given(&report["summary"][field]));
        }
        self.threshold("Final Threshold", 1, &report["summary"]["finalThreshold"]);
        // Of a count in passes, and where candidates are excluded, the table counts those who take part.
        let taking_part = report["results"][0]["tally"].as_object().unwrap().len();
        self.check("Number of Candidates", 1, &number(&taking_part.to_string()));
        // Otherwise: all above a percentage.
        if self.table.rows["Number to be Elected"][1].parse::<u32>().is_ok() {
            self.check("Number to be Elected", 1, &given(&report["summary"]["numWinners"]));
        }
    }

    /// Votes, shares and transfers of a round. Shares are of all that are active in it, or in the first round.
    fn round(&mut self, rounds: &[Value], at: usize, of_first: bool) {
        let (round, next, first) = (&rounds[at], rounds.get(at + 1), &rounds[0]);
        let base = active(if of_first { first } else { round });
        for name in self.table.candidates.clone() {
            let own = given(&round["tally"][&name]);
            self.with_transfer(&name, at, &own, next.map(|next| given(&next["tally"][&name])));
            if base.is_zero() {
                self.check_empty(&name, 3 * at + 2);
            } else {
                self.check(&name, 3 * at + 2, &percentage(&own, &base));
            }
        }
        let votes = 3 * at + 1;
        self.check("Active Ballots", votes, &active(round));
        self.threshold("Current Round Threshold", votes, &round["threshold"]);
        for (name, field) in INACTIVE {
            self.with_transfer(name, at, &inactive(round, field), next.map(|next| inactive(next, field)));
        }
        self.check("Inactive Ballots Total", votes, &all_inactive(round));
        // What transfers lose by rounding: all ballots but those that are active or inactive.
        let lost = active(first) + all_inactive(first) - active(round) - all_inactive(round);
        for (name, ours) in
            [("Residual surplus", lost), ("Final Round Surplus", inactive(round, "finalRoundSurplus"))]
        {
            if self.is_there(name, votes) || !ours.is_zero() {
                self.check(name, votes, &ours);
            }
        }
        for (name, field) in [("Eliminated", "eliminated"), ("Elected", "elected")] {
            let theirs = self.table.rows[name].get(votes).map_or("", String::as_str);
            // A `*` says that a tie was resolved.
            let theirs = theirs.split("; ").map(|name| name.trim_end_matches('*'));
            let mut theirs: Vec<String> = theirs.filter(|name| !name.is_empty()).map(str::to_owned).collect();
            theirs.sort();
            self.cells += 1;
            if theirs != decided(round, field) {
                self.wrong.push(format!("{name} {at}: {:?}, expected {theirs:?}", decided(round, field)));
            }
        }
    }
}

/// Each cell that is not what our report says, with how many cells were compared.
pub(crate) fn differences(report: &Value, csv: &[u8], of_first: bool) -> (Vec<String>, usize) {
    let mut compared = Compared { table: parsed(csv), wrong: Vec::new(), cells: 0 };
    compared.summary(report);
    let rounds = report["results"].as_array().unwrap();
    (0..rounds.len()).for_each(|at| compared.round(rounds, at, of_first));
    (compared.wrong, compared.cells)
}
