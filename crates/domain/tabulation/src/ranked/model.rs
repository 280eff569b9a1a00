//! What a ranked count takes and what it gives.

use super::Decimal;
use crate::cvr::Mark;
use crate::lots::{Lot, LotError};
use serde::{Deserialize, Serialize};

/// Ballots of one count, at most.
pub const MAX_BALLOTS: u64 = 1_000_000_000_000;

/// Who can be ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// By this name.
    pub name: String,
    /// Passed over as if not ranked.
    #[serde(default)]
    pub excluded: bool,
    /// Stands for all who were written in and not declared: out first, and never elected.
    #[serde(default)]
    pub undeclared: bool,
}

/// Ballots that are marked in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// The ranks from 1 on in ascending order, with the candidate's place in the list or [`Mark::OVERVOTE`]. A rank
    /// that is left out has no mark.
    pub ranking: Vec<Mark>,
    /// In which parts of the contest (precinct, batch) they were cast; places in [`Ballots::parts`].
    #[serde(default)]
    pub parts: Vec<u32>,
    /// How many there are.
    pub count: u64,
}

/// Everything that is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// In the order that breaks ties where the rules say so.
    pub candidates: Vec<Candidate>,
    /// Parts of the contest whose votes are also stated by themselves.
    #[serde(default)]
    pub parts: Vec<String>,
    /// In any order.
    pub ballots: Vec<Ballot>,
}

/// Ballots that count for nobody in a round, by why; parts of ballots where a part has elected somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Inactive {
    /// Nothing was marked.
    pub blank: Decimal,
    /// No candidate who is in the count is ranked any more.
    pub exhausted_choices: Decimal,
    /// Ended by too many at one rank.
    pub overvotes: Decimal,
    /// Ended by ranks that were left out.
    pub skipped_rankings: Decimal,
    /// Ended by a candidate who was ranked again.
    pub repeated_rankings: Decimal,
    /// Above the threshold when all seats were filled.
    pub final_round_surplus: Decimal,
    /// Left over by cutting, up to this round.
    pub residual_surplus: Decimal,
}

/// Where votes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// To this candidate.
    Candidate(usize),
    /// To nobody.
    Inactive,
    /// Lost by cutting.
    ResidualSurplus,
}

/// Votes that came into a round from somebody elected or eliminated before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// From whom; none: the first count.
    pub from: Option<usize>,
    /// To whom.
    pub to: To,
    /// How many.
    pub votes: Decimal,
}

/// The votes of a round, in the whole contest or in a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// By candidate; none: eliminated or excluded. Who was elected before keeps what the threshold says.
    pub votes: Vec<Option<Decimal>>,
    /// For nobody.
    pub inactive: Inactive,
    /// What came into this round.
    pub transfers: Vec<Transfer>,
}

/// Why somebody was elected or eliminated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "rule")]
pub enum Why {
    /// Has the threshold.
    Threshold,
    /// Has more than others, one being elected in this round, or two being left.
    Most,
    /// There are no more candidates than seats.
    SeatsLeft,
    /// Everybody left is above the share.
    AllAboveShare,
    /// Stands for undeclared write-ins.
    UndeclaredWriteIns,
    /// Below the minimum or the cutoff.
    Minimum,
    /// Cannot win: all of these have together less than the next.
    Batch {
        /// Their votes together.
        together: Decimal,
        /// The next one's.
        next: Decimal,
    },
    /// Has the fewest.
    Fewest,
}

/// Somebody is elected or eliminated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Decision {
    /// Who.
    pub candidate: usize,
    /// Elected, otherwise eliminated.
    pub elected: bool,
    /// Why.
    pub why: Why,
    /// The part of each vote that goes on to the next candidate, where votes are transferred.
    pub surplus_fraction: Option<Decimal>,
}

/// How a tie was broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// By the number of `java.util.Random`.
    Seed,
    /// By a lot that a person drew.
    Lot,
    /// By the votes in this earlier round.
    Round(u32),
    /// By the order of the candidates.
    Order,
}

/// A tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tie {
    /// Who were equal.
    pub among: Vec<usize>,
    /// Who was chosen, to be elected or to be eliminated.
    pub chosen: usize,
    /// Chosen to be elected.
    pub elected: bool,
    /// How it was broken.
    pub by: Broken,
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// From 1.
    pub number: u32,
    /// Who has as many is elected.
    pub threshold: Decimal,
    /// The votes.
    pub tally: Tally,
    /// Who is elected or eliminated; ascending by name.
    pub decisions: Vec<Decision>,
    /// The tie of this round.
    pub tie: Option<Tie>,
    /// The votes in each part, in the order of [`Ballots::parts`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Tally>,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// As they were given.
    pub candidates: Vec<Candidate>,
    /// As they were given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Ballots altogether.
    pub ballots: u64,
    /// The rounds.
    pub rounds: Vec<Round>,
    /// Places of the elected in the list, in the order of election.
    pub winners: Vec<usize>,
    /// Places of the eliminated, in the order of elimination.
    pub eliminated: Vec<usize>,
    /// Lots that were used.
    pub lots: Vec<Lot>,
}

/// Why there is no count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RankedError {
    /// A lot is needed or does not fit.
    #[error(transparent)]
    Lot(#[from] LotError),
    /// A source that says "overvote" without saying for whom.
    #[error(
        "SCR-TAB-012 {0} ballots have an overvote without the candidates marked, and the rule needs to know which of them are in the count"
    )]
    OvervoteUnknown(
        /// Ballots.
        u64,
    ),
    /// More ballots than [`MAX_BALLOTS`].
    #[error("SCR-TAB-013 more than {MAX_BALLOTS} ballots")]
    TooMany,
    /// A ballot that is none.
    #[error("SCR-TAB-014 ballot {number}: {what}")]
    Ballot {
        /// From 1, in the order given.
        number: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Nobody to count for, or no ballot.
    #[error("SCR-TAB-015 there is no {0} to count")]
    Nothing(
        /// `candidate` or `ballot`.
        &'static str,
    ),
}
