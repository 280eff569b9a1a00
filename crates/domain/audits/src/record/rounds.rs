//! What was drawn, read and measured.

use super::{Published, Signature};
use serde::{Deserialize, Serialize};

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// 1, 2, 3 …
    pub number: u32,
    /// The seed: of the first round, or the same again, or a fresh one.
    pub seed: String,
    /// When and where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seeded: Option<Published>,
    /// For each contest how many cards it wants in all, over this round and those before ([`Sampler::Cryptorandom`]
    /// alone).
    ///
    /// [`Sampler::Cryptorandom`]: super::Sampler::Cryptorandom
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<u64>,
    /// What was drawn, in the order of the draws.
    pub draws: Vec<Draw>,
    /// What was read by hand, each batch or ballot once.
    pub counted: Vec<Counted>,
    /// What was measured when it was closed.
    pub measured: Vec<Measured>,
    /// What followed.
    pub decision: Decision,
    /// Why, where a round was given up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who signed for its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<Signature>,
}

impl Round {
    /// A round that is open: what was drawn, and what was read of it so far.
    pub fn open(number: u32, seed: &str, draws: Vec<Draw>, counted: Vec<Counted>) -> Self {
        Self {
            number,
            seed: seed.to_owned(),
            seeded: None,
            wanted: Vec::new(),
            draws,
            counted,
            measured: Vec::new(),
            decision: Decision::Open,
            reason: String::new(),
            signed: Vec::new(),
        }
    }
}

/// One draw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The ticket as it is shown; the number in the manifest where there are no tickets.
    pub ticket: String,
    /// The batch, by its place in [`Record::batches`](super::Record::batches).
    pub batch: usize,
    /// The position in it, from 1; of a batch comparison none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Where each targeted contest has a sample of its own: for which it was drawn, by place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<usize>,
}

/// What was read by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The batch, by its place.
    pub batch: usize,
    /// The position in it, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Of a batch: for each contest the votes of each choice. Of a ballot: for each contest the choices marked (of an
    /// instant-runoff contest in the order of the ranks), or null where the contest is not on it; nothing at all: it
    /// was not found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Option<Vec<u64>>>,
    /// Batches that could not be told apart and were counted together, by place, this one among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<usize>,
    /// Counted although it was not drawn: it never enters the risk.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extra: bool,
    /// The board that counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub board: String,
    /// Who signed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<Signature>,
}

/// A measured risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The contest, by its place.
    pub contest: usize,
    /// A decimal, as precise as it was printed.
    pub p_value: String,
    /// Whether the limit is met.
    pub met: bool,
}

/// What followed a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The audit ended.
    Stop,
    /// Another round.
    NextRound,
    /// Everything was counted by hand.
    FullHandCount,
    /// The round was given up; it stays here.
    Abandoned,
    /// It is still open.
    Open,
}

/// What a full hand count found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullCount {
    /// The contest, by its place.
    pub contest: usize,
    /// Votes of each choice; of an instant-runoff contest first preferences.
    pub votes: Vec<u64>,
    /// The choices that won, by place.
    pub winners: Vec<u16>,
}
