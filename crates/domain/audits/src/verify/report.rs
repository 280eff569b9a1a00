//! What a check says.

use crate::record::{Decision, Record};
use serde::{Deserialize, Serialize};

/// Something that does not agree, or that somebody should look at.
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
    /// By the entries of a log that the record names, in this order. Whether the log has these entries is for their
    /// proofs to say, which whoever knows the log's key checks.
    Witnessed,
    /// Nobody witnessed one of them.
    NotWitnessed,
    /// A seed was published before the commitment.
    Wrong,
}

/// Where an audit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing was drawn yet.
    Committed,
    /// A round is open, or another follows.
    Running,
    /// Every targeted contest met its risk limit, says the record.
    Stopped,
    /// It ended in a full hand count.
    FullHandCount,
}

impl Standing {
    pub(super) fn of(record: &Record) -> Self {
        let counted = record.rounds.iter().rfind(|round| round.decision != Decision::Abandoned);
        match counted.map(|round| round.decision) {
            None if record.rounds.is_empty() => Self::Committed,
            Some(Decision::Stop) => Self::Stopped,
            Some(Decision::FullHandCount) => Self::FullHandCount,
            _ => Self::Running,
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Everything that does not agree, in the order of the audit.
    pub deviations: Vec<Deviation>,
    /// What is no deviation and should be looked at.
    pub notices: Vec<Deviation>,
    /// Whether the seed came after the commitment.
    pub order: Order,
    /// Where the audit stands.
    pub standing: Standing,
    /// Rounds that were given up; they are no part of the risk.
    pub abandoned: Vec<u32>,
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
    /// Whether each meets its limit, before any rounding.
    pub met: Vec<bool>,
    /// Of the methods by assertions: for each contest those of its assertions, the hardest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assertions: Vec<Vec<AssertionRisk>>,
}

/// The risk of one assertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssertionRisk {
    /// What is asserted, in words.
    pub claim: String,
    /// Its risk, 10 decimals.
    pub p_value: String,
}

impl Report {
    /// Whether the arithmetic agrees in everything.
    pub fn agrees(&self) -> bool {
        self.deviations.is_empty()
    }
}
