//! A map of an election: the file, how its features are joined to the units, and the act.

use super::data::{self, ElectionRow};
use super::draft::{Draft, Purpose};
use super::spool::take;
use super::{actor, crumbs, form_page, go, recorded, run, run_heavy};
use crate::maps::{self, MapRow, NewMap};
use crate::views::MAX_TABLE_BYTES;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use rusqlite::OptionalExtension;
use scr_canon::Hash32;
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_results::map::{Collection, Matching, Rule, propose};
use scr_results::{Table, published};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results/desk_map.html")]
struct UploadPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    now: Option<(MapRow, Seal)>,
}

pub(crate) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        upload_page(&app, visit, &election, &FormState::new())
    })
    .await
}

fn upload_page(
    app: &App,
    visit: &Visit,
    election: &ElectionRow,
    form: &FormState,
) -> Result<Reply, ActError> {
    let now = app.engine.read(|views| maps::newest(views, &election.id))?;
    let now = now.map(|row| (row.clone(), app.seal(row.index, row.at)));
    Ok(form_page(&UploadPage { visit, crumbs: crumbs(visit, Some(election)), form, now }, form))
}

pub(crate) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let upload = match take(&app, &visit, &mut parts).await {
        Ok(upload) => upload,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let election = data::election(&app, &id)?;
        let mut form = FormState::new();
        let Some(file) = upload.file else {
            form.reject("file", visit.t("results-desk-wrong-file"));
            return upload_page(&app, visit, &election, &form);
        };
        let draft = Draft::new(visit, Purpose::Results, &election.id, &file, upload.name)?;
        if let Err(error) = Collection::read(&draft.file(&app)?) {
            form.refuse(visit, &maps::refusal(&error));
            return upload_page(&app, visit, &election, &form);
        }
        let draft = draft.save(&app)?;
        Ok(go(&format!("{}/map/{draft}", election.href())))
    })
    .await
}

/// A way to join the file to the units, as the page offers it.
struct Choice {
    value: String,
    text: String,
}

#[derive(Template)]
#[template(path = "results/desk_map_match.html")]
struct MatchPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    href: String,
    form: &'a FormState,
    features: usize,
    choices: Vec<Choice>,
    chosen: String,
    matching: Option<Matching>,
    is_later: bool,
}

/// A draft with what it can be joined to.
struct Looked {
    election: ElectionRow,
    collection: Collection,
    table: Option<Table>,
    is_later: bool,
    href: String,
}

impl Looked {
    fn at(app: &App, visit: &Visit, id: &str, hash: &str) -> Result<Self, ActError> {
        let election = data::election(app, id)?;
        let draft = Draft::load(app, visit, hash)?.of(&election.id)?;
        let collection = Collection::read(&draft.file(app)?).map_err(|error| maps::refusal(&error))?;
        let (object, now) = app.engine.read(|views| {
            // The newest table of the election knows most of its units.
            let object: Option<String> = views
                .prepare_cached(
                    "SELECT object FROM results_table WHERE election = ?1 ORDER BY idx DESC LIMIT 1",
                )?
                .query_row([&election.id], |row| row.get(0))
                .optional()?;
            Ok((object, maps::newest(views, &election.id)?))
        })?;
        let table = object.map(|object| table(app, &object)).transpose()?;
        let href = format!("{}/map/{hash}", election.href());
        Ok(Self { election, collection, table, is_later: now.is_some(), href })
    }

    fn page(&self, visit: &Visit, form: &FormState) -> Reply {
        let ways = self.table.as_ref().map(|table| propose(table, &self.collection)).unwrap_or_default();
        let mut choices: Vec<Choice> = ways
            .iter()
            .map(|way| Choice {
                value: format!("{}@{}", way.rule, way.property),
                text: visit.ta(
                    "results-desk-map-way",
                    &[
                        ("property", (&way.property).into()),
                        ("rule", rule_text(visit, way.rule).into()),
                        ("units", way.units_matched.into()),
                    ],
                ),
            })
            .collect();
        if choices.is_empty() {
            // Nothing is there to compare with yet: the codes of units are the usual way.
            let plain = |name: &&str| Choice {
                value: format!("{}@{name}", Rule::Unit),
                text: format!("{name}: {}", rule_text(visit, Rule::Unit)),
            };
            choices = self.collection.names().iter().map(plain).collect();
        }
        let typed = Some(form.value("way")).filter(|way| !way.is_empty()).or_else(|| visit.query.get("way"));
        let chosen = typed.map(str::to_owned).or_else(|| choices.first().map(|way| way.value.clone()));
        let chosen = chosen.unwrap_or_default();
        let matching = self
            .table
            .as_ref()
            .zip(parse(&chosen))
            .map(|(table, (rule, property))| Matching::of(table, &self.collection, property, rule));
        let page = MatchPage {
            visit,
            crumbs: crumbs(visit, Some(&self.election)),
            href: self.href.clone(),
            features: self.collection.len(),
            choices,
            chosen,
            matching,
            is_later: self.is_later,
            form,
        };
        form_page(&page, form)
    }
}

fn table(app: &App, object: &str) -> Result<Table, Fault> {
    let hash: Hash32 = object.parse().map_err(|error| Fault::log(&error))?;
    let bytes = app.engine.objects().get(&hash, MAX_TABLE_BYTES)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object is not here"))?;
    published::read(&bytes).map_err(|error| Fault::log(&error))
}

/// `rule@property`: a rule has no `@`.
fn parse(way: &str) -> Option<(Rule, &str)> {
    let (rule, property) = way.split_once('@')?;
    Some((rule.parse().ok()?, property))
}

fn rule_text(visit: &Visit, rule: Rule) -> String {
    match rule {
        Rule::Unit => visit.t("results-desk-map-rule-unit"),
        Rule::Place(level) => visit.ta("results-desk-map-rule-place", &[("level", u64::from(level).into())]),
        Rule::Prefix(length) => {
            visit.ta("results-desk-map-rule-prefix", &[("length", u64::from(length).into())])
        }
    }
}

pub(crate) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, hash)): Path<(String, String)>,
) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        Ok(Looked::at(&app, visit, &id, &hash)?.page(visit, &FormState::new()))
    })
    .await
}

/// The act.
pub(crate) async fn confirm(
    State(app): State<Arc<App>>,
    Path((id, hash)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let looked = Looked::at(&app, visit, &id, &hash)?;
        let way = form.value("way").to_owned();
        let Some((rule, property)) = parse(&way) else {
            form.reject("way", visit.t("results-desk-wrong-choice"));
            return Ok(looked.page(visit, &form));
        };
        let map = match looked.collection.by(property) {
            Ok(map) => map,
            Err(error) => {
                form.refuse(visit, &maps::refusal(&error).on("way"));
                return Ok(looked.page(visit, &form));
            }
        };
        let election = ElectionId::new(looked.election.id.as_str())
            .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009"))?;
        let reason = Some(form.value("reason").to_owned());
        let new = NewMap { election, map: &map, property: property.to_owned(), rule, reason };
        match scr_web::kept(visit, &mut form, maps::import_map(&app.engine, actor(visit)?, &new))? {
            Some(receipts) => Ok(recorded(&app, &looked.election.href(), &receipts)),
            None => Ok(looked.page(visit, &form)),
        }
    })
    .await
}
