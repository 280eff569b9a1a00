//! The sample of a round, drawn again.

use super::Check;
use super::asserted::Asserted;
use super::cards::{Cards, Machine};
use crate::assorter::CardStyle;
use crate::batch::BatchAudit;
use crate::record::{Counted, Draw, Method, Round, Sampler};
use crate::sample::ballots::{self, BatchOfBallots, Positions};
use crate::sample::{colorado, cryptorandom, ppeb};
use std::collections::{BTreeMap, BTreeSet};

/// A place in the manifest: a batch, or a ballot in it.
pub(super) type Place = (usize, Option<u32>);

/// What a sample is drawn from and a risk measured with.
pub(super) struct Prepared<'a> {
    /// Of a batch comparison: each contest, or why it cannot be audited by a sample.
    pub(super) batches: Vec<Option<BatchAudit>>,
    /// Of the methods by assertions.
    pub(super) asserted: Vec<Option<Asserted>>,
    /// The CVRs.
    pub(super) cards: Cards<'a>,
    /// Of numbered cards: their order, and the contests on each.
    pub(super) numbered: Option<Numbered>,
}

/// Cards in the order of their numbers.
pub(super) struct Numbered {
    order: Vec<usize>,
    places: Vec<(usize, u32)>,
    /// The style of each card, and the contests of each style.
    style: Vec<u32>,
    contests: Vec<Vec<usize>>,
}

/// Draws that follow one from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stream {
    /// All draws.
    All,
    /// Those for a contest.
    Contest(usize),
    /// Of a hybrid audit those that are compared (`true`), and those that are polled.
    Compared(bool),
}

/// What was drawn and read so far, over all rounds.
#[derive(Default)]
pub(super) struct Drawn<'a> {
    /// Draws before the round, by stream and seed: a seed that comes back goes on where it was left.
    before: BTreeMap<(Stream, &'a str), usize>,
    /// All draws.
    pub(super) draws: Vec<&'a Draw>,
    /// How many there were after each round.
    pub(super) ends: Vec<usize>,
    /// What was read, by place.
    pub(super) counted: BTreeMap<Place, &'a Counted>,
    /// Of numbered cards: for each contest those that count for it, in their order.
    pub(super) credited: Vec<Vec<Place>>,
}

impl<'a> Check<'a> {
    pub(super) fn prepare(&mut self, cards: Cards<'a>) -> Prepared<'a> {
        let record = self.record;
        let mut prepared = Prepared { batches: Vec::new(), asserted: Vec::new(), cards, numbered: None };
        for at in 0..record.contests.len() {
            if record.settings.method.draws_batches() {
                let audit = self.batch_audit(at);
                prepared.batches.push(audit);
            }
            if record.settings.method.asserts() {
                let asserted = self.asserted(&prepared.cards, at);
                prepared.asserted.push(asserted);
            }
        }
        if let (Sampler::Cryptorandom, Some(round)) = (record.settings.sampler, record.rounds.first()) {
            prepared.numbered = Some(self.numbered(&round.seed, &prepared.cards));
        }
        prepared
    }

    fn batch_audit(&mut self, at: usize) -> Option<BatchAudit> {
        let record = self.record;
        let audit = record.batch_audit(at);
        if let Err(error) = &audit {
            self.says("SCR-AUD-126", None, format!("{}: {error}", record.contests[at].name));
        }
        audit.ok()
    }

    /// The contests on a card, as far as the machines say; a card of which they say nothing could hold all.
    pub(super) fn holds(&self, cards: &Cards<'_>, batch: usize, position: u32) -> Vec<usize> {
        match cards.at(batch, position) {
            Machine::Card(card) => card.contests().map(|(number, _)| usize::from(number)).collect(),
            Machine::Pool | Machine::Nothing => (0..self.record.contests.len()).collect(),
        }
    }

    pub(super) fn numbered(&self, seed: &str, cards: &Cards<'_>) -> Numbered {
        let places: Vec<(usize, u32)> = (0..)
            .zip(&self.record.batches)
            .flat_map(|(at, batch)| (1..=batch.ballots).map(move |position| (at, position)))
            .collect();
        if self.record.settings.card_style == CardStyle::Unknown {
            let (style, contests) = (vec![0; places.len()], vec![(0..self.record.contests.len()).collect()]);
            return Numbered { order: cryptorandom::card_order(seed, places.len()), places, style, contests };
        }
        let mut styles: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
        let mut style = Vec::with_capacity(places.len());
        for (batch, position) in &places {
            let next = u32::try_from(styles.len()).unwrap_or(u32::MAX);
            style.push(*styles.entry(self.holds(cards, *batch, *position)).or_insert(next));
        }
        let mut contests: Vec<(u32, Vec<usize>)> = styles.into_iter().map(|(on, at)| (at, on)).collect();
        contests.sort_unstable();
        let contests = contests.into_iter().map(|(_, on)| on).collect();
        Numbered { order: cryptorandom::card_order(seed, places.len()), places, style, contests }
    }

    pub(super) fn sample(&mut self, round: &'a Round, prepared: &Prepared<'_>, drawn: &mut Drawn<'a>) {
        self.compared_with_seed(round, prepared, drawn);
        self.drew(round, drawn);
        if let Some(numbered) = &prepared.numbered {
            drawn.credited = numbered.credited(&numbered.sample(&round.wanted), self.record.contests.len());
        }
        self.count(round, drawn);
    }

    /// Remembers what a round drew.
    pub(super) fn drew(&self, round: &'a Round, drawn: &mut Drawn<'a>) {
        for draw in &round.draws {
            *drawn.before.entry((self.stream(draw), round.seed.as_str())).or_default() += 1;
        }
        drawn.draws.extend(&round.draws);
        drawn.ends.push(drawn.draws.len());
    }

    /// A round that was given up: its draws had to follow from its seed all the same.
    pub(super) fn abandoned(&mut self, round: &'a Round, prepared: &Prepared<'_>, drawn: &Drawn<'a>) {
        self.compared_with_seed(round, prepared, drawn);
    }

    fn stream(&self, draw: &Draw) -> Stream {
        match (self.record.settings.method, draw.contest) {
            (Method::Hybrid, _) => Stream::Compared(self.record.batches[draw.batch].cvrs == Some(true)),
            (_, Some(contest)) => Stream::Contest(contest),
            _ => Stream::All,
        }
    }

    fn compared_with_seed(&mut self, round: &'a Round, prepared: &Prepared<'_>, drawn: &Drawn<'a>) {
        let mut streams: BTreeMap<Stream, Vec<&Draw>> = BTreeMap::new();
        for draw in &round.draws {
            streams.entry(self.stream(draw)).or_default().push(draw);
        }
        if streams.is_empty() && prepared.numbered.is_some() {
            streams.insert(Stream::All, Vec::new());
        }
        for (stream, found) in streams {
            let expected = self.draw(round, prepared, stream, found.len(), drawn);
            let wrong = found.iter().zip(&expected).position(|(found, wanted)| *found != wanted);
            let short = found.len().min(expected.len());
            let Some(at) = wrong.or_else(|| (found.len() != expected.len()).then_some(short)) else {
                continue;
            };
            let words =
                |draw: Option<&Draw>| draw.map_or_else(|| "nothing".to_owned(), |draw| self.words(draw));
            let what = format!(
                "draw {}: the seed gives {}, the record has {}",
                at + 1,
                words(expected.get(at)),
                words(found.get(at).copied())
            );
            self.says("SCR-AUD-127", Some(round.number), what);
        }
    }

    /// What the seed gives.
    pub(super) fn draw(
        &self,
        round: &Round,
        prepared: &Prepared<'_>,
        stream: Stream,
        count: usize,
        drawn: &Drawn<'a>,
    ) -> Vec<Draw> {
        let skip = drawn.before.get(&(stream, round.seed.as_str())).copied().unwrap_or(0);
        let contest = if let Stream::Contest(at) = stream { Some(at) } else { None };
        match self.record.settings.sampler {
            Sampler::ArloPpeb => {
                let by = contest.or_else(|| self.record.contests.iter().position(|one| one.targeted));
                let Some(audit) = by.and_then(|at| prepared.batches[at].as_ref()) else { return Vec::new() };
                let drawn = ppeb::draw(&round.seed, &audit.weights(), skip, count);
                let draw = |draw: ppeb::BatchDraw| Draw {
                    ticket: draw.ticket,
                    batch: draw.at,
                    position: None,
                    contest,
                };
                drawn.into_iter().map(draw).collect()
            }
            Sampler::Colorado => {
                let picks = colorado::picks(&round.seed, self.record.cards()).skip(skip).take(count);
                picks.filter_map(|pick| self.numbered_in_manifest(pick, contest)).collect()
            }
            Sampler::Cryptorandom => self.wanted(round, prepared, drawn),
            Sampler::ConsistentWithReplacement | Sampler::ConsistentWithoutReplacement => {
                self.tickets(round, prepared, stream, (skip, count), drawn)
            }
        }
    }

    /// The card with this number in the manifest, from 1.
    fn numbered_in_manifest(&self, number: u64, contest: Option<usize>) -> Option<Draw> {
        let mut left = number;
        for (at, batch) in self.record.batches.iter().enumerate() {
            if left <= u64::from(batch.ballots) {
                let position = u32::try_from(left).ok();
                return Some(Draw { ticket: number.to_string(), batch: at, position, contest });
            }
            left -= u64::from(batch.ballots);
        }
        None
    }

    /// Cards that the contests want and that were not drawn before.
    fn wanted(&self, round: &Round, prepared: &Prepared<'_>, drawn: &Drawn<'a>) -> Vec<Draw> {
        let Some(numbered) = &prepared.numbered else { return Vec::new() };
        let before: BTreeSet<Place> = drawn.draws.iter().map(|draw| (draw.batch, draw.position)).collect();
        let cards = numbered.sample(&round.wanted).cards.into_iter().filter_map(|card| {
            let (batch, position) = numbered.places[card];
            let new = !before.contains(&(batch, Some(position)));
            new.then(|| Draw {
                ticket: (card + 1).to_string(),
                batch,
                position: Some(position),
                contest: None,
            })
        });
        cards.collect()
    }

    fn tickets(
        &self,
        round: &Round,
        prepared: &Prepared<'_>,
        stream: Stream,
        (skip, count): (usize, usize),
        drawn: &Drawn<'a>,
    ) -> Vec<Draw> {
        let replaced = self.record.settings.sampler.with_replacement() && stream != Stream::Compared(false);
        let manifest = self.manifest_of(stream, &prepared.cards);
        let contest = if let Stream::Contest(at) = stream { Some(at) } else { None };
        let placed = |draw: ballots::BallotDraw| Draw {
            ticket: draw.shown_ticket().to_owned(),
            batch: draw.batch,
            position: Some(draw.position),
            contest,
        };
        // No two ballots have one name: that was checked with the manifest.
        if replaced {
            let drawn = ballots::draw(&round.seed, &manifest, skip, count, true).unwrap_or_default();
            return drawn.into_iter().map(placed).collect();
        }
        // Each once, also where a later round has another seed.
        let before: BTreeSet<Place> = drawn
            .draws
            .iter()
            .filter(|draw| self.stream(draw) == stream)
            .map(|draw| (draw.batch, draw.position))
            .collect();
        let all = count.saturating_add(before.len());
        let list = ballots::draw(&round.seed, &manifest, 0, all, false).unwrap_or_default();
        let new = list.into_iter().map(placed).filter(|draw| !before.contains(&(draw.batch, draw.position)));
        new.take(count).collect()
    }

    /// The ballots that a stream draws from, batches at the places that they have in the record.
    fn manifest_of(&self, stream: Stream, cards: &Cards<'_>) -> Vec<BatchOfBallots> {
        let styled = self.record.settings.card_style == CardStyle::Known;
        let batches = self.record.batches.iter().enumerate().map(|(at, batch)| {
            let positions = match stream {
                Stream::Compared(compared) if batch.cvrs != Some(compared) => Positions::UpTo(0),
                // Cards without a CVR could hold the contest.
                Stream::Contest(contest) if styled => {
                    let on = |position: &u32| cards.holds(at, *position, contest);
                    Positions::Only((1..=batch.ballots).filter(on).collect())
                }
                _ => Positions::UpTo(batch.ballots),
            };
            BatchOfBallots {
                jurisdiction: batch.jurisdiction.clone(),
                tabulator: batch.tabulator.clone(),
                batch: batch.batch.clone(),
                positions,
            }
        });
        batches.collect()
    }

    pub(super) fn words(&self, draw: &Draw) -> String {
        let batch = &self.record.batches[draw.batch];
        let ballot = draw.position.map(|position| format!("ballot {position} of ")).unwrap_or_default();
        format!("{ballot}batch {:?} of {} with the ticket {}", batch.batch, batch.jurisdiction, draw.ticket)
    }
}

impl Numbered {
    fn sample(&self, wanted: &[u64]) -> cryptorandom::ContestSample {
        let wanted: Vec<usize> =
            wanted.iter().map(|count| usize::try_from(*count).unwrap_or(usize::MAX)).collect();
        let on = |card: usize| self.contests[self.style[card] as usize].as_slice();
        cryptorandom::for_contests(&self.order, on, &wanted)
    }

    /// For each contest the cards that count for it.
    fn credited(&self, sample: &cryptorandom::ContestSample, contests: usize) -> Vec<Vec<Place>> {
        let mut credited: Vec<Vec<Place>> = vec![Vec::new(); contests];
        for card in &sample.cards {
            let (batch, position) = self.places[*card];
            for contest in &self.contests[self.style[*card] as usize] {
                if credited[*contest].len() < sample.credited.get(*contest).copied().unwrap_or(0) {
                    credited[*contest].push((batch, Some(position)));
                }
            }
        }
        credited
    }
}
