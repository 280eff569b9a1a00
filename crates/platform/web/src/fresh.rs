//! "Confirm that it is you" before a signing act: one mechanism for every desk.
//!
//! The page asks for password or passkey and carries what was typed in hidden fields; it posts to the
//! very address of the act. So nothing is kept on the server, nothing is lost, and no script is needed.

use crate::app::App;
use crate::assets::asset;
use crate::forms::{FormState, MAX_FORM_BYTES, same_token};
use crate::headers::with_script;
use crate::problem::{Problem, Reply, page};
use crate::visit::{LOGIN_COOKIE, Visit, cookie};
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use scr_engine::{ActError, Fault};
use std::net::SocketAddr;
use std::sync::Arc;

/// Fields of the confirmation begin like this; handlers do not see them.
pub(crate) const PREFIX: &str = "fresh-";
const PASSWORD: &str = "fresh-password";
const CHALLENGE: &str = "fresh-challenge";
const ANSWER: &str = "fresh-answer";

/// What somebody gives to confirm.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// The password.
    Password(String),
    /// A passkey's answer to a challenge.
    Passkey {
        /// The challenge of [`PasskeyQuestion`].
        challenge: String,
        /// The authenticator's answer, JSON.
        answer: String,
    },
}

/// What the page's script asks the authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyQuestion {
    /// Comes back with the answer.
    pub challenge: String,
    /// `{"publicKey": …}` as JSON.
    pub options: String,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    /// What was typed for the act itself.
    typed: &'a [(String, String)],
    question: Option<&'a PasskeyQuestion>,
    script: String,
}

/// The request itself when the login is fresh or has just been confirmed; else the page that asks.
pub(crate) async fn ask(app: &Arc<App>, parts: Parts, body: Body) -> Result<Request, Response> {
    let visit = Visit::of(app, &parts);
    let refuse = |status, code| Reply::problem(&visit, &Problem::new(status, code)).into_response();
    // A program's token never signs: there is nobody to ask.
    let Some(token) = cookie(&parts, LOGIN_COOKIE).map(str::to_owned) else {
        return Err(refuse(403, "SCR-WEB-010"));
    };
    if blocking(app, &token, |gate, token| gate.is_fresh(token)).await.unwrap_or(false) {
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = to_bytes(body, MAX_FORM_BYTES).await.map_err(|_| refuse(413, "SCR-WEB-005"))?;
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&bytes).map_err(|_| refuse(422, "SCR-WEB-006"))?;
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    if !same_token(&value("csrf"), &visit.csrf) {
        return Err(refuse(403, "SCR-WEB-003"));
    }
    let mut form = FormState::new();
    if let Some(proof) = proof(value(PASSWORD).trim().to_owned(), value(CHALLENGE), value(ANSWER)) {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = peer.map_or_else(String::new, |peer| peer.0.ip().to_string());
        let confirmed = blocking(app, &token, move |gate, token| gate.confirm(token, &proof, &address)).await;
        match confirmed {
            Ok(Ok(())) => return Ok(Request::from_parts(parts, Body::from(bytes))),
            Ok(Err(ActError::Refused(refusal))) => form.refuse(&visit, &refusal.on(PASSWORD)),
            Ok(Err(ActError::Fault(fault))) | Err(fault) => {
                return Err(Reply::fault(&visit, &fault).into_response());
            }
        }
    }
    let question = blocking(app, &token, |gate, token| gate.ask_passkey(token)).await.ok().flatten();
    let typed: Vec<_> =
        pairs.into_iter().filter(|(name, _)| name != "csrf" && !name.starts_with(PREFIX)).collect();
    let script = asset("passkey.js").href;
    let shown =
        page(&ConfirmPage { visit: &visit, form: &form, typed: &typed, question: question.as_ref(), script });
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = (status, shown).into_response();
    Err(if question.is_some() { with_script(answer) } else { answer })
}

fn proof(password: String, challenge: String, answer: String) -> Option<Proof> {
    if !answer.is_empty() {
        return Some(Proof::Passkey { challenge, answer });
    }
    (!password.is_empty()).then_some(Proof::Password(password))
}

/// Asks the gate where blocking is allowed.
async fn blocking<T: Send + 'static>(
    app: &Arc<App>,
    token: &str,
    ask: impl FnOnce(&dyn crate::gate::Gate, &str) -> T + Send + 'static,
) -> Result<T, Fault> {
    let (gate, token) = (Arc::clone(&app.gate), token.to_owned());
    tokio::task::spawn_blocking(move || ask(&*gate, &token)).await.map_err(|error| Fault::log(&error))
}
