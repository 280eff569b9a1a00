//! Arlo's audit report: sections of a CSV, each under a line `######## NAME ########`.

use super::problem;
use scr_core::Problem;
use scr_tabulation::read::numbered;
use std::collections::BTreeMap;

/// A report.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Where it stood.
    pub file: String,
    /// What the audit is called.
    pub title: String,
    /// As a percentage.
    pub risk_limit: String,
    /// The seed.
    pub seed: String,
    /// The contests.
    pub contests: Vec<ContestRow>,
    /// A row for each round and contest.
    pub rounds: Vec<RoundRow>,
    /// The batches that were counted.
    pub sampled: Vec<Sampled>,
}

/// A contest.
#[derive(Debug, Clone, Default)]
pub struct ContestRow {
    /// Its name.
    pub name: String,
    /// Whether it is targeted.
    pub targeted: bool,
    /// How many win.
    pub winners: usize,
    /// How many choices a voter may mark.
    pub votes_allowed: u64,
    /// Ballots cast.
    pub ballots: u64,
    /// Ballots not counted yet.
    pub pending: u64,
    /// Choices with their votes.
    pub votes: Vec<(String, u64)>,
}

/// What a round came to in a contest.
#[derive(Debug, Clone, Default)]
pub struct RoundRow {
    /// The round.
    pub number: u32,
    /// The contest.
    pub contest: String,
    /// Whether it is targeted.
    pub targeted: bool,
    /// Whether its limit was met.
    pub met: bool,
    /// The measured risk as printed.
    pub p_value: String,
}

/// A batch that was counted.
#[derive(Debug, Clone, Default)]
pub struct Sampled {
    /// The row of the report.
    pub row: u64,
    /// Whose batch.
    pub jurisdiction: String,
    /// Its name.
    pub batch: String,
    /// Round and ticket of each draw with the place of the contest that it was for; none: the batch is extra.
    pub tickets: Vec<(u32, String, usize)>,
    /// Counted votes of each choice of each contest, in the order of the contests.
    pub audited: Vec<Vec<u64>>,
    /// `Combines A, B` where batches could not be told apart.
    pub combined: String,
}

type Row = (u64, BTreeMap<String, String>);

/// Reads a report.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-151, -152).
pub fn read_report(bytes: &[u8], file: &str) -> Result<Report, Vec<Problem>> {
    let sections = sections(bytes);
    let mut problems = Vec::new();
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let empty = Vec::new();
    let of = |name: &str| sections.get(name).unwrap_or(&empty);
    let missing = ["CONTESTS", "AUDIT SETTINGS", "ROUNDS", "SAMPLED BATCHES"]
        .into_iter()
        .filter(|name| of(name).is_empty());
    problems.extend(missing.map(|name| problem("SCR-AUD-151", file).with_value(name)));
    let mut read = Fields { file, problems: &mut problems };
    if let Some((row, settings)) = of("AUDIT SETTINGS").first() {
        report.title = read.text(*row, settings, "Audit Name");
        report.risk_limit = read.text(*row, settings, "Risk Limit");
        report.seed = read.text(*row, settings, "Random Seed");
    }
    report.contests = of("CONTESTS").iter().map(|(row, cells)| read.contest(*row, cells)).collect();
    report.rounds = of("ROUNDS")
        .iter()
        .map(|(row, cells)| RoundRow {
            number: u32::try_from(read.number(*row, cells, "Round Number")).unwrap_or(u32::MAX),
            contest: read.text(*row, cells, "Contest Name"),
            targeted: read.text(*row, cells, "Targeted?") == "Targeted",
            met: read.text(*row, cells, "Risk Limit Met?") == "Yes",
            p_value: read.text(*row, cells, "P-Value"),
        })
        .collect();
    for (row, cells) in of("SAMPLED BATCHES") {
        if cells.get("Jurisdiction Name").is_some_and(|name| name == "Totals") {
            continue;
        }
        report.sampled.push(read.sampled(*row, cells, &report.contests));
    }
    if problems.is_empty() { Ok(report) } else { Err(problems) }
}

/// Each section's rows by the names of its columns.
fn sections(bytes: &[u8]) -> BTreeMap<String, Vec<Row>> {
    let mut sections: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let (mut now, mut head): (Option<String>, Vec<String>) = (None, Vec::new());
    for (row, cells) in super::rows(bytes) {
        let first = cells.first().map(String::as_str).unwrap_or_default();
        if let Some(name) = first.strip_prefix("######## ").and_then(|rest| rest.strip_suffix(" ########")) {
            now = Some(name.to_owned());
            head.clear();
        } else if cells.iter().all(String::is_empty) {
            continue;
        } else if head.is_empty() {
            head = cells;
        } else if let Some(name) = &now {
            let named = head.iter().cloned().zip(cells).filter(|(name, _)| !name.is_empty()).collect();
            sections.entry(name.clone()).or_default().push((row, named));
        }
    }
    sections
}

struct Fields<'a> {
    file: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Fields<'_> {
    fn text(&mut self, row: u64, cells: &BTreeMap<String, String>, column: &str) -> String {
        cells.get(column).cloned().unwrap_or_else(|| {
            self.wrong(row, column, "");
            String::new()
        })
    }

    fn number(&mut self, row: u64, cells: &BTreeMap<String, String>, column: &str) -> u64 {
        let text = self.text(row, cells, column);
        numbered(&text).unwrap_or_else(|| {
            self.wrong(row, column, &text);
            0
        })
    }

    fn wrong(&mut self, row: u64, column: &str, value: &str) {
        if self.problems.len() < 200 {
            self.problems
                .push(problem("SCR-AUD-152", self.file).at_row(row).in_column(column).with_value(value));
        }
    }

    fn contest(&mut self, row: u64, cells: &BTreeMap<String, String>) -> ContestRow {
        let totals = self.text(row, cells, "Vote Totals");
        ContestRow {
            name: self.text(row, cells, "Contest Name"),
            targeted: self.text(row, cells, "Targeted?") == "Targeted",
            winners: usize::try_from(self.number(row, cells, "Number of Winners")).unwrap_or(usize::MAX),
            votes_allowed: self.number(row, cells, "Votes Allowed"),
            ballots: self.number(row, cells, "Total Ballots Cast"),
            pending: cells.get("Pending Ballots").and_then(|text| numbered(text)).unwrap_or(0),
            votes: results(&totals).unwrap_or_else(|| {
                self.wrong(row, "Vote Totals", &totals);
                Vec::new()
            }),
        }
    }

    fn sampled(&mut self, row: u64, cells: &BTreeMap<String, String>, contests: &[ContestRow]) -> Sampled {
        let mut audited = Vec::new();
        for contest in contests {
            let column = format!("Audit Results: {}", contest.name);
            let text = self.text(row, cells, &column);
            let found = results(&text).unwrap_or_default();
            let votes: Option<Vec<u64>> = contest
                .votes
                .iter()
                .map(|(name, _)| found.iter().find(|(known, _)| known == name).map(|(_, votes)| *votes))
                .collect();
            audited.push(votes.unwrap_or_else(|| {
                self.wrong(row, &column, &text);
                vec![0; contest.votes.len()]
            }));
        }
        let mut drawn = Vec::new();
        for (at, contest) in contests.iter().enumerate() {
            let text = cells.get(&format!("Ticket Numbers: {}", contest.name)).map_or("", String::as_str);
            drawn.extend(tickets(text).into_iter().map(|(round, ticket)| (round, ticket, at)));
        }
        Sampled {
            row,
            tickets: drawn,
            audited,
            jurisdiction: self.text(row, cells, "Jurisdiction Name"),
            batch: self.text(row, cells, "Batch Name"),
            combined: cells.get("Combined Batch").cloned().unwrap_or_default(),
        }
    }
}

/// `Ann: 12; Ben (Ind): 7`. Names can hold semicolons and colons.
fn results(text: &str) -> Option<Vec<(String, u64)>> {
    let (mut found, mut open) = (Vec::new(), String::new());
    for part in text.split("; ") {
        if !open.is_empty() {
            open.push_str("; ");
        }
        open.push_str(part);
        if let Some((name, votes)) = open.rsplit_once(": ")
            && let Some(votes) = numbered(votes)
        {
            found.push((name.to_owned(), votes));
            open.clear();
        }
    }
    (open.is_empty() && !found.is_empty()).then_some(found)
}

/// `Round 1: 0.12, 0.34, Round 2: 0.56`; `EXTRA` is none.
fn tickets(text: &str) -> Vec<(u32, String)> {
    let (mut round, mut found) = (1, Vec::new());
    for part in text.split([',', ';']).map(str::trim) {
        let ticket = match part.strip_prefix("Round ").and_then(|rest| rest.split_once(": ")) {
            Some((number, ticket)) => {
                round = number.parse().unwrap_or(round);
                ticket
            }
            None => part,
        };
        if ticket.starts_with("0.") {
            found.push((round, ticket.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_tickets_are_taken_apart() {
        let names = |text: &str| results(text);
        assert_eq!(
            names("A: B; C: 1; D; E: 2"),
            Some(vec![("A: B; C".to_owned(), 1), ("D; E".to_owned(), 2)])
        );
        assert_eq!((names(""), names("A: x")), (None, None));
        assert_eq!(
            tickets("Round 1: 0.12, 0.34, Round 2: 0.56"),
            [(1, "0.12".to_owned()), (1, "0.34".to_owned()), (2, "0.56".to_owned())]
        );
        assert!(tickets("Round 1: EXTRA").is_empty());
    }
}
