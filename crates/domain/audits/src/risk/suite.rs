//! Hybrid audits by SUITE: one stratum of cards with cast vote records, compared (Kaplan-Markov), and one
//! without, polled (a likelihood ratio without replacement); Fisher's combination of the two, at its largest
//! over all ways in which the strata could share the error that a wrong outcome needs.
//!
//! Ottoboni, Stark, Lindeman and McBurnett, "Risk-limiting audits by stratified union-intersection tests of
//! elections (SUITE)" (2018), arXiv 1809.04235. For new audits prefer [`product`]: with many strata Fisher's
//! combination degenerates (ALPHA, table 1 of the strata: ten strata with p = 0.5 each give 0.84).

use super::exact::{floor, half_up, ratio};
use super::kaplan_markov::{Discrepancies, Gamma};
use super::problems::{problem, too_many};
use crate::decimal::{PValue, RiskLimit};
use scr_core::Problem;
use serde::{Deserialize, Serialize};

/// The stratum without records: cards, reported votes of winner and loser, and what the sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polled {
    /// Cards in the stratum.
    pub cards: u64,
    /// Reported votes for the winner.
    pub winner: u64,
    /// Reported votes for the loser.
    pub loser: u64,
    /// Cards drawn, without replacement.
    pub drawn: u64,
    /// Votes for the winner in the sample.
    pub seen_winner: u64,
    /// Votes for the loser in the sample.
    pub seen_loser: u64,
}

/// The stratum with records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Cards in the stratum.
    pub cards: u64,
    /// Reported votes for the winner.
    pub winner: u64,
    /// Reported votes for the loser.
    pub loser: u64,
    /// Cards drawn, with replacement.
    pub drawn: u64,
    /// Different cards among them.
    pub different: u64,
    /// What the comparison found.
    pub found: Discrepancies,
}

/// One winner and one loser over both strata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hybrid {
    /// The stratum without records.
    pub polled: Polled,
    /// The stratum with records.
    pub compared: Compared,
    /// γ of the comparison.
    pub gamma: Gamma,
}

impl Hybrid {
    /// # Errors
    /// `SCR-AUD-052`, `-053`, `-058`: figures that do not fit together.
    pub fn check(&self) -> Result<(), Box<Problem>> {
        let (p, c) = (&self.polled, &self.compared);
        for (cards, winner, loser) in [(p.cards, p.winner, p.loser), (c.cards, c.winner, c.loser)] {
            if winner.max(loser) > cards {
                return Err(Box::new(
                    problem("SCR-AUD-053", "votes", winner.max(loser)).with("cards", cards),
                ));
            }
        }
        if p.drawn > p.cards || p.seen_winner.saturating_add(p.seen_loser) > p.drawn {
            return Err(too_many(
                "drawn",
                p.drawn.max(p.seen_winner.saturating_add(p.seen_loser)),
                p.cards.min(p.drawn),
            ));
        }
        if c.different > c.drawn.min(c.cards) {
            return Err(too_many("different", c.different, c.drawn.min(c.cards)));
        }
        if self.margin() < 0 {
            let (won, lost) = (p.winner + c.winner, p.loser + c.loser);
            return Err(Box::new(problem("SCR-AUD-058", "winner", won).with("loser", lost)));
        }
        Ok(())
    }

    /// V: the reported difference over both strata.
    fn margin(&self) -> i128 {
        lead(self.polled.winner, self.polled.loser) + lead(self.compared.winner, self.compared.loser)
    }

    /// The p-value of the stratum with records if it has the share λ of the error.
    pub fn p_compared(&self, lambda: f64) -> PValue {
        let Compared { cards, drawn, different, found, .. } = self.compared;
        let margin = self.margin() as f64;
        if different >= cards {
            return PValue::ZERO;
        }
        let gamma = self.gamma.value();
        let each = 1.0 - lambda * margin / (gamma * 2.0 * cards as f64);
        if drawn == 0 || margin <= 0.0 || each <= 0.0 {
            return PValue::ONE;
        }
        let terms = [(found.o1, -0.5), (found.o2, -1.0), (found.u1, 0.5), (found.u2, 1.0)];
        let errors: f64 = terms.iter().map(|(count, votes)| *count as f64 * (votes / gamma).ln_1p()).sum();
        PValue::from_ln(drawn as f64 * each.ln() - errors)
    }

    /// The p-value of the stratum without records if it has the share λ of the error: the largest likelihood of
    /// the sample under such strata against the reported one. 1 where the sample shows more of something than was
    /// reported, as it does where both votes on one card are allowed.
    pub fn p_polled(&self, lambda: f64) -> PValue {
        let stratum = &self.polled;
        let margin = self.margin() as f64;
        let seen = Seen::of(stratum);
        let reported = [
            stratum.winner,
            stratum.loser,
            stratum.cards.saturating_sub(stratum.winner.saturating_add(stratum.loser)),
        ];
        if [stratum.seen_winner, stratum.seen_loser, seen.others]
            .iter()
            .zip(reported)
            .any(|(seen, of)| *seen > of)
        {
            return PValue::ONE;
        }
        let null = lead(stratum.winner, stratum.loser) as f64 - lambda * margin;
        let alternative: f64 = seen.counts().iter().zip(reported).map(|(n, of)| falling(of as f64, *n)).sum();
        seen.largest(stratum.cards as f64, null)
            .map_or(PValue::ZERO, |largest| PValue::from_ln(largest - alternative))
    }

    /// Fisher's combination at its largest over λ, the comparison's share: on a grid that is refined until the
    /// maximum cannot be above the limit any more. Above the limit it is a lower bound of the maximum.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn p_value(&self, limit: &RiskLimit) -> Result<PValue, Box<Problem>> {
        self.check()?;
        let margin = self.margin() as f64;
        if margin <= 0.0 {
            return Ok(PValue::ONE);
        }
        let (p, c) = (&self.polled, &self.compared);
        let (d_p, d_c) = (lead(p.winner, p.loser) as f64, lead(c.winner, c.loser) as f64);
        let (n_p, n_c) = (p.cards as f64, c.cards as f64);
        let mut low = (d_c - n_c).max(margin - (d_p + n_p)) / margin;
        let mut high = (d_c + n_c).min(margin - (d_p - n_p)) / margin;
        let mut step = 0.05;
        let needed = fisher_quantile(limit.ln());
        // Each refinement divides the step by at least two and a half; sixty reach the end of `f64`.
        for _ in 0..60 {
            let (largest, at) = self.largest_on_grid(&mut step, low, high);
            if !largest.meets(limit) || self.modulus(step) <= (fisher_quantile(largest.ln()) - needed).abs() {
                return Ok(largest);
            }
            (low, high) = (at - 2.0 * step, at + 2.0 * step);
            step /= 10.0;
        }
        Ok(self.largest_on_grid(&mut step, low, high).0)
    }

    /// A sample size for both strata together, shared in proportion to their cards, after which the risk limit is
    /// met if the sample shows what was reported: (cards to poll, cards to compare) in all. Discrepancies found so
    /// far stay. All cards where no smaller sample does. It is where a bisection ends: rounding lets the risk of
    /// neighbouring sizes rise and fall a little.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn expected_size(&self, limit: &RiskLimit) -> Result<(u64, u64), Box<Problem>> {
        self.check()?;
        let all = self.polled.cards.saturating_add(self.compared.cards);
        let (mut short, mut enough) = (0, all);
        while enough - short > 1 {
            let middle = u64::midpoint(short, enough);
            let met = self.expected(middle, all).p_value(limit)?.meets(limit);
            if met { enough = middle } else { short = middle }
        }
        let expected = self.expected(enough, all);
        Ok((expected.polled.drawn, expected.compared.drawn))
    }

    /// The audit after `size` of all cards, with what the reported votes let expect.
    fn expected(&self, size: u64, all: u64) -> Self {
        let mut expected = self.clone();
        let share = |part: u64, of: u64, whole: u64| half_up(&(ratio(part, whole.max(1)) * ratio(of, 1)));
        let (p, c) = (&mut expected.polled, &mut expected.compared);
        p.drawn = share(size, p.cards, all).max(p.drawn).min(p.cards);
        c.drawn = share(size, c.cards, all).max(c.drawn);
        // At worst every further draw is a card not seen before: a full count when the size is all cards.
        c.different = c.drawn.min(c.cards);
        p.seen_winner = share(p.winner, p.drawn, p.cards).min(p.drawn);
        p.seen_loser = share(p.loser, p.drawn, p.cards).min(p.drawn - p.seen_winner);
        expected
    }

    fn largest_on_grid(&self, step: &mut f64, low: f64, high: f64) -> (PValue, f64) {
        let points = |step: f64| floor(((high + step - low) / step).ceil());
        if points(*step) < 5 {
            *step = (high + 1.0 - low) / 5.0;
        }
        let lambdas = (0..points(*step)).map(|i| low + i as f64 * *step);
        let mut best = (PValue::ZERO, low);
        for lambda in lambdas {
            let p = fisher(&[self.p_compared(lambda), self.p_polled(1.0 - lambda)]);
            if p > best.0 {
                best = (p, lambda);
            }
        }
        best
    }

    /// How much Fisher's statistic can change over δ of λ.
    fn modulus(&self, delta: f64) -> f64 {
        let (v, seen) = (self.margin() as f64 * delta, Seen::of(&self.polled));
        let c = &self.compared;
        let compared = 2.0 * c.drawn as f64 * (v / (2.0 * c.cards as f64 * self.gamma.value())).ln_1p();
        let named = 2.0 * (self.polled.seen_winner + self.polled.seen_loser) as f64 * v.ln_1p();
        named + 2.0 * seen.others as f64 * (2.0 * v).ln_1p() + compared
    }
}

fn lead(winner: u64, loser: u64) -> i128 {
    i128::from(winner) - i128::from(loser)
}

/// ln x + ln(x-1) + … with n terms.
fn falling(x: f64, n: u64) -> f64 {
    (0..n).map(|i| (x - i as f64).ln()).sum()
}

/// 1/x + 1/(x-1) + … with n terms.
fn falling_slope(x: f64, n: u64) -> f64 {
    (0..n).map(|i| 1.0 / (x - i as f64)).sum()
}

/// A polled sample's counts.
struct Seen {
    winner: u64,
    loser: u64,
    others: u64,
}

impl Seen {
    fn of(stratum: &Polled) -> Self {
        let others = stratum.drawn.saturating_sub(stratum.seen_winner + stratum.seen_loser);
        Self { winner: stratum.seen_winner, loser: stratum.seen_loser, others }
    }

    fn counts(&self) -> [u64; 3] {
        [self.winner, self.loser, self.others]
    }

    /// The largest log likelihood over x, the winner's votes in the stratum, if the winner leads by `null` there;
    /// `None` where no x allows this sample.
    fn largest(&self, cards: f64, null: f64) -> Option<f64> {
        let low = (self.winner as f64).max(self.loser as f64 + null);
        let high = (cards - self.others as f64 + null) / 2.0;
        if low > high {
            return None;
        }
        let at = |x: f64| {
            falling(x, self.winner)
                + falling(x - null, self.loser)
                + falling(cards - 2.0 * x + null, self.others)
        };
        let slope = |x: f64| {
            let others = 2.0 * falling_slope(cards - 2.0 * x + null, self.others);
            falling_slope(x, self.winner) + falling_slope(x - null, self.loser) - others
        };
        // The log likelihood is concave: its slope falls.
        if slope(low) <= 0.0 || slope(high) >= 0.0 {
            return Some(at(low).max(at(high)));
        }
        let (mut left, mut right) = (low, high);
        for _ in 0..100 {
            let middle = f64::midpoint(left, right);
            if slope(middle) > 0.0 { left = middle } else { right = middle }
        }
        Some(at(f64::midpoint(left, right)))
    }
}

/// Fisher's combination of independent p-values: the chance that a chi-squared variable with twice as many
/// degrees of freedom is above -2 Σ ln p. 0 as soon as one is 0.
pub fn fisher(p_values: &[PValue]) -> PValue {
    if p_values.contains(&PValue::ZERO) {
        return PValue::ZERO;
    }
    let half = -p_values.iter().map(|p| p.ln()).sum::<f64>();
    // e^-h Σ h^k/k!, k below the number of strata.
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..p_values.len() {
        term *= half / k as f64;
        sum += term;
    }
    PValue::from_ln(sum.ln() - half)
}

/// The value that a chi-squared variable with 4 degrees of freedom exceeds with probability e^`ln_p`.
fn fisher_quantile(ln_p: f64) -> f64 {
    // ln p = ln(1+h) - h, falling in h >= 0; h <= 2(1 - ln p) is safe.
    let (mut left, mut right) = (0.0, 2.0 * (2.0 - ln_p));
    if ln_p >= 0.0 || !right.is_finite() {
        return if ln_p >= 0.0 { 0.0 } else { f64::INFINITY };
    }
    for _ in 0..200 {
        let middle = f64::midpoint(left, right);
        if middle.ln_1p() - middle > ln_p { left = middle } else { right = middle }
    }
    left + right
}

/// The p-value of strata tested by supermartingales against one null (one allocation of the error): 1 over the
/// product of the test statistics, at most 1. ALPHA, section 4. `ln_statistics`: each stratum's
/// [`crate::bounded_mean::Running::ln_statistic`] as it stands now, also where it speaks for the null: p-values
/// that were cut at 1 must not be multiplied, nor may each stratum bring its best moment.
pub fn product(ln_statistics: &[f64]) -> PValue {
    // A stratum whose share of the null is proved false proves the null false, whatever the others say.
    if ln_statistics.contains(&f64::INFINITY) {
        return PValue::ZERO;
    }
    PValue::from_ln(-ln_statistics.iter().sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ALPHA, table "strata": every stratum with p = 0.5.
    #[test]
    fn fisher_degenerates_with_strata_and_the_product_does_not() {
        let table = [
            (2, "0.5966", "0.25000000"),
            (5, "0.7319", "0.03125000"),
            (10, "0.8374", "0.00097656"),
            (25, "0.9514", "0.00000003"),
            (50, "0.9917", "0.00000000"),
            (100, "0.9997", "0.00000000"),
            (150, "1.0000", "0.00000000"),
        ];
        for (strata, combined, multiplied) in table {
            let two = std::f64::consts::LN_2;
            let halves = vec![PValue::from_ln(-two); strata];
            assert_eq!(format!("{:.4}", fisher(&halves).value()), combined, "{strata}");
            assert_eq!(format!("{:.8}", product(&vec![two; strata]).value()), multiplied, "{strata}");
        }
    }

    #[test]
    fn the_quantile_is_the_inverse() {
        for p in [0.9_f64, 0.5, 0.05, 1e-9, 1e-300] {
            let h = fisher_quantile(p.ln()) / 2.0;
            assert!((h.ln_1p() - h - p.ln()).abs() < 1e-9, "{p}");
        }
        // Tables of chi squared, 4 degrees of freedom, 5 %: 9.488.
        assert_eq!(format!("{:.3}", fisher_quantile(0.05_f64.ln())), "9.488");
    }

    fn hybrid() -> Hybrid {
        let polled =
            Polled { cards: 1_000, winner: 500, loser: 300, drawn: 100, seen_winner: 50, seen_loser: 30 };
        let compared = Compared {
            cards: 1_000,
            winner: 500,
            loser: 300,
            drawn: 100,
            different: 95,
            found: Discrepancies::default(),
        };
        Hybrid { polled, compared, gamma: Gamma::default() }
    }

    #[test]
    fn full_counts_and_ties_have_their_own_results() {
        let limit = RiskLimit::percent(5).unwrap();
        let mut all = hybrid();
        all.compared.drawn = 1_000;
        assert!(all.p_compared(0.5) > PValue::ZERO, "a thousand draws need not be all thousand cards");
        all.compared.different = 1_000;
        assert_eq!(all.p_compared(0.5), PValue::ZERO);
        let mut none = hybrid();
        (none.compared.drawn, none.compared.different) = (0, 0);
        assert_eq!(none.p_compared(0.5), PValue::ONE);
        let mut tie = hybrid();
        (tie.polled.loser, tie.compared.loser) = (500, 500);
        assert_eq!(tie.p_value(&limit).unwrap(), PValue::ONE);
        let mut other = hybrid();
        other.polled.seen_loser = 301;
        other.polled.drawn = 400;
        assert_eq!(other.p_polled(0.5), PValue::ONE, "more votes seen than were reported");
    }

    #[test]
    fn an_expected_size_meets_the_limit_and_half_of_it_does_not() {
        let limit = RiskLimit::percent(5).unwrap();
        let mut hybrid = hybrid();
        (hybrid.polled.drawn, hybrid.polled.seen_winner, hybrid.polled.seen_loser) = (0, 0, 0);
        (hybrid.compared.drawn, hybrid.compared.different) = (0, 0);
        let (polled, compared) = hybrid.expected_size(&limit).unwrap();
        assert_eq!(polled, compared, "strata of one size");
        assert!(hybrid.expected(polled + compared, 2_000).p_value(&limit).unwrap().meets(&limit));
        assert!(!hybrid.expected(polled, 2_000).p_value(&limit).unwrap().meets(&limit));
        hybrid.compared.found.o2 = 3;
        assert!(hybrid.expected_size(&limit).unwrap().0 > polled);
    }

    #[test]
    fn figures_that_do_not_fit_together_are_refused() {
        let code = |change: fn(&mut Hybrid)| {
            let mut hybrid = hybrid();
            change(&mut hybrid);
            hybrid.check().unwrap_err().code
        };
        assert_eq!(code(|h| h.polled.drawn = 1_001), "SCR-AUD-052");
        assert_eq!(code(|h| h.polled.seen_winner = 90), "SCR-AUD-052");
        assert_eq!(code(|h| h.compared.different = 101), "SCR-AUD-052");
        assert_eq!(code(|h| h.compared.loser = 1_001), "SCR-AUD-053");
        assert_eq!(code(|h| (h.polled.winner, h.polled.loser) = (0, 1_000)), "SCR-AUD-058");
    }
}
