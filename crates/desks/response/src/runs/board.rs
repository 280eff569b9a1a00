//! The live board of a run, and the wall.

use super::acts::may_start;
use super::data::{self, Kept};
use super::graph::{Captions, draw};
use super::words::{self, Shown, State, crumbs, duration, href, left, marked, seconds, step_href};
use askama::Template;
use axum::extract::{Path, State as Extract};
use scr_core::Actor;
use scr_engine::ActError;
use scr_playbooks::run::{Todo, What};
use scr_web::components::{Crumb, Moment, Tag, Tone};
use scr_web::{App, Reply, Seal, Visit, just_recorded, live, page, run};
use std::sync::Arc;

/// Seconds after which the board shows itself anew.
const REFRESH: u8 = 20;
/// Entries under the board; the report has all.
const SHOWN: usize = 60;

/// Something that is to be done.
pub(super) struct Card {
    pub(super) href: String,
    pub(super) step: String,
    pub(super) what: String,
    pub(super) role: String,
    pub(super) who: String,
    pub(super) tag: Tag,
    pub(super) is_late: bool,
    pub(super) is_mine: bool,
    /// Seconds since 1970, by the run's clock.
    pub(super) due: Option<i64>,
    pub(super) left: String,
}

/// What is to be done by people in a run, late first.
pub(super) fn cards(visit: &Visit, kept: &Kept, actor: &Actor, now: i64) -> Vec<Card> {
    let own = kept.roles_of(actor);
    let by_people = |todo: &Todo| {
        matches!(
            todo.what,
            What::Act
                | What::Carry
                | What::Request
                | What::Countersign
                | What::StartPlaybook { .. }
                | What::SetVariables(_)
        )
    };
    let todo = kept.fold.todo(&kept.plan, now).into_iter().filter(by_people);
    let mut cards: Vec<Card> = todo.filter_map(|todo| card(visit, kept, (&own, actor), &todo, now)).collect();
    cards.sort_by_key(|card| (!card.is_late, card.due.unwrap_or(i64::MAX)));
    cards
}

fn card(visit: &Visit, kept: &Kept, (own, actor): (&[&str], &Actor), todo: &Todo, now: i64) -> Option<Card> {
    let place = todo.place.as_ref()?;
    let agent = todo.agent.and_then(|agent| kept.plan.agents.get(agent));
    let role = agent.map(|agent| agent.name_in(visit.lang_code()).to_owned());
    let has_role = agent.map_or(!own.is_empty(), |agent| own.contains(&agent.role.as_str()));
    let handed_by = kept.fold.tasks().get(place).and_then(|task| task.handed.as_ref()?.by.as_ref());
    let is_first =
        todo.what == What::Countersign && handed_by.is_some_and(|by| by.person == actor.person.as_str());
    let is_taken = todo.begun_by.as_deref().is_some_and(|who| who != actor.person.as_str())
        && todo.what != What::Countersign;
    let due = todo.due.or(todo.times_out);
    Some(Card {
        href: step_href(&kept.row.run, place),
        step: words::step_name(visit, kept, place.step()),
        // What most steps ask for needs no words of its own.
        what: if todo.what == What::Act { String::new() } else { words::what(visit, &todo.what) },
        role: role.unwrap_or_else(|| visit.t("runs-anybody")),
        who: todo.begun_by.as_deref().map(|who| kept.name_of(who).to_owned()).unwrap_or_default(),
        tag: if todo.is_late {
            Tag::new(Tone::Alarm, visit.t("runs-late"))
        } else {
            words::todo_state(kept, todo, now).tag(visit)
        },
        is_late: todo.is_late,
        is_mine: has_role && !is_first && !is_taken,
        due: due.map(seconds),
        left: due.map(|due| left(visit, due, now)).unwrap_or_default(),
    })
}

#[derive(Template)]
#[template(path = "runs/board.html")]
struct BoardPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    kept: &'a Kept,
    title: String,
    base: String,
    tag: Tag,
    seal: Seal,
    recorded: Option<Seal>,
    now: i64,
    began: i64,
    lasts: String,
    answer: String,
    cards: Vec<Card>,
    steps: Vec<Shown>,
    done: usize,
    all: usize,
    graph: Option<String>,
    key: Vec<(&'static str, String)>,
    variables: Vec<(String, String, String)>,
    moments: Vec<Moment>,
    earlier: usize,
    may_act: bool,
    may_start: bool,
    is_paused: bool,
    has_ended: bool,
    parent: Option<String>,
    children: Vec<(String, String)>,
}

/// The states that people read as a share: steps in which people act.
fn progress(steps: &[Shown]) -> (usize, usize) {
    let acts = || steps.iter().filter(|step| step.is_act);
    (acts().filter(|step| step.state == State::Done).count(), acts().count())
}

fn picture(visit: &Visit, kept: &Kept, steps: &[Shown]) -> Option<String> {
    let (title, description) = (visit.t("runs-graph-title"), visit.t("runs-graph-description"));
    let late = visit.t("runs-late");
    let word = |state: State| state.tag(visit).text;
    let base = &kept.row.run;
    let to = |shown: &Shown| {
        let place = shown.place.as_ref().filter(|_| shown.is_act)?;
        Some(step_href(base, place))
    };
    let captions = Captions {
        title: &title,
        description: &description,
        late: &late,
        word: &word,
        href: &to,
        is_rtl: visit.is_rtl(),
    };
    draw(&kept.playbook, steps, &captions)
}

/// What the board says first.
fn answer(visit: &Visit, kept: &Kept, cards: &[Card]) -> String {
    let mine = cards.iter().filter(|card| card.is_mine).count();
    if kept.fold.ending().is_some() {
        visit.t("runs-board-ended")
    } else if kept.drill_ended.is_some() {
        visit.t("runs-board-drill-ended")
    } else if kept.fold.is_paused() {
        visit.t("runs-board-paused")
    } else if mine > 0 {
        visit.ta("runs-board-mine", &[("count", mine.into())])
    } else {
        visit.ta("runs-board-others", &[("count", cards.len().into())])
    }
}

/// What the playbook decides by: what it is for, its name, its value.
fn variables(kept: &Kept) -> Vec<(String, String, String)> {
    let variable = |(name, variable): (&String, &scr_playbooks::Variable)| {
        let value = kept.fold.variables().get(name).map(|written| written.value.clone());
        let label = variable.description.clone().unwrap_or_else(|| name.clone());
        (label, name.clone(), value.unwrap_or_default())
    };
    kept.plan.variables.iter().map(variable).collect()
}

fn moments(app: &App, visit: &Visit, kept: &Kept) -> Vec<Moment> {
    let moment = |line: &data::Line| Moment {
        at: seconds(line.entry.at),
        text: words::said(visit, kept, line),
        seal: Some(app.seal(line.index, line.at)),
    };
    kept.lines.iter().rev().take(SHOWN).map(moment).collect()
}

pub(super) async fn board(Extract(app): Extract<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        show_board(&app, &marked(visit, kept.row.is_exercise()), &kept)
    })
    .await
}

fn show_board(app: &App, visit: &Visit, kept: &Kept) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let id = &kept.row.run;
    let now = kept.now(app.clock.now_ms());
    let cards = cards(visit, kept, actor, now);
    let steps = words::steps(visit, kept, now);
    let (done, all) = progress(&steps);
    let late = cards.iter().filter(|card| card.is_late).count();
    let ended = kept.fold.ending().map(|(_, at)| at);
    let children = app.engine.read(|views| data::children(views, id))?;
    let template = BoardPage {
        visit,
        crumbs: crumbs(visit, None),
        title: kept.plan.name_in(visit.lang_code()).to_owned(),
        base: href(id),
        tag: words::run_tag(visit, kept, late),
        seal: app.seal(kept.row.index, kept.row.at),
        recorded: just_recorded(app, visit)?,
        now: seconds(now),
        began: seconds(kept.row.run_at),
        lasts: duration(visit, ended.unwrap_or(now) - kept.row.run_at),
        answer: answer(visit, kept, &cards),
        done,
        all,
        graph: picture(visit, kept, &steps),
        key: State::ALL.map(|state| (state.shape(), state.tag(visit).text)).into(),
        variables: variables(kept),
        moments: moments(app, visit, kept),
        earlier: kept.lines.len().saturating_sub(SHOWN),
        may_act: !kept.roles_of(actor).is_empty(),
        may_start: may_start(actor),
        is_paused: kept.fold.is_paused(),
        has_ended: ended.is_some(),
        parent: Some(&kept.row.parent).filter(|parent| !parent.is_empty()).map(|parent| href(parent)),
        children: children.iter().map(|child| (href(&child.run), child.playbook.clone())).collect(),
        cards,
        steps,
        kept,
    };
    let shown = page(&template);
    let stands = ended.is_some() || kept.drill_ended.is_some();
    Ok(if stands { shown.into() } else { live(shown, visit, REFRESH) })
}

/// Who acts.
pub(super) fn actor(visit: &Visit) -> Result<&Actor, ActError> {
    visit.login.as_ref().map(|login| &login.actor).ok_or_else(|| data::absent().into())
}

/// Steps that fit on the wall.
const ON_WALL: usize = 8;

#[derive(Template)]
#[template(path = "runs/wall.html")]
struct WallPage<'a> {
    visit: &'a Visit,
    title: String,
    tag: Tag,
    done: usize,
    all: usize,
    late: usize,
    lasts: String,
    now: i64,
    cards: Vec<Card>,
    others: usize,
    stands: bool,
}

/// The same for a room, from five metres.
pub(super) async fn wall(Extract(app): Extract<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let kept = data::seen(&app.engine, actor, &id)?;
        let visit = &marked(visit, kept.row.is_exercise());
        let now = kept.now(app.clock.now_ms());
        let mut cards = cards(visit, &kept, actor, now);
        let (done, all) = progress(&words::steps(visit, &kept, now));
        let late = cards.iter().filter(|card| card.is_late).count();
        let others = cards.len().saturating_sub(ON_WALL);
        cards.truncate(ON_WALL);
        let ended = kept.fold.ending().map(|(_, at)| at);
        let template = WallPage {
            visit,
            title: kept.plan.name_in(visit.lang_code()).to_owned(),
            tag: words::run_tag(visit, &kept, late),
            done,
            all,
            late,
            lasts: duration(visit, ended.unwrap_or(now) - kept.row.run_at),
            now: seconds(now),
            cards,
            others,
            stands: kept.drill_ended.is_some() && kept.fold.ending().is_none(),
        };
        Ok(page(&template).into())
    })
    .await
}
