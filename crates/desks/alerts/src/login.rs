//! Who acts, and for whom.

use crate::write;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::rusqlite::{self, Connection};
use scr_web::{Visit, issuer_name};

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-ALR-320"))
}

/// Whether somebody decides for an organisation: its manager, everywhere.
pub(crate) fn decides(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}

/// Whether an election is of somebody's organisation, which defined it. Several organisations work on one installation, and a
/// role is a role in one of them: another's contacts, secrets and silent stations are not for them. `origin`: of the log.
pub(crate) fn is_own(
    views: &Connection,
    origin: &str,
    election: &str,
    actor: &Actor,
) -> rusqlite::Result<bool> {
    let issuer = write::issuer_of(views, election)?;
    Ok(issuer.is_some_and(|issuer| issuer_name(origin, &issuer) == actor.org.as_str()))
}
