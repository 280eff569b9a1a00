//! Pages of drills: all of them, a new one, one of them.

use super::acts::{self, NewDrill};
use super::view::{self, Drill};
use super::{api, report};
use crate::issued::{self, Issued};
use crate::login::{actor, decides, is_own};
use crate::network::{self, Election};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::{Lang, Zone};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{
    Allow, App, FormState, NavItem, Posted, Reply, Routes, Seal, Visit, form_page, just_recorded, kept, live,
    recorded, run,
};
use std::sync::Arc;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../texts/drills.en.ftl")),
    (Lang::Fr, include_str!("../../texts/drills.fr.ftl")),
    (Lang::Es, include_str!("../../texts/drills.es.ftl")),
    (Lang::Ar, include_str!("../../texts/drills.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/drills.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/drills.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/drills.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/drills.ar.ftl")),
];

const PATH: &str = "/desk/alerts/drills";
/// Alerts of a drill that its page lists.
const MOST: u16 = 200;

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] = &[NavItem { group: "alerts-nav", text: "alert-drills-title", href: PATH }];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const WATCHERS: Allow = Allow::Roles(&[Role::Manager, Role::Clerk, Role::Supervisor, Role::Observer]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(PATH, EVERY_ROLE, list)
        .get("/desk/alerts/drills/new", MANAGERS, form)
        .post_fresh("/desk/alerts/drills/new", MANAGERS, begin)
        .get("/desk/alerts/drills/{code}", EVERY_ROLE, show)
        .post("/desk/alerts/drills/{code}/note", WATCHERS, note)
        .get("/desk/alerts/drills/{code}/end", MANAGERS, end_form)
        .post_fresh("/desk/alerts/drills/{code}/end", MANAGERS, end)
        .get("/desk/alerts/drills/{code}/report", EVERY_ROLE, report::show)
        .get("/desk/alerts/drills/{code}/report/print", EVERY_ROLE, report::print)
        .get("/desk/alerts/drills/{code}/report.json", EVERY_ROLE, report::json)
        .and(api::routes())
}

/// The address of a drill.
pub(super) fn href(code: &str) -> String {
    format!("{PATH}/{code}")
}

/// The way back to the desk, for those who may write there.
fn desk(visit: &Visit) -> Vec<Crumb> {
    let home = "/desk/alerts";
    let has_it = visit.nav.iter().flat_map(|group| &group.items).any(|item| item.href == home);
    has_it.then(|| Crumb::new(home, visit.t("alerts-nav"))).into_iter().collect()
}

pub(super) fn crumbs(visit: &Visit, drill: Option<&Drill>) -> Vec<Crumb> {
    let mut crumbs = desk(visit);
    crumbs.push(Crumb::new(PATH, visit.t("alert-drills-title")));
    crumbs.extend(drill.map(|drill| Crumb::new(href(&drill.drill), drill.title.as_str())));
    crumbs
}

/// The drill with this code, of the reader's organisation. To others it is not there.
pub(super) fn found(app: &App, visit: &Visit, code: &str) -> Result<Drill, ActError> {
    let actor = actor(visit)?;
    app.engine.read(|views| Ok(acts::own(&app.engine, views, code, actor)))?
}

/// All drills of the reader's organisation, the newest first.
pub(super) fn own(app: &App, visit: &Visit) -> Result<Vec<Drill>, ActError> {
    let (actor, origin) = (actor(visit)?, app.engine.ledger().origin());
    let drills = app.engine.read(|views| {
        let mut own = Vec::new();
        for drill in view::all(views)? {
            if is_own(views, origin, &drill.election, actor)? {
                own.push(drill);
            }
        }
        Ok(own)
    })?;
    Ok(drills)
}

fn tag(visit: &Visit, drill: &Drill) -> Tag {
    match drill.ended_at {
        None => Tag::new(Tone::Warn, visit.t("alert-drills-runs")),
        Some(_) => Tag::new(Tone::Plain, visit.t("alert-drills-over")),
    }
}

/// A line of the list.
struct Row {
    href: String,
    title: String,
    election: String,
    at: i64,
    tag: Tag,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "drills/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    running: u64,
    may_begin: bool,
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let drills = own(&app, visit)?;
        let running = drills.iter().filter(|drill| drill.ended_at.is_none()).count();
        let row = |drill: Drill| Row {
            href: href(&drill.drill),
            tag: tag(visit, &drill),
            seal: app.seal(drill.index, drill.at),
            at: drill.at,
            election: drill.election,
            title: drill.title,
        };
        let template = ListPage {
            visit,
            crumbs: desk(visit),
            running: u64::try_from(running).unwrap_or_default(),
            rows: drills.into_iter().map(row).collect(),
            may_begin: decides(actor(visit)?),
        };
        Ok(scr_web::page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "drills/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    elections: Vec<(String, String)>,
}

fn new_page(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let elections = app.engine.read(|views| network::elections(views, None))?;
    let elections = elections.into_iter().map(|one| (one.id, format!("{} ({})", one.title, one.day)));
    let template = NewPage { visit, crumbs: crumbs(visit, None), form, elections: elections.collect() };
    Ok(form_page(&template, form))
}

async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let first = app.engine.read(|views| network::elections(views, None))?.into_iter().next();
        let form = FormState::new()
            .with("day", first.as_ref().map_or("", |one| one.day.as_str()))
            .with("election", first.as_ref().map_or("", |one| one.id.as_str()))
            .with("time", "07:00")
            .with("rate", 10);
        new_page(&app, visit, &form)
    })
    .await
}

/// A day and a time of the day in a zone, seconds since 1970.
fn moment(zone: &Zone, day: &str, time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_one = (0..24).contains(&hours) && (0..60).contains(&minutes);
    is_one.then(|| zone.begin_of(day))?.map(|begin| begin + hours * 3_600 + minutes * 60)
}

async fn begin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let chosen = form.value("election").to_owned();
        let elections: Vec<Election> = app.engine.read(|views| network::elections(views, None))?;
        let zone = elections.iter().find(|one| one.id == chosen).and_then(|one| Zone::named(&one.zone).ok());
        let begins = moment(&zone.unwrap_or_else(Zone::utc), form.value("day"), form.value("time"));
        let rate = form.value("rate").trim().parse().unwrap_or(0);
        if begins.is_none() {
            form.reject("day", visit.t("alert-drills-no-moment"));
            return new_page(&app, visit, &form);
        }
        let (code, title) = (form.value("code").trim().to_owned(), form.value("title").to_owned());
        let begins = begins.unwrap_or_default();
        let new = NewDrill { code: &code, election: &chosen, title: &title, begins, rate };
        let result = acts::begin(&app.engine, actor(visit)?, &new);
        match kept(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, &href(&code), &receipts)),
            None => new_page(&app, visit, &form),
        }
    })
    .await
}

/// An alert of a drill.
struct Line {
    href: String,
    headline: String,
    number: u16,
    at: i64,
    seal: Seal,
}

/// A note, as it is shown.
struct Noted {
    at: i64,
    words: Option<String>,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "drills/show.html")]
struct ShowPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    drill: &'a Drill,
    tag: Tag,
    seal: Seal,
    recorded: Option<Seal>,
    /// What the drill's clock shows now, or showed at its end.
    clock: i64,
    alerts: Vec<Line>,
    notes: Vec<Noted>,
    may_end: bool,
    may_note: bool,
    follows: bool,
}

fn headline(visit: &Visit, alert: &Issued) -> String {
    alert.text.wording(visit.lang_code()).map(|one| one.headline.clone()).unwrap_or_default()
}

/// The alerts of a drill, the newest first.
pub(super) fn alerts_of(app: &App, drill: &Drill) -> Result<Vec<Issued>, ActError> {
    let all = app.engine.read(|views| issued::of_drill(views, &drill.drill, MOST))?;
    Ok(all)
}

fn show_page(app: &App, visit: &Visit, drill: &Drill, form: &FormState) -> Result<Reply, ActError> {
    let visit = &visit.in_exercise(true);
    let line = |alert: &Issued| Line {
        href: format!("/desk/alerts/{}", alert.id),
        headline: headline(visit, alert),
        number: alert.text.number,
        at: drill.time(alert.at),
        seal: app.seal(alert.index, alert.at),
    };
    let noted = |note: view::Note| Noted {
        at: drill.time(note.at),
        words: note.words,
        seal: app.seal(note.index, note.at),
    };
    let actor = actor(visit)?;
    let may_note = !matches!(actor.role, Role::Viewer | Role::Administrator);
    let template = ShowPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        tag: tag(visit, drill),
        seal: app.seal(drill.index, drill.at),
        recorded: just_recorded(app, visit)?,
        clock: drill.time(drill.ended_at.unwrap_or_else(|| app.clock.now())),
        alerts: alerts_of(app, drill)?.iter().map(line).collect(),
        notes: app.engine.read(|views| view::notes(views, &drill.drill))?.into_iter().map(noted).collect(),
        may_end: decides(actor) && drill.ended_at.is_none(),
        // What somebody types is not taken away by a page that looks anew.
        follows: drill.ended_at.is_none() && !may_note,
        may_note,
        drill,
    };
    let reply = form_page(&template, form);
    Ok(if template.follows { live(reply, visit, 30) } else { reply })
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| show_page(&app, visit, &found(&app, visit, &code)?, &FormState::new())).await
}

async fn note(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let result = acts::note(&app.engine, actor(visit)?, &code, form.value("note"));
        match kept(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, &href(&code), &receipts)),
            None => show_page(&app, visit, &found(&app, visit, &code)?, &form),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "drills/end.html")]
struct EndPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    drill: &'a Drill,
}

fn end_page(app: &App, visit: &Visit, code: &str, form: &FormState) -> Result<Reply, ActError> {
    let visit = &visit.in_exercise(true);
    let drill = found(app, visit, code)?;
    let template = EndPage { visit, crumbs: crumbs(visit, Some(&drill)), form, drill: &drill };
    Ok(form_page(&template, form))
}

async fn end_form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| end_page(&app, visit, &code, &FormState::new())).await
}

async fn end(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let result = acts::end(&app.engine, actor(visit)?, &code);
        match kept(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, &format!("{}/report", href(&code)), &receipts)),
            None => end_page(&app, visit, &code, &form),
        }
    })
    .await
}
