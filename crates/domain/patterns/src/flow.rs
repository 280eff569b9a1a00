//! Gives every bracketed expression observations of its own: a flow from expressions to observations.

use crate::error::EvalError;
use crate::work::Work;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What one expression asks for.
pub(crate) struct Demand<C> {
    /// Observations that would do.
    pub(crate) candidates: C,
    /// How many it needs.
    pub(crate) number: u64,
}

/// Who has how much of an observation: expressions by their number, and amounts.
type Holders = BTreeMap<usize, BTreeMap<usize, u64>>;

/// Observations that satisfy all demands at once, ascending; `None` where there are not enough. Each observation may be
/// used as often as `capacity` says.
///
/// Augmenting paths along which earlier expressions move to other observations (Ford and Fulkerson 1956; breadth first,
/// Edmonds and Karp 1972): polynomial, where trying all ways would not be.
pub(crate) fn assign<C: Iterator<Item = usize> + Clone>(
    demands: &[Demand<C>],
    capacity: impl Fn(usize) -> u64,
    work: &mut Work,
) -> Result<Option<Vec<usize>>, EvalError> {
    let mut holders = Holders::new();
    for (at, demand) in demands.iter().enumerate() {
        let mut missing = demand.number;
        while missing > 0 {
            let Some(path) = find(demands, at, &holders, &capacity, work)? else { return Ok(None) };
            missing = missing.saturating_sub(augment(&path, missing, &mut holders, &capacity));
        }
    }
    holders.retain(|_, held| !held.is_empty());
    Ok(Some(holders.into_keys().collect()))
}

/// Pairs of an expression and the observation that it shall use: the first pair is the one with a free observation,
/// each following one takes what the pair before it leaves.
type Path = Vec<(usize, usize)>;

fn find<C: Iterator<Item = usize> + Clone>(
    demands: &[Demand<C>],
    start: usize,
    holders: &Holders,
    capacity: &impl Fn(usize) -> u64,
    work: &mut Work,
) -> Result<Option<Path>, EvalError> {
    let mut reached_from: BTreeMap<usize, usize> = BTreeMap::new();
    // The observation that an expression would give up.
    let mut gives_up: BTreeMap<usize, usize> = BTreeMap::new();
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(expression) = queue.pop_front() {
        for observation in demands[expression].candidates.clone() {
            work.spend(1)?;
            if reached_from.contains_key(&observation) {
                continue;
            }
            reached_from.insert(observation, expression);
            let held = holders.get(&observation);
            if used(held) < capacity(observation) {
                return Ok(Some(path(observation, &reached_from, &gives_up)));
            }
            for other in held.into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(*other) {
                    gives_up.insert(*other, observation);
                    queue.push_back(*other);
                }
            }
        }
    }
    Ok(None)
}

fn path(free: usize, reached_from: &BTreeMap<usize, usize>, gives_up: &BTreeMap<usize, usize>) -> Path {
    let mut path = Path::new();
    let mut observation = Some(free);
    while let Some(at) = observation {
        let Some(expression) = reached_from.get(&at) else { break };
        path.push((*expression, at));
        observation = gives_up.get(expression).copied();
    }
    path
}

/// Uses a path as far as it goes, which is at least one: every part of it was found to have room.
fn augment(
    path: &[(usize, usize)],
    missing: u64,
    holders: &mut Holders,
    capacity: &impl Fn(usize) -> u64,
) -> u64 {
    let mut amount = missing;
    if let Some((_, free)) = path.first() {
        amount = amount.min(capacity(*free) - used(holders.get(free)));
    }
    for pair in path.windows(2) {
        let ((mover, _), (_, left)) = (pair[0], pair[1]);
        amount = amount.min(holders.get(&left).and_then(|held| held.get(&mover)).copied().unwrap_or(0));
    }
    for (at, (expression, observation)) in path.iter().enumerate() {
        *holders.entry(*observation).or_default().entry(*expression).or_insert(0) += amount;
        if let (Some((_, left)), true) = (path.get(at + 1), amount > 0)
            && let Some(held) = holders.get_mut(left)
            && let Some(own) = held.get_mut(expression)
        {
            *own -= amount;
            if *own == 0 {
                held.remove(expression);
            }
        }
    }
    amount
}

fn used(held: Option<&BTreeMap<usize, u64>>) -> u64 {
    held.map_or(0, |held| held.values().fold(0, |sum: u64, amount| sum.saturating_add(*amount)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EvalLimits;
    use proptest::prelude::*;

    fn assigned(demands: &[(Vec<usize>, u64)], capacity: &[u64]) -> Option<Vec<usize>> {
        let demands: Vec<_> = demands
            .iter()
            .map(|(candidates, number)| Demand { candidates: candidates.iter().copied(), number: *number })
            .collect();
        assign(&demands, |at| capacity[at], &mut Work::new(&EvalLimits::default())).unwrap()
    }

    #[test]
    fn an_earlier_expression_moves_to_make_room() {
        assert_eq!(assigned(&[(vec![0, 1], 1), (vec![0], 1)], &[1, 1]), Some(vec![0, 1]));
        assert_eq!(assigned(&[(vec![0], 1), (vec![0], 1)], &[1]), None);
        assert_eq!(assigned(&[(vec![0], 1), (vec![0], 1)], &[2]), Some(vec![0]));
        assert_eq!(
            assigned(&[(vec![0, 1, 2], 5), (vec![0], 2), (vec![1], 1)], &[2, 3, 3]),
            Some(vec![0, 1, 2])
        );
        assert_eq!(assigned(&[(vec![0, 1], 1_000_000_000_000)], &[u64::MAX, 1]), Some(vec![0]));
        assert_eq!(assigned(&[], &[]), Some(vec![]));
    }

    proptest! {
        /// Hall's condition for flows: there is an assignment if and only if no set of expressions asks for more than its
        /// observations have.
        #[test]
        fn an_assignment_is_found_exactly_where_there_is_one(
            demands in prop::collection::vec((prop::collection::btree_set(0_usize..5, 0..5), 1_u64..4), 0..5),
            capacity in prop::collection::vec(1_u64..4, 5),
        ) {
            let demands: Vec<(Vec<usize>, u64)> =
                demands.into_iter().map(|(set, number)| (set.into_iter().collect(), number)).collect();
            let exists = (0..1_usize << demands.len()).all(|subset| {
                let chosen = demands.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1);
                let (mut wanted, mut near): (u64, BTreeSet<usize>) = (0, BTreeSet::new());
                for (_, (candidates, number)) in chosen {
                    wanted += number;
                    near.extend(candidates);
                }
                wanted <= near.into_iter().map(|at| capacity[at]).sum::<u64>()
            });
            prop_assert_eq!(assigned(&demands, &capacity).is_some(), exists);
        }
    }
}
