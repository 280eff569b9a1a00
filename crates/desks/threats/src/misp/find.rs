//! `restSearch`: events and attributes by MISP's filters, one event after the other.

use super::answer::{No, json, of_reader};
use super::ask::Member;
use super::kept::{Shelf, from_shelf};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use scr_engine::Fault;
use scr_misp::rest::{
    Entry, Format, Page, Query, attribute_found, csv_head, csv_line, event_found, search_attributes,
    search_events,
};
use scr_web::App;
use std::sync::Arc;

/// Largest answer, in bytes.
pub(super) const MAX_ANSWER: usize = 64 << 20;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Events,
    Attributes,
}

pub(super) async fn events(
    State(app): State<Arc<App>>,
    ask: Member,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match ask.body(&headers, body).await {
        Ok(bytes) => found(app, ask, &bytes, Of::Events).await,
        Err(no) => no.into_response(),
    }
}

pub(super) async fn attributes(
    State(app): State<Arc<App>>,
    ask: Member,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match ask.body(&headers, body).await {
        Ok(bytes) => found(app, ask, &bytes, Of::Attributes).await,
        Err(no) => no.into_response(),
    }
}

pub(super) async fn events_by_address(State(app): State<Arc<App>>, ask: Member) -> Response {
    match ask.address() {
        Ok(bytes) => found(app, ask, &bytes, Of::Events).await,
        Err(no) => no.into_response(),
    }
}

pub(super) async fn attributes_by_address(State(app): State<Arc<App>>, ask: Member) -> Response {
    match ask.address() {
        Ok(bytes) => found(app, ask, &bytes, Of::Attributes).await,
        Err(no) => no.into_response(),
    }
}

async fn found(app: Arc<App>, ask: Member, bytes: &[u8], of: Of) -> Response {
    let mut query = match ask.search(bytes, app.clock.now(), false) {
        Ok(request) => request.query,
        Err(no) => return no.into_response(),
    };
    let page = query.take_page();
    let path = ask.path.clone();
    from_shelf(app, Some(ask.org().clone()), ask.path, move |shelf| {
        let body = match (query.format(), of) {
            (Format::Json, Of::Events) => events_in_json(shelf, &query, page)?,
            (Format::Json, Of::Attributes) => attributes_in_json(shelf, &query, page)?,
            (_, of) => in_lines(shelf, &query, page, of)?,
        };
        Ok(match body {
            None => Err(too_large(&path)),
            Some(body) => Ok(match query.format() {
                Format::Json => json(body),
                Format::Csv => of_reader(StatusCode::OK, "text/csv; charset=utf-8", body),
                Format::Text => of_reader(StatusCode::OK, "text/plain; charset=utf-8", body),
            }),
        })
    })
    .await
}

/// Nothing is left out in silence.
pub(super) fn too_large(path: &str) -> No {
    let why = format!(
        "The answer would have more than {} MiB. Ask for less: with narrower filters, or page by page with limit and page.",
        MAX_ANSWER >> 20
    );
    No::new(StatusCode::PAYLOAD_TOO_LARGE, path, why)
}

/// Counts what comes before a page and what is on it.
pub(super) struct Count(Page);

impl Count {
    pub(super) fn of(page: Page) -> Self {
        Self(page)
    }

    /// Whether the next one that is found is on the page.
    pub(super) fn takes(&mut self) -> bool {
        if self.0.skip > 0 {
            self.0.skip -= 1;
            return false;
        }
        match &mut self.0.take {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.take == Some(0)
    }
}

/// What `each` writes of every event that may be meant, until the page is full; nothing where that is too much.
pub(super) fn walk(
    shelf: &Shelf,
    query: &Query,
    (page, mut body): (Page, String),
    mut each: impl FnMut(Entry<'_>, &mut Count, &mut String),
) -> Result<Option<String>, Fault> {
    let mut count = Count::of(page);
    for plan in &shelf.pool.plans {
        if count.is_full() {
            break;
        }
        if !query.may_take(plan.number(), &plan.uuid) {
            continue;
        }
        let Some(event) = shelf.event(plan)? else { continue };
        each(Entry { id: plan.number(), event: &event }, &mut count, &mut body);
        if body.len() > MAX_ANSWER {
            return Ok(None);
        }
    }
    Ok(Some(body))
}

/// Commas between the items of a list.
pub(super) fn item(body: &mut String, text: &str) {
    if !body.ends_with('[') {
        body.push(',');
    }
    body.push_str(text);
}

fn events_in_json(shelf: &Shelf, query: &Query, page: Page) -> Result<Option<String>, Fault> {
    let start = (page, String::from("{\"response\":["));
    let body = walk(shelf, query, start, |entry, count, body| {
        for hit in search_events(query, [entry]) {
            if count.takes() {
                item(body, &event_found(query, hit.entry).to_string());
            }
        }
    })?;
    Ok(body.map(|body| body + "]}"))
}

fn attributes_in_json(shelf: &Shelf, query: &Query, page: Page) -> Result<Option<String>, Fault> {
    let start = (page, String::from("{\"response\":{\"Attribute\":["));
    let body = walk(shelf, query, start, |entry, count, body| {
        for hit in search_attributes(query, [entry]) {
            if count.takes() {
                item(body, &attribute_found(query, &hit).to_string());
            }
        }
    })?;
    Ok(body.map(|body| body + "]}}"))
}

/// One line an attribute. Pages count events where events are asked for.
fn in_lines(shelf: &Shelf, query: &Query, page: Page, of: Of) -> Result<Option<String>, Fault> {
    let head = if query.format() == Format::Csv { csv_head(query) } else { String::new() };
    walk(shelf, query, (page, head), |entry, count, body| {
        if of == Of::Events && (search_events(query, [entry]).is_empty() || !count.takes()) {
            return;
        }
        for hit in search_attributes(query, [entry]) {
            if of == Of::Attributes && !count.takes() {
                continue;
            }
            if query.format() == Format::Csv {
                body.push_str(&csv_line(query, &hit));
            } else {
                body.push_str(&hit.attribute.value);
                body.push('\n');
            }
        }
    })
}
