//! What goes out on paper: lists by which ballots or batches are fetched, labels, placeholders, and sheets on which
//! batches are tallied. Every sheet says of which audit, round, jurisdiction and board it is, and which of how many.

use super::page::{go, run};
use super::place::{Address, Place};
use super::words::batch as batch_name;
use crate::assembled::prepared;
use crate::data::Kept;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use scr_audits::workflow::ContestForm;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::paper::{Row, Slip, retrieval_csv, slips};
use scr_engine::ActError;
use scr_web::{App, Reply, Visit, page};
use std::sync::Arc;

/// Lines of a list on one sheet.
const LINES: usize = 28;
/// Labels on one sheet, three beside each other.
const LABELS: usize = 30;
/// Placeholders on one sheet.
const PLACEHOLDERS: usize = 4;

/// What stands at the head of every sheet.
struct Head {
    audit: String,
    round: u32,
    jurisdiction: String,
    /// 0: of several boards.
    board: u32,
    page: usize,
    pages: usize,
}

impl Head {
    fn of(kept: &Kept, place: &Place, board: u32) -> Self {
        let (audit, jurisdiction) = (kept.audit.title().to_owned(), place.name.clone());
        Self { audit, round: place.round.number, jurisdiction, board, page: 0, pages: 0 }
    }
}

/// A sheet with what stands on it.
struct Sheet<T> {
    head: Head,
    lines: Vec<T>,
}

/// Sheets of so many lines, a new one for each board; each knows its number and how many there are.
fn sheets<T>(place: &Place, lines: Vec<(u32, T)>, on_a_sheet: usize) -> Vec<Sheet<T>> {
    let mut all: Vec<Sheet<T>> = Vec::new();
    for (board, line) in lines {
        match all.last_mut().filter(|sheet| sheet.head.board == board && sheet.lines.len() < on_a_sheet) {
            Some(sheet) => sheet.lines.push(line),
            None => all.push(Sheet { head: Head::of(&place.kept, place, board), lines: vec![line] }),
        }
    }
    let pages = all.len();
    for (page, sheet) in (1..).zip(&mut all) {
        sheet.head.page = page;
        sheet.head.pages = pages;
    }
    all
}

/// The lists of a jurisdiction; `None` where nothing is dealt yet.
struct Lists {
    place: Place,
    prepared: Prepared,
    rows: Vec<Row>,
    /// For each board the batches that it counts, by place in the record.
    batches: Vec<Vec<usize>>,
}

impl Lists {
    fn of(app: &App, visit: &Visit, address: &Address) -> Result<Result<Self, Reply>, ActError> {
        let place = Place::of(app, visit, address)?;
        let boards = place.boards();
        if boards == 0 || !place.is_last() {
            return Ok(Err(go(&place.href())));
        }
        let prepared = prepared(&app.engine, &place.kept)?;
        let (mut rows, units) = place.rows(app, &prepared, boards)?;
        for (board, unit) in
            (1..).zip(&units).flat_map(|(board, list)| list.iter().map(move |unit| (board, unit)))
        {
            if let Some(batch) = prepared.inputs.batches.get(unit.batch).filter(|_| unit.extra) {
                rows.push(extra_row(board, unit.batch, batch, prepared.containers.get(unit.batch)));
            }
        }
        let batches = units.iter().map(|list| list.iter().map(|unit| unit.batch).collect()).collect();
        Ok(Ok(Self { place, prepared, rows, batches }))
    }

    fn slips(&self) -> Vec<(u32, Slip)> {
        let mut all = slips(&self.rows);
        all.sort_by_key(|slip| slip.board);
        all.into_iter().map(|slip| (slip.board, slip)).collect()
    }
}

/// A batch that is counted although it was not drawn is fetched like the others.
fn extra_row(
    board: u32,
    at: usize,
    batch: &scr_audits::record::Batch,
    container: Option<&Option<String>>,
) -> Row {
    Row {
        container: container.cloned().flatten().unwrap_or_else(|| batch_name(batch)),
        tabulator: batch.tabulator.clone(),
        batch: batch.batch.clone(),
        position: None,
        at,
        ballots: u64::from(batch.ballots),
        tickets: Vec::new(),
        read_before: false,
        board,
    }
}

#[derive(Template)]
#[template(path = "conduct/retrieval.html")]
struct RetrievalPage<'a> {
    visit: &'a Visit,
    back: String,
    sheets: Vec<Sheet<&'a Row>>,
    tabulators: bool,
    containers: bool,
    positions: bool,
    /// Drawn again, and read in an earlier round: nothing to fetch.
    before: Vec<&'a Row>,
}

pub(super) async fn retrieval(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
) -> Reply {
    run(visit, move |visit| {
        let lists = match Lists::of(&app, visit, &address)? {
            Ok(lists) => lists,
            Err(reply) => return Ok(reply),
        };
        let mut fetched: Vec<(u32, &Row)> =
            lists.rows.iter().filter(|row| !row.read_before).map(|row| (row.board, row)).collect();
        fetched.sort_by_key(|(board, _)| *board);
        let template = RetrievalPage {
            visit,
            back: lists.place.href(),
            sheets: sheets(&lists.place, fetched, LINES),
            tabulators: lists.rows.iter().any(|row| row.tabulator.is_some()),
            containers: lists.prepared.containers.iter().any(Option::is_some),
            positions: lists.rows.iter().any(|row| row.position.is_some()),
            before: lists.rows.iter().filter(|row| row.read_before).collect(),
        };
        Ok(page(&template).into())
    })
    .await
}

pub(super) async fn csv(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| {
        let lists = match Lists::of(&app, visit, &address)? {
            Ok(lists) => lists,
            Err(reply) => return Ok(reply),
        };
        let name = format!("attachment; filename=\"retrieval-{}.csv\"", lists.place.round.number);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        Ok((headers, retrieval_csv(&lists.rows)).into_response().into())
    })
    .await
}

#[derive(Template)]
#[template(path = "conduct/labels.html")]
struct LabelsPage<'a> {
    visit: &'a Visit,
    back: String,
    sheets: Vec<Sheet<Slip>>,
}

pub(super) async fn labels(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| {
        let lists = match Lists::of(&app, visit, &address)? {
            Ok(lists) => lists,
            Err(reply) => return Ok(reply),
        };
        let sheets = sheets(&lists.place, lists.slips(), LABELS);
        Ok(page(&LabelsPage { visit, back: lists.place.href(), sheets }).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "conduct/placeholders.html")]
struct PlaceholdersPage<'a> {
    visit: &'a Visit,
    back: String,
    sheets: Vec<Sheet<Slip>>,
}

pub(super) async fn placeholders(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
) -> Reply {
    run(visit, move |visit| {
        let lists = match Lists::of(&app, visit, &address)? {
            Ok(lists) => lists,
            Err(reply) => return Ok(reply),
        };
        let sheets = sheets(&lists.place, lists.slips(), PLACEHOLDERS);
        Ok(page(&PlaceholdersPage { visit, back: lists.place.href(), sheets }).into())
    })
    .await
}

/// A batch to be tallied.
struct Tally {
    batch: String,
    ballots: u32,
}

#[derive(Template)]
#[template(path = "conduct/tally.html")]
struct TallyPage<'a> {
    visit: &'a Visit,
    back: String,
    sheets: Vec<Sheet<Tally>>,
    contests: Vec<ContestForm>,
}

pub(super) async fn tally(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| {
        let lists = match Lists::of(&app, visit, &address)? {
            Ok(lists) => lists,
            Err(reply) => return Ok(reply),
        };
        if !lists.place.kept.audit.settings().method.draws_batches() {
            return Ok(go(&lists.place.href()));
        }
        let mut all = Vec::new();
        for (board, list) in (1..).zip(&lists.batches) {
            let own = list.iter().filter_map(|at| lists.prepared.inputs.batches.get(*at));
            all.extend(own.map(|one| (board, Tally { batch: batch_name(one), ballots: one.ballots })));
        }
        let contests = lists.place.kept.audit.contests().iter().map(ContestForm::of).collect();
        let sheets = sheets(&lists.place, all, 1);
        Ok(page(&TallyPage { visit, back: lists.place.href(), sheets, contests }).into())
    })
    .await
}
