//! How far an alert has come, for programs with a token: the figures of the board, its stations, and a way in for what stations said
//! on the telephone. Times are those of the alert's clock: in a drill that is the drill's, otherwise the wall's.

use super::arrival::area;
use super::boards::{self, Shown};
use super::case::{self, Case};
use super::due;
use super::figures::{AreaLine, Sum};
use super::tear_off::step_name;
use super::view;
use super::{LOOKERS, OPERATORS, said};
use crate::answer::private;
use crate::write::status_word;
use axum::extract::{Path, State};
use scr_alerts::Kind;
use scr_alerts::acks::Step;
use scr_alerts::areas::Station;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, utc_text};
use scr_web::api::Operation;
use scr_web::{App, Reply, Routes, Visit, run};
use serde_json::{Value, json};
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/api/v1/alerts/{alert}/arrival",
        id: "getAlertArrival",
        summary: "How far an alert has come: polling stations and voters by step, who is silent, by area",
        query: &[("area", "Only of this area, by its code; `areas` are those below it")],
        body: None,
        answer: "AlertArrival",
    },
    Operation {
        method: "get",
        path: "/api/v1/alerts/{alert}/arrival/stations",
        id: "listAlertArrivalStations",
        summary: "Polling stations by number, the silent ones or all, each with its furthest step",
        query: &[
            ("area", "Only of this area, by its code"),
            ("which", "`silent` (when left out) or `all`"),
            ("after", "Behind which number to go on, from `next`"),
            ("limit", "Stations of one answer, 1 to 1000; 100 when left out"),
        ],
        body: None,
        answer: "AlertArrivalStations",
    },
    Operation {
        method: "post",
        path: "/api/v1/alerts/{alert}/acknowledgements",
        id: "acknowledgeAlert",
        summary: "Take what polling stations said on the telephone, each with the code of a strip that it read out: all of them, or none",
        query: &[],
        body: Some("NewAlertAcknowledgements"),
        answer: "TakenAlertAcknowledgements",
    },
];

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/alerts/{alert}/arrival", LOOKERS, arrival)
        .get("/api/v1/alerts/{alert}/arrival/stations", LOOKERS, stations)
        .post("/api/v1/alerts/{alert}/acknowledgements", OPERATORS, said::command)
}

fn moment(at: u64) -> String {
    utc_text(at.cast_signed())
}

/// The state of an alert, and the entry that made it so.
fn state(app: &App, case: &Case) -> Result<(&'static str, Option<u64>), ActError> {
    Ok(match case::newer(app, case)? {
        Some(newer) if newer.issued.text.kind == Kind::Cancel => ("cancelled", Some(newer.index())),
        Some(newer) => ("updated", Some(newer.index())),
        None if case.now(app) >= case.issued.text.expires() => ("expired", None),
        None => ("open", None),
    })
}

fn steps(sum: &Sum) -> Value {
    let step = |step| json!({"step": step_name(step), "stations": sum.reached(step), "voters": sum.voters_reached(step)});
    Step::ALL.into_iter().map(step).collect()
}

fn figures(sum: &Sum, goal: Step) -> Value {
    json!({
        "stations": sum.of(), "voters": sum.voters(), "steps": steps(sum), "silent": sum.silent(goal),
        "silent_voters": sum.voters().saturating_sub(sum.voters_reached(goal)),
    })
}

fn of_area(shown: &Shown, line: &AreaLine) -> Option<Value> {
    let area = shown.network.tree.area(line.place)?;
    let mut one = figures(&line.sum, shown.case.goal);
    one["code"] = json!(area.code);
    one["name"] = json!(area.name);
    Some(one)
}

/// The figures at expiry, once they are recorded, and what came after.
fn at_expiry(app: &App, case: &Case, sum: &Sum) -> Result<Value, ActError> {
    let closing = app.engine.read(|views| view::closing(views, case.index()))?;
    Ok(closing.map_or(Value::Null, |batch| {
        let reached = batch.reached.map(|(stations, counts)| {
            let reached = counts.get(usize::from(case.goal.byte())).copied().unwrap_or(0);
            json!({"stations": stations, "reached": reached, "late": sum.reached(case.goal).saturating_sub(reached)})
        });
        json!({"entry": batch.index, "figures": reached})
    }))
}

/// The area that a request names, with code and name.
fn named(shown: &Shown, place: Option<u32>) -> Value {
    let area = place.and_then(|place| shown.network.tree.area(place));
    area.map_or(Value::Null, |area| json!({"code": area.code, "name": area.name}))
}

async fn arrival(State(app): State<Arc<App>>, visit: Visit, Path(name): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = case::own(&app, visit, &name)?;
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let (sum, (state, newer)) = (shown.sum(place), state(&app, &case)?);
        let due = due::due_of(&app, &shown, 0, true)?;
        let closing = if place.is_none() { at_expiry(&app, &case, &sum)? } else { Value::Null };
        let areas: Vec<Value> =
            shown.lines(place, case.goal).iter().filter_map(|line| of_area(&shown, line)).collect();
        let text = &case.issued.text;
        let mut answer = figures(&sum, case.goal);
        let about = json!({
            "alert": case.issued.id, "entry": case.index(), "election": case.issued.election,
            "number": text.number, "status": status_word(text.status), "drill": case.issued.drill,
            "goal": step_name(case.goal), "state": state, "newer": newer, "now": moment(case.now(&app)),
            "rate": case.drill.as_ref().map_or(1, |drill| drill.clock.rate), "sent": moment(text.sent),
            "deadline": moment(case.deadline()), "expires": moment(text.expires()),
            "area": named(&shown, place), "areas": areas, "at_expiry": closing, "calls_due": due.more,
        });
        if let (Some(answer), Value::Object(about)) = (answer.as_object_mut(), about) {
            answer.extend(about);
        }
        Ok(private(&answer))
    })
    .await
}

/// Whether only silent stations are asked for.
fn only_silent(visit: &Visit) -> Result<bool, Refusal> {
    match visit.query.get("which") {
        None | Some("silent") => Ok(true),
        Some("all") => Ok(false),
        Some(_) => Err(Refusal::new(RefusalKind::Invalid, super::WRONG_WHICH).on("which")),
    }
}

async fn stations(State(app): State<Arc<App>>, visit: Visit, Path(name): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = super::phone::calling(&app, visit, &name)?;
        let (limit, only_silent) = (crate::network::limit(visit)?, only_silent(visit)?);
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let after = visit.query.get("after").and_then(|after| after.parse::<u32>().ok());
        let mut some: Vec<Station> = if only_silent {
            shown.silent(place, case.goal, after, limit + 1)
        } else {
            let all = shown.board.stations();
            all.filter(|one| after.is_none_or(|after| one.number > after) && shown.is_in(one, place))
                .take(limit + 1)
                .collect()
        };
        let has_more = some.len() > limit;
        some.truncate(limit);
        let next = some.last().filter(|_| has_more).map(|one| one.number);
        let row = |one: &Station| {
            let step = shown.board.step(one.number);
            let area = shown.network.tree.area(one.area).map(|area| area.code.clone());
            json!({
                "number": one.number, "name": shown.network.name(one.number), "area": area,
                "path": shown.path(one.area), "voters": one.voters, "furthest": step.map(step_name),
                "silent": step.is_none_or(|step| step < case.goal),
            })
        };
        let sum = shown.sum(place);
        Ok(private(&json!({
            "alert": case.issued.id, "status": status_word(case.issued.text.status),
            "goal": step_name(case.goal), "area": named(&shown, place), "of": sum.of(),
            "silent": sum.silent(case.goal), "stations": some.iter().map(row).collect::<Vec<_>>(), "next": next,
        })))
    })
    .await
}
