//! The report of an audit in the sections and columns that users of Arlo know, so that their spreadsheets and scripts
//! read it: ELECTION INFO, CONTESTS, CONTEST NAME STANDARDIZATIONS, AUDIT SETTINGS, AUDIT BOARDS, ROUNDS, SAMPLED
//! BATCHES or SAMPLED BALLOTS (as in the reports that Georgia publishes of its audits).
//!
//! Nothing is computed here but sums and differences: risks stand there as the record has them.

mod units;

use super::paper::safe;
use crate::decimal::RiskLimit;
use crate::record::{Contest, Decision, Measured, Method, Record, Round};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a report says beside the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// Who audits.
    pub organization: String,
    /// What is audited.
    pub election: String,
    /// Where.
    pub state: String,
    /// Whether boards enter what they read here.
    pub online: bool,
    /// For each round when it began and ended, as texts; empty: it has not.
    pub times: Vec<(String, String)>,
    /// The boards.
    pub boards: Vec<Board>,
    /// Where each batch of the record lies, where the manifest says so.
    pub containers: Vec<Option<String>>,
    /// Names of batches that were counted together, by the batch that the record counts them under.
    pub combined: BTreeMap<usize, String>,
}

/// A board with its members, where they agreed to be named: name and party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Whose.
    pub jurisdiction: String,
    /// What it is called.
    pub name: String,
    /// At most two members.
    pub members: Vec<(String, String)>,
}

/// A section: its columns and its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What stands between the number signs.
    pub name: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl Section {
    fn new(name: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { name: name.to_owned(), columns, rows: Vec::new() }
    }
}

/// The sections of an audit; those that say nothing are left out.
pub fn sections(record: &Record, facts: &Facts) -> Vec<Section> {
    let mut info = Section::new("ELECTION INFO", &["Organization", "Election Name", "State"]);
    info.rows.push(vec![safe(&facts.organization), safe(&facts.election), safe(&facts.state)]);
    let mut sections = vec![info, contests(record)];
    if !record.names.is_empty() {
        let columns = ["Jurisdiction", "Contest Name", "CVR Contest Name"];
        let mut names = Section::new("CONTEST NAME STANDARDIZATIONS", &columns);
        let rows = record.names.iter();
        names.rows =
            rows.map(|one| vec![safe(&one.jurisdiction), safe(&one.standard), safe(&one.used)]).collect();
        sections.push(names);
    }
    sections.push(settings(record, facts));
    if !facts.boards.is_empty() {
        sections.push(boards(facts));
    }
    sections.push(rounds(record, facts));
    sections.push(if is_batches(record) {
        units::batches(record, facts)
    } else {
        units::ballots(record, facts)
    });
    sections
}

/// The sections as one CSV, each under a line `######## NAME ########`, an empty line between them.
pub fn csv(sections: &[Section]) -> Vec<u8> {
    let mut text = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        if at > 0 {
            text.extend_from_slice(b"\r\n");
        }
        text.extend_from_slice(format!("######## {} ########\r\n", section.name).as_bytes());
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in std::iter::once(&section.columns).chain(&section.rows) {
            // Writing to a vector cannot fail, and all rows have the same columns.
            let _ = csv.write_record(row);
        }
        text.extend_from_slice(&csv.into_inner().unwrap_or_default());
    }
    text
}

fn is_batches(record: &Record) -> bool {
    record.settings.method.draws_batches()
}

fn targeted(contest: &Contest) -> &'static str {
    if contest.targeted { "Targeted" } else { "Opportunistic" }
}

fn yes(is: bool) -> String {
    if is { "Yes" } else { "No" }.to_owned()
}

/// `A: 12; B: 7`.
fn votes(contest: &Contest, votes: &[u64]) -> String {
    let each = contest.choices.iter().zip(votes);
    safe(&each.map(|(choice, votes)| format!("{choice}: {votes}")).collect::<Vec<_>>().join("; "))
}

fn contests(record: &Record) -> Section {
    let mut columns = vec![
        "Contest Name",
        "Targeted?",
        "Number of Winners",
        "Votes Allowed",
        "Total Ballots Cast",
        "Vote Totals",
    ];
    if is_batches(record) {
        columns.extend(["Vote Totals from Batches", "Pending Ballots"]);
    }
    let mut section = Section::new("CONTESTS", &columns);
    for (at, contest) in record.contests.iter().enumerate() {
        let mut row = vec![
            safe(&contest.name),
            targeted(contest).to_owned(),
            contest.winners.to_string(),
            contest.votes_allowed.to_string(),
            contest.ballots.to_string(),
            votes(contest, &contest.votes),
        ];
        if is_batches(record) {
            let all: Vec<usize> = (0..record.batches.len()).collect();
            row.extend([votes(contest, &reported(record, at, &all)), contest.pending.to_string()]);
        }
        section.rows.push(row);
    }
    section
}

/// Votes of these batches for each choice of a contest.
fn reported(record: &Record, contest: usize, batches: &[usize]) -> Vec<u64> {
    let choices = record.contests.get(contest).map_or(0, |contest| contest.choices.len());
    let mut sums = vec![0_u64; choices];
    for batch in batches.iter().filter_map(|at| record.batches.get(*at)) {
        add(&mut sums, batch.votes.get(contest).into_iter().flatten());
    }
    sums
}

fn add<'a>(sums: &mut [u64], votes: impl IntoIterator<Item = &'a u64>) {
    sums.iter_mut().zip(votes).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
}

fn settings(record: &Record, facts: &Facts) -> Section {
    let columns =
        ["Audit Name", "Audit Type", "Audit Math Type", "Risk Limit", "Random Seed", "Online Data Entry?"];
    let mut section = Section::new("AUDIT SETTINGS", &columns);
    let seeds: Vec<&str> = record.rounds.iter().map(|round| round.seed.as_str()).collect();
    let first = seeds.first().copied().unwrap_or_default();
    let same = seeds.iter().all(|seed| *seed == first);
    let numbered = |round: &Round| format!("Round {}: {}", round.number, round.seed);
    let seed = if same {
        first.to_owned()
    } else {
        record.rounds.iter().map(numbered).collect::<Vec<_>>().join("; ")
    };
    section.rows.push(vec![
        safe(&record.title),
        // Its name in the record, as Arlo writes names: BATCH_COMPARISON.
        serde_json::to_value(record.settings.method)
            .ok()
            .and_then(|name| name.as_str().map(|name| name.replace('-', "_").to_uppercase()))
            .unwrap_or_default(),
        math(record.settings.method).to_owned(),
        limits(record),
        safe(&seed),
        yes(facts.online),
    ]);
    section
}

/// Arlo's name of the mathematics, where it has one.
fn math(method: Method) -> &'static str {
    match method {
        Method::BatchComparison => "MACRO",
        Method::BallotComparison | Method::BallotComparisonColorado => "SUPERSIMPLE",
        Method::BallotPolling => "BRAVO",
        Method::Minerva => "MINERVA",
        Method::Providence => "PROVIDENCE",
        Method::Hybrid => "SUITE",
        Method::AssertionPolling | Method::AssertionComparison => "SHANGRLA",
    }
}

/// `5%`, or with each contest where they have different limits.
fn limits(record: &Record) -> String {
    let percent = |contest: &Contest| match RiskLimit::parse(&contest.risk_limit) {
        Ok(limit) => percentage(limit.exact()),
        Err(_) => contest.risk_limit.clone(),
    };
    let distinct: BTreeSet<String> = record.contests.iter().map(percent).collect();
    if distinct.len() == 1 {
        return distinct.into_iter().collect();
    }
    let each = record.contests.iter().map(|contest| format!("{}: {}", contest.name, percent(contest)));
    safe(&each.collect::<Vec<_>>().join("; "))
}

/// An exact decimal as a percentage, without zeros at the end: 1/40 is `2.5%`.
fn percentage(limit: &BigRational) -> String {
    let scaled = limit * BigInt::from(10).pow(20);
    let digits = format!("{:0>21}", scaled.to_integer());
    let (whole, places) = digits.split_at(digits.len() - 18);
    let (whole, places) = (whole.trim_start_matches('0'), places.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if places.is_empty() { format!("{whole}%") } else { format!("{whole}.{places}%") }
}

fn boards(facts: &Facts) -> Section {
    let columns = [
        "Jurisdiction Name",
        "Audit Board Name",
        "Member 1 Name",
        "Member 1 Affiliation",
        "Member 2 Name",
        "Member 2 Affiliation",
    ];
    let mut section = Section::new("AUDIT BOARDS", &columns);
    for board in &facts.boards {
        let mut row = vec![safe(&board.jurisdiction), safe(&board.name)];
        for at in 0..2 {
            let (name, party) = board.members.get(at).cloned().unwrap_or_default();
            row.extend([safe(&name), safe(&party)]);
        }
        section.rows.push(row);
    }
    section
}

/// A row for each round and contest. An abandoned round has no risk; its row says so.
fn rounds(record: &Record, facts: &Facts) -> Section {
    let mut columns = vec![
        "Round Number",
        "Contest Name",
        "Targeted?",
        "Sample Size",
        "Risk Limit Met?",
        "P-Value",
        "Start Time",
        "End Time",
        "Audited Votes",
    ];
    if is_batches(record) {
        columns.extend(["Batches Sampled", "Ballots Sampled", "Reported Votes"]);
    }
    let mut section = Section::new("ROUNDS", &columns);
    for (at, round) in record.rounds.iter().enumerate() {
        let (start, end) = facts.times.get(at).cloned().unwrap_or_default();
        for (place, contest) in record.contests.iter().enumerate() {
            let measured = round.measured.iter().find(|one| one.contest == place);
            let mut row = vec![
                round.number.to_string(),
                safe(&contest.name),
                targeted(contest).to_owned(),
                if contest.targeted { units::draws_for(round, place).to_string() } else { String::new() },
                yes(measured.is_some_and(|one| one.met)),
                p_value(round, measured),
                start.clone(),
                end.clone(),
                votes(contest, &units::audited(record, round, place)),
            ];
            if is_batches(record) {
                let counted = units::counted_batches(round);
                let ballots = counted.iter().filter_map(|at| record.batches.get(*at));
                row.push(counted.len().to_string());
                row.push(ballots.map(|batch| u64::from(batch.ballots)).sum::<u64>().to_string());
                row.push(votes(contest, &reported(record, place, &counted)));
            }
            section.rows.push(row);
        }
    }
    section
}

fn p_value(round: &Round, measured: Option<&Measured>) -> String {
    match measured {
        Some(one) => one.p_value.clone(),
        None if round.decision == Decision::Abandoned => "ABANDONED".to_owned(),
        None => String::new(),
    }
}
