//! Sending: gateways that are kind, slow, lying, repeating and broken.

mod fake;
mod flow;
mod hostile;
mod mail;
mod pages;
mod secrets;
mod site;
mod texts;
