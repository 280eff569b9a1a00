//! Approval of one language: exactly these words, by somebody who reads it and did not write them last.

use super::super::draft::LEVELS;
use super::super::{acts, cap, rules};
use super::{Place, actor, crumbs, dressed, look, refuse};
use crate::issued::Words;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, recorded, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "write/approve.html")]
struct ApprovePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    href: String,
    back: String,
    language: &'a str,
    dir: &'static str,
    name: String,
    status: Tag,
    headline: String,
    instruction: String,
    levels: Vec<(String, Words)>,
    hash: String,
}

fn show(visit: &Visit, place: &Place, language: &str, form: &FormState) -> Result<Reply, ActError> {
    let draft = place.draft();
    rules::may_approve(actor(visit)?, draft, language)?;
    let spoken = draft.words.get(language).cloned().unwrap_or_default();
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let filled = spoken.filled();
    let level = |level: &&str| Some((visit.t(&format!("alerts-level-{level}")), filled.get(*level)?.clone()));
    let template = ApprovePage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        href: format!("{}/approve/{language}", draft.href()),
        back: draft.href(),
        language,
        dir: if language == "ar" { "rtl" } else { "ltr" },
        name: look::say(visit, "language", language),
        status: look::status_tag(visit, draft.status()),
        headline: cap::marked(draft.status(), language, &spoken.headline),
        instruction: spoken.instruction.clone(),
        levels: LEVELS.iter().filter_map(level).collect(),
        hash: draft.words_hash(language)?.to_string(),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, language)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        show(visit, &place, &language, &FormState::new())
    })
    .await
}

pub(super) async fn approve(
    State(app): State<Arc<App>>,
    Path((id, language)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        if !form.is("reads", "yes") {
            form.reject("reads", visit.t("alerts-wrong-reads"));
            return show(visit, &place, &language, &form);
        }
        let seen = form.value("hash").to_owned();
        match acts::approve(&app, actor(visit)?, &id, &language, &seen) {
            Ok(receipts) => Ok(recorded(&app, &place.draft().href(), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(visit, &place, &language, &form)
            }
        }
    })
    .await
}
