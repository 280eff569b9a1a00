//! What can be wrong with the figures that a risk is measured from. The caller knows the file and sets it.

use scr_core::{Problem, Severity};

/// A problem with the figure of this name.
pub(crate) fn problem(code: &'static str, what: &str, value: impl std::fmt::Display) -> Box<Problem> {
    Box::new(Problem::new(code, Severity::Error, "").in_column(what).with_value(&value.to_string()))
}

/// `SCR-AUD-052`: a sample that is larger than what it was drawn from.
pub(crate) fn too_many(what: &str, sampled: u64, of: u64) -> Box<Problem> {
    Box::new(problem("SCR-AUD-052", what, sampled).with("most", of))
}
