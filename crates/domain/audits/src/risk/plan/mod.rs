//! How many cards an audit will need: the distribution of the sample size, if what is assumed is true.
//!
//! Where nothing is left to chance (a comparison without errors) the size is exact; otherwise the audit is run
//! many times on paper, from a seed that stands in the result: anybody can repeat it. Planning never affects the
//! risk limit, only the work: a sample that turns out too small is followed by another round.

mod batches;
mod contests;
mod simulate;
mod values;

pub use batches::{BatchPlan, batches};
pub use contests::{Measured, Style, finished, largest, with_styles};
pub use values::Values;

use super::kaplan_markov::{DilutedMargin, Gamma, Rates, Understatements};
use super::problems::problem;
use crate::bounded_mean::{Hypothesis, Running, ShrinkTrunc, Test};
use crate::decimal::RiskLimit;
use scr_core::Problem;
use serde::Serialize;
use simulate::{LogWalk, MeanWalk, Urn, simulate};

/// Votes of the winner and of the loser that is nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Votes {
    /// For the winner.
    pub winner: u64,
    /// For the loser.
    pub loser: u64,
}

/// The method, what was reported, and what is assumed to be true.
#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    /// Ballot polling by BRAVO, with replacement.
    Bravo {
        /// The reported votes.
        reported: Votes,
        /// What a hand count would show.
        assumed: Votes,
    },
    /// Ballot polling by ALPHA with the truncated shrinkage estimate, without replacement.
    Alpha {
        /// The reported votes.
        reported: Votes,
        /// What a hand count would show.
        assumed: Votes,
        /// How many draws the reported result weighs (ALPHA's tables: 10, 100, 500, 1000).
        d: f64,
    },
    /// Ballot comparison by Kaplan-Markov, with replacement.
    KaplanMarkov {
        /// γ.
        gamma: Gamma,
        /// What is done with understatements.
        understatements: Understatements,
        /// The reported difference of winner and nearest loser, in votes.
        margin: u64,
        /// How often a card shows each discrepancy.
        rates: Rates,
    },
    /// Ballot comparison by a betting martingale with a capped bet, without replacement.
    Betting {
        /// λ; 2·`max_loss` bets as much as the cap allows.
        bet: f64,
        /// The largest share that one draw may lose.
        max_loss: f64,
        /// The reported difference of winner and nearest loser, in votes.
        margin: u64,
        /// How often a card shows each discrepancy.
        rates: Rates,
    },
    /// Any assorter by any test, polled, compared or pooled (ONEAudit), without replacement: the values that the
    /// cards would give, with the number of cards of each.
    Values {
        /// The test; its η or bets are for these values.
        test: Test,
        /// The values; their cards add up to the plan's.
        values: Values,
    },
}

/// A sample size to be planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The contest's risk limit.
    pub limit: RiskLimit,
    /// All cards that could be drawn.
    pub cards: u64,
    /// The method with its assumptions.
    pub method: Method,
    /// The draws of earlier rounds in their order. Polling: 1 for the winner, -1 for the loser, 0 for neither.
    /// Comparison: the overstatement in votes, -2 to 2. [`Method::Values`]: the place of the value, from 0.
    pub so_far: Vec<i32>,
    /// So many draws are not made: beyond it all cards are counted. At most [`MOST`].
    pub most: u64,
    /// The seed of the simulation.
    pub seed: String,
    /// How often the audit is run on paper, at most 100,000; 1,000 gives quantiles to about three percent.
    pub replications: u32,
}

/// Nobody draws more than a million cards one by one.
pub const MOST: u64 = 1_000_000;
/// The quantiles that a distribution states, in percent.
pub const PERCENTS: [u8; 6] = [50, 70, 80, 90, 95, 99];

/// Where the figures come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Nothing was left to chance.
    Exact,
    /// Simulated.
    Simulated {
        /// The seed (PCG64 as numpy seeds it with the SHA-256 of this text).
        seed: String,
        /// Audits run on paper.
        replications: u32,
    },
}

/// How many further cards are drawn until the risk limit is met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distribution {
    /// The mean; an audit that becomes a full count counts with all cards not yet drawn.
    #[serde(with = "crate::decimal::text")]
    pub mean: f64,
    /// Standard error of the mean.
    #[serde(with = "crate::decimal::text")]
    pub standard_error: f64,
    /// (percent, cards): so many draws are enough in so many percent of audits.
    pub quantiles: Vec<(u8, u64)>,
    /// The share of audits that become a full count.
    #[serde(with = "crate::decimal::text")]
    pub full_counts: f64,
    /// Where the figures come from.
    pub source: Source,
    /// Every size, in ascending order; full counts as all cards not yet drawn.
    #[serde(skip)]
    sizes: Vec<u64>,
}

impl Distribution {
    /// Nothing is left to chance.
    pub(crate) fn exact(draws: u64) -> Self {
        Self::of(vec![draws], 0, Source::Exact)
    }

    pub(crate) fn of(mut sizes: Vec<u64>, full: u32, source: Source) -> Self {
        sizes.sort_unstable();
        let count = sizes.len().max(1) as f64;
        let mean = sizes.iter().map(|n| *n as f64).sum::<f64>() / count;
        let squares = sizes.iter().map(|n| (*n as f64 - mean).powi(2)).sum::<f64>();
        let standard_error = (squares / (count - 1.0).max(1.0) / count).sqrt();
        let full_counts = f64::from(full) / count;
        let place = |percent: u8| (usize::from(percent) * sizes.len()).div_ceil(100).saturating_sub(1);
        let quantiles = PERCENTS.iter().map(|q| (*q, sizes.get(place(*q)).copied().unwrap_or(0))).collect();
        Self { mean, standard_error, quantiles, full_counts, source, sizes }
    }

    /// The share of audits that need at most `draws` further draws.
    pub fn finished_by(&self, draws: u64) -> f64 {
        self.sizes.partition_point(|size| *size <= draws) as f64 / self.sizes.len().max(1) as f64
    }

    /// Up to `points` points (draws, share finished) for a plot, each share higher than the one before.
    pub fn curve(&self, points: usize) -> Vec<(u64, f64)> {
        let step = self.sizes.len().div_ceil(points.max(1)).max(1);
        let mut curve: Vec<(u64, f64)> = Vec::new();
        for size in self.sizes.iter().skip(step - 1).step_by(step).chain(self.sizes.last()) {
            if curve.last().is_none_or(|(last, _)| last < size) {
                curve.push((*size, self.finished_by(*size)));
            }
        }
        curve
    }
}

/// Expected number of different cards among `draws` with replacement from `cards`.
pub fn different(draws: u64, cards: u64) -> f64 {
    let n = cards as f64;
    -n * (draws as f64 * (-1.0 / n).ln_1p()).exp_m1()
}

/// The distribution of the number of further cards for this plan.
///
/// # Errors
/// `SCR-AUD-053`, `-057`, `-058`, `-059`, `-060`: figures that do not fit together.
pub fn distribution(plan: &Plan) -> Result<Distribution, Box<Problem>> {
    let earlier = u64::try_from(plan.so_far.len()).unwrap_or(u64::MAX);
    let wrong = [
        ("cards", plan.cards, plan.cards == 0),
        ("replications", u64::from(plan.replications), !(1..=100_000).contains(&plan.replications)),
        ("so-far", earlier, earlier > plan.cards),
    ];
    if let Some((what, value, _)) = wrong.into_iter().find(|(_, _, wrong)| *wrong) {
        return Err(problem("SCR-AUD-060", what, value));
    }
    match &plan.method {
        Method::Bravo { reported, assumed } => plan.bravo(*reported, *assumed),
        Method::Alpha { reported, assumed, d } => plan.alpha(*reported, *assumed, *d),
        Method::KaplanMarkov { gamma, understatements, margin, rates } => {
            plan.kaplan_markov(gamma, *understatements, DilutedMargin::new(*margin, plan.cards)?, rates)
        }
        Method::Betting { bet, max_loss, margin, rates } => {
            let margin = DilutedMargin::new(*margin, plan.cards)?;
            plan.betting(Test::CappedBet { bet: *bet, max_loss: *max_loss }, margin, rates)
        }
        Method::Values { test, values } => plan.values(*test, values),
    }
}

/// The place of an earlier draw among the categories (-2 to 2, or -1 to 1).
fn place(draw: i32, reach: i32) -> Result<usize, Box<Problem>> {
    let inside = (-reach..=reach).contains(&draw);
    let place = usize::try_from(draw + reach).ok().filter(|_| inside);
    place.ok_or_else(|| problem("SCR-AUD-060", "so-far", draw))
}

impl Plan {
    /// Votes for loser, neither, winner.
    fn counts(&self, votes: Votes) -> Result<[u64; 3], Box<Problem>> {
        let both = votes.winner.checked_add(votes.loser).filter(|both| *both <= self.cards);
        let both = both.ok_or_else(|| {
            Box::new(problem("SCR-AUD-053", "votes", votes.winner).with("cards", self.cards))
        })?;
        if votes.winner < votes.loser {
            return Err(Box::new(problem("SCR-AUD-058", "winner", votes.winner).with("loser", votes.loser)));
        }
        Ok([votes.loser, self.cards - both, votes.winner])
    }

    fn earlier(&self, reach: i32) -> Result<Vec<usize>, Box<Problem>> {
        self.so_far.iter().map(|draw| place(*draw, reach)).collect()
    }

    /// What a comparison draws from: cards with an overstatement of -2 to 2 votes.
    fn errors(&self, rates: &Rates) -> Result<[u64; 5], Box<Problem>> {
        let [o1, o2, u1, u2] = rates.cards(self.cards);
        let wrong = [o1, o2, u1, u2].iter().try_fold(0_u64, |sum, n| sum.checked_add(*n));
        let clean = wrong.and_then(|wrong| self.cards.checked_sub(wrong));
        let clean = clean.ok_or_else(|| problem("SCR-AUD-060", "rates", o1.saturating_add(o2)))?;
        Ok([u2, u1, clean, o1, o2])
    }

    fn bravo(&self, reported: Votes, assumed: Votes) -> Result<Distribution, Box<Problem>> {
        let urn = Urn::with_replacement(&self.counts(assumed)?);
        self.counts(reported)?;
        let both = (reported.winner + reported.loser) as f64;
        let lead = (reported.winner - reported.loser) as f64 / both.max(1.0);
        let steps = vec![(-lead).ln_1p(), 0.0, lead.ln_1p()];
        Ok(simulate(self, &urn, &LogWalk::new(steps, &self.limit), &self.earlier(1)?))
    }

    fn alpha(&self, reported: Votes, assumed: Votes, d: f64) -> Result<Distribution, Box<Problem>> {
        let urn = Urn::without_replacement(&self.counts(assumed)?);
        let [loser, neither, winner] = self.counts(reported)?;
        if winner == loser {
            return Ok(self.full_count());
        }
        let eta = (winner as f64 + neither as f64 / 2.0) / self.cards as f64;
        let test = Test::ShrinkTrunc(ShrinkTrunc::new(eta, d, 0.5));
        let running = Running::new(test, Hypothesis::assertion(1.0, self.cards))?;
        Ok(simulate(self, &urn, &MeanWalk::new(running, vec![0.0, 0.5, 1.0], &self.limit), &self.earlier(1)?))
    }

    fn kaplan_markov(
        &self,
        gamma: &Gamma,
        under: Understatements,
        margin: DilutedMargin,
        rates: &Rates,
    ) -> Result<Distribution, Box<Problem>> {
        if margin.votes() == 0 {
            return Ok(self.full_count());
        }
        let urn = Urn::with_replacement(&self.errors(rates)?);
        let g = gamma.value();
        let clean = -(-margin.value() / (2.0 * g)).ln_1p();
        let step = |votes: f64| {
            let counted = if under == Understatements::Ignored { votes.max(0.0) } else { votes };
            clean + (-counted / (2.0 * g)).ln_1p()
        };
        let steps = [-2.0, -1.0, 0.0, 1.0, 2.0].map(step).to_vec();
        Ok(simulate(self, &urn, &LogWalk::new(steps, &self.limit), &self.earlier(2)?))
    }

    fn betting(
        &self,
        test: Test,
        margin: DilutedMargin,
        rates: &Rates,
    ) -> Result<Distribution, Box<Problem>> {
        if margin.votes() == 0 {
            return Ok(self.full_count());
        }
        let urn = Urn::without_replacement(&self.errors(rates)?);
        // Overstatement assorter of plurality: (1 - o)/(2 - v), o half the votes.
        let upper = 2.0 / (2.0 - margin.value());
        let values = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|votes| upper * (2.0 - votes) / 4.0).to_vec();
        let running = Running::new(test, Hypothesis::assertion(upper, self.cards))?;
        Ok(simulate(self, &urn, &MeanWalk::new(running, values, &self.limit), &self.earlier(2)?))
    }

    fn values(&self, test: Test, of: &Values) -> Result<Distribution, Box<Problem>> {
        let Values { upper, kinds } = of;
        let total = kinds.iter().try_fold(0_u64, |sum, (_, count)| sum.checked_add(*count));
        if total != Some(self.cards) {
            return Err(Box::new(
                problem("SCR-AUD-060", "values", total.unwrap_or(0)).with("cards", self.cards),
            ));
        }
        if let Some((value, _)) =
            kinds.iter().find(|(value, _)| !(*value >= 0.0 && *value <= *upper * (1.0 + 1e-12)))
        {
            return Err(Box::new(problem("SCR-AUD-051", "value", value).with("upper", upper)));
        }
        let (values, counts): (Vec<f64>, Vec<u64>) = kinds.iter().copied().unzip();
        let running = Running::new(test, Hypothesis::assertion(*upper, self.cards))?;
        let earlier = |draw: &i32| usize::try_from(*draw).ok().filter(|place| *place < values.len());
        let so_far: Option<Vec<usize>> = self.so_far.iter().map(earlier).collect();
        let so_far = so_far.ok_or_else(|| problem("SCR-AUD-060", "so-far", values.len()))?;
        let urn = Urn::without_replacement(&counts);
        Ok(simulate(self, &urn, &MeanWalk::new(running, values, &self.limit), &so_far))
    }

    /// A tie cannot be confirmed by a sample.
    fn full_count(&self) -> Distribution {
        Distribution::of(vec![self.left()], 1, Source::Exact)
    }

    /// Cards not drawn yet.
    fn left(&self) -> u64 {
        self.cards.saturating_sub(u64::try_from(self.so_far.len()).unwrap_or(u64::MAX))
    }
}
