//! Whether as many people signed as the settings ask for.

use super::Check;
use crate::record::{Decision, Signature};
use std::collections::BTreeSet;

impl Check<'_> {
    /// The commitment, each count and the end of each round: by different people, as many as are asked for.
    pub(super) fn signatures(&mut self) {
        let record = self.record;
        let asked = record.settings.sign_offs;
        self.signed(None, "what was fixed before the seed", &record.commitment.signed, asked.commitment);
        for round in &record.rounds {
            for one in &round.counted {
                let position = one.position.map(|at| format!("ballot {at} of ")).unwrap_or_default();
                let batch = record.batches.get(one.batch).map_or("", |batch| &batch.batch);
                let what = format!("the count of {position}batch {batch:?}");
                self.signed(Some(round.number), &what, &one.signed, asked.counted);
            }
            if round.decision != Decision::Open {
                let asked = asked.round;
                self.signed(Some(round.number), "the end of the round", &round.signed, asked);
            }
        }
    }

    fn signed(&mut self, round: Option<u32>, what: &str, signed: &[Signature], asked: u32) {
        let people: BTreeSet<&str> = signed.iter().map(|one| one.by.as_str()).collect();
        if people.len() < signed.len() {
            self.says("SCR-AUD-133", round, format!("{what} was signed twice by the same"));
        } else if people.len() < asked as usize {
            let what = format!("{what} was signed by {}, and {asked} are asked for", people.len());
            self.says("SCR-AUD-133", round, what);
        }
    }
}
