//! The search: branch and bound over the ends of orders of elimination.

use super::trim::{Trim, sort, trim};
use super::votes::everybody;
use super::{Assertion, Ballots, Margin, Set};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// Assertions that prove the winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The assertions, the smallest margin first.
    pub assertions: Vec<Margin>,
    /// The smallest margin: no sufficient set has a larger one.
    pub margin: i64,
    /// How many ends of orders were looked at.
    pub looked_at: u64,
    /// Whether what is not needed was left out; not where that takes too long.
    pub trimmed: bool,
}

/// Why there is no such set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// An order with another winner cannot be contradicted: a tie, or the stated winner did not win.
    #[error(
        "SCR-AUD-070 the ballots do not exclude that candidate {} wins (order of elimination from the end: {order:?}): a tie, or somebody else was stated as winner; count by hand",
        winner + 1
    )]
    NotExcluded {
        /// Who could have won.
        winner: usize,
        /// The order, who is eliminated first standing first.
        order: Vec<usize>,
    },
    /// More orders than the limit would have to be looked at.
    #[error("SCR-AUD-071 more than {0} orders of elimination would have to be looked at")]
    TooMany(
        /// The limit.
        u64,
    ),
    /// There is no such candidate.
    #[error("SCR-AUD-072 candidate {0} is stated as winner, and there are fewer")]
    NoSuchWinner(
        /// The number, from 1.
        usize,
    ),
}

/// The end of an order of elimination that has not been contradicted yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    /// The margin of the best assertion against it or a shorter end of it; 0: there is none.
    best: i64,
    /// How long that end is.
    best_length: usize,
    best_assertion: Option<Assertion>,
    order: Vec<usize>,
    set: Set,
}

struct Search<'a> {
    ballots: &'a mut Ballots,
    before: Vec<Vec<i64>>,
    /// No set can have a larger smallest margin.
    limit: i64,
    contradicted: BTreeSet<Vec<usize>>,
    assertions: Vec<Margin>,
    looked_at: u64,
    most: u64,
}

/// Finds assertions for this winner, looking at no more than `most` ends of orders, and leaves some out as `by` says.
///
/// # Errors
/// [`NotFound`].
pub fn find(ballots: &mut Ballots, winner: usize, by: Trim, most: u64) -> Result<Found, NotFound> {
    let count = ballots.candidates();
    if winner >= count {
        return Err(NotFound::NoSuchWinner(winner + 1));
    }
    let before = ballots.not_eliminated_before();
    let mut search = Search {
        ballots,
        before,
        limit: i64::MAX,
        contradicted: BTreeSet::new(),
        assertions: Vec::new(),
        looked_at: 0,
        most,
    };
    let root = End { best: 0, best_length: 0, best_assertion: None, order: Vec::new(), set: 0 };
    let mut heap = BinaryHeap::new();
    for other in (0..count).filter(|other| *other != winner) {
        heap.push(Reverse(search.extend(&root, other)?));
    }
    while let Some(Reverse(end)) = heap.pop() {
        if search.is_contradicted(&end.order) {
            continue;
        }
        if end.best >= search.limit {
            search.contradict(&end);
            continue;
        }
        search.dive(end, &mut heap)?;
    }
    Ok(search.found(winner, by))
}

impl Search<'_> {
    /// Goes down from an end by the child that is hardest to contradict, until the order is complete: that bounds
    /// what any set can reach.
    fn dive(&mut self, mut end: End, heap: &mut BinaryHeap<Reverse<End>>) -> Result<(), NotFound> {
        let all = everybody(self.ballots.candidates());
        while end.set != all && end.best < self.limit {
            let mut children = Vec::new();
            for next in (0..self.ballots.candidates()).filter(|next| end.set & (1 << next) == 0) {
                children.push(self.extend(&end, next)?);
            }
            children.sort_unstable_by(|one, other| other.cmp(one));
            let Some(hardest) = children.pop() else { break };
            heap.extend(children.into_iter().map(Reverse));
            end = hardest;
        }
        if end.best <= 0 {
            let winner = end.order.last().copied().unwrap_or(0);
            return Err(NotFound::NotExcluded { winner, order: end.order });
        }
        self.limit = self.limit.min(end.best);
        self.contradict(&end);
        Ok(())
    }

    /// The end with one more candidate before it, and the best assertion against it.
    fn extend(&mut self, end: &End, next: usize) -> Result<End, NotFound> {
        self.looked_at += 1;
        if self.looked_at > self.most {
            return Err(NotFound::TooMany(self.most));
        }
        let mut order = Vec::with_capacity(end.order.len() + 1);
        order.push(next);
        order.extend_from_slice(&end.order);
        let set = end.set | 1 << next;
        let (margin, assertion) = self.best_against(&order, set);
        let better = margin > end.best;
        Ok(End {
            best: margin.max(end.best),
            best_length: if better { order.len() } else { end.best_length },
            best_assertion: if better { assertion } else { end.best_assertion.clone() },
            order,
            set,
        })
    }

    fn best_against(&mut self, order: &[usize], set: Set) -> (i64, Option<Assertion>) {
        let first = order[0];
        let mut best = (0, None);
        let mut offer = |margin: i64, assertion: Assertion| {
            if margin > best.0 {
                best = (margin, Some(assertion));
            }
        };
        for later in &order[1..] {
            offer(
                self.before[first][*later],
                Assertion::NotEliminatedBefore { winner: first, loser: *later },
            );
        }
        for earlier in (0..self.ballots.candidates()).filter(|one| set & (1 << one) == 0) {
            offer(
                self.before[earlier][first],
                Assertion::NotEliminatedBefore { winner: earlier, loser: first },
            );
        }
        if order.len() > 1 {
            let tally = self.ballots.tally(set);
            if let Some(loser) = order[1..].iter().min_by_key(|one| tally[**one]) {
                let mut continuing = order.to_vec();
                continuing.sort_unstable();
                let assertion = Assertion::NotEliminatedNext { winner: first, loser: *loser, continuing };
                offer(tally[first] - tally[*loser], assertion);
            }
        }
        best
    }

    fn is_contradicted(&self, order: &[usize]) -> bool {
        (0..order.len()).any(|from| self.contradicted.contains(&order[from..]))
    }

    /// Takes the best assertion against an end: the end that it is against is done, with all orders that end so.
    fn contradict(&mut self, end: &End) {
        self.contradicted.insert(end.order[end.order.len() - end.best_length..].to_vec());
        if let Some(assertion) = &end.best_assertion
            && !self.assertions.iter().any(|known| known.assertion == *assertion)
        {
            self.assertions.push(Margin { assertion: assertion.clone(), margin: end.best });
        }
    }

    /// Leaves out what is not needed.
    fn found(self, winner: usize, by: Trim) -> Found {
        let mut all = self.assertions;
        sort(&mut all);
        let kept = trim(&all, self.ballots.candidates(), winner, by, self.most);
        let trimmed = kept.is_some();
        let assertions = kept.unwrap_or(all);
        let margin = assertions.first().map_or(0, |margin| margin.margin);
        Found { assertions, margin, looked_at: self.looked_at, trimmed }
    }
}
