//! The page: bring what you have seen, and read which of the shared signs it matches.

use super::read::{self, MAX_BYTES, MAX_OBJECTS, Wrong};
use super::store::{self, KEEP, MAX_KEPT};
use super::{PATH, hunt};
use crate::share::WRITERS;
use crate::understand::near::{Item, Place};
use crate::understand::state::{self, Feedback};
use crate::understand::{actor, page_of};
use askama::Template;
use axum::extract::{Multipart, State};
use scr_core::{Actor, OrgId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault, rusqlite};
use scr_store::Store;
use scr_threats::codes;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, incoming, run, run_heavy};
use std::sync::Arc;

/// Signs on the page.
const SHOWN: i64 = 300;
/// Pages of indicators that are looked through while somebody waits; the rest goes on by itself.
const AT_ONCE: u64 = 4;

/// A sign that something seen matches.
struct Row {
    href: String,
    title: String,
    seen: Vec<String>,
    by: String,
    community: String,
    state: Tag,
    at: i64,
}

#[derive(Template)]
#[template(path = "understand/observations.html")]
struct SeenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: FormState,
    rows: Vec<Row>,
    objects: i64,
    newest: i64,
    days: i64,
    may_change: bool,
    max_mib: usize,
}

fn tables(app: &App) -> Result<&Store, ActError> {
    Ok(app.store().ok_or_else(|| Fault::log(&"the desk has no operational tables"))?)
}

fn may_change(actor: &Actor) -> bool {
    WRITERS.contains(&actor.role) && actor.place.is_none()
}

/// What is of the organisation as a whole is not for somebody who acts for one place of it.
fn changing(visit: &Visit) -> Result<&Actor, ActError> {
    let actor = actor(visit)?;
    if may_change(actor) {
        return Ok(actor);
    }
    Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into())
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| show(&app, visit, FormState::new())).await
}

pub(super) async fn text(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let text = form.value("text").to_owned();
        take(&app, visit, ("text", text.as_bytes()), form)
    })
    .await
}

pub(super) async fn file(State(app): State<Arc<App>>, visit: Visit, mut parts: Multipart) -> Reply {
    let mut bytes = Vec::new();
    if let Err(error) = incoming(&app, &visit, &mut parts, &mut bytes).await {
        return error.reply(&visit);
    }
    run_heavy(Arc::clone(&app), visit, move |visit| take(&app, visit, ("file", &bytes), FormState::new()))
        .await
}

pub(super) async fn forget(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        store::forget(tables(&app)?, &changing(visit)?.org)?;
        Ok(go(PATH))
    })
    .await
}

/// Takes what was brought, or says what is wrong with it; nothing of it is kept then.
fn take(
    app: &App,
    visit: &Visit,
    (field, bytes): (&str, &[u8]),
    mut form: FormState,
) -> Result<Reply, ActError> {
    let (org, store) = (&changing(visit)?.org, tables(app)?);
    match read::objects(bytes) {
        Ok(objects) => {
            let kept = store::kept(store, org)?;
            if kept.bytes + bytes.len().cast_signed() as i64 > MAX_KEPT {
                form.reject(field, visit.ta("observed-full", &[("max", (MAX_KEPT >> 20).into())]));
                return show(app, visit, form);
            }
            store::keep(store, org, &objects, app.clock.now())?;
            look_through(app, store, org);
            return Ok(go(PATH));
        }
        Err(Wrong::Nothing) => form.reject(field, visit.t("observed-nothing")),
        Err(Wrong::TooMuch) => {
            let args = [("max", (MAX_BYTES >> 20).into()), ("count", MAX_OBJECTS.into())];
            form.reject(field, visit.ta("observed-too-much", &args));
        }
        Err(Wrong::Form(why)) => form.reject(field, visit.ta("observed-form", &[("why", why.into())])),
    }
    show(app, visit, form)
}

/// The first pages at once, so that most people read the answer with the next page. What fails here is tried again by the
/// work that runs each minute.
fn look_through(app: &App, store: &Store, org: &OrgId) {
    if let Err(error) = hunt::hunt(&app.engine, store, org, &mut |pages| Ok(pages < AT_ONCE)) {
        tracing::warn!(%error, "the search goes on later");
    }
}

fn show(app: &App, visit: &Visit, form: FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let store = tables(app)?;
    let kept = store::kept(store, &actor.org)?;
    let met = store::met(store, &actor.org, SHOWN)?;
    let template = SeenPage {
        visit,
        crumbs: vec![Crumb::new("/desk/threats", visit.t("understand-home"))],
        rows: rows(app, visit, &actor.org, &met)?,
        objects: kept.objects,
        newest: kept.newest,
        days: KEEP / 86_400,
        may_change: may_change(actor),
        max_mib: MAX_BYTES >> 20,
        form,
    };
    Ok(form_page(&template, &template.form))
}

/// An indicator that was met, with the name of its community, where the organisation still sees it.
fn item(
    views: &rusqlite::Connection,
    org: &OrgId,
    met: &store::Met,
) -> rusqlite::Result<Option<(String, Item)>> {
    let Some(place) = Place::open(views, &met.community, org)? else { return Ok(None) };
    let item = place.get(&met.id)?;
    Ok(item.map(|item| (place.seen.community.name.clone(), item)))
}

fn standing(item: &Item, now: i64) -> state::Standing {
    state::state_of(&item.head, Feedback::default(), now).standing
}

/// What was met and can still be seen; the state says what it is worth now.
fn rows(app: &App, visit: &Visit, org: &OrgId, met: &[store::Met]) -> Result<Vec<Row>, Fault> {
    let now = app.clock.now();
    app.engine.read(|views| {
        let mut rows = Vec::new();
        for one in met {
            let Some((community, item)) = item(views, org, one)? else { continue };
            rows.push(Row {
                href: page_of(&one.community, "objects", &one.id),
                title: item.title().to_owned(),
                seen: one.seen.clone(),
                by: item.by.clone(),
                community,
                state: state::tag(visit, standing(&item, now)),
                at: one.at,
            });
        }
        Ok(rows)
    })
}

/// How many signs matched after a moment, in seconds, that the organisation can still see and that count.
pub(crate) fn new_count(app: &App, org: &OrgId, since: i64) -> Result<usize, Fault> {
    let Some(store) = app.store() else { return Ok(0) };
    let met = store::met(store, org, SHOWN)?;
    app.engine.read(|views| {
        let mut count = 0;
        for one in met.iter().filter(|one| one.at > since) {
            let Some(item) = item(views, org, one)? else { continue };
            count += usize::from(standing(&item.1, app.clock.now()).counts());
        }
        Ok(count)
    })
}
