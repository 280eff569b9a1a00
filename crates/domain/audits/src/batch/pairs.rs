//! The pairs whose order decides a contest, and their margins in votes.

use super::{Contest, NoSample};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

/// One claim that the outcome rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pair {
    /// A winner has more votes than a loser (places of the choices).
    Beats {
        /// The winner.
        winner: usize,
        /// The loser.
        loser: usize,
    },
    /// A choice has more votes than all others together.
    Majority(
        /// The choice.
        usize,
    ),
    /// A choice has fewer votes than all others together.
    NoMajority(
        /// The choice.
        usize,
    ),
}

/// A claim with what it was reported by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairMargin {
    /// The claim.
    pub pair: Pair,
    /// Votes by which it holds, less ballots that are pending or in no batch. Above zero.
    pub margin: BigInt,
}

impl Pair {
    /// Votes for the claim less votes against it.
    pub fn difference(&self, votes: &[u64]) -> i128 {
        let of = |at: &usize| i128::from(votes.get(*at).copied().unwrap_or(0));
        let all = || votes.iter().map(|votes| i128::from(*votes)).sum::<i128>();
        match self {
            Self::Beats { winner, loser } => of(winner) - of(loser),
            Self::Majority(choice) => 2 * of(choice) - all(),
            Self::NoMajority(choice) => all() - 2 * of(choice),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Beats { winner, loser } => format!("choice {} against choice {}", winner + 1, loser + 1),
            Self::Majority(choice) => format!("choice {} against all others together", choice + 1),
            Self::NoMajority(choice) => format!("all others together against choice {}", choice + 1),
        }
    }
}

impl Contest {
    /// The claims that the reported outcome rests on.
    ///
    /// # Errors
    /// [`NoSample::NothingDecided`].
    pub fn pairs(&self) -> Result<Vec<Pair>, NoSample> {
        let mut order: Vec<usize> = (0..self.votes.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(self.votes[*at]), *at));
        let majority = order.first().is_some_and(|first| Pair::Majority(*first).difference(&self.votes) > 0);
        let winners = if self.runoff && !majority { 2 } else { self.winners };
        let undecided = NoSample::NothingDecided { winners, choices: order.len() };
        let runoff_of_all = self.runoff && winners == order.len();
        if winners == 0 || winners > order.len() || (winners == order.len() && !runoff_of_all) {
            return Err(undecided);
        }
        let (elected, others) = order.split_at(winners);
        let beats = elected.iter().flat_map(|winner| others.iter().map(move |loser| (*winner, *loser)));
        let mut pairs: Vec<Pair> = beats.map(|(winner, loser)| Pair::Beats { winner, loser }).collect();
        if self.runoff {
            pairs.extend(
                elected
                    .iter()
                    .map(|winner| if majority { Pair::Majority(*winner) } else { Pair::NoMajority(*winner) }),
            );
        }
        Ok(pairs)
    }

    /// The claims with their margins; `unseen` ballots are pending or in no batch.
    pub(super) fn margins(&self, unseen: u64) -> Result<Vec<PairMargin>, NoSample> {
        self.pairs()?
            .into_iter()
            .map(|pair| {
                let reported = pair.difference(&self.votes);
                let left = reported - i128::from(unseen);
                if left <= 0 {
                    return Err(NoSample::FullCount { pair: pair.words(), reported, unseen });
                }
                Ok(PairMargin { pair, margin: BigInt::from(left) })
            })
            .collect()
    }
}
