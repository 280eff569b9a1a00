//! One file for each command.

pub(crate) mod backup;
pub(crate) mod demo;
mod demo_entry;
mod demo_witnesses;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod fixity;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod log;
mod log_history;
pub(crate) mod mirror;
pub(crate) mod node;
pub(crate) mod results;
pub(crate) mod serve;
pub(crate) mod verify;
pub(crate) mod witness;
