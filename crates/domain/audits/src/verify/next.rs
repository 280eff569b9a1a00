//! The next round of an audit: what its seed gives after the rounds that a record has.

use super::sample::{Drawn, Stream};
use super::{Check, Cvrs, Deviation};
use crate::record::{Decision, Draw, Record, Round, Sampler};

/// How many draws a round has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Size {
    /// So many, of one sample for all contests.
    Draws(usize),
    /// So many for each of these targeted contests, which have samples of their own (contest, draws).
    ByContest(Vec<(usize, usize)>),
    /// Of a hybrid audit: so many that are compared, and so many that are polled.
    Strata {
        /// With CVRs.
        compared: usize,
        /// Without.
        polled: usize,
    },
    /// For each contest so many cards in all, over this round and those before ([`Sampler::Cryptorandom`]).
    Wanted(Vec<u64>),
}

/// The draws of a round that follows those of a record. With [`Sampler::Cryptorandom`] of the first round's seed.
///
/// # Errors
/// What keeps the record from being drawn from: SCR-AUD-123 and its kind; nothing of what was read or measured.
pub fn next_round(
    record: &Record,
    cvrs: &Cvrs,
    seed: &str,
    size: &Size,
) -> Result<Vec<Draw>, Vec<Deviation>> {
    let mut check = Check { record, deviations: Vec::new(), notices: Vec::new(), broken: false };
    let cards = check.shape(cvrs);
    let (Some(cards), false) = (cards, check.broken) else { return Err(check.deviations) };
    check.deviations.clear();
    let round = round_of(record, seed, size);
    let seeded = record.rounds.first().unwrap_or(&round).seed.clone();
    let mut prepared = check.prepare(cards);
    if record.settings.sampler == Sampler::Cryptorandom && prepared.numbered.is_none() {
        prepared.numbered = Some(check.numbered(&seeded, &prepared.cards));
    }
    if !check.deviations.is_empty() {
        return Err(check.deviations);
    }
    let mut drawn = Drawn::default();
    for round in record.rounds.iter().filter(|round| round.decision != Decision::Abandoned) {
        check.drew(round, &mut drawn);
    }
    let streams: Vec<(Stream, usize)> = match size {
        Size::Draws(count) => vec![(Stream::All, *count)],
        Size::ByContest(list) => list.iter().map(|(at, count)| (Stream::Contest(*at), *count)).collect(),
        Size::Strata { compared, polled } => {
            vec![(Stream::Compared(true), *compared), (Stream::Compared(false), *polled)]
        }
        Size::Wanted(_) => vec![(Stream::All, 0)],
    };
    let draws =
        streams.into_iter().flat_map(|(stream, count)| check.draw(&round, &prepared, stream, count, &drawn));
    Ok(draws.collect())
}

/// The round as far as drawing needs it.
fn round_of(record: &Record, seed: &str, size: &Size) -> Round {
    let wanted = if let Size::Wanted(wanted) = size { wanted.clone() } else { Vec::new() };
    let number = u32::try_from(record.rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
    Round { wanted, ..Round::open(number, seed, Vec::new(), Vec::new()) }
}
