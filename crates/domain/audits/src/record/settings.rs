//! How an audit works.

use crate::assorter::CardStyle;
use crate::bounded_mean::{ShrinkTrunc, Test};
use serde::{Deserialize, Serialize};

/// How an audit works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The method.
    pub method: Method,
    /// The sampler.
    pub sampler: Sampler,
    /// Digits that a seed has at least; 20 ten-sided dice give 20.
    pub seed_digits: u32,
    /// Whether a contest is measured on the cards whose CVR holds it, or on all.
    #[serde(default = "unknown", skip_serializing_if = "is_unknown")]
    pub card_style: CardStyle,
    /// The methods by assertions: with which test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<TestRule>,
    /// How many sign.
    #[serde(default, skip_serializing_if = "SignOffs::none")]
    pub sign_offs: SignOffs,
}

// As serde's attribute wants it.
fn unknown() -> CardStyle {
    CardStyle::Unknown
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde's attribute wants it")]
fn is_unknown(style: &CardStyle) -> bool {
    *style == CardStyle::Unknown
}

impl Settings {
    /// With cards of unknown style and without signatures.
    pub fn new(method: Method, sampler: Sampler, seed_digits: u32) -> Self {
        let sign_offs = SignOffs::default();
        Self { method, sampler, seed_digits, card_style: CardStyle::Unknown, test: None, sign_offs }
    }

    /// With the style of cards known or not: what is measured is measured on the cards that hold a contest, or on all.
    #[must_use]
    pub fn styled(mut self, are_known: bool) -> Self {
        self.card_style = if are_known { CardStyle::Known } else { CardStyle::Unknown };
        self
    }
}

/// How risk is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Batches against their totals (MACRO).
    BatchComparison,
    /// Ballots against their CVRs (Kaplan-Markov, understatements ignored, as Arlo computes it).
    BallotComparison,
    /// The same with understatements counted, as Colorado computes it.
    BallotComparisonColorado,
    /// Ballots alone (BRAVO).
    BallotPolling,
    /// Ballots alone (Minerva); each round has a seed of its own.
    Minerva,
    /// Ballots alone (Providence); each round has a seed of its own.
    Providence,
    /// Ballots alone, each assertion of the outcome by itself (SHANGRLA; ALPHA).
    AssertionPolling,
    /// Ballots against their CVRs, or against the mean of their batch where only its totals are known (ONEAudit), each
    /// assertion of the outcome by itself (SHANGRLA).
    AssertionComparison,
    /// Ballots with CVRs are compared (with replacement), the others polled (without), and both combined (SUITE).
    Hybrid,
}

impl Method {
    /// Whether batches are drawn, not ballots.
    pub fn draws_batches(self) -> bool {
        self == Self::BatchComparison
    }

    /// Whether what was read by hand is compared with CVRs.
    pub fn compares_ballots(self) -> bool {
        let comparisons =
            [Self::BallotComparison, Self::BallotComparisonColorado, Self::AssertionComparison, Self::Hybrid];
        comparisons.contains(&self)
    }

    /// Whether each assertion of the outcome is measured by itself.
    pub fn asserts(self) -> bool {
        matches!(self, Self::AssertionPolling | Self::AssertionComparison)
    }

    /// The sampler that it is mostly drawn with.
    pub fn usual_sampler(self) -> Sampler {
        match self {
            Self::BatchComparison => Sampler::ArloPpeb,
            Self::BallotComparisonColorado => Sampler::Colorado,
            Self::AssertionPolling | Self::AssertionComparison => Sampler::ConsistentWithoutReplacement,
            _ => Sampler::ConsistentWithReplacement,
        }
    }

    /// Whether a sampler draws what it measures.
    pub fn is_drawn_with(self, sampler: Sampler) -> bool {
        match self {
            Self::BatchComparison => sampler == Sampler::ArloPpeb,
            Self::Hybrid => sampler == Sampler::ConsistentWithReplacement,
            Self::Minerva | Self::Providence => {
                matches!(sampler, Sampler::ConsistentWithReplacement | Sampler::Colorado)
            }
            _ => sampler != Sampler::ArloPpeb,
        }
    }

    /// Whether the style of a card can be known: each has its CVR, and no other stratum is beside them.
    pub fn may_know_styles(self) -> bool {
        self.compares_ballots() && self != Self::Hybrid
    }

    /// Whether each round must have a seed of its own, because who knows the next draws could choose when to stop.
    pub fn needs_fresh_seeds(self) -> bool {
        matches!(self, Self::Minerva | Self::Providence)
    }
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
    /// Ballots by their number in the manifest, with replacement: [`colorado`](crate::sample::colorado).
    Colorado,
    /// Cards in the order of their random numbers, until each contest has what it wants:
    /// [`cryptorandom`](crate::sample::cryptorandom). All rounds have one seed.
    Cryptorandom,
}

impl Sampler {
    /// Whether a ballot can be drawn again.
    pub fn with_replacement(self) -> bool {
        matches!(self, Self::ArloPpeb | Self::ConsistentWithReplacement | Self::Colorado)
    }
}

/// How an assertion is tested ([`Test`]), whatever its figures are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TestRule {
    /// A betting martingale whose bet loses at most a share of the stake in one draw.
    CappedBet {
        /// The bet, at most 2 (rlauxe: 1.8).
        #[serde(with = "crate::decimal::text")]
        bet: f64,
        /// The share, below 1 (rlauxe: 0.9).
        #[serde(with = "crate::decimal::text")]
        max_loss: f64,
    },
    /// ALPHA with the truncated shrinkage estimate, expecting what was reported.
    Alpha {
        /// How many draws that expectation weighs.
        #[serde(with = "crate::decimal::text")]
        d: f64,
    },
}

impl TestRule {
    /// The usual figures of the betting martingale (rlauxe, `GeneralAdaptiveBetting`).
    pub const BETTING: Self = Self::CappedBet { bet: 1.8, max_loss: 0.9 };
    /// The usual weight of the estimate (SHANGRLA, `shrink_trunc`).
    pub const ALPHA: Self = Self::Alpha { d: 100.0 };

    /// The test of an assertion of which the mean `expected` was reported.
    pub fn test(self, expected: f64) -> Test {
        match self {
            Self::CappedBet { bet, max_loss } => Test::CappedBet { bet, max_loss },
            Self::Alpha { d } => Test::ShrinkTrunc(ShrinkTrunc::new(expected, d, 0.5)),
        }
    }
}

/// How many different people sign; 0: nobody has to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOffs {
    /// What is fixed before the seed.
    #[serde(default)]
    pub commitment: u32,
    /// Each count or reading by hand.
    #[serde(default)]
    pub counted: u32,
    /// The end of each round.
    #[serde(default)]
    pub round: u32,
}

impl SignOffs {
    /// Nobody has to sign anything.
    pub fn none(&self) -> bool {
        *self == Self::default()
    }
}
