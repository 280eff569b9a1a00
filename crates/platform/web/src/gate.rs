//! Who may use a route.

use crate::app::App;
use crate::fresh::{self, PasskeyQuestion, Proof};
use crate::problem::{Problem, Reply};
use crate::routes::Route;
use crate::visit::{BOARD_COOKIE, LOGIN_COOKIE, Visit, cookie};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use scr_core::{Actor, BoardLogin, Role};
use scr_engine::{ActError, Fault};
use std::any::Any;
use std::sync::Arc;

/// Where a board says its passphrase.
const BOARD_DOOR: &str = "/board";

/// Who may use a route. Every route has one; the authorisation matrix is made from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allow {
    /// Anybody. The handler sees no login: public pages are the same for everybody.
    Public,
    /// Anybody, and the handler sees the login when there is one: the sign-in page.
    Anybody,
    /// A program whose request is signed with a key that this server knows: the handler checks that.
    /// It sees no login.
    KnownKey,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in, in one of these roles.
    Roles(&'static [Role]),
    /// An audit board that has said its passphrase. It is no login: it opens no other route, and no login opens these.
    Board,
    /// A program of a partner, which says who it is by a token (HTTP Basic, bearer, or bare), or anybody. The handler
    /// takes [`Partner`] and answers as its protocol wants it, refusals too.
    Partner,
}

impl Allow {
    /// Whether somebody in this role, or without a login, may use the route.
    pub fn admits(self, role: Option<Role>) -> bool {
        match self {
            Self::Public | Self::Anybody | Self::KnownKey | Self::Partner => true,
            Self::SignedIn => role.is_some(),
            Self::Roles(roles) => role.is_some_and(|role| roles.contains(&role)),
            Self::Board => false,
        }
    }

    /// Whether an audit board may use the route.
    pub fn admits_board(self) -> bool {
        matches!(self, Self::Public | Self::Anybody | Self::KnownKey | Self::Partner | Self::Board)
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginInfo {
    /// Person, organisation, role and place.
    pub actor: Actor,
    /// The person's name, for their own eyes.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
}

/// Finds out who is signed in. Access stands behind it.
pub trait Gate: Send + Sync {
    /// The login behind the token of the login cookie, if it still holds.
    fn login(&self, token: &str) -> Option<LoginInfo>;

    /// The login behind a bearer token of a program.
    fn bearer(&self, _token: &str) -> Option<LoginInfo> {
        None
    }

    /// The login behind what a request brings; a fault where nobody can tell at the moment.
    fn look(&self, secret: &Secret) -> Result<Option<LoginInfo>, Fault> {
        Ok(match secret {
            Secret::Cookie(token) => self.login(token),
            Secret::Bearer(token) => self.bearer(token),
        })
    }

    /// The audit board behind the token of its cookie, if its session still holds; a fault where nobody can tell at the
    /// moment.
    fn board(&self, _token: &str) -> Result<Option<BoardLogin>, Fault> {
        Ok(None)
    }

    /// Whether password or passkey was given recently enough for a signing act. A gate without
    /// people (in tests of desks) has nothing to ask for.
    fn is_fresh(&self, _token: &str) -> bool {
        true
    }

    /// Takes the password or passkey once more.
    fn confirm(&self, _token: &str, _proof: &Proof, _address: &str) -> Result<(), ActError> {
        Ok(())
    }

    /// What to ask the person's passkeys; `None` where there are none.
    fn ask_passkey(&self, _token: &str) -> Option<PasskeyQuestion> {
        None
    }

    /// What stands behind the gate, for the desk that administers people.
    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        None
    }
}

/// Lets a request through to its handler, or answers it.
pub(crate) async fn guard(app: Arc<App>, route: Route, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if is_cross_site(&parts.method, &parts.headers) {
        let visit = Visit::of(&app, &parts);
        return Reply::problem(&visit, &Problem::new(403, "SCR-WEB-004")).into_response();
    }
    if route.allow == Allow::Board {
        return board_guard(&app, parts, body, next).await;
    }
    if route.allow == Allow::Partner {
        return partner_guard(&app, parts, body, next).await;
    }
    if !matches!(route.allow, Allow::Public | Allow::KnownKey) {
        let gate = Arc::clone(&app.gate);
        let found = match secret(&parts) {
            Some(secret) => tokio::task::spawn_blocking(move || gate.look(&secret)).await,
            None => Ok(Ok(None)),
        };
        match found {
            Ok(Ok(Some(login))) => drop(parts.extensions.insert(login)),
            Ok(Ok(None)) => {}
            // Not "sign in again": whoever is signed in is so as soon as the database answers.
            Ok(Err(_)) | Err(_) => {
                let visit = Visit::of(&app, &parts);
                return Reply::problem(&visit, &Problem::new(503, "SCR-WEB-011")).into_response();
            }
        }
    }
    let role = parts.extensions.get::<LoginInfo>().map(|login| login.actor.role);
    if !route.allow.admits(role) {
        return turned_away(&app, &parts, role.is_some());
    }
    if route.fresh {
        return match fresh::ask(&app, parts, body).await {
            Ok(request) => next.run(request).await,
            Err(answer) => answer,
        };
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Only the cookie of a board opens its routes: the login is not even looked at.
async fn board_guard(app: &Arc<App>, mut parts: Parts, body: Body, next: Next) -> Response {
    let (gate, token) = (Arc::clone(&app.gate), cookie(&parts, BOARD_COOKIE).map(str::to_owned));
    let found = match token {
        Some(token) => tokio::task::spawn_blocking(move || gate.board(&token)).await,
        None => Ok(Ok(None)),
    };
    match found {
        Ok(Ok(Some(board))) => {
            parts.extensions.insert(board);
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(Ok(None)) if parts.method == Method::GET => Redirect::to(BOARD_DOOR).into_response(),
        Ok(Ok(None)) => no_board(app, &parts).into_response(),
        Ok(Err(_)) | Err(_) => {
            Reply::problem(&Visit::of(app, &parts), &Problem::new(503, "SCR-WEB-011")).into_response()
        }
    }
}

/// Finds out whose program asks. Whatever it brought, the handler answers.
async fn partner_guard(app: &Arc<App>, mut parts: Parts, body: Body, next: Next) -> Response {
    let Some((user, token)) = partner_secret(&parts) else {
        parts.extensions.insert(Partner::Anonymous);
        return next.run(Request::from_parts(parts, body)).await;
    };
    let gate = Arc::clone(&app.gate);
    match tokio::task::spawn_blocking(move || gate.look(&Secret::Bearer(token))).await {
        Ok(Ok(login)) => {
            let is_own =
                |login: &LoginInfo| user.as_ref().is_none_or(|user| user == login.actor.org.as_str());
            let partner =
                login.filter(is_own).map_or(Partner::Refused, |login| Partner::Member(Box::new(login)));
            if let Partner::Member(login) = &partner {
                parts.extensions.insert((**login).clone());
            }
            parts.extensions.insert(partner);
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(Err(_)) | Err(_) => {
            Reply::problem(&Visit::of(app, &parts), &Problem::new(503, "SCR-WEB-011")).into_response()
        }
    }
}

/// User name (of HTTP Basic) and token of a program.
fn partner_secret(parts: &Parts) -> Option<(Option<String>, String)> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let Some((scheme, rest)) = value.split_once(' ') else {
        return Some((None, value.to_owned()));
    };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Some((None, rest.trim().to_owned()));
    }
    // What is no RFC 7617 credential is a wrong one.
    let pair = scr_canon::unb64(rest.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let (user, token) = pair.as_deref().and_then(|pair| pair.split_once(':')).unwrap_or_default();
    Some((Some(user.to_owned()), token.to_owned()))
}

/// Whose program asks, for handlers behind [`Allow::Partner`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Partner {
    /// It does not say.
    Anonymous,
    /// What it brought opens nothing.
    Refused,
    /// The token is a person's, for one organisation; a user name, where one is given, is the organisation's id.
    Member(Box<LoginInfo>),
}

impl FromRequestParts<Arc<App>> for Partner {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Anonymous))
    }
}

/// The board whose session opened this route, for handlers behind [`Allow::Board`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtBoard(pub BoardLogin);

impl FromRequestParts<Arc<App>> for AtBoard {
    type Rejection = Reply;

    /// Refused with `SCR-WEB-012` on a route that is not behind [`Allow::Board`].
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Reply> {
        let board = parts.extensions.get::<BoardLogin>().cloned().map(Self);
        board.ok_or_else(|| no_board(app, parts))
    }
}

fn no_board(app: &App, parts: &Parts) -> Reply {
    let visit = Visit::of(app, parts);
    let mut problem = Problem::new(401, "SCR-WEB-012");
    problem.detail = Some(visit.t("shell-error-board"));
    Reply::problem(&visit, &problem)
}

/// What a request brings to say who it is from.
#[derive(Clone)]
pub enum Secret {
    /// The token of the login cookie.
    Cookie(String),
    /// A program's token.
    Bearer(String),
}

/// Pages take the cookie, the API takes a bearer token, and neither takes the other: a cookie that
/// served the API would let other sites act by it.
fn secret(parts: &Parts) -> Option<Secret> {
    if !is_api(parts) {
        return cookie(parts, LOGIN_COOKIE).map(|token| Secret::Cookie(token.to_owned()));
    }
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::Bearer(token.trim().to_owned()))
}

pub(crate) fn is_api(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/api/")
}

fn turned_away(app: &Arc<App>, parts: &Parts, signed_in: bool) -> Response {
    if !signed_in && parts.method == Method::GET && !is_api(parts) {
        let to = serde_urlencoded::to_string([("to", parts.uri.path())]).unwrap_or_default();
        return Redirect::to(&format!("/desk/sign-in?{to}")).into_response();
    }
    let visit = Visit::of(app, parts);
    let status = if signed_in { 403 } else { 401 };
    let mut response = Reply::problem(&visit, &Problem::new(status, "SCR-WEB-002")).into_response();
    if !signed_in && is_api(parts) {
        // RFC 6750 section 3.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A browser says where a request comes from (Fetch Metadata, W3C): another site may not post.
fn is_cross_site(method: &Method, headers: &axum::http::HeaderMap) -> bool {
    let writes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let bearer = headers.contains_key(header::AUTHORIZATION);
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    writes && !bearer && site.is_some_and(|site| site != "same-origin" && site != "none")
}
