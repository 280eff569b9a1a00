//! An audit checked again from its record alone: commitments, order, samples, counts and risk are computed anew, and
//! whatever does not agree is named, the first in the order of the audit first.
//!
//! The verdict on the arithmetic stands apart from that on the order of commitment and seed: the first needs the
//! record alone (and the CVRs that it names by their hash), the second somebody who witnessed when they were published.

mod asserted;
mod cards;
mod counted;
mod draws;
mod next;
mod order;
mod recorded;
mod report;
mod risk;
mod sample;
mod shape;
mod signed;

pub use next::{Size, next_round};
pub use recorded::{rankings, recorded};
pub use report::{AssertionRisk, Deviation, Order, Report, RoundRisk, Standing};

use crate::record::{Decision, Record};
use scr_canon::Hash32;
use scr_tabulation::cvr::columns::Columns;
use std::collections::BTreeMap;

/// Columns of CVRs by their SHA-256.
pub type Cvrs = BTreeMap<Hash32, Columns>;

/// Deviations that are kept, at most.
const KEPT: usize = 1000;

struct Check<'a> {
    record: &'a Record,
    deviations: Vec<Deviation>,
    notices: Vec<Deviation>,
    /// Something that is named does not exist: nothing can be computed, however many deviations were kept.
    broken: bool,
}

impl Check<'_> {
    fn says(&mut self, code: &str, round: Option<u32>, what: impl Into<String>) {
        self.broken |= matches!(code, "SCR-AUD-123" | "SCR-AUD-134");
        if self.deviations.len() < KEPT {
            self.deviations.push(Deviation { code: code.to_owned(), round, what: what.into() });
        }
    }

    /// Something that is no deviation and that somebody should look at.
    fn notices(&mut self, code: &str, round: Option<u32>, what: impl Into<String>) {
        if self.notices.len() < KEPT {
            self.notices.push(Deviation { code: code.to_owned(), round, what: what.into() });
        }
    }
}

/// Checks a record that names no CVRs beside itself.
pub fn verify(record: &Record) -> Report {
    verify_with(record, &Cvrs::new())
}

/// Checks a record with the columns of CVRs that it names by their SHA-256 ([`Record::cvr_files`]). Whoever gives them
/// has computed the hashes from the bytes.
pub fn verify_with(record: &Record, cvrs: &Cvrs) -> Report {
    let mut check = Check { record, deviations: Vec::new(), notices: Vec::new(), broken: false };
    check.commitments();
    let order = check.order();
    let cards = check.shape(cvrs);
    check.signatures();
    let mut rounds = Vec::new();
    if let (Some(cards), false) = (cards, check.broken) {
        let prepared = check.prepare(cards);
        let mut drawn = sample::Drawn::default();
        for round in &record.rounds {
            if round.decision == Decision::Abandoned {
                check.abandoned(round, &prepared, &drawn);
                continue;
            }
            check.sample(round, &prepared, &mut drawn);
            rounds.push(check.risk(round, &prepared, &drawn));
        }
    }
    let standing = Standing::of(record);
    let abandoned = record.rounds.iter().filter(|round| round.decision == Decision::Abandoned);
    let abandoned = abandoned.map(|round| round.number).collect();
    let Check { deviations, notices, .. } = check;
    Report { deviations, notices, order, standing, abandoned, rounds }
}
