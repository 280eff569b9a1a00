//! A test while the draws come in.

use super::moments::Moments;
use super::product::Product;
use super::{Hypothesis, Test};
use crate::decimal::PValue;
use crate::risk::problems::{problem, too_many};
use scr_core::Problem;

/// How much a sum may pass its bound by rounding.
const SLACK: f64 = 1e-12;

/// What the draws prove beside the martingale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certain {
    Nothing,
    /// The values seen alone are more than the null allows for all cards.
    NullFalse,
    /// Even if every other card had the largest value, the null would hold.
    NullTrue,
}

/// The state of one test of one hypothesis: give it the values in the order of the draws, and look at the risk
/// whenever you like.
#[derive(Debug, Clone)]
pub struct Running {
    test: Test,
    of: Hypothesis,
    seen: Moments,
    product: Product,
    certain: Certain,
    /// The null's mean for the last draw.
    before: f64,
    statistic: f64,
    now: PValue,
    least: PValue,
}

impl Running {
    /// Begins.
    ///
    /// # Errors
    /// `SCR-AUD-059` for parameters that make no test.
    pub fn new(test: Test, of: Hypothesis) -> Result<Self, Box<Problem>> {
        test.check(&of)?;
        let (seen, product, certain) = (Moments::default(), Product::ONE, Certain::Nothing);
        let (before, statistic, now) = (of.mean, 0.0, PValue::ONE);
        Ok(Self { test, of, seen, product, certain, before, statistic, now, least: now })
    }

    /// Values so far.
    pub fn draws(&self) -> u64 {
        self.seen.count()
    }

    /// The p-value as it stands after the last draw.
    pub fn p_now(&self) -> PValue {
        self.now
    }

    /// The logarithm of the supermartingale after the last draw: below 0 where the draws speak for the null, plus
    /// infinity where they prove it false; where they prove it true nothing is bet any more. Strata multiply these ([`crate::risk::suite::product`]).
    pub fn ln_statistic(&self) -> f64 {
        self.statistic
    }

    /// The measured risk: the smallest p-value so far, which is valid at any time (Ville's inequality).
    pub fn p(&self) -> PValue {
        self.least
    }

    /// Takes the next value in.
    ///
    /// # Errors
    /// `SCR-AUD-051` for a value outside 0 to u, `SCR-AUD-052` for more draws than there are cards. The state is
    /// then as it was before.
    pub fn push(&mut self, x: f64) -> Result<(), Box<Problem>> {
        if !(x >= 0.0 && x <= self.of.upper * (1.0 + SLACK)) {
            return Err(Box::new(problem("SCR-AUD-051", "value", x).with("upper", self.of.upper)));
        }
        if let Some(cards) = self.of.cards.filter(|cards| *cards <= self.draws()) {
            return Err(too_many("draws", self.draws() + 1, cards));
        }
        let (x, m) = (x.min(self.of.upper), self.rest());
        let even = self.step(x, m);
        self.seen.push(x);
        self.before = m;
        let certain = self.certain();
        self.statistic = if certain == Certain::NullFalse { f64::INFINITY } else { self.product.ln() };
        self.now = match certain {
            Certain::NullTrue => PValue::ONE,
            Certain::Nothing if even => PValue::ONE,
            Certain::Nothing | Certain::NullFalse => PValue::from_ln(-self.statistic),
        };
        if self.now < self.least {
            self.least = self.now;
        }
        Ok(())
    }

    /// The mean of the cards not yet drawn, if that of all cards is t.
    fn rest(&self) -> f64 {
        let rest =
            |cards: u64| (cards as f64 * self.of.mean - self.seen.sum()) / (cards - self.draws()) as f64;
        self.of.cards.map_or(self.of.mean, rest)
    }

    /// Multiplies the martingale by the factor of `x`; says whether the null leaves the rest no choice (all 0, or
    /// all u), so that this draw alone proves nothing.
    fn step(&mut self, x: f64, m: f64) -> bool {
        let (t, u) = (self.of.mean, self.of.upper);
        let fixed = |value: f64| self.of.cards.map_or(value, |cards| self.shifted(value, cards));
        let alpha = |eta: f64| (x * eta / m + (u - x) * (u - eta) / (u - m)) / u;
        let bet = |lambda: f64| 1.0 + lambda * (x - m);
        if let Test::KaplanMarkov(g) | Test::KaplanKolmogorov(g) = self.test {
            // The same as for values without g: (N(t+g) - S - (j-1)g)/(N-j+1) = m + g.
            self.product.times((x + g) / (m + g));
            return false;
        }
        if m <= SLACK * u || m >= u * (1.0 - SLACK) {
            return true;
        }
        let factor = match self.test {
            Test::Fixed(eta) => alpha(fixed(eta).min(u)),
            Test::Constant(eta) => alpha(eta),
            Test::ShrinkTrunc(estimate) => alpha(estimate.next(&self.seen, m, t, u)),
            Test::Bet(lambda) => bet(lambda.min(1.0 / m)),
            Test::CappedBet { bet: lambda, max_loss } => bet(lambda.min(max_loss / m)),
            Test::Agrapa(agrapa) => bet(agrapa.next(&self.seen, m, self.before)),
            Test::KaplanWald(g) => (1.0 - g) * x / m + g,
            Test::KaplanMarkov(_) | Test::KaplanKolmogorov(_) => 1.0,
        };
        // Rounding alone can bring it below 0.
        self.product.times(factor.max(0.0));
        false
    }

    /// The mean of the rest, if that of all cards is `value`.
    fn shifted(&self, value: f64, cards: u64) -> f64 {
        (cards as f64 * value - self.seen.sum()) / (cards - self.draws()) as f64
    }

    fn certain(&mut self) -> Certain {
        if let (Some(cards), Certain::Nothing) = (self.of.cards, self.certain) {
            let (all, sum) = (cards as f64 * self.of.mean, self.seen.sum());
            let most = sum + (cards - self.draws()) as f64 * self.of.upper;
            if sum > all * (1.0 + SLACK) {
                self.certain = Certain::NullFalse;
            } else if most < all * (1.0 - SLACK) {
                self.certain = Certain::NullTrue;
            }
        }
        self.certain
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Agrapa, ShrinkTrunc};
    use super::*;

    const HALF: Hypothesis = Hypothesis { mean: 0.5, upper: 1.0, cards: None };

    fn run(test: Test, of: Hypothesis, values: &[f64]) -> Running {
        let mut running = Running::new(test, of).unwrap();
        values.iter().for_each(|x| running.push(*x).unwrap());
        running
    }

    /// SHANGRLA's `wald_sprt` (pbstark/SHANGRLA at 9d5db92) multiplies its factors up twice and gives 0.000239
    /// here; by hand it is 1/(1.4^8 · 0.6^2).
    #[test]
    fn the_sprt_is_walds_and_not_shangrlas() {
        let values = [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0];
        let p = run(Test::Fixed(0.7), HALF, &values).p().value();
        assert!((p - 1.0 / (1.4_f64.powi(8) * 0.36)).abs() < 1e-15);
        assert_eq!(format!("{p:.5}"), "0.18822");
        let (mut factor, mut twice) = (1.0, 1.0);
        for x in values {
            factor *= if x > 0.5 { 1.4 } else { 0.6 };
            twice *= factor;
        }
        assert_eq!(format!("{:.6}", 1.0 / twice), "0.000239", "how the other figure comes about");
    }

    /// SHANGRLA's `agrapa` gives no number (0/0) when the first draw is exactly t.
    #[test]
    fn a_first_draw_at_the_null_bets_nothing_on_the_second() {
        let agrapa = Test::Agrapa(Agrapa { first: 0.5, c_first: 0.6, c_last: 0.9, grow: 1.0 });
        let running = run(agrapa, HALF, &[0.5, 1.0]);
        assert_eq!(running.p(), PValue::ONE);
        assert!(run(agrapa, HALF, &[0.5, 1.0, 1.0]).p() < PValue::ONE);
    }

    #[test]
    fn more_than_the_null_allows_proves_it_false_and_too_little_proves_nothing() {
        let of = Hypothesis { cards: Some(10), ..HALF };
        for test in [
            Test::Fixed(0.7),
            Test::Bet(1.0),
            Test::KaplanKolmogorov(0.1),
            Test::ShrinkTrunc(ShrinkTrunc::new(0.7, 10.0, 0.5)),
        ] {
            let half = run(test, of, &[1.0; 5]);
            assert!(half.p() > PValue::ZERO, "{test:?}: five of ten are a tie");
            assert_eq!(run(test, of, &[1.0; 6]).p(), PValue::ZERO, "{test:?}");
            let tie = run(test, of, &[1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
            assert!(tie.p() > PValue::ZERO && tie.p().value().is_finite(), "{test:?}");
            assert_eq!(run(test, of, &[0.0; 6]).p_now(), PValue::ONE, "{test:?}");
        }
    }

    /// A two-vote overstatement at the largest bet: the martingale is 0 and stays 0; with a cap it recovers.
    #[test]
    fn a_capped_bet_survives_a_two_vote_overstatement() {
        let of = Hypothesis { upper: 2.0 / 1.9, ..HALF };
        let mut values = vec![1.0 / 1.9; 400];
        values[3] = 0.0;
        assert_eq!(run(Test::Bet(2.0), of, &values).p_now(), PValue::ONE);
        let capped = run(Test::CappedBet { bet: 2.0, max_loss: 0.9 }, of, &values);
        assert!(capped.p_now().value() < 0.01, "{}", capped.p_now());
    }

    #[test]
    fn a_hundred_thousand_draws_do_not_underflow() {
        let values = vec![1.0; 100_000];
        for test in [Test::Fixed(0.9), Test::Bet(1.8), Test::KaplanMarkov(0.1), Test::KaplanWald(0.1)] {
            let p = run(test, HALF, &values).p();
            assert!(p.ln().is_finite() && p.ln() < -40_000.0, "{test:?} {}", p.ln());
        }
    }

    #[test]
    fn values_and_parameters_that_cannot_be_are_refused() {
        let mut running = Running::new(Test::Bet(1.0), Hypothesis { cards: Some(2), ..HALF }).unwrap();
        for x in [-0.1, 1.1, f64::NAN] {
            assert_eq!(running.push(x).unwrap_err().code, "SCR-AUD-051");
        }
        assert_eq!(running.draws(), 0);
        running.push(1.0).unwrap();
        running.push(0.0).unwrap();
        assert_eq!(running.push(0.0).unwrap_err().code, "SCR-AUD-052");
        let refused = [
            (Test::Fixed(0.5), HALF),
            (Test::Fixed(1.1), HALF),
            (Test::Bet(f64::NAN), HALF),
            (Test::CappedBet { bet: 1.0, max_loss: 1.0 }, HALF),
            (Test::KaplanMarkov(0.0), HALF),
            (Test::KaplanMarkov(0.5), Hypothesis { cards: Some(9), ..HALF }),
            (Test::KaplanWald(1.5), HALF),
            (Test::Bet(1.0), Hypothesis { upper: 0.4, ..HALF }),
            (Test::Bet(1.0), Hypothesis { cards: Some(0), ..HALF }),
        ];
        for (test, of) in refused {
            assert_eq!(Running::new(test, of).unwrap_err().code, "SCR-AUD-059", "{test:?}");
        }
    }
}
