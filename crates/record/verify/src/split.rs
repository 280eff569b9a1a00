//! Evidence that a log has shown two different records: two checkpoints, both signed by the log, that
//! cannot both be of one append-only list. Anybody who trusts the log's key can check it, offline.

use scr_canon::Hash32;
use scr_merkle::{ProofError, verify_consistency};
use scr_note::Checkpoint;
use serde::{Deserialize, Serialize};

use crate::proof::check_checkpoint;
use crate::{Trust, VerifyError};

/// What the field `evidence` of such a file says.
pub const SPLIT_VIEW: &str = "scrutineer/split-view/1";
/// Longest file of evidence that is read, in bytes.
pub const MAX_SPLIT_BYTES: usize = 1 << 20;

/// A file of evidence. `first` is the checkpoint of the smaller size, or either one of two of one size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitView {
    /// [`SPLIT_VIEW`].
    pub evidence: String,
    /// The signed checkpoint of the smaller size, as it was served.
    pub first: String,
    /// The other signed checkpoint, as it was served.
    pub second: String,
    /// The root over the first entries (as many as `first` has) of the list that `second` signs; only
    /// where the sizes differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_root: Option<Hash32>,
    /// The consistency proof (RFC 6962 section 2.1.2) from `prefix_root` to `second`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Hash32>,
}

/// What the evidence shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SplitReport {
    /// Which log.
    pub origin: String,
    /// Entries under the first checkpoint.
    pub first_size: u64,
    /// Its root.
    pub first_root: Hash32,
    /// Entries under the second checkpoint.
    pub second_size: u64,
    /// Its root.
    pub second_root: Hash32,
    /// The root over the first `first_size` entries of the second list.
    pub prefix_root: Hash32,
}

/// Why the file shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// Not such a file.
    #[error("SCR-VERIFY-060: the file is no evidence of two records: {0}")]
    File(String),
    /// One of the checkpoints is not signed by a key that the reader trusts.
    #[error(transparent)]
    Checkpoint(#[from] VerifyError),
    /// The checkpoints are of two logs.
    #[error("SCR-VERIFY-061: the checkpoints are of two logs, {0} and {1}: that is no contradiction")]
    TwoLogs(String, String),
    /// Both can be of one list.
    #[error("SCR-VERIFY-062: both checkpoints are of one list: they do not contradict each other")]
    Agree,
    /// The proof in the file does not hold, so that nothing is shown.
    #[error("SCR-VERIFY-063: the proof between the checkpoints does not hold: {0}")]
    Proof(ProofError),
}

impl SplitError {
    /// The stable code (docs/reference/errors/verify.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "SCR-VERIFY-060",
            Self::Checkpoint(error) => error.code(),
            Self::TwoLogs(..) => "SCR-VERIFY-061",
            Self::Agree => "SCR-VERIFY-062",
            Self::Proof(_) => "SCR-VERIFY-063",
        }
    }

    /// The exit status of a command: 2 when nothing could be examined, 1 when it shows nothing.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(_) => 2,
            Self::Checkpoint(error) => error.exit_code(),
            _ => 1,
        }
    }
}

/// Checks evidence of two records.
///
/// # Errors
/// The file shows no contradiction; see [`SplitError`].
pub fn verify_split(bytes: &[u8], trust: &Trust) -> Result<SplitReport, SplitError> {
    if bytes.len() > MAX_SPLIT_BYTES {
        return Err(SplitError::File(format!("longer than {MAX_SPLIT_BYTES} bytes")));
    }
    let file: SplitView = serde_json::from_slice(bytes).map_err(|e| SplitError::File(e.to_string()))?;
    if file.evidence != SPLIT_VIEW {
        return Err(SplitError::File(format!("it says {:?}", file.evidence)));
    }
    let first: Checkpoint = check_checkpoint(&file.first, trust)?.checkpoint;
    let second: Checkpoint = check_checkpoint(&file.second, trust)?.checkpoint;
    if first.origin != second.origin {
        return Err(SplitError::TwoLogs(first.origin, second.origin));
    }
    let prefix_root = if first.size == second.size {
        second.root
    } else {
        let root = file.prefix_root.ok_or_else(|| SplitError::File("it has no prefix_root".to_owned()))?;
        verify_consistency(&file.proof, first.size, second.size, &root, &second.root)
            .map_err(SplitError::Proof)?;
        root
    };
    if prefix_root == first.root {
        return Err(SplitError::Agree);
    }
    Ok(SplitReport {
        origin: first.origin,
        first_size: first.size,
        first_root: first.root,
        second_size: second.size,
        second_root: second.root,
        prefix_root,
    })
}
