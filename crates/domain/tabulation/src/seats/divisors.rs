//! Highest averages.

use super::{Award, SeatsError, State, Step, greatest, ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;
use serde::{Deserialize, Serialize};

/// The divisors of a list's first, second, third … seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Divisors {
    /// 1, 2, 3 … (Jefferson).
    DHondt,
    /// 1, 3, 5 … (Webster).
    SainteLague,
    /// As Sainte-Laguë, but for the first, a fraction: 7/5 in Norway and once in Sweden, 6/5 in Sweden since 2018.
    ModifiedSainteLague {
        /// Above the line.
        numerator: u32,
        /// Below the line; not 0.
        denominator: u32,
    },
    /// 0, 1, 2 …: every list gets a first seat before any gets a second.
    Adams,
    /// Geometric means: the roots of 0·1, 1·2, 2·3 … (the House of Representatives of the United States since 1941).
    HuntingtonHill,
    /// Harmonic means of 0 and 1, 1 and 2, 2 and 3 …: 0, 4/3, 12/5 … (Dean).
    Dean,
    /// 1, 4, 7 …
    Danish,
    /// 2, 3, 4 … (Belgian municipalities).
    Imperiali,
}

/// An average: infinite ones compare by votes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Average {
    infinite: bool,
    value: BigRational,
}

impl Divisors {
    /// The divisor of the seat after `seats` seats; for Huntington-Hill its square.
    pub fn divisor(&self, seats: u32) -> BigRational {
        let seats = u64::from(seats);
        let whole = |number: u64| BigRational::from(BigInt::from(number));
        match self {
            Self::DHondt => whole(seats + 1),
            Self::ModifiedSainteLague { numerator, denominator } if seats == 0 => {
                ratio(*numerator, (*denominator).max(1))
            }
            Self::SainteLague | Self::ModifiedSainteLague { .. } => whole(2 * seats + 1),
            Self::Adams => whole(seats),
            Self::HuntingtonHill => whole(seats * (seats + 1)),
            Self::Dean => ratio(2 * seats * (seats + 1), 2 * seats + 1),
            Self::Danish => whole(3 * seats + 1),
            Self::Imperiali => whole(seats + 2),
        }
    }

    fn average(&self, votes: u64, seats: u32) -> Average {
        let divisor = self.divisor(seats);
        let above = BigRational::from(BigInt::from(votes));
        // Averages of Huntington-Hill compare as their squares.
        let above = if *self == Self::HuntingtonHill { &above * &above } else { above };
        if divisor.is_zero() {
            Average { infinite: true, value: above }
        } else {
            Average { infinite: false, value: above / divisor }
        }
    }

    /// Gives all seats that are left, one after another.
    pub(super) fn give(&self, state: &mut State<'_>) -> Result<(), SeatsError> {
        while state.left > 0 {
            let takers = state.takers();
            if takers.is_empty() {
                break;
            }
            self.give_next(state, &takers)?;
        }
        state.next = self.after(state);
        Ok(())
    }

    /// Whom one seat more would go to.
    fn after(&self, state: &State<'_>) -> Option<Award> {
        let of = |list: usize| self.average(state.lists[list].votes, state.seats[list]);
        let list = *greatest(&state.takers(), of).0.first()?;
        Some(Award { seat: state.total + 1, list, step: self.step(state, list) })
    }

    fn step(&self, state: &State<'_>, list: usize) -> Step {
        let (votes, seats) = (state.lists[list].votes, state.seats[list]);
        let average = self.average(votes, seats).value.to_string();
        Step::HighestAverage { average, divisor: self.divisor(seats).to_string() }
    }

    /// Gives the next seat, or those of equal averages, among these lists. Says who got one.
    pub(super) fn give_next(
        &self,
        state: &mut State<'_>,
        takers: &[usize],
    ) -> Result<Vec<usize>, SeatsError> {
        let of = |list: usize| self.average(state.lists[list].votes, state.seats[list]);
        let (equal, _) = greatest(takers, of);
        let what = format!("seat {}", state.total - state.left + 1);
        let chosen = state.lots.choose(&what, &equal, state.left as usize)?;
        for list in &chosen {
            let step = self.step(state, *list);
            state.award(*list, step);
        }
        Ok(chosen)
    }
}
