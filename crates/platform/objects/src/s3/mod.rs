//! Objects in an S3-compatible store: one request for each object, signed with the hash that is its name.

mod bucket;
mod client;
mod list;
mod objects;
mod sign;

pub use bucket::{Bucket, PutIf};
pub use list::{Listed, listing};

pub(crate) use objects::InBucket;

use scr_core::Clock;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Where a bucket is, and how it is reached.
pub struct S3Place {
    /// `https://s3.example`, or `http://…` for a store on this machine or in a network of its own.
    pub endpoint: String,
    /// The bucket's name.
    pub bucket: String,
    /// What every name in it begins with: nothing, or `some/thing/`.
    pub prefix: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Whether the bucket stands in the path (`https://s3.example/bucket/…`) or in the host
    /// (`https://bucket.s3.example/…`).
    pub path_style: bool,
    /// Who asks.
    pub credentials: Credentials,
    /// Certificates, PEM, of the authorities that are believed instead of the public ones.
    pub authorities: Option<Vec<u8>>,
    /// Longest silence, and longest wait for the beginning of an answer.
    pub timeout: Duration,
    /// The time in requests.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for S3Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s3://{}/{} at {}", self.bucket, self.prefix, self.endpoint)
    }
}

/// An access key. Its secret is never shown.
#[derive(Clone)]
pub struct Credentials {
    /// Its name.
    pub id: String,
    /// Its secret.
    pub secret: Zeroizing<String>,
    /// The token of a session, for keys that live for hours.
    pub token: Option<Zeroizing<String>>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}
