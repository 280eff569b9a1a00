//! What was slow in a drill: how long each alert took to each step, the slowest areas, and how stations answered.

use super::pages::{alerts_of, crumbs, found, href};
use super::view::{self, Drill};
use crate::issued::Issued;
use crate::know::{self, step_word, way_word};
use crate::network;
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use scr_alerts::acks::{Measures, Spread, Step};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, Reply, Visit, run};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// Areas that the report names.
const SLOWEST: usize = 10;
/// Areas are compared at this depth: 0 is the whole, 1 its regions.
const DEPTH: u8 = 1;

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
    let measures = Measures::of(&shown.board, &network.tree, DEPTH, goal);
    let name = |(place, _): &(u32, Spread)| {
        network.tree.area(*place).map(|area| area.name.clone()).unwrap_or_default()
    };
    let headline = alert.text.wording(visit.lang_code()).map(|one| one.headline.clone());
    Ok(Some(Measured {
        id: alert.id.clone(),
        number: alert.text.number,
        headline: headline.unwrap_or_default(),
        goal,
        areas: measures.areas.iter().map(name).collect(),
        measures,
    }))
}

/// A line of a table of times.
struct Times {
    name: String,
    of: u64,
    reached: u64,
    /// When half of them, nine in ten and the last had come, each with its heading's text.
    cells: [(&'static str, Option<String>); 3],
}

/// One alert, as it is shown.
struct Part {
    href: String,
    headline: String,
    number: u16,
    goal: String,
    steps: Vec<Times>,
    areas: Vec<Times>,
    ways: Vec<(String, u64)>,
    silent: u64,
}

/// A duration, `1:02:03`. Boards have the drill's time.
fn duration(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn times(name: String, spread: &Spread) -> Times {
    let say = |time: Option<u64>| time.map(duration);
    Times {
        name,
        of: spread.of,
        reached: spread.reached,
        cells: [
            ("alert-report-half", say(spread.half)),
            ("alert-report-nine", say(spread.nine_in_ten)),
            ("alert-report-last", say(spread.last)),
        ],
    }
}

fn part(visit: &Visit, one: &Measured) -> Part {
    let of_step = |(step, spread): (Step, &Spread)| times(step_word(visit.texts(), step), spread);
    let areas = one.areas.iter().zip(&one.measures.areas).take(SLOWEST);
    let at_goal = one.measures.steps.get(usize::from(one.goal.byte())).copied().unwrap_or_default();
    Part {
        href: format!("/desk/alerts/{}", one.id),
        headline: one.headline.clone(),
        number: one.number,
        goal: step_word(visit.texts(), one.goal),
        steps: Step::ALL.into_iter().zip(&one.measures.steps).map(of_step).collect(),
        areas: areas.map(|(name, (_, spread))| times(name.clone(), spread)).collect(),
        ways: one.measures.channels.iter().map(|(way, count)| (way_word(visit, *way), *count)).collect(),
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
