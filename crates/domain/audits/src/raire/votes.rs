//! Ranked ballots, equal ones together.

use super::{Assertion, Set};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Candidates of a contest, at most: a set of them is a number of 128 bits.
pub const MAX_CANDIDATES: usize = 128;
/// Ways in which lots could fall that are followed, at most.
const MAX_WAYS: usize = 10_000;

/// Ballots as rankings, with how many have each.
#[derive(Debug, Clone, Default)]
pub struct Ballots {
    candidates: usize,
    rankings: Vec<(Vec<u8>, u64)>,
    cache: HashMap<Set, Vec<i64>>,
}

impl Ballots {
    /// Rankings (candidates from 0, the preferred first) with how many ballots have each. A candidate named twice
    /// counts where it stands first; numbers beyond the candidates are left out. `None`: more candidates than
    /// [`MAX_CANDIDATES`].
    pub fn new<'a>(
        candidates: usize,
        rankings: impl IntoIterator<Item = (&'a [usize], u64)>,
    ) -> Option<Self> {
        if candidates > MAX_CANDIDATES {
            return None;
        }
        let mut together: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for (ranking, count) in rankings {
            let mut seen: Set = 0;
            let mut kept = Vec::with_capacity(ranking.len());
            for candidate in ranking.iter().filter(|one| **one < candidates) {
                if seen & (1 << candidate) == 0 {
                    seen |= 1 << candidate;
                    kept.push(u8::try_from(*candidate).unwrap_or(u8::MAX));
                }
            }
            *together.entry(kept).or_default() += count;
        }
        Some(Self { candidates, rankings: together.into_iter().collect(), cache: HashMap::new() })
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// How many ballots there are, blank ones among them.
    pub fn total(&self) -> u64 {
        self.rankings.iter().map(|(_, count)| count).sum()
    }

    /// Votes of each candidate when these stand.
    pub(super) fn tally(&mut self, standing: Set) -> &[i64] {
        let (candidates, rankings) = (self.candidates, &self.rankings);
        self.cache.entry(standing).or_insert_with(|| {
            let mut tally = vec![0; candidates];
            for (ranking, count) in rankings {
                if let Some(first) = ranking.iter().find(|one| standing & (1 << **one) != 0) {
                    tally[usize::from(*first)] += i64::try_from(*count).unwrap_or(i64::MAX);
                }
            }
            tally
        })
    }

    /// First preferences of each candidate less ballots that prefer another to it (or rank only the other): the
    /// margin of "not eliminated before", by winner and loser.
    pub(super) fn not_eliminated_before(&mut self) -> Vec<Vec<i64>> {
        let count = self.candidates;
        let first = self.tally(everybody(count)).to_vec();
        let mut margins: Vec<Vec<i64>> = first.iter().map(|first| vec![*first; count]).collect();
        for (ranking, ballots) in &self.rankings {
            let ballots = i64::try_from(*ballots).unwrap_or(i64::MAX);
            let mut before: Set = 0;
            for loser in ranking {
                before |= 1 << loser;
                // Against every winner who is not ranked before this loser.
                let loser = usize::from(*loser);
                for (winner, margins) in margins.iter_mut().enumerate() {
                    if before & (1 << winner) == 0 {
                        margins[loser] -= ballots;
                    }
                }
            }
        }
        margins
    }

    /// Who wins, candidates being eliminated one after another, whatever lots say where some are last together.
    ///
    /// # Errors
    /// Those who could win, by lot, in ascending order; all candidates where there are more ways than 10,000.
    pub fn winner(&mut self) -> Result<usize, Vec<usize>> {
        let mut seen: HashSet<Set> = HashSet::new();
        let mut open = vec![everybody(self.candidates)];
        let mut winners: Set = 0;
        while let Some(standing) = open.pop() {
            if seen.len() > MAX_WAYS {
                return Err((0..self.candidates).collect());
            }
            if !seen.insert(standing) {
                continue;
            }
            if standing.count_ones() <= 1 {
                winners |= standing;
                continue;
            }
            let tally = self.tally(standing);
            let those = |set: Set| (0..MAX_CANDIDATES).filter(move |at| set & (1 << at) != 0);
            let least = those(standing).map(|at| tally[at]).min().unwrap_or(0);
            let last: Vec<usize> = those(standing).filter(|at| tally[*at] == least).collect();
            let votes: i64 = last.iter().map(|at| tally[*at]).sum();
            let next = those(standing).filter(|at| tally[*at] != least).map(|at| tally[at]).min();
            if next.is_some_and(|next| votes < next) {
                // Together they have fewer votes than anybody else: no lot keeps one of them in.
                open.push(last.iter().fold(standing, |left, at| left & !(1 << at)));
            } else {
                open.extend(last.iter().map(|at| standing & !(1 << at)));
            }
        }
        let winners: Vec<usize> = (0..self.candidates).filter(|at| winners & (1 << at) != 0).collect();
        if let [winner] = winners[..] { Ok(winner) } else { Err(winners) }
    }

    /// The margin by which the ballots say an assertion; at most 0: they do not, or it names others than these
    /// candidates.
    pub fn margin(&mut self, assertion: &Assertion) -> i64 {
        if !assertion.is_about(self.candidates) {
            return 0;
        }
        match assertion {
            Assertion::NotEliminatedBefore { winner, loser } => {
                let mut margin = 0;
                for (ranking, count) in &self.rankings {
                    let count = i64::try_from(*count).unwrap_or(i64::MAX);
                    let place = |one: usize| ranking.iter().position(|other| usize::from(*other) == one);
                    match (place(*winner), place(*loser)) {
                        (Some(0), _) => margin += count,
                        (Some(winner), Some(loser)) if loser < winner => margin -= count,
                        (None, Some(_)) => margin -= count,
                        _ => {}
                    }
                }
                margin
            }
            Assertion::NotEliminatedNext { winner, loser, continuing } => {
                let standing = continuing.iter().fold(0, |set, one| set | 1 << one);
                let tally = self.tally(standing);
                tally[*winner] - tally[*loser]
            }
        }
    }
}

/// The set of the first `count` candidates.
pub(super) fn everybody(count: usize) -> Set {
    if count >= MAX_CANDIDATES { Set::MAX } else { (1 << count) - 1 }
}
