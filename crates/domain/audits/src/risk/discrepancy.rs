//! What a card's hand interpretation changes in the difference between a winner and a loser: from a two-vote
//! understatement (-2) to a two-vote overstatement (+2).
//!
//! As Arlo takes it, with the cases that real audits meet: cards that cannot be found, cards without a record,
//! a contest on one side only, and ES&S records that say only "overvote" or "undervote".

use crate::decimal::PValue;
use crate::risk::kaplan_markov::{DilutedMargin, Gamma, Understatements};
use serde::{Deserialize, Serialize};

/// What the cast vote record says of this contest on this card, for one winner and one loser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recorded {
    /// Votes for winner and loser (0 or 1 each, more with cumulative votes).
    Votes(u8, u8),
    /// The card has a record; the contest is not in it.
    WithoutContest,
    /// There is no record of this card.
    NotInRecords,
    /// ES&S: the record says only that too many votes were marked.
    Overvote,
    /// ES&S: the record says only that no vote was marked.
    Undervote,
}

/// What people see on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Votes for the winner, for the loser, and for all choices of the contest together.
    Votes(u8, u8, u8),
    /// The contest is not on the card.
    WithoutContest,
    /// The card could not be found.
    NotFound,
}

/// The error of this card for one pair: how many votes the record overstates the winner's lead by.
pub fn error(recorded: Recorded, seen: Seen) -> i32 {
    let (a_w, a_l, all) = match seen {
        Seen::NotFound => return 2,
        Seen::WithoutContest => (0, 0, 0),
        Seen::Votes(w, l, all) => (i32::from(w), i32::from(l), i32::from(all)),
    };
    match recorded {
        Recorded::NotInRecords => 2,
        Recorded::Votes(w, l) => (i32::from(w) - a_w) - (i32::from(l) - a_l),
        Recorded::WithoutContest => a_l - a_w,
        Recorded::Overvote if all > 1 => 0,
        Recorded::Undervote if all < 1 => 0,
        Recorded::Overvote | Recorded::Undervote => a_l - a_w,
    }
}

/// One pair's error and reported difference, in votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairError {
    /// From [`error`].
    pub error: i32,
    /// The reported difference of this winner and this loser, over all cards.
    pub difference: u64,
}

impl PairError {
    /// Error for each vote of the difference: infinite for a tie with an overstatement.
    fn weight(self) -> f64 {
        match (self.error, self.difference) {
            (0, _) => 0.0,
            (e, 0) => f64::INFINITY.copysign(f64::from(e)),
            (e, d) => f64::from(e) / d as f64,
        }
    }
}

/// The pair that the card speaks most against: the largest error for each vote of its difference. `None`
/// without pairs.
pub fn worst(pairs: impl IntoIterator<Item = PairError>) -> Option<PairError> {
    pairs.into_iter().max_by(|a, b| a.weight().total_cmp(&b.weight()))
}

/// The pair that Arlo takes (8d86156): the first with the largest error in votes, whatever its difference. For
/// reproducing its figures only: where margins differ, a card can speak more against another pair than this one.
pub fn worst_by_votes(pairs: impl IntoIterator<Item = PairError>) -> Option<PairError> {
    let differing = pairs.into_iter().filter(|pair| pair.error != 0);
    differing.reduce(|first, next| if next.error > first.error { next } else { first })
}

/// The p-value of a comparison in which the pairs of a contest have different margins: each draw multiplies by
/// (1 - 1/U) / (1 - e_r·V/2γ), U = 2γ/m, e_r the card's worst error for each vote of its pair's difference.
/// `cards`: for each card drawn its worst pair and how often it was drawn. 0 once every card has been seen.
pub fn p_value(
    margin: DilutedMargin,
    gamma: &Gamma,
    cards: impl IntoIterator<Item = (PairError, u64)>,
    under: Understatements,
) -> PValue {
    if margin.votes() == 0 {
        return PValue::ONE;
    }
    let two_gamma = 2.0 * gamma.value();
    let clean = (-margin.value() / two_gamma).ln_1p();
    let (mut ln, mut different) = (0.0, 0_u64);
    for (worst, times) in cards {
        let mut share = worst.weight() * margin.votes() as f64 / two_gamma;
        if under == Understatements::Ignored {
            share = share.max(0.0);
        }
        // An error as large as the whole bound makes the p-value 1 for ever.
        let taint = if share < 1.0 { (-share).ln_1p() } else { f64::NEG_INFINITY };
        ln += times as f64 * (clean - taint);
        different += 1;
    }
    if different >= margin.cards() { PValue::ZERO } else { PValue::from_ln(ln) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::kaplan_markov::{self, Discrepancies};

    #[test]
    fn every_case_that_arlo_knows() {
        use Recorded::{NotInRecords, Overvote, Undervote, Votes, WithoutContest};
        let cases = [
            (Votes(1, 0), Seen::Votes(1, 0, 1), 0),
            (Votes(1, 0), Seen::Votes(0, 0, 0), 1),
            (Votes(1, 0), Seen::Votes(0, 1, 1), 2),
            (Votes(0, 1), Seen::Votes(1, 0, 1), -2),
            (Votes(0, 0), Seen::Votes(1, 0, 1), -1),
            (Votes(1, 0), Seen::WithoutContest, 1),
            (Votes(0, 1), Seen::WithoutContest, -1),
            (Votes(0, 1), Seen::NotFound, 2),
            (NotInRecords, Seen::Votes(1, 0, 1), 2),
            (NotInRecords, Seen::NotFound, 2),
            (WithoutContest, Seen::Votes(0, 1, 1), 1),
            (WithoutContest, Seen::WithoutContest, 0),
            (Overvote, Seen::Votes(1, 1, 2), 0),
            (Overvote, Seen::Votes(0, 1, 1), 1),
            (Overvote, Seen::Votes(1, 0, 1), -1),
            (Overvote, Seen::WithoutContest, 0),
            (Undervote, Seen::Votes(0, 0, 0), 0),
            (Undervote, Seen::Votes(0, 1, 1), 1),
            (Undervote, Seen::Votes(1, 0, 1), -1),
            (Undervote, Seen::Votes(0, 0, 1), 0),
        ];
        for (recorded, seen, expected) in cases {
            assert_eq!(error(recorded, seen), expected, "{recorded:?} {seen:?}");
        }
    }

    #[test]
    fn the_worst_pair_is_the_one_with_the_smaller_difference() {
        let wide = PairError { error: 2, difference: 5_000 };
        let narrow = PairError { error: 1, difference: 1_000 };
        assert_eq!(worst([wide, narrow]), Some(narrow));
        let tie = PairError { error: 1, difference: 0 };
        assert_eq!(worst([tie, narrow]), Some(tie));
        assert_eq!(worst([PairError { error: -1, difference: 0 }, wide]), Some(wide));
        assert_eq!(worst([]), None);
        assert_eq!(
            worst_by_votes([narrow, wide]),
            Some(wide),
            "as Arlo: two votes of 5,000 before one of 1,000"
        );
        assert_eq!(worst_by_votes([PairError { error: 0, difference: 9 }]), None);
    }

    #[test]
    fn with_one_pair_it_is_the_closed_formula() {
        let (margin, gamma) = (DilutedMargin::new(500, 10_000).unwrap(), Gamma::default());
        let pair = |error| PairError { error, difference: 500 };
        let cards = [(pair(0), 90), (pair(1), 2), (pair(2), 1), (pair(-1), 3), (pair(-2), 1)];
        let found = Discrepancies { o1: 2, o2: 1, u1: 3, u2: 1 };
        for under in [Understatements::Ignored, Understatements::Counted] {
            let by_card = p_value(margin, &gamma, cards, under).ln();
            let closed = kaplan_markov::p_value(97, margin, &gamma, found, under).ln();
            assert!((by_card - closed).abs() < 1e-12, "{by_card} {closed}");
        }
        let lost = PairError { error: 1, difference: 0 };
        assert_eq!(
            p_value(margin, &gamma, [(pair(0), 5_000), (lost, 1)], Understatements::Ignored),
            PValue::ONE
        );
    }
}
