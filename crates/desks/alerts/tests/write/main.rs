//! From a draft to everybody: written by one, approved by another, released by two, and read by all.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod attack;
mod course;
mod going;
mod programs;
mod public;
mod refused;
mod site;
mod table;
mod texts;
