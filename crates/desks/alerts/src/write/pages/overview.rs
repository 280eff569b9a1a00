//! A draft with all answers, what is missing, who has approved what, and what to do next.

use super::super::draft::{Draft, LANGUAGES};
use super::super::rules::{self, needs_two};
use super::super::table;
use super::super::{acts, codes, view};
use super::{Place, actor, crumbs, dressed, home, look, refuse, seen, what};
use crate::issued;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, go, just_recorded, run};
use std::sync::Arc;

/// A language and how far it is.
struct Line {
    name: String,
    headline: String,
    tag: Tag,
    write: String,
    approve: Option<String>,
    seal: Option<Seal>,
}

#[derive(Template)]
#[template(path = "write/overview.html")]
struct OverviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    version: u64,
    title: String,
    recorded: Option<Seal>,
    status: Tag,
    severity: Tag,
    answers: Vec<Answer>,
    languages: Vec<Line>,
    missing: Vec<String>,
    needs_two: bool,
    agreed: usize,
    may_decide: bool,
    steps: Vec<String>,
    step: usize,
}

/// The answers, each with where to change it.
pub(super) fn answers(visit: &Visit, place: &Place) -> Vec<Answer> {
    let draft = place.draft();
    let (what, whither) = (format!("{}/what", draft.href()), format!("{}/where", draft.href()));
    let answer = |key: &str, answer: String, change: &str| Answer {
        question: visit.t(key),
        answer,
        change: Some(change.to_owned()).filter(|change| !change.is_empty()),
    };
    let moment = |at: i64| visit.texts().moment(at, &visit.zone);
    let nothing = || visit.t("alerts-none-yet");
    let areas = place.network.as_deref().map(|network| {
        let name = |code: &String| {
            let area = network.tree.find(code).and_then(|at| network.tree.area(at));
            area.map_or_else(|| code.clone(), |area| format!("{} ({code})", area.name))
        };
        draft.areas.iter().map(name).collect::<Vec<_>>().join(", ")
    });
    let by = draft.acknowledge_minutes.map(|minutes| {
        let goal = look::say(visit, "goal", &draft.goal);
        visit.ta("alerts-answer-acknowledge", &[("minutes", minutes.into()), ("goal", goal.into())])
    });
    let mut all = vec![
        answer("alerts-field-kind", look::say(visit, "kind", &draft.kind), &what),
        answer("alerts-field-event", look::say(visit, "event", &draft.event), &what),
        answer("alerts-field-urgency", look::say(visit, "urgency", &draft.urgency), &what),
        answer("alerts-field-certainty", look::say(visit, "certainty", &draft.certainty), &what),
        answer("alerts-field-audience", look::say(visit, "audience", &draft.audience), &what),
        answer("alerts-field-acknowledge", by.unwrap_or_else(nothing), &what),
        answer("alerts-field-areas", areas.filter(|text| !text.is_empty()).unwrap_or_else(nothing), &whither),
        answer(
            "alerts-field-effective",
            draft.effective.map_or_else(|| visit.t("alerts-at-once"), moment),
            &whither,
        ),
        answer("alerts-field-expires", draft.expires.map_or_else(nothing, moment), &whither),
    ];
    if !draft.source.is_empty() || !draft.source_href.is_empty() {
        all.push(answer("alerts-field-source", format!("{} {}", draft.source, draft.source_href), &what));
    }
    all
}

fn languages(app: &App, visit: &Visit, place: &Place) -> Result<Vec<Line>, ActError> {
    let draft = place.draft();
    let own = actor(visit)?;
    let waiting = home::waiting(draft, &place.facts);
    let before = app.engine.read(|views| view::approvals(views, &draft.id))?;
    let line = |language: &str| {
        let spoken = draft.words.get(language);
        let approved = place.facts.approved.get(language);
        let is_waiting = waiting.iter().any(|one| one == language);
        let was_approved = before.iter().any(|one| one.language == language);
        // i18n: alerts-words-*
        let (tone, key) = match (approved, is_waiting, spoken) {
            (Some(_), ..) => (Tone::Good, "approved"),
            (None, true, _) if was_approved => (Tone::Warn, "void"),
            (None, true, _) => (Tone::Note, "waits"),
            (None, false, Some(_)) => (Tone::Warn, "partly"),
            (None, false, None) => (Tone::Plain, "none"),
        };
        let may = is_waiting && rules::may_approve(own, draft, language).is_ok();
        Line {
            name: look::say(visit, "language", language),
            headline: spoken.map(|spoken| spoken.headline.clone()).unwrap_or_default(),
            tag: Tag::new(tone, visit.t(&format!("alerts-words-{key}"))),
            write: format!("{}/words/{language}", draft.href()),
            approve: may.then(|| format!("{}/approve/{language}", draft.href())),
            seal: approved.map(|one| app.seal(one.index, one.at)),
        }
    };
    Ok(LANGUAGES.into_iter().map(line).collect())
}

/// The step of the form that is to be done next.
fn step(missing: &[Refusal]) -> usize {
    let Some(first) = missing.first() else { return 4 };
    match first.field.as_deref() {
        Some("areas" | "expires") => 1,
        Some("words") if first.code == codes::NOT_APPROVED => 3,
        Some("words") => 2,
        _ => 0,
    }
}

fn render(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    let draft = place.draft();
    let refusals = rules::missing(draft, &place.facts);
    let recorded = just_recorded(app, visit)?;
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let template = OverviewPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        draft,
        version: place.kept.version,
        title: look::title(visit, draft),
        recorded,
        status: look::status_tag(visit, draft.status()),
        severity: look::severity_tag(visit, draft.severity()),
        answers: answers(visit, place),
        languages: languages(app, visit, place)?,
        missing: refusals.iter().map(|refusal| scr_web::refusal_text(visit, refusal)).collect(),
        needs_two: needs_two(draft.kind(), draft.status(), draft.severity()),
        agreed: home::agreed(app, draft)?,
        may_decide: rules::may_decide(actor(visit)?).is_ok(),
        steps: what::steps(visit),
        step: step(&refusals),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        // A draft that became an alert leads there.
        if app.engine.read(|views| Ok(issued::find(views, &id)?.is_some()))? {
            acts::draft(&app, actor(visit)?, &id)?;
            return Ok(go(&format!("/desk/alerts/released/{id}")));
        }
        let place = Place::open(&app, visit, &id)?;
        render(&app, visit, &place, &FormState::new())
    })
    .await
}

pub(super) async fn give_up(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        if !form.is("sure", "yes") {
            let missing = Refusal::new(RefusalKind::Invalid, codes::WRONG_VALUE).on("sure");
            form.refuse(visit, &missing);
            return render(&app, visit, &place, &form);
        }
        match table::drop_draft(&app, &id, seen(&form)) {
            Ok(()) => Ok(go("/desk/alerts")),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                render(&app, visit, &place, &form)
            }
        }
    })
    .await
}
