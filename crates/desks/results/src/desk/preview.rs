//! Last step of an import: everything that would be recorded, everything that is wrong, and the act.

use super::against::Against;
use super::data::{self, ContestRow, ElectionRow, TableRow};
use super::draft::Draft;
use super::problems::{CheckLine, check_lines, problem_line};
use super::reading::{self, Reading};
use super::upload::steps;
use super::{actor, crumbs, form_page, go, just_recorded, recorded, role, run_heavy};
use crate::commands::{self, NewTable};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Fault};
use scr_intake::Mapping;
use scr_results::checks::{self, Report};
use scr_results::{Contestant, Severity, Totals};
use scr_web::components::{Answer, Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit};
use std::sync::Arc;

/// The answer that a column is no contestant; no id begins with a dash.
const NO_CONTESTANT: &str = "-";

/// A contestant's votes in this file and in the version before.
struct Change {
    name: String,
    before: Option<u64>,
    now: Option<u64>,
    difference: Option<i64>,
}

#[derive(Template)]
#[template(path = "results/desk_preview.html")]
struct PreviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    recorded: Option<Seal>,
    hash: &'a str,
    define_href: String,
    may_define: bool,
    answers: Vec<Answer>,
    reading: &'a Reading,
    errors: u64,
    problems: Vec<ProblemLine>,
    contest: Option<&'a ContestRow>,
    known: Vec<(String, String)>,
    version: u64,
    before: Option<&'a TableRow>,
    units: u64,
    changes: Vec<Change>,
    findings: u64,
    checks: Vec<CheckLine>,
    may_record: bool,
    form: &'a FormState,
}

/// A draft with everything that is known about it.
struct Looked {
    draft: Draft,
    election: ElectionRow,
    contest: Option<ContestRow>,
    before: Option<TableRow>,
    reading: Reading,
    report: Option<Report>,
    against: Against,
}

impl Looked {
    fn at(app: &App, visit: &Visit, hash: &str) -> Result<Self, ActError> {
        let draft = Draft::load(app, visit, hash)?;
        let election = data::election(app, &draft.election)?;
        let contest = data::contest(app, &election.id, &draft.contest)?;
        let reading = reading::of(app, &draft, contest.as_ref())?;
        let tables = app.engine.read(|views| data::tables(views, &election.id))?;
        // The newest version of a source stands first.
        let before =
            tables.into_iter().find(|table| table.contest == draft.contest && table.source == draft.source);
        let against = Against::of(app, &election)?;
        let report = reading.table.as_ref().map(|table| {
            let votes_per_ballot = contest.as_ref().map_or(1, |contest| contest.votes_per_ballot);
            against.check(&checks::Input { votes_per_ballot, ..checks::Input::new(table) })
        });
        Ok(Self { draft, election, contest, before, reading, report, against })
    }

    /// Whether it can be recorded: a contest, a whole table, and nobody unknown in it.
    fn is_ready(&self) -> bool {
        self.contest.is_some() && self.reading.table.is_some() && self.reading.unknown.is_empty()
    }

    fn changes(&self) -> Vec<Change> {
        let Some(table) = &self.reading.table else { return Vec::new() };
        let totals = Totals::of(table);
        let change = |contestant: &Contestant| {
            let now = totals.votes(&contestant.id);
            let before = self.before.as_ref().and_then(|before| before.votes(&contestant.id));
            let signed = |votes: Option<u64>| i64::try_from(votes?).ok();
            let difference = signed(now).zip(signed(before)).map(|(now, before)| now - before);
            Change { name: contestant.name.clone(), before, now, difference }
        };
        table.contestants().iter().map(change).collect()
    }

    fn answers(&self, visit: &Visit, hash: &str) -> Vec<Answer> {
        let change = Some(format!("/desk/imports/{hash}"));
        let answer =
            |key: &str, answer: String| Answer { question: visit.t(key), answer, change: change.clone() };
        let contest = self.contest.as_ref().map_or(visit.t("results-desk-none"), |c| c.title.clone());
        vec![
            answer("results-desk-file", self.draft.file_name.clone()),
            answer("results-desk-contest", contest),
            answer("results-desk-source", format!("{} ({})", self.draft.source_name, self.draft.source)),
        ]
    }

    fn page(&self, app: &App, visit: &Visit, hash: &str, form: &FormState) -> Result<Reply, ActError> {
        let reading = &self.reading;
        let is_error = |problem: &&scr_results::Problem| problem.severity == Severity::Error;
        let none = (String::new(), visit.t("results-desk-none"));
        let contestants = self.contest.iter().flat_map(|contest| &contest.contestants);
        let template = PreviewPage {
            crumbs: crumbs(visit, Some(&self.election)),
            steps: steps(visit),
            recorded: just_recorded(app, visit)?,
            define_href: format!("{}/contests/new?from={hash}", self.election.href()),
            may_define: role(visit) == Some(Role::Manager),
            answers: self.answers(visit, hash),
            errors: reading.problems.iter().filter(is_error).count() as u64,
            problems: reading.problems.iter().map(|problem| problem_line(visit, problem)).collect(),
            contest: self.contest.as_ref(),
            known: std::iter::once(none)
                .chain([(NO_CONTESTANT.to_owned(), visit.t("results-desk-no-contestant"))])
                .chain(contestants.map(|one| (one.id.clone(), one.name.clone())))
                .collect(),
            version: self.before.as_ref().map_or(0, |before| before.version) + 1,
            before: self.before.as_ref(),
            units: self.report.as_ref().map_or(0, |report| report.totals.units),
            changes: self.changes(),
            findings: self.report.as_ref().map_or(0, Report::count),
            checks: self
                .report
                .as_ref()
                .map_or(Vec::new(), |report| check_lines(visit, report, &self.against.packs)),
            may_record: self.is_ready(),
            reading,
            hash,
            visit,
            form,
        };
        Ok(form_page(&template, form))
    }
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(hash): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        Looked::at(&app, visit, &hash)?.page(&app, visit, &hash, &FormState::new())
    })
    .await
}

/// Keeps who a contestant of the file is.
pub(crate) async fn contestants(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
    posted: Posted,
) -> Reply {
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut looked = Looked::at(&app, visit, &hash)?;
        for (position, (contestant, _)) in looked.reading.unknown.iter().enumerate() {
            let said = posted.form.value(&format!("as-{position}"));
            if said == NO_CONTESTANT {
                leave_out(&mut looked.draft.mapping, &contestant.id);
            } else if !said.is_empty() {
                looked.draft.same_as.insert(contestant.id.clone(), said.to_owned());
            }
        }
        let hash = looked.draft.save(&app)?;
        Ok(go(&format!("/desk/imports/{hash}/preview")))
    })
    .await
}

/// Takes a column out of the contestants of a mapping.
fn leave_out(text: &mut String, heading: &str) {
    let Ok(mut mapping) = Mapping::parse(text, "mapping.toml") else { return };
    if let Some(wide) = &mut mapping.wide {
        wide.columns.retain(|column| column.column != heading);
        if wide.from.is_some() || wide.after.is_some() {
            wide.except.push(heading.to_owned());
        }
        *text = mapping.to_toml();
    }
}

/// The act.
pub(crate) async fn confirm(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let looked = Looked::at(&app, visit, &hash)?;
        let (Some(table), Some(report)) = (&looked.reading.table, &looked.report) else {
            form.reject("", visit.t("results-desk-not-ready"));
            return looked.page(&app, visit, &hash, &form);
        };
        if !looked.is_ready() {
            form.reject("", visit.t("results-desk-not-ready"));
            return looked.page(&app, visit, &hash, &form);
        }
        let election = ElectionId::new(looked.election.id.as_str())
            .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009"))?;
        let mut findings = serde_json::to_value(report).map_err(|error| Fault::log(&error))?;
        looked.against.note(&mut findings);
        let new = NewTable {
            election,
            contest: looked.draft.contest.clone(),
            source: looked.draft.source.clone(),
            source_name: looked.draft.source_name.clone(),
            table,
            findings: &findings,
            findings_count: report.count(),
            mapping: Some(&looked.reading.mapping),
            file_name: looked.draft.file_name.clone(),
            file: Some(&looked.reading.file),
            reason: Some(form.value("reason").to_owned()),
        };
        match scr_web::kept(visit, &mut form, commands::import_table(&app.engine, actor(visit)?, &new))? {
            Some(receipts) => Ok(recorded(&app, &looked.election.href(), &receipts)),
            None => looked.page(&app, visit, &hash, &form),
        }
    })
    .await
}
