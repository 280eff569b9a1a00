//! Runs: a playbook as people carry it out, on a live board. The rules are `scr_playbooks::run`; here they meet the record,
//! the pages and the people.

pub mod acts;
mod api;
pub mod around;
mod begin;
mod board;
mod codes;
pub mod data;
mod doing;
mod graph;
mod kinds;
mod list;
mod multipart;
mod public;
mod refusals;
mod report;
pub mod requests;
mod send;
mod settle;
mod source;
mod step;
pub mod targets;
mod targets_page;
mod view;
mod whole;
mod words;
pub mod works;

pub use acts::Person;
pub(crate) use api::OPERATIONS;
pub(crate) use kinds::KINDS;
pub(crate) use list::NAV;
pub use source::Source;
pub(crate) use view::RunsView;

use scr_core::Role;
use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of these pages.
pub(crate) const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../../texts/runs.en.ftl")),
    (Lang::Fr, include_str!("../../texts/runs.fr.ftl")),
    (Lang::Es, include_str!("../../texts/runs.es.ftl")),
    (Lang::Ar, include_str!("../../texts/runs.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/runs.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/runs.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/runs.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/runs.ar.ftl")),
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const WORKERS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor, Role::Clerk]);
const STARTERS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/response/runs", EVERY_ROLE, list::list)
        .get("/desk/response/runs/new", STARTERS, begin::form)
        .post("/desk/response/runs/new", STARTERS, begin::start)
        .get("/desk/response/runs/{run}", EVERY_ROLE, board::board)
        .get("/desk/response/runs/{run}/wall", EVERY_ROLE, board::wall)
        .get("/desk/response/runs/{run}/report", EVERY_ROLE, report::report)
        .get("/desk/response/runs/{run}/report/print", EVERY_ROLE, report::paper)
        .get("/desk/response/runs/{run}/report.json", EVERY_ROLE, report::report_json)
        .get("/desk/response/runs/{run}/evidence/{sequence}", WORKERS, doing::evidence)
        .get("/desk/response/runs/{run}/steps/{place}", WORKERS, step::look)
        .post("/desk/response/runs/{run}/steps/{place}/take", WORKERS, doing::take)
        .post("/desk/response/runs/{run}/steps/{place}/done", WORKERS, doing::done)
        .post_fresh("/desk/response/runs/{run}/steps/{place}/sign", WORKERS, doing::sign)
        .post("/desk/response/runs/{run}/steps/{place}/back", WORKERS, doing::send_back)
        .post("/desk/response/runs/{run}/steps/{place}/refuse", WORKERS, doing::refuse)
        .post("/desk/response/runs/{run}/steps/{place}/repeat", WORKERS, doing::repeat)
        .get("/desk/response/runs/{run}/pause", WORKERS, whole::ask_pause)
        .post("/desk/response/runs/{run}/pause", WORKERS, whole::pause)
        .get("/desk/response/runs/{run}/resume", WORKERS, whole::ask_resume)
        .post("/desk/response/runs/{run}/resume", WORKERS, whole::resume)
        .get("/desk/response/runs/{run}/abort", WORKERS, whole::ask_abort)
        .post_fresh("/desk/response/runs/{run}/abort", WORKERS, whole::abort)
        .get("/desk/response/runs/{run}/variables", WORKERS, whole::ask_variables)
        .post("/desk/response/runs/{run}/variables", WORKERS, whole::set_variable)
        .get("/desk/response/targets", WORKERS, targets_page::list)
        .post_fresh("/desk/response/targets", MANAGERS, targets_page::allow)
        .post_fresh("/desk/response/targets/{target}/remove", MANAGERS, targets_page::remove)
        .get("/response/runs/{run}", Allow::Public, public::show)
        .get("/api/v1/response/runs", EVERY_ROLE, api::runs)
        .get("/api/v1/response/runs/{run}", EVERY_ROLE, api::one)
        .post("/api/v1/response/runs", STARTERS, api::start)
        .post("/api/v1/response/runs/{run}/steps", WORKERS, api::step)
}
