//! The audit record: everything that anybody needs to check an audit again, in one JSON document
//! (`docs/schemas/audit-record.schema.json`). Integers and texts only: risk limits and measured risks are decimals.
//!
//! What was committed to before the seed was drawn comes first, then the rounds in their order. A record never
//! changes what it has said: a late upload is a new version with a reason, an abandoned round stays.

mod committed;
mod parts;
mod rounds;
mod settings;

pub use committed::{Commitment, Evidence, Published, Signature, Version};
pub use parts::{PARTS, Part};
pub use rounds::{Counted, Decision, Draw, FullCount, Measured, Round};
pub use settings::{Method, Sampler, Settings, SignOffs, TestRule};

use crate::batch::{self, BatchAudit, NoSample};
use crate::contest::Outcome;
use crate::raire::Assertion as IrvAssertion;
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};

/// The format that a record names.
pub const FORMAT: &str = "scrutineer/audit-record/v1";
/// Bytes of a record, at most.
pub const MAX_RECORD: usize = 512 << 20;

/// An audit from its definition to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// CVRs of a ballot comparison that stand in the record itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cvrs: Vec<Cvr>,
    /// CVRs that stand beside the record as columns (`scrutineer/cvr/1`), by their SHA-256.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cvr_files: Vec<CvrFile>,
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
    /// What a full hand count found, where the audit ended in one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full_counts: Vec<FullCount>,
}

/// A contest as it was reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Ballots with a valid vote in it, where its law asks for a share of these and voters have several votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<u64>,
    /// Ballots not counted yet.
    #[serde(default)]
    pub pending: u64,
    /// A majority is needed, or two go to a runoff.
    #[serde(default)]
    pub runoff: bool,
    /// The law by which winners follow from votes, and who they are, by place; none: the `winners` choices with the
    /// most votes. The methods by assertions confirm each of these, the others the choices with the most votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Outcome>,
    /// Of an instant-runoff contest: what is confirmed. None: what follows from the CVRs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assertions: Vec<IrvAssertion>,
    /// The risk limit, a decimal: `0.05`.
    pub risk_limit: String,
    /// The audit goes on until its limit is met; of others the risk is measured on what was drawn.
    pub targeted: bool,
}

/// A batch of the manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Reported votes: for each contest those of each choice (batch comparison, and batches of which only the totals
    /// are known: pools of ONEAudit).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vec<u64>>,
    /// Only its totals are known, no CVRs: each card counts as the mean of the batch (ONEAudit).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pool: bool,
    /// Hybrid audits: whether its ballots have CVRs and are compared with them; the others are polled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cvrs: Option<bool>,
}

/// One CVR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cvr {
    /// The batch, by its place in [`Record::batches`].
    pub batch: usize,
    /// The position in it, from 1.
    pub position: u32,
    /// For each contest the choices marked, by place (of an instant-runoff contest in the order of the ranks); null: the
    /// contest is not on the ballot.
    pub votes: Vec<Option<Vec<u16>>>,
}

/// CVRs of a jurisdiction as columns. Each lies at the position that its record number has among those of its batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CvrFile {
    /// Whose.
    pub jurisdiction: String,
    /// Of the columns.
    pub sha256: Hash32,
    /// How many CVRs.
    pub cards: u64,
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

impl Contest {
    /// Whether voters rank choices.
    pub fn is_ranked(&self) -> bool {
        matches!(self.rule, Some(Outcome::InstantRunoff { .. }))
    }

    /// The contest as votes are read in it.
    pub fn as_cast(&self) -> scr_tabulation::cvr::Contest {
        let regular = |name: &String| scr_tabulation::cvr::Choice {
            id: name.clone(),
            name: name.clone(),
            party: String::new(),
            kind: scr_tabulation::cvr::ChoiceKind::Regular,
        };
        scr_tabulation::cvr::Contest {
            id: self.name.clone(),
            name: self.name.clone(),
            votes_allowed: u16::try_from(self.votes_allowed).unwrap_or(u16::MAX),
            ranks: if self.is_ranked() { u16::try_from(self.choices.len()).unwrap_or(u16::MAX) } else { 0 },
            choices: self.choices.iter().map(regular).collect(),
        }
    }

    /// What marks say in the contest, where voters do not rank.
    pub(crate) fn told(&self, marks: &[scr_tabulation::cvr::Mark]) -> scr_tabulation::cvr::columns::Told {
        // Choices do not matter for it, and cloning their names for each ballot does.
        let bare = Self { votes_allowed: self.votes_allowed, ..Self::default() };
        bare.as_cast().told(marks)
    }

    /// Choices marked, by place, as marks; of a ranked contest they stand in the order of the ranks.
    pub fn marks(&self, marked: impl IntoIterator<Item = u16>) -> Vec<scr_tabulation::cvr::Mark> {
        let ranked = self.is_ranked();
        let mark = |(rank, choice)| scr_tabulation::cvr::Mark { rank: if ranked { rank } else { 0 }, choice };
        (1..).zip(marked).map(mark).collect()
    }
}

impl Record {
    /// Where a log has what the record says of it: commitments of all versions, and seeds.
    pub fn published_mut(&mut self) -> impl Iterator<Item = &mut Published> {
        let versions = self.versions.iter_mut().map(|version| &mut version.published);
        let seeds = self.rounds.iter_mut().map(|round| &mut round.seeded);
        versions.chain(seeds).chain([&mut self.commitment.published]).flatten()
    }

    /// An audit that begins: nothing is committed to and nothing drawn yet.
    pub fn new(
        title: &str,
        software: &str,
        settings: Settings,
        contests: Vec<Contest>,
        batches: Vec<Batch>,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            title: title.to_owned(),
            software: software.to_owned(),
            settings,
            contests,
            batches,
            cvrs: Vec::new(),
            cvr_files: Vec::new(),
            names: Vec::new(),
            commitment: Commitment::none(),
            versions: Vec::new(),
            rounds: Vec::new(),
            full_counts: Vec::new(),
        }
    }

    /// Ballots of the whole manifest: what a ballot is drawn from.
    pub fn cards(&self) -> u64 {
        self.batches.iter().map(|batch| u64::from(batch.ballots)).sum()
    }

    /// A contest as a batch comparison audits it, with the reported votes of every batch.
    ///
    /// # Errors
    /// Why it cannot be audited by a sample.
    ///
    /// # Panics
    /// `contest` is a place in [`Record::contests`], and every batch has votes for it.
    pub fn batch_audit(&self, contest: usize) -> Result<BatchAudit, NoSample> {
        let said = &self.contests[contest];
        let reported = batch::Contest {
            votes: said.votes.clone(),
            winners: said.winners,
            votes_allowed: said.votes_allowed,
            pending: said.pending,
            runoff: said.runoff,
        };
        let of = |batch: &Batch| batch::Batch {
            jurisdiction: batch.jurisdiction.clone(),
            name: batch.batch.clone(),
            ballots: u64::from(batch.ballots),
            votes: batch.votes[contest].clone(),
        };
        BatchAudit::new(&reported, self.batches.iter().map(of).collect())
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
