//! Entry by hand with four eyes: two people type each sheet, differences are decided line by line,
//! warnings are explained, a third person signs, and everybody sees how far it is.
//!
//! The rules are `scr_results::sheet`; here they meet the record, the pages and the people.

mod data;
mod deciding;
pub(crate) mod kinds;
mod looking;
mod opening;
pub mod paper;
mod publishing;
mod reserved;
mod signing;
mod steps;
mod typing;
mod view;
mod wall;
pub(crate) mod words;
mod work;

pub use publishing::publish_signed;
pub use steps::{MAX_STATIONS, NewEntry, SheetKey, Station, open_entry, take_many, take_steps};
pub(crate) use view::EntryView;
pub(crate) use work::tasks;

use axum::extract::Path;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_results::sheet::Sheet;
use scr_web::components::Crumb;
use scr_web::{Allow, App, NavItem, Routes, Visit};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/entry.en.ftl")),
    (Lang::Fr, include_str!("../../texts/entry.fr.ftl")),
    (Lang::Es, include_str!("../../texts/entry.es.ftl")),
    (Lang::Ar, include_str!("../../texts/entry.ar.ftl")),
];

/// The entry of the navigation.
pub(crate) const NAV: NavItem =
    NavItem { group: "results-desk-nav-group", text: "entry-nav", href: "/desk/entry" };

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const CLERKS: Allow = Allow::Roles(&[Role::Clerk]);
const WORKERS: Allow = Allow::Roles(&[Role::Clerk, Role::Supervisor]);
const SUPERVISORS: Allow = Allow::Roles(&[Role::Supervisor]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/entry", EVERY_ROLE, work::home)
        .get("/desk/elections/{id}/contests/{contest}/entry", MANAGERS, opening::form)
        .post("/desk/elections/{id}/contests/{contest}/entry", MANAGERS, opening::open)
        .get("/desk/entry/{entry}", EVERY_ROLE, looking::progress)
        .get("/desk/entry/{entry}/sheets", EVERY_ROLE, looking::list)
        .get("/desk/entry/{entry}/find", WORKERS, work::find)
        .post("/desk/entry/{entry}/next", WORKERS, work::next)
        .get("/desk/entry/{entry}/publish", MANAGERS, publishing::form)
        .post_fresh("/desk/entry/{entry}/publish", MANAGERS, publishing::publish)
        .get("/desk/entry/{entry}/sheets/{station}", EVERY_ROLE, looking::sheet)
        .get("/desk/entry/{entry}/sheets/{station}/print", EVERY_ROLE, looking::print)
        .get("/desk/entry/{entry}/sheets/{station}/type", CLERKS, typing::form)
        .post("/desk/entry/{entry}/sheets/{station}/type", CLERKS, typing::enter)
        .get("/desk/entry/{entry}/sheets/{station}/done", CLERKS, typing::done)
        .get("/desk/entry/{entry}/sheets/{station}/differences", WORKERS, deciding::differences)
        .post("/desk/entry/{entry}/sheets/{station}/differences", WORKERS, deciding::decide)
        .get("/desk/entry/{entry}/sheets/{station}/warnings", WORKERS, deciding::warnings)
        .post("/desk/entry/{entry}/sheets/{station}/warnings", WORKERS, deciding::explain)
        .get("/desk/entry/{entry}/sheets/{station}/sign", SUPERVISORS, signing::look)
        .post_fresh("/desk/entry/{entry}/sheets/{station}/sign", SUPERVISORS, signing::sign)
        .get("/desk/entry/{entry}/sheets/{station}/correct", SUPERVISORS, signing::correction)
        .post("/desk/entry/{entry}/sheets/{station}/correct", SUPERVISORS, signing::correct)
        .get("/desk/entry/{entry}/sheets/{station}/give-back", SUPERVISORS, signing::giving_back)
        .post("/desk/entry/{entry}/sheets/{station}/give-back", SUPERVISORS, signing::give_back)
        .get("/elections/{election}/wall", EVERY_ROLE, wall::wall)
}

/// A sheet that somebody works on: its entry, what everybody may know, and the private side.
struct Desk {
    opening: data::Opening,
    row: data::SheetRow,
    sheet: Sheet,
    key: SheetKey,
}

impl Desk {
    fn of(app: &App, actor: &Actor, key: SheetKey) -> Result<Self, ActError> {
        let found = app.engine.read(|views| {
            let found = steps::find(views, actor, key);
            let sheet = view::read_sheet(views, (key.entry.cast_signed(), key.station.cast_signed()))?;
            Ok(found.map(|(opening, row)| (opening, row, sheet)))
        })?;
        let (opening, row, sheet) = found?;
        let sheet = sheet.unwrap_or_else(|| opening.paper.blank());
        Ok(Self { opening, row, sheet, key })
    }

    fn href(&self) -> String {
        self.opening.sheet_href(self.row.station)
    }
}

/// The key of the address; what is no number is no sheet.
fn key_of(Path((entry, station)): Path<(String, String)>) -> Result<SheetKey, Refusal> {
    Ok(SheetKey { entry: number(&entry)?, station: number(&station)? })
}

fn number(text: &str) -> Result<u64, Refusal> {
    let small = text.parse::<u32>().map(u64::from);
    small.map_err(|_| Refusal::new(RefusalKind::NotFound, steps::ABSENT))
}

/// An entry that everybody may look at.
fn entry_of(app: &App, entry: &str) -> Result<data::Opening, ActError> {
    let index = number(entry)?;
    let found = app.engine.read(|views| data::opening(views, index))?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, steps::ABSENT).into())
}

fn crumbs(visit: &Visit, opening: Option<&data::Opening>, unit: Option<(String, &str)>) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk", visit.t("results-desk-start-title")),
        Crumb::new("/desk/entry", visit.t("entry-nav")),
    ];
    crumbs.extend(opening.map(|one| Crumb::new(one.href(), one.contest_title.clone())));
    crumbs.extend(unit.map(|(href, unit)| Crumb::new(href, unit)));
    crumbs
}

/// The place that the reader's role is limited to.
fn place(visit: &Visit) -> Option<&str> {
    visit.login.as_ref().and_then(|login| login.actor.place.as_deref())
}

#[cfg(test)]
const ALL_TEXTS: &[(Lang, &str)] = &{
    const P: &[(Lang, &str)] = crate::PROBLEM_TEXTS;
    [TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[3], P[0], P[1], P[2], P[3]]
};
