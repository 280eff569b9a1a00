//! One file for each command.

pub(crate) mod demo;
pub(crate) mod init;
pub(crate) mod log;
pub(crate) mod results;
pub(crate) mod serve;
pub(crate) mod verify;
