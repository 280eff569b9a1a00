//! Checks that neither the compiler nor clippy can do, and the files that are made from others.

mod errors;
mod floors;
mod generate;
mod links;
mod metadata;
mod sbom;
mod settings;
mod sizes;
mod sources;
mod verifier;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "cargo xtask <task>
  floors     every crate depends on lower floors only; pure crates stay pure
  sizes      no Rust file is over 900 lines (over 500: a warning); at most 550 packages in the lock
  errors     every SCR- code is documented, tested and, where people see it, translated
  links      every link between our documents leads to a file
  generate   writes the files that are made from others
  drift      fails where `generate` would change a file
  sbom       prints what the program is made of (CycloneDX 1.5)";

/// What a task found: problems fail it, warnings do not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) problems: Vec<String>,
    pub(crate) warnings: Vec<String>,
    /// One line that says what was looked at.
    pub(crate) looked_at: String,
}

/// A task could not do its work at all.
pub(crate) type Trouble = String;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let root = project_root();
    let outcome = match task.as_str() {
        "floors" => floors::run(&root),
        "sizes" => sizes::run(&root),
        "errors" => errors::run(&root),
        "links" => links::run(&root),
        "generate" => generate::write(&root),
        "drift" => generate::drift(&root),
        "sbom" => return print(sbom::document(&root)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    report(task, outcome)
}

fn print(document: Result<String, Trouble>) -> ExitCode {
    match document {
        Ok(document) => {
            println!("{document}");
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::from(3)
        }
    }
}

fn project_root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn report(task: &str, outcome: Result<Findings, Trouble>) -> ExitCode {
    let findings = match outcome {
        Ok(findings) => findings,
        Err(trouble) => {
            eprintln!("{task}: {trouble}");
            return ExitCode::from(3);
        }
    };
    for warning in &findings.warnings {
        println!("{task}: warning: {warning}");
    }
    for problem in &findings.problems {
        eprintln!("{task}: {problem}");
    }
    println!("{task}: {}; {} problem(s)", findings.looked_at, findings.problems.len());
    if findings.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
