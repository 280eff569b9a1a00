//! Seconds since 1970 as RFC 3339 text, without a dependency on a clock.

/// `seconds` since 1970-01-01T00:00:00Z as `YYYY-MM-DDTHH:MM:SSZ`; `None` beyond the year 9999.
pub(crate) fn utc_text(seconds: u64) -> Option<String> {
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    let (mut year, mut left) = (1970u64, days);
    while left >= days_in_year(year) {
        left -= days_in_year(year);
        year += 1;
        if year > 9999 {
            return None;
        }
    }
    let mut month = 1u64;
    while left >= days_in_month(year, month) {
        left -= days_in_month(year, month);
        month += 1;
    }
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    Some(format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", left + 1))
}

/// A text of the form `YYYY-MM-DDTHH:MM:SSZ`; such texts sort by time.
pub(crate) type UtcText = [u8; 20];

/// The text, if it has this form.
#[inline]
pub(crate) fn utc_of(text: &[u8]) -> Option<&UtcText> {
    const LEAST: UtcText = *b"0000-00-00T00:00:00Z";
    const MOST: UtcText = *b"9999-99-99T99:99:99Z";
    let text: &UtcText = text.try_into().ok()?;
    // Without a branch for each: a compiler makes a few instructions of it.
    let outside = |at: usize| text[at] < LEAST[at] || text[at] > MOST[at];
    (!(0..LEAST.len()).fold(false, |any, at| any | outside(at))).then_some(text)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `date -u -d @N +%FT%TZ` of GNU coreutils.
    #[test]
    fn times_are_those_of_the_date_command() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc_text(seconds).as_deref(), Some(text));
            assert_eq!(utc_of(text.as_bytes()).map(<[u8; 20]>::as_slice), Some(text.as_bytes()));
        }
        assert_eq!(utc_text(u64::MAX), None);
        let good = b"2024-02-29T23:59:59Z";
        for at in 0..good.len() {
            for byte in 0..=255 {
                let mut other = *good;
                other[at] = byte;
                let same_form = byte == good[at] || (good[at].is_ascii_digit() && byte.is_ascii_digit());
                assert_eq!(utc_of(&other).is_some(), same_form, "{at} {byte}");
            }
        }
        assert_eq!((utc_of(&good[1..]), utc_of(b"2024-02-29T23:59:59Z "), utc_of(b"")), (None, None, None));
    }
}
