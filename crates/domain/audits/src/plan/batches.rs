//! Batch comparison.

use super::answer::{Ballots, Need, Rule, Sample, Size, Unit, Why};
use super::one::Context;
use super::reported::Counted;
use super::request::{Batch, Reported};
use super::{Decimal, problem};
use crate::batch::{Batch as Reportedly, BatchAudit, Contest, NoSample, Pair};
use crate::risk::plan::{Distribution, PERCENTS, batches as by_totals};
use num_traits::ToPrimitive as _;
use scr_core::Problem;

/// Batches, at most.
const MAX_BATCHES: usize = 200_000;

/// How many assertions there are, and what the audit needs.
pub(super) fn need(
    context: &Context<'_>,
    batches: &[Batch],
    pending: u64,
    measured: Option<&Decimal>,
) -> Result<(usize, Need), Vec<Problem>> {
    let (counted, winners, allowed, runoff) = match &context.asked.reported {
        Reported::Plurality { votes, winners, votes_allowed, .. } => {
            (Counted::new("", votes, *votes_allowed, None), *winners, u64::from(*votes_allowed), false)
        }
        Reported::Approval { votes, winners } => {
            (Counted::new("", votes, 1, None), *winners, votes.len() as u64, false)
        }
        Reported::Runoff { votes, .. } => (Counted::new("", votes, 1, None), 1, 1, true),
        _ => return Err(context.unfit("batches bound differences of votes: plurality, approval or runoff")),
    };
    if batches.len() > MAX_BATCHES {
        return Err(vec![problem("SCR-AUD-066", "audit.batches", batches.len()).with("most", MAX_BATCHES)]);
    }
    let measured = measured.map_or(Ok(1.0), |p| p.number("measured")).map_err(|problem| vec![*problem])?;
    if !(measured > 0.0 && measured <= 1.0) {
        return Err(vec![problem("SCR-AUD-060", "measured", measured)]);
    }
    let mut wrong = Vec::new();
    let mut read = Vec::with_capacity(batches.len());
    for batch in batches {
        match counted.part(&batch.votes, &format!("batch {}", batch.name)) {
            Err(problems) => wrong.extend(problems),
            Ok(votes) => read.push(Reportedly {
                jurisdiction: batch.jurisdiction.clone(),
                name: batch.name.clone(),
                ballots: batch.ballots,
                votes,
            }),
        }
        if wrong.len() > 200 {
            break;
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let contest =
        Contest { votes: counted.votes, winners: winners as usize, votes_allowed: allowed, pending, runoff };
    match BatchAudit::new(&contest, read) {
        Ok(audit) => Ok((audit.pairs().len(), sized(context, &audit, measured))),
        Err(NoSample::FullCount { reported, .. }) => {
            let why = if reported <= 0 { Why::Tie } else { Why::Unseen };
            Ok((0, Need::FullHandCount { why, cards: context.cards }))
        }
        Err(error) => Err(vec![refused(&error)]),
    }
}

fn refused(error: &NoSample) -> Problem {
    let code = match error {
        NoSample::FullCount { .. } => "SCR-AUD-100",
        NoSample::NothingDecided { .. } => "SCR-AUD-101",
        NoSample::Batch { .. } => "SCR-AUD-102",
        NoSample::MoreThanContest { .. } => "SCR-AUD-103",
    };
    let text = error.to_string();
    let words = text.strip_prefix(code).unwrap_or(&text).trim_start();
    problem(code, "audit.batches", "").with("reason", words)
}

fn sized(context: &Context<'_>, audit: &BatchAudit, measured: f64) -> Need {
    let draws = audit.sample_size(context.limit.value(), measured);
    if draws >= audit.batches().len() {
        return Need::FullHandCount { why: Why::AsLarge, cards: context.cards };
    }
    let draws = draws as u64;
    let distribution = Distribution::exact(draws);
    let expected = Ballots { percent: PERCENTS[0], ..different(audit, draws) };
    let ballots = PERCENTS.iter().map(|percent| Ballots { percent: *percent, ..expected }).collect();
    let mut sizes = vec![Size { rule: Rule::Macro, draws, chance: None }];
    if measured >= 1.0
        && let Some(draws) = assorter_totals(context, audit)
    {
        sizes.push(Size { rule: Rule::AssorterTotals, draws, chance: None });
    }
    Need::Sample(Sample {
        unit: Unit::Batches,
        with_replacement: true,
        draws: Some(distribution),
        ballots,
        sizes,
        bet: None,
    })
}

/// Expected numbers of different batches and ballots.
fn different(audit: &BatchAudit, draws: u64) -> Ballots {
    let (mut batches, mut ballots) = (0.0, 0.0);
    for (batch, weight) in audit.batches().iter().zip(audit.weights()) {
        let share = (weight.bound / audit.total_bound()).to_f64().unwrap_or(0.0);
        let chance = -(draws as f64 * (-share).ln_1p()).exp_m1();
        batches += chance;
        ballots += chance * batch.ballots as f64;
    }
    Ballots { percent: 0, draws, ballots, batches: Some(batches) }
}

/// Draws in proportion to assorter totals, the largest over the pairs.
fn assorter_totals(context: &Context<'_>, audit: &BatchAudit) -> Option<u64> {
    let draws = audit.pairs().iter().map(|pair| {
        let Pair::Beats { .. } = pair.pair else { return None };
        let total = |batch: &Reportedly| {
            let lead = pair.pair.difference(&batch.votes).to_f64().unwrap_or(0.0);
            (batch.ballots, (batch.ballots as f64 + lead) / 2.0)
        };
        let of: Vec<(u64, f64)> = audit.batches().iter().map(total).collect();
        by_totals(&of, &context.limit).ok().flatten().map(|plan| plan.draws)
    });
    draws.collect::<Option<Vec<u64>>>()?.into_iter().max()
}
