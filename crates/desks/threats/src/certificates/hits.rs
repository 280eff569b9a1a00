//! Names that were found in certificate logs and look like those of the reader's organisation.

use super::kept::{self, Hit};
use super::table;
use crate::exchange::Exchange;
use crate::login::actor;
use crate::pages::store_of;
use crate::read;
use crate::share::WRITERS;
use crate::understand::{assets, reasons};
use crate::watch;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_names::{Name, Reason};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, in_address, kept, run};
use std::sync::Arc;

/// Rows on the page of names.
const SHOWN: i64 = 100;

/// A row of the table.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) name: String,
    /// As people see it, where that is something else.
    pub(crate) shown: Option<String>,
    pub(crate) like: String,
    pub(crate) tag: Tag,
    pub(crate) score: u8,
    pub(crate) log: String,
    pub(crate) at: i64,
}

/// The section of the page of names.
pub(crate) struct Part {
    pub(crate) rows: Vec<Row>,
    pub(crate) total: usize,
    pub(crate) left_out: u64,
    /// Logs that are followed now.
    pub(crate) logs: usize,
    /// Logs that were stopped.
    pub(crate) stopped: usize,
}

fn shown(name: &str) -> Option<String> {
    Name::parse(name).ok().map(|name| name.unicode()).filter(|shown| shown != name)
}

fn tag(visit: &Visit, score: u8) -> Tag {
    let (tone, key) = match score {
        80.. => (Tone::Alarm, "understand-names-very"),
        65.. => (Tone::Warn, "understand-names-much"),
        _ => (Tone::Note, "understand-names-some"),
    };
    Tag::new(tone, visit.t(key))
}

/// What was found for an organisation; `None` where the server has no tables of its own.
pub(crate) fn found_part(app: &App, visit: &Visit, org: &str) -> Result<Option<Part>, ActError> {
    let Some(store) = app.store() else { return Ok(None) };
    let logs = table::logs(store)?;
    let name_of = |id: &str| logs.iter().find(|log| log.id == id).map(|log| log.setting.name.clone());
    let row = |hit: Hit| Row {
        href: format!("/desk/threats/names/{}", hit.number),
        shown: shown(&hit.found.name),
        name: hit.found.name,
        like: hit.found.looks_like,
        tag: tag(visit, hit.found.score),
        score: hit.found.score,
        log: name_of(&hit.found.log).unwrap_or_else(|| hit.found.log.clone()),
        at: hit.at,
    };
    let (_, total, left_out) = kept::counts(store, org, i64::MAX)?;
    Ok(Some(Part {
        rows: kept::hits(store, org, SHOWN)?.into_iter().map(row).collect(),
        total,
        left_out,
        logs: logs.iter().filter(|log| log.is_on && !log.is_stopped).count(),
        stopped: logs.iter().filter(|log| log.is_stopped).count(),
    }))
}

/// A community in which it can be shared.
struct Place {
    href: String,
    name: String,
}

#[derive(Template)]
#[template(path = "certificates/hit.html")]
struct HitPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    hit: &'a Hit,
    shown: Option<String>,
    tag: Tag,
    reasons: Vec<String>,
    log: String,
    log_href: String,
    logged_at: i64,
    words: String,
    places: Vec<Place>,
    may_share: bool,
}

fn number(text: &str) -> i64 {
    // What is no number is the number of nothing.
    text.parse().unwrap_or(-1)
}

fn show_hit(app: &App, visit: &Visit, hit: &Hit, form: &FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let log = table::log(store_of(app)?, &hit.found.log)?;
    let log = log.map_or_else(|| hit.found.log.clone(), |log| log.setting.name);
    let all: Vec<Reason> = serde_json::from_str(&hit.found.reasons).unwrap_or_default();
    let places = app.engine.read(|views| read::all_seen(views, Some(&actor.org)))?;
    let place = |one: read::Seen| Place {
        href: format!("/desk/threats/{}/share/form", in_address(&one.code)),
        name: one.community.name,
    };
    // Bare, without the marks that keep directions apart on a page: it goes on as text.
    let words = visit.ta(
        "certs-share-words",
        &[
            ("issuer", hit.found.issuer.as_str().into()),
            ("log", log.as_str().into()),
            ("entry", hit.found.entry.into()),
            ("fingerprint", hit.found.fingerprint.as_str().into()),
        ],
    );
    let words = words.replace(['\u{2068}', '\u{2069}'], "");
    let template = HitPage {
        visit,
        crumbs: vec![
            Crumb::new("/desk/threats", visit.t("understand-home")),
            Crumb::new("/desk/threats/names", visit.t("understand-names-title")),
        ],
        form,
        shown: shown(&hit.found.name),
        tag: tag(visit, hit.found.score),
        reasons: all.iter().map(|reason| reasons::words(visit, reason)).collect(),
        log_href: format!("/desk/threats/certificates/{}", hit.found.log),
        log,
        logged_at: hit.found.logged_ms.div_euclid(1_000),
        words,
        places: places.into_iter().filter(|one| one.member().is_some()).map(place).collect(),
        may_share: WRITERS.contains(&actor.role) && actor.place.is_none(),
        hit,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let hit = kept::hit(store_of(&app)?, actor(visit)?.org.as_str(), number(&id))?;
        show_hit(&app, visit, &hit, &FormState::new())
    })
    .await
}

/// Says that a name is in order: it goes, and with the next batch it stands in the list of what is allowed.
pub(super) async fn dismiss(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (store, actor) = (store_of(&app)?, actor(visit)?);
        let org = actor.org.as_str();
        let hit = kept::hit(store, org, number(&id))?;
        let mut list = assets::current(&app, org)?;
        let line = format!("allow:{}", hit.found.name);
        if !list.contains(&line) {
            list.push(line);
        }
        let done = watch::watch(&Exchange::of(&app), actor, &list);
        if kept(visit, &mut form, done)?.is_none() {
            return show_hit(&app, visit, &hit, &form);
        }
        kept::dismiss(store, org, hit.number)?;
        Ok(go("/desk/threats/names"))
    })
    .await
}
