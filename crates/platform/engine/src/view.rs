//! What a desk says about one of its views.

use crate::erasure::Erased;
use crate::event::Event;
use rusqlite::Transaction;
use scr_objects::{Objects, ObjectsError};

/// A view could not take an event in. That is a bug: what is recorded must be projected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("view {view}, entry {index}: {what}")]
pub struct ViewFault {
    /// The view.
    pub view: String,
    /// The entry.
    pub index: u64,
    /// In words.
    pub what: String,
}

impl From<rusqlite::Error> for ViewFault {
    fn from(error: rusqlite::Error) -> Self {
        Self { view: String::new(), index: 0, what: error.to_string() }
    }
}

impl From<ObjectsError> for ViewFault {
    fn from(error: ObjectsError) -> Self {
        Self { view: String::new(), index: 0, what: error.to_string() }
    }
}

/// Some tables that follow from the record alone: no clock, no randomness, no network.
pub trait View: Send + Sync {
    /// Its name; its tables begin with it.
    fn name(&self) -> &'static str;
    /// `CREATE TABLE` and `CREATE INDEX` statements. Another text is another view: it is rebuilt.
    fn schema(&self) -> &'static str;
    /// Takes one event in. Events of other kinds are passed by.
    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault>;
    /// Private content of an earlier event was erased: removes it from columns and indexes. `event` holds
    /// what is left of its private fields, `erased` what went. Afterwards the tables are as if the event
    /// had come without it. A view that keeps nothing private has nothing to do.
    fn forget(&self, _tx: &Transaction<'_>, _event: &Event, _erased: &Erased) -> Result<(), ViewFault> {
        Ok(())
    }
    /// Public tables with the order that makes their rows comparable: (table, columns, order).
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)];
}
