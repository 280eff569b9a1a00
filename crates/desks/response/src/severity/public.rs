//! A recorded assessment, for everybody: the formula with its numbers.

use super::ABSENT;
use super::assess::{answers_of, assess};
use super::view;
use super::words::{self, Shown};
use crate::runs::around;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "severity/public.html")]
struct PublicPage<'a> {
    visit: &'a Visit,
    title: String,
    election: String,
    /// Whose answers these are.
    org: String,
    voters: u64,
    at: i64,
    seal: Seal,
    shown: Shown,
    /// What is recorded is not what comes out: whoever reads must know.
    differs: bool,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let absent = || ActError::from(Refusal::new(RefusalKind::NotFound, ABSENT));
        let found = app.engine.read(|views| view::find(views, &id))?.ok_or_else(absent)?;
        let answers = answers_of(&found.content).ok_or_else(absent)?;
        let assessment = assess(&answers).map_err(|_| absent())?;
        let text = |name: &str| found.content.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let template = PublicPage {
            visit,
            differs: text("result") != assessment.election.result.to_string()
                || text("nciss") != assessment.nciss.score.to_string(),
            election: found.election.clone(),
            org: app.engine.read(|views| around::name_of(views, text("org")))?,
            voters: answers.voters,
            at: found.at,
            seal: app.seal(found.index, found.at),
            shown: words::shown(visit, &assessment),
            title: found.title,
        };
        Ok(page(&template).into())
    })
    .await
}
