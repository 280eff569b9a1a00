//! Finds the batch and the rank of each card.

use super::{BatchCount, Source};
use crate::inputs::Wrong;
use crate::inputs::manifest::{Manifest, Unit};
use crate::inputs::near::Near;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hasher as _};

/// Batches that the manifest does not have are told of, up to so many.
const MAX_UNKNOWN: usize = 1_000;

/// A card that lies in a batch of the manifest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    batch: u32,
    record: u32,
    sheet: u32,
    source: u32,
    card: u32,
}

pub(super) struct Finding<'a> {
    manifest: &'a Manifest,
    with_tabulators: bool,
    known: HashMap<(&'a str, &'a str), u32>,
    found: Vec<Found>,
    /// Batches that the manifest does not have: how many cards name them, the file, and the first card's id.
    unknown: BTreeMap<(String, String), (u64, String, String)>,
    /// Cards in such batches.
    lost: u64,
    /// Batches whose cards say no record number.
    unnumbered: BTreeMap<u32, u64>,
    /// Batches that are said to have no CVRs.
    unexpected: BTreeMap<u32, u64>,
    pub(super) places: Vec<Vec<(Option<u32>, u32)>>,
    pub(super) wrong: Wrong,
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<'a> Finding<'a> {
    pub(super) fn new(manifest: &'a Manifest, file: &str) -> Self {
        let with_tabulators = manifest.batches.iter().any(|batch| batch.tabulator.is_some());
        let known = manifest
            .batches
            .iter()
            .enumerate()
            .map(|(at, batch)| ((batch.tabulator.as_deref().unwrap_or(""), batch.name.as_str()), narrow(at)))
            .collect();
        Self {
            manifest,
            with_tabulators,
            known,
            found: Vec::new(),
            unknown: BTreeMap::new(),
            lost: 0,
            unnumbered: BTreeMap::new(),
            unexpected: BTreeMap::new(),
            places: Vec::new(),
            wrong: Wrong::with(file),
        }
    }

    pub(super) fn cards(&self) -> u64 {
        u64::try_from(self.found.len()).unwrap_or(u64::MAX)
    }

    /// Puts the cards of a source into their batches.
    pub(super) fn read(&mut self, source: &Source<'_>) {
        let number = narrow(self.places.len());
        let mut places = Vec::new();
        for card in 0..source.columns.cards() {
            let Some(lies) = source.columns.location(card) else { continue };
            places.push((None, 0));
            let tabulator = if self.with_tabulators { lies.tabulator } else { "" };
            let Some(batch) = self.known.get(&(tabulator, lies.batch)).copied() else {
                self.lost += 1;
                let key = (tabulator.to_owned(), lies.batch.to_owned());
                if self.unknown.len() < MAX_UNKNOWN || self.unknown.contains_key(&key) {
                    let new = || (0, source.file.to_owned(), lies.id.to_owned());
                    self.unknown.entry(key).or_insert_with(new).0 += 1;
                }
                continue;
            };
            if self.manifest.batches[wide(batch)].has_cvrs == Some(false) {
                *self.unexpected.entry(batch).or_default() += 1;
                continue;
            }
            if lies.position == 0 {
                *self.unnumbered.entry(batch).or_default() += 1;
            }
            self.found.push(Found {
                batch,
                record: lies.position,
                sheet: lies.sheet,
                source: number,
                card: u32::try_from(card).unwrap_or(u32::MAX),
            });
        }
        self.places.push(places);
    }

    /// No two cards have the same id in a file, or the same imprinted id (SCR-AUD-042).
    pub(super) fn look_for_ids_twice(&mut self, sources: &[Source<'_>]) {
        let (mut ids, mut imprinted) = (Vec::new(), Vec::new());
        for (at, source) in (0_u32..).zip(sources) {
            for card in 0..source.columns.cards() {
                let Some(lies) = source.columns.location(card) else { continue };
                if !lies.id.is_empty() {
                    ids.push((hashed(&(at, lies.id, lies.sheet)), at, card));
                }
                if !lies.imprinted.is_empty() {
                    imprinted.push((hashed(&(lies.imprinted, lies.sheet)), at, card));
                }
            }
        }
        for (column, list) in [("id", &mut ids), ("imprinted id", &mut imprinted)] {
            list.sort_unstable();
            for pair in list.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                let text = |(_, at, card): (u64, u32, u64)| {
                    let lies = sources[wide(at)].columns.location(card)?;
                    Some(if column == "id" { lies.id } else { lies.imprinted })
                };
                // Two texts can have one hash by chance.
                let Some(id) = text(pair[0]).filter(|id| text(pair[1]) == Some(*id)) else { continue };
                let mut problem = self.wrong.error("SCR-AUD-042").in_column(column).with_value(id);
                sources[wide(pair[1].1)].file.clone_into(&mut problem.file);
                let card = pair[1].2.saturating_add(1);
                self.wrong.push(problem.with("first card", pair[0].2.saturating_add(1)).with("card", card));
            }
        }
    }

    /// Ranks the cards of each batch, and says what does not fit the manifest.
    pub(super) fn rank(&mut self, sources: &[Source<'_>]) -> Vec<BatchCount> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_unstable();
        let mut counts = vec![0_u32; self.manifest.batches.len()];
        let mut before: Option<Found> = None;
        for card in &found {
            let count = &mut counts[wide(card.batch)];
            let same_ballot =
                before.is_some_and(|other| (other.batch, other.record) == (card.batch, card.record));
            let numbered = card.record != 0;
            let twice = same_ballot && numbered && before.is_some_and(|other| other.sheet == card.sheet);
            if !(same_ballot && numbered && self.manifest.unit == Unit::Ballots) {
                *count = count.saturating_add(1);
            }
            let place = self.places.get_mut(wide(card.source)).and_then(|all| all.get_mut(wide(card.card)));
            if let Some(place) = place {
                *place = (Some(card.batch), *count);
            }
            if twice {
                let batch = self.batch(card.batch);
                let mut problem = self.wrong.error("SCR-AUD-042").in_column("record").with_value(&batch);
                sources[wide(card.source)].file.clone_into(&mut problem.file);
                self.wrong.push(problem.with("record", card.record));
            }
            before = Some(*card);
        }
        self.found = found;
        self.tell_batches();
        let batches = self.tell_counts(&counts);
        self.tell_all(&counts);
        batches
    }

    fn batch(&self, at: u32) -> String {
        let batch = &self.manifest.batches[wide(at)];
        batch.tabulator.iter().chain([&batch.name]).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Batches that the manifest does not have, or has without CVRs, or whose cards cannot be found.
    fn tell_batches(&mut self) {
        let with = self.with_tabulators;
        let shown = move |tabulator: &str, batch: &str| {
            if with { format!("{tabulator}, {batch}") } else { batch.to_owned() }
        };
        let names: Vec<String> = self
            .manifest
            .batches
            .iter()
            .map(|batch| shown(batch.tabulator.as_deref().unwrap_or(""), &batch.name))
            .collect();
        let mut near = Near::among(names.iter().map(String::as_str));
        for ((tabulator, batch), (cards, file, id)) in std::mem::take(&mut self.unknown) {
            let name = shown(&tabulator, &batch);
            let mut problem = self.wrong.error("SCR-AUD-041").with_value(&name).closest_to(near.to(&name));
            problem.file = file;
            self.wrong.push(problem.with("cards", cards).with("first id", id));
        }
        for (batch, cards) in std::mem::take(&mut self.unnumbered) {
            let problem = self.wrong.error("SCR-AUD-044").with_value(&self.batch(batch));
            self.wrong.push(problem.with("cards", cards));
        }
        for (batch, cards) in std::mem::take(&mut self.unexpected) {
            let problem = self.wrong.warning("SCR-AUD-043").with_value(&self.batch(batch));
            self.wrong.push(problem.with("cards", cards));
        }
    }

    fn tell_counts(&mut self, counts: &[u32]) -> Vec<BatchCount> {
        let mut batches = Vec::new();
        for ((at, cvrs), batch) in (0..).zip(counts.iter().copied()).zip(&self.manifest.batches) {
            if batch.has_cvrs == Some(false) {
                batches.push(BatchCount::default());
                continue;
            }
            if cvrs > batch.ballots {
                let problem = self.wrong.error("SCR-AUD-038").with_value(&self.batch(at));
                self.wrong.push(problem.with("cvrs", cvrs).with("ballots", batch.ballots));
            }
            batches.push(BatchCount { cvrs, phantoms: batch.ballots.saturating_sub(cvrs) });
        }
        batches
    }

    /// All CVRs against all ballots that should have one.
    fn tell_all(&mut self, counts: &[u32]) {
        let should = |has: &Option<bool>| *has != Some(false);
        let batches = self.manifest.batches.iter().filter(|batch| should(&batch.has_cvrs));
        let ballots: u64 = batches.map(|batch| u64::from(batch.ballots)).sum();
        let cvrs = counts.iter().map(|count| u64::from(*count)).sum::<u64>() + self.lost;
        if cvrs > ballots {
            let problem = self.wrong.error("SCR-AUD-039").with("cvrs", cvrs).with("ballots", ballots);
            self.wrong.push(problem);
        } else if cvrs < ballots {
            let lacking = counts
                .iter()
                .zip(&self.manifest.batches)
                .filter(|(count, batch)| should(&batch.has_cvrs) && **count < batch.ballots)
                .count();
            let problem = self.wrong.warning("SCR-AUD-040").with("cvrs", cvrs).with("ballots", ballots);
            self.wrong.push(problem.with("phantoms", ballots - cvrs).with("batches", lacking));
        }
    }
}

fn hashed(what: &impl std::hash::Hash) -> u64 {
    let mut hash = DefaultHasher::new();
    what.hash(&mut hash);
    hash.finish()
}
