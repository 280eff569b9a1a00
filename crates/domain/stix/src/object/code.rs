//! Why an object is not taken.

use crate::Id;
use std::fmt;

/// The reason, stable across versions of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// Bytes that are no JSON.
    NotJson,
    /// JSON, but no object.
    NotAnObject,
    /// More bytes than are taken.
    TooLarge,
    /// More levels than are taken.
    TooDeep,
    /// More references than are taken.
    TooManyReferences,
    /// A reference below names that are longer together than 1,000 bytes.
    PathTooLong,
    /// The same name twice in one object.
    DuplicateKey,
    /// A number that no double holds.
    NumberOutOfRange,
    /// Half of a surrogate pair in a string.
    LoneSurrogate,
    /// No `id`.
    IdMissing,
    /// An `id` that is no identifier.
    IdInvalid,
    /// No `type`.
    TypeMissing,
    /// A `type` that names none.
    TypeInvalid,
    /// The `id` is of another type.
    TypeDiffers,
    /// A bundle where an object is expected.
    BundleInside,
    /// A `spec_version` that is no text.
    SpecVersionInvalid,
    /// A timestamp that is none.
    TimestampInvalid,
    /// `modified` before `created`.
    ModifiedBeforeCreated,
    /// `revoked` that is neither true nor false.
    RevokedInvalid,
    /// `created_by_ref` or `object_marking_refs` without identifiers.
    ReferenceInvalid,
    /// `granular_markings` that cannot be understood: it might hide something.
    GranularInvalid,
}

impl Code {
    /// The name by which programs know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not-utf8",
            Self::NotJson => "not-json",
            Self::NotAnObject => "not-an-object",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::TooManyReferences => "too-many-references",
            Self::PathTooLong => "path-too-long",
            Self::DuplicateKey => "duplicate-key",
            Self::NumberOutOfRange => "number-out-of-range",
            Self::LoneSurrogate => "lone-surrogate",
            Self::IdMissing => "id-missing",
            Self::IdInvalid => "id-invalid",
            Self::TypeMissing => "type-missing",
            Self::TypeInvalid => "type-invalid",
            Self::TypeDiffers => "type-differs",
            Self::BundleInside => "bundle-inside",
            Self::SpecVersionInvalid => "spec-version-invalid",
            Self::TimestampInvalid => "timestamp-invalid",
            Self::ModifiedBeforeCreated => "modified-before-created",
            Self::RevokedInvalid => "revoked-invalid",
            Self::ReferenceInvalid => "reference-invalid",
            Self::GranularInvalid => "granular-invalid",
        }
    }

    /// What it means, in English.
    pub fn text(self) -> &'static str {
        match self {
            Self::NotUtf8 => "the bytes are not UTF-8",
            Self::NotJson => "the text is not JSON",
            Self::NotAnObject => "an object is expected",
            Self::TooLarge => "the object has more bytes than are taken",
            Self::TooDeep => "the object has more levels than are taken",
            Self::TooManyReferences => "the object has more references than are taken",
            Self::PathTooLong => "the names of the properties above a reference are too long",
            Self::DuplicateKey => "the same property stands there twice",
            Self::NumberOutOfRange => "the number is out of the range of a double",
            Self::LoneSurrogate => "a string holds half of a surrogate pair",
            Self::IdMissing => "the object has no id",
            Self::IdInvalid => "the id is not of the form type--uuid in small letters",
            Self::TypeMissing => "the object has no type",
            Self::TypeInvalid => "the type is not a text of 3 to 250 of the characters a-z, 0-9 and hyphen",
            Self::TypeDiffers => "the id begins with another type",
            Self::BundleInside => "a bundle cannot stand among objects",
            Self::SpecVersionInvalid => "spec_version is not a text",
            Self::TimestampInvalid => "not a timestamp of the form 2026-11-03T20:00:00.000Z",
            Self::ModifiedBeforeCreated => "modified is before created",
            Self::RevokedInvalid => "revoked is neither true nor false",
            Self::ReferenceInvalid => "an identifier is expected",
            Self::GranularInvalid => {
                "a granular marking needs selectors, and either marking_ref with an id or lang with a text"
            }
        }
    }

    /// Whether the bytes are no JSON at all, so that nothing that follows them can be trusted to be where it seems.
    pub fn breaks_json(self) -> bool {
        self == Self::NotJson
    }
}

/// An object that is not taken: what is wrong first, and what could be read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its place in the envelope, from 0; 0 for a single object.
    pub index: u64,
    /// Its identifier.
    pub id: Option<Id>,
    /// Its type, at most 250 characters.
    pub kind: Option<Box<str>>,
    /// When it was modified, else created, as it says, at most 64 characters.
    pub version: Option<Box<str>>,
    /// What is wrong.
    pub code: Code,
    /// The property, as a selector; empty for the whole object.
    pub path: Box<str>,
    /// The byte of the object after which it was seen, from 0.
    pub offset: u64,
}

impl Rejected {
    /// The reason in English, with the property.
    pub fn message(&self) -> String {
        if self.path.is_empty() {
            self.code.text().to_owned()
        } else {
            format!("{}: {}", self.path, self.code.text())
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "object {} ({}): {}", self.index, self.code.as_str(), self.message())
    }
}

impl std::error::Error for Rejected {}
