//! The end of a log: its own key says that nothing more will come, and which log goes on.
//!
//! A signed note whose text cannot be taken for a checkpoint, because its second line is no number:
//!
//! ```text
//! scrutineer/retirement/v1
//! origin log.example/2026
//! size 12
//! root <base64>
//! successor log.example/2027+5cd14f1b+AY…
//! at 2026-11-24T10:00:00Z
//! reason The disk was lost; the newest copy lacks entries that were signed.
//! ```
//! Size and root are the last tree that the log has signed. A larger checkpoint under the same key is
//! evidence that the log went on in secret.

use crate::checkpoint::decimal;
use crate::keys::{SignError, SignerKey, VerifierKey};
use crate::note::{Note, NoteError};
use scr_canon::Hash32;
use std::fmt;
use std::str::FromStr;

const HEADER: &str = "scrutineer/retirement/v1";
/// Bytes of the reason at most.
pub const MAX_REASON_BYTES: usize = 500;

/// The statement that a log has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retirement {
    /// Which log.
    pub origin: String,
    /// Entries under its last checkpoint.
    pub size: u64,
    /// Root of that checkpoint.
    pub root: Hash32,
    /// The key of the log that goes on; its name is the new origin.
    pub successor: VerifierKey,
    /// When, RFC 3339 UTC with seconds.
    pub at: String,
    /// Why, in one line.
    pub reason: String,
}

/// Why a retirement is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetirementError {
    /// The text has another form.
    #[error("not a retirement: {0}")]
    Malformed(&'static str),
    /// The note around it does not hold.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl Retirement {
    /// The statement as a note signed by the log's key. Its reason must be one ([`is_reason`]).
    ///
    /// # Errors
    /// [`SignError::Away`].
    pub fn sign(&self, log: &SignerKey) -> Result<String, SignError> {
        Note::sign(&self.to_string(), &[log], 0).map(|note| note.to_string())
    }

    /// Reads a statement and checks that one of these keys has signed it.
    pub fn open(note: &str, trusted: &[VerifierKey]) -> Result<Self, RetirementError> {
        let note: Note = note.parse()?;
        note.open(trusted)?;
        note.text.parse()
    }
}

/// Whether a text can be the reason: one line of 1 to [`MAX_REASON_BYTES`] bytes.
pub fn is_reason(text: &str) -> bool {
    (1..=MAX_REASON_BYTES).contains(&text.len()) && !text.chars().any(char::is_control)
}

impl fmt::Display for Retirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{HEADER}\norigin {}\nsize {}\nroot {}\nsuccessor {}\nat {}\nreason {}\n",
            self.origin, self.size, self.root, self.successor, self.at, self.reason
        )
    }
}

impl FromStr for Retirement {
    type Err = RetirementError;

    fn from_str(text: &str) -> Result<Self, RetirementError> {
        let wrong = RetirementError::Malformed;
        let body = text.strip_suffix('\n').ok_or(wrong("the last line does not end"))?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [HEADER, origin, size, root, successor, at, reason] = lines.as_slice() else {
            return Err(wrong("it does not have the seven lines of a retirement"));
        };
        let field = |line: &str, name: &str| line.strip_prefix(name).map(str::to_owned);
        Ok(Self {
            origin: field(origin, "origin ").filter(|o| !o.is_empty()).ok_or(wrong("no origin"))?,
            size: size.strip_prefix("size ").and_then(decimal).ok_or(wrong("the size is not a number"))?,
            root: root
                .strip_prefix("root ")
                .and_then(|root| root.parse().ok())
                .ok_or(wrong("the root is not a hash"))?,
            successor: successor
                .strip_prefix("successor ")
                .and_then(|key| key.parse().ok())
                .ok_or(wrong("the successor is not a key"))?,
            at: field(at, "at ").filter(|at| at.len() == 20).ok_or(wrong("no time"))?,
            reason: field(reason, "reason ").filter(|r| is_reason(r)).ok_or(wrong("no reason"))?,
        })
    }
}
