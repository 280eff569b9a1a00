//! A copy of an object without what its readers may not see.
//!
//! The copy is a new object of the redactor's, marked anew and derived from the original; it is never another version
//! of the original, for STIX knows no two contents of one version. What stays keeps its spelling.

mod steps;

pub use steps::redacted_copy;

use crate::marking::Meaning;
use crate::object::{Object, Reference};
use crate::selector::Selector;
use crate::{Id, Timestamp};
use scr_core::Tlp;

/// What is to be done.
#[derive(Clone, Copy)]
pub struct Redaction<'a> {
    /// What is taken out.
    pub drop: &'a [Selector],
    /// The identity that answers for the copy.
    pub redactor: &'a Id,
    /// The label of the copy.
    pub marking: Tlp,
    /// When.
    pub now: &'a Timestamp,
    /// The copy's identifier, of the original's type. An observable gets the one that follows from what is left of
    /// it, unless that is the original's.
    pub new_id: &'a Id,
    /// The identifier of the relationship to the original.
    pub relationship_id: &'a Id,
    /// Whether readers of the copy may know of the original. If not, the relationship carries the original's label,
    /// and nothing in the copy names it.
    pub disclose_original: bool,
    /// What stands for a text that the type cannot be without.
    pub placeholder: &'a str,
    /// What the definitions of markings say that are not built in.
    pub known: &'a dyn Fn(&Id) -> Option<Meaning>,
    /// The label of another object, which decides whether the copy may refer to it; `None` for unknown ones, to which
    /// it then does not refer.
    pub label_of: &'a dyn Fn(&Id) -> Option<Tlp>,
}

/// A copy and what belongs to it. Neither is signed yet.
#[derive(Debug, Clone)]
pub struct Redacted {
    /// The copy.
    pub copy: Object,
    /// `derived-from`, from the copy to the original.
    pub relationship: Object,
    /// Properties that a placeholder stands for.
    pub replaced: Vec<Selector>,
    /// References that were taken out because of what they lead to.
    pub references: Vec<Reference>,
    /// Texts that were taken out and still stand somewhere in the copy, as JSON writes them: somebody must look.
    pub remaining: Vec<String>,
}

/// Why there is no copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactError {
    /// Objects of this type are not redacted.
    #[error("a {0} is not redacted")]
    Kind(String),
    /// The original has been revoked.
    #[error("the object has been revoked")]
    Revoked,
    /// An identifier of the wrong type, or the original's own.
    #[error("{0} cannot stand here")]
    Identifier(Id),
    /// A selector that selects nothing.
    #[error("{0} selects nothing")]
    SelectsNothing(Selector),
    /// What makes an object what it is.
    #[error("{0} cannot be taken out: without it there is no such object")]
    Required(String),
    /// A reference that the type cannot be without, to an object whose label is narrower, or unknown.
    #[error("{path} leads to {id}, which readers of the copy may not see")]
    RequiredReference {
        /// The property.
        path: String,
        /// To what.
        id: Id,
    },
    /// Nothing is left from which an observable's identifier follows.
    #[error("nothing is left that identifies the object")]
    Unidentified,
    /// A property that stays has a narrower label than the copy.
    #[error("{selector} stays, and its label is narrower than the copy's")]
    StillNarrower {
        /// The property, as the original has it.
        selector: String,
    },
    /// The copy names the original, or an object that its readers may not see, in some text.
    #[error("a text of the copy names {0}")]
    Names(Id),
    /// The copy breaks the standard where the original did not.
    #[error("the copy would not be valid: {0}")]
    Invalid(String),
}

impl RedactError {
    /// The name by which programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind(_) => "redact-kind",
            Self::Revoked => "redact-revoked",
            Self::Identifier(_) => "redact-identifier",
            Self::SelectsNothing(_) => "redact-selects-nothing",
            Self::Required(_) => "redact-required",
            Self::RequiredReference { .. } => "redact-required-reference",
            Self::Unidentified => "redact-unidentified",
            Self::StillNarrower { .. } => "redact-still-narrower",
            Self::Names(_) => "redact-names",
            Self::Invalid(_) => "redact-invalid",
        }
    }
}
