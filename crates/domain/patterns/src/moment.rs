//! Points in time as STIX writes them.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use std::fmt;

/// A STIX timestamp (STIX 2.1 §2.16): UTC, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Since 1970-01-01T00:00:00Z.
    nanoseconds: i128,
}

/// Why a text is no timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// It has another form than `YYYY-MM-DDTHH:mm:ss[.s+]Z`.
    #[error("a timestamp has the form YYYY-MM-DDTHH:mm:ss[.s+]Z")]
    Form,
    /// A month, day, hour, minute or second that does not exist.
    #[error("there is no such time")]
    NoSuchTime,
}

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
const SECOND: i128 = 1_000_000_000;

impl Moment {
    /// Reads a timestamp. Digits beyond nanoseconds are cut off (§2.16.1 allows it). A leap second (RFC 3339 §5.7: only
    /// 23:59:60 at the end of a month) is the first second of the next day, as POSIX counts.
    pub fn parse(text: &str) -> Result<Self, MomentError> {
        let bytes = text.as_bytes();
        let form = b"0000-00-00T00:00:00";
        let (head, rest) = bytes.split_at_checked(form.len()).ok_or(MomentError::Form)?;
        let fits = |(byte, wanted): (&u8, &u8)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        };
        if !head.iter().zip(form).all(fits) {
            return Err(MomentError::Form);
        }
        let fraction = fraction(rest)?;
        let number = |from: usize, to: usize| {
            head[from..to].iter().fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let small = |from: usize| i8::try_from(number(from, from + 2)).map_err(|_| MomentError::NoSuchTime);
        let date = Date::new(number(0, 4), small(5)?, small(8)?).map_err(|_| MomentError::NoSuchTime)?;
        let (hour, minute, second) = (small(11)?, small(14)?, small(17)?);
        let is_leap = (hour, minute, second) == (23, 59, 60);
        if is_leap && date.last_of_month() != date {
            return Err(MomentError::NoSuchTime);
        }
        let time = Time::new(hour, minute, if is_leap { 59 } else { second }, 0)
            .map_err(|_| MomentError::NoSuchTime)?;
        let since = DateTime::from_parts(date, time).duration_since(EPOCH).as_nanos();
        Ok(Self { nanoseconds: since + i128::from(is_leap) * SECOND + i128::from(fraction) })
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub fn nanoseconds(self) -> i128 {
        self.nanoseconds
    }
}

/// `Z`, or a fraction and `Z`: in nanoseconds.
fn fraction(rest: &[u8]) -> Result<u32, MomentError> {
    match rest {
        b"Z" => Ok(0),
        [b'.', digits @ .., b'Z'] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => {
            let digits = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
            Ok(digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
        }
        _ => Err(MomentError::Form),
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = i64::try_from(self.nanoseconds.div_euclid(SECOND)).unwrap_or_default();
        let fraction = self.nanoseconds.rem_euclid(SECOND);
        let time = EPOCH.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(DateTime::MAX);
        write!(
            out,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second()
        )?;
        if fraction != 0 {
            write!(out, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        out.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_read_and_written() {
        for text in [
            "1970-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-02-29T12:30:45.5Z",
            "1969-12-31T23:59:59.000000001Z",
        ] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
        let cut = Moment::parse("2024-01-01T00:00:00.12345678999Z").unwrap();
        assert_eq!(cut.to_string(), "2024-01-01T00:00:00.123456789Z");
        assert_eq!(Moment::parse("1970-01-02T00:00:00.5Z").unwrap().nanoseconds(), 86_400_500_000_000);
    }

    #[test]
    fn a_leap_second_stands_at_the_end_of_a_month_alone() {
        let leap = Moment::parse("2016-12-31T23:59:60Z").unwrap();
        assert_eq!(leap.to_string(), "2017-01-01T00:00:00Z");
        assert_eq!(Moment::parse("2016-12-30T23:59:60Z"), Err(MomentError::NoSuchTime));
        assert_eq!(Moment::parse("2016-12-31T22:59:60Z"), Err(MomentError::NoSuchTime));
    }

    #[test]
    fn other_forms_and_times_that_do_not_exist_are_refused() {
        for text in [
            "",
            "Z",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01t00:00:00Z",
            "2024-01-01T00:00:00z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00.1",
            "2024-01-01T00:00:00+00:00",
            "2024-1-01T00:00:00Z",
            "2024-01-01T00:00:0éZ",
            "+024-01-01T00:00:00Z",
        ] {
            assert_eq!(Moment::parse(text), Err(MomentError::Form), "{text}");
        }
        for text in [
            "2023-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z",
            "2010-05-21T13:21:99Z",
        ] {
            assert_eq!(Moment::parse(text), Err(MomentError::NoSuchTime), "{text}");
        }
    }
}
