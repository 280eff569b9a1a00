//! Mirrors of honest logs, of servers that lie, and of logs that sign what they may not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod follow;
mod hostile;
mod signed;
mod slow;
mod support;
