//! Coming in by a passphrase, and saying who sits there.

use super::sign::on_field;
use super::table::{Table, take};
use super::{board_page, form_status, go, recorded, run};
use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use scr_access::{Access, AccessError};
use scr_audits::workflow::{BoardStep, passphrase};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::{App, AtBoard, BOARD_COOKIE, FormState, Posted, Reply, Visit, cookie, page, peer_address};
use std::sync::Arc;

/// Who keeps the passes, and what the request says about who asks.
pub(super) struct Door {
    access: Arc<Access>,
    /// Cookies travel by https alone.
    is_secure: bool,
    /// The network address of the request, for limits; nothing in tests.
    address: String,
    /// The token of the board's cookie.
    token: String,
}

impl FromRequestParts<Arc<App>> for Door {
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
            access,
            is_secure: app.config.https,
            address: peer_address(parts),
            token: cookie(parts, BOARD_COOKIE).unwrap_or_default().to_owned(),
        })
    }
}

impl Door {
    fn cookie(&self, value: &str, more: &str) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{BOARD_COOKIE}={value}; Path=/board{more}; HttpOnly; SameSite=Lax{secure}")
    }
}

#[derive(Template)]
#[template(path = "board/door.html")]
struct DoorPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    /// A board is at work on this tablet.
    is_in: bool,
}

/// Without the script: there is nothing to keep yet.
fn door_page(visit: &Visit, form: &FormState, is_in: bool) -> Reply {
    (form_status(form), page(&DoorPage { visit, form, is_in })).into_response().into()
}

fn act_error(error: AccessError) -> ActError {
    match error {
        AccessError::Refused(refusal) => refusal.into(),
        AccessError::Fault(what) => Fault::log(&what).into(),
    }
}

pub(super) async fn form(door: Door, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let is_in = door.access.board_of(&door.token).map_err(act_error)?.is_some();
        Ok(door_page(visit, &FormState::new(), is_in))
    })
    .await
}

pub(super) async fn join(door: Door, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let words = passphrase::normal(form.value("words"));
        match door.access.join_board(&words, &door.address) {
            Ok(token) => Ok(with_cookie(go("/board/work"), &door.cookie(token.reveal(), ""))),
            Err(AccessError::Refused(refusal)) => {
                form.refuse(visit, &refusal.on("words"));
                Ok(door_page(visit, &form, false))
            }
            Err(fault) => Err(act_error(fault)),
        }
    })
    .await
}

fn with_cookie(reply: Reply, cookie: &str) -> Reply {
    let mut response = reply.into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response.into()
}

/// Ends the work on this tablet; another one of the same board goes on.
pub(super) async fn leave(door: Door, AtBoard(_): AtBoard, posted: Posted) -> Reply {
    run(posted.visit, move |_| {
        door.access.leave_board(&door.token).map_err(act_error)?;
        Ok(with_cookie(go("/board"), &door.cookie("", "; Max-Age=0")))
    })
    .await
}

#[derive(Template)]
#[template(path = "board/names.html")]
struct NamesPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    form: &'a FormState,
}

pub(super) async fn ask_names(State(app): State<Arc<App>>, AtBoard(board): AtBoard, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let table = Table::of(&app, &board)?;
        if table.work.signed().is_some() {
            return Ok(go("/board/work"));
        }
        let fields = ["first", "second"].into_iter().zip(table.work.names());
        let form = fields.fold(FormState::new(), |form, (field, name)| form.with(field, name));
        Ok(board_page(&NamesPage { visit, table: &table, form: &form }, &form))
    })
    .await
}

pub(super) async fn say_names(State(app): State<Arc<App>>, AtBoard(board): AtBoard, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let table = Table::of(&app, &board)?;
        let names = ["first", "second"].map(|field| form.value(field).to_owned()).to_vec();
        if table.work.names() == names {
            return Ok(go("/board/work"));
        }
        match take(&app, &board, &BoardStep::Join { names }) {
            Ok(receipts) => Ok(recorded(&app, "/board/work", &receipts)),
            Err(ActError::Refused(refusal)) => {
                form.refuse(visit, &on_field(refusal));
                Ok(board_page(&NamesPage { visit, table: &table, form: &form }, &form))
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}
