//! Seats by the Dutch Elections Act (Kieswet, articles P 5 to P 10, in force on 1 January 2026).
//!
//! P 9 looks at the seats as they are before P 10 takes seats from lists without candidates: seats are given as if
//! every list had enough of them, and then taken back and given on.

use super::quotas::{full_seats, largest_remainder, three_quarters};
use super::{Allocation, Award, Divisors, List, Quota, SeatsError, State, Step, check};
use crate::lots::Lots;
use num_bigint::BigInt;
use num_rational::BigRational;

/// From so many seats on residual seats go by highest averages (P 7), below by largest remainders (P 8).
pub const LARGE_COUNCIL: u32 = 19;

/// Gives the seats of a council (municipality, province, water authority). `drawn` names who was drawn by lot, in the
/// order in which lots are needed. Without any vote nobody gets a seat.
///
/// # Errors
/// [`SeatsError`]: a lot is needed (P 7, P 8 and P 9 name them), or lists and seats are too many.
pub fn allocate(lists: &[List], seats: u32, drawn: &[String]) -> Result<Allocation, SeatsError> {
    give(lists, seats, false, drawn)
}

/// Gives the seats of the House of Representatives or of the European Parliament, where a list below the quota gets no
/// residual seat (P 7, second paragraph).
///
/// # Errors
/// As [`allocate`].
pub fn allocate_parliament(lists: &[List], seats: u32, drawn: &[String]) -> Result<Allocation, SeatsError> {
    give(lists, seats, true, drawn)
}

fn give(lists: &[List], seats: u32, needs_quota: bool, drawn: &[String]) -> Result<Allocation, SeatsError> {
    check(lists, seats)?;
    let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let endless: Vec<List> = lists.iter().map(|list| List { candidates: None, ..list.clone() }).collect();
    let mut state = State::new(&endless, seats, Vec::new(), Lots::new(&names, drawn));
    // P 5: the quota is exact, a fraction of a vote is not left out.
    let Some(quota) = Quota::Hare.of(state.votes(), seats) else { return state.finish() };
    full_seats(&mut state, &quota)?;
    let mut residual = Residual {
        quota,
        needs_quota,
        by_remainder: vec![0; lists.len()],
        by_average: vec![0; lists.len()],
        gave_up: None,
    };
    residual.give(&mut state)?;
    residual.gave_up = majority(&mut state)?;
    state.lists = lists;
    if take_back(&mut state) {
        residual.give(&mut state)?;
    }
    state.finish()
}

/// Residual seats, and what each list had of them.
struct Residual {
    quota: BigRational,
    /// Lists below the quota get none.
    needs_quota: bool,
    /// Seats by largest remainder.
    by_remainder: Vec<u32>,
    /// Seats by highest average with at most one for each list.
    by_average: Vec<u32>,
    /// Who gave up a seat by P 9: it can come back to them when P 10 frees it.
    gave_up: Option<usize>,
}

impl Residual {
    fn give(&mut self, state: &mut State<'_>) -> Result<(), SeatsError> {
        while state.left > 0 {
            let mut takers = state.takers();
            if self.needs_quota {
                takers.retain(|list| votes(state, *list) >= self.quota);
            }
            if takers.is_empty() {
                break;
            }
            if state.total >= LARGE_COUNCIL {
                Divisors::DHondt.give_next(state, &takers)?;
            } else {
                self.give_in_small_council(state, &takers)?;
            }
        }
        Ok(())
    }

    /// P 8: the largest remainders of lists with at least three quarters of the quota, one seat each; then the highest
    /// averages, one seat each; then the highest averages.
    fn give_in_small_council(&mut self, state: &mut State<'_>, takers: &[usize]) -> Result<(), SeatsError> {
        let enough = three_quarters(&self.quota);
        let may = |list: &usize, had: u32, again: bool| {
            had == 0 || (again && had == 1 && self.gave_up == Some(*list))
        };
        let by_remainder: Vec<usize> = takers
            .iter()
            .copied()
            .filter(|list| votes(state, *list) >= enough && may(list, self.by_remainder[*list], true))
            .collect();
        if !by_remainder.is_empty() {
            let given = largest_remainder(state, &self.quota, &by_remainder)?;
            given.into_iter().for_each(|list| self.by_remainder[list] += 1);
            return Ok(());
        }
        let by_average: Vec<usize> = takers
            .iter()
            .copied()
            .filter(|list| may(list, self.by_average[*list], self.by_remainder[*list] <= 1))
            .collect();
        if by_average.is_empty() {
            Divisors::DHondt.give_next(state, takers)?;
        } else {
            let given = Divisors::DHondt.give_next(state, &by_average)?;
            given.into_iter().for_each(|list| self.by_average[list] += 1);
        }
        Ok(())
    }
}

fn votes(state: &State<'_>, list: usize) -> BigRational {
    BigRational::from(BigInt::from(state.lists[list].votes))
}

/// P 9: a list with more than half of the votes that has not more than half of the seats gets one that was given for
/// the smallest average or remainder, the last residual seat; among equal ones a lot decides. Says who gave it up.
fn majority(state: &mut State<'_>) -> Result<Option<usize>, SeatsError> {
    let all = state.votes();
    let total = state.total;
    let has_majority = |list: &usize| u128::from(state.lists[*list].votes) * 2 > u128::from(all);
    let Some(list) = (0..state.lists.len()).find(has_majority) else { return Ok(None) };
    let full = state.awards.iter().filter(|award| award.step == Step::FullSeat).count();
    let Some(last) = state.awards[full..].last() else { return Ok(None) };
    if state.seats[list] * 2 > total {
        return Ok(None);
    }
    let equal = state.awards[full..].iter().filter(|award| same_value(award, last));
    let equal: Vec<usize> = equal.map(|award| award.list).collect();
    let from = state.lots.choose("the seat that goes to the list with most votes", &equal, 1)?[0];
    let at = state.awards.iter().rposition(|award| award.list == from && award.step != Step::FullSeat);
    if let Some(at) = at {
        let seat = state.awards[at].seat;
        let before = std::mem::replace(&mut state.awards[at], Award { seat, list, step: Step::Majority });
        state.taken_back.push(before);
        state.seats[from] -= 1;
        state.seats[list] += 1;
    }
    Ok(Some(from))
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

/// P 10: takes the seats for which lists have no candidates, the last one first. Whether there were any.
fn take_back(state: &mut State<'_>) -> bool {
    let had = state.left;
    for list in 0..state.lists.len() {
        let candidates = state.lists[list].candidates.unwrap_or(u32::MAX);
        if state.seats[list] > candidates {
            state.exhausted.push(list);
        }
        while state.seats[list] > candidates {
            let Some(at) = state.awards.iter().rposition(|award| award.list == list) else { break };
            let award = state.awards.remove(at);
            state.taken_back.push(award);
            state.seats[list] -= 1;
            state.left += 1;
        }
    }
    // What is given on comes after what stays.
    for (seat, award) in (1..).zip(&mut state.awards) {
        award.seat = seat;
    }
    state.left > had
}
