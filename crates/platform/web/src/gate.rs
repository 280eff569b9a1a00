//! Who may use a route.

use crate::app::App;
use crate::problem::{Problem, Reply};
use crate::visit::{LOGIN_COOKIE, Visit, cookie};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use scr_core::{Actor, Role};
use scr_engine::ActError;
use std::sync::Arc;

/// Who may use a route. Every route has one; the authorisation matrix is made from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allow {
    /// Anybody. The handler sees no login: public pages are the same for everybody.
    Public,
    /// Anybody, and the handler sees the login when there is one: the sign-in page.
    Anybody,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in, in one of these roles.
    Roles(&'static [Role]),
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

/// Finds out who is signed in. Access implements it.
pub trait Gate: Send + Sync {
    /// The login behind the token of the login cookie, if it still holds.
    fn login(&self, token: &str) -> Option<LoginInfo>;

    /// Signs somebody in: the token for the login cookie. `None` where nobody can sign in.
    fn sign_in(&self, _email: &str, _password: &str, _address: &str) -> Result<Option<String>, ActError> {
        Ok(None)
    }

    /// Ends the login behind a token.
    fn sign_out(&self, _token: &str) {}
}

/// Lets a request through to its handler, or answers it.
pub(crate) async fn guard(app: Arc<App>, allow: Allow, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if is_cross_site(&parts.method, &parts.headers) {
        let visit = Visit::of(&app, &parts);
        return Reply::problem(&visit, &Problem::new(403, "SCR-WEB-004")).into_response();
    }
    if allow != Allow::Public {
        let token = cookie(&parts, LOGIN_COOKIE).map(str::to_owned);
        let gate = Arc::clone(&app.gate);
        let found = tokio::task::spawn_blocking(move || token.and_then(|token| gate.login(&token))).await;
        if let Some(login) = found.ok().flatten() {
            parts.extensions.insert(login);
        }
    }
    let login = parts.extensions.get::<LoginInfo>();
    let may = match allow {
        Allow::Public | Allow::Anybody => true,
        Allow::SignedIn => login.is_some(),
        Allow::Roles(roles) => login.is_some_and(|login| roles.contains(&login.actor.role)),
    };
    if may {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if login.is_none() && parts.method == Method::GET {
        let to = serde_urlencoded::to_string([("to", parts.uri.path())]).unwrap_or_default();
        return Redirect::to(&format!("/desk/sign-in?{to}")).into_response();
    }
    let visit = Visit::of(&app, &parts);
    let status = if login.is_none() { 401 } else { 403 };
    Reply::problem(&visit, &Problem::new(status, "SCR-WEB-002")).into_response()
}

/// A browser says where a request comes from (Fetch Metadata, W3C): another site may not post.
fn is_cross_site(method: &Method, headers: &axum::http::HeaderMap) -> bool {
    let writes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let bearer = headers.contains_key(header::AUTHORIZATION);
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    writes && !bearer && site.is_some_and(|site| site != "same-origin" && site != "none")
}
