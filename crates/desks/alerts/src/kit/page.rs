//! The page of the kit: what to print, for whom, what was printed; the card; new secrets when a kit is lost.

use super::card::words as words_of;
use super::print::card_part;
use super::{MOST, Print, Printed, card, href, printed, prints, renew as renew_act};
use crate::network::pages::{self, actor, election_of, network_of};
use crate::network::{Election, Network};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_alerts::areas::Area;
use scr_alerts::words::Tongue;
use scr_engine::{ActError, Fault};
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, kept, page, recorded, run,
};
use std::sync::Arc;

/// Areas that are listed.
const AREAS: usize = 200;
/// Runs that are listed.
const PRINTS: u16 = 50;

/// An area with the runs that it needs.
struct AreaRow {
    area: Area,
    /// First number of each run, and how many stations it has.
    runs: Vec<(u32, usize)>,
}

#[derive(Template)]
#[template(path = "kit/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    printed: Printed,
    stations: usize,
    areas: Vec<AreaRow>,
    more_areas: usize,
    prints: Vec<(Print, Seal)>,
    languages: Vec<(String, String)>,
    words: Vec<&'static str>,
    most: usize,
    done: Option<Seal>,
}

pub(super) fn tongue_of(lang: Lang) -> Tongue {
    Tongue::of_code(lang.code()).unwrap_or(Tongue::En)
}

/// The language that was chosen for paper; the reader's own otherwise.
pub(super) fn chosen_lang(form: &FormState, visit: &Visit) -> Lang {
    Lang::parse(form.value("language")).unwrap_or(visit.lang())
}

/// Areas that have stations of their own, with the runs that they need.
fn rows(network: &Network) -> (Vec<AreaRow>, usize) {
    let mut own: Vec<Vec<u32>> = vec![Vec::new(); network.tree.areas().len()];
    for station in network.stations.all() {
        if let Some(list) = usize::try_from(station.area).ok().and_then(|at| own.get_mut(at)) {
            list.push(station.number);
        }
    }
    let with = network.tree.areas().iter().zip(&own).filter(|(_, list)| !list.is_empty());
    let total = with.clone().count();
    let row = |(area, list): (&Area, &Vec<u32>)| AreaRow {
        area: area.clone(),
        runs: list.chunks(MOST).map(|run| (run.first().copied().unwrap_or(0), run.len())).collect(),
    };
    (with.take(AREAS).map(row).collect(), total.saturating_sub(AREAS))
}

fn shown(app: &App, visit: &Visit, election: &Election, form: &FormState) -> Result<Reply, ActError> {
    let id = election.id.clone();
    let network = network_of(app, &id)?;
    let (printed, prints) =
        app.engine.read(|views| Ok((printed(views, &id)?, prints(views, &id, PRINTS)?)))?;
    let (areas, more_areas) = rows(&network);
    let mut languages = vec![("own".to_owned(), visit.t("alertkit-language-own"))];
    languages.extend(Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())));
    let words = words_of(&card(app, &id, None)?, tongue_of(visit.lang()));
    let template = HomePage {
        visit,
        crumbs: pages::crumbs(visit, Some(election)),
        form,
        base: href(&id),
        printed,
        stations: network.stations.all().len(),
        areas,
        more_areas,
        prints: prints
            .into_iter()
            .map(|print| {
                let seal = app.seal(print.index, print.at);
                (print, seal)
            })
            .collect(),
        languages,
        words,
        most: MOST,
        done: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        shown(&app, &visit, &election, &FormState::new().with("what", "sheets").with("language", "own"))
    })
    .await
}

pub(super) async fn renew(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let done = renew_act(&app, actor(&visit)?, &id, form.value("reason"));
        match kept(&visit, &mut form, done)? {
            Some(receipts) => Ok(recorded(&app, &href(&id), &receipts)),
            None => shown(&app, &visit, &election, &form),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "kit/card.html")]
struct CardPage<'a> {
    visit: &'a Visit,
    back: String,
    part: String,
}

pub(super) async fn card_page(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let card = card(&app, &id, None)?;
        let part = card_part(&visit, &election, (None, ""), &card).map_err(|error| Fault::log(&error))?;
        Ok(page(&CardPage { visit: &visit, back: href(&id), part }).into())
    })
    .await
}

pub(super) async fn card_text(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        election_of(&app, visit, &id)?;
        let text = card(&app, &id, None)?.to_string();
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"alert-card.txt\""),
        ];
        Ok((headers, text).into_response().into())
    })
    .await
}
