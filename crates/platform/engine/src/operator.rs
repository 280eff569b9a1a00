//! What the operator records in its own name.

use crate::engine::{Engine, NewEvent, VIEW_WAIT, refusal_of};
use crate::error::{ActError, Fault};
use crate::unknown;
use crate::views::subject_version;
use rusqlite::Connection;
use scr_core::{Refusal, RefusalKind};
use scr_ledger::{Act, AppendError, Recorded, Statement};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often a decision is taken anew when others were faster.
const ATTEMPTS: usize = 10;

/// A decision of the server itself.
pub type DecideByItself<'a> = &'a dyn Fn(&Connection) -> Result<Vec<NewEvent>, ActError>;

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
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        let mut versions = BTreeMap::new();
        for subject in &event.guard {
            versions.insert(subject.clone(), self.log().version(subject)?);
        }
        let sealed = self.seal(std::slice::from_ref(event))?;
        let proposal = self.proposal(event, sealed, &versions, &operator)?.1;
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

    /// As [`Self::record`], for what a server does by itself: decided on one snapshot of the views, and anew where the
    /// subjects that it guards have moved on since. Nothing is recorded where the decision is empty.
    ///
    /// # Errors
    /// Refusals of the decision and of the log, `SCR-ENG-001` where others were faster again and again, faults.
    pub fn decide_by_itself(&self, decide: DecideByItself<'_>) -> Result<Vec<Recorded>, ActError> {
        self.decide_by_itself_with(decide, &[])
    }

    /// As [`Self::decide_by_itself`], with changes of operational tables in the same transaction.
    ///
    /// # Errors
    /// The same.
    pub fn decide_by_itself_with(
        &self,
        decide: DecideByItself<'_>,
        statements: &[Statement],
    ) -> Result<Vec<Recorded>, ActError> {
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        for _ in 0..ATTEMPTS {
            let (events, mut versions) = self.with_views(|views| {
                let events = decide(views)?;
                let mut versions = BTreeMap::new();
                for subject in events.iter().flat_map(|event| &event.guard) {
                    unknown::check_subject(views, subject)?;
                    versions.insert(subject.clone(), subject_version(views, subject)?);
                }
                Ok((events, versions))
            })?;
            if events.is_empty() {
                return Ok(Vec::new());
            }
            let mut sealed = self.seal(&events)?.into_iter();
            let mut proposals = Vec::with_capacity(events.len());
            for event in &events {
                let own = sealed.by_ref().take(event.private.len()).collect();
                proposals.push(self.proposal(event, own, &versions, &operator)?.1);
                for subject in &event.guard {
                    versions.entry(subject.clone()).and_modify(|version| *version += 1);
                }
            }
            match self.ledger().append(Act { proposals, statements: statements.to_vec() }) {
                Ok(recorded) => {
                    if let Some(last) = recorded.last() {
                        self.wait_for(last.index + 1, VIEW_WAIT);
                    }
                    return Ok(recorded);
                }
                Err(AppendError::Conflict { .. }) => {
                    let size = self.log().size()?;
                    self.caught_up(size);
                }
                Err(error) => return Err(refusal_of(&error)),
            }
        }
        Err(Refusal::new(RefusalKind::Conflict, "SCR-ENG-001").into())
    }
}
