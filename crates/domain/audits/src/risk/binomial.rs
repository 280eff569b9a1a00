//! Quantiles of the binomial distribution, also for millions of draws: probabilities by Loader's saddle-point
//! expansion ("Fast and accurate computation of binomial probabilities", 2000), summed where they matter.

use super::exact::floor;
use std::f64::consts::PI;

/// ln(n!) - ln(sqrt(2πn) (n/e)^n): exact for small n, Stirling's series above.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let exact: f64 = (1..=floor(n)).map(|i| (i as f64).ln()).sum();
        return if n < 1.0 { 0.0 } else { exact - (0.5 * (2.0 * PI * n).ln() + n * n.ln() - n) };
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0) / square) / square) / square) / n
}

/// x ln(x/m) + m - x, without cancellation near x = m.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let (mut sum, mut term) = ((x - m) * v, 2.0 * x * v);
    for odd in 1..1_000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * odd + 1);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// The logarithm of the probability of exactly `x` successes in `n` draws of probability `s`, 0 < s < 1.
fn ln_probability(x: u64, n: u64, s: f64) -> f64 {
    let (k, all) = (x as f64, n as f64);
    if x == 0 {
        return all * (-s).ln_1p();
    }
    if x == n {
        return all * s.ln();
    }
    let rest = all - k;
    let errors = stirling_error(all) - stirling_error(k) - stirling_error(rest);
    errors - deviance(k, all * s) - deviance(rest, all * (1.0 - s)) + (all / (2.0 * PI * k * rest)).ln() / 2.0
}

/// The probability of exactly `x` successes.
pub(crate) fn probability(x: u64, n: u64, s: f64) -> f64 {
    ln_probability(x, n, s).exp()
}

/// The logarithm of the probability of at least `x` successes, also where it is smaller than an `f64`.
pub(crate) fn ln_at_least(x: u64, n: u64, s: f64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    if (x as f64) <= n as f64 * s {
        return (-at_most(x - 1, n, s)).ln_1p();
    }
    // Terms from x upwards, as multiples of the first.
    let odds = s / (1.0 - s);
    let (mut term, mut sum) = (1.0, 0.0);
    for k in x..=n {
        sum += term;
        term *= (n - k) as f64 / (k + 1) as f64 * odds;
        if term < sum * 1e-17 {
            break;
        }
    }
    ln_probability(x, n, s) + f64::ln(sum)
}

/// The probability of at most `x` successes: terms from `x` downwards until they no longer matter.
fn at_most(x: u64, n: u64, s: f64) -> f64 {
    let odds = (1.0 - s) / s;
    let (mut term, mut sum) = (probability(x, n, s), 0.0);
    for k in (0..=x).rev() {
        sum += term;
        term *= k as f64 / (n - k + 1) as f64 * odds;
        if term < sum * 1e-17 && (k as f64) < n as f64 * s {
            break;
        }
    }
    sum
}

/// The smallest x with P(X <= x) >= `p`, X binomial with `n` draws of probability `s`.
pub(crate) fn quantile(p: f64, n: u64, s: f64) -> u64 {
    if n == 0 || s <= 0.0 {
        return 0;
    }
    if s >= 1.0 {
        return n;
    }
    // Start below: eight standard deviations reach any p that sizes are asked for; then climb.
    let (mean, sd) = (n as f64 * s, (n as f64 * s * (1.0 - s)).sqrt());
    let mut x = floor((mean - 8.0 * sd).max(0.0));
    let mut sum = at_most(x, n, s);
    let mut term = probability(x, n, s);
    while sum < p && x < n {
        term = if term > 1e-290 {
            term * (n - x) as f64 / (x + 1) as f64 * s / (1.0 - s)
        } else {
            probability(x + 1, n, s)
        };
        x += 1;
        sum += term;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.binom.ppf` of scipy 1.17.1.
    const SCIPY: [(f64, u64, f64, u64); 10] = [
        (0.3, 100, 0.55, 52),
        (0.2, 419, 0.5876, 238),
        (0.1, 602, 0.5876, 338),
        (0.1, 785_548, 0.502_492, 394_164),
        (0.3, 410_572, 0.502_492, 206_141),
        (0.1, 37, 0.77, 25),
        (0.05, 5, 0.9, 3),
        (0.95, 1_000, 0.5, 526),
        (0.5, 10_000_000, 0.501, 5_010_000),
        (0.1, 3, 0.01, 0),
    ];

    const TAILS: [(u64, u64, f64, f64); 5] = [
        (58, 100, 0.5, -2.708970980835685),
        (58, 100, 0.6, -0.361343151431825),
        (30, 100, 0.6, -3.46421541725707e-10),
        (5300, 10000, 0.5, -20.685953821158808),
        (600, 1000, 0.5, -22.715259239806773),
    ];

    #[test]
    fn quantiles_agree_with_another_implementation() {
        SCIPY
            .iter()
            .for_each(|(p, n, s, expected)| assert_eq!(quantile(*p, *n, *s), *expected, "{p} {n} {s}"));
    }

    /// `scipy.stats.binom.logsf(x - 1, n, s)` of scipy 1.17.1; where it is near 0, `-cdf(x - 1, n, s)`.
    #[test]
    fn tails_agree_with_another_implementation() {
        for (x, n, s, theirs) in TAILS {
            let ours = ln_at_least(x, n, s);
            assert!((ours - theirs).abs() <= 1e-9 * theirs.abs(), "{x} {n} {s}: {ours} {theirs}");
        }
        assert!(ln_at_least(9_000, 10_000, 0.5) < -3_000.0, "smaller than an f64 can say");
    }

    #[test]
    fn probabilities_sum_to_one_and_small_ones_are_exact() {
        for (n, s) in [(1_u64, 0.3), (10, 0.5), (37, 0.91), (5_000, 0.02)] {
            let sum: f64 = (0..=n).map(|x| probability(x, n, s)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{n} {s}: {sum}");
        }
        assert!((probability(5, 10, 0.5) - 252.0 / 1024.0).abs() < 1e-15);
        assert!((probability(2, 3, 0.25) - 9.0 / 64.0).abs() < 1e-15);
        assert_eq!((quantile(0.1, 0, 0.5), quantile(0.1, 9, 0.0), quantile(0.1, 9, 1.0)), (0, 0, 9));
    }
}
