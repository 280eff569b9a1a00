//! Ballot comparison, also with cards of which only the totals of their pool are known.

use super::answer::{Rule, Sample, Size, Unit};
use super::one::{Context, Decided};
use super::reported::{Claim, Counted, kinds};
use super::request::{Found, Part, Rates as Written, Reported};
use super::together::ballots;
use super::{Decimal, problem};
use crate::bounded_mean::{ShrinkTrunc, Test};
use crate::risk::kaplan_markov::{
    DilutedMargin, Discrepancies, Gamma, Rates, Understatements, further_cards, sample_size, stopping_size,
};
use crate::risk::plan::{MOST, Method as Paper, Values};
use scr_core::Problem;

/// Pools or strata, at most.
const MAX_PARTS: usize = 200_000;
/// The share of the stake that one draw may lose.
const MAX_LOSS: f64 = 0.9;

type Wrong = Vec<Problem>;

fn one<T>(result: Result<T, Box<Problem>>) -> Result<T, Wrong> {
    result.map_err(|problem| vec![*problem])
}

impl Written {
    fn exact(&self) -> Result<Rates, Wrong> {
        one(Rates::parse(&self.o1.0, &self.o2.0, &self.u1.0, &self.u2.0))
    }
}

/// What was found so far, the errors spread evenly: nobody knows their order any more.
fn so_far(seen: Found) -> Result<Vec<i32>, Wrong> {
    let errors = seen.discrepancies();
    if errors.total() > seen.draws || seen.draws > MOST {
        return Err(vec![problem("SCR-AUD-060", "seen.draws", seen.draws).with("errors", errors.total())]);
    }
    let Discrepancies { o1, o2, u1, u2 } = errors;
    let mut left = [(2, o2), (1, o1), (-1, u1), (-2, u2)];
    let every = seen.draws / errors.total().max(1);
    let mut draws = Vec::new();
    for drawn in 0..seen.draws {
        let due = every > 0 && drawn % every == every - 1;
        let error = left.iter_mut().find(|(_, count)| due && *count > 0);
        draws.push(error.map_or(0, |(error, count)| {
            *count -= 1;
            *error
        }));
    }
    Ok(draws)
}

pub(super) fn kaplan_markov(
    context: &Context<'_>,
    claims: &[Claim],
    gamma: &Decimal,
    understatements: Understatements,
    rates: &Written,
    seen: Found,
) -> Result<Decided, Wrong> {
    let gamma = one(Gamma::parse(&gamma.0))?;
    let rates = rates.exact()?;
    let votes: Option<Vec<u64>> = claims.iter().map(Claim::margin).collect();
    let votes =
        votes.ok_or_else(|| context.unfit("its margin is one of votes; take betting for this rule"))?;
    let (at, votes) = votes.into_iter().enumerate().min_by_key(|(_, votes)| *votes).unwrap_or((0, 0));
    let margin = one(DilutedMargin::new(votes, context.cards))?;
    let found = seen.discrepancies();
    let method =
        Paper::KaplanMarkov { gamma: gamma.clone(), understatements, margin: votes, rates: rates.clone() };
    let draws = context.simulated(method, so_far(seen)?)?;
    let counted = match understatements {
        Understatements::Ignored => found.without_understatements(),
        Understatements::Counted => found,
    };
    let optimistic = stopping_size(&context.limit, margin, &gamma, counted);
    // Arlo's formula for a further round takes the rates that were observed.
    let expected = if seen.draws == 0 {
        sample_size(&context.limit, margin, &gamma, &rates)
    } else {
        further_cards(&context.limit, margin, &gamma, seen.draws, found)
    };
    let size = |rule, draws| Size { rule, draws, chance: None };
    let sizes = vec![
        size(Rule::NoErrors, optimistic.saturating_sub(seen.draws)),
        size(Rule::ExpectedErrors, expected),
    ];
    let ballots = ballots(&draws, Some(context.cards));
    let sample =
        Sample { unit: Unit::Ballots, with_replacement: true, draws: Some(draws), ballots, sizes, bet: None };
    Ok(Decided { at, sample })
}

pub(super) fn betting(
    context: &Context<'_>,
    claims: &[Claim],
    [bet, max_loss]: [&Decimal; 2],
    rates: &Written,
    seen: Found,
) -> Result<Decided, Wrong> {
    let test = Test::CappedBet { bet: one(bet.number("bet"))?, max_loss: one(max_loss.number("max-loss"))? };
    let [o1, o2, u1, u2] = rates.exact()?.cards(context.cards);
    // The hardest first: the smallest value of a comparison without error.
    let Some(Claim { assertion, .. }) = claims.first() else {
        return Err(context.unfit("nothing is asserted"));
    };
    let u = assertion.upper_bound;
    let errors = [(u, o2), (u / 2.0, o1), (-u / 2.0, u1), (-u, u2)];
    let values = one(Values::comparison(u, assertion.margin, &errors, context.cards))?;
    // Places of the kinds: the errors as they stand, clean cards last.
    let place = |error: i32| match error {
        2 => 0,
        1 => 1,
        -1 => 2,
        -2 => 3,
        _ => 4,
    };
    let so_far = so_far(seen)?.into_iter().map(place).collect();
    let draws = context.simulated(Paper::Values { test, values }, so_far)?;
    let clean = assertion.cards_without_error(
        &context.limit,
        context.cards,
        one(bet.number("bet"))?,
        one(max_loss.number("max-loss"))?,
    );
    let sizes = if seen.draws == 0 {
        vec![Size { rule: Rule::NoErrors, draws: one(clean)?, chance: None }]
    } else {
        Vec::new()
    };
    let ballots = ballots(&draws, None);
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: false,
        draws: Some(draws),
        ballots,
        sizes,
        bet: None,
    };
    Ok(Decided { at: 0, sample })
}

/// Votes of the contest and valid ballots, where pools can have their own.
fn counted(context: &Context<'_>) -> Result<Counted, Wrong> {
    let name = &context.asked.name;
    match &context.asked.reported {
        Reported::Plurality { votes, votes_allowed, .. } => {
            Ok(Counted::new(name, votes, *votes_allowed, None))
        }
        Reported::Approval { votes, .. } => {
            let all = u32::try_from(votes.len()).unwrap_or(u32::MAX);
            Ok(Counted::new(name, votes, all, None))
        }
        Reported::Share { votes, valid, .. } | Reported::Runoff { votes, valid } => {
            Ok(Counted::new(name, votes, 1, *valid))
        }
        Reported::HighestAverages { votes, .. } => Ok(Counted::new(name, votes, 1, None)),
        Reported::InstantRunoff { .. } | Reported::Margin { .. } => {
            Err(context.unfit("pools and strata need votes of choices"))
        }
    }
}

/// The parts with their votes in the contest's order; no more than the contest has.
pub(super) fn parts(
    context: &Context<'_>,
    of: &[(&super::Votes, u64, Option<u64>)],
    place: &str,
) -> Result<Vec<(Vec<u64>, u64, u64)>, Wrong> {
    if of.len() > MAX_PARTS {
        return Err(vec![problem("SCR-AUD-066", place, of.len()).with("most", MAX_PARTS)]);
    }
    let counted = counted(context)?;
    let (mut problems, mut read) = (Vec::new(), Vec::with_capacity(of.len()));
    let mut left = counted.votes.clone();
    let mut cards_left = context.cards;
    for (at, (votes, cards, valid)) in of.iter().enumerate() {
        let place = format!("{place}[{at}]");
        match counted.part(votes, &place) {
            Err(wrong) => problems.extend(wrong),
            Ok(votes) => {
                let fits = left.iter().zip(&votes).all(|(left, votes)| votes <= left) && *cards <= cards_left;
                if !fits || votes.iter().any(|votes| votes > cards) {
                    problems.push(problem("SCR-AUD-064", &place, cards).with("left", cards_left));
                }
                left.iter_mut().zip(&votes).for_each(|(left, votes)| *left = left.saturating_sub(*votes));
                cards_left = cards_left.saturating_sub(*cards);
                let sum = votes.iter().fold(0_u64, |sum, votes| sum.saturating_add(*votes)).min(*cards);
                read.push((votes, *cards, valid.unwrap_or(sum)));
            }
        }
        if problems.len() > 200 {
            break;
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

pub(super) fn oneaudit(
    context: &Context<'_>,
    claims: &[Claim],
    pools: &[Part],
    d: Option<&Decimal>,
    bet: Option<&Decimal>,
) -> Result<Decided, Wrong> {
    if d.is_some() && bet.is_some() {
        return Err(vec![problem("SCR-AUD-060", "audit.bet", "d and bet")]);
    }
    let of: Vec<_> = pools.iter().map(|pool| (&pool.votes, pool.cards, pool.valid)).collect();
    let pools = parts(context, &of, "audit.pools")?;
    let Some(Claim { assertion, .. }) = claims.first() else {
        return Err(context.unfit("nothing is asserted"));
    };
    let u = assertion.upper_bound;
    // In a pool a card overstates by the pool's mean less its own value.
    let mut errors = Vec::with_capacity(pools.len() * 3);
    for (votes, cards, valid) in pools.iter().filter(|(_, cards, _)| *cards > 0) {
        let Some(values) = kinds(&assertion.assorter, votes, *valid, *cards) else {
            return Err(context.unfit("pools do not say how ballots were ranked"));
        };
        let sum: f64 = values.iter().map(|(value, count)| value * *count as f64).sum();
        let mean = sum / *cards as f64;
        errors.extend(
            values.iter().filter(|(_, count)| *count > 0).map(|(value, count)| (mean - value, *count)),
        );
    }
    let values = one(Values::comparison(u, assertion.margin, &errors, context.cards))?;
    let chosen = (d.is_none() && bet.is_none()).then(|| best_bet(&values));
    let test = match (d, bet) {
        (Some(d), _) => {
            let d = one(d.number("d"))?;
            Test::ShrinkTrunc(ShrinkTrunc::new(assertion.without_error, d, 0.5))
        }
        (None, Some(bet)) => Test::CappedBet { bet: one(bet.number("bet"))?, max_loss: MAX_LOSS },
        (None, None) => Test::CappedBet { bet: chosen.unwrap_or(0.0), max_loss: MAX_LOSS },
    };
    let draws = context.simulated(Paper::Values { test, values }, Vec::new())?;
    let ballots = ballots(&draws, None);
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: false,
        draws: Some(draws),
        ballots,
        sizes: Vec::new(),
        bet: chosen,
    };
    Ok(Decided { at: 0, sample })
}

/// The bet that grows fastest if cards are as reported (Kelly's), of which one draw can lose nine tenths at most.
fn best_bet(values: &Values) -> f64 {
    let slope = |bet: f64| -> f64 {
        let lead = |value: f64| value - 0.5;
        values
            .kinds
            .iter()
            .map(|(value, cards)| *cards as f64 * lead(*value) / (1.0 + bet * lead(*value)))
            .sum()
    };
    let (mut low, mut high) = (0.0, 2.0 * MAX_LOSS);
    if slope(high) >= 0.0 {
        return high;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    low
}
