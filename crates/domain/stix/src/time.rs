//! Timestamps of STIX 2.1 (section 2.16): RFC 3339 in UTC with `Z`. Instants compare, texts echo.

use scr_core::{date_of, days_of_month, days_since_epoch};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
/// Digits of a fraction of a second that are read; the clocks of senders write at most nine.
const MOST_DIGITS: usize = 9;

/// An instant, and how its sender wrote it. Two texts of one instant are equal (`…540190Z`, `…54019Z`).
#[derive(Clone)]
pub struct Timestamp {
    micros: i64,
    /// Nanoseconds beyond the microseconds, 0 to 999.
    nanos: u16,
    text: Box<str>,
}

/// Why a text is no timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// Not `YYYY-MM-DDThh:mm:ss[.f]Z`.
    #[error("not of the form 2026-11-03T20:00:00.000Z")]
    Form,
    /// Of that form, but there is no such day or time of day (leap seconds are not taken).
    #[error("there is no such day or time of day")]
    NoSuchTime,
    /// More than nine digits of a fraction.
    #[error("more than nine digits after the point")]
    Precision,
}

impl Timestamp {
    /// Reads exactly `YYYY-MM-DDThh:mm:ss[.f]Z`, with one to nine digits `f`.
    ///
    /// # Errors
    /// Another form, a day or time that does not exist, more than nine digits.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let (micros, nanos) = instant(text.as_bytes())?;
        Ok(Self { micros, nanos, text: text.into() })
    }

    /// An instant of our own, written with six digits; `None` outside the years 0 to 9999.
    pub fn from_micros(micros: i64) -> Option<Self> {
        let seconds = micros.div_euclid(MICROS_PER_SECOND);
        let fraction = micros.rem_euclid(MICROS_PER_SECOND);
        let (year, month, day) = date_of(seconds.div_euclid(SECONDS_PER_DAY));
        if !(0..=9999).contains(&year) {
            return None;
        }
        let second = seconds.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z");
        Some(Self { micros, nanos: 0, text: text.into() })
    }

    /// Microseconds since 1970-01-01T00:00:00Z; what is finer is cut off.
    pub fn micros(&self) -> i64 {
        self.micros
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same instant in the precision that STIX 2.1 asks for `created` and `modified` (section 3.2): milliseconds,
    /// cut off.
    #[must_use]
    pub fn to_millis(&self) -> Self {
        let micros = self.micros - self.micros.rem_euclid(1_000);
        let seconds = self.text.get(..19).unwrap_or(&self.text);
        let text = format!("{seconds}.{:03}Z", micros.rem_euclid(MICROS_PER_SECOND) / 1_000);
        Self { micros, nanos: 0, text: text.into() }
    }
}

fn instant(bytes: &[u8]) -> Result<(i64, u16), TimestampError> {
    let Some((b'Z', rest)) = bytes.split_last() else { return Err(TimestampError::Form) };
    let fixed = |at: usize, byte: u8| rest.get(at) == Some(&byte);
    if !(fixed(4, b'-') && fixed(7, b'-') && fixed(10, b'T') && fixed(13, b':') && fixed(16, b':')) {
        return Err(TimestampError::Form);
    }
    let number = |from: usize, to: usize| digits(rest.get(from..to));
    let all = (number(0, 4), number(5, 7), number(8, 10), number(11, 13), number(14, 16), number(17, 19));
    let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = all else {
        return Err(TimestampError::Form);
    };
    let fraction = match rest.get(19..) {
        Some([]) => 0,
        Some([b'.', fraction @ ..]) if fraction.len() > MOST_DIGITS => {
            let fine = fraction.iter().all(u8::is_ascii_digit);
            return Err(if fine { TimestampError::Precision } else { TimestampError::Form });
        }
        Some([b'.', fraction @ ..]) if !fraction.is_empty() => {
            let value = digits(Some(fraction)).ok_or(TimestampError::Form)?;
            (fraction.len()..MOST_DIGITS).fold(value, |value, _| value * 10)
        }
        _ => return Err(TimestampError::Form),
    };
    if day < 1 || day > days_of_month(year, month) || hour > 23 || minute > 59 || second > 59 {
        return Err(TimestampError::NoSuchTime);
    }
    let seconds = days_since_epoch(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    let nanos = u16::try_from(fraction % 1_000).unwrap_or(0);
    Ok((seconds * MICROS_PER_SECOND + fraction / 1_000, nanos))
}

fn digits(bytes: Option<&[u8]>) -> Option<i64> {
    bytes?
        .iter()
        .try_fold(0_i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.micros, self.nanos).cmp(&(other.micros, other.nanos))
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.micros, self.nanos).hash(state);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn instants_compare_and_texts_echo() {
        let (one, other) = (at("2020-01-01T00:00:00.540190Z"), at("2020-01-01T00:00:00.54019Z"));
        assert_eq!(one, other);
        assert_ne!(one.as_str(), other.as_str());
        assert!(at("2020-01-01T00:00:00.000000001Z") > at("2020-01-01T00:00:00Z"));
        assert_eq!(at("2020-01-01T00:00:00.0000019Z").micros(), at("2020-01-01T00:00:00.000001Z").micros());
        assert_eq!(at("1970-01-01T00:00:00Z").micros(), 0);
        assert_eq!(at("1969-12-31T23:59:59.9Z").micros(), -100_000);
        assert_eq!(at("2000-02-29T00:00:00.123456Z").to_millis().as_str(), "2000-02-29T00:00:00.123Z");
        assert_eq!(at("1969-12-31T23:59:59.9999Z").to_millis().as_str(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn other_forms_and_times_that_do_not_exist_are_refused() {
        let form = [
            "",
            "Z",
            "2020-01-01",
            "2020-01-01T00:00:00",
            "2020-01-01T00:00:00z",
            "2020-01-01t00:00:00Z",
            "2020-01-01 00:00:00Z",
            "2020-01-01T00:00:00+00:00",
            "2020-01-01T00:00:00.Z",
            "2020-01-01T00:00:00,5Z",
            "2020-1-01T00:00:00Z",
            "20200101T000000Z",
            "+020-01-01T00:00:00Z",
            "2020-01-01T00:00:00.+5Z",
            " 2020-01-01T00:00:00Z",
            "2020-01-01T00:00:00.1234567890xZ",
            "\u{662}020-01-01T00:00:00Z",
        ];
        form.iter().for_each(|text| assert_eq!(Timestamp::parse(text), Err(TimestampError::Form), "{text}"));
        let none = [
            "2021-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2020-04-31T00:00:00Z",
            "2020-00-01T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-01-00T00:00:00Z",
            "2020-01-01T24:00:00Z",
            "2020-01-01T00:60:00Z",
            "2016-12-31T23:59:60Z",
        ];
        none.iter()
            .for_each(|text| assert_eq!(Timestamp::parse(text), Err(TimestampError::NoSuchTime), "{text}"));
        assert_eq!(Timestamp::parse("2020-01-01T00:00:00.1234567890Z"), Err(TimestampError::Precision));
    }

    proptest! {
        /// jiff (crates.io) is the other opinion.
        #[test]
        fn jiff_agrees(
            year in 0_i16..=9998, month in 0_u8..=13, day in 0_u8..=32, second in 0_i64..86_400, nanos in 0_i64..1_000_000_000
        ) {
            let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
            let text = format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}.{nanos:09}Z");
            let ours = Timestamp::parse(&text);
            let theirs = text.parse::<jiff::Timestamp>();
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", text);
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                let nanos = i128::from(ours.micros) * 1_000 + i128::from(ours.nanos);
                prop_assert_eq!(nanos, theirs.as_nanosecond());
                let again = Timestamp::from_micros(ours.micros).unwrap();
                prop_assert_eq!(again.micros, ours.micros);
                prop_assert_eq!(&again.text[..26], &text[..26]);
                prop_assert_eq!(Timestamp::parse(&again.text).unwrap(), again);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = Timestamp::parse(&text);
        }
    }
}
