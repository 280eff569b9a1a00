//! What an audit starts from: ballot manifests, candidate totals by batch, jurisdictions and standardised contests, in
//! the tables that Arlo takes (votingworks/arlo, `server/api`) and in Colorado's manifest; names that differ between
//! jurisdictions; and the manifest against the cast vote records.
//!
//! - [`manifest`], [`totals`], [`jurisdictions`], [`contests`]: readers that name everything wrong with a table, and
//!   writers.
//! - [`names`]: names of contests and choices against the standard ones. Nothing is renamed without an entry in the
//!   trail.
//! - [`cards`]: cast vote records against the manifest, with the ballots that lack one (phantoms).
//! - [`exports`]: cast vote records in whatever export they come.
//! - [`published`]: Colorado's published lists of ballots against the manifest.
//!
//! Tables are separated by commas, semicolons or tabs, in UTF-8, UTF-16 or windows-1252. What spreadsheets do to numbers
//! and names is undone where only one meaning is possible (`="0012"`, `1,200`), and named where it is not.

pub mod cards;
pub mod contests;
pub mod exports;
pub mod jurisdictions;
pub mod manifest;
pub mod names;
mod near;
pub mod published;
mod rows;
mod table;
pub mod totals;
mod write;

pub use near::{Near, folded};

use crate::problems::MAX_PROBLEMS;
use scr_core::{Problem, Severity};
use serde::{Deserialize, Serialize};

/// What a table may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file as UTF-8.
    pub bytes: u64,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes of a cell.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 << 20, rows: 1_000_000, columns: 5_000, cell: 64 << 10 }
    }
}

/// Letters of a name of a batch, a contest, a choice or a jurisdiction, at most.
pub const MAX_NAME: usize = 500;

/// An input that was read, with what somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The input.
    pub input: T,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

/// Everything that is wrong with one input: errors before warnings, each up to a limit.
#[derive(Debug)]
struct Wrong {
    file: String,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    more: usize,
}

impl Wrong {
    fn with(file: &str) -> Self {
        Self { file: file.to_owned(), errors: Vec::new(), warnings: Vec::new(), more: 0 }
    }

    /// To be told more of before it is pushed.
    fn error(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Error, &self.file)
    }

    /// To be told more of before it is pushed.
    fn warning(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Warning, &self.file)
    }

    fn push(&mut self, problem: Problem) {
        let list = if problem.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        if list.len() < MAX_PROBLEMS { list.push(problem) } else { self.more += 1 }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Errors, then warnings; the last says how many more there are.
    fn into_list(mut self) -> Vec<Problem> {
        let severity = if self.has_errors() { Severity::Error } else { Severity::Warning };
        self.more += (self.errors.len() + self.warnings.len()).saturating_sub(MAX_PROBLEMS);
        let mut list = self.errors;
        list.append(&mut self.warnings);
        list.truncate(MAX_PROBLEMS);
        if self.more > 0 {
            list.push(Problem::new("SCR-AUD-027", severity, &self.file).with("more", self.more));
        }
        list
    }

    /// The input, unless something is an error.
    fn told<T>(self, input: T) -> Result<Told<T>, Vec<Problem>> {
        if self.has_errors() { Err(self.into_list()) } else { Ok(Told { input, warnings: self.into_list() }) }
    }
}
