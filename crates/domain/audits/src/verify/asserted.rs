//! The assertions of each contest, from what was reported.

use super::Check;
use super::cards::Cards;
use crate::assorter::{Assorter, CardStyle};
use crate::contest::{self, Assertion, Outcome};
use crate::raire::Ballots;
use crate::record::{Contest, Method, Record};
use scr_core::Problem;
use scr_tabulation::cvr::columns::ContestTally;
use scr_tabulation::cvr::{self, ChoiceNo};

/// Ends of orders of elimination that are looked at for one contest, at most.
const MOST: u64 = 5_000_000;
/// The same times the rankings and choices that each of them counts.
const WORK: u64 = 20_000_000_000;

/// A contest with what is to be confirmed.
pub(super) struct Asserted {
    pub(super) contest: cvr::Contest,
    /// The hardest first.
    pub(super) assertions: Vec<Assertion>,
    /// Cards that can be drawn for it, phantoms among them.
    pub(super) population: u64,
}

/// The outcome of a contest: its rule, or the choices with the most votes.
pub(super) fn outcome(contest: &Contest) -> Outcome {
    contest.rule.clone().unwrap_or_else(|| {
        let mut order: Vec<usize> = (0..contest.votes.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
        let winners = order.into_iter().take(contest.winners).filter_map(|at| ChoiceNo::try_from(at).ok());
        Outcome::Plurality { winners: winners.collect() }
    })
}

/// Cards that can be drawn for a contest.
pub(super) fn population(record: &Record, cards: &Cards<'_>, at: usize) -> u64 {
    match record.settings.card_style {
        // A card without a CVR could hold every contest.
        CardStyle::Known => cards.tally(at).cards + cards.phantoms(),
        CardStyle::Unknown => record.cards(),
    }
}

/// What was reported, as a count. Where the contest has no CVRs its ballots are those that the record says.
fn tally(record: &Record, cards: &Cards<'_>, at: usize) -> Result<ContestTally, String> {
    let contest = &record.contests[at];
    if record.settings.method == Method::AssertionPolling {
        return reported(contest, &contest.votes, contest.ballots, contest.valid);
    }
    let mut tally = cards.tally(at).clone();
    for batch in record.batches.iter().filter(|batch| batch.pool) {
        let pool = reported(contest, &batch.votes[at], u64::from(batch.ballots), None)?;
        tally.cards += pool.cards;
        tally.blank += pool.blank;
        tally.votes.iter_mut().zip(&pool.votes).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
    }
    Ok(tally)
}

/// A count of which the votes and the ballots are known. Ballots with a valid vote are those with one, or as many as
/// the record says (of the whole contest: of a pool nothing is said).
fn reported(
    contest: &Contest,
    votes: &[u64],
    ballots: u64,
    valid: Option<u64>,
) -> Result<ContestTally, String> {
    let sum = votes.iter().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
    let needs_valid = !matches!(contest.rule, None | Some(Outcome::Plurality { .. }));
    let valid = match valid {
        Some(valid) => valid,
        None if contest.votes_allowed == 1 || !needs_valid => sum.min(ballots),
        None => return Err("how many ballots have a valid vote is not said".to_owned()),
    };
    let least = sum.div_ceil(contest.votes_allowed.max(1));
    if valid > ballots || (needs_valid && valid < least) || (contest.votes_allowed == 1 && sum > ballots) {
        return Err(format!("{sum} votes on {valid} valid of {ballots} ballots"));
    }
    Ok(ContestTally {
        cards: ballots,
        votes: votes.to_vec(),
        blank: ballots - valid,
        overvoted: 0,
        undervotes: 0,
    })
}

impl Check<'_> {
    /// What is confirmed in a contest; none: it cannot be, and why is said.
    pub(super) fn asserted(&mut self, cards: &Cards<'_>, at: usize) -> Option<Asserted> {
        let record = self.record;
        let contest = &record.contests[at];
        let population = population(record, cards, at);
        let found = match &contest.rule {
            Some(Outcome::InstantRunoff { winner }) => ranked(record, cards, at, population, *winner),
            _ => tally(record, cards, at).map_err(|error| vec![error]).and_then(|tally| {
                contest::of_tally(&contest.as_cast(), &tally, population, &outcome(contest))
                    .map_err(|problems| words(&problems))
            }),
        };
        match found {
            Ok(assertions) => Some(Asserted { contest: contest.as_cast(), assertions, population }),
            Err(errors) => {
                for error in errors {
                    self.says("SCR-AUD-126", None, format!("{}: {error}", contest.name));
                }
                None
            }
        }
    }
}

fn words(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}

/// Of an instant-runoff contest: the assertions of the record, if they suffice and the CVRs bear them; or those that
/// follow from the CVRs.
fn ranked(
    record: &Record,
    cards: &Cards<'_>,
    at: usize,
    population: u64,
    winner: ChoiceNo,
) -> Result<Vec<Assertion>, Vec<String>> {
    if record.batches.iter().any(|batch| batch.pool) {
        return Err(vec!["the totals of a batch say nothing about rankings".to_owned()]);
    }
    let contest = &record.contests[at];
    let rankings: Vec<(Vec<usize>, u64)> = cards
        .patterns(at)
        .iter()
        .map(|(marks, cards)| {
            (crate::assorter::ranking(marks).into_iter().map(usize::from).collect(), *cards)
        })
        .collect();
    let pairs = rankings.iter().map(|(ranking, cards)| (ranking.as_slice(), *cards));
    let mut ballots = Ballots::new(contest.choices.len(), pairs)
        .ok_or_else(|| vec!["it has more choices than an instant-runoff audit takes".to_owned()])?;
    let cast = contest.as_cast();
    let each = u64::try_from(rankings.len().saturating_mul(contest.choices.len())).unwrap_or(u64::MAX);
    let most = (WORK / each.max(1)).clamp(1000, MOST);
    if contest.assertions.is_empty() {
        return contest::of_ballots(&cast, &mut ballots, population, winner, most)
            .map_err(|problems| words(&problems));
    }
    contest::of_assertions(&cast, &mut ballots, population, winner, &contest.assertions)
        .map_err(|problems| words(&problems))
}

/// The mean of an assorter over a batch of which only the totals are known.
pub(super) fn pooled(record: &Record, at: usize, batch: usize, assorter: &Assorter) -> Option<f64> {
    let (contest, batch) = (&record.contests[at], &record.batches[batch]);
    let ballots = u64::from(batch.ballots);
    let tally = reported(contest, &batch.votes[at], ballots, None).ok()?;
    contest::mean(&contest.as_cast(), &tally, ballots, assorter)
}
