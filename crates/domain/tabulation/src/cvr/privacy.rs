//! Rare ballot styles: who publishes cast vote records shows how somebody voted whose style few others had.
//!
//! Cards that look alike in what is published (the precinct, say) and hold the same contests are a group. A group
//! of fewer than `least` cards is *rare*: somebody who knows that a voter was one of them learns much about the
//! vote. Its cards are pooled with those of other rare groups: what is published of a pool are its totals, and an
//! audit gives each of its cards the mean of the pool (ONEAudit, Stark 2023, section 3).
//!
//! A group whose cards all say the same in a contest shows the vote of every one of them, however large it is;
//! that is stated too, and nothing can be pooled away without hiding most of a small precinct.

use super::columns::{Builder, Columns, ContestTally};
use super::{Card, ContestNo, Mark, Sink};
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is published beside the votes of a card, and so tells groups apart. The contests on the card always do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The precinct.
    pub precinct: bool,
    /// The ballot style.
    pub style: bool,
    /// How the vote was cast.
    pub group: bool,
    /// The tabulator and the batch.
    pub batch: bool,
}

/// What makes cards look alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Likeness {
    /// The precinct, if it is shown.
    pub precinct: String,
    /// The style, if it is shown.
    pub style: String,
    /// How the vote was cast, if it is shown.
    pub group: String,
    /// Tabulator and batch, if they are shown.
    pub batch: String,
    /// The contests on the card, by number.
    pub contests: Vec<ContestNo>,
}

/// Cards that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// In what.
    pub likeness: Likeness,
    /// The cards by number, ascending.
    pub cards: Vec<u64>,
}

/// A group whose cards all say the same in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanimous {
    /// The group, by its place in [`Groups::all`].
    pub alike: usize,
    /// The contest.
    pub contest: ContestNo,
    /// How many cards.
    pub cards: u64,
}

/// All cards by what they look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// The groups in the order of their likeness.
    pub all: Vec<Alike>,
}

/// Rare groups that are published as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// `pool-1`, `pool-2` …
    pub name: String,
    /// The groups, by their places in [`Groups::all`].
    pub groups: Vec<usize>,
    /// The cards by number, ascending.
    pub cards: Vec<u64>,
    /// The count of each contest that is on one of its cards.
    pub totals: BTreeMap<ContestNo, ContestTally>,
}

/// What is published instead of the cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pooling {
    /// Fewer cards than this are rare.
    pub least: u64,
    /// How many groups are rare.
    pub rare: usize,
    /// The pools. Each has at least `least` cards, unless all cards together are fewer.
    pub pools: Vec<Pool>,
}

impl Groups {
    /// Puts cards together that look alike.
    pub fn of(columns: &Columns, shown: Shown) -> Self {
        let mut by_likeness: BTreeMap<Likeness, Vec<u64>> = BTreeMap::new();
        let mut card = Card::default();
        for number in 0..columns.cards() {
            columns.card(number, &mut card);
            let text = |is_shown: bool, text: &str| if is_shown { text.to_owned() } else { String::new() };
            let likeness = Likeness {
                precinct: text(shown.precinct, &card.precinct),
                style: text(shown.style, &card.style),
                group: text(shown.group, &card.group),
                batch: if shown.batch { format!("{} {}", card.tabulator, card.batch) } else { String::new() },
                contests: card.contests().map(|(contest, _)| contest).collect(),
            };
            by_likeness.entry(likeness).or_default().push(number);
        }
        let all = by_likeness.into_iter().map(|(likeness, cards)| Alike { likeness, cards }).collect();
        Self { all }
    }

    /// The places of groups with fewer cards than `least`.
    pub fn rare(&self, least: u64) -> Vec<usize> {
        (0..self.all.len()).filter(|at| (self.all[*at].cards.len() as u64) < least).collect()
    }

    /// Groups of at least two cards that all say the same, and say something, in a contest.
    pub fn unanimous(&self, columns: &Columns) -> Vec<Unanimous> {
        let mut found = Vec::new();
        for (alike, group) in self.all.iter().enumerate().filter(|(_, group)| group.cards.len() > 1) {
            for contest in &group.likeness.contests {
                let mut marks = group.cards.iter().map(|card| columns.marks(*card, *contest));
                let first = marks.next().flatten().unwrap_or_default();
                if !first.is_empty() && marks.all(|marks| marks == Some(first)) {
                    found.push(Unanimous { alike, contest: *contest, cards: group.cards.len() as u64 });
                }
            }
        }
        found
    }

    /// Pools the rare groups: those with the same contests first, so that a pool says as much as it can; what is
    /// left then, with the smallest of the others, until each pool has `least` cards.
    pub fn pool(&self, columns: &Columns, least: u64) -> Pooling {
        let rare = self.rare(least);
        let mut by_contests: BTreeMap<&[ContestNo], Vec<usize>> = BTreeMap::new();
        for at in &rare {
            by_contests.entry(&self.all[*at].likeness.contests).or_default().push(*at);
        }
        let (mut pools, mut left) = (Vec::new(), Vec::new());
        for groups in by_contests.into_values() {
            if self.size(&groups) >= least { pools.push(groups) } else { left.extend(groups) }
        }
        if !left.is_empty() {
            self.fill(&mut left, &mut pools, least);
            pools.push(left);
        }
        let pools = (1..).zip(pools).map(|(number, groups)| self.pooled(columns, number, groups)).collect();
        Pooling { least, rare: rare.len(), pools }
    }

    fn size(&self, groups: &[usize]) -> u64 {
        groups.iter().map(|at| self.all[*at].cards.len() as u64).sum()
    }

    /// Adds to a pool that is too small: the smallest pool there is, or else the smallest groups that are not rare.
    fn fill(&self, left: &mut Vec<usize>, pools: &mut Vec<Vec<usize>>, least: u64) {
        while self.size(left) < least {
            let smallest = (0..pools.len()).min_by_key(|at| self.size(&pools[*at]));
            if let Some(at) = smallest {
                left.extend(pools.remove(at));
                continue;
            }
            let free = (0..self.all.len()).filter(|at| !left.contains(at));
            let Some(at) = free.min_by_key(|at| self.all[*at].cards.len()) else { return };
            left.push(at);
        }
    }

    fn pooled(&self, columns: &Columns, number: usize, mut groups: Vec<usize>) -> Pool {
        groups.sort_unstable();
        let mut cards: Vec<u64> = groups.iter().flat_map(|at| &self.all[*at].cards).copied().collect();
        cards.sort_unstable();
        let mut totals: BTreeMap<ContestNo, ContestTally> = BTreeMap::new();
        for contest in groups.iter().flat_map(|at| &self.all[*at].likeness.contests) {
            totals.entry(*contest).or_insert_with(|| columns.tally_of(*contest, &cards));
        }
        Pool { name: format!("pool-{number}"), groups, cards, totals }
    }
}

impl Pooling {
    /// What may be published: all cards in their order; of those in pools only what finds the paper (tabulator,
    /// batch, position, id), and the pool's name as their style.
    ///
    /// # Errors
    /// Those of [`Builder`], for columns that were not made by one.
    pub fn publishable(&self, columns: &Columns) -> Result<Columns, Box<Problem>> {
        let mut pool_of: BTreeMap<u64, &str> = BTreeMap::new();
        for pool in &self.pools {
            pool_of.extend(pool.cards.iter().map(|card| (*card, pool.name.as_str())));
        }
        let mut builder = Builder::new(columns.cards());
        let mut card = Card::default();
        for number in 0..columns.cards() {
            columns.card(number, &mut card);
            if let Some(pool) = pool_of.get(&number) {
                card.hide(pool);
            }
            builder.card(columns.catalogue(), &card)?;
        }
        Ok(builder.finish(columns.election(), columns.catalogue()))
    }
}

impl Card {
    /// Leaves what finds the paper, and the name of its pool as its style.
    fn hide(&mut self, pool: &str) {
        let (tabulator, batch) = (std::mem::take(&mut self.tabulator), std::mem::take(&mut self.batch));
        let (id, imprinted) = (std::mem::take(&mut self.id), std::mem::take(&mut self.imprinted));
        let (position, sheet) = (self.position, self.sheet);
        self.clear();
        (self.tabulator, self.batch, self.id, self.imprinted) = (tabulator, batch, id, imprinted);
        (self.position, self.sheet) = (position, sheet);
        pool.clone_into(&mut self.style);
    }
}

impl Columns {
    /// The count of a contest on these cards alone.
    fn tally_of(&self, contest: ContestNo, cards: &[u64]) -> ContestTally {
        let mut patterns: BTreeMap<&[Mark], u64> = BTreeMap::new();
        for marks in cards.iter().filter_map(|card| self.marks(*card, contest)) {
            *patterns.entry(marks).or_default() += 1;
        }
        ContestTally::of(&self.contests()[usize::from(contest)], patterns)
    }
}
