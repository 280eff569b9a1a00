//! One-time word codes: how a caller and a station convince each other on the telephone.
//!
//! Line `n` of the sealed sheet has three words for the caller and three for the station's answer, apart for what is
//! meant and for exercises. They are the first 30 bits of
//!
//! ```text
//! HMAC-SHA256(secret, "scrutineer/spoken/1" 0A || station u32 || status u8 || side u8 || line u32 || content)
//! ```
//! numbers big-endian; side is `C` (caller) or `S` (station); content is empty for what is printed, or the 32 bytes of the
//! alert's leaf hash where a device computes it: only then do the words stand for what the alert says, too. Printed words
//! prove who calls, and nothing about what is said afterwards.
//!
//! A line is used once. What was skipped is dead. Five wrong answers close the list for an hour.

use crate::secret::same;
use crate::words::{Tongue, word_numbers};
use crate::{StationSecret, Status};
use scr_canon::Hash32;

/// Words of a code: 30 bits.
pub const CODE_WORDS: usize = 3;
/// How many lines ahead are looked at.
pub const WINDOW: u32 = 10;
/// Wrong codes in a row after which the list is closed.
pub const MOST_WRONG: u8 = 5;
/// For how long, in seconds.
pub const CLOSED_FOR: u64 = 3_600;

/// Who says the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever calls the station.
    Caller,
    /// The station, in answer.
    Station,
}

/// The numbers of the words of a line (from 1). `content`: the leaf hash of the alert, where a device computes them.
pub fn code(
    secret: &StationSecret,
    status: Status,
    side: Side,
    line: u32,
    content: Option<&Hash32>,
) -> Vec<u16> {
    let side: &[u8] = match side {
        Side::Caller => b"C",
        Side::Station => b"S",
    };
    let content: &[u8] = content.map_or(&[], |hash| &hash.0);
    word_numbers(
        &secret.mac("scrutineer/spoken/1", status, &[side, &line.to_be_bytes(), content]),
        CODE_WORDS,
    )
}

/// The words as they are printed and read.
pub fn code_words(
    secret: &StationSecret,
    status: Status,
    side: Side,
    line: u32,
    tongue: Tongue,
) -> Vec<&'static str> {
    tongue.say(&code(secret, status, side, line, None))
}

/// What a list remembers. Each station, status and side has one of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpokenState {
    /// The last line that was used; 0 for none.
    pub used: u32,
    /// When, seconds since 1970, UTC.
    pub used_at: u64,
    /// Wrong codes since then.
    pub wrong: u8,
    /// Until when the list is closed.
    pub closed_until: Option<u64>,
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Right; this line is used now.
    Right {
        /// The line.
        line: u32,
    },
    /// These words were said before: somebody has listened, or says them again. Hang up and call back.
    Replayed {
        /// Their line.
        line: u32,
    },
    /// Not the words of any line within the window.
    Wrong {
        /// How many more may be wrong.
        left: u8,
    },
    /// Too many wrong ones.
    Closed {
        /// Until when, seconds since 1970, UTC.
        until: u64,
    },
    /// A word that is not in the list: heard wrongly, ask again. It does not count.
    NoWord,
}

impl SpokenState {
    /// Checks words that were heard; gives what to answer and what to remember.
    pub fn hear(
        &self,
        (secret, status, side): (&StationSecret, Status, Side),
        (words, tongue): (&str, Tongue),
        content: Option<&Hash32>,
        now: u64,
    ) -> (Heard, Self) {
        if let Some(until) = self.closed_until.filter(|until| now < *until) {
            return (Heard::Closed { until }, self.clone());
        }
        let Some(heard) = tongue.numbers(words).filter(|heard| heard.len() == CODE_WORDS) else {
            return (Heard::NoWord, self.clone());
        };
        let matches = |line: u32| same_numbers(&code(secret, status, side, line, content), &heard);
        let next = self.used.saturating_add(1);
        if let Some(line) = (next..next.saturating_add(WINDOW)).find(|line| matches(*line)) {
            let state = Self { used: line, used_at: now, ..Self::default() };
            return (Heard::Right { line }, state);
        }
        let first = self.used.saturating_sub(WINDOW).max(1);
        if let Some(line) = (first..next).find(|line| matches(*line)) {
            return (Heard::Replayed { line }, self.clone());
        }
        let wrong = self.wrong.saturating_add(1);
        if wrong >= MOST_WRONG {
            let until = now.saturating_add(CLOSED_FOR);
            (Heard::Closed { until }, Self { wrong: 0, closed_until: Some(until), ..self.clone() })
        } else {
            (Heard::Wrong { left: MOST_WRONG - wrong }, Self { wrong, closed_until: None, ..self.clone() })
        }
    }
}

fn same_numbers(one: &[u16], other: &[u16]) -> bool {
    let bytes = |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    same(&bytes(one), &bytes(other))
}
