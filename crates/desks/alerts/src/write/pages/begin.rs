//! A new draft: for which election, and whether it is meant. The second is chosen once.

use super::super::acts::{self, Beginning};
use super::super::draft::STATUSES;
use super::super::{rules, view};
use super::{actor, crumbs, look, refuse};
use crate::{drills, issued};
use askama::Template;
use axum::extract::State;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, issuer_name, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "write/begin.html")]
struct BeginPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    elections: Vec<(String, String)>,
    statuses: Vec<(&'static str, Tag, String)>,
    drills: Vec<(String, String)>,
    /// The alert that it is about, for an update or a cancellation.
    of: Option<String>,
    of_title: String,
    of_text: String,
}

fn show(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    rules::may_write(actor)?;
    let origin = app.engine.ledger().origin();
    let of = form.value("of").parse::<u64>().ok();
    let (elections, running, of) = app.engine.read(|views| {
        let of = of.map_or(Ok(None), |index| issued::at(views, index))?;
        Ok((view::elections(views)?, drills::all(views)?, of))
    })?;
    let own = elections.into_iter().filter(|one| issuer_name(origin, &one.issuer) == actor.org.as_str());
    let is_open = |one: &drills::Drill| one.ended_at.is_none();
    let (title, text) = if form.is("kind", "cancel") {
        ("alerts-begin-cancel", "alerts-begin-cancel-text")
    } else {
        ("alerts-begin-update", "alerts-begin-update-text")
    };
    let template = BeginPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        elections: own.map(|one| (one.code, one.title)).collect(),
        // i18n: alerts-status-*-means
        statuses: STATUSES
            .map(|(word, status)| {
                (word, look::status_tag(visit, status), visit.t(&format!("alerts-status-{word}-means")))
            })
            .into(),
        drills: running.into_iter().filter(is_open).map(|one| (one.drill, one.title)).collect(),
        of: of.map(|one| look::headline(visit, &one)),
        of_title: visit.t(title),
        of_text: visit.t(text),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let mut form = FormState::new();
        for name in ["election", "of", "kind", "source", "source_href", "status", "drill"] {
            form = form.with(name, visit.query.get(name).unwrap_or_default());
        }
        if let Some(index) = form.value("of").parse::<u64>().ok()
            && let Some(one) = app.engine.read(|views| issued::at(views, index))?
        {
            form = form.with("election", one.election);
        }
        show(&app, visit, &form)
    })
    .await
}

pub(super) async fn begin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let of = form.value("of").parse::<u64>().ok();
        let of_one = match of {
            Some(index) => app.engine.read(|views| issued::at(views, index))?,
            None => None,
        };
        // What updates or takes back an alert is as that alert is.
        let status = of_one.as_ref().map_or_else(
            || form.value("status").to_owned(),
            |one| super::super::draft::word(&STATUSES, &one.text.status).to_owned(),
        );
        let drill = of_one.as_ref().map_or_else(
            || Some(form.value("drill").to_owned()).filter(|drill| status == "exercise" && !drill.is_empty()),
            |one| one.drill.clone(),
        );
        let new = Beginning {
            election: form.value("election"),
            status: &status,
            drill: drill.as_deref(),
            of: of.map(|index| (index, form.value("kind"))),
            source: (form.value("source"), form.value("source_href")),
        };
        match acts::begin(&app, actor(visit)?, &new) {
            Ok(id) => Ok(go(&format!("/desk/alerts/drafts/{id}/what"))),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(&app, visit, &form)
            }
        }
    })
    .await
}
