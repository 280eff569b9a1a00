//! One version of a playbook: what it is, its picture and its steps, what is wrong with it, what became of it.

use super::names::Names;
use super::parts::{Shown, shown};
use super::place::{Place, asked, place};
use super::{actor, crumbs, decides, href, signs};
use crate::library::read::{self, Adopted};
use crate::library::shelf;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use scr_core::Tlp;
use scr_engine::ActError;
use scr_web::components::{Crumb, Moment, Tag};
use scr_web::{App, Reply, Seal, Visit, just_recorded, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "library/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    place: &'a Place,
    shown: Shown,
    recorded: Option<Seal>,
    tag: Tag,
    seal: Seal,
    href: String,
    by: String,
    made: String,
    sha256: String,
    /// For whom it is in force.
    force: Vec<(String, u64)>,
    moments: Vec<Moment>,
    /// Earlier versions, to compare with.
    others: Vec<u64>,
    may_change: bool,
    may_adopt: bool,
    is_maker: bool,
    may_withdraw: bool,
    is_public: bool,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code, asked(visit, "version"))?;
        render(&app, visit, &place)
    })
    .await
}

/// How a version came to be.
pub(super) fn made(visit: &Visit, how: &str) -> String {
    // i18n: library-how-*
    match how {
        "starter" | "edit" => visit.t(&format!("library-how-{how}")),
        _ => visit.t("library-how-file"),
    }
}

fn render(app: &App, visit: &Visit, place: &Place) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let names = Names::of(app);
    let version = &place.version;
    let maker = app.engine.read(|views| read::maker(views, version.index))?;
    let is_maker = maker.as_deref() == Some(actor.person.as_str());
    let is_sound = place.book.plan.is_some();
    let template = OnePage {
        visit,
        crumbs: crumbs(visit, None),
        shown: shown(visit, &place.book, &version.code),
        recorded: just_recorded(app, visit)?,
        tag: place.tag(visit),
        seal: app.seal(version.index, version.at),
        href: href(&version.code),
        by: names.say(&version.org),
        made: made(visit, &version.how),
        sha256: version.sha256.to_hex(),
        force: force(&names, &place.history),
        moments: moments(app, visit, &names, place),
        others: place.versions.iter().map(|one| one.version).filter(|one| *one != version.version).collect(),
        may_change: place.is_own && place.is_newest() && decides(actor),
        may_adopt: is_sound && signs(actor) && !place.is_in_force() && !is_maker,
        is_maker: is_sound && signs(actor) && !place.is_in_force() && is_maker,
        may_withdraw: place.in_force().is_some() && decides(actor),
        is_public: place.book.tlp == Tlp::Clear,
        place,
    };
    Ok(page(&template).into())
}

/// For which organisations which versions are in force.
pub(super) fn force(names: &Names, history: &[Adopted]) -> Vec<(String, u64)> {
    let now = history.iter().filter(|one| one.ended.is_none());
    now.map(|one| (names.say(&one.org), one.version)).collect()
}

/// What became of a playbook, the newest first.
fn moments(app: &App, visit: &Visit, names: &Names, place: &Place) -> Vec<Moment> {
    let mut all: Vec<(u64, Moment)> = Vec::new();
    let mut add = |index: u64, at: i64, words: Vec<String>| {
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        all.push((index, Moment { at, text: words.join(" · "), seal: Some(app.seal(index, at)) }));
    };
    for one in &place.versions {
        let version = visit.ta("library-version-number", &[("number", one.version.into())]);
        let signed = one.signed_by.as_deref().map(|by| visit.ta("library-signed-by", &[("name", by.into())]));
        add(
            one.index,
            one.at,
            vec![version, made(visit, &one.how), one.reason.clone(), signed.unwrap_or_default()],
        );
    }
    for one in &place.history {
        let args = [("number", one.version.into()), ("org", names.say(&one.org).into())];
        add(one.index, one.at, vec![visit.ta("library-moment-adopted", &args)]);
        if let Some((index, at, reason)) = one.ended.as_ref().filter(|(_, _, reason)| !reason.is_empty()) {
            add(*index, *at, vec![visit.ta("library-moment-withdrawn", &args), reason.clone()]);
        }
    }
    all.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
    all.into_iter().map(|(_, moment)| moment).take(100).collect()
}

pub(super) async fn file(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, number)): Path<(String, u64)>,
) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code, Some(number))?;
        bytes(&app, &place)
    })
    .await
}

/// The exact bytes of a version, to be kept as a file: never shown as a page.
pub(super) fn bytes(app: &App, place: &Place) -> Result<Reply, ActError> {
    let content = shelf::bytes(&app.engine, &place.version.sha256)?.ok_or_else(shelf::gone)?;
    let name = format!("attachment; filename=\"{}-{}.json\"", place.version.code, place.version.version);
    let mut response = ([(header::CONTENT_TYPE, "application/json")], content).into_response();
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response.into())
}
