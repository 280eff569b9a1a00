//! The acts of this desk, called by pages, command line and demonstration alike. The table and the
//! public entry change in one transaction.

use crate::door::act_error;
use crate::kinds::{LINK_ISSUED, ORGANISATION_CREATED, ROLE_GRANTED, ROLE_WITHDRAWN};
use scr_access::{Access, FirstAdministrator, Grant, Invitation, Invite, Secret, codes};
use scr_core::{Actor, OrgId, PersonId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, NewEvent, Receipt};
use serde_json::json;

fn must_administer(actor: &Actor) -> Result<(), Refusal> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_ADMINISTRATOR))
    }
}

/// All roles of all organisations move on one subject: a decision about one of them sees all the
/// others, so that two administrators cannot withdraw each other at the same moment.
const ROLES: &str = "access:roles";

fn created(org: &OrgId, name: &str) -> NewEvent {
    NewEvent::about(&ORGANISATION_CREATED, format!("org:{org}"), json!({"org": org, "name": name.trim()}))
}

fn granted(person: &PersonId, grant: &Grant) -> NewEvent {
    about_role(&ROLE_GRANTED, person, grant)
}

fn about_role(kind: &'static scr_engine::KindSpec, person: &PersonId, grant: &Grant) -> NewEvent {
    let mut public = json!({"org": grant.org, "role": grant.role.as_str()});
    if let Some(place) = &grant.place {
        public["place"] = json!(place);
    }
    let event = NewEvent::about(kind, ROLES, public).also(format!("org:{}", grant.org));
    event.private("person", format!("person:{person}"), person.as_str())
}

/// A role reaches everywhere or one place; running the installation and looking on are not divided.
fn check_grant(access: &Access, grant: &Grant) -> Result<(), ActError> {
    if access.organisation(&grant.org).map_err(act_error)?.is_none() {
        return Err(Refusal::new(RefusalKind::NotFound, codes::NO_ORGANISATION).on("org").into());
    }
    let whole = matches!(grant.role, Role::Administrator | Role::Viewer);
    let fine = grant.place.as_ref().is_none_or(|place| {
        !whole && place.len() <= 200 && !place.trim().is_empty() && !place.chars().any(char::is_control)
    });
    if fine {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Invalid, codes::PLACE).on("place").with("max", 200).into())
    }
}

/// Adds an organisation. Refused with `SCR-ACC-013`, `-023`, `-029`.
pub fn create_organisation(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    id: &OrgId,
    name: &str,
) -> Result<Vec<Receipt>, ActError> {
    must_administer(actor)?;
    let statement = access.prepare_organisation(id, name).map_err(act_error)?;
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        access.prepare_organisation(id, name).map_err(act_error)?;
        Ok(vec![created(id, name)])
    };
    engine.record_with(actor, &decide, &[statement])
}

/// Invites somebody, or gives roles to somebody who is known. Refused with `SCR-ACC-012`, `-013`,
/// `-014`, `-021`, `-027`, `-029`.
pub fn invite(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    invite: &Invite,
) -> Result<(Invitation, Vec<Receipt>), ActError> {
    must_administer(actor)?;
    for grant in &invite.grants {
        check_grant(access, grant)?;
    }
    let prepared = access.prepare_invitation(invite).map_err(act_error)?;
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        let now = access.person_by_email(&invite.email).map_err(act_error)?;
        if now.is_some_and(|known| known.id != prepared.person) {
            // Somebody else has invited the same address in this moment.
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-ENG-001").into());
        }
        Ok(prepared.grants.iter().map(|grant| granted(&prepared.person, grant)).collect())
    };
    let receipts = engine.record_with(actor, &decide, &prepared.statements)?;
    Ok((prepared, receipts))
}

/// Gives a role. Refused with `SCR-ACC-014`, `-021`, `-025`, `-027`, `-029`.
pub fn grant_role(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    person: &PersonId,
    grant: &Grant,
) -> Result<Vec<Receipt>, ActError> {
    must_administer(actor)?;
    check_grant(access, grant)?;
    known(access, person)?;
    let statement = access.prepare_grant(person, grant).map_err(act_error)?;
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        access.prepare_grant(person, grant).map_err(act_error)?;
        Ok(vec![granted(person, grant)])
    };
    engine.record_with(actor, &decide, &[statement])
}

/// Withdraws a role and ends what acts by it. Refused with `SCR-ACC-019`, `-024`, `-029`.
pub fn withdraw_role(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    person: &PersonId,
    grant: &Grant,
) -> Result<Vec<Receipt>, ActError> {
    must_administer(actor)?;
    let statements = access.prepare_revocation(person, grant).map_err(act_error)?;
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        access.prepare_revocation(person, grant).map_err(act_error)?;
        Ok(vec![about_role(&ROLE_WITHDRAWN, person, grant)])
    };
    engine.record_with(actor, &decide, &statements)
}

/// A new link for somebody who lost the first or the password; earlier ones stop working. It is
/// recorded, because whoever holds it can act as that person. Refused with `SCR-ACC-025`, `-029`.
pub fn issue_link(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    person: &PersonId,
) -> Result<(Secret, Vec<Receipt>), ActError> {
    must_administer(actor)?;
    known(access, person)?;
    let (secret, statements) = access.prepare_link(person).map_err(act_error)?;
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        let event = NewEvent::about(&LINK_ISSUED, ROLES, json!({}));
        Ok(vec![event.private("person", format!("person:{person}"), person.as_str())])
    };
    Ok((secret, engine.record_with(actor, &decide, &statements)?))
}

/// The first administrator takes the installation over, with the organisation that runs it. Refused
/// with `SCR-ACC-006`, `-007`, `-008`, `-012`, `-013`.
pub fn first_administrator(
    engine: &Engine,
    access: &Access,
    link: &str,
    form: &FirstAdministrator<'_>,
    organisation: &str,
) -> Result<(Actor, Vec<Receipt>), ActError> {
    let mut statements = vec![access.prepare_organisation(form.org, organisation).map_err(|error| {
        match act_error(error) {
            ActError::Refused(refusal) if refusal.code == codes::NAME => refusal.on("organisation").into(),
            other => other,
        }
    })?];
    let (actor, more) = access.prepare_first(link, form).map_err(act_error)?;
    statements.extend(more);
    let grant = Grant::of(&actor);
    let decide = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        // Two requests with one link: the second finds it used.
        access.open_invitation(link).map_err(act_error)?;
        Ok(vec![created(form.org, organisation), granted(&actor.person, &grant)])
    };
    let receipts = engine.record_with(&actor, &decide, &statements)?;
    Ok((actor, receipts))
}

fn known(access: &Access, person: &PersonId) -> Result<(), ActError> {
    match access.person(person).map_err(act_error)? {
        Some(_) => Ok(()),
        None => Err(Refusal::new(RefusalKind::NotFound, codes::NO_PERSON).into()),
    }
}
