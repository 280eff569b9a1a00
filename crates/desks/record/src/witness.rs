//! This server as a witness for other logs (C2SP tlog-witness), within the site and on its own.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use scr_web::App;
use scr_witness::{Answer, MAX_REQUEST_BYTES, Witness, check_digits};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// A log that sends its request more slowly than this is not waited for.
const BODY_TIME: Duration = Duration::from_secs(10);

/// What the clock shows, in seconds since 1970, UTC.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

pub(crate) async fn add_checkpoint(State(app): State<Arc<App>>, body: Body) -> Response {
    let now = app.clock.now();
    match app.witness() {
        Some(witness) => take(Arc::clone(witness), now, body).await,
        None => no_witness(),
    }
}

pub(crate) async fn checkpoint(State(app): State<Arc<App>>, Path(hash): Path<String>) -> Response {
    match app.witness() {
        Some(witness) => respond(witness.checkpoint(&hash)),
        None => no_witness(),
    }
}

pub(crate) async fn vkey(State(app): State<Arc<App>>) -> Response {
    match app.witness() {
        Some(witness) => text(format!("{}\n", witness.verifier())),
        None => no_witness(),
    }
}

/// What another organisation needs to exchange cosignatures with this one, in one file.
pub(crate) async fn card(State(app): State<Arc<App>>) -> Response {
    let card = card_of(&app).map(|card| {
        let name = [(header::CONTENT_DISPOSITION, "attachment; filename=\"scrutineer-card.txt\"")];
        (name, text(card)).into_response()
    });
    card.unwrap_or_else(no_witness)
}

/// The text of the card: `None` when this server has no key as a witness.
pub(crate) fn card_of(app: &App) -> Option<String> {
    let ledger = app.engine.ledger();
    Some(
        scr_witness::Card::new(
            ledger.verifiers().first(),
            app.witness()?.verifier(),
            app.config.site.as_deref(),
        )
        .to_string(),
    )
}

fn no_witness() -> Response {
    respond(Answer::no_witness())
}

async fn take(witness: Arc<Witness>, now: i64, body: Body) -> Response {
    let bytes = match tokio::time::timeout(BODY_TIME, to_bytes(body, MAX_REQUEST_BYTES)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return respond(Answer::too_long()),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    // It waits for the disk.
    let answer = tokio::task::spawn_blocking(move || witness.add_checkpoint(&bytes, now)).await;
    answer.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), respond)
}

fn respond(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, answer.content_type), (header::CACHE_CONTROL, "no-cache")];
    let open = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let mut response = (status, headers, [open], answer.body).into_response();
    if let Some(seconds) = answer.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn text(body: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], body)
        .into_response()
}

/// The routes of a witness that stands alone, under the same addresses as within a site.
pub fn witness_router(witness: Arc<Witness>, now: Now) -> Router {
    let add = |State((witness, now)): State<(Arc<Witness>, Now)>, body: Body| async move {
        take(witness, now(), body).await
    };
    let checkpoint = |State((witness, _)): State<(Arc<Witness>, Now)>, Path(hash): Path<String>| async move {
        respond(witness.checkpoint(&hash))
    };
    let vkey = |State((witness, _)): State<(Arc<Witness>, Now)>| async move {
        text(format!("{}\n", witness.verifier()))
    };
    Router::new()
        .route(
            "/",
            get(|State((witness, _)): State<(Arc<Witness>, Now)>| async move { text(about(&witness)) }),
        )
        .route("/health/live", get(|| async { "live\n" }))
        .route("/witness/add-checkpoint", post(add))
        .route("/witness/vkey", get(vkey))
        .route("/witness/{hash}/checkpoint", get(checkpoint))
        .with_state((witness, now))
}

/// What a witness that stands alone says of itself.
fn about(witness: &Witness) -> String {
    let key = witness.verifier();
    let mut text = format!(
        "A witness of transparency logs (C2SP tlog-witness).\n\nkey     {key}\ndigits  {}\n",
        check_digits(key)
    );
    let seen = witness.seen().unwrap_or_default();
    for log in witness.logs().logs() {
        let size = seen.iter().find(|seen| seen.origin == log.origin).map_or(0, |seen| seen.size);
        let _ = writeln!(text, "log     {} ({size} entries cosigned)", log.origin);
    }
    for evidence in witness.evidence().unwrap_or_default() {
        let _ = writeln!(
            text,
            "ALARM   {} has signed two different trees of {} entries",
            evidence.origin, evidence.size
        );
    }
    text
}
