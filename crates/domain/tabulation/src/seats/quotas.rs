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

/// What a law says where full quotas are more than the seats (they can be with Imperiali's quota, and with
/// Hagenbach-Bischoff's where lists have it without a remainder).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TooMany {
    /// Nothing: the count stops.
    #[default]
    Refuse,
    /// The quota is worked out again with a divisor that is smaller by one, until it fits (Italy, law 361 of 1957,
    /// article 77, until 1993).
    SmallerDivisor,
    /// Seats are taken back, one after another, from the list whose full quotas leave the smallest remainder.
    SmallestRemaindersLose,
}

impl Quota {
    /// The quota; `None`: there are no votes or no seats.
    pub fn of(self, votes: u64, seats: u32) -> Option<BigRational> {
        (votes > 0 && seats > 0).then(|| match self {
            Self::Hare => ratio(votes, seats),
            Self::Droop => BigRational::from(BigInt::from(votes / (u64::from(seats) + 1) + 1)),
            Self::HagenbachBischoff => ratio(votes, u64::from(seats) + 1),
            Self::Imperiali => ratio(votes, u64::from(seats) + 2),
        })
    }

    /// The quotas that are tried where those before give too many seats. That of Hare fits always.
    fn smaller_divisors(self, votes: u64, seats: u32) -> Vec<BigRational> {
        let more = match self {
            Self::Hare | Self::Droop => 0..0,
            Self::HagenbachBischoff => 0..1,
            Self::Imperiali => 0..2,
        };
        more.rev().map(|more| ratio(votes, u64::from(seats) + more)).collect()
    }

    pub(super) fn give(self, too_many: TooMany, state: &mut State<'_>) -> Result<(), SeatsError> {
        let (votes, seats) = (state.votes(), state.total);
        let Some(mut quota) = self.of(votes, seats) else { return Ok(()) };
        if too_many == TooMany::SmallerDivisor {
            let fits = |quota: &BigRational| quotas_of_all(state, quota) <= u64::from(seats);
            let others = self.smaller_divisors(votes, seats);
            quota = std::iter::once(quota.clone()).chain(others).find(fits).unwrap_or(quota);
        }
        if too_many == TooMany::SmallestRemaindersLose && quotas_of_all(state, &quota) > u64::from(seats) {
            smallest_remainders_lose(state, &quota)?;
        } else {
            full_seats(state, &quota)?;
        }
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

fn full_quotas(state: &State<'_>, quota: &BigRational) -> Vec<u64> {
    let full = |list: usize| {
        if state.excluded.contains(&list) { 0 } else { quotas_in(state.lists[list].votes, quota) }
    };
    (0..state.lists.len()).map(full).collect()
}

fn quotas_of_all(state: &State<'_>, quota: &BigRational) -> u64 {
    full_quotas(state, quota).into_iter().fold(0, u64::saturating_add)
}

/// Full quotas, less those that leave the smallest remainders. No candidates are looked at before: a list without
/// enough of them passes its seats on as ever.
fn smallest_remainders_lose(state: &mut State<'_>, quota: &BigRational) -> Result<(), SeatsError> {
    let mut full = full_quotas(state, quota);
    let mut over =
        full.iter().fold(0_u64, |all, one| all.saturating_add(*one)).saturating_sub(u64::from(state.total));
    while over > 0 {
        let holders: Vec<usize> = (0..full.len()).filter(|list| full[*list] > 0).collect();
        // What is left of the votes after the quotas of the seats; it grows by a quota with each seat that is lost.
        let left_over = |list: usize| {
            let votes = BigRational::from(BigInt::from(state.lists[list].votes));
            std::cmp::Reverse(votes - quota * BigRational::from(BigInt::from(full[list])))
        };
        let (equal, _) = greatest(&holders, left_over);
        let places = usize::try_from(over).unwrap_or(usize::MAX);
        let losers = state.lots.choose("the seats that are too many", &equal, places)?;
        for list in losers {
            full[list] -= 1;
            over -= 1;
        }
    }
    award_full(state, &full);
    Ok(())
}

/// Gives each list a seat for each full quota, as far as it has candidates.
pub(super) fn full_seats(state: &mut State<'_>, quota: &BigRational) -> Result<(), SeatsError> {
    let all = quotas_of_all(state, quota);
    if all > u64::from(state.total) {
        return Err(SeatsError::TooManyFullSeats { full: all, seats: state.total });
    }
    let full = full_quotas(state, quota);
    award_full(state, &full);
    Ok(())
}

/// Seats for full quotas, as far as a list has candidates.
fn award_full(state: &mut State<'_>, full: &[u64]) {
    for (list, full) in full.iter().enumerate() {
        for _ in 0..*full {
            if !state.can_take(list) {
                break;
            }
            state.award(list, Step::FullSeat);
        }
    }
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
