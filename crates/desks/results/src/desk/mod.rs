//! The working pages for officials: elections and contests, imports, publications.

pub(crate) mod against;
mod before;
mod columns;
mod contests;
pub(crate) mod data;
pub(crate) mod draft;
mod elections;
mod mapping;
mod maps;
mod preview;
mod problems;
mod publish;
pub(crate) mod reading;
mod registry;
pub(crate) mod rules;
mod spool;
mod start;
pub(crate) mod sweep;
mod upload;

use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{Allow, FormState, NavItem, Routes, Visit};
pub(crate) use scr_web::{form_page, go, just_recorded, recorded, run, run_heavy};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 12] = [
    (Lang::En, include_str!("../../texts/desk.en.ftl")),
    (Lang::Fr, include_str!("../../texts/desk.fr.ftl")),
    (Lang::Es, include_str!("../../texts/desk.es.ftl")),
    (Lang::Ar, include_str!("../../texts/desk.ar.ftl")),
    (Lang::En, include_str!("../../texts/registry.en.ftl")),
    (Lang::Fr, include_str!("../../texts/registry.fr.ftl")),
    (Lang::Es, include_str!("../../texts/registry.es.ftl")),
    (Lang::Ar, include_str!("../../texts/registry.ar.ftl")),
    (Lang::En, include_str!("../../texts/columns.en.ftl")),
    (Lang::Fr, include_str!("../../texts/columns.fr.ftl")),
    (Lang::Es, include_str!("../../texts/columns.es.ftl")),
    (Lang::Ar, include_str!("../../texts/columns.ar.ftl")),
];

/// The entries of the navigation.
pub(crate) const NAV: &[NavItem] = &[
    NavItem { group: "results-desk-nav-group", text: "results-desk-start-title", href: "/desk" },
    NavItem {
        group: "results-desk-nav-group",
        text: "results-desk-elections-title",
        href: "/desk/elections",
    },
    crate::entry::NAV,
];

pub(crate) const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const IMPORTERS: Allow = Allow::Roles(&[Role::Manager, Role::Observer]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk", EVERY_ROLE, start::start)
        .get("/desk/elections", EVERY_ROLE, elections::list)
        .get("/desk/elections/new", MANAGERS, elections::new)
        .post("/desk/elections/new", MANAGERS, elections::create)
        .get("/desk/elections/{id}", EVERY_ROLE, elections::detail)
        .get("/desk/elections/{id}/contests/new", MANAGERS, contests::new)
        .post("/desk/elections/{id}/contests/new", MANAGERS, contests::define)
        .get("/desk/elections/{id}/contests/{contest}/publish", MANAGERS, publish::choose)
        .post_fresh("/desk/elections/{id}/contests/{contest}/publish", MANAGERS, publish::publish)
        .get("/desk/elections/{id}/import", IMPORTERS, upload::form)
        .post("/desk/elections/{id}/import", IMPORTERS, upload::receive)
        .get("/desk/elections/{id}/map", MANAGERS, maps::form)
        .post("/desk/elections/{id}/map", MANAGERS, maps::receive)
        .get("/desk/elections/{id}/map/{draft}", MANAGERS, maps::show)
        .post("/desk/elections/{id}/map/{draft}", MANAGERS, maps::confirm)
        .get("/desk/imports/{draft}", IMPORTERS, mapping::show)
        .post("/desk/imports/{draft}", IMPORTERS, mapping::keep)
        .post("/desk/imports/{draft}/choices", IMPORTERS, mapping::choices)
        .get("/desk/imports/{draft}/preview", IMPORTERS, preview::show)
        .post("/desk/imports/{draft}/contestants", IMPORTERS, preview::contestants)
        .post("/desk/imports/{draft}/confirm", IMPORTERS, preview::confirm)
        .and(registry::routes())
        .and(rules::routes())
        .and(crate::compare::desk_routes())
}

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(crate) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let login = visit.login.as_ref().ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-RES-001"))?;
    Ok(&login.actor)
}

pub(crate) fn role(visit: &Visit) -> Option<Role> {
    visit.login.as_ref().map(|login| login.actor.role)
}

/// Ids stand in addresses and in the record: a-z, 0-9 and dashes.
fn check_id(visit: &Visit, form: &mut FormState, field: &str) {
    if ElectionId::new(form.value(field)).is_err() {
        form.reject(field, visit.t("results-desk-wrong-id"));
    }
}

/// A short text: required, and not longer than the record takes.
fn check_text(visit: &Visit, form: &mut FormState, field: &str, max: usize) {
    let length = form.value(field).len();
    if length == 0 || length > max {
        form.reject(field, visit.ta("results-desk-wrong-text", &[("max", max.into())]));
    }
}

pub(crate) fn crumbs(visit: &Visit, election: Option<&data::ElectionRow>) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk", visit.t("results-desk-start-title")),
        Crumb::new("/desk/elections", visit.t("results-desk-elections-title")),
    ];
    crumbs.extend(election.map(|e| Crumb::new(e.href(), e.title.clone())));
    crumbs
}
