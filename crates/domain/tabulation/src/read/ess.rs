//! ES&S: a CVR file, and files of ballots that say where each lies.
//!
//! The CVR file has a column `Cast Vote Record` (a number), others that describe the ballot, and then the contests: a
//! column for each vote that is allowed (the same name again) or for each rank (`Governor 2nd Choice`). A cell is a
//! choice, `overvote`, `undervote`, or empty where the contest is not on the ballot. A file of ballots (five rows
//! before the header, or none) has `Cast Vote Record`, `Batch` and `Tabulator CVR`: ten digits, four of the tabulator
//! and six of the ballot, or sixteen hexadecimal ones that are imprinted. A column `Machine` names the tabulator
//! whichever they are (as Arlo reads it); without it, the ten digits do.

use super::table::Rows;
use super::{Limits, Problems, cell, identifier, numbered};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, ContestNo, Contests, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::{Closest, Problem};
use std::collections::HashMap;
use std::io::Read;

/// Columns that describe a ballot: contests come after the last of them.
const KNOWN: [&str; 18] = [
    NUMBER,
    "Election ID",
    "Precinct",
    "Precinct ID",
    "Ballot Style",
    "Ballot Style ID",
    "Batch",
    "Ballot Status",
    "Original Ballot Exception",
    "Remaining Ballot Exception",
    "Write-in Type",
    "Results Report",
    "Reporting Group",
    TABULATOR,
    "Audit Number",
    "Poll Place",
    MACHINE,
    "Party",
];
const NUMBER: &str = "Cast Vote Record";
const TABULATOR: &str = "Tabulator CVR";
const MACHINE: &str = "Machine";
/// Rows before the header, at most.
const PREAMBLE: u64 = 20;

/// A file of ballots.
pub struct BallotsFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is in it.
    pub input: &'a mut dyn Read,
}

/// Where a ballot lies.
struct Place {
    tabulator: Box<str>,
    batch: Box<str>,
    position: u32,
    imprinted: Box<str>,
    group: Box<str>,
    is_used: bool,
}

/// Reads a CVR file with the files of ballots that belong to it; without any, cards are known by their numbers alone.
///
/// # Errors
/// Everything that is wrong: SCR-CVR-077 no header, -078 a file of ballots without its columns, -079 a `Tabulator CVR`
/// that is none, -080 a number twice, -081 a card that no file of ballots has, -021, -023, -028, -029, -039, -040.
pub fn read(
    cvr: impl Read,
    file: &str,
    ballots: Vec<BallotsFile<'_>>,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut places: HashMap<u64, Place> = HashMap::new();
    let are_placed = !ballots.is_empty();
    for one in ballots {
        problems.now_in(one.name);
        let mut table = |header: &Header, row: &ByteRecord, number: u64, problems: &mut Problems| {
            place(header, row, number, &mut places, problems);
            true
        };
        read_table(
            one.input,
            &[NUMBER, "Batch", TABULATOR],
            "SCR-CVR-078",
            limits,
            &mut problems,
            &mut table,
        );
    }
    problems.now_in(file);
    let mut reader = Reader {
        contests: Contests::default(),
        columns: Vec::new(),
        seen: HashMap::new(),
        places,
        are_placed,
        cards: 0,
    };
    let mut card = Card::default();
    let mut table = |header: &Header, row: &ByteRecord, number: u64, problems: &mut Problems| {
        reader.take(header, row, number, &mut card, problems, sink)
    };
    read_table(cvr, &[NUMBER], "SCR-CVR-077", limits, &mut problems, &mut table);
    let unused = reader.places.values().filter(|place| !place.is_used).count();
    if unused > 0 {
        let problem = problems.warning("SCR-CVR-082").with("ballots", unused);
        problems.add(problem);
    }
    if reader.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    Ok(Reading { election: String::new(), contests: reader.contests, cards: reader.cards, warnings })
}

/// The row that names the columns.
struct Header {
    row: u64,
    names: Vec<String>,
}

impl Header {
    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|own| own.eq_ignore_ascii_case(name))
    }

    fn text<'a>(&self, record: &'a ByteRecord, name: &str) -> super::Cell<'a> {
        self.find(name)
            .and_then(|at| record.get(at))
            .map(if [NUMBER, TABULATOR].contains(&name) { identifier } else { cell })
            .unwrap_or_default()
    }
}

/// Takes a row below the header, with its number; `false`: enough.
type TakeRow<'a> = &'a mut dyn FnMut(&Header, &ByteRecord, u64, &mut Problems) -> bool;

/// Looks for the header, and gives every row below it but totals.
fn read_table(
    input: impl Read,
    needed: &[&str],
    code: &'static str,
    limits: &Limits,
    problems: &mut Problems,
    take: TakeRow<'_>,
) {
    let mut header: Option<Header> = None;
    let Some(mut rows) = Rows::open(input, limits, problems) else { return };
    let (mut record, mut cells) = (ByteRecord::new(), usize::MAX);
    while rows.next(&mut record, problems) {
        let number = rows.row();
        if let Some(header) = &header {
            let first = record.get(0).map(cell).unwrap_or_default();
            // A ballot of a precinct named so has a number.
            let is_total = first.starts_with("Total") && numbered(&header.text(&record, NUMBER)).is_none();
            if is_total || record.iter().all(|text| cell(text).is_empty()) {
                continue;
            }
            cells = record.len();
            if problems.are_many() || !take(header, &record, number, problems) {
                return;
            }
        } else if record.iter().any(|text| identifier(text).eq_ignore_ascii_case(NUMBER)) {
            let names: Vec<String> = record.iter().map(|name| cell(name).into_owned()).collect();
            let found = Header { row: number, names };
            let mut closest = Closest::among(found.names.iter().map(String::as_str));
            for name in needed.iter().filter(|name| found.find(name).is_none()) {
                let problem = problems.error(code).at_row(number).in_column(name);
                problems.add(problem.closest_to(closest.to(name)));
            }
            if needed.iter().any(|name| found.find(name).is_none()) {
                return;
            }
            header = Some(found);
        } else if number > PREAMBLE {
            break;
        }
    }
    let Some(header) = header else {
        let problem = problems.error(code).in_column(NUMBER);
        return problems.add(problem);
    };
    // Spreadsheets leave out empty cells at the end of a row, but they end the line.
    if cells < header.names.len() && rows.ends_within_a_line() && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-040").at_row(rows.row() - 1).with("cells", cells);
        problems.add(problem.with("columns", header.names.len()));
    }
}

/// Notes where a ballot lies.
fn place(
    header: &Header,
    record: &ByteRecord,
    row: u64,
    places: &mut HashMap<u64, Place>,
    problems: &mut Problems,
) {
    let text = |name: &str| header.text(record, name);
    let (number, printed) = (text(NUMBER), text(TABULATOR));
    let Some(number) = numbered(&number) else {
        let problem = problems.error("SCR-CVR-024").at_row(row).in_column(NUMBER).with_value(&number);
        return problems.add(problem);
    };
    let is_hex = printed.len() == 16 && printed.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = printed.len() == 10 && numbered(&printed).is_some();
    if !is_hex && !is_number {
        // Spreadsheets strip zeros.
        let short = numbered(&printed).filter(|_| printed.len() < 10).map(|number| format!("{number:010}"));
        let problem = problems.error("SCR-CVR-079").at_row(row).in_column(TABULATOR).with_value(&printed);
        return problems.add(problem.closest_to(short.as_deref()));
    }
    let machine = text(MACHINE);
    if machine.is_empty() && !is_number {
        let problem = problems.error("SCR-CVR-078").at_row(row).in_column(MACHINE);
        return problems.add(problem.with("tabulator-cvr", &printed));
    }
    let tabulator: &str = if machine.is_empty() { &printed[..4] } else { &machine };
    let position = if is_number { &printed[4..] } else { "0" };
    let position = numbered(position).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
    let place = Place {
        tabulator: tabulator.into(),
        batch: text("Batch").into(),
        position,
        imprinted: printed.into(),
        group: text("Reporting Group").into(),
        is_used: false,
    };
    if places.insert(number, place).is_some() {
        let problem =
            problems.error("SCR-CVR-080").at_row(row).in_column(NUMBER).with_value(&number.to_string());
        problems.add(problem);
    }
}

/// A column of a contest.
struct Column {
    at: usize,
    contest: ContestNo,
    /// 0: the contest is not ranked.
    rank: u16,
}

struct Reader {
    contests: Contests,
    columns: Vec<Column>,
    /// The row of each number.
    seen: HashMap<u64, u64>,
    places: HashMap<u64, Place>,
    are_placed: bool,
    cards: u64,
}

impl Reader {
    /// Gives a row to the sink; `false`: nothing more can be taken.
    fn take(
        &mut self,
        header: &Header,
        record: &ByteRecord,
        row: u64,
        card: &mut Card,
        problems: &mut Problems,
        sink: &mut dyn Sink,
    ) -> bool {
        if self.columns.is_empty()
            && let Err(problem) = self.find_contests(header, problems)
        {
            problems.add(*problem);
            return false;
        }
        card.clear();
        let filled = self.fill(header, record, row, card, problems);
        match filled
            .and_then(|()| sink.card(&self.contests, card).map_err(|problem| Box::new(problem.at_row(row))))
        {
            Ok(()) => self.cards += 1,
            Err(problem) => {
                let ends = problem.code == "SCR-CVR-001";
                problems.add(*problem);
                return !ends;
            }
        }
        true
    }

    /// The contests: all columns after the last that is known to describe a ballot.
    fn find_contests(&mut self, header: &Header, problems: &Problems) -> Result<(), Box<Problem>> {
        let is_known = |name: &String| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
        let first = header.names.iter().rposition(is_known).map_or(0, |last| last + 1);
        for (at, title) in header.names.iter().enumerate().skip(first).filter(|(_, title)| !title.is_empty())
        {
            let (name, rank) = ranked(title);
            let known = self
                .columns
                .iter()
                .filter(|column| self.contests.list()[usize::from(column.contest)].name == name);
            let columns = u16::try_from(known.count() + 1).unwrap_or(u16::MAX);
            let make = || Contest {
                id: String::new(),
                name: name.to_owned(),
                votes_allowed: 1,
                ranks: 0,
                choices: Vec::new(),
            };
            let made = self.contests.contest(name, make);
            let contest =
                made.map_err(|error| Box::new(problems.error("SCR-CVR-023").with("what", error)))?;
            let ranks = self.contests.list()[usize::from(contest)].ranks.max(rank);
            self.contests.set_limits(contest, if ranks > 0 { 1 } else { columns }, ranks);
            self.columns.push(Column { at, contest, rank });
        }
        if self.columns.is_empty() {
            let problem = problems.error("SCR-CVR-077").at_row(header.row);
            return Err(Box::new(problem.with("what", "no contest")));
        }
        // Columns of one contest stand together for the cards.
        self.columns.sort_by_key(|column| column.contest);
        Ok(())
    }

    fn fill(
        &mut self,
        header: &Header,
        record: &ByteRecord,
        row: u64,
        card: &mut Card,
        problems: &Problems,
    ) -> Result<(), Box<Problem>> {
        let text = |name: &str| header.text(record, name);
        let id = text(NUMBER);
        let wrong =
            |code: &'static str| Box::new(problems.error(code).at_row(row).in_column(NUMBER).with_value(&id));
        if record.len() > header.names.len() {
            let problem = problems.error("SCR-CVR-029").at_row(row).with("cells", record.len());
            return Err(Box::new(problem.with("columns", header.names.len())));
        }
        let number = numbered(&id).ok_or_else(|| wrong("SCR-CVR-024"))?;
        if let Some(before) = self.seen.insert(number, row) {
            return Err(Box::new(wrong("SCR-CVR-080").with("also", before)));
        }
        card.id.push_str(&id);
        card.precinct.push_str(&text("Precinct"));
        card.style.push_str(&text("Ballot Style"));
        match self.places.get_mut(&number) {
            Some(place) => {
                place.is_used = true;
                card.tabulator.push_str(&place.tabulator);
                card.batch.push_str(&place.batch);
                card.position = place.position;
                card.imprinted.push_str(&place.imprinted);
                card.group.push_str(&place.group);
            }
            None if self.are_placed => return Err(wrong("SCR-CVR-081")),
            None => card.batch.push_str(&text("Batch")),
        }
        self.add_marks(header, record, row, card, problems)
    }

    fn add_marks(
        &mut self,
        header: &Header,
        record: &ByteRecord,
        row: u64,
        card: &mut Card,
        problems: &Problems,
    ) -> Result<(), Box<Problem>> {
        let width = header.names.len();
        let mut marks: Vec<Mark> = Vec::new();
        for columns in self.columns.chunk_by(|one, other| one.contest == other.contest) {
            marks.clear();
            let (contest, mut on_card) = (columns[0].contest, false);
            for column in columns {
                let text = record.get(column.at).map(cell).unwrap_or_default();
                on_card |= !text.is_empty();
                let choice = if text.is_empty() || text.eq_ignore_ascii_case("undervote") {
                    continue;
                } else if text.eq_ignore_ascii_case("overvote") {
                    Mark::OVERVOTE
                } else {
                    let make = || choice(&text);
                    let made = self.contests.choice(contest, &text, make);
                    made.map_err(|error| Box::new(problems.error("SCR-CVR-023").with("what", error)))?
                };
                marks.push(Mark { rank: column.rank, choice });
            }
            if on_card && columns.iter().any(|column| column.at >= record.len()) {
                let problem = problems.error("SCR-CVR-040").at_row(row).with("cells", record.len());
                return Err(Box::new(problem.with("columns", width)));
            }
            if on_card {
                card.add(contest, &marks);
            }
        }
        Ok(())
    }
}

fn choice(text: &str) -> Choice {
    let letters: String = text.chars().filter(|letter| letter.is_alphabetic()).collect();
    let kind = if letters.eq_ignore_ascii_case("writein") {
        ChoiceKind::UndeclaredWriteIn
    } else {
        ChoiceKind::Regular
    };
    Choice { id: String::new(), name: text.to_owned(), party: String::new(), kind }
}

/// The contest of a column, and its rank: `Governor 2nd Choice` and `Governor 2nd Choice (5718)` have the second.
fn ranked(title: &str) -> (&str, u16) {
    let plain = title
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
        .filter(|(_, id)| numbered(id).is_some());
    let plain = plain.map_or(title, |(plain, _)| plain);
    let words =
        plain.len().checked_sub(7).filter(|at| plain.is_char_boundary(*at)).map(|at| plain.split_at(at));
    let found = words.filter(|(_, end)| end.eq_ignore_ascii_case(" choice")).and_then(|(rest, _)| {
        let (name, ordinal) = rest.rsplit_once(' ').unwrap_or(("", rest));
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| {
            let lower = ordinal.len().checked_sub(2).filter(|at| ordinal.is_char_boundary(*at))?;
            ordinal[lower..].eq_ignore_ascii_case(end).then(|| &ordinal[..lower])
        });
        let rank = digits.and_then(numbered).and_then(|rank| u16::try_from(rank).ok())?;
        Some((name, rank)).filter(|(_, rank)| *rank > 0)
    });
    found.unwrap_or((title, 0))
}
