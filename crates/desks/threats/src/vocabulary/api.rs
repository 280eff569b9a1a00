//! Vocabularies for programs: which are here, what is in one, importing a file.

use super::absent;
use super::record::{Import, import_as};
use super::shelf::{Books, Known};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_engine::{ActError, Fault};
use scr_web::api::{Body, Command, Done, Operation, act, file_of};
use scr_web::{Allow, App, Reply, Routes, Visit, run};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Terms of one answer.
const MOST: usize = 5_000;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/threats/vocabularies",
        "listVocabularies",
        "ThreatVocabularies",
        "Vocabularies and warning lists that were imported, with the SHA-256 of their files",
    ),
    Operation {
        method: "get",
        path: "/api/v1/threats/vocabularies/{vocabulary}",
        id: "getVocabulary",
        summary: "The terms of a vocabulary: phases in the framework's order, techniques, remedies, tags",
        query: &[("q", "Only terms that fit this, the best first")],
        body: None,
        answer: "ThreatVocabulary",
    },
    Operation {
        method: "post",
        path: "/api/v1/threats/vocabularies",
        id: "importVocabulary",
        summary: "Import a publisher's file: ATT&CK, DISARM, a MISP galaxy, taxonomy or warning list",
        query: &[],
        body: Some("NewVocabulary"),
        answer: "ImportedVocabulary",
    },
];

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/threats/vocabularies", Allow::Anybody, list)
        .post("/api/v1/threats/vocabularies", super::LIBRARIANS, import)
        .get("/api/v1/threats/vocabularies/{vocabulary}", Allow::Anybody, terms)
}

fn answer(status: StatusCode, value: &Value) -> Reply {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, head, value.to_string()).into_response().into()
}

fn described(one: &Import) -> Value {
    let mut value = json!({
        "vocabulary": one.key, "family": one.family.as_str(), "name": one.name, "sha256": one.object.to_hex(),
        "bytes": one.bytes, "techniques": one.techniques, "others": one.others, "odd": one.odd,
        "imported": scr_engine::utc_text(one.at), "imported_by": one.by, "entry": one.index,
    });
    if let Some(version) = &one.version {
        value["version"] = json!(version);
    }
    value
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |_| {
        let all = app.engine.read(super::record::current)?;
        let all: Vec<Value> = all.iter().map(described).collect();
        Ok(answer(StatusCode::OK, &json!({"vocabularies": all})))
    })
    .await
}

fn term(known: &Known<'_>) -> Value {
    let term = known.term;
    let mut value = json!({"id": term.id, "kind": term.kind.name(), "name": term.name, "old": term.is_old});
    let text = [
        ("summary", Some(&term.summary)),
        ("tag", term.tag.as_ref()),
        ("url", term.url.as_ref()),
        ("part_of", term.parent.as_ref()),
        ("replaced_by", term.instead.as_ref()),
        ("stix_id", term.stix.first()),
    ];
    for (name, text) in text {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            value[name] = json!(text);
        }
    }
    if !term.phases.is_empty() {
        value["phases"] = json!(term.phases);
    }
    value
}

async fn terms(State(app): State<Arc<App>>, visit: Visit, Path(key): Path<String>) -> Reply {
    run(visit, move |visit| {
        let books = Books::of(&app)?;
        let import = books.imports.iter().find(|one| one.key == key).ok_or_else(absent)?;
        let mut value = described(import);
        let found: Vec<Value> = match (visit.query.get("q"), books.vocabulary(&key)) {
            (Some(query), _) => books.search(Some(&key), query, MOST).iter().map(term).collect(),
            (None, Some(of)) => {
                let all = of.vocabulary.terms.iter().take(MOST);
                all.map(|one| term(&Known { of, term: one })).collect()
            }
            (None, None) => Vec::new(),
        };
        value["terms"] = Value::Array(found);
        value["order"] =
            json!(books.vocabulary(&key).map(|of| &of.vocabulary.order).cloned().unwrap_or_default());
        Ok(answer(StatusCode::OK, &value))
    })
    .await
}

/// A file that is to be imported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewVocabulary {
    /// In base64.
    file: String,
}

impl Body for NewVocabulary {
    const WITH_FILE: bool = true;
}

async fn import(
    State(app): State<Arc<App>>,
    Command { visit, actor, body }: Command<NewVocabulary>,
) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, _| {
        let _turn = turn;
        let file = file_of(app, &body.file)?;
        let done = import_as(&app.engine, &actor, &mut file.as_slice())?;
        if let Some(last) = done.receipts.last() {
            app.engine.wait_for(last.index + 1, std::time::Duration::from_secs(10));
        }
        Ok(Done::Answered(imported(app, &done.book)?))
    })
    .await
}

/// What was found in a file, and its import.
fn imported(app: &App, book: &super::file::Book) -> Result<Reply, ActError> {
    let import = app.engine.read(super::record::current)?.into_iter().find(|one| one.key == book.key);
    let import = import.ok_or_else(|| Fault::log(&"an import is not in the tables"))?;
    let mut value = described(&import);
    value["oddities"] = json!(book.odd);
    let to = format!("/api/v1/threats/vocabularies/{}", book.key);
    let mut response = answer(StatusCode::CREATED, &value).into_response();
    if let Ok(to) = header::HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    Ok(response.into())
}
