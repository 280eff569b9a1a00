//! ES&S's export of ranked votes as a workbook (`.xlsx`): a row for each ballot, a column for each rank, and in the
//! cells the candidate, by name. Where things stand is what `RCTab`'s configuration says of the source.

use super::config::{Config, Source};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Reading, Sink};
use calamine::{Data, Reader as _, Xlsx};
use scr_core::{CellNames, Problem, Severity};
use std::io::{Read, Seek, SeekFrom};

/// Bytes of a workbook when it is unpacked, at most.
const MAX_UNPACKED: u64 = 2 << 30;
/// Members of it, at most.
const MAX_MEMBERS: usize = 10_000;
/// Columns of a sheet, at most: what spreadsheets have.
const MAX_COLUMNS: usize = 16_384;

/// Reads the first sheet.
///
/// # Errors
/// SCR-TAB-018: no workbook, or one above the limits; -019: a cell with several candidates of whom one is blank, or a
/// ballot without its id, with rows.
pub fn read<R: Read + Seek>(
    mut input: R,
    config: &Config,
    source: &Source,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let file = source.path.as_str();
    let broken = |what: String| vec![Problem::new("SCR-TAB-018", Severity::Error, file).with("what", what)];
    within_limits(&mut input).map_err(broken)?;
    let mut book = Xlsx::new(input).map_err(|error| broken(error.to_string()))?;
    let name = book.sheet_names().into_iter().next().ok_or_else(|| broken("no sheet".to_owned()))?;
    let mut sheet = book.worksheet_cells_reader(&name).map_err(|error| broken(error.to_string()))?;
    let mut rows = Rows { config, source, contests: Contests::default(), problems: Vec::new(), cards: 0 };
    rows.begin().map_err(|problem| vec![*problem])?;
    let (mut cells, mut number): (Vec<Data>, u32) = (Vec::new(), 0);
    while let Some(cell) = sheet.next_cell().map_err(|error| broken(error.to_string()))? {
        let (row, column) = (cell.get_position().0, cell.get_position().1 as usize);
        let value = Data::from(cell.get_value().clone());
        if value == Data::Empty {
            continue;
        }
        if column >= MAX_COLUMNS || (row < number && !cells.is_empty()) {
            return Err(broken(format!("a cell in row {} that is out of order or of no column", row + 1)));
        }
        if row != number {
            rows.take(&mut cells, number, sink).map_err(|problem| vec![*problem])?;
            number = row;
        }
        cells.resize(cells.len().max(column + 1), Data::Empty);
        cells[column] = value;
    }
    rows.take(&mut cells, number, sink).map_err(|problem| vec![*problem])?;
    if rows.problems.is_empty() {
        let (contests, cards) = (rows.contests, rows.cards);
        return Ok(Reading { election: config.contest_name.clone(), contests, cards, warnings: Vec::new() });
    }
    Err(rows.problems)
}

fn within_limits<R: Read + Seek>(input: &mut R) -> Result<(), String> {
    {
        let mut archive = zip::ZipArchive::new(&mut *input).map_err(|error| error.to_string())?;
        if archive.len() > MAX_MEMBERS {
            return Err(format!("{} members", archive.len()));
        }
        let mut left = MAX_UNPACKED;
        for at in 0..archive.len() {
            // What a member says of its size is not believed: it is unpacked and counted.
            let member = archive.by_index(at).map_err(|error| error.to_string())?;
            let mut cells = CellNames::default();
            let read = std::io::copy(&mut member.take(left + 1), &mut cells);
            left = left
                .checked_sub(read.map_err(|error| error.to_string())?)
                .ok_or_else(|| format!("more than {MAX_UNPACKED} bytes"))?;
            if cells.are_wrong() {
                return Err("a cell that no sheet has".to_owned());
            }
        }
    }
    input.seek(SeekFrom::Start(0)).map(|_| ()).map_err(|error| error.to_string())
}

struct Rows<'a> {
    config: &'a Config,
    source: &'a Source,
    contests: Contests,
    problems: Vec<Problem>,
    cards: u64,
}

impl Rows<'_> {
    fn begin(&mut self) -> Result<(), Box<Problem>> {
        let name = &self.source.contest_id;
        let name = if name.is_empty() { self.config.contest_name.clone() } else { name.clone() };
        let ranks = self.config.max_rankings.and_then(|ranks| u16::try_from(ranks).ok()).unwrap_or(u16::MAX);
        let contest =
            Contest { id: String::new(), name: name.clone(), votes_allowed: 1, ranks, choices: Vec::new() };
        self.contests
            .contest(&name, || contest)
            .map(|_| ())
            .map_err(|error| self.problem(0, &error.to_string()))
    }

    /// Takes the cells of a row (from 0), and empties them.
    fn take(&mut self, cells: &mut Vec<Data>, row: u32, sink: &mut dyn Sink) -> Result<(), Box<Problem>> {
        let number = row as usize + 1;
        if !cells.is_empty() && number >= self.source.first_vote_row.unwrap_or(1) {
            let mut card = Card::default();
            self.row(cells, number, &mut card)?;
            self.cards += 1;
            sink.card(&self.contests, &card).map_err(|problem| Box::new(problem.at_row(number as u64)))?;
        }
        cells.clear();
        Ok(())
    }

    fn problem(&self, row: usize, what: &str) -> Box<Problem> {
        let problem = Problem::new("SCR-TAB-019", Severity::Error, &self.source.path).with("what", what);
        Box::new(if row == 0 { problem } else { problem.at_row(row as u64) })
    }

    fn row(&mut self, cells: &[Data], number: usize, card: &mut Card) -> Result<(), Box<Problem>> {
        let source = self.source;
        card.clear();
        let text = |column: Option<usize>| {
            let cell = column.and_then(|column| cells.get(column.checked_sub(1)?));
            cell.map(written).unwrap_or_default()
        };
        card.precinct = text(source.precinct_column);
        card.batch = text(source.batch_column);
        card.id = text(source.id_column);
        let mut wrong = None;
        if source.id_column.is_some() && card.id.is_empty() {
            wrong = Some("a ballot without its id");
        }
        let first = source.first_vote_column.unwrap_or(1);
        let ranks = self.config.max_rankings.map_or(usize::MAX, |ranks| ranks as usize);
        let mut marks: Vec<Mark> = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let column = at + 1;
            let special = [source.precinct_column, source.batch_column, source.id_column];
            if column < first || column - first >= ranks || special.contains(&Some(column)) {
                continue;
            }
            let cell = written(cell);
            let rank = u16::try_from(column - first + 1).unwrap_or(u16::MAX);
            let several = !source.overvote_delimiter.is_empty() && cell.contains(&source.overvote_delimiter);
            let names: Vec<&str> =
                if several { cell.split(&source.overvote_delimiter).collect() } else { vec![&cell] };
            for name in names.into_iter().map(str::trim) {
                if several && (name.is_empty() || name == source.skipped_label) {
                    wrong = Some("several candidates of whom one is blank");
                } else if !name.is_empty() {
                    let made = self.contests.choice(0, name, || choice(name));
                    let choice = made.map_err(|error| self.problem(number, &error.to_string()))?;
                    marks.push(Mark { rank, choice });
                }
            }
        }
        if let Some(what) = wrong
            && self.problems.len() < 200
        {
            let problem = self.problem(number, what);
            self.problems.push(*problem);
        }
        card.add(0, &marks);
        Ok(())
    }
}

fn choice(name: &str) -> Choice {
    Choice { id: name.to_owned(), name: name.to_owned(), party: String::new(), kind: ChoiceKind::Regular }
}

/// A cell as it is written; whole numbers without decimals.
fn written(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}
