//! What people do with an audit.

use super::parts::{Upload, What};
use crate::record::{Contest, Decision, Measured};
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// In which part somebody acts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// Runs the audit.
    Administrator,
    /// Hands in what a jurisdiction has, and looks after its boards.
    Jurisdiction(String),
    /// Reads ballots.
    Board {
        /// Whose board.
        jurisdiction: String,
        /// Its number in the round, from 1.
        board: u32,
    },
    /// Watches; may type a seed.
    Observer,
}

/// What is fixed before the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committed {
    /// The SHA-256 of each part of the record, by its name.
    pub parts: BTreeMap<String, Hash32>,
    /// Of the parts.
    pub root: Hash32,
    /// Program and version that will draw and measure.
    pub software: String,
}

/// A round that begins. Its draws follow from the seed and from what was committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Draws of this round.
    pub draws: u64,
    /// Ballots or batches that were never drawn before, and extra ones, by jurisdiction: what has to be read.
    pub units: BTreeMap<String, u64>,
    /// Batches that are counted without being drawn, by place in the record: some laws have every jurisdiction count
    /// something. They never enter the risk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<usize>,
    /// For each contest how many cards it wants in all, where the sampler asks for that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<u64>,
    /// The SHA-256 of the list of draws.
    pub list: Hash32,
}

/// A step of the audit as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Says which jurisdictions take part. What one that stays has handed in stays.
    NameJurisdictions(BTreeSet<String>),
    /// Chooses a contest, or states one of this name anew.
    ChooseContest(Contest),
    /// Leaves a contest out again.
    DropContest {
        /// Its name.
        name: String,
    },
    /// Hands something in, in place of what was there. The jurisdiction signs anew.
    Upload {
        /// Whose.
        jurisdiction: String,
        /// What.
        what: What,
        /// The upload.
        upload: Upload,
    },
    /// Signs what a jurisdiction has handed in.
    SignUploads {
        /// Whose.
        jurisdiction: String,
        /// What the signer saw: [`Audit::to_sign`](super::Audit::to_sign).
        over: Hash32,
    },
    /// Fixes everything.
    Commit(Committed),
    /// States the seed on which two people agreed.
    Seed {
        /// Its digits.
        seed: String,
        /// How often two people had typed different digits.
        failed: u32,
    },
    /// Begins a round.
    OpenRound(Opening),
    /// Deals a jurisdiction's ballots or batches to its boards.
    DealBoards {
        /// Whose.
        jurisdiction: String,
        /// How many each board has.
        units: Vec<u64>,
    },
    /// A board has read everything and both members have signed.
    SignBoard {
        /// Whose.
        jurisdiction: String,
        /// Its number, from 1.
        board: u32,
        /// What they signed: [`BoardWork::to_sign`](super::BoardWork::to_sign).
        over: Hash32,
    },
    /// Gives a board its list back.
    ReopenBoard {
        /// Whose.
        jurisdiction: String,
        /// Its number, from 1.
        board: u32,
        /// Why.
        reason: String,
    },
    /// Ends a round: only now its risk is measured.
    CloseRound {
        /// The SHA-256 of what was read.
        counted: Hash32,
        /// The risk of each contest.
        measured: Vec<Measured>,
    },
    /// Says what follows a closed round.
    Decide {
        /// What.
        decision: Decision,
        /// Why, where the measured risks say otherwise.
        reason: String,
    },
    /// Gives up an open round. It stays visible, and nothing in it counts.
    Abandon {
        /// Why.
        reason: String,
    },
    /// Goes back to before the seed for a late upload or another change: the next version.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Ends the audit after a full hand count.
    Finish {
        /// The SHA-256 of the result of the count.
        result: Hash32,
    },
}

impl Step {
    /// Its name in `docs/reference/audit-states.md`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NameJurisdictions(_) => "name-jurisdictions",
            Self::ChooseContest(_) => "choose-contest",
            Self::DropContest { .. } => "drop-contest",
            Self::Upload { .. } => "upload",
            Self::SignUploads { .. } => "sign-uploads",
            Self::Commit(_) => "commit",
            Self::Seed { .. } => "seed",
            Self::OpenRound(_) => "open-round",
            Self::DealBoards { .. } => "deal-boards",
            Self::SignBoard { .. } => "sign-board",
            Self::ReopenBoard { .. } => "reopen-board",
            Self::CloseRound { .. } => "close-round",
            Self::Decide { .. } => "decide",
            Self::Abandon { .. } => "abandon",
            Self::Reopen { .. } => "reopen",
            Self::Finish { .. } => "finish",
        }
    }

    /// Whether this party may take it, in any state.
    pub fn may(&self, by: &Party) -> bool {
        match self {
            Self::Upload { jurisdiction, .. } => match by {
                Party::Administrator => true,
                Party::Jurisdiction(own) => own == jurisdiction,
                Party::Board { .. } | Party::Observer => false,
            },
            // Whoever runs the audit does not sign for a jurisdiction.
            Self::SignUploads { jurisdiction, .. } | Self::DealBoards { jurisdiction, .. } => {
                matches!(by, Party::Jurisdiction(own) if own == jurisdiction)
            }
            Self::SignBoard { jurisdiction, board, .. } => {
                *by == Party::Board { jurisdiction: jurisdiction.clone(), board: *board }
            }
            Self::Seed { .. } => !matches!(by, Party::Board { .. }),
            _ => *by == Party::Administrator,
        }
    }
}
