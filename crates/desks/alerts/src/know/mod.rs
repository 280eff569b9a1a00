//! How it is known that an alert arrived: acknowledgements are taken in durably here, and by nobody else.
//!
//! | module | is about |
//! |---|---|
//! | `intake`, `rows`, `codec` | the way in: durable first, then answered |
//! | `link`, `sms`, `phone`, `tear_off`, `strips` | by which people say it: link, message, telephone, paper |
//! | `batch`, `kinds`, `view` | the way to the record, exactly once |
//! | `boards`, `case`, `figures` | how far each alert has come, in memory |
//! | `arrival`, `silent`, `station`, `list` | pages: countdown, wall, silent stations, one station, all alerts |
//! | `due` | who is called where stations are silent |
//! | `api`, `said` | the same for programs, and what stations said on the telephone |
//! | `table` | operational tables: guesses, leases, limits |

mod api;
mod arrival;
mod batch;
mod boards;
mod case;
mod codec;
mod due;
mod figures;
mod intake;
mod kinds;
mod link;
mod list;
mod map;
mod pace;
mod phone;
mod rows;
mod said;
mod silent;
mod sms;
mod station;
mod strips;
mod table;
mod tear_off;
mod view;

pub(crate) use api::OPERATIONS as ARRIVAL_OPERATIONS;
pub use due::{DueCall, Escalated, Teller, due, use_teller};
pub use figures::{Totals, totals};
pub use intake::take;
pub(crate) use kinds::KINDS;
pub use link::link_of;
pub(crate) use rows::TABLE;
pub use sms::sms;
pub(crate) use table::DESK_TABLES;
pub(crate) use view::KnowView;

pub(crate) use boards::{fresh, prepare};
pub(crate) use case::at;
pub(crate) use figures::at_expiry;
pub(crate) use pace::{COMPARED, Pace, area_names};
pub(crate) use sms::step_word;

use case::Case;
use scr_alerts::acks::{Channel, Step};
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_web::api::Operation;
use scr_web::components::Crumb;
use scr_web::{Allow, App, NavItem, Routes, Visit};
use std::sync::Arc;

/// Whoever calls stations and types what they say.
const OPERATORS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor, Role::Clerk]);
/// Whoever sees which stations are silent.
const LOOKERS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor, Role::Clerk, Role::Viewer]);

/// Neither the silent stations nor all of them are asked for.
const WRONG_WHICH: &str = "SCR-ALR-305";

/// In the navigation.
pub(crate) const NAV: &[NavItem] = &[
    NavItem { group: "alerts-nav", text: "nav-alerts-arrival", href: "/desk/alerts/arrival" },
    NavItem { group: "alerts-nav", text: "nav-alerts-strips", href: "/desk/alerts/strips" },
];

/// Calls below `/api/v1/`.
pub(crate) const OPERATIONS: &[Operation] = tear_off::OPERATIONS;

/// The texts.
pub(crate) const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../../texts/know.en.ftl")),
    (Lang::Fr, include_str!("../../texts/know.fr.ftl")),
    (Lang::Es, include_str!("../../texts/know.es.ftl")),
    (Lang::Ar, include_str!("../../texts/know.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/know.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/know.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/know.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/know.ar.ftl")),
];

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        // Not on mirrors: they have no secrets and take nothing in.
        .get("/a/{index}/{station}/{token}", Allow::Anybody, link::show)
        .post("/a/{index}/{station}/{token}", Allow::Anybody, link::say)
        .and(tear_off::routes())
        .and(api::routes())
        .and(phone::routes())
        .and(arrival::routes())
        .and(silent::routes())
        .and(list::routes())
        .and(station::routes())
}

/// What this part does by itself.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    let app = Arc::downgrade(app);
    vec![Arc::new(batch::RecordAcks(app.clone())), Arc::new(due::Escalate(app))]
}

/// The pages above one of this part.
fn crumbs(visit: &Visit, case: Option<&Case>) -> Vec<Crumb> {
    let mut all = vec![Crumb::new("/desk/alerts/arrival", visit.t("know-list-title"))];
    if let Some(case) = case {
        let number = visit.ta("know-alert-number", &[("number", case.issued.text.number.into())]);
        all.push(Crumb::new(format!("/desk/alerts/{}/arrival", case.issued.id), number));
    }
    all
}

/// The visit of a page about an alert: in its election's time, and marked where it is an exercise.
fn marked(visit: &Visit, case: &Case) -> Visit {
    let mut visit = visit.clone();
    visit.zone = case.zone.clone();
    visit.exercise |= case.is_exercise();
    visit
}

/// Who acts.
fn actor(visit: &Visit) -> Result<Actor, ActError> {
    let login = visit.login.as_ref().map(|login| login.actor.clone());
    login.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-WEB-002").into())
}

/// The person who acts, in tables.
fn person(visit: &Visit) -> Result<String, ActError> {
    actor(visit).map(|actor| actor.person.as_str().to_owned())
}

/// How a way is written in the table and in batches.
pub(crate) fn channel_byte(channel: Channel) -> u8 {
    match channel {
        Channel::Gateway => 0,
        Channel::Link => 1,
        Channel::Sms => 2,
        Channel::Telephone => 3,
        Channel::TearOff => 4,
    }
}

/// The way of such a number.
pub(crate) fn channel_of(byte: i64) -> Option<Channel> {
    [Channel::Gateway, Channel::Link, Channel::Sms, Channel::Telephone, Channel::TearOff]
        .into_iter()
        .find(|channel| i64::from(channel_byte(*channel)) == byte)
}

/// The step of such a number.
pub(crate) fn step_of(byte: i64) -> Option<Step> {
    Step::ALL.into_iter().find(|step| i64::from(step.byte()) == byte)
}
