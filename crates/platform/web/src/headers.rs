//! Headers that no handler can weaken, caching, and the request's number.

use crate::app::App;
use crate::visit::{FORM_COOKIE, LANG_COOKIE, LOGIN_COOKIE, RequestId, cookie};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_i18n::Lang;
use std::sync::Arc;

/// No script at all. `/verify.html` alone carries a policy of its own (by hash of its script).
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Public pages up to this size get an entity tag.
const MAX_TAGGED_BYTES: u64 = 4 << 20;

/// A response that brings its own content security policy: `/verify.html` only.
#[derive(Debug, Clone)]
pub struct OwnPolicy(pub HeaderValue);

pub(crate) async fn shell(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let id = scr_core::uuid_v7(&*app.clock, &*app.entropy);
    request.extensions_mut().insert(RequestId(id.clone()));
    let (mut parts, body) = request.into_parts();
    let is_desk = parts.uri.path().starts_with("/desk");
    let wants_form_cookie =
        is_desk && cookie(&parts, LOGIN_COOKIE).is_none() && cookie(&parts, FORM_COOKIE).is_none();
    let secure = if app.config.https { "; Secure" } else { "" };
    let mut cookies = Vec::new();
    if wants_form_cookie {
        let secret = sha256(&app.entropy.bytes::<32>()).to_hex();
        cookies.push(format!("{FORM_COOKIE}={secret}; Path=/desk; HttpOnly; SameSite=Strict{secure}"));
        // The page that is made now already needs the token.
        if let Ok(value) = HeaderValue::from_str(&format!("{FORM_COOKIE}={secret}")) {
            parts.headers.append(header::COOKIE, value);
        }
    }
    let query = crate::visit::Query::parse(parts.uri.query().unwrap_or_default());
    if let Some(lang) = query.get("lang").and_then(Lang::parse) {
        let lang = lang.code();
        cookies
            .push(format!("{LANG_COOKIE}={lang}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}"));
    }
    let if_none_match = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if is_desk {
        set(&mut response, header::CACHE_CONTROL, "no-store");
    } else if response.status() == StatusCode::OK && is_html(&response) {
        response = with_entity_tag(response, if_none_match).await;
    }
    for text in cookies {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    secure_headers(&app, &id, &mut response);
    response
}

fn secure_headers(app: &App, id: &str, response: &mut Response) {
    let own = response.extensions_mut().remove::<OwnPolicy>();
    let policy = own.map_or(HeaderValue::from_static(POLICY), |own| own.0);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    set(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(response, header::REFERRER_POLICY, "same-origin");
    set(response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    let permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    set(response, HeaderName::from_static("permissions-policy"), permissions);
    let corp = HeaderName::from_static("cross-origin-resource-policy");
    if !response.headers().contains_key(&corp) {
        set(response, corp, "same-origin");
    }
    if app.config.https {
        set(response, header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert("x-request-id", value);
    }
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// Gives a public page a tag of its bytes, and answers 304 when the reader has them already.
async fn with_entity_tag(response: Response, if_none_match: Option<HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let limit = usize::try_from(MAX_TAGGED_BYTES).unwrap_or(usize::MAX);
    let Ok(bytes) = to_bytes(body, limit).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = format!("W/\"{}\"", &sha256(&bytes).to_hex()[..32]);
    let known = if_none_match.as_ref().and_then(|value| value.to_str().ok());
    let known = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie, accept-encoding"));
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("public, max-age=5"));
    if known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
