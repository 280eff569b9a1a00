//! One file for each command.

pub(crate) mod alert;
mod alert_check;
mod alert_server;
mod at;
pub(crate) mod audit;
mod audit_desk;
mod audit_inputs;
mod audit_plan;
mod audit_record;
pub(crate) mod backup;
mod ballots;
pub(crate) mod cvr;
mod cvr_export;
pub(crate) mod demo;
mod demo_alerts;
mod demo_audit;
mod demo_campaign;
mod demo_entry;
mod demo_response;
mod demo_threats;
mod demo_witnesses;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod fixity;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod log;
mod log_history;
pub(crate) mod mirror;
pub(crate) mod names;
pub(crate) mod node;
pub(crate) mod playbook;
mod ranked;
pub(crate) mod response;
pub(crate) mod results;
pub(crate) mod serve;
mod server;
pub(crate) mod stix;
pub(crate) mod tabulate;
pub(crate) mod taxii;
mod unpacked;
pub(crate) mod verify;
pub(crate) mod vocabulary;
pub(crate) mod witness;

use crate::outcome::Problem;
use crate::words;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

/// What is wrong with an input, all of it: the first code, and a line for each.
pub(crate) fn listed(what: &str, problems: &[scr_core::Problem]) -> Problem {
    let lines: Vec<String> =
        problems.iter().map(|problem| format!("\n  - {}", words::problem(problem))).collect();
    let code = problems.first().map_or("SCR-CLI-104", |problem| problem.code);
    let help = words::explain(code).map_or("nothing was taken in", |(_, what_to_do)| what_to_do);
    Problem::input(code, format!("{what}:{}", lines.concat())).help(help)
}

/// Notes before a result.
pub(crate) fn noted(problems: &[scr_core::Problem]) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(20) {
        let _ = writeln!(text, "note: {}", words::problem(problem));
    }
    if problems.len() > 20 {
        let _ = writeln!(text, "… and {} more notes (--json lists them)", problems.len() - 20);
    }
    text
}

/// Writes a new file, whole or not at all: what is there already is left alone, and what was begun is removed.
pub(crate) fn write_new(
    path: &Path,
    write: impl FnOnce(&mut File) -> std::io::Result<()>,
) -> Result<(), Problem> {
    let fault = |error: std::io::Error| Problem::input("SCR-CLI-101", format!("{}: {error}", path.display()));
    let mut file = File::create_new(path).map_err(fault)?;
    write(&mut file).and_then(|()| file.sync_all()).map_err(|error| {
        drop(std::fs::remove_file(path));
        fault(error)
    })
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_refusal_without_a_reason_is_a_fault_of_ours() {
        assert_eq!(listed("x", &[]).code(), "SCR-CLI-104");
    }
}
