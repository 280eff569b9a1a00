//! Certificate logs that the server follows: what is found there, what is not believed, and what happens in between.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod finding;
mod hostile;
mod interrupted;
#[path = "../../../../domain/names/tests/ct/log.rs"]
mod log;
mod pages;
mod served;
#[expect(dead_code, reason = "shared with the tests of other pages, which need more of it")]
#[path = "../understand/site.rs"]
mod site;
mod texts;
