//! What would become of objects, before anybody shares them.

use super::{Line, Sharing, audience, sort};
use crate::exchange::Exchange;
use scr_core::{Actor, OrgId, Tlp};
use scr_engine::ActError;
use scr_stix::Object;

/// An object that would be shared.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// Which.
    pub(crate) object: Object,
    /// Under which label.
    pub(crate) tlp: Tlp,
    /// With whom, beside whoever shares it; nothing where the label says it.
    pub(crate) audience: Vec<OrgId>,
}

/// What would become of all of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// These would be shared, the widest label first.
    pub(crate) planned: Vec<Planned>,
    /// These are there already.
    pub(crate) there: Vec<Line>,
    /// These would not be taken.
    pub(crate) failures: Vec<Line>,
    /// What there is to say of those that would be.
    pub(crate) notes: Vec<Line>,
}

/// Looks what would become of objects. Nothing is recorded, and nothing waits afterwards.
pub(crate) fn plan(
    exchange: &Exchange<'_>,
    actor: &Actor,
    sharing: &Sharing,
    objects: &[Object],
) -> Result<Plan, ActError> {
    let sorted = exchange.engine.read(|views| Ok(sort::sort(views, actor, sharing, None, objects)))??;
    let wide = |tlp: Tlp, list: &[&Object]| -> Vec<Planned> {
        list.iter().map(|one| Planned { object: (*one).clone(), tlp, audience: Vec::new() }).collect()
    };
    let mut plan = Plan { planned: wide(Tlp::Clear, &sorted.clear), ..Plan::default() };
    plan.planned.extend(wide(Tlp::Green, &sorted.green));
    for (tlp, list) in &sorted.narrow {
        let audience = audience(sharing, &sorted, *tlp);
        let one =
            |object: &&Object| Planned { object: (*object).clone(), tlp: *tlp, audience: audience.clone() };
        plan.planned.extend(list.iter().map(one));
    }
    for line in sorted.successes.into_iter().chain(sorted.pendings) {
        match line.message.as_deref() {
            Some(sort::THERE) => plan.there.push(line),
            Some(_) => plan.notes.push(line),
            None => {}
        }
    }
    plan.failures = sorted.failures;
    Ok(plan)
}
