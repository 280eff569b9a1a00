//! A key in thirty digits, for two people on the telephone.

use scr_canon::sha256;
use scr_note::VerifierKey;
use std::fmt::Write as _;

const GROUPS: usize = 6;

/// Six groups of five digits that stand for this key and the name of its owner: about 99 bits. Digits,
/// because people who read them aloud to each other need not share a language or an alphabet.
///
/// Group `i` is the number in bytes `5i..5i+5` (big-endian) of SHA-256 over
/// `scrutineer/check/v1\n` and the key's text, modulo 100,000.
pub fn check_digits(key: &VerifierKey) -> String {
    let hash = sha256(format!("scrutineer/check/v1\n{key}").as_bytes());
    let mut text = String::new();
    for group in hash.0.chunks_exact(5).take(GROUPS) {
        let number = group.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{:05}", number % 100_000);
    }
    text
}
