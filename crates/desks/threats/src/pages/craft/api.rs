//! Copies, days of publication and requests about pseudonyms, for programs. To ask for a pseudonym and to open it is to sign:
//! that is done on the pages alone.

use super::copy::{may_copy, source_of, writable};
use super::days::{may_have_day, rows};
use crate::craft::{Copying, Ids, make, share_copy};
use crate::escrow;
use crate::exchange::{Exchange, schedule_publication};
use crate::pages::object::{Found, Named, find};
use crate::pages::place::{Place, own, readable};
use crate::share::Status;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{Actor, OrgId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_stix::tlp::{label as tlp_label, parse_label};
use scr_stix::{Object, Selector};
use scr_threats::{Collection, ObjectKey, codes};
use scr_web::api::{Body, Command, Done, act};
use scr_web::{App, Reply, Visit, run};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::sync::Arc;

/// Properties that one copy leaves out.
const MOST: usize = 1_000;

fn wrong(field: &str) -> ActError {
    Refusal::new(RefusalKind::Invalid, "SCR-API-007").on(field).into()
}

fn answer(status: StatusCode, value: &impl Serialize) -> Result<Reply, ActError> {
    let text = serde_json::to_string(value).map_err(|error| Fault::log(&error))?;
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((status, head, text).into_response().into())
}

fn found(
    app: &App,
    visit: &Visit,
    place: &Place,
    id: &str,
    collection: Option<&str>,
) -> Result<Found, ActError> {
    let all = app.engine.read(|views| readable(views, &place.seen))?;
    find(app, visit, (&all, &place.seen.standing), Named { id, collection, version: None })
}

/// What is to be copied, and how.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCopy {
    /// Where the original is.
    #[serde(default)]
    collection: Option<String>,
    /// Selectors of STIX.
    leave_out: Vec<String>,
    label: String,
    /// Where the copy goes.
    into: String,
    #[serde(default)]
    audience: Option<Vec<OrgId>>,
    #[serde(default)]
    disclose: bool,
    /// That somebody has looked at what may be a trace.
    #[serde(default)]
    looked: bool,
}

impl Body for NewCopy {}

/// A copy as it went out.
#[derive(Serialize)]
struct CopyMade {
    status: Status,
    copy: Box<RawValue>,
    relationship: Box<RawValue>,
    replaced: Vec<String>,
    references: Vec<String>,
}

fn raw(object: &Object) -> Result<Box<RawValue>, ActError> {
    RawValue::from_string(object.raw().to_owned()).map_err(|error| Fault::log(&error).into())
}

fn copying<'a>(
    app: &App,
    visit: &Visit,
    collection: &'a Collection,
    body: &NewCopy,
) -> Result<Copying<'a>, ActError> {
    let drop: Vec<Selector> = body
        .leave_out
        .iter()
        .map(|text| Selector::parse(text).map_err(|_| wrong("leave_out")))
        .collect::<Result<_, _>>()?;
    if drop.is_empty() || drop.len() > MOST {
        return Err(wrong("leave_out"));
    }
    Ok(Copying {
        drop,
        tlp: parse_label(&body.label).ok_or_else(|| wrong("label"))?,
        collection,
        audience: body.audience.clone(),
        discloses: body.disclose,
        ids: Ids::random(app),
        placeholder: visit.t("craft-placeholder"),
    })
}

fn made(
    app: &App,
    visit: &Visit,
    actor: &Actor,
    (code, id, body): (&str, &str, &NewCopy),
) -> Result<CopyMade, ActError> {
    let place = own(app, visit, code)?;
    let found = found(app, visit, &place, id, body.collection.as_deref())?;
    let source = source_of(&place.org, place.community().rules.unmarked, &found)?;
    if !may_copy(&source) {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::TOO_WIDE).into());
    }
    let all = place.writable();
    let collection = writable(&all, &body.into)
        .ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_COLLECTION).on("into"))?;
    let copying = copying(app, visit, collection, body)?;
    let copied = make(app, &place.seen, &place.org, (&source, &copying))?;
    if let Some(refusal) = copied.refusal(body.looked) {
        return Err(refusal.into());
    }
    let sent = share_copy(app, actor, &place.seen, (&source, &copying, &copied))?;
    if let Some(last) = sent.receipts.last() {
        app.engine.wait_for(last.index + 1, std::time::Duration::from_secs(10));
    }
    Ok(CopyMade {
        status: sent.status,
        copy: raw(&copied.redacted.copy)?,
        relationship: raw(&copied.redacted.relationship)?,
        replaced: copied.redacted.replaced.iter().map(ToString::to_string).collect(),
        references: copied.redacted.references.iter().map(|one| one.path.to_string()).collect(),
    })
}

/// Makes a copy, and shares it.
pub(crate) async fn copy(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    Command { visit, actor, body }: Command<NewCopy>,
) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let made = made(app, visit, &actor, (&code, &id, &body))?;
        Ok(Done::Answered(answer(StatusCode::CREATED, &made)?))
    })
    .await
}

/// A day, or that there is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDay {
    #[serde(default)]
    collection: Option<String>,
    /// `2026-12-01`, which begins in the installation's time zone; nothing lifts it.
    day: Option<String>,
}

impl Body for NewDay {}

/// Sets, changes or lifts the day on which an own object becomes public.
pub(crate) async fn day(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    Command { visit, actor, body }: Command<NewDay>,
) -> Reply {
    act(app, visit, move |app, visit| {
        let place = own(app, visit, &code)?;
        let found = found(app, visit, &place, &id, body.collection.as_deref())?;
        if found.entry.owner != place.org.as_str() {
            return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
        }
        if !may_have_day(&place, &found) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::NO_DAY).into());
        }
        let at = match &body.day {
            None => None,
            Some(day) => Some(visit.zone.begin_of(day).ok_or_else(|| wrong("day"))?),
        };
        let key = ObjectKey { id: id.clone(), version: found.entry.version };
        schedule_publication(&Exchange::of(app), &actor, &found.collection.id, key, at)?;
        let value = json!({"id": id, "collection": found.collection.id, "due": at.map(scr_engine::utc_text), "waits": true});
        Ok(Done::Answered(answer(StatusCode::CREATED, &value)?))
    })
    .await
}

/// What the reader's own organisation lets become public, and when.
pub(crate) async fn days(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let one = |row: super::days::Row| {
            json!({
                "id": row.id, "title": row.title, "collection": row.collection, "label": tlp_label(row.label),
                "due": scr_engine::utc_text(row.due), "waits": row.waits,
            })
        };
        let all: Vec<Value> = rows(&app, visit, &place)?.into_iter().map(one).collect();
        answer(StatusCode::OK, &json!({"publications": all}))
    })
    .await
}

/// Requests about pseudonyms, as far as every member may know of them.
pub(crate) async fn pseudonyms(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let all = app.engine.read(|views| escrow::requests(views, &code, None))?;
        let one = |request: escrow::Request| {
            let answer = request.answer.map(|answer| {
                json!({
                    "by": answer.by, "at": scr_engine::utc_text(answer.at), "entry": answer.index,
                    "agrees": answer.refusal.is_none(), "reason": answer.refusal,
                })
            });
            json!({
                "number": request.number, "asked_by": request.asked_by, "reason": request.reason,
                "at": scr_engine::utc_text(request.at), "entry": request.index, "answer": answer,
            })
        };
        let all: Vec<Value> = all.into_iter().map(one).collect();
        answer(StatusCode::OK, &json!({"custodians": place.community().custodians, "requests": all}))
    })
    .await
}
