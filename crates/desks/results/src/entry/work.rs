//! What waits for me: the next sheet to type, to decide, to explain, to sign.

use super::data::{self, Counts, Opening};
use super::reserved::Reserved;
use super::{SheetKey, crumbs, entry_of, place};
use crate::desk::{actor, go, role, run};
use askama::Template;
use axum::extract::{Path, State};
use rusqlite::Connection;
use scr_core::{Actor, Role};
use scr_engine::{ActError, Fault};
use scr_results::sheet::{Sheet, SheetState};
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Posted, Reply, Visit, page};
use std::sync::Arc;

/// What can be asked for next, with the page it leads to.
const TASKS: [(&str, &str); 4] =
    [("type", "/type"), ("decide", "/differences"), ("explain", "/warnings"), ("sign", "/sign")];

/// A task of one entry: its name, what it says, how many sheets wait.
struct Waiting {
    task: &'static str,
    text: String,
    count: u64,
}

struct Line {
    opening: Opening,
    counts: Counts,
    waiting: Vec<Waiting>,
    may_find: bool,
}

#[derive(Template)]
#[template(path = "entry/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
    /// Sheets that wait for this role.
    all: u64,
    is_manager: bool,
    /// Nothing was left of the task that was asked for.
    nothing: bool,
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let role = role(visit);
        let lines = app.engine.read(|views| {
            let openings = data::openings(views, None)?;
            openings
                .into_iter()
                .map(|opening| line(views, visit, role, opening))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let all = lines.iter().flat_map(|line| &line.waiting).map(|waiting| waiting.count).sum();
        let template = HomePage {
            visit,
            crumbs: crumbs(visit, None, None).into_iter().take(1).collect(),
            lines,
            all,
            is_manager: role == Some(Role::Manager),
            nothing: visit.query.get("nothing").is_some(),
        };
        Ok(page(&template).into())
    })
    .await
}

/// What "what needs me" says of entry by hand.
pub(crate) fn tasks(app: &App, visit: &Visit) -> Result<Vec<Task>, Fault> {
    let role = role(visit);
    if !matches!(role, Some(Role::Clerk | Role::Supervisor)) {
        return Ok(Vec::new());
    }
    let lines: Vec<Line> = app.engine.read(|views| {
        let openings = data::openings(views, None)?;
        openings.into_iter().map(|opening| line(views, visit, role, opening)).collect()
    })?;
    let task = |line: Line| {
        let count: u64 = line.waiting.iter().map(|waiting| waiting.count).sum();
        let tag = Tag::new(Tone::Note, visit.ta("entry-waiting", &[("count", count.into())]));
        let text = visit.ta("entry-task", &[("contest", line.opening.contest_title.as_str().into())]);
        let hint = Some(line.opening.election_title);
        (count > 0).then(|| Task { href: "/desk/entry".to_owned(), text, hint, tag: Some(tag) })
    };
    Ok(lines.into_iter().filter_map(task).collect())
}

fn line(views: &Connection, visit: &Visit, role: Option<Role>, opening: Opening) -> rusqlite::Result<Line> {
    let counts = match place(visit) {
        Some(place) => data::counts_below(views, opening.index, place)?,
        None => data::counts(views, opening.index)?.0,
    };
    let of = |state| counts.of(state);
    let to_type = of(SheetState::Empty) + of(SheetState::EnteredOnce);
    let mine: Vec<(&'static str, u64)> = match role {
        Some(Role::Clerk) => {
            vec![("type", to_type), ("decide", of(SheetState::Differs)), ("explain", of(SheetState::Warned))]
        }
        Some(Role::Supervisor) => vec![
            ("decide", of(SheetState::Differs)),
            ("explain", of(SheetState::Warned)),
            ("sign", of(SheetState::Ready)),
        ],
        _ => Vec::new(),
    };
    // i18n: entry-next-*
    let waiting = mine.into_iter().map(|(task, count)| Waiting {
        task,
        text: visit.t(&format!("entry-next-{task}")),
        count,
    });
    let waiting: Vec<Waiting> = waiting.collect();
    Ok(Line { may_find: !waiting.is_empty(), waiting, counts, opening })
}

/// Gives the next sheet of a task to the one who asks, and keeps it for them for a while.
pub(super) async fn next(State(app): State<Arc<App>>, Path(entry): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let task = TASKS.iter().find(|(name, _)| posted.form.is("task", name));
        let Some((task, page)) = task else { return Ok(go("/desk/entry")) };
        match next_station(&app, actor(visit)?, opening.index, task)? {
            Some(station) => Ok(go(&format!("{}{page}", opening.sheet_href(station)))),
            None => Ok(go("/desk/entry?nothing=yes")),
        }
    })
    .await
}

fn next_station(app: &App, actor: &Actor, entry: u64, task: &str) -> Result<Option<u64>, ActError> {
    let reserved = app.soft::<Reserved>();
    let now = app.clock.now();
    let place = actor.place.as_deref();
    if task != "type" {
        let state = match task {
            "decide" => SheetState::Differs,
            "explain" => SheetState::Warned,
            _ => SheetState::Ready,
        };
        return Ok(next_waiting(app, &reserved, actor, (entry, state))?);
    }
    // Sheets that need one entry more come first: they can be finished.
    reserved.first_of(entry, &actor.person, now, |most| {
        let (half, empty) = app.engine.read(|views| {
            let wanted = data::Wanted { state: Some("empty"), place, limit: most, ..data::Wanted::default() };
            let half = data::typed_by_others(views, entry, &actor.person, place, most)?;
            Ok((half, data::sheets(views, entry, wanted)?))
        })?;
        let more = half.len() >= most || empty.len() >= most;
        Ok((half.into_iter().chain(empty.into_iter().map(|row| row.station)).collect(), more))
    })
}

/// The next sheet in a state that this person may do something about.
fn next_waiting(
    app: &App,
    reserved: &Reserved,
    actor: &Actor,
    (entry, state): (u64, SheetState),
) -> Result<Option<u64>, Fault> {
    let mut from = 0;
    loop {
        let rows =
            app.engine.read(|views| data::waiting(views, entry, state, actor.place.as_deref(), from))?;
        let Some(last) = rows.last().map(|(station, _)| *station) else { return Ok(None) };
        let mine = |sheet: &Option<Sheet>| sheet.as_ref().is_some_and(|sheet| may_act(sheet, actor));
        let stations = rows.iter().filter(|(_, sheet)| mine(sheet)).map(|(station, _)| *station);
        if let Some(found) = reserved.first(entry, stations, &actor.person, app.clock.now()) {
            return Ok(Some(found));
        }
        from = last + 1;
    }
}

/// Whether a step of this person could bring the sheet further.
pub(super) fn may_act(sheet: &Sheet, actor: &Actor) -> bool {
    let person = &actor.person;
    match sheet.state() {
        SheetState::Empty | SheetState::EnteredOnce => sheet.first_typist() != Some(person),
        SheetState::Differs => {
            let anew = sheet.typed_anew(person);
            let chooses = !sheet.differences().is_empty() && sheet.may_resolve(person);
            chooses || anew.iter().any(|(_, mine)| !mine)
        }
        SheetState::Warned => true,
        SheetState::Ready => !sheet.hands().contains(person),
        SheetState::Signed => false,
    }
}

/// Leads to the sheet with a station's code.
pub(super) async fn find(State(app): State<Arc<App>>, visit: Visit, Path(entry): Path<String>) -> Reply {
    run(visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let code = visit.query.get("q").unwrap_or_default().trim().to_owned();
        let found = app.engine.read(|views| data::by_unit(views, opening.index, &code))?;
        Ok(match found {
            Some(station) => {
                let key = SheetKey { entry: opening.index, station };
                go(&super::Desk::of(&app, actor(visit)?, key)?.href())
            }
            None => go(&visit.query.with(&format!("{}/sheets", opening.href()), "q", Some(&code))),
        })
    })
    .await
}
