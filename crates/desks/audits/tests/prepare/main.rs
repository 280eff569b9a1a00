//! Preparing an audit on its pages, as administrators and jurisdictions do it.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod cvrs;
mod errors;
mod roles;
mod site;
mod story;
