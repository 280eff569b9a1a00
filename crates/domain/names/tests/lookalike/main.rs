//! The matcher against dnstwist's permutations, combosquats, ordinary names, and its own rules.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod combos;
mod draw;
mod hits;
mod laws;
mod ordinary;
mod protected;
mod rates;
