//! Votes and parts of votes: whole numbers of the smallest unit, never rounded but where a rule cuts.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Serialize, Serializer};
use std::fmt;

/// A number with a fixed number of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// How many of the smallest unit.
    pub units: i128,
    /// The smallest unit is 10 to minus this.
    pub places: u32,
}

impl fmt::Display for Decimal {
    /// Without zeros at the end: `13914`, `1827.26`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u128.pow(self.places);
        let (whole, mut rest) = (self.units.unsigned_abs() / one, self.units.unsigned_abs() % one);
        if self.units < 0 {
            f.write_str("-")?;
        }
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let mut width = self.places as usize;
        while rest % 10 == 0 {
            rest /= 10;
            width -= 1;
        }
        write!(f, "{whole}.{rest:0width$}")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `a * b / c`, cut; all of them not negative, `c` not 0 and the result not above `i128`'s.
pub(super) fn mul_div(a: i128, b: i128, c: i128) -> i128 {
    match a.checked_mul(b) {
        Some(product) => product / c,
        None => (BigInt::from(a) * BigInt::from(b) / BigInt::from(c)).to_i128().unwrap_or(i128::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_short() {
        for (units, places, text) in
            [(139_140_000, 4, "13914"), (18_272_600, 4, "1827.26"), (5, 4, "0.0005"), (-15, 1, "-1.5")]
        {
            assert_eq!(Decimal { units, places }.to_string(), text);
        }
    }

    #[test]
    fn a_product_may_be_larger_than_the_number_it_comes_to() {
        let one = 10_i128.pow(20);
        assert_eq!(mul_div(one, one, one), one);
        assert_eq!(mul_div(2, 2, 3), 1);
    }
}
