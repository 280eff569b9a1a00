//! Several contests in one sample. Each has its own risk limit and its own measured risk; the audit is finished
//! when every targeted contest meets its limit. Opportunistic contests are measured on the same cards and hold
//! nothing up.

use crate::decimal::{PValue, RiskLimit};
use serde::Serialize;

/// A contest and its risk as measured so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Whether the audit goes on until its limit is met; otherwise it is opportunistic.
    pub targeted: bool,
    /// Its own limit.
    pub limit: RiskLimit,
    /// The largest p-value over its assertions or pairs: all of them must be confirmed.
    pub risk: PValue,
}

impl Measured {
    /// The contest with the largest of these p-values as its risk: one for each assertion, no combination needed,
    /// because the outcome is wrong only if some assertion is false. Without assertions nothing is confirmed.
    pub fn of(
        name: &str,
        targeted: bool,
        limit: RiskLimit,
        assertions: impl IntoIterator<Item = PValue>,
    ) -> Self {
        let risk = assertions.into_iter().reduce(PValue::max).unwrap_or(PValue::ONE);
        Self { name: name.to_owned(), targeted, limit, risk }
    }

    /// Whether its limit is met.
    pub fn met(&self) -> bool {
        self.risk.meets(&self.limit)
    }
}

/// Whether the audit is finished: there is a targeted contest, and all of them meet their limits.
pub fn finished(contests: &[Measured]) -> bool {
    let mut targeted = contests.iter().filter(|contest| contest.targeted).peekable();
    targeted.peek().is_some() && targeted.all(Measured::met)
}

/// The size of one sample for contests that are on all cards alike: samples of one order are prefixes of each
/// other, so the largest holds the others. 0 without contests.
pub fn largest(sizes: impl IntoIterator<Item = u64>) -> u64 {
    sizes.into_iter().max().unwrap_or(0)
}

/// Cards with the same contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Style {
    /// How many cards.
    pub cards: u64,
    /// Places of their contests in the list of sizes.
    pub contests: Vec<usize>,
}

/// The expected number of different cards in one consistent sample for contests that are not on all cards: each
/// card is drawn with the largest of its contests' sampling fractions. `sizes`: draws for each contest. Glazer,
/// Spertus and Stark, "More style, less work" (2021), section 3. Contests that no style names are left out.
pub fn with_styles(styles: &[Style], sizes: &[u64]) -> f64 {
    let population = |contest: usize| -> u64 {
        styles.iter().filter(|style| style.contests.contains(&contest)).map(|style| style.cards).sum()
    };
    let fraction = |contest: usize| {
        let (size, of) = (sizes.get(contest).copied().unwrap_or(0), population(contest));
        if of == 0 { 0.0 } else { (size as f64 / of as f64).min(1.0) }
    };
    let fractions: Vec<f64> = (0..sizes.len()).map(fraction).collect();
    let largest =
        |style: &Style| style.contests.iter().filter_map(|c| fractions.get(*c)).copied().fold(0.0, f64::max);
    styles.iter().map(|style| style.cards as f64 * largest(style)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(value: f64) -> PValue {
        PValue::from_ln(value.ln())
    }

    #[test]
    fn targeted_contests_decide_and_opportunistic_ones_have_their_own_risk() {
        let limit = |text: &str| RiskLimit::parse(text).unwrap();
        let mayor = Measured::of("mayor", true, limit("0.05"), [p(0.01), p(0.04)]);
        let tax = Measured::of("tax", true, limit("0.025"), [p(0.03)]);
        let judge = Measured::of("judge", false, limit("0.1"), [p(0.7)]);
        assert!(mayor.met() && !tax.met());
        assert!(!finished(&[mayor.clone(), tax]));
        assert!(finished(&[mayor, judge.clone()]));
        assert!(!finished(&[judge]), "nothing was targeted");
        assert_eq!(Measured::of("empty", true, limit("0.1"), []).risk, PValue::ONE);
    }

    /// By hand: 100 of 1,000 cards hold both contests. Contest 1 takes 10 of its 100 cards (a tenth), contest 0
    /// takes 50 of 1,000 (a twentieth): 900/20 + 100/10.
    #[test]
    fn styles_save_work() {
        let styles = [Style { cards: 900, contests: vec![0] }, Style { cards: 100, contests: vec![0, 1] }];
        assert!((with_styles(&styles, &[50, 10]) - 55.0).abs() < 1e-9);
        assert!((with_styles(&styles, &[50, 200]) - 145.0).abs() < 1e-9, "all cards of contest 1");
        assert_eq!(largest([50, 10]), 50);
    }
}
