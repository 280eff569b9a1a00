//! All problems of an input at once, up to a limit.

use scr_core::{Problem, Severity};

/// So many problems are told of one input.
pub(crate) const MAX_PROBLEMS: usize = 200;

/// Problems of one input as they are found; counts those above the limit.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    told: Vec<Problem>,
    errors: usize,
    more: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        if self.told.len() < MAX_PROBLEMS {
            self.told.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// The problems, and a last one that says how many more there are.
    pub(crate) fn into_told(self) -> Vec<Problem> {
        let mut told = self.told;
        if self.more > 0 {
            let file = told.last().map_or_else(String::new, |last| last.file.clone());
            let severity = if self.errors > 0 { Severity::Error } else { Severity::Warning };
            told.push(Problem::new("SCR-AUD-027", severity, &file).with("more", self.more));
        }
        told
    }
}

/// The same for a whole list.
pub(crate) fn limited(problems: Vec<Problem>) -> Vec<Problem> {
    let mut all = Problems::default();
    problems.into_iter().for_each(|problem| all.push(problem));
    all.into_told()
}
