//! Who acts.

use scr_core::{Actor, Refusal, RefusalKind};
use scr_threats::codes;
use scr_web::Visit;

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS))
}
