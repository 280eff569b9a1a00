//! Both members sign over exactly what their list says.

use super::reading::{Said, said};
use super::table::{CountedContest, Listed, Table, take};
use super::{board_page, go, recorded, run};
use askama::Template;
use axum::extract::State;
use scr_audits::workflow::{BallotReading, BatchEntry, BoardStep, ContestReading, Entry, codes};
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{App, AtBoard, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// A unit with what the list says of it.
struct Row {
    label: String,
    gone: bool,
    said: Vec<Said>,
    /// For each contest of a batch its choices with the votes.
    counted: Vec<CountedContest>,
}

#[derive(Template)]
#[template(path = "board/sign.html")]
struct SignPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    form: &'a FormState,
    is_batches: bool,
    /// The key of each figure's words, and the figure.
    facts: Vec<(&'a str, usize)>,
    rows: Vec<Row>,
    over: String,
}

fn show(visit: &Visit, table: &Table, form: &FormState) -> Result<Reply, ActError> {
    let template = SignPage {
        visit,
        table,
        form,
        is_batches: table.is_batches(),
        facts: facts(table),
        rows: rows(visit, table),
        over: table.work.to_sign()?.to_string(),
    };
    Ok(board_page(&template, form))
}

fn readings(table: &Table) -> impl Iterator<Item = &BallotReading> {
    (0..table.work.units().len()).filter_map(|unit| match table.work.entry(unit) {
        Some(Entry::Ballot { reading, .. }) => Some(reading),
        _ => None,
    })
}

fn facts(table: &Table) -> Vec<(&'static str, usize)> {
    if table.is_batches() {
        return vec![("board-fact-counted", table.work.units().len())];
    }
    let gone = readings(table).filter(|reading| matches!(reading, BallotReading::NotFound { .. })).count();
    let over = |contests: &[ContestReading]| {
        contests.iter().zip(table.contests()).filter(|(reading, form)| reading.is_overvote(form)).count()
    };
    let overvotes = readings(table).map(|reading| match reading {
        BallotReading::Found { contests, .. } => over(contests),
        BallotReading::NotFound { .. } => 0,
    });
    vec![
        ("board-fact-read", readings(table).count() - gone),
        ("board-fact-gone", gone),
        ("board-fact-over", overvotes.sum()),
    ]
}

fn rows(visit: &Visit, table: &Table) -> Vec<Row> {
    let row = |unit: usize| {
        let Listed { label, .. } = table.listed(visit, unit)?;
        let (mut gone, mut lines, mut counted) = (false, Vec::new(), Vec::new());
        match table.work.entry(unit)? {
            Entry::Ballot { reading, .. } => {
                gone = matches!(reading, BallotReading::NotFound { .. });
                lines = said(visit, table.contests(), reading);
            }
            Entry::Batch(BatchEntry::Agreed { votes }) => counted = table.counted(votes),
            Entry::Batch(_) => {}
        }
        Some(Row { label, gone, said: lines, counted })
    };
    (0..table.work.units().len()).filter_map(row).collect()
}

/// What is signed, once everything is read.
pub(super) async fn look(State(app): State<Arc<App>>, AtBoard(board): AtBoard, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let table = Table::of(&app, &board)?;
        if table.work.signed().is_some() || table.work.to_sign().is_err() {
            return Ok(go("/board/work"));
        }
        show(visit, &table, &FormState::new())
    })
    .await
}

pub(super) async fn sign(State(app): State<Arc<App>>, AtBoard(board): AtBoard, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let table = Table::of(&app, &board)?;
        if table.work.signed().is_some() || table.work.to_sign().is_err() {
            return Ok(go("/board/work"));
        }
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("board-wrong-looked"));
            return show(visit, &table, &form);
        }
        let other = || Refusal::new(RefusalKind::Conflict, codes::SIGNED_OTHER);
        let over: Hash32 = form.value("over").parse().map_err(|_| other())?;
        let names = ["first", "second"].map(|field| form.value(field).to_owned()).to_vec();
        match take(&app, &board, &BoardStep::Sign { names, over }) {
            Ok(receipts) => Ok(recorded(&app, "/board/work", &receipts)),
            Err(ActError::Refused(refusal)) => {
                form.refuse(visit, &on_field(refusal));
                show(visit, &table, &form)
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

/// The names are two fields of the form; what is wrong with them stands at the first.
pub(super) fn on_field(refusal: Refusal) -> Refusal {
    if refusal.field.as_deref() == Some("names") { refusal.on("first") } else { refusal }
}
