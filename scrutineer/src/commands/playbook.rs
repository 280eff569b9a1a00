//! `scrutineer playbook …`: CACAO 2.0 in files.

use super::write_new;
use crate::outcome::{Outcome, Problem};
use scr_playbooks::graph::StepKind;
use scr_playbooks::starters::{LANGUAGES, STARTERS};
use scr_playbooks::{
    Doing, Evidence, Finding, Layer, Lead, Limits, OutlineLine, Plan, Playbook, Step, Way, check,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// CACAO 2.0 playbooks, from files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Say what is wrong with a playbook: by the standard, as a graph, and for running it here.
    #[command(
        after_help = "Example:\n  scrutineer playbook check insider.json\n\nExit status 1 when there are errors; with --strict also when there are warnings. --json has everything, with the layer\nthat says so: schema, standard, graph or execution."
    )]
    Check {
        /// The file.
        file: PathBuf,
        /// Count warnings as errors.
        #[arg(long)]
        strict: bool,
    },
    /// Show a playbook as a plan: who does what, until when, with which evidence and signatures.
    #[command(
        after_help = "Example:\n  scrutineer playbook show insider.json --language fr\n\nCommands that scrutineer never executes are shown as text."
    )]
    Show {
        /// The file.
        file: PathBuf,
        /// The language of the texts, where the playbook has it.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Write the five playbooks to begin with into a folder: one file each, in four languages.
    #[command(
        after_help = "Example:\n  scrutineer playbook starters playbooks/\n\nFiles that are there already are left alone, and named."
    )]
    Starters {
        /// The folder; it is made where it is missing.
        folder: PathBuf,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Check { file, strict } => {
            let report = check(&read(file)?, &Limits::default());
            Ok(said(&report, *strict))
        }
        Command::Show { file, language } => show(file, language),
        Command::Starters { folder } => starters(folder),
    }
}

fn read(file: &Path) -> Result<Playbook, Problem> {
    let unreadable =
        |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-116", format!("{}: {what}", file.display()));
    let limits = Limits::default();
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(limits.bytes as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    Playbook::read(&bytes, &limits).map_err(|error| unreadable(&error))
}

fn layer(finding: &Finding) -> &'static str {
    match finding.layer {
        Layer::Schema => "schema",
        Layer::Standard => "standard",
        Layer::Graph => "graph",
        Layer::Execution => "execution",
    }
}

fn severity(finding: &Finding) -> &'static str {
    match finding.code.severity() {
        scr_core::Severity::Error => "error",
        scr_core::Severity::Warning => "warning",
        scr_core::Severity::Note => "note",
    }
}

/// How many of something: `1 error`, `2 errors`.
fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn said(report: &scr_playbooks::Report, strict: bool) -> Outcome {
    let mut text = String::new();
    for finding in &report.findings {
        let _ = writeln!(text, "{}: {finding}", severity(finding));
    }
    let (errors, warnings) = (many(report.errors, "error"), many(report.warnings, "warning"));
    let _ = write!(text, "{errors}, {warnings}");
    let is_valid = report.is_sound() && (!strict || report.warnings == 0);
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let args: serde_json::Map<String, Value> =
                finding.args.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            json!({
                "severity": severity(finding), "layer": layer(finding), "code": finding.code.as_str(),
                "path": finding.path, "args": args, "advice": finding.code.advice(),
            })
        })
        .collect();
    let document = json!({
        "valid": is_valid, "passes_schema": report.passes_schema(), "errors": report.errors,
        "warnings": report.warnings, "findings": findings,
    });
    let outcome = Outcome::done(text, document);
    if is_valid { outcome } else { outcome.answering_no() }
}

fn show(file: &Path, language: &str) -> Result<Outcome, Problem> {
    let playbook = read(file)?;
    let plan = Plan::of(&playbook, &Limits::default()).map_err(|report| {
        let first = report.findings.iter().find(|finding| finding.is_error());
        let what = first.map_or_else(String::new, ToString::to_string);
        Problem::input(
            "SCR-CLI-117",
            format!("{}: {}, the first: {what}", file.display(), many(report.errors, "error")),
        )
        .help("scrutineer playbook check FILE lists them all")
    })?;
    let mut text = format!("{}\n", plain(plan.name_in(language)));
    if let Some(description) = plan.description_in(language) {
        let _ = writeln!(text, "{}", plain(description));
    }
    let roles = plan.agents.iter().map(|agent| (agent.role.clone(), agent.name_in(language).to_owned()));
    let roles: BTreeMap<String, String> = roles.collect();
    for (role, name) in &roles {
        let _ = writeln!(text, "role {}: {}", plain(role), plain(name));
    }
    let outline = plan.outline();
    for (at, line) in outline.iter().enumerate() {
        step_text(&mut text, &plan, at, line, language);
    }
    let number =
        |step: Option<usize>| outline.iter().position(|line| Some(line.step) == step).map(|at| at + 1);
    let steps: Vec<Value> = outline
        .iter()
        .map(|line| {
            let step = &plan.steps[line.step];
            json!({
                "id": step.id, "kind": step.kind.as_str(), "depth": line.depth, "name": step.name_in(language),
                "role": step.agent().map(|agent| plan.agents[agent].name_in(language)),
                "commands": step.commands_in(language), "deadline_ms": step.extension.deadline,
                "timeout_ms": step.timeout, "evidence": step.evidence(), "double": step.extension.is_double(),
                "second": step.second.map(|agent| plan.agents[agent].name_in(language)),
                "next": number(step.next), "on_failure": number(step.otherwise),
                "branches": step.branches.iter().map(|(label, first)| json!([label, number(Some(*first))])).collect::<Vec<_>>(),
            })
        })
        .collect();
    let document = json!({"id": plan.id, "name": plan.name_in(language), "modified": plan.modified, "roles": roles, "steps": steps});
    Ok(Outcome::done(text.trim_end().to_owned(), document))
}

/// A stranger's text on a terminal: no control character reaches it.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() && letter != '\n' { '\u{fffd}' } else { letter })
        .collect()
}

fn step_text(text: &mut String, plan: &Plan, at: usize, line: &OutlineLine, language: &str) {
    let step = &plan.steps[line.step];
    let indent = "    ".repeat(line.depth);
    let lead = match &line.lead {
        Lead::Next => String::new(),
        Lead::Branch(label) => format!("[{}] ", plain(label)),
        Lead::Failure => "[if not done] ".to_owned(),
        Lead::Exception => "[if a step fails] ".to_owned(),
    };
    let _ = writeln!(text, "{indent}{}. {lead}{}{}", at + 1, plain(step.name_in(language)), kind(step));
    if let Some(agent) = step.agent() {
        let _ = writeln!(
            text,
            "{indent}    who: {}{}",
            plain(plan.agents[agent].name_in(language)),
            conditions(plan, step, language)
        );
    }
    if let Doing::Act { way, commands, .. } = &step.doing {
        for (command, words) in commands.iter().zip(step.commands_in(language)) {
            let note = match (way, command.kind.as_str()) {
                (_, "manual") => String::new(),
                (Way::Http, kind) => format!("({kind}, only to what the allow list names) "),
                (_, kind) => format!("({kind}, never executed by scrutineer) "),
            };
            for words in plain(words).lines() {
                let _ = writeln!(text, "{indent}    {note}{words}");
            }
        }
    }
}

fn kind(step: &Step) -> String {
    match (&step.doing, step.kind) {
        (Doing::Ask(condition), StepKind::While) => format!(" (while {})", plain(condition.source())),
        (Doing::Ask(condition), _) => format!(" (if {})", plain(condition.source())),
        (Doing::Switch(name), _) => format!(" (by {})", plain(name)),
        (Doing::Call { playbook, .. }, _) => format!(" (playbook {})", plain(playbook)),
        (_, StepKind::Parallel) => " (all at the same time)".to_owned(),
        _ => String::new(),
    }
}

/// Deadline, timeout, evidence and second signature of a step.
fn conditions(plan: &Plan, step: &Step, language: &str) -> String {
    let mut text = String::new();
    if let Some(deadline) = step.extension.deadline {
        let _ = write!(text, "; within {}", length(deadline));
    }
    if let Some(timeout) = step.timeout {
        let _ = write!(text, "; failed after {}", length(timeout));
    }
    match step.evidence() {
        Evidence::None => {}
        Evidence::Note => text.push_str("; a note"),
        Evidence::File => text.push_str("; a file"),
    }
    if step.extension.is_double() {
        let second = step.second.map_or("a second person", |agent| plan.agents[agent].name_in(language));
        let _ = write!(text, "; second signature: {}", plain(second));
    }
    text
}

/// Milliseconds in the largest unit that is whole.
fn length(milliseconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    let whole = UNITS.iter().find(|(unit, _)| milliseconds >= *unit && milliseconds.is_multiple_of(*unit));
    whole.map_or_else(
        || format!("{milliseconds} ms"),
        |(unit, name)| format!("{} {name}", milliseconds / unit),
    )
}

fn starters(folder: &Path) -> Result<Outcome, Problem> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Problem::input("SCR-CLI-101", format!("{}: {error}", folder.display())))?;
    let (mut names, mut kept) = (Vec::new(), Vec::new());
    for starter in &STARTERS {
        let path = folder.join(format!("{}.json", starter.name));
        if path.symlink_metadata().is_ok() {
            kept.push(path.display().to_string());
            continue;
        }
        write_new(&path, |file| file.write_all(starter.text.as_bytes()))?;
        names.push(path.display().to_string());
    }
    let mut text = String::new();
    for name in &kept {
        let _ = writeln!(text, "left alone, it was there: {name}");
    }
    for name in &names {
        let _ = writeln!(text, "{name}");
    }
    let _ = if names.is_empty() {
        write!(text, "nothing was written")
    } else {
        write!(text, "in {}; adopt them before you change them", LANGUAGES.join(", "))
    };
    Ok(Outcome::done(text, json!({"files": names, "left_alone": kept, "languages": LANGUAGES})))
}
