//! Ballots against their CVRs by Kaplan-Markov, alone or with others that are polled.

use super::super::Check;
use super::super::asserted::population;
use super::super::cards::Machine;
use super::super::sample::{Place, Prepared};
use super::{Read, Sample, lead, pairs, polling, read};
use crate::decimal::{PValue, RiskLimit};
use crate::record::{Contest, Counted, Method};
use crate::risk::discrepancy::{PairError, Recorded, Seen, error, p_value, worst};
use crate::risk::kaplan_markov::{DilutedMargin, Discrepancies, Gamma, Understatements};
use crate::risk::suite::{Compared, Hybrid, Polled};
use scr_tabulation::cvr::columns::Told;
use scr_tabulation::cvr::{Card, Mark};
use std::collections::BTreeMap;

impl Check<'_> {
    pub(super) fn comparison(
        &self,
        at: usize,
        prepared: &Prepared<'_>,
        sample: &Sample<'_>,
    ) -> Option<PValue> {
        let contest = &self.record.contests[at];
        let pairs = pairs(contest)?;
        let least = pairs.iter().map(|pair| lead(contest, *pair)).min()?;
        let margin = DilutedMargin::new(least, population(self.record, &prepared.cards, at)).ok()?;
        let mut cards = Vec::new();
        for (place, times) in times(&sample.places) {
            let hand = sample.counted(place)?;
            let machine = prepared.cards.at(place.0, place.1?);
            let errors = pairs.iter().map(|pair| PairError {
                error: self.error(at, &machine, hand, *pair),
                difference: lead(contest, *pair),
            });
            cards.push((worst(errors)?, times));
        }
        let under = match self.record.settings.method {
            Method::BallotComparisonColorado => Understatements::Counted,
            _ => Understatements::Ignored,
        };
        Some(p_value(margin, &Gamma::default(), cards, under))
    }

    /// The error of a card for one pair.
    fn error(&self, at: usize, machine: &Machine, hand: &Counted, pair: (usize, usize)) -> i32 {
        let contest = &self.record.contests[at];
        let recorded = match machine {
            Machine::Card(card) => recorded(contest, at, card, pair),
            Machine::Pool | Machine::Nothing => Recorded::NotInRecords,
        };
        error(recorded, seen(contest, at, hand, pair))
    }

    /// Ballots with CVRs are compared, the others polled.
    pub(super) fn hybrid(&self, at: usize, prepared: &Prepared<'_>, sample: &Sample<'_>) -> Option<PValue> {
        let record = self.record;
        let contest = &record.contests[at];
        let limit = RiskLimit::parse(&contest.risk_limit).ok()?;
        let is_compared = |place: &Place| record.batches[place.0].cvrs == Some(true);
        let (compared, polled): (Vec<Place>, Vec<Place>) =
            sample.places.iter().partition(|place| is_compared(place));
        let cards = |compared: bool| {
            let of = record.batches.iter().filter(|batch| batch.cvrs == Some(compared));
            of.map(|batch| u64::from(batch.ballots)).sum::<u64>()
        };
        let in_cvrs = &prepared.cards.tally(at).votes;
        let (seen, not_found) = polling::votes(contest, at, sample, &polled)?;
        let length = |list: &[Place]| u64::try_from(list.len()).unwrap_or(u64::MAX);
        let (in_compared, times) = (cards(true), times(&compared));
        // The formula takes a stratum that was read whole as proof, whatever it shows, and an empty one as well; that
        // is decided by what was read of all ballots.
        let most = in_compared.checked_sub(1)?;
        let mut risks = Vec::new();
        for (winner, loser) in pairs(contest)? {
            let mut found = Discrepancies::default();
            for (place, times) in &times {
                let machine = prepared.cards.at(place.0, place.1?);
                let error = self.error(at, &machine, sample.counted(*place)?, (winner, loser));
                (0..*times).for_each(|_| found.count(error));
            }
            let hybrid = Hybrid {
                polled: Polled {
                    cards: cards(false),
                    winner: contest.votes[winner].checked_sub(in_cvrs[winner])?,
                    loser: contest.votes[loser].checked_sub(in_cvrs[loser])?,
                    drawn: length(&polled),
                    seen_winner: seen[winner],
                    seen_loser: seen[loser] + not_found,
                },
                compared: Compared {
                    cards: in_compared,
                    winner: in_cvrs[winner],
                    loser: in_cvrs[loser],
                    drawn: length(&compared),
                    different: u64::try_from(times.len()).unwrap_or(u64::MAX).min(most),
                    found,
                },
                gamma: Gamma::default(),
            };
            risks.push(hybrid.p_value(&limit).ok()?);
        }
        risks.into_iter().reduce(PValue::max)
    }
}

/// How often each place was drawn.
fn times(places: &[Place]) -> BTreeMap<Place, u64> {
    let mut times = BTreeMap::new();
    places.iter().for_each(|place| *times.entry(*place).or_default() += 1);
    times
}

fn recorded(contest: &Contest, at: usize, card: &Card, (winner, loser): (usize, usize)) -> Recorded {
    let marks = u16::try_from(at).ok().and_then(|number| card.marks(number));
    let Some(marks) = marks else { return Recorded::WithoutContest };
    if contest.told(marks) == Told::Overvote {
        return Recorded::Votes(0, 0);
    }
    Recorded::Votes(votes(marks, winner), votes(marks, loser))
}

fn seen(contest: &Contest, at: usize, hand: &Counted, (winner, loser): (usize, usize)) -> Seen {
    match read(contest, hand, at) {
        Read::NotFound => Seen::NotFound,
        Read::Without => Seen::WithoutContest,
        Read::Marks(marks) if contest.told(&marks) == Told::Overvote => Seen::Votes(0, 0, 0),
        Read::Marks(marks) => {
            let all = u8::try_from(marks.len()).unwrap_or(u8::MAX);
            Seen::Votes(votes(&marks, winner), votes(&marks, loser), all)
        }
    }
}

fn votes(marks: &[Mark], choice: usize) -> u8 {
    u8::from(marks.iter().any(|mark| usize::from(mark.choice) == choice))
}
