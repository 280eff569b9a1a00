//! The log as C2SP tlog-tiles names it: static resources that any cache can hold.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_canon::Hash32;
use scr_engine::Fault;
use scr_ledger::ReadError;
use scr_web::App;
use std::fmt::Write as _;
use std::sync::Arc;

/// Largest object that is served from memory.
const MAX_OBJECT_BYTES: u64 = 512 << 20;
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
const FRESH: &str = "no-cache";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(crate) async fn checkpoint(State(app): State<Arc<App>>) -> Response {
    match app.cosigned_checkpoint() {
        Some(kept) => answer(kept.note.clone(), TEXT, FRESH),
        None => serve(app.engine.log().resource("checkpoint"), TEXT, FRESH),
    }
}

pub(crate) async fn tile(State(app): State<Arc<App>>, Path(path): Path<String>) -> Response {
    serve(app.engine.log().resource(&format!("tile/{path}")), BYTES, FOR_EVER)
}

pub(crate) async fn vkey(State(app): State<Arc<App>>) -> Response {
    let mut text = String::new();
    for key in app.engine.ledger().verifiers() {
        let _ = writeln!(text, "{key}");
    }
    answer(text, TEXT, FRESH)
}

/// A policy for this log: its witnesses, or a beginning to which a reader adds those that they trust.
pub(crate) async fn policy(State(app): State<Arc<App>>) -> Response {
    let Some(key) = app.engine.ledger().verifiers().first() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let lines = match app.board() {
        Some(board) => board.policy().to_string(),
        None => format!("log {key}\nquorum none\n"),
    };
    let text = format!(
        "# Whoever takes this policy from the server that it is to check trusts that server.\n# Compare the keys with those that you have from somebody else.\n{lines}"
    );
    answer(text, TEXT, FRESH)
}

/// The statement that this log has ended, when it has.
pub(crate) async fn retired(State(app): State<Arc<App>>) -> Response {
    match app.engine.ledger().retirement() {
        Some(note) => answer(note, TEXT, FRESH),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(crate) async fn proof(State(app): State<Arc<App>>, Path(index): Path<u64>) -> Response {
    let proof = app.proof(index).map(|proof| proof.to_string().into_bytes());
    let mut response = serve(proof, TEXT, FRESH);
    let name = format!("attachment; filename=\"entry-{index}.tlog-proof\"");
    if let Ok(value) = name.parse() {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

pub(crate) async fn entry(State(app): State<Arc<App>>, Path(index): Path<u64>) -> Response {
    serve(app.engine.log().entry(index), "application/json", FOR_EVER)
}

/// An object that a public entry names. Others are not found, whether they are here or not.
pub(crate) async fn object(State(app): State<Arc<App>>, Path(hash): Path<String>) -> Response {
    let Some(hash) = Hash32::from_hex(&hash) else { return StatusCode::NOT_FOUND.into_response() };
    let found = app.engine.is_public_object(&hash).and_then(|public| {
        if public { app.engine.objects().get(&hash, MAX_OBJECT_BYTES).map_err(Fault::from) } else { Ok(None) }
    });
    match found {
        Ok(Some(bytes)) => answer(bytes, BYTES, FOR_EVER),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => failed(&fault),
    }
}

fn serve(resource: Result<Vec<u8>, ReadError>, kind: &'static str, cache: &'static str) -> Response {
    match resource {
        Ok(bytes) => answer(bytes, kind, cache),
        Err(ReadError::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(&Fault::log(&error)),
    }
}

fn answer(body: impl Into<Body>, kind: &'static str, cache: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache),
        // Verifiers in a browser, on any site, must be able to read the log.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, body.into()).into_response()
}

fn failed(fault: &Fault) -> Response {
    let status = if fault.away.is_some() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    };
    (status, fault.to_string()).into_response()
}
