//! The promise that answers an act at once: the log states, signed, what it will include where.
//!
//! A signed note whose text cannot be taken for a checkpoint, because its second line is no number:
//!
//! ```text
//! scrutineer/promise/v1
//! origin log.example/2026
//! index 12
//! leaf <base64>
//! at 2026-11-24T10:00:00Z
//! ```
//! A checkpoint of the same origin that is larger than `index` and holds another leaf there is
//! evidence, under the log's own signature, that the promise was broken.

use crate::checkpoint::decimal;
use crate::keys::{SignError, SignerKey, VerifierKey};
use crate::note::{Note, NoteError};
use scr_canon::Hash32;
use std::fmt;
use std::str::FromStr;

const HEADER: &str = "scrutineer/promise/v1";

/// What the log promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Which log.
    pub origin: String,
    /// Where the entry will stand.
    pub index: u64,
    /// Hash of the entry.
    pub leaf: Hash32,
    /// When the entry was taken, RFC 3339 UTC with seconds.
    pub at: String,
}

/// Why a promise is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromiseError {
    /// The text has another form.
    #[error("not a promise: {0}")]
    Malformed(&'static str),
    /// The note around it does not hold.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl Promise {
    /// The promise as a note signed by the log's key.
    ///
    /// # Errors
    /// [`SignError::Away`].
    pub fn sign(&self, log: &SignerKey) -> Result<String, SignError> {
        Note::sign(&self.to_string(), &[log], 0).map(|note| note.to_string())
    }

    /// Reads a promise and checks that one of these keys has signed it.
    pub fn open(note: &str, trusted: &[VerifierKey]) -> Result<Self, PromiseError> {
        let note: Note = note.parse()?;
        note.open(trusted)?;
        note.text.parse()
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{HEADER}\norigin {}\nindex {}\nleaf {}\nat {}\n",
            self.origin, self.index, self.leaf, self.at
        )
    }
}

impl FromStr for Promise {
    type Err = PromiseError;

    fn from_str(text: &str) -> Result<Self, PromiseError> {
        let wrong = PromiseError::Malformed;
        let body = text.strip_suffix('\n').ok_or(wrong("the last line does not end"))?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [HEADER, origin, index, leaf, at] = lines.as_slice() else {
            return Err(wrong("it does not have the five lines of a promise"));
        };
        let field = |line: &str, name: &str| line.strip_prefix(name).map(str::to_owned);
        Ok(Self {
            origin: field(origin, "origin ").filter(|o| !o.is_empty()).ok_or(wrong("no origin"))?,
            index: index
                .strip_prefix("index ")
                .and_then(decimal)
                .ok_or(wrong("the index is not a number"))?,
            leaf: leaf
                .strip_prefix("leaf ")
                .and_then(|l| l.parse().ok())
                .ok_or(wrong("the leaf is not a hash"))?,
            at: field(at, "at ").filter(|a| a.len() == 20).ok_or(wrong("no time"))?,
        })
    }
}
