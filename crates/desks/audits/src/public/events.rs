//! The order of events, each with its seal.

use crate::data::{self, Act};
use crate::desk::audit_of;
use crate::kinds as k;
use askama::Template;
use axum::extract::{Path, State};
use scr_i18n::Arg;
use scr_web::components::{Crumb, Moment};
use scr_web::run;
use scr_web::{App, Reply, Visit, page};
use std::sync::Arc;

/// Events of one page.
const PAGE: usize = 200;
/// What moves the audit as a whole.
const MAIN: &[&str] = &[
    k::CREATED.name,
    k::COMMITTED.name,
    k::REOPENED.name,
    k::SEED_DRAWN.name,
    k::ROUND_OPENED.name,
    k::ROUND_CLOSED.name,
    k::ROUND_DECIDED.name,
    k::ROUND_ABANDONED.name,
    k::FINISHED.name,
    k::CVRS_PUBLISHED.name,
];

#[derive(Template)]
#[template(path = "public/events.html")]
struct EventsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    moments: Vec<Moment>,
    count: usize,
    next: Option<String>,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let acts = app.engine.read(|views| data::acts(views, &id))?;
        let from: usize = visit.query.get("from").and_then(|from| from.parse().ok()).unwrap_or(0);
        let from = from.min(acts.len());
        let to = acts.len().min(from + PAGE);
        let base = format!("/audits/{id}/events");
        let template = EventsPage {
            visit,
            crumbs: vec![
                Crumb::new("/audits", visit.t("audit-public-list")),
                Crumb::new(format!("/audits/{id}"), kept.audit.title()),
            ],
            moments: moments(&app, visit, &acts[from..to], false),
            count: acts.len(),
            next: (to < acts.len()).then(|| visit.query.with(&base, "from", Some(&to.to_string()))),
        };
        Ok(page(&template).into())
    })
    .await
}

/// Events as moments; `main`: only those that move the audit as a whole.
pub(super) fn moments(app: &App, visit: &Visit, acts: &[Act], main: bool) -> Vec<Moment> {
    let shown = acts.iter().filter(|act| !main || MAIN.contains(&act.kind.as_str()));
    let moment =
        |act: &Act| Moment { at: act.at, text: text(visit, act), seal: Some(app.seal(act.index, act.at)) };
    shown.map(moment).collect()
}

/// An event in words: what its kind is called, of what, and why.
fn text(visit: &Visit, act: &Act) -> String {
    let field = |name: &str| act.detail.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    let count = |name: &str| act.detail.get(name).and_then(serde_json::Value::as_u64);
    let name = visit.kind_name(&act.kind);
    let mut more: Vec<String> = Vec::new();
    if let Some(round) = count("round").filter(|round| *round > 0) {
        more.push(visit.ta("audit-public-round-n", &[("round", Arg::from(round))]));
    }
    more.extend(
        [field("jurisdiction"), field("contest")]
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| (*text).to_owned()),
    );
    if !field("what").is_empty() {
        // i18n: audits-what-*
        more.push(visit.t(&format!("audits-what-{}", field("what"))));
    }
    if let Some(board) = count("board") {
        more.push(visit.ta("audit-public-board-n", &[("board", Arg::from(board))]));
    }
    if act.kind == k::BOARD_WORKED.name {
        // i18n: audit-public-step-*
        more.push(visit.t(&format!("audit-public-step-{}", field("step"))));
    }
    if act.kind == k::SEED_DRAWN.name {
        more.push(field("seed").to_owned());
    }
    if act.kind == k::ROUND_DECIDED.name {
        // i18n: audit-public-decision-*
        more.push(visit.t(&format!("audit-public-decision-{}", field("decision"))));
    }
    if !field("reason").is_empty() {
        more.push(field("reason").to_owned());
    }
    let comma = if visit.lang_code() == "ar" { "، " } else { ", " };
    if more.is_empty() { name } else { format!("{name}: {}", more.join(comma)) }
}
