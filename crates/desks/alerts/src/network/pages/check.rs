//! What lists of areas and stations would change, to be confirmed.

use super::held::Held;
use super::import::{Lists, key};
use super::{actor, crumbs, election_of, href, refuse};
use crate::network::derive::{Changes, changes};
use crate::network::view::Election;
use crate::network::{self, Network, NewNetwork};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::{ActError, Fault};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, recorded, run_heavy};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "network/check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    source: &'a str,
    sha256: String,
    stations: usize,
    areas: usize,
    /// Stations with coordinates.
    placed: usize,
    voters: u64,
    changes: Changes,
    replaces: bool,
}

/// The hash of exactly what is confirmed.
fn digest(lists: &Lists) -> String {
    let stations = lists.stations.as_deref().unwrap_or_default();
    scr_canon::sha256(format!("{}\n{}\n{stations}", lists.areas.len(), lists.areas).as_bytes()).to_hex()
}

fn show(
    app: &App,
    visit: &Visit,
    election: &Election,
    (form, lists): (&FormState, &Lists),
) -> Result<Reply, ActError> {
    let id = &election.id;
    let stations = lists.stations.as_deref().unwrap_or_default();
    let read = Network::read(&lists.areas, stations);
    let read =
        read.map_err(|problems| Fault::log(&format!("lists that were read cannot be: {problems:?}")))?;
    let before = network::of(app, id)?;
    let template = CheckPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(id),
        source: &lists.source,
        sha256: digest(lists),
        stations: read.stations.all().len(),
        areas: read.tree.areas().len(),
        placed: read.places.len(),
        voters: read.voters(),
        changes: changes(before.as_deref(), &read),
        replaces: before.is_some(),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let held = app.soft::<Held<Lists>>().get(&key(&visit, &id)?, app.clock.now());
        match held.filter(|lists| lists.stations.is_some()) {
            Some(lists) => show(&app, &visit, &election, (&FormState::new(), &lists)),
            None => Ok(go(&format!("{}/import", href(&id)))),
        }
    })
    .await
}

pub(super) async fn confirm(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let (held, key) = (app.soft::<Held<Lists>>(), key(&visit, &id)?);
        let lists = held.get(&key, app.clock.now()).filter(|lists| form.is("sha256", digest(lists)));
        let Some(lists) = lists else { return Ok(go(&format!("{}/import", href(&id)))) };
        let new = NewNetwork {
            election: &id,
            areas: &lists.areas,
            stations: lists.stations.as_deref().unwrap_or_default(),
            reason: Some(form.value("reason")),
        };
        match network::import(&app.engine, actor(&visit)?, &new) {
            Ok(receipts) => {
                held.forget(&key);
                Ok(recorded(&app, &href(&id), &receipts))
            }
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                show(&app, &visit, &election, (&form, &lists))
            }
        }
    })
    .await
}
