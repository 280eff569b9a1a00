//! What belongs together, over time, and what touches a member: pages and what they must not show.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod hits;
mod names;
mod observed;
mod pages;
#[expect(dead_code, reason = "shared with the tests of certificate logs, which need more of it")]
mod site;
mod texts;
