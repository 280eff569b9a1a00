//! Ranked ballots: a configuration of RCTab with its sources, counted under its rules.

use super::listed;
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use scr_tabulation::ranked::config::{self, Config, Provider, Source};
use scr_tabulation::ranked::{self, Gather, RankedError, workbook};
use scr_tabulation::read::dominion_json::{Options, WhichMarks};
use scr_tabulation::read::{Limits, cdf, clear_ballot, dominion_json, hart, rctab_csv};
use serde_json::json;
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::Path;

/// Bytes of a configuration, at most.
const MAX_CONFIG: u64 = 16 << 20;

/// Counts what a configuration names. `drawn`: who was drawn by lot, in the order in which lots are needed.
pub(crate) fn tabulate(path: &Path, drawn: &[String]) -> Result<Outcome, Problem> {
    let name = path.display().to_string();
    let refused = |problems: Vec<scr_core::Problem>| listed(&format!("{name} cannot be counted"), &problems);
    let (config, warnings) = config::read(&read_bytes(path, MAX_CONFIG)?, &name).map_err(refused)?;
    let mut gather = Gather::new(&config)
        .ok_or_else(|| Problem::input("SCR-CLI-106", format!("{name} names no file of ballots")))?;
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    for source in &config.sources {
        gather.source(source);
        read(&config, source, &folder.join(&source.path), &mut gather)?;
    }
    let ballots = gather.finish().map_err(refused)?;
    let counts = ranked::passes(&ballots, &config.rules, drawn).map_err(|error| stopped(&error))?;
    let mut text = super::noted(&warnings);
    text.push_str(&config.contest_name);
    text.push('\n');
    for count in &counts {
        ranked::explain(count).iter().for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
    }
    let reports: Vec<_> = counts.iter().map(|count| ranked::report::report(&config, count)).collect();
    Ok(Outcome::done(text, json!({ "reports": reports, "counts": counts, "problems": warnings })))
}

fn stopped(error: &RankedError) -> Problem {
    let text = error.to_string();
    let (code, detail) = text.split_once(' ').unwrap_or(("SCR-CLI-106", &text));
    Problem::input(code, detail)
        .help("draw lots, and give the names with --drawn in the order in which they are needed")
}

fn read(config: &Config, source: &Source, path: &Path, gather: &mut Gather<'_>) -> Result<(), Problem> {
    let name = path.display().to_string();
    let open = || File::open(path).map_err(|error| Problem::input("SCR-CLI-001", format!("{name}: {error}")));
    let limits = Limits::default();
    let read = match source.provider {
        Provider::Ess => workbook::read(open()?, config, source, gather),
        Provider::Cdf => cdf::read(open()?, &name, &limits, gather),
        Provider::ClearBallot => clear_ballot::read(BufReader::new(open()?), &name, &limits, gather),
        Provider::Dominion => {
            let options = Options { limits, marks: WhichMarks::NotAmbiguous, without_outstack: vec![7] };
            match folder(path)? {
                Some(zip) => dominion_json::read(zip, &name, &options, gather),
                None => dominion_json::read(open()?, &name, &options, gather),
            }
        }
        Provider::Hart => match folder(path)? {
            Some(zip) => hart::read(zip, None, &name, &limits, gather),
            None => hart::read(open()?, None, &name, &limits, gather),
        },
        Provider::GenericCsv => {
            let layout = rctab_csv::Layout {
                contest: config.contest_name.clone(),
                first_vote_column: source.first_vote_column.unwrap_or(1),
                first_vote_row: source.first_vote_row.unwrap_or(2),
                id_column: source.id_column,
                batch_column: source.batch_column,
                precinct_column: source.precinct_column,
                undeclared_write_in: source.undeclared_label.clone(),
            };
            rctab_csv::read(BufReader::new(open()?), &name, &layout, &limits, gather)
        }
    };
    read.map(|_| ()).map_err(|problems| listed(&format!("{name} cannot be read"), &problems))
}

/// RCTab takes the folder into which an export was unpacked.
fn folder(path: &Path) -> Result<Option<Cursor<Vec<u8>>>, Problem> {
    if !path.is_dir() {
        return Ok(None);
    }
    Ok(super::unpacked::zipped(path)?.map(Cursor::new))
}
