//! What was slow in a drill: how long each alert took to each step, the slowest areas, and how stations answered.

use super::pages::{alerts_of, crumbs, found, href};
use super::view::{self, Drill};
use crate::issued::Issued;
use crate::know;
use crate::network;
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use scr_alerts::acks::{Channel, Measures, Spread, Step};
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
struct Measured {
    id: String,
    number: u16,
    headline: String,
    goal: Step,
    measures: Measures,
    /// Names of the areas, in the order of the measures.
    areas: Vec<String>,
}

/// The step that an alert asks for.
pub(crate) fn goal(alert: &Issued) -> Step {
    match alert.content.goal.as_str() {
        "delivered" => Step::Delivered,
        "understood" => Step::Understood,
        "acted" => Step::Acted,
        _ => Step::Read,
    }
}

fn measured(app: &App, visit: &Visit, alert: &Issued) -> Result<Option<Measured>, ActError> {
    let Some(board) = know::board(app, alert)? else { return Ok(None) };
    let Some(network) = network::of(app, &alert.election)? else { return Ok(None) };
    let goal = goal(alert);
    let measures = Measures::of(&board, &network.tree, DEPTH, goal);
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

/// A duration in the drill's time, `1:02:03`.
fn duration(seconds: u64, rate: u32) -> String {
    let seconds = seconds.saturating_mul(u64::from(rate));
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn times(name: String, spread: &Spread, rate: u32) -> Times {
    let say = |time: Option<u64>| time.map(|seconds| duration(seconds, rate));
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

/// The name of a step.
pub(crate) fn step_name(visit: &Visit, step: Step) -> String {
    visit.t(match step {
        Step::Sent => "alert-step-sent",
        Step::Delivered => "alert-step-delivered",
        Step::Read => "alert-step-read",
        Step::Understood => "alert-step-understood",
        Step::Acted => "alert-step-acted",
    })
}

/// The name of a way.
pub(crate) fn way_name(visit: &Visit, way: Channel) -> String {
    visit.t(match way {
        Channel::Gateway => "alert-way-gateway",
        Channel::Link => "alert-way-link",
        Channel::Sms => "alert-way-sms",
        Channel::Telephone => "alert-way-telephone",
        Channel::TearOff => "alert-way-tear-off",
    })
}

fn part(visit: &Visit, rate: u32, one: &Measured) -> Part {
    let of_step = |(step, spread): (Step, &Spread)| times(step_name(visit, step), spread, rate);
    let areas = one.areas.iter().zip(&one.measures.areas).take(SLOWEST);
    let at_goal = one.measures.steps.get(usize::from(one.goal.byte())).copied().unwrap_or_default();
    Part {
        href: format!("/desk/alerts/{}", one.id),
        headline: one.headline.clone(),
        number: one.number,
        goal: step_name(visit, one.goal),
        steps: Step::ALL.into_iter().zip(&one.measures.steps).map(of_step).collect(),
        areas: areas.map(|(name, (_, spread))| times(name.clone(), spread, rate)).collect(),
        ways: one.measures.channels.iter().map(|(way, count)| (way_name(visit, *way), *count)).collect(),
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
        parts.extend(measured(app, visit, alert)?.map(|one| part(visit, drill.clock.rate, &one)));
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
        let drill = found(&app, &code)?;
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
        let drill = found(&app, &code)?;
        let Gathered { parts, notes } = gathered(&app, visit, &drill)?;
        let template = PrintPage { visit, clock: shown(&app, &drill), drill: &drill, parts, notes };
        Ok(scr_web::page(&template).into())
    })
    .await
}

/// The same as data; times in real seconds, with the rate beside them. It says `exercise` first.
pub(super) async fn json(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let drill = found(&app, &code)?;
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
