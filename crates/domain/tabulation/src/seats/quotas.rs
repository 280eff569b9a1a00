//! Quotas and largest remainders.

use super::{SeatsError, State, Step, greatest, ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, ToPrimitive as _, Zero as _};
use serde::{Deserialize, Serialize};

/// Votes for a full seat, of v votes and s seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quota {
    /// v/s (Hamilton).
    Hare,
    /// The integer after v/(s+1): floor(v/(s+1)) + 1.
    Droop,
    /// v/(s+1), exact.
    HagenbachBischoff,
    /// v/(s+2), exact.
    Imperiali,
}

impl Quota {
    /// The quota; `None`: there are no votes or no seats.
    pub fn of(self, votes: u64, seats: u32) -> Option<BigRational> {
        if votes == 0 || seats == 0 {
            return None;
        }
        let seats = u64::from(seats);
        Some(match self {
            Self::Hare => ratio(votes, seats),
            Self::Droop => BigRational::from(BigInt::from(votes / (seats + 1) + 1)),
            Self::HagenbachBischoff => ratio(votes, seats + 1),
            Self::Imperiali => ratio(votes, seats + 2),
        })
    }

    pub(super) fn give(self, state: &mut State<'_>) -> Result<(), SeatsError> {
        let Some(quota) = self.of(state.votes(), state.total) else { return Ok(()) };
        full_seats(state, &quota)?;
        // Each list gets one seat in a round; a further round is for seats of lists without candidates.
        while state.left > 0 {
            let mut takers = state.takers();
            if takers.is_empty() {
                break;
            }
            while state.left > 0 && !takers.is_empty() {
                let given = largest_remainder(state, &quota, &takers)?;
                takers.retain(|list| !given.contains(list));
            }
        }
        Ok(())
    }
}

/// Gives each list a seat for each full quota, as far as it has candidates. Gives how many those were.
pub(super) fn full_seats(state: &mut State<'_>, quota: &BigRational) -> Result<u32, SeatsError> {
    let full: Vec<u64> = (0..state.lists.len())
        .map(
            |list| if state.excluded.contains(&list) { 0 } else { quotas_in(state.lists[list].votes, quota) },
        )
        .collect();
    let all = full.iter().fold(0_u64, |all, one| all.saturating_add(*one));
    if all > u64::from(state.total) {
        return Err(SeatsError::TooManyFullSeats { full: all, seats: state.total });
    }
    let before = state.left;
    for (list, full) in full.into_iter().enumerate() {
        for _ in 0..full {
            if state.can_take(list) {
                state.award(list, Step::FullSeat);
            }
        }
    }
    Ok(before - state.left)
}

fn quotas_in(votes: u64, quota: &BigRational) -> u64 {
    (BigRational::from(BigInt::from(votes)) / quota).floor().to_integer().to_u64().unwrap_or(u64::MAX)
}

/// What is left of a list's votes after its full quotas.
pub(super) fn remainder(votes: u64, quota: &BigRational) -> BigRational {
    let votes_above = BigRational::from(BigInt::from(votes));
    votes_above - quota * BigRational::from(BigInt::from(quotas_in(votes, quota)))
}

/// Gives the next seat, or those of equal remainders, among these lists. Says who got one.
pub(super) fn largest_remainder(
    state: &mut State<'_>,
    quota: &BigRational,
    takers: &[usize],
) -> Result<Vec<usize>, SeatsError> {
    let (equal, most) = greatest(takers, |list| remainder(state.lists[list].votes, quota));
    let what = format!("seat {}", state.total - state.left + 1);
    let chosen = state.lots.choose(&what, &equal, state.left as usize)?;
    let remainder = most.unwrap_or_else(BigRational::zero);
    chosen.iter().for_each(|list| state.award(*list, Step::LargestRemainder(remainder.to_string())));
    Ok(chosen)
}

/// Three quarters of the quota, which the Dutch law asks for.
pub(super) fn three_quarters(quota: &BigRational) -> BigRational {
    quota * (BigRational::one() - ratio(1, 4))
}
