//! The work of one audit board in one round: two members read what they were dealt, and both sign.
//!
//! A board knows contests and places, and nothing that a machine has counted. A batch is counted by both members
//! apart, and counts when both come to the same.

use super::check::{self, conflict, has_reason, invalid};
use super::codes;
use super::reading::{BallotReading, ContestForm};
use scr_canon::{Hash32, sha256, to_canonical};
use scr_core::{Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Members of a board.
const MEMBERS: usize = 2;

/// A ballot or a batch that a board was dealt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The batch, by its place in the record.
    pub batch: usize,
    /// The position in it, from 1; none: the whole batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Ballots: 1, or those of the batch by the manifest.
    pub ballots: u64,
    /// A batch that was not drawn and is counted all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extra: bool,
}

/// What two members counted in a batch: for each contest the votes of each choice.
pub type Sheet = Vec<Vec<u64>>;

/// How far a batch is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BatchEntry {
    /// One member has counted.
    Once {
        /// 0 or 1.
        member: u8,
        /// The count.
        votes: Sheet,
    },
    /// Both have, and differ: both count again.
    Differs,
    /// Both came to the same.
    Agreed {
        /// The count.
        votes: Sheet,
    },
}

/// What is known of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A ballot as it was read last.
    Ballot {
        /// The reading.
        reading: BallotReading,
        /// The members disagreed, and the jurisdiction has decided.
        resolved: bool,
    },
    /// A batch.
    Batch(BatchEntry),
}

/// What a board does. Names of members are private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoardStep {
    /// The members say who they are.
    Join {
        /// Their names.
        names: Vec<String>,
    },
    /// Reads a ballot, or reads it again.
    Read {
        /// The unit, by its place in the board's list.
        unit: usize,
        /// What stands on it.
        reading: BallotReading,
    },
    /// The jurisdiction decides what the members disagree about.
    Resolve {
        /// The unit.
        unit: usize,
        /// What stands on it.
        reading: BallotReading,
        /// Why.
        reason: String,
    },
    /// The batch cannot be told apart from others that lie with it: all are counted as one, under this unit.
    Combine {
        /// The unit.
        unit: usize,
        /// The other batches, by place in the record, with their ballots.
        with: BTreeMap<usize, u64>,
        /// Why.
        reason: String,
    },
    /// A member counts a batch.
    Count {
        /// The unit.
        unit: usize,
        /// 0 or 1.
        member: u8,
        /// For each contest the votes of each choice.
        votes: Sheet,
    },
    /// Both members sign.
    Sign {
        /// Their names as they joined, typed again.
        names: Vec<String>,
        /// What they saw.
        over: Hash32,
    },
    /// The list is given back to the board.
    Reopen {
        /// Why.
        reason: String,
    },
}

/// A board's list with what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardWork {
    contests: Vec<ContestForm>,
    units: Vec<Unit>,
    entries: BTreeMap<usize, Entry>,
    /// For a unit the batches that are counted with it, with their ballots.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    combined: BTreeMap<usize, BTreeMap<usize, u64>>,
    names: Vec<String>,
    signed: Option<Hash32>,
}

impl BoardWork {
    /// A list on which nothing is read.
    pub fn new(contests: Vec<ContestForm>, units: Vec<Unit>) -> Self {
        Self {
            contests,
            units,
            entries: BTreeMap::new(),
            combined: BTreeMap::new(),
            names: Vec::new(),
            signed: None,
        }
    }

    /// The contests, in the order of the audit.
    pub fn contests(&self) -> &[ContestForm] {
        &self.contests
    }

    /// What was dealt.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// What is known of a unit.
    pub fn entry(&self, unit: usize) -> Option<&Entry> {
        self.entries.get(&unit)
    }

    /// Whether the members have said who they are.
    pub fn is_joined(&self) -> bool {
        self.names.len() == MEMBERS
    }

    /// Their names, as they joined; none before.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Ballots that are counted under a unit, by the manifest: its own, and those of batches combined with it.
    pub fn ballots(&self, unit: usize) -> u64 {
        let own = self.units.get(unit).map_or(0, |unit| unit.ballots);
        let others = self.combined.get(&unit).into_iter().flat_map(BTreeMap::values);
        others.fold(own, |all, more| all.saturating_add(*more))
    }

    /// What both signed.
    pub fn signed(&self) -> Option<&Hash32> {
        self.signed.as_ref()
    }

    /// The unit under which a unit is counted: itself, or the one that it was combined with.
    pub fn counted_under(&self, unit: usize) -> usize {
        let batch = self.units.get(unit).map(|unit| unit.batch);
        let leader =
            self.combined.iter().find(|(_, with)| batch.is_some_and(|batch| with.contains_key(&batch)));
        leader.map_or(unit, |(leader, _)| *leader)
    }

    /// The batches that are counted as one with a unit, by place in the record, itself among them; none: it alone.
    pub fn together(&self, unit: usize) -> Vec<usize> {
        let leader = self.counted_under(unit);
        let Some((own, with)) = self.units.get(leader).zip(self.combined.get(&leader)) else {
            return Vec::new();
        };
        let all: BTreeSet<usize> = with.keys().copied().chain([own.batch]).collect();
        all.into_iter().collect()
    }

    /// Units that wait for the board, in their order.
    pub fn unread(&self) -> impl Iterator<Item = usize> {
        let waits = |unit: &usize| match self.entries.get(&self.counted_under(*unit)) {
            None => true,
            Some(Entry::Ballot { .. }) => false,
            Some(Entry::Batch(entry)) => !matches!(entry, BatchEntry::Agreed { .. }),
        };
        (0..self.units.len()).filter(move |unit| waits(unit))
    }

    /// Ballots that wait for the jurisdiction, in their order.
    pub fn disagreed(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().filter_map(|(unit, entry)| match entry {
            Entry::Ballot { reading, .. } if reading.is_disagreed() => Some(*unit),
            _ => None,
        })
    }

    /// What the members sign: the list with everything read.
    ///
    /// # Errors
    /// SCR-AUD-242 where something is not read, -245 where two counts differ, -244 where the members disagree.
    pub fn to_sign(&self) -> Result<Hash32, Refusal> {
        if let Some(unit) = self.unread().next() {
            let entry = self.entries.get(&self.counted_under(unit));
            let differs = matches!(entry, Some(Entry::Batch(BatchEntry::Differs)));
            let code = if differs { codes::COUNTS_DIFFER } else { codes::UNREAD };
            return Err(conflict(code).with("unit", unit + 1).with("count", self.unread().count()));
        }
        if let Some(unit) = self.disagreed().next() {
            return Err(conflict(codes::DISAGREED).with("unit", unit + 1));
        }
        // Keys of canonical JSON are texts: groups as lists.
        let groups: Vec<(usize, Vec<usize>)> =
            self.combined.keys().map(|leader| (*leader, self.together(*leader))).collect();
        to_canonical(&(&self.units, &groups, &self.read()))
            .map(|bytes| sha256(&bytes))
            .map_err(|error| invalid(codes::WRONG_FORM).with("what", error))
    }

    /// For each unit that is read its votes as a record has them, in the order of the list.
    pub fn read(&self) -> Vec<(usize, Vec<Option<Vec<u64>>>)> {
        let votes = |entry: &Entry| match entry {
            Entry::Ballot { reading, .. } => reading.votes(),
            Entry::Batch(BatchEntry::Agreed { votes }) => Some(votes.iter().cloned().map(Some).collect()),
            Entry::Batch(_) => None,
        };
        let units = 0..self.units.len();
        units.filter_map(|unit| Some((unit, votes(self.entries.get(&self.counted_under(unit))?)?))).collect()
    }

    /// The list after a step.
    ///
    /// # Errors
    /// Why it is refused (SCR-AUD-222, -227, -239 to -247); the list is then as it was.
    pub fn step(&self, step: &BoardStep) -> Result<Self, Refusal> {
        let mut next = self.clone();
        if let BoardStep::Reopen { reason } = step {
            has_reason(reason)?;
            if next.signed.take().is_none() {
                return Err(conflict(codes::WRONG_STATE).with("state", "open"));
            }
            return Ok(next);
        }
        if self.signed.is_some() {
            return Err(conflict(codes::SIGNED));
        }
        if !matches!(step, BoardStep::Join { .. } | BoardStep::Resolve { .. }) && !self.is_joined() {
            return Err(conflict(codes::WRONG_MEMBER).on("names"));
        }
        match step {
            BoardStep::Join { names } => next.names = members(names)?,
            BoardStep::Read { unit, reading } => {
                self.is_ballot(*unit)?;
                reading.check(&self.contests)?;
                next.entries.insert(*unit, Entry::Ballot { reading: reading.clone(), resolved: false });
            }
            BoardStep::Resolve { unit, reading, reason } => next.resolve(*unit, reading, reason)?,
            BoardStep::Combine { unit, with, reason } => next.combine(*unit, with, reason)?,
            BoardStep::Count { unit, member, votes } => next.count(*unit, *member, votes)?,
            BoardStep::Sign { names, over } => {
                if members(names)? != self.names {
                    return Err(invalid(codes::WRONG_MEMBER).on("names"));
                }
                if self.to_sign()? != *over {
                    return Err(conflict(codes::SIGNED_OTHER));
                }
                next.signed = Some(*over);
            }
            BoardStep::Reopen { .. } => {}
        }
        Ok(next)
    }

    fn unit(&self, unit: usize) -> Result<&Unit, Refusal> {
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT);
        self.units.get(unit).ok_or_else(|| absent().with("unit", unit.saturating_add(1)))
    }

    fn is_ballot(&self, unit: usize) -> Result<(), Refusal> {
        match self.unit(unit)?.position {
            Some(_) => Ok(()),
            None => Err(invalid(codes::WRONG_FORM).on("unit")),
        }
    }

    fn resolve(&mut self, unit: usize, reading: &BallotReading, reason: &str) -> Result<(), Refusal> {
        has_reason(reason)?;
        self.is_ballot(unit)?;
        reading.check(&self.contests)?;
        let open = self.disagreed().any(|one| one == unit);
        if !open || reading.is_disagreed() {
            return Err(conflict(codes::DISAGREED).with("unit", unit.saturating_add(1)));
        }
        self.entries.insert(unit, Entry::Ballot { reading: reading.clone(), resolved: true });
        Ok(())
    }

    /// What was counted of any of them alone is put aside. None of them is in another group.
    fn combine(&mut self, unit: usize, with: &BTreeMap<usize, u64>, reason: &str) -> Result<(), Refusal> {
        has_reason(reason)?;
        let own = self.unit(unit)?.batch;
        let taken = |batch: &usize| {
            let of = |(leader, with): (&usize, &BTreeMap<usize, u64>)| {
                *leader != unit
                    && (with.contains_key(batch)
                        || self.units.get(*leader).is_some_and(|one| one.batch == *batch))
            };
            self.combined.iter().any(of)
        };
        let wrong = with.is_empty() || with.contains_key(&own) || with.keys().chain([&own]).any(taken);
        if self.unit(unit)?.position.is_some() || wrong {
            return Err(invalid(codes::WRONG_FORM).on("with"));
        }
        let mut units = (0..).zip(&self.units);
        let members: Vec<usize> =
            units.by_ref().filter(|(_, one)| with.contains_key(&one.batch)).map(|(at, _)| at).collect();
        for member in members.into_iter().chain([unit]) {
            self.entries.remove(&member);
        }
        self.combined.insert(unit, with.clone());
        Ok(())
    }

    fn count(&mut self, unit: usize, member: u8, votes: &Sheet) -> Result<(), Refusal> {
        let dealt = self.unit(unit)?;
        if dealt.position.is_some() || self.counted_under(unit) != unit {
            return Err(invalid(codes::WRONG_FORM).on("unit"));
        }
        let ballots = self.ballots(unit);
        if usize::from(member) >= MEMBERS {
            return Err(invalid(codes::WRONG_MEMBER).on("member"));
        }
        fits(votes, &self.contests, ballots)?;
        let after = match self.entries.get(&unit) {
            Some(Entry::Batch(BatchEntry::Once { member: first, votes: counted })) if *first != member => {
                if counted == votes {
                    BatchEntry::Agreed { votes: votes.clone() }
                } else {
                    BatchEntry::Differs
                }
            }
            _ => BatchEntry::Once { member, votes: votes.clone() },
        };
        self.entries.insert(unit, Entry::Batch(after));
        Ok(())
    }
}

/// Two different names, without spaces around them.
fn members(names: &[String]) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    let different: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    if names.len() != MEMBERS || different.len() != MEMBERS || names.iter().any(String::is_empty) {
        return Err(invalid(codes::WRONG_MEMBER).on("names"));
    }
    names.iter().try_for_each(|name| check::name("names", name))?;
    Ok(names)
}

/// One count for each choice of each contest. Ballots can lie in a wrong box, and a manifest can be off: twice as
/// many votes as its ballots allow cannot be.
fn fits(votes: &Sheet, contests: &[ContestForm], ballots: u64) -> Result<(), Refusal> {
    let wrong = |form: &ContestForm| invalid(codes::WRONG_FORM).on("votes").with("contest", &form.name);
    if votes.len() != contests.len() {
        return Err(invalid(codes::WRONG_FORM).on("contests").with("contests", contests.len()));
    }
    for (votes, form) in votes.iter().zip(contests) {
        let all = votes.iter().fold(0_u64, |all, one| all.saturating_add(*one));
        let most = ballots.saturating_mul(form.votes_allowed).saturating_mul(2);
        if votes.len() != form.choices.len() || all > most {
            return Err(wrong(form).with("most", most));
        }
    }
    Ok(())
}
