//! One ballot: its form, and what was entered, large.

use super::reading::{Asked, Said, asked, filled, said, typed};
use super::table::{Listed, Table, take};
use super::{board_page, go, just_recorded, recorded, run, unit_of};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{BallotReading, BoardStep, Entry};
use scr_engine::ActError;
use scr_web::{App, AtBoard, FormState, Posted, Reply, Seal, Visit};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "board/ballot.html")]
struct BallotPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    unit: &'a Listed,
    form: &'a FormState,
    contests: Vec<Asked>,
}

fn show(visit: &Visit, table: &Table, unit: &Listed, form: &FormState) -> Reply {
    board_page(&BallotPage { visit, table, unit, form, contests: asked(table.contests()) }, form)
}

/// The form of a ballot, with what was read of it before. What the jurisdiction has decided is only shown.
pub(super) fn ask(visit: &Visit, table: &Table, unit: usize) -> Result<Reply, ActError> {
    let listed = table.unit(visit, unit)?;
    if is_final(table, unit) {
        return Ok(go(&format!("{}/done", listed.href)));
    }
    let form = read(table, unit).map_or_else(FormState::new, |reading| filled(table.contests(), reading));
    Ok(show(visit, table, &listed, &form))
}

fn read(table: &Table, unit: usize) -> Option<&BallotReading> {
    match table.work.entry(unit) {
        Some(Entry::Ballot { reading, .. }) => Some(reading),
        _ => None,
    }
}

fn is_final(table: &Table, unit: usize) -> bool {
    let resolved = matches!(table.work.entry(unit), Some(Entry::Ballot { resolved: true, .. }));
    resolved || table.work.signed().is_some()
}

pub(super) async fn enter(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<String>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let unit = unit_of(&address)?;
        let table = Table::of(&app, &board)?;
        let listed = table.unit(visit, unit)?;
        let done = format!("{}/done", listed.href);
        let Some(reading) = typed(visit, table.contests(), &mut form) else {
            return Ok(show(visit, &table, &listed, &form));
        };
        // A tablet sends again what it does not know to have arrived: the same is one reading.
        if read(&table, unit) == Some(&reading) || is_final(&table, unit) {
            return Ok(go(&done));
        }
        match scr_web::kept(visit, &mut form, take(&app, &board, &BoardStep::Read { unit, reading }))? {
            Some(receipts) => Ok(recorded(&app, &done, &receipts)),
            None => Ok(show(visit, &table, &listed, &form)),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "board/done.html")]
struct DonePage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    unit: Listed,
    reading: Vec<Said>,
    gone: bool,
    comment: &'a str,
    /// What the jurisdiction has decided is not the board's to change.
    may_change: bool,
    next: Option<Listed>,
    recorded: Option<Seal>,
}

/// What was entered, large; and the next ballot.
pub(super) async fn done(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<String>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let unit = unit_of(&address)?;
        let table = Table::of(&app, &board)?;
        let listed = table.unit(visit, unit)?;
        let Some(reading) = read(&table, unit) else { return Ok(go(&listed.href)) };
        let (BallotReading::Found { comment, .. } | BallotReading::NotFound { comment }) = reading;
        let template = DonePage {
            visit,
            table: &table,
            unit: listed,
            reading: said(visit, table.contests(), reading),
            gone: matches!(reading, BallotReading::NotFound { .. }),
            comment,
            may_change: !is_final(&table, unit),
            next: table.next(visit, Some(unit)),
            recorded: just_recorded(&app, visit)?,
        };
        Ok(board_page(&template, &FormState::new()))
    })
    .await
}
