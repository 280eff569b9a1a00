//! What is odd about an input that is read all the same.

use crate::limits::Limits;
use serde::Serialize;
use std::cell::RefCell;

/// What is odd. The codes are stable; the words for people come from the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A field that the core format does not have; it is not kept.
    UnknownField,
    /// A field of another kind than it must have, taken as far as it can be understood.
    WrongKind,
    /// A field that must be there and is not; what stands in for it is said.
    Missing,
    /// A UUID that is missing or none; one was derived from what the item says.
    DerivedUuid,
    /// A UUID that stands twice in the event; the second item got a derived one.
    UuidTwice,
    /// A number or code outside of its range.
    OutOfRange,
    /// A date or time that cannot be read.
    BadTime,
    /// A type of attribute that MISP does not have; kept as it is.
    UnknownType,
    /// A category that this type cannot have; kept as it is.
    CategoryOfOtherType,
    /// A composite type (`a|b`) whose value has no `|`.
    NotComposite,
    /// The value does not have the form of its type (a hash of a wrong length, a domain with a space).
    BadValue,
    /// An item that cannot be taken at all; the others are.
    LeftOut,
    /// A text that is longer than allowed, cut.
    Cut,
    /// A name that stands twice in one JSON object; the last one counts, other readers may take the first.
    NameTwice,
    /// A tag that marks narrower or wider than what stands beside it.
    Marking,
    /// A reference to something that is not there.
    Dangling,
    /// Something that has no counterpart in the other format; said what was done with it.
    NoCounterpart,
}

/// One oddity, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// Where, as `Event.Object[3].Attribute[0].value`; positions from 0.
    pub path: String,
    /// What.
    pub code: Code,
    /// More about it: the value, cut to 200 characters, or the name of a field.
    pub detail: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {:?}", self.path, self.code)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

/// Warnings with a cap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Warnings {
    listed: Vec<Warning>,
    unlisted: u64,
    cap: usize,
}

impl Warnings {
    /// An empty list.
    pub fn new(limits: &Limits) -> Self {
        Self { listed: Vec::new(), unlisted: 0, cap: limits.warnings }
    }

    /// What is listed, in the order of the input.
    pub fn listed(&self) -> &[Warning] {
        &self.listed
    }

    /// How many more there were.
    pub fn unlisted(&self) -> u64 {
        self.unlisted
    }

    fn push(&mut self, path: &str, code: Code, detail: &str) {
        if self.listed.len() < self.cap {
            self.listed.push(Warning { path: path.to_owned(), code, detail: clip(detail) });
        } else {
            self.unlisted += 1;
        }
    }
}

/// Warnings while something is read or converted.
#[derive(Debug)]
pub(crate) struct Log<'l> {
    pub(crate) limits: &'l Limits,
    warnings: RefCell<Warnings>,
}

impl<'l> Log<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self { limits, warnings: RefCell::new(Warnings::new(limits)) }
    }

    pub(crate) fn push(&self, path: &str, code: Code, detail: &str) {
        self.warnings.borrow_mut().push(path, code, detail);
    }

    pub(crate) fn into_inner(self) -> Warnings {
        self.warnings.into_inner()
    }
}

/// At most 200 characters of a stranger's text.
pub(crate) fn clip(text: &str) -> String {
    match text.char_indices().nth(200) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
