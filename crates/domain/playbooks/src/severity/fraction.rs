//! Exact fractions, small ones.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms with a positive denominator. What does not fit into 128 bits stays at the bounds; nothing
/// here comes near them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator / denominator`; `None` when the denominator is nothing.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).unwrap_or(1) * denominator.signum();
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self { numerator: i128::from(number), denominator: 1 }
    }

    /// Above the line.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// Below the line: positive.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let numerator = self.numerator.saturating_mul(other.numerator);
        Self::new(numerator, self.denominator.saturating_mul(other.denominator)).unwrap_or(Self::ZERO)
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let one = self.numerator.saturating_mul(other.denominator);
        let sum = one.saturating_add(other.numerator.saturating_mul(self.denominator));
        Self::new(sum, self.denominator.saturating_mul(other.denominator)).unwrap_or(Self::ZERO)
    }

    /// As a decimal number with so many places, halves away from zero.
    pub fn decimal(self, places: u32) -> String {
        let scale = 10_i128.checked_pow(places.min(18)).unwrap_or(1);
        let magnitude = self.numerator.saturating_abs().saturating_mul(scale).saturating_mul(2);
        let rounded = (magnitude + self.denominator) / self.denominator.saturating_mul(2);
        let sign = if self.numerator < 0 && rounded > 0 { "-" } else { "" };
        let (whole, part) = (rounded / scale, rounded % scale);
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part:0width$}", width = usize::try_from(places.min(18)).unwrap_or(18))
        }
    }
}

fn gcd(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let one = self.numerator.saturating_mul(other.denominator);
        one.cmp(&other.numerator.saturating_mul(self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_exact_and_rounded_for_display_only() {
        let third = Fraction::new(-2, -6).unwrap();
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.times(Fraction::whole(3)), Fraction::ONE);
        assert_eq!(third.plus(third).plus(third), Fraction::ONE);
        assert_eq!(third.decimal(3), "0.333");
        assert_eq!(Fraction::new(1, 2).unwrap().decimal(0), "1");
        assert_eq!(Fraction::new(-1, 400).unwrap().decimal(2), "0.00");
        assert_eq!(Fraction::new(5, 1_000).unwrap().decimal(2), "0.01");
        assert!(third < Fraction::new(1, 2).unwrap() && Fraction::new(1, 0).is_none());
    }
}
