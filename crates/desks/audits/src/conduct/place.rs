//! A jurisdiction in a round: its boards, what each of them has, and what waits for the jurisdiction.

use super::page::{actor, crumbs, form_page, href, in_address, just_recorded, number, own, recorded, run};
use super::rounds::{bar, is_administrator, is_open, round_of, waits};
use super::words::{batch as batch_name, contests_of, reading};
use crate::acts::{absent, not_yours, party};
use crate::assembled::prepared;
use crate::boards::reopen_board;
use crate::data::Kept;
use crate::data::{self, BoardLine};
use crate::rounds::{MAX_BOARDS, Progress, deal_boards, list, progress_of, units};
use crate::view::read_work;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::paper::Row;
use scr_audits::workflow::{Entry, Party, Round, Unit, codes};
use scr_core::BoardKey;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The parts of the address of a jurisdiction in a round.
pub(super) type Address = (String, String, String);

/// A jurisdiction in a round, for somebody who may see it: whoever runs the audit, or looks after the jurisdiction.
pub(super) struct Place {
    pub(super) kept: Kept,
    pub(super) round: Round,
    pub(super) name: String,
    /// Boards read in this round.
    pub(super) open: bool,
    /// The reader acts for the jurisdiction.
    pub(super) local: bool,
    /// The reader runs the audit.
    pub(super) runs: bool,
}

impl Place {
    pub(super) fn of(app: &App, visit: &Visit, (id, number, name): &Address) -> Result<Self, ActError> {
        let kept = own(app, visit, id)?;
        let actor = actor(visit)?;
        let local = party(actor, Some(name)) == Some(Party::Jurisdiction(name.clone()));
        let runs = is_administrator(&kept, actor);
        if !local && !runs {
            return Err(not_yours().into());
        }
        if !kept.audit.jurisdictions().contains_key(name) {
            return Err(absent().into());
        }
        let round = round_of(&kept, number)?.clone();
        Ok(Self { open: is_open(&kept, &round), round, name: name.clone(), local, runs, kept })
    }

    pub(super) fn href(&self) -> String {
        format!("{}/jurisdictions/{}", self.round_href(), in_address(&self.name))
    }

    pub(super) fn round_href(&self) -> String {
        format!("{}/rounds/{}", href(&self.kept.id), self.round.number)
    }

    pub(super) fn key(&self, board: u32) -> BoardKey {
        BoardKey {
            audit: self.kept.id.clone(),
            version: self.kept.audit.version(),
            round: self.round.number,
            jurisdiction: self.name.clone(),
            board,
        }
    }

    /// The boards that the jurisdiction was dealt to.
    pub(super) fn boards(&self) -> usize {
        self.round.boards.get(&self.name).map_or(0, Vec::len)
    }

    pub(super) fn due(&self) -> u64 {
        self.round.opening.units.get(&self.name).copied().unwrap_or_default()
    }

    pub(super) fn lines(&self, app: &App) -> Result<Vec<BoardLine>, ActError> {
        let of = (self.kept.id.as_str(), self.kept.audit.version(), self.round.number);
        Ok(app.engine.read(|views| data::boards(views, of, Some(&self.name)))?)
    }

    /// What the jurisdiction fetches, dealt to so many boards. Of the last round alone: what earlier ones fetched is
    /// back on its shelves.
    pub(super) fn rows(
        &self,
        app: &App,
        prepared: &Prepared,
        boards: usize,
    ) -> Result<(Vec<Row>, Vec<Vec<Unit>>), ActError> {
        let rows = list(&app.engine, &self.kept, prepared, (&self.name, boards))?;
        let lists = units(&self.kept, prepared, (&self.name, &rows), boards);
        Ok((rows, lists))
    }

    pub(super) fn crumbs(&self, visit: &Visit, more: &[(String, String)]) -> Vec<Crumb> {
        let round = visit.ta("audit-conduct-round", &[("round", self.round.number.into())]);
        let mut all = vec![
            (format!("{}/rounds", href(&self.kept.id)), visit.t("audit-conduct-rounds-title")),
            (self.round_href(), round),
        ];
        all.extend_from_slice(more);
        crumbs(visit, &self.kept, &all)
    }

    /// Whether the round is the last one of its version.
    pub(super) fn is_last(&self) -> bool {
        self.kept.audit.rounds().len() == self.round.number as usize
    }
}

/// A board with its containers.
struct BoardRow {
    number: u32,
    units: u64,
    containers: Vec<(String, usize)>,
    state: Option<Tag>,
    unread: u64,
    disagreed: u64,
    seal: Option<Seal>,
    reopen: String,
}

/// Something that the members of a board disagree about.
struct Disagreed {
    board: u32,
    unit: usize,
    href: String,
    batch: String,
    position: u32,
    notes: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "conduct/place.html")]
struct PlacePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    place: &'a Place,
    form: &'a FormState,
    progress: Progress,
    bar: String,
    waits: Tag,
    boards: Vec<BoardRow>,
    /// How the containers would lie, before they are dealt.
    preview: Vec<BoardRow>,
    may_deal: bool,
    may_pass: bool,
    disagreed: Vec<Disagreed>,
    base: String,
    papers: bool,
    batches: bool,
    recorded: Option<Seal>,
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| {
        let place = Place::of(&app, visit, &address)?;
        let boards = visit.query.get("boards").unwrap_or_default().to_owned();
        show(&app, visit, &place, &FormState::new().with("boards", boards))
    })
    .await
}

fn boards_typed(form: &FormState) -> Option<usize> {
    let count = number(form.value("boards")).and_then(|count| usize::try_from(count).ok());
    count.filter(|count| (1..=MAX_BOARDS).contains(count))
}

fn show(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    let progress =
        progress_of(&app.engine, &place.kept, &place.round)?.remove(&place.name).unwrap_or_default();
    let lines = place.lines(app)?;
    let signed = lines.iter().any(|line| line.signed_index.is_some());
    let may_deal = place.local && place.open && !signed && place.due() > 0;
    let wanted = boards_typed(form).filter(|_| may_deal && form.is_fine());
    let prepared = if place.is_last() { Some(prepared(&app.engine, &place.kept)?) } else { None };
    let lists = |count: usize| match &prepared {
        Some(prepared) if count > 0 => place.rows(app, prepared, count).map(|(rows, lists)| {
            lists.iter().map(|list| containers(prepared, &rows, list)).collect::<Vec<_>>()
        }),
        _ => Ok(Vec::new()),
    };
    let dealt = lists(lines.len())?;
    let boards = lines
        .iter()
        .enumerate()
        .map(|(at, line)| board_row(app, visit, place, line, dealt.get(at).cloned().unwrap_or_default()));
    let preview = match wanted {
        Some(count) => {
            (1..).zip(lists(count)?).map(|(number, containers)| preview_row(number, containers)).collect()
        }
        None => Vec::new(),
    };
    let template = PlacePage {
        visit,
        crumbs: place.crumbs(visit, &[]),
        place,
        form,
        bar: bar(visit, &place.name, &progress),
        waits: waits(visit, &progress),
        boards: boards.collect(),
        preview,
        may_deal,
        may_pass: place.local && place.open && !lines.is_empty(),
        disagreed: disagreed(app, visit, place, prepared.as_ref())?,
        base: place.href(),
        papers: place.is_last() && !lines.is_empty(),
        batches: place.kept.audit.settings().method.draws_batches(),
        recorded: just_recorded(app, visit)?,
        progress,
    };
    Ok(form_page(&template, form))
}

/// The containers of a board's list, in the order of the list, with what is taken out of each.
fn containers(prepared: &Prepared, rows: &[Row], list: &[Unit]) -> Vec<(String, usize)> {
    let of: BTreeMap<usize, &str> = rows.iter().map(|row| (row.at, row.container.as_str())).collect();
    let mut all: Vec<(String, usize)> = Vec::new();
    for unit in list {
        let own = || prepared.inputs.batches.get(unit.batch).map(batch_name).unwrap_or_default();
        let name = of.get(&unit.batch).map_or_else(own, |name| (*name).to_owned());
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => all.push((name, 1)),
        }
    }
    all
}

fn preview_row(number: u32, containers: Vec<(String, usize)>) -> BoardRow {
    let units = containers.iter().map(|(_, count)| *count as u64).sum();
    let reopen = String::new();
    BoardRow { number, units, containers, state: None, unread: units, disagreed: 0, seal: None, reopen }
}

fn board_row(
    app: &App,
    visit: &Visit,
    place: &Place,
    line: &BoardLine,
    containers: Vec<(String, usize)>,
) -> BoardRow {
    let (tone, state) = match line.signed_index {
        Some(_) => (Tone::Good, "signed"),
        None if line.units == 0 => (Tone::Plain, "empty"),
        None if line.disagreed > 0 => (Tone::Warn, "disagreed"),
        None if line.unread == 0 => (Tone::Note, "read"),
        None if line.joined => (Tone::Note, "reading"),
        None => (Tone::Plain, "waiting"),
    };
    let may_reopen = place.runs && place.open && line.signed_index.is_some();
    let reopen = format!("{}/boards/{}/reopen", place.href(), line.key.board);
    BoardRow {
        number: line.key.board,
        units: line.units,
        containers,
        // i18n: audit-conduct-board-state-*
        state: Some(Tag::new(tone, visit.t(&format!("audit-conduct-board-state-{state}")))),
        unread: line.unread,
        disagreed: line.disagreed,
        seal: line.signed_index.map(|index| app.seal(index, line.at)),
        reopen: if may_reopen { reopen } else { String::new() },
    }
}

/// What waits for the jurisdiction. Only who acts for it sees what a board said.
fn disagreed(
    app: &App,
    visit: &Visit,
    place: &Place,
    prepared: Option<&Prepared>,
) -> Result<Vec<Disagreed>, ActError> {
    let Some(prepared) = prepared.filter(|_| place.local && place.open) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for line in place.lines(app)?.iter().filter(|line| line.disagreed > 0) {
        let Some(work) = app.engine.read(|views| read_work(views, &line.key))? else { continue };
        for at in work.disagreed() {
            let Some(Entry::Ballot { reading: ballot, .. }) = work.entry(at) else { continue };
            let unit = &work.units()[at];
            let notes = work.contests().iter().zip(contests_of(ballot));
            let torn = notes.filter(|(_, one)| super::disagreed::is_torn(one));
            all.push(Disagreed {
                board: line.key.board,
                unit: at + 1,
                href: format!("{}/boards/{}/units/{}", place.href(), line.key.board, at + 1),
                batch: prepared.inputs.batches.get(unit.batch).map(batch_name).unwrap_or_default(),
                position: unit.position.unwrap_or_default(),
                notes: torn.map(|(form, one)| (form.name.clone(), reading(visit, form, one))).collect(),
            });
        }
    }
    Ok(all)
}

pub(super) async fn deal(State(app): State<Arc<App>>, Path(address): Path<Address>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::of(&app, visit, &address)?;
        let Some(count) = boards_typed(&form) else {
            form.reject("boards", visit.ta("audit-conduct-wrong-number", &[("most", MAX_BOARDS.into())]));
            return show(&app, visit, &place, &form);
        };
        match scr_web::kept(
            visit,
            &mut form,
            deal_boards(&app.engine, actor(visit)?, &place.kept.id, (&place.name, count)),
        )? {
            Some(receipts) => Ok(recorded(&app, &place.href(), &receipts)),
            None => show(&app, visit, &place, &form),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "conduct/reason.html")]
pub(super) struct ReasonPage<'a> {
    pub(super) visit: &'a Visit,
    pub(super) crumbs: Vec<Crumb>,
    pub(super) form: &'a FormState,
    pub(super) title: String,
    pub(super) answer: String,
    pub(super) consequence: String,
    pub(super) will: String,
    pub(super) act: String,
    pub(super) back: String,
}

/// The address of a board: its number after those of its jurisdiction.
pub(super) type BoardAddress = (String, String, String, String);

/// The board of an address, where the jurisdiction was dealt to as many.
pub(super) fn board_of(place: &Place, number: &str) -> Result<u32, Refusal> {
    let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_BOARD).with("board", number);
    let board: u32 = number.parse().map_err(|_| absent())?;
    if (1..=place.boards()).contains(&(board as usize)) { Ok(board) } else { Err(absent()) }
}

fn ask_reopen(visit: &Visit, place: &Place, board: u32, form: &FormState) -> Reply {
    let args = [("board", board.into()), ("jurisdiction", place.name.as_str().into())];
    let template = ReasonPage {
        visit,
        crumbs: place.crumbs(visit, &[(place.href(), place.name.clone())]),
        form,
        title: visit.ta("audit-conduct-reopen-title", &args),
        answer: visit.t("audit-conduct-reopen-answer"),
        consequence: visit.t("audit-conduct-reopen-consequence"),
        will: visit.t("audit-conduct-reopen-will"),
        act: visit.t("audit-conduct-reopen-act"),
        back: place.href(),
    };
    form_page(&template, form)
}

pub(super) async fn reopening(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, round, name, board)): Path<BoardAddress>,
) -> Reply {
    run(visit, move |visit| {
        let place = Place::of(&app, visit, &(id, round, name))?;
        let board = board_of(&place, &board)?;
        Ok(ask_reopen(visit, &place, board, &FormState::new()))
    })
    .await
}

pub(super) async fn reopen(
    State(app): State<Arc<App>>,
    Path((id, round, name, board)): Path<BoardAddress>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::of(&app, visit, &(id, round, name))?;
        let board = board_of(&place, &board)?;
        let act = reopen_board(&app.engine, actor(visit)?, &place.key(board), form.value("reason"));
        match scr_web::kept(visit, &mut form, act)? {
            Some(receipts) => Ok(recorded(&app, &place.href(), &receipts)),
            None => Ok(ask_reopen(visit, &place, board, &form)),
        }
    })
    .await
}
