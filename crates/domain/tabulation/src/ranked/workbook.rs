//! ES&S's export of ranked votes as a workbook (`.xlsx`): a row for each ballot, a column for each rank, and in the
//! cells the candidate, by name. Where things stand is what `RCTab`'s configuration says of the source.

use super::config::{Config, Source};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Reading, Sink};
use calamine::{Data, Range, Reader as _, Xlsx};
use scr_core::{Problem, Severity};
use std::io::{Read, Seek, SeekFrom};

/// Bytes of a workbook when it is unpacked, at most.
const MAX_UNPACKED: u64 = 2 << 30;
/// Members of it, at most.
const MAX_MEMBERS: usize = 10_000;

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
    let sheet = book.worksheet_range_at(0).ok_or_else(|| broken("no sheet".to_owned()))?;
    let sheet = sheet.map_err(|error| broken(error.to_string()))?;
    let mut rows = Rows { config, source, contests: Contests::default(), problems: Vec::new(), cards: 0 };
    rows.read(&sheet, sink).map_err(|problem| vec![*problem])?;
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
            let read = std::io::copy(&mut member.take(left + 1), &mut std::io::sink());
            left = left
                .checked_sub(read.map_err(|error| error.to_string())?)
                .ok_or_else(|| format!("more than {MAX_UNPACKED} bytes"))?;
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
    fn read(&mut self, sheet: &Range<Data>, sink: &mut dyn Sink) -> Result<(), Box<Problem>> {
        let name = &self.source.contest_id;
        let name = if name.is_empty() { self.config.contest_name.clone() } else { name.clone() };
        let ranks = self.config.max_rankings.and_then(|ranks| u16::try_from(ranks).ok()).unwrap_or(u16::MAX);
        let contest =
            Contest { id: String::new(), name: name.clone(), votes_allowed: 1, ranks, choices: Vec::new() };
        self.contests.contest(&name, || contest).map_err(|error| self.problem(0, &error.to_string()))?;
        let (top, left) = sheet.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let mut card = Card::default();
        for (at, cells) in sheet.rows().enumerate() {
            let number = top + at + 1;
            if number < self.source.first_vote_row.unwrap_or(1)
                || cells.iter().all(|cell| *cell == Data::Empty)
            {
                continue;
            }
            self.row(cells, left, number, &mut card)?;
            self.cards += 1;
            sink.card(&self.contests, &card).map_err(|problem| Box::new(problem.at_row(number as u64)))?;
        }
        Ok(())
    }

    fn problem(&self, row: usize, what: &str) -> Box<Problem> {
        let problem = Problem::new("SCR-TAB-019", Severity::Error, &self.source.path).with("what", what);
        Box::new(if row == 0 { problem } else { problem.at_row(row as u64) })
    }

    fn row(
        &mut self,
        cells: &[Data],
        left: usize,
        number: usize,
        card: &mut Card,
    ) -> Result<(), Box<Problem>> {
        let source = self.source;
        card.clear();
        let text = |column: Option<usize>| {
            let cell = column.and_then(|column| cells.get(column.checked_sub(1 + left)?));
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
            let column = left + at + 1;
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
