//! Private content: finding it, erasing it with two approvers, and legal holds.

pub mod commands;
mod find;
mod kinds;
mod overview;
mod request;
mod view;

pub(crate) use kinds::{HOLD_PLACED, HOLD_RELEASED};
pub(crate) use view::PrivacyView;

use crate::office::{Office, crumbs};
use scr_access::PeopleFilter;
use scr_core::Role;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{Allow, Routes, Visit};

/// Who sees these pages and may approve.
const APPROVERS: Allow = Allow::Roles(&[Role::Administrator, Role::Manager, Role::Supervisor]);
/// Who may ask for an erasure, and place or release a hold.
const ASKERS: Allow = Allow::Roles(&[Role::Administrator, Role::Manager]);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/privacy", APPROVERS, overview::show)
        .get("/desk/privacy/find", APPROVERS, find::show)
        .post_fresh("/desk/privacy/requests", ASKERS, find::ask)
        .get("/desk/privacy/requests/{id}", APPROVERS, request::show)
        .post_fresh("/desk/privacy/requests/{id}/stand", APPROVERS, request::stand)
        .post("/desk/privacy/requests/{id}/withdraw", ASKERS, request::withdraw)
        .post_fresh("/desk/privacy/holds", ASKERS, find::hold)
        .get("/desk/privacy/holds/{hold}/release", ASKERS, overview::ask_release)
        .post_fresh("/desk/privacy/holds/{hold}/release", ASKERS, overview::release)
}

fn above(visit: &Visit, deeper: bool) -> Vec<Crumb> {
    if deeper {
        crumbs(visit, &[("/desk", "office-start"), ("/desk/privacy", "privacy-title")])
    } else {
        crumbs(visit, &[("/desk", "office-start")])
    }
}

/// The legal basis of an erasure in words; one of a newer program keeps its code.
fn basis_text(visit: &Visit, code: &str) -> String {
    words(visit, &format!("privacy-basis-{code}"), code) // i18n: privacy-basis-*
}

/// The ground of a hold in words; one of a newer program keeps its code.
fn hold_text(visit: &Visit, code: &str) -> String {
    words(visit, &format!("privacy-hold-basis-{code}"), code) // i18n: privacy-hold-basis-*
}

/// A private field in words; one of a newer program keeps its name.
fn field_text(visit: &Visit, name: &str) -> String {
    words(visit, &format!("privacy-field-{name}"), name) // i18n: privacy-field-*
}

fn words(visit: &Visit, key: &str, otherwise: &str) -> String {
    if visit.texts().has(key) { visit.t(key) } else { otherwise.to_owned() }
}

/// The codes of a list as choices with their words.
fn choices(visit: &Visit, codes: &[&str], words: fn(&Visit, &str) -> String) -> Vec<(String, String)> {
    codes.iter().map(|code| ((*code).to_owned(), words(visit, code))).collect()
}

/// A scope in words. Only administrators are told whose name a pseudonym stands for.
fn scope_text(office: &Office, visit: &Visit, scope: &str) -> Result<String, ActError> {
    if scope.is_empty() {
        return Ok(visit.t("privacy-scope-gone"));
    }
    if scope == commands::EVERYTHING {
        return Ok(visit.t("privacy-scope-all"));
    }
    if let Some(entry) = scope.strip_prefix('#').and_then(|text| text.parse::<u64>().ok()) {
        return Ok(visit.ta("privacy-scope-entry", &[("index", entry.into())]));
    }
    let administrator = visit.login.as_ref().is_some_and(|login| login.actor.role == Role::Administrator);
    let person = scope.strip_prefix("person:").filter(|_| administrator);
    let person = person.and_then(|id| scr_core::PersonId::new(id).ok());
    let name = match person {
        Some(id) => office.access.person(&id).map_err(crate::door::act_error)?.map(|person| person.name),
        None => None,
    };
    Ok(match name {
        Some(name) => visit.ta("privacy-scope-person", &[("name", (&name).into()), ("owner", scope.into())]),
        None => visit.ta("privacy-scope-owner", &[("owner", scope.into())]),
    })
}

/// What was typed to be found, as a scope: an e-mail address is a person's, for administrators.
fn scope_typed(office: &Office, visit: &Visit, typed: &str) -> Result<String, ActError> {
    let typed = typed.trim();
    if !typed.contains('@') {
        return Ok(typed.to_owned());
    }
    let administrator = visit.login.as_ref().is_some_and(|login| login.actor.role == Role::Administrator);
    let filter = PeopleFilter { words: typed, ..PeopleFilter::default() };
    let found = if administrator {
        office.access.people(&filter, None, 2).map_err(crate::door::act_error)?
    } else {
        Vec::new()
    };
    let exact = found.iter().find(|person| person.email.eq_ignore_ascii_case(typed));
    Ok(exact.map_or_else(|| typed.to_owned(), |person| format!("person:{}", person.id)))
}
