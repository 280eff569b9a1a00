//! Pages about who is reached: areas and stations, contacts, the line of authority.

mod check;
mod contact;
mod contacts;
mod held;
mod home;
mod import;
mod intake;
pub(crate) mod line;
mod overview;
mod picture;
mod stations;
mod words;

pub(crate) use stations::network_of;

use super::contacts::{must_be_own, must_manage};
use super::view::{self, Election};
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_i18n::{Lang, Zone};
use scr_web::components::Crumb;
use scr_web::{Allow, App, FormState, NavItem, Routes, Visit, in_address};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../../texts/network.en.ftl")),
    (Lang::Fr, include_str!("../../../texts/network.fr.ftl")),
    (Lang::Es, include_str!("../../../texts/network.es.ftl")),
    (Lang::Ar, include_str!("../../../texts/network.ar.ftl")),
    (Lang::En, include_str!("../../../texts/errors/network.en.ftl")),
    (Lang::Fr, include_str!("../../../texts/errors/network.fr.ftl")),
    (Lang::Es, include_str!("../../../texts/errors/network.es.ftl")),
    (Lang::Ar, include_str!("../../../texts/errors/network.ar.ftl")),
];

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] =
    &[NavItem { group: "alerts-nav", text: "alertnet-home-title", href: "/desk/alerts/network" }];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    const CONTACTS: &str = "/desk/alerts/network/{election}/contacts";
    Routes::new()
        .get("/desk/alerts/network", EVERY_ROLE, home::home)
        .get("/desk/alerts/network/{election}", EVERY_ROLE, overview::show)
        .get("/desk/alerts/network/{election}/stations", EVERY_ROLE, stations::show)
        .get("/desk/alerts/network/{election}/areas.csv", EVERY_ROLE, stations::areas_csv)
        .get("/desk/alerts/network/{election}/stations.csv", EVERY_ROLE, stations::stations_csv)
        .get("/desk/alerts/network/{election}/import", MANAGERS, import::form)
        .post("/desk/alerts/network/{election}/import/registry", MANAGERS, import::from_registry)
        .post("/desk/alerts/network/{election}/import/areas", MANAGERS, import::areas)
        .post("/desk/alerts/network/{election}/import/stations", MANAGERS, import::stations)
        .get("/desk/alerts/network/{election}/import/check", MANAGERS, check::look)
        .post("/desk/alerts/network/{election}/import/check", MANAGERS, check::confirm)
        .get("/desk/alerts/network/{election}/line", EVERY_ROLE, line::show)
        .get("/desk/alerts/network/{election}/line/edit", MANAGERS, line::form)
        .post("/desk/alerts/network/{election}/line/edit", MANAGERS, line::set)
        .get(CONTACTS, MANAGERS, contacts::list)
        .get("/desk/alerts/network/{election}/contacts.csv", MANAGERS, contacts::csv)
        .post("/desk/alerts/network/{election}/contacts/renew", MANAGERS, contacts::renew)
        .get("/desk/alerts/network/{election}/contacts/import", MANAGERS, intake::form)
        .post("/desk/alerts/network/{election}/contacts/import", MANAGERS, intake::receive)
        .get("/desk/alerts/network/{election}/contacts/check", MANAGERS, intake::look)
        .post("/desk/alerts/network/{election}/contacts/check", MANAGERS, intake::confirm)
        .get("/desk/alerts/network/{election}/contacts/new", MANAGERS, contact::form)
        .post("/desk/alerts/network/{election}/contacts/new", MANAGERS, contact::add)
        .get("/desk/alerts/network/{election}/contacts/one/{id}", MANAGERS, contact::show)
        .post("/desk/alerts/network/{election}/contacts/one/{id}/renew", MANAGERS, contact::renew)
        .post("/desk/alerts/network/{election}/contacts/one/{id}/remove", MANAGERS, contact::remove)
}

/// Who acts.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let login = visit.login.as_ref().map(|login| &login.actor);
    login.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-ALR-200"))
}

/// Whether the reader may change what these pages show.
pub(crate) fn is_manager(visit: &Visit) -> bool {
    actor(visit).is_ok_and(|actor| actor.role == Role::Manager && actor.place.is_none())
}

/// Whether somebody manages this election: of the organisation that defined it.
fn is_manager_of(app: &App, visit: &Visit, id: &str) -> Result<bool, ActError> {
    if !is_manager(visit) {
        return Ok(false);
    }
    let actor = actor(visit)?;
    Ok(app.engine.read(|views| Ok(must_be_own(&app.engine, views, id, actor).is_ok()))?)
}

/// An election of the reader's organisation, or `SCR-ALR-204`; and the visit in its time zone. For those who manage all of it,
/// else `SCR-ALR-200`: contacts, kits and lists are the whole election's.
pub(crate) fn election_of(app: &App, visit: &Visit, id: &str) -> Result<(Election, Visit), ActError> {
    let actor = actor(visit)?;
    app.engine.read(|views| Ok(must_be_own(&app.engine, views, id, actor)))??;
    must_manage(actor)?;
    any_election(app, visit, id)
}

/// As [`election_of`], whoever defined it: for what is public of it.
fn any_election(app: &App, visit: &Visit, id: &str) -> Result<(Election, Visit), ActError> {
    let found = app.engine.read(|views| view::election(views, id))?;
    let election = found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-204"))?;
    let mut visit = visit.clone();
    visit.zone = zone_of(&election);
    Ok((election, visit))
}

/// The election's time zone.
pub(crate) fn zone_of(election: &Election) -> Zone {
    Zone::named(&election.zone).unwrap_or_else(|_| Zone::utc())
}

/// The address of an election's pages.
pub(crate) fn href(election: &str) -> String {
    format!("/desk/alerts/network/{}", in_address(election))
}

/// The pages above; `inside` for a page below the election's.
pub(crate) fn crumbs(visit: &Visit, election: Option<&Election>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("/desk/alerts/network", visit.t("alertnet-home-title"))];
    crumbs.extend(election.map(|one| Crumb::new(href(&one.id), one.title.clone())));
    crumbs
}

/// Takes a refusal into the form; faults go on.
fn refuse(visit: &Visit, form: &mut FormState, error: ActError) -> Result<(), ActError> {
    match error {
        ActError::Refused(refusal) => {
            form.refuse(visit, &refusal);
            Ok(())
        }
        fault @ ActError::Fault(_) => Err(fault),
    }
}
