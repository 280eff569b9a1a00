//! What every handler of this desk is given.

use crate::door::{act_error, no_login};
use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use rusqlite::OptionalExtension;
use scr_access::{Access, Login};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, Receipt};
use scr_web::components::Crumb;
use scr_web::{App, FormState, LOGIN_COOKIE, Reply, Seal, Visit, page};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// The people behind the gate, and what the request says about who asks.
pub(crate) struct Office {
    pub(crate) app: Arc<App>,
    pub(crate) access: Arc<Access>,
    /// The network address of the request, for limits; nothing in tests.
    pub(crate) address: String,
    /// The token of the login cookie.
    token: String,
}

impl FromRequestParts<Arc<App>> for Office {
    type Rejection = Reply;

    /// Refused with `SCR-ACC-022` where no people stand behind the gate.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Reply> {
        let behind = app.gate.behind().and_then(|behind| behind.downcast_ref::<Arc<Access>>());
        let Some(access) = behind.cloned() else {
            let Ok(visit) = Visit::from_request_parts(parts, app).await;
            let refusal = Refusal::new(RefusalKind::Unavailable, "SCR-ACC-022");
            return Err(Reply::refused(&visit, &refusal));
        };
        let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let token = cookies
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(LOGIN_COOKIE)?.strip_prefix('='));
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self {
            app: Arc::clone(app),
            access,
            address: peer.map_or_else(String::new, |peer| peer.0.ip().to_string()),
            token: token.unwrap_or_default().to_owned(),
        })
    }
}

impl Office {
    /// Makes a page where blocking is allowed: reading tables and views, and recording.
    pub(crate) async fn run<F>(self, visit: Visit, work: F) -> Reply
    where
        F: FnOnce(&Self, &Visit) -> Result<Reply, ActError> + Send + 'static,
    {
        let words = visit.clone();
        match scr_web::blocking(move || work(&self, &visit)).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => Reply::act(&words, &error),
            Err(error) => Reply::fault(&words, &Fault::log(&error)),
        }
    }

    /// The login of this request, with what access knows of it.
    pub(crate) fn login(&self) -> Result<Login, ActError> {
        let found = self.access.login(&self.token).map_err(act_error)?;
        found.ok_or_else(|| no_login().into())
    }

    /// After an act: the page `to`, which shows the receipt, once the views have the act.
    pub(crate) fn recorded(&self, to: &str, receipts: &[Receipt]) -> Reply {
        let Some(last) = receipts.last() else { return go(to) };
        self.app.engine.wait_for(last.index + 1, Duration::from_secs(10));
        go(&format!("{to}?recorded={}", last.index))
    }

    /// The seal of the act that led to this page.
    pub(crate) fn just_recorded(&self, visit: &Visit) -> Result<Option<Seal>, Fault> {
        let Some(index) = visit.query.get("recorded").and_then(|text| text.parse::<u32>().ok()) else {
            return Ok(None);
        };
        let at: Option<i64> = self.app.engine.read(|views| {
            views
                .prepare_cached("SELECT at FROM engine_event WHERE idx = ?1")?
                .query_row([index], |row| row.get(0))
                .optional()
        })?;
        Ok(at.map(|at| self.app.seal(u64::from(index), at)))
    }

    /// The answer that signs a browser in: its cookies, and the way on.
    pub(crate) fn entered(&self, signed_in: &scr_access::SignedIn, visit: &Visit, to: &str) -> Reply {
        let secure = if self.app.config.https { "; Secure" } else { "" };
        let token = signed_in.token.reveal();
        let mut reply = go(to).into_response();
        set_cookie(&mut reply, &format!("{LOGIN_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"));
        if let Some(lang) = visit.first_language(&signed_in.login.language) {
            set_cookie(&mut reply, &Visit::language_cookie(lang, self.app.config.https));
        }
        Reply::from(reply)
    }

    /// The answer that signs a browser out.
    pub(crate) fn left() -> Reply {
        let mut reply = go("/").into_response();
        set_cookie(&mut reply, &format!("{LOGIN_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
        Reply::from(reply)
    }
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// A redirect after an act.
pub(crate) fn go(to: &str) -> Reply {
    Redirect::to(to).into_response().into()
}

/// A page with a form: its status says whether something in it is wrong.
pub(crate) fn form_page<T: Template>(template: &T, form: &FormState) -> Reply {
    (status(form), page(template)).into_response().into()
}

pub(crate) fn status(form: &FormState) -> StatusCode {
    if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A refusal stays beside its field; a fault ends the request.
pub(crate) fn kept<T>(
    visit: &Visit,
    form: &mut FormState,
    result: Result<T, ActError>,
) -> Result<Option<T>, ActError> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(ActError::Refused(refusal)) => {
            form.refuse(visit, &refusal);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// The way back to the pages of administration.
pub(crate) fn crumbs(visit: &Visit, above: &[(&str, &str)]) -> Vec<Crumb> {
    above.iter().map(|(href, key)| Crumb::new(*href, visit.t(key))).collect()
}
