//! Vocabularies and warning lists: imported, browsed, tagged with, and asked before something is shared.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod expiry;
mod import;
#[path = "../pages/site.rs"]
mod site;
mod tags;
mod texts;
mod warnings;
