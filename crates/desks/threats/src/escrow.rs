//! Who stands behind a pseudonym: two custodians of the community, of different organisations, open it together, and the
//! record says that they did and why.

use crate::kinds as k;
use crate::view::communities;
use rusqlite::{Connection, OptionalExtension, params};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Ctx, Engine, NewEvent, Receipt, rusqlite};
use scr_threats::codes;
use serde_json::json;

/// A request of a custodian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number in the community, from 1.
    pub number: u64,
    /// Its entry.
    pub index: u64,
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// Whose.
    pub asked_by: String,
    /// Why.
    pub reason: String,
    /// About which pseudonym, where the reader may know.
    pub pseudonym: Option<String>,
    /// Who agreed.
    pub opened_by: Option<String>,
    /// The organisation behind it, where two have opened it and the reader is a custodian.
    pub owner: Option<String>,
}

fn refuse(kind: RefusalKind, code: &str) -> ActError {
    Refusal::new(kind, code).into()
}

/// The custodian for whom somebody acts.
fn custodian(views: &Connection, actor: &Actor, community: &str) -> Result<(), ActError> {
    let found = communities::read(views, community)?;
    let found = found.ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_COMMUNITY))?;
    if actor.role != Role::Manager || actor.place.is_some() {
        return Err(refuse(RefusalKind::Forbidden, codes::NOT_YOURS));
    }
    if found.custodians.contains(&actor.org) {
        Ok(())
    } else {
        Err(refuse(RefusalKind::Forbidden, codes::NO_CUSTODIAN))
    }
}

/// The organisation that shares under a pseudonym in a community.
pub(crate) fn owner_of(
    views: &Connection,
    community: &str,
    pseudonym: &str,
) -> rusqlite::Result<Option<String>> {
    views
        .prepare_cached(
            "SELECT o.owner FROM threats_object o JOIN threats_collection c ON c.number = o.collection
             WHERE o.pseudonym = ?1 AND c.community = ?2 LIMIT 1",
        )?
        .query_row([pseudonym, community], |row| row.get(0))
        .optional()
}

/// Asks who stands behind a pseudonym.
///
/// # Errors
/// `SCR-THR-002`, `-010`, `-020`, `-021`, and what a public text may not hold.
pub fn ask(
    engine: &Engine,
    actor: &Actor,
    community: &str,
    pseudonym: &str,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    let decide = |views: &Connection, _: &Ctx<'_>| {
        custodian(views, actor, community)?;
        if owner_of(views, community, pseudonym)?.is_none() {
            return Err(refuse(RefusalKind::NotFound, codes::NO_PSEUDONYM));
        }
        let number: i64 = views.query_row(
            "SELECT COALESCE(MAX(request), 0) + 1 FROM threats_escrow WHERE community = ?1",
            [community],
            |row| row.get(0),
        )?;
        let public = json!({"community": community, "request": number, "reason": reason});
        let event = NewEvent::about(&k::ESCROW_ASKED, format!("threats:community:{community}"), public);
        Ok(vec![event.private("pseudonym", format!("threats:escrow:{community}"), pseudonym)])
    };
    if reason.trim().is_empty() || k::ESCROW_ASKED.check(&checked(community, reason)).is_err() {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_RULES).on("reason").into());
    }
    engine.record(actor, &decide)
}

fn checked(community: &str, reason: &str) -> serde_json::Map<String, serde_json::Value> {
    let public = json!({"community": community, "request": 1, "reason": reason});
    public.as_object().cloned().unwrap_or_default()
}

/// Agrees to another custodian's request.
///
/// # Errors
/// `SCR-THR-002`, `-008`, `-010`, `-020` to `-022`.
pub fn open(engine: &Engine, actor: &Actor, community: &str, number: u64) -> Result<Vec<Receipt>, ActError> {
    let decide = |views: &Connection, _: &Ctx<'_>| {
        custodian(views, actor, community)?;
        let row: Option<(String, Option<String>)> = views
            .query_row(
                "SELECT asked_by, opened_by FROM threats_escrow WHERE community = ?1 AND request = ?2",
                params![community, number.cast_signed()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let (asked_by, opened_by) = row.ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_PSEUDONYM))?;
        if opened_by.is_some() {
            return Err(refuse(RefusalKind::Conflict, codes::DECIDED));
        }
        if asked_by == actor.org.as_str() {
            return Err(refuse(RefusalKind::Forbidden, codes::SAME_CUSTODIAN));
        }
        let public = json!({"community": community, "request": number});
        Ok(vec![NewEvent::about(&k::ESCROW_OPENED, format!("threats:community:{community}"), public)])
    };
    engine.record(actor, &decide)
}

/// The requests of a community: everybody sees that there are some and why, custodians alone about whom, and who it is once
/// two of them have opened it.
///
/// # Errors
/// When the views cannot be read.
pub fn requests(
    views: &Connection,
    community: &str,
    reader: Option<&OrgId>,
) -> rusqlite::Result<Vec<Request>> {
    let is_custodian = communities::read(views, community)?
        .zip(reader)
        .is_some_and(|(found, org)| found.custodians.contains(org));
    let mut query = views.prepare_cached(
        "SELECT request, idx, at, asked_by, reason, pseudonym, opened_by FROM threats_escrow WHERE community = ?1
         ORDER BY request DESC",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Request {
            number: row.get::<_, i64>(0)?.cast_unsigned(),
            index: row.get::<_, i64>(1)?.cast_unsigned(),
            at: row.get(2)?,
            asked_by: row.get(3)?,
            reason: row.get(4)?,
            pseudonym: row.get(5)?,
            opened_by: row.get(6)?,
            owner: None,
        })
    };
    let mut all: Vec<Request> = query.query_map([community], row)?.collect::<Result<_, _>>()?;
    for one in &mut all {
        if !is_custodian {
            one.pseudonym = None;
        } else if let Some(pseudonym) = one.pseudonym.as_deref().filter(|_| one.opened_by.is_some()) {
            one.owner = owner_of(views, community, pseudonym)?;
        }
    }
    Ok(all)
}
