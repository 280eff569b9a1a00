//! What every handler of this desk is given.

use crate::door::{act_error, no_login};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use scr_access::{Access, Login};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, Receipt};
use scr_web::components::Crumb;
use scr_web::{App, LOGIN_COOKIE, Reply, Seal, Visit, cookie, peer_address};
pub(crate) use scr_web::{form_page, form_status as status, go, kept};
use std::sync::Arc;

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
        Ok(Self {
            app: Arc::clone(app),
            access,
            address: peer_address(parts),
            token: cookie(parts, LOGIN_COOKIE).unwrap_or_default().to_owned(),
        })
    }
}

impl Office {
    /// Makes a page where blocking is allowed: reading tables and views, and recording.
    pub(crate) async fn run<F>(self, visit: Visit, work: F) -> Reply
    where
        F: FnOnce(&Self, &Visit) -> Result<Reply, ActError> + Send + 'static,
    {
        scr_web::run(visit, move |visit| work(&self, visit)).await
    }

    /// The login of this request, with what access knows of it.
    pub(crate) fn login(&self) -> Result<Login, ActError> {
        let found = self.access.login(&self.token).map_err(act_error)?;
        found.ok_or_else(|| no_login().into())
    }

    /// After an act: the page `to`, which shows the receipt, once the views have the act.
    pub(crate) fn recorded(&self, to: &str, receipts: &[Receipt]) -> Reply {
        scr_web::recorded(&self.app, to, receipts)
    }

    /// The seal of the act that led to this page.
    pub(crate) fn just_recorded(&self, visit: &Visit) -> Result<Option<Seal>, Fault> {
        scr_web::just_recorded(&self.app, visit)
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

/// The way back to the pages of administration.
pub(crate) fn crumbs(visit: &Visit, above: &[(&str, &str)]) -> Vec<Crumb> {
    above.iter().map(|(href, key)| Crumb::new(*href, visit.t(key))).collect()
}
