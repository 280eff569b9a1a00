//! What became of what somebody has shared.

use super::crumbs;
use super::place::own;
use super::send::store_of;
use crate::share::{FOREIGN, Line, NAMES_OWNER, OTHER, Status, THERE};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_threats::codes;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Seal, Visit, just_recorded, page, run};
use std::sync::Arc;

/// Lines that are shown.
const LISTED: usize = 200;

struct Shown {
    id: String,
    href: Option<String>,
    tag: Tag,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/status.html")]
struct StatusPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    status: &'a Status,
    recorded: Option<Seal>,
    lines: Vec<Shown>,
    more: u64,
    batch_seconds: u16,
    href: String,
    back: String,
}

fn message(visit: &Visit, line: &Line) -> String {
    match line.message.as_deref() {
        None => String::new(),
        Some(THERE) => visit.t("threats-status-there"),
        Some(OTHER) => visit.t("threats-fail-other"),
        Some(FOREIGN) => visit.t("threats-fail-foreign"),
        Some(NAMES_OWNER) => visit.t("craft-fail-names-owner"),
        Some(other) if other.starts_with("warning: ") => visit.t("threats-status-warned"),
        Some(other) => other.to_owned(),
    }
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let status = Status::read(store_of(&app)?, &id, &place.org, &code)?;
        let status = status.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_OBJECT))?;
        let line = |line: &Line, tone: Tone, key: &str, is_there: bool| Shown {
            id: line.id.clone(),
            href: is_there.then(|| format!("{}/objects/{}", place.href(), line.id)),
            tag: Tag::new(tone, visit.t(key)),
            text: message(visit, line),
        };
        let failed = status.failures.iter().map(|one| line(one, Tone::Alarm, "threats-status-failed", false));
        let waiting = status.pendings.iter().map(|one| line(one, Tone::Note, "threats-status-waits", false));
        let shared = status.successes.iter().map(|one| line(one, Tone::Good, "threats-status-shared", true));
        let lines: Vec<Shown> = failed.chain(waiting).chain(shared).take(LISTED).collect();
        let template = StatusPage {
            visit,
            crumbs: crumbs(visit, Some(&place)),
            recorded: just_recorded(&app, visit)?,
            more: status.total_count.saturating_sub(lines.len() as u64),
            lines,
            batch_seconds: app.config.batch_seconds,
            href: format!("{}/status/{id}", place.href()),
            back: place.href(),
            status: &status,
        };
        Ok(page(&template).into())
    })
    .await
}
