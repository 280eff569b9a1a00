//! Ballots alone.

use super::super::Check;
use super::{Read, Sample, elected, pairs, read};
use crate::decimal::{PValue, RiskLimit};
use crate::record::{Contest, Method};
use crate::risk::{bravo, minerva};
use scr_tabulation::cvr::columns::Told;

/// Votes of each choice on these ballots, and how many were not found; `None`: one was not read yet.
pub(super) fn votes(
    contest: &Contest,
    at: usize,
    sample: &Sample<'_>,
    of: &[super::Place],
) -> Option<(Vec<u64>, u64)> {
    let (mut votes, mut not_found) = (vec![0_u64; contest.votes.len()], 0);
    for place in of {
        match read(contest, sample.counted(*place)?, at) {
            Read::NotFound => not_found += 1,
            Read::Marks(marks) if contest.told(&marks) == Told::Votes => {
                for mark in marks {
                    *votes.get_mut(usize::from(mark.choice))? += 1;
                }
            }
            Read::Without | Read::Marks(_) => {}
        }
    }
    Some((votes, not_found))
}

pub(super) fn bravo(contest: &Contest, ballots: u64, at: usize, sample: &Sample<'_>) -> Option<PValue> {
    let (winners, losers) = elected(contest)?;
    let of = |places: &[usize]| places.iter().map(|at| contest.votes[*at]).collect::<Vec<_>>();
    let reported = bravo::Contest { ballots, winners: of(&winners), losers: of(&losers) };
    let (votes, not_found) = votes(contest, at, sample, &sample.places)?;
    let seen = |places: &[usize]| places.iter().map(|at| votes[*at]).collect::<Vec<_>>();
    let seen = bravo::Sample { winners: seen(&winners), losers: seen(&losers), not_found };
    let risks = reported.risks(&seen, sample.different()).ok()?;
    risks.into_iter().map(|risk| risk.p).reduce(PValue::max)
}

impl Check<'_> {
    /// Minerva and Providence: the votes of each round by themselves. A ballot that was not found is a vote for the
    /// loser.
    pub(super) fn by_rounds(&self, at: usize, sample: &Sample<'_>) -> Option<PValue> {
        let contest = &self.record.contests[at];
        let limit = RiskLimit::parse(&contest.risk_limit).ok()?;
        let mut rounds = Vec::new();
        let mut from = 0;
        for end in &sample.ends {
            rounds.push(votes(contest, at, sample, sample.places.get(from..*end)?)?);
            from = *end;
        }
        let of = |(winner, loser): (usize, usize)| {
            let reported = minerva::Reported {
                ballots: self.record.cards(),
                winner: contest.votes[winner],
                loser: contest.votes[loser],
            };
            let round = |(votes, not_found): &(Vec<u64>, u64)| minerva::Round {
                winner: votes[winner],
                loser: votes[loser] + not_found,
            };
            let rounds: Vec<minerva::Round> = rounds.iter().map(round).collect();
            if contest.votes[loser] == 0 {
                return Some(landslide(&rounds));
            }
            match self.record.settings.method {
                Method::Minerva => reported.minerva(&rounds, &limit).ok(),
                _ => reported.providence(&rounds).ok(),
            }
        };
        let risks: Option<Vec<PValue>> = pairs(contest)?.into_iter().map(of).collect();
        risks?.into_iter().reduce(PValue::max)
    }
}

/// Where a loser was reported without votes: a tie would show so many winner's votes and none of the loser's with a
/// chance of 1/2 each; one of the loser's refutes the report (Wald's ratio with a share of 1).
fn landslide(rounds: &[minerva::Round]) -> PValue {
    if rounds.iter().any(|round| round.loser > 0) {
        return PValue::ONE;
    }
    let seen = rounds.iter().fold(0_u64, |all, round| all.saturating_add(round.winner));
    PValue::from_ln(-f64::from(u32::try_from(seen).unwrap_or(u32::MAX)) * std::f64::consts::LN_2)
}
