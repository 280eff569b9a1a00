//! The logs that a witness cosigns: the list format of the public witness network, `logs/v0`.
//!
//! ```text
//! logs/v0
//!
//! vkey log.emb.example/2026+1a2b3c4d+AQ…
//! origin log.emb.example/2026
//! qpd 8640
//! contact results@emb.example
//! ```
//! `origin` only where it differs from the key's name; `qpd` is how often a day the log may come.

use crate::budget::DEFAULT_PER_DAY;
use scr_note::{Algorithm, VerifierKey, decimal};
use std::str::FromStr;

/// Logs of one list at most.
const MAX_LOGS: usize = 50_000;

/// Why a list is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the list of logs: {what}")]
pub struct LogListError {
    /// Counted from 1; 0 for the whole file.
    pub line: usize,
    /// In words.
    pub what: &'static str,
}

/// A log that is cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessedLog {
    /// Its origin.
    pub origin: String,
    /// Its key.
    pub key: VerifierKey,
    /// How often a day it may come, where the list says so.
    pub per_day: Option<u64>,
    /// Whom to ask.
    pub contact: Option<String>,
}

/// A list of logs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogList(Vec<WitnessedLog>);

impl LogList {
    /// A list of these logs. Of two with one origin both keys count.
    pub fn new(logs: Vec<WitnessedLog>) -> Self {
        Self(logs)
    }

    /// The logs, as they stand in the list.
    pub fn logs(&self) -> &[WitnessedLog] {
        &self.0
    }

    /// The keys that may sign for an origin.
    pub fn keys(&self, origin: &str) -> Vec<VerifierKey> {
        self.0.iter().filter(|log| log.origin == origin).map(|log| log.key.clone()).collect()
    }

    /// How often a day the log of an origin may come: the largest number of its lines, and where they say
    /// nothing what the public lists allow at most.
    pub fn per_day(&self, origin: &str) -> u64 {
        let of_origin = self.0.iter().filter(|log| log.origin == origin);
        of_origin.map(|log| log.per_day.unwrap_or(DEFAULT_PER_DAY)).max().unwrap_or(DEFAULT_PER_DAY)
    }

    fn add_line(&mut self, line: &str) -> Result<(), &'static str> {
        if line.chars().any(char::is_control) {
            return Err("it contains control characters");
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        if word == "vkey" {
            let key: VerifierKey = rest.parse().map_err(|_| "the key cannot be read")?;
            if key.algorithm() != Algorithm::Ed25519 {
                return Err("a log signs with an Ed25519 key (type 1)");
            }
            if self.0.iter().any(|log| log.key.public_bytes() == key.public_bytes()) {
                return Err("the key stands in the list before");
            }
            if self.0.len() == MAX_LOGS {
                return Err("more than 50,000 logs");
            }
            let origin = key.name().to_owned();
            self.0.push(WitnessedLog { origin, key, per_day: None, contact: None });
            return Ok(());
        }
        let log = self.0.last_mut().ok_or("it comes before the first vkey")?;
        match word {
            "origin" if !rest.is_empty() => rest.clone_into(&mut log.origin),
            "qpd" => log.per_day = Some(decimal(rest).filter(|n| *n > 0).ok_or("qpd is no number above 0")?),
            "contact" => log.contact = Some(rest.to_owned()),
            _ => return Err("it begins with none of vkey, origin, qpd, contact"),
        }
        Ok(())
    }
}

impl FromStr for LogList {
    type Err = LogListError;

    fn from_str(text: &str) -> Result<Self, LogListError> {
        let mut list = Self::default();
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        });
        match lines.next() {
            Some((_, "logs/v0")) => {}
            Some((line, _)) => return Err(LogListError { line, what: "the list begins with logs/v0" }),
            None => return Err(LogListError { line: 0, what: "it is empty" }),
        }
        for (line, text) in lines {
            list.add_line(text).map_err(|what| LogListError { line, what })?;
        }
        Ok(list)
    }
}
