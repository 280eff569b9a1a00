//! The list that follows from the inputs.

use super::check::{bound, check};
use super::{Counted, Frame, SamplerInputs, StyledCard, Wanted, WeightedBatch};
use crate::sample::ballots::{self, BatchOfBallots};
use crate::sample::colorado::{self, County};
use crate::sample::consistent::{Sampler, trim};
use crate::sample::cryptorandom::{card_order, for_contests};
use crate::sample::ppeb::{self, Weighted};
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The round, from 1.
    pub round: u64,
    /// The number of the draw over all rounds, from 1.
    pub draw: u64,
    /// The ticket as it is shown, where the method has tickets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ticket: Option<String>,
    /// What was drawn.
    pub item: Item,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Item {
    /// A ballot by its place.
    Ballot {
        /// The jurisdiction's name.
        jurisdiction: String,
        /// The tabulator's name.
        tabulator: Option<String>,
        /// The batch's name.
        batch: String,
        /// Position in the batch, from 1.
        position: u32,
    },
    /// A batch.
    Batch {
        /// The jurisdiction's name.
        jurisdiction: String,
        /// The batch's name.
        batch: String,
    },
    /// A card of a county.
    CountyCard {
        /// The county's number.
        county: u32,
        /// The card's number in the county's manifest, from 1.
        card: u64,
    },
    /// A name, or a card by its name.
    Name {
        /// The name.
        name: String,
    },
}

/// Draws every round. The first rounds of a document are the beginning of those of a longer one.
///
/// # Errors
///
/// All that is wrong with the inputs (SCR-AUD-001 to SCR-AUD-009), under the name `file`.
pub fn draw(inputs: &SamplerInputs, file: &str) -> Result<Vec<Drawn>, Vec<Problem>> {
    let problems = check(inputs, file);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(match &inputs.frame {
        Frame::ConsistentBallots { with_replacement, batches } => {
            of_ballots(inputs, batches, *with_replacement)
        }
        Frame::ConsistentNames { with_replacement, names } => of_names(inputs, names, *with_replacement),
        Frame::Ppeb { batches } => of_batches(inputs, batches),
        Frame::Colorado { counted, counties } => of_counties(inputs, *counted, counties),
        Frame::CardStyle { cards, contests } => of_cards(inputs, cards, contests),
    })
}

fn number(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// The rounds' sizes, checked against their limit before.
fn sizes(rounds: &[u64]) -> Vec<usize> {
    rounds.iter().map(|size| usize::try_from(*size).unwrap_or(usize::MAX)).collect()
}

/// Which round a draw with this number from 0 is in.
fn round_of(sizes: &[usize], draw: usize) -> u64 {
    let mut end = 0_usize;
    let round = sizes.iter().position(|size| {
        end = end.saturating_add(*size);
        draw < end
    });
    number(round.unwrap_or(sizes.len().saturating_sub(1)) + 1)
}

fn listed(sizes: &[usize], items: impl IntoIterator<Item = (Option<String>, Item)>) -> Vec<Drawn> {
    items
        .into_iter()
        .enumerate()
        .map(|(at, (ticket, item))| Drawn { round: round_of(sizes, at), draw: number(at) + 1, ticket, item })
        .collect()
}

fn of_ballots(inputs: &SamplerInputs, batches: &[BatchOfBallots], with_replacement: bool) -> Vec<Drawn> {
    let sizes = sizes(&inputs.rounds);
    // Two ballots of one name were refused before.
    let draws =
        ballots::draw(&inputs.seed, batches, 0, sizes.iter().sum(), with_replacement).unwrap_or_default();
    let items = draws.into_iter().map(|draw| {
        let BatchOfBallots { jurisdiction, tabulator, batch, .. } = batches[draw.batch].clone();
        let ticket = draw.shown_ticket().to_owned();
        (Some(ticket), Item::Ballot { jurisdiction, tabulator, batch, position: draw.position })
    });
    listed(&sizes, items)
}

fn of_names(inputs: &SamplerInputs, names: &[String], with_replacement: bool) -> Vec<Drawn> {
    let sizes = sizes(&inputs.rounds);
    let draws = Sampler::new(&inputs.seed).draw(names, 0, sizes.iter().sum(), with_replacement);
    let items = draws
        .into_iter()
        .map(|draw| (Some(trim(&draw.ticket).to_owned()), Item::Name { name: names[draw.at].clone() }));
    listed(&sizes, items)
}

fn of_batches(inputs: &SamplerInputs, batches: &[WeightedBatch]) -> Vec<Drawn> {
    let weighted: Vec<Weighted> = batches
        .iter()
        .map(|batch| Weighted {
            jurisdiction: batch.jurisdiction.clone(),
            batch: batch.batch.clone(),
            bound: bound(&batch.bound).unwrap_or_default(),
        })
        .collect();
    let mut list = Vec::new();
    let mut before = 0;
    // Round by round: one that reaches the number of batches takes all that remain, and only that one.
    for (round, size) in sizes(&inputs.rounds).into_iter().enumerate() {
        for draw in ppeb::draw(&inputs.seed, &weighted, before, size) {
            let WeightedBatch { jurisdiction, batch, .. } = batches[draw.at].clone();
            list.push(Drawn {
                round: number(round) + 1,
                draw: number(list.len()) + 1,
                ticket: Some(draw.ticket),
                item: Item::Batch { jurisdiction, batch },
            });
        }
        before += size;
        if before >= batches.len() {
            break;
        }
    }
    list
}

fn of_counties(inputs: &SamplerInputs, counted: Counted, counties: &[County]) -> Vec<Drawn> {
    let sizes = sizes(&inputs.rounds);
    let wanted = sizes.iter().sum();
    let cards = colorado::cards_of(counties);
    let picks: Vec<u64> = match counted {
        Counted::Picks => colorado::picks(&inputs.seed, cards).take(wanted).collect(),
        Counted::Distinct => colorado::distinct(&inputs.seed, cards, wanted).0,
    };
    let items = picks
        .into_iter()
        .filter_map(|pick| colorado::in_county(counties, pick))
        .map(|(county, card)| (None, Item::CountyCard { county, card }));
    listed(&sizes, items)
}

fn of_cards(inputs: &SamplerInputs, cards: &[StyledCard], contests: &[Wanted]) -> Vec<Drawn> {
    let order = card_order(&inputs.seed, cards.len());
    let mut wanted = vec![0_usize; contests.len()];
    let mut seen = HashSet::new();
    let mut list: Vec<Drawn> = Vec::new();
    for round in 0..inputs.rounds.len() {
        for (size, contest) in wanted.iter_mut().zip(contests) {
            let more = contest.cards.get(round).copied().unwrap_or(0);
            *size = size.saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
        }
        for card in for_contests(&order, |card| &cards[card].contests, &wanted).cards {
            if seen.insert(card) {
                list.push(Drawn {
                    round: number(round) + 1,
                    draw: number(list.len()) + 1,
                    ticket: None,
                    item: Item::Name { name: cards[card].card.clone() },
                });
            }
        }
    }
    list
}
