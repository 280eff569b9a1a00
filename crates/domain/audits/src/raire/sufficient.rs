//! The proof that assertions suffice: every order of elimination with another winner is contradicted.

use super::votes::everybody;
use super::{Assertion, MAX_CANDIDATES, Set};
use std::collections::{BTreeMap, HashMap};

/// Ends of orders that a proof looks at, at most: assertions that somebody else made could be such that it never ends.
const MOST: u64 = 20_000_000;

/// Why assertions do not prove the winner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// No assertion contradicts this order.
    #[error("SCR-AUD-077 no assertion contradicts the order of elimination {0:?}, counted from 0")]
    Order(
        /// Who is eliminated first stands first, who would win last.
        Vec<usize>,
    ),
    /// More ends of orders than this had to be looked at, or there are too many candidates.
    #[error("SCR-AUD-071 more than {0} orders of elimination would have to be looked at")]
    TooMany(
        /// The limit.
        u64,
    ),
}

/// Walks all orders of elimination from their ends, leaving out what an assertion contradicts. Shares no code with
/// the search. Assertions about candidates that there are not contradict nothing.
///
/// # Errors
/// The first order that is left, or a walk that is too long.
pub fn sufficient(assertions: &[&Assertion], candidates: usize, winner: usize) -> Result<(), Gap> {
    if candidates > MAX_CANDIDATES {
        return Err(Gap::TooMany(MOST));
    }
    let index = Index::of(assertions.iter().copied().enumerate(), candidates);
    let mut order = Vec::with_capacity(candidates);
    walk(candidates, winner, MOST, &mut |end| {
        order.clear();
        order.extend(end.order.iter().rev());
        index.contradicts(end)
    })
    .map_err(|stopped| match stopped {
        Stopped::Complete => Gap::Order(order),
        Stopped::TooMany => Gap::TooMany(MOST),
    })
}

/// The end of an order of elimination.
pub(super) struct End<'a> {
    /// From the winner back to the first eliminated.
    pub(super) order: &'a [usize],
    /// Those in it.
    pub(super) set: Set,
}

/// Why a walk ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// An order is complete, and nothing contradicts it.
    Complete,
    TooMany,
}

/// Gives `contradicted` every end of an order with another winner that is not contradicted by a shorter end.
pub(super) fn walk(
    candidates: usize,
    winner: usize,
    most: u64,
    contradicted: &mut impl FnMut(&End<'_>) -> bool,
) -> Result<(), Stopped> {
    let all = everybody(candidates);
    // The end, and where in each place of it the next candidate is looked for.
    let mut order: Vec<usize> = Vec::with_capacity(candidates);
    let (mut set, mut next, mut looked_at): (Set, usize, u64) = (0, 0, 0);
    loop {
        while next < candidates && (set & (1 << next) != 0 || (order.is_empty() && next == winner)) {
            next += 1;
        }
        if next >= candidates {
            let Some(last) = order.pop() else { return Ok(()) };
            set &= !(1 << last);
            next = last + 1;
            continue;
        }
        looked_at += 1;
        if looked_at > most {
            return Err(Stopped::TooMany);
        }
        order.push(next);
        set |= 1 << next;
        if contradicted(&End { order: &order, set }) {
            order.pop();
            set &= !(1 << next);
            next += 1;
        } else if set == all {
            return Err(Stopped::Complete);
        } else {
            next = 0;
        }
    }
}

/// Which assertions contradict an end and no shorter one.
pub(super) struct Index {
    /// By winner, whom it is not eliminated before.
    losers: Vec<Set>,
    /// By loser, who is not eliminated before it.
    winners: Vec<Set>,
    before: BTreeMap<(usize, usize), usize>,
    next: HashMap<(Set, usize), Vec<usize>>,
}

impl Index {
    /// Of these assertions, by their numbers.
    pub(super) fn of<'a>(
        assertions: impl IntoIterator<Item = (usize, &'a Assertion)>,
        candidates: usize,
    ) -> Self {
        let (losers, winners) = (vec![0; candidates], vec![0; candidates]);
        let mut index = Self { losers, winners, before: BTreeMap::new(), next: HashMap::new() };
        for (number, assertion) in assertions.into_iter().filter(|(_, one)| one.is_about(candidates)) {
            match assertion {
                Assertion::NotEliminatedBefore { winner, loser } => {
                    index.losers[*winner] |= 1 << loser;
                    index.winners[*loser] |= 1 << winner;
                    index.before.insert((*winner, *loser), number);
                }
                Assertion::NotEliminatedNext { winner, continuing, .. } => {
                    let set = continuing.iter().fold(0, |set, one| set | 1 << one);
                    index.next.entry((set, *winner)).or_default().push(number);
                }
            }
        }
        index
    }

    /// Whether one contradicts that the last of `order` is eliminated before the others in it, and after all who are
    /// not.
    pub(super) fn contradicts(&self, end: &End<'_>) -> bool {
        let Some(&first) = end.order.last() else { return false };
        let others = end.set & !(1 << first);
        self.losers[first] & others != 0
            || self.winners[first] & !end.set != 0
            || self.next.contains_key(&(end.set, first))
    }

    /// The numbers of all that do, those of "not eliminated before" first.
    pub(super) fn contradicting(&self, end: &End<'_>) -> Vec<usize> {
        let Some(&first) = end.order.last() else { return Vec::new() };
        let those = |set: Set| (0..self.losers.len()).filter(move |at| set & (1 << at) != 0);
        let losers = those(self.losers[first] & end.set & !(1 << first)).map(|loser| (first, loser));
        let winners = those(self.winners[first] & !end.set).map(|winner| (winner, first));
        let before = losers.chain(winners).filter_map(|pair| self.before.get(&pair));
        before.chain(self.next.get(&(end.set, first)).into_iter().flatten()).copied().collect()
    }
}
