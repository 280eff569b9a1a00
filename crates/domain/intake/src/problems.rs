//! Collects problems: all at once, in a fixed order, with a cap.

use crate::limits::Limits;
use scr_results::{Problem, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The problems of one input while it is read.
#[derive(Debug)]
pub(crate) struct Problems {
    file: String,
    cap: usize,
    listed: Vec<Problem>,
    listed_by_code: BTreeMap<&'static str, usize>,
    unlisted: BTreeMap<&'static str, u64>,
    errors: u64,
    /// Contests of the file that the mapping does not want.
    passed_over: BTreeSet<String>,
}

/// Names of contests that are kept; a column of numbers taken for the contest would have one for each row.
const CONTESTS: usize = 10_000;

impl Problems {
    pub(crate) fn new(file: &str, limits: &Limits) -> Self {
        Self {
            file: file.to_owned(),
            cap: limits.problems,
            listed: Vec::new(),
            listed_by_code: BTreeMap::new(),
            unlisted: BTreeMap::new(),
            errors: 0,
            passed_over: BTreeSet::new(),
        }
    }

    /// From here on, problems are of this part of the file (sheet or member).
    pub(crate) fn within(&mut self, file: &str, part: Option<&str>) {
        self.file = part.map_or_else(|| file.to_owned(), |part| format!("{file}#{part}"));
    }

    pub(crate) fn error(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Error, &self.file)
    }

    pub(crate) fn warning(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Warning, &self.file)
    }

    pub(crate) fn note(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Note, &self.file)
    }

    /// Whether one more problem of this code would still be listed; what is only counted needs no text.
    pub(crate) fn has_room(&self, code: &'static str) -> bool {
        // One code may fill half of the list, so that a flood of one sort does not hide the others.
        self.listed.len() < self.cap
            && self.listed_by_code.get(code).is_none_or(|listed| *listed < self.cap.div_ceil(2))
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        if self.has_room(problem.code) {
            *self.listed_by_code.entry(problem.code).or_default() += 1;
            self.listed.push(problem);
        } else {
            *self.unlisted.entry(problem.code).or_default() += 1;
        }
    }

    /// Keeps the name of a contest that is left out, for whoever asked for one that is not there.
    pub(crate) fn pass_over(&mut self, contest: &str) {
        if self.passed_over.len() < CONTESTS && !self.passed_over.contains(contest) {
            self.passed_over.insert(contest.to_owned());
        }
    }

    pub(crate) fn passed_over(&self) -> Vec<String> {
        self.passed_over.iter().cloned().collect()
    }

    pub(crate) fn any_error(&self) -> bool {
        self.errors > 0
    }

    /// The list, by file, row and column, and how many of each code are only counted.
    pub(crate) fn finish(mut self) -> (Vec<Problem>, BTreeMap<&'static str, u64>) {
        self.listed.sort_by(|a, b| {
            (&a.file, a.row, &a.column, a.severity, a.code, &a.value, &a.args)
                .cmp(&(&b.file, b.row, &b.column, b.severity, b.code, &b.value, &b.args))
        });
        (self.listed, self.unlisted)
    }
}
