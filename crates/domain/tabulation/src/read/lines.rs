//! Cards as JSON lines, in and out: everything that the model holds, one card a line, for other programs.
//!
//! The first line is `{"format": "scrutineer-cvr-lines/1", "election", "contests"}`, with contests and choices as the
//! model has them ([`Contest`]). Each line after it is a card: its names (`tabulator`, `batch`, `position`, `sheet`,
//! `id`, `imprinted`, `group`, `precinct`, `style`; what is empty or 0 is left out) and `contests`, each with its `id`
//! and `marks`. A mark is `{"choice": id}`, with a `rank` where the contest is ranked; the choice `null` stands for an
//! overvote of which nobody says what was marked.

use super::{Limits, Problems, TextReader};
use crate::cvr::{Card, Contest, Contests, Mark, Reading, Sink};
use scr_core::{Closest, Problem, Severity};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};

/// What the first line names.
pub const FORMAT: &str = "scrutineer-cvr-lines/1";
/// The first line may be so many times longer than a card.
const DEFINITIONS: usize = 32;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head<'a> {
    format: Cow<'a, str>,
    election: Cow<'a, str>,
    contests: Cow<'a, [Contest]>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Line<'a> {
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    tabulator: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    batch: Cow<'a, str>,
    #[serde(skip_serializing_if = "is_zero")]
    position: u32,
    #[serde(skip_serializing_if = "is_zero")]
    sheet: u32,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    id: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    imprinted: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    group: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    precinct: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "str::is_empty")]
    style: Cow<'a, str>,
    #[serde(borrow)]
    contests: Vec<OnCard<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnCard<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    marks: Vec<Marked<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked<'a> {
    #[serde(default, skip_serializing_if = "is_unranked")]
    rank: u16,
    #[serde(borrow)]
    choice: Option<Cow<'a, str>>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_unranked(rank: &u16) -> bool {
    *rank == 0
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong: SCR-CVR-083 the first line, -084 a line that is no card, -064 and -065 a contest or a
/// choice that the first line has not, -085 a contest twice on a card, -021, -028, -039.
pub fn read(
    input: impl Read,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut reading = Reading::default();
    match TextReader::new(input) {
        Ok(text) => read_lines(BufReader::new(text), limits, &mut reading, &mut problems, sink),
        Err(error) => unreadable(&error, &mut problems),
    }
    if reading.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    reading.warnings = problems.finish()?;
    Ok(reading)
}

fn unreadable(error: &io::Error, problems: &mut Problems) {
    let problem = problems.error("SCR-CVR-021").with("what", error);
    problems.add(problem);
}

fn read_lines(
    mut input: impl BufRead,
    limits: &Limits,
    reading: &mut Reading,
    problems: &mut Problems,
    sink: &mut dyn Sink,
) {
    let (mut bytes, mut card, mut has_head) = (Vec::new(), Card::default(), false);
    for row in 1_u64.. {
        bytes.clear();
        let most = if has_head { limits.record } else { limits.record.saturating_mul(DEFINITIONS) };
        match input.by_ref().take(most as u64 + 1).read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(length) if length > most => {
                let problem = problems.error("SCR-CVR-039").at_row(row).with("limit", most);
                return problems.add(problem);
            }
            Ok(_) => {}
            Err(error) => return unreadable(&error, problems),
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        if !has_head {
            match head(&bytes) {
                Ok((election, contests)) => (reading.election, reading.contests) = (election, contests),
                Err(what) => {
                    let problem = problems.error("SCR-CVR-083").at_row(row).with("what", what);
                    return problems.add(problem);
                }
            }
            has_head = true;
            continue;
        }
        let taken = fill(&bytes, &reading.contests, &mut card, problems)
            .and_then(|()| sink.card(&reading.contests, &card));
        match taken {
            Ok(()) => reading.cards += 1,
            Err(problem) => {
                let is_full = problem.code == "SCR-CVR-001";
                problems.add(problem.at_row(row));
                if is_full || problems.are_many() {
                    return;
                }
            }
        }
    }
    if !has_head {
        let problem = problems.error("SCR-CVR-083").with("what", "nothing in it");
        problems.add(problem);
    }
}

fn head(bytes: &[u8]) -> Result<(String, Contests), String> {
    let head: Head<'_> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if head.format != FORMAT {
        return Err(format!("format {:?}", head.format));
    }
    Ok((head.election.into_owned(), Contests::of(head.contests.into_owned())?))
}

fn fill(bytes: &[u8], contests: &Contests, card: &mut Card, problems: &Problems) -> Result<(), Box<Problem>> {
    let line: Line<'_> = serde_json::from_slice(bytes)
        .map_err(|error| Box::new(problems.error("SCR-CVR-084").with("what", error)))?;
    card.clear();
    let texts = [
        (&mut card.tabulator, line.tabulator),
        (&mut card.batch, line.batch),
        (&mut card.id, line.id),
        (&mut card.imprinted, line.imprinted),
        (&mut card.group, line.group),
        (&mut card.precinct, line.precinct),
        (&mut card.style, line.style),
    ];
    texts.into_iter().for_each(|(to, from)| to.push_str(&from));
    (card.position, card.sheet) = (line.position, line.sheet);
    for on_card in line.contests {
        let Some(number) = contests.find(&on_card.id) else {
            let closest = Closest::among(contests.list().iter().map(|contest| contest.id.as_str()));
            let problem = problems.error("SCR-CVR-064").with_value(&on_card.id);
            return Err(Box::new(problem.closest_to({ closest }.to(&on_card.id))));
        };
        let spec = &contests.list()[usize::from(number)];
        if card.marks(number).is_some() {
            return Err(Box::new(problems.error("SCR-CVR-085").with_value(&spec.id)));
        }
        let mut marks = Vec::new();
        for mark in on_card.marks {
            let choice = match &mark.choice {
                None => Mark::OVERVOTE,
                Some(id) => contests.find_choice(number, id).ok_or_else(|| {
                    let closest = Closest::among(spec.choices.iter().map(|choice| choice.id.as_str()));
                    let problem = problems.error("SCR-CVR-065").with_value(id).with("contest", &spec.id);
                    Box::new(problem.closest_to({ closest }.to(id)))
                })?,
            };
            if mark.rank > spec.ranks {
                let problem = problems.error("SCR-CVR-084").with_value(&mark.rank.to_string());
                return Err(Box::new(problem.with("what", "a rank that the contest has not")));
            }
            marks.push(Mark { rank: mark.rank, choice });
        }
        card.add(number, &marks);
    }
    Ok(())
}

/// Writes a file. The contests, and all their choices, are known before the first card.
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of the file.
    pub fn new(mut out: W, election: &str, contests: &Contests) -> io::Result<Self> {
        let head =
            Head { format: FORMAT.into(), election: election.into(), contests: contests.list().into() };
        serde_json::to_writer(&mut out, &head)?;
        out.write_all(b"\n")?;
        Ok(Self { out })
    }

    /// Ends it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Sink for Writer<W> {
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        let on_card = card.contests().filter_map(|(number, marks)| {
            let spec = contests.list().get(usize::from(number))?;
            let marked = marks.iter().map(|mark| {
                let choice = spec.choices.get(usize::from(mark.choice));
                Marked { rank: mark.rank, choice: choice.map(|choice| choice.id.as_str().into()) }
            });
            Some(OnCard { id: spec.id.as_str().into(), marks: marked.collect() })
        });
        let line = Line {
            tabulator: card.tabulator.as_str().into(),
            batch: card.batch.as_str().into(),
            position: card.position,
            sheet: card.sheet,
            id: card.id.as_str().into(),
            imprinted: card.imprinted.as_str().into(),
            group: card.group.as_str().into(),
            precinct: card.precinct.as_str().into(),
            style: card.style.as_str().into(),
            contests: on_card.collect(),
        };
        let written = serde_json::to_writer(&mut self.out, &line)
            .map_err(io::Error::from)
            .and_then(|()| self.out.write_all(b"\n"));
        written
            .map_err(|error| Box::new(Problem::new("SCR-CVR-068", Severity::Error, "").with("what", error)))
    }
}
