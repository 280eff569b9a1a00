//! Answers to readers, with the tag by which they ask whether anything is new.

use super::json;
use crate::problem::Reply;
use crate::visit::Visit;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use serde_json::Value;

/// What was published changes when somebody publishes: readers ask again, and get 304.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=5");

/// Works where blocking is allowed, and answers with JSON that has a tag of its bytes; none: `SCR-API-005`.
pub async fn read<F>(visit: Visit, headers: HeaderMap, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Option<Value>, ActError> + Send + 'static,
{
    let words = visit.clone();
    let found = crate::blocking(move || work(&visit)).await;
    let body = match found {
        Ok(Ok(Some(value))) => value.to_string(),
        Ok(Ok(None)) => {
            return Reply::refused(&words, &Refusal::new(RefusalKind::NotFound, "SCR-API-005"));
        }
        Ok(Err(error)) => return Reply::act(&words, &error),
        Err(error) => return Reply::fault(&words, &Fault::log(&error)),
    };
    let tag = sha256(body.as_bytes()).to_hex()[..32].to_owned();
    fresh(&headers, &tag).unwrap_or_else(|| tagged(json(StatusCode::OK, body), &tag)).into()
}

/// Adds the tag by which a reader asks whether anything is new.
pub fn tagged(mut response: Response, tag: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("W/\"{tag}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    response
}

/// The answer 304 where the reader has what this tag names.
pub fn fresh(headers: &HeaderMap, tag: &str) -> Option<Response> {
    let known = headers.get(header::IF_NONE_MATCH)?.to_str().ok()?;
    let own = format!("W/\"{tag}\"");
    known
        .split(',')
        .any(|one| one.trim() == own)
        .then(|| tagged(StatusCode::NOT_MODIFIED.into_response(), tag))
}
