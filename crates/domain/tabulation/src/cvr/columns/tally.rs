//! Votes from columns.

use super::Columns;
use crate::cvr::{Contest, ContestNo, Mark};
use serde::{Deserialize, Serialize};

/// What a pattern of marks says in a contest that is not ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// Nothing is marked.
    Blank,
    /// Votes, perhaps fewer than allowed.
    Votes,
    /// More is marked than allowed: no vote counts.
    Overvote,
}

/// The count of one contest over all cards. For a ranked contest these are the first ranks alone: see
/// [`ranked`](crate::ranked) for its rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestTally {
    /// Cards with the contest.
    pub cards: u64,
    /// Votes for each choice, by its number.
    pub votes: Vec<u64>,
    /// Cards on which nothing is marked.
    pub blank: u64,
    /// Cards on which more is marked than allowed.
    pub overvoted: u64,
    /// Votes that voters could have given besides, on cards that are not overvoted.
    pub undervotes: u64,
}

impl Contest {
    /// What these marks say, when the contest is not ranked. Where the source does not say how many votes are
    /// allowed, only a mark that stands for an overvote is one.
    pub fn told(&self, marks: &[Mark]) -> Told {
        let allowed = if self.votes_allowed == 0 { usize::MAX } else { usize::from(self.votes_allowed) };
        if marks.is_empty() {
            Told::Blank
        } else if marks.len() > allowed || marks.iter().any(|mark| mark.choice == Mark::OVERVOTE) {
            Told::Overvote
        } else {
            Told::Votes
        }
    }
}

impl Columns {
    /// The count of a contest. Of a ranked one: first ranks (more than one mark at the first rank is an overvote).
    ///
    /// # Panics
    /// `contest` is one of [`Columns::contests`].
    pub fn tally(&self, contest: ContestNo) -> ContestTally {
        let patterns = self.patterns(contest);
        ContestTally::of(
            &self.contests()[usize::from(contest)],
            patterns.iter().map(|pattern| (pattern.marks, pattern.cards)),
        )
    }
}

impl ContestTally {
    /// The count of cards, given as ways of marking the contest with how many cards have each.
    pub fn of<'a>(contest: &Contest, patterns: impl IntoIterator<Item = (&'a [Mark], u64)>) -> Self {
        let votes = vec![0; contest.choices.len()];
        let mut tally = Self { cards: 0, votes, blank: 0, overvoted: 0, undervotes: 0 };
        for (marks, cards) in patterns {
            tally.add(contest, marks, cards);
        }
        tally
    }

    fn add(&mut self, contest: &Contest, marks: &[Mark], cards: u64) {
        self.cards += cards;
        let first = if contest.ranks == 0 { 0 } else { 1 };
        let end = marks.partition_point(|mark| mark.rank <= first);
        let marks = &marks[..end];
        match contest.told(marks) {
            Told::Blank => self.blank += cards,
            Told::Overvote => self.overvoted += cards,
            Told::Votes => {
                for mark in marks {
                    if let Some(votes) = self.votes.get_mut(usize::from(mark.choice)) {
                        *votes += cards;
                    }
                }
            }
        }
        if contest.told(marks) != Told::Overvote {
            let unused = usize::from(contest.votes_allowed).saturating_sub(marks.len());
            self.undervotes += cards * unused as u64;
        }
    }
}
