//! Areas, stations, contacts, lines of authority, and what is printed of them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod api;
mod contacts;
mod kit;
mod pages;
mod site;
mod texts;
