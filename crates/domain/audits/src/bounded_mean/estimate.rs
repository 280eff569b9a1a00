//! What is thought of the mean before the next draw: the alternatives η of ALPHA, and the bets λ of a gambler.
//! Both may use the draws so far and nothing else.

use super::moments::Moments;
use serde::{Deserialize, Serialize};

/// How near to u the shrinkage estimate may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Top {
    /// u(1 - 2^-52), as in the paper.
    Epsilon,
    /// u(1 - 2^-52) - c/sqrt(d+j-1), as SHANGRLA's program has it.
    Margin,
}

/// The truncated shrinkage estimate of ALPHA, section 2.5.2.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShrinkTrunc {
    /// The mean that is expected before anything was drawn (the reported one), above t.
    #[serde(with = "crate::decimal::text")]
    pub eta: f64,
    /// How many draws that expectation weighs.
    #[serde(with = "crate::decimal::text")]
    pub d: f64,
    /// How slowly the estimate may approach the null: it stays c/sqrt(d+j-1) above.
    #[serde(with = "crate::decimal::text")]
    pub c: f64,
    /// Weight of a pull towards u that is stronger the less the values vary; 0 for none.
    #[serde(with = "crate::decimal::text")]
    pub f: f64,
    /// Least standard deviation that the pull assumes.
    #[serde(with = "crate::decimal::text")]
    pub minsd: f64,
    /// How near to u.
    pub top: Top,
}

impl ShrinkTrunc {
    /// The choice of ALPHA's tables: c = (η - t)/2, no pull towards u.
    pub fn new(eta: f64, d: f64, t: f64) -> Self {
        Self { eta, d, c: (eta - t) / 2.0, f: 0.0, minsd: 1e-6, top: Top::Epsilon }
    }

    /// η for the draw after `seen`; `m` is the mean of the rest if the null is true.
    pub(super) fn next(&self, seen: &Moments, m: f64, t: f64, u: f64) -> f64 {
        let c = if self.top == Top::Margin && u - self.c < t + self.c { (u - self.c) / 2.0 } else { self.c };
        let weight = self.d + seen.count() as f64;
        let above = c / weight.sqrt();
        let mut estimate = (self.d * self.eta + seen.sum()) / weight;
        if self.f > 0.0 {
            let sd = if seen.count() < 2 { 1.0 } else { seen.variance().sqrt().max(self.minsd) };
            estimate = (estimate + u * self.f / sd) / (1.0 + self.f / sd);
        }
        let top = u * (1.0 - f64::EPSILON) - if self.top == Top::Margin { above } else { 0.0 };
        estimate.max(m + above).min(top)
    }
}

/// The approximate growth-rate-adaptive bet (aGRAPA) of Waudby-Smith and Ramdas, clipped so that no draw loses
/// more than a share of the stake that grows with the draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agrapa {
    /// The first bet.
    #[serde(with = "crate::decimal::text")]
    pub first: f64,
    /// The share that the first draw may lose.
    #[serde(with = "crate::decimal::text")]
    pub c_first: f64,
    /// The share that this grows to.
    #[serde(with = "crate::decimal::text")]
    pub c_last: f64,
    /// How fast.
    #[serde(with = "crate::decimal::text")]
    pub grow: f64,
}

impl Agrapa {
    /// λ for the draw after `seen`; `m` is the null's mean of the rest, `before` what it was for the last draw.
    pub(super) fn next(&self, seen: &Moments, m: f64, before: f64) -> f64 {
        let draws = seen.count() as f64;
        let share =
            self.c_first + (self.c_last - self.c_first) * (1.0 - 1.0 / (1.0 + self.grow * draws.sqrt()));
        let bet = if seen.count() == 0 {
            self.first
        } else {
            let lead = seen.mean() - before;
            let spread = seen.variance() + lead * lead;
            // All draws so far equal the null's mean: they say nothing, so nothing is bet.
            if spread > 0.0 { lead / spread } else { 0.0 }
        };
        bet.max(0.0).min(share / m)
    }
}
