//! Two strata: cards with records are compared, cards without are polled.

use super::answer::{Rule, Sample, Size, Unit};
use super::compared::parts;
use super::one::{Context, Decided};
use super::reported::{Claim, kinds};
use super::request::Stratum as Asked;
use super::together::ballots;
use super::{Decimal, problem};
use crate::bounded_mean::Agrapa;
use crate::risk::kaplan_markov::{Discrepancies, Gamma};
use crate::risk::plan::{Distribution, MOST, Source};
use crate::risk::strata::{Strata, Stratum};
use crate::risk::suite::{Compared, Hybrid, Polled};
use crate::sample::ppeb::Pcg64;
use scr_core::Problem;

/// How bets adapt.
const BETS: Agrapa = Agrapa { first: 0.2, c_first: 0.3, c_last: 0.9, grow: 0.5 };
/// Into how many parts the line of nulls is divided.
const CELLS: u32 = 50;
/// Audits on paper, at most: each card is looked at by every cell.
const MAX_REPLICATIONS: u32 = 200;
/// Cards drawn on paper in all replications, at most.
const BUDGET: u64 = 400_000;

type Wrong = Vec<Problem>;

/// The strata's votes, cards and valid ballots.
fn read(context: &Context<'_>, strata: &[Asked]) -> Result<[(Vec<u64>, u64, u64); 2], Wrong> {
    let count = strata.len();
    let of: Vec<_> = strata.iter().map(|stratum| (&stratum.votes, stratum.cards, None)).collect();
    let read = parts(context, &of, "audit.strata")?;
    if strata.iter().any(|stratum| stratum.cards == 0) {
        return Err(vec![problem("SCR-AUD-064", "audit.strata", 0).with("cards", 0)]);
    }
    read.try_into().map_err(|_| vec![problem("SCR-AUD-064", "audit.strata", count).with("strata", 2)])
}

pub(super) fn suite(
    context: &Context<'_>,
    claims: &[Claim],
    gamma: &Decimal,
    strata: &[Asked],
) -> Result<Decided, Wrong> {
    let gamma = Gamma::parse(&gamma.0).map_err(|problem| vec![*problem])?;
    let both = read(context, strata)?;
    let records: Vec<bool> = strata.iter().map(|stratum| stratum.records).collect();
    let (polled, compared) = match records[..] {
        [true, false] => (&both[1], &both[0]),
        [false, true] => (&both[0], &both[1]),
        _ => return Err(context.unfit("it takes one stratum with records and one without")),
    };
    let mut most: Option<(u64, u64, usize)> = None;
    for (at, claim) in claims.iter().enumerate() {
        let crate::assorter::Assorter::Plurality { winner, loser } = claim.assertion.assorter else {
            return Err(context.unfit("it compares the votes of a winner and a loser; take stratified"));
        };
        let (winner, loser) = (usize::from(winner), usize::from(loser));
        let hybrid = Hybrid {
            polled: Polled {
                cards: polled.1,
                winner: polled.0[winner],
                loser: polled.0[loser],
                drawn: 0,
                seen_winner: 0,
                seen_loser: 0,
            },
            compared: Compared {
                cards: compared.1,
                winner: compared.0[winner],
                loser: compared.0[loser],
                drawn: 0,
                different: 0,
                found: Discrepancies::default(),
            },
            gamma: gamma.clone(),
        };
        let (poll, compare) = hybrid.expected_size(&context.limit).map_err(|problem| vec![*problem])?;
        if most.is_none_or(|(one, other, _)| one + other < poll + compare) {
            most = Some((poll, compare, at));
        }
    }
    let (poll, compare, at) = most.ok_or_else(|| context.unfit("nothing is asserted"))?;
    let size = |rule, draws| Size { rule, draws, chance: None };
    let sizes = vec![size(Rule::Polled, poll), size(Rule::Compared, compare)];
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: false,
        draws: None,
        ballots: Vec::new(),
        sizes,
        bet: None,
    };
    Ok(Decided { at, sample })
}

pub(super) fn stratified(
    context: &Context<'_>,
    claims: &[Claim],
    strata: &[Asked],
) -> Result<Decided, Wrong> {
    let both = read(context, strata)?;
    let Some(Claim { assertion, .. }) = claims.first() else {
        return Err(context.unfit("nothing is asserted"));
    };
    let values = |part: &(Vec<u64>, u64, u64)| kinds(&assertion.assorter, &part.0, part.2, part.1);
    let (Some(first), Some(second)) = (values(&both[0]), values(&both[1])) else {
        return Err(context.unfit("strata do not say how ballots were ranked"));
    };
    let kinds = [first, second];
    let mean = |at: usize| {
        kinds[at].iter().map(|(value, cards)| value * *cards as f64).sum::<f64>() / both[at].1 as f64
    };
    let stratum = |at: usize| Stratum {
        cards: both[at].1,
        recorded_mean: strata[at].records.then(|| mean(at)),
        bets: BETS,
    };
    let audit = Strata::new([stratum(0), stratum(1)], assertion.upper_bound, CELLS)
        .map_err(|problem| vec![*problem])?;
    let draws = simulated(context, &audit, &kinds, [strata[0].records, strata[1].records]);
    let ballots = ballots(&draws, None);
    let sample = Sample {
        unit: Unit::Ballots,
        with_replacement: false,
        draws: Some(draws),
        ballots,
        sizes: Vec::new(),
        bet: None,
    };
    Ok(Decided { at: 0, sample })
}

/// Cards drawn from both strata in proportion, records without error.
fn simulated(
    context: &Context<'_>,
    audit: &Strata,
    kinds: &[[(f64, u64); 3]; 2],
    records: [bool; 2],
) -> Distribution {
    let wanted = context.request.replications.min(MAX_REPLICATIONS);
    let most = context.request.most.unwrap_or(MOST).min(MOST).min(context.cards);
    let mut random = Pcg64::new(&context.request.seed);
    let (mut sizes, mut full, mut drawn) = (Vec::new(), 0, 0_u64);
    while u32::try_from(sizes.len()).unwrap_or(u32::MAX) < wanted && (sizes.len() < 20 || drawn < BUDGET) {
        let size = run(audit.clone(), *kinds, records, &mut random, context, most.min(BUDGET / 20));
        drawn += size.unwrap_or(most);
        full += u32::from(size.is_none());
        sizes.push(size.unwrap_or(context.cards));
    }
    let made = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
    let source = Source::Simulated { seed: context.request.seed.clone(), replications: made };
    Distribution::of(sizes, full, source)
}

fn run(
    mut audit: Strata,
    mut left: [[(f64, u64); 3]; 2],
    records: [bool; 2],
    random: &mut Pcg64,
    context: &Context<'_>,
    most: u64,
) -> Option<u64> {
    let cards = |kinds: &[(f64, u64); 3]| kinds.iter().map(|(_, count)| count).sum::<u64>();
    let all = [cards(&left[0]), cards(&left[1])];
    let mut taken = [0_u64; 2];
    for drawn in 1..=most {
        // Whichever stratum is behind its share.
        let behind =
            u128::from(taken[0] + 1) * u128::from(all[1]) <= u128::from(taken[1] + 1) * u128::from(all[0]);
        let at = usize::from(!behind || taken[0] >= all[0]);
        let at = if taken[at] >= all[at] { 1 - at } else { at };
        let mut place = crate::risk::exact::floor(random.next_f64() * (all[at] - taken[at]) as f64);
        let kind = left[at].iter().position(|(_, count)| {
            let here = place < *count;
            place = place.saturating_sub(*count);
            here
        });
        let kind = kind.unwrap_or_else(|| left[at].iter().rposition(|(_, count)| *count > 0).unwrap_or(0));
        let (value, count) = &mut left[at][kind];
        *count = count.saturating_sub(1);
        taken[at] += 1;
        // Values are within the bounds, and no more cards are drawn than there are.
        let _ = audit.push(at, if records[at] { 0.0 } else { *value });
        if audit.p().meets(&context.limit) {
            return Some(drawn);
        }
    }
    None
}
