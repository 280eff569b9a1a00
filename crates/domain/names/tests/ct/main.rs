//! Certificate logs: read in both forms, and not believed when they lie.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod hostile;
mod lies;
mod log;
mod reading;
mod vectors;
