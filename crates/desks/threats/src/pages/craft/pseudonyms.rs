//! Who stands behind a pseudonym: what members may know of requests, and what custodians do.

use crate::escrow::{self, Request};
use crate::pages::names::Names;
use crate::pages::place::{Place, actor, own};
use crate::pages::{crumbs, refuse};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_threats::codes;
use scr_web::components::{Crumb, Moment, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, page, recorded, run};
use std::sync::Arc;

/// How far a request is.
fn state(visit: &Visit, request: &Request) -> Tag {
    match request.answer.as_ref().map(|answer| answer.refusal.is_some()) {
        None => Tag::new(Tone::Note, visit.t("craft-request-open")),
        Some(false) => Tag::new(Tone::Warn, visit.t("craft-request-opened")),
        Some(true) => Tag::new(Tone::Plain, visit.t("craft-request-refused")),
    }
}

/// A custodian's manager; nobody else is told about whom a request is.
pub(in crate::pages) fn is_custodian(place: &Place) -> bool {
    place.decides && place.is_member() && place.community().custodians.contains(&place.org)
}

/// The requests of a community, as far as the reader may know.
fn requests(app: &App, place: &Place) -> Result<Vec<Request>, ActError> {
    let reader: Option<&OrgId> = is_custodian(place).then_some(&place.org);
    Ok(app.engine.read(|views| escrow::requests(views, place.code(), reader))?)
}

/// Open requests that wait for a second custodian's word.
pub(in crate::pages) fn waiting(app: &App, place: &Place) -> Result<Vec<Request>, ActError> {
    if !is_custodian(place) {
        return Ok(Vec::new());
    }
    let all = requests(app, place)?.into_iter();
    Ok(all.filter(|one| one.answer.is_none() && one.asked_by != place.org.as_str()).collect())
}

struct Row {
    href: String,
    number: u64,
    by: String,
    reason: String,
    pseudonym: Option<String>,
    at: i64,
    tag: Tag,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "craft/pseudonyms.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    rows: Vec<Row>,
    open: usize,
    custodians: String,
    may_ask: bool,
    own: Vec<String>,
    href: String,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let (names, href) = (Names::of(&app), format!("{}/pseudonyms", place.href()));
        let all = requests(&app, &place)?;
        let row = |one: &Request| Row {
            href: format!("{href}/{}", one.number),
            number: one.number,
            by: names.say(&one.asked_by),
            reason: one.reason.clone(),
            pseudonym: one.pseudonym.clone(),
            at: one.at,
            tag: state(visit, one),
            seal: app.seal(one.index, one.at),
        };
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, Some(&place)),
            recorded: just_recorded(&app, visit)?,
            rows: all.iter().map(row).collect(),
            open: all.iter().filter(|one| one.answer.is_none()).count(),
            custodians: names.list(&place.community().custodians),
            may_ask: is_custodian(&place),
            own: app.engine.read(|views| escrow::own_pseudonyms(views, place.code(), &place.org))?,
            href,
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "craft/pseudonym_ask.html")]
struct AskPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    others: String,
    href: String,
}

fn crumbs_of(visit: &Visit, place: &Place) -> Vec<Crumb> {
    let mut crumbs = crumbs(visit, Some(place));
    crumbs.push(Crumb::new(format!("{}/pseudonyms", place.href()), visit.t("craft-pseudonyms-title")));
    crumbs
}

/// A custodian's place; others are told that they are none.
fn custodians(app: &App, visit: &Visit, code: &str) -> Result<Place, ActError> {
    let place = own(app, visit, code)?;
    if is_custodian(&place) {
        return Ok(place);
    }
    Err(Refusal::new(RefusalKind::Forbidden, codes::NO_CUSTODIAN).into())
}

fn show_ask(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Reply {
    let others = place.community().custodians.iter().filter(|org| **org != place.org);
    let template = AskPage {
        visit,
        crumbs: crumbs_of(visit, place),
        form,
        others: Names::of(app).list(others),
        href: format!("{}/pseudonyms", place.href()),
    };
    form_page(&template, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = custodians(&app, visit, &code)?;
        let form = FormState::new().with("pseudonym", visit.query.get("pseudonym").unwrap_or_default());
        Ok(show_ask(&app, visit, &place, &form))
    })
    .await
}

pub(super) async fn ask(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = custodians(&app, visit, &code)?;
        if form.value("pseudonym").is_empty() {
            form.reject("pseudonym", visit.t("craft-wrong-pseudonym"));
        }
        if form.value("reason").is_empty() {
            form.reject("reason", visit.t("craft-wrong-reason"));
        }
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("threats-wrong-looked"));
        }
        if !form.is_fine() {
            return Ok(show_ask(&app, visit, &place, &form));
        }
        let (pseudonym, reason) = (form.value("pseudonym").to_owned(), form.value("reason").to_owned());
        match escrow::ask(&app.engine, actor(visit)?, &code, &pseudonym, &reason) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/pseudonyms", place.href()), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show_ask(&app, visit, &place, &form))
            }
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "craft/pseudonym.html")]
struct RequestPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    request: &'a Request,
    recorded: Option<Seal>,
    tag: Tag,
    by: String,
    owners: String,
    moments: Vec<Moment>,
    may_answer: bool,
    is_own: bool,
    choices: Vec<(String, String)>,
    href: String,
}

fn show_request(
    app: &App,
    visit: &Visit,
    place: &Place,
    (number, form): (u64, &FormState),
) -> Result<Reply, ActError> {
    let all = requests(app, place)?;
    let request = all.iter().find(|one| one.number == number);
    let request = request.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_PSEUDONYM))?;
    let names = Names::of(app);
    let by = names.say(&request.asked_by);
    let mut moments = vec![Moment {
        at: request.at,
        text: visit.ta("craft-moment-asked", &[("org", by.as_str().into())]),
        seal: Some(app.seal(request.index, request.at)),
    }];
    if let Some(answer) = &request.answer {
        let key = if answer.refusal.is_some() { "craft-moment-refused" } else { "craft-moment-opened" };
        moments.push(Moment {
            at: answer.at,
            text: visit.ta(key, &[("org", names.say(&answer.by).into())]),
            seal: Some(app.seal(answer.index, answer.at)),
        });
    }
    let is_own = request.asked_by == place.org.as_str();
    // i18n: craft-answer-*
    let owners: Vec<String> = request.owners.iter().map(|org| names.say(org)).collect();
    let template = RequestPage {
        visit,
        crumbs: crumbs_of(visit, place),
        form,
        request,
        recorded: just_recorded(app, visit)?,
        tag: state(visit, request),
        by,
        owners: owners.join(", "),
        moments,
        may_answer: is_custodian(place) && request.answer.is_none() && !is_own,
        is_own: is_own && place.decides,
        choices: ["agree", "refuse"]
            .map(|name| (name.to_owned(), visit.t(&format!("craft-answer-{name}"))))
            .to_vec(),
        href: format!("{}/pseudonyms", place.href()),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, number)): Path<(String, u64)>,
) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        show_request(&app, visit, &place, (number, &FormState::new()))
    })
    .await
}

pub(super) async fn answer(
    State(app): State<Arc<App>>,
    Path((code, number)): Path<(String, u64)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = custodians(&app, visit, &code)?;
        let (choice, reason) = (form.value("answer").to_owned(), form.value("reason").to_owned());
        if !["agree", "refuse"].contains(&choice.as_str()) {
            form.reject("answer", visit.t("craft-wrong-answer"));
        }
        if choice == "refuse" && reason.is_empty() {
            form.reject("reason", visit.t("craft-wrong-refusal"));
        }
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("threats-wrong-looked"));
        }
        if !form.is_fine() {
            return show_request(&app, visit, &place, (number, &form));
        }
        let done = if choice == "agree" {
            escrow::open(&app.engine, actor(visit)?, &code, number)
        } else {
            escrow::decline(&app.engine, actor(visit)?, &code, number, &reason)
        };
        match done {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/pseudonyms/{number}", place.href()), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show_request(&app, visit, &place, (number, &form))
            }
        }
    })
    .await
}
