//! Cast vote records against the manifest: each card in its batch, at its position among the ballots of the batch.
//!
//! The position of a ballot is the rank of its record number in the batch, as Arlo counts it (`server/api/cvrs.py`), and
//! not the record number itself. Ballots of the manifest without a CVR are phantoms (Bañuelos and Stark 2012): they are
//! counted, and drawn behind those that have one. More CVRs than ballots are refused: whoever drew a sample from the
//! manifest would never look at some of them.

mod found;

use super::Told;
use super::manifest::Manifest;
use crate::sample::ballots::{BatchOfBallots, Positions};
use found::Finding;
use scr_core::Problem;
use scr_tabulation::cvr::ContestNo;
use scr_tabulation::cvr::columns::Columns;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The CVRs of a jurisdiction in one file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a str,
    /// What is in it.
    pub columns: &'a Columns,
}

/// CVRs of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BatchCount {
    /// Ballots (cards, where the manifest counts cards) that have a CVR.
    pub cvrs: u32,
    /// Those that have none.
    pub phantoms: u32,
}

/// Cards with a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestCards {
    /// The contest's name in the CVRs.
    pub name: String,
    /// CVRs with it.
    pub cvrs: u64,
    /// Cards that could hold it and have no CVR: up to the bound where one is stated, else all phantoms of the
    /// jurisdiction.
    pub phantoms: u64,
}

/// CVRs and manifest that fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    jurisdiction: String,
    /// CVRs and phantoms of each batch, in the manifest's order.
    pub batches: Vec<BatchCount>,
    /// Each contest, by name.
    pub contests: Vec<ContestCards>,
    /// Cards that have a CVR.
    pub cards: u64,
    /// For each source the batch and the position of each card; no batch: it is in a batch that is said to have no CVRs.
    places: Vec<Vec<(Option<u32>, u32)>>,
}

/// What becomes of phantoms in a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phantoms {
    /// They can be drawn, and count against the outcome when they are.
    Drawn,
    /// They are not in the list, as in Arlo; the assertions have to carry them.
    LeftOut,
}

/// Compares the CVRs of a jurisdiction with its manifest. `bounds` says of contests, by name, on how many cards they are
/// at most, where that is known from other books than the CVRs.
///
/// # Errors
/// Everything that does not fit (SCR-AUD-038, -039, -041, -042, -044); warnings are SCR-AUD-040 and -043.
pub fn compare(
    jurisdiction: &str,
    manifest: &Manifest,
    sources: &[Source<'_>],
    bounds: &BTreeMap<String, u64>,
    file: &str,
) -> Result<Told<Matched>, Vec<Problem>> {
    let mut finding = Finding::new(manifest, file);
    for source in sources {
        finding.read(source);
    }
    finding.look_for_ids_twice(sources);
    let batches = finding.rank(sources);
    let phantoms: u64 = batches.iter().map(|batch| u64::from(batch.phantoms)).sum();
    let contests = contests(sources, phantoms, bounds, manifest.ballots(), &mut finding);
    let cards = finding.cards();
    let places = std::mem::take(&mut finding.places);
    finding.wrong.told(Matched { jurisdiction: jurisdiction.to_owned(), batches, contests, cards, places })
}

fn contests(
    sources: &[Source<'_>],
    phantoms: u64,
    bounds: &BTreeMap<String, u64>,
    ballots: u64,
    finding: &mut Finding<'_>,
) -> Vec<ContestCards> {
    let mut cvrs: BTreeMap<&str, u64> = BTreeMap::new();
    for source in sources {
        for (number, contest) in (0..).zip(source.columns.contests()) {
            let all = source.columns.counts(number);
            *cvrs.entry(&contest.name).or_default() += all.iter().skip(1).sum::<u64>();
        }
    }
    let of = |(name, cvrs): (&str, u64)| {
        let phantoms = match bounds.get(name).copied() {
            None => phantoms,
            Some(bound) => {
                if bound < cvrs || bound > ballots {
                    let problem = finding.wrong.error("SCR-AUD-039").in_column(name);
                    let problem = problem.with("cvrs", cvrs).with("at most", bound);
                    finding.wrong.push(problem.with("ballots", ballots));
                }
                bound.saturating_sub(cvrs)
            }
        };
        ContestCards { name: name.to_owned(), cvrs, phantoms }
    };
    cvrs.into_iter().map(of).collect()
}

impl Matched {
    /// Phantoms in all batches.
    pub fn phantoms(&self) -> u64 {
        self.batches.iter().map(|batch| u64::from(batch.phantoms)).sum()
    }

    /// The batch (by its place in the manifest) and the position, from 1, of a card of a source.
    pub fn place(&self, source: usize, card: u64) -> Option<(usize, u32)> {
        let (batch, position) = self.places.get(source)?.get(usize::try_from(card).ok()?)?;
        Some((usize::try_from((*batch)?).ok()?, *position))
    }

    /// The ballots that have a contest, to draw from: in each source it has the number that `contest` gives for it.
    pub fn frame(
        &self,
        manifest: &Manifest,
        sources: &[Source<'_>],
        contest: impl Fn(&Columns) -> Option<ContestNo>,
        phantoms: Phantoms,
    ) -> Vec<BatchOfBallots> {
        let mut positions: Vec<Vec<u32>> = vec![Vec::new(); manifest.batches.len()];
        for (places, source) in self.places.iter().zip(sources) {
            let Some(number) = contest(source.columns) else { continue };
            for ((batch, position), pattern) in places.iter().zip(source.columns.cells(number)) {
                let batch = batch.and_then(|batch| usize::try_from(batch).ok()).filter(|_| pattern > 0);
                if let Some(list) = batch.and_then(|batch| positions.get_mut(batch)) {
                    list.push(*position);
                }
            }
        }
        let mut frame = Vec::new();
        for ((batch, count), mut list) in manifest.batches.iter().zip(&self.batches).zip(positions) {
            if phantoms == Phantoms::Drawn && batch.has_cvrs != Some(false) {
                list.extend(count.cvrs.saturating_add(1)..=batch.ballots);
            }
            list.sort_unstable();
            list.dedup();
            if !list.is_empty() {
                frame.push(BatchOfBallots {
                    jurisdiction: self.jurisdiction.clone(),
                    tabulator: batch.tabulator.clone(),
                    batch: batch.name.clone(),
                    positions: Positions::Only(list),
                });
            }
        }
        frame
    }
}
