//! `/verify.html`: the verifier for everybody, one file to save. `cargo xtask generate` makes it from
//! `verifier/`; it states its own content security policy, so that it holds on a reader's disk as well.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_web::OwnPolicy;
use std::sync::LazyLock;

/// The whole page.
pub(crate) const PAGE: &str = include_str!("../assets/verify.html");

/// SHA-256 of the page, as `sha256sum` prints it.
pub(crate) static HASH: LazyLock<String> = LazyLock::new(|| sha256(PAGE.as_bytes()).to_hex());

/// The policy that the page states in its head, and the one thing that only a server can add.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let (_, after) = PAGE.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    let (policy, _) = after.split_once('"')?;
    HeaderValue::from_str(&format!("{policy}; frame-ancestors 'none'")).ok()
});

pub(crate) async fn page() -> Response {
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response();
    // Without a policy of its own the page falls under everybody's, which allows no script at all.
    if let Some(policy) = &*POLICY {
        response.extensions_mut().insert(OwnPolicy(policy.clone()));
    }
    response
}
