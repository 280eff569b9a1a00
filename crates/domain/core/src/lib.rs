//! What every part of scrutineer means by an id, a role, a marking, an act, a refusal.
//!
//! Pure: no I/O, no clock, no randomness of its own. Time and randomness come in through
//! [`Clock`] and [`Entropy`], so that every test can be repeated.

mod actor;
mod board;
mod calendar;
mod cell_names;
mod closest;
mod drill;
mod env;
mod ids;
mod marking;
mod problem;
mod refusal;
mod slug;

pub use actor::{Actor, Role};
pub use board::{BoardKey, BoardLogin};
pub use calendar::{date_of, days_of_month, days_since_epoch};
pub use cell_names::CellNames;
pub use closest::{Closest, MAX_LOOKS};
pub use drill::DrillClock;
pub use env::{Clock, Entropy, FixedClock, SeededEntropy, SystemClock, SystemEntropy, UtcSeconds};
pub use ids::{ElectionId, IdError, OrgId, PersonId, uuid_v7};
pub use marking::{Audience, Marking, Tlp, Viewer, may_see};
pub use problem::{Problem, Severity};
pub use refusal::{Refusal, RefusalKind};
pub use slug::slug;
