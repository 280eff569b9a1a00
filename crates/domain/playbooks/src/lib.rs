//! CACAO 2.0 playbooks: read without loss, checked, run by people, edited, drawn; and how severe an incident is.
//!
//! Pure: no files, no clock, no network. A shared playbook is somebody else's text: only `manual` commands and `http-api`
//! requests that an allow list names are ever carried out; everything else is shown to people and refused.
//!
//! - [`Playbook::read`], [`check`], [`check_together`]: what stands there and what is wrong with it.
//! - [`Plan`]: a sound playbook as it is run; [`Run`]: one run as a fold over its events.
//! - [`http`]: requests; [`signature`]: who signed it; [`edit()`]: changes; [`layout()`]: the picture.
//! - [`severity`]: NCISS, alert levels and the factors of an election. [`starters`]: five playbooks to begin with.

mod check;
pub mod condition;
pub mod edit;
pub mod extension;
mod finding;
pub mod forms;
pub mod graph;
pub mod http;
mod json;
mod layout;
mod limits;
pub mod marking;
mod nesting;
mod outline;
mod plan;
mod playbook;
pub mod run;
pub mod severity;
pub mod signature;
pub mod starters;
mod words;

pub use check::check;
pub use edit::{Edit, EditError, edit};
pub use extension::{EXTENSION_ID, Evidence};
pub use finding::{Code, Finding, Layer, Report};
pub use json::ReadError;
pub use layout::{Layout, Line, LineKind, layout};
pub use limits::Limits;
pub use nesting::check_together;
pub use outline::{Lead, OutlineLine};
pub use plan::{Agent, Command, Doing, Plan, Step, Variable, Way};
pub use playbook::Playbook;
pub use run::Run;
