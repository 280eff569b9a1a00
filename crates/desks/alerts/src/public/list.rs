//! What holds now, and what was released before.

use super::words::{Said, areas};
use crate::issued::{self, Issued, Standing};
use crate::write::look;
use askama::Template;
use axum::extract::State;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::sync::Arc;

/// Alerts of one page.
const PAGE: u16 = 40;

/// An alert in a list.
struct Line {
    href: String,
    said: Said,
    number: u16,
    status: Option<Tag>,
    severity: Tag,
    standing: Tag,
    until: i64,
    areas: String,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "public/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    now: Vec<Line>,
    not_meant: Vec<Line>,
    earlier: Vec<Line>,
    next: Option<String>,
}

fn line(app: &App, visit: &Visit, one: &Issued, standing: Standing) -> Line {
    Line {
        href: format!("/alerts/{}", one.id),
        said: Said::of(one, visit.lang_code(), "public"),
        number: one.text.number,
        status: (one.text.status != scr_alerts::Status::Actual)
            .then(|| look::status_tag(visit, one.text.status)),
        severity: look::severity_tag(visit, one.text.severity),
        standing: look::standing_tag(visit, one, standing),
        until: one.text.expires().cast_signed(),
        areas: areas(one).join(", "),
        seal: app.seal(one.index, one.at),
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let before = visit.query.get("before").and_then(|text| text.parse::<u32>().ok()).map(u64::from);
        let now = app.clock.now();
        let (open, all) = app.engine.read(|views| {
            let open = if before.is_none() { issued::open_at(views, None, now)? } else { Vec::new() };
            Ok((open, issued::of_election(views, None, before, PAGE)?))
        })?;
        let lines = |all: &[Issued]| -> Result<Vec<Line>, ActError> {
            let one = |one: &Issued| Ok(line(&app, visit, one, super::words::standing(&app, one)?));
            all.iter().map(one).collect()
        };
        // An exercise never counts among what holds.
        let (not_meant, holding) = lines(&open)?.into_iter().partition(|line| line.status.is_some());
        let shown: Vec<u64> = open.iter().map(|one| one.index).collect();
        let rest: Vec<Issued> = all.iter().filter(|one| !shown.contains(&one.index)).cloned().collect();
        let next = all.last().filter(|_| all.len() == usize::from(PAGE));
        let template = ListPage {
            visit,
            crumbs: Vec::new(),
            now: holding,
            not_meant,
            earlier: lines(&rest)?,
            next: next.map(|one| visit.query.with("/alerts", "before", Some(&one.index.to_string()))),
        };
        Ok(page(&template).into())
    })
    .await
}
