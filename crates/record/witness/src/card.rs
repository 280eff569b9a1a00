//! What one organisation gives another: its keys and addresses, as lines of a tlog-policy.
//!
//! ```text
//! # scrutineer/card/1
//! log log.emb.example/2026+1a2b3c4d+AQ… https://results.emb.example/log
//! witness log.emb.example/witness log.emb.example/witness+5e6f7a8b+BA… https://results.emb.example/witness
//! ```
//! A witness that stands alone has no first line of the two.

use scr_note::{Algorithm, PolicyLog, PolicyWitness, VerifierKey};
use std::fmt;
use std::str::FromStr;

const HEADER: &str = "# scrutineer/card/1";
const MAX_BYTES: usize = 16 << 10;

/// Why a card is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a card: {0}")]
pub struct CardError(pub &'static str);

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    /// The log, where there is one.
    pub log: Option<PolicyLog>,
    /// The witness.
    pub witness: PolicyWitness,
}

impl Card {
    /// The card of these keys, reached below `site`.
    pub fn new(log: Option<&VerifierKey>, witness: &VerifierKey, site: Option<&str>) -> Self {
        let at = |part: &str| site.map(|site| format!("{}/{part}", site.trim_end_matches('/')));
        Self {
            log: log.map(|key| PolicyLog { key: key.clone(), url: at("log") }),
            witness: PolicyWitness {
                name: witness.name().to_owned(),
                key: witness.clone(),
                url: at("witness"),
                per_day: None,
            },
        }
    }

    /// The digits of each key, as its owner reads them aloud: the log's first.
    pub fn digits(&self) -> Vec<String> {
        let keys = self.log.iter().map(|log| &log.key).chain([&self.witness.key]);
        keys.map(crate::check_digits).collect()
    }

    /// Whether what somebody heard, with or without spaces, are the digits of all keys.
    pub fn matches(&self, heard: &str) -> bool {
        let only = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        only(heard) == only(&self.digits().concat()) && !heard.chars().any(char::is_alphabetic)
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = |url: &Option<String>| url.as_ref().map_or_else(String::new, |url| format!(" {url}"));
        writeln!(f, "{HEADER}")?;
        if let Some(log) = &self.log {
            writeln!(f, "log {}{}", log.key, url(&log.url))?;
        }
        let PolicyWitness { name, key, url: address, .. } = &self.witness;
        writeln!(f, "witness {name} {key}{}", url(address))
    }
}

impl FromStr for Card {
    type Err = CardError;

    fn from_str(text: &str) -> Result<Self, CardError> {
        if text.len() > MAX_BYTES {
            return Err(CardError("longer than 16 KiB"));
        }
        let (mut log, mut witness) = (None, None);
        let mut lines = text.lines().map(str::trim_end);
        if lines.next() != Some(HEADER) {
            return Err(CardError("the first line is not # scrutineer/card/1"));
        }
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.chars().any(char::is_control) {
                return Err(CardError("it contains control characters"));
            }
            let words: Vec<&str> = line.split(' ').collect();
            let url = |url: &[&str]| match url {
                [] => Ok(None),
                [url] if url.starts_with("https://") || url.starts_with("http://") => {
                    Ok(Some((*url).to_owned()))
                }
                _ => Err(CardError("an address does not begin with https://")),
            };
            let read = |key: &str, algorithm| {
                let key: VerifierKey = key.parse().map_err(|_| CardError("a key cannot be read"))?;
                if key.algorithm() == algorithm { Ok(key) } else { Err(CardError("a key has another type")) }
            };
            match words.as_slice() {
                ["log", key, address @ ..] if log.is_none() => {
                    log = Some(PolicyLog { key: read(key, Algorithm::Ed25519)?, url: url(address)? });
                }
                ["witness", name, key, address @ ..] if witness.is_none() => {
                    let (name, key) = ((*name).to_owned(), read(key, Algorithm::Cosignature)?);
                    witness = Some(PolicyWitness { name, key, url: url(address)?, per_day: None });
                }
                _ => return Err(CardError("a line is neither the log's nor the witness'")),
            }
        }
        Ok(Self { log, witness: witness.ok_or(CardError("it names no witness"))? })
    }
}
