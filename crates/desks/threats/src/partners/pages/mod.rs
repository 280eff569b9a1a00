//! Pages about sources: what there is, and how it went.

mod setup;

use super::acts;
use super::source::{Kind, Source};
use super::trouble::Trouble;
use crate::login::actor;
use crate::pages::label_tag;
use crate::read::{self, Seen};
use crate::share::{CLAIMED, FOREIGN, OTHER, WRITERS};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Actor, Role};
use scr_engine::ActError;
use scr_stix::tlp::label;
use scr_web::components::{Answer, Crumb, Tag, Tone};
use scr_web::{Allow, App, Posted, Reply, Routes, Visit, go, page, run};
use std::sync::Arc;

const HOME: &str = "/desk/threats/sources";
/// The routes.
pub(super) fn routes() -> Routes {
    const SHARERS: Allow = Allow::Roles(&WRITERS);
    const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
    Routes::new()
        .get("/desk/threats/sources", SHARERS, list)
        .get("/desk/threats/sources/new", MANAGERS, setup::new_form)
        .post("/desk/threats/sources/new", MANAGERS, setup::begin)
        .get("/desk/threats/sources/{source}", SHARERS, show)
        .get("/desk/threats/sources/{source}/setup", MANAGERS, setup::setup_form)
        .post("/desk/threats/sources/{source}/setup", MANAGERS, setup::set_up)
        .get("/desk/threats/sources/{source}/login", MANAGERS, setup::login_form)
        .post("/desk/threats/sources/{source}/login", MANAGERS, setup::relogin)
        .post("/desk/threats/sources/{source}/poll", SHARERS, poll_now)
        .post("/desk/threats/sources/{source}/switch", MANAGERS, switch)
        .get("/desk/threats/sources/{source}/remove", MANAGERS, remove_form)
        .post("/desk/threats/sources/{source}/remove", MANAGERS, remove)
}

fn crumbs(visit: &Visit, source: Option<&Source>) -> Vec<Crumb> {
    let mut all = vec![Crumb::new("/desk/threats", visit.t("threats-nav"))];
    all.push(Crumb::new(HOME, visit.t("partners-title")));
    all.extend(source.map(|source| Crumb::new(href(source), source.name.as_str())));
    all
}

fn href(source: &Source) -> String {
    format!("{HOME}/{}", source.id)
}

/// What is wrong, and what to do.
fn said(visit: &Visit, trouble: &Trouble) -> String {
    // i18n: partners-trouble-*
    visit.ta(&format!("partners-trouble-{}", trouble.key()), &[("detail", trouble.detail().into())])
}

fn interval(visit: &Visit, seconds: i64) -> String {
    match seconds {
        seconds if seconds % 86_400 == 0 => {
            visit.ta("partners-days", &[("count", (seconds / 86_400).into())])
        }
        seconds if seconds % 3_600 == 0 => visit.ta("partners-hours", &[("count", (seconds / 3_600).into())]),
        seconds => visit.ta("partners-minutes", &[("count", (seconds / 60).into())]),
    }
}

fn login_name(visit: &Visit, kind: &str) -> String {
    // i18n: partners-login-*
    visit.t(&format!("partners-login-{kind}"))
}

fn kind_name(visit: &Visit, kind: Kind) -> String {
    // i18n: partners-kind-*
    visit.t(&format!("partners-kind-{}", kind.as_str()))
}

fn state_tag(app: &App, visit: &Visit, source: &Source) -> Tag {
    let (tone, key) = if !source.is_ready() {
        (Tone::Warn, "partners-state-begun")
    } else if !source.is_on {
        (Tone::Plain, "partners-state-paused")
    } else if source.is_polled_now(app.clock.now()) {
        (Tone::Note, "partners-state-polled")
    } else if source.trouble.is_some() {
        (Tone::Alarm, "partners-state-failing")
    } else if source.polled == 0 {
        (Tone::Note, "partners-state-first")
    } else {
        (Tone::Good, "partners-state-works")
    };
    Tag::new(tone, visit.t(key))
}

/// The names of a community and a collection, as the reader's organisation knows them.
fn place_name(app: &App, actor: &Actor, source: &Source) -> Result<String, ActError> {
    let seen = app.engine.read(|views| read::seen(views, &source.community, Some(&actor.org)))?;
    let name = |seen: Seen| {
        let collection = seen.collection(&source.collection).map(|one| one.title.clone()).unwrap_or_default();
        format!("{} – {collection}", seen.community.name)
    };
    Ok(seen.map_or_else(|| source.community.clone(), name))
}

struct Row {
    href: String,
    name: String,
    address: String,
    whereto: String,
    tag: Tag,
    trouble: String,
    polled: i64,
    taken: u64,
}

#[derive(Template)]
#[template(path = "partners/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    failing: usize,
    may_change: bool,
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let all = acts::all(&app, actor)?;
        let row = |source: &Source| -> Result<Row, ActError> {
            Ok(Row {
                href: if source.is_ready() { href(source) } else { format!("{}/setup", href(source)) },
                name: source.name.clone(),
                address: source.shown.clone(),
                whereto: if source.is_ready() { place_name(&app, actor, source)? } else { String::new() },
                tag: state_tag(&app, visit, source),
                trouble: source.trouble.as_ref().map(|trouble| said(visit, trouble)).unwrap_or_default(),
                polled: source.polled,
                taken: source.taken,
            })
        };
        let template = ListPage {
            visit,
            crumbs: vec![Crumb::new("/desk/threats", visit.t("threats-nav"))],
            failing: all.iter().filter(|source| source.is_on && source.trouble.is_some()).count(),
            rows: all.iter().map(row).collect::<Result<_, _>>()?,
            may_change: acts::may_change(actor),
        };
        Ok(page(&template).into())
    })
    .await
}

/// Why objects were not taken, how often, and one of them.
struct Reason {
    why: String,
    count: u64,
    example: String,
}

#[derive(Template)]
#[template(path = "partners/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    source: &'a Source,
    href: String,
    tag: Tag,
    answer: String,
    trouble: Option<String>,
    facts: Vec<Answer>,
    label: Tag,
    reasons: Vec<Reason>,
    was_asked: bool,
    is_polled: bool,
    may_change: bool,
}

fn reason(visit: &Visit, why: &str) -> String {
    match why {
        OTHER => visit.t("threats-fail-other"),
        FOREIGN => visit.t("threats-fail-foreign"),
        CLAIMED => visit.t("partners-fail-claimed"),
        "its file is not there" => visit.t("partners-fail-missing"),
        "" => visit.t("partners-fail-more"),
        other => other.to_owned(),
    }
}

fn answer(visit: &Visit, source: &Source) -> String {
    let last = &source.last;
    if !source.is_on {
        visit.t("partners-answer-paused")
    } else if source.trouble.is_some() {
        visit.t("partners-answer-failing")
    } else if source.polled == 0 {
        visit.t("partners-answer-first")
    } else if last.more {
        visit.ta("partners-answer-more", &[("count", last.taken.into())])
    } else {
        visit.ta("partners-answer-works", &[("count", source.taken.into())])
    }
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let source = acts::one(&app, actor, &id)?;
        if !source.is_ready() {
            return Ok(go(&format!("{}/setup", href(&source))));
        }
        let fact = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
        let facts = vec![
            fact("partners-fact-kind", kind_name(visit, source.kind)),
            // An address reads from left to right in every language.
            fact("partners-fact-address", format!("\u{2066}{}\u{2069}", source.shown)),
            fact("partners-fact-login", login_name(visit, &source.login)),
            fact("partners-fact-whereto", place_name(&app, actor, &source)?),
            fact("partners-fact-label", label(source.at_least).to_owned()),
            fact("partners-fact-every", interval(visit, source.every)),
        ];
        let reasons = source.last.refused.0.iter();
        let template = OnePage {
            visit,
            crumbs: crumbs(visit, None),
            href: href(&source),
            tag: state_tag(&app, visit, &source),
            answer: answer(visit, &source),
            trouble: source.trouble.as_ref().map(|trouble| said(visit, trouble)),
            facts,
            label: label_tag(source.at_least),
            reasons: reasons
                .map(|(why, one)| Reason {
                    why: reason(visit, why),
                    count: one.count,
                    example: one.example.clone(),
                })
                .collect(),
            was_asked: visit.query.get("asked").is_some(),
            is_polled: source.is_polled_now(app.clock.now()),
            may_change: acts::may_change(actor),
            source: &source,
        };
        Ok(page(&template).into())
    })
    .await
}

async fn poll_now(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        acts::poll_now(&app, actor(visit)?, &id)?;
        Ok(go(&format!("{HOME}/{id}?asked=yes")))
    })
    .await
}

async fn switch(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        acts::switch(&app, actor(visit)?, &id, form.is("on", "yes"))?;
        Ok(go(&format!("{HOME}/{id}")))
    })
    .await
}

#[derive(Template)]
#[template(path = "partners/remove.html")]
struct RemovePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    source: &'a Source,
    href: String,
}

async fn remove_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let crumbs = crumbs(visit, Some(&source));
        Ok(page(&RemovePage { visit, crumbs, href: href(&source), source: &source }).into())
    })
    .await
}

async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        acts::remove(&app, actor(visit)?, &id)?;
        Ok(go(HOME))
    })
    .await
}
