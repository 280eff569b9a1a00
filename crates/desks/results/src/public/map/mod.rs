//! Where votes were cast: the map of a contest, and the same figures as a list.

mod figures;

pub(crate) use figures::exists;

use super::home::name_of;
use super::read::ContestRow;
use super::{crumbs, fault, not_published, plain};
use crate::maps;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use figures::{AreaRow, Layer, Looked};
use scr_web::api::{fresh, tagged};
use scr_web::components::{Crumb, FilterGroup, Frame, Pager};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Bytes of a drawing, about three times what is sent: it is a file of its own, and compressed.
const BUDGET: usize = 160_000;
/// Places of one page of the list: the page stays below 100 KB.
const PAGE: usize = 100;

/// A place's line in the list.
struct Line {
    name: String,
    code: String,
    leader: String,
    figure: String,
    votes: u64,
    counted: u64,
    units: u64,
    turnout: Option<(u64, u64)>,
}

#[derive(Template)]
#[template(path = "results/public_map.html")]
struct MapPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest: &'a ContestRow,
    choices: Vec<FilterGroup>,
    frame: Frame,
    key: Vec<(String, String)>,
    lines: Vec<Line>,
    has_turnout: bool,
    /// Whose share stands in a column of its own.
    share_of: Option<String>,
    pager: Pager,
    seal: &'a Seal,
    map_seal: Seal,
    base: String,
}

pub(crate) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let looked = match Looked::at(&app, &visit, &election, &contest) {
        Ok(looked) => looked,
        Err(reply) => return *reply,
    };
    let base = looked.base();
    let from: usize = visit.query.get("from").and_then(|text| text.parse().ok()).unwrap_or(0);
    let lines: Vec<Line> =
        looked.areas.iter().skip(from).take(PAGE).map(|area| line(&visit, &looked, area)).collect();
    let map_href = format!("{base}/map");
    let next = from.saturating_add(PAGE);
    let next =
        (next < looked.areas.len()).then(|| visit.query.with(&map_href, "from", Some(&next.to_string())));
    let share_of = match &looked.layer {
        Layer::Share(of) => Some(name_of(&looked.contest, of)),
        _ => None,
    };
    let template = MapPage {
        crumbs: crumbs(&visit, &looked.election, Some((&base, &looked.contest))),
        contest: &looked.contest,
        choices: looked.choices(&visit),
        frame: frame(&visit, &looked),
        key: looked.key(&visit),
        has_turnout: looked.areas.iter().any(|area| area.turnout.is_some()),
        share_of,
        pager: Pager {
            shown: lines.len() as u64,
            total: Some(looked.areas.len() as u64),
            first: (from > 0).then(|| visit.query.with(&map_href, "from", None)),
            next,
            csv: None,
        },
        lines,
        seal: &looked.shown.seal,
        map_seal: app.seal(looked.map.index, looked.map.at),
        base,
        visit: &visit,
    };
    page(&template).into()
}

fn line(visit: &Visit, looked: &Looked, area: &AreaRow) -> Line {
    let leader = match area.leader() {
        Some((_, _, true)) => visit.t("results-map-tie"),
        Some((id, votes, false)) => {
            let share = visit.texts().share(votes, area.sum(), 1).unwrap_or_default();
            format!("{}, {share}", name_of(&looked.contest, id))
        }
        None => visit.t("results-map-none"),
    };
    Line {
        name: looked.name(visit, area),
        code: area.code.clone(),
        leader,
        figure: looked.figure(visit, area),
        votes: area.sum(),
        counted: area.counted,
        units: area.units,
        turnout: area.turnout,
    }
}

/// The drawing is a file of its own, so that the page stays small and the drawing is kept.
fn frame(visit: &Visit, looked: &Looked) -> Frame {
    let title = looked.title(visit);
    let href = looked.href("map.svg", &looked.layer, looked.as_circles);
    let href = format!("{href}&lang={}", visit.lang_code());
    let alt = scr_web::Markup::text(&format!("{title}. {}", looked.description(visit)));
    let args = [("source", (&looked.shown.table.source_name).into())];
    Frame {
        svg: format!("<img src=\"{}\" alt=\"{alt}\">", scr_web::Markup::text(&href)),
        title,
        subtitle: visit.ta("results-map-subtitle", &args),
        svg_href: Some(href),
        csv_href: None,
    }
}

pub(crate) async fn svg(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let looked = match Looked::at(&app, &visit, &election, &contest) {
        Ok(looked) => looked,
        Err(reply) => return *reply,
    };
    let tag = looked.tag(&visit);
    if let Some(unchanged) = fresh(&headers, &tag) {
        return unchanged.into();
    }
    let words = visit.clone();
    let drawn = tokio::task::spawn_blocking(move || {
        let map = maps::load(app.engine.objects(), &looked.map.object)?;
        Ok::<_, String>(looked.draw(&visit, &map))
    });
    match drawn.await {
        Ok(Ok(svg)) if svg.is_empty() => not_published(&words),
        Ok(Ok(svg)) => tagged(plain("image/svg+xml", svg), &tag).into(),
        Ok(Err(what)) => fault(&words, &what),
        Err(error) => fault(&words, &error),
    }
}
