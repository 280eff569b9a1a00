//! What happened, how grave it is, who should act, and by when they say so.

use super::super::draft::{AUDIENCES, CATEGORIES, Draft, GOALS, KINDS, LANGUAGES, SEVERITIES};
use super::super::events::EVENTS;
use super::super::{acts, codes};
use super::{actor, crumbs, dressed, look, refuse, seen};
use crate::issued;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_cap::{Certainty, Urgency};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, run};
use std::sync::Arc;

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "write/what.html")]
struct WhatPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    status: Tag,
    kinds: Options,
    open: Options,
    events: Options,
    categories: Options,
    urgencies: Options,
    severities: Options,
    certainties: Options,
    audiences: Options,
    goals: Options,
    languages: Options,
    steps: Vec<String>,
}

/// The steps of a draft.
pub(super) fn steps(visit: &Visit) -> Vec<String> {
    // i18n: alerts-step-*
    ["what", "where", "words", "approve", "release"]
        .map(|step| visit.t(&format!("alerts-step-{step}")))
        .into()
}

fn show(app: &App, visit: &Visit, draft: &Draft, form: &FormState) -> Result<Reply, ActError> {
    let now = app.clock.now();
    let open = app.engine.read(|views| issued::open_at(views, Some(&draft.election), now))?;
    let fits = |one: &&issued::Issued| one.text.status == draft.status() || draft.names.contains(&one.index);
    let named = |one: &issued::Issued| {
        let args = [("number", one.text.number.into()), ("headline", look::headline(visit, one).into())];
        (one.index.to_string(), visit.ta("alerts-number-headline", &args))
    };
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let template = WhatPage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        draft,
        status: look::status_tag(visit, draft.status()),
        kinds: look::options(visit, "kind", KINDS.map(|(kind, _)| kind)),
        open: open.iter().filter(fits).map(named).collect(),
        events: look::options(visit, "event", EVENTS),
        categories: look::options(visit, "category", CATEGORIES),
        urgencies: look::options(visit, "urgency", Urgency::ALL.iter().map(|one| one.as_str())),
        severities: look::options(visit, "severity", SEVERITIES.map(|(severity, _)| severity)),
        certainties: look::options(visit, "certainty", Certainty::ALL.iter().map(|one| one.as_str())),
        audiences: look::options(visit, "audience", AUDIENCES.map(|(audience, _)| audience)),
        goals: look::options(visit, "goal", GOALS),
        languages: look::options(visit, "language", LANGUAGES),
        steps: steps(visit),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = acts::open_draft(&app, actor(visit)?, &id)?;
        let draft = &kept.draft;
        let mut form = FormState::new()
            .with("version", kept.version)
            .with("kind", &draft.kind)
            .with("event", &draft.event)
            .with("category", &draft.category)
            .with("urgency", &draft.urgency)
            .with("severity", &draft.severity)
            .with("certainty", &draft.certainty)
            .with("audience", &draft.audience)
            .with("goal", &draft.goal)
            .with("main", &draft.main)
            .with("source", &draft.source)
            .with("acknowledge_minutes", draft.acknowledge_minutes.map_or(String::new(), |m| m.to_string()));
        for index in &draft.names {
            form = form.with(&format!("name-{index}"), "yes");
        }
        show(&app, visit, draft, &form)
    })
    .await
}

pub(super) async fn save(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let kept = acts::open_draft(&app, actor, &id)?;
        let named: Vec<u64> =
            pairs.iter().filter_map(|(name, _)| name.strip_prefix("name-")?.parse().ok()).collect();
        let saved = wanted(&kept.draft, &form, named)
            .map_err(ActError::from)
            .and_then(|draft| acts::save(&app, actor, seen(&form), draft));
        match saved {
            Ok(()) => Ok(go(&format!("{}/where", kept.draft.href()))),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(&app, visit, &kept.draft, &form)
            }
        }
    })
    .await
}

/// The draft as the form wants it; what is wrong with its values is said when it is saved.
fn wanted(before: &Draft, form: &FormState, mut named: Vec<u64>) -> Result<Draft, Refusal> {
    let minutes =
        match form.value("acknowledge_minutes") {
            "" => None,
            text => Some(text.parse::<u32>().map_err(|_| {
                Refusal::new(RefusalKind::Invalid, codes::WRONG_VALUE).on("acknowledge_minutes")
            })?),
        };
    named.sort_unstable();
    named.dedup();
    if form.is("kind", "alert") {
        named.clear();
    }
    let text = |name: &str| form.value(name).to_owned();
    Ok(Draft {
        kind: text("kind"),
        names: named,
        event: text("event"),
        category: text("category"),
        urgency: text("urgency"),
        severity: text("severity"),
        certainty: text("certainty"),
        audience: text("audience"),
        goal: text("goal"),
        main: text("main"),
        source: form.value("source").chars().take(300).collect(),
        acknowledge_minutes: minutes,
        ..before.clone()
    })
}
