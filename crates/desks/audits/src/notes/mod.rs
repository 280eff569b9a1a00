//! What observers see on the ballots that boards read, in their own words: kept apart, and laid beside the boards'
//! readings once the round is closed.
//!
//! An observer's organisation sees its own notes alone. While a round is open nothing here knows what a board has read:
//! a [`sheet::Sheet`] takes it in only when the round is over.

mod sheet;

use crate::board::reading::{Asked, Said, asked, filled, said, typed};
use crate::board::table::{Place, label, places};
use crate::boards::take_note;
use crate::data::{self, Kept};
use crate::desk::{actor, audit_of};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use scr_audits::workflow::BallotReading;
use scr_audits::workflow::notes::compare;
use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{Allow, App, FormState, Posted, Reply, Routes, Visit, go, page, run};
use sheet::{Sheet, counts};
use std::sync::Arc;
use std::time::Duration;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/notes.en.ftl")),
    (Lang::Fr, include_str!("../../texts/notes.fr.ftl")),
    (Lang::Es, include_str!("../../texts/notes.es.ftl")),
    (Lang::Ar, include_str!("../../texts/notes.ar.ftl")),
];

const OBSERVERS: Allow = Allow::Roles(&[Role::Observer]);

/// The routes of these pages. Jurisdictions are numbered in the order of their names.
pub(crate) fn routes() -> Routes {
    const BOARD: &str = "/desk/audits/{audit}/notes/{round}/{jurisdiction}/{board}";
    const UNIT: &str = "/desk/audits/{audit}/notes/{round}/{jurisdiction}/{board}/{unit}";
    Routes::new()
        .get("/desk/audits/{audit}/notes", OBSERVERS, overview)
        .get(BOARD, OBSERVERS, board)
        .get(UNIT, OBSERVERS, ask)
        .post(UNIT, OBSERVERS, keep)
}

fn crumbs(visit: &Visit, kept: &Kept, is_below: bool) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk/audits", visit.t("audits-nav")),
        Crumb::new(format!("/desk/audits/{}", kept.id), kept.audit.title()),
    ];
    if is_below {
        crumbs.push(Crumb::new(format!("/desk/audits/{}/notes", kept.id), visit.t("notes-title")));
    }
    crumbs
}

/// A board with how many of its ballots are noted.
struct Line {
    href: String,
    jurisdiction: String,
    board: u32,
    ballots: u64,
    noted: u64,
}

/// A round with its boards.
struct Round {
    number: u32,
    /// The key of the words on how it stands.
    state: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "notes/overview.html")]
struct OverviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rounds: Vec<Round>,
}

async fn overview(State(app): State<Arc<App>>, Path(audit): Path<String>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &audit)?;
        let version = kept.audit.version();
        let org = actor(visit)?.org.to_string();
        let (lines, noted) = app.engine.read(|views| {
            let of_round = |round| data::boards(views, (&kept.id, version, round), None);
            let rounds = kept.audit.rounds().iter().map(|round| round.number);
            let boards: rusqlite::Result<Vec<_>> = rounds.map(of_round).collect();
            Ok((boards?, counts(views, (&kept.id, version), &org)?))
        })?;
        let names: Vec<&String> = kept.audit.jurisdictions().keys().collect();
        let line = |one: &data::BoardLine| {
            let place = names.iter().position(|name| **name == one.key.jurisdiction)? + 1;
            let (round, board) = (one.key.round, one.key.board);
            Some(Line {
                href: format!("/desk/audits/{}/notes/{round}/{place}/{board}", kept.id),
                jurisdiction: one.key.jurisdiction.clone(),
                board,
                ballots: one.units,
                noted: noted.get(&(round, one.key.jurisdiction.clone(), board)).copied().unwrap_or_default(),
            })
        };
        let rounds = kept.audit.rounds().iter().zip(&lines).rev();
        let rounds = rounds.map(|(round, boards)| Round {
            number: round.number,
            state: state(&kept, round.number),
            lines: boards.iter().filter(|one| one.units > 0).filter_map(line).collect(),
        });
        let template = OverviewPage { visit, crumbs: crumbs(visit, &kept, false), rounds: rounds.collect() };
        Ok(page(&template).into())
    })
    .await
}

// i18n: notes-round-*
fn state(kept: &Kept, round: u32) -> &'static str {
    match (sheet::is_open(kept, round), sheet::is_closed(kept, round)) {
        (true, _) => "notes-round-open",
        (_, true) => "notes-round-closed",
        _ => "notes-round-abandoned",
    }
}

/// A ballot of a board's list.
struct Row {
    href: String,
    label: String,
    tag: Tag,
}

/// A ballot of which note and reading differ.
struct Differing {
    label: String,
    board: Vec<Said>,
    own: Vec<Said>,
    board_gone: bool,
    own_gone: bool,
}

/// Notes beside readings, once the round is closed.
struct Compared {
    both: usize,
    differing: Vec<Differing>,
}

#[derive(Template)]
#[template(path = "notes/board.html")]
struct BoardPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    sheet: &'a Sheet,
    rows: Vec<Row>,
    /// The first ballot that is not noted, while that is possible.
    next: Option<String>,
    compared: Option<Compared>,
}

async fn board(
    State(app): State<Arc<App>>,
    Path((audit, round, jurisdiction, board)): Path<(String, String, String, String)>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let sheet = Sheet::of(&app, actor(visit)?, &audit, [&round, &jurisdiction, &board])?;
        let labels = labels(&app, visit, &sheet)?;
        let row = |(unit, label): &(usize, String)| {
            let is_noted = sheet.notes.contains_key(unit);
            let tag = if is_noted {
                Tag::new(Tone::Good, visit.t("notes-noted"))
            } else {
                Tag::new(Tone::Plain, visit.t("notes-open"))
            };
            Row { href: sheet.unit_href(*unit), label: label.clone(), tag }
        };
        let mut open = labels.iter().filter(|(unit, _)| !sheet.notes.contains_key(unit));
        let template = BoardPage {
            visit,
            crumbs: crumbs(visit, &sheet.kept, true),
            rows: labels.iter().map(row).collect(),
            next: open.next().filter(|_| sheet.is_open()).map(|(unit, _)| sheet.unit_href(*unit)),
            compared: compared(visit, &sheet, &labels),
            sheet: &sheet,
        };
        Ok(page(&template).into())
    })
    .await
}

/// The ballots of the list with their names: batches are counted, and not noted.
fn labels(app: &App, visit: &Visit, sheet: &Sheet) -> Result<Vec<(usize, String)>, ActError> {
    let places = places(app, &sheet.kept)?;
    let nowhere = Place::default();
    let ballots = sheet.units.iter().enumerate().filter(|(_, unit)| unit.position.is_some());
    let label = |(number, unit): (usize, &scr_audits::workflow::Unit)| {
        let place = places.get(unit.batch).map_or(&nowhere, |(_, place, _)| place);
        (number, label(visit, unit, place))
    };
    Ok(ballots.map(label).collect())
}

fn compared(visit: &Visit, sheet: &Sheet, labels: &[(usize, String)]) -> Option<Compared> {
    let readings = sheet.readings.as_ref()?;
    let found = compare(readings, &sheet.notes);
    let gone = |reading: &BallotReading| matches!(reading, BallotReading::NotFound { .. });
    let differing = found.differing.iter().filter_map(|one| {
        let (board, own) = (readings.get(&one.unit)?, sheet.notes.get(&one.unit)?);
        let (_, label) = labels.iter().find(|(unit, _)| *unit == one.unit)?;
        // Only the contests that differ; all of them where one side has not found the ballot.
        let only = |all: Vec<Said>| {
            let some = |(at, _): &(usize, Said)| one.contests.is_empty() || one.contests.contains(at);
            all.into_iter().enumerate().filter(some).map(|(_, said)| said).collect::<Vec<_>>()
        };
        Some(Differing {
            label: label.clone(),
            board: only(said(visit, &sheet.contests, board)),
            own: only(said(visit, &sheet.contests, own)),
            board_gone: gone(board),
            own_gone: gone(own),
        })
    });
    Some(Compared { both: found.both, differing: differing.collect() })
}

#[derive(Template)]
#[template(path = "notes/note.html")]
struct NotePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    sheet: &'a Sheet,
    label: String,
    href: String,
    contests: Vec<Asked>,
    form: &'a FormState,
}

fn show(
    app: &App,
    visit: &Visit,
    (sheet, unit): (&Sheet, usize),
    form: &FormState,
) -> Result<Reply, ActError> {
    let labels = labels(app, visit, sheet)?;
    let label = labels.into_iter().find(|(number, _)| *number == unit).map(|(_, label)| label);
    let label = label.ok_or_else(|| sheet::not_dealt(unit))?;
    let mut crumbs = crumbs(visit, &sheet.kept, true);
    crumbs.push(Crumb::new(sheet.href(), sheet.who(visit)));
    let (contests, href) = (asked(&sheet.contests), sheet.unit_href(unit));
    let template = NotePage { visit, crumbs, sheet, label, href, contests, form };
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(&template)).into_response().into())
}

type Address = (String, String, String, String, String);

async fn ask(State(app): State<Arc<App>>, Path(address): Path<Address>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let (audit, round, jurisdiction, board, unit) = &address;
        let sheet = Sheet::of(&app, actor(visit)?, audit, [round, jurisdiction, board])?;
        let unit = sheet.unit(unit)?;
        if !sheet.is_open() {
            return Ok(go(&sheet.href()));
        }
        let own = sheet.notes.get(&unit);
        let form = own.map_or_else(FormState::new, |note| filled(&sheet.contests, note));
        show(&app, visit, (&sheet, unit), &form)
    })
    .await
}

async fn keep(State(app): State<Arc<App>>, Path(address): Path<Address>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (audit, round, jurisdiction, board, unit) = &address;
        let actor = actor(visit)?;
        let sheet = Sheet::of(&app, actor, audit, [round, jurisdiction, board])?;
        let unit = sheet.unit(unit)?;
        if !sheet.is_open() {
            return Ok(go(&sheet.href()));
        }
        let Some(note) = typed(visit, &sheet.contests, &mut form) else {
            return show(&app, visit, (&sheet, unit), &form);
        };
        if sheet.notes.get(&unit) == Some(&note) {
            return Ok(go(&sheet.href()));
        }
        match scr_web::kept(visit, &mut form, take_note(&app.engine, actor, &sheet.key, (unit, &note)))? {
            Some(receipts) => {
                let last = receipts.last().map_or(0, |receipt| receipt.index);
                app.engine.wait_for(last + 1, Duration::from_secs(10));
                Ok(go(&sheet.href()))
            }
            None => show(&app, visit, (&sheet, unit), &form),
        }
    })
    .await
}
