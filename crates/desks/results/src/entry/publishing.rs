//! Publishing what is signed so far: a table of the signed sheets, and its publication.

use super::data::{self, Opening};
use super::kinds::PUBLIC_TEXT;
use super::paper::Paper;
use super::{crumbs, entry_of};
use crate::commands::{NewPublication, NewTable, import_table, must_be, publish as publish_table};
use crate::desk::{actor, form_page, recorded, run};
use askama::Template;
use axum::extract::{Path, State};
use rusqlite::{OptionalExtension, params};
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Fault, Receipt};
use scr_results::checks::{self, Input};
use scr_results::sheet::Numbers;
use scr_results::{NewRow, RowKind, SourceInfo, Table};
use scr_web::components::{Answer, Crumb};
use scr_web::{App, FormState, Posted, Reply, Visit};
use serde_json::json;
use std::sync::Arc;

/// Nothing was signed since the last publication.
pub(crate) const NOTHING_NEW: &str = "SCR-RES-316";

/// What publishing would do.
struct Plan {
    signed: u64,
    total: u64,
    /// Sheets signed since the last table of this source.
    new: u64,
    /// True when a publication of the contest is replaced.
    replaces: bool,
}

fn plan(engine: &Engine, opening: &Opening) -> Result<Plan, Fault> {
    engine.read(|views| {
        let last: Option<i64> = views
            .prepare_cached(
                "SELECT max(idx) FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3",
            )?
            .query_row(params![opening.election, opening.contest, opening.source], |row| row.get(0))
            .optional()?
            .flatten();
        let published: bool = views
            .prepare_cached("SELECT 1 FROM results_publication WHERE election = ?1 AND contest = ?2")?
            .exists(params![opening.election, opening.contest])?;
        let (counts, _) = data::counts(views, opening.index)?;
        let after = last.map_or(0, i64::unsigned_abs);
        Ok(Plan {
            // Signed once: a sheet that is being corrected keeps its published numbers.
            signed: data::signed_since(views, opening.index, 0)?,
            total: counts.total(),
            new: data::signed_since(views, opening.index, after)?,
            replaces: published,
        })
    })
}

/// Publishes the sheets signed so far as the next version of the entry's source. Stations without a
/// signed sheet stand in the table without numbers, so that everybody sees how many are missing.
pub fn publish_signed(
    engine: &Engine,
    actor: &Actor,
    entry: u64,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    let absent = || Refusal::new(RefusalKind::NotFound, super::steps::ABSENT);
    let opening = engine.read(|views| data::opening(views, entry))?.ok_or_else(absent)?;
    let plan = plan(engine, &opening)?;
    if plan.new == 0 {
        return Err(Refusal::new(RefusalKind::Conflict, NOTHING_NEW).into());
    }
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let text = json!({"text": reason.clone().unwrap_or_default()});
    let public = text.as_object().cloned().unwrap_or_default();
    if PUBLIC_TEXT.check(&public).is_err() {
        return Err(Refusal::new(RefusalKind::Invalid, super::steps::NOT_PUBLIC).on("reason").into());
    }
    if plan.replaces && reason.is_none() {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
    }
    let table = table_of(engine, &opening)?;
    let packs: Vec<_> = opening.paper.pack().into_iter().collect();
    let votes_per_ballot = opening.paper.votes_per_ballot;
    let report = checks::check(&Input { packs: &packs, votes_per_ballot, ..Input::new(&table) });
    let findings = serde_json::to_value(&report).map_err(|e| Fault::log(&e))?;
    let election = ElectionId::new(opening.election.as_str()).map_err(|e| Fault::log(&e))?;
    let new = NewTable {
        election: election.clone(),
        contest: opening.contest.clone(),
        source: opening.source.clone(),
        source_name: opening.source_name.clone(),
        table: &table,
        findings: &findings,
        findings_count: report.count(),
        mapping: None,
        file_name: String::new(),
        file: None,
        reason: reason.clone(),
    };
    let mut receipts = import_table(engine, actor, &new)?;
    let version = newest(engine, &opening)?;
    let complete = plan.signed == plan.total;
    let status = if complete { "unofficial-complete" } else { "unofficial-partial" };
    let (contest, source) = (opening.contest.clone(), opening.source);
    let publication =
        NewPublication { election, contest, source, version, status: status.to_owned(), reason };
    receipts.extend(publish_table(engine, actor, &publication)?);
    Ok(receipts)
}

fn newest(engine: &Engine, opening: &Opening) -> Result<u64, Fault> {
    let sql = "SELECT coalesce(max(version), 0) FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3";
    let version: i64 = engine.read(|views| {
        views
            .prepare_cached(sql)?
            .query_row(params![opening.election, opening.contest, opening.source], |row| row.get(0))
    })?;
    Ok(version.unsigned_abs())
}

fn table_of(engine: &Engine, opening: &Opening) -> Result<Table, ActError> {
    let rows = engine.read(|views| data::signed_so_far(views, opening.index))?;
    let source = SourceInfo {
        id: opening.source.clone(),
        name: opening.source_name.clone(),
        format: "entry".to_owned(),
        ..SourceInfo::default()
    };
    let fault = |e: &dyn std::fmt::Display| ActError::from(Fault::log(&e));
    let mut table = opening.paper.table(source, &opening.contest).map_err(|e| fault(&e))?;
    let none: Numbers = Numbers::new();
    for (row, signed) in &rows {
        let parents: Vec<&str> = row.parents.iter().map(String::as_str).collect();
        let new = NewRow {
            kind: RowKind::Unit,
            unit: &row.unit,
            name: &row.name,
            parents: &parents,
            part: None,
            line: 0,
        };
        let numbers = signed.as_ref().map_or(&none, |signed| &signed.numbers);
        Paper::add_row(&mut table, &new, numbers).map_err(|e| fault(&e))?;
    }
    Ok(table)
}

#[derive(Template)]
#[template(path = "entry/publish.html")]
struct PublishPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    opening: &'a Opening,
    form: &'a FormState,
    plan: &'a Plan,
    answers: Vec<Answer>,
}

fn ask(visit: &Visit, opening: &Opening, form: &FormState, plan: &Plan) -> Reply {
    let complete = plan.signed == plan.total;
    let status = if complete { "unofficial-complete" } else { "unofficial-partial" };
    let answer = |question: String, answer: String| Answer { question, answer, change: None };
    let counts = [("signed", plan.signed.into()), ("total", plan.total.into())];
    let answers = vec![
        answer(visit.t("results-desk-contest"), opening.contest_title.clone()),
        answer(visit.t("results-desk-source"), opening.source_name.clone()),
        answer(visit.t("entry-publish-stations"), visit.ta("entry-of-stations", &counts)),
        // i18n: results-desk-status-*
        answer(visit.t("results-desk-status"), visit.t(&format!("results-desk-status-{status}"))),
    ];
    let crumbs = crumbs(visit, Some(opening), None);
    form_page(&PublishPage { visit, crumbs, opening, form, plan, answers }, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(entry): Path<String>) -> Reply {
    run(visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let plan = plan(&app.engine, &opening)?;
        let reason = visit.ta("entry-publish-reason", &[("count", plan.new.into())]);
        Ok(ask(visit, &opening, &FormState::new().with("reason", reason), &plan))
    })
    .await
}

pub(super) async fn publish(State(app): State<Arc<App>>, Path(entry): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let act = publish_signed(&app.engine, actor(visit)?, opening.index, form.value("reason"));
        match scr_web::kept(visit, &mut form, act)? {
            Some(receipts) => Ok(recorded(&app, &opening.href(), &receipts)),
            None => Ok(ask(visit, &opening, &form, &plan(&app.engine, &opening)?)),
        }
    })
    .await
}
