//! Conducting an audit through its pages: seed, rounds, boards, paper, closing and deciding.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod batches;
#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../course/people.rs"]
mod people;
mod rounds;
mod seed;
mod site;
mod texts;
