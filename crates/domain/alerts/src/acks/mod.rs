//! That an alert has arrived: what each station said, by which way, and who is called where nothing was said.

mod ack;
mod board;
mod escalation;
mod measure;

pub use ack::{Ack, AckRefused, Channel, Step};
pub use board::{Board, Folded, Heard, Tally};
pub use escalation::{Callee, Calls, Due, Escalation, Line, LineError, MAX_RUNGS, Rung};
pub use measure::{Measures, Spread};
