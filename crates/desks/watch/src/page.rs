//! The page of a mirror: is the record that it follows in order, and what shows it.

use crate::Followed;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_mirror::{Alarm, AlarmKind, Alarms, WatchState};
use scr_note::Retirement;
use scr_web::components::Crumb;
use scr_web::{App, Markup, Problem, Reply, Visit, page};
use std::sync::Arc;

/// An alarm in words.
struct Line {
    title: String,
    text: Markup,
    alarm: Alarm,
}

#[derive(Template)]
#[template(path = "watch/watch.html")]
struct WatchPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    state: WatchState,
    /// What the log says of its end.
    end: Option<Retirement>,
    open: Vec<Line>,
    over: Vec<Line>,
}

impl WatchPage<'_> {
    /// Whether everything that was signed was checked.
    fn is_complete(&self) -> bool {
        self.state.checked_at.is_some() && self.state.size == self.state.signed
    }

    /// What kept the last round from its end; one that came with another program keeps its code alone.
    fn trouble(&self, code: &str) -> String {
        // i18n: watch-scr-mir-*
        let key = format!("watch-{}", code.to_lowercase());
        if self.visit.texts().has(&key) { self.visit.t(&key) } else { String::new() }
    }
}

pub(crate) async fn watch(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let followed = app.soft::<Followed>();
    let Some(watch) = followed.0.get() else {
        return Reply::problem(&visit, &Problem::new(404, "SCR-WATCH-001"));
    };
    let mut state = watch.now();
    let alarms = std::mem::take(&mut state.alarms);
    // The newest first.
    let lines = alarms.into_iter().rev().map(|alarm| line(&visit, alarm));
    let (open, over) = lines.partition(|line| line.alarm.ended_at.is_none());
    let template = WatchPage {
        crumbs: vec![Crumb::new("/", visit.t("watch-home")), Crumb::new("/record", visit.t("watch-record"))],
        end: app.retirement(),
        state,
        open,
        over,
        visit: &visit,
    };
    page(&template).into()
}

fn line(visit: &Visit, alarm: Alarm) -> Line {
    let value = |name: &str| alarm.args.get(name).map(String::as_str).unwrap_or_default();
    let count = |name: &str| value(name).parse::<u64>().unwrap_or_default().into();
    let (title, text) = match alarm.kind {
        AlarmKind::SplitView => (
            visit.t("watch-split-view"),
            visit.tha("watch-split-view-text", &[("before", count("before")), ("size", count("size"))]),
        ),
        AlarmKind::Rollback => (
            visit.t("watch-rollback"),
            visit.tha("watch-rollback-text", &[("before", count("before")), ("size", count("size"))]),
        ),
        AlarmKind::Unproven => (
            visit.t("watch-unproven"),
            visit.tha("watch-unproven-text", &[("before", count("before")), ("size", count("size"))]),
        ),
        AlarmKind::BrokenEntry => {
            let args = [("index", count("index")), ("code", value("code").into())];
            let text = if value("is") == "gap" {
                visit.tha("watch-gap-text", &args)
            } else {
                visit.tha("watch-broken-entry-text", &args)
            };
            (visit.t("watch-broken-entry"), text)
        }
        AlarmKind::Stale => {
            (visit.t("watch-stale"), visit.tha("watch-stale-text", &[("minutes", count("minutes"))]))
        }
        AlarmKind::AfterEnd => (
            visit.t("watch-after-end"),
            visit.tha("watch-after-end-text", &[("before", count("before")), ("size", count("size"))]),
        ),
        AlarmKind::PageDiffers => {
            let args = [("path", value("path").into()), ("size", count("size"))];
            (visit.t("watch-page-differs"), visit.tha("watch-page-differs-text", &args))
        }
    };
    Line { title, text, alarm }
}

/// A file of evidence, as it was written down.
pub(crate) async fn evidence(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
) -> Response {
    let followed = app.soft::<Followed>();
    let state = followed.0.get().map(|watch| watch.now()).unwrap_or_default();
    let alarm = state.alarms.iter().find(|alarm| alarm.id == id);
    let Some(bytes) = alarm.and_then(|alarm| Alarms::file(&state.folder, alarm, &name)) else {
        return Reply::problem(&visit, &Problem::new(404, "SCR-WATCH-001")).into_response();
    };
    // A page of the origin is evidence, not a page of this site: it is never shown as one.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
