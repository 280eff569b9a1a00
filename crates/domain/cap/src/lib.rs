//! Alerts in the Common Alerting Protocol 1.2 (OASIS, 1 July 2010): read strictly, checked, written, signed, followed.
//!
//! Pure: no files, no clock, no randomness. [`read`] takes CAP 1.2, 1.1 and 1.0; [`write()`] gives 1.2 only. [`check`]
//! says what the standard says in words, [`check_profile`] what an alert about an election has besides. [`verify`]
//! examines signatures under pinned keys, [`Signer`] makes them. [`History`] is what holds of a set of messages, in
//! whatever order they came.

mod area;
pub mod c14n;
mod dsig;
mod finding;
mod fixed;
mod forms;
mod history;
mod limits;
mod list;
mod model;
pub mod profile;
mod read;
mod rules;
mod time;
mod write;
pub mod xml;

pub use area::{Circle, Point, Polygon};
pub use dsig::{Broken, Checked, KeyError, Pin, PublicKey, Refusal, SignError, Signer, State, verify};
pub use finding::{Basis, Code, Finding};
pub use fixed::{Fixed, FixedError};
pub use history::{Authority, Effect, History, Ineffective, Message, Standing};
pub use limits::Limits;
pub use model::{
    Alert, Area, Category, Certainty, Info, MsgType, Named, Reference, Resource, ResponseType, Scope,
    Severity, Status, Urgency, Version,
};
pub use profile::{Profile, check_profile};
pub use read::{ReadError, Reading, read};
pub use rules::check;
pub use time::{Lenient, Time, TimeError};
pub use write::{WriteError, WriteFault, write};
