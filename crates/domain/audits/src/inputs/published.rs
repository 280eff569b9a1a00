//! Colorado's published lists of ballots to audit (`scanner_id, batch_id, record_id, imprinted_id, ballot_type,
//! storage_location, cvr_number, audited`), and the manifest from which they should follow (Rule 25.2.2).
//!
//! Some counties' lists were drawn from another number of cards than the published manifest gives, probably the number
//! of CVRs. That number is found, and the difference is said.

use super::manifest::Manifest;
use super::near::Near;
use super::table::{Column, Table};
use super::{Limits, Told, Wrong};
use crate::sample::colorado;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;

/// A card of a published list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedCard {
    /// Its line in the file.
    pub line: u64,
    /// The scanner.
    pub tabulator: String,
    /// The batch.
    pub batch: String,
    /// The record number in the batch.
    pub record: u64,
    /// The number among all cards of the county, from 1: what the picks are.
    pub number: u64,
}

/// How a list follows from a seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// Cards by the manifest.
    pub stated: u64,
    /// The number of cards, nearest to that, from which the list follows.
    pub follows_from: u64,
    /// Distinct cards in the list.
    pub distinct: usize,
    /// Picks that it took.
    pub picks: u64,
}

const COLUMNS: [Column; 4] = [
    Column { name: "scanner_id", also: &["tabulator_id", "Tabulator", "Scanner"], needed: true },
    Column { name: "batch_id", also: &["Batch", "Batch Name"], needed: true },
    Column { name: "record_id", also: &["Record", "Ballot Position", "Position"], needed: true },
    Column { name: "cvr_number", also: &["cvr"], needed: true },
];

/// Reads a list.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -018, -023, -024).
pub fn read(input: impl Read, file: &str, limits: &Limits) -> Result<Told<Vec<PublishedCard>>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(mut table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    let mut list = Vec::new();
    let places: Vec<usize> = table.at.iter().flatten().copied().collect();
    if let [tabulator, batch, record, number] = places.as_slice() {
        while let Some(row) = table.next(&mut wrong) {
            let names = [*tabulator, *batch].map(|at| table.name(&row, at, &mut wrong));
            let numbers = [*record, *number].map(|at| table.count(&row, at, &mut wrong));
            if let ([Some(tabulator), Some(batch)], [Some(record), Some(number)]) = (names, numbers) {
                list.push(PublishedCard { line: row.line, tabulator, batch, record, number });
            }
        }
    }
    wrong.told(list)
}

/// Compares a list with the manifest of its county: numbers of cards up to `within` from the manifest's are tried.
///
/// # Errors
/// SCR-AUD-046 where no number explains the list; as a warning where another number does. SCR-AUD-047 (warning): a card
/// whose batch is not in the manifest, or whose record number is above its ballots.
pub fn compare(
    list: &[PublishedCard],
    seed: &str,
    manifest: &Manifest,
    within: u64,
    file: &str,
) -> Result<Told<Explained>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    places(list, manifest, &mut wrong);
    let stated = manifest.ballots();
    let numbers: BTreeSet<u64> = list.iter().map(|card| card.number).collect();
    let found = colorado::explains(seed, &numbers, stated, within).filter(|_| !numbers.is_empty());
    let Some(follows_from) = found else {
        let problem = wrong.error("SCR-AUD-046").with("stated", stated).with("tried within", within);
        wrong.push(problem);
        return Err(wrong.into_list());
    };
    if follows_from != stated {
        let problem = wrong.warning("SCR-AUD-046").with("stated", stated);
        wrong.push(problem.with("follows from", follows_from));
    }
    let (_, picks) = colorado::distinct(seed, follows_from, numbers.len());
    wrong.told(Explained { stated, follows_from, distinct: numbers.len(), picks })
}

/// Whether the cards are where the manifest says that there are cards.
fn places(list: &[PublishedCard], manifest: &Manifest, wrong: &mut Wrong) {
    let mut known: HashMap<(&str, &str), u64> = HashMap::new();
    let mut names = Vec::new();
    for batch in &manifest.batches {
        let tabulator = batch.tabulator.as_deref().unwrap_or("");
        known.insert((tabulator, &batch.name), u64::from(batch.ballots));
        names.push(format!("{tabulator}, {}", batch.name));
    }
    let mut near = Near::among(names.iter().map(String::as_str));
    let mut strange: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for card in list {
        let name = format!("{}, {}", card.tabulator, card.batch);
        match known.get(&(card.tabulator.as_str(), card.batch.as_str())) {
            None => strange.entry(name).or_insert((card.line, 0)).1 += 1,
            Some(ballots) if card.record == 0 || card.record > *ballots => {
                let problem = wrong.warning("SCR-AUD-047").at_row(card.line).with_value(&name);
                wrong.push(problem.with("record", card.record).with("ballots", ballots));
            }
            Some(_) => {}
        }
    }
    for (name, (line, cards)) in strange {
        let problem = wrong.warning("SCR-AUD-047").at_row(line).with_value(&name);
        wrong.push(problem.closest_to(near.to(&name)).with("cards", cards));
    }
}
