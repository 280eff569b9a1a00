//! Last step of a registry: what it would change, everything that is wrong, and the act.

use super::super::data::{self, ElectionRow};
use super::super::draft::{Draft, Purpose};
use super::super::problems::problem_line;
use super::super::upload::{limits, steps};
use super::super::{actor, crumbs, form_page, recorded, run_heavy};
use super::{draft_href, href};
use crate::registry::data::{RegistryRow, newest_registry};
use crate::registry::{MAX_REGISTRY_BYTES, NewRegistry, import_registry};
use askama::Template;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_intake::{Input, RegistryMapping, stations};
use scr_results::registry::{self, RegistryChange, Station};
use scr_results::{Problem, Severity};
use scr_web::components::{Answer, Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// Stations of each kind of change that are shown.
const EXAMPLES: usize = 20;
/// Problems that are shown.
const MAX_PROBLEMS: usize = 1_000;

/// A station whose statement changes.
struct Changed {
    unit: String,
    before: String,
    now: String,
}

#[derive(Template)]
#[template(path = "results/desk_registry_preview.html")]
struct PreviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    hash: &'a str,
    form: &'a FormState,
    answers: Vec<Answer>,
    errors: u64,
    problems: Vec<ProblemLine>,
    unlisted: u64,
    units: u64,
    records: u64,
    registered: u64,
    without_registered: u64,
    before: Option<&'a RegistryRow>,
    version: u64,
    change: &'a RegistryChange,
    added: &'a [String],
    gone: &'a [String],
    changed: Vec<Changed>,
    sample: &'a [Station],
    may_record: bool,
}

/// A draft read.
struct Looked {
    draft: Draft,
    election: ElectionRow,
    file: Vec<u8>,
    mapping: String,
    stations: Vec<Station>,
    problems: Vec<Problem>,
    unlisted: u64,
    records: u64,
    before: Option<RegistryRow>,
    change: RegistryChange,
}

impl Looked {
    fn at(app: &App, visit: &Visit, hash: &str) -> Result<Self, ActError> {
        let draft = Draft::load_for(app, visit, Purpose::Registry, hash)?;
        let election = data::election(app, &draft.election)?;
        let file = draft.file(app)?;
        let before = app.engine.read(|views| newest_registry(views, &election.id))?;
        let mut looked = Self {
            mapping: draft.mapping.clone(),
            draft,
            election,
            file,
            stations: Vec::new(),
            problems: Vec::new(),
            unlisted: 0,
            records: 0,
            before,
            change: RegistryChange::default(),
        };
        match RegistryMapping::parse(&looked.draft.mapping, "mapping.toml") {
            Ok(mapping) => looked.read(app, &mapping),
            Err(problem) => looked.problems.push(*problem),
        }
        if looked.is_ready() {
            let before = match &looked.before {
                Some(before) => stations_of(app, before)?,
                None => Vec::new(),
            };
            looked.change = registry::change(&before, &looked.stations);
        }
        Ok(looked)
    }

    fn read(&mut self, app: &App, mapping: &RegistryMapping) {
        let input = Input { name: &self.draft.file_name, bytes: &self.file };
        let intake = scr_intake::registry(input, mapping, &limits(app));
        let (stations, problems) = stations(&intake, &self.draft.file_name);
        self.records = intake.records;
        self.unlisted = intake.unlisted.values().sum();
        self.problems = intake.problems;
        self.problems.extend(problems);
        if self.problems.len() > MAX_PROBLEMS {
            self.unlisted += (self.problems.len() - MAX_PROBLEMS) as u64;
            // Errors come first, so that none is hidden behind a thousand notes.
            self.problems.sort_by_key(|problem| problem.severity != Severity::Error);
            self.problems.truncate(MAX_PROBLEMS);
        }
        self.stations = stations;
    }

    fn errors(&self) -> u64 {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count() as u64
    }

    fn is_ready(&self) -> bool {
        self.errors() == 0 && !self.stations.is_empty()
    }

    fn answers(&self, visit: &Visit, hash: &str) -> Vec<Answer> {
        let change = Some(draft_href(hash));
        let answer =
            |key: &str, answer: String| Answer { question: visit.t(key), answer, change: change.clone() };
        let mapping = RegistryMapping::parse(&self.draft.mapping, "mapping.toml");
        let columns = mapping.map(|m| (m.code.join(" + "), m.path.join(" / "))).unwrap_or_default();
        vec![
            answer("results-desk-file", self.draft.file_name.clone()),
            answer("results-desk-registry-code", columns.0),
            answer("results-desk-registry-places", columns.1),
        ]
    }

    fn page(&self, visit: &Visit, hash: &str, form: &FormState) -> Reply {
        let first = |codes: &'_ [String]| codes.len().min(EXAMPLES);
        let changed = self.change.changed.iter().take(EXAMPLES).map(|(before, now)| Changed {
            unit: now.unit.clone(),
            before: facts(visit, before),
            now: facts(visit, now),
        });
        let template = PreviewPage {
            crumbs: crumbs(visit, Some(&self.election)),
            steps: steps(visit),
            answers: self.answers(visit, hash),
            errors: self.errors(),
            problems: self.problems.iter().map(|problem| problem_line(visit, problem)).collect(),
            unlisted: self.unlisted,
            units: self.stations.len() as u64,
            records: self.records,
            registered: self.stations.iter().filter_map(|one| one.registered).sum(),
            without_registered: self.stations.iter().filter(|one| one.registered.is_none()).count() as u64,
            before: self.before.as_ref(),
            version: self.before.as_ref().map_or(0, |before| before.version) + 1,
            added: &self.change.added[..first(&self.change.added)],
            gone: &self.change.gone[..first(&self.change.gone)],
            changed: changed.collect(),
            change: &self.change,
            sample: &self.stations[..self.stations.len().min(EXAMPLES)],
            may_record: self.is_ready(),
            visit,
            hash,
            form,
        };
        form_page(&template, form)
    }
}

/// What a station states, in one line.
fn facts(visit: &Visit, station: &Station) -> String {
    let registered = station.registered.map(|registered| {
        visit.ta("results-desk-registry-registered-count", &[("count", registered.into())])
    });
    let parts =
        [Some(station.name.clone()), Some(station.parents.join(" / ")), Some(station.address.clone())];
    let parts: Vec<String> =
        parts.into_iter().flatten().chain(registered).filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// The stations of a version.
fn stations_of(app: &App, row: &RegistryRow) -> Result<Vec<Station>, ActError> {
    let hash: Hash32 = row.object.parse().map_err(|error| Fault::log(&error))?;
    let bytes = app.engine.objects().get(&hash, MAX_REGISTRY_BYTES)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of a registry is not here"))?;
    Ok(registry::read(&bytes).map_err(|error| Fault::log(&error))?)
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(hash): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        Ok(Looked::at(&app, visit, &hash)?.page(visit, &hash, &FormState::new()))
    })
    .await
}

/// The act.
pub(crate) async fn confirm(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let looked = Looked::at(&app, visit, &hash)?;
        if !looked.is_ready() {
            form.reject("", visit.t("results-desk-not-ready"));
            return Ok(looked.page(visit, &hash, &form));
        }
        let election = ElectionId::new(looked.election.id.as_str())
            .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009"))?;
        let new = NewRegistry {
            election,
            stations: &looked.stations,
            mapping: Some(&looked.mapping),
            file_name: looked.draft.file_name.clone(),
            file: Some(&looked.file),
            reason: Some(form.value("reason").to_owned()),
        };
        match scr_web::kept(visit, &mut form, import_registry(&app.engine, actor(visit)?, &new))? {
            Some(receipts) => Ok(recorded(&app, &href(&looked.election), &receipts)),
            None => Ok(looked.page(visit, &hash, &form)),
        }
    })
    .await
}
