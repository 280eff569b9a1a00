//! What there is: discovery, API roots, collections, statuses.

use super::answer::{MEDIA_TYPE, ok};
use super::ask::{Ask, blocking, from_views};
use crate::exchange::Exchange;
use crate::read::{self, Seen};
use crate::share::{Status, store};
use axum::extract::{Path, State};
use axum::response::Response;
use scr_threats::Collection;
use scr_web::App;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Largest envelope, in bytes.
pub(super) const MAX_CONTENT: u64 = 104_857_600;
/// How long a status waits for the views.
const SEEN_WAIT: Duration = Duration::from_secs(10);
const STIX: [&str; 2] = ["application/stix+json;version=2.1", "application/stix+json;version=2.0"];

/// Readable by anybody when anything is public, and otherwise by members.
pub(super) async fn discovery(State(app): State<Arc<App>>, ask: Ask) -> Response {
    from_views(app, move |views| {
        let all = read::all_seen(views, ask.org())?;
        if all.is_empty() && ask.actor.is_none() {
            return Err(ask.nothing().into());
        }
        let roots: Vec<String> = all.iter().map(|seen| format!("/taxii2/{}/", seen.code)).collect();
        let mut body = json!({
            "title": "scrutineer",
            "description": "Threat information on elections, shared by communities: each is an API root",
        });
        if let Some(first) = roots.first() {
            body["default"] = json!(first);
            body["api_roots"] = json!(roots);
        }
        Ok(ok(&body))
    })
    .await
}

pub(super) async fn root(State(app): State<Arc<App>>, Path(root): Path<String>, ask: Ask) -> Response {
    from_views(app, move |views| {
        let seen = ask.root(views, &root)?;
        Ok(ok(&json!({
            "title": seen.community.name,
            "versions": [MEDIA_TYPE],
            "max_content_length": MAX_CONTENT,
        })))
    })
    .await
}

fn described(seen: &Seen, collection: &Collection) -> Value {
    let mut body = json!({
        "id": collection.id,
        "title": collection.title,
        "can_read": seen.may_read(collection),
        "can_write": seen.may_write(collection),
        "media_types": STIX,
    });
    if !collection.description.is_empty() {
        body["description"] = json!(collection.description);
    }
    if let Some(alias) = &collection.alias {
        body["alias"] = json!(alias);
    }
    body
}

pub(super) async fn collections(State(app): State<Arc<App>>, Path(root): Path<String>, ask: Ask) -> Response {
    from_views(app, move |views| {
        let seen = ask.root(views, &root)?;
        let list: Vec<Value> = seen.collections().into_iter().map(|one| described(&seen, one)).collect();
        Ok(ok(&if list.is_empty() { json!({}) } else { json!({"collections": list}) }))
    })
    .await
}

pub(super) async fn collection(
    State(app): State<Arc<App>>,
    Path((root, id)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    from_views(app, move |views| {
        let seen = ask.root(views, &root)?;
        Ok(ok(&described(&seen, &ask.collection(&seen, &id)?)))
    })
    .await
}

pub(super) async fn status(
    State(app): State<Arc<App>>,
    Path((root, id)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    blocking(move || {
        let Some(org) = ask.org() else { return Err(ask.nothing()) };
        let kept = Status::read(store(&Exchange::of(&app))?, &id, org, &root)?;
        let status = kept.ok_or_else(|| ask.nothing())?;
        // What is said to be shared can be read.
        app.engine.wait_for(app.engine.progress().0, SEEN_WAIT);
        Ok(ok(&serde_json::to_value(status).unwrap_or_default()))
    })
    .await
}
