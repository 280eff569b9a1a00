//! What tests of vaults share: recognisable randomness, and master keys that come later.

use scr_canon::Hash32;
use scr_vault::{Master, MasterKeys, Random, Sealed, Vault};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// Distinct bytes at each call and for each seed.
pub(crate) fn counting(seed: u64) -> Random {
    let calls = AtomicU64::new(seed << 32);
    Arc::new(move |buffer| {
        let n = calls.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        buffer.iter_mut().zip(n.iter().cycle()).for_each(|(slot, byte)| *slot = *byte ^ 0xA5);
    })
}

pub(crate) fn commit(salt: &[u8; 32], content: &[u8]) -> Hash32 {
    scr_canon::sha256(&[&salt[..], content].concat())
}

pub(crate) fn seal(vault: &Vault, owner: &str, content: &[u8]) -> Sealed {
    vault.seal_all(&[(owner, content)], commit).unwrap().remove(0)
}

pub(crate) fn master(byte: u8) -> Master {
    Zeroizing::new([byte; 32])
}

/// The master keys that a node has, and which it took last.
#[derive(Clone, Default)]
pub(crate) struct Ring {
    at_hand: Arc<Mutex<Vec<Master>>>,
    taken: Arc<Mutex<Option<u8>>>,
}

impl Ring {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let ring = Self::default();
        bytes.iter().for_each(|byte| ring.bring(*byte));
        ring
    }

    pub(crate) fn bring(&self, byte: u8) {
        self.at_hand.lock().unwrap().push(master(byte));
    }

    pub(crate) fn taken(&self) -> Option<u8> {
        *self.taken.lock().unwrap()
    }
}

impl MasterKeys for Ring {
    fn at_hand(&self) -> Result<Vec<Master>, String> {
        Ok(self.at_hand.lock().unwrap().clone())
    }

    fn in_use(&self, master: &Master) {
        *self.taken.lock().unwrap() = Some(master[0]);
    }
}
