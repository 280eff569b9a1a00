//! Putting a version in force, by another person than who made it; and withdrawing it.

use super::parts::{Shown, shown};
use super::place::{Place, asked, place};
use super::{actor, crumbs, href};
use crate::library::acts;
use askama::Template;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_core::Tlp;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, kept, recorded, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "library/adopt.html")]
struct AdoptPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    place: &'a Place,
    form: &'a FormState,
    shown: Shown,
    name: String,
    over: String,
    href: String,
    /// The version that is in force until now.
    before: Option<u64>,
    is_public: bool,
}

fn render(visit: &Visit, place: &Place, form: &FormState) -> Reply {
    let name = place.name(visit);
    let template = AdoptPage {
        visit,
        crumbs: crumbs(visit, Some((&place.version.code, &name))),
        shown: shown(visit, &place.book, &place.version.code),
        over: place.version.sha256.to_hex(),
        href: href(&place.version.code),
        before: place.in_force().map(|one| one.version),
        is_public: place.book.tlp == Tlp::Clear,
        name,
        place,
        form,
    };
    form_page(&template, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code, asked(visit, "version"))?;
        if place.is_in_force() {
            return Ok(go(&href(&code)));
        }
        Ok(render(visit, &place, &FormState::new()))
    })
    .await
}

pub(super) async fn adopt(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = place(&app, visit, &code, form.value("version").parse().ok())?;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("library-wrong-looked"));
            return Ok(render(visit, &place, &form));
        }
        // What is no hash is not what stands there.
        let over = Hash32::from_hex(form.value("over")).unwrap_or(Hash32([0; 32]));
        let done = acts::adopt(&app.engine, actor(visit)?, (&code, place.version.version), &over);
        match kept(visit, &mut form, done)? {
            Some(receipts) => {
                let to = format!("{}?version={}", href(&code), place.version.version);
                Ok(recorded(&app, &to, &receipts))
            }
            None => Ok(render(visit, &place, &form)),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "library/withdraw.html")]
struct WithdrawPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    name: String,
    version: u64,
    href: String,
}

fn ask(visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    let name = place.name(visit);
    let Some(in_force) = place.in_force() else { return Ok(go(&href(&place.version.code))) };
    let template = WithdrawPage {
        visit,
        crumbs: crumbs(visit, Some((&place.version.code, &name))),
        form,
        version: in_force.version,
        href: href(&place.version.code),
        name,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn withdraw_form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(code): Path<String>,
) -> Reply {
    run(visit, move |visit| ask(visit, &place(&app, visit, &code, None)?, &FormState::new())).await
}

pub(super) async fn withdraw(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = place(&app, visit, &code, None)?;
        let done = acts::withdraw(&app.engine, actor(visit)?, &code, form.value("reason"));
        match kept(visit, &mut form, done)? {
            Some(receipts) => Ok(recorded(&app, &href(&code), &receipts)),
            None => ask(visit, &place, &form),
        }
    })
    .await
}
