//! Why something is refused.

use scr_verify::{PromiseFault, VerifyError};
use serde::Serialize;

/// A part of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The text form around the bytes.
    Armour,
    /// The sum at the end: damaged on its way.
    Checksum,
    /// The bundle or short form itself.
    Bundle,
    /// The packed entry.
    Entry,
    /// The alert's compact text.
    Text,
}

/// Bytes that do not have the form of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at byte {offset} of the {part:?}: {what}")]
pub struct Broken {
    /// Of which part.
    pub part: Part,
    /// Where within that part, from 0.
    pub offset: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// Which check an alert has failed. No part of it is to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Damaged, or no bundle at all.
    #[error("{code}: {0}", code = form_code(.0))]
    Form(#[from] Broken),
    /// No key is given that one trusts: nothing can be examined.
    #[error(
        "SCR-ALR-012: give the card, or a policy or key that you trust; an alert cannot vouch for itself"
    )]
    NoTrust,
    /// Signed with a log's key that is not on the card.
    #[error("SCR-ALR-013: it claims a log whose key {0} is not on the card")]
    OtherLog(String),
    /// Signatures or proof do not hold.
    #[error("SCR-ALR-014: {0}")]
    Proof(VerifyError),
    /// The promise of a short form does not hold.
    #[error("SCR-ALR-015: {0}")]
    Promise(PromiseFault),
    /// The entry is in the log, but it issues no alert.
    #[error("SCR-ALR-016: the entry is none that issues an alert: {0}")]
    NotAnAlert(String),
    /// Sent at another time than the log took it: back-dated or dated ahead.
    #[error(
        "SCR-ALR-017: it says it was sent at another time than the log took it ({seconds} seconds apart)"
    )]
    BackDated {
        /// The log's time minus the alert's.
        seconds: i64,
    },
    /// An update or a cancellation that is older than what it names.
    #[error("SCR-ALR-018: it names entry {named}, and is older than that")]
    Older {
        /// Index of the alert that it names.
        named: u64,
    },
    /// The text form says another status than the alert.
    #[error("SCR-ALR-019: outside it says another status, or another form, than inside")]
    Label,
    /// The log had taken it only after a witness saw it.
    #[error("SCR-ALR-020: the entry is younger than the checkpoint that holds it")]
    FromTheFuture,
    /// It is about another election than the card.
    #[error("SCR-ALR-021: it is about another election than the card, which is for {card}")]
    OtherElection {
        /// Code of the card's election.
        card: String,
    },
}

fn form_code(broken: &Broken) -> &'static str {
    if broken.part == Part::Checksum { "SCR-ALR-010" } else { "SCR-ALR-011" }
}

impl Refused {
    /// The stable code (docs/reference/errors/alr.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(broken) => form_code(broken),
            Self::NoTrust => "SCR-ALR-012",
            Self::OtherLog(_) => "SCR-ALR-013",
            Self::Proof(_) => "SCR-ALR-014",
            Self::Promise(_) => "SCR-ALR-015",
            Self::NotAnAlert(_) => "SCR-ALR-016",
            Self::BackDated { .. } => "SCR-ALR-017",
            Self::Older { .. } => "SCR-ALR-018",
            Self::Label => "SCR-ALR-019",
            Self::FromTheFuture => "SCR-ALR-020",
            Self::OtherElection { .. } => "SCR-ALR-021",
        }
    }

    /// The check that failed, as a word for translations: `damaged`, `form`, `no-trust`, `other-log`, `signature`,
    /// `witnesses`, `inclusion`, `promise`, `no-alert`, `back-dated`, `order`, `label`, `time`,
    /// `other-election`.
    pub fn check(&self) -> &'static str {
        use scr_note::PolicyError;
        match self {
            Self::Form(broken) if broken.part == Part::Checksum => "damaged",
            Self::Form(_) => "form",
            Self::NoTrust => "no-trust",
            Self::OtherLog(_) => "other-log",
            Self::Proof(VerifyError::NotIncluded { .. }) => "inclusion",
            Self::Proof(VerifyError::Policy(PolicyError::Quorum { .. })) => "witnesses",
            Self::Proof(_) => "signature",
            Self::Promise(_) => "promise",
            Self::NotAnAlert(_) => "no-alert",
            Self::BackDated { .. } => "back-dated",
            Self::Older { .. } => "order",
            Self::Label => "label",
            Self::FromTheFuture => "time",
            Self::OtherElection { .. } => "other-election",
        }
    }

    /// The exit status of a command: 2 when nothing could be examined, 1 when it was and failed.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Self::NoTrust | Self::Form(_)) { 2 } else { 1 }
    }
}
