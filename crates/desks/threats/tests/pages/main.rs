//! The pages of the exchange.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod community;
mod copies;
mod craft_api;
mod days;
mod pseudonyms;
mod secrets;
mod sharing;
mod site;
mod texts;
