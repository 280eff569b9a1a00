//! Seats by the Dutch Elections Act (Kieswet, articles P 5 to P 10).

use super::quotas::{full_seats, largest_remainder, three_quarters};
use super::{Allocation, Award, Divisors, List, Quota, SeatsError, State, Step, check};
use crate::lots::Lots;
use num_bigint::BigInt;
use num_rational::BigRational;

/// From so many seats on residual seats go by highest averages (P 7), below by largest remainders (P 8).
pub const LARGE_COUNCIL: u32 = 19;

/// Gives the seats of a council or chamber. `drawn` names who was drawn by lot, in the order in which lots are
/// needed. Without any vote nobody gets a seat.
///
/// # Errors
/// [`SeatsError`]: a lot is needed (P 7, P 8 and P 9 name them).
pub fn allocate(lists: &[List], seats: u32, drawn: &[String]) -> Result<Allocation, SeatsError> {
    check(lists, seats)?;
    let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let mut state = State::new(lists, seats, Vec::new(), Lots::new(&names, drawn));
    // P 5: the quota is exact, a fraction of a vote is not left out.
    let Some(quota) = Quota::Hare.of(state.votes(), seats) else { return state.finish() };
    full_seats(&mut state, &quota)?;
    let full = state.awards.len();
    if seats >= LARGE_COUNCIL {
        Divisors::DHondt.give(&mut state)?
    } else {
        small_council(&mut state, &quota)?
    }
    majority(&mut state, full)?;
    state.finish()
}

/// P 8: the largest remainders of lists with at least three quarters of the quota, one seat each; then the highest
/// averages, one seat each; then the highest averages.
fn small_council(state: &mut State<'_>, quota: &BigRational) -> Result<(), SeatsError> {
    let enough = three_quarters(quota);
    let mut by_remainder = state.takers();
    by_remainder.retain(|list| BigRational::from(BigInt::from(state.lists[*list].votes)) >= enough);
    while state.left > 0 && !by_remainder.is_empty() {
        let given = largest_remainder(state, quota, &by_remainder)?;
        by_remainder.retain(|list| !given.contains(list));
    }
    let mut once = state.takers();
    while state.left > 0 && !once.is_empty() {
        let given = Divisors::DHondt.give_next(state, &once)?;
        once.retain(|list| !given.contains(list));
    }
    Divisors::DHondt.give(state)
}

/// P 9: a list with more than half of the votes that has not more than half of the seats gets one that was given for
/// the smallest average or remainder, the last residual seat; among equal ones a lot decides.
fn majority(state: &mut State<'_>, full: usize) -> Result<(), SeatsError> {
    let votes = state.votes();
    let total = state.total;
    let has_majority = |list: &usize| u128::from(state.lists[*list].votes) * 2 > u128::from(votes);
    let Some(list) = (0..state.lists.len()).find(has_majority) else { return Ok(()) };
    if state.seats[list] * 2 > total || !state.can_take(list) {
        return Ok(());
    }
    let residual = &state.awards[full..];
    let Some(last) = residual.last() else { return Ok(()) };
    let equal: Vec<usize> =
        residual.iter().filter(|award| same_value(award, last)).map(|award| award.list).collect();
    let from = state.lots.choose("the seat that goes to the list with most votes", &equal, 1)?[0];
    let at = state.awards.iter().rposition(|award| award.list == from && award.step != Step::FullSeat);
    if let Some(at) = at {
        state.awards[at] = Award { seat: state.awards[at].seat, list, step: Step::Majority };
        state.seats[from] -= 1;
        state.seats[list] += 1;
    }
    Ok(())
}

/// Whether two seats were given for the same average, whatever its divisor, or the same remainder.
fn same_value(one: &Award, other: &Award) -> bool {
    match (&one.step, &other.step) {
        (Step::HighestAverage { average: one, .. }, Step::HighestAverage { average: other, .. }) => {
            one == other
        }
        (one, other) => one == other,
    }
}
