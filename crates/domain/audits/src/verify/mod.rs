//! An audit checked again from its record alone: commitments, order, samples, counts and risk are computed anew, and
//! whatever does not agree is named, the first in the order of the audit first.
//!
//! The verdict on the arithmetic stands apart from that on the order of commitment and seed: the first needs the
//! record alone, the second somebody who witnessed when they were published.

mod order;
mod risk;
mod sample;

use crate::record::{Decision, Record};
use serde::{Deserialize, Serialize};

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// Stable code (`docs/reference/errors/aud.md`).
    pub code: String,
    /// The round; none: it concerns all.
    pub round: Option<u32>,
    /// In words.
    pub what: String,
}

/// Whether the seed came after the commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Logs witnessed both, in this order.
    Witnessed,
    /// Nobody witnessed one of them.
    NotWitnessed,
    /// A seed was published before the commitment.
    Wrong,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Everything that does not agree, in the order of the audit.
    pub deviations: Vec<Deviation>,
    /// Whether the seed came after the commitment.
    pub order: Order,
    /// For each round the risk of each contest, computed anew.
    pub rounds: Vec<RoundRisk>,
}

/// The risks of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRisk {
    /// The round.
    pub number: u32,
    /// Draws of it.
    pub draws: usize,
    /// The risk of each contest by its place, 10 decimals; none: it cannot be measured.
    pub p_values: Vec<Option<String>>,
}

impl Report {
    /// Whether the arithmetic agrees in everything.
    pub fn agrees(&self) -> bool {
        self.deviations.is_empty()
    }
}

/// Deviations that are kept, at most.
const KEPT: usize = 1000;

struct Check<'a> {
    record: &'a Record,
    deviations: Vec<Deviation>,
    /// Something that is named does not exist: nothing can be computed, however many deviations were kept.
    broken: bool,
}

impl Check<'_> {
    fn says(&mut self, code: &str, round: Option<u32>, what: impl Into<String>) {
        self.broken |= code == "SCR-AUD-123";
        if self.deviations.len() < KEPT {
            self.deviations.push(Deviation { code: code.to_owned(), round, what: what.into() });
        }
    }
}

/// Checks a record.
pub fn verify(record: &Record) -> Report {
    let mut check = Check { record, deviations: Vec::new(), broken: false };
    check.commitments();
    let order = check.order();
    let sound = check.shape();
    let mut rounds = Vec::new();
    if sound {
        let prepared = check.prepare();
        let mut drawn = sample::Drawn::default();
        for round in &record.rounds {
            if round.decision == Decision::Abandoned {
                continue;
            }
            check.sample(round, &prepared, &mut drawn);
            rounds.push(check.risk(round, &prepared, &drawn));
        }
    }
    Report { deviations: check.deviations, order, rounds }
}
