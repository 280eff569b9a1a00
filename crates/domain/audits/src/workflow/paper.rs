//! What goes out on paper, as data: lists by which ballots or batches are fetched, labels that are put on them, and
//! placeholders that lie in their place meanwhile.

use super::deal::{Container, deal, gather, natural};
use crate::record::{Batch, Draw};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Something to fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Where it lies; of a manifest without containers its batch.
    pub container: String,
    /// Its scanner, where the manifest names one.
    pub tabulator: Option<String>,
    /// The batch.
    pub batch: String,
    /// The position in it, from 1; none: the whole batch.
    pub position: Option<u32>,
    /// The batch, by its place in the record.
    pub at: usize,
    /// Ballots: 1, or those of the batch.
    pub ballots: u64,
    /// The tickets of its draws in this round, in their order.
    pub tickets: Vec<String>,
    /// It was read in an earlier round: it is not fetched again.
    pub read_before: bool,
    /// The board, from 1; 0: none, because it was read before.
    pub board: u32,
}

/// What a jurisdiction fetches in a round, board by board, and there as it lies on the shelves.
///
/// `containers`: for each batch of the record where it lies. `earlier`: the draws of earlier rounds whose readings
/// count. `boards`: how many there are.
pub fn retrieval(
    jurisdiction: &str,
    batches: &[Batch],
    containers: &[Option<String>],
    earlier: &[&[Draw]],
    draws: &[Draw],
    boards: usize,
) -> Vec<Row> {
    let before: BTreeSet<(usize, Option<u32>)> =
        earlier.iter().flat_map(|round| round.iter()).map(|draw| (draw.batch, draw.position)).collect();
    let mut rows: BTreeMap<(usize, Option<u32>), Row> = BTreeMap::new();
    for draw in draws {
        let own = batches.get(draw.batch).filter(|batch| batch.jurisdiction == jurisdiction);
        let Some(batch) = own else { continue };
        let place = (draw.batch, draw.position);
        let row = rows.entry(place).or_insert_with(|| Row {
            container: container(batch, containers, draw.batch),
            tabulator: batch.tabulator.clone(),
            batch: batch.batch.clone(),
            position: draw.position,
            at: draw.batch,
            ballots: draw.position.map_or(u64::from(batch.ballots), |_| 1),
            tickets: Vec::new(),
            read_before: before.contains(&place),
            board: 0,
        });
        row.tickets.push(draw.ticket.clone());
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    give_boards(&mut rows, boards);
    rows.sort_by(|a, b| {
        (a.read_before, a.board)
            .cmp(&(b.read_before, b.board))
            .then_with(|| natural(&a.container, &b.container))
            .then_with(|| a.tabulator.cmp(&b.tabulator))
            .then_with(|| natural(&a.batch, &b.batch))
            .then_with(|| (a.at, a.position).cmp(&(b.at, b.position)))
    });
    rows
}

/// Where a batch lies. A container holds batches of several scanners; without one a batch is its own.
fn container(batch: &Batch, containers: &[Option<String>], at: usize) -> String {
    let named = containers.get(at).and_then(Option::as_deref).filter(|name| !name.is_empty());
    let own = || match &batch.tabulator {
        Some(tabulator) => format!("{tabulator} - {}", batch.batch),
        None => batch.batch.clone(),
    };
    named.map_or_else(own, str::to_owned)
}

fn give_boards(rows: &mut [Row], boards: usize) {
    let new = rows.iter().filter(|row| !row.read_before);
    let containers: Vec<Container> = gather(new.map(|row| (row.container.as_str(), row.ballots)));
    let dealt = deal(&containers, boards);
    let of: BTreeMap<&str, u32> = (1_u32..)
        .zip(&dealt)
        .flat_map(|(board, list)| list.iter().map(move |at| (*at, board)))
        .map(|(at, board)| (containers[at].name.as_str(), board))
        .collect();
    for row in rows.iter_mut().filter(|row| !row.read_before) {
        row.board = of.get(row.container.as_str()).copied().unwrap_or(0);
    }
}

/// The list as a CSV, with the columns that users of Arlo know. A cell that a spreadsheet would compute is quoted by an
/// apostrophe.
pub fn retrieval_csv(rows: &[Row]) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let has_tabulators = rows.iter().any(|row| row.tabulator.is_some());
    let has_positions = rows.iter().any(|row| row.position.is_some());
    let mut head = vec!["Container"];
    head.extend(has_tabulators.then_some("Tabulator"));
    head.push("Batch Name");
    head.push(if has_positions { "Ballot Number" } else { "Ballots in Batch" });
    head.extend(["Ticket Numbers", "Already Audited", "Audit Board"]);
    // Writing to a vector cannot fail.
    let _ = csv.write_record(&head);
    for row in rows {
        let mut cells = vec![safe(&row.container)];
        if has_tabulators {
            cells.push(safe(row.tabulator.as_deref().unwrap_or_default()));
        }
        cells.push(safe(&row.batch));
        cells.push(row.position.map_or_else(|| row.ballots.to_string(), |position| position.to_string()));
        cells.push(row.tickets.join(", "));
        cells.push(if row.read_before { "Y" } else { "N" }.to_owned());
        cells.push(if row.board == 0 { String::new() } else { row.board.to_string() });
        let _ = csv.write_record(&cells);
    }
    csv.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A label for a ballot that was fetched, or the placeholder that lies in its place: what stands on it, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// The board, from 1.
    pub board: u32,
    /// Which of the board's, from 1, and of how many.
    pub number: (usize, usize),
    /// Where it lies.
    pub container: String,
    /// Its scanner.
    pub tabulator: Option<String>,
    /// The batch.
    pub batch: String,
    /// The position in it, from 1.
    pub position: Option<u32>,
}

/// A slip for everything that a board fetches, in the order of its list: one set is stuck on, one lies in the place.
pub fn slips(rows: &[Row]) -> Vec<Slip> {
    let fetched: Vec<&Row> = rows.iter().filter(|row| !row.read_before).collect();
    let mut of: BTreeMap<u32, usize> = BTreeMap::new();
    fetched.iter().for_each(|row| *of.entry(row.board).or_default() += 1);
    let mut so_far: BTreeMap<u32, usize> = BTreeMap::new();
    let slip = |row: &Row| {
        let number = so_far.entry(row.board).or_default();
        *number += 1;
        Slip {
            board: row.board,
            number: (*number, of[&row.board]),
            container: row.container.clone(),
            tabulator: row.tabulator.clone(),
            batch: row.batch.clone(),
            position: row.position,
        }
    };
    fetched.into_iter().map(slip).collect()
}

/// Slips for a sheet of labels: so many on each sheet, filled by columns or not at all; the last sheet may be short.
pub fn sheets(slips: &[Slip], on_a_sheet: usize) -> Vec<&[Slip]> {
    slips.chunks(on_a_sheet.max(1)).collect()
}
