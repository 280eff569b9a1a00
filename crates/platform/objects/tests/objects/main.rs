//! The object store: one suite for folder and S3, and stores that fail.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;
mod conformance;
mod faulty;
