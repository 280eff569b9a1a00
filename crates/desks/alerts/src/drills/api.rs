//! Drills for programs with a token: all of them, and one with the figures of its report. Each answer says `exercise` first.

use super::pages::{alerts_of, found, href, own};
use super::report;
use super::view::Drill;
use crate::answer::private;
use axum::extract::{Path, State};
use scr_core::Role;
use scr_engine::utc_text;
use scr_web::api::Operation;
use scr_web::{Allow, App, Reply, Routes, Visit, run};
use serde_json::{Value, json};
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get("/api/v1/alerts/drills", "listAlertDrills", "AlertDrills", "Drills, the newest first"),
    Operation::get(
        "/api/v1/alerts/drills/{drill}",
        "getAlertDrill",
        "AlertDrill",
        "A drill with the figures of its report: how long each alert took to each step, by area and by way",
    ),
];

/// The routes.
pub(super) fn routes() -> Routes {
    const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
    Routes::new().get("/api/v1/alerts/drills", EVERY_ROLE, list).get(
        "/api/v1/alerts/drills/{drill}",
        EVERY_ROLE,
        one,
    )
}

/// A drill; times are on the wall but for `clock`, which is what the drill's clock shows, or showed at its end.
fn described(app: &App, drill: &Drill) -> Value {
    json!({
        "exercise": true, "drill": drill.drill, "href": href(&drill.drill), "title": drill.title,
        "election": drill.election, "entry": drill.index, "begun": utc_text(drill.at),
        "ended": drill.ended_at.map(utc_text), "rate": drill.clock.rate,
        "clock": utc_text(drill.time(drill.ended_at.unwrap_or_else(|| app.clock.now()))),
    })
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let all = own(&app, visit)?;
        let drills: Vec<Value> = all.iter().map(|drill| described(&app, drill)).collect();
        Ok(private(&json!({"drills": drills})))
    })
    .await
}

async fn one(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let drill = found(&app, visit, &code)?;
        let mut alerts = Vec::new();
        for alert in alerts_of(&app, &drill)?.iter().rev() {
            alerts.extend(report::measured(&app, visit, alert)?);
        }
        let mut answer = described(&app, &drill);
        answer["alerts"] = json!(alerts);
        Ok(private(&answer))
    })
    .await
}
