//! Containers dealt to boards: one container stays with one board, and every board has about as much to do.
//!
//! Largest first, each to the board with least so far (Graham, "Bounds on Multiprocessing Timing Anomalies", 1969): the
//! board with most never has more than 4/3 - 1/(3m) of the best possible. Equal ones go by name, so that everybody
//! comes to the same.

use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// A container from which something is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// What is to be read out of it: ballots, or ballots of its batches.
    pub work: u64,
}

/// For each board the places of its containers, in the order of their names. A board without work is an empty list:
/// there can be more boards than containers.
pub fn deal(containers: &[Container], boards: usize) -> Vec<Vec<usize>> {
    let mut dealt = vec![(0_u64, Vec::new()); boards];
    let mut order: Vec<usize> = (0..containers.len()).collect();
    let by_name = |a: &usize, b: &usize| natural(&containers[*a].name, &containers[*b].name).then(a.cmp(b));
    order.sort_by(|a, b| Reverse(containers[*a].work).cmp(&Reverse(containers[*b].work)).then(by_name(a, b)));
    for container in order {
        let Some(least) = dealt.iter_mut().min_by_key(|(work, _)| *work) else { break };
        least.0 = least.0.saturating_add(containers[container].work);
        least.1.push(container);
    }
    let sorted = |(_, mut list): (u64, Vec<usize>)| {
        list.sort_by(by_name);
        list
    };
    dealt.into_iter().map(sorted).collect()
}

/// What is drawn, gathered by container: `items` are (container, work), in any order.
pub fn gather<'a>(items: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Container> {
    let mut containers: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, work) in items {
        let all = containers.entry(name).or_default();
        *all = all.saturating_add(work);
    }
    containers.into_iter().map(|(name, work)| Container { name: name.to_owned(), work }).collect()
}

/// How people sort names with numbers in them: batch 2 before batch 10.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (number, rest) = number(left);
            let (other, other_rest) = self::number(right);
            match number.len().cmp(&other.len()).then_with(|| number.cmp(other)) {
                Ordering::Equal => (left, right) = (rest, other_rest),
                unequal => return unequal,
            }
        } else if x == y {
            (left, right) = (&left[x.len_utf8()..], &right[y.len_utf8()..]);
        } else {
            return x.cmp(&y);
        }
    }
}

/// The number that a text begins with, without leading zeros, and what follows.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn containers(work: &[u64]) -> Vec<Container> {
        let one = |(at, work): (usize, &u64)| Container { name: format!("Box {at}"), work: *work };
        work.iter().enumerate().map(one).collect()
    }

    fn most(work: &[u64], dealt: &[Vec<usize>]) -> u64 {
        dealt.iter().map(|list| list.iter().map(|at| work[*at]).sum::<u64>()).max().unwrap_or(0)
    }

    /// The best of all ways to share out.
    fn best(work: &[u64], boards: usize) -> u64 {
        let ways = boards.pow(u32::try_from(work.len()).unwrap());
        let of = |way: usize| {
            let (mut way, mut sums) = (way, vec![0; boards]);
            for one in work {
                sums[way % boards] += one;
                way /= boards;
            }
            sums.into_iter().max().unwrap()
        };
        (0..ways).map(of).min().unwrap()
    }

    /// Graham 1969, the case in which the bound is reached: 5 5 4 4 3 3 3 on three boards, 11 where 9 is possible.
    #[test]
    fn the_known_worst_case_is_what_the_paper_says() {
        let work = [5, 5, 4, 4, 3, 3, 3];
        assert_eq!(best(&work, 3), 9);
        assert_eq!(most(&work, &deal(&containers(&work), 3)), 11);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn each_container_stays_with_one_board_and_no_board_has_far_too_much(
            work in proptest::collection::vec(1..50_u64, 1..8), boards in 1..4_usize
        ) {
            let dealt = deal(&containers(&work), boards);
            prop_assert_eq!(dealt.len(), boards);
            let mut all: Vec<usize> = dealt.iter().flatten().copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..work.len()).collect::<Vec<_>>());
            // 3m · most <= (4m - 1) · best
            let m = boards as u64;
            prop_assert!(3 * m * most(&work, &dealt) <= (4 * m - 1) * best(&work, boards));
        }
    }

    #[test]
    fn more_boards_than_containers_leave_some_without_work() {
        let dealt = deal(&containers(&[3, 9]), 4);
        assert_eq!(dealt, [vec![1], vec![0], vec![], vec![]]);
        assert_eq!(deal(&containers(&[1]), 0), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn names_sort_as_people_sort_them() {
        let mut names = ["Batch 10", "batch 1", "Batch 2", "Batch 02", "Batch", "Batch 2a", "Ä 1"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["Batch", "Batch 02", "Batch 2", "Batch 2a", "Batch 10", "batch 1", "Ä 1"]);
    }

    #[test]
    fn what_is_drawn_is_gathered_by_container() {
        let all = gather([("B", 2), ("A", 1), ("B", 3)]);
        assert_eq!(all, [Container { name: "A".into(), work: 1 }, Container { name: "B".into(), work: 5 }]);
    }
}
