//! What the machines recorded of single cards, out of CVRs in a record or beside it.

use super::cards::{Cards, Machine};
use super::{Check, Cvrs};
use crate::assorter::ranking;
use crate::record::{Cvr, Record};
use scr_tabulation::cvr::{ChoiceNo, Mark};

/// For each place (batch, position from 1) the CVR in the form of the record, in their order; places of which the
/// machines say nothing are left out. Choices by place in the record; an overvote that a machine has recorded as such,
/// without its choices, is left out of them.
///
/// # Errors
/// Nothing is found where the CVRs do not fit the record (`verify_with` says why).
pub fn recorded(record: &Record, cvrs: &Cvrs, places: impl IntoIterator<Item = (usize, u32)>) -> Vec<Cvr> {
    let mut check = Check { record, deviations: Vec::new(), notices: Vec::new(), broken: false };
    let cards = Cards::of(record, cvrs, &mut check);
    let one = |(batch, position): (usize, u32)| {
        let Machine::Card(card) = cards.at(batch, position) else { return None };
        let votes = (0..).zip(&record.contests).map(|(number, contest)| {
            let mut marks = card.marks(number)?.to_vec();
            if contest.is_ranked() {
                // As it counts: a rank with several choices ends it, and a choice stands once.
                marks.sort_by_key(|mark| mark.rank);
                return Some(ranking(&marks));
            }
            let choices = marks.iter().map(|mark| mark.choice).filter(|choice| *choice != Mark::OVERVOTE);
            Some(choices.collect())
        });
        Some(Cvr { batch, position, votes: votes.collect() })
    };
    places.into_iter().filter_map(one).collect()
}

/// The rankings of a contest with how many cards have each, as its assertions read them ([`ranking`]); cards on which nobody is
/// ranked are among them.
pub fn rankings(record: &Record, cvrs: &Cvrs, contest: usize) -> Vec<(Vec<ChoiceNo>, u64)> {
    let mut check = Check { record, deviations: Vec::new(), notices: Vec::new(), broken: false };
    let patterns = Cards::of(record, cvrs, &mut check).patterns(contest);
    patterns.iter().map(|(marks, cards)| (ranking(marks), *cards)).collect()
}
