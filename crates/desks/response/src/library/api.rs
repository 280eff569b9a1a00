//! Playbooks for programs: what is in force, one of them, checking a text without keeping it, importing.

use super::acts::{self, NewPlaybook};
use super::pages::findings::as_json;
use super::shelf::{self, Book};
use super::{codes, read};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{OrgId, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_web::api::{Body, Command, Done, Operation, act, file_of};
use scr_web::{Allow, App, Reply, Routes, Visit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const LIST: &str = "/api/v1/response/playbooks";

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        LIST,
        "listPlaybooks",
        "ResponsePlaybooks",
        "Playbooks in force that everybody may read; with a token also those of its organisation, drafts included",
    ),
    Operation {
        method: "get",
        path: "/api/v1/response/playbooks/{playbook}",
        id: "getPlaybook",
        summary: "One playbook: its versions, for whom it is in force, and the CACAO 2.0 text of one version",
        query: &[("version", "The version; the one in force, else the newest, where none is named")],
        body: None,
        answer: "ResponsePlaybook",
    },
    Operation {
        method: "post",
        path: "/api/v1/response/playbooks/check",
        id: "checkPlaybook",
        summary: "Check a playbook; nothing is kept",
        query: &[],
        body: Some("PlaybookFile"),
        answer: "PlaybookFindings",
    },
    Operation::post(
        LIST,
        "importPlaybook",
        "NewPlaybook",
        "Import a playbook as the next version, or as a new one; one with errors is kept as a draft",
    ),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(LIST, Allow::Anybody, list)
        .post(LIST, MANAGERS, import)
        .post("/api/v1/response/playbooks/check", Allow::SignedIn, check)
        .get("/api/v1/response/playbooks/{playbook}", Allow::Anybody, one)
}

fn org(visit: &Visit) -> Option<OrgId> {
    visit.login.as_ref().map(|login| login.actor.org.clone())
}

/// What depends on who asks is kept by nobody.
fn answer(status: StatusCode, value: &Value) -> Reply {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, head, value.to_string()).into_response().into()
}

fn described(version: &read::Version) -> Value {
    let mut value = json!({
        "playbook": version.code, "version": version.version, "organisation": version.org,
        "sha256": version.sha256.to_hex(), "how": version.how, "bytes": version.bytes, "steps": version.steps,
        "errors": version.errors, "warnings": version.warnings,
        "recorded": scr_engine::utc_text(version.at), "entry": version.index,
    });
    for (name, text) in [("id", version.id.as_deref()), ("signed_by", version.signed_by.as_deref())] {
        if let Some(text) = text {
            value[name] = json!(text);
        }
    }
    if !version.reason.is_empty() {
        value["reason"] = json!(version.reason);
    }
    value
}

fn in_force(one: &read::Adopted) -> Value {
    json!({"organisation": one.org, "version": one.version, "since": scr_engine::utc_text(one.at), "entry": one.index})
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    scr_web::run(visit, move |visit| {
        let org = org(visit);
        let (all, versions) = app.engine.read(|views| {
            let mut all = read::adopted(views, None)?;
            all.retain(|one| one.is_public || org.as_ref().is_some_and(|org| org.as_str() == one.org));
            let mut versions = match &org {
                Some(org) => read::newest(views, Some(org))?,
                None => Vec::new(),
            };
            for one in &all {
                if versions.iter().all(|known| known.code != one.code) {
                    versions.extend(read::version(views, &one.code, one.version)?);
                }
            }
            Ok((all, versions))
        })?;
        let mut list = Vec::new();
        for version in &versions {
            let mut value = described(version);
            if let Ok(book) = shelf::book(&app, &version.sha256) {
                value["name"] = json!(book.name(visit.lang_code(), &version.code));
                value["tlp"] = json!(scr_playbooks::marking::label(book.tlp));
            }
            value["in_force"] = all.iter().filter(|one| one.code == version.code).map(in_force).collect();
            list.push(value);
        }
        Ok(answer(StatusCode::OK, &json!({"playbooks": list})))
    })
    .await
}

async fn one(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    scr_web::run(visit, move |visit| {
        let org = org(visit);
        let (versions, force) = app.engine.read(|views| {
            let mut versions = Vec::new();
            for version in read::versions(views, &code)? {
                if shelf::may_read(views, org.as_ref(), &version)? {
                    versions.push(version);
                }
            }
            let mut force = read::adopted(views, None)?;
            force.retain(|one| {
                one.code == code && (one.is_public || org.as_ref().is_some_and(|org| org.as_str() == one.org))
            });
            Ok((versions, force))
        })?;
        let absent = || Refusal::new(RefusalKind::NotFound, codes::ABSENT);
        let asked =
            visit.query.get("version").map(|text| text.parse::<u64>().map_err(|_| absent())).transpose()?;
        let wanted = asked.or_else(|| force.iter().max_by_key(|one| one.index).map(|one| one.version));
        let found = match wanted {
            Some(number) => versions.iter().find(|one| one.version == number),
            None => versions.first(),
        };
        let version = found.ok_or_else(absent)?;
        let book = shelf::book(&app, &version.sha256)?;
        let mut value = described(version);
        value["name"] = json!(book.name(visit.lang_code(), &code));
        value["tlp"] = json!(scr_playbooks::marking::label(book.tlp));
        value["versions"] = versions.iter().map(|one| one.version).collect();
        value["in_force"] = force.iter().map(in_force).collect();
        value["content"] = book.playbook.value();
        Ok(answer(StatusCode::OK, &value))
    })
    .await
}

/// A playbook in base64: its exact bytes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaybookFile {
    file: String,
}

impl Body for PlaybookFile {
    const WITH_FILE: bool = true;
}

async fn check(State(app): State<Arc<App>>, Command { visit, body, .. }: Command<PlaybookFile>) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let book = Book::read(&file_of(app, &body.file)?)?;
        let value = json!({
            "sha256": book.sha256.to_hex(), "steps": book.graph.nodes.len(),
            "errors": book.report.errors, "warnings": book.report.warnings,
            "sound": book.plan.is_some(), "passes_schema": book.report.passes_schema(),
            "tlp": scr_playbooks::marking::label(book.tlp), "findings": as_json(visit, &book),
        });
        Ok(Done::Answered(answer(StatusCode::CREATED, &value)))
    })
    .await
}

/// A playbook to import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    /// In base64: its exact bytes.
    file: String,
    #[serde(default)]
    playbook: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

impl Body for New {
    const WITH_FILE: bool = true;
}

async fn import(State(app): State<Arc<App>>, Command { visit, actor, body }: Command<New>) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, _| {
        let _turn = turn;
        let bytes = file_of(app, &body.file)?;
        let new = NewPlaybook {
            bytes: &bytes,
            code: body.playbook.as_deref(),
            reason: body.reason.as_deref(),
            is_starter: false,
        };
        let done = acts::import(&app.engine, &actor, &new)?;
        Ok::<_, ActError>(Done::Recorded(done.receipts, format!("{LIST}/{}", done.code)))
    })
    .await
}
