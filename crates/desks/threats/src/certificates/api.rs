//! Certificate logs below `/api/v1/threats/certificates`.

use super::kept::{self, Hit};
use super::pages::{decided, setting};
use super::table::{self, Log};
use super::{ADMINISTRATORS, EVERY_ROLE};
use crate::pages::store_of;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, utc_text};
use scr_threats::codes;
use scr_web::api::{Body, Command, Done, Operation, act};
use scr_web::{App, Reply, Routes, Visit, run};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Hits of one answer.
const MOST: i64 = 2_000;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/threats/certificates/logs",
        "listCertificateLogs",
        "CertificateLogs",
        "Certificate logs that the server follows, how far, and what stands against them",
    ),
    Operation {
        method: "post",
        path: "/api/v1/threats/certificates/logs",
        id: "followCertificateLog",
        summary: "Follow a certificate log",
        query: &[],
        body: Some("NewCertificateLog"),
        answer: "CertificateLog",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/certificates/logs/{log}",
        id: "changeCertificateLog",
        summary: "Turn a log on or off, or decide about one that was stopped",
        query: &[],
        body: Some("CertificateLogChange"),
        answer: "CertificateLog",
    },
    Operation::get(
        "/api/v1/threats/certificates/names",
        "listCertificateNames",
        "CertificateNames",
        "Names in certificates that look like those of the caller's organisation, the newest first",
    ),
];

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/threats/certificates/logs", EVERY_ROLE, logs)
        .post("/api/v1/threats/certificates/logs", ADMINISTRATORS, add)
        .post("/api/v1/threats/certificates/logs/{log}", ADMINISTRATORS, change)
        .get("/api/v1/threats/certificates/names", EVERY_ROLE, names)
}

fn answer(status: StatusCode, value: &Value) -> Reply {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, head, value.to_string()).into_response().into()
}

fn head(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn told(app: &App, log: &Log) -> Result<Value, Fault> {
    let alarms = table::alarms(store_of(app)?, &log.id)?;
    let alarm = |one: &table::Alarm| {
        json!({
            "at": utc_text(one.at), "kind": one.kind, "words": one.words, "first": head(&one.first), "second": head(&one.second),
            "decision": Some(&one.decision).filter(|text| !text.is_empty()),
            "decided": Some(one.decided_at).filter(|at| *at > 0).map(utc_text),
            "reason": Some(&one.reason).filter(|text| !text.is_empty()),
        })
    };
    let (read, size) = log.place().unzip();
    Ok(json!({
        "log": log.id, "name": log.setting.name, "kind": log.setting.kind.as_str(), "url": log.setting.url,
        "origin": log.setting.origin, "key": log.setting.public_key, "on": log.is_on, "stopped": log.is_stopped,
        "read": read, "size": size, "checked": Some(log.checked_at).filter(|at| *at > 0).map(utc_text),
        "trouble": Some(&log.trouble).filter(|text| !text.is_empty()),
        "alarms": alarms.iter().map(alarm).collect::<Vec<_>>(),
    }))
}

async fn logs(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |_| {
        let logs = table::logs(store_of(&app)?)?;
        let all = logs.iter().map(|log| told(&app, log)).collect::<Result<Vec<_>, _>>()?;
        Ok(answer(StatusCode::OK, &json!({ "logs": all })))
    })
    .await
}

/// A log to follow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLog {
    name: String,
    kind: String,
    url: String,
    #[serde(default)]
    origin: String,
    key: String,
    /// The first entry to read; without it what is logged from now on.
    #[serde(default)]
    begin: Option<u64>,
}

impl Body for NewLog {}

fn one(app: &App, id: &str) -> Result<Value, ActError> {
    let log = table::log(store_of(app)?, id)?;
    let log = log.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_LOG))?;
    Ok(told(app, &log)?)
}

async fn add(State(app): State<Arc<App>>, Command { visit, actor, body }: Command<NewLog>) -> Reply {
    act(app, visit, move |app, _| {
        let begin = body.begin.map(|begin| begin.to_string());
        let wanted =
            setting(app, (&body.name, &body.kind, &body.url), (&body.origin, &body.key), begin.as_deref())?;
        let id = table::add(store_of(app)?, &actor, &wanted, app.clock.now())?;
        Ok(Done::Answered(answer(StatusCode::CREATED, &one(app, &id)?)))
    })
    .await
}

/// What is to become of a log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default)]
    on: Option<bool>,
    /// `go-on`, `anew` or `off`, with a reason.
    #[serde(default)]
    decision: Option<String>,
    #[serde(default)]
    reason: String,
}

impl Body for Change {}

async fn change(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<Change>,
) -> Reply {
    act(app, visit, move |app, _| {
        if let Some(decision) = &body.decision {
            decided(app, &actor, &id, (decision, &body.reason))?;
        }
        if let Some(on) = body.on {
            table::turn(store_of(app)?, &id, on)?;
        }
        Ok(Done::Answered(answer(StatusCode::OK, &one(app, &id)?)))
    })
    .await
}

fn hit(one: &Hit) -> Value {
    let found = &one.found;
    json!({
        "number": one.number, "name": found.name, "looks_like": found.looks_like, "score": found.score,
        "reasons": serde_json::from_str::<Value>(&found.reasons).unwrap_or_default(), "log": found.log, "entry": found.entry,
        "issuer": found.issuer, "not_before": utc_text(found.not_before), "not_after": utc_text(found.not_after),
        "fingerprint": found.fingerprint, "found": utc_text(one.at), "certificates": one.certificates,
    })
}

async fn names(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let org = visit.login.as_ref().map(|login| login.actor.org.clone());
        let org = org.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS))?;
        let hits = kept::hits(store_of(&app)?, org.as_str(), MOST)?;
        let (_, total, left_out) = kept::counts(store_of(&app)?, org.as_str(), i64::MAX)?;
        let all: Vec<Value> = hits.iter().map(hit).collect();
        Ok(answer(StatusCode::OK, &json!({"names": all, "total": total, "left_out": left_out})))
    })
    .await
}
