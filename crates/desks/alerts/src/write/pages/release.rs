//! The last look: what will be recorded, whom it reaches, what it costs; and the release.

use super::super::acts::{self, Seen};
use super::super::channels::{self, Preview};
use super::super::draft::Draft;
use super::super::rules::{self, Turn, needs_two};
use super::super::view;
use super::{Place, actor, allies, crumbs, dressed, home, look, organisation, overview, refuse};
use crate::issued;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, recorded, refusal_text, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "write/release.html")]
struct ReleasePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    version: u64,
    number: u16,
    headline: String,
    status: Tag,
    severity: Tag,
    answers: Vec<Answer>,
    missing: Vec<String>,
    languages: Vec<String>,
    left_out: Vec<String>,
    stations: u64,
    voters: u64,
    messages: u64,
    cost: Option<String>,
    needs_two: bool,
    /// Whom the line of authority has consulted or told.
    allies: Vec<String>,
    agreed: usize,
    releases: bool,
    /// The field that has to be ticked, and what stands beside it: another one for what is meant, an exercise, a test.
    confirm: String,
    button: String,
}

fn render(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    let draft = place.draft();
    let person = actor(visit)?.person.clone();
    rules::may_decide(actor(visit)?)?;
    let mut missing = rules::missing(draft, &place.facts);
    let goes: Vec<String> = rules::going_out(draft, &place.facts).into_iter().map(str::to_owned).collect();
    let hash = draft.hash()?.to_string();
    let (number, mut agreed, allies) = app.engine.read(|views| {
        let number = issued::next_number(views, &draft.election, draft.status())?;
        let allies = allies::told(views, visit, &draft.election, (draft.status(), draft.severity()))?;
        Ok((number.unwrap_or(0), view::agreements(views, &draft.id)?, allies))
    })?;
    agreed.retain(|one| one.hash == hash);
    let turn = rules::turn(draft, &agreed, person.as_str());
    missing.extend(turn.clone().err());
    let preview =
        channels::preview(app, &organisation(visit), draft, (&place.facts, place.network.as_deref()))?;
    missing.extend(preview.refusal.clone());
    let left_out = draft.languages().into_iter().filter(|language| !goes.iter().any(|one| one == language));
    let releases = turn == Ok(Turn::Release);
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    // i18n: alerts-confirm-* alerts-release-*
    let button =
        if releases { format!("alerts-release-{}", draft.status) } else { "alerts-release-first".to_owned() };
    let template = ReleasePage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        draft,
        version: place.kept.version,
        number,
        headline: look::title(visit, draft),
        status: look::status_tag(visit, draft.status()),
        severity: look::severity_tag(visit, draft.severity()),
        answers: overview::answers(visit, place)
            .into_iter()
            .map(|one| Answer { change: None, ..one })
            .collect(),
        missing: missing.iter().map(|refusal| refusal_text(visit, refusal)).collect(),
        languages: goes.iter().map(|language| look::say(visit, "language", language)).collect(),
        left_out: left_out.map(|language| look::say(visit, "language", language)).collect(),
        stations: preview.stations,
        voters: preview.voters,
        messages: preview.messages(),
        cost: Preview::cost(app, visit, preview.messages())?,
        needs_two: needs_two(draft.kind(), draft.status(), draft.severity()),
        allies,
        agreed: home::agreed(app, draft)?,
        releases,
        confirm: visit.t(&format!("alerts-confirm-{}", draft.status)),
        button: visit.t(&button),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        render(&app, visit, &place, &FormState::new())
    })
    .await
}

pub(super) async fn release(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        // The field is called by the status: what confirms an exercise confirms nothing that is meant.
        if !form.is(&format!("confirm-{}", place.draft().status), "yes") {
            form.reject("confirm", visit.t("alerts-wrong-confirm"));
            return render(&app, visit, &place, &form);
        }
        let seen = Seen { version: super::seen(&form), number: form.value("number").parse().unwrap_or(0) };
        match acts::release(&app, actor(visit)?, &organisation(visit), &id, seen) {
            Ok(done) if done.released => {
                Ok(recorded(&app, &format!("/desk/alerts/released/{id}"), &done.receipts))
            }
            Ok(done) => Ok(recorded(&app, &place.draft().href(), &done.receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                render(&app, visit, &place, &form)
            }
        }
    })
    .await
}
