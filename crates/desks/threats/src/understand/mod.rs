//! Understanding what is shared: a picture of what belongs together, its course over time, who is held to be behind it,
//! and what of it touches the reader's own organisation.

mod actor;
pub(crate) mod assets;
mod behind;
mod gather;
mod graph;
pub(crate) mod hits;
mod kinds;
mod lanes;
mod layout;
mod names;
pub(crate) mod near;
mod picture;
pub(crate) mod reasons;
pub(crate) mod state;
mod story;
mod svg;
mod timeline;

pub(crate) use names::matcher;

pub(crate) use crate::login::actor;
use crate::share::WRITERS;
use crate::understand::near::Place;
use scr_core::{Refusal, RefusalKind, Role};
use scr_engine::{ActError, rusqlite};
use scr_i18n::Lang;
use scr_threats::codes;
use scr_web::components::Crumb;
use scr_web::{Allow, App, Routes, Visit, in_address};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/understand.en.ftl")),
    (Lang::Fr, include_str!("../../texts/understand.fr.ftl")),
    (Lang::Es, include_str!("../../texts/understand.es.ftl")),
    (Lang::Ar, include_str!("../../texts/understand.ar.ftl")),
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const WRITING: Allow = Allow::Roles(&WRITERS);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/threats/{community}/graph/{id}", EVERY_ROLE, graph::graph)
        .get("/desk/threats/{community}/timeline/{id}", EVERY_ROLE, timeline::timeline)
        .get("/desk/threats/{community}/actors/{id}", EVERY_ROLE, actor::follow)
        .get("/desk/threats/assets", EVERY_ROLE, assets::look)
        .post("/desk/threats/assets", WRITING, assets::keep)
        .get("/desk/threats/names", EVERY_ROLE, names::look)
        .post("/desk/threats/names", EVERY_ROLE, names::check)
}

/// What a page reads of a community; `None` from `read` is an object that is not there for this reader.
fn in_place<T>(
    app: &App,
    visit: &Visit,
    code: &str,
    read: impl FnOnce(&Place<'_>) -> rusqlite::Result<Option<T>>,
) -> Result<(String, T), ActError> {
    let org = &actor(visit)?.org;
    let found = app.engine.read(|views| {
        let Some(place) = Place::open(views, code, org)? else { return Ok(None) };
        let name = place.seen.community.name.clone();
        read(&place).map(|result| Some((name, result)))
    })?;
    let refuse = |code: &str| ActError::from(Refusal::new(RefusalKind::NotFound, code));
    let (name, result) = found.ok_or_else(|| refuse(codes::NO_COMMUNITY))?;
    Ok((name, result.ok_or_else(|| refuse(codes::NO_OBJECT))?))
}

/// The address of a page about an object: `objects` is its own.
pub(crate) fn page_of(code: &str, page: &str, id: &str) -> String {
    format!("/desk/threats/{}/{page}/{}", in_address(code), in_address(id))
}

fn crumbs(visit: &Visit, code: &str, name: &str, object: (&str, &str)) -> Vec<Crumb> {
    let (id, title) = object;
    vec![
        Crumb::new("/desk/threats", visit.t("understand-home")),
        Crumb::new(format!("/desk/threats/{}", in_address(code)), name),
        Crumb::new(page_of(code, "objects", id), title),
    ]
}
