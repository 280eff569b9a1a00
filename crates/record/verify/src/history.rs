//! The history of one subject, whole: every entry about it, and the index that says how many there are.
//!
//! An index (`record.index.published/1`) states, for one signed size of the log, how many entries there are
//! about each subject and which is the last: an RFC 6962 root over the rows, sorted by subject.

use scr_canon::{CanonError, Hash32, parse_canonical, unb64};
use scr_merkle::{ProofError, leaf_hash, verify_consistency, verify_inclusion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::proof::verify_with_entry;
use crate::{EntryView, Report, Trust, VerifyError};

/// The `type` of the file.
pub const HISTORY_RECEIPT: &str = "scrutineer/history/1";
/// The kind of the entries that are indexes.
pub const INDEX_KIND: &str = "record.index.published/1";
/// Longest file that is read, in bytes.
pub const MAX_HISTORY_BYTES: usize = 16 << 20;
/// Most entries of one history. Longer ones are checked with the whole log.
pub const MAX_HISTORY_ENTRIES: usize = 5_000;

/// The file, JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryReceipt {
    /// [`HISTORY_RECEIPT`].
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The index's row for the subject; or, when it has none, the rows between which it would stand.
    pub rows: Vec<HistoryRow>,
    /// The index's `.tlog-proof`, which carries the index in `extra`.
    pub proof: String,
    /// That the tree which the index speaks of is the beginning of the one that the proof's checkpoint signs.
    pub consistency: Vec<Hash32>,
    /// Every entry about the subject, in order, below the proof's checkpoint.
    pub entries: Vec<HistoryEntry>,
}

/// A row of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryRow {
    /// Canonical JSON, as text: `{"count":…,"index":…,"last":…,"subject":…}`.
    pub row: String,
    /// Its place, from 0.
    pub row_index: u64,
    /// Path to the root over the rows.
    pub path: Vec<Hash32>,
}

/// An entry about the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryEntry {
    /// Its bytes, base64.
    pub entry: String,
    /// Its place in the log.
    pub index: u64,
    /// Path to the root of the proof's checkpoint.
    pub path: Vec<Hash32>,
}

/// What an index states of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexRow {
    /// How many entries are about it.
    pub count: u64,
    /// Place of the last.
    pub index: u64,
    /// Hash of the last.
    pub last: Hash32,
    /// The subject.
    pub subject: String,
}

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryLine {
    /// Place of the entry in the log.
    pub index: u64,
    /// What it says.
    pub entry: EntryView,
}

/// What a history shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryReport {
    /// What it is about.
    pub subject: String,
    /// The entries of the log that the index covers.
    pub size: u64,
    /// Every entry about the subject among these.
    pub entries: Vec<HistoryLine>,
    /// The index's own proof.
    pub index: Report,
}

/// Why a history is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// The file is no history.
    #[error("SCR-VERIFY-070: not a history: {0}")]
    File(String),
    /// The index's proof fails.
    #[error(transparent)]
    Index(#[from] VerifyError),
    /// The entry is no index.
    #[error("SCR-VERIFY-071: the entry is not an index of the record")]
    NotAnIndex,
    /// The index speaks of a tree that the log has not signed.
    #[error("SCR-VERIFY-072: the index speaks of another log than the one that was signed: {0}")]
    OtherTree(ProofError),
    /// The rows are not in the index, or do not show what they must.
    #[error("SCR-VERIFY-073: the index does not say this of the subject: {0}")]
    Row(String),
    /// An entry is not where it must be, or is about something else.
    #[error("SCR-VERIFY-074: entry {index}, number {number} of the history: {what}")]
    Entry {
        /// Its place in the log, as the file states it.
        index: u64,
        /// Its number among the entries about the subject, from 1.
        number: u64,
        /// In words.
        what: String,
    },
    /// Entries are missing or too many.
    #[error("SCR-VERIFY-075: the file holds {found} entries, the index states {stated}")]
    Count {
        /// In the file.
        found: u64,
        /// In the index.
        stated: u64,
    },
}

impl HistoryError {
    /// The stable code (docs/reference/errors/verify.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "SCR-VERIFY-070",
            Self::Index(error) => error.code(),
            Self::NotAnIndex => "SCR-VERIFY-071",
            Self::OtherTree(_) => "SCR-VERIFY-072",
            Self::Row(_) => "SCR-VERIFY-073",
            Self::Entry { .. } => "SCR-VERIFY-074",
            Self::Count { .. } => "SCR-VERIFY-075",
        }
    }

    /// The exit status of a command: 2 when nothing could be examined, 1 when it was and failed.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(_) => 2,
            Self::Index(error) => error.exit_code(),
            _ => 1,
        }
    }
}

impl From<CanonError> for HistoryError {
    fn from(error: CanonError) -> Self {
        Self::Row(error.to_string())
    }
}

/// What an index entry states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexView {
    pub(crate) size: u64,
    pub(crate) root: Hash32,
    pub(crate) subjects: u64,
    pub(crate) subjects_root: Hash32,
}

impl IndexView {
    /// Reads an entry as an index; `None` when it is none.
    pub(crate) fn of(entry: &EntryView) -> Option<Self> {
        let count = |name: &str| entry.public.get(name).and_then(Value::as_u64);
        let hash = |name: &str| entry.public.get(name).and_then(Value::as_str)?.parse().ok();
        (entry.kind == INDEX_KIND).then_some(())?;
        Some(Self {
            size: count("size")?,
            root: hash("root")?,
            subjects: count("subjects")?,
            subjects_root: hash("subjects_root")?,
        })
    }
}

/// Checks a history.
///
/// # Errors
/// See [`HistoryError`].
pub fn verify_history(receipt: &[u8], trust: &Trust) -> Result<HistoryReport, HistoryError> {
    let file = |what: String| HistoryError::File(what);
    if receipt.len() > MAX_HISTORY_BYTES {
        return Err(file(format!("longer than {MAX_HISTORY_BYTES} bytes")));
    }
    let receipt: HistoryReceipt = serde_json::from_slice(receipt).map_err(|error| file(error.to_string()))?;
    if receipt.kind != HISTORY_RECEIPT {
        return Err(file("its type is another one".to_owned()));
    }
    if receipt.entries.len() > MAX_HISTORY_ENTRIES || receipt.rows.len() > 2 {
        return Err(file(format!("more than {MAX_HISTORY_ENTRIES} entries or two rows")));
    }
    let (report, _) = verify_with_entry(&receipt.proof, None, trust)?;
    let index = report.entry.as_ref().and_then(IndexView::of).ok_or(HistoryError::NotAnIndex)?;
    if index.size > report.index {
        // An index can only speak of what was there before it.
        return Err(HistoryError::NotAnIndex);
    }
    verify_consistency(&receipt.consistency, index.size, report.size, &index.root, &report.root)
        .map_err(HistoryError::OtherTree)?;
    let rows = receipt.rows.iter().map(|row| checked_row(row, &index)).collect::<Result<Vec<_>, _>>()?;
    let stated = match rows.iter().find(|(_, row)| row.subject == receipt.subject) {
        Some((_, row)) if rows.len() == 1 => Some(row),
        Some(_) => return Err(HistoryError::Row("one row too many".to_owned())),
        None => {
            check_absent(&receipt.subject, &rows, index.subjects)?;
            None
        }
    };
    let count = stated.map_or(0, |row| row.count);
    if count != receipt.entries.len() as u64 {
        return Err(HistoryError::Count { found: receipt.entries.len() as u64, stated: count });
    }
    let mut entries = Vec::with_capacity(receipt.entries.len());
    for (number, entry) in (1..).zip(&receipt.entries) {
        let last = stated.filter(|row| row.count == number);
        let view = checked_entry(number, entry, &receipt.subject, last, (&index, &report))?;
        entries.push(HistoryLine { index: entry.index, entry: view });
    }
    Ok(HistoryReport { subject: receipt.subject, size: index.size, entries, index: report })
}

/// A row that is in the index, with its place.
fn checked_row(row: &HistoryRow, index: &IndexView) -> Result<(u64, IndexRow), HistoryError> {
    let value = parse_canonical(row.row.as_bytes())?;
    let read: IndexRow =
        serde_json::from_value(value).map_err(|error| HistoryError::Row(error.to_string()))?;
    let leaf = leaf_hash(row.row.as_bytes());
    verify_inclusion(&row.path, row.row_index, index.subjects, &leaf, &index.subjects_root)
        .map_err(|reason| HistoryError::Row(format!("row {} is not in it: {reason}", row.row_index)))?;
    Ok((row.row_index, read))
}

/// The subject would stand between two rows that are neighbours, before the first or after the last.
fn check_absent(subject: &str, rows: &[(u64, IndexRow)], subjects: u64) -> Result<(), HistoryError> {
    let shown = match rows {
        [] => subjects == 0,
        [(place, row)] if *place == 0 && subject < row.subject.as_str() => true,
        [(place, row)] => place + 1 == subjects && row.subject.as_str() < subject,
        [(before, left), (after, right)] => {
            before + 1 == *after && left.subject.as_str() < subject && subject < right.subject.as_str()
        }
        _ => false,
    };
    if shown { Ok(()) } else { Err(HistoryError::Row("the rows do not show that it has none".to_owned())) }
}

fn checked_entry(
    number: u64,
    entry: &HistoryEntry,
    subject: &str,
    last: Option<&IndexRow>,
    (index, report): (&IndexView, &Report),
) -> Result<EntryView, HistoryError> {
    let wrong = |what: String| HistoryError::Entry { index: entry.index, number, what };
    let bytes = unb64(&entry.entry).map_err(|error| wrong(error.to_string()))?;
    let leaf = leaf_hash(&bytes);
    verify_inclusion(&entry.path, entry.index, report.size, &leaf, &report.root)
        .map_err(|reason| wrong(format!("it is not at this place: {reason}")))?;
    if entry.index >= index.size {
        return Err(wrong("it came after the index".to_owned()));
    }
    let view = EntryView::parse(&bytes).map_err(wrong)?;
    match view.counters.get(subject) {
        Some(counted) if *counted == number => {}
        Some(counted) => return Err(wrong(format!("it counts {counted}"))),
        None => return Err(wrong("it is not about this subject".to_owned())),
    }
    if last.is_some_and(|row| row.last != leaf || row.index != entry.index) {
        return Err(wrong("the index names another entry as the last".to_owned()));
    }
    Ok(view)
}
