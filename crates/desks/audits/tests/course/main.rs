//! Whole audits through the acts of the desk: what comes out is checked by what checks anybody's record.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod georgia;
mod people;
mod public;
#[path = "../site/mod.rs"]
mod site;
mod small;
