//! Whether what was drawn was read by hand, once, and in the form of the audit.

use super::Check;
use super::sample::{Drawn, Place};
use crate::record::{Contest, Counted, Decision, Round};
use std::collections::BTreeSet;

impl<'a> Check<'a> {
    /// Everything drawn was read once, and nothing else but what is marked as extra.
    pub(super) fn count(&mut self, round: &'a Round, drawn: &mut Drawn<'a>) {
        let places: BTreeSet<Place> = drawn.draws.iter().map(|draw| (draw.batch, draw.position)).collect();
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
        if let (Some(draw), true) = (missing, round.decision != Decision::Open) {
            let what = format!("{} was drawn and not counted", self.words(draw));
            self.says("SCR-AUD-129", Some(round.number), what);
        }
    }

    fn has_form(&self, one: &Counted) -> bool {
        let record = self.record;
        if record.settings.method.draws_batches() {
            return self.has_form_of_batch(one);
        }
        // Choices marked, by place; nothing at all: not found.
        let choices = |(votes, contest): (&Option<Vec<u64>>, &Contest)| {
            votes.as_ref().is_none_or(|votes| {
                votes.iter().all(|choice| *choice < contest.choices.len() as u64)
                    && votes.iter().collect::<BTreeSet<_>>().len() == votes.len()
            })
        };
        one.votes.is_empty()
            || (one.votes.len() == record.contests.len()
                && one.votes.iter().zip(&record.contests).all(choices))
    }

    fn has_form_of_batch(&self, one: &Counted) -> bool {
        let record = self.record;
        let ballots: u64 = if one.together.is_empty() {
            u64::from(record.batches[one.batch].ballots)
        } else {
            let of = |at: &usize| record.batches.get(*at).map(|batch| u64::from(batch.ballots));
            one.together.iter().filter_map(of).sum()
        };
        let known = one.together.is_empty()
            || (one.together.contains(&one.batch)
                && one.together.iter().collect::<BTreeSet<_>>().len() == one.together.len()
                && one.together.iter().all(|at| *at < record.batches.len()));
        // Ballots can lie in a wrong box, and a manifest can be off: twice as many votes as ballots cannot.
        let fits = |(votes, contest): (&Option<Vec<u64>>, &Contest)| {
            votes.as_ref().is_some_and(|votes| {
                votes.len() == contest.choices.len()
                    && votes.iter().fold(0_u64, |all, one| all.saturating_add(*one))
                        <= ballots.saturating_mul(contest.votes_allowed).saturating_mul(2)
            })
        };
        known && one.votes.len() == record.contests.len() && one.votes.iter().zip(&record.contests).all(fits)
    }
}
