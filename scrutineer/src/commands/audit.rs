//! `scrutineer audit …`: audits from files, without a server.

use super::audit_inputs::{self, CheckArgs};
use super::audit_record::{RecordArgs, assess, check};
use super::{listed, write_new};
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use scr_audits::import_arlo::{Bundle, import, read_bundle, read_report};
use scr_audits::sample::inputs;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Bytes of a report or a bundle, at most.
const MAX_FILE: u64 = 512 << 20;

/// Audits from files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// How many ballots an audit will look at, with its distribution.
    Plan(Box<super::audit_plan::Args>),
    /// Read what an audit starts from, and say everything that is wrong with it.
    #[command(
        after_help = "Examples:\n  scrutineer audit check --manifest Adams=manifest.csv --cvr Adams=CVR_Export.csv --contests contests.csv\n  scrutineer audit check --manifest Adams=manifest.csv --totals Adams=totals.csv --jurisdictions jurisdictions.csv\n\nEvery problem of every file is told at once. Nearly equal names are proposed, never taken."
    )]
    Check(Box<CheckArgs>),
    /// Draw a sample again from its inputs.
    #[command(
        after_help = "Example:\n  scrutineer audit sample sampler-inputs.json\n\nThe inputs name sampler, seed, what is drawn from and the size of each round; the list follows from them alone."
    )]
    Sample {
        /// The inputs (docs/schemas/sampler-inputs.schema.json).
        inputs: PathBuf,
    },
    /// Check an audit from its record alone: commitments, order, samples, counts and risk.
    #[command(
        after_help = "Examples:\n  scrutineer audit verify record.json\n  scrutineer audit verify record.json --cvrs cvrs.columns --policy trusted.policy\n\nExit status 1 and the first deviation first, when something does not agree. That nobody witnessed the\norder of commitment and seed is said apart, and is no deviation."
    )]
    Verify(RecordArgs),
    /// Compute the risk of each contest after each round of a record.
    #[command(after_help = "Example:\n  scrutineer audit assess record.json")]
    Assess(RecordArgs),
    /// Make a record of a batch comparison that was run in Arlo, from the files that Arlo publishes.
    #[command(
        after_help = "Example:\n  scrutineer audit import-arlo --manifests manifests_bundle.zip --totals candidate_totals_bundle.zip \\\n    --report final_audit_report.csv --out record.json"
    )]
    ImportArlo {
        /// The bundle of ballot manifests.
        #[arg(long)]
        manifests: PathBuf,
        /// The bundle of candidate totals by batch.
        #[arg(long)]
        totals: PathBuf,
        /// The audit report.
        #[arg(long)]
        report: PathBuf,
        /// Where the record goes; a file that is there is left alone.
        #[arg(long)]
        out: PathBuf,
    },
    /// What a program does with an audit on a server, with a token.
    #[command(subcommand)]
    Desk(Box<super::audit_desk::Command>),
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Plan(args) => super::audit_plan::run(args),
        Command::Check(args) => audit_inputs::check(args),
        Command::Sample { inputs } => sample(inputs),
        Command::Verify(args) => check(args),
        Command::Assess(args) => assess(args),
        Command::Desk(command) => super::audit_desk::run(command),
        Command::ImportArlo { manifests, totals, report, out } => import_arlo(manifests, totals, report, out),
    }
}

fn sample(path: &Path) -> Result<Outcome, Problem> {
    let name = path.display().to_string();
    let refused =
        |problems: Vec<scr_core::Problem>| listed(&format!("{name} cannot be drawn from"), &problems);
    let inputs = inputs::read(&read_bytes(path, MAX_FILE)?, &name).map_err(refused)?;
    let drawn = inputs::draw(&inputs, &name).map_err(refused)?;
    let mut text = String::new();
    for draw in &drawn {
        let item = match &draw.item {
            inputs::Item::Ballot { jurisdiction, tabulator, batch, position } => {
                let tabulator = tabulator.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
                format!("{jurisdiction}{tabulator} {batch} ballot {position}")
            }
            inputs::Item::Batch { jurisdiction, batch } => format!("{jurisdiction} {batch}"),
            inputs::Item::CountyCard { county, card } => format!("county {county} card {card}"),
            inputs::Item::Name { name } => name.clone(),
        };
        let ticket = draw.ticket.as_deref().unwrap_or("-");
        let _ = writeln!(text, "round {} draw {}  {ticket}  {item}", draw.round, draw.draw);
    }
    let _ = writeln!(text, "{} draws.", drawn.len());
    Ok(Outcome::done(text, json!({ "draws": drawn })))
}

fn import_arlo(manifests: &Path, totals: &Path, report: &Path, out: &Path) -> Result<Outcome, Problem> {
    let what = "the audit cannot be imported";
    let bundle = |path: &Path| -> Result<Bundle, Problem> {
        let file = std::fs::File::open(path)
            .map_err(|error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display())))?;
        read_bundle(file, &path.display().to_string()).map_err(|problems| listed(what, &problems))
    };
    let (manifests, totals) = (bundle(manifests)?, bundle(totals)?);
    let name = report.display().to_string();
    let report =
        read_report(&read_bytes(report, MAX_FILE)?, &name).map_err(|problems| listed(what, &problems))?;
    let record = import(&manifests, &totals, &report).map_err(|problems| listed(what, &problems))?;
    let bytes = serde_json::to_vec_pretty(&record).map_err(|error| Problem::fault("SCR-CLI-104", error))?;
    write_new(out, |file| file.write_all(&bytes))?;
    let root = record.commitment.root.to_hex();
    let text = format!(
        "{}: {} batches, {} rounds, {} draws.\nSHA-256 over all that was fixed before the seed: {root}\nThe record is {}. Check it with: scrutineer audit verify {}\n",
        record.title,
        record.batches.len(),
        record.rounds.len(),
        record.rounds.iter().map(|round| round.draws.len()).sum::<usize>(),
        out.display(),
        out.display()
    );
    Ok(Outcome::done(text, json!({ "record": out.display().to_string(), "root": root })))
}
