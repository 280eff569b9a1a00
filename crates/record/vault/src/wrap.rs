//! How keys are wrapped: XChaCha20-Poly1305, bound to what they belong to.

use crate::master::Held;
use crate::store::WrappedKeys;
use crate::{Random, VaultError};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// What a subject's wrapped key is bound to.
pub(crate) fn subject_of(subject: &str) -> Vec<u8> {
    format!("subject {subject}").into_bytes()
}

/// What a payload's wrapped keys are bound to.
pub(crate) fn payload_of(id: &str, owner: &str) -> Vec<u8> {
    format!("payload {id} of {owner}").into_bytes()
}

/// The key of a subject.
pub(crate) fn subject_key(
    held: &Held,
    subject: &str,
    wrapped: &[u8],
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    key_of(&Zeroizing::new(decrypt(&held.master, &subject_of(subject), wrapped)?))
}

/// Data key and salt of a payload.
pub(crate) fn unwrap(held: &Held, id: &str, keys: &WrappedKeys) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let WrappedKeys { subject, wrapped, subject_key: key } = keys;
    let key = subject_key(held, subject, key.as_ref().ok_or(VaultError::Integrity)?)?;
    Ok(Zeroizing::new(decrypt(&key, &payload_of(id, subject), wrapped)?))
}

/// Encrypts a content under a key, bound to what it belongs to: the nonce, then the ciphertext with its tag.
///
/// # Errors
/// [`VaultError::Integrity`] where the content is longer than the cipher takes.
pub fn encrypt(
    random: &Random,
    key: &[u8; 32],
    associated: &[u8],
    content: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; NONCE_BYTES];
    random(&mut nonce);
    let body = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(nonce), Payload { msg: content, aad: associated })
        .map_err(|_| VaultError::Integrity)?;
    Ok([&nonce[..], &body].concat())
}

/// Opens what [`encrypt`] made.
///
/// # Errors
/// [`VaultError::Integrity`] where it was altered, belongs to something else, or has another key.
pub fn decrypt(key: &[u8; 32], associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Integrity)?;
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: associated })
        .map_err(|_| VaultError::Integrity)
}

/// The key that stands first.
pub(crate) fn key_of(bytes: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let key = bytes.get(..32).and_then(|key| key.try_into().ok()).ok_or(VaultError::Integrity)?;
    Ok(Zeroizing::new(key))
}
