//! What one station has said of an alert, and who called it.

use super::boards::{self, store};
use super::case::{self, Case};
use super::sms::step_word;
use super::view::{self, Call};
use super::{LOOKERS, crumbs, marked, rows};
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::acks::Channel;
use scr_core::{Refusal, RefusalKind};
use scr_engine::Fault;
use scr_web::components::Crumb;
use scr_web::{App, Reply, Routes, Seal, Visit, page, run};
use std::sync::Arc;

/// The alert is not for a station with this number.
const NOT_FOR_IT: &str = "SCR-ALR-302";

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/desk/alerts/{id}/stations/{number}", LOOKERS, show)
}

struct Line {
    step: String,
    at: i64,
    received: i64,
    way: String,
    is_late: bool,
    /// Nothing while it waits to be recorded.
    seal: Option<Seal>,
}

#[derive(Template)]
#[template(path = "know/station.html")]
struct StationPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    case: &'a Case,
    name: String,
    number: u32,
    area: String,
    voters: u32,
    furthest: Option<String>,
    lines: Vec<Line>,
    calls: Vec<(Call, Seal)>,
    tries: u64,
}

pub(crate) fn way_word(visit: &Visit, channel: Channel) -> String {
    visit.t(match channel {
        Channel::Gateway => "know-way-gateway",
        Channel::Link => "know-way-link",
        Channel::Sms => "know-way-sms",
        Channel::Telephone => "know-way-telephone",
        Channel::TearOff => "know-way-tear-off",
    })
}

async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let case = case::own(&app, visit, &id)?;
        let visit = &marked(visit, &case);
        let shown = boards::shown(&app, &case)?;
        let refuse = || Refusal::new(RefusalKind::NotFound, NOT_FOR_IT);
        let number: u32 = number.parse().map_err(|_| refuse())?;
        let mut stations = shown.roots.iter().flat_map(|root| shown.stations(*root));
        let station = stations.find(|station| station.number == number).ok_or_else(refuse)?;
        let expires = case.issued.text.expires();
        let line = |taken: &super::codec::Taken, seal| Line {
            step: step_word(visit.texts(), taken.step),
            at: taken.at.cast_signed(),
            received: taken.received.cast_signed(),
            way: way_word(visit, taken.channel),
            is_late: taken.received >= expires,
            seal,
        };
        let heard = app.engine.read(|views| view::heard_of(views, case.index(), number))?;
        let mut lines = Vec::new();
        for (taken, index) in &heard {
            let at = app.engine.read(|views| {
                views
                    .prepare_cached("SELECT at FROM engine_event WHERE idx = ?1")?
                    .query_row([index.cast_signed()], |row| row.get(0))
            })?;
            lines.push(line(taken, Some(app.seal(*index, at))));
        }
        let open =
            rows::of_station(store(&app)?, case.index(), number).map_err(|error| Fault::log(&error))?;
        lines.extend(open.iter().map(|row| line(&row.taken, None)));
        let callee = format!("station:{number:06}");
        let calls = app.engine.read(|views| view::calls(views, case.index(), Some(&callee), 50))?;
        let template = StationPage {
            crumbs: crumbs(visit, Some(&case)),
            name: shown.network.name(number),
            area: shown.path(station.area),
            voters: station.voters,
            furthest: shown.board.step(number).map(|step| step_word(visit.texts(), step)),
            tries: calls.len() as u64,
            calls: calls
                .into_iter()
                .map(|call| {
                    let seal = app.seal(call.index, call.at);
                    (call, seal)
                })
                .collect(),
            lines,
            number,
            case: &case,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}
