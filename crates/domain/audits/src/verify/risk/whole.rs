//! Samples that hold everything that can be drawn: what was read decides, and no formula. A report that is wrong stays
//! wrong however many ballots show it.

use super::super::Check;
use super::{Sample, pairs, polling};
use crate::batch::{BatchAudit, Drawn};
use crate::decimal::PValue;
use num_bigint::BigInt;
use std::collections::BTreeSet;

impl Check<'_> {
    /// Every ballot was read: no risk is left if each winner has more votes than each loser would have with the
    /// ballots that were not found, and all of it otherwise. `None`: some was not read yet.
    pub(super) fn whole(&self, at: usize, sample: &Sample<'_>) -> Option<PValue> {
        let contest = &self.record.contests[at];
        let mut places = sample.places.clone();
        places.sort_unstable();
        places.dedup();
        let (votes, not_found) = polling::votes(contest, at, sample, &places)?;
        let holds =
            |(winner, loser): &(usize, usize)| votes[*winner] > votes[*loser].saturating_add(not_found);
        Some(if pairs(contest)?.iter().all(holds) { PValue::ZERO } else { PValue::ONE })
    }
}

/// Whether all batches were drawn and what was counted in them speaks against the outcome. `reported`: the votes of
/// the contest.
pub(super) fn refuted(audit: &BatchAudit, reported: &[u64], draws: &[Drawn<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    let mut sums = vec![0_u64; reported.len()];
    let mut drawn = BTreeSet::new();
    for draw in draws {
        drawn.insert(draw.batch);
        // Batches that were counted together have one count.
        let mut group = if draw.together.is_empty() { vec![draw.batch] } else { draw.together.to_vec() };
        group.sort_unstable();
        if seen.insert(group) {
            sums.iter_mut().zip(draw.counted).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
        }
    }
    let bears = |pair: &crate::batch::PairMargin| {
        // What is pending or lies in no batch could still speak against it.
        let unseen = BigInt::from(pair.pair.difference(reported)) - &pair.margin;
        BigInt::from(pair.pair.difference(&sums)) > unseen
    };
    drawn.len() == audit.batches().len() && !audit.pairs().iter().all(bears)
}
