//! Cast vote records as columns: a table that is counted at memory speed, and a blob named by its SHA-256.
//!
//! Voters mark a contest in few different ways, so each contest has a dictionary of patterns of marks, and each
//! card one number in it (0: the contest is not on the card), in the narrowest form for 65,536 cards at a time.
//! To count, or to value an assorter, a pattern is looked at once and not once for each card.

mod blob;
mod builder;
mod chunk;
mod tally;

pub use blob::{BlobError, MAX_BLOB};
pub use builder::{Builder, MAX_NAME};
pub use tally::{ContestTally, Told};

use super::{Card, Contest, ContestNo, Contests, Mark};
use chunk::{Chunk, Naming};
use serde::{Deserialize, Serialize};

/// All cards of an export.
#[derive(Debug, Clone)]
pub struct Columns {
    election: String,
    contests: Contests,
    names: Names,
    dictionaries: Vec<Dictionary>,
    cards: u64,
    chunks: Vec<Chunk>,
}

/// Texts of tabulators, batches, groups, precincts and styles, by number.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Names([Vec<String>; 5]);

impl Names {
    fn text(&self, which: usize, number: u32) -> &str {
        self.0[which].get(number as usize).map_or("", String::as_str)
    }
}

/// The ways in which a contest was marked. The first is "not on the card".
#[derive(Debug, Clone, Default)]
struct Dictionary {
    patterns: Vec<Box<[Mark]>>,
}

/// One way of marking a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// Its number among the patterns of the contest, from 1.
    pub number: u32,
    /// The marks in ascending order; none: the contest is on the card and nothing is marked.
    pub marks: &'a [Mark],
    /// On how many cards.
    pub cards: u64,
}

/// Where a card lies and what names it: the fields of [`Card`] of these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location<'a> {
    /// The scanner.
    pub tabulator: &'a str,
    /// The batch within the tabulator.
    pub batch: &'a str,
    /// The record number within the batch; 0 where the source does not say.
    pub position: u32,
    /// Which card of a ballot of several, from 1; 0 where ballots have one.
    pub sheet: u32,
    /// What names the card in the source.
    pub id: &'a str,
    /// What is printed on it.
    pub imprinted: &'a str,
}

impl Columns {
    /// The election as the source names it.
    pub fn election(&self) -> &str {
        &self.election
    }

    /// The contests by number.
    pub fn contests(&self) -> &[Contest] {
        self.contests.list()
    }

    /// The number of the contest with this id, or else with this name if only one has it.
    pub fn find(&self, id_or_name: &str) -> Option<ContestNo> {
        let by = |text: fn(&Contest) -> &str| {
            let mut found = (0..).zip(self.contests()).filter(|(_, contest)| text(contest) == id_or_name);
            found.next().filter(|_| found.next().is_none()).map(|(number, _)| number)
        };
        by(|contest| &contest.id).or_else(|| by(|contest| &contest.name))
    }

    /// How many cards there are.
    pub fn cards(&self) -> u64 {
        self.cards
    }

    /// The patterns of a contest with how many cards have each, in the order of first mention. Cards without the
    /// contest are in none.
    pub fn patterns(&self, contest: ContestNo) -> Vec<Pattern<'_>> {
        let Some(dictionary) = self.dictionaries.get(usize::from(contest)) else { return Vec::new() };
        let counts = self.counts(contest);
        (0..)
            .zip(&dictionary.patterns)
            .zip(counts)
            .skip(1)
            .map(|((number, marks), cards)| Pattern { number, marks, cards })
            .collect()
    }

    /// How many cards have each pattern of a contest, by its number; the first says on how many it is not.
    pub fn counts(&self, contest: ContestNo) -> Vec<u64> {
        let patterns = self.dictionaries.get(usize::from(contest)).map_or(1, |all| all.patterns.len());
        // A table for every byte, so that counting bytes needs no check.
        let mut counts = vec![0; patterns.max(256)];
        for chunk in &self.chunks {
            chunk.contest(u32::from(contest)).count(chunk.cards(), &mut counts);
        }
        counts.truncate(patterns);
        counts
    }

    /// The marks of a card in a contest; `None`: the contest is not on the card, or there is no such card.
    pub fn marks(&self, card: u64, contest: ContestNo) -> Option<&[Mark]> {
        let (chunk, row) = self.place(card)?;
        let pattern = chunk.contest(u32::from(contest)).at(row);
        (pattern != 0).then(|| &*self.dictionaries[usize::from(contest)].patterns[pattern as usize])
    }

    /// The number of the pattern of each card in a contest, in the order of the cards (0: not on the card).
    pub fn cells(&self, contest: ContestNo) -> impl Iterator<Item = u32> {
        self.chunks.iter().flat_map(move |chunk| {
            let cells = chunk.contest(u32::from(contest));
            (0..chunk.cards()).map(move |row| cells.at(row))
        })
    }

    /// Puts a card (from 0, in the order of the export) into `card`; `false`: there is none of this number.
    pub fn card(&self, number: u64, card: &mut Card) -> bool {
        card.clear();
        let Some((chunk, row)) = self.place(number) else { return false };
        let naming = [Naming::Tabulator, Naming::Batch, Naming::Group, Naming::Precinct, Naming::Style];
        let texts =
            [&mut card.tabulator, &mut card.batch, &mut card.group, &mut card.precinct, &mut card.style];
        for (at, (what, text)) in naming.into_iter().zip(texts).enumerate() {
            text.push_str(self.names.text(at, chunk.naming(what, row)));
        }
        card.position = chunk.naming(Naming::Position, row);
        card.sheet = chunk.naming(Naming::Sheet, row);
        card.id.push_str(chunk.text(Naming::Id, row));
        card.imprinted.push_str(chunk.text(Naming::Imprinted, row));
        for contest in chunk.contests() {
            let pattern = chunk.contest(contest).at(row);
            if let (false, Ok(number)) = (pattern == 0, ContestNo::try_from(contest)) {
                card.add(number, &self.dictionaries[contest as usize].patterns[pattern as usize]);
            }
        }
        true
    }

    /// Where a card (from 0) lies and what names it; less work than [`Columns::card`].
    pub fn location(&self, number: u64) -> Option<Location<'_>> {
        let (chunk, row) = self.place(number)?;
        Some(Location {
            tabulator: self.names.text(0, chunk.naming(Naming::Tabulator, row)),
            batch: self.names.text(1, chunk.naming(Naming::Batch, row)),
            position: chunk.naming(Naming::Position, row),
            sheet: chunk.naming(Naming::Sheet, row),
            id: chunk.text(Naming::Id, row),
            imprinted: chunk.text(Naming::Imprinted, row),
        })
    }

    /// The contests as readers give them: to give cards of these columns to a [`Sink`](super::Sink).
    pub fn catalogue(&self) -> &Contests {
        &self.contests
    }

    fn place(&self, card: u64) -> Option<(&Chunk, usize)> {
        let card = usize::try_from(card).ok()?;
        let chunk = self.chunks.get(card / chunk::CARDS)?;
        (card % chunk::CARDS < chunk.cards()).then_some((chunk, card % chunk::CARDS))
    }
}
