//! The exchange below `/api/v1/threats`: what pages show, and sharing. To found a community, to propose and to say where one
//! stands is to sign, and a program never signs: these are done on the pages.

use crate::certificates;
use crate::label;
use crate::pages::{self, Named};
use crate::read::{self, Seen};
use crate::select::{Entry, Filter, content, newest};
use crate::share::{Sharing, Status};
use crate::taxii::moment;
use crate::vocabulary::warn;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault, rusqlite};
use scr_stix::tlp::{label as tlp_label, parse_label};
use scr_stix::{Limits, Object};
use scr_threats::{Collection, codes};
use scr_web::api::{Body, Command, Done, Operation, act};
use scr_web::{Allow, App, Reply, Routes, Visit, in_address, run};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::sync::Arc;

/// Objects of one answer.
const PAGE: usize = 100;
/// Objects of one request.
const MAX_OBJECTS: usize = 5_000;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/threats",
        "listCommunities",
        "ThreatCommunities",
        "Communities that share threat information, with their members",
    ),
    Operation::get(
        "/api/v1/threats/{community}",
        "getCommunity",
        "ThreatCommunity",
        "One community: rules, members, collections, proposals",
    ),
    Operation {
        method: "get",
        path: "/api/v1/threats/{community}/objects",
        id: "listThreatObjects",
        summary: "What the reader may see, the newest first: for members by their token, for everybody else what is CLEAR in public collections",
        query: &[
            ("collection", "Only this collection, by id or short name"),
            ("type", "Only this type of STIX objects"),
            ("label", "Only this label, such as TLP:GREEN"),
            ("shared_by", "Only what this organisation shares under its own name"),
            ("q", "Only titles with this in them"),
            ("cursor", "Goes on after an earlier answer: its `next`"),
        ],
        body: None,
        answer: "ThreatObjects",
    },
    Operation {
        method: "get",
        path: "/api/v1/threats/{community}/objects/{object}",
        id: "getThreatObject",
        summary: "One object, as it came, with what is known about it",
        query: &[("collection", "In this collection"), ("version", "This version; otherwise the last")],
        body: None,
        answer: "ThreatObject",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/{community}/objects",
        id: "shareThreatObjects",
        summary: "Share objects of STIX 2.1; the answer is the status, which can be asked for again",
        query: &[],
        body: Some("NewThreatObjects"),
        answer: "SharingStatus",
    },
    Operation::get(
        "/api/v1/threats/{community}/status/{status}",
        "getSharingStatus",
        "SharingStatus",
        "What became of a request to share, for whoever sent it",
    ),
    Operation {
        method: "post",
        path: "/api/v1/threats/{community}/objects/{object}/copy",
        id: "copyThreatObject",
        summary: "Share a copy of an object without some of it, under a new id; refused where what is left out shows in the copy",
        query: &[],
        body: Some("NewThreatCopy"),
        answer: "ThreatCopy",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/{community}/objects/{object}/day",
        id: "setPublicationDay",
        summary: "Set, change or lift the day on which an own object becomes public; it is recorded with the next batch",
        query: &[],
        body: Some("NewPublicationDay"),
        answer: "PublicationDay",
    },
    Operation::get(
        "/api/v1/threats/{community}/days",
        "listPublicationDays",
        "PublicationDays",
        "What the reader's own organisation lets become public, and when",
    ),
    Operation::get(
        "/api/v1/threats/{community}/pseudonyms",
        "listPseudonymRequests",
        "PseudonymRequests",
        "Requests of custodians about pseudonyms: who asked, why, and what the second custodian said",
    ),
    certificates::OPERATIONS[0],
    certificates::OPERATIONS[1],
    certificates::OPERATIONS[2],
    certificates::OPERATIONS[3],
];

/// The routes.
pub(crate) fn routes() -> Routes {
    const SHARERS: Allow = Allow::Roles(&crate::share::WRITERS);
    const EVERY_ROLE: Allow = Allow::Roles(&scr_core::Role::ALL);
    Routes::new()
        .get("/api/v1/threats", Allow::Anybody, communities)
        .get("/api/v1/threats/{community}", Allow::Anybody, community)
        .get("/api/v1/threats/{community}/objects", Allow::Anybody, objects)
        .post("/api/v1/threats/{community}/objects", SHARERS, share)
        .get("/api/v1/threats/{community}/objects/{object}", Allow::Anybody, object)
        .get("/api/v1/threats/{community}/status/{status}", SHARERS, status)
        .post("/api/v1/threats/{community}/objects/{object}/copy", SHARERS, pages::api_copy)
        .post("/api/v1/threats/{community}/objects/{object}/day", SHARERS, pages::api_day)
        .get("/api/v1/threats/{community}/days", EVERY_ROLE, pages::api_days)
        .get("/api/v1/threats/{community}/pseudonyms", EVERY_ROLE, pages::api_pseudonyms)
}

/// An answer that is the reader's own: nobody on the way keeps it.
fn answer(status: StatusCode, value: &impl Serialize) -> Result<Reply, ActError> {
    let text = serde_json::to_string(value).map_err(|error| Fault::log(&error))?;
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((status, head, text).into_response().into())
}

/// The organisation for which somebody reads.
fn reader(visit: &Visit) -> Option<OrgId> {
    visit.login.as_ref().map(|login| login.actor.org.clone())
}

/// A community as the reader stands to it.
fn seen(app: &App, visit: &Visit, code: &str) -> Result<Seen, ActError> {
    let found = app.engine.read(|views| pages::standing(views, code, reader(visit).as_ref()))?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_COMMUNITY).into())
}

fn described(seen: &Seen) -> Value {
    let community = &seen.community;
    let member = |(org, member): (&OrgId, &scr_threats::Member)| json!({"organisation": org, "sector": member.sector, "since": member.since.map(scr_engine::utc_text)});
    let collection = |one: &&Collection| {
        json!({
            "id": one.id, "alias": one.alias, "title": one.title, "description": one.description,
            "may_read": seen.may_read(one), "may_write": seen.may_write(one), "public": one.is_public,
            "closed": one.is_closed,
        })
    };
    json!({
        "community": seen.code, "name": community.name, "active": community.is_active(),
        "members": community.members.iter().map(member).collect::<Vec<_>>(),
        "collections": seen.collections().iter().map(collection).collect::<Vec<_>>(),
    })
}

async fn communities(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let all = app.engine.read(|views| {
            let org = reader(visit);
            let one = |code: String| pages::standing(views, &code, org.as_ref());
            read::codes(views)?.into_iter().map(one).collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let all: Vec<Value> = all.iter().flatten().map(described).collect();
        answer(StatusCode::OK, &json!({"communities": all}))
    })
    .await
}

async fn community(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let seen = seen(&app, visit, &code)?;
        let community = &seen.community;
        let proposal = |(number, one): (usize, &scr_threats::Proposal)| {
            json!({
                "number": number, "by": one.by, "change": one.change, "proposed": scr_engine::utc_text(one.at),
                "stands": one.stands, "needed": community.needed(&one.change),
                "outcome": one.outcome.map(|(outcome, _)| outcome),
            })
        };
        let mut value = described(&seen);
        value["rules"] = json!(community.rules);
        value["custodians"] = json!(community.custodians);
        value["proposals"] = (1..).zip(&community.proposals).map(proposal).collect();
        answer(StatusCode::OK, &value)
    })
    .await
}

/// An object with what is known about it.
#[derive(Serialize)]
struct Shown {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    title: Option<String>,
    collection: String,
    label: &'static str,
    shared_by: String,
    pseudonym: bool,
    added: String,
    entry: u64,
    /// Byte for byte as it came.
    object: Box<RawValue>,
}

fn shown(entry: &Entry, collection: &str, text: String) -> Result<Shown, Fault> {
    Ok(Shown {
        id: entry.id.clone(),
        kind: entry.kind.clone(),
        title: entry.title.clone(),
        collection: collection.to_owned(),
        label: tlp_label(label::parse(&entry.tlp).unwrap_or(scr_core::Tlp::Red)),
        shared_by: entry.by().to_owned(),
        pseudonym: entry.pseudonym.is_some(),
        added: moment(entry.added),
        entry: entry.index,
        object: RawValue::from_string(text).map_err(|error| Fault::log(&error))?,
    })
}

/// A page of them.
#[derive(Serialize)]
struct List {
    objects: Vec<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

async fn objects(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let seen = seen(&app, visit, &code)?;
        let get = |name: &str| visit.query.get(name);
        let wrong = |name: &str| Refusal::new(RefusalKind::Invalid, "SCR-API-007").on(name);
        let tlp = match get("label") {
            None => None,
            Some(text) => Some(parse_label(text).ok_or_else(|| wrong("label"))?),
        };
        let before = match get("cursor") {
            None => None,
            Some(text) => Some(text.parse::<i64>().map_err(|_| wrong("cursor"))?),
        };
        let filter = Filter {
            kind: get("type").map(str::to_owned),
            tlp: tlp.map(|tlp| label::name(tlp).to_owned()),
            owner: get("shared_by").map(str::to_owned),
            text: get("q").map(str::to_owned),
            before,
            ..Filter::default()
        };
        let chosen = |one: &Collection| {
            get("collection").is_none_or(|name| one.id == name || one.alias.as_deref() == Some(name))
        };
        let found = app.engine.read(|views| {
            let readable = pages::readable(views, &seen)?;
            let numbers: Vec<i64> =
                readable.iter().filter(|(one, _)| chosen(one)).map(|(_, number)| *number).collect();
            let mut entries = newest(views, &numbers, &seen.standing, &filter, PAGE + 1)?;
            let next = (entries.len() > PAGE).then(|| entries[PAGE - 1].added);
            entries.retain(|one| next.is_none_or(|edge| one.added >= edge));
            let texts =
                entries.iter().map(|one| content(views, one.seq)).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((readable, entries, texts, next))
        })?;
        let (readable, entries, texts, next) = found;
        let id = |entry: &Entry| {
            readable.iter().find(|(_, number)| *number == entry.collection).map(|(one, _)| one.id.as_str())
        };
        let list =
            entries.iter().zip(texts).map(|(entry, text)| shown(entry, id(entry).unwrap_or_default(), text));
        let list: Vec<Shown> = list.collect::<Result<_, Fault>>()?;
        answer(StatusCode::OK, &List { objects: list, next: next.map(|edge| edge.to_string()) })
    })
    .await
}

async fn object(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let seen = seen(&app, visit, &code)?;
        let readable = app.engine.read(|views| pages::readable(views, &seen))?;
        let get = |name: &str| visit.query.get(name);
        let named = Named { id: &id, collection: get("collection"), version: get("version") };
        let found = pages::find(&app, visit, (&readable, &seen.standing), named)?;
        answer(StatusCode::OK, &shown(&found.entry, &found.collection.id, found.content)?)
    })
    .await
}

/// What is to be shared.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewObjects {
    collection: String,
    /// The label of what has none.
    #[serde(default)]
    label: Option<String>,
    /// For whom AMBER and RED are meant.
    #[serde(default)]
    audience: Option<Vec<OrgId>>,
    /// The name under which others see who shares it.
    #[serde(default)]
    pseudonym: Option<String>,
    /// Whether a person has seen the warnings, and wants it shared all the same: it is noted.
    #[serde(default)]
    despite_warnings: bool,
    objects: Vec<Box<RawValue>>,
}

impl Body for NewObjects {
    /// As much as a file, because it may be one.
    const WITH_FILE: bool = true;
}

async fn share(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    Command { visit, actor, body }: Command<NewObjects>,
) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, _| {
        let _turn = turn;
        if body.objects.is_empty() {
            return Err(Refusal::new(RefusalKind::Invalid, codes::NOTHING).on("objects").into());
        }
        if body.objects.len() > MAX_OBJECTS {
            let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-006").on("objects");
            return Err(refusal.with("name", "objects").with("max", MAX_OBJECTS).into());
        }
        let unmarked = match body.label.as_deref().map(parse_label) {
            Some(None) => return Err(Refusal::new(RefusalKind::Invalid, "SCR-API-007").on("label").into()),
            other => other.flatten(),
        };
        let mut sharing = Sharing {
            community: code.clone(),
            collection: body.collection,
            pseudonym: body.pseudonym,
            audience: body.audience,
            unmarked,
            source: Some("api".to_owned()),
            despite: Vec::new(),
        };
        let (mut objects, mut rejected) = (Vec::new(), Vec::new());
        for raw in &body.objects {
            match Object::read(raw.get().as_bytes(), &Limits::default()) {
                Ok(object) => objects.push(object),
                Err(error) => rejected.push(pages::rejected_line(&error)),
            }
        }
        if body.despite_warnings {
            sharing.despite = warn::noted(&warn::of_all(app, &actor, objects.iter())?);
        }
        let sent = pages::send(app, &actor, &sharing, &objects, rejected)?;
        if let Some(last) = sent.receipts.last() {
            app.engine.wait_for(last.index + 1, std::time::Duration::from_secs(10));
        }
        let to = format!("/api/v1/threats/{}/status/{}", in_address(&code), sent.status.id);
        let reply = answer(StatusCode::CREATED, &sent.status)?;
        let mut response = reply.into_response();
        if let Ok(value) = header::HeaderValue::from_str(&to) {
            response.headers_mut().insert(header::LOCATION, value);
        }
        Ok(Done::Answered(response.into()))
    })
    .await
}

async fn status(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let absent = || ActError::from(Refusal::new(RefusalKind::NotFound, codes::NO_OBJECT));
        let org = reader(visit).ok_or_else(absent)?;
        let status = Status::read(pages::store_of(&app)?, &id, &org, &code)?.ok_or_else(absent)?;
        answer(StatusCode::OK, &status)
    })
    .await
}
