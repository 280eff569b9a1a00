//! Dominion's CVR export as CSV.
//!
//! Row 1 names the election, row 2 the contest of each column (`Mayor (Vote For=1)`, or `Mayor (Number of positions=1,
//! Number of ranks=3)`), row 3 the choice (`Ann`, ranked `Ann(1)`, `Ann(2)`), row 4 what names a card, with the
//! party of a choice. Then a row for each card: 1 or 0 in each column, nothing where the contest is not on the card.
//!
//! Row 2 alone says whether a contest is ranked: in one with `(Vote For=1)` the choice `Ann(1)` is a person of that
//! name. Where the same names stand there with several numbers, row 2 is wrong and the file is refused.

use super::table::{Rows, Titles, folded};
use super::{Limits, Problems, cell, identifier, numbered};
use crate::cvr::{Card, ChoiceKind, ChoiceNo, ContestNo, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::{Closest, Problem};
use std::collections::HashMap;
use std::io::Read;

/// What names a card; columns that this does not know are passed over.
const NAMES: [&str; 9] = [
    "CvrNumber",
    "TabulatorNum",
    "BatchId",
    "RecordId",
    "ImprintedId",
    "UniqueVotingIdentifier",
    "CountingGroup",
    "PrecinctPortion",
    "BallotType",
];
/// How many of them are identifiers.
const NAMED: usize = 6;
/// Without these a card cannot be found again.
const NEEDED: [&str; 3] = ["TabulatorNum", "BatchId", "RecordId"];

/// A column of marks.
struct MarkColumn {
    at: usize,
    contest: ContestNo,
    choice: ChoiceNo,
    rank: u16,
}

/// The four rows at the top, understood.
struct Head {
    election: String,
    titles: Titles,
    /// Where each of [`NAMES`] stands.
    names: [Option<usize>; 9],
    marks: Vec<MarkColumn>,
    width: usize,
}

/// Reads an export.
///
/// # Errors
/// Everything that is wrong (SCR-CVR-021 to -029, -039, -040, -043).
pub fn read(
    input: impl Read,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let Some(mut rows) = Rows::open(input, limits, &mut problems) else {
        return Err(problems.finish().err().unwrap_or_default());
    };
    let mut record = ByteRecord::new();
    let mut top: Vec<ByteRecord> = Vec::new();
    while top.len() < 4 && rows.next(&mut record, &mut problems) {
        top.push(record.clone());
    }
    if problems.has_errors() {
        return Err(problems.finish().err().unwrap_or_default());
    }
    let Some(head) = Head::of(&top, limits, &mut problems) else {
        return Err(problems.finish().err().unwrap_or_default());
    };
    let (mut cards, mut card, mut cells) = (0, Card::default(), head.width);
    while !problems.are_many() && rows.next(&mut record, &mut problems) {
        let row = rows.row();
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        cells = record.len();
        if !head.card(&record, row, &mut card, &mut problems) {
            continue;
        }
        match sink.card(&head.titles.contests, &card) {
            Ok(()) => cards += 1,
            Err(problem) => {
                let ends = problem.code == "SCR-CVR-001";
                problems.add(problem.at_row(row));
                if ends {
                    break;
                }
            }
        }
    }
    if cells < head.width && rows.ends_within_a_line() && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-040").at_row(rows.row() - 1);
        problems.add(problem.with("cells", cells).with("columns", head.width));
    }
    if cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    Ok(Reading { election: head.election, contests: head.titles.contests, cards, warnings })
}

impl Head {
    fn of(top: &[ByteRecord], limits: &Limits, problems: &mut Problems) -> Option<Self> {
        let [first, contests_row, choices_row, names_row] = top else {
            let problem = problems.error("SCR-CVR-022").with("rows", top.len());
            problems.add(problem);
            return None;
        };
        let width = contests_row.len().max(names_row.len());
        if width > limits.columns {
            let problem = problems.error("SCR-CVR-023").with("columns", width).with("limit", limits.columns);
            problems.add(problem);
            return None;
        }
        let mut head = Self {
            election: first.get(0).map(|bytes| cell(bytes).into_owned()).unwrap_or_default(),
            titles: Titles::default(),
            names: [None; 9],
            marks: Vec::new(),
            width,
        };
        head.find_names(names_row, contests_row, problems);
        for at in 0..contests_row.len() {
            let text =
                |row: &ByteRecord| row.get(at).map(|bytes| cell(bytes).into_owned()).unwrap_or_default();
            let (contest, choice, party) = (text(contests_row), text(choices_row), text(names_row));
            if !contest.is_empty()
                && let Err(problem) = head.add_column(at, &contest, &choice, &party, problems)
            {
                problems.add(*problem);
            }
        }
        head.refuse_hidden_ranks(problems);
        if head.marks.is_empty() && !problems.has_errors() {
            let problem = problems.error("SCR-CVR-022").with("rows", "no contest in row 2");
            problems.add(problem);
        }
        (!problems.has_errors()).then_some(head)
    }

    fn find_names(&mut self, row: &ByteRecord, contests: &ByteRecord, problems: &mut Problems) {
        let naming: Vec<(usize, String)> = row
            .iter()
            .enumerate()
            .filter(|(at, _)| contests.get(*at).is_none_or(|contest| cell(contest).is_empty()))
            .map(|(at, bytes)| (at, identifier(bytes).into_owned()))
            .collect();
        for (place, name) in self.names.iter_mut().zip(NAMES) {
            *place = naming.iter().find(|(_, text)| folded(text) == folded(name)).map(|(at, _)| *at);
        }
        let mut closest = Closest::among(naming.iter().map(|(_, text)| text.as_str()));
        for needed in NEEDED {
            let at = NAMES.iter().position(|name| *name == needed).unwrap_or_default();
            if self.names[at].is_none() {
                let problem =
                    problems.error("SCR-CVR-025").at_row(4).in_column(needed).closest_to(closest.to(needed));
                problems.add(problem);
            }
        }
    }

    fn add_column(
        &mut self,
        at: usize,
        contest: &str,
        choice: &str,
        party: &str,
        problems: &Problems,
    ) -> Result<(), Box<Problem>> {
        let problem = |code: &'static str, row: u64, value: &str| {
            Box::new(problems.error(code).at_row(row).in_column(&(at + 1).to_string()).with_value(value))
        };
        let spec = Title::of(contest).ok_or_else(|| problem("SCR-CVR-026", 2, contest))?;
        let (choice, rank) = match (spec.ranks, choice.rsplit_once('(')) {
            (1.., Some((name, rank))) => {
                let rank = rank.strip_suffix(')').and_then(|rank| rank.parse::<u16>().ok());
                let rank = rank.filter(|rank| (1..=spec.ranks).contains(rank));
                (name.trim(), rank.ok_or_else(|| problem("SCR-CVR-027", 3, choice))?)
            }
            (1.., None) => return Err(problem("SCR-CVR-027", 3, choice)),
            _ => (choice, 0),
        };
        let too_many = |error: crate::cvr::TooMany| problem("SCR-CVR-023", 2, &error.to_string());
        let number = self
            .titles
            .contest(&spec.name, (spec.votes_allowed, spec.ranks), spec.ranks)
            .map_err(too_many)?;
        let kind = if is_write_in(choice) { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular };
        let choice = self.titles.choice(number, rank, choice, party, kind).map_err(too_many)?;
        self.marks.push(MarkColumn { at, contest: number, choice, rank });
        Ok(())
    }

    /// A contest that is not ranked does not have `Ann(1)` and `Ann(2)`.
    fn refuse_hidden_ranks(&self, problems: &mut Problems) {
        for contest in self.titles.contests.list().iter().filter(|contest| contest.ranks == 0) {
            let mut first: HashMap<&str, &str> = HashMap::new();
            let twice = contest.choices.iter().find_map(|choice| {
                let (name, rank) = choice.name.strip_suffix(')')?.rsplit_once('(')?;
                let before = first.insert(name, rank);
                (numbered(rank).is_some()
                    && before.is_some_and(|other| numbered(other).is_some() && other != rank))
                .then_some(&choice.name)
            });
            if let Some(name) = twice {
                let problem = problems.error("SCR-CVR-043").at_row(3).with_value(name);
                problems.add(problem.with("contest", &contest.name));
            }
        }
    }

    /// Puts a row into `card`; `false`: something is wrong with it.
    fn card(&self, row: &ByteRecord, number: u64, card: &mut Card, problems: &mut Problems) -> bool {
        card.clear();
        if row.len() > self.width + 1 {
            let problem = problems
                .error("SCR-CVR-029")
                .at_row(number)
                .with("cells", row.len())
                .with("columns", self.width);
            problems.add(problem);
            return false;
        }
        let text = |name: usize| {
            // Groups, precincts and styles have names, which quotation marks can belong to.
            let mend = if name < NAMED { identifier } else { cell };
            self.names[name].and_then(|at| row.get(at)).map(mend).unwrap_or_default()
        };
        card.tabulator.push_str(&text(1));
        card.batch.push_str(&text(2));
        card.id.push_str(&text(0));
        card.imprinted.push_str(&text(4));
        if card.imprinted.is_empty() {
            card.imprinted.push_str(&text(5));
        }
        card.group.push_str(&text(6));
        card.precinct.push_str(&text(7));
        card.style.push_str(&text(8));
        let record = text(3);
        let mut sound = true;
        match numbered(&record).and_then(|number| u32::try_from(number).ok()) {
            Some(position) => card.position = position,
            // Withheld for privacy; the imprinted id may still tell it.
            None if record == "X" => card.position = last_number(&card.imprinted),
            None => {
                let problem =
                    problems.error("SCR-CVR-024").at_row(number).in_column("RecordId").with_value(&record);
                problems.add(problem);
                sound = false;
            }
        }
        self.add_marks(row, number, card, problems) && sound
    }

    fn add_marks(&self, row: &ByteRecord, number: u64, card: &mut Card, problems: &mut Problems) -> bool {
        let mut sound = true;
        let mut marks: Vec<Mark> = Vec::new();
        for columns in self.marks.chunk_by(|one, other| one.contest == other.contest) {
            marks.clear();
            let mut on_card = false;
            for column in columns {
                let found = row.get(column.at).unwrap_or_default();
                match found {
                    b"" => continue,
                    b"0" => {}
                    b"1" => marks.push(Mark { rank: column.rank, choice: column.choice }),
                    other => match identifier(other).as_ref() {
                        "" => continue,
                        "0" => {}
                        "1" => marks.push(Mark { rank: column.rank, choice: column.choice }),
                        wrong => {
                            let name = &self.titles.contests.list()[usize::from(column.contest)].name;
                            let problem = problems.error("SCR-CVR-024").at_row(number);
                            problems.add(
                                problem.in_column(&format!("{} ({name})", column.at + 1)).with_value(wrong),
                            );
                            sound = false;
                        }
                    },
                }
                on_card = true;
            }
            // Spreadsheets leave out empty cells at the end; what ends within a contest was cut.
            if on_card && columns.iter().any(|column| column.at >= row.len()) {
                let problem = problems.error("SCR-CVR-040").at_row(number);
                problems.add(problem.with("cells", row.len()).with("columns", self.width));
                return false;
            }
            if on_card {
                card.add(columns[0].contest, &marks);
            }
        }
        sound
    }
}

fn is_write_in(name: &str) -> bool {
    let name: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
    name.eq_ignore_ascii_case("writein")
}

/// The number after the last dash: `5-12-0034` is the 34th.
fn last_number(imprinted: &str) -> u32 {
    imprinted.rsplit('-').next().and_then(numbered).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// A contest as row 2 names it.
struct Title {
    name: String,
    votes_allowed: u16,
    ranks: u16,
}

impl Title {
    fn of(text: &str) -> Option<Self> {
        let (name, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
        let (mut votes_allowed, mut ranks) = (None, 0);
        for part in inside.split(',') {
            let (what, number) = part.split_once('=')?;
            let number = number.trim().parse::<u16>().ok()?;
            match what.trim().to_ascii_lowercase().as_str() {
                "vote for" | "number of positions" => votes_allowed = Some(number),
                "number of ranks" => ranks = number,
                _ => return None,
            }
        }
        let votes_allowed = votes_allowed?;
        Some(Self {
            name: name.trim().to_owned(),
            votes_allowed: if ranks > 0 { 1 } else { votes_allowed },
            ranks,
        })
    }
}
