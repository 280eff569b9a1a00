//! The offline verifier: no network, no clock, no trust in the server that is examined.
//!
//! | module | checks |
//! |---|---|
//! | [`proof`] | one entry's `.tlog-proof` under a policy or keys that the reader trusts |
//! | [`promise`] | a promise, and whether a later proof keeps or breaks it |
//! | [`number`] | a published number: its row, the import event, the checkpoint |
//! | [`document`] | a document, against the hash or the commitment that an entry states |
//! | [`history`] | every entry about one subject, and that none is left out |
//! | [`fsck()`] | a whole log; names the first entry or tile that is wrong |
//! | [`authors`], [`order`] | entries one after the other: who wrote them, and that none is left out |
//! | [`split`] | evidence that a log has signed two different records |
//!
//! Entries are read here without the code that writes them: the verifying path is its own.

pub mod authors;
mod counters;
pub mod document;
pub mod entry;
pub mod fsck;
pub mod history;
pub mod number;
pub mod order;
mod parallel;
mod parts;
pub mod promise;
pub mod proof;
pub mod source;
pub mod split;
mod subjects;
mod time;
mod walk;

pub use authors::{AuthorCheck, Authors};
pub use counters::Counters;
pub use document::{DocumentError, DocumentFound, parse_salt, verify_document};
pub use entry::{EntryHead, EntryView};
pub use fsck::{EntryRules, FsckError, FsckReport, fsck};
pub use history::{HistoryError, HistoryReceipt, HistoryReport, MAX_HISTORY_BYTES, verify_history};
pub use number::{NumberError, NumberReceipt, NumberReport, verify_number};
pub use order::EntryOrder;
pub use parallel::first_unsigned;
pub use promise::{PromiseFault, PromiseReport, PromiseState, compare_promise, verify_promise};
pub use proof::{
    MlDsaState, Report, SignatureView, Trust, VerifyError, WitnessView, verify_checkpoint, verify_proof,
};
pub use source::{DirectorySource, FetchSource, LogSource, SourceError};
pub use split::{SPLIT_VIEW, SplitError, SplitReport, SplitView, verify_split};
