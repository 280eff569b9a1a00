//! The registry of polling stations: the list, its versions, and a new version from a file.

mod mapping;
mod preview;

use super::before::recorded_mapping;
use super::data::{self, ElectionRow};
use super::draft::Purpose;
use super::upload::{form_for, limits, receive_for};
use super::{EVERY_ROLE, MANAGERS, crumbs, just_recorded, role, run};
use crate::public::contest::object_href;
use crate::registry::data::{RegistryRow, StationRow, newest_registry, registries, search};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::Role;
use scr_engine::ActError;
use scr_intake::{Input, RegistryMapping};
use scr_web::components::{Crumb, FilterGroup, Pager, Search};
use scr_web::{App, Reply, Routes, Seal, Visit, issuer_name, page};
use std::sync::Arc;

/// Stations of one page.
const PAGE: usize = 100;
const MAX_SEARCH_BYTES: usize = 200;

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/elections/{id}/registry", EVERY_ROLE, show)
        .get("/desk/elections/{id}/registry/import", MANAGERS, form)
        .post("/desk/elections/{id}/registry/import", MANAGERS, receive)
        .get("/desk/registries/{draft}", MANAGERS, mapping::show)
        .post("/desk/registries/{draft}", MANAGERS, mapping::keep)
        .post("/desk/registries/{draft}/choices", MANAGERS, mapping::choices)
        .post("/desk/registries/{draft}/mapping", MANAGERS, mapping::typed)
        .get("/desk/registries/{draft}/preview", MANAGERS, preview::show)
        .post("/desk/registries/{draft}/confirm", MANAGERS, preview::confirm)
}

/// The address of a draft of a registry.
pub(crate) fn draft_href(hash: &str) -> String {
    format!("/desk/registries/{hash}")
}

/// The address of the list.
pub(crate) fn href(election: &ElectionRow) -> String {
    format!("{}/registry", election.href())
}

/// The mapping of the newest version, where this file can be read with it.
pub(crate) fn mapping_before(
    app: &App,
    election: &ElectionRow,
    input: Input<'_>,
) -> Result<Option<(String, i64)>, ActError> {
    let Some(before) = app.engine.read(|views| newest_registry(views, &election.id))? else {
        return Ok(None);
    };
    let text = recorded_mapping(app, &before.mapping)?.unwrap_or_default();
    let reads = RegistryMapping::parse(&text, "mapping.toml")
        .is_ok_and(|mapping| scr_intake::registry(input, &mapping, &limits(app)).records > 0);
    Ok(reads.then_some((text, before.at)))
}

async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    form_for(app, visit, id, Purpose::Registry).await
}

async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    parts: Multipart,
) -> Reply {
    receive_for(app, visit, id, parts, Purpose::Registry).await
}

/// A version with its seal and the address of its object.
struct Version {
    row: RegistryRow,
    seal: Seal,
    object: String,
}

#[derive(Template)]
#[template(path = "results/desk_registry.html")]
struct RegistryPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    versions: Vec<Version>,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    stations: Vec<StationRow>,
    pager: Pager,
    may_import: bool,
    base: String,
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        let text = visit.query.get("q").map(str::trim).filter(|q| q.len() <= MAX_SEARCH_BYTES);
        let text = text.unwrap_or_default();
        let after = visit.query.get("after").and_then(|text| text.parse::<u32>().ok()).map(u64::from);
        let (versions, mut stations) = app.engine.read(|views| {
            let versions = registries(views, &election.id)?;
            let stations = match versions.first() {
                Some(newest) => search(views, newest.index, text, after, PAGE + 1)?,
                None => Vec::new(),
            };
            Ok((versions, stations))
        })?;
        let base = href(&election);
        let more = stations.len() > PAGE;
        stations.truncate(PAGE);
        let last = stations.last().filter(|_| more).map(|station| station.position.to_string());
        let pager = Pager {
            shown: stations.len() as u64,
            total: versions.first().filter(|_| text.is_empty()).map(|newest| newest.units),
            first: after.map(|_| visit.query.with(&base, "after", None)),
            next: last.map(|last| visit.query.with(&base, "after", Some(&last))),
            csv: None,
        };
        let version = |row: RegistryRow| Version {
            seal: app.seal(row.index, row.at),
            object: object_href(&row.object),
            row: RegistryRow {
                issuer: issuer_name(app.engine.ledger().origin(), &row.issuer).to_owned(),
                ..row
            },
        };
        let template = RegistryPage {
            crumbs: crumbs(visit, Some(&election)),
            recorded: just_recorded(&app, visit)?,
            versions: versions.into_iter().map(version).collect(),
            groups: Vec::new(),
            search: Some(Search {
                action: base.clone(),
                label: visit.t("results-desk-registry-search"),
                value: text.to_owned(),
                keep: visit.query.without(&["q", "after", "recorded"]),
            }),
            may_import: role(visit) == Some(Role::Manager),
            stations,
            pager,
            visit,
            base,
        };
        Ok(page(&template).into())
    })
    .await
}
