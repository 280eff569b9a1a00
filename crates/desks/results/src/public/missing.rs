//! Which polling stations have not reported: the newest registry against the published table.

use super::home::{Shown, find};
use super::{crumbs, encode};
use crate::desk::run;
use crate::registry::data::{RegistryRow, StationRow, newest_registry, unreported};
use askama::Template;
use axum::extract::{Path, State};
use rusqlite::{Connection, params};
use scr_web::components::{Crumb, FilterGroup, Pager, Search};
use scr_web::{App, Reply, Seal, Visit, page};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Stations of one page.
const PAGE: usize = 100;
const MAX_SEARCH_BYTES: usize = 200;
/// Counts that are kept; each is a function of two objects, so it is never out of date.
const KEPT: usize = 256;

static CACHE: Mutex<BTreeMap<(String, String), (u64, u64)>> = Mutex::new(BTreeMap::new());

/// How many stations of the registry have reported.
#[derive(Debug, Clone)]
pub(crate) struct Reported {
    pub(crate) registry: RegistryRow,
    /// Stations that state at least one number.
    pub(crate) reported: u64,
    /// Units of the table that the registry does not have.
    pub(crate) unknown: u64,
}

impl Reported {
    /// Stations without any number.
    pub(crate) fn missing(&self) -> u64 {
        self.registry.units.saturating_sub(self.reported)
    }
}

/// Counts, where the election has a registry.
pub(crate) fn reported(
    views: &Connection,
    election: &str,
    table: (u64, &str),
) -> rusqlite::Result<Option<Reported>> {
    let Some(registry) = newest_registry(views, election)? else { return Ok(None) };
    let key = (registry.object.clone(), table.1.to_owned());
    let known = CACHE.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    let (reported, unknown) = match known {
        Some(counts) => counts,
        None => {
            let counts = count(views, registry.index, table.0)?;
            let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
            if cache.len() >= KEPT {
                cache.clear();
            }
            cache.insert(key, counts);
            counts
        }
    };
    Ok(Some(Reported { registry, reported, unknown }))
}

fn count(views: &Connection, registry: u64, table: u64) -> rusqlite::Result<(u64, u64)> {
    let one = |sql: &str| -> rusqlite::Result<u64> {
        let found: i64 = views
            .prepare_cached(sql)?
            .query_row(params![registry.cast_signed(), table.cast_signed()], |row| row.get(0))?;
        Ok(u64::try_from(found).unwrap_or(0))
    };
    let reported = one("SELECT count(*) FROM results_station s WHERE s.registry = ?1 AND EXISTS (
        SELECT 1 FROM results_row r INDEXED BY results_row_unit WHERE r.tbl = ?2 AND r.unit = s.unit
          AND (json_type(r.line, '$.votes') IS NOT NULL OR json_type(r.line, '$.fields') IS NOT NULL))")?;
    let unknown = one("SELECT count(DISTINCT r.unit) FROM results_row r WHERE r.tbl = ?2 AND NOT EXISTS (
        SELECT 1 FROM results_station s INDEXED BY results_station_unit WHERE s.registry = ?1 AND s.unit = r.unit)")?;
    Ok((reported, unknown))
}

#[derive(Template)]
#[template(path = "results/public_missing.html")]
struct MissingPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest_title: String,
    reported: Option<Reported>,
    registry_seal: Option<Seal>,
    shown: Shown,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    stations: Vec<StationRow>,
    pager: Pager,
}

pub(crate) async fn missing(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (election, contest, shown) = match find(&app, visit, &election, &contest) {
            Ok(found) => found,
            Err(reply) => return Ok(*reply),
        };
        let text = visit.query.get("q").map(str::trim).filter(|q| q.len() <= MAX_SEARCH_BYTES);
        let text = text.unwrap_or_default();
        let after = visit.query.get("after").and_then(|text| text.parse::<u32>().ok()).map(u64::from);
        let table = (shown.table.index, shown.table.object.as_str());
        let (reported, mut stations) = app.engine.read(|views| {
            let reported = reported(views, &election.id, table)?;
            let stations = match reported.as_ref().filter(|reported| reported.missing() > 0) {
                Some(now) => unreported(views, now.registry.index, table.0, text, after, PAGE + 1)?,
                None => Vec::new(),
            };
            Ok((reported, stations))
        })?;
        let above = format!("/elections/{}/contests/{}", election.id, encode(&contest.id));
        let base = format!("{above}/missing");
        let more = stations.len() > PAGE;
        stations.truncate(PAGE);
        let last = stations.last().filter(|_| more).map(|station| station.position.to_string());
        let template = MissingPage {
            crumbs: crumbs(visit, &election, Some((&above, &contest))),
            registry_seal: reported.as_ref().map(|now| app.seal(now.registry.index, now.registry.at)),
            groups: Vec::new(),
            search: Some(Search {
                action: base.clone(),
                label: visit.t("results-stations-search"),
                value: text.to_owned(),
                keep: visit.query.without(&["q", "after"]),
            }),
            pager: Pager {
                shown: stations.len() as u64,
                total: reported.as_ref().filter(|_| text.is_empty()).map(Reported::missing),
                first: after.map(|_| visit.query.with(&base, "after", None)),
                next: last.map(|last| visit.query.with(&base, "after", Some(&last))),
                csv: None,
            },
            contest_title: contest.title,
            reported,
            shown,
            stations,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}
