//! Reads the document and says all that is wrong with it.

use super::{Counted, FORMAT, Frame, SamplerInputs, SeedRule, StyledCard, Wanted, WeightedBatch};
use crate::sample::ballots::{BatchOfBallots, Positions};
use crate::sample::colorado;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};
use scr_core::{Problem, Severity};
use std::collections::HashSet;

/// The longest document that is read.
pub const MAX_BYTES: usize = 512 << 20;
/// The most ballots, names, batches or cards that are drawn from.
pub const MAX_ITEMS: u64 = 200_000_000;
/// The most draws over all rounds.
pub const MAX_DRAWS: u64 = 10_000_000;
/// A fraction has at most so many digits above and below.
const MAX_FRACTION: usize = 2_000;

/// Reads a document and checks it.
///
/// # Errors
///
/// SCR-AUD-003 where it is not this JSON, with line and column; SCR-AUD-001 to SCR-AUD-009 otherwise, all of them.
pub fn read(bytes: &[u8], file: &str) -> Result<SamplerInputs, Vec<Problem>> {
    if bytes.len() > MAX_BYTES {
        return Err(vec![error("SCR-AUD-008", file).with("limit", MAX_BYTES).with("what", "bytes")]);
    }
    let inputs: SamplerInputs = serde_json::from_slice(bytes).map_err(|wrong| {
        let line = u64::try_from(wrong.line()).ok().filter(|line| *line > 0);
        let mut problem = error("SCR-AUD-003", file).with("wrong", &wrong);
        problem.row = line;
        vec![problem]
    })?;
    let problems = check(&inputs, file);
    if problems.is_empty() { Ok(inputs) } else { Err(problems) }
}

fn error(code: &'static str, file: &str) -> Problem {
    Problem::new(code, Severity::Error, file)
}

/// All that is wrong, at most 200 problems.
pub(super) fn check(inputs: &SamplerInputs, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if inputs.format != FORMAT {
        let problem = error("SCR-AUD-004", file).in_column("format").with_value(&inputs.format);
        problems.push(problem.closest_to(Some(FORMAT)));
    }
    problems.extend(check_seed(&inputs.seed, inputs.seed_rule, file));
    let draws = inputs.rounds.iter().copied().fold(0, u64::saturating_add);
    if draws > MAX_DRAWS {
        problems.push(too_many("rounds", draws, MAX_DRAWS, file));
    }
    let items;
    match &inputs.frame {
        Frame::ConsistentBallots { batches, .. } => {
            items = batches.iter().map(|batch| count(&batch.positions)).fold(0, u64::saturating_add);
            check_ballots(batches, file, &mut problems);
        }
        Frame::ConsistentNames { names, .. } => {
            items = len(names);
            twice(names.iter(), "names", file, &mut problems);
        }
        Frame::Ppeb { batches } => {
            items = len(batches);
            check_batches(batches, file, &mut problems);
        }
        Frame::Colorado { counted, counties } => {
            // Picks cost the same from any number of cards.
            items = colorado::cards_of(counties).min(1);
            twice(counties.iter().map(|county| county.id), "counties", file, &mut problems);
            let cards = colorado::cards_of(counties);
            if *counted == Counted::Distinct && draws > cards {
                problems.push(too_many("rounds", draws, cards, file));
            }
        }
        Frame::CardStyle { cards, contests } => {
            items = len(cards);
            check_cards(cards, contests, inputs.rounds.len(), file, &mut problems);
        }
    }
    if items == 0 {
        problems.push(error("SCR-AUD-006", file).in_column("frame"));
    } else if items > MAX_ITEMS {
        problems.push(too_many("frame", items, MAX_ITEMS, file));
    }
    crate::problems::limited(problems)
}

/// What is wrong with a seed: SCR-AUD-001 where it is too short for its rule or not of dice, SCR-AUD-002 where it is
/// empty or too long.
pub fn check_seed(seed: &str, rule: SeedRule, file: &str) -> Option<Problem> {
    let letters = seed.chars().count();
    let wrong = |code| error(code, file).in_column("seed").with_value(seed).with("letters", letters);
    match rule {
        _ if letters == 0 || letters > super::super::consistent::MAX_SEED => Some(wrong("SCR-AUD-002")),
        SeedRule::Dice if letters < 20 || !seed.bytes().all(|letter| letter.is_ascii_digit()) => {
            Some(wrong("SCR-AUD-001").with("least", 20))
        }
        SeedRule::Dice | SeedRule::Text => None,
    }
}

fn len<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

fn count(positions: &Positions) -> u64 {
    u64::try_from(positions.count()).unwrap_or(u64::MAX)
}

fn too_many(what: &str, value: u64, limit: u64, file: &str) -> Problem {
    error("SCR-AUD-008", file).in_column(what).with_value(&value.to_string()).with("limit", limit)
}

/// Says which entries of a list stand there twice; the first entry has number 1.
fn twice<T>(items: impl Iterator<Item = T>, list: &str, file: &str, problems: &mut Vec<Problem>)
where
    T: std::hash::Hash + Eq + Clone + std::fmt::Debug,
{
    let mut seen = HashSet::new();
    for (at, item) in items.enumerate() {
        if !seen.insert(item.clone()) {
            let problem = error("SCR-AUD-005", file).in_column(list).with("entry", at + 1);
            problems.push(problem.with_value(&format!("{item:?}")));
        }
    }
}

fn check_ballots(batches: &[BatchOfBallots], file: &str, problems: &mut Vec<Problem>) {
    let names = batches.iter().map(|batch| (&batch.jurisdiction, &batch.tabulator, &batch.batch));
    twice(names, "batches", file, problems);
    for (at, batch) in batches.iter().enumerate() {
        let Positions::Only(list) = &batch.positions else { continue };
        let mut seen = HashSet::with_capacity(list.len());
        for position in list {
            if *position == 0 || !seen.insert(*position) {
                let problem = error("SCR-AUD-005", file).in_column("positions").with("entry", at + 1);
                problems.push(problem.with_value(&position.to_string()));
            }
        }
    }
}

fn check_batches(batches: &[WeightedBatch], file: &str, problems: &mut Vec<Problem>) {
    twice(batches.iter().map(|batch| (&batch.jurisdiction, &batch.batch)), "batches", file, problems);
    let mut any = false;
    for (at, batch) in batches.iter().enumerate() {
        match bound(&batch.bound) {
            Some(bound) => any |= !bound.is_zero(),
            None => {
                let problem = error("SCR-AUD-007", file).in_column("bound").with("entry", at + 1);
                problems.push(problem.with_value(&batch.bound));
            }
        }
    }
    if !any && !batches.is_empty() {
        problems.push(error("SCR-AUD-006", file).in_column("bound"));
    }
}

/// A fraction `12/345` or an integer, not below 0.
pub(super) fn bound(text: &str) -> Option<BigRational> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let digits = |text: &str| {
        let fits =
            (1..=MAX_FRACTION).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
        if fits { text.parse::<BigInt>().ok() } else { None }
    };
    let (above, below) = (digits(above)?, digits(below)?);
    if below.is_positive() { Some(BigRational::new(above, below)) } else { None }
}

fn check_cards(
    cards: &[StyledCard],
    contests: &[Wanted],
    rounds: usize,
    file: &str,
    problems: &mut Vec<Problem>,
) {
    twice(cards.iter().map(|card| &card.card), "cards", file, problems);
    twice(contests.iter().map(|contest| &contest.contest), "contests", file, problems);
    for (at, contest) in contests.iter().enumerate() {
        if contest.cards.len() != rounds {
            let problem = error("SCR-AUD-009", file).in_column("contests").with("entry", at + 1);
            problems.push(problem.with_value(&contest.contest).with("rounds", rounds));
        }
    }
    for (at, card) in cards.iter().enumerate() {
        let mut seen = HashSet::new();
        for contest in &card.contests {
            if *contest >= contests.len() || !seen.insert(*contest) {
                let problem = error("SCR-AUD-009", file).in_column("cards").with("entry", at + 1);
                problems.push(problem.with_value(&contest.to_string()));
            }
        }
    }
}
