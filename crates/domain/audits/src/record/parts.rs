//! What is committed to: each part of a record as canonical JSON, hashed.

use super::{Commitment, Cvr, CvrFile, Record};
use scr_canon::{CanonError, Hash32, sha256, to_canonical};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// A part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Method, sampler, software.
    Settings,
    /// Contests with choices, reported votes and risk limits.
    Contests,
    /// The manifest, with totals by batch.
    Batches,
    /// The CVRs: those of the record itself, and the files beside it.
    Cvrs,
    /// What names stand for.
    Names,
}

/// All parts, in the order in which they are checked.
pub const PARTS: [Part; 5] = [Part::Settings, Part::Contests, Part::Batches, Part::Cvrs, Part::Names];

#[derive(Serialize)]
struct Cvrs<'a> {
    cvrs: &'a [Cvr],
    files: &'a [CvrFile],
}

impl Part {
    /// Its name in a commitment.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Contests => "contests",
            Self::Batches => "batches",
            Self::Cvrs => "cvrs",
            Self::Names => "names",
        }
    }

    /// Its hash in a record.
    ///
    /// # Errors
    /// A number above 2^53-1, which canonical JSON has not.
    pub fn hash(self, record: &Record) -> Result<Hash32, CanonError> {
        let bytes = match self {
            Self::Settings => {
                to_canonical(&json!({ "settings": record.settings, "software": record.software }))
            }
            Self::Contests => to_canonical(&record.contests),
            Self::Batches => to_canonical(&record.batches),
            Self::Cvrs => to_canonical(&Cvrs { cvrs: &record.cvrs, files: &record.cvr_files }),
            Self::Names => to_canonical(&record.names),
        };
        Ok(sha256(&bytes?))
    }
}

impl Commitment {
    /// To nothing: what [`Self::of`] replaces.
    pub fn none() -> Self {
        Self { parts: BTreeMap::new(), root: sha256(b""), published: None, signed: Vec::new() }
    }

    /// The root over parts.
    ///
    /// # Errors
    /// Never in practice: texts and hashes have a canonical form.
    pub fn root_of(parts: &BTreeMap<String, Hash32>) -> Result<Hash32, CanonError> {
        Ok(sha256(&to_canonical(parts)?))
    }

    /// What a record commits to, not published yet.
    ///
    /// # Errors
    /// As [`Part::hash`].
    pub fn of(record: &Record) -> Result<Self, CanonError> {
        let mut parts = BTreeMap::new();
        for part in PARTS {
            parts.insert(part.name().to_owned(), part.hash(record)?);
        }
        let root = Self::root_of(&parts)?;
        Ok(Self { parts, root, published: None, signed: Vec::new() })
    }
}
