//! Tear-off strips: a code of sixteen digits for each alert and each step, typed into a message or said to an operator.
//!
//! ```text
//! SSSSSS MMMMMMMMM C
//! S  number of the station
//! M  HMAC-SHA256(secret, "scrutineer/strip/1" 0A || station u32 || status u8 || step u8 || number u16),
//!    its first eight bytes as a number, modulo 10^9; number is the alert's number within the election
//! C  check digit of the fifteen others (Damm 2004)
//! ```
//! Ten digits would be shorter, but with a million guesses over all stations somebody would hit one.

use crate::acks::Step;
use crate::secret::same;
use crate::{StationSecret, Status};
use scr_canon::Hash32;

const DIGITS: usize = 16;
const MODULUS: u64 = 1_000_000_000;
/// Wrong codes of one station after which no more are taken from it.
pub const MOST_WRONG: u8 = 5;
/// For how long, in seconds.
pub const CLOSED_FOR: u64 = 3_600;

/// The quasigroup of order 10 in H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit after digits (values 0 to 9); 0 over digits with their check digit.
fn damm(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |interim, digit| {
        DAMM.get(usize::from(interim)).and_then(|row| row.get(usize::from(digit))).copied().unwrap_or(0)
    })
}

/// Sixteen digits, not checked against any secret yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripCode {
    /// The station that it says.
    pub station: u32,
    mac: String,
}

/// Why digits are no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StripError {
    /// Too few or too many digits, or something else than digits.
    #[error("SCR-ALR-030: a code has sixteen digits")]
    Length,
    /// A digit is wrong, or two have changed places.
    #[error("SCR-ALR-031: a digit is wrong: read the code again")]
    Check,
}

impl StripCode {
    /// Reads a code, with or without spaces and dashes between its digits; also Arabic-Indic and Persian digits.
    ///
    /// # Errors
    /// [`StripError`]; neither counts as a wrong guess.
    pub fn parse(typed: &str) -> Result<Self, StripError> {
        let mut digits = String::new();
        for c in typed.chars().take(200).filter(|c| !c.is_whitespace() && !"-.·".contains(*c)) {
            let digit = match c {
                '0'..='9' => c.to_digit(10),
                '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
                '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
                _ => None,
            };
            digits.push(digit.and_then(|digit| char::from_digit(digit, 10)).ok_or(StripError::Length)?);
        }
        if digits.len() != DIGITS || typed.chars().count() > 200 {
            return Err(StripError::Length);
        }
        if damm(values(&digits)) != 0 {
            return Err(StripError::Check);
        }
        let (station, mac) = digits.split_at(6);
        Ok(Self {
            station: station.parse().map_err(|_| StripError::Length)?,
            mac: mac.chars().take(9).collect(),
        })
    }
}

fn values(digits: &str) -> impl Iterator<Item = u8> + '_ {
    digits.bytes().map(|byte| byte.wrapping_sub(b'0'))
}

/// The code that is printed for an alert's number and a step, in four groups of four digits.
pub fn strip_code(secret: &StationSecret, status: Status, number: u16, step: Step) -> String {
    let digits = format!("{:06}{}", secret.station(), strip_mac(secret, status, number, step));
    let digits = format!("{digits}{}", damm(values(&digits)));
    let groups: Vec<&str> =
        [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|range| digits.get(range)).collect();
    groups.join(" ")
}

fn strip_mac(secret: &StationSecret, status: Status, number: u16, step: Step) -> String {
    let hash = secret.mac("scrutineer/strip/1", status, &[&[step.byte()], &number.to_be_bytes()]);
    let front = hash.0.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:09}", front % MODULUS)
}

/// What a station has typed wrongly lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guesses {
    /// Wrong codes since the last right one.
    pub wrong: u8,
    /// Until when nothing is taken, seconds since 1970, UTC.
    pub closed_until: Option<u64>,
}

/// What a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A station's word for this step of this alert. Typed twice it is the same again.
    Right {
        /// Whether the alert is meant.
        status: Status,
        /// The alert's number.
        number: u16,
        /// The step.
        step: Step,
    },
    /// Of none of the open alerts.
    Wrong {
        /// How many more may be wrong.
        left: u8,
    },
    /// Too many wrong ones.
    Closed {
        /// Until when, seconds since 1970, UTC.
        until: u64,
    },
}

/// Checks a code against the station's secret for the alerts that are open (status and number, at most 256 are looked at).
pub fn check_strip(
    code: &StripCode,
    secret: &StationSecret,
    open: &[(Status, u16)],
    guesses: Guesses,
    now: u64,
) -> (Typed, Guesses) {
    if let Some(until) = guesses.closed_until.filter(|until| now < *until) {
        return (Typed::Closed { until }, guesses);
    }
    let mut found = None;
    for (status, number) in open.iter().take(256) {
        for step in [Step::Delivered, Step::Read, Step::Understood, Step::Acted] {
            let own = strip_mac(secret, *status, *number, step);
            if same(own.as_bytes(), code.mac.as_bytes()) && code.station == secret.station() {
                found = Some(Typed::Right { status: *status, number: *number, step });
            }
        }
    }
    if let Some(right) = found {
        return (right, Guesses::default());
    }
    let wrong = guesses.wrong.saturating_add(1);
    if wrong >= MOST_WRONG {
        let until = now.saturating_add(CLOSED_FOR);
        (Typed::Closed { until }, Guesses { wrong: 0, closed_until: Some(until) })
    } else {
        (Typed::Wrong { left: MOST_WRONG - wrong }, Guesses { wrong, closed_until: None })
    }
}

/// The token of a station's own link to an alert: the first 120 bits of HMAC-SHA256(secret, `scrutineer/link/1` 0A ||
/// station u32 || status u8 || the 32 bytes of the alert's leaf hash), as 30 lower-case hexadecimal digits.
pub fn link_token(secret: &StationSecret, status: Status, leaf: &Hash32) -> String {
    secret.mac("scrutineer/link/1", status, &[&leaf.0]).to_hex().chars().take(30).collect()
}

/// Whether a token is the station's own.
pub fn check_link(token: &str, secret: &StationSecret, status: Status, leaf: &Hash32) -> bool {
    same(token.as_bytes(), link_token(secret, status, leaf).as_bytes())
}
