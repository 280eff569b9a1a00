//! Signing in and out.

use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use scr_engine::ActError;
use scr_web::{App, FormState, LOGIN_COOKIE, Posted, Reply, Visit, page};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "office/sign_in.html")]
struct SignInPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    to: &'a str,
}

/// Where the request came from, for limits: the peer's address, or nothing in tests.
pub(crate) struct Peer(String);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or_else(String::new, |peer| peer.0.ip().to_string())))
    }
}

/// The token of the login cookie.
pub(crate) struct Token(Option<String>);

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let token = cookies
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(LOGIN_COOKIE)?.strip_prefix('='));
        Ok(Self(token.map(str::to_owned)))
    }
}

pub(crate) async fn form(visit: Visit) -> Reply {
    let to = visit.query.get("to").unwrap_or_default();
    page(&SignInPage { visit: &visit, form: &FormState::new(), to }).into()
}

pub(crate) async fn submit(State(app): State<Arc<App>>, Peer(address): Peer, posted: Posted) -> Reply {
    let Posted { mut form, visit, .. } = posted;
    let gate = Arc::clone(&app.gate);
    let (email, password) = (form.value("email").to_owned(), form.value("password").to_owned());
    let signed_in = tokio::task::spawn_blocking(move || gate.sign_in(&email, &password, &address)).await;
    match signed_in {
        Ok(Ok(Some(token))) => {
            let secure = if app.config.https { "; Secure" } else { "" };
            let cookie = format!("{LOGIN_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}");
            return entered(&cookie, destination(form.value("to")));
        }
        Ok(Ok(None)) => form.reject("", visit.t("office-closed")),
        Ok(Err(ActError::Refused(refusal))) => form.refuse(&visit, &refusal),
        Ok(Err(ActError::Fault(fault))) => return Reply::fault(&visit, &fault),
        Err(error) => return Reply::fault(&visit, &scr_engine::Fault::log(&error)),
    }
    let to = form.value("to").to_owned();
    let shown = page(&SignInPage { visit: &visit, form: &form, to: &to });
    Reply::from((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

pub(crate) async fn leave(State(app): State<Arc<App>>, Token(token): Token, _posted: Posted) -> Reply {
    if let Some(token) = token {
        let gate = Arc::clone(&app.gate);
        // Whether it can be ended or not, the browser forgets it.
        drop(tokio::task::spawn_blocking(move || gate.sign_out(&token)).await);
    }
    entered(&format!("{LOGIN_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"), "/")
}

/// Only pages of the desk: a link must not send anybody elsewhere after signing in.
fn destination(to: &str) -> &str {
    let fine = to.starts_with("/desk") && !to.contains("//") && !to.contains('\\') && !to.contains("sign-");
    if fine { to } else { "/desk" }
}

fn entered(cookie: &str, to: &str) -> Reply {
    let mut response: Response = Redirect::to(to).into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    Reply::from(response)
}

#[cfg(test)]
mod tests {
    use super::destination;

    #[test]
    fn nobody_is_sent_elsewhere_after_signing_in() {
        assert_eq!(destination("/desk/elections/x"), "/desk/elections/x");
        for to in [
            "",
            "https://evil.example",
            "//evil.example",
            "/desk//evil.example",
            "/desk\\evil",
            "/desk/sign-out",
        ] {
            assert_eq!(destination(to), "/desk", "{to}");
        }
    }
}
