//! Base64 with the standard alphabet and padding (RFC 4648 section 4), one form only.

use crate::CanonError;
use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

/// Encodes with padding.
pub fn b64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Decodes. Missing padding, line breaks, other alphabets and non-zero trailing bits are refused.
pub fn unb64(text: &str) -> Result<Vec<u8>, CanonError> {
    STANDARD.decode(text).map_err(|_| CanonError::Base64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648 section 10.
    #[test]
    fn rfc_4648_vectors() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ] {
            assert_eq!(b64(plain.as_bytes()), coded);
            assert_eq!(unb64(coded).unwrap(), plain.as_bytes());
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for wrong in ["Zg", "Zg=", "Zh==", "Zg==\n", "Z g=", "Zm-_", "Zg==="] {
            assert_eq!(unb64(wrong), Err(CanonError::Base64), "{wrong:?}");
        }
    }
}
