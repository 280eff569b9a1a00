//! Pages on which alerts are written, approved and released.

mod allies;
mod approve;
mod begin;
mod home;
pub(crate) mod look;
mod overview;
mod preview;
mod release;
mod released;
mod what;
mod whither;
mod words;

use super::acts;
use super::draft::Draft;
use super::rules::{DECIDERS, Facts, WRITERS};
use super::table::Kept;
use crate::network::Network;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{Allow, App, FormState, NavItem, Routes, Visit};
use std::sync::Arc;

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] =
    &[NavItem { group: "alerts-nav", text: "alerts-home-title", href: "/desk/alerts" }];

const EVERY_WRITER: Allow = Allow::Roles(&WRITERS);
const EVERY_DECIDER: Allow = Allow::Roles(&DECIDERS);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts", EVERY_WRITER, home::show)
        .post("/desk/alerts/price", MANAGERS, preview::price)
        .get("/desk/alerts/released/{id}", EVERY_WRITER, released::show)
        .get("/desk/alerts/drafts/new", EVERY_WRITER, begin::form)
        .post("/desk/alerts/drafts/new", EVERY_WRITER, begin::begin)
        .get("/desk/alerts/drafts/{id}", EVERY_WRITER, overview::show)
        .post("/desk/alerts/drafts/{id}/drop", EVERY_WRITER, overview::give_up)
        .get("/desk/alerts/drafts/{id}/what", EVERY_WRITER, what::form)
        .post("/desk/alerts/drafts/{id}/what", EVERY_WRITER, what::save)
        .get("/desk/alerts/drafts/{id}/where", EVERY_WRITER, whither::form)
        .post("/desk/alerts/drafts/{id}/where", EVERY_WRITER, whither::save)
        .get("/desk/alerts/drafts/{id}/words/{language}", EVERY_WRITER, words::form)
        .post("/desk/alerts/drafts/{id}/words/{language}", EVERY_WRITER, words::save)
        .get("/desk/alerts/drafts/{id}/approve/{language}", EVERY_DECIDER, approve::form)
        .post_fresh("/desk/alerts/drafts/{id}/approve/{language}", EVERY_DECIDER, approve::approve)
        .get("/desk/alerts/drafts/{id}/preview", EVERY_WRITER, preview::show)
        .get("/desk/alerts/drafts/{id}/release", EVERY_DECIDER, release::form)
        .post_fresh("/desk/alerts/drafts/{id}/release", EVERY_DECIDER, release::release)
}

/// Who acts. Routes let nobody in without a login; this makes it certain.
fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let login = visit.login.as_ref();
    login
        .map(|login| &login.actor)
        .ok_or_else(|| Refusal::new(RefusalKind::Forbidden, super::codes::NOT_YOURS))
}

/// What the reader's organisation is called.
fn organisation(visit: &Visit) -> String {
    visit.login.as_ref().map(|login| login.organisation.clone()).unwrap_or_default()
}

/// A draft with what is known around it.
pub(super) struct Place {
    pub(super) kept: Kept,
    pub(super) facts: Facts,
    pub(super) network: Option<Arc<Network>>,
}

impl Place {
    /// A draft that can still be changed.
    pub(super) fn open(app: &App, visit: &Visit, id: &str) -> Result<Self, ActError> {
        let actor = actor(visit)?;
        let kept = acts::open_draft(app, actor, id)?;
        let (facts, network) = acts::known(app, actor, &kept.draft)?;
        Ok(Self { kept, facts, network })
    }

    fn draft(&self) -> &Draft {
        &self.kept.draft
    }
}

fn crumbs(visit: &Visit, draft: Option<&Draft>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("/desk/alerts", visit.t("alerts-nav"))];
    crumbs.extend(draft.map(|draft| Crumb::new(draft.href(), look::title(visit, draft))));
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

/// The version that a form was made of.
fn seen(form: &FormState) -> u64 {
    form.value("version").parse().unwrap_or(0)
}

/// A visit whose page is marked as an exercise by the shell, where the alert is one.
fn dressed(visit: &Visit, is_exercise: bool) -> Visit {
    let mut dressed = visit.clone();
    dressed.exercise = visit.exercise || is_exercise;
    dressed
}
