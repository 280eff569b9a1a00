//! `scrutineer names …`: names that look like the names one protects.

use crate::outcome::{Outcome, Problem};
use scr_names::{ListLimits, MatchReport, NameHit, Settings, match_names};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Hits that are shown to people; `--json` has all of them.
const SHOWN: usize = 200;

/// Names that look like the names of election bodies.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Find the names in a list that look like a protected one, with the reasons.
    #[command(
        after_help = "Example:\n  scrutineer names match new-domains.txt --protect protected.txt\n\nBoth files have a name on each line, or are CSV with a column `name` or `domain`. In the second file a line\n`allow: *.gov.example` allows names, and a line without a dot is a word, such as an acronym."
    )]
    Match {
        /// Names that somebody has seen: new registrations, certificates, reports.
        file: PathBuf,
        /// Names that one protects, and those that are in order.
        #[arg(long)]
        protect: PathBuf,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    let Command::Match { file, protect } = command;
    let limits = ListLimits::default();
    let names = read(file, limits.names_bytes)?;
    let protected = read(protect, limits.protect_bytes)?;
    let report = match_names(&names, &protected, &Settings::default(), &limits).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Problem::input("SCR-CLI-115", lines.join("\n"))
    })?;
    let document = serde_json::to_value(&report).map_err(|error| Problem::fault("SCR-CLI-030", error))?;
    Ok(Outcome::done(said(&report), document))
}

fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Problem> {
    let unreadable =
        |error: std::io::Error| Problem::input("SCR-CLI-115", format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    // One byte more than the limit: the reading of the list says that it is too long.
    let file = File::open(path).map_err(unreadable)?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn said(report: &MatchReport) -> String {
    let mut text = String::new();
    for hit in report.hits.iter().take(SHOWN) {
        let _ = writeln!(text, "{}", line(hit));
    }
    let more = report.more_hits + report.hits.len().saturating_sub(SHOWN) as u64;
    if more > 0 {
        let _ = writeln!(text, "… and {more} more; --json has the first 100,000");
    }
    let none = report.not_names.len() as u64 + report.more_not_names;
    let hits = report.hits.len() as u64 + report.more_hits;
    let _ = write!(text, "{} names checked against {}: {hits} look alike", report.checked, report.protected);
    if none > 0 {
        let _ = write!(text, "; {none} lines are no names");
    }
    text
}

fn line(hit: &NameHit) -> String {
    let shown = hit.unicode.as_ref().map(|unicode| format!(" ({unicode})")).unwrap_or_default();
    let code = |reason| {
        let value = serde_json::to_value(reason).unwrap_or_default();
        value["code"].as_str().unwrap_or_default().to_owned()
    };
    let reasons: Vec<String> = hit.hit.reasons.iter().map(code).collect();
    format!("{:>3}  {}{shown}  like {}: {}", hit.hit.score, hit.name, hit.hit.looks_like, reasons.join(", "))
}
