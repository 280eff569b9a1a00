//! The static feed: what every instance of MISP reads without any programs of its own. Without a key it holds what is CLEAR
//! in public collections, with a member's key whatever reaches that member.

use super::answer::{No, file as answered, unchanged};
use super::ask::Anyone;
use super::kept::{Feed, Shelf, from_shelf};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use scr_engine::Fault;
use scr_misp::feed::{event_file, hash_lines, manifest_entry};
use scr_web::App;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;

const JSON: &str = "application/json";
const LINES: &str = "text/plain; charset=utf-8";

/// What there is, for people who look.
pub(super) async fn listing(ask: Anyone) -> Response {
    drop(ask);
    super::answer::of_reader(axum::http::StatusCode::OK, LINES, "manifest.json\nhashes.csv\n")
}

pub(super) async fn file(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    ask: Anyone,
) -> Response {
    let (reader, path) = (ask.org().cloned(), ask.path);
    let own = path.clone();
    from_shelf(app, reader, path, move |shelf| {
        let etag = mark(shelf, &name);
        let known = has_already(&headers, &etag);
        if matches!(name.as_str(), "manifest.json" | "hashes.csv") {
            if known {
                return Ok(Ok(unchanged(&etag)));
            }
            let feed = shelf.feed(made)?;
            let (kind, body) =
                if name == "hashes.csv" { (LINES, &feed.hashes) } else { (JSON, &feed.manifest) };
            return Ok(Ok(answered(kind, &etag, body.clone())));
        }
        // Names are ids in small letters, as the manifest has them.
        let id = name.strip_suffix(".json").filter(|id| id.len() == 36);
        let found = match id {
            Some(id) => shelf.find(id)?.filter(|(plan, _)| plan.uuid.to_string() == id),
            None => None,
        };
        Ok(match found {
            Some(_) if known => Ok(unchanged(&etag)),
            Some((_, event)) => Ok(answered(JSON, &etag, event_file(&event))),
            None => Err(No::absent(&own, "There is no such file in this feed.")),
        })
    })
    .await
}

/// The mark of a file: another one as soon as the reader sees something else.
fn mark(shelf: &Shelf, name: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(shelf.stamp);
    hash.update(name.as_bytes());
    let text = scr_canon::b64(hash.finalize().get(..18).unwrap_or_default());
    format!("\"{text}\"")
}

/// RFC 9110 section 13.1.2.
fn has_already(headers: &HeaderMap, etag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut marks = lists.flat_map(|list| list.split(',')).map(str::trim);
    marks.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// One event after the other; only what the two files say of it stays.
fn made(shelf: &Shelf) -> Result<Feed, Fault> {
    let (mut manifest, mut hashes) = (String::from("{"), String::new());
    for plan in &shelf.pool.plans {
        let Some(event) = shelf.event(plan)? else { continue };
        if manifest.len() > 1 {
            manifest.push(',');
        }
        manifest.push_str(&Value::String(event.uuid.to_string()).to_string());
        manifest.push(':');
        manifest.push_str(&manifest_entry(&event).to_string());
        hashes.push_str(&hash_lines(&event));
    }
    manifest.push('}');
    Ok(Feed { manifest: manifest.into(), hashes: hashes.into() })
}
