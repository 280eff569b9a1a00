//! Organisations that do not trust each other cosign each other's logs (C2SP tlog-witness).
//!
//! | module | role |
//! |---|---|
//! | [`request`] | the body of `add-checkpoint`, strictly |
//! | [`logs`] | which logs a witness cosigns (`logs/v0`) |
//! | [`server`] | the witness: it has seen one history of each log, and signs nothing else |
//! | [`client`] | the log's side: one witness is asked, with the proof from what it has seen |
//! | [`board`] | the log's side: who has cosigned what, kept; who is late; whether the policy is met |
//! | [`card`] | what two organisations exchange: keys and addresses |
//! | [`check`] | digits of a key, to be read aloud |
//!
//! No network and no clock here: requests go through [`client::Transport`], time is a parameter.

pub mod board;
mod budget;
pub mod card;
pub mod check;
pub mod client;
pub mod logs;
pub mod request;
mod rounds;
mod seen;
pub mod server;

pub use board::{Alarm, Board, BoardError, Confirmation, Keeping, LogSide, Published, Standing};
pub use card::{Card, CardError};
pub use check::check_digits;
pub use client::{Failure, Reply, Submission, Submitted, Transport};
pub use logs::{LogList, LogListError, WitnessedLog};
pub use request::{AddCheckpoint, MAX_REQUEST_BYTES, RequestError};
pub use seen::{Evidence, Seen, SeenError};
pub use server::{Answer, Witness};
