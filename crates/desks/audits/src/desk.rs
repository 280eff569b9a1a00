//! What all pages of this desk ask first: who acts, and on which audit.

use crate::acts::{absent, not_yours};
use crate::data::{self, Kept};
use scr_core::{Actor, Refusal};
use scr_engine::ActError;
use scr_web::{App, Visit};

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    visit.login.as_ref().map(|login| &login.actor).ok_or_else(not_yours)
}

/// An audit that everybody may look at.
pub(crate) fn audit_of(app: &App, id: &str) -> Result<Kept, ActError> {
    Ok(app.engine.read(|views| data::audit(views, id))?.ok_or_else(absent)?)
}
