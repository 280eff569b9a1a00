//! Where it holds, and until when: areas by search or down the tree, without a script; each button saves what is ticked.

use super::super::acts;
use super::super::draft::Draft;
use super::what::steps;
use super::{Place, actor, crumbs, dressed, refuse, seen};
use crate::network::Network;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_engine::fold;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, in_address, run};
use std::sync::Arc;

/// Areas that are listed at once.
const MOST: usize = 100;
/// How long an alert holds where nobody has said anything yet, in seconds.
const USUAL: i64 = 4 * 3_600;

/// An area to choose.
struct Line {
    code: String,
    name: String,
    stations: u64,
    voters: u64,
    chosen: bool,
    is_listed: bool,
    has_parts: bool,
}

#[derive(Template)]
#[template(path = "write/where.html")]
struct WherePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    chosen: Vec<Line>,
    listed: Vec<Line>,
    /// How many more there are than are listed.
    more: usize,
    /// Areas above the listed ones: code and name.
    above: Vec<(String, String)>,
    q: String,
    has_network: bool,
    stations: u64,
    voters: u64,
    zone: String,
    steps: Vec<String>,
}

fn line(network: &Network, draft: &Draft, at: u32) -> Option<Line> {
    let area = network.tree.area(at)?;
    Some(Line {
        code: area.code.clone(),
        name: area.name.clone(),
        stations: area.stations,
        voters: area.voters,
        chosen: draft.areas.contains(&area.code),
        is_listed: true,
        has_parts: network.tree.areas().iter().any(|one| one.parent == Some(at)),
    })
}

/// Places of areas that are found by a word in code or name, or that lie directly below one.
fn listed(network: &Network, q: &str, under: Option<u32>) -> Vec<u32> {
    let q = fold(q);
    let fits = |area: &scr_alerts::areas::Area| {
        if q.is_empty() {
            area.parent == under
        } else {
            fold(&area.name).contains(&q) || fold(&area.code).contains(&q)
        }
    };
    (0u32..).zip(network.tree.areas()).filter(|(_, area)| fits(area)).map(|(at, _)| at).collect()
}

fn show(visit: &Visit, place: &Place, form: &FormState) -> Reply {
    let draft = place.draft();
    let (q, under) = (visit.query.get("q").unwrap_or_default(), visit.query.get("under").unwrap_or_default());
    let (mut lines, mut chosen, mut above, mut more) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let (mut stations, mut voters) = (0, 0);
    if let Some(network) = place.network.as_deref() {
        let at = network.tree.find(under);
        let found = listed(network, q, at);
        more = found.len().saturating_sub(MOST);
        lines = found.into_iter().take(MOST).filter_map(|at| line(network, draft, at)).collect();
        chosen = draft
            .areas
            .iter()
            .filter_map(|code| line(network, draft, network.tree.find(code)?))
            .map(|line| Line { is_listed: lines.iter().any(|one: &Line| one.code == line.code), ..line })
            .collect();
        above = at
            .into_iter()
            .flat_map(|at| network.tree.upwards(at).collect::<Vec<_>>())
            .filter_map(|at| network.tree.area(at).map(|area| (area.code.clone(), area.name.clone())))
            .collect();
        above.reverse();
        if let Ok(within) = network.tree.within(&draft.areas) {
            for station in network.stations.within(&within) {
                stations += 1;
                voters += u64::from(station.voters);
            }
        }
    }
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let template = WherePage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        draft,
        chosen,
        listed: lines,
        more,
        above,
        q: q.to_owned(),
        has_network: place.network.is_some(),
        stations,
        voters,
        zone: visit.zone.name().to_owned(),
        steps: steps(visit),
    };
    form_page(&template, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        let draft = place.draft();
        let field = |at: Option<i64>| at.and_then(|at| visit.zone.field_of(at)).unwrap_or_default();
        let expires = draft.expires.unwrap_or_else(|| {
            let at = app.clock.now() + USUAL;
            at - at.rem_euclid(900)
        });
        let form = FormState::new()
            .with("version", place.kept.version)
            .with("effective", field(draft.effective))
            .with("expires", field(Some(expires)));
        Ok(show(visit, &place, &form))
    })
    .await
}

pub(super) async fn save(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        let all = |name: &str| -> Vec<&str> {
            pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
        };
        // What was on the page and is not ticked any more goes; what was not on it stays.
        let (offered, ticked) = (all("offered"), all("area"));
        let mut areas: Vec<String> =
            place.draft().areas.iter().filter(|code| !offered.contains(&code.as_str())).cloned().collect();
        areas.extend(ticked.iter().map(|code| (*code).to_owned()));
        let mut draft = Draft { areas, ..place.draft().clone() };
        for (field, slot) in [("effective", &mut draft.effective), ("expires", &mut draft.expires)] {
            let text = form.value(field).to_owned();
            *slot = visit.zone.moment_of(&text);
            if slot.is_none() && !text.is_empty() {
                form.reject(field, visit.t("alerts-wrong-time"));
            }
        }
        if draft.areas.len() > scr_alerts::text::MAX_AREAS {
            form.reject("areas", visit.t("alerts-wrong-areas"));
        }
        if form.is_fine() {
            match acts::save(&app, actor(visit)?, seen(&form), draft) {
                Ok(()) => return Ok(go(&next(place.draft(), &form))),
                Err(error) => refuse(visit, &mut form, error)?,
            }
        }
        Ok(show(visit, &place, &form))
    })
    .await
}

/// Where the button leads that was pressed.
fn next(draft: &Draft, form: &FormState) -> String {
    let here = format!("{}/where", draft.href());
    match form.value("step") {
        "search" => format!("{here}?q={}#areas", in_address(form.value("q"))),
        "stay" => format!("{here}#areas"),
        step => match step.strip_prefix("under:") {
            Some(code) => format!("{here}?under={}#areas", in_address(code)),
            None => format!("{}/words/{}", draft.href(), draft.main),
        },
    }
}
