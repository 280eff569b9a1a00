//! Where hand and machine differ: the change in each choice's votes and in the margin, reported less audited, as
//! reports print it: `A: +1; B: -1`.
//!
//! Above zero the machine had counted more for the choice, or a larger lead, than people did. Where voters rank, first
//! preferences are compared; margins are those of "most votes", and under another law none is stated.

use crate::record::{Contest, Counted, Cvr};
use serde::{Deserialize, Serialize};

/// What a ballot or a batch changes in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Reported less audited votes of each choice.
    pub votes: Vec<i64>,
    /// The largest change of a reported winner's lead over a reported loser. Of a ballot that was not found, or that
    /// no machine has read, the two votes that it could be off at most.
    pub margin: i64,
}

impl Change {
    /// Of these votes of each choice.
    pub fn of(contest: &Contest, reported: &[u64], audited: &[u64]) -> Self {
        let off = |(reported, audited): (&u64, &u64)| {
            let off = i128::from(*reported) - i128::from(*audited);
            i64::try_from(off).unwrap_or(if off < 0 { i64::MIN } else { i64::MAX })
        };
        let votes: Vec<i64> = reported.iter().zip(audited).map(off).collect();
        let at = |place: &usize| votes.get(*place).copied().unwrap_or(0);
        let (winners, losers) = sides(contest);
        // The lead that shrinks most: the winner that loses most votes, against the loser that gains most.
        let winner = winners.iter().map(at).max().unwrap_or(0);
        let loser = losers.iter().map(at).min().unwrap_or(0);
        let margin = if contest.rule.is_some() { 0 } else { winner.saturating_sub(loser) };
        Self { votes, margin }
    }

    /// Of a ballot: what a machine recorded of the contest, and what people read. `None`: no record of the ballot.
    pub fn of_ballot(contest: &Contest, at: usize, cvr: Option<&Cvr>, counted: &Counted) -> Self {
        let recorded = cvr.map(|cvr| {
            let marked = cvr.votes.get(at).and_then(Option::as_ref);
            marks(contest, marked.into_iter().flatten().map(|choice| u64::from(*choice)))
        });
        let read = counted.votes.get(at).map(|marked| marks(contest, marked.iter().flatten().copied()));
        match (recorded, read) {
            (Some(recorded), Some(read)) => Self::of(contest, &recorded, &read),
            _ => Self { votes: vec![0; contest.choices.len()], margin: 2 },
        }
    }

    /// Whether anything differs, also where the margin stays as it is.
    pub fn is_any(&self) -> bool {
        self.margin != 0 || self.votes.iter().any(|votes| *votes != 0)
    }

    /// The changed choices: `A: +1; B: -1`. Empty where none is.
    pub fn words(&self, contest: &Contest) -> String {
        let changed = contest.choices.iter().zip(&self.votes).filter(|(_, votes)| **votes != 0);
        changed.map(|(choice, votes)| format!("{choice}: {votes:+}")).collect::<Vec<_>>().join("; ")
    }
}

/// Reported winners and losers, by place; of equal ones the first wins.
pub(super) fn sides(contest: &Contest) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    let losers = order.split_off(contest.winners.min(order.len()));
    (order, losers)
}

/// Votes of each choice on one ballot, or its first preference. More marks than are allowed are none.
pub(super) fn marks(contest: &Contest, marked: impl Iterator<Item = u64>) -> Vec<u64> {
    let most = if contest.is_ranked() { 1 } else { usize::MAX };
    let marked: Vec<u64> = marked.take(most).collect();
    let mut votes = vec![0; contest.choices.len()];
    if marked.len() as u64 <= contest.votes_allowed {
        let places = marked.iter().filter_map(|choice| usize::try_from(*choice).ok());
        places.for_each(|at| {
            if let Some(votes) = votes.get_mut(at) {
                *votes = 1;
            }
        });
    }
    votes
}
