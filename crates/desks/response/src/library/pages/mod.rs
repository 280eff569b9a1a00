//! Pages of playbooks and of the crisis plan.

mod adopt;
mod change;
mod changes;
mod difference;
pub(super) mod findings;
mod home;
mod import;
mod keys;
mod names;
mod one;
mod parts;
mod picture;
mod place;
mod plan;
mod plan_form;
mod public;
mod steps;

use super::ADOPTERS;
use super::codes;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_web::components::Crumb;
use scr_web::{Allow, NavItem, Routes, Visit};

/// Entries of the navigation.
pub(crate) const NAV: &[NavItem] = &[
    NavItem { group: "response-nav", text: "library-playbooks", href: PATH },
    NavItem { group: "response-nav", text: "library-plan", href: PLAN },
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const SIGNERS: Allow = Allow::Roles(&ADOPTERS);

/// Where they are.
const PATH: &str = "/desk/response/playbooks";
const PLAN: &str = "/desk/response/plan";

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(PATH, EVERY_ROLE, home::home)
        .get("/desk/response/playbooks/new", MANAGERS, import::form)
        .post("/desk/response/playbooks/new/starter", MANAGERS, import::starter)
        .post("/desk/response/playbooks/new/text", MANAGERS, import::text)
        .post("/desk/response/playbooks/new/file", MANAGERS, import::file)
        .post("/desk/response/playbooks/check", MANAGERS, import::check)
        .get("/desk/response/playbooks/keys", EVERY_ROLE, keys::show)
        .post("/desk/response/playbooks/keys", MANAGERS, keys::pin)
        .post("/desk/response/playbooks/keys/remove", MANAGERS, keys::unpin)
        .get("/desk/response/playbooks/{playbook}", EVERY_ROLE, one::show)
        .get("/desk/response/playbooks/{playbook}/versions/{version}/playbook.json", EVERY_ROLE, one::file)
        .get("/desk/response/playbooks/{playbook}/changes", EVERY_ROLE, changes::show)
        .get("/desk/response/playbooks/{playbook}/edit/{what}", MANAGERS, change::form)
        .post("/desk/response/playbooks/{playbook}/edit/{what}", MANAGERS, change::check)
        .post("/desk/response/playbooks/{playbook}/edit/{what}/record", MANAGERS, change::record)
        .get("/desk/response/playbooks/{playbook}/adopt", SIGNERS, adopt::form)
        .post_fresh("/desk/response/playbooks/{playbook}/adopt", SIGNERS, adopt::adopt)
        .get("/desk/response/playbooks/{playbook}/withdraw", MANAGERS, adopt::withdraw_form)
        .post_fresh("/desk/response/playbooks/{playbook}/withdraw", MANAGERS, adopt::withdraw)
        .get(PLAN, EVERY_ROLE, plan::show)
        .get("/desk/response/plan/print", EVERY_ROLE, plan::print)
        .get("/desk/response/plan/changes", EVERY_ROLE, plan::changes)
        .get("/desk/response/plan/edit", MANAGERS, plan_form::form)
        .post("/desk/response/plan/edit", MANAGERS, plan_form::check)
        .post("/desk/response/plan/draft", MANAGERS, plan_form::draft)
        .get("/desk/response/plan/adopt", SIGNERS, plan::adopt_form)
        .post_fresh("/desk/response/plan/adopt", SIGNERS, plan::adopt)
        .get("/response/playbooks", Allow::Public, public::list)
        .get("/response/playbooks/{playbook}", Allow::Public, public::show)
        .get("/response/playbooks/{playbook}/versions/{version}/playbook.json", Allow::Public, public::file)
        .get("/response/plans/{organisation}", Allow::Public, public::plan)
}

/// Who acts. Routes let nobody in without a login; this makes it certain.
fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS))
}

/// The address of a playbook.
fn href(code: &str) -> String {
    format!("{PATH}/{}", scr_web::in_address(code))
}

fn crumbs(visit: &Visit, playbook: Option<(&str, &str)>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new(PATH, visit.t("library-playbooks"))];
    crumbs.extend(playbook.map(|(code, name)| Crumb::new(href(code), name)));
    crumbs
}

/// Whether an act for the whole organisation is this person's.
fn decides(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}

/// Whether this person puts in force what others made.
fn signs(actor: &Actor) -> bool {
    ADOPTERS.contains(&actor.role) && actor.place.is_none()
}
