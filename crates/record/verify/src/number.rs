//! The receipt of a published number: its row, the path to the event's rows root, the event's proof.

use scr_canon::{CanonError, Hash32, parse_canonical};
use scr_merkle::{ProofError, leaf_hash, verify_inclusion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::proof::verify_with_entry;
use crate::{Report, Trust, VerifyError};

/// The `type` of the file.
pub const NUMBER_RECEIPT: &str = "scrutineer/number-receipt/1";
/// Public field of an import event: RFC 6962 root over its canonical rows, sorted by (unit, part).
pub const ROWS_ROOT: &str = "rows_root";
/// Public field of an import event: how many rows the root covers.
pub const ROWS: &str = "rows";
/// Longest receipt that is read, in bytes.
pub const MAX_RECEIPT_BYTES: usize = 2 << 20;

/// The receipt file, JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberReceipt {
    /// [`NUMBER_RECEIPT`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The row's canonical JSON, as text.
    pub row: String,
    /// Place of the row among the sorted rows, from 0.
    pub row_index: u64,
    /// Path from the row upwards to the event's rows root.
    pub path: Vec<Hash32>,
    /// The event's `.tlog-proof`, which carries the event in `extra`.
    pub proof: String,
}

/// What a receipt shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberReport {
    /// The row.
    pub row: Value,
    /// Its place.
    pub row_index: u64,
    /// Rows of the event.
    pub rows: u64,
    /// Root over the rows.
    pub rows_root: Hash32,
    /// The event's own proof.
    pub event: Report,
}

/// Why a receipt is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The file is no receipt.
    #[error("SCR-VERIFY-030: not a number receipt: {0}")]
    File(String),
    /// The row is not canonical JSON.
    #[error("SCR-VERIFY-031: the row is not canonical: {0}")]
    Row(#[from] CanonError),
    /// The event's proof fails.
    #[error(transparent)]
    Event(#[from] VerifyError),
    /// The event states no root over rows.
    #[error("SCR-VERIFY-032: the event carries no root over rows")]
    NoRoot,
    /// The row is not among the event's rows.
    #[error("SCR-VERIFY-033: the row is not row {index} of the event: {reason}")]
    NotIncluded {
        /// Place that the receipt claims.
        index: u64,
        /// What is wrong with the path.
        reason: ProofError,
    },
}

/// Checks a number's receipt.
///
/// # Errors
/// See [`NumberError`].
pub fn verify_number(receipt: &[u8], trust: &Trust) -> Result<NumberReport, NumberError> {
    if receipt.len() > MAX_RECEIPT_BYTES {
        return Err(NumberError::File(format!("longer than {MAX_RECEIPT_BYTES} bytes")));
    }
    let receipt: NumberReceipt =
        serde_json::from_slice(receipt).map_err(|error| NumberError::File(error.to_string()))?;
    if receipt.kind != NUMBER_RECEIPT {
        return Err(NumberError::File("its type is another one".to_owned()));
    }
    let row = parse_canonical(receipt.row.as_bytes())?;
    let (event, _) = verify_with_entry(&receipt.proof, None, trust)?;
    let fields = &event.entry.as_ref().ok_or(NumberError::NoRoot)?.public;
    let rows = fields.get(ROWS).and_then(Value::as_u64).ok_or(NumberError::NoRoot)?;
    let root = fields.get(ROWS_ROOT).and_then(Value::as_str).ok_or(NumberError::NoRoot)?;
    let rows_root: Hash32 = root.parse().map_err(|_| NumberError::NoRoot)?;
    let leaf = leaf_hash(receipt.row.as_bytes());
    verify_inclusion(&receipt.path, receipt.row_index, rows, &leaf, &rows_root)
        .map_err(|reason| NumberError::NotIncluded { index: receipt.row_index, reason })?;
    Ok(NumberReport { row, row_index: receipt.row_index, rows, rows_root, event })
}
