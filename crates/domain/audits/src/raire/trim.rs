//! Leaving out assertions that are not needed, by names and with results as raire-rs has them.

use super::sufficient::{End, Index, walk};
use super::{Assertion, Margin};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// Which assertions are left out of what the search has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Trim {
    /// None.
    None,
    /// What the tree of orders, cut off as early as any assertion allows, does not need: what a person checks is
    /// as small as can be.
    #[default]
    MinimizeTree,
    /// One after another, the hardest first, while the others suffice: none can be left out in the end.
    MinimizeAssertions,
}

/// What is left of `found`; `None`: the tree is larger than `most`.
pub(super) fn trim(
    found: &[Margin],
    candidates: usize,
    winner: usize,
    by: Trim,
    most: u64,
) -> Option<Vec<Margin>> {
    match by {
        Trim::None => Some(found.to_vec()),
        Trim::MinimizeTree => smallest_tree(found, candidates, winner, most),
        Trim::MinimizeAssertions => none_superfluous(found, candidates, winner, most),
    }
}

/// Whatever alone contradicts an end is needed; of ends that several contradict, the first of them where none is
/// needed already.
fn smallest_tree(found: &[Margin], candidates: usize, winner: usize, most: u64) -> Option<Vec<Margin>> {
    let index = Index::of(found.iter().map(|one| &one.assertion).enumerate(), candidates);
    let (mut needed, mut seen, mut choices) = (BTreeSet::new(), HashSet::new(), Vec::new());
    walk(candidates, winner, most, &mut |end: &End<'_>| {
        let those = index.contradicting(end);
        match those[..] {
            [] => return false,
            [only] => {
                needed.insert(only);
            }
            _ => {
                if seen.insert(those.clone()) {
                    choices.push(those);
                }
            }
        }
        true
    })
    .ok()?;
    for those in choices {
        if !those.iter().any(|one| needed.contains(one)) {
            needed.extend(those.first());
        }
    }
    Some(needed.into_iter().map(|at| found[at].clone()).collect())
}

/// The hardest first, each is left out if the others suffice.
fn none_superfluous(found: &[Margin], candidates: usize, winner: usize, most: u64) -> Option<Vec<Margin>> {
    let mut kept: Vec<&Margin> = found.iter().collect();
    let mut left = most;
    let mut at = 0;
    while at < kept.len() {
        let others = (0..kept.len()).filter(|other| *other != at);
        let index = Index::of(others.map(|other| (other, &kept[other].assertion)), candidates);
        let mut looked_at = 0;
        let walked = walk(candidates, winner, left, &mut |end: &End<'_>| {
            looked_at += 1;
            index.contradicts(end)
        });
        left = left.checked_sub(looked_at).filter(|left| *left > 0)?;
        if walked.is_ok() {
            kept.remove(at);
        } else {
            at += 1;
        }
    }
    Some(kept.into_iter().cloned().collect())
}

/// The hardest first.
pub(super) fn sort(assertions: &mut [Margin]) {
    let key = |one: &Margin| -> (i64, Assertion) { (one.margin, one.assertion.clone()) };
    assertions.sort_by_cached_key(key);
}
