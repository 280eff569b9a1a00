//! The audit record: everything that anybody needs to check an audit again, in one JSON document
//! (`docs/schemas/audit-record.schema.json`). Integers and texts only: risk limits and measured risks are decimals.
//!
//! What was committed to before the seed was drawn comes first, then the rounds in their order. A record never
//! changes what it has said: a late upload is a new version with a reason, an abandoned round stays.

mod parts;

pub use parts::{PARTS, Part};

use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that a record names.
pub const FORMAT: &str = "scrutineer/audit-record/v1";
/// Bytes of a record, at most.
pub const MAX_RECORD: usize = 512 << 20;

/// An audit from its definition to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// [`FORMAT`].
    pub format: String,
    /// What it is called.
    pub title: String,
    /// Program and version that drew and measured.
    pub software: String,
    /// How it is audited.
    pub settings: Settings,
    /// The contests.
    pub contests: Vec<Contest>,
    /// The manifest, in the order in which it is drawn from; of a batch comparison with the reported votes.
    pub batches: Vec<Batch>,
    /// CVRs of a ballot comparison.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cvrs: Vec<Cvr>,
    /// Names that jurisdictions used and what they stand for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameTrail>,
    /// What was fixed before the seed.
    pub commitment: Commitment,
    /// Versions before this one, with the reason for each change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// The rounds.
    pub rounds: Vec<Round>,
}

/// How an audit works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The method.
    pub method: Method,
    /// The sampler.
    pub sampler: Sampler,
    /// Digits that a seed has at least; 20 ten-sided dice give 20.
    pub seed_digits: u32,
}

/// How risk is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Batches against their totals (MACRO).
    BatchComparison,
    /// Ballots against their CVRs (Kaplan-Markov, understatements ignored, as Arlo computes it).
    BallotComparison,
    /// Ballots alone (BRAVO).
    BallotPolling,
}

/// How the sample follows from the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sampler {
    /// Batches by their error bounds: [`ppeb`](crate::sample::ppeb).
    ArloPpeb,
    /// Ballots by tickets, with replacement: [`consistent`](crate::sample::consistent).
    ConsistentWithReplacement,
    /// Ballots by tickets, each once.
    ConsistentWithoutReplacement,
}

/// A contest as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Its name.
    pub name: String,
    /// The names of its choices.
    pub choices: Vec<String>,
    /// Reported votes of each.
    pub votes: Vec<u64>,
    /// How many are elected.
    pub winners: usize,
    /// How many choices a voter may mark.
    pub votes_allowed: u64,
    /// Ballots that could hold it.
    pub ballots: u64,
    /// Ballots not counted yet.
    #[serde(default)]
    pub pending: u64,
    /// A majority is needed, or two go to a runoff.
    #[serde(default)]
    pub runoff: bool,
    /// The risk limit, a decimal: `0.05`.
    pub risk_limit: String,
    /// The audit goes on until its limit is met; of others the risk is measured on what was drawn.
    pub targeted: bool,
}

/// A batch of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Whose.
    pub jurisdiction: String,
    /// Its scanner, where the manifest names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tabulator: Option<String>,
    /// Its name.
    pub batch: String,
    /// Ballots by the manifest.
    pub ballots: u32,
    /// Reported votes: for each contest those of each choice (batch comparison).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vec<u64>>,
}

/// One CVR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cvr {
    /// The batch, by its place in [`Record::batches`].
    pub batch: usize,
    /// The position in it, from 1.
    pub position: u32,
    /// For each contest the choices marked, by place; null: the contest is not on the ballot.
    pub votes: Vec<Option<Vec<u16>>>,
}

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameTrail {
    /// Who used it.
    pub jurisdiction: String,
    /// The name used.
    pub used: String,
    /// What it stands for.
    pub standard: String,
}

/// What was fixed before the seed: SHA-256 of each part in canonical JSON (RFC 8785), and of the list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// By the name of the part.
    pub parts: BTreeMap<String, Hash32>,
    /// Of the parts.
    pub root: Hash32,
    /// When and where it was published; none: nobody witnessed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

/// A moment that a log witnessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// RFC 3339, UTC, seconds.
    pub at: String,
    /// The log.
    pub origin: String,
    /// The entry.
    pub index: u64,
}

/// A version that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The root that it had committed to.
    pub root: Hash32,
    /// Why it was replaced.
    pub reason: String,
}

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
    /// What was drawn, in the order of the draws.
    pub draws: Vec<Draw>,
    /// What was read by hand, each batch or ballot once.
    pub counted: Vec<Counted>,
    /// What was measured when it was closed.
    pub measured: Vec<Measured>,
    /// What followed.
    pub decision: Decision,
}

/// One draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The ticket as it is shown.
    pub ticket: String,
    /// The batch, by its place in [`Record::batches`].
    pub batch: usize,
    /// The position in it, from 1; of a batch comparison none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}

/// What was read by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The batch, by its place.
    pub batch: usize,
    /// The position in it, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Of a batch: for each contest the votes of each choice. Of a ballot: for each contest the choices marked, or
    /// null where the contest is not on it; nothing at all: it was not found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Option<Vec<u64>>>,
    /// Batches that could not be told apart and were counted together, by place, this one among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<usize>,
    /// Counted although it was not drawn: it never enters the risk.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extra: bool,
    /// The board that counted and signed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub board: String,
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

/// Why a document is no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Too large.
    #[error("SCR-AUD-110 a record has at most {MAX_RECORD} bytes, this has {0}")]
    TooLarge(usize),
    /// Not of this form.
    #[error("SCR-AUD-111 this is no audit record: {0}")]
    Form(#[from] serde_json::Error),
    /// Of another version.
    #[error("SCR-AUD-112 this is a record of the form {0:?}; this program reads {FORMAT}")]
    Format(String),
}

impl Record {
    /// Ballots of the whole manifest: what a ballot is drawn from.
    pub fn cards(&self) -> u64 {
        self.batches.iter().map(|batch| u64::from(batch.ballots)).sum()
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`RecordError`].
    pub fn read(bytes: &[u8]) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Named {
            format: String,
        }
        if bytes.len() > MAX_RECORD {
            return Err(RecordError::TooLarge(bytes.len()));
        }
        let named: Named = serde_json::from_slice(bytes)?;
        if named.format != FORMAT {
            return Err(RecordError::Format(named.format));
        }
        Ok(serde_json::from_slice(bytes)?)
    }
}
