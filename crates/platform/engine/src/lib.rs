//! The engine: command, decide, append, project.
//!
//! [`Engine::record`] is the one way in; views are the one way out. Whatever a decision reads, it
//! reads from one snapshot of the views, and the ledger refuses it when the subjects it guarded have
//! moved on since.

mod audit;
mod doctor;
mod engine;
mod erasure;
mod error;
mod event;
mod fixity;
mod index;
mod installation;
mod key_home;
mod keys;
mod master;
mod nodes;
mod operator;
mod projector;
mod rehash;
mod removal;
mod retire;
mod secrets;
pub mod testing;
mod turns;
mod unknown;
mod view;
mod views;

pub use audit::{Audit, Damage};
pub use doctor::{Diagnosis, Examination, Finding, Level, examine, readable_by_others};
pub use engine::{Ctx, Decide, Engine, EngineParts, NewEvent, Private, Receipt};
pub use erasure::{Erased, MAX_ERASED, PAYLOAD_ERASED, PrivateField};
pub use error::{ActError, Fault};
pub use event::Event;
pub use fixity::{Damaged, FIXITY_DAYS, Fixity, FixityCounts, FixityStated};
pub use installation::{Installation, InstallationError, write_secret};
pub use key_home::KeyHome;
pub use keys::{
    FIXITY_CHECKED, INDEX_PUBLISHED, LOG_OPENED, LOG_RETIRED, ORG_KEY_ADDED, OWN_KINDS, RoleKeys,
    VAULT_KEY_ROTATED,
};
pub use master::{MasterPrints, Rotated};
pub use operator::DecideByItself;
pub use rusqlite;
pub use scr_entry::{EntryRef, FieldSpec, FieldType, KindSpec, parse_utc, utc_text};
pub use scr_objects::{ObjectReader, ObjectWriter, Objects, ObjectsError};
pub use scr_vault::Inspection as KeysInspection;
pub use unknown::UnknownKind;
pub use view::{View, ViewFault};
pub use views::fold;

/// Reads the bytes of an entry; `None` when they are another program's.
pub fn entry(bytes: &[u8]) -> Option<scr_entry::Entry> {
    scr_entry::Entry::parse(bytes).ok()
}
