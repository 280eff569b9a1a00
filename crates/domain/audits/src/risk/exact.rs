//! Logarithms of fractions to about 48 decimal digits, for sample sizes that are rounded up: a size must not
//! depend on the last bit of an `f64`. Arlo calculates with 28 digits, Colorado with 34.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits after the point.
const BITS: usize = 160;

/// The natural logarithm of a fraction above 0, correct to about 2^-150.
pub(crate) fn ln(of: &BigRational) -> BigRational {
    // of = 2^k · y with y near 1; ln y = 2 artanh((y-1)/(y+1)).
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX);
    let k = bits(of.numer()) - bits(of.denom());
    let power = BigInt::one() << usize::try_from(k.unsigned_abs()).unwrap_or(0);
    let y = if k >= 0 { of / power } else { of * power };
    let scaled = double_artanh(&y) + double_artanh(&BigInt::from(2).into()) * k;
    BigRational::new(scaled, BigInt::one() << BITS)
}

/// 2 artanh((y-1)/(y+1)) in units of 2^-[`BITS`].
fn double_artanh(y: &BigRational) -> BigInt {
    let (n, d) = (y.numer(), y.denom());
    let z = ((n - d) << BITS) / (n + d);
    let square = (&z * &z) >> BITS;
    let (mut power, mut sum, mut odd) = (z, BigInt::zero(), 1_u32);
    while power.abs() > BigInt::one() {
        sum += &power / odd;
        power = (&power * &square) >> BITS;
        odd += 2;
    }
    sum * 2
}

/// Rounded up to a whole number; 0 where it is negative, the largest `u64` where it is too large.
pub(crate) fn ceiling(of: &BigRational) -> u64 {
    if of.is_negative() { 0 } else { of.ceil().to_integer().to_u64().unwrap_or(u64::MAX) }
}

/// Rounded half up; of something that is not negative.
pub(crate) fn half_up(of: &BigRational) -> u64 {
    let half = BigRational::new(1.into(), 2.into());
    (of + half).floor().to_integer().to_u64().unwrap_or(u64::MAX)
}

/// Rounded to 28 significant decimal digits, half to even, as Python's decimals are after every step.
pub(crate) fn digits_28(of: &BigRational) -> BigRational {
    if of.is_zero() {
        return of.clone();
    }
    let ten = |power: i32| BigRational::from_integer(BigInt::from(10)).pow(power);
    // The power that makes it a number of 28 digits, first estimated from the binary length.
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap_or(0);
    let binary = bits(of.numer()) - bits(of.denom());
    let mut power = 27 - i32::try_from(binary * 30_103 / 100_000).unwrap_or(0);
    while (of * ten(power)).abs() >= ten(28) {
        power -= 1;
    }
    while (of * ten(power)).abs() < ten(27) {
        power += 1;
    }
    let scaled = of * ten(power);
    let (down, half) = (scaled.floor(), ratio(1, 2));
    let rest = &scaled - &down;
    let up = rest > half || (rest == half && down.numer().is_odd());
    (if up { down + BigRational::one() } else { down }) / ten(power)
}

/// The fraction `n/d`; `d` is not 0.
pub(crate) fn ratio(n: impl Into<BigInt>, d: impl Into<BigInt>) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// A whole number as a fraction.
pub(crate) fn whole(n: u64) -> BigRational {
    BigRational::from_integer(n.into())
}

/// A finite `f64` that is not negative, rounded down, as a whole number.
pub(crate) fn floor(x: f64) -> u64 {
    x.floor().to_u64().unwrap_or(if x > 0.0 { u64::MAX } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ln 2 and ln 10 as printed in any table (here: Abramowitz and Stegun, table 1.1), to 25 places.
    #[test]
    fn logarithms_agree_with_the_tables() {
        let places = |x: &BigRational| (x * BigInt::from(10).pow(25)).floor().to_integer().to_string();
        assert_eq!(places(&ln(&whole(2))), "6931471805599453094172321");
        assert_eq!(places(&ln(&whole(10))), "23025850929940456840179914");
        let tenth = ln(&ratio(1, 10));
        assert_eq!(places(&-tenth), "23025850929940456840179914");
        for (n, d) in [(1_u64, 1_u64), (3, 4), (999_999_999, 1_000_000_000), (1, u64::MAX), (u64::MAX, 3)] {
            let near = (n as f64 / d as f64).ln();
            let ours = ln(&ratio(n, d)).to_f64().unwrap();
            assert!((ours - near).abs() <= 1e-14 * near.abs().max(1.0), "{n}/{d}: {ours} {near}");
        }
    }

    /// Python: `Decimal(1) / 6 * 54` is 9.000000000000000000000000002, `Decimal(2) / 3 * 3` is 2.000….
    #[test]
    fn twenty_eight_digits_as_python_has_them() {
        let of = |n: u64, d: u64, times: u64| digits_28(&(digits_28(&ratio(n, d)) * whole(times)));
        assert_eq!(of(1, 6, 54) - whole(9), ratio(2, BigInt::from(10).pow(27)));
        assert_eq!((of(2, 3, 3), of(1, 8, 8), of(0, 7, 3)), (whole(2), whole(1), whole(0)));
        let long: BigInt = "12345678901234567890123456785".parse().unwrap();
        let even: BigInt = "12345678901234567890123456780".parse().unwrap();
        assert_eq!(digits_28(&BigRational::from_integer(long)), BigRational::from_integer(even));
        let small = digits_28(&ratio(1, 1_000_000_007)) * BigInt::from(10).pow(37);
        assert_eq!(small, ratio("9999999930000000489999996570".parse::<BigInt>().unwrap(), 1));
    }

    #[test]
    fn rounding_is_what_it_says() {
        assert_eq!((ceiling(&ratio(7, 2)), ceiling(&ratio(-7, 2)), ceiling(&whole(4))), (4, 0, 4));
        assert_eq!((half_up(&ratio(5, 2)), half_up(&ratio(249, 100)), half_up(&whole(0))), (3, 2, 0));
        assert_eq!((floor(2.9), floor(-1.0), floor(1e300)), (2, 0, u64::MAX));
    }
}
