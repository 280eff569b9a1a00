//! All audits.

use super::answer::tag;
use crate::data::{self, Line};
use askama::Template;
use axum::extract::State;
use scr_audits::workflow::Phase;
use scr_web::components::{Crumb, Tag};
use scr_web::run;
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

struct Shown {
    line: Line,
    tag: Tag,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "public/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    lines: Vec<Shown>,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let lines = app.engine.read(data::audits)?;
        let shown = |line: Line| {
            let phase = Phase::ALL.into_iter().find(|phase| phase.as_str() == line.phase);
            let seal = app.seal(line.changed_index, line.changed_at);
            Shown { tag: tag(visit, phase.unwrap_or(Phase::Draft)), seal, line }
        };
        let lines = lines.into_iter().map(shown).collect();
        Ok(page(&ListPage { visit, crumbs: vec![Crumb::new("/", visit.t("audit-public-home"))], lines })
            .into())
    })
    .await
}
