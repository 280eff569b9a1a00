//! Who acts.

use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_web::Visit;

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-ALR-320"))
}

/// Whether somebody decides for an organisation: its manager, everywhere.
pub(crate) fn decides(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}
