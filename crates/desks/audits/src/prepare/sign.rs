//! A jurisdiction signs what it has handed in.

use super::words::what_name;
use super::{actor, crumbs, form_page, go, place_href, place_of, recorded, refuse, run};
use crate::acts::sign_uploads;
use crate::data::Kept;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{Phase, Upload};
use scr_canon::Hash32;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "prepare/sign.html")]
struct SignPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    name: &'a str,
    form: &'a FormState,
    files: Vec<(String, &'a Upload)>,
    over: String,
    back: String,
}

fn show(
    visit: &Visit,
    kept: &Kept,
    (id, name): &(String, String),
    form: &FormState,
) -> Result<Reply, ActError> {
    let own = &kept.audit.jurisdictions()[name];
    let template = SignPage {
        visit,
        crumbs: crumbs(visit, Some(kept), Some(name)),
        name,
        form,
        files: own.uploads.iter().map(|(what, upload)| (what_name(visit, *what), upload)).collect(),
        over: kept.audit.to_sign(name)?.to_hex(),
        back: place_href(id, name),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn look(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let kept = place_of(&app, visit, &address)?;
        let own = &kept.audit.jurisdictions()[&address.1];
        if kept.audit.phase() != Phase::Draft || own.signed.is_some() || own.uploads.is_empty() {
            return Ok(go(&place_href(&address.0, &address.1)));
        }
        show(visit, &kept, &address, &FormState::new())
    })
    .await
}

pub(super) async fn sign(
    State(app): State<Arc<App>>,
    Path(address): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let kept = place_of(&app, visit, &address)?;
        let (id, name) = &address;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("audits-wrong-looked"));
            return show(visit, &kept, &address, &form);
        }
        // What is no hash is not what stands there.
        let over = Hash32::from_hex(form.value("over")).unwrap_or(Hash32([0; 32]));
        match sign_uploads(&app.engine, actor(visit)?, id, (name, &over)) {
            Ok(receipts) => Ok(recorded(&app, &place_href(id, name), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(visit, &kept, &address, &form)
            }
        }
    })
    .await
}
