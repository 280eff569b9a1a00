//! How it is known that an alert arrived.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod attack;
mod calls;
mod codes;
mod due;
mod fair;
mod link;
mod map;
mod pages;
mod postgres;
mod programs;
mod record;
mod site;
mod texts;
