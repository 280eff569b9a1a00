//! Other people's servers, which are asked with limits on size and time, and never inside one's own network.

use scr_outside::{PublicOnly, is_not_public};
use std::io::Read;
use std::time::Duration;
use ureq::http::Uri;
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::DefaultConnector;

const CONNECT: Duration = Duration::from_secs(5);
/// Longest time for one answer, from the first byte asked to the last one read.
const WHOLE: Duration = Duration::from_secs(15);
/// Longest wait that a server may ask for, in seconds.
const MAX_WAIT: u64 = 6 * 3600;

/// How logs are asked.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// Whose certificates are believed.
    pub tls: TlsConfig,
    /// Whether logs may stand in one's own network, and be asked without encryption: for logs of one's own, and tests.
    pub may_be_near: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    /// Nothing came, or not in time.
    #[error("{path}: no answer: {what}")]
    Unreachable { path: String, what: String },
    /// An address in one's own network, or on this machine.
    #[error("{path}: the server's address is in a network that is not public")]
    Near { path: String },
    /// More than such an answer can have.
    #[error("{path}: the answer is longer than {most} bytes")]
    TooLong { path: String, most: u64 },
    /// An error, or a redirect, which is not followed.
    #[error("{path}: the server answered {status}")]
    Status { path: String, status: u16, wait_seconds: Option<u64> },
}

impl FetchError {
    /// How long the server asks to be left alone.
    pub(crate) fn wait_seconds(&self) -> Option<u64> {
        match self {
            Self::Status { wait_seconds, .. } => *wait_seconds,
            _ => None,
        }
    }
}

/// Whether an address can be that of a log: `https://host[:port][/path]`.
pub(crate) fn is_address(url: &str, may_be_near: bool) -> bool {
    let plain = url.strip_prefix("http://").filter(|_| may_be_near);
    let Some(rest) = url.strip_prefix("https://").or(plain) else { return false };
    let is_plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"@?#\\\"<>^`{|}%".contains(&byte));
    let host = rest.split('/').next().unwrap_or_default();
    is_plain
        && !host.is_empty()
        && !rest.contains("..")
        && url.len() <= 500
        && url.parse::<Uri>().is_ok_and(|uri| uri.host().is_some_and(|host| !host.is_empty()))
}

/// Asks servers. Redirects are not followed: the administrator named this server and no other.
#[derive(Debug)]
pub(crate) struct Client(ureq::Agent);

impl Client {
    pub(crate) fn new(asking: &Asking) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(WHOLE))
            .timeout_connect(Some(CONNECT))
            .tls_config(asking.tls.clone())
            .https_only(!asking.may_be_near)
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy would look names up itself, and lead past the guard.
            .proxy(None)
            .user_agent("scrutineer-certificates")
            .build();
        let guard = PublicOnly::new(asking.may_be_near);
        Self(ureq::Agent::with_parts(config, DefaultConnector::default(), guard))
    }

    /// Fetches what stands at `path` below `base`, at most `most` bytes; `None` where there is nothing.
    pub(crate) fn get(&self, base: &str, path: &str, most: u64) -> Result<Option<Vec<u8>>, FetchError> {
        let named = || path.to_owned();
        let unreachable =
            |what: &dyn std::fmt::Display| FetchError::Unreachable { path: named(), what: what.to_string() };
        let mut response =
            self.0.get(format!("{}/{path}", base.trim_end_matches('/'))).call().map_err(|error| {
                if is_not_public(&error) { FetchError::Near { path: named() } } else { unreachable(&error) }
            })?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => {
                let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
                let wait = header.and_then(|text| text.trim().parse::<u64>().ok());
                let wait_seconds = wait.map(|seconds| seconds.min(MAX_WAIT));
                return Err(FetchError::Status { path: named(), status, wait_seconds });
            }
        }
        let mut bytes = Vec::new();
        let reader = response.body_mut().as_reader();
        reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreachable(&error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > most { Err(FetchError::TooLong { path: named(), most }) } else { Ok(Some(bytes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_nearby_is_not_asked() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let client = Client::new(&Asking::default());
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
            let asked = client.get(&format!("https://{host}:{port}"), "checkpoint", 100);
            assert_eq!(asked, Err(FetchError::Near { path: "checkpoint".to_owned() }), "{host}");
        }
        listener.set_nonblocking(true).expect("a mode");
        assert!(listener.accept().is_err(), "nobody has knocked");
    }

    #[test]
    fn addresses_of_logs() {
        for (url, near, far) in [
            ("https://ct.example/2026h2", true, true),
            ("https://ct.example:8443", true, true),
            ("http://ct.example", true, false),
            ("https://", false, false),
            ("https://user@ct.example", false, false),
            ("https://ct.example/../x", false, false),
            ("https://ct.example?x", false, false),
            ("file:///etc/passwd", false, false),
            ("ct.example", false, false),
        ] {
            assert_eq!((is_address(url, true), is_address(url, false)), (near, far), "{url}");
        }
    }
}
