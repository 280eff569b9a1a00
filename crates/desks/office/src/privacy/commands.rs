//! Asking for an erasure, approving it, and legal holds: called by pages and tests alike.
//!
//! All holds and erasures move on one subject of the record, so a decision about one of them sees all the
//! others: a hold that is placed while somebody approves is never too late by a moment.

use super::kinds::{HOLD_PLACED, HOLD_RELEASED};
use super::view::{self, Hold};
use crate::door::act_error;
use rusqlite::Connection;
use scr_access::{
    Access, KeptSignOff, Need, NewSignOff, Position, SignOff, SignOffRule, SignOffState, codes,
};
use scr_canon::Hash32;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Ctx, Engine, MAX_ERASED, NewEvent, PAYLOAD_ERASED, PrivateField, Receipt};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The kind under which access keeps requests.
pub(crate) const KIND: &str = "privacy.erasure";
/// The subject that holds and erasures are counted on.
const REGISTER: &str = "privacy:register";
/// The scope of a hold that covers all private content.
pub(crate) const EVERYTHING: &str = "*";
/// Legal bases of an erasure.
pub const BASES: &[&str] =
    &["not-needed", "consent-withdrawn", "objection", "unlawful", "legal-duty", "court-order"];
/// Reasons for a hold.
pub const HOLD_BASES: &[&str] = &["complaint", "recount", "investigation", "court-order"];
/// Payloads of one request.
const MAX_PAYLOADS: usize = 50_000;
const MAX_REASON: usize = 2_000;

/// Nothing private stands under this.
pub(crate) const NOTHING: &str = "SCR-VLT-001";
/// A legal hold covers it.
pub(crate) const HELD: &str = "SCR-VLT-002";
/// More payloads than one request may have.
pub(crate) const TOO_MANY: &str = "SCR-VLT-003";
/// The legal basis is none of the list.
pub(crate) const NO_BASIS: &str = "SCR-VLT-004";
/// The explanation is missing or too long.
pub(crate) const NO_REASON: &str = "SCR-VLT-005";
/// No such request or hold.
pub(crate) const ABSENT: &str = "SCR-VLT-006";
/// The hold was released before.
pub(crate) const RELEASED: &str = "SCR-VLT-007";
/// Another role does this.
pub(crate) const NOT_YOURS: &str = "SCR-VLT-008";
/// No position was chosen.
pub(crate) const NO_STAND: &str = "SCR-VLT-009";

/// What somebody asks to be erased.
#[derive(Debug, Clone)]
pub struct NewErasure<'a> {
    /// One entry (`#12`), or a subject that owns private content (`person:…`).
    pub scope: &'a str,
    /// One of [`BASES`].
    pub basis: &'a str,
    /// The grounds in words; they stay private.
    pub reason: &'a str,
}

fn must_be(actor: &Actor, roles: &[Role]) -> Result<(), Refusal> {
    if !roles.contains(&actor.role) {
        return Err(Refusal::new(RefusalKind::Forbidden, NOT_YOURS));
    }
    // Private content belongs to no place.
    scr_access::place_covers(actor, &[])
}

fn check_words(basis: &str, bases: &[&str], reason: &str) -> Result<(), Refusal> {
    if !bases.contains(&basis) {
        return Err(Refusal::new(RefusalKind::Invalid, NO_BASIS).on("basis"));
    }
    check_reason(reason)
}

fn check_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() || reason.len() > MAX_REASON {
        return Err(Refusal::new(RefusalKind::Invalid, NO_REASON).on("reason").with("max", MAX_REASON));
    }
    Ok(())
}

fn check_count(payloads: usize) -> Result<(), Refusal> {
    if payloads > MAX_PAYLOADS {
        return Err(Refusal::new(RefusalKind::TooLarge, TOO_MANY).with("max", MAX_PAYLOADS));
    }
    Ok(())
}

/// The private fields of a scope, erased ones too where it is one entry. Refused with `SCR-VLT-001`.
pub(crate) fn fields_of(engine: &Engine, scope: &str) -> Result<Vec<PrivateField>, ActError> {
    let entry = scope.strip_prefix('#').unwrap_or(scope).parse::<u64>();
    let fields = match entry {
        Ok(entry) => engine.private_fields(entry)?,
        Err(_) => engine.private_fields_of(scope, MAX_PAYLOADS + 1)?,
    };
    if fields.is_empty() {
        return Err(Refusal::new(RefusalKind::NotFound, NOTHING).on("q").into());
    }
    Ok(fields)
}

/// A scope as it is written down.
fn normal(scope: &str) -> String {
    match scope.strip_prefix('#').unwrap_or(scope).parse::<u64>() {
        Ok(entry) => format!("#{entry}"),
        Err(_) => scope.to_owned(),
    }
}

/// The subjects that own these fields.
fn owners(engine: &Engine, scope: &str, fields: &[PrivateField]) -> Result<BTreeSet<String>, ActError> {
    if !scope.starts_with('#') {
        return Ok(BTreeSet::from([scope.to_owned()]));
    }
    let mut owners = BTreeSet::new();
    for field in fields {
        owners.extend(engine.owner_of(&field.payload)?);
    }
    Ok(owners)
}

/// The holds that cover any of the entries or owners.
pub(crate) fn covering(holds: Vec<Hold>, entries: &BTreeSet<u64>, owners: &BTreeSet<String>) -> Vec<Hold> {
    let covers = |hold: &Hold| {
        let scope = hold.scope.as_str();
        let entry = scope.strip_prefix('#').and_then(|text| text.parse().ok());
        // What a hold covers may itself not be erased while it is in force; if it is gone all the same,
        // the hold covers everything rather than nothing.
        scope.is_empty()
            || scope == EVERYTHING
            || entry.is_some_and(|entry: u64| entries.contains(&entry))
            || owners.contains(scope)
            || owners.contains(&format!("hold:{}", hold.id))
    };
    holds.into_iter().filter(covers).collect()
}

fn must_not_be_held(
    views: &Connection,
    entries: &BTreeSet<u64>,
    owners: &BTreeSet<String>,
) -> Result<(), ActError> {
    let covering = covering(view::holds(views)?, entries, owners);
    match covering.first() {
        None => Ok(()),
        Some(hold) => Err(Refusal::new(RefusalKind::Conflict, HELD).with("index", hold.index).into()),
    }
}

/// The holds in force that cover a scope.
pub(crate) fn holds_on(engine: &Engine, scope: &str, fields: &[PrivateField]) -> Result<Vec<Hold>, ActError> {
    let owners = owners(engine, &normal(scope), fields)?;
    let entries = fields.iter().map(|field| field.entry).collect();
    Ok(covering(engine.read(view::holds)?, &entries, &owners))
}

/// Asks for an erasure: it is done when two others have approved. Gives the id of the request. Refused
/// with `SCR-VLT-001` to `-005` and `-008`, `SCR-ACC-003`.
pub fn ask_erasure(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    new: &NewErasure<'_>,
) -> Result<String, ActError> {
    must_be(actor, &[Role::Administrator, Role::Manager])?;
    check_words(new.basis, BASES, new.reason)?;
    let mut fields = fields_of(engine, new.scope)?;
    fields.retain(|field| field.erased.is_none());
    if fields.is_empty() {
        return Err(Refusal::new(RefusalKind::NotFound, NOTHING).into());
    }
    check_count(fields.len())?;
    let scope = normal(new.scope);
    let owners = owners(engine, &scope, &fields)?;
    let entries: BTreeSet<u64> = fields.iter().map(|field| field.entry).collect();
    engine.read(|views| Ok(must_not_be_held(views, &entries, &owners)))??;
    let payloads: Vec<Value> =
        fields.iter().map(|field| json!({"entry": field.entry, "field": field.field})).collect();
    let content = json!({"scope": scope, "owners": owners, "basis": new.basis, "reason": new.reason.trim(),
        "payloads": payloads});
    let approvers = vec![Role::Administrator, Role::Manager, Role::Supervisor];
    let rule = SignOffRule {
        needs: vec![Need { roles: approvers, count: 2 }],
        named: BTreeSet::new(),
        excluded: BTreeSet::from([actor.person.clone()]),
        dissent_blocks: true,
    };
    let new = NewSignOff { kind: KIND, content: &content, rule: &rule, opened_by: actor };
    let (id, statement) = access.prepare_sign_off(&new).map_err(act_error)?;
    access.apply(&[statement]).map_err(act_error)?;
    Ok(id)
}

/// One request. Refused with `SCR-VLT-006`.
pub(crate) fn request(access: &Access, id: &str) -> Result<KeptSignOff, ActError> {
    let kept = access.kept_sign_off(KIND, id).map_err(act_error)?;
    Ok(kept.ok_or_else(|| Refusal::new(RefusalKind::NotFound, ABSENT))?)
}

/// Takes a stand on a request, over the content whose hash the person saw. The last approval that is
/// needed erases, in the same act. Refused with `SCR-ACC-003`, `-030` to `-034`, `SCR-VLT-002`, `-006`,
/// `-008`.
pub fn take_stand(
    engine: &Engine,
    access: &Access,
    actor: &Actor,
    id: &str,
    position: Position,
    over: Hash32,
) -> Result<(SignOffState, Vec<Receipt>), ActError> {
    must_be(actor, &[Role::Administrator, Role::Manager, Role::Supervisor])?;
    let kept = request(access, id)?;
    let (after, stand) = access.prepare_stand(&kept, actor, position, over).map_err(act_error)?;
    let state = after.state();
    if state == SignOffState::Complete {
        let statements = [stand, access.prepare_end(id, "erased")];
        let decide = |views: &Connection, _: &Ctx<'_>| {
            if request(access, id)?.sign_off != kept.sign_off {
                // Somebody else has taken a stand in this moment, or it was withdrawn.
                return Err(Refusal::new(RefusalKind::Conflict, codes::CLOSED).into());
            }
            erasing(views, id, &kept.content, &after)
        };
        return Ok((state, engine.record_with(actor, &decide, &statements)?));
    }
    let mut statements = vec![stand];
    if state == SignOffState::Blocked {
        statements.push(access.prepare_end(id, "blocked"));
    }
    let applied = access.apply(&statements).map_err(act_error);
    if applied.is_err() && request(access, id)?.sign_off != kept.sign_off {
        return Err(Refusal::new(RefusalKind::Conflict, codes::OTHER_BYTES).into());
    }
    applied?;
    Ok((state, Vec::new()))
}

/// The events of an erasure that is approved: as many as its payloads need.
fn erasing(
    views: &Connection,
    id: &str,
    content: &Value,
    sign_off: &SignOff,
) -> Result<Vec<NewEvent>, ActError> {
    let list = |name: &str| content[name].as_array().cloned().unwrap_or_default();
    let owners = list("owners").iter().filter_map(|one| one.as_str().map(str::to_owned)).collect();
    let payloads = still_there(views, list("payloads"))?;
    let entries = payloads.iter().filter_map(|one| one["entry"].as_u64()).collect();
    must_not_be_held(views, &entries, &owners)?;
    let signed = sign_off.stands().iter().filter(|stand| stand.position == Position::Signs);
    let approvers: Vec<Value> =
        signed.map(|stand| json!({"role": stand.actor.role.as_str(), "org": stand.actor.org})).collect();
    let mut events: Vec<NewEvent> = Vec::new();
    for chunk in payloads.chunks(MAX_ERASED) {
        let public = json!({"basis": content["basis"], "payloads": chunk, "approvers": approvers});
        let event = NewEvent::about(&PAYLOAD_ERASED, REGISTER, public);
        events.push(if events.is_empty() {
            let owner = format!("erasure:{id}");
            let text = |name: &str| content[name].as_str().unwrap_or_default().to_owned();
            event.private("scope", owner.as_str(), text("scope")).private("reason", owner, text("reason"))
        } else {
            event
        });
    }
    if events.is_empty() {
        return Err(Refusal::new(RefusalKind::NotFound, NOTHING).into());
    }
    Ok(events)
}

/// Those that no other erasure has taken meanwhile.
fn still_there(views: &Connection, payloads: Vec<Value>) -> rusqlite::Result<Vec<Value>> {
    let mut query = views
        .prepare_cached("SELECT 1 FROM engine_private WHERE idx = ?1 AND field = ?2 AND erased IS NULL")?;
    let mut left = Vec::with_capacity(payloads.len());
    for one in payloads {
        let entry = one["entry"].as_u64().unwrap_or(u64::MAX).cast_signed();
        if query.exists(rusqlite::params![entry, one["field"].as_str().unwrap_or_default()])? {
            left.push(one);
        }
    }
    Ok(left)
}

/// Takes a request back, by whoever made it. Refused with `SCR-VLT-006`, `-008`, `SCR-ACC-034`.
pub fn withdraw_request(access: &Access, actor: &Actor, id: &str) -> Result<(), ActError> {
    let kept = request(access, id)?;
    if kept.opened_by.person != actor.person {
        return Err(Refusal::new(RefusalKind::Forbidden, NOT_YOURS).into());
    }
    if kept.ended.is_some() {
        return Err(Refusal::new(RefusalKind::Conflict, codes::CLOSED).into());
    }
    access.apply(&[access.prepare_end(id, "withdrawn")]).map_err(act_error)
}

/// Places a hold on one entry (`#12`), on a subject that owns private content, or on everything (`*`).
/// Refused with `SCR-VLT-001`, `-004`, `-005`, `-008`, `SCR-ACC-003`.
pub fn place_hold(
    engine: &Engine,
    actor: &Actor,
    scope: &str,
    basis: &str,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Administrator, Role::Manager])?;
    check_words(basis, HOLD_BASES, reason)?;
    if scope != EVERYTHING {
        fields_of(engine, scope)?;
    }
    engine.record(actor, &|_, ctx| {
        let hold = ctx.new_id();
        let owner = format!("hold:{hold}");
        let event = NewEvent::about(&HOLD_PLACED, REGISTER, json!({"hold": hold, "basis": basis}));
        let event = event.private("scope", owner.as_str(), normal(scope));
        Ok(vec![event.private("reason", owner, reason.trim())])
    })
}

/// Releases a hold. Refused with `SCR-VLT-005` to `-008`, `SCR-ACC-003`.
pub fn release_hold(
    engine: &Engine,
    actor: &Actor,
    hold: &str,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Administrator, Role::Manager])?;
    check_reason(reason)?;
    engine.record(actor, &|views, _| {
        let found = view::hold(views, hold)?.ok_or_else(|| Refusal::new(RefusalKind::NotFound, ABSENT))?;
        if found.released.is_some() {
            return Err(Refusal::new(RefusalKind::Conflict, RELEASED).into());
        }
        let event = NewEvent::about(&HOLD_RELEASED, REGISTER, json!({"hold": hold}));
        Ok(vec![event.private("reason", format!("hold:{hold}"), reason.trim())])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_request_has_a_limit() {
        assert!(check_count(50_000).is_ok());
        assert_eq!(check_count(50_001).unwrap_err().code, "SCR-VLT-003");
    }
}
