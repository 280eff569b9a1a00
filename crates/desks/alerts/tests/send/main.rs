//! Sending: gateways that are kind, slow, lying, repeating and broken.

mod fake;
mod flow;
mod site;
