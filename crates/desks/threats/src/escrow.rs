//! Who stands behind a pseudonym: two custodians of the community, of different organisations, open it together, and the
//! record says that they did and why.

use crate::kinds as k;
use crate::view::communities;
use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Ctx, Engine, KindSpec, NewEvent, Receipt, rusqlite};
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
    /// What the second custodian said.
    pub answer: Option<Answer>,
    /// Who stands behind it, where two have opened it and the reader is one of the two.
    pub owners: Vec<String>,
}

/// What the second custodian said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whose word it is.
    pub by: String,
    /// Its entry.
    pub index: u64,
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// Why it refuses; nothing where it agrees.
    pub refusal: Option<String>,
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

/// The organisations that have shared under a pseudonym in a community: one, unless two chose the same before either was
/// known. Taking everything out again changes nothing here.
pub(crate) fn owners_of(
    views: &Connection,
    community: &str,
    pseudonym: &str,
) -> rusqlite::Result<Vec<String>> {
    views
        .prepare_cached(
            "SELECT DISTINCT owner FROM threats_pseudonym WHERE community = ?1 AND pseudonym = ?2 ORDER BY owner",
        )?
        .query_map([community, pseudonym], |row| row.get(0))?
        .collect()
}

/// The pseudonyms under which an organisation has shared in a community, for its own eyes.
///
/// # Errors
/// When the views cannot be read.
pub(crate) fn own_pseudonyms(
    views: &Connection,
    community: &str,
    org: &OrgId,
) -> rusqlite::Result<Vec<String>> {
    views
        .prepare_cached(
            "SELECT DISTINCT pseudonym FROM threats_pseudonym WHERE community = ?1 AND owner = ?2 ORDER BY pseudonym",
        )?
        .query_map([community, org.as_str()], |row| row.get(0))?
        .collect()
}

/// Asks who stands behind a pseudonym.
///
/// # Errors
/// `SCR-THR-002`, `-010`, `-011`, `-020`, `-021`, `-070`, and what a public text may not hold.
pub fn ask(
    engine: &Engine,
    actor: &Actor,
    community: &str,
    pseudonym: &str,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    let decide = |views: &Connection, _: &Ctx<'_>| {
        custodian(views, actor, community)?;
        if owners_of(views, community, pseudonym)?.is_empty() {
            return Err(Refusal::new(RefusalKind::NotFound, codes::NO_PSEUDONYM).on("pseudonym").into());
        }
        let is_open = views
            .prepare_cached(
                "SELECT 1 FROM threats_escrow WHERE community = ?1 AND pseudonym = ?2 AND answered_idx IS NULL",
            )?
            .exists([community, pseudonym])?;
        if is_open {
            return Err(Refusal::new(RefusalKind::Conflict, codes::ASKED).on("pseudonym").into());
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
    stated(&k::ESCROW_ASKED, community, reason)?;
    engine.record(actor, &decide)
}

/// A reason that can stand in the public record.
fn stated(kind: &KindSpec, community: &str, reason: &str) -> Result<(), ActError> {
    let public = json!({"community": community, "request": 1, "reason": reason});
    let public = public.as_object().cloned().unwrap_or_default();
    if reason.trim().is_empty() || kind.check(&public).is_err() {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_RULES).on("reason").into());
    }
    Ok(())
}

/// The pseudonym that an open request of another custodian is about; the second word is another organisation's.
fn second(
    views: &Connection,
    actor: &Actor,
    community: &str,
    number: u64,
) -> Result<Option<String>, ActError> {
    custodian(views, actor, community)?;
    let row: Option<(String, Option<String>, bool)> = views
        .query_row(
            "SELECT asked_by, pseudonym, answered_idx IS NOT NULL FROM threats_escrow WHERE community = ?1 AND request = ?2",
            params![community, number.cast_signed()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let (asked_by, pseudonym, is_over) =
        row.ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_PSEUDONYM))?;
    if is_over {
        return Err(refuse(RefusalKind::Conflict, codes::DECIDED));
    }
    if asked_by == actor.org.as_str() {
        return Err(refuse(RefusalKind::Forbidden, codes::SAME_CUSTODIAN));
    }
    Ok(pseudonym)
}

/// Agrees to another custodian's request.
///
/// # Errors
/// `SCR-THR-002`, `-008`, `-010`, `-020` to `-022`.
pub fn open(engine: &Engine, actor: &Actor, community: &str, number: u64) -> Result<Vec<Receipt>, ActError> {
    let decide = |views: &Connection, _: &Ctx<'_>| {
        second(views, actor, community, number)?;
        let public = json!({"community": community, "request": number});
        Ok(vec![NewEvent::about(&k::ESCROW_OPENED, format!("threats:community:{community}"), public)])
    };
    engine.record(actor, &decide)
}

/// Refuses another custodian's request; it is over then.
///
/// # Errors
/// `SCR-THR-002`, `-008` to `-011`, `-020` to `-022`: whoever stands behind the pseudonym has no say against opening it.
pub fn decline(
    engine: &Engine,
    actor: &Actor,
    community: &str,
    number: u64,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    let decide = |views: &Connection, _: &Ctx<'_>| {
        let pseudonym = second(views, actor, community, number)?;
        let owners = pseudonym.map(|name| owners_of(views, community, &name)).transpose()?;
        if owners.unwrap_or_default().iter().any(|owner| owner == actor.org.as_str()) {
            return Err(refuse(RefusalKind::Forbidden, codes::CONCERNED));
        }
        let public = json!({"community": community, "request": number, "reason": reason});
        Ok(vec![NewEvent::about(&k::ESCROW_REFUSED, format!("threats:community:{community}"), public)])
    };
    stated(&k::ESCROW_REFUSED, community, reason)?;
    engine.record(actor, &decide)
}

/// The requests of a community, the newest first: everybody sees that there are some and why; custodians alone about whom;
/// and who it is the two of them who have opened it.
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
        "SELECT request, idx, at, asked_by, reason, pseudonym, COALESCE(opened_by, refused_by), answered_idx, answered_at, refusal
         FROM threats_escrow WHERE community = ?1 ORDER BY request DESC",
    )?;
    let mut all: Vec<Request> = query.query_map([community], request)?.collect::<Result<_, _>>()?;
    for one in &mut all {
        if !is_custodian {
            one.pseudonym = None;
            continue;
        }
        let opened = one.answer.as_ref().filter(|answer| answer.refusal.is_none());
        let is_one_of_two = opened
            .zip(reader)
            .is_some_and(|(answer, org)| [answer.by.as_str(), one.asked_by.as_str()].contains(&org.as_str()));
        if let Some(pseudonym) = one.pseudonym.as_deref().filter(|_| is_one_of_two) {
            one.owners = owners_of(views, community, pseudonym)?;
        }
    }
    Ok(all)
}

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    let by: Option<String> = row.get(6)?;
    let answer = match by {
        None => None,
        Some(by) => Some(Answer {
            by,
            index: row.get::<_, i64>(7)?.cast_unsigned(),
            at: row.get(8)?,
            refusal: row.get(9)?,
        }),
    };
    Ok(Request {
        number: row.get::<_, i64>(0)?.cast_unsigned(),
        index: row.get::<_, i64>(1)?.cast_unsigned(),
        at: row.get(2)?,
        asked_by: row.get(3)?,
        reason: row.get(4)?,
        pseudonym: row.get(5)?,
        answer,
        owners: Vec::new(),
    })
}
