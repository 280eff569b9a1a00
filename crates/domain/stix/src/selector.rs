//! Selectors of properties (STIX 2.1 section 7.2.3.1): `a.b.[0].c`.

use serde_json::Value;
use std::fmt;

/// Longest name of a property, and of a key of a dictionary (STIX 2.1 sections 3.1 and 2.3).
const LONGEST_NAME: usize = 250;
/// Most steps: deeper than objects are read.
const MOST_STEPS: usize = 128;

/// The place of a property in an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Selector {
    steps: Vec<Step>,
}

/// One step of a selector.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A property or a key of a dictionary.
    Name(Box<str>),
    /// A place in a list, from 0.
    Index(usize),
}

/// A text that selects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a selector is a name, followed by names and places in brackets, with points between them: a.b.[0].c"
)]
pub struct SelectorError;

impl Selector {
    /// Reads `a.b.[0].c`: names of `a-z`, `A-Z`, `0-9`, `_` and `-` (dictionaries have capitals: `hashes.SHA-256`).
    ///
    /// # Errors
    /// Another form.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            if steps.len() == MOST_STEPS {
                return Err(SelectorError);
            }
            steps.push(match part.strip_prefix('[').map(|rest| rest.strip_suffix(']')) {
                Some(Some(digits)) if !steps.is_empty() && is_index(digits) => {
                    Step::Index(digits.parse().map_err(|_| SelectorError)?)
                }
                None if is_name(part) => Step::Name(part.into()),
                _ => return Err(SelectorError),
            });
        }
        Ok(Self { steps })
    }

    /// Its steps, at least one.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The property of the object in which it begins.
    pub fn first(&self) -> &str {
        match self.steps.first() {
            Some(Step::Name(name)) => name,
            _ => "",
        }
    }

    /// Whether it selects a whole that has the other in it, or the same.
    pub fn covers(&self, other: &Self) -> bool {
        other.steps.starts_with(&self.steps)
    }

    /// What it selects.
    pub fn find<'v>(&self, object: &'v Value) -> Option<&'v Value> {
        self.steps.iter().try_fold(object, |value, step| match step {
            Step::Name(name) => value.as_object()?.get(name.as_ref()),
            Step::Index(at) => value.as_array()?.get(*at),
        })
    }

    pub(crate) fn from_steps(steps: Vec<Step>) -> Self {
        Self { steps }
    }
}

fn is_index(digits: &str) -> bool {
    (1..=9).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.len() == 1 || !digits.starts_with('0'))
}

fn is_name(part: &str) -> bool {
    (1..=LONGEST_NAME).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            match step {
                Step::Name(name) => f.write_str(name)?,
                Step::Index(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Selector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn selector(text: &str) -> Selector {
        Selector::parse(text).unwrap()
    }

    #[test]
    fn a_selector_finds_what_it_names() {
        let object = json!({"id": "x", "external_references": [{"url": "a"}, {"url": "b"}], "hashes": {"SHA-256": "c"}});
        assert_eq!(selector("external_references.[1].url").find(&object), Some(&json!("b")));
        assert_eq!(selector("hashes.SHA-256").find(&object), Some(&json!("c")));
        for nothing in
            ["external_references.[2]", "external_references.url", "hashes.[0]", "name", "id.x", "id.[0]"]
        {
            assert_eq!(selector(nothing).find(&object), None, "{nothing}");
        }
        assert!(selector("a.b").covers(&selector("a.b.[0]")) && selector("a").covers(&selector("a")));
        assert!(!selector("a.b").covers(&selector("a")) && !selector("a").covers(&selector("ab")));
    }

    #[test]
    fn what_selects_nothing_is_refused() {
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "[0]",
            "a.[]",
            "a.[-1]",
            "a.[01]",
            "a[0]",
            "a.[0]b",
            "a b",
            "a.[9999999999]",
            "é",
        ] {
            assert_eq!(Selector::parse(text), Err(SelectorError), "{text}");
        }
        assert!(Selector::parse(&vec!["a"; 129].join(".")).is_err());
        assert!(Selector::parse(&vec!["a"; 128].join(".")).is_ok());
    }

    proptest! {
        #[test]
        fn a_selector_is_written_as_it_is_read(text in "[a-c.\\[\\]0-2]{0,12}") {
            if let Ok(selector) = Selector::parse(&text) {
                prop_assert_eq!(selector.to_string(), text);
            }
        }
    }
}
