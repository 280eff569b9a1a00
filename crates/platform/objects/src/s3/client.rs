//! Requests to a store: signed, with limits on time, tried again a few times, and not at all for a while after
//! the store was away.

use super::S3Place;
use super::list::error_code;
use super::sign::{ToSign, authorization, encode};
use crate::error::{ObjectsError, Trouble};
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Request as HttpRequest, Response, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

/// How often a request is sent, with pauses that grow.
const ATTEMPTS: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// After the store was away, so long nobody waits for it: pages that need it say so at once.
const LEFT_ALONE: Duration = Duration::from_secs(5);
/// Time for a whole body, in time-outs.
const LONGEST: u32 = 20;
/// The most that is read of an error.
const MAX_ERROR_BYTES: u64 = 16 << 10;
/// SHA-256 of nothing.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// One request for a name in the bucket, or for the bucket itself (an empty name).
#[derive(Default)]
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) key: &'a str,
    /// Names in their order.
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Names in lower case.
    pub(super) headers: &'a [(&'static str, &'a str)],
    pub(super) content: Content<'a>,
}

/// What is sent, with its SHA-256 in hexadecimal.
#[derive(Default)]
pub(super) enum Content<'a> {
    #[default]
    Nothing,
    Bytes(&'a [u8], String),
    File(&'a Path, String),
}

pub(super) struct Client {
    place: Arc<S3Place>,
    agent: Agent,
    scheme: &'static str,
    host: String,
    /// Of the bucket, with a slash at the end.
    path: String,
    down: Mutex<Option<Down>>,
    outages: AtomicU64,
}

struct Down {
    since: Instant,
    error: ObjectsError,
}

/// What one attempt came to.
enum Attempt {
    Answer(Response<Body>),
    /// It may pass.
    Again(String),
    Failed(ObjectsError),
}

impl Client {
    pub(super) fn new(place: &Arc<S3Place>) -> Result<Self, ObjectsError> {
        let (scheme, host) = match place.endpoint.split_once("://") {
            Some(("https", host)) => ("https", host),
            Some(("http", host)) => ("http", host),
            _ => return Err(refused(format!("{:?} is no http or https address", place.endpoint))),
        };
        let host = host.trim_end_matches('/');
        let (host, path) = if place.path_style {
            (host.to_owned(), format!("/{}/", encode(&place.bucket, false)))
        } else {
            (format!("{}.{host}", place.bucket), "/".to_owned())
        };
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(place.timeout))
            .timeout_connect(Some(place.timeout.min(Duration::from_secs(5))))
            .timeout_per_read(Some(place.timeout))
            .timeout_per_write(Some(place.timeout))
            .timeout_recv_response(Some(place.timeout))
            // Also whoever sends a byte now and then comes to an end.
            .timeout_send_body(Some(place.timeout * LONGEST))
            .timeout_recv_body(Some(place.timeout * LONGEST));
        if let Some(pem) = &place.authorities {
            config = config.tls_config(TlsConfig::builder().root_certs(authorities(pem)?).build());
        }
        let agent = config.build().into();
        let (place, down, outages) = (Arc::clone(place), Mutex::default(), AtomicU64::new(0));
        Ok(Self { place, agent, scheme, host, path, down, outages })
    }

    pub(super) fn place(&self) -> &S3Place {
        &self.place
    }

    /// Sends a request until it is answered. What is answered is there (2xx), is not (404), or does not meet
    /// its condition (412).
    pub(super) fn send(&self, request: &Request<'_>) -> Result<Response<Body>, ObjectsError> {
        self.send_often(request, self.attempts()?)
    }

    /// The same, also when the store was away a moment ago.
    pub(super) fn send_now(&self, request: &Request<'_>) -> Result<Response<Body>, ObjectsError> {
        self.send_often(request, 1)
    }

    fn send_often(&self, request: &Request<'_>, attempts: u32) -> Result<Response<Body>, ObjectsError> {
        let mut last = String::new();
        for attempt in 0..attempts {
            if attempt > 0 {
                std::thread::sleep(FIRST_PAUSE * 4_u32.pow(attempt - 1));
                // Somebody else has found meanwhile that it is away.
                self.attempts()?;
            }
            match self.attempt(request)? {
                Attempt::Answer(response) => {
                    *self.state() = None;
                    return Ok(response);
                }
                Attempt::Again(why) => last = why,
                Attempt::Failed(error) if error.is_away() => return Err(self.is_down(error)),
                Attempt::Failed(error) => return Err(error),
            }
        }
        Err(self.away_because(&last))
    }

    /// The store failed in the middle of an answer.
    pub(super) fn away_because(&self, what: &str) -> ObjectsError {
        let what = format!("the store at {} does not serve: {what}", self.place.endpoint);
        self.is_down(ObjectsError::new(Trouble::Away, what))
    }

    pub(super) fn away(&self) -> Option<String> {
        self.state().as_ref().map(|down| down.error.what.clone())
    }

    pub(super) fn outages(&self) -> u64 {
        self.outages.load(Ordering::SeqCst)
    }

    fn is_down(&self, error: ObjectsError) -> ObjectsError {
        let mut state = self.state();
        if state.is_none() {
            tracing::warn!(%error, "the object store is away");
        }
        self.outages.fetch_add(1, Ordering::SeqCst);
        *state = Some(Down { since: Instant::now(), error: error.clone() });
        error
    }

    /// How often a request may be sent now: once when the store was away, to see whether it is back.
    fn attempts(&self) -> Result<u32, ObjectsError> {
        match self.state().as_ref() {
            None => Ok(ATTEMPTS),
            Some(down) if down.since.elapsed() >= LEFT_ALONE => Ok(1),
            Some(down) => {
                self.outages.fetch_add(1, Ordering::SeqCst);
                Err(down.error.clone())
            }
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Option<Down>> {
        self.down.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn attempt(&self, request: &Request<'_>) -> Result<Attempt, ObjectsError> {
        let http = self.signed(request).map_err(|e| ObjectsError::other(e.to_string()))?;
        let sent = match &request.content {
            Content::Nothing => self.agent.run(http),
            Content::Bytes(bytes, _) => self.agent.run(http.map(|()| *bytes)),
            Content::File(path, _) => {
                let file = std::fs::File::open(path)?;
                self.agent.run(http.map(|()| file))
            }
        };
        Ok(match sent {
            Ok(response) => self.judge(response),
            Err(error) => Attempt::Again(error.to_string()),
        })
    }

    fn signed(&self, request: &Request<'_>) -> Result<HttpRequest<()>, ureq::http::Error> {
        let at = scr_entry::utc_text(self.place.clock.now()).replace(['-', ':'], "");
        let hash = match &request.content {
            Content::Nothing => EMPTY,
            Content::Bytes(_, hash) | Content::File(_, hash) => hash,
        };
        let path = format!("{}{}", self.path, encode(request.key, true));
        let query: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name, false), encode(value, false)))
            .collect();
        let query = query.join("&");
        let mut headers: Vec<(&str, String)> = vec![
            ("host", self.host.clone()),
            ("x-amz-content-sha256", hash.to_owned()),
            ("x-amz-date", at.clone()),
        ];
        if let Some(token) = &self.place.credentials.token {
            headers.push(("x-amz-security-token", token.to_string()));
        }
        headers.extend(request.headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        headers.sort();
        let to_sign = ToSign {
            method: request.method,
            path: &path,
            query: &query,
            headers: &headers,
            body: hash,
            at: &at,
        };
        let authorization = authorization(&to_sign, &self.place.region, &self.place.credentials);
        let question = if query.is_empty() { "" } else { "?" };
        let address = format!("{}://{}{path}{question}{query}", self.scheme, self.host);
        let mut http = HttpRequest::builder().method(request.method).uri(address);
        for (name, value) in headers {
            http = http.header(name, value);
        }
        http.header(header::AUTHORIZATION, authorization).body(())
    }

    fn judge(&self, mut response: Response<Body>) -> Attempt {
        let status = response.status().as_u16();
        if matches!(status, 200..=299 | 412) {
            return Attempt::Answer(response);
        }
        let mut body = Vec::new();
        // What cannot be read of an error is left out.
        drop(response.body_mut().as_reader().take(MAX_ERROR_BYTES).read_to_end(&mut body));
        let code = error_code(&body).unwrap_or_default();
        let said = format!("{status} {code}").trim_end().to_owned();
        match status {
            404 if code == "NoSuchBucket" => {
                let what = format!("there is no bucket {} at {}", self.place.bucket, self.place.endpoint);
                Attempt::Failed(refused(what))
            }
            404 => Attempt::Answer(response),
            // 409: somebody else writes the same object at this moment.
            408 | 409 | 425 | 429 | 500 | 502 | 503 | 504 => Attempt::Again(said),
            507 => Attempt::Failed(ObjectsError::new(Trouble::Full, format!("the store answers {said}"))),
            _ if code == "RequestTimeout" || code == "SlowDown" => Attempt::Again(said),
            300..=399 | 400 | 401 | 403 | 405 | 501 => {
                let place = &self.place.endpoint;
                Attempt::Failed(refused(format!("the store at {place} refuses this program: {said}")))
            }
            _ => Attempt::Failed(ObjectsError::other(format!("the store answers {said}"))),
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.place)
    }
}

/// The length that an answer states.
pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn refused(what: String) -> ObjectsError {
    ObjectsError::new(Trouble::Refused, what)
}

fn authorities(pem: &[u8]) -> Result<RootCerts, ObjectsError> {
    let items = parse_pem(pem).collect::<Result<Vec<_>, _>>().map_err(|e| refused(e.to_string()))?;
    let certificates: Vec<_> = items
        .into_iter()
        .filter_map(|item| match item {
            PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(refused("the file of authorities holds no certificate".to_owned()));
    }
    Ok(RootCerts::Specific(Arc::new(certificates)))
}
