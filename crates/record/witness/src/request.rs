//! The body of `add-checkpoint`: an old size, a consistency proof, a signed checkpoint.

use scr_canon::Hash32;
use scr_note::decimal;
use std::fmt;
use std::str::FromStr;

/// Longest request that is read. A checkpoint with 16 ML-DSA-44 signatures has about 55 KiB.
pub const MAX_REQUEST_BYTES: usize = 256 << 10;
/// A path in a tree of 2^63 leaves.
const MAX_HASHES: usize = 63;

/// Why a body is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an add-checkpoint request: {0}")]
pub struct RequestError(pub &'static str);

/// A request. Nothing in it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the log believes the witness to have seen.
    pub old: u64,
    /// The proof that the old tree is a prefix of the new one.
    pub proof: Vec<Hash32>,
    /// The signed checkpoint, word for word.
    pub checkpoint: String,
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for AddCheckpoint {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Self, RequestError> {
        if text.len() > MAX_REQUEST_BYTES {
            return Err(RequestError("longer than 256 KiB"));
        }
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(RequestError("no blank line before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .and_then(decimal)
            .ok_or(RequestError("the first line is not `old` and a decimal number"))?;
        let proof = lines
            .map(|line| line.parse().map_err(|_| RequestError("a line of the proof is not a hash")))
            .collect::<Result<Vec<_>, _>>()?;
        if proof.len() > MAX_HASHES {
            return Err(RequestError("more than 63 hashes"));
        }
        Ok(Self { old, proof, checkpoint: checkpoint.to_owned() })
    }
}
