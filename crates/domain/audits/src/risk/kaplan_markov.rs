//! Ballot comparison by the Kaplan-Markov bound ("supersimple"): how likely the cards in the sample, with the
//! over- and understatements found, would be if the reported outcome were wrong.
//!
//! Stark, "Super-simple simultaneous single-ballot risk-limiting audits" (2010), equations 8 to 10 and table 3;
//! Lindeman and Stark, "A gentle introduction to risk-limiting audits" (2012). Two conventions are in use:
//! Arlo takes an understatement as no discrepancy, Colorado counts it in favour of the outcome.

use super::exact::{ceiling, digits_28, half_up, ln, ratio, whole};
use super::problems::problem;
use crate::decimal::{PValue, RiskLimit};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use scr_core::Problem;
use serde::{Deserialize, Serialize};

/// The reported margin of a contest over the cards that the sample is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DilutedMargin {
    votes: u64,
    cards: u64,
}

impl DilutedMargin {
    /// `votes`: the smallest reported difference between a winner and a loser; `cards`: all cards that could be
    /// drawn, with the contest or without.
    ///
    /// # Errors
    /// `SCR-AUD-053` where there are no cards, or the difference is larger than they allow.
    pub fn new(votes: u64, cards: u64) -> Result<Self, Box<Problem>> {
        if cards == 0 || votes > cards {
            return Err(Box::new(problem("SCR-AUD-053", "margin", votes).with("cards", cards)));
        }
        Ok(Self { votes, cards })
    }

    /// The smallest reported difference, in votes.
    pub fn votes(self) -> u64 {
        self.votes
    }

    /// The cards that could be drawn.
    pub fn cards(self) -> u64 {
        self.cards
    }

    fn exact(self) -> BigRational {
        ratio(self.votes, self.cards)
    }

    /// The nearest `f64`.
    pub fn value(self) -> f64 {
        self.votes as f64 / self.cards as f64
    }
}

/// How often each discrepancy was found: one- and two-vote overstatements and understatements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Discrepancies {
    /// One-vote overstatements.
    pub o1: u64,
    /// Two-vote overstatements.
    pub o2: u64,
    /// One-vote understatements.
    pub u1: u64,
    /// Two-vote understatements.
    pub u2: u64,
}

impl Discrepancies {
    /// How many there are.
    pub fn total(self) -> u64 {
        self.o1 + self.o2 + self.u1 + self.u2
    }

    /// Without the understatements, as Arlo measures.
    #[must_use]
    pub fn without_understatements(self) -> Self {
        Self { u1: 0, u2: 0, ..self }
    }

    /// Counts one card's error, from -2 to 2; others are not possible on a card with one vote for each.
    pub fn count(&mut self, error: i32) {
        match error {
            ..=-2 => self.u2 += 1,
            -1 => self.u1 += 1,
            0 => {}
            1 => self.o1 += 1,
            _ => self.o2 += 1,
        }
    }
}

/// What is done with understatements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Understatements {
    /// They count as no discrepancy (Arlo).
    Ignored,
    /// They make the outcome more likely (Colorado).
    Counted,
}

/// The error inflator γ, above 1: how much of the bound one two-vote overstatement may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gamma(BigRational);

impl Default for Gamma {
    /// 1.03905, which Stark's tool, Arlo and Colorado use.
    fn default() -> Self {
        Self(ratio(103_905, 100_000))
    }
}

impl Gamma {
    /// Reads a decimal.
    ///
    /// # Errors
    /// `SCR-AUD-054` where it is no decimal above 1 (and at most 1,000).
    pub fn parse(text: &str) -> Result<Self, Box<Problem>> {
        let value =
            crate::decimal::exact(text.trim()).filter(|g| *g > BigRational::one() && *g <= whole(1_000));
        value.map(Self).ok_or_else(|| problem("SCR-AUD-054", "gamma", text))
    }

    /// The nearest `f64`.
    pub fn value(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// ln(1 + votes/(2γ)) for -2, -1, 1 or 2 votes.
    fn ln_term(&self, votes: i32) -> BigRational {
        ln(&(BigRational::one() + ratio(votes, 2) / &self.0))
    }

    fn ln_terms(&self, found: Discrepancies) -> BigRational {
        let terms = [(found.o1, -1), (found.o2, -2), (found.u1, 1), (found.u2, 2)];
        let of = |(count, votes): (u64, i32)| {
            if count == 0 { BigRational::zero() } else { self.ln_term(votes) * whole(count) }
        };
        terms.into_iter().map(of).sum()
    }
}

impl From<Gamma> for String {
    fn from(gamma: Gamma) -> Self {
        gamma.value().to_string()
    }
}

impl TryFrom<String> for Gamma {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|problem| problem.to_string())
    }
}

/// The p-value after `draws` cards, repeated ones included, with these discrepancies; 1 for a margin of zero. Draws
/// are with replacement, so no number of them means that every card was seen: once it was, the outcome is known and
/// the caller reports [`PValue::ZERO`].
///
/// P = (1 - m/2γ)^n · (1 - 1/2γ)^-o1 · (1 - 1/γ)^-o2 · (1 + 1/2γ)^-u1 · (1 + 1/γ)^-u2, at most 1.
pub fn p_value(
    draws: u64,
    margin: DilutedMargin,
    gamma: &Gamma,
    found: Discrepancies,
    under: Understatements,
) -> PValue {
    let found = match under {
        Understatements::Ignored => found.without_understatements(),
        Understatements::Counted => found,
    };
    let g = gamma.value();
    let clean = (-margin.value() / (2.0 * g)).ln_1p();
    let terms = [(found.o1, -1.0), (found.o2, -2.0), (found.u1, 1.0), (found.u2, 2.0)];
    let errors: f64 = terms.iter().map(|(count, votes)| *count as f64 * (votes / (2.0 * g)).ln_1p()).sum();
    if margin.votes == 0 { PValue::ONE } else { PValue::from_ln(draws as f64 * clean - errors) }
}

/// The number of draws after which the audit may stop if no other discrepancy is found than these: Colorado's
/// "optimistic samples to audit". 0 for a margin of zero, as Colorado writes it: such a contest cannot be
/// audited by a sample and is counted by hand.
pub fn stopping_size(limit: &RiskLimit, margin: DilutedMargin, gamma: &Gamma, found: Discrepancies) -> u64 {
    if margin.votes == 0 {
        return 0;
    }
    let terms = ln(limit.exact()) + gamma.ln_terms(found);
    let size = -(terms * &gamma.0 * whole(2)) / margin.exact();
    ceiling(&size).max(found.total())
}

/// Colorado's "estimated samples to audit": the optimistic size, scaled up by `overstatements` for each card
/// audited where an overstatement was found (Colorado's system counts `overstatements` apart from o1 and o2).
pub fn estimated_size(optimistic: u64, found: Discrepancies, audited: u64, overstatements: u64) -> u64 {
    if found.o1 + found.o2 == 0 || audited == 0 {
        return optimistic;
    }
    ceiling(&(whole(optimistic) * (BigRational::one() + ratio(overstatements, audited))))
}

/// The rates at which discrepancies are expected, for each card drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    o1: BigRational,
    o2: BigRational,
    u1: BigRational,
    u2: BigRational,
}

impl Rates {
    /// Arlo's for the first round: one-vote errors on one card in 1,000, two-vote errors on one in 10,000, in
    /// both directions.
    pub fn first_round() -> Self {
        let (one, two) = (ratio(1, 1_000), ratio(1, 10_000));
        Self { o1: one.clone(), o2: two.clone(), u1: one, u2: two }
    }

    /// As decimals.
    ///
    /// # Errors
    /// `SCR-AUD-055` for each that is no decimal from 0 to 1 (at the first such one).
    pub fn parse(o1: &str, o2: &str, u1: &str, u2: &str) -> Result<Self, Box<Problem>> {
        let rate = |name: &str, text: &str| {
            let value = crate::decimal::exact(text.trim()).filter(|r| *r <= BigRational::one());
            value.ok_or_else(|| problem("SCR-AUD-055", name, text))
        };
        Ok(Self { o1: rate("o1", o1)?, o2: rate("o2", o2)?, u1: rate("u1", u1)?, u2: rate("u2", u2)? })
    }

    /// What was found in `draws` cards, overstatements only, as Arlo takes it for a further round.
    pub fn observed(found: Discrepancies, draws: u64) -> Self {
        let draws = draws.max(1);
        let (o1, o2) = (ratio(found.o1, draws), ratio(found.o2, draws));
        Self { o1, o2, u1: BigRational::zero(), u2: BigRational::zero() }
    }

    /// How many of so many cards show each: o1, o2, u1, u2, rounded half up.
    pub(crate) fn cards(&self, cards: u64) -> [u64; 4] {
        [&self.o1, &self.o2, &self.u1, &self.u2].map(|rate| half_up(&(rate * whole(cards))))
    }

    /// None at all.
    pub fn none() -> Self {
        let none = BigRational::zero;
        Self { o1: none(), o2: none(), u1: none(), u2: none() }
    }
}

/// A sample size for these rates as Arlo calculates it: the whole sample, all cards where the errors would
/// outweigh the evidence. Rounding: one-vote counts up, two-vote counts half up,
/// after 28 digits.
pub fn sample_size(limit: &RiskLimit, margin: DilutedMargin, gamma: &Gamma, rates: &Rates) -> u64 {
    if margin.votes == 0 {
        return margin.cards;
    }
    let clean = ln(&(BigRational::one() - margin.exact() / (&gamma.0 * whole(2))));
    let errors = &rates.o1 * gamma.ln_term(-1)
        + &rates.o2 * gamma.ln_term(-2)
        + &rates.u1 * gamma.ln_term(1)
        + &rates.u2 * gamma.ln_term(2);
    let each = clean - errors;
    if !each.is_negative() {
        return margin.cards;
    }
    let first = whole(ceiling(&(ln(limit.exact()) / each)));
    // A rate that is no decimal, times a multiple of its denominator, may be above the whole number in 28 digits.
    let expected = |rate: &BigRational| digits_28(&(digits_28(rate) * &first));
    let found = Discrepancies {
        o1: ceiling(&expected(&rates.o1)),
        o2: half_up(&expected(&rates.o2)),
        u1: ceiling(&expected(&rates.u1)),
        u2: half_up(&expected(&rates.u2)),
    };
    stopping_size(limit, margin, gamma, found).min(margin.cards)
}

/// How many further cards Arlo draws after a round of `draws` cards in all with these discrepancies.
pub fn further_cards(
    limit: &RiskLimit,
    margin: DilutedMargin,
    gamma: &Gamma,
    draws: u64,
    found: Discrepancies,
) -> u64 {
    sample_size(limit, margin, gamma, &Rates::observed(found, draws)).saturating_sub(draws)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(o1: u64, o2: u64) -> Discrepancies {
        Discrepancies { o1, o2, ..Discrepancies::default() }
    }

    /// Stark (2010), table 3: n = 500, m = 2 %, γ = 1.01.
    #[test]
    fn table_three_of_stark() {
        let gamma = Gamma::parse("1.01").unwrap();
        let margin = DilutedMargin::new(2_000, 100_000).unwrap();
        for (o1, o2, printed) in [(0, 0, "0.007"), (3, 0, "0.054"), (0, 1, "0.698"), (0, 2, "1.000")] {
            let p = p_value(500, margin, &gamma, found(o1, o2), Understatements::Counted);
            assert_eq!(format!("{:.3}", p.value()), printed, "o1={o1} o2={o2}");
        }
    }

    /// votingworks/arlo at 8d86156, tests of the supersimple mathematics: 200 draws, one one-vote overstatement.
    #[test]
    fn a_value_that_arlo_gives() {
        let margin = DilutedMargin::new(354_040 - 337_589, 724_863).unwrap();
        let p = p_value(200, margin, &Gamma::default(), found(1, 0), Understatements::Ignored);
        assert!((p.value() - 0.214_381_350_770_318_4).abs() < 1e-14);
    }

    #[test]
    fn a_margin_of_zero_has_its_own_results() {
        let (gamma, limit) = (Gamma::default(), RiskLimit::percent(5).unwrap());
        let tie = DilutedMargin::new(0, 1_000).unwrap();
        assert_eq!(stopping_size(&limit, tie, &gamma, found(0, 0)), 0);
        assert_eq!(sample_size(&limit, tie, &gamma, &Rates::first_round()), 1_000);
        assert_eq!(p_value(1_000, tie, &gamma, found(0, 0), Understatements::Ignored), PValue::ONE);
    }

    #[test]
    fn a_million_clean_cards_do_not_underflow() {
        let margin = DilutedMargin::new(1_000_000, 2_000_000).unwrap();
        let p = p_value(1_000_000, margin, &Gamma::default(), found(0, 0), Understatements::Counted);
        assert!(p.ln() < -250_000.0 && p.ln().is_finite() && p.value() < f64::MIN_POSITIVE);
        assert_eq!(p.to_string(), "<0.0000000001");
    }

    #[test]
    fn figures_that_cannot_be_are_refused() {
        assert_eq!(DilutedMargin::new(11, 10).unwrap_err().code, "SCR-AUD-053");
        assert_eq!(DilutedMargin::new(0, 0).unwrap_err().code, "SCR-AUD-053");
        assert_eq!(Gamma::parse("1").unwrap_err().code, "SCR-AUD-054");
        assert_eq!(Rates::parse("0.1", "0", "1.1", "0").unwrap_err().column.as_deref(), Some("u1"));
        assert_eq!(Rates::parse("x", "0", "0", "0").unwrap_err().code, "SCR-AUD-055");
    }

    #[test]
    fn the_estimate_grows_with_overstatements_for_each_card_audited() {
        assert_eq!(estimated_size(156, found(0, 2), 107, 0), 156);
        assert_eq!(estimated_size(100, found(1, 0), 50, 1), 102);
        assert_eq!(estimated_size(100, found(0, 0), 50, 1), 100);
        assert_eq!(estimated_size(100, found(1, 0), 0, 1), 100);
    }
}
