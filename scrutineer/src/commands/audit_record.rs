//! `scrutineer audit verify` and `assess`: an audit checked again from its record.

use crate::outcome::{Outcome, Problem};
use crate::source::{read_bytes, trust};
use scr_audits::record::{MAX_RECORD, Published, Record};
use scr_audits::verify::{Cvrs, Deviation, Order, Report, Standing, verify_with};
use scr_tabulation::cvr::columns::{Columns, MAX_BLOB};
use scr_verify::Trust;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A record and what it is checked with.
#[derive(clap::Args)]
pub(crate) struct RecordArgs {
    /// The record.
    record: PathBuf,
    /// CVRs as columns that the record names by their SHA-256. May be given more than once.
    #[arg(long)]
    cvrs: Vec<PathBuf>,
    /// A C2SP tlog-policy: whom you trust for when commitment and seeds were published.
    #[arg(long, conflicts_with = "vkey")]
    policy: Option<PathBuf>,
    /// A key of a log that you trust, or a file of such keys. May be given more than once.
    #[arg(long)]
    vkey: Vec<String>,
}

/// What the proofs of commitment and seeds say.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Proofs {
    /// The record has none for some of them.
    Missing,
    /// They are there, and nobody said whom to trust.
    NotChecked,
    /// Each holds.
    Hold,
    /// One does not hold.
    Fail,
}

fn read_record(path: &Path) -> Result<Record, Problem> {
    let bytes = read_bytes(path, MAX_RECORD as u64)?;
    Record::read(&bytes).map_err(|error| {
        let text = error.to_string();
        let (code, detail) = text.split_once(' ').unwrap_or(("SCR-AUD-111", &text));
        Problem::input(code, format!("{}: {detail}", path.display()))
    })
}

/// Columns by the hash of their bytes.
fn read_cvrs(paths: &[PathBuf]) -> Result<Cvrs, Problem> {
    let mut cvrs = Cvrs::new();
    for path in paths {
        let bytes = read_bytes(path, MAX_BLOB)?;
        let columns = Columns::read(&bytes).map_err(|error| {
            Problem::input("SCR-CVR-003", format!("{}: {}", path.display(), error.what))
                .help("give the columns that `scrutineer cvr import` has written")
        })?;
        cvrs.insert(scr_canon::sha256(&bytes), columns);
    }
    Ok(cvrs)
}

pub(crate) fn check(args: &RecordArgs) -> Result<Outcome, Problem> {
    check_file(&args.record, &args.cvrs, (args.policy.as_deref(), &args.vkey))
}

/// Checks the record in a file, with CVRs that it names and the policy or keys that the reader trusts.
pub(super) fn check_file(
    path: &Path,
    cvrs: &[PathBuf],
    (policy, keys): (Option<&Path>, &[String]),
) -> Result<Outcome, Problem> {
    let record = read_record(path)?;
    let trust = trust(policy, keys, None)?;
    let mut report = verify_with(&record, &read_cvrs(cvrs)?);
    let proofs = proofs(&record, &trust, &mut report);
    let mut text = String::new();
    let (rounds, batches) = (record.rounds.len(), record.batches.len());
    line(&mut text, &format!("{}: {rounds} rounds, {batches} batches.", record.title));
    risks(&record, &report, &mut text);
    stands(&record, &report, &mut text);
    text.push_str(match (report.order, proofs) {
        (Order::Wrong, _) => "Order: a seed was published before the commitment.\n",
        (Order::NotWitnessed, _) => "Order: nobody witnessed that the commitment was published before the seed.\n",
        (Order::Witnessed, Proofs::Hold) => "Order: the log proves that the commitment was published before each seed.\n",
        (Order::Witnessed, Proofs::NotChecked) => "Order: by its entries in the log the commitment was published before each seed. Their proofs are in the record; give --policy or --vkey to check them.\n",
        (Order::Witnessed, Proofs::Missing) => "Order: by the log entries that the record names, the commitment was published before each seed; look these entries up.\n",
        (Order::Witnessed, Proofs::Fail) => "Order: the record shows proofs of when commitment and seeds were published that do not hold.\n",
    });
    for notice in &report.notices {
        line(&mut text, &format!("Look at this: {}", words(notice)));
    }
    if report.agrees() {
        text.push_str("Everything that can be computed from the record agrees with it.\n");
        return Ok(Outcome::done(text, json!({ "agrees": true, "proofs": proofs, "report": report })));
    }
    let _ = writeln!(text, "{} things do not agree; the first:", report.deviations.len());
    for deviation in report.deviations.iter().take(20) {
        line(&mut text, &format!("  {}", words(deviation)));
    }
    if report.deviations.len() > 20 {
        let _ = writeln!(text, "  … and {} more (--json lists them)", report.deviations.len() - 20);
    }
    Ok(Outcome::done(text, json!({ "agrees": false, "proofs": proofs, "report": report })).answering_no())
}

/// Adds one line, whatever a record says: what would begin another, or turn the direction of the text, cannot.
fn line(text: &mut String, of: &str) {
    let misleading = |letter: char| {
        letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.extend(
        of.chars().map(|letter| if misleading(letter) { char::REPLACEMENT_CHARACTER } else { letter }),
    );
    text.push('\n');
}

fn words(one: &Deviation) -> String {
    let round = one.round.map(|round| format!(" round {round}:")).unwrap_or_default();
    format!("{}{round} {}", one.code, one.what)
}

/// Checks the proofs of commitment, versions and seeds against what the record says of them.
fn proofs(record: &Record, trust: &Trust, report: &mut Report) -> Proofs {
    let committed = record.commitment.published.as_ref().map(|published| (None, published));
    let versions = record.versions.iter().filter_map(|version| Some((None, version.published.as_ref()?)));
    let seeds = record.rounds.iter().filter_map(|round| Some((Some(round.number), round.seeded.as_ref()?)));
    let all: Vec<(Option<u32>, &Published)> = committed.into_iter().chain(versions).chain(seeds).collect();
    let with_proof = all.iter().filter(|(_, published)| published.evidence.is_some()).count();
    if matches!(trust, Trust::Nobody) {
        return if with_proof == all.len() && !all.is_empty() { Proofs::NotChecked } else { Proofs::Missing };
    }
    let mut failed = false;
    for (round, published) in &all {
        if let Err(what) = proven(published, trust) {
            failed = true;
            let code = "SCR-AUD-137".to_owned();
            report.deviations.push(Deviation { code, round: *round, what });
        }
    }
    match (failed, with_proof == all.len() && !all.is_empty()) {
        (true, _) => Proofs::Fail,
        (false, true) => Proofs::Hold,
        (false, false) => Proofs::Missing,
    }
}

/// Whether a log that the reader trusts has this entry where and when the record says.
fn proven(published: &Published, trust: &Trust) -> Result<(), String> {
    let Some(evidence) = &published.evidence else { return Ok(()) };
    let entry = evidence.entry.as_bytes();
    let proof = scr_verify::verify_proof(&evidence.proof, Some(entry), trust)
        .map_err(|error| format!("the proof of entry {} does not hold: {error}", published.index))?;
    let at = proof.entry.as_ref().map(|entry| entry.at.as_str());
    if (proof.origin.as_str(), proof.index, at)
        != (published.origin.as_str(), published.index, Some(published.at.as_str()))
    {
        return Err(format!(
            "the record says entry {} of {} at {}; its proof is of entry {} of {} at {}",
            published.index,
            published.origin,
            published.at,
            proof.index,
            proof.origin,
            at.unwrap_or("no time")
        ));
    }
    Ok(())
}

/// Where the audit stands.
fn stands(record: &Record, report: &Report, text: &mut String) {
    if !report.abandoned.is_empty() {
        let rounds: Vec<String> = report.abandoned.iter().map(u32::to_string).collect();
        let _ =
            writeln!(text, "Given up, and no part of the risk: round {}. Ask why.", rounds.join(", round "));
    }
    text.push_str(match report.standing {
        Standing::Committed => "No round yet.\n",
        Standing::Stopped => "The audit has ended.\n",
        Standing::FullHandCount => "The audit ended in a full hand count.\n",
        Standing::Running => "The audit has not ended: the last round is not the end of it.\n",
    });
    for count in &record.full_counts {
        let Some(contest) = record.contests.get(count.contest) else { continue };
        let name = |at: &u16| contest.choices.get(usize::from(*at)).map_or("?", String::as_str);
        let winners: Vec<&str> = count.winners.iter().map(name).collect();
        line(text, &format!("  by hand, {}: {}", contest.name, winners.join(", ")));
    }
}

fn risks(record: &Record, report: &Report, text: &mut String) {
    for round in &report.rounds {
        for (contest, p_value) in record.contests.iter().zip(&round.p_values) {
            let p_value = p_value.as_deref().unwrap_or("cannot be measured");
            let (number, draws) = (round.number, round.draws);
            let (name, limit) = (&contest.name, &contest.risk_limit);
            line(
                text,
                &format!("  round {number}, {name}: risk {p_value} after {draws} draws (limit {limit})"),
            );
        }
    }
}

pub(crate) fn assess(args: &RecordArgs) -> Result<Outcome, Problem> {
    let record = read_record(&args.record)?;
    let report = verify_with(&record, &read_cvrs(&args.cvrs)?);
    let mut text = String::new();
    risks(&record, &report, &mut text);
    for (round, assertions) in report
        .rounds
        .iter()
        .flat_map(|round| round.assertions.iter().map(move |assertions| (round.number, assertions)))
    {
        for one in assertions {
            line(&mut text, &format!("    round {round}: {} — risk {}", one.claim, one.p_value));
        }
    }
    if report.rounds.is_empty() {
        text.push_str("No round can be measured; `scrutineer audit verify` says why.\n");
    }
    Ok(Outcome::done(text, json!({ "rounds": report.rounds })))
}
