//! Vocabularies and warning lists: imported, browsed, tagged with, and asked before something is shared.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod expiry;
mod import;
#[expect(dead_code, reason = "the site of the tests of pages, of which these need a part")]
#[path = "../pages/site.rs"]
mod site;
mod tags;
mod texts;
mod warnings;
