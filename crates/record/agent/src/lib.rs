//! Keys that an agent holds: an `ssh-agent`, or whatever speaks its protocol in front of a token or a hardware
//! module. The key never comes into this process; signatures do, and each is checked before it is believed.
//!
//! Two messages of draft-miller-ssh-agent are spoken, over a Unix socket: which keys are there, and sign this. Every
//! conversation is a connection of its own with one time limit, so that an agent which is started anew, hangs or says
//! nonsense costs this time and nothing else.

mod client;
mod key;
mod openssh;
mod wire;

pub use client::{Agent, AgentError};
pub use key::KeyPlace;
pub use openssh::private_key;
pub use wire::{Identity, WireError, fingerprint, read_identities, read_signature};
