//! The card of a polling station: the keys that it trusts, on paper, before anything happens.
//!
//! It is a C2SP tlog-policy with a few comment lines in front, so every program that reads policies reads it.

use scr_canon::sha256;
use scr_entry::{parse_utc, utc_text};
use scr_note::{Policy, PolicyError, decimal};
use std::fmt;
use std::str::FromStr;

/// First line of a card.
pub const CARD_HEADER: &str = "# scrutineer/alert-card/1";
/// Longest card: what a QR code of version 40 holds at level L.
pub const MAX_CARD_BYTES: usize = 2_953;
/// Most polling stations of one card set: a station has six digits.
pub const MAX_STATIONS: u32 = 1_000_000;

/// The newest checkpoint that was known when the card was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its entries.
    pub size: u64,
    /// Its time: seconds since 1970, UTC.
    pub time: u64,
}

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which election.
    pub election: String,
    /// Number of the station, below a million; none for a card that all share.
    pub station: Option<u32>,
    /// The newest checkpoint when it was printed.
    pub seen: Option<Seen>,
    /// The log's key, the witnesses, and how many of them must have cosigned.
    pub policy: Policy,
}

/// Why a card is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// Another form.
    #[error("SCR-ALR-004: not a card: {0}")]
    Form(&'static str),
    /// The keys in it.
    #[error("SCR-ALR-004: {0}")]
    Policy(#[from] PolicyError),
}

impl Card {
    /// What is read aloud to compare two cards: SHA-256 over `scrutineer/alert-card-check/1`, a line end, and the card's text.
    /// Its first eight words are enough.
    pub fn digest(&self) -> scr_canon::Hash32 {
        sha256(format!("scrutineer/alert-card-check/1\n{self}").as_bytes())
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{CARD_HEADER}\n# election {}", self.election)?;
        if let Some(station) = self.station {
            writeln!(f, "# station {station:06}")?;
        }
        if let Some(Seen { size, time }) = self.seen {
            writeln!(f, "# seen {size} {}", utc_text(i64::try_from(time).unwrap_or(i64::MAX)))?;
        }
        write!(f, "{}", self.policy)
    }
}

impl FromStr for Card {
    type Err = CardError;

    /// Reads a card; only the one spelling that `Display` writes, the last line end excepted.
    fn from_str(text: &str) -> Result<Self, CardError> {
        let wrong = CardError::Form;
        if text.len() > MAX_CARD_BYTES {
            return Err(wrong("longer than 2,953 bytes"));
        }
        let mut lines = text.lines().peekable();
        if lines.next() != Some(CARD_HEADER) {
            return Err(wrong("the first line is not # scrutineer/alert-card/1"));
        }
        let election = lines.next().and_then(|line| line.strip_prefix("# election "));
        let election =
            election.filter(|name| is_name(name)).ok_or(wrong("the second line names no election"))?;
        let station = match lines.next_if(|line| line.starts_with("# station ")) {
            Some(line) => Some(station_of(line).ok_or(wrong("a station has six digits"))?),
            None => None,
        };
        let seen = match lines.next_if(|line| line.starts_with("# seen ")) {
            Some(line) => Some(seen_of(line).ok_or(wrong("the line `seen` has a size and a time"))?),
            None => None,
        };
        let card = Self { election: election.to_owned(), station, seen, policy: text.parse()? };
        let own = card.to_string();
        if own != text && own.strip_suffix('\n') != Some(text) {
            return Err(wrong("it has other lines, or another order, than a card has"));
        }
        Ok(card)
    }
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn station_of(line: &str) -> Option<u32> {
    let digits = line.strip_prefix("# station ")?;
    let all_digits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| digits.parse().ok()).flatten()
}

fn seen_of(line: &str) -> Option<Seen> {
    let (size, time) = line.strip_prefix("# seen ")?.split_once(' ')?;
    Some(Seen { size: decimal(size)?, time: u64::try_from(parse_utc(time)?).ok()? })
}
