//! Certificate transparency (RFC 6962, C2SP static-ct-api): reading logs that may lie, without a network.
//!
//! Somebody fetches: a head ([`read_head`], [`read_checkpoint`]), entries ([`read_entries`], [`read_data_tile`]) and proofs
//! ([`read_consistency`], [`read_entry_and_proof`]; of a static log from the tiles of [`tiles_needed`] with [`scr_merkle::consistency_proof`]).
//! [`Cursor::advance`] verifies them and gives the names in the certificates. Two heads that cannot both be true come
//! back as evidence ([`CtFault::SplitView`], [`CtFault::Rollback`]).

mod certificate;
mod cursor;
mod head;
mod json;
mod leaf;
mod note;
mod peaks;
mod tile;
mod wire;

pub use certificate::{CertificateFault, CertificateNames};
pub use cursor::{Advance, Batch, CtFault, Cursor, FoundName, Step, Unreadable};
pub use head::{HeadFault, KeyFault, LogId, LogKey, SignedHead, TreeHead};
pub use json::{read_consistency, read_entries, read_entry_and_proof, read_head};
pub use leaf::{Leaf, LeafKind};
pub use note::read_checkpoint;
pub use tile::{DataTile, PathFault, StaticPath, read_data_tile, tiles_needed};
pub use wire::WireFault;

/// How much a log's answer may ask of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CtLimits {
    /// Bytes of one answer or tile.
    pub body: usize,
    /// Entries of one answer. A data tile has at most 256.
    pub entries: usize,
    /// Hashes of one proof. A tree of 2^63 entries needs no more than 128.
    pub proof: usize,
    /// Names of one certificate that are reported; the rest is counted.
    pub names: usize,
}

impl Default for CtLimits {
    fn default() -> Self {
        Self { body: 64 << 20, entries: 4_096, proof: 128, names: 2_000 }
    }
}

/// Why an answer of a log cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Longer than [`CtLimits::body`].
    #[error("the answer has {found} bytes, the limit is {limit}")]
    TooLong {
        /// Bytes of the answer.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// More entries or hashes than allowed.
    #[error("the answer has more than {limit} entries or hashes")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// No JSON of the form that RFC 6962 section 4 gives.
    #[error("the answer is not the JSON of RFC 6962: {0}")]
    Json(String),
    /// A field that is not canonical base64, or of a wrong length.
    #[error("{field} of entry {entry} is not base64 of the right length")]
    Base64 {
        /// The field.
        field: &'static str,
        /// Which entry or hash, from 0.
        entry: usize,
    },
    /// A structure that cannot be decoded.
    #[error("entry {entry}: {fault}")]
    Wire {
        /// Which entry, from 0.
        entry: usize,
        /// What is wrong with it.
        fault: WireFault,
    },
    /// No checkpoint of C2SP static-ct-api.
    #[error("not a checkpoint: {0}")]
    Checkpoint(&'static str),
}

impl ReadFault {
    fn check_length(bytes: &[u8], limits: &CtLimits) -> Result<(), Self> {
        let (found, limit) = (bytes.len(), limits.body);
        if found > limit { Err(Self::TooLong { found, limit }) } else { Ok(()) }
    }
}
