//! One object, kept byte for byte, and what a server must know of it without looking inside again.

mod code;
mod head;
mod reader;

pub use code::{RejectCode, Rejected};

use crate::{Id, Timestamp};
use serde_json::Value;
use std::sync::Arc;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one object.
    pub object_bytes: usize,
    /// Levels of objects and arrays in one object; at most 120.
    pub depth: usize,
    /// References of one object.
    pub references: usize,
    /// Objects of one envelope or bundle.
    pub objects: u64,
    /// Bytes of one envelope or bundle.
    pub total_bytes: u64,
}

impl Default for Limits {
    /// 8 MiB an object, 64 levels, 50,000 references, 1,000,000 objects, 128 MiB an envelope.
    fn default() -> Self {
        Self {
            object_bytes: 8 << 20,
            depth: 64,
            references: 50_000,
            objects: 1_000_000,
            total_bytes: 128 << 20,
        }
    }
}

/// An object as it was sent, and its head.
#[derive(Debug, Clone)]
pub struct Object {
    raw: Arc<str>,
    head: Head,
}

/// What a server, a page or a marking needs to know of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its identifier.
    pub id: Id,
    /// As the object says; STIX 2.0 does not, and observables of STIX 2.1 need not.
    pub spec_version: Option<Box<str>>,
    /// When its first version was made.
    pub created: Option<Timestamp>,
    /// When this version was made.
    pub modified: Option<Timestamp>,
    /// Whether this version takes the object back.
    pub revoked: bool,
    /// Who has made it.
    pub created_by_ref: Option<Id>,
    /// Markings of the whole object.
    pub object_marking_refs: Vec<Id>,
    /// Markings and languages of single properties.
    pub granular_markings: Vec<Granular>,
    /// Every `…_ref` and `…_refs` at any level that holds an identifier, in the order of the text; those above are
    /// among them.
    pub refs: Vec<Reference>,
    /// What people may call it: its name, else its value, else what its type has instead; at most 200 characters of
    /// the sender's own text.
    pub title: Option<Box<str>>,
    /// From when an indicator counts.
    pub valid_from: Option<Timestamp>,
    /// Until when it does.
    pub valid_until: Option<Timestamp>,
    /// 0 to 100.
    pub confidence: Option<u8>,
    /// Words of the sender.
    pub labels: Vec<Box<str>>,
}

/// One of an object's `granular_markings` (STIX 2.1 section 7.2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granular {
    /// What it says of the properties.
    pub what: GranularWhat,
    /// Which properties, as they stand: `a.b.[0].c`.
    pub selectors: Vec<Box<str>>,
}

/// What a granular marking says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GranularWhat {
    /// The identifier of a marking definition.
    Marking(Id),
    /// A language (RFC 5646).
    Lang(Box<str>),
}

/// A reference from one object to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The property, written as a selector: `object_refs.[3]`.
    pub path: Box<str>,
    /// To what.
    pub id: Id,
}

impl Head {
    /// Its type.
    pub fn kind(&self) -> &str {
        self.id.kind()
    }

    /// What tells its versions apart (TAXII 2.1: match\[version\]): when it was modified, else created; `None` for
    /// observables, which do not change.
    pub fn version(&self) -> Option<&Timestamp> {
        self.modified.as_ref().or(self.created.as_ref())
    }

    /// The version, byte for byte as the object has it.
    pub fn version_text(&self) -> Option<&str> {
        self.version().map(Timestamp::as_str)
    }
}

impl Object {
    /// Reads one object; spaces around it are not kept. No more of it is looked at than the head needs, but all of it
    /// is JSON, in UTF-8, without repeated names, and within the limits.
    ///
    /// # Errors
    /// What is wrong first, with the identifier, type and version where they could be read.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Box<Rejected>> {
        reader::read(bytes, limits)
    }

    /// What can be said of an object of which only the beginning is there.
    pub(crate) fn too_large(beginning: &[u8], limits: &Limits) -> Box<Rejected> {
        reader::beginning(beginning, RejectCode::TooLarge, limits)
    }

    /// The text as it was sent.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The same, to be shared.
    pub fn raw_shared(&self) -> Arc<str> {
        Arc::clone(&self.raw)
    }

    /// What a server must know of it.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Its identifier.
    pub fn id(&self) -> &Id {
        &self.head.id
    }

    /// Its type.
    pub fn kind(&self) -> &str {
        self.head.kind()
    }

    /// All of it as a value: numbers become doubles, the order of members is lost.
    pub fn value(&self) -> Value {
        // What the reader accepts, serde_json reads; tests hold them against each other.
        serde_json::from_str(&self.raw).unwrap_or(Value::Null)
    }
}
