//! How far sending an alert is, for programs with a token: the figures of the page.

use super::figures::{self, Figures};
use super::gateway::Way;
use super::outbox::State;
use super::pages::READERS;
use super::{acts, listing};
use crate::answer::private;
use crate::issued;
use crate::login::actor;
use crate::write::status_word;
use axum::extract::{Path, State as Extracted};
use scr_core::{Refusal, RefusalKind};
use scr_engine::utc_text;
use scr_web::api::Operation;
use scr_web::{App, Reply, Routes, Visit, run};
use serde_json::{Value, json};
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[Operation::get(
    "/api/v1/alerts/{alert}/sending",
    "getAlertSending",
    "AlertSending",
    "How far sending an alert is, by way and by area, and why messages failed",
)];

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/alerts/{alert}/sending", READERS, show)
}

fn by_way(found: &Figures, way: Way) -> Value {
    let of = |state| found.of(way, state);
    json!({
        "way": way.key(), "all": found.by(way), "waiting": of(State::Waiting) + of(State::Going),
        "handed": of(State::Handed) + of(State::Delivered), "delivered": of(State::Delivered),
        "failed": of(State::Failed), "doubtful": of(State::Doubtful), "overtaken": of(State::Overtaken),
    })
}

/// `not-begun`, `nobody`, `under-way`, `done`.
fn state(found: &Figures) -> &'static str {
    match (found.begun, found.total(), found.ended) {
        (0, ..) => "not-begun",
        (_, 0, _) => "nobody",
        (.., 0) => "under-way",
        _ => "done",
    }
}

async fn show(Extracted(app): Extracted<Arc<App>>, visit: Visit, Path(name): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let found = app.engine.read(|views| match name.parse::<u64>() {
            Ok(index) => issued::at(views, index),
            Err(_) => issued::find(views, &name),
        })?;
        let own = found.filter(|one| listing::owner(&app, one) == actor.org.as_str());
        let issued = own.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-266"))?;
        let found = super::figures(&app, issued.index)?;
        let moment = |at: i64| (at > 0).then(|| utc_text(at));
        let gateways = acts::all(&app, actor)?;
        let no_gateway = |way: &Way| {
            found.by(*way) > 0 && !gateways.iter().any(|one| one.is_on && one.kind.way() == *way)
        };
        let area = |one: figures::OfArea| {
            json!({"area": one.area, "all": one.all, "handed": one.handed, "delivered": one.delivered,
                "failed": one.failed})
        };
        let areas = figures::by_area(&app, issued.index)?.into_iter().filter(|one| !one.area.is_empty());
        let reasons = figures::reasons(&app, actor.org.as_str(), Some(issued.index))?;
        let reason =
            |(way, why, count): &(Way, String, u64)| json!({"way": way.key(), "reason": why, "messages": count});
        Ok(private(&json!({
            "alert": issued.id, "entry": issued.index, "status": status_word(issued.text.status),
            "state": state(&found), "begun": moment(found.begun), "ended": moment(found.ended),
            "total": found.total(), "handed": found.handed(), "delivered": found.all(State::Delivered),
            "failed": found.all(State::Failed), "unreached": found.unreached,
            "ways": Way::ALL.into_iter().filter(|way| found.by(*way) > 0).map(|way| by_way(&found, way)).collect::<Vec<_>>(),
            "without_gateway": Way::ALL.iter().filter(|way| no_gateway(way)).map(|way| way.key()).collect::<Vec<_>>(),
            "areas": areas.map(area).collect::<Vec<_>>(),
            "failures": reasons.iter().map(reason).collect::<Vec<_>>(),
        })))
    })
    .await
}
