//! How reported outcomes come about, round by round, for pages that show voters how votes were counted: the
//! eliminations of an instant runoff, and the seats of lists one after another.

use super::assemble::{Inputs, fixed};
use super::audit::Audit;
use crate::contest::Outcome;
use crate::record::Contest;
use crate::verify::{Cvrs, rankings};
use scr_core::Refusal;
use scr_tabulation::cvr::Mark;
use scr_tabulation::ranked::{Ballot, Ballots, Candidate, Rules, count};
use scr_tabulation::seats::{List, Method, Threshold, allocate};
use serde::{Deserialize, Serialize};

/// A round of an instant runoff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunoffRound {
    /// For each choice the ballots that count for it; none: it was eliminated before.
    pub votes: Vec<Option<u64>>,
    /// Ballots that rank nobody who is left.
    pub exhausted: u64,
    /// Who is eliminated at its end, by place.
    pub out: Vec<usize>,
}

/// An instant runoff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runoff {
    /// The contest, by its place.
    pub contest: usize,
    /// From the first preferences to the last two.
    pub rounds: Vec<RunoffRound>,
    /// Who is elected, by place.
    pub winner: usize,
}

/// The instant runoffs of an audit, counted from the cast vote records that it will commit to, as its assertions read them. A
/// count that would need a lot is left out.
///
/// # Errors
/// SCR-AUD-247 where a number is above 2^53-1.
pub fn runoffs(audit: &Audit, inputs: &Inputs, cvrs: &Cvrs, software: &str) -> Result<Vec<Runoff>, Refusal> {
    let record = fixed(audit, inputs, software)?;
    let ranked = record.contests.iter().enumerate().filter(|(_, contest)| contest.is_ranked());
    let all = ranked.filter_map(|(at, contest)| runoff(at, contest, &rankings(&record, cvrs, at)));
    Ok(all.collect())
}

fn runoff(at: usize, contest: &Contest, rankings: &[(Vec<u16>, u64)]) -> Option<Runoff> {
    let ballots: u64 = rankings.iter().map(|(_, cards)| cards).sum();
    let named = |name: &String| Candidate { name: name.clone(), excluded: false, undeclared: false };
    let ballot = |(ranking, cards): &(Vec<u16>, u64)| Ballot {
        ranking: (1..).zip(ranking).map(|(rank, choice)| Mark::ranked(*choice, rank)).collect(),
        parts: Vec::new(),
        count: *cards,
    };
    let input = Ballots {
        candidates: contest.choices.iter().map(named).collect(),
        parts: Vec::new(),
        ballots: rankings.iter().map(ballot).collect(),
    };
    let rules = Rules { continue_until_two_remain: true, ..Rules::irv() };
    let found = count(&input, &rules, &[]).ok()?;
    let round = |one: &scr_tabulation::ranked::Round| {
        let votes: Vec<Option<u64>> = one
            .tally
            .votes
            .iter()
            .map(|votes| votes.and_then(|votes| votes.to_string().parse().ok()))
            .collect();
        let left: u64 = votes.iter().flatten().sum();
        let out = one.decisions.iter().filter(|decision| !decision.elected);
        RunoffRound {
            votes,
            exhausted: ballots.saturating_sub(left),
            out: out.map(|one| one.candidate).collect(),
        }
    };
    let winner = found.winners.first().copied()?;
    let mut rounds: Vec<RunoffRound> = found.rounds.iter().map(round).collect();
    // Where somebody has a majority before two are left, the count says so in a round in which nobody goes.
    let last = rounds.pop()?;
    rounds.retain(|round| !round.out.is_empty());
    rounds.push(last);
    Some(Runoff { contest: at, rounds, winner })
}

/// The seats of a contest of lists in the order in which they are given: the list, by place, and the divisor of its votes. None:
/// another law, or one whose last seat needs a lot.
pub fn seats(contest: &Contest) -> Option<Vec<(usize, u32)>> {
    let rule = contest.rule.as_ref()?;
    let Outcome::HighestAverages { seats, divisors, threshold } = rule else { return None };
    let law = rule.divisors()?;
    let list = |(name, votes): (&String, &u64)| List { name: name.clone(), votes: *votes, candidates: None };
    let lists: Vec<List> = contest.choices.iter().zip(&contest.votes).map(list).collect();
    let threshold = Threshold {
        share: threshold.as_ref().map(|share| (share.numerator, share.denominator)),
        valid_votes: contest.valid,
        ..Threshold::default()
    };
    let given = allocate(&lists, seats.iter().sum(), &Method::HighestAverages(law), &threshold, &[]).ok()?;
    if given.seats != *seats {
        return None;
    }
    let mut had = vec![0_usize; lists.len()];
    let award = |list: usize| {
        let divisor = divisors.get(had[list]).copied();
        had[list] += 1;
        Some((list, divisor?))
    };
    given.awards.iter().map(|award| award.list).map(award).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contest(choices: &[&str], votes: &[u64], rule: Outcome) -> Contest {
        Contest {
            choices: choices.iter().map(|name| (*name).to_owned()).collect(),
            votes: votes.to_vec(),
            rule: Some(rule),
            ..Contest::default()
        }
    }

    /// Of 100 ballots A has 40, B 35, C 25; of C's ten go to nobody and fifteen to B.
    #[test]
    fn an_instant_runoff_is_told_round_by_round() {
        let of = contest(&["A", "B", "C"], &[40, 35, 25], Outcome::InstantRunoff { winner: 1 });
        let rankings = [(vec![0], 40), (vec![1, 0], 35), (vec![2], 10), (vec![2, 1], 15), (Vec::new(), 3)];
        let found = runoff(7, &of, &rankings).unwrap();
        let rounds = vec![
            RunoffRound { votes: vec![Some(40), Some(35), Some(25)], exhausted: 3, out: vec![2] },
            RunoffRound { votes: vec![Some(40), Some(50), None], exhausted: 13, out: Vec::new() },
        ];
        assert_eq!((found.contest, found.winner), (7, 1));
        assert_eq!(found.rounds, rounds);
        let clear = runoff(0, &of, &[(vec![0], 60), (vec![1], 25), (vec![2, 1], 15)]).unwrap();
        let told: Vec<_> =
            clear.rounds.iter().map(|round| (round.votes.clone(), round.out.clone())).collect();
        let first = (vec![Some(60), Some(25), Some(15)], vec![2]);
        assert_eq!(told, [first, (vec![Some(60), Some(40), None], Vec::new())]);
        // Two who are equal need a lot, which nobody has drawn here.
        assert_eq!(runoff(0, &of, &[(vec![0], 5), (vec![1], 5)]), None);
    }

    /// By hand: the largest quotients of 340,000, 280,000, 160,000 and 60,000 votes by 1, 2 and 3 are in thousands 340,
    /// 280, 170, 160, 140, 113.3 and 93.3.
    #[test]
    fn seats_are_given_one_after_another() {
        let divisors: Vec<u32> = (1..=8).collect();
        let rule = Outcome::HighestAverages { seats: vec![3, 3, 1, 0], divisors, threshold: None };
        let of = contest(&["A", "B", "C", "D"], &[340_000, 280_000, 160_000, 60_000], rule);
        let given = seats(&of).unwrap();
        assert_eq!(given, [(0, 1), (1, 1), (0, 2), (2, 1), (1, 2), (0, 3), (1, 3)]);
        assert_eq!(seats(&contest(&["A"], &[1], Outcome::InstantRunoff { winner: 0 })), None);
    }
}
