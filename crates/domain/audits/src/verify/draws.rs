//! Rounds in their order: numbers, seeds, and whether what is drawn and counted is in the manifest.

use super::Check;
use crate::record::{Decision, Round, Sampler};
use std::collections::BTreeSet;

/// Rounds, at most.
const MAX_ROUNDS: usize = 1000;
/// Numbers of ballots that are computed over all rounds, at most.
const MAX_NUMBERS: u64 = 4_000_000_000;
/// Draws that are measured over all rounds and contests, at most.
const MAX_MEASURED: u64 = 500_000_000;

impl Check<'_> {
    pub(super) fn rounds(&mut self) {
        let record = self.record;
        let mut seeds: BTreeSet<&str> = BTreeSet::new();
        let mut wanted: &[u64] = &[];
        self.work();
        for (number, round) in (1..).zip(&record.rounds) {
            if round.number != number {
                let what = format!("round {number} is missing, or rounds are not in their order");
                self.says("SCR-AUD-124", Some(round.number), what);
            }
            self.seed(round);
            let before = !seeds.insert(&round.seed);
            if before && record.settings.method.needs_fresh_seeds() {
                let what = "the seed was used before, and this method needs a fresh one for each round";
                self.says("SCR-AUD-125", Some(round.number), what);
            }
            let first = record.rounds.first().is_some_and(|first| first.seed == round.seed);
            if record.settings.sampler == Sampler::Cryptorandom && !first {
                let what =
                    "this sampler goes on with the seed of the first round, and the record has another";
                self.says("SCR-AUD-125", Some(round.number), what);
            }
            if wanted.iter().zip(&round.wanted).any(|(before, now)| now < before) {
                let what = "a contest wants fewer cards in all than in a round before";
                self.says("SCR-AUD-123", Some(round.number), what);
            }
            if round.decision != Decision::Abandoned {
                wanted = &round.wanted;
            }
            self.places(round);
            let followed = record.rounds.len() > number as usize;
            let ended = matches!(round.decision, Decision::Stop | Decision::FullHandCount | Decision::Open);
            if followed && ended {
                let what = "a round follows although this one ended the audit or is still open";
                self.says("SCR-AUD-124", Some(round.number), what);
            }
            if round.decision == Decision::Abandoned && round.reason.trim().is_empty() {
                self.notices("SCR-AUD-135", Some(round.number), "the round was given up without a reason");
            }
        }
    }

    /// Every round draws again from the whole manifest, for each contest with a sample of its own, and measures each
    /// contest on all draws so far.
    fn work(&mut self) {
        let record = self.record;
        let styled = record.settings.sampler == Sampler::Cryptorandom;
        let contests = record.contests.len() as u64;
        let (mut numbers, mut draws, mut measured) = (0_u64, 0_u64, 0_u64);
        for round in &record.rounds {
            let own: BTreeSet<Option<usize>> = round.draws.iter().map(|draw| draw.contest).collect();
            let streams = if styled { contests } else { own.len() as u64 };
            let from = if record.settings.method.draws_batches() {
                record.batches.len() as u64
            } else {
                record.cards()
            };
            numbers = numbers.saturating_add(from.saturating_mul(streams));
            draws = draws.saturating_add(round.draws.len() as u64);
            measured = measured.saturating_add(draws.saturating_mul(contests));
        }
        if record.rounds.len() > MAX_ROUNDS || numbers > MAX_NUMBERS || measured > MAX_MEASURED {
            let rounds = record.rounds.len();
            let what =
                format!("{rounds} rounds with {draws} draws for {contests} contests are too much to check");
            self.says("SCR-AUD-123", None, what);
        }
    }

    fn seed(&mut self, round: &Round) {
        let most = crate::sample::consistent::MAX_SEED;
        let digits = round.seed.chars().filter(char::is_ascii_digit).count();
        let needed = self.record.settings.seed_digits;
        if digits < needed as usize || round.seed.chars().count() > most || round.seed.is_empty() {
            let what = format!(
                "the seed has {digits} digits, and {needed} are needed, in at most {most} characters"
            );
            self.says("SCR-AUD-125", Some(round.number), what);
        }
    }

    fn places(&mut self, round: &Round) {
        let record = self.record;
        let exists = |batch: usize, position: Option<u32>| {
            record
                .batches
                .get(batch)
                .is_some_and(|batch| position.is_none_or(|at| (1..=batch.ballots).contains(&at)))
        };
        let draws = round.draws.iter().map(|draw| (draw.batch, draw.position));
        let counted = round.counted.iter().map(|one| (one.batch, one.position));
        let strangers = draws.chain(counted).find(|(batch, position)| !exists(*batch, *position));
        if let Some((batch, _)) = strangers {
            let what = format!("batch {batch} or a position in it is not in the manifest");
            self.says("SCR-AUD-123", Some(round.number), what);
        }
        let ballots = !record.settings.method.draws_batches();
        if round.draws.iter().any(|draw| draw.position.is_some() != ballots) {
            let what = "a draw is of a batch where ballots are drawn, or of a ballot where batches are";
            self.says("SCR-AUD-123", Some(round.number), what);
        }
        self.drawn_for(round);
        let wants = record.settings.sampler == Sampler::Cryptorandom;
        if round.wanted.len() != if wants { record.contests.len() } else { 0 } {
            let what = "the round does not say for each contest how many cards it wants, or says so although its sampler draws by number";
            self.says("SCR-AUD-123", Some(round.number), what);
        }
    }

    /// Draws are for one sample, or each for a targeted contest; one way for all rounds.
    fn drawn_for(&mut self, round: &Round) {
        let record = self.record;
        let apart = record.rounds.iter().flat_map(|round| &round.draws).any(|draw| draw.contest.is_some());
        let fits = |contest: Option<usize>| match contest {
            Some(at) => {
                record.contests.get(at).is_some_and(|contest| contest.targeted)
                    && record.settings.sampler != Sampler::Cryptorandom
                    && record.settings.method != crate::record::Method::Hybrid
            }
            None => !apart,
        };
        if !round.draws.iter().all(|draw| fits(draw.contest)) {
            let what = "some draws are for a contest, and others are not, or for one that is not targeted";
            self.says("SCR-AUD-123", Some(round.number), what);
        }
    }
}
