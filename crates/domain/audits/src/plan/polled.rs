//! Ballot polling.

use super::Decimal;
use super::answer::{Rule, Sample, Size, Unit};
use super::one::{Context, Decided};
use super::reported::{Claim, is_ranked};
use super::request::{Reported, Votes};
use super::together::ballots;
use crate::bounded_mean::{ShrinkTrunc, Test};
use crate::risk::bravo;
use crate::risk::minerva::{Reported as Pair, Round};
use crate::risk::plan::{Distribution, MOST, Method as Paper, PERCENTS, Values, Votes as Two};
use scr_core::{Closest, Problem};

/// Of the claims that look hardest so many are run on paper.
const TRIED: usize = 3;

/// Votes of a contest of which most votes win.
fn plurality<'a>(context: &Context<'a>) -> Result<(&'a Votes, usize), Vec<Problem>> {
    match &context.asked.reported {
        Reported::Plurality { votes, winners, .. } | Reported::Approval { votes, winners } => {
            Ok((votes, *winners as usize))
        }
        _ => Err(context.unfit("it compares the votes of a winner and a loser; take alpha or a comparison")),
    }
}

/// Counts of a sample in the order of `names`.
fn counts(names: &[&str], seen: &Votes, place: &str) -> Result<Vec<u64>, Vec<Problem>> {
    let mut closest = Closest::among(names.iter().copied());
    let unknown: Vec<Problem> = seen
        .keys()
        .filter(|name| !names.contains(&name.as_str()))
        .map(|name| super::problem("SCR-AUD-063", place, name).closest_to(closest.to(name)))
        .collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    Ok(names.iter().map(|name| seen.get(*name).copied().unwrap_or(0)).collect())
}

pub(super) fn bravo(context: &Context<'_>, claims: &[Claim], seen: &Votes) -> Result<Decided, Vec<Problem>> {
    let (votes, winners) = plurality(context)?;
    let mut order: Vec<&str> = votes.keys().map(String::as_str).collect();
    order.sort_by_key(|name| std::cmp::Reverse(votes[*name]));
    let (won, lost) = order.split_at(winners.min(order.len()));
    let of = |names: &[&str]| names.iter().map(|name| votes[*name]).collect::<Vec<u64>>();
    let contest = bravo::Contest { ballots: context.cards, winners: of(won), losers: of(lost) };
    let all = counts(&order, seen, "audit.seen")?;
    let (seen_won, seen_lost) = all.split_at(won.len());
    let sample = bravo::Sample { winners: seen_won.to_vec(), losers: seen_lost.to_vec(), not_found: 0 };
    let sizes = contest.sizes(&context.limit, &sample).map_err(|problem| vec![*problem])?;
    // The slowest pair on paper, from what was seen of it.
    let mut slowest: Option<(usize, Distribution)> = None;
    for at in hardest(claims) {
        let crate::assorter::Assorter::Plurality { winner, loser } = claims[at].assertion.assorter else {
            continue;
        };
        let names: Vec<&str> = votes.keys().map(String::as_str).collect();
        let named = |at: u16| names.get(usize::from(at)).copied().unwrap_or("");
        let pair = Two { winner: votes[named(winner)], loser: votes[named(loser)] };
        let seen = |at: u16| seen.get(named(at)).copied().unwrap_or(0);
        let so_far = evenly(seen(winner), seen(loser));
        let found = context.simulated(Paper::Bravo { reported: pair, assumed: pair }, so_far)?;
        slowest = slower(slowest, at, found);
    }
    let (at, draws) = slowest.ok_or_else(|| context.unfit("there is no pair of a winner and a loser"))?;
    let sizes = match sizes {
        bravo::Sizes::AllBallots(all) => vec![Size { rule: Rule::Asn, draws: all, chance: None }],
        bravo::Sizes::Draw { asn: (asn, chance), quantiles } => {
            let round = |(chance, draws): (f64, u64)| Size { rule: Rule::Round, draws, chance: Some(chance) };
            std::iter::once(Size { rule: Rule::Asn, draws: asn, chance })
                .chain(quantiles.into_iter().map(round))
                .collect()
        }
    };
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: true,
        ballots: ballots(&draws, Some(context.cards)),
        draws: Some(draws),
        sizes,
        bet: None,
    };
    Ok(Decided { at, sample })
}

/// Votes of a sample in an order that nobody knows any more: as even as can be.
fn evenly(winner: u64, loser: u64) -> Vec<i32> {
    let all = winner.saturating_add(loser).min(MOST);
    let mut of_winner = 0_u64;
    (1..=all)
        .map(|drawn| {
            let due =
                u64::try_from(u128::from(winner) * u128::from(drawn) / u128::from(all.max(1))).unwrap_or(0);
            let step = if due > of_winner { 1 } else { -1 };
            of_winner = due;
            step
        })
        .collect()
}

/// The places of the claims that need most polling: variance over the square of the lead.
fn hardest(claims: &[Claim]) -> Vec<usize> {
    let work = |claim: &Claim| {
        let kinds = claim.kinds?;
        let all: u64 = kinds.iter().map(|(_, cards)| cards).sum();
        let mean = |of: &dyn Fn(f64) -> f64| {
            kinds.iter().map(|(value, cards)| of(*value) * *cards as f64).sum::<f64>() / all as f64
        };
        let average = mean(&|value| value);
        Some(mean(&|value| (value - average).powi(2)) / (average - 0.5).powi(2))
    };
    let mut places: Vec<(f64, usize)> =
        claims.iter().enumerate().filter_map(|(at, claim)| Some((work(claim)?, at))).collect();
    places.sort_by(|one, other| other.0.total_cmp(&one.0));
    let first = places.first().map_or(0.0, |(work, _)| *work);
    places.into_iter().take_while(|(work, _)| *work * 2.0 >= first).take(TRIED).map(|(_, at)| at).collect()
}

fn slower(
    slowest: Option<(usize, Distribution)>,
    at: usize,
    found: Distribution,
) -> Option<(usize, Distribution)> {
    match slowest {
        Some((first, slow)) if slow.mean >= found.mean => Some((first, slow)),
        _ => Some((at, found)),
    }
}

pub(super) fn alpha(context: &Context<'_>, claims: &[Claim], d: &Decimal) -> Result<Decided, Vec<Problem>> {
    let d = d.number("d").map_err(|problem| vec![*problem])?;
    let mut slowest = None;
    for at in hardest(claims) {
        let Claim { assertion, kinds: Some(kinds) } = &claims[at] else { continue };
        let test = Test::ShrinkTrunc(ShrinkTrunc::new(assertion.mean, d, 0.5));
        let values = Values { upper: assertion.upper_bound, kinds: kinds.to_vec() };
        let found = context.simulated(Paper::Values { test, values }, Vec::new())?;
        slowest = slower(slowest, at, found);
    }
    let (at, draws) =
        slowest.ok_or_else(|| context.unfit("polling needs votes, and only a margin is known"))?;
    let ballots = ballots(&draws, None);
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: false,
        draws: Some(draws),
        ballots,
        sizes: Vec::new(),
        bet: None,
    };
    Ok(Decided { at, sample })
}

/// Minerva and Providence: sizes of one further round. For the first round the two are the same.
pub(super) fn rounds(
    context: &Context<'_>,
    claims: &[Claim],
    earlier: &[Votes],
    minerva: bool,
) -> Result<Decided, Vec<Problem>> {
    let (votes, _) = plurality(context)?;
    let [claim] = claims else { return Err(context.unfit("it takes one winner and one loser")) };
    let Some((winner, loser)) = claim.pair().filter(|_| !is_ranked(claim)) else {
        return Err(context.unfit("it takes one winner and one loser"));
    };
    let mut names: Vec<&str> = votes.keys().map(String::as_str).collect();
    names.sort_by_key(|name| std::cmp::Reverse(votes[*name]));
    let round = |(at, seen): (usize, &Votes)| {
        let counts = counts(&names, seen, &format!("audit.rounds[{at}]"))?;
        Ok(Round { winner: counts[0], loser: counts.get(1).copied().unwrap_or(0) })
    };
    let earlier: Vec<Round> = earlier.iter().enumerate().map(round).collect::<Result<_, Vec<Problem>>>()?;
    let pair = Pair { ballots: context.cards, winner, loser };
    let mut sizes = Vec::with_capacity(PERCENTS.len());
    for percent in PERCENTS {
        let chance = f64::from(percent) / 100.0;
        let size = if minerva && !earlier.is_empty() {
            pair.minerva_size(&earlier, &context.limit, chance)
        } else {
            pair.providence_size(&earlier, &context.limit, chance)
        };
        let draws = size.map_err(|problem| vec![*problem])?;
        sizes.push(Size { rule: Rule::Round, draws, chance: Some(chance) });
    }
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: true,
        draws: None,
        ballots: Vec::new(),
        sizes,
        bet: None,
    };
    Ok(Decided { at: 0, sample })
}
