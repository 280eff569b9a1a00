//! Each assertion of a contest by itself (SHANGRLA): ballots alone, or against CVRs and the means of pools.

use super::super::Check;
use super::super::asserted::{Asserted, pooled};
use super::super::cards::Machine;
use super::super::sample::Prepared;
use super::{Read, Sample, read};
use crate::assorter::{ByHand, ByMachine, Comparison};
use crate::bounded_mean::{Hypothesis, Running};
use crate::contest::Assertion;
use crate::decimal::PValue;
use crate::record::Method;
use scr_tabulation::cvr::{Card, ContestNo};

/// A card of the sample: what the machines say and what was read.
struct Pair {
    batch: usize,
    machine: Machine,
    /// None: it was not found.
    hand: Option<Card>,
}

impl Check<'_> {
    /// The risk of each assertion in its words; `None`: it cannot be measured.
    pub(super) fn by_assertions(
        &self,
        at: usize,
        prepared: &Prepared<'_>,
        sample: &Sample<'_>,
    ) -> Option<Vec<(String, PValue)>> {
        let asserted = prepared.asserted[at].as_ref()?;
        let contest = &self.record.contests[at];
        let number = ContestNo::try_from(at).ok()?;
        let mut cards = Vec::with_capacity(sample.places.len());
        for (batch, position) in &sample.places {
            let hand = match read(contest, sample.counted((*batch, *position))?, at) {
                Read::NotFound => None,
                Read::Without => Some(Card::default()),
                Read::Marks(marks) => {
                    let mut card = Card::default();
                    card.add(number, &marks);
                    Some(card)
                }
            };
            let machine = prepared.cards.at(*batch, (*position)?);
            cards.push(Pair { batch: *batch, machine, hand });
        }
        let one = |assertion: &Assertion| {
            Some((assertion.claim.clone(), self.assertion(at, asserted, assertion, &cards)?))
        };
        asserted.assertions.iter().map(one).collect()
    }

    fn assertion(
        &self,
        at: usize,
        asserted: &Asserted,
        assertion: &Assertion,
        cards: &[Pair],
    ) -> Option<PValue> {
        let settings = &self.record.settings;
        let population = (!settings.sampler.with_replacement()).then_some(asserted.population);
        let number = ContestNo::try_from(at).ok()?;
        let polls = settings.method == Method::AssertionPolling;
        let comparison = Comparison {
            assorter: &assertion.assorter,
            contest: &asserted.contest,
            number,
            margin: assertion.margin,
            style: settings.card_style,
        };
        let (upper, expected) = if polls {
            (assertion.upper_bound, assertion.mean)
        } else {
            (comparison.upper_bound(), comparison.without_error())
        };
        let hypothesis = Hypothesis { mean: 0.5, upper, cards: population };
        let mut running = Running::new(settings.test?.test(expected), hypothesis).ok()?;
        for card in cards {
            let value = if polls {
                // A ballot that was not found is worth the least.
                let marks = card.hand.as_ref().map(|card| card.marks(number));
                marks.map_or(0.0, |marks| assertion.assorter.value_of(&asserted.contest, marks))
            } else {
                let machine = match &card.machine {
                    Machine::Card(card) => ByMachine::Card(card),
                    Machine::Nothing => ByMachine::Phantom,
                    Machine::Pool => {
                        ByMachine::Pool(pooled(self.record, at, card.batch, &assertion.assorter)?)
                    }
                };
                comparison.value(machine, card.hand.as_ref().map_or(ByHand::NotFound, ByHand::Card))
            };
            running.push(value).ok()?;
        }
        Some(running.p())
    }
}
