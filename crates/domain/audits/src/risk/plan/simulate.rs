//! Audits on paper: cards drawn from an urn, evidence that grows or shrinks with each.

use super::{Distribution, MOST, Plan, Source};
use crate::bounded_mean::Running;
use crate::decimal::RiskLimit;
use crate::sample::ppeb::Pcg64;

/// Draws in all after which no further replication is begun, once there are [`LEAST`].
const BUDGET: u64 = 50_000_000;
/// Replications that are made in any case.
const LEAST: u32 = 20;

/// Above so many kinds a card is found by sums of kinds, not by looking at one after another.
const FEW: usize = 64;

/// Cards of a few kinds, or of many (pools of ONEAudit).
#[derive(Debug, Clone)]
pub(super) struct Urn {
    counts: Vec<u64>,
    /// Fenwick's tree of sums, from 1; empty where kinds are few.
    sums: Vec<u64>,
    total: u64,
    replaced: bool,
}

impl Urn {
    pub(super) fn with_replacement(counts: &[u64]) -> Self {
        let sums = if counts.len() > FEW { sums(counts) } else { Vec::new() };
        Self { counts: counts.to_vec(), sums, total: counts.iter().sum(), replaced: true }
    }

    pub(super) fn without_replacement(counts: &[u64]) -> Self {
        Self { replaced: false, ..Self::with_replacement(counts) }
    }

    /// The kind of the next card.
    fn draw(&mut self, random: &mut Pcg64) -> usize {
        let mut at = crate::risk::exact::floor(random.next_f64() * self.total as f64);
        let last = self.counts.len() - 1;
        let kind = if self.sums.is_empty() {
            self.counts.iter().position(|count| {
                let here = at < *count;
                at = at.saturating_sub(*count);
                here
            })
        } else {
            Some(self.among_many(at))
        };
        let kind = kind.unwrap_or(last).min(last);
        self.remove(kind);
        kind
    }

    /// The kind that holds the card at this place.
    fn among_many(&self, mut at: u64) -> usize {
        let (mut kind, mut step) = (0, self.counts.len().next_power_of_two());
        while step > 0 {
            if let Some(sum) = self.sums.get(kind + step).filter(|sum| **sum <= at) {
                at -= sum;
                kind += step;
            }
            step /= 2;
        }
        kind
    }

    /// Takes a card of this kind out, if there is one and cards are not put back.
    fn remove(&mut self, kind: usize) {
        if !self.replaced && self.counts[kind] > 0 {
            self.counts[kind] -= 1;
            self.total -= 1;
            let mut node = kind + 1;
            while let Some(sum) = self.sums.get_mut(node) {
                *sum -= 1;
                node += node & node.wrapping_neg();
            }
        }
    }

    /// The only kind there is, if there is only one.
    fn only(&self) -> bool {
        self.counts.iter().filter(|count| **count > 0).count() <= 1
    }
}

/// Node n holds the sum of the kinds from n less its lowest bit, without, to n.
fn sums(counts: &[u64]) -> Vec<u64> {
    let mut sums = vec![0];
    sums.extend_from_slice(counts);
    for node in 1..sums.len() {
        let (sum, above) = (sums[node], node + (node & node.wrapping_neg()));
        if let Some(above) = sums.get_mut(above) {
            *above += sum;
        }
    }
    sums
}

/// Evidence that draws add to.
pub(super) trait Walk: Clone {
    /// Adds a card of this kind.
    fn add(&mut self, kind: usize);
    /// Whether the risk limit is met now.
    fn done(&self) -> bool;
}

/// Evidence that is a sum of one logarithm for each kind.
#[derive(Debug, Clone)]
pub(super) struct LogWalk {
    steps: Vec<f64>,
    lacking: f64,
}

impl LogWalk {
    pub(super) fn new(steps: Vec<f64>, limit: &RiskLimit) -> Self {
        Self { steps, lacking: -limit.ln() }
    }
}

impl Walk for LogWalk {
    fn add(&mut self, kind: usize) {
        self.lacking -= self.steps[kind];
    }

    fn done(&self) -> bool {
        self.lacking <= 0.0
    }
}

/// Evidence by a test of a mean.
#[derive(Debug, Clone)]
pub(super) struct MeanWalk {
    running: Running,
    values: Vec<f64>,
    limit: f64,
}

impl MeanWalk {
    pub(super) fn new(running: Running, values: Vec<f64>, limit: &RiskLimit) -> Self {
        Self { running, values, limit: limit.ln() }
    }
}

impl Walk for MeanWalk {
    fn add(&mut self, kind: usize) {
        // The values are within the bound, and an urn holds no more cards than the hypothesis.
        let _ = self.running.push(self.values[kind]);
    }

    fn done(&self) -> bool {
        self.running.p().ln() <= self.limit
    }
}

/// Runs the audit; an urn with one kind of card is run once.
pub(super) fn simulate<W: Walk>(plan: &Plan, urn: &Urn, walk: &W, so_far: &[usize]) -> Distribution {
    let (mut urn, mut walk) = (urn.clone(), walk.clone());
    for kind in so_far {
        urn.remove(*kind);
        walk.add(*kind);
    }
    let left = plan.left();
    let most = plan.most.min(MOST).min(left);
    let exact = urn.only();
    let wanted = if exact { 1 } else { plan.replications };
    let mut random = Pcg64::new(&plan.seed);
    let (mut sizes, mut full, mut made, mut drawn) = (Vec::new(), 0, 0, 0_u64);
    while made < wanted && (made < LEAST || drawn < BUDGET) {
        let size = run(&mut urn.clone(), &mut walk.clone(), &mut random, most);
        drawn += size.unwrap_or(most);
        full += u32::from(size.is_none());
        sizes.push(size.unwrap_or(left));
        made += 1;
    }
    let source =
        if exact { Source::Exact } else { Source::Simulated { seed: plan.seed.clone(), replications: made } };
    Distribution::of(sizes, full, source)
}

/// Draws until the limit is met; `None` where it is not within `most` draws.
fn run<W: Walk>(urn: &mut Urn, walk: &mut W, random: &mut Pcg64, most: u64) -> Option<u64> {
    for drawn in 0..most {
        if walk.done() {
            return Some(drawn);
        }
        walk.add(urn.draw(random));
    }
    walk.done().then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Many kinds are drawn as a few are: the same numbers give the same cards, until none is left.
    #[test]
    fn many_kinds_are_drawn_as_few_are() {
        let counts: Vec<u64> = (0..100).map(|kind| kind * 7 % 5).collect();
        let mut many = Urn::without_replacement(&counts);
        let mut few = Urn { sums: Vec::new(), ..many.clone() };
        let (mut one, mut other) = (Pcg64::new("many"), Pcg64::new("many"));
        assert!(!many.sums.is_empty());
        let mut drawn = vec![0; counts.len()];
        while many.total > 0 {
            let kind = many.draw(&mut one);
            assert_eq!(kind, few.draw(&mut other));
            drawn[kind] += 1;
        }
        assert_eq!(drawn, counts);
    }
}
