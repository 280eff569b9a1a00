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

/// Entries of one act at most.
pub const MAX_ACT_ENTRIES: usize = 1_000;
/// Bytes of one act's entries and ciphertexts at most.
pub const MAX_ACT_BYTES: usize = 64 << 20;
/// Bytes of a subject or a payload's id at most; PostgreSQL indexes no more than 2,700.
pub const MAX_NAME_BYTES: usize = 1_000;

impl Act {
    /// Refuses what no store should be asked to hold, before it waits for its turn.
    pub(crate) fn check(&self) -> Result<(), AppendError> {
        let found = self.proposals.len();
        if found > MAX_ACT_ENTRIES {
            return Err(AppendError::TooLarge { what: "entries", max: MAX_ACT_ENTRIES, found });
        }
        let found = self.payload_bytes();
        if found > MAX_ACT_BYTES {
            return Err(AppendError::TooLarge { what: "bytes", max: MAX_ACT_BYTES, found });
        }
        let subjects = self.proposals.iter().flat_map(|p| &p.claims).map(|claim| &claim.subject);
        let ids = self.proposals.iter().flat_map(|p| &p.payloads).map(|(id, _)| id);
        match subjects.chain(ids).find(|name| !is_name(name)) {
            Some(wrong) => Err(AppendError::Name(wrong.chars().take(80).collect())),
            None => Ok(()),
        }
    }

    /// Bytes of its ciphertexts.
    pub(crate) fn payload_bytes(&self) -> usize {
        self.proposals.iter().flat_map(|p| &p.payloads).map(|(_, bytes)| bytes.len()).sum()
    }

    /// About how many bytes it takes while it waits.
    pub(crate) fn waiting_bytes(&self) -> usize {
        let params = self.statements.iter().flat_map(|statement| &statement.params);
        let values: usize = params
            .map(|param| match param {
                Param::Null | Param::Int(_) => 8,
                Param::Text(text) => text.len(),
                Param::Blob(bytes) => bytes.len(),
            })
            .sum();
        let texts: usize = self.statements.iter().map(|statement| statement.sql.len()).sum();
        // What a compose holds is not known; an entry is small beside this.
        self.payload_bytes() + values + texts + self.proposals.len() * 1024
    }
}

fn is_name(name: &str) -> bool {
    (1..=MAX_NAME_BYTES).contains(&name.len()) && !name.chars().any(char::is_control)
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
    /// Somebody keeps a larger tree with this log's own signature.
    #[error(
        "the database holds {size} entries, but {by} keeps a checkpoint of {signed} entries with this log's signature: it was restored from an older copy"
    )]
    SignedElsewhere {
        /// Who keeps it.
        by: String,
        /// Entries in the database.
        size: u64,
        /// Entries under that checkpoint.
        signed: u64,
    },
    /// Somebody keeps a tree with this log's own signature that is no beginning of this one.
    #[error(
        "{by} keeps a checkpoint of {size} entries with this log's signature that this record does not continue: the log has two histories"
    )]
    TwoHistories {
        /// Who keeps it.
        by: String,
        /// Entries under that checkpoint.
        size: u64,
    },
    /// The database shrank while this program was running.
    #[error("the database holds {size} entries, it held {before} while this program was running")]
    Shrunk {
        /// Entries in the database.
        size: u64,
        /// Entries that it held before.
        before: u64,
    },
    /// What the database holds does not fit together: a tile, the root, the last entry, the checkpoint.
    #[error("the stored record is damaged: {0}")]
    Damaged(String),
    /// The guard file cannot be read or written.
    #[error("the guard file: {0}")]
    Guard(String),
    /// A checkpoint was published, but the guard file is gone. The first three lines of a checkpoint
    /// that is kept outside this machine make a new one.
    #[error(
        "a checkpoint of size {size} is published, but the guard {path} is missing: put the first three lines of a checkpoint that you keep elsewhere there"
    )]
    GuardMissing {
        /// Where it should stand.
        path: String,
        /// Entries under the published checkpoint.
        size: u64,
    },
    /// The log was ended; another one goes on.
    #[error("this log was ended; its successor is {successor}")]
    Retired {
        /// Name of the log that goes on.
        successor: String,
    },
    /// This is somebody else's log: a mirror holds it and adds nothing of its own.
    #[error("this is a mirror of {origin}: it adds nothing to the log")]
    Mirror {
        /// Name of the log.
        origin: String,
    },
    /// The writer's thread panicked.
    #[error("the writer panicked: {0}")]
    Panicked(String),
    /// The ledger was closed.
    #[error("the ledger is closed")]
    Closed,
}

impl StopReason {
    /// Whether others have shown that this log has signed what it does not hold.
    pub fn is_shown_by_others(&self) -> bool {
        matches!(self, Self::SignedElsewhere { .. } | Self::TwoHistories { .. })
    }
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
    /// The act is larger than one transaction may be.
    #[error("an act has at most {max} {what}, this has {found}")]
    TooLarge {
        /// What is counted: `entries` or `bytes`.
        what: &'static str,
        /// The limit.
        max: usize,
        /// Its size.
        found: usize,
    },
    /// A subject or payload id that not every store can hold: empty, too long, or with control characters.
    #[error(
        "not the name of a subject or payload (1 to {MAX_NAME_BYTES} bytes, no control characters): {0:?}"
    )]
    Name(String),
    /// The id of a ciphertext is taken already.
    #[error("there is a payload {id} already")]
    PayloadExists {
        /// The id.
        id: String,
    },
    /// The entry could not be made.
    #[error("the entry could not be composed: {0}")]
    Compose(String),
    /// A statement was refused by the database.
    #[error("an operational change was refused: {0}")]
    Statement(String),
    /// Too many acts are waiting, or another writer holds the database: try again.
    #[error("too many acts are waiting, or the database is busy: try again")]
    Busy,
    /// The ledger does not accept acts.
    #[error("the ledger does not accept acts: {0}")]
    Stopped(#[from] StopReason),
}
