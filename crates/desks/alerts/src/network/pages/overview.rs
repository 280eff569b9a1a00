//! One election: what is there, and what is to be done first.

use super::{any_election, crumbs, href, is_manager_of};
use crate::kit;
use crate::network::contacts::{self, Counted};
use crate::network::line;
use crate::network::view::{self, Election, Version};
use askama::Template;
use axum::extract::{Path, State};
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, just_recorded, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "network/overview.html")]
struct OverviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    election: Election,
    version: Option<(Version, Seal)>,
    counted: Counted,
    tasks: Vec<Task>,
    is_manager: bool,
    base: String,
    done: Option<Seal>,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = any_election(&app, visit, &id)?;
        let visit = &visit;
        let now = app.clock.now();
        let (version, counted, line, printed) = app.engine.read(|views| {
            Ok((
                view::current(views, &id)?,
                contacts::counted(views, &id, now)?,
                line::current(views, &id)?,
                kit::printed(views, &id)?,
            ))
        })?;
        let is_manager = is_manager_of(&app, visit, &id)?;
        let state =
            State4 { version: version.as_ref(), counted, is_line_set: line.is_some(), printed, is_manager };
        let template = OverviewPage {
            visit,
            crumbs: crumbs(visit, None),
            tasks: tasks(visit, &id, &state),
            version: version.map(|version| {
                let seal = app.seal(version.index, version.at);
                (version, seal)
            }),
            counted,
            is_manager,
            base: href(&id),
            election,
            done: just_recorded(&app, visit)?,
        };
        Ok(page(&template).into())
    })
    .await
}

/// What the four steps are about.
struct State4<'a> {
    version: Option<&'a Version>,
    counted: Counted,
    is_line_set: bool,
    printed: kit::Printed,
    is_manager: bool,
}

fn tasks(visit: &Visit, id: &str, state: &State4<'_>) -> Vec<Task> {
    let (base, manager) = (href(id), state.is_manager);
    let done = || Some(Tag::new(Tone::Good, visit.t("alertnet-task-done")));
    let missing = || Some(Tag::new(Tone::Warn, visit.t("alertnet-task-missing")));
    let later = || Some(Tag::new(Tone::Plain, visit.t("alertnet-task-later")));
    let stations = state.version.map_or(0, |version| version.stations);
    let has = state.version.is_some();
    let stations_task = Task {
        href: match (has, manager) {
            (true, _) => format!("{base}/stations"),
            (false, true) => format!("{base}/import"),
            // There is nothing to be seen yet, and nothing to be done by whoever reads this.
            (false, false) => base.clone(),
        },
        text: visit.t("alertnet-task-stations"),
        hint: Some(match state.version {
            None => visit.t("alertnet-task-stations-none"),
            Some(version) => visit.ta(
                "alertnet-task-stations-hint",
                &[("stations", version.stations.into()), ("areas", version.areas.into())],
            ),
        }),
        tag: if has { done() } else { missing() },
    };
    let counted = state.counted;
    let all_reached = stations > 0 && counted.stations >= stations;
    let contacts_task = Task {
        href: if manager { format!("{base}/contacts") } else { base },
        text: visit.t("alertnet-task-contacts"),
        hint: Some(visit.ta(
            "alertnet-task-contacts-hint",
            &[("reached", counted.stations.into()), ("stations", stations.into())],
        )),
        tag: match (has, all_reached, counted.expired + counted.ending) {
            (false, _, _) => later(),
            (true, true, 0) => done(),
            (true, true, _) => Some(Tag::new(Tone::Warn, visit.t("alertnet-state-renew"))),
            _ => missing(),
        },
    };
    let [line_task, kit_task] = later_tasks(visit, id, state);
    vec![stations_task, contacts_task, line_task, kit_task]
}

fn later_tasks(visit: &Visit, id: &str, state: &State4<'_>) -> [Task; 2] {
    let (base, manager) = (href(id), state.is_manager);
    let done = || Some(Tag::new(Tone::Good, visit.t("alertnet-task-done")));
    let missing = || Some(Tag::new(Tone::Warn, visit.t("alertnet-task-missing")));
    let stations = state.version.map_or(0, |version| version.stations);
    let has = state.version.is_some();
    let line_task = Task {
        href: format!("{base}/line"),
        text: visit.t("alertnet-task-line"),
        hint: Some(visit.t(if state.is_line_set {
            "alertnet-task-line-set"
        } else {
            "alertnet-task-line-default"
        })),
        tag: if state.is_line_set { done() } else { missing() },
    };
    let printed = state.printed;
    let kit_task = Task {
        href: if manager { kit::href(id) } else { base },
        text: visit.t("alertnet-task-kit"),
        hint: Some(visit.ta(
            "alertnet-task-kit-hint",
            &[
                ("printed", printed.sheets.into()),
                ("stations", stations.into()),
                ("generation", printed.generation.into()),
            ],
        )),
        tag: match (has, printed.sheets >= stations) {
            (false, _) => Some(Tag::new(Tone::Plain, visit.t("alertnet-task-later"))),
            (true, true) => done(),
            (true, false) => missing(),
        },
    };
    [line_task, kit_task]
}
