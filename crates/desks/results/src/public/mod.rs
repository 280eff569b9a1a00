//! The public pages: what was recorded, for a voter with a phone.

mod checks;
pub(crate) mod contest;
mod corrections;
mod feed;
mod files;
mod home;
mod map;
mod missing;
pub(crate) mod read;
mod seen;
mod stream;
pub(crate) mod unit;

pub(crate) use scr_web::in_address as encode;
pub(crate) use unit::{receipt_json, table_object};

use axum::http::header;
use axum::response::{IntoResponse, Response};
use read::{ContestRow, ElectionRow};
use scr_core::{Refusal, RefusalKind};
use scr_engine::Fault;
use scr_web::components::Crumb;
use scr_web::{Allow, App, Reply, Routes, Visit};
use std::sync::Arc;

/// Their routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/", Allow::Public, home::home)
        .get("/elections/{election}", Allow::Public, home::election)
        .get("/elections/{election}/contests/{contest}", Allow::Public, contest::contest)
        .get("/elections/{election}/contests/{contest}/map", Allow::Public, map::show)
        .get("/elections/{election}/contests/{contest}/map.svg", Allow::Public, map::svg)
        .get("/elections/{election}/contests/{contest}/unit", Allow::Public, unit::unit)
        .get("/elections/{election}/contests/{contest}/receipt", Allow::Public, unit::receipt)
        .get("/elections/{election}/contests/{contest}/checks", Allow::Public, checks::checks)
        .get("/elections/{election}/contests/{contest}/missing", Allow::Public, missing::missing)
        .get("/elections/{election}/contests/{contest}/seen", Allow::Public, seen::seen)
        .and(crate::compare::public_routes())
        .get("/elections/{election}/results.csv", Allow::Public, files::csv)
        .get("/elections/{election}/results.json", Allow::Public, files::json)
        .get("/elections/{election}/results.nist.json", Allow::Public, files::nist_json)
        .get("/elections/{election}/results.nist.xml", Allow::Public, files::nist_xml)
        .get("/elections/{election}/feed.atom", Allow::Public, feed::feed)
}

/// What a reader gets who asks for something that is not published.
pub(crate) fn not_published(visit: &Visit) -> Reply {
    Reply::refused(visit, &Refusal::new(RefusalKind::NotFound, "SCR-RES-017"))
}

/// Reads from the views; a fault becomes a page of its own.
pub(crate) fn read<T>(
    app: &Arc<App>,
    visit: &Visit,
    f: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<Option<T>>,
) -> Result<T, Box<Reply>> {
    match app.engine.read(f) {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(Box::new(not_published(visit))),
        Err(fault) => Err(Box::new(Reply::fault(visit, &fault))),
    }
}

/// A fault as a page.
pub(crate) fn fault(visit: &Visit, what: &dyn std::fmt::Display) -> Reply {
    Reply::fault(visit, &Fault::log(what))
}

/// The pages above: the start, the election, and its contest where the page stands below one.
pub(crate) fn crumbs(
    visit: &Visit,
    election: &ElectionRow,
    contest: Option<(&str, &ContestRow)>,
) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/", visit.t("results-home")),
        Crumb::new(format!("/elections/{}", election.id), election.title.as_str()),
    ];
    crumbs.extend(contest.map(|(base, contest)| Crumb::new(base, contest.title.as_str())));
    crumbs
}

/// A file of this type.
pub(crate) fn plain(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}
