//! Preparing an audit: contests, jurisdictions, what these hand in and sign, the commitment, and going back before it.

mod choices;
mod commit;
mod contests;
mod held;
mod home;
mod intake;
mod lists;
mod new;
mod overview;
mod places;
mod publish;
mod sign;
mod words;

use crate::data::Kept;
use crate::desk::{actor, administered, audit_of, is_administrator, place_of, role_in};
use scr_audits::workflow::Phase;
use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{
    Allow, App, FormState, NavItem, Routes, Visit, form_page, go, in_address, just_recorded, recorded, run,
    run_heavy,
};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../texts/prepare.en.ftl")),
    (Lang::Fr, include_str!("../../texts/prepare.fr.ftl")),
    (Lang::Es, include_str!("../../texts/prepare.es.ftl")),
    (Lang::Ar, include_str!("../../texts/prepare.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/ar.ftl")),
];

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] =
    &[NavItem { group: "audits-nav", text: "audits-home-all", href: "/desk/audits" }];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const LOCALS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);
const SUPERVISORS: Allow = Allow::Roles(&[Role::Supervisor]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    const PLACE: &str = "/desk/audits/{audit}/jurisdictions/{name}";
    const SIGN: &str = "/desk/audits/{audit}/jurisdictions/{name}/sign";
    const HAND_IN: &str = "/desk/audits/{audit}/jurisdictions/{name}/files/{what}";
    const CHECK: &str = "/desk/audits/{audit}/jurisdictions/{name}/files/{what}/check";
    const PUBLISH: &str = "/desk/audits/{audit}/jurisdictions/{name}/publish";
    Routes::new()
        .get("/desk/audits", EVERY_ROLE, home::home)
        .get("/desk/audits/new", MANAGERS, new::form)
        .post("/desk/audits/new", MANAGERS, new::create)
        .get("/desk/audits/{audit}", EVERY_ROLE, overview::overview)
        .get("/desk/audits/{audit}/contests", EVERY_ROLE, contests::list)
        .get("/desk/audits/{audit}/contests/new", MANAGERS, contests::form)
        .post("/desk/audits/{audit}/contests/new", MANAGERS, contests::choose)
        .post("/desk/audits/{audit}/contests/drop", MANAGERS, contests::drop)
        .get("/desk/audits/{audit}/jurisdictions", LOCALS, places::list)
        .post("/desk/audits/{audit}/jurisdictions", MANAGERS, places::name)
        .post("/desk/audits/{audit}/read/contests", MANAGERS, lists::read_contests)
        .post("/desk/audits/{audit}/read/jurisdictions", MANAGERS, lists::read_jurisdictions)
        .get(PLACE, LOCALS, places::one)
        .get(HAND_IN, LOCALS, intake::form)
        .post(HAND_IN, LOCALS, intake::receive)
        .get(CHECK, LOCALS, intake::check)
        .post(CHECK, LOCALS, intake::confirm)
        .get(SIGN, SUPERVISORS, sign::look)
        .post_fresh(SIGN, SUPERVISORS, sign::sign)
        .get(PUBLISH, MANAGERS, publish::look)
        .post_fresh(PUBLISH, MANAGERS, publish::publish)
        .get("/desk/audits/{audit}/commit", MANAGERS, commit::look)
        .post_fresh("/desk/audits/{audit}/commit", MANAGERS, commit::commit)
        .get("/desk/audits/{audit}/reopen", MANAGERS, commit::ask)
        .post("/desk/audits/{audit}/reopen", MANAGERS, commit::reopen)
}

fn href(audit: &str) -> String {
    format!("/desk/audits/{audit}")
}

/// The address of a page that another part of the desk makes, if it is there and the audit has what it is about.
fn page_of(app: &App, route: &str, kept: &Kept) -> Option<String> {
    app.matrix().iter().find(|one| one.path == route)?;
    let round = kept.audit.rounds().len().to_string();
    Some(route.replace("{audit}", &kept.id).replace("{round}", &round))
}

/// Where whoever runs the audit goes on.
fn next_page(app: &App, kept: &Kept) -> Option<String> {
    let route = match kept.audit.phase() {
        Phase::Draft if kept.audit.missing().is_empty() => "/desk/audits/{audit}/commit",
        Phase::Draft => return None,
        Phase::Committed => "/desk/audits/{audit}/seed",
        Phase::Seeded => "/desk/audits/{audit}/rounds/new",
        Phase::RoundOpen => "/desk/audits/{audit}/rounds/{round}",
        Phase::RoundClosed => "/desk/audits/{audit}/rounds/{round}/decide",
        Phase::FullHandCount => "/desk/audits/{audit}/hand-count",
        Phase::Finished => "/audits/{audit}",
    };
    page_of(app, route, kept)
}

fn place_href(audit: &str, name: &str) -> String {
    format!("/desk/audits/{audit}/jurisdictions/{}", in_address(name))
}

fn crumbs(visit: &Visit, kept: Option<&Kept>, place: Option<&str>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("/desk/audits", visit.t("audits-nav"))];
    if let Some(kept) = kept {
        crumbs.push(Crumb::new(href(&kept.id), kept.audit.title()));
        if let Some(name) = place {
            crumbs.push(Crumb::new(
                format!("{}/jurisdictions", href(&kept.id)),
                visit.t("audits-places-title"),
            ));
            crumbs.push(Crumb::new(place_href(&kept.id, name), name));
        }
    }
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

#[cfg(test)]
mod tests {
    use super::place_href;

    #[test]
    fn names_of_jurisdictions_stand_in_addresses() {
        assert_eq!(place_href("a", "St. Johns/é"), "/desk/audits/a/jurisdictions/St.%20Johns%2F%C3%A9");
    }
}
