//! Results of an election as numbers: the model, the checks that need no statistics, rule packs,
//! one source against another, totals, what is published and how it can be proven.
//!
//! Pure: no I/O of its own, no clock, no randomness.

pub mod checks;
pub mod compare;
pub mod export;
pub mod field;
pub mod map;
mod model;
pub mod nist;
pub mod published;
pub mod registry;
pub mod rules;
pub mod sheet;
#[cfg(test)]
mod testing;
mod texts;
mod totals;

pub use model::{
    Column, Contestant, CountStatus, MAX_CELLS, MAX_COLUMNS, MAX_PARENTS, MAX_ROWS, MAX_TEXT, MAX_VALUE,
    NewRow, RowKind, RowView, SourceInfo, Table, TableError,
};
pub use scr_core::{Closest, MAX_LOOKS, Problem, Severity};
pub use totals::{Margin, Reporting, Stated, Totals, Turnout};
