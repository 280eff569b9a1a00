//! From a draft to everybody: written by one, approved by another, released by two, and read by all.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod attack;
mod course;
<<<<<<< HEAD
mod programs;
=======
mod going;
>>>>>>> h-map
mod public;
mod refused;
mod site;
mod texts;
