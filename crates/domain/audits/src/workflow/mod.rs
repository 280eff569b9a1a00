//! An audit as the ordered work of many hands: who may do what, in which order, and what follows from it.
//!
//! Three machines, each pure, each folded from what the record holds:
//! - [`Audit`]: from the draft over commitment, seed and rounds to the end. The seed is refused before everything
//!   that it draws from is committed to; a risk stands there only once its round is closed; a late upload is a new
//!   version, with a reason; what was given up stays visible.
//! - [`Ceremony`]: two people type the digits of the dice, and must type the same.
//! - [`BoardWork`]: an audit board reads its ballots or counts its batches without knowing what a machine read, and
//!   both members sign.
//!
//! Before them: files that jurisdictions [hand in](hand_in), in their normal form, and what an audit makes of them.
//! Beside them: containers [dealt](deal) to boards, [lists, labels and placeholders](paper), [passphrases](passphrase),
//! [discrepancies](change), [notes of observers](notes), and the [`report`] in the sections that users of Arlo know. [`record`] makes the
//! document that anybody checks.
//!
//! The order of acts follows the requirements of the field (Lindeman and Stark, "A Gentle Introduction to
//! Risk-Limiting Audits", 2012: commit, then draw; Arlo's and `ColoradoRLA`'s workflow). The states and the steps
//! between them are the table in `docs/reference/audit-states.md`; a test holds the code against it.

mod assemble;
mod audit;
mod board;
pub mod change;
mod check;
pub mod codes;
pub mod deal;
pub mod discrepancy;
pub mod hand_in;
pub mod notes;
pub mod paper;
mod parts;
pub mod passphrase;
mod reading;
pub mod report;
mod seed;
mod step;
pub mod tabulated;

pub use assemble::{
    Inputs, RoundWork, Witnessed, commitment, counted, foreseen, hash_of, measure, measure_claims, open,
    record,
};
pub use audit::Audit;
pub use board::{BatchEntry, BoardStep, BoardWork, Entry, Sheet, Unit};
pub use parts::{Jurisdiction, Past, Phase, Round, Signed, Upload, What};
pub use reading::{BallotReading, ContestForm, ContestReading};
pub use seed::{Ceremony, Typed};
pub use step::{Committed, Opening, Party, Step};
