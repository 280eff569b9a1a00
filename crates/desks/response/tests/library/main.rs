//! Playbooks and the crisis plan: pages, calls, refusals.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod hostile;
mod plans;
mod refusals;
mod site;
mod story;
mod texts;
