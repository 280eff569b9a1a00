//! What an audit board reads on a ballot.

use super::check::{self, invalid};
use super::codes;
use crate::record::Contest;
use scr_core::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a board must know of a contest to read it, and nothing that a machine has counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestForm {
    /// Its name.
    pub name: String,
    /// The names of its choices.
    pub choices: Vec<String>,
    /// How many a voter may mark.
    pub votes_allowed: u64,
    /// Voters rank the choices.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ranked: bool,
}

impl ContestForm {
    /// Of a contest, without its votes.
    pub fn of(contest: &Contest) -> Self {
        Self {
            name: contest.name.clone(),
            choices: contest.choices.clone(),
            votes_allowed: contest.votes_allowed,
            ranked: contest.is_ranked(),
        }
    }
}

/// One contest on a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContestReading {
    /// These choices are marked, by place: ascending, or in the order of the ranks. More than the contest allows, where
    /// voters do not rank: an overvote.
    Votes {
        /// The choices.
        choices: Vec<u16>,
        /// Beside them a write-in stands that is no vote.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        invalid_write_in: bool,
    },
    /// Nothing is marked, or a write-in alone that is no vote.
    Blank {
        /// Such a write-in stands there.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        invalid_write_in: bool,
    },
    /// The ballot does not have this contest.
    NotOnBallot,
    /// The members disagree. The jurisdiction decides before the board signs; that they disagreed stays.
    Disagreement {
        /// About what.
        note: String,
    },
}

/// One ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotReading {
    /// It lies there, and this stands on it.
    Found {
        /// Each contest, in the order of the audit.
        contests: Vec<ContestReading>,
        /// What the board remarks.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
    },
    /// It does not lie where it should.
    NotFound {
        /// What the board remarks.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
    },
}

impl ContestReading {
    /// Whether more is marked than the contest allows.
    pub fn is_overvote(&self, form: &ContestForm) -> bool {
        matches!(self, Self::Votes { choices, .. } if !form.ranked && choices.len() as u64 > form.votes_allowed)
    }

    fn check(&self, form: &ContestForm) -> Result<(), Refusal> {
        let wrong = || invalid(codes::WRONG_FORM).on("choices").with("contest", &form.name);
        match self {
            Self::Votes { choices, .. } => {
                let ordered = form.ranked || choices.is_sorted();
                let distinct: BTreeSet<u16> = choices.iter().copied().collect();
                let known = distinct.last().is_some_and(|last| usize::from(*last) < form.choices.len());
                if ordered && known && distinct.len() == choices.len() { Ok(()) } else { Err(wrong()) }
            }
            Self::Disagreement { note } => {
                check::has_reason(note).map_err(|refusal| refusal.on("note").with("contest", &form.name))
            }
            Self::Blank { .. } | Self::NotOnBallot => Ok(()),
        }
    }

    /// As a record has it. `None` while the members disagree.
    fn votes(&self) -> Option<Option<Vec<u64>>> {
        match self {
            Self::Votes { choices, .. } => {
                Some(Some(choices.iter().map(|choice| u64::from(*choice)).collect()))
            }
            Self::Blank { .. } => Some(Some(Vec::new())),
            Self::NotOnBallot => Some(None),
            Self::Disagreement { .. } => None,
        }
    }
}

impl BallotReading {
    /// Whether it has the form of these contests.
    ///
    /// # Errors
    /// SCR-AUD-240 where it has not; -222 where a disagreement is not described; -247 where a remark is too long.
    pub fn check(&self, forms: &[ContestForm]) -> Result<(), Refusal> {
        let (Self::Found { comment, .. } | Self::NotFound { comment }) = self;
        check::text("comment", comment)?;
        let Self::Found { contests, .. } = self else { return Ok(()) };
        if contests.len() != forms.len() {
            return Err(invalid(codes::WRONG_FORM).on("contests").with("contests", forms.len()));
        }
        contests.iter().zip(forms).try_for_each(|(reading, form)| reading.check(form))
    }

    /// Whether its board disagrees about it.
    pub fn is_disagreed(&self) -> bool {
        let Self::Found { contests, .. } = self else { return false };
        contests.iter().any(|reading| matches!(reading, ContestReading::Disagreement { .. }))
    }

    /// As [`Counted::votes`](crate::record::Counted::votes) has it: nothing at all where it was not found. `None`
    /// while the board disagrees.
    pub fn votes(&self) -> Option<Vec<Option<Vec<u64>>>> {
        match self {
            Self::Found { contests, .. } => contests.iter().map(ContestReading::votes).collect(),
            Self::NotFound { .. } => Some(Vec::new()),
        }
    }
}
