//! Assertions that together prove who won an instant-runoff election (RAIRE: Blom, Stuckey, Teague, "RAIRE:
//! Risk-Limiting Audits for IRV Elections", arXiv 1903.08804).
//!
//! Every order of elimination that ends with somebody else must be contradicted by an assertion; of all sets of
//! assertions that do this one is found whose smallest margin is as large as it can be (OneOnMargin and
//! OneOnMarginSquared rate sets alike). [`Assertion::excludes`] and [`sufficient()`] prove a set, ours or another's.

mod input;
mod search;
mod shangrla;
mod sufficient;
mod trim;
mod votes;

pub use input::{Input, Rating, Vote, read_problem, write_solution};
pub use search::{Found, NotFound, find};
pub use shangrla::{ShangrlaAudit, read_shangrla, write_shangrla};
pub use sufficient::{Gap, sufficient};
pub use trim::Trim;
pub use votes::{Ballots, MAX_CANDIDATES};

use serde::{Deserialize, Serialize};

/// A set of candidates: bit n stands for candidate n.
pub(crate) type Set = u128;

/// What an audit tests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Assertion {
    /// Not eliminated before: the winner has more first preferences than the loser could ever have while the winner
    /// stands, so that the winner is not eliminated before the loser.
    #[serde(rename = "NEB")]
    NotEliminatedBefore {
        /// Who is not eliminated first.
        winner: usize,
        /// Before whom.
        loser: usize,
    },
    /// Not eliminated next: when exactly these stand, the winner has more votes than the loser, so that the winner
    /// is not the next to go.
    #[serde(rename = "NEN")]
    NotEliminatedNext {
        /// Who is not eliminated next.
        winner: usize,
        /// Who has fewer votes then.
        loser: usize,
        /// Who stands, in ascending order.
        continuing: Vec<usize>,
    },
}

/// An assertion with the margin by which the ballots say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margin {
    /// The assertion.
    pub assertion: Assertion,
    /// Votes for it less votes against it.
    pub margin: i64,
}

impl Assertion {
    /// Whether it is about two different ones of so many candidates, who both stand.
    pub fn is_about(&self, candidates: usize) -> bool {
        let (winner, loser, all) = match self {
            Self::NotEliminatedBefore { winner, loser } => (winner, loser, None),
            Self::NotEliminatedNext { winner, loser, continuing } => (winner, loser, Some(continuing)),
        };
        let standing = all.is_none_or(|all| {
            all.contains(winner) && all.contains(loser) && all.iter().all(|one| *one < candidates)
        });
        winner != loser && *winner < candidates && *loser < candidates && standing
    }

    /// Whether it contradicts an order of elimination, of which the end is given (who is eliminated first among
    /// them stands first, who would win last); everybody else has been eliminated before.
    pub fn excludes(&self, end: &[usize]) -> bool {
        match self {
            Self::NotEliminatedBefore { winner, loser } => {
                let place = |one: &usize| end.iter().position(|other| other == one);
                match (place(winner), place(loser)) {
                    (Some(winner), Some(loser)) => winner < loser,
                    (None, Some(_)) => true,
                    _ => false,
                }
            }
            Self::NotEliminatedNext { winner, continuing, .. } => {
                let Some(rest) = end.len().checked_sub(continuing.len()).map(|from| &end[from..]) else {
                    return false;
                };
                rest.first() == Some(winner) && rest.iter().all(|one| continuing.contains(one))
            }
        }
    }

    /// In words, with the names of the candidates.
    pub fn explain(&self, names: &[String]) -> String {
        let name = |at: &usize| names.get(*at).map_or_else(|| format!("candidate {}", at + 1), Clone::clone);
        match self {
            Self::NotEliminatedBefore { winner, loser } => format!(
                "{} has more first preferences than {} can have while both stand",
                name(winner),
                name(loser)
            ),
            Self::NotEliminatedNext { winner, loser, continuing } => {
                let standing: Vec<String> = continuing.iter().map(name).collect();
                format!(
                    "when only {} stand, {} has more votes than {}",
                    standing.join(", "),
                    name(winner),
                    name(loser)
                )
            }
        }
    }
}
