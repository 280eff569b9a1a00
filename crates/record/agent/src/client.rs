//! One conversation with an agent.

use crate::wire::{self, Identity, MAX_MESSAGE_BYTES, WireError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why an agent did not help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// Nobody answers, or not in time.
    #[error("no agent answers at {socket}: {what}")]
    Away {
        /// The socket.
        socket: String,
        /// In words.
        what: String,
    },
    /// It answers, but not with what was asked for.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// It does not hold the key.
    #[error("the agent does not hold the key {0}")]
    NoKey(String),
}

/// An agent behind a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    socket: PathBuf,
    limit: Duration,
}

impl Agent {
    /// The agent at this socket. A conversation takes at most `limit`.
    pub fn at(socket: &Path, limit: Duration) -> Self {
        Self { socket: socket.to_owned(), limit }
    }

    /// The Ed25519 keys that it holds.
    pub fn identities(&self) -> Result<Vec<Identity>, AgentError> {
        Ok(wire::read_identities(&self.ask(&wire::request_identities())?)?)
    }

    /// A signature by the key over a message; it is not checked here.
    pub fn sign(&self, public: &[u8; 32], message: &[u8]) -> Result<[u8; 64], AgentError> {
        Ok(wire::read_signature(&self.ask(&wire::sign_request(public, message))?)?)
    }

    fn ask(&self, request: &[u8]) -> Result<Vec<u8>, AgentError> {
        self.talk(request).map_err(|error| AgentError::Away {
            socket: self.socket.display().to_string(),
            what: error.to_string(),
        })
    }

    #[cfg(unix)]
    fn talk(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut talk = unix::Talk::begin(&self.socket, self.limit)?;
        talk.write(request)?;
        let mut length = [0; 4];
        talk.read(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > MAX_MESSAGE_BYTES {
            return Err(std::io::Error::other("an answer of more than 256 KiB"));
        }
        let mut body = vec![0; length];
        talk.read(&mut body)?;
        Ok(body)
    }

    #[cfg(not(unix))]
    fn talk(&self, _: &[u8]) -> std::io::Result<Vec<u8>> {
        let _ = (self.limit, MAX_MESSAGE_BYTES);
        Err(std::io::Error::other("agents are reached by Unix sockets, which this system does not have"))
    }
}

#[cfg(unix)]
mod unix {
    use socket2::{Domain, SockAddr, Socket, Type};
    use std::io::{Error, ErrorKind, Read as _, Result, Write as _};
    use std::path::Path;
    use std::time::{Duration, Instant};

    /// A connection that ends at one moment, however slowly the other side speaks.
    pub(super) struct Talk {
        socket: Socket,
        until: Instant,
    }

    impl Talk {
        pub(super) fn begin(path: &Path, limit: Duration) -> Result<Self> {
            let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
            // An agent that stands still and whose queue is full would keep a blocking `connect` for ever.
            socket.set_nonblocking(true)?;
            socket.connect(&SockAddr::unix(path)?)?;
            socket.set_nonblocking(false)?;
            Ok(Self { socket, until: Instant::now() + limit })
        }

        fn left(&self) -> Result<Duration> {
            let left = self.until.saturating_duration_since(Instant::now());
            // Less than a microsecond would be taken for no limit at all.
            if left < Duration::from_millis(1) { Err(late()) } else { Ok(left) }
        }

        pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
            while !bytes.is_empty() {
                self.socket.set_write_timeout(Some(self.left()?))?;
                let written = self.socket.write(bytes).map_err(in_words)?;
                bytes = bytes.get(written..).unwrap_or_default();
            }
            Ok(())
        }

        pub(super) fn read(&mut self, into: &mut [u8]) -> Result<()> {
            let mut filled = 0;
            while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
                self.socket.set_read_timeout(Some(self.left()?))?;
                match self.socket.read(rest).map_err(in_words)? {
                    0 => return Err(Error::new(ErrorKind::UnexpectedEof, "it hung up")),
                    read => filled += read,
                }
            }
            Ok(())
        }
    }

    fn late() -> Error {
        Error::new(ErrorKind::TimedOut, "it does not answer in time")
    }

    fn in_words(error: Error) -> Error {
        if error.kind() == ErrorKind::WouldBlock { late() } else { error }
    }
}
