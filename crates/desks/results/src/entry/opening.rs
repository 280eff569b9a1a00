//! Opening a contest for entry by hand.

use super::paper::{fields_of, in_order};
use super::steps::{NewEntry, Station, open_entry};
use super::words::field_name;
use super::{crumbs, data};
use crate::desk::data::{self as desk_data, ContestRow, ElectionRow};
use crate::desk::{actor, form_page, go, run};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_results::field;
use scr_results::rules::{shipped, shipped_by_id};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Lines that most sheets have.
const USUAL: [&str; 4] = [field::REGISTERED, field::BALLOTS_CAST, field::VOTES_INVALID, field::VOTES_VALID];

/// A line that can be chosen.
struct FieldChoice {
    name: &'static str,
    text: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "entry/open.html")]
struct OpenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest: &'a ContestRow,
    election: &'a ElectionRow,
    form: &'a FormState,
    fields: Vec<FieldChoice>,
    packs: Vec<(String, String)>,
    stations: usize,
}

/// A contest with the stations that it may be opened for.
struct Choices {
    election: ElectionRow,
    contest: ContestRow,
    stations: Vec<Station>,
}

impl Choices {
    fn of(app: &App, (election, contest): &(String, String)) -> Result<Self, ActError> {
        let election = desk_data::election(app, election)?;
        let absent = || Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", contest);
        let contest = desk_data::contest(app, &election.id, contest)?.ok_or_else(absent)?;
        let stations = app.engine.read(|views| data::stations(views, &election.id))?;
        Ok(Self { election, contest, stations })
    }

    fn page(&self, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
        let fields = field::STANDARD.map(|name| FieldChoice {
            name,
            text: field_name(visit, name),
            chosen: form.is(&format!("field-{name}"), "yes"),
        });
        let mut packs = vec![(String::new(), visit.t("results-desk-none"))];
        for pack in shipped().map_err(|e| Fault::log(&e))? {
            packs.push((pack.id, pack.title.get(visit.lang_code()).to_owned()));
        }
        let mut crumbs = crumbs(visit, None, None);
        crumbs.push(Crumb::new(self.election.href(), self.election.title.clone()));
        let template = OpenPage {
            visit,
            crumbs,
            contest: &self.contest,
            election: &self.election,
            form,
            fields: fields.into(),
            packs,
            stations: self.stations.len(),
        };
        Ok(form_page(&template, form))
    }
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let choices = Choices::of(&app, &address)?;
        let mut form = FormState::new()
            .with("source", "entry")
            .with("source_name", visit.t("entry-source-name"))
            .with("pack", "generic");
        for name in USUAL {
            form = form.with(&format!("field-{name}"), "yes");
        }
        choices.page(visit, &form)
    })
    .await
}

pub(super) async fn open(
    State(app): State<Arc<App>>,
    Path(address): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let choices = Choices::of(&app, &address)?;
        let new = wanted(&choices, &form)?;
        match scr_web::kept(
            visit,
            &mut form,
            open_entry(&app.engine, actor(visit)?, &new, &choices.stations),
        )? {
            Some(receipts) => {
                let index = receipts.last().map_or(0, |receipt| receipt.index);
                app.engine.wait_for(index + 1, Duration::from_secs(10));
                Ok(go(&format!("/desk/entry/{index}?recorded={index}")))
            }
            None => choices.page(visit, &form),
        }
    })
    .await
}

fn wanted(choices: &Choices, form: &FormState) -> Result<NewEntry, ActError> {
    let pack = shipped_by_id(form.value("pack")).map_err(|e| Fault::log(&e))?;
    let mut names: BTreeSet<String> = field::STANDARD
        .into_iter()
        .filter(|name| form.is(&format!("field-{name}"), "yes"))
        .map(str::to_owned)
        .collect();
    // The general pack fits what is there; a country's pack says what its sheet has.
    let of_country = pack.as_ref().filter(|pack| pack.id != "generic");
    names.extend(of_country.map(fields_of).unwrap_or_default());
    let absent = |_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", &choices.election.id);
    Ok(NewEntry {
        election: ElectionId::new(choices.election.id.as_str()).map_err(absent)?,
        contest: choices.contest.id.clone(),
        source: form.value("source").to_owned(),
        source_name: form.value("source_name").to_owned(),
        fields: in_order(names),
        pack: pack.map(|pack| pack.id),
    })
}
