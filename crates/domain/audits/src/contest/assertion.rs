//! One assertion with its reported figures, as an audit record keeps it.

use crate::assorter::{Assorter, Share};
use crate::bounded_mean::{Hypothesis, Running, Test, clean_draws};
use crate::decimal::{PValue, RiskLimit};
use scr_core::Problem;
use scr_tabulation::cvr::columns::ContestTally;
use scr_tabulation::cvr::{ChoiceNo, Contest};
use serde::{Deserialize, Serialize};

/// What an audit tests, in words, as an assorter and with its reported figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// In words, with the reported votes.
    pub claim: String,
    /// As a value for each card.
    pub assorter: Assorter,
    /// The reported difference in votes, where the assertion is about one (plurality, instant runoff).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
    /// The reported mean of the assorter over the population, above 1/2.
    #[serde(with = "crate::decimal::text")]
    pub mean: f64,
    /// v: twice the mean, less 1.
    #[serde(with = "crate::decimal::text")]
    pub margin: f64,
    /// u: the greatest value of a card.
    #[serde(with = "crate::decimal::text")]
    pub upper_bound: f64,
    /// The value of a comparison without error: 1/(2 - v/u).
    #[serde(with = "crate::decimal::text")]
    pub without_error: f64,
    /// u/v: about how many cards confirm it, but for a factor (`OneOnMargin` of RAIRE: cards for each vote of margin).
    #[serde(with = "crate::decimal::text")]
    pub difficulty: f64,
}

impl Assertion {
    pub(crate) fn new(claim: String, assorter: Assorter, mean: f64, votes: Option<u64>) -> Self {
        let (margin, upper_bound) = (2.0 * mean - 1.0, assorter.upper_bound());
        let without_error = 1.0 / (2.0 - margin / upper_bound);
        Self {
            claim,
            assorter,
            votes,
            mean,
            margin,
            upper_bound,
            without_error,
            difficulty: upper_bound / margin,
        }
    }

    /// Draws with replacement that confirm it in a comparison audit if none shows an error, with this bet (at most
    /// 2; rlauxe takes 1.8). `None`: no number does.
    pub fn draws_without_error(&self, limit: &RiskLimit, bet: f64) -> Option<u64> {
        clean_draws(limit, self.without_error, bet)
    }

    /// Cards without replacement out of `population` that confirm it in a comparison audit if none shows an error,
    /// with this bet of which one card may lose at most `max_loss` (rlauxe 1.8 and 0.9).
    ///
    /// # Errors
    /// SCR-AUD-059 for a bet or a loss that makes no test.
    pub fn cards_without_error(
        &self,
        limit: &RiskLimit,
        population: u64,
        bet: f64,
        max_loss: f64,
    ) -> Result<u64, Box<Problem>> {
        let hypothesis = Hypothesis::assertion(2.0 * self.without_error, population);
        let enough = PValue::from_ln(limit.ln());
        let mut running = Running::new(Test::CappedBet { bet, max_loss }, hypothesis)?;
        while running.draws() < population && running.p() > enough {
            running.push(self.without_error)?;
        }
        Ok(running.draws())
    }
}

/// What a claim about votes says: whether the votes bear it, and the mean of its assorter.
pub(super) struct Claim<'a> {
    pub(super) contest: &'a Contest,
    pub(super) tally: &'a ContestTally,
    /// Cards with the contest, or all, phantoms among them.
    pub(super) population: u64,
}

/// How a claim stands.
pub(super) enum Standing {
    Holds(Box<Assertion>),
    /// The votes are equal on both sides.
    Tie,
    /// The votes say the contrary.
    False,
}

impl Claim<'_> {
    pub(super) fn votes(&self, choice: ChoiceNo) -> u64 {
        self.tally.votes.get(usize::from(choice)).copied().unwrap_or(0)
    }

    fn name(&self, choice: ChoiceNo) -> &str {
        self.contest.choices.get(usize::from(choice)).map_or("", |choice| &choice.name)
    }

    /// Ballots that say something valid.
    pub(super) fn valid(&self) -> u64 {
        self.tally.cards.saturating_sub(self.tally.blank).saturating_sub(self.tally.overvoted)
    }

    /// How the claim of an assorter stands; `None` for an instant-runoff one, which a count does not tell.
    pub(super) fn stands(&self, assorter: Assorter) -> Option<Standing> {
        let (left, right) = self.sides(&assorter)?;
        Some(match left.cmp(&right) {
            std::cmp::Ordering::Equal => Standing::Tie,
            std::cmp::Ordering::Less => Standing::False,
            std::cmp::Ordering::Greater => {
                let votes = matches!(assorter, Assorter::Plurality { .. })
                    .then(|| u64::try_from(left - right).unwrap_or(u64::MAX));
                let (claim, mean) = (self.words(&assorter), self.mean(&assorter));
                Standing::Holds(Box::new(Assertion::new(claim, assorter, mean, votes)))
            }
        })
    }

    /// What must be larger, and what smaller: exact.
    fn sides(&self, assorter: &Assorter) -> Option<(u128, u128)> {
        let votes = |choice: &ChoiceNo| u128::from(self.votes(*choice));
        let shares = |choice: &ChoiceNo, share: &Share| {
            (
                votes(choice) * u128::from(share.denominator),
                u128::from(self.valid()) * u128::from(share.numerator),
            )
        };
        match assorter {
            Assorter::Plurality { winner, loser } => Some((votes(winner), votes(loser))),
            Assorter::AtLeastShare { choice, share } => Some(shares(choice, share)),
            Assorter::BelowShare { choice, share } => {
                let (has, needs) = shares(choice, share);
                Some((needs, has))
            }
            Assorter::LastSeat { winner, last_divisor, loser, next_divisor } => {
                Some((votes(winner) * u128::from(*next_divisor), votes(loser) * u128::from(*last_divisor)))
            }
            Assorter::Irv(_) => None,
        }
    }

    /// The mean of the assorter over the population: what votes give, and 1/2 for every other card.
    pub(super) fn mean(&self, assorter: &Assorter) -> f64 {
        let (all, valid, upper) = (count(self.population), count(self.valid()), assorter.upper_bound());
        let votes = |choice: &ChoiceNo| count(self.votes(*choice));
        let sum = match assorter {
            Assorter::Plurality { winner, loser } => (all + votes(winner) - votes(loser)) / 2.0,
            Assorter::AtLeastShare { choice, .. } => votes(choice) * upper + (all - valid) / 2.0,
            Assorter::BelowShare { choice, .. } => (valid - votes(choice)) * upper + (all - valid) / 2.0,
            Assorter::LastSeat { winner, loser, .. } => {
                votes(winner) * upper + (all - votes(winner) - votes(loser)) / 2.0
            }
            Assorter::Irv(_) => all / 2.0,
        };
        sum / all
    }

    fn words(&self, assorter: &Assorter) -> String {
        let (valid, votes) = (self.valid(), |choice: &ChoiceNo| self.votes(*choice));
        match assorter {
            Assorter::Plurality { winner, loser } => format!(
                "{} has more votes than {}: {} against {}",
                self.name(*winner),
                self.name(*loser),
                votes(winner),
                votes(loser)
            ),
            Assorter::AtLeastShare { choice, share } => format!(
                "{} has more than {share} of the valid ballots: {} of {valid}",
                self.name(*choice),
                votes(choice)
            ),
            Assorter::BelowShare { choice, share } => format!(
                "{} has less than {share} of the valid ballots: {} of {valid}",
                self.name(*choice),
                votes(choice)
            ),
            Assorter::LastSeat { winner, last_divisor, loser, next_divisor } => format!(
                "the last seat of {} comes before the next of {}: {}/{last_divisor} against {}/{next_divisor} votes",
                self.name(*winner),
                self.name(*loser),
                votes(winner),
                votes(loser)
            ),
            Assorter::Irv(_) => String::new(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^53")]
fn count(votes: u64) -> f64 {
    votes as f64
}
