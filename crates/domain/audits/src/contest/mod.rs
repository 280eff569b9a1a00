//! From a reported outcome to the assertions that an audit tests: all of them together are true only if the outcome
//! is right (SHANGRLA: Stark, "Sets of Half-Average Nulls Generate Risk-Limiting Audits", 2020; lists: Blom et al.,
//! "Assertion-based approaches to auditing complex elections", arXiv 2107.11903; instant runoff: [`crate::raire`]).
//!
//! Undeclared write-ins cannot win and are nobody's rivals, but in instant-runoff contests, where an assertion may
//! name them.

mod assertion;
mod build;
mod lists;
mod outcome;
mod ranked;

pub use assertion::Assertion;
pub use build::{mean, of_columns, of_tally};
pub use outcome::Outcome;
pub use ranked::{ballots, of_assertions, of_ballots};
