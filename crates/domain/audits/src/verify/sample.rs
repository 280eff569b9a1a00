//! The sample of a round, drawn again, and whether what was drawn was read by hand.

use super::Check;
use crate::batch::{Batch, BatchAudit, Contest};
use crate::record::{Counted, Draw, Method, Round, Sampler};
use crate::sample::ballots::{self, BatchOfBallots, Positions};
use crate::sample::ppeb;
use std::collections::{BTreeMap, BTreeSet};

/// What a sample is drawn from and a risk measured with.
pub(super) struct Prepared {
    /// Of a batch comparison: each contest, or why it cannot be audited by a sample.
    pub(super) batches: Vec<Option<BatchAudit>>,
    /// Of ballots: the manifest as the sampler takes it.
    manifest: Vec<BatchOfBallots>,
}

/// What was drawn and read so far, over all rounds.
#[derive(Default)]
pub(super) struct Drawn<'a> {
    /// Draws before the round, by seed: a seed that comes back goes on where it was left.
    before: BTreeMap<&'a str, usize>,
    /// All draws.
    pub(super) draws: Vec<&'a Draw>,
    /// What was read, by place.
    pub(super) counted: BTreeMap<(usize, Option<u32>), &'a Counted>,
}

impl<'a> Check<'a> {
    pub(super) fn prepare(&mut self) -> Prepared {
        let record = self.record;
        let mut prepared = Prepared { batches: Vec::new(), manifest: Vec::new() };
        match record.settings.method {
            Method::BatchComparison => {
                for (at, contest) in record.contests.iter().enumerate() {
                    let reported = Contest {
                        votes: contest.votes.clone(),
                        winners: contest.winners,
                        votes_allowed: contest.votes_allowed,
                        pending: contest.pending,
                        runoff: contest.runoff,
                    };
                    let batch = |batch: &crate::record::Batch| Batch {
                        jurisdiction: batch.jurisdiction.clone(),
                        name: batch.batch.clone(),
                        ballots: u64::from(batch.ballots),
                        votes: batch.votes[at].clone(),
                    };
                    let audit = BatchAudit::new(&reported, record.batches.iter().map(batch).collect());
                    if let Err(error) = &audit {
                        self.says("SCR-AUD-126", None, format!("{}: {error}", contest.name));
                    }
                    prepared.batches.push(audit.ok());
                }
            }
            Method::BallotComparison | Method::BallotPolling => {
                let batch = |batch: &crate::record::Batch| BatchOfBallots {
                    jurisdiction: batch.jurisdiction.clone(),
                    tabulator: batch.tabulator.clone(),
                    batch: batch.batch.clone(),
                    positions: Positions::UpTo(batch.ballots),
                };
                prepared.manifest = record.batches.iter().map(batch).collect();
            }
        }
        prepared
    }

    pub(super) fn sample(&mut self, round: &'a Round, prepared: &Prepared, drawn: &mut Drawn<'a>) {
        // A fresh seed draws a sequence of its own.
        let skip = drawn.before.get(round.seed.as_str()).copied().unwrap_or(0);
        let expected = self.draw(round, prepared, skip);
        drawn.before.insert(&round.seed, skip.saturating_add(round.draws.len()));
        let wrong = round.draws.iter().zip(&expected).position(|(found, wanted)| found != wanted);
        let at = wrong
            .or_else(|| (round.draws.len() != expected.len()).then(|| expected.len().min(round.draws.len())));
        if let Some(at) = at {
            let words =
                |draw: Option<&Draw>| draw.map_or_else(|| "nothing".to_owned(), |draw| self.words(draw));
            let what = format!(
                "draw {}: the seed gives {}, the record has {}",
                at + 1,
                words(expected.get(at)),
                words(round.draws.get(at))
            );
            self.says("SCR-AUD-127", Some(round.number), what);
        }
        self.count(round, drawn);
    }

    fn draw(&self, round: &Round, prepared: &Prepared, skip: usize) -> Vec<Draw> {
        let count = round.draws.len();
        if self.record.settings.sampler == Sampler::ArloPpeb {
            let targeted = self.record.contests.iter().position(|contest| contest.targeted);
            let Some(audit) = targeted.and_then(|at| prepared.batches[at].as_ref()) else {
                return Vec::new();
            };
            let drawn = ppeb::draw(&round.seed, &audit.weights(), skip, count);
            return drawn
                .into_iter()
                .map(|draw| Draw { ticket: draw.ticket, batch: draw.at, position: None })
                .collect();
        }
        let replaced = self.record.settings.sampler == Sampler::ConsistentWithReplacement;
        // No two ballots have one name: that was checked with the manifest.
        let drawn = ballots::draw(&round.seed, &prepared.manifest, skip, count, replaced).unwrap_or_default();
        drawn
            .into_iter()
            .map(|draw| Draw {
                ticket: draw.shown_ticket().to_owned(),
                batch: draw.batch,
                position: Some(draw.position),
            })
            .collect()
    }

    pub(super) fn words(&self, draw: &Draw) -> String {
        let batch = &self.record.batches[draw.batch];
        let ballot = draw.position.map(|position| format!("ballot {position} of ")).unwrap_or_default();
        format!("{ballot}batch {:?} of {} with the ticket {}", batch.batch, batch.jurisdiction, draw.ticket)
    }

    /// Everything drawn was read once, and nothing else but what is marked as extra.
    fn count(&mut self, round: &'a Round, drawn: &mut Drawn<'a>) {
        drawn.draws.extend(&round.draws);
        let places: BTreeSet<(usize, Option<u32>)> =
            drawn.draws.iter().map(|draw| (draw.batch, draw.position)).collect();
        for one in &round.counted {
            let place = (one.batch, one.position);
            let batch = &self.record.batches[one.batch];
            let name = format!("batch {:?} of {}", batch.batch, batch.jurisdiction);
            // What has no form is not measured either.
            if !self.has_form(one) {
                self.says("SCR-AUD-128", Some(round.number), format!("{name}: what was counted has not the form of this audit, or more votes than the ballots allow"));
                continue;
            }
            if places.contains(&place) == one.extra {
                let what = if one.extra {
                    "is marked as extra and was drawn"
                } else {
                    "was counted and never drawn; what is extra must be marked"
                };
                self.says("SCR-AUD-128", Some(round.number), format!("{name} {what}"));
            }
            if !one.extra && drawn.counted.insert(place, one).is_some() {
                self.says(
                    "SCR-AUD-128",
                    Some(round.number),
                    format!("{name}: what was counted stands there twice"),
                );
            }
        }
        let missing =
            drawn.draws.iter().find(|draw| !drawn.counted.contains_key(&(draw.batch, draw.position)));
        if let (Some(draw), true) = (missing, round.decision != crate::record::Decision::Open) {
            let what = format!("{} was drawn and not counted", self.words(draw));
            self.says("SCR-AUD-129", Some(round.number), what);
        }
    }

    fn has_form(&self, one: &Counted) -> bool {
        let record = self.record;
        if record.settings.method != Method::BatchComparison {
            // Choices marked, by place; nothing at all: not found.
            let choices = |(votes, contest): (&Option<Vec<u64>>, &crate::record::Contest)| {
                votes.as_ref().is_none_or(|votes| {
                    votes.iter().all(|choice| *choice < contest.choices.len() as u64)
                        && votes.iter().collect::<BTreeSet<_>>().len() == votes.len()
                })
            };
            return one.votes.is_empty()
                || (one.votes.len() == record.contests.len()
                    && one.votes.iter().zip(&record.contests).all(choices));
        }
        let ballots: u64 = if one.together.is_empty() {
            u64::from(record.batches[one.batch].ballots)
        } else {
            one.together
                .iter()
                .filter_map(|at| record.batches.get(*at))
                .map(|batch| u64::from(batch.ballots))
                .sum()
        };
        let known = one.together.is_empty()
            || (one.together.contains(&one.batch)
                && one.together.iter().collect::<BTreeSet<_>>().len() == one.together.len()
                && one.together.iter().all(|at| *at < record.batches.len()));
        // Ballots can lie in a wrong box, and a manifest can be off: twice as many votes as ballots cannot.
        let fits = |(votes, contest): (&Option<Vec<u64>>, &crate::record::Contest)| {
            votes.as_ref().is_some_and(|votes| {
                votes.len() == contest.choices.len()
                    && votes.iter().fold(0_u64, |all, one| all.saturating_add(*one))
                        <= ballots.saturating_mul(contest.votes_allowed).saturating_mul(2)
            })
        };
        known && one.votes.len() == record.contests.len() && one.votes.iter().zip(&record.contests).all(fits)
    }
}
