//! The sequencer: it gives each entry its place, makes it durable, and signs what is durable.
//!
//! One operating-system thread writes. It takes all that waits, commits it in one transaction
//! (entries, tiles, counters, ciphertexts, operational rows), and answers: natural group commit,
//! no timer. Stores stand behind one narrow trait, [`LogStore`].

mod act;
mod batch;
mod guard;
mod ledger;
mod lock;
mod reader;
mod replica;
mod sighting;
mod start;
mod stepper;
pub mod store;
mod writer;

pub use act::{
    Act, AppendError, Claim, Compose, MAX_ACT_BYTES, MAX_ACT_ENTRIES, MAX_NAME_BYTES, Param, Proposal,
    Recorded, Slot, Statement, StopReason,
};
pub use guard::{Guard, GuardError};
pub use ledger::{Ledger, LedgerConfig, LedgerFault, RetireError};
pub use lock::lock_file;
pub use reader::{LedgerReader, ReadError};
pub use replica::{Replica, ReplicaBatch, ReplicaError};
pub use sighting::Sighting;
pub use stepper::Stepper;
pub use store::{Head, LogReader, LogStore, Put, StoreError, StoreErrorKind, Totals, WriteBatch};
