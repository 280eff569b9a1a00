//! Times of MISP: seconds since 1970, ISO 8601, or days.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

/// Seconds since 1970 that have a date.
pub(crate) fn seconds(number: i64) -> Option<i64> {
    (0..=LAST).contains(&number).then_some(number)
}

/// A point in time: RFC 3339, ISO 8601 without a zone (then UTC), a day, or seconds since 1970.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let found = text
        .parse::<Timestamp>()
        .ok()
        .or_else(|| in_utc(text.parse::<DateTime>().ok()?))
        .or_else(|| in_utc(text.parse::<Date>().ok()?.at(0, 0, 0, 0)))
        .or_else(|| Timestamp::from_second(seconds(text.parse().ok()?)?).ok())?;
    let inside = (0..=LAST).contains(&found.as_second());
    inside.then_some(found)
}

/// The second at which a day begins (UTC).
pub(crate) fn midnight(day: Date) -> Option<i64> {
    seconds(in_utc(day.at(0, 0, 0, 0))?.as_second())
}

fn in_utc(at: DateTime) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(at).ok()
}

/// The day (UTC) of a number of seconds.
pub(crate) fn day_of(at: i64) -> Date {
    Offset::UTC.to_datetime(Timestamp::from_second(at).unwrap_or_default()).date()
}

/// As MISP writes points in time: `2017-12-21T22:05:21.000000+00:00`.
pub(crate) fn misp_time(at: Timestamp) -> String {
    let at = Offset::UTC.to_datetime(at);
    format!("{}T{}+00:00", at.date(), clock(at, 6))
}

/// As STIX writes points in time, with three digits: `2017-12-21T22:05:21.000Z`.
pub(crate) fn stix_time(at: Timestamp) -> String {
    let utc = Offset::UTC.to_datetime(at);
    let digits = if utc.subsec_nanosecond() % 1_000_000 == 0 { 3 } else { 6 };
    format!("{}T{}Z", utc.date(), clock(utc, digits))
}

fn clock(at: DateTime, digits: usize) -> String {
    let nanoseconds = format!("{:09}", at.subsec_nanosecond());
    let fraction = nanoseconds.get(..digits).unwrap_or("000");
    format!("{:02}:{:02}:{:02}.{fraction}", at.hour(), at.minute(), at.second())
}

/// The same for whole seconds.
pub(crate) fn stix_seconds(at: i64) -> String {
    stix_time(Timestamp::from_second(at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_in_use() {
        for (text, expected) in [
            ("2017-12-21T22:05:21.5+00:00", "2017-12-21T22:05:21.500Z"),
            ("2017-12-21T22:05:21.123456Z", "2017-12-21T22:05:21.123456Z"),
            ("2017-12-21T22:05:21", "2017-12-21T22:05:21.000Z"),
            ("2017-12-21 22:05:21", "2017-12-21T22:05:21.000Z"),
            ("2017-12-21", "2017-12-21T00:00:00.000Z"),
            ("1513893921", "2017-12-21T22:05:21.000Z"),
        ] {
            assert_eq!(stix_time(instant(text).unwrap()), expected, "{text}");
        }
        for bad in ["", "yesterday", "2017-13-01", "99999999999999", "-5", "1900-01-01"] {
            assert_eq!(instant(bad), None, "{bad}");
        }
        assert_eq!(misp_time(instant("1513893921").unwrap()), "2017-12-21T22:05:21.000000+00:00");
        assert_eq!(day_of(1_513_893_921).to_string(), "2017-12-21");
    }
}
