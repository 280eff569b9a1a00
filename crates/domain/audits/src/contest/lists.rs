//! Seats of lists by highest averages (Blom et al., arXiv 2107.11903, sections 4 and 5).
//!
//! Every seat that was won comes before every first seat that was not: that of a list is said by its last seat and
//! the next. With a threshold every list with seats must be above it. A list below it is out because it is below,
//! or because it would win nothing if it were let in: what is easier to confirm is asserted.

use super::assertion::{Assertion, Standing};
use super::build::{Builder, hardest_first};
use crate::assorter::{Assorter, Share};
use scr_tabulation::cvr::ChoiceNo;

struct Lists<'a> {
    seats: &'a [u32],
    divisors: &'a [u32],
}

impl Lists<'_> {
    fn with_seats(&self) -> impl Iterator<Item = (ChoiceNo, u32)> + '_ {
        // Of a list with k seats the last has the divisor of place k.
        let last = |(list, seats): (ChoiceNo, &u32)| {
            Some((list, *self.divisors.get((*seats as usize).checked_sub(1)?)?))
        };
        (0..).zip(self.seats).filter_map(last)
    }

    /// The last seat of every other list comes before the next of this.
    fn no_more_seats(&self, loser: ChoiceNo) -> Vec<Assorter> {
        let next_divisor = self.divisors[self.seats[usize::from(loser)] as usize];
        let others = self.with_seats().filter(|(winner, _)| *winner != loser);
        others
            .map(|(winner, last_divisor)| Assorter::LastSeat { winner, last_divisor, loser, next_divisor })
            .collect()
    }
}

pub(super) fn add(builder: &mut Builder<'_>, seats: &[u32], divisors: &[u32], threshold: Option<Share>) {
    let lists = Lists { seats, divisors };
    for (list, seats) in (0..).zip(seats) {
        let Some(share) = threshold else {
            lists.no_more_seats(list).iter().for_each(|assorter| builder.add(assorter));
            continue;
        };
        if *seats > 0 {
            builder.add(&Assorter::AtLeastShare { choice: list, share });
            lists.no_more_seats(list).iter().for_each(|assorter| builder.add(assorter));
            continue;
        }
        let below = Assorter::BelowShare { choice: list, share };
        let out = holding(builder, vec![below.clone()]);
        let nothing = holding(builder, lists.no_more_seats(list));
        match (out, nothing) {
            (Some(out), Some(nothing)) => {
                // Compare the hardest of each; none at all is the easiest.
                let hardest =
                    |list: &[Assertion]| list.first().map_or(f64::INFINITY, |one| one.without_error);
                builder.assertions.extend(if hardest(&out) > hardest(&nothing) { out } else { nothing });
            }
            (Some(one), None) | (None, Some(one)) => builder.assertions.extend(one),
            (None, None) => {
                // It is let in, and would have a seat, or one by lot.
                builder.add(&below);
                lists.no_more_seats(list).iter().for_each(|assorter| builder.add(assorter));
            }
        }
    }
}

/// The assertions, if all hold, the hardest first.
fn holding(builder: &Builder<'_>, assorters: Vec<Assorter>) -> Option<Vec<Assertion>> {
    let all: Option<Vec<Assertion>> = assorters
        .into_iter()
        .map(|assorter| match builder.claim.stands(assorter) {
            Some(Standing::Holds(assertion)) => Some(*assertion),
            _ => None,
        })
        .collect();
    all.map(hardest_first)
}
