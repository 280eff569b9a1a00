//! The list of a board: what is done, and what is next.

use super::table::{Listed, Place, Table};
use super::{ballot, batch, board_page, go, just_recorded, run, unit_of};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{BallotReading, BatchEntry, Entry};
use scr_web::components::{Tag, Tone};
use scr_web::{App, AtBoard, FormState, Reply, Seal, Visit};
use std::sync::Arc;

/// A line of the list.
struct Row {
    href: String,
    label: String,
    /// Where this and what follows lies, when that is another place than before.
    heading: Option<Place>,
    tag: Tag,
    /// It was not drawn.
    extra: bool,
}

#[derive(Template)]
#[template(path = "board/work.html")]
struct WorkPage<'a> {
    visit: &'a Visit,
    table: &'a Table,
    /// The key of the text, how many are done, and of how many.
    progress: (&'a str, usize, usize),
    rows: Vec<Row>,
    next: Option<Listed>,
    /// The members disagree about something, and nobody has decided.
    waits: bool,
    recorded: Option<Seal>,
}

pub(super) async fn list(State(app): State<Arc<App>>, AtBoard(board): AtBoard, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let table = Table::of(&app, &board)?;
        if !table.work.is_joined() {
            return Ok(go("/board/names"));
        }
        let total = table.work.units().len();
        let key = if table.is_batches() { "board-batches-done" } else { "board-ballots-done" };
        let template = WorkPage {
            visit,
            table: &table,
            progress: (key, total - table.work.unread().count(), total),
            rows: rows(visit, &table),
            next: table.next(visit, None),
            waits: table.work.disagreed().next().is_some(),
            recorded: just_recorded(&app, visit)?,
        };
        Ok(board_page(&template, &FormState::new()))
    })
    .await
}

fn rows(visit: &Visit, table: &Table) -> Vec<Row> {
    let mut before: Option<Place> = None;
    let mut row = |(unit, dealt): (usize, &scr_audits::workflow::Unit)| {
        let listed = table.listed(visit, unit)?;
        let here = Place { batch: String::new(), ..listed.place };
        let heading = (before.as_ref() != Some(&here)).then(|| here.clone());
        before = Some(here);
        let (tone, key) = state(table, unit);
        // i18n: board-state-*
        let tag = Tag::new(tone, visit.t(&format!("board-state-{key}")));
        Some(Row { href: listed.href, label: listed.label, heading, tag, extra: dealt.extra })
    };
    table.work.units().iter().enumerate().filter_map(&mut row).collect()
}

/// How far a unit is: a tone, and the end of the key of its words.
fn state(table: &Table, unit: usize) -> (Tone, &'static str) {
    let leader = table.work.counted_under(unit);
    match table.work.entry(leader) {
        None if table.is_batches() => (Tone::Plain, "uncounted"),
        None => (Tone::Plain, "open"),
        Some(Entry::Ballot { resolved: true, .. }) => (Tone::Good, "resolved"),
        Some(Entry::Ballot { reading, .. }) if reading.is_disagreed() => (Tone::Warn, "disagreed"),
        Some(Entry::Ballot { reading: BallotReading::NotFound { .. }, .. }) => (Tone::Note, "gone"),
        Some(Entry::Ballot { .. }) => (Tone::Good, "read"),
        Some(Entry::Batch(BatchEntry::Once { .. })) => (Tone::Note, "once"),
        Some(Entry::Batch(BatchEntry::Differs)) => (Tone::Warn, "differs"),
        Some(Entry::Batch(BatchEntry::Agreed { .. })) if leader != unit => (Tone::Good, "together"),
        Some(Entry::Batch(BatchEntry::Agreed { .. })) => (Tone::Good, "agreed"),
    }
}

/// One unit of the list: the form of a ballot, or where the count of a batch stands.
pub(super) async fn unit(
    State(app): State<Arc<App>>,
    AtBoard(board): AtBoard,
    Path(address): Path<String>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let unit = unit_of(&address)?;
        let table = Table::of(&app, &board)?;
        let listed = table.unit(visit, unit)?;
        if !table.work.is_joined() {
            return Ok(go("/board/names"));
        }
        if table.work.units().get(unit).is_some_and(|dealt| dealt.position.is_some()) {
            return ballot::ask(visit, &table, unit);
        }
        batch::show(&app, visit, &table, (unit, listed))
    })
    .await
}
