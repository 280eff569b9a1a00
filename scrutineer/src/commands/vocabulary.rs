//! `scrutineer vocabulary …`: vocabularies and warning lists as their publishers ship them.

use crate::installed::InstalledArgs;
use crate::outcome::{Outcome, Problem};
use crate::{objects, site, words};
use scr_core::{Clock as _, SystemClock, SystemEntropy};
use scr_desk_threats::{FoundVocabulary, import_file, vocabulary_job};
use scr_engine::ActError;
use scr_jobs::Jobs;
use scr_objects::Objects;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest file that a server is asked to import, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Vocabularies and warning lists.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Import files of ATT&CK, DISARM, or MISP galaxies, taxonomies and warning lists.
    #[command(
        after_help = "Examples:\n  scrutineer vocabulary import --data /var/lib/scrutineer mobile-attack-17.1.json DISARM.json red_framework_ids.csv\n  scrutineer vocabulary import --data /var/lib/scrutineer --json misp-warninglists/lists/*/list.json\n\nA file says itself what it is. Each import is an entry on the record in the operator's name, and its file a public object.\nWhile a server works in the folder, it is asked to import them, and the page Long work shows what came of it."
    )]
    Import {
        #[command(flatten)]
        at: InstalledArgs,
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    let Command::Import { at, files } = command;
    let installation = at.find()?;
    let settings = at.settings()?;
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let lock = scr_ledger::lock_file(&at.data.join("lock")).map_err(|e| fault(&e))?;
    if lock.is_none() {
        let installation = match objects::place(&settings)? {
            Some(place) => installation.with_objects(place),
            None => installation,
        };
        let kept = installation.objects().map_err(|e| fault(&e))?;
        let store = site::store(&at.data, settings.database()?.as_deref())?;
        let jobs =
            Jobs::open(store, Arc::new(SystemClock), Arc::new(SystemEntropy)).map_err(|e| fault(&e))?;
        return ask(&kept, &jobs, files);
    }
    drop(lock);
    let engine = at.open(&settings)?;
    let mut found = Vec::new();
    for file in files {
        found.push(import_file(&engine, file).map_err(|error| said(file, error))?);
    }
    Ok(told(&found))
}

/// Puts the files where the server finds them, and asks it to import them.
fn ask(kept: &Objects, jobs: &Jobs, files: &[PathBuf]) -> Result<Outcome, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let (mut text, mut all) = (String::from("A server works here, and was asked to import:"), Vec::new());
    for file in files {
        let bytes = read(file)?;
        let hash = kept.put(&bytes).map_err(|e| fault(&e))?;
        let job = jobs.enqueue(&vocabulary_job(&hash, SystemClock.now_ms())).map_err(|e| fault(&e))?;
        let _ = write!(text, "\n  {} (/desk/jobs/{})", file.display(), job.id);
        all.push(json!({"file": file.display().to_string(), "job": job.id}));
    }
    Ok(Outcome::done(text, json!({"jobs": all})))
}

fn read(file: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable =
        |error: std::io::Error| Problem::input("SCR-CLI-101", format!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Problem::input("SCR-THR-092", format!("{}: more than 64 MiB", file.display())));
    }
    Ok(bytes)
}

fn said(file: &Path, error: ActError) -> Problem {
    match error {
        ActError::Refused(refusal) => {
            let why =
                refusal.args.get("why").or_else(|| refusal.args.get("max")).cloned().unwrap_or_default();
            let problem = Problem::input(&refusal.code, format!("{}: {why}", file.display()));
            match words::explain(&refusal.code) {
                Some((_, what_to_do)) => problem.help(what_to_do),
                None => problem,
            }
        }
        ActError::Fault(fault) => Problem::fault("SCR-CLI-030", format!("{}: {fault}", file.display())),
    }
}

fn told(found: &[FoundVocabulary]) -> Outcome {
    let mut text = String::new();
    for one in found {
        let version = one.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
        let _ = write!(text, "{}{version}: {} ({})", one.name, counted(one), one.vocabulary);
        let _ = match one.entry {
            Some(entry) => writeln!(text, ", entry {entry}"),
            None => writeln!(text, ", here already"),
        };
        for odd in one.odd.iter().take(10) {
            let _ = writeln!(text, "  odd: {odd}");
        }
        if one.odd.len() > 10 {
            let _ = writeln!(text, "  … and {} more (--json lists them)", one.odd.len() - 10);
        }
    }
    let all: Value = json!({"vocabularies": found});
    Outcome::done(text.trim_end(), all)
}

fn counted(one: &FoundVocabulary) -> String {
    match one.family.as_str() {
        "attack" | "disarm" => format!("{} techniques, {} phases and remedies", one.techniques, one.others),
        "taxonomy" => format!("{} tags", one.techniques),
        "warning-list" => format!("{} entries", one.techniques),
        "galaxy-clusters" => format!("{} terms", one.techniques),
        _ => format!("the order of {} phases", one.others),
    }
}
