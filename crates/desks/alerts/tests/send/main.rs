//! Sending: gateways that are kind, slow, lying, repeating and broken.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod attack;
mod fair;
mod fake;
mod flow;
mod hostile;
mod mail;
mod pages;
mod postgres;
mod secrets;
mod site;
mod texts;
