//! Runs of playbooks: by people on pages, by programs, across restarts, and against hostile ones.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod erased;
mod exercise;
mod hostile;
mod made;
mod people;
mod refusals;
mod requests;
mod restart;
mod severity;
mod site;
mod texts;
