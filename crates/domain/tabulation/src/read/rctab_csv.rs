//! RCTab's generic CSV: a column for each candidate, a row for each ballot, and in the cells the rank given.

use super::table::Rows;
use super::{Limits, Problems, cell, identifier, numbered};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::io::Read;

/// Where things stand. Columns and rows count from 1, as in RCTab's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layout {
    /// The contest; such a file holds one and does not name it.
    pub contest: String,
    /// The first candidate's column; all after it are candidates.
    pub first_vote_column: usize,
    /// The first ballot's row. Row 1 names the candidates.
    pub first_vote_row: usize,
    /// Where a ballot's id stands.
    #[serde(default)]
    pub id_column: Option<usize>,
    /// Where its batch stands.
    #[serde(default)]
    pub batch_column: Option<usize>,
    /// Where its precinct stands.
    #[serde(default)]
    pub precinct_column: Option<usize>,
    /// The candidate who stands for undeclared write-ins; empty: none.
    #[serde(default)]
    pub undeclared_write_in: String,
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong: SCR-CVR-074 the names of candidates, -024 a cell that is no rank, -023, -021, -028,
/// -039.
pub fn read(
    input: impl Read,
    file: &str,
    layout: &Layout,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut reader = Reader { layout, contests: Contests::default(), cards: 0 };
    if let Some(rows) = Rows::open(input, limits, &mut problems) {
        reader.read(rows, limits, &mut problems, sink);
    }
    if reader.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    Ok(Reading { election: String::new(), contests: reader.contests, cards: reader.cards, warnings })
}

struct Reader<'a> {
    layout: &'a Layout,
    contests: Contests,
    cards: u64,
}

impl Reader<'_> {
    fn read<R: Read>(
        &mut self,
        mut rows: Rows<R>,
        limits: &Limits,
        problems: &mut Problems,
        sink: &mut dyn Sink,
    ) {
        let (mut record, mut card) = (ByteRecord::new(), Card::default());
        while rows.next(&mut record, problems) {
            let row = rows.row();
            if row == 1 {
                self.head(&record, limits, problems);
            }
            if problems.are_many() || (row == 1 && problems.has_errors()) {
                break;
            }
            let is_ballot = row >= self.layout.first_vote_row.max(2) as u64;
            // Where ballots have no ids, a row without anything is a blank ballot, as in RCTab.
            let is_nothing = self.layout.id_column.is_some() && record.iter().all(<[u8]>::is_empty);
            if !is_ballot || is_nothing {
                continue;
            }
            if self.ballot(&record, row, &mut card, problems) {
                match sink.card(&self.contests, &card) {
                    Ok(()) => self.cards += 1,
                    Err(problem) => {
                        let is_full = problem.code == "SCR-CVR-001";
                        problems.add(problem.at_row(row));
                        if is_full {
                            break;
                        }
                    }
                }
            }
        }
    }

    fn head(&mut self, record: &ByteRecord, limits: &Limits, problems: &mut Problems) {
        let first = self.layout.first_vote_column.max(1) - 1;
        let names: Vec<String> = record.iter().skip(first).map(|name| cell(name).into_owned()).collect();
        let is_used = |at: Option<usize>| at.is_some_and(|at| at > first);
        let mixed = [self.layout.id_column, self.layout.batch_column, self.layout.precinct_column];
        if names.is_empty() || names.len() > limits.columns || mixed.into_iter().any(is_used) {
            let problem = problems.error("SCR-CVR-074").at_row(1).with("columns", record.len());
            problems.add(problem.with("first-vote-column", self.layout.first_vote_column));
            return;
        }
        let mut choices: Vec<Choice> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() || choices.iter().any(|known| known.name == *name) {
                let problem = problems.error("SCR-CVR-074").at_row(1).with_value(name);
                problems.add(problem.in_column(&(first + at + 1).to_string()));
                continue;
            }
            let undeclared = *name == self.layout.undeclared_write_in;
            let kind = if undeclared { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular };
            choices.push(Choice { id: name.clone(), name: name.clone(), party: String::new(), kind });
        }
        let ranks = u16::try_from(choices.len()).unwrap_or(u16::MAX);
        let name = self.layout.contest.clone();
        let contest = Contest { id: name.clone(), name, votes_allowed: 1, ranks, choices };
        if let Err(error) = self.contests.contest(&self.layout.contest, || contest) {
            let problem = problems.error("SCR-CVR-023").with("what", error);
            problems.add(problem);
        }
    }

    /// Puts a row into `card`; `false`: something is wrong with it.
    fn ballot(&self, record: &ByteRecord, row: u64, card: &mut Card, problems: &mut Problems) -> bool {
        card.clear();
        let text = |at: Option<usize>| {
            at.and_then(|at| record.get(at.checked_sub(1)?)).map(cell).unwrap_or_default()
        };
        card.batch.push_str(&text(self.layout.batch_column));
        card.precinct.push_str(&text(self.layout.precinct_column));
        card.id.push_str(&text(self.layout.id_column));
        if card.id.is_empty() {
            card.id = format!("row {row}");
        }
        let spec = &self.contests.list()[0];
        let first = self.layout.first_vote_column.max(1) - 1;
        let (mut marks, mut sound) = (Vec::new(), true);
        for (at, bytes) in record.iter().enumerate().skip(first) {
            let text = identifier(bytes);
            if text.is_empty() {
                continue;
            }
            let choice =
                u16::try_from(at - first).ok().filter(|choice| usize::from(*choice) < spec.choices.len());
            let rank = numbered(&text).and_then(|rank| u16::try_from(rank).ok()).filter(|rank| *rank > 0);
            if let (Some(choice), Some(rank)) = (choice, rank) {
                marks.push(Mark::ranked(choice, rank));
            } else {
                let column =
                    spec.choices.get(at - first).map_or_else(|| (at + 1).to_string(), |one| one.name.clone());
                let problem = problems.error("SCR-CVR-024").at_row(row).in_column(&column).with_value(&text);
                problems.add(problem);
                sound = false;
            }
        }
        card.add(0, &marks);
        sound
    }
}
