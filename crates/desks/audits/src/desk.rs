//! What pages and calls of this desk ask first: who acts, on which audit, and as what.

use crate::acts::{absent, not_yours, party};
use crate::data::{self, Kept};
use scr_audits::workflow::{Party, codes};
use scr_core::{Actor, Refusal, RefusalKind};
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

/// As what somebody acts on an audit, as far as it is their organisation's.
pub(crate) fn role_in(visit: &Visit, kept: &Kept, jurisdiction: Option<&str>) -> Option<Party> {
    let actor = actor(visit).ok().filter(|actor| actor.org.as_str() == kept.org())?;
    party(actor, jurisdiction)
}

/// Whether the reader runs the audit.
pub(crate) fn is_administrator(visit: &Visit, kept: &Kept) -> bool {
    role_in(visit, kept, None) == Some(Party::Administrator)
}

/// The audit, for whoever runs it.
pub(crate) fn administered(app: &App, visit: &Visit, id: &str) -> Result<Kept, ActError> {
    let kept = audit_of(app, id)?;
    if is_administrator(visit, &kept) { Ok(kept) } else { Err(not_yours().into()) }
}

/// A jurisdiction of an audit, for whoever runs the audit and for those of the jurisdiction.
pub(crate) fn place_of(app: &App, visit: &Visit, (id, name): &(String, String)) -> Result<Kept, ActError> {
    let kept = audit_of(app, id)?;
    let may = match role_in(visit, &kept, Some(name)) {
        Some(Party::Administrator) => true,
        Some(Party::Jurisdiction(own)) => own == *name,
        _ => false,
    };
    if !may {
        return Err(not_yours().into());
    }
    if !kept.audit.jurisdictions().contains_key(name) {
        let absent = Refusal::new(RefusalKind::NotFound, codes::NO_JURISDICTION);
        return Err(absent.with("jurisdiction", name).into());
    }
    Ok(kept)
}
