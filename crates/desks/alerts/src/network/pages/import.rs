//! Areas and stations come in: from the registry that the record has, or from two lists. Nothing is recorded yet.

use super::held::{Held, Key};
use super::words::problem_lines;
use super::{actor, crumbs, election_of, href};
use crate::network::derive;
use crate::network::view::{self, Election, Registry, Version};
use crate::network::{self, Network};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_canon::Hash32;
use scr_core::{Problem, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::components::{Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, incoming, run, run_heavy};
use std::sync::Arc;

/// Largest object of a registry, in bytes.
const MAX_REGISTRY: u64 = 512 << 20;

/// Lists that wait: the areas, and the stations where they are there, too.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) areas: String,
    pub(super) stations: Option<String>,
    /// What they were made of, for people.
    pub(super) source: String,
}

#[derive(Template)]
#[template(path = "network/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    registry: Option<Registry>,
    current: Option<Version>,
    /// Areas that wait for their stations.
    waiting: Option<usize>,
    problems: Vec<ProblemLine>,
    max_mib: usize,
}

pub(super) fn key(visit: &Visit, id: &str) -> Result<Key, Refusal> {
    Ok((id.to_owned(), actor(visit)?.person.as_str().to_owned()))
}

fn show(
    app: &App,
    visit: &Visit,
    election: &Election,
    (form, problems): (&FormState, &[Problem]),
) -> Result<Reply, ActError> {
    let id = &election.id;
    let (registry, current) =
        app.engine.read(|views| Ok((view::registry(views, id)?, view::current(views, id)?)))?;
    let held = app.soft::<Held<Lists>>().get(&key(visit, id)?, app.clock.now());
    let waiting = held.filter(|lists| lists.stations.is_none());
    let template = ImportPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(id),
        registry,
        current,
        waiting: waiting.map(|lists| lists.areas.lines().count().saturating_sub(1)),
        problems: problem_lines(visit, problems),
        max_mib: app.config.max_upload_bytes >> 20,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        show(&app, &visit, &election, (&FormState::new(), &[]))
    })
    .await
}

/// The stations of the newest registry, or `SCR-ALR-210`.
fn registered(app: &App, id: &str) -> Result<(Registry, Vec<scr_results::registry::Station>), ActError> {
    let none = || Refusal::new(RefusalKind::NotFound, "SCR-ALR-210").with("stations", 0);
    let registry = app.engine.read(|views| view::registry(views, id))?.ok_or_else(none)?;
    let hash: Hash32 = registry.object.parse().map_err(|_| Fault::log(&"the registry names no object"))?;
    let bytes = app.engine.objects().get(&hash, MAX_REGISTRY)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of a registry is not here"))?;
    let stations = scr_results::registry::read(&bytes).map_err(|error| Fault::log(&error))?;
    Ok((registry, stations))
}

pub(super) async fn from_registry(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let (registry, stations) = registered(&app, &id)?;
        let before = network::of(&app, &id)?;
        let derived = derive::derive(&stations, &election.title, before.as_deref());
        let checked = derived.and_then(|lists| {
            Network::read(&lists.areas, &lists.stations)?;
            Ok(lists)
        });
        match checked {
            Ok(lists) => {
                let source = visit.ta("alertnet-source-registry", &[("version", registry.version.into())]);
                let lists = Lists { areas: lists.areas, stations: Some(lists.stations), source };
                app.soft::<Held<Lists>>().keep(key(&visit, &id)?, lists, app.clock.now());
                Ok(go(&format!("{}/import/check", href(&id))))
            }
            Err(problems) => {
                form.reject("", visit.t("alertnet-wrong-problems"));
                show(&app, &visit, &election, (&form, &problems))
            }
        }
    })
    .await
}

/// A file as text; bytes that are no UTF-8 are what is wrong with it.
pub(super) fn text_of(visit: &Visit, bytes: Vec<u8>, form: &mut FormState) -> Option<String> {
    if bytes.is_empty() {
        form.reject("file", visit.t("alertnet-wrong-file"));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(_) => {
            form.reject("file", visit.t("alertnet-wrong-utf8"));
            None
        }
    }
}

pub(super) async fn areas(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let mut form = FormState::new();
        let Some(text) = text_of(&visit, bytes, &mut form) else {
            return show(&app, &visit, &election, (&form, &[]));
        };
        let limits = scr_alerts::areas::AreaLimits::default();
        match scr_alerts::areas::AreaTree::read(text.as_bytes(), &file.name, &limits) {
            Ok(_) => {
                let lists = Lists { areas: text, stations: None, source: file.name };
                app.soft::<Held<Lists>>().keep(key(&visit, &id)?, lists, app.clock.now());
                Ok(go(&format!("{}/import", href(&id))))
            }
            Err(problems) => {
                form.reject("file", visit.t("alertnet-wrong-problems"));
                show(&app, &visit, &election, (&form, &problems))
            }
        }
    })
    .await
}

pub(super) async fn stations(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let mut form = FormState::new();
        let Some(text) = text_of(&visit, bytes, &mut form) else {
            return show(&app, &visit, &election, (&form, &[]));
        };
        let (held, key) = (app.soft::<Held<Lists>>(), key(&visit, &id)?);
        let Some((areas, source)) = areas_for(&app, &id, held.get(&key, app.clock.now()).as_deref())? else {
            form.reject("file", visit.t("alertnet-wrong-areas-first"));
            return show(&app, &visit, &election, (&form, &[]));
        };
        match Network::read_named(&areas, &text, ("areas", &file.name)) {
            Ok(_) => {
                let source = if source.is_empty() { file.name } else { format!("{source}, {}", file.name) };
                held.keep(key, Lists { areas, stations: Some(text), source }, app.clock.now());
                Ok(go(&format!("{}/import/check", href(&id))))
            }
            Err(problems) => {
                form.reject("file", visit.t("alertnet-wrong-problems"));
                show(&app, &visit, &election, (&form, &problems))
            }
        }
    })
    .await
}

/// The areas that stations are read with: those that wait, else those in force.
fn areas_for(app: &App, id: &str, held: Option<&Lists>) -> Result<Option<(String, String)>, ActError> {
    if let Some(lists) = held {
        return Ok(Some((lists.areas.clone(), lists.source.clone())));
    }
    let Some(version) = app.engine.read(|views| view::current(views, id))? else { return Ok(None) };
    Ok(Some((network::lists_of(&app.engine, &version.object)?.0, String::new())))
}
