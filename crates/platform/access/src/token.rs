//! Secrets that are handed out once and kept as hashes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use scr_canon::sha256;
use scr_core::Entropy;

/// Longest text that is looked at as a token.
const MAX_TEXT: usize = 200;

/// 256 random bits as base64url text. Shown once; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret, with a prefix that tells what it is for (may be empty).
    pub fn new(prefix: &str, entropy: &dyn Entropy) -> Self {
        Self(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())))
    }

    /// The text to hand out.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is stored of a token: the SHA-256 of purpose and text. The purpose keeps a token of one
/// table from being useful in another. `None` when the text cannot be a token.
pub(crate) fn stored(purpose: &str, text: &str) -> Option<String> {
    let fine = (40..=MAX_TEXT).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fine.then(|| sha256(format!("scrutineer/{purpose}/v1\n{text}").as_bytes()).to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_core::SeededEntropy;

    #[test]
    fn a_secret_has_256_bits_and_is_never_printed() {
        let secret = Secret::new("", &SeededEntropy::new(1));
        assert_eq!(URL_SAFE_NO_PAD.decode(secret.reveal()).unwrap().len(), 32);
        assert!(!format!("{secret:?}").contains(secret.reveal()));
    }

    #[test]
    fn the_same_text_is_stored_differently_for_each_purpose() {
        let text = "a".repeat(43);
        assert_ne!(stored("login", &text), stored("invitation", &text));
        assert_eq!(stored("login", "short"), None);
        assert_eq!(stored("login", &"a".repeat(201)), None);
        assert_eq!(stored("login", &format!("{}'--", "a".repeat(43))), None);
    }
}
