//! Decimal numbers of CAP (coordinates, radii, heights), exact to nine digits after the point.

use std::fmt;

/// Digits after the point that are kept. Of a degree that is a tenth of a millimetre.
const DIGITS: usize = 9;
const SCALE: i64 = 1_000_000_000;

/// A decimal number in units of 10⁻⁹: two texts that mean the same are equal, and sums of products are exact in `i128`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fixed(i64);

/// Why a text is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FixedError {
    /// Not the lexical form of xs:decimal.
    #[error("not a decimal number such as 48.2082")]
    Form,
    /// More than nine digits before or after the point.
    #[error("more than nine digits before or after the point")]
    Range,
}

impl Fixed {
    /// Of whole units.
    pub fn whole(units: i32) -> Self {
        Self(i64::from(units) * SCALE)
    }

    /// Of units of 10⁻⁹.
    pub fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// In units of 10⁻⁹.
    pub fn nanos(self) -> i64 {
        self.0
    }

    /// Reads the lexical form of xs:decimal (XML Schema part 2, 3.2.3), without white space around it.
    ///
    /// # Errors
    /// Another form, or more digits than are kept; zeros at either end do not count.
    pub fn parse(text: &str) -> Result<Self, FixedError> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !are_digits(whole) || !are_digits(fraction) {
            return Err(FixedError::Form);
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if whole.len() > DIGITS || fraction.len() > DIGITS {
            return Err(FixedError::Range);
        }
        let value = |part: &str| part.bytes().fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        let small = (fraction.len()..DIGITS).fold(value(fraction), |sum, _| sum * 10);
        let sum = value(whole) * SCALE + small;
        Ok(Self(if negative { -sum } else { sum }))
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absolute = self.0.unsigned_abs();
        let scale = SCALE.unsigned_abs();
        let (whole, small) = (absolute / scale, absolute % scale);
        f.write_str(if self.0 < 0 { "-" } else { "" })?;
        if small == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{small:09}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_exactly() {
        for (text, nanos, again) in [
            ("48.2082", 48_208_200_000, "48.2082"),
            ("-0.000000001", -1, "-0.000000001"),
            ("+007.50", 7_500_000_000, "7.5"),
            (".5", 500_000_000, "0.5"),
            ("5.", 5_000_000_000, "5"),
            ("-0", 0, "0"),
            ("999999999.999999999", 999_999_999_999_999_999, "999999999.999999999"),
        ] {
            let read = Fixed::parse(text).unwrap();
            assert_eq!((read.nanos(), read.to_string().as_str()), (nanos, again), "{text}");
        }
        for text in ["", ".", "+", "1e3", "1,5", " 1", "NaN", "--1", "1.2.3", "٣"] {
            assert_eq!(Fixed::parse(text), Err(FixedError::Form), "{text}");
        }
        for text in ["1000000000", "0.0000000001"] {
            assert_eq!(Fixed::parse(text), Err(FixedError::Range), "{text}");
        }
    }
}
