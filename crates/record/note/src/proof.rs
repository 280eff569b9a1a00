//! C2SP tlog-proof: one entry's inclusion, with the checkpoint it is included in.

use crate::checkpoint::decimal;
use crate::note::MAX_NOTE_BYTES;
use scr_canon::{Hash32, b64, unb64};
use std::fmt;
use std::str::FromStr;

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// A path in a tree of 2^63 leaves.
const MAX_HASHES: usize = 63;

/// Why a file is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a .tlog-proof file: {0}")]
pub struct ProofFileError(pub &'static str);

/// The contents of a `.tlog-proof` file. Nothing in it is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Bytes that the maker added; ours are the entry's own. Not covered by any signature.
    pub extra: Option<Vec<u8>>,
    /// Index of the entry.
    pub index: u64,
    /// The path, from the leaf upwards.
    pub hashes: Vec<Hash32>,
    /// The signed checkpoint, word for word.
    pub checkpoint: String,
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", b64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for TlogProof {
    type Err = ProofFileError;

    fn from_str(text: &str) -> Result<Self, ProofFileError> {
        if text.len() > MAX_NOTE_BYTES {
            return Err(ProofFileError("longer than 1 MiB"));
        }
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(ProofFileError("no blank line before the checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(ProofFileError("the first line is not c2sp.org/tlog-proof@v1"));
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(coded) => {
                let bytes = unb64(coded).map_err(|_| ProofFileError("the extra data is not base64"))?;
                lines.next();
                Some(bytes)
            }
            None => None,
        };
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal)
            .ok_or(ProofFileError("the index is not a decimal number"))?;
        let hashes = lines
            .map(|line| line.parse().map_err(|_| ProofFileError("a line of the path is not a hash")))
            .collect::<Result<Vec<_>, _>>()?;
        if hashes.len() > MAX_HASHES {
            return Err(ProofFileError("more than 63 hashes"));
        }
        Ok(Self { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }
}
