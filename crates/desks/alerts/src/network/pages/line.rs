//! The line of authority: drawn, and changed.

use super::picture::{Body, picture};
use super::words::goal_name;
use super::{actor, any_election, crumbs, election_of, href, is_manager_of, refuse};
use crate::network::line::{
    self, ACTS, Ally, GOALS, Lines, MOST_ALLIES, MOST_RUNGS, NamedRung, SEVERITIES, SetLine,
};
use crate::network::view::Election;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_web::components::{Crumb, Frame};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, page, recorded, run};
use std::sync::Arc;

/// Empty rows that the form offers.
const SPARE: usize = 2;

struct RungRow {
    name: String,
    whom: String,
    goal: String,
    after: u32,
}

struct AllyRow {
    name: String,
    act: String,
    severity: String,
    within: u32,
}

#[derive(Template)]
#[template(path = "network/line.html")]
struct LinePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    set: Option<(SetLine, Seal)>,
    frame: Frame,
    rungs: Vec<RungRow>,
    allies: Vec<AllyRow>,
    is_manager: bool,
    done: Option<Seal>,
}

/// The rungs in force, with words of the reader's language where nobody has named them.
fn lines_of(visit: &Visit, set: Option<&SetLine>) -> Lines {
    let mut lines = set
        .map_or_else(|| Lines { rungs: line::default_rungs(), allies: Vec::new() }, |set| set.lines.clone());
    for rung in lines.rungs.iter_mut().filter(|rung| rung.name.is_empty()) {
        rung.name = whom(visit, rung.depth);
    }
    lines
}

/// Which areas a rung calls.
fn whom(visit: &Visit, depth: Option<u8>) -> String {
    match depth {
        None => visit.t("alertnet-rung-station"),
        Some(depth @ 0..=2) => {
            // i18n: alertnet-rung-*
            visit.t(&format!("alertnet-rung-{depth}"))
        }
        Some(depth) => visit.ta("alertnet-rung-deeper", &[("depth", depth.into())]),
    }
}

/// A time in hours or minutes.
pub(crate) fn minutes(visit: &Visit, minutes: u32) -> String {
    if minutes >= 120 && minutes.is_multiple_of(60) {
        visit.ta("alertnet-hours", &[("hours", (minutes / 60).into())])
    } else {
        visit.ta("alertnet-minutes", &[("minutes", minutes.into())])
    }
}

fn severity_name(visit: &Visit, severity: &str) -> String {
    // i18n: alertnet-severity-*
    visit.t(&format!("alertnet-severity-{severity}"))
}

fn act_name(visit: &Visit, act: &str) -> String {
    // i18n: alertnet-act-*
    visit.t(&format!("alertnet-act-{act}"))
}

fn frame(visit: &Visit, lines: &Lines) -> Frame {
    let mut bodies: Vec<Body> = lines
        .rungs
        .iter()
        .map(|rung| Body {
            name: rung.name.clone(),
            words: visit.ta("alertnet-picture-rung", &[("goal", goal_name(visit, &rung.goal).into())]),
            arrow: visit.ta("alertnet-picture-after", &[("time", minutes(visit, rung.after).into())]),
            is_ally: false,
        })
        .collect();
    // No arrow leads to the first: its time stands in it.
    if let Some(first) = bodies.first_mut() {
        first.words = format!("{}: {}", first.arrow, first.words);
    }
    bodies.extend(lines.allies.iter().map(|ally| Body {
        name: ally.name.clone(),
        words: visit.ta(
            "alertnet-picture-ally",
            &[
                ("act", act_name(visit, &ally.act).into()),
                ("severity", severity_name(visit, &ally.severity).into()),
            ],
        ),
        arrow: visit.ta("alertnet-picture-within", &[("time", minutes(visit, ally.within).into())]),
        is_ally: true,
    }));
    let title = visit.t("alertnet-line-picture");
    Frame {
        svg: picture(&title, &visit.t("alertnet-line-subtitle"), &bodies),
        title,
        subtitle: visit.t("alertnet-line-subtitle"),
        svg_href: None,
        csv_href: None,
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = any_election(&app, visit, &id)?;
        let visit = &visit;
        let set = app.engine.read(|views| line::current(views, &id))?;
        let lines = lines_of(visit, set.as_ref());
        let template = LinePage {
            visit,
            crumbs: crumbs(visit, Some(&election)),
            base: href(&id),
            frame: frame(visit, &lines),
            rungs: lines
                .rungs
                .iter()
                .map(|rung| RungRow {
                    name: rung.name.clone(),
                    whom: whom(visit, rung.depth),
                    goal: goal_name(visit, &rung.goal),
                    after: rung.after,
                })
                .collect(),
            allies: lines
                .allies
                .iter()
                .map(|ally| AllyRow {
                    name: ally.name.clone(),
                    act: act_name(visit, &ally.act),
                    severity: severity_name(visit, &ally.severity),
                    within: ally.within,
                })
                .collect(),
            set: set.map(|set| {
                let seal = app.seal(set.index, set.at);
                (set, seal)
            }),
            is_manager: is_manager_of(&app, visit, &id)?,
            done: just_recorded(&app, visit)?,
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "network/line_edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    rungs: Vec<usize>,
    allies: Vec<usize>,
    depths: Vec<(String, String)>,
    goals: Vec<(String, String)>,
    acts: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    replaces: bool,
}

fn blank(
    app: &App,
    visit: &Visit,
    election: &Election,
    (form, lines): (&FormState, &Lines),
) -> Result<Reply, ActError> {
    let set = app.engine.read(|views| line::current(views, &election.id))?;
    let rows = |used: usize, most: usize| (1..=(used + SPARE).min(most)).collect();
    let mut depths = vec![(String::new(), visit.t("alertnet-rung-station"))];
    depths.extend((0..5u8).map(|depth| (depth.to_string(), whom(visit, Some(depth)))));
    let mut crumbs = crumbs(visit, Some(election));
    crumbs.push(Crumb::new(format!("{}/line", href(&election.id)), visit.t("alertnet-line-title")));
    let template = EditPage {
        visit,
        crumbs,
        form,
        base: href(&election.id),
        rungs: rows(lines.rungs.len(), MOST_RUNGS),
        allies: rows(lines.allies.len(), MOST_ALLIES),
        depths,
        goals: GOALS.map(|(name, _)| (name.to_owned(), goal_name(visit, name))).into(),
        acts: ACTS.map(|name| (name.to_owned(), act_name(visit, name))).into(),
        severities: SEVERITIES.map(|(name, _)| (name.to_owned(), severity_name(visit, name))).into(),
        replaces: set.is_some(),
    };
    Ok(form_page(&template, form))
}

/// The form as the lines fill it.
fn filled(lines: &Lines) -> FormState {
    let mut form = FormState::new();
    for (at, rung) in (1..).zip(&lines.rungs) {
        form = form
            .with(&format!("rung-{at}-name"), &rung.name)
            .with(&format!("rung-{at}-depth"), rung.depth.map(|depth| depth.to_string()).unwrap_or_default())
            .with(&format!("rung-{at}-goal"), &rung.goal)
            .with(&format!("rung-{at}-after"), rung.after);
    }
    for (at, ally) in (1..).zip(&lines.allies) {
        form = form
            .with(&format!("ally-{at}-name"), &ally.name)
            .with(&format!("ally-{at}-act"), &ally.act)
            .with(&format!("ally-{at}-severity"), &ally.severity)
            .with(&format!("ally-{at}-within"), ally.within);
    }
    form
}

/// The lines as they were typed: rows without a name are none. A number that is none is 0, which is refused beside its field.
fn typed(form: &FormState) -> Lines {
    let value = |row: &str, at: usize, name: &str| form.value(&format!("{row}-{at}-{name}")).to_owned();
    let number = |text: String| text.parse::<u32>().unwrap_or(0);
    let rungs = (1..=MOST_RUNGS).filter(|at| !value("rung", *at, "name").is_empty()).map(|at| NamedRung {
        name: value("rung", at, "name"),
        depth: value("rung", at, "depth").parse().ok(),
        goal: value("rung", at, "goal"),
        after: number(value("rung", at, "after")),
    });
    let allies = (1..=MOST_ALLIES).filter(|at| !value("ally", *at, "name").is_empty()).map(|at| Ally {
        name: value("ally", at, "name"),
        act: value("ally", at, "act"),
        severity: value("ally", at, "severity"),
        within: number(value("ally", at, "within")),
    });
    Lines { rungs: rungs.collect(), allies: allies.collect() }
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let set = app.engine.read(|views| line::current(views, &id))?;
        let lines = lines_of(&visit, set.as_ref());
        blank(&app, &visit, &election, (&filled(&lines), &lines))
    })
    .await
}

pub(super) async fn set(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let lines = typed(&form);
        let wrong = line::check(&lines);
        if !wrong.is_empty() {
            // Rows are numbered as they are checked: those without a name are gone.
            form = filled(&lines).with("reason", form.value("reason"));
            for refusal in &wrong {
                form.refuse(&visit, refusal);
            }
            return blank(&app, &visit, &election, (&form, &lines));
        }
        match line::set(&app.engine, actor(&visit)?, &id, &lines, Some(form.value("reason"))) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/line", href(&id)), &receipts)),
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                blank(&app, &visit, &election, (&form, &lines))
            }
        }
    })
    .await
}
