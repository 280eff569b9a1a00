//! `sampler-inputs.json`: what went into a draw, exactly as the algorithm takes it, so that anybody's code gives the same
//! list. Schema: `docs/schemas/sampler-inputs.schema.json`.

mod check;
mod drawn;
mod of_record;

pub use check::{MAX_BYTES, MAX_DRAWS, MAX_ITEMS, check_seed, read};
pub use drawn::{Drawn, Item, draw};

use super::ballots::BatchOfBallots;
use serde::{Deserialize, Serialize};

/// The form of the document that this code reads and writes.
pub const FORMAT: &str = "scrutineer-sampler-inputs/1";

/// Everything that a draw depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamplerInputs {
    /// [`FORMAT`].
    pub format: String,
    /// The seed, letter by letter as it is hashed.
    pub seed: String,
    /// What the seed must be.
    pub seed_rule: SeedRule,
    /// How many are drawn in each round, all rounds under this seed.
    pub rounds: Vec<u64>,
    /// What is drawn from, and how.
    pub frame: Frame,
}

/// What a seed must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeedRule {
    /// At least 20 digits and nothing else: twenty throws of a ten-sided die, in public.
    Dice,
    /// Any text of 1 to 100 characters.
    Text,
}

/// What is drawn from, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Frame {
    /// Rivest's consistent sampler over the ballots of batches, named as Arlo names them.
    ConsistentBallots {
        /// Whether a ballot can be drawn again.
        with_replacement: bool,
        /// The batches; their order changes nothing.
        batches: Vec<BatchOfBallots>,
    },
    /// Rivest's consistent sampler over names, hashed as they stand here.
    ConsistentNames {
        /// Whether a name can be drawn again.
        with_replacement: bool,
        /// The names; their order changes nothing.
        names: Vec<String>,
    },
    /// Batches in proportion to their error bound, as numpy's PCG64 draws them.
    Ppeb {
        /// The batches in the order in which they are drawn from, which matters.
        batches: Vec<WeightedBatch>,
    },
    /// Colorado's picks among the cards of one county or several.
    Colorado {
        /// Whether a round counts picks or distinct cards.
        counted: Counted,
        /// The counties; the order of their numbers is that of the cards.
        counties: Vec<super::colorado::County>,
    },
    /// SHANGRLA's consistent sampling: cards get numbers of `cryptorandom` in the order in which they stand here.
    CardStyle {
        /// The cards; their order matters.
        cards: Vec<StyledCard>,
        /// The contests, each with the cards wanted in each round (as many figures as there are rounds).
        contests: Vec<Wanted>,
    },
}

/// A batch with its error bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightedBatch {
    /// The jurisdiction's name.
    pub jurisdiction: String,
    /// The batch's name.
    pub batch: String,
    /// The error bound as a fraction, `3/1250` or `0`.
    pub bound: String,
}

/// What the size of a round means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Picks, repeats included.
    Picks,
    /// Distinct cards: picks are made until there are as many.
    Distinct,
}

/// A card and the contests on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StyledCard {
    /// The card's name.
    pub card: String,
    /// The contests on it, by their place in `contests`.
    pub contests: Vec<usize>,
}

/// A contest and how many of its cards are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The contest's name.
    pub contest: String,
    /// How many more of its cards each round wants.
    pub cards: Vec<u64>,
}
