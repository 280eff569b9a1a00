//! The router of all desks, and the shell's own pages.

use crate::app::{App, Desk};
use crate::gate::Allow;
use crate::headers::shell;
use crate::problem::{Problem, Reply, page};
use crate::routes::Routes;
use crate::visit::Visit;
use crate::{api, assets, jobs, style};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use scr_i18n::Lang;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// The whole site: the desks' routes behind the gate, the shell's pages, headers, limits.
pub fn router(app: &Arc<App>, desks: &[&dyn Desk]) -> Router {
    routes(desks, app.config.public_only)
        .into_router(app)
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(app.config.max_upload_bytes))
        .layer(from_fn_with_state(Arc::clone(app), shell))
        .layer(CompressionLayer::new())
        .with_state(Arc::clone(app))
}

/// The routes of the desks and of the shell; for a mirror only what anybody may read.
pub(crate) fn routes(desks: &[&dyn Desk], public_only: bool) -> Routes {
    let all = desks.iter().fold(Routes::new(), |all, desk| all.and(desk.routes())).and(shell_routes());
    if public_only { all.public() } else { all }
}

fn shell_routes() -> Routes {
    Routes::new()
        .get("/static/{hash}/{name}", Allow::Public, assets::serve)
        .get("/style", Allow::Public, style::show)
        .get("/languages", Allow::Public, languages)
        .get("/health/live", Allow::Public, live)
        .get("/health/ready", Allow::Public, ready)
        .get("/metrics", Allow::Public, metrics)
        .get("/api/openapi.json", Allow::Public, api::serve)
        .and(jobs::routes())
}

async fn not_found(visit: Visit) -> Reply {
    Reply::problem(&visit, &Problem::new(404, "SCR-WEB-007"))
}

/// The header `Allow` names the methods that there are.
async fn not_allowed(visit: Visit) -> Reply {
    Reply::problem(&visit, &Problem::new(405, "SCR-WEB-009"))
}

async fn live() -> &'static str {
    "live\n"
}

/// Ready when the views have what the record has. A log that has stopped is read on: the other lines
/// say why nothing is accepted, why nothing is signed while it is, and whether the store of objects is away. A node
/// without the newest master key of the vault is not ready.
async fn ready(State(app): State<Arc<App>>) -> Response {
    let (views, record) = app.engine.progress();
    let closed = app.engine.keys_closed();
    let is_ready = views >= record && closed.is_none();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let accepts = match app.engine.ledger().stopped() {
        None => "accepts yes".to_owned(),
        Some(reason) => format!("accepts no: {reason}"),
    };
    let signs = match app.engine.ledger().unsigned() {
        None => "signs yes".to_owned(),
        Some(reason) => format!("signs no: {reason}"),
    };
    // Without objects pages go on; another node would lack them too.
    let objects = match app.engine.objects().away() {
        None => "objects yes".to_owned(),
        Some(reason) => format!("objects no: {reason}"),
    };
    // Another node has the master key that this one lacks.
    let keys = closed.map_or_else(|| "keys yes".to_owned(), |reason| format!("keys no: {reason}"));
    (status, format!("views {views}\nrecord {record}\n{accepts}\n{signs}\n{objects}\n{keys}\n"))
        .into_response()
}

async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    // Some of the figures stand in a database.
    let text = tokio::task::spawn_blocking(move || app.metrics.text(&app)).await.unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

struct LanguageRow {
    lang: Lang,
    area: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "languages.html")]
struct LanguagesPage {
    visit: Visit,
    rows: Vec<LanguageRow>,
}

async fn languages(State(app): State<Arc<App>>, visit: Visit) -> Response {
    let mut rows = Vec::new();
    for (area, texts) in &app.sources {
        for (lang, source) in texts {
            let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
            let count = source.lines().filter(begins).count() as u64;
            rows.push(LanguageRow { lang: *lang, area: area.clone(), count });
        }
    }
    rows.sort_by_key(|row| row.lang);
    page(&LanguagesPage { visit, rows })
}
