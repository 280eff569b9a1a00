//! The sender's side of SMTP (RFC 5321), for servers that nobody trusts: whatever a server says and however slowly, a letter
//! costs no more time than it was given (and its judgement by the server no more than that was given) and no more memory than [`MAX_SAID`].
//!
//! It is our own because clients at hand read a line until it ends: a server that never ends one is kept reading for ever.

use super::super::Reason;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use scr_canon::b64;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most bytes that a server may send while one letter is handed over, certificates of TLS among them.
const MAX_SAID: usize = 64 << 10;
/// Longest line of a reply; RFC 5321 (4.5.3.1.5) allows 512.
const MAX_LINE: usize = 2_000;
/// Most lines of a reply.
const MAX_LINES: usize = 100;
/// How long the server is given for the farewell.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a server said to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    lines: Vec<String>,
}

/// Why a letter or a login did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Not {
    /// The server says so, by this code.
    Said(u16),
    /// Nothing that can be understood came.
    Broken(Reason),
}

impl Not {
    /// Whether the server says that another attempt makes no sense.
    pub(super) fn is_for_good(self) -> bool {
        matches!(self, Self::Said(500..=599))
    }
}

/// A connection with an end of its time and of what may come.
struct Guard {
    stream: TcpStream,
    until: Instant,
    left: usize,
}

impl Guard {
    fn remaining(&self) -> io::Result<Duration> {
        let remaining = self.until.saturating_duration_since(Instant::now());
        if remaining.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(remaining) }
    }
}

/// What blocked until its time was over.
fn late(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::WouldBlock { ErrorKind::TimedOut.into() } else { error }
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.remaining()?))?;
        let most = buffer.len().min(self.left);
        let Some(buffer) = buffer.get_mut(..most).filter(|buffer| !buffer.is_empty()) else {
            return Err(ErrorKind::FileTooLarge.into());
        };
        let read = self.stream.read(buffer).map_err(late)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

impl Write for Guard {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.remaining()?))?;
        self.stream.write(buffer).map_err(late)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

enum Wire {
    Plain(Guard),
    Encrypted(Box<StreamOwned<ClientConnection, Guard>>),
}

impl Wire {
    fn guard(&mut self) -> &mut Guard {
        match self {
            Self::Plain(guard) => guard,
            Self::Encrypted(stream) => &mut stream.sock,
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(guard) => guard.read(buffer),
            Self::Encrypted(stream) => stream.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(guard) => guard.write_all(bytes).and_then(|()| guard.flush()),
            Self::Encrypted(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
    }
}

fn broken(error: &io::Error) -> Not {
    Not::Broken(match error.kind() {
        ErrorKind::TimedOut => Reason::Slow,
        ErrorKind::FileTooLarge => Reason::TooLarge,
        ErrorKind::InvalidData => Reason::Certificate,
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Reason::Unreachable
        }
        _ => Reason::CutOff,
    })
}

/// Whose certificate is believed, and for which name.
pub(super) struct Tls {
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
}

/// A conversation with a mail server.
pub(super) struct Talk {
    wire: Wire,
    /// What came and was not read yet.
    came: Vec<u8>,
    /// What the server can do, as it says: the lines of its answer to EHLO.
    offers: Vec<String>,
    own_name: String,
}

impl Talk {
    /// Connects, listens to the greeting, and says who it is. The first of the addresses that answers is taken.
    pub(super) fn begin(
        addresses: &[SocketAddr],
        connect: Duration,
        whole: Duration,
        tls: Option<&Tls>,
    ) -> Result<Self, Not> {
        let until = Instant::now() + whole;
        let mut last = ErrorKind::NotFound.into();
        let found = addresses.iter().find_map(|address| {
            let wait = connect.min(until.saturating_duration_since(Instant::now()));
            if wait.is_zero() {
                return None;
            }
            TcpStream::connect_timeout(address, wait).map_err(|error| last = error).ok()
        });
        let stream = found.ok_or_else(|| match broken(&last) {
            Not::Broken(Reason::Slow | Reason::CutOff) => Not::Broken(Reason::Unreachable),
            other => other,
        })?;
        // RFC 5321, 4.1.3: whoever has no name says its address.
        let own_name = match stream.local_addr().map(|address| address.ip()) {
            Ok(std::net::IpAddr::V6(address)) => format!("[IPv6:{address}]"),
            Ok(address) => format!("[{address}]"),
            Err(_) => "[127.0.0.1]".to_owned(),
        };
        let guard = Guard { stream, until, left: MAX_SAID };
        let mut talk = Self { wire: Wire::Plain(guard), came: Vec::new(), offers: Vec::new(), own_name };
        if let Some(tls) = tls {
            talk = talk.encrypted(tls)?;
        }
        let greeting = talk.reply()?;
        talk.wanted(greeting, 220)?;
        talk.introduce()?;
        Ok(talk)
    }

    /// Gives the next letter its time and its share of what may come.
    pub(super) fn renew(&mut self, whole: Duration) {
        let guard = self.wire.guard();
        guard.until = Instant::now() + whole;
        guard.left = MAX_SAID;
    }

    fn introduce(&mut self) -> Result<(), Not> {
        let hello = format!("EHLO {}", self.own_name);
        let reply = self.command(&hello)?;
        self.offers = self.wanted(reply, 250)?.lines;
        Ok(())
    }

    /// The words behind what the server can do, such as the ways to log in; `None` where it cannot.
    fn offer(&self, name: &str) -> Option<&str> {
        self.offers.iter().find_map(|line| {
            let (first, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            first.eq_ignore_ascii_case(name).then_some(rest)
        })
    }

    pub(super) fn offers(&self, name: &str) -> bool {
        self.offer(name).is_some()
    }

    /// Encrypts by STARTTLS (RFC 3207). What the server said before that counts no more; what it said too early, and would
    /// be taken for encrypted, ends the conversation.
    pub(super) fn start_tls(mut self, tls: &Tls) -> Result<Self, Not> {
        let reply = self.command("STARTTLS")?;
        self.wanted(reply, 220)?;
        if !self.came.is_empty() {
            return Err(Not::Broken(Reason::Certificate));
        }
        let mut talk = self.encrypted(tls)?;
        talk.introduce()?;
        Ok(talk)
    }

    fn encrypted(self, tls: &Tls) -> Result<Self, Not> {
        let Wire::Plain(mut guard) = self.wire else { return Err(Not::Broken(Reason::Certificate)) };
        let made = ClientConnection::new(Arc::clone(&tls.config), tls.name.clone());
        let mut connection = made.map_err(|_| Not::Broken(Reason::Certificate))?;
        while connection.is_handshaking() {
            connection.complete_io(&mut guard).map_err(|error| match broken(&error) {
                // Whoever hangs up here does not speak TLS, or does not like ours.
                Not::Broken(Reason::CutOff) => Not::Broken(Reason::Certificate),
                other => other,
            })?;
        }
        let wire = Wire::Encrypted(Box::new(StreamOwned::new(connection, guard)));
        Ok(Self { wire, ..self })
    }

    /// Logs in (RFC 4954).
    pub(super) fn log_in(&mut self, user: &str, password: &str) -> Result<(), Not> {
        let ways = self.offer("AUTH").unwrap_or_default().to_ascii_uppercase();
        let has = |way: &str| ways.split_ascii_whitespace().any(|one| one == way);
        let reply = if has("PLAIN") {
            self.command(&format!("AUTH PLAIN {}", b64(format!("\0{user}\0{password}").as_bytes())))?
        } else if has("LOGIN") {
            let asked = self.command("AUTH LOGIN")?;
            self.wanted(asked, 334)?;
            let asked = self.command(&b64(user.as_bytes()))?;
            self.wanted(asked, 334)?;
            self.command(&b64(password.as_bytes()))?
        } else {
            return Err(Not::Said(504));
        };
        self.wanted(reply, 235).map(drop)
    }

    /// A command that is answered by success.
    pub(super) fn must(&mut self, command: &str, code: u16) -> Result<(), Not> {
        let reply = self.command(command)?;
        self.wanted(reply, code).map(drop)
    }

    /// Sends the letter, but for the full stop at its end: so far the server has nothing.
    pub(super) fn letter(&mut self, bytes: &[u8]) -> Result<(), Not> {
        self.wire.write(&stuffed(bytes)).map_err(|error| broken(&error))
    }

    /// Sends the full stop and listens to what the server says of the letter, for which it has a time of its own: it may look
    /// at the letter first.
    pub(super) fn end(&mut self, wait: Duration) -> Result<(), Not> {
        self.wire.guard().until = Instant::now() + wait;
        self.must(".", 250)
    }

    /// Says good-bye; nobody minds what is answered.
    pub(super) fn quit(mut self) {
        self.renew(FAREWELL);
        drop(self.command("QUIT"));
    }

    fn wanted(&self, reply: Reply, code: u16) -> Result<Reply, Not> {
        // Replies of one kind are told apart by their first digit (RFC 5321, 4.2.1).
        if reply.code / 100 == code / 100 {
            return Ok(reply);
        }
        Err(if reply.code >= 400 { Not::Said(reply.code) } else { Not::Broken(Reason::Answer) })
    }

    fn command(&mut self, command: &str) -> Result<Reply, Not> {
        if command.contains(['\r', '\n']) {
            return Err(Not::Broken(Reason::Address));
        }
        let line = format!("{command}\r\n");
        self.wire.write(line.as_bytes()).map_err(|error| broken(&error))?;
        self.reply()
    }

    fn reply(&mut self) -> Result<Reply, Not> {
        let nonsense = Not::Broken(Reason::Answer);
        let mut reply: Option<Reply> = None;
        for _ in 0..MAX_LINES {
            let line = self.line()?;
            let (digits, rest) = line.split_at_checked(3).ok_or(nonsense)?;
            let is_code = digits.bytes().all(|byte| byte.is_ascii_digit());
            let code = digits.parse().ok().filter(|code| is_code && (200..600).contains(code));
            let code: u16 = code.ok_or(nonsense)?;
            let reply = reply.get_or_insert_with(|| Reply { code, lines: Vec::new() });
            let goes_on = rest.starts_with('-');
            if reply.code != code || !(goes_on || rest.is_empty() || rest.starts_with(' ')) {
                return Err(nonsense);
            }
            reply.lines.push(rest.get(1..).unwrap_or_default().to_owned());
            if !goes_on {
                return Ok(reply.clone());
            }
        }
        Err(Not::Broken(Reason::TooLarge))
    }

    fn line(&mut self) -> Result<String, Not> {
        loop {
            if let Some(end) = self.came.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.came.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.came.len() > MAX_LINE {
                return Err(Not::Broken(Reason::TooLarge));
            }
            let mut buffer = [0; 1_024];
            match self.wire.read(&mut buffer).map_err(|error| broken(&error))? {
                0 => return Err(Not::Broken(Reason::CutOff)),
                read => self.came.extend(buffer.iter().take(read)),
            }
        }
    }
}

/// A letter as it goes over the line: every end of a line is CR LF, so that no server sees an end of the letter where another
/// sees none, and a full stop at the beginning of a line is doubled (RFC 5321, 4.5.2).
fn stuffed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 32 + 2);
    let (mut begins, mut was_cr) = (true, false);
    for byte in bytes {
        match byte {
            b'\n' if was_cr => {}
            b'\r' | b'\n' => {
                out.extend(b"\r\n");
                begins = true;
            }
            _ => {
                if begins && *byte == b'.' {
                    out.push(b'.');
                }
                out.push(*byte);
                begins = false;
            }
        }
        was_cr = *byte == b'\r';
    }
    if !begins {
        out.extend(b"\r\n");
    }
    out
}

#[cfg(test)]
#[path = "talk_tests.rs"]
mod tests;
