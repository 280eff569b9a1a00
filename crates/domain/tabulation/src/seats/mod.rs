//! Seats from votes: highest averages, largest remainders, thresholds, lists that run out of candidates, and the
//! Dutch law. Exact throughout; every seat says why it was given.
//!
//! Names after Pukelsheim, "Proportional Representation" (2nd edition, 2017), and Balinski and Young, "Fair
//! Representation" (2nd edition, 2001).

mod divisors;
pub mod kieswet;
mod quotas;
pub mod read;
mod threshold;

pub use divisors::Divisors;
pub use quotas::{Quota, TooMany};
pub use threshold::Threshold;

use crate::lots::{Lot, LotError, Lots};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};

/// A list, party or state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Its votes.
    pub votes: u64,
    /// How many candidates it has; none said: enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidates: Option<u32>,
}

/// How seats follow from votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Highest averages with these divisors.
    HighestAverages(Divisors),
    /// Full quotas, then largest remainders.
    LargestRemainders {
        /// Votes for a full seat.
        quota: Quota,
        /// What happens where full quotas are more than the seats.
        #[serde(default)]
        too_many: TooMany,
    },
}

/// What one seat was given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A full quota.
    FullSeat,
    /// The highest average: votes, and the divisor of this seat (squared for Huntington-Hill).
    HighestAverage {
        /// As a fraction.
        average: String,
        /// The divisor, as a fraction.
        divisor: String,
    },
    /// The largest remainder, as a fraction.
    LargestRemainder(String),
    /// The absolute majority of the votes (Dutch law, P 9).
    Majority,
}

impl Step {
    fn why(&self) -> String {
        match self {
            Self::FullSeat => "for a full quota".to_owned(),
            Self::HighestAverage { average, divisor } => {
                format!("for the highest average, {average} (votes over {divisor})")
            }
            Self::LargestRemainder(remainder) => format!("for the largest remainder, {remainder}"),
            Self::Majority => "because most of the votes are its own".to_owned(),
        }
    }
}

/// One seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Which seat, from 1 in the order in which they are given.
    pub seat: u32,
    /// Whose, by place in the list.
    pub list: usize,
    /// For what.
    pub step: Step,
}

/// All seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Seats of each list.
    pub seats: Vec<u32>,
    /// Each seat with its reason.
    pub awards: Vec<Award>,
    /// Seats that were given and taken back, as they were (Dutch law, P 9 and P 10).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_back: Vec<Award>,
    /// Who would have had the next seat, and for what: the first loser, as the last of the awards is the last winner
    /// (highest averages; with others the next seat can shift the rest). Among equal ones the first in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Award>,
    /// Lists that stay below the threshold, by place.
    pub excluded: Vec<usize>,
    /// Lists that had no candidate left for a seat, by place.
    pub exhausted: Vec<usize>,
    /// Lots that decided.
    pub lots: Vec<Lot>,
    /// Seats that nobody can fill: no list has votes or candidates left.
    pub unfilled: u32,
}

/// Why seats cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// About a lot.
    #[error(transparent)]
    Lot(#[from] LotError),
    /// Full quotas alone are more than there are seats.
    #[error(
        "SCR-TAB-043 full quotas give {full} seats, and there are {seats}: this quota does not fit these votes; the law has to say what is used then"
    )]
    TooManyFullSeats {
        /// Seats by full quotas.
        full: u64,
        /// Seats.
        seats: u32,
    },
    /// More seats or lists than anybody has.
    #[error("SCR-TAB-044 {0}")]
    TooLarge(
        /// What, in words.
        String,
    ),
}

/// Seats, at most.
pub const MAX_SEATS: u32 = 100_000;
/// Lists, at most.
pub const MAX_LISTS: usize = 10_000;

/// Gives `seats` to the lists. `drawn` names who was drawn by lot, in the order in which lots are needed.
///
/// # Errors
/// [`SeatsError`].
pub fn allocate(
    lists: &[List],
    seats: u32,
    method: &Method,
    threshold: &Threshold,
    drawn: &[String],
) -> Result<Allocation, SeatsError> {
    check(lists, seats)?;
    let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let mut state = State::new(lists, seats, threshold.excluded(lists), Lots::new(&names, drawn));
    match method {
        Method::HighestAverages(divisors) => divisors.give(&mut state)?,
        Method::LargestRemainders { quota, too_many } => quota.give(*too_many, &mut state)?,
    }
    state.finish()
}

fn check(lists: &[List], seats: u32) -> Result<(), SeatsError> {
    if seats > MAX_SEATS {
        return Err(SeatsError::TooLarge(format!("{seats} seats, and {MAX_SEATS} are the most")));
    }
    if lists.len() > MAX_LISTS {
        return Err(SeatsError::TooLarge(format!("{} lists, and {MAX_LISTS} are the most", lists.len())));
    }
    if lists.iter().try_fold(0_u64, |all, list| all.checked_add(list.votes)).is_none() {
        return Err(SeatsError::TooLarge(format!("votes of all lists, and {} are the most", u64::MAX)));
    }
    Ok(())
}

/// Seats while they are given.
struct State<'a> {
    lists: &'a [List],
    total: u32,
    left: u32,
    seats: Vec<u32>,
    awards: Vec<Award>,
    taken_back: Vec<Award>,
    next: Option<Award>,
    excluded: Vec<usize>,
    exhausted: Vec<usize>,
    lots: Lots<'a>,
}

impl<'a> State<'a> {
    fn new(lists: &'a [List], seats: u32, excluded: Vec<usize>, lots: Lots<'a>) -> Self {
        Self {
            lists,
            total: seats,
            left: seats,
            seats: vec![0; lists.len()],
            awards: Vec::new(),
            taken_back: Vec::new(),
            next: None,
            excluded,
            exhausted: Vec::new(),
            lots,
        }
    }

    /// Whether a list takes part and has somebody for one more seat.
    fn can_take(&self, list: usize) -> bool {
        let has_candidate =
            self.lists[list].candidates.is_none_or(|candidates| self.seats[list] < candidates);
        self.lists[list].votes > 0 && has_candidate && !self.excluded.contains(&list)
    }

    fn takers(&self) -> Vec<usize> {
        (0..self.lists.len()).filter(|list| self.can_take(*list)).collect()
    }

    fn award(&mut self, list: usize, step: Step) {
        self.left -= 1;
        self.seats[list] += 1;
        let seat = self.total - self.left;
        self.awards.push(Award { seat, list, step });
        let full = self.lists[list].candidates.is_some_and(|candidates| self.seats[list] >= candidates);
        if full && !self.exhausted.contains(&list) {
            self.exhausted.push(list);
        }
    }

    /// The votes of those that take part.
    fn votes(&self) -> u64 {
        let part = (0..self.lists.len()).filter(|list| !self.excluded.contains(list));
        part.map(|list| self.lists[list].votes).sum()
    }

    fn finish(self) -> Result<Allocation, SeatsError> {
        Ok(Allocation {
            seats: self.seats,
            awards: self.awards,
            taken_back: self.taken_back,
            next: self.next,
            excluded: self.excluded,
            exhausted: self.exhausted,
            unfilled: self.left,
            lots: self.lots.finish()?,
        })
    }
}

fn ratio(above: impl Into<BigInt>, below: impl Into<BigInt>) -> BigRational {
    BigRational::new(above.into(), below.into())
}

/// Those with the greatest value, in the order given.
fn greatest<T: Ord + Clone>(of: &[usize], value: impl Fn(usize) -> T) -> (Vec<usize>, Option<T>) {
    let most = of.iter().map(|list| value(*list)).max();
    let those = of.iter().copied().filter(|list| Some(value(*list)) == most).collect();
    (those, most)
}

impl Allocation {
    /// Why the seats are as they are, a line for each step.
    pub fn explain(&self, lists: &[List]) -> Vec<String> {
        let name = |list: &usize| lists[*list].name.as_str();
        let mut lines: Vec<String> =
            self.excluded.iter().map(|list| format!("{} stays below the threshold.", name(list))).collect();
        for award in &self.awards {
            lines.push(format!("Seat {} goes to {} {}.", award.seat, name(&award.list), award.step.why()));
        }
        for award in &self.taken_back {
            let (list, why) = (name(&award.list), award.step.why());
            lines.push(format!("{list} gave up a seat that it had {why}."));
        }
        if let Some(next) = &self.next {
            let (list, why) = (name(&next.list), next.step.why());
            lines.push(format!("The next seat would have gone to {list} {why}."));
        }
        for lot in &self.lots {
            let among: Vec<&str> = lot.among.iter().map(name).collect();
            let drawn: Vec<&str> = lot.drawn.iter().map(name).collect();
            lines.push(format!("By lot among {} for {}: {}.", among.join(", "), lot.what, drawn.join(", ")));
        }
        lines.extend(self.exhausted.iter().map(|list| format!("{} has no candidate left.", name(list))));
        if self.unfilled > 0 {
            lines.push(format!("{} seats stay empty.", self.unfilled));
        }
        lines
    }
}
