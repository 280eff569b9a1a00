//! A product of many factors that neither underflows nor overflows: an `f64` and a power of two. Scaling by
//! powers of two is exact, so the digits are those of the plain product.

use std::f64::consts::LN_2;

/// 2^256, and its inverse: both exact.
const STEP: i32 = 256;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Product {
    mantissa: f64,
    exponent: i64,
}

impl Product {
    pub(super) const ONE: Self = Self { mantissa: 1.0, exponent: 0 };

    /// Multiplies by a factor that is 0 or above; once 0 it stays 0.
    pub(super) fn times(&mut self, factor: f64) {
        let (large, small) = (2.0_f64.powi(STEP), 2.0_f64.powi(-STEP));
        if self.mantissa == 0.0 {
            return;
        }
        self.mantissa *= factor;
        while self.mantissa > large && self.mantissa.is_finite() {
            self.mantissa *= small;
            self.exponent += i64::from(STEP);
        }
        while self.mantissa < small && self.mantissa > 0.0 {
            self.mantissa *= large;
            self.exponent -= i64::from(STEP);
        }
    }

    /// Its natural logarithm; minus infinity for 0.
    pub(super) fn ln(self) -> f64 {
        self.mantissa.ln() + self.exponent as f64 * LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_factors_neither_under_nor_overflow() {
        for factor in [0.5_f64, 1.9, 1e-9, 3e8] {
            let mut product = Product::ONE;
            (0..100_000).for_each(|_| product.times(factor));
            let expected = 100_000.0 * factor.ln();
            assert!((product.ln() - expected).abs() <= 1e-9 * expected.abs(), "{factor}: {}", product.ln());
        }
    }

    #[test]
    fn zero_stays_zero() {
        let mut product = Product::ONE;
        product.times(0.0);
        product.times(f64::INFINITY);
        assert!(product.ln() < f64::MIN);
    }
}
