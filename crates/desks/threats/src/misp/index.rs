//! `events/index`: what there is, without attributes.

use super::answer::json;
use super::ask::Member;
use super::find::{item, too_large, walk};
use super::kept::from_shelf;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use scr_misp::rest::{Entry, event_head, search_events};
use scr_web::App;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) async fn by_address(State(app): State<Arc<App>>, ask: Member) -> Response {
    match ask.address() {
        Ok(bytes) => index(app, ask, &bytes).await,
        Err(no) => no.into_response(),
    }
}

pub(super) async fn by_body(
    State(app): State<Arc<App>>,
    ask: Member,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match ask.body(&headers, body).await {
        Ok(bytes) => index(app, ask, &bytes).await,
        Err(no) => no.into_response(),
    }
}

async fn index(app: Arc<App>, ask: Member, bytes: &[u8]) -> Response {
    let request = match ask.search(bytes, app.clock.now(), true) {
        Ok(request) => request,
        Err(no) => return no.into_response(),
    };
    let (mut query, minimal) = (request.query, request.minimal);
    let page = query.take_page();
    let path = ask.path.clone();
    from_shelf(app, Some(ask.org().clone()), ask.path, move |shelf| {
        let body = walk(shelf, &query, (page, String::from("[")), |entry, count, body| {
            for hit in search_events(&query, [entry]) {
                if count.takes() {
                    let head = if minimal { ids(hit.entry) } else { event_head(hit.entry) };
                    item(body, &head.to_string());
                }
            }
        })?;
        Ok(body.map(|body| json(body + "]")).ok_or_else(|| too_large(&path)))
    })
    .await
}

/// Ids and times alone, by which other servers see what is new.
fn ids(entry: Entry<'_>) -> Value {
    let event = entry.event;
    json!({
        "id": entry.id.to_string(),
        "uuid": event.uuid.to_string(),
        "timestamp": event.timestamp.to_string(),
        "sighting_timestamp": "0",
        "published": event.published,
        "orgc_uuid": event.orgc.uuid.to_string(),
    })
}
