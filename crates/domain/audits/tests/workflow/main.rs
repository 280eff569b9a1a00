//! An audit as the ordered work of many hands.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod boards;
mod course;
mod replay;
mod report;
mod states;
mod steps;
