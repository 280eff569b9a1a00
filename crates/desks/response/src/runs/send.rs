//! Sending one request. The server is not trusted: which machine it is, how long it takes and how much it says is limited; no
//! redirect is followed, and nothing is sent a second time.

use scr_engine::Fault;
use scr_outside::{PublicOnly, is_not_public};
use scr_playbooks::http::Request;
use scr_web::App;
use std::io::{self, Read as _};
use std::time::Duration;
use ureq::http;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;

/// Largest answer that is kept, in bytes.
const MAX_ANSWER: u64 = 64 << 10;

/// How long, and whom.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Whether machines that are not on the public internet are asked too.
    pub(crate) may_be_private: bool,
    /// Whose certificates are believed.
    pub(crate) tls: TlsConfig,
    /// Longest time until an answer begins.
    pub(crate) begin: Duration,
    /// Longest time for everything.
    pub(crate) whole: Duration,
}

/// Longest time for one request, in seconds.
pub(crate) const WHOLE_SECONDS: u64 = 30;

impl Rules {
    /// As this installation asks.
    pub(crate) fn of(app: &App) -> Self {
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
        Self {
            may_be_private: app.config.private_partners,
            tls,
            begin: Duration::from_secs(20),
            whole: Duration::from_secs(WHOLE_SECONDS),
        }
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// `done`, or why not: a word of the record.
    pub(crate) word: &'static str,
    /// The status of the answer.
    pub(crate) status: Option<u16>,
    /// The answer.
    pub(crate) body: Vec<u8>,
}

impl Outcome {
    fn without(word: &'static str) -> Self {
        Self { word, status: None, body: Vec::new() }
    }
}

/// Sends a request, once.
pub(crate) fn send(request: &Request, rules: &Rules) -> Outcome {
    if !request.tls && !rules.may_be_private {
        return Outcome::without("plain");
    }
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy of the environment would look names up where nobody checks them.
        .proxy(None)
        // A connection that was kept open is one more way to be sent twice.
        .max_idle_connections(0)
        .allow_non_standard_methods(true)
        .tls_config(rules.tls.clone())
        .timeout_global(Some(rules.whole))
        .timeout_recv_response(Some(rules.begin))
        .user_agent("scrutineer-playbooks")
        .build();
    let resolver = PublicOnly::new(rules.may_be_private);
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
    let scheme = if request.tls { "https" } else { "http" };
    let uri = format!("{scheme}://{}:{}{}", request.host, request.port, request.target);
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(uri);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let answer = if request.body.is_empty() && matches!(request.method.as_str(), "GET" | "HEAD" | "DELETE") {
        builder.body(()).map_err(ureq::Error::from).and_then(|request| agent.run(request))
    } else {
        builder.body(request.body.clone()).map_err(ureq::Error::from).and_then(|request| agent.run(request))
    };
    match answer {
        Ok(answer) => read(answer),
        Err(error) => Outcome::without(word_of(&error)),
    }
}

fn read(answer: http::Response<ureq::Body>) -> Outcome {
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    let mut reader = answer.into_body().into_with_config().limit(u64::MAX).reader().take(MAX_ANSWER + 1);
    let read = reader.read_to_end(&mut body);
    let is_long = body.len() as u64 > MAX_ANSWER;
    if is_long {
        body.truncate(usize::try_from(MAX_ANSWER).unwrap_or_default());
    }
    let word = match (read, status) {
        (Err(error), _) => word_of_reading(&error),
        (Ok(_), _) if is_long => "too-large",
        (Ok(_), 200..=299) => "done",
        (Ok(_), 300..=399) => "redirect",
        (Ok(_), _) => "status",
    };
    Outcome { word, status: Some(status), body }
}

fn word_of_reading(error: &io::Error) -> &'static str {
    let is_slow = error.kind() == io::ErrorKind::TimedOut || error.to_string().contains("timeout");
    if is_slow { "slow" } else { "cut-off" }
}

fn word_of(error: &ureq::Error) -> &'static str {
    match error {
        error if is_not_public(error) => "private",
        ureq::Error::HostNotFound => "no-host",
        ureq::Error::Timeout(_) => "slow",
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => "slow",
        ureq::Error::Io(error) if error.to_string().contains("lookup") => "no-host",
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => "unreachable",
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => "cut-off",
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => "certificate",
        _ => "broken",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn rules(may_be_private: bool) -> Rules {
        let (begin, whole) = (Duration::from_millis(500), Duration::from_millis(900));
        Rules { may_be_private, tls: TlsConfig::default(), begin, whole }
    }

    fn request(port: u16) -> Request {
        Request {
            method: "POST".into(),
            host: "127.0.0.1".into(),
            port,
            tls: false,
            target: "/tickets".into(),
            headers: vec![("content-type".into(), "text/plain".into())],
            body: b"all".to_vec(),
            credential: None,
            allowed_by: 0,
        }
    }

    /// What a server that answers so comes to, and how often it was asked.
    fn asked(answer: impl Fn(&mut TcpStream) + Send + 'static) -> (Outcome, usize) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let times = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&times);
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                counted.fetch_add(1, Ordering::SeqCst);
                drop(stream.read(&mut [0; 2_000]));
                answer(&mut stream);
            }
        });
        let outcome = send(&request(port), &rules(true));
        std::thread::sleep(Duration::from_millis(50));
        (outcome, times.load(Ordering::SeqCst))
    }

    #[test]
    fn a_server_that_answers_is_done_and_one_that_lies_is_not() {
        let (fine, times) = asked(|s| drop(s.write_all(b"HTTP/1.1 201 X\r\nContent-Length: 2\r\n\r\nok")));
        assert_eq!((fine.word, fine.status, fine.body.as_slice(), times), ("done", Some(201), &b"ok"[..], 1));
        let (no, _) = asked(|s| drop(s.write_all(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")));
        assert_eq!((no.word, no.status), ("status", Some(500)));
        let (slow, times) = asked(|_| std::thread::sleep(Duration::from_millis(1_500)));
        assert_eq!((slow.word, times), ("slow", 1));
        let (short, _) = asked(|s| drop(s.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 900\r\n\r\nab")));
        assert_eq!((short.word, short.status), ("cut-off", Some(200)), "a length that is a lie");
        let (large, _) = asked(|s| {
            drop(s.write_all(b"HTTP/1.1 200 X\r\n\r\n"));
            while s.write_all(&[b'x'; 4_096]).is_ok() {}
        });
        assert_eq!((large.word, large.body.len() as u64), ("too-large", MAX_ANSWER));
        let (twice, times) = asked(|s| {
            let one = b"HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nok";
            drop(s.write_all(&[&one[..], &one[..]].concat()));
        });
        assert_eq!(
            (twice.word, twice.body.as_slice(), times),
            ("done", &b"ok"[..], 1),
            "an answer that comes twice"
        );
        let (closed, times) = asked(|_| {});
        assert_eq!((closed.word, times), ("cut-off", 1), "nothing is sent again by itself");
    }

    #[test]
    fn a_redirect_leads_nowhere() {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        let to = elsewhere.local_addr().unwrap();
        let (moved, times) = asked(move |s| {
            let text = format!("HTTP/1.1 307 X\r\nLocation: http://{to}/\r\nContent-Length: 0\r\n\r\n");
            drop(s.write_all(text.as_bytes()));
        });
        assert_eq!((moved.word, moved.status, times), ("redirect", Some(307), 1));
        elsewhere.set_nonblocking(true).unwrap();
        assert!(elsewhere.accept().is_err(), "nobody was asked there");
    }

    #[test]
    fn machines_of_ones_own_network_are_not_asked() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(send(&request(port), &rules(false)).word, "plain");
        let safe = Request { tls: true, ..request(port) };
        assert_eq!(send(&safe, &rules(false)).word, "private");
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err());
    }
}
