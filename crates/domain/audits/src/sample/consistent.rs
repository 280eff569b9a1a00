//! Rivest's consistent sampler ("Consistent Sampling with Replacement", arXiv 1808.10016) as Arlo uses it.
//!
//! Every ballot gets a ticket, a number in (0, 1) that follows from the seed and its name alone; the smallest
//! tickets are the sample. With replacement a ballot that was drawn gets a new, larger ticket.

use super::{digits, python_repr};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A seed is free text of at most so many characters.
pub const MAX_SEED: usize = 100;

/// The sampler under one seed.
#[derive(Debug, Clone)]
pub struct Sampler {
    /// Has taken in the 64 letters of the seed's hash: one whole block, so that a name costs only its own.
    seeded: Sha256,
}

/// One draw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Draw {
    /// The ticket in full. Tickets compare as texts.
    pub ticket: String,
    /// Which of the names, by its place.
    pub at: usize,
    /// Which of its draws this is, from 1.
    pub generation: u32,
}

/// The name of a ballot as Python writes the tuple `((jurisdiction, tabulator, batch), position)`.
pub fn ballot_name(jurisdiction: &str, tabulator: Option<&str>, batch: &str, position: u32) -> String {
    format!("({}, {position})", batch_of_ballots(jurisdiction, tabulator, batch))
}

/// The inner tuple of [`ballot_name`].
pub(super) fn batch_of_ballots(jurisdiction: &str, tabulator: Option<&str>, batch: &str) -> String {
    let tabulator = tabulator.map_or_else(|| "None".to_owned(), python_repr);
    format!("({}, {tabulator}, {})", python_repr(jurisdiction), python_repr(batch))
}

/// The name of a batch as Python writes the tuple `(jurisdiction, batch)`.
pub fn batch_name(jurisdiction: &str, batch: &str) -> String {
    format!("({}, {})", python_repr(jurisdiction), python_repr(batch))
}

/// A ticket as it is shown: 18 digits after the leading nines.
pub fn trim(ticket: &str) -> &str {
    let nines = ticket.bytes().skip(2).take_while(|digit| *digit == b'9').count();
    &ticket[..ticket.len().min(2 + nines + 18)]
}

impl Sampler {
    /// Under this seed.
    pub fn new(seed: &str) -> Self {
        let hash = scr_canon::sha256(seed.as_bytes());
        Self { seeded: Sha256::new().chain_update(hash.to_hex()) }
    }

    /// The first ticket of a name.
    pub fn ticket(&self, name: &str) -> String {
        format!("0.{}", digits::reversed(self.number(name.as_bytes())))
    }

    fn number(&self, name: &[u8]) -> [u64; 4] {
        digits::limbs(&self.seeded.clone().chain_update(name).finalize().into())
    }

    /// The draws `skip..skip + count` of a sequence over these names: the smallest tickets in ascending order.
    /// Draws of round 2 are those after round 1's, so that round 1 is a prefix of both together. Without
    /// replacement there are at most as many as names; with it, names are drawn again and again. No name may stand
    /// there twice.
    pub fn draw(&self, names: &[String], skip: usize, count: usize, with_replacement: bool) -> Vec<Draw> {
        let mut smallest = self.smallest(skip.saturating_add(count));
        for (at, name) in names.iter().enumerate() {
            smallest.offer(at, name.as_bytes());
        }
        smallest.drawn(skip, with_replacement)
    }

    /// Takes names one by one, in place of a list of them.
    pub(super) fn smallest(&self, wanted: usize) -> Smallest<'_> {
        Smallest { sampler: self, wanted, kept: BinaryHeap::new() }
    }
}

/// The names with the smallest first tickets. No other name can be among that many draws, with or without
/// replacement: as many smaller tickets are drawn before it.
pub(super) struct Smallest<'a> {
    sampler: &'a Sampler,
    wanted: usize,
    kept: BinaryHeap<First>,
}

/// A first ticket by its first 18 digits, which nearly always decide, and the number for when they do not.
#[derive(Debug, PartialEq, Eq)]
struct First {
    leading: u64,
    number: [u64; 4],
    at: usize,
}

impl Ord for First {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.leading
            .cmp(&other.leading)
            .then_with(|| digits::reversed(self.number).cmp(&digits::reversed(other.number)))
            .then_with(|| self.at.cmp(&other.at))
    }
}

impl PartialOrd for First {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Smallest<'_> {
    pub(super) fn offer(&mut self, at: usize, name: &[u8]) {
        let number = self.sampler.number(name);
        let first = First { leading: digits::leading(number), number, at };
        if self.kept.len() < self.wanted {
            self.kept.push(first);
        } else if let Some(mut greatest) = self.kept.peek_mut()
            && first < *greatest
        {
            *greatest = first;
        }
    }

    pub(super) fn drawn(self, skip: usize, with_replacement: bool) -> Vec<Draw> {
        let mut heap: BinaryHeap<Reverse<Draw>> = self
            .kept
            .into_iter()
            .map(|first| {
                let ticket = format!("0.{}", digits::reversed(first.number));
                Reverse(Draw { ticket, at: first.at, generation: 1 })
            })
            .collect();
        let mut drawn = Vec::new();
        for number in 0..self.wanted {
            let Some(Reverse(draw)) = heap.pop() else { break };
            if with_replacement {
                heap.push(Reverse(Draw {
                    ticket: next_ticket(&draw.ticket),
                    at: draw.at,
                    generation: draw.generation.saturating_add(1),
                }));
            }
            if number >= skip {
                drawn.push(draw);
            }
        }
        drawn
    }
}

/// The ticket after this one: larger, and uniform over what is larger.
pub fn next_ticket(ticket: &str) -> String {
    let least = format!("{ticket}0");
    let kept = 2 + ticket.bytes().skip(2).take_while(|digit| *digit == b'9').count();
    let mut number = 0_u64;
    loop {
        number += 1;
        let hash = digits::hash(&[ticket.as_bytes(), b":", number.to_string().as_bytes()]);
        let next = format!("{}{}", &ticket[..kept], digits::reversed(hash));
        if next > least {
            return next;
        }
    }
}
