//! What was corrected: in which units, from what to what, and why.

use super::home::name_of;
use super::read::ContestRow;
use super::unit::field_name;
use crate::compare::data::{CorrectedRow, CorrectionRow};
use scr_web::{App, Seal, Visit};

/// Units of each correction that the contest's page shows; the comparison has them all.
pub(crate) const UNITS: u32 = 5;

/// One version's correction of the version before it.
pub(crate) struct Correction {
    pub(crate) row: CorrectedRow,
    pub(crate) seal: Seal,
    pub(crate) units: Vec<CorrectedUnit>,
    /// The whole difference.
    pub(crate) href: String,
}

/// A unit with the numbers that changed, before and now.
pub(crate) struct CorrectedUnit {
    pub(crate) row: CorrectionRow,
    pub(crate) numbers: Vec<(String, Option<u64>, Option<u64>)>,
}

/// Corrections in words.
pub(crate) fn corrections(
    app: &App,
    visit: &Visit,
    contest: &ContestRow,
    base: &str,
    rows: Vec<CorrectedRow>,
) -> Vec<Correction> {
    let unit = |row: &CorrectionRow| CorrectedUnit {
        numbers: row
            .numbers
            .iter()
            .map(|number| {
                let name = if number.votes {
                    name_of(contest, &number.column)
                } else {
                    field_name(visit, &number.column)
                };
                (name, number.before, number.now)
            })
            .collect(),
        row: row.clone(),
    };
    rows.into_iter()
        .map(|row| Correction {
            seal: app.seal(row.second, row.at),
            units: row.units.iter().map(unit).collect(),
            href: format!("{base}/compare?first={}&second={}", row.first, row.second),
            row,
        })
        .collect()
}
