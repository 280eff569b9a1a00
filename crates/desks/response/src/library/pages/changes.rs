//! What differs between two versions of a playbook.

use super::difference::{Parts, of_playbooks};
use super::place::{absent, asked, place};
use super::{crumbs, href};
use crate::library::shelf;
use askama::Template;
use axum::extract::{Path, State};
use scr_web::components::Crumb;
use scr_web::{App, Reply, Visit, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "library/changes.html")]
struct ChangesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    name: String,
    old: u64,
    new: u64,
    parts: Parts,
    /// Other versions: the address of the comparison, and the number.
    others: Vec<(String, u64)>,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code, asked(visit, "to"))?;
        let to = place.version.version;
        let from = asked(visit, "from").or_else(|| to.checked_sub(1));
        let old = place.versions.iter().find(|one| Some(one.version) == from).ok_or_else(absent)?;
        let before = shelf::book(&app, &old.sha256)?;
        let name = place.name(visit);
        let other = |number: u64| (format!("{}/changes?from={number}&to={to}", href(&code)), number);
        let template = ChangesPage {
            visit,
            crumbs: crumbs(visit, Some((&code, &name))),
            old: old.version,
            new: to,
            parts: of_playbooks(visit, &before.playbook, &place.book.playbook),
            others: place
                .versions
                .iter()
                .map(|one| one.version)
                .filter(|number| *number != to && *number != old.version)
                .take(20)
                .map(other)
                .collect(),
            name,
        };
        Ok(page(&template).into())
    })
    .await
}
