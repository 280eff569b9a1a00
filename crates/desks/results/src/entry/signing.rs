//! The third person: signs off, gives back, corrects.

use super::deciding::warning_words;
use super::reserved::Reserved;
use super::steps::{digest, take_steps};
use super::words::{Line, lines_typed, lines_with, number_text, typed_numbers};
use super::{Desk, crumbs, key_of};
use crate::desk::{actor, form_page, go, recorded, run};
use askama::Template;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_results::sheet::{SheetState, SheetStep};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "entry/sign.html")]
struct SignPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    desk: &'a Desk,
    form: &'a FormState,
    lines: Vec<Line>,
    sum: String,
    /// Warning and explanation, both of which become public.
    explained: Vec<(String, String)>,
    over: String,
    may_sign: bool,
}

pub(super) async fn look(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = Desk::of(&app, actor(visit)?, key_of(address)?)?;
        if desk.sheet.state() != SheetState::Ready {
            return Ok(go(&desk.href()));
        }
        app.soft::<Reserved>().take(desk.key, &actor(visit)?.person, app.clock.now());
        show(visit, &desk, &FormState::new())
    })
    .await
}

fn show(visit: &Visit, desk: &Desk, form: &FormState) -> Result<Reply, ActError> {
    let words = warning_words(visit, desk);
    let explained = desk
        .sheet
        .explanations()
        .iter()
        .map(|(id, text)| (words.get(id).cloned().unwrap_or_else(|| id.clone()), text.clone()));
    let template = SignPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.opening), Some((desk.href(), &desk.row.unit))),
        desk,
        form,
        lines: lines_with(visit, &desk.opening, desk.sheet.agreed()),
        sum: number_text(visit, desk.opening.paper.votes_sum(desk.sheet.agreed())),
        explained: explained.collect(),
        over: digest(&desk.sheet).to_string(),
        may_sign: !desk.sheet.hands().contains(&actor(visit)?.person),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn sign(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("entry-wrong-looked"));
            return show(visit, &desk, &form);
        }
        let seen: Hash32 = form
            .value("over")
            .parse()
            .map_err(|_| Refusal::new(RefusalKind::Conflict, "SCR-RES-301").with("state", &desk.row.state))?;
        match scr_web::kept(
            visit,
            &mut form,
            take_steps(&app.engine, actor, desk.key, &[SheetStep::Sign], Some(&seen)),
        )? {
            Some(receipts) => Ok(recorded(&app, &desk.href(), &receipts)),
            None => show(visit, &desk, &form),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "entry/give_back.html")]
struct GiveBackPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    desk: &'a Desk,
    form: &'a FormState,
}

fn ask_back(visit: &Visit, desk: &Desk, form: &FormState) -> Reply {
    let crumbs = crumbs(visit, Some(&desk.opening), Some((desk.href(), &desk.row.unit)));
    form_page(&GiveBackPage { visit, crumbs, desk, form }, form)
}

pub(super) async fn giving_back(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = Desk::of(&app, actor(visit)?, key_of(address)?)?;
        if matches!(desk.sheet.state(), SheetState::Empty | SheetState::Signed) {
            return Ok(go(&desk.href()));
        }
        Ok(ask_back(visit, &desk, &FormState::new()))
    })
    .await
}

pub(super) async fn give_back(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        let step = SheetStep::GiveBack { reason: form.value("reason").to_owned() };
        match scr_web::kept(visit, &mut form, take_steps(&app.engine, actor, desk.key, &[step], None))? {
            Some(receipts) => Ok(recorded(&app, &desk.href(), &receipts)),
            None => Ok(ask_back(visit, &desk, &form)),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "entry/correct.html")]
struct CorrectPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    desk: &'a Desk,
    form: &'a FormState,
    lines: Vec<Line>,
}

fn ask_correction(visit: &Visit, desk: &Desk, form: &FormState) -> Reply {
    let template = CorrectPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.opening), Some((desk.href(), &desk.row.unit))),
        desk,
        form,
        lines: lines_typed(visit, &desk.opening, form),
    };
    form_page(&template, form)
}

pub(super) async fn correction(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = Desk::of(&app, actor(visit)?, key_of(address)?)?;
        if desk.sheet.state() != SheetState::Signed {
            return Ok(go(&desk.href()));
        }
        let text = |value: &Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        let fill = |form: FormState, (column, value): (&String, &Option<u64>)| form.with(column, text(value));
        let form = desk.sheet.agreed().iter().fold(FormState::new(), fill);
        Ok(ask_correction(visit, &desk, &form))
    })
    .await
}

pub(super) async fn correct(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        let numbers = typed_numbers(visit, &desk.opening, &mut form);
        if form.is_fine() && numbers == *desk.sheet.agreed() {
            form.reject("", visit.t("entry-wrong-same"));
        }
        if !form.is_fine() {
            return Ok(ask_correction(visit, &desk, &form));
        }
        let step = SheetStep::Correct { numbers, reason: form.value("reason").to_owned() };
        match scr_web::kept(visit, &mut form, take_steps(&app.engine, actor, desk.key, &[step], None))? {
            Some(receipts) => Ok(recorded(&app, &desk.href(), &receipts)),
            None => Ok(ask_correction(visit, &desk, &form)),
        }
    })
    .await
}
