//! Sources below `/api/v1/threats/sources`. A login goes in and never comes out.

use super::acts::{self, Found, Wanted, Whereto};
use super::fetch::Login;
use super::source::{Kind, Polled, Source};
use crate::login::actor;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Fault, utc_text};
use scr_stix::tlp::{label, parse_label};
use scr_threats::codes;
use scr_web::api::{Body, Command, Done, Operation, act};
use scr_web::{Allow, App, Reply, Routes, Visit, run};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/threats/sources",
        "listThreatSources",
        "ThreatSources",
        "Servers of others from which the reader's organisation brings objects in, for its own people",
    ),
    Operation::get(
        "/api/v1/threats/sources/{source}",
        "getThreatSource",
        "ThreatSource",
        "One of them, with how it went",
    ),
    Operation::get(
        "/api/v1/threats/sources/{source}/offer",
        "lookAtThreatSource",
        "ThreatSourceOffer",
        "Ask the other server now what it has: its collections, or the events of its feed",
    ),
    Operation {
        method: "post",
        path: "/api/v1/threats/sources",
        id: "addThreatSource",
        summary: "Add a source; it is polled once it is told where its objects go. For managers",
        query: &[],
        body: Some("NewThreatSource"),
        answer: "ThreatSource",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/sources/{source}",
        id: "changeThreatSource",
        summary: "Say where its objects go and how often it is polled, another login, whether it is polled at all, or that it is polled now. What is not named stays. For managers",
        query: &[],
        body: Some("ThreatSourceChange"),
        answer: "ThreatSource",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/sources/{source}/remove",
        id: "removeThreatSource",
        summary: "Remove it with its login; what came from it stays. For managers",
        query: &[],
        body: Some("Nothing"),
        answer: "ThreatSources",
    },
];

/// The routes.
pub(crate) fn routes() -> Routes {
    const SHARERS: Allow = Allow::Roles(&crate::share::WRITERS);
    const MANAGERS: Allow = Allow::Roles(&[scr_core::Role::Manager]);
    Routes::new()
        .get("/api/v1/threats/sources", SHARERS, list)
        .post("/api/v1/threats/sources", MANAGERS, add)
        .get("/api/v1/threats/sources/{source}", SHARERS, show)
        .post("/api/v1/threats/sources/{source}", MANAGERS, change)
        .get("/api/v1/threats/sources/{source}/offer", MANAGERS, offer)
        .post("/api/v1/threats/sources/{source}/remove", MANAGERS, remove)
}

fn answer(status: StatusCode, value: &Value) -> Reply {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, head, value.to_string()).into_response().into()
}

fn moment(at: i64) -> Option<String> {
    (at > 0).then(|| utc_text(at))
}

fn polled(polled: &Polled) -> Value {
    let reason = |(why, one): (&String, &super::taxii::Reason)| json!({"why": why, "count": one.count, "example": one.example});
    json!({
        "taken": polled.taken, "known": polled.known, "refused": polled.refused.total(), "more": polled.more,
        "reasons": polled.refused.0.iter().map(reason).collect::<Vec<_>>(),
    })
}

fn shown(source: &Source) -> Value {
    let mut value = json!({
        "id": source.id, "kind": source.kind.as_str(), "name": source.name, "address": source.shown, "login": source.login,
        "at_least": label(source.at_least), "every_seconds": source.every, "on": source.is_on, "ready": source.is_ready(),
        "added": utc_text(source.made), "taken": source.taken, "refused": source.refused, "last": polled(&source.last),
    });
    if source.is_ready() {
        value["community"] = json!(source.community);
        value["collection"] = json!(source.collection);
    }
    let moments = [
        ("next_poll", if source.is_on { moment(source.due) } else { None }),
        ("last_poll", moment(source.polled)),
        ("failing_since", moment(source.failing_since)),
    ];
    for (name, at) in moments {
        if let Some(at) = at {
            value[name] = json!(at);
        }
    }
    if let Some(trouble) = &source.trouble {
        value["trouble"] = json!({"code": trouble.key(), "text": trouble.to_string()});
    }
    value
}

fn everything(app: &App, actor: &Actor) -> Result<Value, ActError> {
    let all = acts::all(app, actor)?;
    Ok(json!({"sources": all.iter().map(shown).collect::<Vec<_>>()}))
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| Ok(answer(StatusCode::OK, &everything(&app, actor(visit)?)?))).await
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| Ok(answer(StatusCode::OK, &shown(&acts::one(&app, actor(visit)?, &id)?)))).await
}

async fn offer(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let found = acts::look(&app, &source).map_err(|trouble| no_answer(&trouble))?;
        Ok(answer(StatusCode::OK, &offered(&found)))
    })
    .await
}

fn no_answer(trouble: &super::trouble::Trouble) -> Refusal {
    Refusal::new(RefusalKind::Conflict, codes::NO_ANSWER).on("address").with("what", trouble)
}

fn offered(found: &Found) -> Value {
    match found {
        Found::Collections(offer) => {
            let one = |one: &super::taxii::Offered| {
                json!({
                    "root": one.root, "title": one.title, "description": one.description, "can_read": one.can_read,
                    "address": one.address.whole(),
                })
            };
            json!({
                "collections": offer.collections.iter().map(one).collect::<Vec<_>>(), "elsewhere": offer.elsewhere,
                "silent": offer.silent,
            })
        }
        Found::Feed { events, newest } => {
            let newest = newest.as_ref().map(|(title, at)| json!({"title": title, "changed": utc_text(*at)}));
            json!({"events": events, "newest": newest})
        }
    }
}

/// A source to be added.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    kind: String,
    address: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: Login,
}

impl Body for New {}

async fn add(State(app): State<Arc<App>>, command: Command<New>) -> Reply {
    let Command { visit, actor, body } = command;
    act(app, visit, move |app, _| {
        let kind = Kind::parse(&body.kind)
            .ok_or_else(|| Refusal::new(RefusalKind::Invalid, codes::WRONG_SOURCE).on("kind"))?;
        let wanted = Wanted { kind, name: body.name, address: body.address, login: body.login };
        let id = acts::begin(app, &actor, &wanted)?;
        reply(app, &actor, &id, StatusCode::CREATED)
    })
    .await
}

fn reply(app: &App, actor: &Actor, id: &str, status: StatusCode) -> Result<Done, ActError> {
    let reply = answer(status, &shown(&acts::one(app, actor, id)?));
    let mut response = reply.into_response();
    let to = header::HeaderValue::from_str(&format!("/api/v1/threats/sources/{id}"));
    response.headers_mut().insert(header::LOCATION, to.map_err(|error| Fault::log(&error))?);
    Ok(Done::Answered(response.into()))
}

/// What is to be otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(rename = "to")]
    whereto: Option<To>,
    login: Option<Login>,
    on: Option<bool>,
    #[serde(default)]
    now: bool,
}

impl Body for Change {}

/// Where its objects go.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To {
    theirs: Option<String>,
    community: String,
    collection: String,
    at_least: String,
    every_seconds: i64,
}

async fn change(State(app): State<Arc<App>>, Path(id): Path<String>, command: Command<Change>) -> Reply {
    let Command { visit, actor, body } = command;
    act(app, visit, move |app, _| {
        if let Some(login) = body.login {
            acts::relogin(app, &actor, &id, login)?;
        }
        if let Some(to) = &body.whereto {
            let wrong = || Refusal::new(RefusalKind::Invalid, "SCR-API-007").on("at_least");
            let at_least = parse_label(&to.at_least).ok_or_else(wrong)?;
            let whereto = Whereto {
                theirs: to.theirs.as_deref(),
                community: &to.community,
                collection: &to.collection,
                at_least,
                every: to.every_seconds,
            };
            acts::set_up(app, &actor, &id, &whereto)?;
        }
        if let Some(on) = body.on {
            acts::switch(app, &actor, &id, on)?;
        }
        if body.now {
            acts::poll_now(app, &actor, &id)?;
        }
        reply(app, &actor, &id, StatusCode::OK)
    })
    .await
}

/// Nothing has to be said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl Body for Nothing {}

async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, command: Command<Nothing>) -> Reply {
    let Command { visit, actor, .. } = command;
    act(app, visit, move |app, _| {
        acts::remove(app, &actor, &id)?;
        Ok(Done::Answered(answer(StatusCode::OK, &everything(app, &actor)?)))
    })
    .await
}
