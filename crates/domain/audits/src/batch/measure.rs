//! Error bounds, sample size and measured risk.

use super::{Batch, BatchAudit, Contest, NoSample, PairMargin};
use crate::sample::ppeb::Weighted;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A batch that turns out as wrong as it can be leaves no doubt that something is wrong.
pub const TAINT_LIMIT_NOTE: &str =
    "a batch is as wrong as its bound allows: the sample cannot confirm the outcome";

/// One draw, with what was found. The same batch drawn twice stands here twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// The place of the batch.
    pub batch: usize,
    /// Votes of each choice by hand. Of batches that cannot be told apart: of all of them together.
    pub counted: &'a [u64],
    /// The places of the batches that were counted together with it, itself among them; empty: it alone.
    pub together: &'a [usize],
}

/// What one draw says.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The error, as a share of the margin that it touches most; below zero counts as 0.
    pub error: BigRational,
    /// The bound of the batch.
    pub bound: BigRational,
}

/// The risk measured by a sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The measured risk, at most 1.
    pub p_value: f64,
    /// The same without the cap; infinite where a batch is as wrong as its bound allows.
    pub uncapped: f64,
}

impl BatchAudit {
    /// Prepares a contest.
    ///
    /// # Errors
    /// [`NoSample`]: what speaks against a sample.
    pub fn new(contest: &Contest, batches: Vec<Batch>) -> Result<Self, NoSample> {
        let choices = contest.votes.len();
        let mut sums = vec![0_u64; choices];
        for batch in &batches {
            check(batch, choices, contest.votes_allowed)?;
            sums.iter_mut().zip(&batch.votes).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
        }
        if let Some(at) = (0..choices).find(|at| sums[*at] > contest.votes[*at]) {
            let (batches, contest) = (sums[at], contest.votes[at]);
            return Err(NoSample::MoreThanContest { choice: at + 1, batches, contest });
        }
        let all = |votes: &[u64]| votes.iter().map(|votes| u128::from(*votes)).sum::<u128>();
        let missing = all(&contest.votes).saturating_sub(all(&sums));
        let unaudited = missing.div_ceil(u128::from(contest.votes_allowed.max(1)));
        // Each of them has one vote at most for a choice, however many may be marked.
        let of_one = contest.votes.iter().zip(&sums).map(|(all, sum)| all - sum).max().unwrap_or(0);
        let unaudited = u64::try_from(unaudited).unwrap_or(u64::MAX).max(of_one);
        let pairs = contest.margins(contest.pending.saturating_add(unaudited))?;
        let bounds: Vec<BigRational> = batches.iter().map(|batch| bound(batch, &pairs)).collect();
        let total = bounds.iter().fold(BigRational::zero(), |all, bound| all + bound);
        Ok(Self { pairs, batches, bounds, total })
    }

    /// The claims with their margins.
    pub fn pairs(&self) -> &[PairMargin] {
        &self.pairs
    }

    /// The batches, in the order in which they are drawn from.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// U: the sum of all error bounds.
    pub fn total_bound(&self) -> &BigRational {
        &self.total
    }

    /// The batches as the sampler takes them.
    pub fn weights(&self) -> Vec<Weighted> {
        let weighted = |(batch, bound): (&Batch, &BigRational)| Weighted {
            jurisdiction: batch.jurisdiction.clone(),
            batch: batch.name.clone(),
            bound: bound.clone(),
        };
        self.batches.iter().zip(&self.bounds).map(weighted).collect()
    }

    /// Draws needed if none of them shows an error, when the risk measured so far is `measured` (1 at first):
    /// `ceil((ln limit - ln measured) / ln(1 - 1/U)) + 1`, at most as many as batches. No draw confirms less than
    /// everything where U is at most 1: then one does.
    pub fn sample_size(&self, risk_limit: f64, measured: f64) -> usize {
        let all = self.batches.len();
        let total = self.total.to_f64().unwrap_or(f64::INFINITY);
        if total <= 1.0 {
            return all.min(1);
        }
        let draws = ((risk_limit.ln() - measured.ln()) / (1.0 - 1.0 / total).ln()).ceil() + 1.0;
        if draws.is_nan() || draws < 1.0 { 1.min(all) } else { draws.to_usize().unwrap_or(all).min(all) }
    }

    /// The error of a draw beside the bound of its batch.
    pub fn error(&self, drawn: &Drawn<'_>) -> Measured {
        let own = [drawn.batch];
        let together = if drawn.together.is_empty() { &own } else { drawn.together };
        let mut reported = vec![0_u64; drawn.counted.len()];
        for batch in together {
            let votes = &self.batches[*batch].votes;
            reported.iter_mut().zip(votes).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
        }
        let errors = self.pairs.iter().map(|pair| {
            let off = pair.pair.difference(&reported) - pair.pair.difference(drawn.counted);
            BigRational::new(BigInt::from(off), pair.margin.clone())
        });
        let error = errors.max().unwrap_or_else(BigRational::zero);
        let error = if error.is_negative() { BigRational::zero() } else { error };
        Measured { error, bound: self.bounds[drawn.batch].clone() }
    }

    /// The risk that these draws leave. All batches counted: none.
    pub fn measure(&self, draws: &[Drawn<'_>]) -> Measurement {
        self.measure_by(draws, self)
    }

    /// The risk that draws leave which were made with the bounds of another contest, `by`, over the same batches.
    ///
    /// With q the chance of a batch in a draw, e/q has a mean of at least 1 where the outcome is wrong, and is never
    /// above U' = max u/q. So each draw multiplies by (1 - 1/U') / (1 - e/(q U')) (Kaplan-Markov; Stark 2009). For the
    /// contest that was drawn for U' is U, and e/(q U') the taint. A batch that is never drawn and could be wrong
    /// leaves all of the risk.
    pub fn measure_by(&self, draws: &[Drawn<'_>], by: &Self) -> Measurement {
        const ALL: Measurement = Measurement { p_value: 1.0, uncapped: 1.0 };
        let counted: BTreeMap<usize, ()> = draws.iter().map(|drawn| (drawn.batch, ())).collect();
        if counted.len() == self.batches.len() {
            return Measurement { p_value: 0.0, uncapped: 0.0 };
        }
        let by_chance = |value: &BigRational, batch: usize| {
            let bound = by.bounds.get(batch).filter(|bound| !bound.is_zero())?;
            Some(value * &by.total / bound)
        };
        let mut most = BigRational::zero();
        for (at, bound) in self.bounds.iter().enumerate().filter(|(_, bound)| !bound.is_zero()) {
            match by_chance(bound, at) {
                Some(value) => most = most.max(value),
                None => return ALL,
            }
        }
        // Only where several choices may be marked and votes lie in no batch: what is drawn from says too little.
        if most < BigRational::one() {
            return ALL;
        }
        let without_error = BigRational::one() - most.recip();
        let mut uncapped = 1.0;
        for drawn in draws {
            let error = self.error(drawn).error;
            let taint = match by_chance(&error, drawn.batch) {
                _ if error.is_zero() => BigRational::zero(),
                Some(value) => value / &most,
                None => BigRational::one(),
            };
            let left = BigRational::one() - taint;
            if !left.is_positive() {
                return Measurement { p_value: 1.0, uncapped: f64::INFINITY };
            }
            uncapped *= (&without_error / left).to_f64().unwrap_or(f64::INFINITY);
        }
        Measurement { p_value: uncapped.min(1.0), uncapped }
    }
}

/// u: how far a batch could be wrong about the claim that it touches most.
fn bound(batch: &Batch, pairs: &[PairMargin]) -> BigRational {
    let bounds = pairs.iter().map(|pair| {
        let most = pair.pair.difference(&batch.votes) + i128::from(batch.ballots);
        BigRational::new(BigInt::from(most.max(0)), pair.margin.clone())
    });
    bounds.max().unwrap_or_else(BigRational::zero)
}

fn check(batch: &Batch, choices: usize, votes_allowed: u64) -> Result<(), NoSample> {
    let votes: u128 = batch.votes.iter().map(|votes| u128::from(*votes)).sum();
    let most = u128::from(batch.ballots) * u128::from(votes_allowed);
    let what = if batch.votes.len() != choices {
        format!("{} counts for {choices} choices", batch.votes.len())
    } else if votes > most {
        format!("{votes} votes on {} ballots, on which {most} are possible", batch.ballots)
    } else {
        return Ok(());
    };
    Err(NoSample::Batch { jurisdiction: batch.jurisdiction.clone(), batch: batch.name.clone(), what })
}
