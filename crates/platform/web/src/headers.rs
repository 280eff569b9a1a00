//! What surrounds every handler: headers that no handler can weaken, caching, the request's number, its
//! time limit, who sent it, and `HEAD`.

use crate::app::App;
use crate::problem::{Problem, Reply};
use crate::visit::{FORM_COOKIE, RequestId, Visit, cookie, is_board, secret_cookie};
use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_engine::Fault;
use scr_i18n::Lang;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// No script at all. `/verify.html` carries a policy of its own (by hash of its script).
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A page with a script of our own from `/static/`, and nothing else.
const SCRIPT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same for a script that sends what was typed to this server.
const SENDING_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Bodies that may take long to come.
const UPLOADS: [&str; 2] = ["multipart/form-data", "application/taxii+json"];
/// Public pages up to this size get an entity tag.
const MAX_TAGGED_BYTES: u64 = 4 << 20;

/// A response that brings its own content security policy: `/verify.html`, and pages that ask for a
/// passkey ([`with_script`]), tablets ([`with_sending_script`]).
#[derive(Debug, Clone)]
pub struct OwnPolicy(pub HeaderValue);

/// Lets a page load a script file from `/static/`: passkeys cannot be used without one.
#[must_use]
pub fn with_script(mut response: Response) -> Response {
    response.extensions_mut().insert(OwnPolicy(HeaderValue::from_static(SCRIPT_POLICY)));
    response
}

/// Lets a page load a script file from `/static/` that sends and fetches by itself, from this server alone: tablets keep
/// what is typed while the network is away.
#[must_use]
pub fn with_sending_script(mut response: Response) -> Response {
    response.extensions_mut().insert(OwnPolicy(HeaderValue::from_static(SENDING_POLICY)));
    response
}

pub(crate) async fn shell(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let id = scr_core::uuid_v7(&*app.clock, &*app.entropy);
    request.extensions_mut().insert(RequestId(id.clone()));
    let (mut parts, body) = request.into_parts();
    let begin = Instant::now();
    let running = app.metrics.begin_request();
    believe_proxy(&app, &mut parts);
    // A handler sees GET, so that both have the same headers, entity tag and length.
    let is_head = parts.method == Method::HEAD;
    if is_head {
        parts.method = Method::GET;
    }
    let area = private_area(parts.uri.path());
    let wants_form_cookie =
        cookie(&parts, secret_cookie(parts.uri.path())).is_none() && cookie(&parts, FORM_COOKIE).is_none();
    let secure = if app.config.https { "; Secure" } else { "" };
    let mut cookies = Vec::new();
    if let Some(area) = area.filter(|_| wants_form_cookie) {
        let secret = sha256(&app.entropy.bytes::<32>()).to_hex();
        cookies.push(format!("{FORM_COOKIE}={secret}; Path={area}; HttpOnly; SameSite=Strict{secure}"));
        // The page that is made now already needs the token.
        if let Ok(value) = HeaderValue::from_str(&format!("{FORM_COOKIE}={secret}")) {
            parts.headers.append(header::COOKIE, value);
        }
    }
    let query = crate::visit::Query::parse(parts.uri.query().unwrap_or_default());
    if let Some(lang) = query.get("lang").and_then(Lang::parse) {
        cookies.push(Visit::language_cookie(lang, app.config.https));
    }
    let if_none_match = parts.headers.get(header::IF_NONE_MATCH).cloned();
    // The pattern, never the address: that may hold a one-time link.
    let route = parts.extensions.get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let method = known(&parts.method);
    let span = tracing::info_span!("request", method, route, status = tracing::field::Empty);
    let mut response = within_time(&app, parts, body, next).instrument(span.clone()).await;
    if area.is_some() {
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
    if is_head {
        response = without_body(response);
    }
    let (took, status) = (begin.elapsed(), response.status());
    span.record("status", status.as_u16());
    span.in_scope(|| tracing::debug!(request = %id, took_us = took.as_micros(), "answered"));
    running.end(status, took);
    response
}

/// The part of the site to which a page belongs that is not the same for everybody: it has forms, and is not kept.
fn private_area(path: &str) -> Option<&'static str> {
    if is_board(path) { Some("/board") } else { path.starts_with("/desk").then_some("/desk") }
}

/// The name of a method for lines and spans: a sender may write any word.
fn known(method: &Method) -> &'static str {
    const KNOWN: [(Method, &str); 4] =
        [(Method::GET, "GET"), (Method::POST, "POST"), (Method::PUT, "PUT"), (Method::DELETE, "DELETE")];
    KNOWN.iter().find(|(known, _)| known == method).map_or("_OTHER", |(_, name)| name)
}

/// Runs the handler in a task of its own: neither a panic in it nor its taking too long keeps the
/// reader from an answer with all headers.
async fn within_time(app: &Arc<App>, parts: Parts, body: Body, next: Next) -> Response {
    let visit = Visit::of(app, &parts);
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_upload = kind.is_some_and(|kind| UPLOADS.iter().any(|upload| kind.starts_with(upload)));
    let seconds = if is_upload { app.config.upload_seconds } else { app.config.timeout_seconds };
    let request = Request::from_parts(parts, body);
    let mut task = Abort(tokio::spawn(next.run(request).instrument(tracing::Span::current())));
    match tokio::time::timeout(Duration::from_secs(seconds), &mut task.0).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Reply::fault(&visit, &Fault::log(&panic)).into_response(),
        Err(_) => {
            let mut problem = Problem::new(503, "SCR-WEB-008");
            problem.detail = Some(visit.t("shell-error-too-slow"));
            Reply::problem(&visit, &problem).into_response()
        }
    }
}

/// A task that ends when nobody waits for it any more.
struct Abort(tokio::task::JoinHandle<Response>);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Puts the reader's own address in the place of a trusted proxy's: the last address of
/// `X-Forwarded-For` that is not itself such a proxy. From anybody else the header says nothing.
fn believe_proxy(app: &App, parts: &mut Parts) {
    let trusted = &app.config.trusted_proxies;
    let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>().copied() else { return };
    if !trusted.contains(&peer.ip().to_canonical()) {
        return;
    }
    let all = parts.headers.get_all("x-forwarded-for");
    let said: Vec<&str> = all.iter().filter_map(|value| value.to_str().ok()).collect();
    let addresses = said.iter().rev().flat_map(|line| line.rsplit(','));
    for address in addresses.map_while(|text| text.trim().parse::<IpAddr>().ok()) {
        parts.extensions.insert(ConnectInfo(SocketAddr::new(address, 0)));
        if !trusted.contains(&address.to_canonical()) {
            return;
        }
    }
}

/// The answer to `HEAD`: what `GET` says of the body, without it.
fn without_body(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts.headers.entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
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
