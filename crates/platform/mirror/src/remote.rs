//! The other server. It is not trusted: how much, how long and from where it sends is limited here.

use std::io::Read;
use std::time::Duration;
use ureq::tls::TlsConfig;

/// Longest signed checkpoint, in bytes: three lines and some signatures.
pub const MAX_CHECKPOINT_BYTES: u64 = 64 << 10;
/// Longest bundle: 256 entries of 64 KiB with their lengths.
pub const MAX_BUNDLE_BYTES: u64 = 256 * (65_535 + 2);
/// Longest object that a record names.
pub const MAX_OBJECT_BYTES: u64 = 512 << 20;
/// Longest page that is compared.
pub const MAX_PAGE_BYTES: u64 = 16 << 20;
const CONNECT: Duration = Duration::from_secs(10);
/// Longest time for a page, tile or bundle, from the first byte asked to the last one read.
const SMALL: Duration = Duration::from_secs(30);
/// Longest time for an object.
const LARGE: Duration = Duration::from_secs(15 * 60);

/// The other server did not give what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// No answer, or not in time.
    #[error("SCR-MIR-001: {path}: no answer: {what}")]
    Unreachable {
        /// What was asked for.
        path: String,
        /// In words.
        what: String,
    },
    /// More than such a resource can have.
    #[error("SCR-MIR-002: {path} is longer than the {max_bytes} bytes that it can have")]
    TooLong {
        /// What was asked for.
        path: String,
        /// The limit.
        max_bytes: u64,
    },
    /// An answer that is no answer: an error, or a redirect, which is not followed.
    #[error("SCR-MIR-003: {path}: the server answered {status}")]
    Status {
        /// What was asked for.
        path: String,
        /// The status.
        status: u16,
    },
    /// What came could not be taken in here.
    #[error("SCR-MIR-010: {path}: {what}")]
    Own {
        /// What was asked for.
        path: String,
        /// In words.
        what: String,
    },
}

impl RemoteError {
    /// The stable code (docs/reference/errors/mirror.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "SCR-MIR-001",
            Self::TooLong { .. } => "SCR-MIR-002",
            Self::Status { .. } => "SCR-MIR-003",
            Self::Own { .. } => "SCR-MIR-010",
        }
    }
}

/// Takes the pieces of what is fetched, in order.
pub type Sink<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), String>;

/// A server that is asked for resources below its address.
pub trait Remote: Send + Sync {
    /// Fetches `path` (it begins with `/`), at most `max_bytes`, into `sink`. `false`: there is none.
    fn fetch(&self, path: &str, max_bytes: u64, sink: Sink<'_>) -> Result<bool, RemoteError>;

    /// The same, as bytes.
    fn get(&self, path: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, RemoteError> {
        let mut bytes = Vec::new();
        let found = self.fetch(path, max_bytes, &mut |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(found.then_some(bytes))
    }
}

/// A server behind `http://` or `https://`.
pub struct HttpRemote {
    base: String,
    small: ureq::Agent,
    large: ureq::Agent,
}

impl HttpRemote {
    /// The server at this address; `None` when it is not one (`https://host[:port][/path]`). `tls`: whose
    /// certificates are believed.
    pub fn new(url: &str, tls: &TlsConfig) -> Option<Self> {
        Self::with_times(url, tls, SMALL, LARGE)
    }

    /// As [`HttpRemote::new`], with other time limits for small resources and for objects.
    pub fn with_times(url: &str, tls: &TlsConfig, small: Duration, large: Duration) -> Option<Self> {
        let base = url.trim_end_matches('/').trim_end_matches("/log");
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
        let is_plain = !host.is_empty() && !host.contains(['@', '?', '#', ' ', '\\']);
        is_plain.then(|| Self { base: base.to_owned(), small: agent(small, tls), large: agent(large, tls) })
    }

    /// The address, without a final slash.
    pub fn address(&self) -> &str {
        &self.base
    }
}

fn agent(limit: Duration, tls: &TlsConfig) -> ureq::Agent {
    // A redirect is not followed: the person named this server and no other.
    ureq::Agent::config_builder()
        .timeout_global(Some(limit))
        .tls_config(tls.clone())
        .timeout_connect(Some(CONNECT))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent("scrutineer-mirror")
        .build()
        .into()
}

impl Remote for HttpRemote {
    fn fetch(&self, path: &str, max_bytes: u64, sink: Sink<'_>) -> Result<bool, RemoteError> {
        let unreachable = |what: &dyn std::fmt::Display| RemoteError::Unreachable {
            path: path.to_owned(),
            what: what.to_string(),
        };
        let agent = if max_bytes > MAX_BUNDLE_BYTES { &self.large } else { &self.small };
        let mut response =
            agent.get(format!("{}{path}", self.base)).call().map_err(|error| unreachable(&error))?;
        match response.status().as_u16() {
            200 => {}
            404 => return Ok(false),
            status => return Err(RemoteError::Status { path: path.to_owned(), status }),
        }
        // A few bytes at a time: what is too long is noticed before it is held.
        let mut reader = response.body_mut().as_reader();
        let mut buffer = vec![0u8; 64 << 10];
        let mut taken = 0u64;
        loop {
            let count = reader.read(&mut buffer).map_err(|error| unreachable(&error))?;
            let Some(piece) = buffer.get(..count).filter(|piece| !piece.is_empty()) else { return Ok(true) };
            taken += count as u64;
            if taken > max_bytes {
                return Err(RemoteError::TooLong { path: path.to_owned(), max_bytes });
            }
            sink(piece).map_err(|what| RemoteError::Own { path: path.to_owned(), what })?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers() {
        for (url, base) in [
            ("https://log.example", Some("https://log.example")),
            ("https://log.example/", Some("https://log.example")),
            ("http://localhost:8080/log", Some("http://localhost:8080")),
            ("https://a.example/site", Some("https://a.example/site")),
            ("log.example", None),
            ("ftp://log.example", None),
            ("https://", None),
            ("https://user@log.example", None),
            ("https://log.example?x=1", None),
        ] {
            assert_eq!(
                HttpRemote::new(url, &TlsConfig::default()).as_ref().map(HttpRemote::address),
                base,
                "{url}"
            );
        }
    }
}
