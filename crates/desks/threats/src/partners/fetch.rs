//! Asking another server. It is not trusted: which machine it is, how much, how long and from where it sends is limited
//! here; the login goes to the server that it is for, and to no other.

use super::address::Address;
use super::trouble::Trouble;
use scr_canon::b64;
use scr_outside::{PublicOnly, is_not_public};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Read};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, HeaderValue, Request, header};
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::DefaultConnector;
use zeroize::Zeroizing;

/// Redirects within one server that are followed.
const MAX_REDIRECTS: usize = 3;
/// Longest pause that a server can ask for, in seconds.
const LONGEST_PAUSE: i64 = 24 * 3600;
/// The pause of a server that does not say how long.
const PAUSE: i64 = 300;
/// How often a long answer lets its reader say that it goes on.
const BEAT: Duration = Duration::from_secs(10);

/// How somebody shows who they are.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "with", rename_all = "kebab-case")]
pub(crate) enum Login {
    /// Not at all.
    #[default]
    Nothing,
    /// User and password (HTTP Basic).
    Password {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// A bearer token.
    Bearer {
        /// The token.
        token: String,
    },
    /// The key of a user of MISP.
    Key {
        /// The key.
        key: String,
    },
}

/// Says what kind of login it is, and nothing of it.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl Login {
    /// Its kind.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Password { .. } => "password",
            Self::Bearer { .. } => "bearer",
            Self::Key { .. } => "key",
        }
    }

    fn header(&self) -> Option<HeaderValue> {
        let text = Zeroizing::new(match self {
            Self::Nothing => return None,
            Self::Password { user, password } => {
                format!("Basic {}", b64(Zeroizing::new(format!("{user}:{password}")).as_bytes()))
            }
            Self::Bearer { token } => format!("Bearer {token}"),
            Self::Key { key } => key.clone(),
        });
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether it can be sent: not empty, no line ends in it.
    pub(crate) fn is_usable(&self) -> bool {
        let (parts, is_basic): (Vec<&String>, bool) = match self {
            Self::Nothing => return true,
            Self::Password { user, password } => (vec![user, password], true),
            Self::Bearer { token } => (vec![token], false),
            Self::Key { key } => (vec![key], false),
        };
        let is_fine = |text: &&String| !text.is_empty() && text.len() <= 2_000;
        let has_colon = matches!(self, Self::Password { user, .. } if user.contains(':'));
        parts.iter().all(is_fine) && (is_basic || self.header().is_some()) && !has_colon
    }
}

/// How long, and whom.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Whether machines that are not on the public internet are asked too, and without encryption.
    pub(crate) may_be_private: bool,
    /// Whose certificates are believed.
    pub(crate) tls: TlsConfig,
    /// Longest time to connect, and until an answer begins.
    pub(crate) begin: Duration,
    /// Longest silence within an answer.
    pub(crate) silence: Duration,
    /// Longest time for one answer.
    pub(crate) whole: Duration,
}

impl Rules {
    /// As a server asks.
    pub(crate) fn new(may_be_private: bool, tls: TlsConfig) -> Self {
        Self {
            may_be_private,
            tls,
            begin: Duration::from_secs(30),
            silence: Duration::from_secs(20),
            whole: Duration::from_secs(180),
        }
    }
}

/// Asks one server.
#[derive(Debug)]
pub(crate) struct Client {
    agent: ureq::Agent,
    server: String,
    login: Option<HeaderValue>,
    rules: Rules,
}

/// An answer whose body has not been read.
pub(crate) struct Answer {
    headers: HeaderMap,
    body: ureq::Body,
    rules: Rules,
}

impl Client {
    /// For the server of this address.
    pub(crate) fn new(address: &Address, login: &Login, rules: &Rules) -> Result<Self, Trouble> {
        if !address.is_https() && !rules.may_be_private {
            return Err(Trouble::Plain);
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy of the environment would look names up where nobody checks them.
            .proxy(None)
            .tls_config(rules.tls.clone())
            .timeout_resolve(Some(rules.begin))
            .timeout_connect(Some(rules.begin))
            .timeout_recv_response(Some(rules.begin))
            .timeout_per_read(Some(rules.silence))
            .timeout_recv_body(Some(rules.whole))
            .user_agent("scrutineer-partners")
            .build();
        let resolver = PublicOnly::new(rules.may_be_private);
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        Ok(Self { agent, server: address.server(), login: login.header(), rules: rules.clone() })
    }

    /// Asks for an address of this server. A redirect is followed within the server, and to no other.
    pub(crate) fn get(&self, address: &Address, accept: &str) -> Result<Answer, Trouble> {
        let mut to = address.clone();
        for _ in 0..=MAX_REDIRECTS {
            if to.server() != self.server {
                return Err(Trouble::Redirect);
            }
            let mut request = Request::get(to.uri()).header(header::ACCEPT, accept);
            if let Some(login) = &self.login {
                request = request.header(header::AUTHORIZATION, login);
            }
            let request = request.body(()).map_err(|_| Trouble::Own)?;
            let response = self.agent.run(request).map_err(|error| trouble_of(&error))?;
            let (parts, body) = response.into_parts();
            match parts.status.as_u16() {
                200..=299 => return Ok(Answer { headers: parts.headers, body, rules: self.rules.clone() }),
                301 | 302 | 303 | 307 | 308 => {
                    let next = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
                    to = next.and_then(|next| to.join(next)).ok_or(Trouble::Redirect)?;
                }
                status @ (401 | 403) => return Err(Trouble::Login { status }),
                404 | 410 => return Err(Trouble::Missing),
                429 | 503 => return Err(Trouble::Busy { seconds: pause(&parts.headers) }),
                406 | 415 => return Err(Trouble::Media),
                status => return Err(Trouble::Status { status }),
            }
        }
        Err(Trouble::Loop)
    }
}

/// How long a server asks to be left alone, in seconds: `Retry-After` with a number, or a time against its own `Date`.
fn pause(headers: &HeaderMap) -> i64 {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let moment = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp().as_second());
    let asked = text(header::RETRY_AFTER).and_then(|asked| {
        let seconds = asked.trim().parse::<i64>().ok();
        seconds.or_else(|| Some(moment(asked)? - moment(text(header::DATE)?)?))
    });
    asked.unwrap_or(PAUSE).clamp(1, LONGEST_PAUSE)
}

fn trouble_of(error: &ureq::Error) -> Trouble {
    match error {
        error if is_not_public(error) => Trouble::Private,
        ureq::Error::HostNotFound => Trouble::NoHost,
        ureq::Error::Timeout(_) => Trouble::Slow,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Trouble::Slow,
        ureq::Error::Io(error) if error.to_string().contains("certificate") => Trouble::Certificate,
        ureq::Error::Io(error) if error.to_string().contains("lookup") => Trouble::NoHost,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Trouble::CutOff,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Trouble::Certificate,
        ureq::Error::Protocol(error) => Trouble::Broken { why: error.to_string() },
        _ => Trouble::Unreachable,
    }
}

impl Answer {
    /// A header, where it is short and plain.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| text.len() <= 200)
    }

    /// The media type without its parameters.
    pub(crate) fn media(&self) -> &str {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim()
    }

    /// The whole body, at most so many bytes.
    pub(crate) fn bytes(self, most: u64, beat: &mut dyn FnMut() -> bool) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let mut reader = self.reader(beat);
        let read = (&mut reader).take(most + 1).read_to_end(&mut bytes);
        match read {
            Err(_) => Err(reader.trouble.unwrap_or(Trouble::CutOff)),
            Ok(_) if bytes.len() as u64 > most => Err(Trouble::TooLarge { mebibytes: most >> 20 }),
            Ok(_) => Ok(bytes),
        }
    }

    /// The body, as it comes.
    pub(crate) fn reader<'b>(self, beat: &'b mut dyn FnMut() -> bool) -> Watched<'b> {
        let now = Instant::now();
        Watched {
            body: Box::new(self.body.into_with_config().limit(u64::MAX).reader()),
            ends: now + self.rules.whole,
            beaten: now,
            beat,
            trouble: None,
        }
    }
}

/// A body on its way in. Now and then it says that the work goes on, and ends where nobody wants it any more.
pub(crate) struct Watched<'b> {
    body: Box<dyn Read + 'b>,
    ends: Instant,
    beaten: Instant,
    beat: &'b mut dyn FnMut() -> bool,
    /// Why it ended early.
    pub(crate) trouble: Option<Trouble>,
}

impl Watched<'_> {
    fn end(&mut self, trouble: Trouble) -> io::Error {
        let words = trouble.to_string();
        self.trouble = Some(trouble);
        io::Error::other(words)
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let now = Instant::now();
        if now >= self.ends {
            return Err(self.end(Trouble::Slow));
        }
        if now.duration_since(self.beaten) >= BEAT {
            self.beaten = now;
            if !(self.beat)() {
                return Err(self.end(Trouble::Own));
            }
        }
        match self.body.read(buffer) {
            Ok(count) => Ok(count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let is_slow =
                    error.kind() == io::ErrorKind::TimedOut || error.to_string().contains("timeout");
                Err(self.end(if is_slow { Trouble::Slow } else { Trouble::CutOff }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_show_nothing_of_themselves() {
        let logins = [
            Login::Password { user: "analyst".into(), password: "geheim".into() },
            Login::Bearer { token: "geheim".into() },
            Login::Key { key: "geheim".into() },
        ];
        for login in logins {
            assert!(!format!("{login:?}").contains("geheim") && login.is_usable());
            assert!(!format!("{:?}", login.header()).contains("geheim"));
        }
        for wrong in ["", "a\nb"] {
            assert!(!Login::Key { key: wrong.into() }.is_usable(), "{wrong:?}");
        }
        assert!(!Login::Password { user: "a:b".into(), password: "x".into() }.is_usable());
    }

    /// What a server that answers so comes to, when an answer may take a second and a silence half of one.
    fn asked(answer: impl FnOnce(&mut std::net::TcpStream) + Send + 'static) -> Result<Vec<u8>, Trouble> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = Address::read(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            answer(&mut stream);
        });
        let millis = Duration::from_millis;
        let rules = Rules {
            begin: millis(500),
            silence: millis(500),
            whole: millis(1_000),
            ..Rules::new(true, TlsConfig::default())
        };
        let got = Client::new(&address, &Login::Nothing, &rules).unwrap().get(&address, "*/*");
        let got = got.and_then(|answer| answer.bytes(1_000, &mut || true));
        server.join().unwrap();
        got
    }

    #[test]
    fn slow_servers_come_to_an_end() {
        use std::io::Write as _;
        let head = b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n";
        let begun = Instant::now();
        let silent = asked(|_| std::thread::sleep(Duration::from_millis(900)));
        assert_eq!(silent, Err(Trouble::Slow), "nothing at all");
        let stuck = asked(move |stream| {
            drop(stream.write_all(head));
            std::thread::sleep(Duration::from_millis(900));
        });
        assert_eq!(stuck, Err(Trouble::Slow), "nothing after the head");
        let drip = asked(move |stream| {
            drop(stream.write_all(head));
            for _ in 0..40 {
                std::thread::sleep(Duration::from_millis(50));
                if stream.write_all(b"x").is_err() {
                    return;
                }
            }
        });
        assert_eq!(drip, Err(Trouble::Slow), "a byte now and then");
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        let large = asked(|stream| {
            drop(stream.write_all(b"HTTP/1.1 200 X\r\n\r\n"));
            while stream.write_all(&[b'x'; 1_000]).is_ok() {}
        });
        assert_eq!(large, Err(Trouble::TooLarge { mebibytes: 0 }));
        let short = asked(move |stream| drop(stream.write_all(&[&head[..], b"abc"].concat())));
        assert_eq!(short, Err(Trouble::CutOff));
    }

    #[test]
    fn how_long_a_server_asks_to_be_left_alone() {
        let of = |pairs: &[(&'static str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (header::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            });
            pause(&pairs.collect())
        };
        assert_eq!(of(&[("retry-after", "120")]), 120);
        assert_eq!(of(&[("retry-after", "999999999")]), LONGEST_PAUSE);
        assert_eq!(of(&[("retry-after", "-5")]), 1);
        let date = ("date", "Fri, 27 Nov 2026 10:00:00 GMT");
        assert_eq!(of(&[("retry-after", "Fri, 27 Nov 2026 10:02:00 GMT"), date]), 120);
        assert_eq!(of(&[("retry-after", "soon")]), PAUSE);
        assert_eq!(of(&[]), PAUSE);
    }
}
