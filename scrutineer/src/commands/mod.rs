//! One file for each command.

pub(crate) mod init;
pub(crate) mod log;
pub(crate) mod verify;
