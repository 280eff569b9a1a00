//! All elections, and what each still lacks.

use super::{crumbs, href};
use crate::network::contacts;
use crate::network::view::{self, Election, Version};
use askama::Template;
use axum::extract::State;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Visit, page, run};
use std::sync::Arc;

struct Row {
    href: String,
    election: Election,
    version: Option<Version>,
    contacts: u64,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "network/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let now = app.clock.now();
        let found = app.engine.read(|views| {
            let mut found = Vec::new();
            for election in view::elections(views, None)? {
                let version = view::current(views, &election.id)?;
                let contacts = contacts::counted(views, &election.id, now)?;
                found.push((election, version, contacts));
            }
            Ok(found)
        })?;
        let row = |(election, version, contacts): (Election, Option<Version>, contacts::Counted)| {
            let tag = if version.is_none() {
                Tag::new(Tone::Warn, visit.t("alertnet-state-empty"))
            } else if contacts.all == 0 {
                Tag::new(Tone::Warn, visit.t("alertnet-state-no-contacts"))
            } else if contacts.expired + contacts.ending > 0 {
                Tag::new(Tone::Warn, visit.t("alertnet-state-renew"))
            } else {
                Tag::new(Tone::Good, visit.t("alertnet-state-ready"))
            };
            Row { href: href(&election.id), election, version, contacts: contacts.all, tag }
        };
        let rows = found.into_iter().map(row).collect();
        let crumbs = crumbs(visit, None).split_off(1);
        Ok(page(&HomePage { visit, crumbs, rows }).into())
    })
    .await
}
