//! What a planner is asked.

use super::Decimal;
use crate::risk::kaplan_markov::{Discrepancies, Understatements};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Votes by the names of the choices.
pub type Votes = BTreeMap<String, u64>;

/// A sample to be planned: contests that are audited together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The contests.
    pub contests: Vec<Asked>,
    /// Cards by the contests on them; none: every contest is on the cards that it says, and each sample is drawn from
    /// the same cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<Style>,
    /// The seed of what is simulated.
    #[serde(default = "seed")]
    pub seed: String,
    /// How often an audit is run on paper, from 1 to 100,000.
    #[serde(default = "thousand")]
    pub replications: u32,
    /// So many draws are not made: beyond it all cards are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

/// Cards with the same contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// How many cards.
    pub cards: u64,
    /// Names of the contests on them.
    pub contests: Vec<String>,
}

/// One contest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// Its risk limit.
    #[serde(default = "five_percent")]
    pub risk_limit: Decimal,
    /// Cards that could be drawn: all, or those with the contest where CVRs tell which. Batches, pools and strata say
    /// it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<u64>,
    /// Whether the sample is drawn for it; otherwise it is measured on cards drawn for others.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub targeted: bool,
    /// What was reported.
    pub reported: Reported,
    /// How it is audited.
    pub audit: Method,
}

/// What was reported, with the rule by which the outcome follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reported {
    /// The choices with the most votes win.
    Plurality {
        /// The votes.
        votes: Votes,
        /// How many win.
        #[serde(default = "one")]
        winners: u32,
        /// How many choices a voter may mark.
        #[serde(default = "one")]
        votes_allowed: u32,
        /// Who was reported to have won; none said: who has the votes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        won: Vec<String>,
    },
    /// The same, and every choice may be marked.
    Approval {
        /// The votes.
        votes: Votes,
        /// How many win.
        #[serde(default = "one")]
        winners: u32,
    },
    /// Whoever has more than a share of the valid ballots wins (a measure that needs 2/3).
    Share {
        /// The votes.
        votes: Votes,
        /// The share.
        share: Decimal,
        /// Valid ballots; none said: the votes together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid: Option<u64>,
    },
    /// A majority wins; if nobody has it the two with most votes go to a runoff.
    Runoff {
        /// The votes.
        votes: Votes,
        /// Valid ballots; none said: the votes together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid: Option<u64>,
    },
    /// Candidates are eliminated one after another; assertions come from RAIRE.
    InstantRunoff {
        /// Everybody who can be ranked.
        candidates: Vec<String>,
        /// The rankings.
        rankings: Vec<Ranking>,
        /// Who was reported to have won; none said: who wins by the rankings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        winner: Option<String>,
    },
    /// Seats go one after another to the list with the highest quotient.
    HighestAverages {
        /// The votes of the lists.
        votes: Votes,
        /// Seats.
        seats: u32,
        /// The divisors.
        #[serde(default)]
        divisors: Divisors,
        /// Lists with a smaller share of the valid ballots get no seat.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<Decimal>,
    },
    /// Only the smallest difference is known: of two candidates, or of the assertions of somebody else's program.
    Margin {
        /// In votes.
        margin: u64,
    },
}

/// Divisors of the first, second … seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Divisors {
    /// 1, 2, 3 …
    #[default]
    Dhondt,
    /// 1, 3, 5 …
    SainteLague,
    /// 1.4, 3, 5 … (Norway).
    ModifiedSainteLague,
    /// 1.2, 3, 5 … (Sweden since 2018).
    SwedishSainteLague,
    /// 1, 4, 7 …
    Danish,
    /// 2, 3, 4 … (Belgian municipalities).
    Imperiali,
}

/// Equal ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// How many.
    pub ballots: u64,
    /// Names, the preferred first.
    pub prefer: Vec<String>,
}

/// How risk is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Method {
    /// Ballot polling by BRAVO.
    Bravo {
        /// Votes in the sample so far.
        #[serde(default, skip_serializing_if = "Votes::is_empty")]
        seen: Votes,
    },
    /// Ballot polling by Minerva, one winner and one loser; each round needs a new seed.
    Minerva {
        /// Votes of each earlier round.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rounds: Vec<Votes>,
    },
    /// The same by Providence.
    Providence {
        /// Votes of each earlier round.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rounds: Vec<Votes>,
    },
    /// Ballot polling by ALPHA, for every rule.
    Alpha {
        /// How many draws the reported result weighs.
        #[serde(default = "hundred")]
        d: Decimal,
    },
    /// Ballot comparison by Kaplan-Markov.
    KaplanMarkov {
        /// γ.
        #[serde(default = "gamma")]
        gamma: Decimal,
        /// Ignored by Arlo, counted by Colorado.
        #[serde(default = "ignored")]
        understatements: Understatements,
        /// What is expected.
        #[serde(default)]
        rates: Rates,
        /// What was found so far.
        #[serde(default, skip_serializing_if = "Found::is_nothing")]
        seen: Found,
    },
    /// Ballot comparison by a betting martingale with a capped bet, for every rule.
    Betting {
        /// λ.
        #[serde(default = "bet")]
        bet: Decimal,
        /// The largest share that one draw may lose.
        #[serde(default = "max_loss")]
        max_loss: Decimal,
        /// What is expected.
        #[serde(default)]
        rates: Rates,
        /// What was found so far.
        #[serde(default, skip_serializing_if = "Found::is_nothing")]
        seen: Found,
    },
    /// ONEAudit: cards in pools of which only totals are known, all others compared with their CVRs.
    Oneaudit {
        /// The pools.
        pools: Vec<Part>,
        /// By ALPHA with this weight of what was reported …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        d: Option<Decimal>,
        /// … or by this bet; neither: by the bet that grows fastest if cards are as reported. One draw may lose at most
        /// nine tenths.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bet: Option<Decimal>,
    },
    /// Batch comparison: MACRO, drawn with probability proportional to the error bounds (PPEB).
    Batch {
        /// The batches.
        batches: Vec<Batch>,
        /// Ballots not counted yet.
        #[serde(default)]
        pending: u64,
        /// The risk measured so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measured: Option<Decimal>,
    },
    /// Hybrid by SUITE: one stratum with records, one without.
    Suite {
        /// γ.
        #[serde(default = "gamma")]
        gamma: Decimal,
        /// The strata.
        strata: Vec<Stratum>,
    },
    /// Two strata by the product of two betting martingales, for every rule but instant runoff.
    Stratified {
        /// The strata.
        strata: Vec<Stratum>,
    },
}

/// How often a card shows each discrepancy. For assorters with another upper bound than 1 a one-vote overstatement is
/// half of it, a two-vote overstatement all of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rates {
    /// One-vote overstatements.
    pub o1: Decimal,
    /// Two-vote overstatements.
    pub o2: Decimal,
    /// One-vote understatements.
    pub u1: Decimal,
    /// Two-vote understatements.
    pub u2: Decimal,
}

impl Default for Rates {
    /// Arlo's for the first round.
    fn default() -> Self {
        let [one, two] = ["0.001", "0.0001"].map(|rate| Decimal(rate.to_owned()));
        Self { o1: one.clone(), o2: two.clone(), u1: one, u2: two }
    }
}

/// What a comparison has found so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Found {
    /// Cards drawn.
    pub draws: u64,
    /// One-vote overstatements.
    pub o1: u64,
    /// Two-vote overstatements.
    pub o2: u64,
    /// One-vote understatements.
    pub u1: u64,
    /// Two-vote understatements.
    pub u2: u64,
}

impl Found {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn discrepancies(self) -> Discrepancies {
        Discrepancies { o1: self.o1, o2: self.o2, u1: self.u1, u2: self.u2 }
    }
}

/// Cards of which totals are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// How many cards.
    pub cards: u64,
    /// Their votes; choices that are left out have none.
    pub votes: Votes,
    /// Valid ballots; none said: the votes together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<u64>,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Whose it is.
    #[serde(default)]
    pub jurisdiction: String,
    /// Its name.
    pub name: String,
    /// Ballots by the manifest.
    pub ballots: u64,
    /// Its votes; choices that are left out have none.
    pub votes: Votes,
}

/// A stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// How many cards.
    pub cards: u64,
    /// Their votes.
    pub votes: Votes,
    /// Whether cards are compared with records; otherwise they are polled.
    pub records: bool,
}

fn seed() -> String {
    "plan".to_owned()
}

fn thousand() -> u32 {
    1_000
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

fn ignored() -> Understatements {
    Understatements::Ignored
}

fn five_percent() -> Decimal {
    Decimal("0.05".to_owned())
}

fn hundred() -> Decimal {
    Decimal("100".to_owned())
}

fn gamma() -> Decimal {
    Decimal("1.03905".to_owned())
}

fn bet() -> Decimal {
    Decimal("1.8".to_owned())
}

fn max_loss() -> Decimal {
    Decimal("0.9".to_owned())
}
