//! The office desk: who works here. Signing in, the first administrator, organisations, people with
//! their roles, one's own account, private content and its erasure, and the words in which access refuses.

mod account;
pub mod commands;
mod doctor;
mod door;
pub mod drills;
mod fixity;
mod join;
mod keys;
mod kinds;
mod office;
mod organisations;
mod people;
mod person;
pub mod privacy;
mod sign_in;
mod views;

pub use door::Door;
pub use fixity::{FIXITY_WORK, fixity_job};

use scr_core::Role;
use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_web::{Allow, App, Desk, NavItem, Routes};
use std::sync::Arc;

/// The desk's texts in every language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];

const ADMINISTRATORS: Allow = Allow::Roles(&[Role::Administrator]);
const NAV: &[NavItem] = &[
    NavItem { group: "office-administration", text: "office-organisations", href: "/desk/organisations" },
    NavItem { group: "office-administration", text: "office-people", href: "/desk/people" },
    NavItem { group: "office-administration", text: "privacy-title", href: "/desk/privacy" },
    NavItem { group: "office-administration", text: "doctor-title", href: "/desk/doctor" },
];

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfficeDesk;

impl Desk for OfficeDesk {
    fn name(&self) -> &'static str {
        "office"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        const ALL: &[KindSpec] = &[
            kinds::ORGANISATION_CREATED,
            kinds::ROLE_GRANTED,
            kinds::ROLE_WITHDRAWN,
            kinds::LINK_ISSUED,
            kinds::DRILL_RECORDED,
            privacy::HOLD_PLACED,
            privacy::HOLD_RELEASED,
        ];
        ALL
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        vec![Box::new(views::OfficeView), Box::new(privacy::PrivacyView), Box::new(drills::DrillView)]
    }

    fn routes(&self) -> Routes {
        doors().and(administration()).and(privacy::routes()).and(account())
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        vec![Arc::new(fixity::FixityCheck(Arc::clone(app)))]
    }

    fn nav(&self) -> &'static [NavItem] {
        NAV
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}

fn doors() -> Routes {
    Routes::new()
        .get("/desk/sign-in", Allow::Anybody, sign_in::form)
        .post("/desk/sign-in", Allow::Anybody, sign_in::submit)
        .post("/desk/sign-in/passkey", Allow::Anybody, sign_in::passkey)
        .post("/desk/sign-out", Allow::SignedIn, sign_in::leave)
        .get("/desk/join/{link}", Allow::Anybody, join::show)
        .post("/desk/join/{link}", Allow::Anybody, join::accept)
}

fn administration() -> Routes {
    Routes::new()
        .get("/desk/organisations", ADMINISTRATORS, organisations::list)
        .get("/desk/organisations/new", ADMINISTRATORS, organisations::new)
        .post("/desk/organisations/new", ADMINISTRATORS, organisations::create)
        .get("/desk/doctor", ADMINISTRATORS, doctor::show)
        .post("/desk/doctor/fixity", ADMINISTRATORS, fixity::begin)
        .get("/desk/doctor/drills", ADMINISTRATORS, drills::show)
        .post_fresh("/desk/doctor/drills", ADMINISTRATORS, drills::create)
        .get("/desk/people", ADMINISTRATORS, people::list)
        .get("/desk/people/invite", ADMINISTRATORS, people::invite_form)
        .post_fresh("/desk/people/invite", ADMINISTRATORS, people::invite)
        .get("/desk/people/{person}", ADMINISTRATORS, person::show)
        .post_fresh("/desk/people/{person}/grant", ADMINISTRATORS, person::grant)
        .get("/desk/people/{person}/withdraw", ADMINISTRATORS, person::ask_withdraw)
        .post_fresh("/desk/people/{person}/withdraw", ADMINISTRATORS, person::withdraw)
        .post_fresh("/desk/people/{person}/link", ADMINISTRATORS, person::new_link)
}

fn account() -> Routes {
    Routes::new()
        .get("/desk/account", Allow::SignedIn, account::show)
        .post("/desk/account/language", Allow::SignedIn, account::language)
        .get("/desk/account/password", Allow::SignedIn, account::password_form)
        .post("/desk/account/password", Allow::SignedIn, account::change_password)
        .post("/desk/account/role", Allow::SignedIn, account::switch_role)
        .post("/desk/account/logins", Allow::SignedIn, account::end_logins)
        .post_fresh("/desk/account/passkeys/new", Allow::SignedIn, keys::new_passkey)
        .post("/desk/account/passkeys", Allow::SignedIn, keys::add_passkey)
        .post_fresh("/desk/account/passkeys/remove", Allow::SignedIn, keys::remove_passkey)
        .post_fresh("/desk/account/tokens", Allow::SignedIn, keys::new_token)
        .post("/desk/account/tokens/revoke", Allow::SignedIn, keys::revoke_token)
}
