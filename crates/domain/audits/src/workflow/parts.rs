//! What an audit consists of: phases, what jurisdictions hand in, rounds, and earlier versions.

use super::step::Opening;
use crate::record::{Decision, Measured, Method};
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an audit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Contests are chosen, jurisdictions hand in and sign.
    Draft,
    /// Everything is fixed; a seed may be drawn.
    Committed,
    /// A seed is known; what it draws follows.
    Seeded,
    /// Boards read what was drawn.
    RoundOpen,
    /// Risks are measured; a decision is due.
    RoundClosed,
    /// Everything is counted by hand.
    FullHandCount,
    /// The end.
    Finished,
}

impl Phase {
    /// Every phase, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Committed,
        Self::Seeded,
        Self::RoundOpen,
        Self::RoundClosed,
        Self::FullHandCount,
        Self::Finished,
    ];

    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Committed => "committed",
            Self::Seeded => "seeded",
            Self::RoundOpen => "round-open",
            Self::RoundClosed => "round-closed",
            Self::FullHandCount => "full-hand-count",
            Self::Finished => "finished",
        }
    }
}

/// What a jurisdiction hands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The list of containers and batches with their ballots.
    Manifest,
    /// Votes of each choice in each batch.
    Totals,
    /// Cast vote records.
    Cvrs,
}

impl What {
    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Totals => "totals",
            Self::Cvrs => "cvrs",
        }
    }

    /// What a method needs from every jurisdiction.
    pub fn needed(method: Method) -> &'static [Self] {
        if method.draws_batches() {
            &[Self::Manifest, Self::Totals]
        } else if method.compares_ballots() {
            &[Self::Manifest, Self::Cvrs]
        } else {
            &[Self::Manifest]
        }
    }

    /// What can be handed in with a method, and whether it must be. Of a pool of a comparison by assertions only totals
    /// are known (ONEAudit).
    pub fn taken(method: Method) -> impl Iterator<Item = (Self, bool)> {
        let pools = (method == Method::AssertionComparison).then_some((Self::Totals, false));
        Self::needed(method).iter().map(|what| (*what, true)).chain(pools)
    }

    /// Whether it belongs to an audit of this method.
    pub fn is_taken(self, method: Method) -> bool {
        Self::taken(method).any(|(one, _)| one == self)
    }
}

/// Something handed in, in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// The SHA-256 of its normal form.
    pub sha256: Hash32,
    /// Its rows.
    pub rows: u64,
    /// Ballots in them.
    pub ballots: u64,
}

/// What was signed by a jurisdiction or a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The SHA-256 of it.
    pub over: Hash32,
}

/// A jurisdiction that takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// What it has handed in.
    pub uploads: BTreeMap<What, Upload>,
    /// Its signature over what stands there now.
    pub signed: Option<Signed>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// 1, 2, 3 … in its version.
    pub number: u32,
    /// The seed that it was drawn with.
    pub seed: String,
    /// What was drawn.
    pub opening: Opening,
    /// For each jurisdiction its boards: how much each was dealt, and its signature.
    pub boards: BTreeMap<String, Vec<(u64, Option<Signed>)>>,
    /// The SHA-256 of what was read, once it is closed.
    pub counted: Option<Hash32>,
    /// The risk of each contest, once it is closed.
    pub measured: Vec<Measured>,
    /// What followed.
    pub decision: Decision,
    /// Why, where somebody said so.
    pub reason: String,
}

impl Round {
    /// Jurisdictions of which something is not read and signed, in the order of their names.
    pub fn waits_for(&self) -> impl Iterator<Item = &str> {
        let units = self.opening.units.iter().filter(|(_, units)| **units > 0);
        let waits = units.filter(|(name, _)| {
            self.boards
                .get(*name)
                .is_none_or(|boards| boards.iter().any(|(units, signed)| *units > 0 && signed.is_none()))
        });
        waits.map(|(name, _)| name.as_str())
    }
}

/// A version that was replaced, with all that had happened in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// 1, 2, 3 …
    pub version: u32,
    /// What it had committed to.
    pub root: Hash32,
    /// Why it was replaced.
    pub reason: String,
    /// Its rounds.
    pub rounds: Vec<Round>,
}
