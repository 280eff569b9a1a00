//! What is wrong with an input, said so that somebody can mend it.

use serde::Serialize;
use std::collections::BTreeMap;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The input cannot be taken in as it is.
    Error,
    /// It can; somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One problem of an input: code, place, value and the closest match. The words come from the
/// translations under the key `problem-<code in lower case>`, with `args` filled in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Stable code, documented in `docs/reference/errors.md`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The file, with the sheet or the file within an archive after a `#`.
    pub file: String,
    /// Line or row of the file, from 1.
    pub row: Option<u64>,
    /// The column as the file names it.
    pub column: Option<String>,
    /// What stands there, at most 200 characters.
    pub value: Option<String>,
    /// What was perhaps meant.
    pub closest: Option<String>,
    /// Further values for the message.
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem of this code in this file.
    pub fn new(code: &'static str, severity: Severity, file: &str) -> Self {
        Self {
            code,
            severity,
            file: file.to_owned(),
            row: None,
            column: None,
            value: None,
            closest: None,
            args: BTreeMap::new(),
        }
    }

    /// Says in which row (from 1).
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    /// Says in which column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = Some(clip(column));
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = Some(clip(value));
        self
    }

    /// Says what was perhaps meant.
    #[must_use]
    pub fn closest_to(mut self, candidate: Option<&str>) -> Self {
        self.closest = candidate.map(clip);
        self
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), clip(&value.to_string()));
        self
    }

    /// The key of the message in the translations.
    pub fn message_key(&self) -> String {
        format!("problem-{}", self.code.to_lowercase())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.file)?;
        if let Some(row) = self.row {
            write!(f, ":{row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, " column {column:?}")?;
        }
        if let Some(value) = &self.value {
            write!(f, " value {value:?}")?;
        }
        if let Some(closest) = &self.closest {
            write!(f, " closest {closest:?}")?;
        }
        for (name, value) in &self.args {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(200) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_and_what() {
        let problem = Problem::new("SCR-INT-001", Severity::Error, "a.csv")
            .at_row(7)
            .in_column("votes")
            .with_value("12O")
            .closest_to(Some("120"));
        assert_eq!(problem.to_string(), r#"SCR-INT-001 a.csv:7 column "votes" value "12O" closest "120""#);
        assert_eq!(problem.message_key(), "problem-scr-int-001");
    }

    #[test]
    fn hostile_values_are_cut() {
        let problem = Problem::new("SCR-INT-001", Severity::Error, "a.csv").with_value(&"é".repeat(10_000));
        assert_eq!(problem.value.unwrap().chars().count(), 201);
    }
}
