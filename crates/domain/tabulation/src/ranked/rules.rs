//! The rules of a ranked count, named as `RCTab`'s configuration names them.

use serde::{Deserialize, Serialize};

/// How a tie is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tiebreak {
    /// `floor(nextDouble() * n)` of `java.util.Random(seed)` in the sorted names.
    Random,
    /// A lot: drawn by a person and stated.
    StopCountingAndAsk,
    /// Who had most (fewest) in the round before, and so on back; then [`Tiebreak::Random`].
    PreviousRoundCountsThenRandom,
    /// The same; then a lot.
    PreviousRoundCountsThenAsk,
    /// Who stands first among the candidates wins, who stands last loses.
    UseCandidateOrder,
    /// The same, after the sorted names were shuffled with the seed.
    GeneratePermutation,
}

impl Tiebreak {
    /// It draws from a seed.
    pub fn needs_seed(self) -> bool {
        matches!(self, Self::Random | Self::PreviousRoundCountsThenRandom | Self::GeneratePermutation)
    }
}

/// What several candidates at one rank mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Overvote {
    /// The next rank counts.
    AlwaysSkipToNextRank,
    /// The ballot counts no more.
    ExhaustImmediately,
    /// The ballot counts no more if two of them are still in the count; for the one where there is one.
    ExhaustIfMultipleContinuing,
}

/// Who is elected, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// One seat, more than half of the votes that still count.
    SingleWinnerMajority,
    /// Transferable votes; one elected in a round at most.
    MultiWinnerAllowOnlyOneWinnerPerRound,
    /// Transferable votes; everybody elected who has the threshold.
    MultiWinnerAllowMultipleWinnersPerRound,
    /// Eliminations until there are as many as seats.
    BottomsUp,
    /// Eliminations until everybody has more than a share of the votes that still count.
    BottomsUpUsingPercentageThreshold,
    /// One seat after another, each by itself, without those elected before.
    MultiPassIrv,
}

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own in RCTab's configuration")]
pub struct Rules {
    /// How ties are broken.
    pub tiebreak_mode: Tiebreak,
    /// The seed, where ties are broken by one.
    #[serde(default)]
    pub random_seed: i64,
    /// What several candidates at one rank mean.
    pub overvote_rule: Overvote,
    /// Who is elected.
    pub winner_election_mode: Mode,
    /// Seats; 0 with [`Mode::BottomsUpUsingPercentageThreshold`].
    pub number_of_winners: u32,
    /// Hundredths of the share and how many digits of them are decimals: 12.5 % is `(125, 1)`.
    #[serde(default)]
    pub percentage: (u32, u32),
    /// Places of decimals (1 to 20) to which a fraction of a vote is cut.
    pub decimal_places: u32,
    /// Who has fewer votes is out at once; 0: nobody.
    #[serde(default)]
    pub minimum_vote_threshold: u64,
    /// Everybody below the threshold of the round is out at once.
    #[serde(default)]
    pub cutoff_elimination: bool,
    /// Ranks that may be left out before one that counts; none: any number.
    #[serde(default)]
    pub max_skipped_ranks: Option<u32>,
    /// The threshold has decimals.
    #[serde(default)]
    pub non_integer_threshold: bool,
    /// The threshold is votes / seats, not votes / (seats + 1) and a bit.
    #[serde(default)]
    pub hare_quota: bool,
    /// The threshold of the first round stays.
    #[serde(default)]
    pub first_round_determines_threshold: bool,
    /// Everybody who cannot win any more is out at once.
    #[serde(default)]
    pub batch_elimination: bool,
    /// A single-winner count goes on until two are left.
    #[serde(default)]
    pub continue_until_two_remain: bool,
    /// The last round that is counted; none: the count ends by itself.
    #[serde(default)]
    pub stop_after_round: Option<u32>,
    /// A ballot that has a candidate twice counts no more from there on.
    #[serde(default)]
    pub exhaust_on_duplicate: bool,
}

impl Rules {
    /// One seat by instant runoff; ties by lot; several at one rank end the ballot.
    pub fn irv() -> Self {
        Self {
            tiebreak_mode: Tiebreak::StopCountingAndAsk,
            random_seed: 0,
            overvote_rule: Overvote::ExhaustImmediately,
            winner_election_mode: Mode::SingleWinnerMajority,
            number_of_winners: 1,
            percentage: (0, 0),
            decimal_places: 4,
            minimum_vote_threshold: 0,
            cutoff_elimination: false,
            max_skipped_ranks: None,
            non_integer_threshold: false,
            hare_quota: false,
            first_round_determines_threshold: false,
            batch_elimination: false,
            continue_until_two_remain: false,
            stop_after_round: None,
            exhaust_on_duplicate: false,
        }
    }

    pub(super) fn by_percentage(&self) -> bool {
        self.winner_election_mode == Mode::BottomsUpUsingPercentageThreshold
    }

    /// What is above the threshold goes on to others.
    pub(super) fn uses_surpluses(&self) -> bool {
        self.number_of_winners > 1 && self.winner_election_mode != Mode::BottomsUp
    }

    /// Places of decimals in which this count calculates.
    pub(super) fn places(&self) -> u32 {
        if self.by_percentage() { self.percentage.1.min(16) + 2 } else { self.decimal_places.min(20) }
    }
}
