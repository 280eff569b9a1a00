//! The record for people: the list of entries, the receipt behind every seal, and how to check.

use crate::entries::{self, EntryRow, Field, PAGE};
use crate::verifier;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::PrivateField;
use scr_web::components::{Choice, Crumb, FilterGroup, Pager, Search};
use scr_web::{App, Problem, Reply, Seal, SealState, Visit, page};
use std::sync::Arc;

/// An entry with its seal.
struct Line {
    entry: EntryRow,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "record/list.html")]
struct RecordPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    origin: &'a str,
    recorded: u64,
    signed: u64,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    lines: Vec<Line>,
    pager: Pager,
}

pub(crate) async fn record(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let kind = visit.query.get("kind").filter(|kind| !kind.is_empty());
    let before = visit.query.get("before").and_then(|text| text.parse().ok());
    let found = app.engine.read(|views| Ok((entries::list(views, kind, before)?, entries::kinds(views)?)));
    let (mut rows, kinds) = match found {
        Ok(found) => found,
        Err(fault) => return Reply::fault(&visit, &fault),
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|last| visit.query.with("/record", "before", Some(&last.index.to_string())));
    let choice = |value: Option<&str>, text: String, count| Choice {
        href: value.map_or("/record".to_owned(), |kind| format!("/record?kind={}", kind.replace('/', "%2F"))),
        text,
        count,
        current: value == kind,
    };
    let mut choices = vec![choice(None, visit.t("record-kind-all"), None)];
    choices.extend(kinds.iter().map(|(name, count)| choice(Some(name), visit.kind_name(name), Some(*count))));
    let signed = app.engine.log().checkpoint().ok().flatten().map_or(0, |checkpoint| checkpoint.size);
    let template = RecordPage {
        crumbs: vec![Crumb::new("/", visit.t("record-home"))],
        origin: app.engine.ledger().origin(),
        recorded: app.engine.progress().0,
        signed,
        groups: vec![FilterGroup { label: visit.t("record-kind"), choices }],
        search: Some(Search {
            action: "/verify".to_owned(),
            label: visit.t("record-search"),
            value: String::new(),
            keep: Vec::new(),
        }),
        pager: Pager {
            shown: rows.len() as u64,
            first: before.map(|_: u64| visit.query.with("/record", "before", None)),
            next,
            ..Pager::default()
        },
        lines: rows.into_iter().map(|entry| Line { seal: app.seal(entry.index, entry.at), entry }).collect(),
        visit: &visit,
    };
    page(&template).into()
}

impl ReceiptPage<'_> {
    /// A field in words; one that came with a newer program keeps its name.
    fn label(&self, name: &str) -> String {
        // i18n: record-field-*
        let key = format!("record-field-{name}");
        if self.visit.texts().has(&key) { self.visit.t(&key) } else { name.to_owned() }
    }
}

#[derive(Template)]
#[template(path = "record/receipt.html")]
struct ReceiptPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    entry: EntryRow,
    fields: Vec<Field>,
    private: Vec<PrivateField>,
    subjects: Vec<(String, u64)>,
    seal: Seal,
    published: bool,
    origin: &'a str,
}

pub(crate) async fn receipt(State(app): State<Arc<App>>, visit: Visit, Path(index): Path<u64>) -> Reply {
    let found = app.engine.read(|views| entries::at(views, index));
    let entry = match found {
        Ok(Some(entry)) => entry,
        Ok(None) => return Reply::problem(&visit, &Problem::new(404, "SCR-REC-001")),
        Err(fault) => return Reply::fault(&visit, &fault),
    };
    let private = match app.engine.private_fields(index) {
        Ok(private) => private,
        Err(fault) => return Reply::fault(&visit, &fault),
    };
    let parsed = app.engine.log().entry(index).ok().and_then(|bytes| scr_engine::entry(&bytes));
    let seal = app.seal(index, entry.at);
    let template = ReceiptPage {
        crumbs: vec![Crumb::new("/", visit.t("record-home")), Crumb::new("/record", visit.t("record-title"))],
        fields: entry.fields(),
        private,
        subjects: parsed.map_or(Vec::new(), |e| e.counts().iter().map(|(s, n)| (s.clone(), *n)).collect()),
        published: seal.state != SealState::Waiting,
        origin: app.engine.ledger().origin(),
        seal,
        entry,
        visit: &visit,
    };
    page(&template).into()
}

#[derive(Template)]
#[template(path = "record/verify.html")]
struct VerifyPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    asked: &'a str,
    found: Option<Line>,
    origin: &'a str,
    keys: Vec<String>,
    page_hash: &'a str,
}

pub(crate) async fn verify(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let asked = visit.query.get("q").map(str::trim).unwrap_or_default();
    let asked: &str = if asked.len() > 200 { "" } else { asked };
    let found =
        if asked.is_empty() { Ok(None) } else { app.engine.read(|views| entries::find(views, asked)) };
    let found = match found {
        Ok(found) => found.map(|entry| Line { seal: app.seal(entry.index, entry.at), entry }),
        Err(fault) => return Reply::fault(&visit, &fault),
    };
    let template = VerifyPage {
        crumbs: vec![Crumb::new("/", visit.t("record-home")), Crumb::new("/record", visit.t("record-title"))],
        asked,
        found,
        origin: app.engine.ledger().origin(),
        keys: app.engine.ledger().verifiers().iter().take(1).map(ToString::to_string).collect(),
        page_hash: &verifier::HASH,
        visit: &visit,
    };
    page(&template).into()
}
