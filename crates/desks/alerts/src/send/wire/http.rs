//! Requests to gateways that speak HTTP.

use super::{Outcome, Reason};
use scr_engine::Fault;
use scr_outside::{PublicOnly, is_not_public};
use scr_web::App;
use std::io::Read as _;
use std::time::Duration;
use ureq::http::{Request, StatusCode};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;

/// Most bytes of an answer: it says yes or no.
const MAX_ANSWER: u64 = 64 << 10;

/// How long, and whom.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Whether machines that are not on the public internet are asked too, and without encryption.
    pub(crate) may_be_private: bool,
    /// Whose certificates are believed.
    pub(crate) tls: TlsConfig,
    /// Certificates beside the public ones, PEM.
    pub(crate) authorities: Vec<u8>,
    /// Longest time to connect.
    pub(crate) connect: Duration,
    /// Longest time for one message, from connecting to the end of the answer.
    pub(crate) whole: Duration,
    /// How long a mail server may look at a letter that it has got before it says whether it keeps it.
    pub(crate) letter: Duration,
}

/// How gateways are asked by this server.
pub(crate) fn rules(app: &App) -> Rules {
    let mut own = Vec::new();
    for item in parse_pem(&app.config.authorities) {
        match item {
            Ok(PemItem::Certificate(certificate)) => own.push(certificate),
            Ok(_) => {}
            Err(error) => drop(Fault::log(&error)),
        }
    }
    let tls = if own.is_empty() {
        TlsConfig::default()
    } else {
        let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let public = public.map(|certificate| Certificate::from_der(certificate).to_owned());
        let all: Vec<Certificate<'static>> = own.into_iter().chain(public).collect();
        TlsConfig::builder().root_certs(RootCerts::from(all)).build()
    };
    Rules {
        may_be_private: app.config.private_partners,
        tls,
        authorities: app.config.authorities.clone(),
        connect: Duration::from_secs(10),
        whole: Duration::from_secs(20),
        // RFC 5321, 4.5.3.2.6: whoever waits less gets no answer from servers that look for viruses, and sends the letter again.
        letter: Duration::from_secs(600),
    }
}

/// Keeps one connection open.
pub(crate) struct Agent {
    agent: ureq::Agent,
    may_be_plain: bool,
}

/// The answer to a request that was sent.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// As text, where it is UTF-8.
    pub(super) body: String,
}

impl Agent {
    pub(crate) fn new(rules: &Rules) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy of the environment would look names up where nobody checks them.
            .proxy(None)
            .tls_config(rules.tls.clone())
            .timeout_resolve(Some(rules.connect))
            .timeout_connect(Some(rules.connect))
            .timeout_global(Some(rules.whole))
            .max_idle_connections(2)
            .max_idle_connections_per_host(2)
            .user_agent("scrutineer-alerts")
            .build();
        let resolver = PublicOnly::new(rules.may_be_private);
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, may_be_plain: rules.may_be_private }
    }

    /// Sends a request. An error says what is known of whether the gateway has got it.
    pub(super) fn send(&self, request: Request<String>) -> Result<Answer, Outcome> {
        if request.uri().scheme_str() != Some("https") && !self.may_be_plain {
            return Err(Outcome::Down(Reason::Private));
        }
        let response = self.agent.run(request).map_err(|error| trouble(&error))?;
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        let read =
            body.into_with_config().limit(u64::MAX).reader().take(MAX_ANSWER + 1).read_to_end(&mut bytes);
        let status = parts.status;
        let reason = match read {
            Ok(_) if bytes.len() as u64 <= MAX_ANSWER => {
                return Ok(Answer { status, body: String::from_utf8(bytes).unwrap_or_default() });
            }
            Ok(_) => Reason::TooLarge,
            Err(error) if is_late(&error) => Reason::Slow,
            Err(_) => Reason::CutOff,
        };
        // Whether it has the message stands in what could not be read.
        Err(if status.is_success() || may_have_it(status) {
            Outcome::Unknown(reason)
        } else {
            Outcome::Later(reason)
        })
    }
}

fn is_late(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::TimedOut || error.to_string().contains("timeout")
}

fn trouble(error: &ureq::Error) -> Outcome {
    use ureq::Timeout;
    match error {
        error if is_not_public(error) => Outcome::Down(Reason::Private),
        ureq::Error::HostNotFound => Outcome::Down(Reason::NoHost),
        ureq::Error::ConnectionFailed | ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            Outcome::Down(Reason::Unreachable)
        }
        ureq::Error::Timeout(_) => Outcome::Unknown(Reason::Slow),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Outcome::Down(Reason::Certificate),
        ureq::Error::Io(error) => {
            let words = error.to_string();
            match error.kind() {
                std::io::ErrorKind::ConnectionRefused
                | std::io::ErrorKind::HostUnreachable
                | std::io::ErrorKind::NetworkUnreachable => Outcome::Down(Reason::Unreachable),
                _ if words.contains("certificate") => Outcome::Down(Reason::Certificate),
                _ if words.contains("lookup") => Outcome::Down(Reason::NoHost),
                std::io::ErrorKind::InvalidData => Outcome::Down(Reason::Certificate),
                std::io::ErrorKind::TimedOut => Outcome::Unknown(Reason::Slow),
                _ => Outcome::Unknown(Reason::CutOff),
            }
        }
        _ => Outcome::Unknown(Reason::CutOff),
    }
}

/// An error of a server, or of one in front of it, may come after the message was taken; 503 is said instead of taking it.
fn may_have_it(status: StatusCode) -> bool {
    status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE
}

/// What a status says that is not one of success.
pub(super) fn status(status: StatusCode) -> Outcome {
    match status.as_u16() {
        401 | 403 | 407 => Outcome::Down(Reason::Login),
        429 | 503 => Outcome::Down(Reason::Busy),
        300..=399 => Outcome::Down(Reason::Redirect),
        404 | 405 => Outcome::Down(Reason::Status),
        400..=499 => Outcome::Refused(Reason::Refused),
        _ if may_have_it(status) => Outcome::Unknown(Reason::Status),
        _ => Outcome::Later(Reason::Status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::net::TcpListener;
    use std::time::Instant;

    /// What comes of a server that says this, byte by byte, one every 50 ms, without an end.
    fn dripping(begin: &'static [u8]) -> (Outcome, Duration) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                std::thread::spawn(move || {
                    drop(stream.write_all(begin));
                    for _ in 0..200 {
                        std::thread::sleep(Duration::from_millis(50));
                        if stream.write_all(b"x").is_err() {
                            return;
                        }
                    }
                });
            }
        });
        let rules = Rules {
            may_be_private: true,
            tls: TlsConfig::default(),
            authorities: Vec::new(),
            connect: Duration::from_millis(700),
            whole: Duration::from_millis(700),
            letter: Duration::from_millis(700),
        };
        let begun = Instant::now();
        let request = Request::post(address).body("text".to_owned()).unwrap();
        let outcome = Agent::new(&rules).send(request).err().unwrap();
        (outcome, begun.elapsed())
    }

    #[test]
    fn a_byte_now_and_then_does_not_keep_anybody_waiting() {
        for begin in [
            &b"HTTP/1.1 202 Accepted"[..],
            b"HTTP/1.1 202 X\r\nx-y: ",
            b"HTTP/1.1 202 X\r\ncontent-length: 9999\r\n\r\n0: ",
            b"HTTP/1.1 202 X\r\ntransfer-encoding: chunked\r\n\r\n1000\r\n",
        ] {
            let (outcome, took) = dripping(begin);
            assert!(matches!(outcome, Outcome::Unknown(Reason::Slow)), "{outcome:?} {begin:?}");
            assert!(took < Duration::from_secs(3), "{took:?}");
        }
    }
}
