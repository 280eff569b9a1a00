//! A key of a log or a witness that an agent holds, and the small file that says so.

use crate::client::{Agent, AgentError};
use crate::wire::fingerprint;
use scr_note::{KeyError, RemoteKey, SignerKey, VerifierKey};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A conversation with an agent takes at most this long: the ledger waits meanwhile.
const LIMIT: Duration = Duration::from_secs(2);
/// After a failure everybody is told the same for so long, instead of waiting in turn.
const REST: Duration = Duration::from_secs(1);
/// Bytes of the file that are read.
const MAX_FILE_BYTES: usize = 4_096;

/// Where a key is, that is not in a file: the public key, and the socket of the agent that holds the private one.
///
/// As a file: two lines, the key as `name+id+base64` and the path of the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPlace {
    /// The public key, with its name.
    pub key: VerifierKey,
    /// The agent's socket.
    pub socket: PathBuf,
}

impl FromStr for KeyPlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() > MAX_FILE_BYTES {
            return Err("longer than 4 KiB".to_owned());
        }
        let lines: Vec<&str> = text.lines().collect();
        let [key, socket] = lines.as_slice() else {
            return Err("not two lines: the public key, and the socket of the agent".to_owned());
        };
        let key: VerifierKey = key.parse().map_err(|error: KeyError| error.to_string())?;
        let socket = PathBuf::from(socket);
        if !socket.is_absolute() {
            return Err("the socket of the agent is not an absolute path".to_owned());
        }
        Ok(Self { key, socket })
    }
}

impl fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.key, self.socket.display())
    }
}

impl KeyPlace {
    /// The agent.
    pub fn agent(&self) -> Agent {
        Agent::at(&self.socket, LIMIT)
    }

    /// The key, to sign with. The agent need not be there yet.
    ///
    /// # Errors
    /// For a key that no agent can hold: ML-DSA.
    pub fn signer(&self) -> Result<SignerKey, KeyError> {
        let public = self.key.public_bytes().try_into().map_err(|_| KeyError::Bytes)?;
        let key = AgentKey { agent: self.agent(), public, failed: Mutex::default() };
        SignerKey::remote(self.key.clone(), Arc::new(key))
    }

    /// Whether the agent is there, holds the key, and signs with it.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), String> {
        let public: [u8; 32] = self.key.public_bytes().try_into().map_err(|_| KeyError::Bytes.to_string())?;
        let held = self.agent().identities().map_err(|error| error.to_string())?;
        if !held.iter().any(|one| one.public == public) {
            return Err(AgentError::NoKey(fingerprint(&public)).to_string());
        }
        self.signer().map_err(|error| error.to_string())?.check()
    }
}

/// Signs by asking an agent.
struct AgentKey {
    agent: Agent,
    public: [u8; 32],
    /// The last failure, and when it was.
    failed: Mutex<Option<(Instant, String)>>,
}

impl RemoteKey for AgentKey {
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], String> {
        if let Some((when, what)) = &*self.failed.lock().unwrap_or_else(PoisonError::into_inner)
            && when.elapsed() < REST
        {
            return Err(what.clone());
        }
        let signed = self.agent.sign(&self.public, message).map_err(|error| error.to_string());
        let failure = signed.as_ref().err().map(|what| (Instant::now(), what.clone()));
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        signed
    }
}
