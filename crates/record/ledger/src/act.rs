//! What is asked of the ledger, and what it answers.

use scr_canon::Hash32;
use std::sync::Arc;

/// The place that the ledger gives to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Index in the log.
    pub index: u64,
    /// When, in seconds since 1970, UTC; never less than the entry before.
    pub at: i64,
    /// For each claim, the how-manieth entry about its subject this is, from 1.
    pub seqs: Vec<u64>,
}

/// Makes the entry's bytes for a place. May be called again after a conflict; `Err` refuses the act.
pub type Compose = Arc<dyn Fn(&Slot) -> Result<Vec<u8>, String> + Send + Sync>;

/// One subject of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The subject, `kind:name`.
    pub subject: String,
    /// How many entries about it the decision was based on. `None` counts without guarding.
    pub expected: Option<u64>,
}

/// One entry to be recorded.
#[derive(Clone)]
pub struct Proposal {
    /// Its subjects, in the order in which `compose` gets their counts.
    pub claims: Vec<Claim>,
    /// Makes its bytes.
    pub compose: Compose,
    /// Ciphertexts that become durable with it: (id, bytes).
    pub payloads: Vec<(String, Vec<u8>)>,
}

/// A value in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param {
    /// NULL.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// UTF-8 text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// A change of an operational table, in SQL that SQLite and PostgreSQL both read (`$1`, `$2`, …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// Its values.
    pub params: Vec<Param>,
}

/// Entries and changes that become durable together or not at all.
#[derive(Clone, Default)]
pub struct Act {
    /// The entries, in order.
    pub proposals: Vec<Proposal>,
    /// Changes of operational tables in the same transaction.
    pub statements: Vec<Statement>,
}

/// An entry that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its index.
    pub index: u64,
    /// Hash of its bytes.
    pub leaf: Hash32,
    /// When it was recorded.
    pub at: i64,
    /// Counts of its subjects, in the order of its claims.
    pub seqs: Vec<u64>,
}

/// Why the ledger has stopped accepting and signing. Reading goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StopReason {
    /// The clock went back by more than two seconds.
    #[error("the clock went back by {seconds} s")]
    ClockBackwards {
        /// By how much.
        seconds: i64,
    },
    /// The store could not make a transaction durable (disk full, failed sync, lost connection).
    #[error("the store failed: {0}")]
    StoreFailed(String),
    /// The database holds less than what was signed: it was restored from an old copy.
    #[error(
        "the database holds {size} entries, but {signed} have been signed: it was restored from an older copy"
    )]
    RolledBack {
        /// Entries in the database.
        size: u64,
        /// Entries under the last signed checkpoint.
        signed: u64,
    },
    /// The database holds other entries than those that were signed.
    #[error("the database's tree differs from the signed checkpoint at size {size}")]
    Diverged {
        /// The size of the checkpoint.
        size: u64,
    },
    /// The guard file cannot be read or written.
    #[error("the guard file: {0}")]
    Guard(String),
    /// The ledger was closed.
    #[error("the ledger is closed")]
    Closed,
}

/// Why an act was not recorded. Nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Somebody else has recorded something about this subject since.
    #[error("{subject} has {found} entries, the decision was based on {expected}")]
    Conflict {
        /// The subject.
        subject: String,
        /// The decision's count.
        expected: u64,
        /// The ledger's.
        found: u64,
    },
    /// An entry is longer than a bundle can hold.
    #[error("an entry has at most {max} bytes, this has {found}")]
    TooLong {
        /// The limit.
        max: usize,
        /// Its length.
        found: usize,
    },
    /// The entry could not be made.
    #[error("the entry could not be composed: {0}")]
    Compose(String),
    /// A statement was refused by the database.
    #[error("an operational change was refused: {0}")]
    Statement(String),
    /// Too many acts are waiting: try again.
    #[error("too many acts are waiting")]
    Busy,
    /// The ledger does not accept acts.
    #[error("the ledger does not accept acts: {0}")]
    Stopped(#[from] StopReason),
}
