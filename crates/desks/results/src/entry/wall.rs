//! The wall: how far the entry is, for a room. It looks and changes nothing.

use super::data::{self, Opening};
use super::looking::{RegionLine, StateLine, bar, minutes_left, regions};
use super::words::state_tag;
use crate::desk::run;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_results::sheet::SheetState;
use scr_web::{App, Reply, Visit, page};
use std::sync::Arc;

/// Regions that fit on the wall: those that lag most.
const SHOWN_REGIONS: usize = 8;

#[derive(Template)]
#[template(path = "entry/wall.html")]
struct WallPage<'a> {
    visit: &'a Visit,
    opening: Opening,
    signed: u64,
    total: u64,
    bar: String,
    states: Vec<StateLine>,
    signed_in_hour: u64,
    minutes_left: Option<u64>,
    regions: Vec<RegionLine>,
    other_regions: usize,
    now: i64,
}

/// The newest entry of the election, or that of `?contest=`.
pub(super) async fn wall(State(app): State<Arc<App>>, visit: Visit, Path(election): Path<String>) -> Reply {
    run(visit, move |visit| {
        let now = app.clock.now();
        let contest = visit.query.get("contest");
        let found = app.engine.read(|views| {
            let all = data::openings(views, Some(&election))?;
            let wanted = |one: &Opening| contest.is_none_or(|contest| one.contest == contest);
            let Some(opening) = all.into_iter().find(wanted) else { return Ok(None) };
            let counts = data::counts(views, opening.index)?;
            let pace = data::pace(views, opening.index, now)?;
            Ok(Some((opening, counts, pace)))
        })?;
        let Some((opening, (counts, by_region), (_, signed_in_hour))) = found else {
            return Err(Refusal::new(RefusalKind::NotFound, super::steps::ABSENT).into());
        };
        let mut regions = regions(visit, &opening, by_region);
        let other_regions = regions.len().saturating_sub(SHOWN_REGIONS);
        regions.truncate(SHOWN_REGIONS);
        let state = |state: SheetState| StateLine {
            tag: state_tag(visit, state.as_str()),
            count: counts.of(state),
            href: String::new(),
        };
        let template = WallPage {
            visit,
            signed: counts.signed(),
            total: counts.total(),
            bar: bar(visit, &visit.t("entry-progress-title"), &counts),
            states: SheetState::ALL.into_iter().filter(|one| *one != SheetState::Signed).map(state).collect(),
            signed_in_hour,
            minutes_left: minutes_left(&counts, signed_in_hour),
            regions,
            other_regions,
            now,
            opening,
        };
        Ok(page(&template).into())
    })
    .await
}
