//! Clear Ballot's CVR export as CSV.
//!
//! The first row names the columns: `RowNumber,BoxID,BoxPosition,BallotID,PrecinctID,BallotStyleID,PrecinctStyleName,
//! ScanComputerName,Status,Remade`, then one for each choice, `Choice_1_1:Mayor:Vote For 1:Ann:Green`, or for each
//! choice and rank, `Choice_1_1:Mayor:2:Number of Winners 1:Ann:Green`. Then a row for each card: 1 or 0, nothing
//! where the contest is not on the card. Names have commas, and colons too.

use super::table::{Rows, Titles, folded};
use super::{Limits, Problems, cell, identifier, numbered};
use crate::cvr::{Card, ChoiceKind, ContestNo, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::{Closest, Problem};
use std::io::Read;

/// What names a card.
const NAMES: [&str; 8] = [
    "RowNumber",
    "BoxID",
    "BoxPosition",
    "BallotID",
    "PrecinctID",
    "BallotStyleID",
    "PrecinctStyleName",
    "ScanComputerName",
];
/// How many of them, from `BoxID`, a card cannot be found again without.
const NEEDED: std::ops::Range<usize> = 1..4;

struct Head {
    titles: Titles,
    /// Where each of [`NAMES`] stands.
    names: [Option<usize>; 8],
    /// Where a mark stands, and what it says.
    marks: Vec<(usize, ContestNo, Mark)>,
    width: usize,
}

/// Reads an export. The election has no name in it. The scanner is the card's tabulator, its box the batch.
///
/// # Errors
/// Everything that is wrong (SCR-CVR-021, -023 to -025, -028, -029, -039, -040, -042).
pub fn read(
    input: impl Read,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut record = ByteRecord::new();
    let Some(mut rows) = Rows::open(input, limits, &mut problems) else {
        return Err(problems.finish().err().unwrap_or_default());
    };
    let head = rows.next(&mut record, &mut problems).then(|| Head::of(&record, limits, &mut problems));
    let Some(head) = head.flatten() else {
        if !problems.has_errors() {
            let problem = problems.error("SCR-CVR-028");
            problems.add(problem);
        }
        return Err(problems.finish().err().unwrap_or_default());
    };
    let (mut cards, mut card) = (0, Card::default());
    while !problems.are_many() && rows.next(&mut record, &mut problems) {
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if !head.card(&record, rows.row(), &mut card, &mut problems) {
            continue;
        }
        match sink.card(&head.titles.contests, &card) {
            Ok(()) => cards += 1,
            Err(problem) => {
                let ends = problem.code == "SCR-CVR-001";
                problems.add(problem.at_row(rows.row()));
                if ends {
                    break;
                }
            }
        }
    }
    if cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    Ok(Reading { election: String::new(), contests: head.titles.contests, cards, warnings })
}

impl Head {
    fn of(row: &ByteRecord, limits: &Limits, problems: &mut Problems) -> Option<Self> {
        if row.len() > limits.columns {
            let problem =
                problems.error("SCR-CVR-023").with("columns", row.len()).with("limit", limits.columns);
            problems.add(problem);
            return None;
        }
        let mut head =
            Self { titles: Titles::default(), names: [None; 8], marks: Vec::new(), width: row.len() };
        let texts: Vec<String> = row.iter().map(|bytes| cell(bytes).into_owned()).collect();
        let naming: Vec<&str> =
            texts.iter().map(String::as_str).filter(|text| !text.starts_with("Choice_")).collect();
        let mut closest = Closest::among(naming.iter().copied());
        for (at, (place, name)) in head.names.iter_mut().zip(NAMES).enumerate() {
            *place = texts.iter().position(|text| folded(text) == folded(name));
            if place.is_none() && NEEDED.contains(&at) {
                let problem =
                    problems.error("SCR-CVR-025").at_row(1).in_column(name).closest_to(closest.to(name));
                problems.add(problem);
            }
        }
        for (at, text) in texts.iter().enumerate().filter(|(_, text)| text.starts_with("Choice_")) {
            if let Err(problem) = head.add_column(at, text, problems) {
                problems.add(*problem);
            }
        }
        if head.marks.is_empty() && !problems.has_errors() {
            let problem = problems.error("SCR-CVR-042").at_row(1);
            problems.add(problem);
        }
        (!problems.has_errors()).then_some(head)
    }

    fn add_column(&mut self, at: usize, text: &str, problems: &Problems) -> Result<(), Box<Problem>> {
        let problem = |code: &'static str, value: &str| {
            Box::new(problems.error(code).at_row(1).in_column(&(at + 1).to_string()).with_value(value))
        };
        let title = Title::of(text).ok_or_else(|| problem("SCR-CVR-042", text))?;
        let too_many = |error: crate::cvr::TooMany| problem("SCR-CVR-023", &error.to_string());
        let number = self
            .titles
            .contest(&title.contest, (title.votes_allowed, u16::from(title.rank > 0)), title.rank)
            .map_err(too_many)?;
        let choice = self.titles.choice(number, title.rank, &title.name, &title.party, title.kind());
        let choice = choice.map_err(too_many)?;
        self.marks.push((at, number, Mark { rank: title.rank, choice }));
        Ok(())
    }

    /// Puts a row into `card`; `false`: something is wrong with it.
    fn card(&self, row: &ByteRecord, number: u64, card: &mut Card, problems: &mut Problems) -> bool {
        card.clear();
        if row.len() != self.width {
            let code = if row.len() < self.width { "SCR-CVR-040" } else { "SCR-CVR-029" };
            let problem = problems.error(code).at_row(number);
            problems.add(problem.with("cells", row.len()).with("columns", self.width));
            return false;
        }
        let text = |name: usize| self.names[name].and_then(|at| row.get(at)).map(cell).unwrap_or_default();
        card.id.push_str(&text(0));
        card.batch.push_str(&text(1));
        card.imprinted.push_str(&text(3));
        card.precinct.push_str(&text(4));
        card.style.push_str(&text(5));
        card.tabulator.push_str(&text(7));
        let position = self.names[2].and_then(|at| row.get(at)).map(identifier).unwrap_or_default();
        let mut sound = true;
        match numbered(&position).and_then(|number| u32::try_from(number).ok()) {
            Some(position) => card.position = position,
            None => {
                let problem = problems.error("SCR-CVR-024").at_row(number).in_column(NAMES[2]);
                problems.add(problem.with_value(&position));
                sound = false;
            }
        }
        for (at, contest, mark) in &self.marks {
            match identifier(row.get(*at).unwrap_or_default()).as_ref() {
                "" => {}
                "0" => card.add(*contest, &[]),
                "1" => card.add(*contest, std::slice::from_ref(mark)),
                wrong => {
                    let name = &self.titles.contests.list()[usize::from(*contest)].name;
                    let problem = problems.error("SCR-CVR-024").at_row(number).with_value(wrong);
                    problems.add(problem.in_column(&format!("{} ({name})", at + 1)));
                    sound = false;
                }
            }
        }
        sound
    }
}

/// A column of marks as its name says it.
struct Title {
    contest: String,
    votes_allowed: u16,
    /// 0: not ranked.
    rank: u16,
    name: String,
    party: String,
}

impl Title {
    fn of(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.strip_prefix("Choice_")?.split(':').collect();
        let number =
            |field: &str, before: &str| field.trim().strip_prefix(before)?.trim().parse::<u16>().ok();
        // A contest's name may have colons, so the words after it are looked for, not counted to.
        let (at, ranked, allowed) = fields.iter().enumerate().skip(2).find_map(|(at, field)| {
            let plain = number(field, "Vote For ").map(|allowed| (at, false, allowed));
            plain.or_else(|| number(field, "Number of Winners ").map(|allowed| (at, true, allowed)))
        })?;
        let rank =
            if ranked { fields[at - 1].trim().parse::<u16>().ok().filter(|rank| *rank > 0)? } else { 0 };
        let contest = fields[1..at - usize::from(ranked)].join(":").trim().to_owned();
        let (name, party) = match &fields[at + 1..] {
            [] => return None,
            [name] => (name.trim().to_owned(), ""),
            [names @ .., party] => (names.join(":").trim().to_owned(), party.trim()),
        };
        (!contest.is_empty() && !name.is_empty()).then(|| Self {
            contest,
            votes_allowed: if ranked { 1 } else { allowed },
            rank,
            name,
            party: party.to_owned(),
        })
    }

    fn kind(&self) -> ChoiceKind {
        let begins = self.name.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("write-in"));
        if begins { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular }
    }
}
