//! The tablet of an audit board, used as its two members use it, without a script.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod ballots;
mod batches;
mod hall;
mod notes;
#[path = "../course/people.rs"]
#[expect(dead_code, reason = "whole audits use more of it")]
mod people;
