//! Readers of cast vote records, one for each format. Each gives cards to a [`Sink`](crate::cvr::Sink) one after
//! another and says everything that is wrong, not the first thing alone.

pub mod cdf;
pub mod clear_ballot;
pub mod dominion_csv;
pub mod dominion_json;
pub mod ess;
pub mod export;
pub mod hart;
pub mod lines;
pub mod raire;
pub mod rctab_csv;
mod table;
mod text;

pub use text::{Cell, Problems, TextReader, cell, identifier, numbered};

use serde::{Deserialize, Serialize};

/// What a reader takes at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of a file when it is unpacked.
    pub unpacked: u64,
    /// Files in an archive.
    pub members: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of one row or record.
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked: 64 << 30, members: 200_000, columns: 20_000, record: 4 << 20 }
    }
}
