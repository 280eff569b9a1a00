//! What the operator records in its own name.

use crate::engine::{Engine, NewEvent, refusal_of};
use crate::error::{ActError, Fault};
use scr_ledger::{Act, Recorded};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Engine {
    /// Records an event of the operator's own, about what no person decides; its subjects must not have moved
    /// on meanwhile.
    pub(crate) fn record_as_operator(&self, event: &NewEvent) -> Result<Recorded, ActError> {
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        let mut versions = BTreeMap::new();
        for subject in &event.guard {
            versions.insert(subject.clone(), self.log().version(subject)?);
        }
        let proposal = self.proposal(event, Vec::new(), &versions, &operator)?.1;
        let act = Act { proposals: vec![proposal], statements: Vec::new() };
        let recorded = self.ledger().append(act).map_err(|error| refusal_of(&error))?;
        recorded.into_iter().next().ok_or_else(|| Fault::log(&"an act without an entry").into())
    }
}
