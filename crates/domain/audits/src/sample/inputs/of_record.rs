//! Sampler inputs out of an audit record.

use super::{FORMAT, Frame, SamplerInputs, SeedRule, WeightedBatch};
use crate::record::{Decision, Method, Record, Sampler};
use crate::sample::ballots::{BatchOfBallots, Positions};

impl SamplerInputs {
    /// What the rounds of a record under its last seed were drawn from, where one stream of draws serves all contests:
    /// batches in proportion to their error bounds, or ballots by Rivest's consistent sampler. `None` for other samplers,
    /// for samples of their own for each contest, and before the first round. Rounds that were given up are left out, as
    /// the next one is drawn as if they had not been.
    pub fn of_record(record: &Record) -> Option<Self> {
        let counts = |round: &&crate::record::Round| round.decision != Decision::Abandoned;
        let last = record.rounds.iter().rfind(counts)?;
        let rounds: Vec<_> =
            record.rounds.iter().filter(counts).filter(|round| round.seed == last.seed).collect();
        let has_own = |round: &&crate::record::Round| round.draws.iter().any(|draw| draw.contest.is_some());
        if rounds.iter().any(has_own) || record.settings.method == Method::Hybrid {
            return None;
        }
        let sizes = rounds.iter().map(|round| round.draws.len() as u64).collect();
        let frame = match record.settings.sampler {
            Sampler::ArloPpeb => ppeb(record)?,
            Sampler::ConsistentWithReplacement => ballots(record, true),
            Sampler::ConsistentWithoutReplacement => ballots(record, false),
            Sampler::Colorado | Sampler::Cryptorandom => return None,
        };
        let seed = last.seed.clone();
        Some(Self { format: FORMAT.to_owned(), seed, seed_rule: SeedRule::Dice, rounds: sizes, frame })
    }
}

/// The batches by their bounds in the one contest that is drawn for.
fn ppeb(record: &Record) -> Option<Frame> {
    let mut targeted = (0..record.contests.len()).filter(|at| record.contests[*at].targeted);
    let (contest, None) = (targeted.next()?, targeted.next()) else { return None };
    if record.batches.iter().any(|batch| batch.votes.len() != record.contests.len()) {
        return None;
    }
    let weighted = |one: crate::sample::ppeb::Weighted| WeightedBatch {
        jurisdiction: one.jurisdiction,
        batch: one.batch,
        bound: one.bound.to_string(),
    };
    let audit = record.batch_audit(contest).ok()?;
    Some(Frame::Ppeb { batches: audit.weights().into_iter().map(weighted).collect() })
}

fn ballots(record: &Record, with_replacement: bool) -> Frame {
    let batch = |batch: &crate::record::Batch| BatchOfBallots {
        jurisdiction: batch.jurisdiction.clone(),
        tabulator: batch.tabulator.clone(),
        batch: batch.batch.clone(),
        positions: Positions::UpTo(batch.ballots),
    };
    Frame::ConsistentBallots { with_replacement, batches: record.batches.iter().map(batch).collect() }
}
