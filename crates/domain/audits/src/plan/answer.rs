//! What a planner answers.

use crate::decimal::RiskLimit;
use crate::risk::plan::Distribution;
use serde::Serialize;

/// The plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Each contest, in the order asked.
    pub contests: Vec<Planned>,
    /// One sample for all contests that it is drawn for; none where they are drawn in different ways, or where one of
    /// them is counted whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<Together>,
}

/// One contest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// Its risk limit.
    pub risk_limit: RiskLimit,
    /// Whether the sample is drawn for it.
    pub targeted: bool,
    /// The method, as in the request.
    pub method: &'static str,
    /// Cards that could be drawn.
    pub cards: u64,
    /// How many assertions are tested.
    pub assertions: usize,
    /// The one that decides about the size, in words with its figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardest: Option<Hardest>,
    /// What the audit needs.
    pub need: Need,
}

/// The assertion that decides about the size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hardest {
    /// In words.
    pub claim: String,
    /// The difference in votes, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
    /// The margin of the assorter, twice its mean less 1.
    #[serde(with = "crate::decimal::text")]
    pub margin: f64,
    /// Upper bound over margin (RAIRE's difficulty).
    #[serde(with = "crate::decimal::text")]
    pub difficulty: f64,
}

/// What an audit needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// No sample can confirm the outcome: all cards are counted by hand.
    FullHandCount {
        /// Why.
        why: Why,
        /// Cards.
        cards: u64,
    },
    /// A sample.
    Sample(Sample),
}

/// Why all cards are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Equal votes, equal quotients, or exactly the share.
    Tie,
    /// Ballots that are pending or in no batch could turn the outcome.
    Unseen,
    /// The sample would be as large as what it is drawn from.
    AsLarge,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Single ballots or cards.
    Ballots,
    /// Whole batches.
    Batches,
}

/// The size of a sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// What is drawn.
    pub unit: Unit,
    /// Whether one unit can be drawn twice.
    pub with_replacement: bool,
    /// Further draws until the risk limit is met, if cards are as reported (with the errors stated); none where the
    /// method has rounds, and the sizes below are all that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draws: Option<Distribution>,
    /// Different ballots that are looked at: (percent of audits, expected number with that many draws).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<Ballots>,
    /// Sizes by the method's own formulas.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<Size>,
    /// The bet that was chosen, where the request names none: the audit has to fix it before it begins.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe")]
    pub bet: Option<f64>,
}

/// Different ballots, and batches, among draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ballots {
    /// Audits that need no more, in percent.
    pub percent: u8,
    /// Draws.
    pub draws: u64,
    /// Expected number of different ballots.
    #[serde(with = "crate::decimal::text")]
    pub ballots: f64,
    /// Expected number of different batches; where batches are drawn.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe")]
    pub batches: Option<f64>,
}

/// A size by a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Size {
    /// Which.
    pub rule: Rule,
    /// Draws.
    pub draws: u64,
    /// The chance that it is enough, where the formula says one.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe")]
    pub chance: Option<f64>,
}

/// Formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// BRAVO's expected number (ASN).
    Asn,
    /// One round that is enough with the stated chance.
    Round,
    /// Without any error (Colorado's optimistic size).
    NoErrors,
    /// With the expected errors, as Arlo sizes a comparison.
    ExpectedErrors,
    /// MACRO's: draws without error, and one more.
    Macro,
    /// Draws of batches by assorter totals (Stark, "ONEAudit").
    AssorterTotals,
    /// SUITE: cards to poll.
    Polled,
    /// SUITE: cards to compare.
    Compared,
}

/// One sample for several contests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// Sizes.
    pub ballots: Vec<Ballots>,
    /// The contest that needs most, at 90 percent.
    pub largest: String,
    /// Contests that are measured on the same cards: (name, share of audits that confirm them too, if the sample is
    /// that of 90 percent and each card has every contest).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opportunistic: Vec<Chance>,
}

/// How likely a contest is confirmed on the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chance {
    /// The contest.
    pub name: String,
    /// The share of audits.
    #[serde(with = "crate::decimal::text")]
    pub chance: f64,
}

#[expect(clippy::ref_option, reason = "serde hands the field over so")]
fn maybe<S: serde::Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to.collect_str(value),
        None => to.serialize_none(),
    }
}
