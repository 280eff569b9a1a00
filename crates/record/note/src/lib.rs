//! Signed notes and what is built from them, one module per C2SP specification.
//!
//! | module | specification (C2SP at 5ba5ee83) |
//! |---|---|
//! | [`keys`] | signed-note: verifier and signer keys; tlog-cosignature: key types 0x04 and 0x06 |
//! | [`note`] | signed-note |
//! | [`checkpoint`] | tlog-checkpoint |
//! | [`proof`] | tlog-proof |
//! | [`policy`] | tlog-policy |
//! | [`promise`] | ours: the log's signed promise to include an entry |
//! | [`retirement`] | ours: the log's signed end, with its successor |

pub mod checkpoint;
mod cosignature;
pub mod keys;
pub mod note;
pub mod policy;
pub mod promise;
pub mod proof;
pub mod retirement;

pub use checkpoint::{Checkpoint, CheckpointError, decimal};
pub use keys::{Algorithm, KeyError, RemoteKey, SignError, SignerKey, VerifierKey};
pub use note::{Note, NoteError, NoteSignature, Verified};
pub use policy::{Policy, PolicyError, PolicyGroup, PolicyLog, PolicyWitness, Verdict};
pub use promise::{Promise, PromiseError};
pub use proof::{ProofFileError, TlogProof};
pub use retirement::{Retirement, RetirementError};
