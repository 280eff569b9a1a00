//! Ballots drawn by Rivest's consistent sampler from the batches of a manifest, without a list of every ballot's name:
//! 500,000 ballots cost 500,000 hashes and the memory of those that are drawn.

use super::consistent::{Draw, Sampler, batch_of_ballots, trim};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io::Write as _;

/// Which ballots of a batch can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Positions {
    /// All, from 1 to this one.
    UpTo(u32),
    /// These, counted from 1: with card-style sampling those whose cast vote record has the contest.
    Only(Vec<u32>),
}

impl Positions {
    /// How many.
    pub fn count(&self) -> usize {
        match self {
            Self::UpTo(last) => usize::try_from(*last).unwrap_or(usize::MAX),
            Self::Only(list) => list.len(),
        }
    }

    /// The position with this index from 0; 0 when there is none.
    fn at(&self, index: usize) -> u32 {
        match self {
            Self::UpTo(_) => u32::try_from(index).map_or(0, |index| index.saturating_add(1)),
            Self::Only(list) => list.get(index).copied().unwrap_or(0),
        }
    }
}

/// The ballots of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchOfBallots {
    /// The jurisdiction's name.
    pub jurisdiction: String,
    /// The tabulator's name; `None` where the manifest has no tabulators, which is another name than an empty one.
    pub tabulator: Option<String>,
    /// The batch's name.
    pub batch: String,
    /// Which of its ballots.
    pub positions: Positions,
}

/// One draw of a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotDraw {
    /// Which of the batches, by its place.
    pub batch: usize,
    /// Position in the batch, from 1.
    pub position: u32,
    /// The ticket in full.
    pub ticket: String,
    /// Which of its draws this is, from 1.
    pub generation: u32,
}

impl BallotDraw {
    /// The ticket as Arlo shows it.
    pub fn shown_ticket(&self) -> &str {
        trim(&self.ticket)
    }
}

/// Two ballots would have the same name, and so the same tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Twice {
    /// The same jurisdiction, tabulator and batch as one before.
    #[error("batch {0} stands there twice")]
    Batch(usize),
    /// Position 0, or a position twice in a batch.
    #[error("position {1} of batch {0} is 0 or stands there twice")]
    Position(usize, u32),
}

/// The draws `skip..skip + count` among the ballots of these batches. Their order changes nothing but the places in the
/// answer.
///
/// # Errors
///
/// [`Twice`] where two ballots have the same name.
pub fn draw(
    seed: &str,
    batches: &[BatchOfBallots],
    skip: usize,
    count: usize,
    with_replacement: bool,
) -> Result<Vec<BallotDraw>, Twice> {
    check(batches)?;
    let sampler = Sampler::new(seed);
    let mut smallest = sampler.smallest(skip.saturating_add(count));
    let mut firsts = Vec::with_capacity(batches.len());
    let mut first = 0;
    let mut name = Vec::new();
    for batch in batches {
        firsts.push(first);
        name.clear();
        name.push(b'(');
        name.extend(batch_of_ballots(&batch.jurisdiction, batch.tabulator.as_deref(), &batch.batch).bytes());
        name.extend(b", ");
        let stem = name.len();
        for index in 0..batch.positions.count() {
            name.truncate(stem);
            // Writing to a vector cannot fail.
            let _ = write!(name, "{})", batch.positions.at(index));
            smallest.offer(first + index, &name);
        }
        first += batch.positions.count();
    }
    let placed = |draw: Draw| {
        let batch = firsts.partition_point(|first| *first <= draw.at) - 1;
        let position = batches[batch].positions.at(draw.at - firsts[batch]);
        BallotDraw { batch, position, ticket: draw.ticket, generation: draw.generation }
    };
    Ok(smallest.drawn(skip, with_replacement).into_iter().map(placed).collect())
}

fn check(batches: &[BatchOfBallots]) -> Result<(), Twice> {
    let mut seen = HashSet::new();
    for (at, batch) in batches.iter().enumerate() {
        if !seen.insert((&batch.jurisdiction, &batch.tabulator, &batch.batch)) {
            return Err(Twice::Batch(at));
        }
        if let Positions::Only(list) = &batch.positions {
            let mut seen = HashSet::with_capacity(list.len());
            if let Some(position) = list.iter().find(|position| **position == 0 || !seen.insert(**position)) {
                return Err(Twice::Position(at, *position));
            }
        }
    }
    Ok(())
}
