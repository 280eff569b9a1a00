//! Objects, their manifest and their versions, page by page.

use super::answer::{Fail, dated, moment};
use super::ask::{Ask, Failed, blocking, from_views};
use super::cursor::{self, Bound};
use super::filters::{Filters, Known};
use crate::read;
use crate::select::{self, Found};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use rusqlite::Connection;
use scr_engine::rusqlite;
use scr_threats::{Collection, Standing};
use scr_web::App;
use serde_json::{Value, json};
use std::sync::Arc;

/// A page ends when it has so many bytes of objects: one more object is always on it.
const MAX_PAGE_BYTES: usize = 16 << 20;

/// What is read, and as whom.
struct Reading {
    collection: Collection,
    number: i64,
    standing: Standing,
}

/// A collection that the reader may read.
fn reading(views: &Connection, ask: &Ask, root: &str, id: &str) -> Result<Reading, Failed> {
    let seen = ask.root(views, root)?;
    let collection = ask.collection(&seen, id)?;
    if !seen.may_read(&collection) {
        return Err(Fail::forbidden("this collection can be written, and not read").into());
    }
    let number = read::number(views, &collection.id)?.unwrap_or_default();
    Ok(Reading { collection, number, standing: seen.standing })
}

/// One page.
struct Page {
    rows: Vec<Found>,
    next: Option<String>,
}

impl Page {
    fn span(&self) -> Option<(i64, i64)> {
        Some((self.rows.first()?.added, self.rows.last()?.added))
    }
}

/// Reads a page: one row more than asked for tells whether there is another.
fn page(
    views: &Connection,
    key: &[u8; 32],
    reading: &Reading,
    bound: &Bound<'_>,
    ask: &Ask,
    mut filters: Filters,
) -> Result<Page, Failed> {
    if let Some(text) = ask.parameter("next") {
        filters.begin_after(cursor::read(key, bound, text)?);
    }
    let mut rows = select::select(
        views,
        reading.number,
        &reading.standing,
        &filters.wanted,
        filters.limit.saturating_add(1),
    )?;
    let mut next = None;
    if rows.len() > filters.limit {
        rows.truncate(filters.limit);
        next = rows.last().map(|row| cursor::write(key, bound, row.added));
    }
    Ok(Page { rows, next })
}

/// Whether anything of this id is there for the reader, whatever the filters say.
fn exists(views: &Connection, reading: &Reading, id: &str) -> Result<bool, Failed> {
    let wanted = select::Wanted { ids: Some(vec![id.to_owned()]), ..select::Wanted::default() };
    Ok(!select::select(views, reading.number, &reading.standing, &wanted, 1)?.is_empty())
}

/// An envelope with the bytes of objects as they came. Where they are too many for one answer, the page ends earlier.
fn envelope(
    views: &Connection,
    key: &[u8; 32],
    bound: &Bound<'_>,
    mut page: Page,
) -> Result<Response, Failed> {
    let mut objects = String::new();
    for place in 0..page.rows.len() {
        let content = select::content(views, page.rows[place].seq)?;
        if place > 0 && objects.len() + content.len() > MAX_PAGE_BYTES {
            page.rows.truncate(place);
            page.next = page.rows.last().map(|row| cursor::write(key, bound, row.added));
            break;
        }
        if place > 0 {
            objects.push(',');
        }
        objects.push_str(&content);
    }
    let mut body = String::with_capacity(objects.len() + 100);
    body.push('{');
    if let Some(next) = &page.next {
        body.push_str(&format!("\"more\":true,\"next\":{}", Value::String(next.clone())));
    }
    if !page.rows.is_empty() {
        if page.next.is_some() {
            body.push(',');
        }
        body.push_str("\"objects\":[");
        body.push_str(&objects);
        body.push(']');
    }
    body.push('}');
    Ok(dated(body, page.span()))
}

const OF_COLLECTION: Known = Known { id: true, kind: true, version: true };
const OF_OBJECT: Known = Known { id: false, kind: false, version: true };
const OF_VERSIONS: Known = Known { id: false, kind: false, version: false };

/// The key of cursors and the filters, before the views are asked.
async fn prepared(app: &Arc<App>, ask: &Ask, known: Known) -> Result<([u8; 32], Filters), Box<Response>> {
    let filters = Filters::of(ask, known).map_err(|fail| Box::new(fail.into_response()))?;
    let own = Arc::clone(app);
    let key = scr_web::blocking(move || cursor::key(&own)).await;
    match key {
        Ok(Ok(key)) => Ok((key, filters)),
        Ok(Err(fault)) => Err(Box::new(Fail::from(fault).into_response())),
        Err(error) => Err(Box::new(blocking(move || Err(scr_engine::Fault::log(&error).into())).await)),
    }
}

/// What is asked for.
struct Asked {
    root: String,
    collection: String,
    /// One object alone.
    object: Option<String>,
    /// The endpoint: cursors belong to it.
    endpoint: &'static str,
}

/// How a page is answered.
type Answer = fn(&Connection, &[u8; 32], &Bound<'_>, Page) -> Result<Response, Failed>;

/// Reads a page and answers with it: the same for every endpoint that reads.
async fn read(app: Arc<App>, ask: Ask, asked: Asked, known: Known, answer: Answer) -> Response {
    let (key, mut filters) = match prepared(&app, &ask, known).await {
        Ok(prepared) => prepared,
        Err(response) => return *response,
    };
    from_views(app, move |views| {
        let reading = reading(views, &ask, &asked.root, &asked.collection)?;
        let mut place = format!("{}/{}", reading.collection.id, asked.endpoint);
        if let Some(object) = asked.object {
            if !exists(views, &reading, &object)? {
                return Err(ask.nothing().into());
            }
            place = format!("{place}/{object}");
            filters.wanted.ids = Some(vec![object]);
        }
        let digest = filters.digest;
        let bound = Bound { place: &place, digest: &digest };
        let page = page(views, &key, &reading, &bound, &ask, filters)?;
        answer(views, &key, &bound, page)
    })
    .await
}

pub(super) async fn objects(
    State(app): State<Arc<App>>,
    Path((root, collection)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    read(app, ask, Asked { root, collection, object: None, endpoint: "objects" }, OF_COLLECTION, envelope)
        .await
}

pub(super) async fn object(
    State(app): State<Arc<App>>,
    Path((root, collection, object)): Path<(String, String, String)>,
    ask: Ask,
) -> Response {
    let asked = Asked { root, collection, object: Some(object), endpoint: "objects" };
    read(app, ask, asked, OF_OBJECT, envelope).await
}

pub(super) async fn manifest(
    State(app): State<Arc<App>>,
    Path((root, collection)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    let asked = Asked { root, collection, object: None, endpoint: "manifest" };
    read(app, ask, asked, OF_COLLECTION, |_, _, _, page| {
        let record = |row: &Found| {
            json!({
                "id": row.id, "date_added": moment(row.added), "version": version(row),
                "media_type": format!("application/stix+json;version={}", row.spec),
            })
        };
        let list: Vec<Value> = page.rows.iter().map(record).collect();
        Ok(dated(listed("objects", list, page.next.as_deref()).to_string(), page.span()))
    })
    .await
}

pub(super) async fn versions(
    State(app): State<Arc<App>>,
    Path((root, collection, object)): Path<(String, String, String)>,
    ask: Ask,
) -> Response {
    let asked = Asked { root, collection, object: Some(object), endpoint: "versions" };
    read(app, ask, asked, OF_VERSIONS, |_, _, _, page| {
        let list: Vec<Value> = page.rows.iter().map(|row| json!(version(row))).collect();
        Ok(dated(listed("versions", list, page.next.as_deref()).to_string(), page.span()))
    })
    .await
}

/// The version of an object: its own, or the moment it was added.
fn version(row: &Found) -> String {
    row.version_text.clone().unwrap_or_else(|| moment(row.added))
}

/// A list with what is needed for the next page; an empty list is left out. The standard gives `next` to envelopes alone;
/// its errata give it to these too, and clients that page on it would otherwise not end.
fn listed(name: &str, list: Vec<Value>, next: Option<&str>) -> Value {
    let mut body = json!({});
    if let Some(next) = next {
        body["more"] = json!(true);
        body["next"] = json!(next);
    }
    if !list.is_empty() {
        body[name] = Value::Array(list);
    }
    body
}
