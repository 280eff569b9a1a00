//! The form, and the answer beside it.

use super::assess::{self, Assessment};
use super::view;
use super::words::{self, Shown};
use crate::runs::acts::Person;
use crate::runs::around::{self, Election};
use crate::runs::data;
use askama::Template;
use axum::extract::State;
use scr_core::{Refusal, Role};
use scr_engine::ActError;
use scr_playbooks::severity::CATEGORIES;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, kept as kept_in, recorded, run};
use std::sync::Arc;

struct Factor {
    name: &'static str,
    label: String,
    hint: String,
    options: Vec<(&'static str, String)>,
}

struct Line {
    href: String,
    title: String,
    tag: Tag,
    result: String,
    at: i64,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "severity/form.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    factors: Vec<Factor>,
    elections: Vec<(String, String)>,
    shown: Option<Shown>,
    pairs: Vec<(String, String)>,
    may_record: bool,
    recorded: Vec<Line>,
}

/// Fields that the form has beside the factors.
const OTHERS: [&str; 9] =
    ["election", "opens", "closes", "polls", "hours", "voters", "levels", "half_minutes", "voters_from"];

fn factors(visit: &Visit) -> Vec<Factor> {
    let factor = |category: &scr_playbooks::severity::Category| {
        let option = |(name, value): &(&'static str, i64)| {
            (*name, format!("{} ({value})", words::option(visit, category.name, name)))
        };
        let choose = ("", visit.t("severity-choose"));
        Factor {
            name: category.name,
            label: words::category(visit, category.name),
            hint: visit.ta("severity-weight-of", &[("weight", category.weight.into())]),
            options: std::iter::once(choose).chain(category.options.iter().map(option)).collect(),
        }
    };
    CATEGORIES.iter().map(factor).collect()
}

/// What was typed, worked out; `None` while nothing was typed.
fn worked_out(app: &App, visit: &Visit, form: &mut FormState, elections: &[Election]) -> Option<Assessment> {
    let chosen = form.value("election").to_owned();
    let election = elections.iter().find(|one| one.election == chosen);
    let read = assess::read(&|name| form.value(name).to_owned(), election, app.clock.now());
    match read.and_then(|answers| assess::assess(&answers).map_err(|refusal| vec![refusal])) {
        Ok(assessment) => Some(assessment),
        Err(refusals) => {
            for refusal in refusals {
                form.refuse(visit, &named(visit, refusal));
            }
            None
        }
    }
}

/// A factor by its name in the reader's language.
fn named(visit: &Visit, mut refusal: Refusal) -> Refusal {
    if let Some(factor) = refusal.args.get_mut("factor") {
        *factor = words::category(visit, factor);
    }
    refusal
}

fn show(
    app: &App,
    visit: &Visit,
    form: &FormState,
    assessment: Option<&Assessment>,
) -> Result<Reply, ActError> {
    let login = visit.login.as_ref().ok_or_else(data::absent)?;
    let org = login.actor.org.as_str();
    let (elections, all) =
        app.engine.read(|views| Ok((around::elections(views)?, view::of_org(views, org)?)))?;
    let none = (String::new(), visit.t("severity-no-election"));
    let line = |one: view::Recorded| {
        let assessment =
            assess::answers_of(&one.content).and_then(|answers| assess::assess(&answers).ok())?;
        Some(Line {
            href: format!("/response/severity/{}", one.id),
            title: one.title,
            tag: words::level_tag(visit, assessment.nciss.level),
            result: words::rounded(visit, assessment.election.result),
            at: one.at,
            seal: app.seal(one.index, one.at),
        })
    };
    let fields = CATEGORIES.iter().map(|category| category.name).chain(OTHERS);
    let template = FormPage {
        visit,
        crumbs: vec![Crumb::new("/desk", visit.t("runs-crumb-desk"))],
        form,
        factors: factors(visit),
        elections: std::iter::once(none)
            .chain(elections.into_iter().map(|one| (one.election, one.title)))
            .collect(),
        shown: assessment.map(|one| words::shown(visit, one)),
        pairs: fields.map(|name| (name.to_owned(), form.value(name).to_owned())).collect(),
        may_record: matches!(login.actor.role, Role::Manager | Role::Supervisor),
        recorded: all.into_iter().filter_map(line).collect(),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let fields = || CATEGORIES.iter().map(|category| category.name).chain(OTHERS);
        let is_asked = CATEGORIES.iter().any(|category| visit.query.get(category.name).is_some());
        let mut form = FormState::new().with("opens", "08:00").with("closes", "18:00").with("polls", "far");
        for name in fields() {
            if let Some(value) = visit.query.get(name) {
                form = form.with(name, value);
            }
        }
        let elections = app.engine.read(around::elections)?;
        let assessment = if is_asked { worked_out(&app, visit, &mut form, &elections) } else { None };
        show(&app, visit, &form, assessment.as_ref())
    })
    .await
}

pub(super) async fn record(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let elections = app.engine.read(around::elections)?;
        let Some(assessment) = worked_out(&app, visit, &mut form, &elections) else {
            return show(&app, visit, &form, None);
        };
        let login = visit.login.as_ref().ok_or_else(data::absent)?;
        let person = Person { actor: &login.actor, name: &login.name };
        let election = Some(form.value("election")).filter(|election| !election.is_empty());
        let result = assess::record(&app.engine, person, (form.value("title"), election), &assessment);
        match kept_in(visit, &mut form, result)? {
            Some((id, receipts)) => Ok(recorded(&app, &format!("/response/severity/{id}"), &receipts)),
            None => show(&app, visit, &form, Some(&assessment)),
        }
    })
    .await
}
