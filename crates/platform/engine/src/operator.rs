//! What the operator records in its own name.

use crate::engine::{Engine, NewEvent, VIEW_WAIT, refusal_of};
use crate::error::{ActError, Fault};
use crate::views::subject_version;
use rusqlite::Connection;
use scr_core::{Refusal, RefusalKind};
use scr_ledger::{Act, AppendError, Recorded, Statement};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Engine {
    /// Records an event of the operator's own, about what no person decides; its subjects must not have moved
    /// on meanwhile.
    pub(crate) fn record_as_operator(&self, event: &NewEvent) -> Result<Recorded, ActError> {
        self.record_by_itself(event, &[])
    }

    /// Records what a server does by itself, with changes of operational tables in the same transaction, and waits until
    /// the views have it. The subjects that the event guards must not move on meanwhile: `SCR-ENG-001`.
    ///
    /// # Errors
    /// Refusals of the log, faults.
    pub fn record_by_itself(&self, event: &NewEvent, statements: &[Statement]) -> Result<Recorded, ActError> {
        let mut versions = BTreeMap::new();
        for subject in &event.guard {
            versions.insert(subject.clone(), self.log().version(subject)?);
        }
        self.record_at(event, statements, &versions)
    }

    /// As [`Self::record_by_itself`], if `still` holds on a snapshot of the views after which the subjects have not moved on: of two
    /// nodes that record the same at once one is refused with `SCR-ENG-001`.
    ///
    /// # Errors
    /// What `still` gives; refusals of the log, faults.
    pub fn record_by_itself_if(
        &self,
        event: &NewEvent,
        statements: &[Statement],
        still: &dyn Fn(&Connection) -> Result<(), ActError>,
    ) -> Result<Recorded, ActError> {
        let versions = self.snapshot(|views| -> Result<_, ActError> {
            still(views)?;
            let mut versions = BTreeMap::new();
            for subject in &event.guard {
                versions.insert(subject.clone(), subject_version(views, subject)?);
            }
            Ok(versions)
        })?;
        self.record_at(event, statements, &versions)
    }

    fn record_at(
        &self,
        event: &NewEvent,
        statements: &[Statement],
        versions: &BTreeMap<String, u64>,
    ) -> Result<Recorded, ActError> {
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        let sealed = self.seal(std::slice::from_ref(event))?;
        let proposal = self.proposal(event, sealed, versions, &operator)?.1;
        let act = Act { proposals: vec![proposal], statements: statements.to_vec() };
        let recorded = match self.ledger().append(act) {
            Err(AppendError::Conflict { .. }) => {
                return Err(Refusal::new(RefusalKind::Conflict, "SCR-ENG-001").into());
            }
            other => other.map_err(|error| refusal_of(&error))?,
        };
        let recorded = recorded.into_iter().next().ok_or_else(|| Fault::log(&"an act without an entry"))?;
        self.wait_for(recorded.index + 1, VIEW_WAIT);
        Ok(recorded)
    }
}
