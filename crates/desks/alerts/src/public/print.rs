//! An alert on a sheet of paper: the text large, the codes that a telephone and a scanner read, the words that two stations compare.

use super::codes::{Codes, codes};
use super::words::{Said, areas, compared, dressed, found, sender};
use crate::issued::Issued;
use crate::write::look;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_web::components::Tag;
use scr_web::{App, Reply, Visit, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "public/print.html")]
struct PrintPage<'a> {
    visit: &'a Visit,
    one: &'a Issued,
    said: Said,
    status: Tag,
    is_test: bool,
    severity: Tag,
    until: i64,
    areas: String,
    sender: String,
    words: String,
    codes: Option<Codes>,
    address: String,
    origin: &'a str,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(name): Path<String>) -> Reply {
    run(visit, move |visit| {
        let one = found(&app, &name)?;
        let said = Said::of(&one, visit.query.get("words").unwrap_or(visit.lang_code()), "public");
        let visit = &dressed(visit, &one);
        let site = app.config.site.as_deref().unwrap_or_default().trim_end_matches('/');
        let template = PrintPage {
            visit,
            status: look::status_tag(visit, one.text.status),
            is_test: one.text.status == Status::Test,
            severity: look::severity_tag(visit, one.text.severity),
            until: one.text.expires().cast_signed(),
            areas: areas(&one).join(", "),
            sender: sender(&app, &one),
            words: compared(&one, &said.language),
            codes: codes(&app, visit, &one)?,
            address: format!("{site}/alerts/{}", one.index),
            origin: app.engine.ledger().origin(),
            said,
            one: &one,
        };
        Ok(page(&template).into())
    })
    .await
}
