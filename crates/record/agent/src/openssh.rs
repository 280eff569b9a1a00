//! A private key in the form that `ssh-keygen` and `ssh-add` read (openssh/PROTOCOL.key), so that a key which stands
//! in a file can move into an agent.

use crate::wire::{key_blob, put};
use scr_canon::b64;
use zeroize::Zeroizing;

const LINE: usize = 70;
const BLOCK: usize = 8;

/// The key that `seed` gives, without a passphrase: `ssh-keygen -p` adds one. `check` are four random bytes.
pub fn private_key(seed: &[u8; 32], public: &[u8; 32], comment: &str, check: [u8; 4]) -> Zeroizing<String> {
    let mut secret = Zeroizing::new([check, check].concat());
    let mut both = Zeroizing::new(seed.to_vec());
    both.extend_from_slice(public);
    secret.extend_from_slice(&key_blob(public));
    put(&mut secret, &both);
    put(&mut secret, comment.as_bytes());
    for padding in 1..=u8::try_from(BLOCK).unwrap_or(8) {
        if secret.len().is_multiple_of(BLOCK) {
            break;
        }
        secret.push(padding);
    }
    let mut file = Zeroizing::new(b"openssh-key-v1\0".to_vec());
    for text in [&b"none"[..], b"none", b""] {
        put(&mut file, text);
    }
    file.extend_from_slice(&1_u32.to_be_bytes());
    put(&mut file, &key_blob(public));
    put(&mut file, &secret);
    let encoded = Zeroizing::new(b64(&file));
    let mut text = Zeroizing::new(String::from("-----BEGIN OPENSSH PRIVATE KEY-----\n"));
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, left) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = left;
    }
    text.push_str("-----END OPENSSH PRIVATE KEY-----\n");
    text
}
