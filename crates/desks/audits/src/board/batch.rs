//! One batch: both members count it, each without seeing the other's numbers.

use super::reading::{Asked, asked};
use super::table::{CountedContest, Listed, Table, take};
use super::{board_page, go, just_recorded, recorded, run, unit_of};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use scr_audits::workflow::{BatchEntry, BoardStep, Entry, Sheet, codes};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{App, AtBoard, FormState, Posted, Reply, Seal, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "board/batch.html")]
struct BatchPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    unit: Listed,
    ballots: u64,
    /// The names of the batches that are counted as one with it.
    together: String,
    /// For each contest its choices with the votes, once both counts are the same.
    agreed: Option<Vec<CountedContest>>,
    differs: bool,
    /// The member who has yet to count, once the other has.
    waits_for: Option<String>,
    /// Number, name, and whether the member has counted.
    members: Vec<(usize, String, bool)>,
    next: Option<Listed>,
    recorded: Option<Seal>,
}

/// Where the count of a batch stands. Numbers are shown only when both members came to the same.
pub(super) fn show(
    app: &App,
    visit: &Visit,
    table: &Table,
    (unit, listed): (usize, Listed),
) -> Result<Reply, ActError> {
    let leader = table.work.counted_under(unit);
    if leader != unit {
        return Ok(go(&table.unit(visit, leader)?.href));
    }
    let entry = entry(table, unit);
    let counted = match entry {
        Some(BatchEntry::Once { member, .. }) => Some(usize::from(*member)),
        _ => None,
    };
    let members = table.work.names().iter().enumerate();
    let members: Vec<_> =
        members.map(|(number, name)| (number, name.clone(), counted == Some(number))).collect();
    let template = BatchPage {
        visit,
        table,
        ballots: ballots(table, unit),
        together: together(table, unit).join(", "),
        agreed: match entry {
            Some(BatchEntry::Agreed { votes }) => Some(table.counted(votes)),
            _ => None,
        },
        differs: matches!(entry, Some(BatchEntry::Differs)),
        waits_for: counted.and_then(|_| members.iter().find(|one| !one.2).map(|one| one.1.clone())),
        members,
        next: table.next(visit, Some(unit)),
        recorded: just_recorded(app, visit)?,
        unit: listed,
    };
    Ok(board_page(&template, &FormState::new()))
}

fn entry(table: &Table, unit: usize) -> Option<&BatchEntry> {
    match table.work.entry(unit) {
        Some(Entry::Batch(entry)) => Some(entry),
        _ => None,
    }
}

/// Ballots by the manifest, of all that is counted as one.
fn ballots(table: &Table, unit: usize) -> u64 {
    table.work.ballots(unit)
}

/// The other batches that are counted as one with it, by name.
fn together(table: &Table, unit: usize) -> Vec<String> {
    let own = table.work.units().get(unit).map(|unit| unit.batch);
    let others = table.work.together(unit).into_iter().filter(|batch| Some(*batch) != own);
    others.map(|batch| table.batch_name(batch)).collect()
}

/// Where the count stands, as the form keeps it: what was handed in for another state is asked again.
fn state(table: &Table, unit: usize) -> String {
    match entry(table, unit) {
        None => "none".to_owned(),
        Some(BatchEntry::Once { member, .. }) => format!("once-{member}"),
        Some(BatchEntry::Differs) => "differs".to_owned(),
        Some(BatchEntry::Agreed { .. }) => "agreed".to_owned(),
    }
}

#[derive(Template)]
#[template(path = "board/count.html")]
struct CountPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    unit: &'a Listed,
    form: &'a FormState,
    contests: Vec<Asked>,
    ballots: u64,
    member: u8,
    name: String,
    state: String,
}

fn is_batch(table: &Table, unit: usize) -> bool {
    table.work.units().get(unit).is_some_and(|dealt| dealt.position.is_none())
}

/// The batch and the member of an address, who may count it.
fn counter(
    visit: &Visit,
    table: &Table,
    (unit, member): &(String, String),
) -> Result<(usize, Listed, u8), ActError> {
    let unit = unit_of(unit)?;
    let listed = table.unit(visit, unit)?;
    let absent = || Refusal::new(RefusalKind::NotFound, codes::WRONG_MEMBER);
    let member: u8 = member.parse().map_err(|_| absent())?;
    if !is_batch(table, unit)
        || usize::from(member) >= table.work.names().len()
        || table.work.counted_under(unit) != unit
    {
        return Err(absent().into());
    }
    Ok((unit, listed, member))
}

fn ask(
    visit: &Visit,
    table: &Table,
    (unit, listed, member): (usize, &Listed, u8),
    form: &FormState,
) -> Reply {
    let template = CountPage {
        visit,
        table,
        unit: listed,
        form,
        contests: asked(table.contests()),
        ballots: ballots(table, unit),
        member,
        name: table.work.names().get(usize::from(member)).cloned().unwrap_or_default(),
        state: state(table, unit),
    };
    board_page(&template, form)
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<(String, String)>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let table = Table::of(&app, &board)?;
        let (unit, listed, member) = counter(visit, &table, &address)?;
        if table.work.signed().is_some() {
            return Ok(go(&listed.href));
        }
        Ok(ask(visit, &table, (unit, &listed, member), &FormState::new()))
    })
    .await
}

pub(super) async fn count(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let table = Table::of(&app, &board)?;
        let (unit, listed, member) = counter(visit, &table, &address)?;
        let Some(votes) = typed(visit, &table, &mut form) else {
            return Ok(ask(visit, &table, (unit, &listed, member), &form));
        };
        // A tablet sends again what it does not know to have arrived: the same is one count.
        let is_there = match entry(&table, unit) {
            Some(BatchEntry::Once { member: first, votes: there }) => *first == member && *there == votes,
            Some(BatchEntry::Agreed { votes: there }) => *there == votes,
            _ => false,
        };
        if is_there {
            return Ok(go(&listed.href));
        }
        if !form.is("state", state(&table, unit)) {
            form.reject("", visit.t("board-meanwhile"));
            let page = ask(visit, &table, (unit, &listed, member), &form);
            return Ok((StatusCode::CONFLICT, page).into_response().into());
        }
        match scr_web::kept(visit, &mut form, take(&app, &board, &BoardStep::Count { unit, member, votes }))?
        {
            Some(receipts) => Ok(recorded(&app, &listed.href, &receipts)),
            None => Ok(ask(visit, &table, (unit, &listed, member), &form)),
        }
    })
    .await
}

/// One whole number for each choice of each contest.
fn typed(visit: &Visit, table: &Table, form: &mut FormState) -> Option<Sheet> {
    let mut sheet = Sheet::new();
    for contest in asked(table.contests()) {
        let mut votes = Vec::new();
        for (field, _) in &contest.choices {
            let text = form.value(field);
            let is_plain = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            match text.parse().ok().filter(|_| is_plain) {
                Some(count) => votes.push(count),
                None => form.reject(field, visit.t("board-wrong-count")),
            }
        }
        sheet.push(votes);
    }
    form.is_fine().then_some(sheet)
}

#[derive(Template)]
#[template(path = "board/combine.html")]
struct CombinePage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    unit: &'a Listed,
    form: &'a FormState,
}

pub(super) async fn ask_combine(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<String>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let table = Table::of(&app, &board)?;
        let place = unit_of(&address)?;
        let unit = table.unit(visit, place)?;
        if !is_batch(&table, place) || table.work.signed().is_some() {
            return Ok(go(&unit.href));
        }
        let form = FormState::new();
        Ok(board_page(&CombinePage { visit, table: &table, unit: &unit, form: &form }, &form))
    })
    .await
}

pub(super) async fn combine(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<String>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = unit_of(&address)?;
        let table = Table::of(&app, &board)?;
        let unit = table.unit(visit, place)?;
        let own = table.work.units().get(place).map(|unit| unit.batch);
        let with = named(visit, (&table, own), &mut form);
        let reason = form.value("reason").to_owned();
        if reason.is_empty() {
            form.reject("reason", visit.t("board-wrong-reason"));
        }
        if form.is_fine() {
            match take(&app, &board, &BoardStep::Combine { unit: place, with, reason }) {
                Ok(receipts) => return Ok(recorded(&app, &unit.href, &receipts)),
                Err(ActError::Refused(refusal)) => form.refuse(visit, &refusal),
                Err(fault) => return Err(fault),
            }
        }
        Ok(board_page(&CombinePage { visit, table: &table, unit: &unit, form: &form }, &form))
    })
    .await
}

/// The batches of the names that were typed, with their ballots.
fn named(visit: &Visit, (table, own): (&Table, Option<usize>), form: &mut FormState) -> BTreeMap<usize, u64> {
    let text = form.value("with").to_owned();
    let mut with = BTreeMap::new();
    for name in text.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let mut fitting = table.batches_named(name).filter(|(batch, _)| Some(*batch) != own);
        match (fitting.next(), fitting.next()) {
            (Some((batch, ballots)), None) => drop(with.insert(batch, ballots)),
            _ => form.reject("with", visit.ta("board-wrong-combine", &[("name", name.into())])),
        }
    }
    if text.is_empty() {
        form.reject("with", visit.ta("board-wrong-combine", &[("name", "".into())]));
    }
    with
}
