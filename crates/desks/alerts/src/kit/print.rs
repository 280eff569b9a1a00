//! A run of the printer: sealed sheets or cards of an area, one after the other. The answer holds them, and nothing else ever does.

use super::card::words as words_of;
use super::page::{chosen_lang, tongue_of};
use super::sheet::{Sheet, Spoken};
use super::stream::stream;
use super::{MOST, Run, What, card, record_print};
use crate::network::contacts;
use crate::network::pages::{actor, election_of, network_of};
use crate::network::{Election, Network, secrets};
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Card;
use scr_alerts::areas::Station;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_i18n::Lang;
use scr_web::{App, Posted, Reply, Visit, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the sheets stand in the page around them.
const HERE: &str = "<!--sheets-->";

#[derive(Template)]
#[template(path = "kit/run.html")]
struct RunPage<'a> {
    visit: &'a Visit,
    what: What,
    back: String,
    stations: usize,
    first: u32,
    last: u32,
    generation: u64,
}

/// What each sheet and card says of its station.
struct Facts {
    number: u32,
    name: String,
    area: String,
}

#[derive(Template)]
#[template(path = "kit/sheet.html")]
struct SheetPart<'a> {
    visit: &'a Visit,
    election: &'a Election,
    facts: &'a Facts,
    generation: u64,
    sheet: &'a Sheet,
}

#[derive(Template)]
#[template(path = "kit/card_part.html")]
struct CardPart<'a> {
    visit: &'a Visit,
    election: &'a Election,
    number: Option<u32>,
    name: &'a str,
    text: String,
    words: Vec<&'static str>,
    qr: Option<String>,
}

/// A card as it is printed.
pub(super) fn card_part(
    visit: &Visit,
    election: &Election,
    (number, name): (Option<u32>, &str),
    card: &Card,
) -> Result<String, askama::Error> {
    let text = card.to_string();
    let title = visit.t("alertkit-card-qr");
    let part = CardPart {
        visit,
        election,
        number,
        name,
        words: words_of(card, tongue_of(visit.lang())),
        qr: scr_charts::qr_long(&text, &title),
        text,
    };
    part.render()
}

/// The stations of a run: those of the area from a number on, at most [`MOST`].
pub(super) fn stations_of(network: &Network, area: Option<&str>, from: u32) -> Result<Vec<Station>, Refusal> {
    let within = match area {
        Some(code) => {
            let unknown =
                |_| Refusal::new(RefusalKind::NotFound, "SCR-ALR-311").on("area").with("most", MOST);
            Some(network.tree.within(&[code.to_owned()]).map_err(unknown)?)
        }
        None => None,
    };
    let stations = network.stations.all().iter().filter(|one| one.number >= from);
    let stations = stations.filter(|one| within.as_ref().is_none_or(|within| within.has(one.area)));
    Ok(stations.take(MOST).copied().collect())
}

/// The language of each station's first contact, where the program speaks it.
fn languages(app: &App, election: &str, stations: &[Station]) -> Result<BTreeMap<u32, Lang>, Fault> {
    let now = app.clock.now();
    app.engine.read(|views| {
        let mut all = BTreeMap::new();
        for station in stations {
            let first = contacts::of_station(views, election, station.number, now)?.into_iter().next();
            if let Some(lang) = first.and_then(|one| Lang::parse(&one.language)) {
                all.insert(station.number, lang);
            }
        }
        Ok(all)
    })
}

/// One sheet after the other.
struct Sheets {
    visit: Visit,
    election: Election,
    network: Arc<Network>,
    what: What,
    master: secrets::Master,
    card: Card,
    stations: std::vec::IntoIter<Station>,
    languages: BTreeMap<u32, Lang>,
    spoken: BTreeMap<&'static str, Spoken>,
    visits: BTreeMap<&'static str, Visit>,
}

impl Sheets {
    fn part(&mut self, station: Station) -> Result<String, askama::Error> {
        let lang = self.languages.get(&station.number).copied().unwrap_or(self.visit.lang());
        let visit = self.visits.entry(lang.code()).or_insert_with(|| self.visit.in_language(lang));
        let area = self.network.tree.area(station.area).map(|area| area.name.clone()).unwrap_or_default();
        let name = self.network.names.get(&station.number).map(|(_, name)| name.clone()).unwrap_or_default();
        if self.what == What::Cards {
            let card = Card { station: Some(station.number), ..self.card.clone() };
            return card_part(visit, &self.election, (Some(station.number), &name), &card);
        }
        let Some(secret) = self.master.station(station.number) else { return Ok(String::new()) };
        let spoken = self.spoken.entry(lang.code()).or_insert_with(|| Spoken::of(tongue_of(lang)));
        let facts = Facts { number: station.number, name, area };
        let part = SheetPart {
            visit,
            election: &self.election,
            facts: &facts,
            generation: self.master.generation(),
            sheet: &spoken.sheet(&secret),
        };
        part.render()
    }
}

impl Iterator for Sheets {
    type Item = Result<String, askama::Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let station = self.stations.next()?;
        Some(self.part(station))
    }
}

pub(super) async fn print(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let network = network_of(&app, &id)?;
        let what = if form.is("what", "cards") { What::Cards } else { What::Sheets };
        let area = Some(form.value("area")).filter(|code| !code.is_empty());
        let from = form.value("from").parse().unwrap_or(0);
        let stations = stations_of(&network, area, from)?;
        let (first, last) =
            (stations.first().map_or(0, |one| one.number), stations.last().map_or(0, |one| one.number));
        let wanted = Run { what, area, first, last, stations: stations.len() };
        // Whether the card can be made is known before anything is recorded.
        let card = card(&app, &id, None)?;
        let (master, _) = record_print(&app, actor(&visit)?, &id, &wanted)?;
        let visit = visit.in_language(chosen_lang(&form, &visit));
        let languages =
            if form.is("language", "own") { languages(&app, &id, &stations)? } else { BTreeMap::new() };
        let around = RunPage {
            visit: &visit,
            what,
            back: super::href(&id),
            stations: stations.len(),
            first,
            last,
            generation: master.generation(),
        };
        let around = around.render().map_err(|error| ActError::from(Fault::log(&error)))?;
        let (head, tail) = around.split_once(HERE).unwrap_or((&around, ""));
        let (head, tail) = (head.to_owned(), tail.to_owned());
        let sheets = Sheets {
            visit,
            election,
            network,
            what,
            master,
            card,
            stations: stations.into_iter(),
            languages,
            spoken: BTreeMap::new(),
            visits: BTreeMap::new(),
        };
        Ok(stream(std::iter::once(Ok(head)).chain(sheets).chain(std::iter::once(Ok(tail)))).into())
    })
    .await
}
