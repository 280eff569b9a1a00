//! Batch comparison: whole batches are counted by hand, and the largest error of a batch, as a share of the margins
//! that it touches, bounds the risk (MACRO: Stark, "Risk-Limiting Postelection Audits: Conservative P-Values From
//! Common Probability Inequalities", 2009, and "Efficient Post-Election Audits of Multiple Contests", 2009), with
//! batches drawn with probability proportional to their error bound (PPEB: Aslam, Popa, Rivest 2008), as Arlo
//! computes it.
//!
//! Counts and bounds are exact; the measured risk is a double.

mod measure;
mod pairs;

pub use measure::{Drawn, Measured, Measurement, TAINT_LIMIT_NOTE};
pub use pairs::{Pair, PairMargin};

use num_rational::BigRational;
use serde::{Deserialize, Serialize};

/// One contest as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Votes of each choice, in the order of the choices.
    pub votes: Vec<u64>,
    /// How many are elected. Where a runoff is possible: 1, the other case follows from the votes.
    pub winners: usize,
    /// How many choices a voter may mark.
    pub votes_allowed: u64,
    /// Ballots not counted yet (provisional, cured), each of which could change a margin by one vote.
    pub pending: u64,
    /// Whoever has a majority of all votes is elected; if nobody has, the two with most votes go to a runoff.
    pub runoff: bool,
}

/// One batch as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Whose it is.
    pub jurisdiction: String,
    /// Its name.
    pub name: String,
    /// Ballots by the manifest: what could be in it at most.
    pub ballots: u64,
    /// Reported votes of each choice.
    pub votes: Vec<u64>,
}

/// Why a contest cannot be audited by a sample of batches.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSample {
    /// Ties, or ballots that are pending or in no batch, leave no margin: all of it has to be counted.
    #[error(
        "SCR-AUD-100 {pair}: the margin is {reported} votes, and {unseen} ballots are pending or in no batch: a sample cannot confirm it; count the whole contest by hand"
    )]
    FullCount {
        /// Which pair, in words.
        pair: String,
        /// Reported margin in votes.
        reported: i128,
        /// Ballots that are pending or in no batch.
        unseen: u64,
    },
    /// As many winners as choices, or none.
    #[error("SCR-AUD-101 {winners} of {choices} choices win: nothing is decided that could be audited")]
    NothingDecided {
        /// Winners asked for.
        winners: usize,
        /// Choices.
        choices: usize,
    },
    /// A batch has another number of choices than the contest, or more votes than its ballots allow.
    #[error("SCR-AUD-102 batch {batch:?} of {jurisdiction:?}: {what}")]
    Batch {
        /// Whose batch.
        jurisdiction: String,
        /// Its name.
        batch: String,
        /// What is wrong with it.
        what: String,
    },
    /// Batches hold more votes for a choice than the contest as a whole.
    #[error("SCR-AUD-103 choice {choice} has {batches} votes in the batches and {contest} in the contest")]
    MoreThanContest {
        /// Place of the choice, from 1.
        choice: usize,
        /// In the batches.
        batches: u64,
        /// In the contest.
        contest: u64,
    },
}

/// A contest with its batches, ready to be sampled and measured.
#[derive(Debug, Clone)]
pub struct BatchAudit {
    pairs: Vec<PairMargin>,
    batches: Vec<Batch>,
    bounds: Vec<BigRational>,
    total: BigRational,
}
