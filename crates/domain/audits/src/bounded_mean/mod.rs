//! Tests of the hypothesis that the mean of values between 0 and u is at most t, by draws one after another: the
//! core of every SHANGRLA audit. The outcome is right if every assertion's mean is above 1/2; the p-value of an
//! assertion is the inverse of a supermartingale, so it may be looked at after every draw.
//!
//! ALPHA: Stark, "ALPHA: audit that learns from previously hand-audited ballots" (2023), arXiv 2201.02707.
//! Betting: Waudby-Smith, Stark and Ramdas, "RiLACS" (2021). Kaplan's three: Stark, "Super-simple" (2010) and
//! "Risk-limiting postelection audits" (2009). Wald's SPRT is ALPHA with a fixed alternative.

mod estimate;
mod moments;
mod product;
mod running;

pub use estimate::{Agrapa, ShrinkTrunc, Top};
pub use running::Running;

use crate::risk::problems::problem;
use scr_core::Problem;
use serde::{Deserialize, Serialize};

/// What is to be rejected, and how the values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// t: the mean is at most this (1/2 for an assertion).
    #[serde(with = "crate::decimal::text")]
    pub mean: f64,
    /// u: no value is larger. For an overstatement assorter 2/(2 - v/u), see SHANGRLA section 3.2.
    #[serde(with = "crate::decimal::text")]
    pub upper: f64,
    /// The number of cards where they are drawn without replacement; `None`: with replacement.
    pub cards: Option<u64>,
}

/// Which test statistic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// ALPHA with the alternative that the mean of all cards is this; Wald's SPRT (and BRAVO for values 0 and 1).
    Fixed(#[serde(with = "crate::decimal::text")] f64),
    /// ALPHA with the same alternative η for every draw, whatever was drawn: the paper's Wald's SPRT without
    /// replacement. With replacement the same as [`Self::Fixed`].
    Constant(#[serde(with = "crate::decimal::text")] f64),
    /// ALPHA with the truncated shrinkage estimate of the mean.
    ShrinkTrunc(ShrinkTrunc),
    /// A betting martingale with the same bet on every draw, never above 1/m.
    Bet(#[serde(with = "crate::decimal::text")] f64),
    /// The same with a bet that can lose at most a share of the stake in one draw: one two-vote overstatement at
    /// the full bet would end an audit for ever.
    CappedBet {
        /// λ.
        #[serde(with = "crate::decimal::text")]
        bet: f64,
        /// The largest share that one draw of value 0 may lose, below 1 (rlauxe: 0.9).
        #[serde(with = "crate::decimal::text")]
        max_loss: f64,
    },
    /// A betting martingale whose bet approximates the one that grows fastest.
    Agrapa(Agrapa),
    /// Kaplan-Markov with g > 0 added to every value; with replacement.
    KaplanMarkov(#[serde(with = "crate::decimal::text")] f64),
    /// Kaplan-Wald with 0 <= g <= 1, a bet of (1-g)/m; with or without replacement.
    KaplanWald(#[serde(with = "crate::decimal::text")] f64),
    /// Kaplan-Kolmogorov with g > 0 added to every value; with or without replacement.
    KaplanKolmogorov(#[serde(with = "crate::decimal::text")] f64),
}

impl Hypothesis {
    /// That an assertion whose assorter is at most `upper` is false, with cards drawn without replacement.
    pub fn assertion(upper: f64, cards: u64) -> Self {
        Self { mean: 0.5, upper, cards: Some(cards) }
    }

    fn check(&self) -> Result<(), Box<Problem>> {
        if !(self.upper > 0.0 && self.upper.is_finite()) {
            return Err(problem("SCR-AUD-059", "upper", self.upper));
        }
        if !(self.mean > 0.0 && self.mean <= self.upper) {
            return Err(problem("SCR-AUD-059", "mean", self.mean));
        }
        if self.cards == Some(0) { Err(problem("SCR-AUD-059", "cards", 0)) } else { Ok(()) }
    }
}

impl Test {
    /// Whether the parameters make a test of this hypothesis.
    ///
    /// # Errors
    /// `SCR-AUD-059` for the parameter that does not.
    pub fn check(&self, of: &Hypothesis) -> Result<(), Box<Problem>> {
        of.check()?;
        let fine = |name: &str, value: f64, fine: bool| match fine && value.is_finite() {
            true => Ok(()),
            false => Err(problem("SCR-AUD-059", name, value)),
        };
        match *self {
            Self::Fixed(eta) | Self::Constant(eta) => fine("eta", eta, eta > of.mean && eta <= of.upper),
            Self::ShrinkTrunc(estimate) => {
                let ShrinkTrunc { eta, d, c, f, minsd, .. } = estimate;
                fine("eta", eta, eta > of.mean && eta <= of.upper)?;
                fine("d", d, d > 0.0)?;
                fine("c", c, c > 0.0)?;
                fine("f", f, f >= 0.0)?;
                fine("minsd", minsd, minsd > 0.0)
            }
            Self::Bet(bet) => fine("bet", bet, bet >= 0.0),
            Self::CappedBet { bet, max_loss } => {
                fine("bet", bet, bet >= 0.0)?;
                fine("max-loss", max_loss, max_loss > 0.0 && max_loss < 1.0)
            }
            Self::Agrapa(Agrapa { first, c_first, c_last, grow }) => {
                fine("first", first, first >= 0.0)?;
                fine("c-first", c_first, (0.0..=1.0).contains(&c_first))?;
                fine("c-last", c_last, c_last >= c_first && c_last <= 1.0)?;
                fine("grow", grow, grow >= 0.0)
            }
            Self::KaplanMarkov(g) => {
                fine("cards", of.cards.unwrap_or(0) as f64, of.cards.is_none())?;
                fine("g", g, g > 0.0)
            }
            Self::KaplanWald(g) => fine("g", g, (0.0..=1.0).contains(&g)),
            Self::KaplanKolmogorov(g) => fine("g", g, g > 0.0),
        }
    }
}

/// Draws that a comparison audit needs if no card shows an error: with a fixed bet λ on the value
/// `clean` = 1/(2 - v/u), ceil(ln(1/a) / ln(1 + λ(clean - 1/2))), cards drawn with replacement. `None` where the
/// evidence never grows.
pub fn clean_draws(limit: &crate::decimal::RiskLimit, clean: f64, bet: f64) -> Option<u64> {
    let each = (bet * (clean - 0.5)).ln_1p();
    (each > 0.0).then(|| crate::risk::exact::floor((-limit.ln() / each).ceil()))
}
