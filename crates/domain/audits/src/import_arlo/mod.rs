//! A batch-comparison audit that was run in Arlo, from the files that Arlo publishes: the bundles of manifests and of
//! candidate totals, and the audit report. Nobody witnessed when these were committed to, and the record says so.

mod bundle;
mod draws;
mod report;

pub use bundle::{Bundle, Table, read_bundle};
pub use report::{Report, read_report};

use crate::decimal::RiskLimit;
use crate::inputs::Limits;
use crate::inputs::manifest::{self, AuditKind, Manifest};
use crate::inputs::totals::{self, Totals, TotalsBatch, TotalsContest};
use crate::record::{
    Batch, Commitment, Contest, Counted, Decision, Draw, Measured, Method, Record, Round, Sampler, Settings,
};
use report::{RoundRow, Sampled};
use scr_core::{Problem, Severity};
use scr_tabulation::read::{TextReader, cell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Makes a record.
///
/// # Errors
/// Everything that does not fit together (SCR-AUD-143 to -149), and what is wrong with a table ([`manifest::read`],
/// [`totals::read`]).
pub fn import(manifests: &Bundle, totals: &Bundle, report: &Report) -> Result<Record, Vec<Problem>> {
    let mut problems = Vec::new();
    let contests = contests(report, &mut problems);
    let (manifests, totals) = (named(manifests, report), named(totals, report));
    let batches = batches(&manifests, &totals, &contests, &mut problems);
    if !problems.is_empty() {
        return Err(crate::problems::limited(problems));
    }
    let settings = Settings::new(Method::BatchComparison, Sampler::ArloPpeb, 20);
    let mut record = Record::new(&report.title, "Arlo", settings, contests, batches);
    match Commitment::of(&record) {
        Ok(commitment) => record.commitment = commitment,
        Err(error) => problems.push(problem("SCR-AUD-149", &report.file).with("what", error)),
    }
    rounds(&mut record, report, &mut problems);
    if problems.is_empty() { Ok(record) } else { Err(problems) }
}

/// The rows of a table by number, whatever their encoding and length.
fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let Ok(text) = TextReader::new(bytes) else { return Vec::new() };
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let cells = |record: csv::ByteRecord| record.iter().map(|bytes| cell(bytes).into_owned()).collect();
    (1..).zip(reader.into_byte_records().map_while(Result::ok).map(cells)).collect()
}

fn problem(code: &'static str, file: &str) -> Problem {
    Problem::new(code, Severity::Error, file)
}

type Tables<'a> = BTreeMap<String, &'a Table>;

/// Tables by the names that the report has for jurisdictions: in names of folders every blank is a dash.
fn named<'a>(bundle: &'a Bundle, report: &Report) -> Tables<'a> {
    let plain = |name: &str| name.replace(|letter: char| !letter.is_alphanumeric(), "-");
    let known: BTreeMap<String, &str> =
        report.sampled.iter().map(|row| (plain(&row.jurisdiction), row.jurisdiction.as_str())).collect();
    let name =
        |folder: &String| known.get(&plain(folder)).map_or_else(|| folder.clone(), |name| (*name).to_owned());
    bundle.tables.iter().map(|(folder, table)| (name(folder), table)).collect()
}

fn contests(report: &Report, problems: &mut Vec<Problem>) -> Vec<Contest> {
    let limit = RiskLimit::parse(&report.risk_limit);
    let limit = match limit {
        Ok(limit) => limit.to_string(),
        Err(error) => {
            problems.push(*error);
            return Vec::new();
        }
    };
    let of = |row: &report::ContestRow| Contest {
        name: row.name.clone(),
        choices: row.votes.iter().map(|(name, _)| name.clone()).collect(),
        votes: row.votes.iter().map(|(_, votes)| *votes).collect(),
        winners: row.winners,
        votes_allowed: row.votes_allowed,
        ballots: row.ballots,
        pending: row.pending,
        risk_limit: limit.clone(),
        targeted: row.targeted,
        ..Contest::default()
    };
    report.contests.iter().map(of).collect()
}

/// Jurisdictions by name, each with its batches in the order of its totals: the order that the sampler draws from.
fn batches(
    manifests: &Tables<'_>,
    totals: &Tables<'_>,
    contests: &[Contest],
    problems: &mut Vec<Problem>,
) -> Vec<Batch> {
    let named = |contest: &Contest| TotalsContest {
        name: contest.name.clone(),
        choices: contest.choices.clone(),
        votes_allowed: u32::try_from(contest.votes_allowed).unwrap_or(u32::MAX),
    };
    let named: Vec<TotalsContest> = contests.iter().map(named).collect();
    let limits = Limits::default();
    let mut batches = Vec::new();
    for (jurisdiction, table) in totals {
        let Some(said) = manifests.get(jurisdiction) else {
            problems.push(problem("SCR-AUD-143", &table.file).with_value(jurisdiction));
            continue;
        };
        let read = manifest::read(said.bytes.as_slice(), &said.file, AuditKind::BatchComparison, &limits);
        let read = read.and_then(|manifest| {
            let bytes = table.bytes.as_slice();
            let totals = totals::read(bytes, &table.file, &named, Some(&manifest.input), &limits)?;
            Ok((manifest.input, totals.input))
        });
        match read {
            Ok((manifest, totals)) => batches.extend(of_jurisdiction(jurisdiction, &manifest, totals)),
            Err(found) => problems.extend(found),
        }
    }
    batches
}

/// Totals have the batches of the manifest: that was checked when they were read.
fn of_jurisdiction(jurisdiction: &str, manifest: &Manifest, totals: Totals) -> Vec<Batch> {
    let ballots: HashMap<&str, u32> =
        manifest.batches.iter().map(|batch| (batch.name.as_str(), batch.ballots)).collect();
    let batch = |batch: TotalsBatch| Batch {
        jurisdiction: jurisdiction.to_owned(),
        ballots: ballots.get(batch.name.as_str()).copied().unwrap_or(0),
        batch: batch.name,
        votes: batch.votes,
        ..Batch::default()
    };
    totals.batches.into_iter().map(batch).collect()
}

/// The rounds as the report has them. Draws stand in the order in which the seed gives them; what the seed does not
/// give stands after them, so that a check names it.
fn rounds(record: &mut Record, report: &Report, problems: &mut Vec<Problem>) {
    let places: HashMap<(String, String), usize> = record
        .batches
        .iter()
        .enumerate()
        .map(|(at, batch)| ((batch.jurisdiction.clone(), batch.batch.clone()), at))
        .collect();
    let mut sampled = Vec::new();
    for row in &report.sampled {
        match located(row, record, &places) {
            Some(together) => sampled.push((row, together)),
            None => problems.push(
                problem("SCR-AUD-146", &report.file)
                    .at_row(row.row)
                    .in_column("Batch Name")
                    .with_value(&row.batch),
            ),
        }
    }
    let numbers: BTreeSet<u32> = report.rounds.iter().map(|round| round.number).collect();
    for number in numbers.iter().copied() {
        let rows: Vec<&RoundRow> = report.rounds.iter().filter(|round| round.number == number).collect();
        let draws = draws::of_round(record, report, number, &sampled);
        let drawn_before: BTreeSet<usize> =
            record.rounds.iter().flat_map(|round| &round.draws).map(|draw| draw.batch).collect();
        let counted = counted(number, &draws, &drawn_before, &sampled);
        let measured: Vec<Measured> = rows
            .iter()
            .filter_map(|row| {
                let contest = record.contests.iter().position(|contest| contest.name == row.contest)?;
                Some(Measured { contest, p_value: row.p_value.clone(), met: row.met })
            })
            .filter(|measured| !measured.p_value.is_empty())
            .collect();
        let all_met = rows.iter().all(|row| row.met || !row.targeted);
        let decision = if all_met {
            Decision::Stop
        } else if numbers.last() == Some(&number) {
            Decision::Open
        } else {
            Decision::NextRound
        };
        record.rounds.push(Round { measured, decision, ..Round::open(number, &report.seed, draws, counted) });
    }
}

/// The batches that a row stands for: its own, or those that it combines.
fn located(row: &Sampled, record: &Record, places: &HashMap<(String, String), usize>) -> Option<Vec<usize>> {
    let place = |name: &str| places.get(&(row.jurisdiction.clone(), name.to_owned())).copied();
    let Some(list) = row.combined.strip_prefix("Combines ") else {
        return place(&row.batch).map(|at| vec![at]);
    };
    // Names can hold commas: the longest that is a batch counts.
    let parts: Vec<&str> = list.split(", ").collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < parts.len() {
        let (length, place) = (1..=parts.len() - at)
            .rev()
            .find_map(|length| Some((length, place(&parts[at..at + length].join(", "))?)))?;
        found.push(place);
        at += length;
    }
    found.iter().all(|at| *at < record.batches.len()).then_some(found)
}

/// What was counted for this round: what it drew for the first time, and with the first round what is extra.
fn counted(
    number: u32,
    draws: &[Draw],
    before: &BTreeSet<usize>,
    sampled: &[(&Sampled, Vec<usize>)],
) -> Vec<Counted> {
    let mut counted = Vec::new();
    for (row, together) in sampled {
        let own: BTreeSet<usize> = draws
            .iter()
            .map(|draw| draw.batch)
            .filter(|at| together.contains(at) && !before.contains(at))
            .collect();
        let is_extra = row.tickets.is_empty() && number == 1;
        let batches: Vec<usize> =
            if is_extra { together.iter().take(1).copied().collect() } else { own.into_iter().collect() };
        for batch in batches {
            counted.push(Counted {
                batch,
                votes: row.audited.iter().map(|votes| Some(votes.clone())).collect(),
                together: if together.len() > 1 { together.clone() } else { Vec::new() },
                extra: is_extra,
                ..Counted::default()
            });
        }
    }
    counted
}
