//! Pages of the exchange: what needs somebody, communities and their rules, what is shared, and sharing.

mod change;
mod chosen;
mod community;
mod content;
mod craft;
mod feedback;
mod foreign;
mod found;
mod held;
mod home;
mod looks;
mod names;
mod object;
mod place;
mod planned;
mod propose;
mod public;
mod related;
mod respond;
mod rules;
mod send;
mod share;
mod status;
mod tag;
mod words;

pub(crate) use community::heading;
pub(crate) use craft::{api_copy, api_day, api_days, api_pseudonyms};
pub(crate) use names::Names;
pub(crate) use object::{Named, find};
pub(crate) use place::{Place, all_own, readable, standing};
pub(crate) use send::{Sent, rejected_line, send, store_of};
pub(crate) use words::{kind_name, label_tag, labels};

use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{Allow, FormState, NavItem, Routes, Visit};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 16] = [
    (Lang::En, include_str!("../../texts/pages.en.ftl")),
    (Lang::Fr, include_str!("../../texts/pages.fr.ftl")),
    (Lang::Es, include_str!("../../texts/pages.es.ftl")),
    (Lang::Ar, include_str!("../../texts/pages.ar.ftl")),
    (Lang::En, include_str!("../../texts/objects.en.ftl")),
    (Lang::Fr, include_str!("../../texts/objects.fr.ftl")),
    (Lang::Es, include_str!("../../texts/objects.es.ftl")),
    (Lang::Ar, include_str!("../../texts/objects.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/ar.ftl")),
    craft::TEXTS[0],
    craft::TEXTS[1],
    craft::TEXTS[2],
    craft::TEXTS[3],
];

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] = &[
    NavItem { group: "threats-nav", text: "threats-home-title", href: "/desk/threats" },
    NavItem { group: "threats-nav", text: "understand-assets-title", href: "/desk/threats/assets" },
    NavItem { group: "threats-nav", text: "observed-title", href: "/desk/threats/observations" },
    NavItem { group: "threats-nav", text: "understand-names-title", href: "/desk/threats/names" },
    NavItem { group: "threats-nav", text: "vocabulary-title", href: crate::vocabulary::PATH },
    NavItem { group: "threats-nav", text: "certs-title", href: "/desk/threats/certificates" },
    NavItem { group: "threats-nav", text: "partners-title", href: "/desk/threats/sources" },
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const SHARERS: Allow = Allow::Roles(&crate::share::WRITERS);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/threats", EVERY_ROLE, home::home)
        .get("/desk/threats/new", MANAGERS, found::form)
        .post("/desk/threats/new", MANAGERS, found::check)
        .post_fresh("/desk/threats/new/found", MANAGERS, found::found)
        .get("/desk/threats/{community}", EVERY_ROLE, community::show)
        .get("/desk/threats/{community}/rules", EVERY_ROLE, rules::show)
        .get("/desk/threats/{community}/join", MANAGERS, rules::join_form)
        .post_fresh("/desk/threats/{community}/join", MANAGERS, rules::join)
        .get("/desk/threats/{community}/leave", MANAGERS, rules::leave_form)
        .post_fresh("/desk/threats/{community}/leave", MANAGERS, rules::leave)
        .get("/desk/threats/{community}/proposals/{number}", EVERY_ROLE, rules::proposal)
        .post_fresh("/desk/threats/{community}/proposals/{number}", MANAGERS, rules::stand)
        .get("/desk/threats/{community}/propose/{what}", MANAGERS, propose::form)
        .post("/desk/threats/{community}/propose/{what}", MANAGERS, propose::check)
        .post_fresh("/desk/threats/{community}/propose/{what}/record", MANAGERS, propose::propose)
        .get("/desk/threats/{community}/objects/{id}", EVERY_ROLE, object::show)
        .get("/desk/threats/{community}/objects/{id}/raw.json", EVERY_ROLE, object::raw)
        .post("/desk/threats/{community}/objects/{id}/seen", SHARERS, respond::seen)
        .post("/desk/threats/{community}/objects/{id}/false-alarm", SHARERS, respond::doubt)
        .get("/desk/threats/{community}/objects/{id}/withdraw", SHARERS, respond::withdraw_form)
        .post("/desk/threats/{community}/objects/{id}/withdraw", SHARERS, respond::withdraw)
        .get("/desk/threats/{community}/share", SHARERS, share::form)
        .post("/desk/threats/{community}/share/form", SHARERS, share::from_form)
        .post("/desk/threats/{community}/share/text", SHARERS, share::from_text)
        .post("/desk/threats/{community}/share/file", SHARERS, share::from_file)
        .get("/desk/threats/{community}/share/whom", SHARERS, share::whom)
        .post("/desk/threats/{community}/share/check", SHARERS, share::check)
        .post("/desk/threats/{community}/share/confirm", SHARERS, share::confirm)
        .get("/desk/threats/{community}/status/{id}", SHARERS, status::show)
        .get("/threats", Allow::Public, public::list)
        .get("/threats/{community}", Allow::Public, public::show)
        .get("/threats/{community}/objects/{id}", Allow::Public, public::object)
        .get("/threats/{community}/objects/{id}/raw.json", Allow::Public, public::raw)
        .and(craft::routes())
}

/// The address of a community.
fn href(code: &str) -> String {
    format!("/desk/threats/{code}")
}

fn crumbs(visit: &Visit, place: Option<&Place>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("/desk/threats", visit.t("threats-nav"))];
    crumbs.extend(place.map(|place| Crumb::new(place.href(), place.community().name.as_str())));
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
