//! Rivest's consistent sampler ("Consistent Sampling with Replacement", arXiv 1808.10016) as Arlo uses it.
//!
//! Every ballot gets a ticket, a number in (0, 1) that follows from the seed and its name alone; the smallest
//! tickets are the sample. With replacement a ballot that was drawn gets a new, larger ticket.

use super::{digits, python_repr};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A seed is free text of at most so many characters.
pub const MAX_SEED: usize = 100;

/// The sampler under one seed.
#[derive(Debug, Clone)]
pub struct Sampler {
    seed_hash: String,
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
    let tabulator = tabulator.map_or_else(|| "None".to_owned(), python_repr);
    format!("(({}, {tabulator}, {}), {position})", python_repr(jurisdiction), python_repr(batch))
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
        Self { seed_hash: hash.to_hex() }
    }

    /// The first ticket of a name.
    pub fn ticket(&self, name: &str) -> String {
        format!("0.{}", digits::reversed(self.number(name)))
    }

    fn number(&self, name: &str) -> [u64; 4] {
        digits::hash(&[self.seed_hash.as_bytes(), name.as_bytes()])
    }

    /// The draws `skip..skip + count` of a sequence over these names: the smallest tickets in ascending order.
    /// Draws of round 2 are those after round 1's, so that round 1 is a prefix of both together. Without
    /// replacement there are at most as many as names; with it, names are drawn again and again.
    pub fn draw(&self, names: &[String], skip: usize, count: usize, with_replacement: bool) -> Vec<Draw> {
        let wanted = skip.saturating_add(count);
        let mut heap: BinaryHeap<Reverse<Draw>> = self
            .smallest(names, wanted)
            .into_iter()
            .map(|at| Reverse(Draw { ticket: self.ticket(&names[at]), at, generation: 1 }))
            .collect();
        let mut drawn = Vec::new();
        for number in 0..wanted {
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

    /// The places of those names that can be among the first `count` draws: no name whose first ticket is above the
    /// `count` smallest. Compares 18 digits, and keeps all that agree in these.
    fn smallest(&self, names: &[String], count: usize) -> Vec<usize> {
        let mut keyed: Vec<(u64, usize)> =
            names.iter().enumerate().map(|(at, name)| (digits::leading(self.number(name)), at)).collect();
        if count == 0 {
            return Vec::new();
        }
        if count < keyed.len() {
            let (_, (limit, _), _) = keyed.select_nth_unstable(count - 1);
            let limit = *limit;
            keyed.retain(|(key, _)| *key <= limit);
        }
        keyed.into_iter().map(|(_, at)| at).collect()
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
