//! Post-election audits: samples that anybody can draw again, and how sure a sample makes us.
//!
//! Pure: no files, no clock, no randomness but what a seed gives.

pub mod assorter;
pub mod batch;
pub mod bounded_mean;
pub mod contest;
pub mod decimal;
pub mod import_arlo;
pub mod inputs;
pub mod plan;
mod problems;
pub mod raire;
pub mod record;
pub mod risk;
pub mod sample;
pub mod verify;
pub mod workflow;
