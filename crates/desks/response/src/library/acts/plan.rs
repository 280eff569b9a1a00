//! The crisis plan: drafted by one person, adopted by another.

use super::{by, decides, no_reason, reason_of, signs};
use crate::library::plan::CrisisPlan;
use crate::library::{codes, kinds as k, read, shelf};
use rusqlite::Connection;
use scr_canon::Hash32;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::rusqlite;
use scr_engine::{ActError, Ctx, Engine, Fault, NewEvent, Receipt};
use serde_json::json;

fn subject(actor: &Actor) -> String {
    format!("response:plan:{}", actor.org)
}

/// Codes of what is in force for the actor's organisation.
fn in_force(views: &Connection, actor: &Actor) -> rusqlite::Result<Vec<String>> {
    Ok(read::adopted(views, Some(&actor.org))?.into_iter().map(|one| one.code).collect())
}

/// Keeps a draft of the organisation's crisis plan as the next version. A later one needs a reason.
///
/// # Errors
/// `SCR-RSP-001`, `-004`, `-005`, `-018` to `-021`. Faults.
pub fn draft_plan(
    engine: &Engine,
    actor: &Actor,
    plan: &CrisisPlan,
    reason: Option<&str>,
) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let reason = reason_of(reason)?;
    let content = scr_canon::to_canonical(plan).map_err(|error| Fault::log(&error))?;
    let sha256 = scr_canon::sha256(&content);
    let decide = |views: &Connection, ctx: &Ctx<'_>| {
        if let Some(problem) = plan.problems(&in_force(views, actor)?, ctx.now).into_iter().next() {
            return Err(problem.into());
        }
        let before = read::plans(views, actor.org.as_str())?.into_iter().next();
        if before.as_ref().is_some_and(|before| before.sha256 == sha256) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::SAME).into());
        }
        if before.is_some() && reason.is_none() {
            return Err(no_reason().into());
        }
        let mut public = json!({"version": before.map_or(0, |before| before.version) + 1, "sha256": sha256});
        if let Some(reason) = &reason {
            public["reason"] = json!(reason);
        }
        let event = NewEvent::about(&k::PLAN_DRAFTED, subject(actor), public);
        let owner = format!("response-plan:{}", actor.org);
        Ok(vec![by(event.private("content", owner, content.as_slice()), actor)])
    };
    engine.record(actor, &decide)
}

/// Puts a version of the plan in force: another person than who drafted it. It must be the newest.
///
/// # Errors
/// `SCR-RSP-001`, `-010` to `-012`, `-017` to `-022`. Faults.
pub fn adopt_plan(
    engine: &Engine,
    actor: &Actor,
    number: u64,
    over: &Hash32,
) -> Result<Vec<Receipt>, ActError> {
    signs(actor)?;
    let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_PLAN);
    let newest = |views: &Connection| -> rusqlite::Result<Option<read::PlanVersion>> {
        Ok(read::plans(views, actor.org.as_str())?.into_iter().next().filter(|one| one.version == number))
    };
    let found = engine.read(newest)?.ok_or_else(absent)?;
    let content = shelf::bytes(engine, &found.sha256)?.ok_or_else(shelf::gone)?;
    let plan: CrisisPlan = serde_json::from_slice(&content).map_err(|error| Fault::log(&error))?;
    let object = if plan.public { Some(engine.objects().put(&content)?) } else { None };
    let decide = |views: &Connection, ctx: &Ctx<'_>| {
        let refuse = |kind, code| Err(Refusal::new(kind, code).into());
        let version = newest(views)?.ok_or_else(absent)?;
        if version.sha256 != *over || version.sha256 != found.sha256 {
            return refuse(RefusalKind::Conflict, codes::OTHER_BYTES);
        }
        if version.adopted.is_some() {
            return refuse(RefusalKind::Conflict, codes::IN_FORCE);
        }
        if read::maker(views, version.index)?.as_deref() == Some(actor.person.as_str()) {
            return refuse(RefusalKind::Forbidden, codes::FOUR_EYES);
        }
        // A playbook may have been withdrawn since.
        if let Some(problem) = plan.problems(&in_force(views, actor)?, ctx.now).into_iter().next() {
            return Err(problem.into());
        }
        let mut public = json!({"version": number, "sha256": version.sha256, "review": plan.review});
        if let Some(object) = &object {
            public["object"] = json!(object);
        }
        Ok(vec![by(NewEvent::about(&k::PLAN_ADOPTED, subject(actor), public), actor)])
    };
    engine.record(actor, &decide)
}
