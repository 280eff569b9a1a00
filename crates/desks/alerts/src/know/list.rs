//! All alerts, and how far each has come.

use super::arrival::{base, head};
use super::sms::step_word;
use super::{LOOKERS, boards, case};
use crate::issued;
use askama::Template;
use axum::extract::State;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Routes, Visit, page, run};
use std::sync::Arc;

/// Alerts of the list.
const LISTED: u16 = 40;

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/desk/alerts/arrival", LOOKERS, list)
}

struct ListLine {
    href: String,
    headline: String,
    number: u16,
    election: String,
    sent: i64,
    state: Tag,
    goal: String,
    reached: Option<(u64, u64, String)>,
    exercise: Option<String>,
}

#[derive(Template)]
#[template(path = "know/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    lines: Vec<ListLine>,
}

fn list_line(app: &App, visit: &Visit, index: u64) -> Result<ListLine, ActError> {
    let case = case::at(app, index)?;
    let shown = match boards::shown(app, &case) {
        Ok(shown) => Some(shown),
        Err(ActError::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    let head = shown.as_ref().map(|shown| head(app, visit, shown, None)).transpose()?;
    let is_over = case.now(app) >= case.issued.text.expires();
    let state = if is_over { "know-state-expired" } else { "know-state-open" };
    Ok(ListLine {
        href: format!("{}/arrival", base(&case)),
        headline: case.words(visit.lang()).headline,
        number: case.issued.text.number,
        election: case.election.clone(),
        sent: case.issued.at,
        goal: step_word(visit.texts(), case.goal),
        exercise: match case.issued.text.status {
            scr_alerts::Status::Actual => None,
            scr_alerts::Status::Exercise => Some(visit.t("know-exercise")),
            scr_alerts::Status::Test => Some(visit.t("know-test")),
        },
        reached: head.as_ref().map(|head| (head.reached, head.sum.of(), head.bar.clone())),
        state: head.map_or_else(|| Tag::new(Tone::Plain, visit.t(state)), |head| head.state),
    })
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let org = super::actor(visit)?.org;
        let issuers = issued::issuers(app.engine.ledger().origin(), org.as_str());
        let own = app.engine.read(|views| issued::newest_of(views, Some(&issuers), i64::MIN, LISTED))?;
        let lines = own.into_iter().map(|index| list_line(&app, visit, index));
        let template = ListPage { visit, crumbs: Vec::new(), lines: lines.collect::<Result<_, _>>()? };
        Ok(page(&template).into())
    })
    .await
}
