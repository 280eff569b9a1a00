//! Answers to programs that not everybody may read.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use scr_web::Reply;
use serde_json::Value;

/// JSON that nothing in between keeps.
pub(crate) fn private(value: &Value) -> Reply {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::OK, head, value.to_string()).into_response().into()
}
