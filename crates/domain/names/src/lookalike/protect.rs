//! What is protected, what is allowed, and how much is reported.

use super::reading;
use crate::{Name, NameFault};
use serde::Serialize;
use std::collections::BTreeSet;

/// Fewest characters of a protected word: shorter ones stand in half of all names.
pub const MIN_WORD: usize = 3;

/// Why something cannot be protected or allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProtectFault {
    /// It has a dot and is no name.
    #[error(transparent)]
    Name(#[from] NameFault),
    /// A single label below no public suffix; nothing could look like it.
    #[error("a name has at least two labels")]
    OneLabel,
    /// A word with fewer than [`MIN_WORD`] or more than 63 letters and digits.
    #[error("a word has {MIN_WORD} to 63 letters and digits, this one has {0}")]
    Word(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Domain(Name),
    /// What the word reads as.
    Word(Vec<char>),
}

/// A name that one protects: a domain, or the name of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    text: String,
    owner: String,
    pub(super) kind: Kind,
}

impl Protected {
    /// With a dot it is a domain, without one a word: an organisation's name or acronym, in which spaces and whatever
    /// else is neither a letter nor a digit are left out.
    ///
    /// # Errors
    /// [`ProtectFault`]
    pub fn new(text: &str, owner: &str) -> Result<Self, ProtectFault> {
        let text = text.trim();
        let kind = if text.contains('.') {
            let name = Name::parse(text)?;
            if name.core() == 0 {
                return Err(ProtectFault::OneLabel);
            }
            Kind::Domain(name)
        } else {
            let plain: String =
                text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let mut read = Vec::new();
            reading::read(&plain, &mut read);
            if !(MIN_WORD..=crate::MAX_LABEL).contains(&read.len()) {
                return Err(ProtectFault::Word(read.len()));
            }
            Kind::Word(read)
        };
        Ok(Self { text: text.to_owned(), owner: owner.trim().to_owned(), kind })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whose it is: a key or a label, as it was given.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The domain, where it is one.
    pub fn domain(&self) -> Option<&Name> {
        match &self.kind {
            Kind::Domain(name) => Some(name),
            Kind::Word(_) => None,
        }
    }
}

/// Names that are known to be in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    exact: BTreeSet<String>,
    below: BTreeSet<String>,
}

impl Allow {
    /// Nothing is allowed but what is protected.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows a name; with `.` or `*.` before it, the name and everything below it. A public suffix is taken, too:
    /// `.gov` allows all of it.
    ///
    /// # Errors
    /// [`NameFault`]: what makes the text no name.
    pub fn add(&mut self, text: &str) -> Result<(), NameFault> {
        let text = text.trim();
        let bare = text.strip_prefix('.').unwrap_or(text);
        let name = Name::parse(bare)?;
        let below = name.is_wildcard() || bare.len() < text.len();
        let set = if below { &mut self.below } else { &mut self.exact };
        set.insert(name.as_str().to_owned());
        Ok(())
    }

    /// Whether the name is allowed.
    pub fn holds(&self, name: &Name) -> bool {
        self.exact.contains(name.as_str()) || is_below(&self.below, name)
    }
}

/// Whether the name is one of these or stands below one.
pub(super) fn is_below(names: &BTreeSet<String>, name: &Name) -> bool {
    !names.is_empty() && (0..name.len()).any(|at| names.contains(name.tail(at)))
}

/// How much is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Hits below this score, 0 to 100, are left out.
    pub min_score: u8,
    /// Hits of one name, the best first; the rest is left out.
    pub max_hits: usize,
    /// Protected names that one place in a name is compared with; the first in the order given. More than this many come
    /// only where a list protects the same label under very many suffixes.
    pub max_candidates: usize,
    /// Words of elections beside those of this crate.
    pub words: Vec<String>,
    /// Names under the registrable domain of a protected name are its owner's, and never reported.
    pub own_domains: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min_score: 50, max_hits: 20, max_candidates: 64, words: Vec::new(), own_domains: true }
    }
}
