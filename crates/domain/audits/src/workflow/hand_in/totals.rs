//! Candidate totals by batch.

use super::{HandedFrom, HandedIn, canonical};
use crate::inputs::manifest::{Manifest, ManifestBatch};
use crate::inputs::totals::{self, Known, Totals, TotalsBatch, TotalsContest};
use crate::inputs::{Limits, Told};
use crate::record::{Contest, Method, NameTrail};
use scr_core::{Problem, Severity};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Totals in their normal form: of exactly the audit's contests, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByBatch {
    /// The contests that they are of.
    pub contests: Vec<TotalsContest>,
    /// The batches, in the order of the rows.
    pub batches: Vec<TotalsBatch>,
    /// Headings that stood for others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameTrail>,
}

/// The contests as totals name them.
pub(super) fn contests(of: &[Contest]) -> Vec<TotalsContest> {
    let named = |contest: &Contest| TotalsContest {
        name: contest.name.clone(),
        choices: contest.choices.clone(),
        votes_allowed: u32::try_from(contest.votes_allowed).unwrap_or(u32::MAX),
    };
    of.iter().map(named).collect()
}

/// The part of a manifest of which totals are handed in: all of it, or its pools.
pub(super) fn counted(method: Method, manifest: &Manifest) -> Manifest {
    let is_counted = |batch: &&ManifestBatch| method.draws_batches() || batch.has_cvrs == Some(false);
    let batches = manifest.batches.iter().filter(is_counted).cloned().collect();
    Manifest { batches, ..manifest.clone() }
}

/// Totals name a batch by its name alone.
fn twice(manifest: &Manifest, file: &str) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let again = manifest.batches.iter().filter(|batch| !seen.insert(&batch.name));
    again.map(|batch| Problem::new("SCR-AUD-019", Severity::Error, file).with_value(&batch.name)).collect()
}

impl HandedFrom<'_> {
    pub(super) fn totals(&self, bytes: &[u8]) -> Result<HandedIn, Vec<Problem>> {
        let manifest = counted(self.audit.settings().method, self.manifest);
        let mut twice = twice(&manifest, self.file);
        let contests = contests(self.audit.contests());
        let known = Known { jurisdiction: self.jurisdiction, names: self.names };
        let limits = Limits::default();
        let read = totals::read_named(bytes, self.file, &contests, known, Some(&manifest), &limits);
        if !twice.is_empty() {
            twice.extend(read.err().unwrap_or_default());
            return Err(twice);
        }
        let Told { input: (totals, names), warnings } = read?;
        let by_name = ballots(&manifest);
        let ballots = totals.batches.iter().filter_map(|batch| by_name.get(batch.name.as_str())).sum();
        let Totals { contests, batches } = totals;
        let rows = batches.len() as u64;
        let bytes = canonical(&ByBatch { contests, batches, names }, self.file)?;
        Ok(HandedIn::of(bytes, rows, ballots, warnings))
    }
}

fn ballots(manifest: &Manifest) -> BTreeMap<&str, u64> {
    manifest.batches.iter().map(|batch| (batch.name.as_str(), u64::from(batch.ballots))).collect()
}

impl ByBatch {
    /// Whether these are still totals of these contests and of the batches of this manifest.
    pub(super) fn fit(&self, of: &[Contest], manifest: &Manifest) -> bool {
        let ballots = ballots(manifest);
        let fits = |batch: &TotalsBatch| {
            let Some(ballots) = ballots.get(batch.name.as_str()) else { return false };
            batch.votes.len() == of.len()
                && batch.votes.iter().zip(of).all(|(votes, contest)| {
                    let sum = votes.iter().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
                    votes.len() == contest.choices.len()
                        && sum <= ballots.saturating_mul(contest.votes_allowed)
                })
        };
        let names: BTreeSet<&str> = self.batches.iter().map(|batch| batch.name.as_str()).collect();
        self.contests == contests(of)
            && names.len() == self.batches.len()
            && names.len() == manifest.batches.len()
            && self.batches.iter().all(fits)
    }
}
