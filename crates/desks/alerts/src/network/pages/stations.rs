//! Areas and stations in pages, and as files.

use super::{any_election, crumbs, href, is_manager_of};
use crate::cells::without_formulas;
use crate::network::contacts::{self, Contact, Holder};
use crate::network::view::Election;
use crate::network::{self, Network};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_alerts::areas::{Area, Station};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::components::{Choice, Crumb, FilterGroup, Pager};
use scr_web::{App, Reply, Visit, in_address, page, run};
use std::sync::Arc;

/// Stations of a page.
const ROWS: usize = 100;
/// Areas that are offered as links.
const LINKS: usize = 60;

struct Row {
    station: Station,
    unit: String,
    name: String,
    area: String,
    contacts: Vec<Contact>,
    href: String,
}

#[derive(Template)]
#[template(path = "network/stations.html")]
struct StationsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    area: Option<Area>,
    groups: Vec<FilterGroup>,
    more_areas: usize,
    /// Stations with coordinates, and all.
    placed: usize,
    stations: usize,
    rows: Vec<Row>,
    pager: Pager,
    is_manager: bool,
}

/// The areas and stations, or that there are none: `SCR-ALR-210`.
pub(crate) fn network_of(app: &App, id: &str) -> Result<Arc<Network>, ActError> {
    let found = network::of(app, id)?;
    Ok(found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-210").with("stations", 0))?)
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = any_election(&app, visit, &id)?;
        let visit = &visit;
        let is_manager = is_manager_of(&app, visit, &id)?;
        let network = network_of(&app, &id)?;
        let tree = &network.tree;
        let place = visit.query.get("area").and_then(|code| tree.find(code));
        let codes: Vec<String> =
            place.and_then(|place| tree.area(place)).map(|area| area.code.clone()).into_iter().collect();
        let within = if codes.is_empty() { None } else { tree.within(&codes).ok() };
        let after = visit.query.get("after").and_then(|text| text.parse::<u32>().ok());
        let chosen = |station: &&Station| within.as_ref().is_none_or(|within| within.has(station.area));
        let all = network.stations.all().iter().filter(chosen);
        let total = u64::try_from(all.clone().count()).unwrap_or(u64::MAX);
        let mut found: Vec<Station> = all
            .filter(|station| after.is_none_or(|after| station.number > after))
            .take(ROWS + 1)
            .copied()
            .collect();
        let has_more = found.len() > ROWS;
        found.truncate(ROWS);
        let path = format!("{}/stations", href(&id));
        let last = found.last().map(|station| station.number.to_string());
        let pager = Pager {
            shown: u64::try_from(found.len()).unwrap_or(0),
            total: Some(total),
            first: after.map(|_| visit.query.with(&path, "after", None)),
            next: last.filter(|_| has_more).map(|last| next(visit, &path, &last)),
            csv: Some(format!("{}/stations.csv", href(&id))),
        };
        let (groups, more_areas) = groups(visit, &network, place, &path);
        let template = StationsPage {
            visit,
            crumbs: crumbs(visit, Some(&election)),
            base: href(&id),
            area: place.and_then(|place| tree.area(place)).cloned(),
            groups,
            more_areas,
            placed: network.places.len(),
            stations: network.stations.all().len(),
            rows: rows(&app, is_manager, &election, &network, &found)?,
            pager,
            is_manager,
        };
        Ok(page(&template).into())
    })
    .await
}

/// The same list behind a row.
pub(super) fn next(visit: &Visit, path: &str, last: &str) -> String {
    let href = visit.query.with(path, "after", None);
    let and = if href.contains('?') { '&' } else { '?' };
    format!("{href}{and}after={}", in_address(last))
}

fn rows(
    app: &App,
    manager: bool,
    election: &Election,
    network: &Network,
    found: &[Station],
) -> Result<Vec<Row>, Fault> {
    let now = app.clock.now();
    app.engine.read(|views| {
        let mut rows = Vec::new();
        for station in found {
            let (unit, name) = network.names.get(&station.number).cloned().unwrap_or_default();
            let area = network.tree.area(station.area).map(|area| area.name.clone()).unwrap_or_default();
            // Who they are is for managers alone.
            let contacts = if manager {
                contacts::of_station(views, &election.id, station.number, now)?
            } else {
                Vec::new()
            };
            let href = format!("{}/contacts?station={}", href(&election.id), station.number);
            rows.push(Row { station: *station, unit, name, area, contacts, href });
        }
        Ok(rows)
    })
}

/// The area above, and those below.
fn groups(visit: &Visit, network: &Network, place: Option<u32>, path: &str) -> (Vec<FilterGroup>, usize) {
    let tree = &network.tree;
    let link = |area: &Area, current: bool| Choice {
        href: visit.query.with(path, "area", Some(&area.code)),
        text: area.name.clone(),
        count: Some(area.stations),
        current,
    };
    let mut groups = Vec::new();
    if let Some(place) = place {
        let mut above: Vec<Choice> =
            tree.upwards(place).filter_map(|one| Some(link(tree.area(one)?, one == place))).collect();
        above.push(Choice {
            href: visit.query.with(path, "area", None),
            text: visit.t("alertnet-all-areas"),
            count: None,
            current: false,
        });
        above.reverse();
        groups.push(FilterGroup { label: visit.t("alertnet-area"), choices: above });
    }
    let below: Vec<&Area> = tree.areas().iter().filter(|area| area.parent == place).collect();
    if !below.is_empty() {
        let choices = below.iter().take(LINKS).map(|area| link(area, false)).collect();
        groups.push(FilterGroup { label: visit.t("alertnet-areas-below"), choices });
    }
    (groups, below.len().saturating_sub(LINKS))
}

/// What of a contact's holder stands in addresses.
pub(super) fn holder_query(holder: &Holder) -> String {
    match holder {
        Holder::Station(number) => format!("station={number}"),
        Holder::Area(code) => format!("area={}", in_address(code)),
    }
}

async fn list(app: Arc<App>, visit: Visit, id: String, is_areas: bool) -> Reply {
    run(visit, move |_| {
        let version = app.engine.read(|views| network::current(views, &id))?;
        let version =
            version.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-210").with("stations", 0))?;
        let (areas, stations) = network::lists_of(&app.engine, &version.object)?;
        let (name, text) = if is_areas { ("areas", areas) } else { ("stations", stations) };
        let text = without_formulas(text)?;
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{}.csv\"", version.version)),
        ];
        Ok((headers, text).into_response().into())
    })
    .await
}

pub(super) async fn areas_csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    list(app, visit, id, true).await
}

pub(super) async fn stations_csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    list(app, visit, id, false).await
}
