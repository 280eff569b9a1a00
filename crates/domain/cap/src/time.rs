//! Times as CAP 1.2 writes them (section 3.3.2): no fractions, no `Z`, UTC is `-00:00`.

use scr_core::{UtcSeconds, date_of, days_of_month, days_since_epoch};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

const SECONDS_PER_DAY: i64 = 86_400;
/// Most that a zone may be away from UTC, in minutes (XML Schema part 2, 3.2.7.3).
const MOST_OFFSET: i64 = 14 * 60;

/// An instant, and the zone in which it was written. Two are equal when they are the same instant.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    seconds: i64,
    offset: i16,
}

/// Why a text is no time of CAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not `YYYY-MM-DDThh:mm:ss±hh:mm`.
    #[error("not of the form 2026-11-03T20:00:00-00:00")]
    Form,
    /// Of that form, but there is no such day, time of day or zone.
    #[error("there is no such day, time of day or zone")]
    NoSuchTime,
}

/// A time that is read, and whether it is written as CAP 1.2 wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lenient {
    /// The time; a fraction of a second is cut off.
    pub time: Time,
    /// Whether it has `Z`, a fraction of a second or no zone (then UTC is meant).
    pub is_other_form: bool,
}

impl Time {
    /// The beginning of 1970, UTC.
    pub const EPOCH: Self = Self { seconds: 0, offset: 0 };

    /// Seconds since 1970-01-01T00:00:00 UTC; `None` outside the years 1 to 9999. Written as UTC.
    pub fn from_utc(seconds: UtcSeconds) -> Option<Self> {
        let (year, ..) = date_of(seconds.div_euclid(SECONDS_PER_DAY));
        (1..=9999).contains(&year).then_some(Self { seconds, offset: 0 })
    }

    /// Seconds since 1970-01-01T00:00:00 UTC.
    pub fn utc(self) -> UtcSeconds {
        self.seconds
    }

    /// Reads exactly `YYYY-MM-DDThh:mm:ss±hh:mm`. `24:00:00` is the beginning of the next day, as in xs:dateTime.
    ///
    /// # Errors
    /// Another form, or a time that does not exist (leap seconds are not taken).
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let read = Self::parse_lenient(text)?;
        if read.is_other_form { Err(TimeError::Form) } else { Ok(read.time) }
    }

    /// Reads all of xs:dateTime with a year of four digits, as files of CAP 1.0 and 1.1, and mistaken ones of 1.2, have it.
    ///
    /// # Errors
    /// Another form, or a time that does not exist.
    pub fn parse_lenient(text: &str) -> Result<Lenient, TimeError> {
        let bytes = text.as_bytes();
        let at = |place: usize, byte: u8| bytes.get(place) == Some(&byte);
        if !(at(4, b'-') && at(7, b'-') && at(10, b'T') && at(13, b':') && at(16, b':')) {
            return Err(TimeError::Form);
        }
        let number = |from: usize| digits(bytes.get(from..from + 2));
        let year = digits(bytes.get(0..4)).ok_or(TimeError::Form)?;
        let all = (number(5), number(8), number(11), number(14), number(17));
        let (Some(month), Some(day), Some(hour), Some(minute), Some(second)) = all else {
            return Err(TimeError::Form);
        };
        let mut rest = bytes.get(19..).unwrap_or_default();
        let mut other = false;
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if length == 0 {
                return Err(TimeError::Form);
            }
            (rest, other) = (&fraction[length..], true);
        }
        let offset = match rest {
            [] | [b'Z'] => {
                other = true;
                0
            }
            [b'+' | b'-', ..] if rest.len() == 6 && rest.get(3) == Some(&b':') => zone(rest)?,
            _ => return Err(TimeError::Form),
        };
        let is_midnight = hour == 24 && minute == 0 && second == 0;
        let exists = year >= 1
            && (1..=days_of_month(year, month)).contains(&day)
            && (hour < 24 || is_midnight)
            && minute < 60
            && second < 60;
        if !exists {
            return Err(TimeError::NoSuchTime);
        }
        let local = days_since_epoch(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
        let time = Self { seconds: local - i64::from(offset) * 60, offset };
        Ok(Lenient { time, is_other_form: other })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.seconds + i64::from(self.offset) * 60;
        let (year, month, day) = date_of(local.div_euclid(SECONDS_PER_DAY));
        let second = local.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let away = self.offset.unsigned_abs();
        // UTC is -00:00 (CAP 1.2, 3.3.2).
        let sign = if self.offset > 0 { '+' } else { '-' };
        write!(f, "{sign}{:02}:{:02}", away / 60, away % 60)
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.seconds == other.seconds
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.seconds.cmp(&other.seconds)
    }
}

impl Hash for Time {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.seconds.hash(state);
    }
}

fn zone(text: &[u8]) -> Result<i16, TimeError> {
    let (Some(hours), Some(minutes)) = (digits(text.get(1..3)), digits(text.get(4..6))) else {
        return Err(TimeError::Form);
    };
    let away = hours * 60 + minutes;
    if minutes > 59 || away > MOST_OFFSET {
        return Err(TimeError::NoSuchTime);
    }
    let signed = if text.first() == Some(&b'-') { -away } else { away };
    i16::try_from(signed).map_err(|_| TimeError::NoSuchTime)
}

fn digits(bytes: Option<&[u8]>) -> Option<i64> {
    bytes?
        .iter()
        .try_fold(0_i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_standard_wants_them() {
        for (text, utc, again) in [
            ("2003-04-02T14:39:01-05:00", 1_049_312_341, "2003-04-02T14:39:01-05:00"),
            ("2012-05-02T23:21:04-00:00", 1_336_000_864, "2012-05-02T23:21:04-00:00"),
            ("2012-10-14T22:53:04+00:00", 1_350_255_184, "2012-10-14T22:53:04-00:00"),
            ("2024-02-29T24:00:00+14:00", 1_709_200_800, "2024-03-01T00:00:00+14:00"),
            ("0001-01-01T00:00:00-00:00", -62_135_596_800, "0001-01-01T00:00:00-00:00"),
        ] {
            let time = Time::parse(text).unwrap();
            assert_eq!((time.utc(), time.to_string().as_str()), (utc, again), "{text}");
            assert_eq!(Time::parse(again).unwrap(), time);
        }
    }

    #[test]
    fn other_forms_are_told_apart() {
        for text in [
            "2012-05-02T23:21:04Z",
            "2012-05-02T23:21:04",
            "2012-05-02T23:21:04.5-00:00",
            "2012-05-02T23:21:04.25Z",
        ] {
            assert_eq!(Time::parse(text), Err(TimeError::Form), "{text}");
            assert!(Time::parse_lenient(text).unwrap().is_other_form);
        }
        for text in [
            "",
            "2012-05-02",
            "2012-05-02 23:21:04-00:00",
            "2012-05-02T23:21:04,00:00",
            "2012-05-02T23:21:04.-00:00",
        ] {
            assert_eq!(Time::parse_lenient(text), Err(TimeError::Form), "{text}");
        }
        for text in [
            "2023-02-29T00:00:00-00:00",
            "2023-13-01T00:00:00-00:00",
            "2023-01-01T24:00:01-00:00",
            "2023-01-01T23:59:60-00:00",
            "2023-01-01T00:00:00+14:01",
            "0000-01-01T00:00:00-00:00",
        ] {
            assert_eq!(Time::parse(text), Err(TimeError::NoSuchTime), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_itself_again() {
        let first = days_since_epoch(1900, 1, 1);
        for day in first..first + 150_000 {
            let (year, month, date) = date_of(day);
            assert_eq!(days_since_epoch(year, month, date), day);
            assert!((1..=days_of_month(year, month)).contains(&date));
        }
    }
}
