//! Words for problems of a file: taken from the error reference, so that they stand in one place.

use scr_results::Problem;
use std::fmt::Write as _;

const REFERENCE: &str = include_str!("../../docs/reference/errors.md");

/// A problem in one line: where, what, and what to do.
pub(crate) fn problem(problem: &Problem) -> String {
    let mut text = problem.file.clone();
    if let Some(row) = problem.row {
        let _ = write!(text, ", row {row}");
    }
    if let Some(column) = &problem.column {
        let _ = write!(text, ", column {column:?}");
    }
    let _ = write!(text, ": {}", problem.code);
    if let Some((means, _)) = explain(problem.code) {
        let _ = write!(text, " {means}");
    }
    if let Some(value) = &problem.value {
        let _ = write!(text, " Found {value:?}.");
    }
    if let Some(closest) = &problem.closest {
        let _ = write!(text, " Did you mean {closest:?}?");
    }
    for (name, value) in &problem.args {
        let _ = write!(text, " {name}: {value}.");
    }
    text
}

/// What a code means and what to do.
pub(crate) fn explain(code: &str) -> Option<(&'static str, &'static str)> {
    REFERENCE.lines().find_map(|line| {
        let mut cells = line.trim().trim_matches('|').split(" | ").map(str::trim);
        (cells.next()?.trim_matches('`') == code).then_some(())?;
        Some((cells.next()?, cells.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn codes_are_explained_from_the_reference() {
        let (means, help) = explain("SCR-CLI-001").unwrap();
        assert!(means.contains("cannot be read") && !help.is_empty());
        assert_eq!(explain("SCR-NONE-000"), None);
    }
}
