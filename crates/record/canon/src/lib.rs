//! Canonical JSON, hashes and strict base64: what every byte of the record is made of.
//!
//! The canonical form is RFC 8785 (JCS) restricted to what the record uses: objects, arrays,
//! strings, booleans, null and integers of at most 53 bits. Floating-point numbers are refused.

mod base64;
mod hash;
mod json;
mod members;
mod scan;
mod value;

pub use self::base64::{b64, unb64};
pub use hash::{Hash32, sha256};
pub use json::{MAX_DEPTH, MAX_INTEGER, canonical_value, parse_canonical, to_canonical};
pub use members::{Members, Walk, items_of, members_of, scan_object, text_of};

/// Why bytes are not canonical, or a value cannot be written canonically.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonError {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// The bytes are JSON, but not the one form that RFC 8785 gives the value.
    #[error("JSON, but not in canonical form (RFC 8785)")]
    NotCanonical,
    /// A number with a fraction or an exponent, or outside -(2^53-1)..2^53-1.
    #[error("only integers between -(2^53-1) and 2^53-1 are recorded: {0}")]
    Number(String),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    Depth,
    /// The value could not be turned into JSON at all.
    #[error("cannot be written as JSON: {0}")]
    Serialize(String),
    /// Text that is not standard padded base64 in its one canonical form.
    #[error("not canonical base64")]
    Base64,
    /// A hash that does not have 32 bytes.
    #[error("a hash has 32 bytes, this has {0}")]
    HashLength(usize),
}
