//! What was slow in a drill: how long each alert took to each step, the slowest areas, and how stations answered.

use super::pages::{alerts_of, crumbs, found, href};
use super::view::{self, Drill};
use crate::issued::Issued;
use crate::know::{self, COMPARED, Pace, area_names, step_word};
use crate::network;
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use scr_alerts::acks::{Measures, Step};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, Reply, Visit, run};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// The measures of one alert.
#[derive(Debug, Serialize)]
pub(super) struct Measured {
    id: String,
    number: u16,
    headline: String,
    goal: Step,
    measures: Measures,
    /// Names of the areas, in the order of the measures.
    areas: Vec<String>,
}

pub(super) fn measured(app: &App, visit: &Visit, alert: &Issued) -> Result<Option<Measured>, ActError> {
    if app.engine.read(|views| network::current(views, &alert.election))?.is_none() {
        return Ok(None);
    }
    let case = know::at(app, alert.index)?;
    let (shown, goal) = (know::fresh(app, &case)?, case.goal);
    let network = &shown.network;
    let measures = Measures::of(&shown.board, &network.tree, COMPARED, goal);
    let headline = alert.text.wording(visit.lang_code()).map(|one| one.headline.clone());
    Ok(Some(Measured {
        id: alert.id.clone(),
        number: alert.text.number,
        headline: headline.unwrap_or_default(),
        goal,
        areas: area_names(&measures, network),
        measures,
    }))
}

/// One alert, as it is shown.
struct Part {
    href: String,
    headline: String,
    number: u16,
    goal: String,
    pace: Pace,
    silent: u64,
}

fn part(visit: &Visit, one: &Measured) -> Part {
    let at_goal = one.measures.steps.get(usize::from(one.goal.byte())).copied().unwrap_or_default();
    Part {
        href: format!("/desk/alerts/{}", one.id),
        headline: one.headline.clone(),
        number: one.number,
        goal: step_word(visit.texts(), one.goal),
        pace: Pace::of(visit, &one.measures, &one.areas, one.goal),
        silent: at_goal.of.saturating_sub(at_goal.reached),
    }
}

#[derive(Template)]
#[template(path = "drills/report.html")]
struct ReportPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    drill: &'a Drill,
    clock: i64,
    parts: Vec<Part>,
    notes: Vec<(i64, String)>,
}

#[derive(Template)]
#[template(path = "drills/report_print.html")]
struct PrintPage<'a> {
    visit: &'a Visit,
    drill: &'a Drill,
    clock: i64,
    parts: Vec<Part>,
    notes: Vec<(i64, String)>,
}

/// What both pages show: alerts, and notes with the drill's time.
struct Gathered {
    parts: Vec<Part>,
    notes: Vec<(i64, String)>,
}

fn gathered(app: &App, visit: &Visit, drill: &Drill) -> Result<Gathered, ActError> {
    let mut parts = Vec::new();
    for alert in alerts_of(app, drill)?.iter().rev() {
        parts.extend(measured(app, visit, alert)?.map(|one| part(visit, &one)));
    }
    let notes = app.engine.read(|views| view::notes(views, &drill.drill))?;
    let notes = notes.into_iter().filter_map(|note| Some((drill.time(note.at), note.words?)));
    Ok(Gathered { parts, notes: notes.collect() })
}

fn shown(app: &App, drill: &Drill) -> i64 {
    drill.time(drill.ended_at.unwrap_or_else(|| app.clock.now()))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let visit = &visit.in_exercise(true);
        let drill = found(&app, visit, &code)?;
        let Gathered { parts, notes } = gathered(&app, visit, &drill)?;
        let template = ReportPage {
            visit,
            crumbs: crumbs(visit, Some(&drill)),
            clock: shown(&app, &drill),
            drill: &drill,
            parts,
            notes,
        };
        Ok(scr_web::page(&template).into())
    })
    .await
}

pub(super) async fn print(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let visit = &visit.in_exercise(true);
        let drill = found(&app, visit, &code)?;
        let Gathered { parts, notes } = gathered(&app, visit, &drill)?;
        let template = PrintPage { visit, clock: shown(&app, &drill), drill: &drill, parts, notes };
        Ok(scr_web::page(&template).into())
    })
    .await
}

/// The same as data; times in seconds of the drill's clock, with its rate beside them. It says `exercise` first.
pub(super) async fn json(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let drill = found(&app, visit, &code)?;
        let mut alerts = Vec::new();
        for alert in alerts_of(&app, &drill)?.iter().rev() {
            alerts.extend(measured(&app, visit, alert)?);
        }
        let body = json!({
            "exercise": true,
            "drill": drill.drill,
            "href": href(&drill.drill),
            "rate": drill.clock.rate,
            "alerts": alerts,
        });
        Ok(Json(body).into_response().into())
    })
    .await
}
