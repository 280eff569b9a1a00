//! Thresholds: who takes part.

use super::{List, ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};

/// What a list needs to take part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Threshold {
    /// A share of the valid votes, as a fraction: above and below the line.
    pub share: Option<(u32, u32)>,
    /// The valid votes, where the lists do not have them all.
    pub valid_votes: Option<u64>,
    /// So many votes.
    pub votes: Option<u64>,
    /// The law says "more than", not "at least".
    pub more_than: bool,
    /// Lists that need nothing (national minorities, say), by name.
    pub exempt: Vec<String>,
}

impl Threshold {
    /// A share of the valid votes.
    pub fn of_share(numerator: u32, denominator: u32) -> Self {
        Self { share: Some((numerator, denominator)), ..Self::default() }
    }

    /// Those that stay below it, by place.
    pub fn excluded(&self, lists: &[List]) -> Vec<usize> {
        let sum = || lists.iter().map(|list| BigInt::from(list.votes)).sum();
        let all: BigInt = self.valid_votes.map_or_else(sum, BigInt::from);
        let needed = [
            self.share.map(|(above, below)| ratio(above, below.max(1)) * BigRational::from(all.clone())),
            self.votes.map(|votes| BigRational::from(BigInt::from(votes))),
        ];
        let stays_below = |list: &List| {
            let votes = BigRational::from(BigInt::from(list.votes));
            let below =
                |needed: &BigRational| if self.more_than { votes <= *needed } else { votes < *needed };
            !self.exempt.contains(&list.name) && needed.iter().flatten().any(below)
        };
        (0..lists.len()).filter(|at| stays_below(&lists[*at])).collect()
    }
}
