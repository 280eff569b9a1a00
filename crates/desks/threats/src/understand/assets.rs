//! What an organisation watches, and what of the shared objects touches it.

use super::hits::{self, Hit};
use super::{actor, graph, kinds, page_of};
use crate::certificates;
use crate::exchange::Exchange;
use crate::share::WRITERS;
use crate::view::assets::{changed, watched};
use crate::watch::{self, MAX_LINES, WrongLine};
use askama::Template;
use axum::extract::State;
use scr_core::Actor;
use scr_engine::{ActError, Fault};
use scr_patterns::assets::AssetError;
use scr_store::{Store, sql};
use scr_threats::Batch;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, kept, run};
use std::sync::Arc;

const PATH: &str = "/desk/threats/assets";
/// Hits of this many last seconds are new.
const NEW_SECONDS: i64 = 7 * 86_400;
/// Hits on the page.
const SHOWN: usize = 200;
/// Names from certificate logs on the page.
const ALIKE: i64 = 20;
/// Wrong lines that are named.
const NAMED: usize = 20;
/// Rows that wait which are looked at.
const WAITING: i64 = 50;

/// A hit on the page.
struct Row {
    at: i64,
    is_new: bool,
    kind: String,
    title: String,
    href: String,
    asset: String,
    relation: String,
    value: String,
    todo: String,
    tlp: String,
    by: String,
    community: String,
}

/// A name in a certificate that looks like one of the reader's.
struct Alike {
    href: String,
    name: String,
    like: String,
    at: i64,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "understand/assets.html")]
struct AssetsPage<'a> {
    alike: Vec<Alike>,
    alike_total: usize,
    alike_fresh: usize,
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: FormState,
    rows: Vec<Row>,
    total: usize,
    fresh: usize,
    new_tag: Tag,
    may_change: bool,
    is_watching: bool,
    changed: Option<i64>,
    waits: bool,
    seconds: u16,
    hint: String,
}

fn may_change(actor: &Actor) -> bool {
    WRITERS.contains(&actor.role) && actor.place.is_none()
}

/// The list that waits for its batch.
fn waiting(store: &Store, org: &str) -> Result<Option<Vec<String>>, Fault> {
    let query = sql!(
        "SELECT content FROM threats_waiting WHERE org = $1 ORDER BY number DESC LIMIT $2",
        org,
        WAITING
    );
    for row in store.query(&query).map_err(|error| Fault::log(&error))? {
        let content = row.text("content").map_err(|error| Fault::log(&error))?;
        let batch: Batch = serde_json::from_str(content).map_err(|error| Fault::log(&error))?;
        if let Some(list) = batch.assets.into_iter().next_back() {
            return Ok(Some(list.assets));
        }
    }
    Ok(None)
}

/// The list as it will be once what waits has gone out.
pub(crate) fn current(app: &App, org: &str) -> Result<Vec<String>, Fault> {
    let waiting = app.store().map(|store| waiting(store, org)).transpose()?.flatten();
    match waiting {
        Some(list) => Ok(list),
        None => app.engine.read(|views| watched(views, org)),
    }
}

/// Names from certificate logs, the newest first; how many are new, and how many there are.
fn alikes(app: &App, org: &str, since: i64) -> Result<(Vec<Alike>, usize, usize), Fault> {
    let Some(store) = app.store() else { return Ok((Vec::new(), 0, 0)) };
    let (fresh, total, _) = certificates::counts(store, org, since)?;
    let alike = |hit: certificates::Hit| Alike {
        href: format!("/desk/threats/names/{}", hit.number),
        is_new: hit.at > since,
        at: hit.at,
        name: hit.found.name,
        like: hit.found.looks_like,
    };
    Ok((certificates::newest(store, org, ALIKE)?.into_iter().map(alike).collect(), fresh, total))
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| show(&app, visit, None)).await
}

pub(super) async fn keep(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let Posted { visit, mut form, .. } = posted;
    run(visit, move |visit| {
        let lines = watch::lines(form.value("assets"));
        let wrong = watch::wrong(&lines);
        for line in wrong.iter().take(NAMED) {
            form.reject("assets", said(visit, line));
        }
        if wrong.len() > NAMED {
            form.reject(
                "assets",
                visit.ta("understand-assets-more-wrong", &[("count", (wrong.len() - NAMED).into())]),
            );
        }
        if form.is_fine() {
            let done = watch::watch(&Exchange::of(&app), actor(visit)?, &lines);
            if kept(visit, &mut form, done)?.is_some() {
                return Ok(go(PATH));
            }
        }
        show(&app, visit, Some(form))
    })
    .await
}

/// What is wrong with a line, and what to do.
fn said(visit: &Visit, line: &WrongLine) -> String {
    let why = visit.t(match line.why {
        AssetError::TooLong => "understand-asset-too-long",
        AssetError::Address => "understand-asset-address",
        AssetError::Domain => "understand-asset-domain",
        AssetError::Email => "understand-asset-email",
        AssetError::Hash => "understand-asset-hash",
        AssetError::AutonomousSystem => "understand-asset-system",
        AssetError::Name => "understand-asset-name",
    });
    let args = [("line", line.number.into()), ("text", line.text.as_str().into()), ("why", (&why).into())];
    visit.ta("understand-assets-wrong", &args)
}

fn show(app: &App, visit: &Visit, form: Option<FormState>) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let (org, now) = (&actor.org, app.clock.now());
    let since = now - NEW_SECONDS;
    let (all, fresh) = app
        .engine
        .read(|views| Ok((hits::hits(views, org, now)?, hits::new_count(views, org, since, now)?)))?;
    let (list, at) =
        app.engine.read(|views| Ok((watched(views, org.as_str())?, changed(views, org.as_str())?)))?;
    let (alike, alike_fresh, alike_total) = alikes(app, org.as_str(), since)?;
    let waiting = app.store().map(|store| waiting(store, org.as_str())).transpose()?.flatten();
    let waits = waiting.is_some();
    let is_watching = !list.is_empty() || waiting.as_ref().is_some_and(|list| !list.is_empty());
    let form = form.unwrap_or_else(|| FormState::new().with("assets", waiting.unwrap_or(list).join("\n")));
    let template = AssetsPage {
        visit,
        crumbs: vec![Crumb::new("/desk/threats", visit.t("understand-home"))],
        total: all.len(),
        fresh,
        alike,
        alike_total,
        alike_fresh,
        rows: all.iter().take(SHOWN).map(|hit| row(visit, hit, since)).collect(),
        new_tag: Tag::new(Tone::Note, visit.t("understand-hit-new")),
        may_change: may_change(actor),
        is_watching,
        changed: at,
        waits,
        seconds: app.config.batch_seconds,
        hint: visit.ta("understand-assets-hint", &[("count", MAX_LINES.into())]),
        form,
    };
    Ok(form_page(&template, &template.form))
}

fn row(visit: &Visit, hit: &Hit, since: i64) -> Row {
    let (relation, todo) = match hit.relation.as_str() {
        "same" => ("understand-hit-same", "understand-todo-own"),
        "below" => ("understand-hit-below", "understand-todo-own"),
        "within" => ("understand-hit-within", "understand-todo-own"),
        "around" => ("understand-hit-around", "understand-todo-around"),
        "matched" => ("understand-hit-matched", "understand-todo-matched"),
        "alike" => ("understand-hit-alike", "understand-todo-alike"),
        _ => ("understand-hit-mentioned", "understand-todo-mentioned"),
    };
    // What is not a sign to look for is something to read.
    let is_sign = kinds::column(hit.item.kind()) == kinds::Column::Signs;
    Row {
        at: hit.at,
        is_new: hit.at > since,
        kind: kinds::word(visit, hit.item.kind()),
        title: hit.item.title().to_owned(),
        href: page_of(&hit.community, "objects", hit.item.id()),
        asset: hit.asset.clone(),
        relation: visit.t(relation),
        value: hit.value.clone(),
        todo: visit.t(if is_sign { todo } else { "understand-todo-mentioned" }),
        tlp: graph::tlp(&hit.item.found.tlp),
        by: hit.item.by.clone(),
        community: hit.community_name.clone(),
    }
}
