//! What members do with their community. Pages, API, command line and demonstration call these.

use crate::kinds as k;
use crate::read;
use crate::view::communities;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Ctx, Engine, NewEvent, Receipt, rusqlite::Connection};
use scr_threats::{Change, Community, Founding, Step, codes};
use serde_json::{Value, json};

/// Decisions for an organisation are a manager's.
fn decides(actor: &Actor) -> Result<(), ActError> {
    if actor.role == Role::Manager && actor.place.is_none() {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into())
    }
}

fn subject(community: &str) -> String {
    format!("threats:community:{community}")
}

fn object(engine: &Engine, value: &impl serde::Serialize) -> Result<Value, ActError> {
    let bytes = scr_canon::to_canonical(value).map_err(|error| scr_engine::Fault::log(&error))?;
    Ok(json!(engine.objects().put(&bytes)?))
}

/// Whether a text can be a community's code in addresses.
fn is_code(code: &str) -> bool {
    // Some names are those of pages.
    let is_page = ["assets", "names", "new", "sources"].contains(&code);
    scr_core::ElectionId::new(code).is_ok() && code.len() <= 40 && !is_page
}

/// Founds a community, with those who are to join it.
///
/// # Errors
/// `SCR-THR-003` to `-005`, `-010`, `-011`, `-014`.
pub fn found(
    engine: &Engine,
    actor: &Actor,
    code: &str,
    founding: &Founding,
) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    if !is_code(code) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_NAME).on("code").into());
    }
    let named = object(engine, founding)?;
    let decide = |views: &Connection, ctx: &Ctx<'_>| {
        if communities::read(views, code)?.is_some() {
            return Err(Refusal::new(RefusalKind::Conflict, codes::EXISTS).on("code").into());
        }
        for collection in &founding.collections {
            if read::number(views, &collection.id)?.is_some() {
                return Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_COLLECTION).on("id").into());
            }
        }
        Community::found(&actor.org, founding.clone(), ctx.now)?;
        let public = json!({"community": code, "name": founding.name, "object": named});
        Ok(vec![NewEvent::about(&k::FOUNDED, subject(code), public)])
    };
    engine.record(actor, &decide)
}

/// Takes a step of a member: joins, proposes, says where it stands, goes.
///
/// # Errors
/// `SCR-THR-001`, `-002`, `-006` to `-010`, `-014`, `-016`, `-018`.
pub fn step(engine: &Engine, actor: &Actor, code: &str, step: &Step) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let named = match step {
        Step::Propose(change) => Some(object(engine, change)?),
        _ => None,
    };
    let decide = |views: &Connection, ctx: &Ctx<'_>| {
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_COMMUNITY);
        let before = communities::read(views, code)?.ok_or_else(absent)?;
        if let Step::Propose(Change::Collection(collection)) = step
            && before.collections.iter().all(|one| one.id != collection.id)
            && read::number(views, &collection.id)?.is_some()
        {
            return Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_COLLECTION).on("id").into());
        }
        let after = before.step(&actor.org, step.clone(), ctx.now)?;
        Ok(vec![event(code, step, named.as_ref(), after.proposals.len())])
    };
    engine.record(actor, &decide)
}

fn event(code: &str, step: &Step, named: Option<&Value>, proposals: usize) -> NewEvent {
    let about = |kind, public| NewEvent::about(kind, subject(code), public);
    match step {
        Step::Join => about(&k::JOINED, json!({"community": code})),
        Step::Leave => about(&k::LEFT, json!({"community": code})),
        Step::Propose(change) => about(
            &k::PROPOSED,
            json!({"community": code, "proposal": proposals, "what": change.as_str(), "object": named}),
        ),
        Step::Stand { proposal, is_for } => {
            let stand = if *is_for { "for" } else { "against" };
            about(&k::VOTED, json!({"community": code, "proposal": proposal, "stand": stand}))
        }
    }
}
