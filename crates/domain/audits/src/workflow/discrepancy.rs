//! Where people and machines differ, ballot by ballot or batch by batch.

use super::change::{Change, marks};
use crate::assorter::CardStyle;
use crate::record::{Contest, Counted, Cvr, Decision, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A ballot or a batch of which people read something else in a contest than machines reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discrepancy {
    /// The round in which it was read, from 1.
    pub round: u32,
    /// The batch, by its place in the record.
    pub batch: usize,
    /// The position in it, from 1; none: the whole batch.
    pub position: Option<u32>,
    /// The batches that were counted as one with it, itself among them; empty: it alone.
    pub together: Vec<usize>,
    /// The contest, by its place.
    pub contest: usize,
    /// What it changes. Of a ballot that was not found, the most that it could.
    pub change: Change,
    /// The ballot was not found.
    pub missing: bool,
}

/// What was compared, and what of it differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// Ballots, or batches and groups of batches, that were read.
    pub read: u64,
    /// Those that were compared with what machines reported.
    pub compared: u64,
    /// Those that differ in some contest.
    pub differ: u64,
    /// Each difference, by round and in the order of the record.
    pub all: Vec<Discrepancy>,
    /// For each contest the votes of each choice in what was read.
    pub sums: Vec<Sums>,
}

/// Votes of each choice in what was read, each ballot or batch once: first preferences where voters rank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// By people.
    pub read: Vec<u64>,
    /// By the machines, of what was compared.
    pub reported: Vec<u64>,
}

impl Sums {
    fn add(sums: &mut [u64], votes: &[u64]) {
        sums.iter_mut().zip(votes).for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
    }
}

/// Compares everything that was read in rounds that count. `recorded`: what machines recorded of the ballots, where
/// ballots are compared ([`recorded`](crate::verify::recorded)); of polls nothing is compared.
pub fn compare(record: &Record, recorded: &[Cvr]) -> Compared {
    let machines: BTreeMap<(usize, u32), &Cvr> =
        recorded.iter().map(|cvr| ((cvr.batch, cvr.position), cvr)).collect();
    let zeros = |contest: &Contest| Sums {
        read: vec![0; contest.choices.len()],
        reported: vec![0; contest.choices.len()],
    };
    let mut compared = Compared { sums: record.contests.iter().map(zeros).collect(), ..Compared::default() };
    let mut seen: BTreeSet<(Vec<usize>, Option<u32>)> = BTreeSet::new();
    for round in record.rounds.iter().filter(|round| round.decision != Decision::Abandoned) {
        for one in &round.counted {
            // Of batches that were counted as one each that was drawn has a row.
            if !seen.insert((members(one), one.position)) {
                continue;
            }
            compared.read += 1;
            let cvr = one.position.and_then(|position| machines.get(&(one.batch, position)).copied());
            add(record, one, cvr, &mut compared.sums);
            let Some(changes) = changes(record, one, cvr) else { continue };
            compared.compared += 1;
            compared.differ += u64::from(!changes.is_empty());
            compared.all.extend(changes.into_iter().map(|(contest, change)| Discrepancy {
                round: round.number,
                batch: one.batch,
                position: one.position,
                together: one.together.clone(),
                contest,
                change,
                missing: one.position.is_some() && one.votes.is_empty(),
            }));
        }
    }
    compared
}

/// The contests in which something differs; none: there is nothing to compare with.
fn changes(record: &Record, one: &Counted, cvr: Option<&Cvr>) -> Option<Vec<(usize, Change)>> {
    let contests = record.contests.iter().enumerate();
    if one.position.is_some() {
        let batch = record.batches.get(one.batch)?;
        let polled = !record.settings.method.compares_ballots() || batch.pool || batch.cvrs == Some(false);
        if polled {
            return None;
        }
        let known = record.settings.card_style == CardStyle::Known;
        let all = contests.map(|(at, contest)| {
            let recorded = cvr.is_some_and(|cvr| cvr.votes.get(at).is_some_and(Option::is_some));
            let absent = known && recorded && one.votes.get(at).is_some_and(Option::is_none);
            (at, Change { absent, ..Change::of_ballot(contest, at, cvr, one) })
        });
        return Some(all.filter(|(_, change)| change.is_any()).collect());
    }
    if !record.settings.method.draws_batches() {
        return None;
    }
    let all = contests.filter_map(|(at, contest)| {
        let read = one.votes.get(at)?.as_ref()?;
        Some((at, Change::of(contest, &reported(record, one, at), read)))
    });
    Some(all.filter(|(_, change)| change.is_any()).collect())
}

/// Reported votes of a batch, or of all that were counted as one.
fn reported(record: &Record, one: &Counted, contest: usize) -> Vec<u64> {
    let choices = record.contests.get(contest).map_or(0, |contest| contest.choices.len());
    let mut sums = vec![0_u64; choices];
    for batch in members(one).iter().filter_map(|member| record.batches.get(*member)) {
        Sums::add(&mut sums, batch.votes.get(contest).map(Vec::as_slice).unwrap_or_default());
    }
    sums
}

fn add(record: &Record, one: &Counted, cvr: Option<&Cvr>, sums: &mut [Sums]) {
    for (at, (contest, sums)) in record.contests.iter().zip(sums).enumerate() {
        let read = one.votes.get(at).and_then(Option::as_ref);
        if one.position.is_none() {
            Sums::add(&mut sums.read, read.map(Vec::as_slice).unwrap_or_default());
            if record.settings.method.draws_batches() {
                Sums::add(&mut sums.reported, &reported(record, one, at));
            }
            continue;
        }
        Sums::add(&mut sums.read, &marks(contest, read.into_iter().flatten().copied()));
        let recorded = cvr.and_then(|cvr| cvr.votes.get(at)?.as_ref());
        Sums::add(
            &mut sums.reported,
            &marks(contest, recorded.into_iter().flatten().map(|choice| u64::from(*choice))),
        );
    }
}

fn members(one: &Counted) -> Vec<usize> {
    if one.together.is_empty() { vec![one.batch] } else { one.together.clone() }
}
