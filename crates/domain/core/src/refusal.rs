//! Expected errors: a person did something that cannot be done, and can mend it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What sort of "no" this is; pages and the API turn it into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalKind {
    /// What was sent cannot be used as it is (422).
    Invalid,
    /// The person may not do this (403).
    Forbidden,
    /// There is no such thing (404).
    NotFound,
    /// Somebody else was faster, or the thing is not in a state for this (409).
    Conflict,
    /// Larger than the limit (413).
    TooLarge,
    /// Too many in too short a time (429).
    TooMany,
    /// The service does not accept acts at the moment (503).
    Unavailable,
}

/// A "no" that the person can act on. `code` is stable and documented in
/// `docs/reference/errors.md`; the words come from the translations under the key
/// `error-<code in lower case>`, with `args` filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code, for instance `SCR-RES-004`.
    pub code: String,
    /// What sort of "no".
    pub kind: RefusalKind,
    /// The form field or file column it is about, where there is one.
    pub field: Option<String>,
    /// Values for the message.
    pub args: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal with this code.
    pub fn new(kind: RefusalKind, code: &str) -> Self {
        Self { code: code.to_owned(), kind, field: None, args: BTreeMap::new() }
    }

    /// Names the field that it is about.
    #[must_use]
    pub fn on(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// The key of the message in the translations.
    pub fn message_key(&self) -> String {
        format!("error-{}", self.code.to_lowercase())
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
