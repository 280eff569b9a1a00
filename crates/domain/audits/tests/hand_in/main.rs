//! From the files that jurisdictions hand in to the record that anybody checks.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod cast;
mod made;
mod pools;
mod real;
mod tables;
