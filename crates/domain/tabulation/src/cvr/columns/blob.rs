//! Columns as bytes: what is committed to, kept and published.
//!
//! `scrutineer/cvr/1` and a line feed; the chunks; a foot of JSON with election, contests, names and patterns;
//! the length of the foot (8 bytes, little-endian). The SHA-256 of it all is its name.

use super::chunk::{Chunk, NAMING};
use super::{Columns, Dictionary, Names};
use crate::cvr::{Contest, Contests, Mark};
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const MAGIC: &[u8] = b"scrutineer/cvr/1\n";

/// Bytes of a blob that is read, at most: 8 GiB.
pub const MAX_BLOB: u64 = 8 << 30;

/// Bytes that are not columns.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("SCR-CVR-003 these are no ballots as columns: {what}")]
pub struct BlobError {
    /// What is wrong.
    pub what: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot {
    election: String,
    contests: Vec<Contest>,
    names: Names,
    /// For each contest its patterns, each `rank, choice, rank, choice …`.
    patterns: Vec<Vec<Vec<u16>>>,
    cards: u64,
}

impl Columns {
    /// Gives the blob piece by piece.
    ///
    /// # Errors
    /// What `piece` answers.
    pub fn write<E>(&self, mut piece: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        piece(MAGIC)?;
        for chunk in &self.chunks {
            piece(chunk.bytes())?;
        }
        let foot = self.foot();
        piece(&foot)?;
        piece(&(foot.len() as u64).to_le_bytes())
    }

    /// The blob's SHA-256.
    pub fn digest(&self) -> Hash32 {
        let mut hash = Sha256::new();
        let written = self.write(|piece| {
            hash.update(piece);
            Ok::<(), std::convert::Infallible>(())
        });
        let Ok(()) = written;
        Hash32(hash.finalize().into())
    }

    fn foot(&self) -> Vec<u8> {
        let patterns = self.dictionaries.iter().map(|dictionary| {
            let pairs = |marks: &[Mark]| marks.iter().flat_map(|mark| [mark.rank, mark.choice]).collect();
            dictionary.patterns.iter().skip(1).map(|marks| pairs(marks)).collect()
        });
        let foot = Foot {
            election: self.election.clone(),
            contests: self.contests.list().to_vec(),
            names: self.names.clone(),
            patterns: patterns.collect(),
            cards: self.cards,
        };
        // Texts and numbers: serialising them cannot fail.
        serde_json::to_vec(&foot).unwrap_or_default()
    }

    /// Reads a blob. Everything is checked: whatever the bytes are, what is answered can be counted.
    ///
    /// # Errors
    /// SCR-CVR-003 with what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, BlobError> {
        let wrong = |what: String| BlobError { what };
        let body = bytes.strip_prefix(MAGIC).ok_or_else(|| wrong("they do not begin as such".to_owned()))?;
        let (body, length) =
            body.split_last_chunk::<8>().ok_or_else(|| wrong("they end before their foot".to_owned()))?;
        let begin = usize::try_from(u64::from_le_bytes(*length))
            .ok()
            .and_then(|length| body.len().checked_sub(length));
        let (mut chunks, foot) =
            body.split_at(begin.ok_or_else(|| wrong("the foot is longer than the file".to_owned()))?);
        let foot: Foot = serde_json::from_slice(foot).map_err(|error| wrong(format!("the foot: {error}")))?;
        let cards = foot.cards;
        let mut columns = foot.checked().map_err(wrong)?;
        while !chunks.is_empty() {
            if columns.chunks.last().is_some_and(|last| last.cards() != super::chunk::CARDS) {
                return Err(wrong("a chunk before the last is not full".to_owned()));
            }
            let (chunk, length) = Chunk::read(chunks, |number| columns.first_unknown(number))
                .map_err(|what| wrong(format!("chunk {}: {what}", columns.chunks.len())))?;
            columns.cards += chunk.cards() as u64;
            columns.chunks.push(chunk);
            chunks = &chunks[length..];
        }
        if columns.cards != cards {
            return Err(wrong(format!("{} cards stand there, the foot says {}", columns.cards, cards)));
        }
        Ok(columns)
    }

    /// The first value that a column must not hold.
    fn first_unknown(&self, column: u32) -> u32 {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match column.checked_sub(NAMING) {
            Some(contest) => {
                self.dictionaries.get(contest as usize).map_or(0, |all| count(all.patterns.len()))
            }
            None => match column {
                0 | 1 => count(self.names.0[column as usize].len()).max(1),
                5..=7 => count(self.names.0[column as usize - 3].len()).max(1),
                _ => u32::MAX,
            },
        }
    }
}

impl Foot {
    /// The columns without a card.
    fn checked(self) -> Result<Columns, String> {
        if self.patterns.len() != self.contests.len() {
            return Err(format!("{} contests and patterns for {}", self.contests.len(), self.patterns.len()));
        }
        let contests = Contests::of(self.contests)?;
        let mut dictionaries = Vec::with_capacity(contests.list().len());
        for (contest, patterns) in contests.list().iter().zip(&self.patterns) {
            let mut all: Vec<Box<[Mark]>> = vec![Box::default()];
            for pairs in patterns {
                let marks: Vec<Mark> = pairs
                    .chunks(2)
                    .map(|pair| Mark { rank: pair[0], choice: *pair.last().unwrap_or(&0) })
                    .collect();
                let known = |mark: &Mark| {
                    mark.choice == Mark::OVERVOTE || usize::from(mark.choice) < contest.choices.len()
                };
                if pairs.len() % 2 != 0 || !marks.is_sorted() || !marks.iter().all(known) {
                    return Err(format!("a pattern of {:?} stands for nothing", contest.name));
                }
                all.push(marks.into());
            }
            dictionaries.push(Dictionary { patterns: all });
        }
        Ok(Columns {
            election: self.election,
            contests,
            names: self.names,
            dictionaries,
            cards: 0,
            chunks: Vec::new(),
        })
    }
}
