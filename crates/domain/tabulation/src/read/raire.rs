//! The `.raire` format of ranked contests, in and out (RAIRE's programs and SHANGRLA).
//!
//! Line 1 says how many contests there are; then for each `Contest,<id>,<n>,<candidate 1> … <candidate n>`, perhaps with
//! `,winner,<candidate>`; then a line for each ballot and contest: `<contest>,<ballot>,<first>,<second> …`.
//!
//! A file can be cut. Programs end every line; where the last one does not end, it is refused if it stops before a
//! preference or within what could be a longer name, and otherwise named as a warning: a file that was cut behind a
//! whole preference, or behind a whole line, cannot be told from one that is complete.

use super::table::Rows;
use super::text::kept;
use super::{Limits, Problems, cell, numbered};
use crate::cvr::{Card, Choice, ChoiceKind, ChoiceNo, Contest, ContestNo, Contests, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::{Closest, Problem, Severity};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read, Write};

/// What a file says.
#[derive(Debug)]
pub struct Raire {
    /// Contests and cards.
    pub reading: Reading,
    /// By number of the contest, who is stated to have won.
    pub winners: Vec<Option<ChoiceNo>>,
}

/// Reads a file. Of one contest the ballots are given as they come; of several, those with the same id are one card,
/// and cards are kept until the end.
///
/// # Errors
/// Everything that is wrong: SCR-CVR-070 the lines at the top, -071 a line of another contest, -072 an unknown
/// candidate, -073 a ballot that has a contest twice, -086 a last line that was cut, -021, -028, -039. Warning:
/// SCR-CVR-087 the last line does not end.
pub fn read(
    input: impl Read,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Raire, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut contests = Contests::default();
    let mut winners = Vec::new();
    let mut ballots = Ballots { cards: 0, kept: Vec::new(), by_id: HashMap::new(), is_full: false };
    if let Some(mut rows) = Rows::open(input, limits, &mut problems)
        && head(&mut rows, &mut contests, &mut winners, &mut problems)
    {
        ballots.read(&mut rows, &contests, &mut problems, sink);
    }
    if !problems.has_errors() {
        ballots.give_kept(&contests, &mut problems, sink);
    }
    if ballots.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    let reading = Reading { election: String::new(), contests, cards: ballots.cards, warnings };
    Ok(Raire { reading, winners })
}

/// Reads the lines at the top; `false`: something is wrong with them.
fn head<R: Read>(
    rows: &mut Rows<R>,
    contests: &mut Contests,
    winners: &mut Vec<Option<ChoiceNo>>,
    problems: &mut Problems,
) -> bool {
    let mut record = ByteRecord::new();
    let mut wanted = None;
    for row in 1_u64.. {
        if wanted.is_some_and(|wanted: u64| row > wanted + 1) || problems.are_many() {
            break;
        }
        let texts: Vec<String> = if rows.next(&mut record, problems) {
            record.iter().map(|text| cell(text).into_owned()).collect()
        } else {
            Vec::new()
        };
        if texts.is_empty() && problems.has_errors() {
            return false;
        }
        let first = texts.first().map_or("", String::as_str);
        let wrong = |problems: &mut Problems, value: &str| {
            let problem = problems.error("SCR-CVR-070").at_row(row).with_value(value);
            problems.add(problem);
        };
        if wanted.is_none() {
            wanted = numbered(first).filter(|wanted| (1..=20_000).contains(wanted) && texts.len() == 1);
            if wanted.is_none() {
                wrong(problems, first);
                return false;
            }
        } else if let Some((contest, winner)) = contest(&texts) {
            let id = contest.id.clone();
            let known = contests.find(&id).is_some();
            let count = contest.choices.len();
            match contests.contest(&id, || contest) {
                Ok(number) if !known && contests.list()[usize::from(number)].choices.len() == count => {
                    winners.push(winner.as_deref().and_then(|name| contests.find_choice(number, name)));
                    if let (Some(name), Some(None)) = (winner, winners.last()) {
                        wrong(problems, &name);
                    }
                }
                _ => wrong(problems, &id),
            }
        } else {
            wrong(problems, first);
            return false;
        }
    }
    !problems.has_errors()
}

fn contest(texts: &[String]) -> Option<(Contest, Option<String>)> {
    let [contest, id, count, rest @ ..] = texts else { return None };
    let count = numbered(count).and_then(|count| usize::try_from(count).ok())?;
    if !contest.eq_ignore_ascii_case("contest") || count == 0 || rest.len() < count {
        return None;
    }
    let (names, rest) = rest.split_at(count);
    let choice = |name: &String| Choice {
        id: name.clone(),
        name: name.clone(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    let at = rest.iter().position(|text| text.eq_ignore_ascii_case("winner"));
    let winner = at.and_then(|at| rest.get(at + 1)).cloned();
    let contest = Contest {
        id: id.clone(),
        name: id.clone(),
        votes_allowed: 1,
        ranks: u16::try_from(count).ok()?,
        choices: names.iter().map(choice).collect(),
    };
    Some((contest, winner))
}

struct Ballots {
    cards: u64,
    kept: Vec<Card>,
    by_id: HashMap<String, usize>,
    is_full: bool,
}

impl Ballots {
    fn read<R: Read>(
        &mut self,
        rows: &mut Rows<R>,
        contests: &Contests,
        problems: &mut Problems,
        sink: &mut dyn Sink,
    ) {
        let mut record = ByteRecord::new();
        let mut card = Card::default();
        let mut last = None;
        while !problems.are_many() && !self.is_full && rows.next(&mut record, problems) {
            let row = rows.row();
            if record.iter().all(<[u8]>::is_empty) {
                continue;
            }
            card.clear();
            last = Some((row, record.clone()));
            match ballot(&record, contests, &mut card, problems) {
                Ok(contest) if contests.list().len() == 1 => {
                    debug_assert_eq!(contest, 0);
                    self.give(contests, &card, row, problems, sink);
                }
                Ok(contest) => self.keep(&card, contest, row, problems),
                Err(problem) => problems.add(problem.at_row(row)),
            }
        }
        if let Some((row, record)) = last
            && rows.ends_within_a_line()
            && !problems.has_errors()
        {
            let cut = is_cut(&record, contests);
            let problem = if cut { problems.error("SCR-CVR-086") } else { problems.warning("SCR-CVR-087") };
            problems.add(problem.at_row(row));
        }
    }

    fn give(
        &mut self,
        contests: &Contests,
        card: &Card,
        row: u64,
        problems: &mut Problems,
        sink: &mut dyn Sink,
    ) {
        match sink.card(contests, card) {
            Ok(()) => self.cards += 1,
            Err(problem) => {
                self.is_full = problem.code == "SCR-CVR-001";
                problems.add(if row > 0 { problem.at_row(row) } else { *problem });
            }
        }
    }

    /// Adds a contest to the card of this ballot.
    fn keep(&mut self, card: &Card, contest: ContestNo, row: u64, problems: &mut Problems) {
        let at = *self.by_id.entry(card.id.clone()).or_insert(self.kept.len());
        let Some(known) = self.kept.get_mut(at) else {
            self.kept.push(card.clone());
            return;
        };
        if known.marks(contest).is_some() {
            let problem = problems.error("SCR-CVR-073").at_row(row).with_value(&card.id);
            problems.add(problem);
        } else {
            known.add(contest, card.marks(contest).unwrap_or_default());
        }
    }

    fn give_kept(&mut self, contests: &Contests, problems: &mut Problems, sink: &mut dyn Sink) {
        for card in std::mem::take(&mut self.kept) {
            if self.is_full || problems.are_many() {
                break;
            }
            self.give(contests, &card, 0, problems, sink);
        }
    }
}

/// Whether a last line that does not end may have had more: it has no preference, an empty one, or one with which
/// another candidate's name begins.
fn is_cut(record: &ByteRecord, contests: &Contests) -> bool {
    let text = |at: usize| record.get(at).map(cell).unwrap_or_default();
    let last = text(record.len().saturating_sub(1));
    let choices = contests.find(&text(0)).map(|number| &contests.list()[usize::from(number)].choices);
    let begins = |id: &str| id.len() > last.len() && id.starts_with(last.as_ref());
    record.len() < 3
        || last.is_empty()
        || choices.is_some_and(|choices| choices.iter().any(|choice| begins(&choice.id)))
}

fn ballot(
    record: &ByteRecord,
    contests: &Contests,
    card: &mut Card,
    problems: &Problems,
) -> Result<ContestNo, Box<Problem>> {
    let text = |at: usize| record.get(at).map(cell).unwrap_or_default();
    let (id, ballot) = (text(0), text(1));
    let Some(contest) = contests.find(&id).filter(|_| !ballot.is_empty()) else {
        let closest = Closest::among(contests.list().iter().map(|contest| contest.id.as_str())).to(&id);
        return Err(Box::new(problems.error("SCR-CVR-071").with_value(&id).closest_to(closest)));
    };
    card.id.push_str(&ballot);
    let mut marks = Vec::new();
    for (rank, name) in (1_u16..).zip(record.iter().skip(2)) {
        let name = cell(name);
        if name.is_empty() {
            continue;
        }
        let Some(choice) = contests.find_choice(contest, &name) else {
            let spec = &contests.list()[usize::from(contest)];
            let closest = Closest::among(spec.choices.iter().map(|choice| choice.id.as_str())).to(&name);
            let problem = problems.error("SCR-CVR-072").in_column(&(rank + 2).to_string());
            return Err(Box::new(problem.with_value(&name).closest_to(closest).with("contest", &spec.id)));
        };
        marks.push(Mark::ranked(choice, rank));
    }
    card.add(contest, &marks);
    Ok(contest)
}

/// Writes a file. The format knows no overvotes: a ranking ends where a rank has more than one mark.
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Begins, with the contests and who won.
    ///
    /// # Errors
    /// Those of the file.
    pub fn new(out: W, contests: &Contests, winners: &[Option<ChoiceNo>]) -> io::Result<Self> {
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(out);
        out.write_record([contests.list().len().to_string()])?;
        for (at, contest) in contests.list().iter().enumerate() {
            let mut row =
                vec!["Contest".to_owned(), kept(&contest.id).into_owned(), contest.choices.len().to_string()];
            row.extend(contest.choices.iter().map(|choice| kept(&choice.id).into_owned()));
            let winner = winners.get(at).copied().flatten();
            if let Some(choice) = winner.and_then(|winner| contest.choices.get(usize::from(winner))) {
                row.extend(["winner".to_owned(), kept(&choice.id).into_owned()]);
            }
            out.write_record(row)?;
        }
        Ok(Self { out })
    }

    /// Ends it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

impl<W: Write> Sink for Writer<W> {
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        let refused = |error: csv::Error| {
            Box::new(Problem::new("SCR-CVR-068", Severity::Error, "").with("what", error))
        };
        for (number, marks) in card.contests() {
            let Some(contest) = contests.list().get(usize::from(number)) else { continue };
            let mut row = vec![kept(&contest.id), kept(&card.id)];
            for same in marks.chunk_by(|one, other| one.rank == other.rank) {
                let [mark] = same else { break };
                let Some(choice) = contest.choices.get(usize::from(mark.choice)) else { break };
                // Ranks left out are empty cells.
                row.resize(usize::from(mark.rank.max(1)) + 1, Cow::Borrowed(""));
                row.push(kept(&choice.id));
            }
            self.out.write_record(row.iter().map(|text| text.as_bytes())).map_err(refused)?;
        }
        Ok(())
    }
}
