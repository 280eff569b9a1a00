//! Identifiers. Ids are pseudonymous: nothing about a person can be read from one.

use crate::env::{Clock, Entropy};
use serde::{Deserialize, Serialize};

/// An id that does not have the form it must have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "an id has 1 to 64 characters out of a-z, 0-9 and '-', and begins and ends with a letter or digit: {0:?}"
)]
pub struct IdError(pub String);

fn check(text: &str) -> Result<(), IdError> {
    let bytes = text.as_bytes();
    let fine = (1..=64).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if fine { Ok(()) } else { Err(IdError(text.to_owned())) }
}

macro_rules! text_id {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the form and takes the text as an id.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                check(&text)?;
                Ok(Self(text))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }
    )+};
}

text_id! {
    /// An organisation, for instance `electoral-commission`.
    OrgId,
    /// A person: a random id that says nothing about who it is.
    PersonId,
    /// An election, for instance `president-2026`.
    ElectionId,
}

/// A UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random bits.
pub fn uuid_v7(clock: &dyn Clock, entropy: &dyn Entropy) -> String {
    let ms = clock.now_ms().max(0).to_be_bytes();
    let mut b = entropy.bytes::<16>();
    b[..6].copy_from_slice(&ms[2..]);
    b[6] = 0x70 | (b[6] & 0x0f);
    b[8] = 0x80 | (b[8] & 0x3f);
    let hex: String = b.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::{FixedClock, SeededEntropy};

    #[test]
    fn ids_have_one_form() {
        assert!(ElectionId::new("president-2026").is_ok());
        for wrong in ["", "-a", "a-", "A", "a b", "../x", &"a".repeat(65)] {
            assert!(ElectionId::new(wrong).is_err(), "{wrong:?}");
        }
    }

    /// RFC 9562 appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0.
    #[test]
    fn uuid_v7_carries_the_time_of_rfc_9562() {
        let id = uuid_v7(&FixedClock::at(1_645_557_742), &SeededEntropy::new(7));
        assert!(id.starts_with("017f22e2-79b0-7"), "{id}");
        assert!(matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
    }
}
