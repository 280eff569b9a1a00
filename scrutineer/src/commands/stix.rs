//! `scrutineer stix …`: STIX 2.1 in files.

use crate::outcome::{Outcome, Problem};
use scr_patterns::{EvalLimits, Observations, Pattern};
use scr_stix::{Finding, Limits, Object, Rejected, check, read_envelope};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Findings that are shown to people; `--json` has all of them.
const SHOWN: usize = 100;
/// Largest file for `match`, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// STIX 2.1 objects and patterns, from files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Say what in a bundle, an envelope or an object is not as STIX 2.1 has it.
    #[command(
        after_help = "Example:\n  scrutineer stix validate bundle.json\n\nErrors break a MUST of the standard, warnings a SHOULD. Exit status 1 when there are errors; with --strict also when\nthere are warnings."
    )]
    Validate {
        /// The file.
        file: PathBuf,
        /// Count warnings as errors.
        #[arg(long)]
        strict: bool,
    },
    /// Say whether a pattern matches what was observed.
    #[command(
        after_help = "Example:\n  scrutineer stix match \"[domain-name:value = 'vote.example']\" observed.json\n\nThe file holds a bundle with observed-data, or a list of objects that were seen. Exit status 1 when the pattern does not match."
    )]
    Match {
        /// The pattern.
        pattern: String,
        /// The file.
        file: PathBuf,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Validate { file, strict } => validate(file, *strict),
        Command::Match { pattern, file } => matching(pattern, file),
    }
}

fn unreadable(file: &Path, what: &dyn std::fmt::Display) -> Problem {
    Problem::input("SCR-CLI-112", format!("{}: {what}", file.display()))
}

/// What was found in a file.
#[derive(Default)]
struct Found {
    objects: u64,
    errors: u64,
    warnings: u64,
    lines: Vec<Value>,
}

impl Found {
    fn add(&mut self, place: u64, object: Result<Object, Box<Rejected>>) {
        self.objects += 1;
        let object = match object {
            Ok(object) => object,
            Err(rejected) => {
                let id = rejected.id.as_ref().map(ToString::to_string);
                return self.error(
                    place,
                    id.as_deref(),
                    rejected.code.as_str(),
                    &rejected.path,
                    &rejected.message(),
                );
            }
        };
        let id = object.id().to_string();
        for finding in check(&object) {
            self.finding(place, &id, &finding);
        }
        if object.kind() == "indicator" {
            self.pattern(place, &id, &object.value());
        }
    }

    fn finding(&mut self, place: u64, id: &str, finding: &Finding) {
        if finding.is_error() {
            return self.error(place, Some(id), finding.code.as_str(), &finding.path, &finding.to_string());
        }
        self.warnings += 1;
        self.lines.push(json!({
            "object": place, "id": id, "severity": "warning", "code": finding.code.as_str(), "path": finding.path,
            "message": finding.to_string(),
        }));
    }

    fn pattern(&mut self, place: u64, id: &str, object: &Value) {
        let Some(pattern) = object["pattern"].as_str().filter(|_| object["pattern_type"] == "stix") else {
            return;
        };
        if let Err(error) = Pattern::parse(pattern, &scr_patterns::Limits::default()) {
            self.error(place, Some(id), "pattern-invalid", "pattern", &error.to_string());
        }
    }

    fn error(&mut self, place: u64, id: Option<&str>, code: &str, path: &str, message: &str) {
        self.errors += 1;
        self.lines.push(json!({
            "object": place, "id": id, "severity": "error", "code": code, "path": path, "message": message,
        }));
    }
}

fn validate(file: &Path, strict: bool) -> Result<Outcome, Problem> {
    let open = || File::open(file).map_err(|error| unreadable(file, &error));
    let limits = Limits { total_bytes: 1 << 32, objects: 50_000_000, ..Limits::default() };
    let mut found = Found::default();
    let mut each = |place: u64, object: Result<Object, Box<Rejected>>| {
        found.add(place, object);
        ControlFlow::Continue(())
    };
    let read = read_envelope(BufReader::new(open()?), &limits, &mut each);
    if let Err(error) = read {
        // One object that stands alone is no envelope.
        let mut bytes = Vec::new();
        open()?
            .take(limits.object_bytes as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(file, &error))?;
        match Object::read(&bytes, &limits) {
            Ok(object) if object.kind() != "bundle" => {
                found = Found::default();
                found.add(0, Ok(object));
            }
            _ => return Err(unreadable(file, &error)),
        }
    }
    Ok(said(&found, strict))
}

fn said(found: &Found, strict: bool) -> Outcome {
    let mut text = String::new();
    for line in found.lines.iter().take(SHOWN) {
        let get = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let _ = writeln!(
            text,
            "{}: object {} {}: {}",
            get("severity"),
            line["object"],
            get("id"),
            get("message")
        );
    }
    if found.lines.len() > SHOWN {
        let _ = writeln!(text, "… and {} more; --json has all of them", found.lines.len() - SHOWN);
    }
    let _ = write!(text, "{} objects, {} errors, {} warnings", found.objects, found.errors, found.warnings);
    let is_valid = found.errors == 0 && (!strict || found.warnings == 0);
    let document = json!({
        "valid": is_valid, "objects": found.objects, "errors": found.errors, "warnings": found.warnings,
        "findings": found.lines,
    });
    let outcome = Outcome::done(text, document);
    if is_valid { outcome } else { outcome.answering_no() }
}

fn matching(text: &str, file: &Path) -> Result<Outcome, Problem> {
    let pattern = Pattern::parse(text, &scr_patterns::Limits::default()).map_err(|error| {
        Problem::input("SCR-CLI-113", error).help("STIX 2.1 part 9 has the grammar of patterns")
    })?;
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|error| unreadable(file, &error))?;
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(unreadable(file, &"larger than 256 MiB"));
    }
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| unreadable(file, &error))?;
    let list: Vec<&Value> = match &value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    let observations = Observations::from_objects(list).map_err(|error| unreadable(file, &error))?;
    let outcome = pattern
        .matches(&observations, &EvalLimits::default())
        .map_err(|error| Problem::input("SCR-CLI-114", error))?;
    let seen: Vec<Value> = outcome
        .witness
        .iter()
        .flatten()
        .filter_map(|place| observations.as_slice().get(*place))
        .map(|one| json!(one.id()))
        .collect();
    let document = json!({"match": outcome.is_match(), "observations": seen});
    if outcome.is_match() {
        let names: Vec<&str> = seen.iter().filter_map(Value::as_str).collect();
        return Ok(Outcome::done(format!("it matches: {}", names.join(", ")), document));
    }
    Ok(Outcome::done("it does not match", document).answering_no())
}
