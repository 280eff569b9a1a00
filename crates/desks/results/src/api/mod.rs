//! The JSON API: what the pages read, and the same commands that the pages call.
//!
//! [`OPERATIONS`] is the one table: it feeds the document `/api/openapi.json`, and a test holds it
//! against the table of routes.

mod acts;
mod openapi;
mod reads;

pub use openapi::document;

use crate::public::{fresh, tagged};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Fault};
use scr_web::{Allow, App, Problem, Reply, Routes, Visit};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Largest body of a command without a file.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// Commands of one person in one minute.
const MAX_COMMANDS: u32 = 120;

/// One call of the interface.
pub struct Operation {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path as the route has it.
    pub path: &'static str,
    /// Its name for generated clients.
    pub id: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Parameters after `?`: name and what it is.
    pub query: &'static [(&'static str, &'static str)],
    /// The schema of the body.
    pub body: Option<&'static str>,
    /// The schema of the answer.
    pub answer: &'static str,
}

const fn get(path: &'static str, id: &'static str, answer: &'static str, summary: &'static str) -> Operation {
    Operation { method: "get", path, id, summary, query: &[], body: None, answer }
}

const fn post(path: &'static str, id: &'static str, body: &'static str, summary: &'static str) -> Operation {
    Operation { method: "post", path, id, summary, query: &[], body: Some(body), answer: "Recorded" }
}

/// Every call.
pub const OPERATIONS: &[Operation] = &[
    get("/api/v1/elections", "listElections", "Elections", "All elections, the newest day first"),
    get("/api/v1/elections/{election}", "getElection", "Election", "One election"),
    get("/api/v1/elections/{election}/contests", "listContests", "Contests", "The contests of an election"),
    get(
        "/api/v1/elections/{election}/contests/{contest}",
        "getContest",
        "Contest",
        "One contest with its contestants",
    ),
    get(
        "/api/v1/elections/{election}/contests/{contest}/tables",
        "listTables",
        "Tables",
        "Every version of every source, the newest first",
    ),
    get(
        "/api/v1/elections/{election}/contests/{contest}/publications",
        "listPublications",
        "Publications",
        "What was published, the newest first",
    ),
    get(
        "/api/v1/tables/{entry}",
        "getTable",
        "Table",
        "One table, by the index of the entry that recorded it",
    ),
    Operation {
        method: "get",
        path: "/api/v1/tables/{entry}/rows",
        id: "listRows",
        summary: "Rows of a table in their order; `next` continues after the last one",
        query: &[
            ("after", "The position after which to go on, from `next`"),
            ("limit", "Rows of one answer, 1 to 1000; 100 when left out"),
            ("unit", "Only rows whose unit has this code or contains this text"),
        ],
        body: None,
        answer: "Rows",
    },
    get(
        "/api/v1/tables/{entry}/checks",
        "getChecks",
        "Checks",
        "What the checks found when the table was imported",
    ),
    get(
        "/api/v1/tables/{entry}/rows/{position}/receipt",
        "getReceipt",
        "NumberReceipt",
        "The receipt of one row: it is verified without this server",
    ),
    get("/api/v1/entries/{index}", "getEntry", "Entry", "One entry of the log with its proof"),
    post("/api/v1/elections", "createElection", "NewElection", "Create an election"),
    post("/api/v1/elections/{election}/contests", "defineContest", "NewContest", "Define a contest"),
    post(
        "/api/v1/elections/{election}/contests/{contest}/tables",
        "importTable",
        "NewTable",
        "Import a results file as the next version of its source",
    ),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const IMPORTERS: Allow = Allow::Roles(&[Role::Manager, Role::Observer]);

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/openapi.json", Allow::Public, openapi::serve)
        .get("/api/v1/elections", Allow::Public, reads::elections)
        .get("/api/v1/elections/{election}", Allow::Public, reads::election)
        .get("/api/v1/elections/{election}/contests", Allow::Public, reads::contests)
        .get("/api/v1/elections/{election}/contests/{contest}", Allow::Public, reads::contest)
        .get("/api/v1/elections/{election}/contests/{contest}/tables", Allow::Public, reads::tables)
        .get(
            "/api/v1/elections/{election}/contests/{contest}/publications",
            Allow::Public,
            reads::publications,
        )
        .get("/api/v1/tables/{entry}", Allow::Public, reads::table)
        .get("/api/v1/tables/{entry}/rows", Allow::Public, reads::rows)
        .get("/api/v1/tables/{entry}/checks", Allow::Public, reads::checks)
        .get("/api/v1/tables/{entry}/rows/{position}/receipt", Allow::Public, reads::receipt)
        .get("/api/v1/entries/{index}", Allow::Public, reads::entry)
        .post("/api/v1/elections", MANAGERS, acts::create_election)
        .post("/api/v1/elections/{election}/contests", MANAGERS, acts::define_contest)
        .post("/api/v1/elections/{election}/contests/{contest}/tables", IMPORTERS, acts::import_table)
}

/// Works where blocking is allowed, and answers with JSON that has a tag of its bytes.
async fn read<F>(visit: Visit, headers: HeaderMap, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Option<Value>, ActError> + Send + 'static,
{
    let words = visit.clone();
    let found = scr_web::blocking(move || work(&visit)).await;
    let body = match found {
        Ok(Ok(Some(value))) => value.to_string(),
        Ok(Ok(None)) => return absent(&words),
        Ok(Err(error)) => return Reply::act(&words, &error),
        Err(error) => return Reply::fault(&words, &Fault::log(&error)),
    };
    let tag = sha256(body.as_bytes()).to_hex()[..32].to_owned();
    fresh(&headers, &tag).unwrap_or_else(|| tagged(json(StatusCode::OK, body), &tag)).into()
}

fn absent(visit: &Visit) -> Reply {
    Reply::refused(visit, &Refusal::new(RefusalKind::NotFound, "SCR-API-005"))
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Who acts, how often, and what they sent. Only programs with a token come in: a form of another
/// site cannot send one.
struct Command<T> {
    visit: Visit,
    actor: Actor,
    body: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Command<T> {
    type Rejection = Reply;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Reply> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        let refuse = |kind, code: &str| Reply::refused(&visit, &Refusal::new(kind, code));
        // The gate takes nothing but a bearer token here.
        let Some(actor) = visit.login.as_ref().map(|login| login.actor.clone()) else {
            return Err(refuse(RefusalKind::Forbidden, "SCR-RES-001"));
        };
        if !may_act(&actor, app.clock.now()) {
            return Err(refuse(RefusalKind::TooMany, "SCR-API-004"));
        }
        // A file travels as base64: four bytes for three.
        let is_import = parts.uri.path().ends_with("/tables");
        let limit =
            if is_import { app.config.max_upload_bytes / 3 * 4 + MAX_BODY_BYTES } else { MAX_BODY_BYTES };
        let bytes = to_bytes(body, limit).await.map_err(|_| refuse(RefusalKind::TooLarge, "SCR-API-003"))?;
        let body = serde_json::from_slice(&bytes).map_err(|error| {
            let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-002").with("why", error);
            Reply::refused(&visit, &refusal)
        })?;
        Ok(Self { visit, actor, body })
    }
}

/// Whether a person may send another command in this minute.
fn may_act(actor: &Actor, now: i64) -> bool {
    static SENT: Mutex<BTreeMap<String, (i64, u32)>> = Mutex::new(BTreeMap::new());
    let minute = now.div_euclid(60);
    let mut sent = SENT.lock().unwrap_or_else(PoisonError::into_inner);
    sent.retain(|_, (at, _)| *at == minute);
    let (_, count) = sent.entry(actor.person.to_string()).or_insert((minute, 0));
    *count += 1;
    *count <= MAX_COMMANDS
}

/// A problem in the form of RFC 9457 with the places where a file is wrong.
fn with_problems(visit: &Visit, refusal: &Refusal, problems: &Value) -> Response {
    let mut document = serde_json::to_value(Problem::refusal(visit, refusal)).unwrap_or_default();
    document["problems"] = problems.clone();
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (StatusCode::UNPROCESSABLE_ENTITY, kind, document.to_string()).into_response()
}
