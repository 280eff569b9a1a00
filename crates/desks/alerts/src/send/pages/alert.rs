//! How far one alert is, by channel and by area, and what failed.

use super::super::gateway::Way;
use super::super::outbox::State;
use super::super::{acts, figures, listing};
use super::{actor, crumbs, reason, way_name};
use crate::issued::{self, Issued};
use crate::network::{self, Network};
use askama::Template;
use axum::extract::{Path, State as Extracted};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Progress};
use scr_web::{App, Reply, Visit, live, page, run};
use std::sync::Arc;

struct WayRow {
    name: String,
    all: u64,
    waiting: u64,
    handed: u64,
    delivered: u64,
    failed: u64,
    doubtful: u64,
    overtaken: u64,
}

struct AreaRow {
    name: String,
    all: u64,
    handed: u64,
    delivered: u64,
    failed: u64,
}

struct FailureRow {
    who: String,
    way: String,
    shown: String,
    why: String,
    tries: u64,
}

#[derive(Template)]
#[template(path = "send/alert.html")]
struct AlertPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    headline: String,
    marker: Option<String>,
    answer: String,
    is_under_way: bool,
    progress: Option<Progress>,
    ways: Vec<WayRow>,
    areas: Vec<AreaRow>,
    failures: Vec<FailureRow>,
    more: u64,
    unreached: u64,
    missing: Vec<String>,
}

fn way_row(visit: &Visit, figures: &figures::Figures, way: Way) -> WayRow {
    let of = |state| figures.of(way, state);
    WayRow {
        name: way_name(visit, way),
        all: figures.by(way),
        waiting: of(State::Waiting) + of(State::Going),
        handed: of(State::Handed) + of(State::Delivered),
        delivered: of(State::Delivered),
        failed: of(State::Failed),
        doubtful: of(State::Doubtful),
        overtaken: of(State::Overtaken),
    }
}

fn answer(visit: &Visit, figures: &figures::Figures) -> String {
    let args = [("handed", figures.handed().into()), ("total", figures.total().into())];
    if figures.begun == 0 {
        visit.t("send-alert-not-begun")
    } else if figures.total() == 0 {
        visit.t("send-alert-nobody")
    } else if figures.ended == 0 {
        visit.ta("send-alert-goes", &args)
    } else {
        visit.ta("send-alert-done", &args)
    }
}

fn area_name(network: Option<&Network>, code: &str) -> String {
    let area = network.and_then(|network| network.tree.area(network.tree.find(code)?));
    area.map_or_else(|| code.to_owned(), |area| format!("{} ({code})", area.name))
}

/// Messages that will not be tried again.
fn failure_rows(
    app: &App,
    visit: &Visit,
    issued: &Issued,
    network: Option<&Network>,
) -> Result<Vec<FailureRow>, ActError> {
    let station_name = |number: i64| {
        let name = u32::try_from(number).ok().and_then(|number| Some(network?.name(number)));
        name.unwrap_or_else(|| number.to_string())
    };
    let row = |one: figures::Failure| FailureRow {
        who: one.station.map_or_else(|| area_name(network, &one.area), station_name),
        way: way_name(visit, one.way),
        shown: one.shown,
        why: reason(visit, &one.reason),
        tries: one.tries,
    };
    Ok(figures::failures(app, issued.index)?.into_iter().map(row).collect())
}

fn area_rows(app: &App, issued: &Issued, network: Option<&Network>) -> Result<Vec<AreaRow>, ActError> {
    let all = figures::by_area(app, issued.index)?.into_iter().filter(|one| !one.area.is_empty());
    let row = |one: figures::OfArea| AreaRow {
        name: area_name(network, &one.area),
        all: one.all,
        handed: one.handed,
        delivered: one.delivered,
        failed: one.failed,
    };
    Ok(all.map(row).collect())
}

/// The word that an alert which is not meant begins with.
fn marker(visit: &Visit, status: scr_alerts::Status) -> Option<String> {
    match status {
        scr_alerts::Status::Actual => None,
        scr_alerts::Status::Exercise => Some(visit.t("send-exercise")),
        scr_alerts::Status::Test => Some(visit.t("send-test")),
    }
}

pub(super) async fn show(Extracted(app): Extracted<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let found = app.engine.read(|views| issued::find(views, &id))?;
        let own = found.filter(|one| listing::owner(&app, one) == actor.org.as_str());
        let issued = own.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-266"))?;
        // An exercise is one on every surface.
        let mut visit = visit.clone();
        visit.exercise |= issued.text.status == scr_alerts::Status::Exercise;
        let visit = &visit;
        let figures = figures(&app, issued.index)?;
        let network = network::of(&app, &issued.election)?;
        let failed = figures.all(State::Failed);
        let failures = failure_rows(&app, visit, &issued, network.as_deref())?;
        let gateways = acts::all(&app, actor)?;
        let is_missing = |way: &Way| {
            figures.by(*way) > 0 && !gateways.iter().any(|one| one.is_on && one.kind.way() == *way)
        };
        let ended = figures.handed() + failed + figures.all(State::Overtaken);
        let is_under_way = figures.ended == 0;
        let template = AlertPage {
            visit,
            crumbs: crumbs(visit, None),
            headline: issued
                .text
                .wording(visit.lang_code())
                .map(|one| one.headline.clone())
                .unwrap_or_default(),
            marker: marker(visit, issued.text.status),
            answer: answer(visit, &figures),
            is_under_way,
            progress: (is_under_way && figures.total() > 0).then(|| Progress {
                title: visit.t("send-progress"),
                done: ended,
                total: figures.total(),
                per_second: None,
                remaining_seconds: None,
            }),
            ways: Way::ALL
                .into_iter()
                .filter(|way| figures.by(*way) > 0)
                .map(|way| way_row(visit, &figures, way))
                .collect(),
            areas: area_rows(&app, &issued, network.as_deref())?,
            more: failed.saturating_sub(failures.len() as u64),
            failures,
            unreached: figures.unreached,
            missing: Way::ALL.into_iter().filter(is_missing).map(|way| way_name(visit, way)).collect(),
        };
        let shown = page(&template);
        Ok(if is_under_way { live(shown, visit, 5) } else { shown.into() })
    })
    .await
}
