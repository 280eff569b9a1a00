//! `scrutineer cvr export`: ballots in formats that other programs read.

use super::ballots::{self, Beside, Format, Opened};
use super::{listed, noted, write_new};
use crate::outcome::{Outcome, Problem};
use scr_tabulation::cvr::columns::Columns;
use scr_tabulation::cvr::{Card, ContestNo, Contests, Mark, Sink, table};
use scr_tabulation::read::{cdf, lines, raire};
use serde_json::json;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The export, or columns.
    file: PathBuf,
    /// What it is; found out from its beginning where it is not said.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    beside: Beside,
    /// What is written.
    #[arg(long, value_enum)]
    to: To,
    /// These contests alone, and the cards that have one of them. Can be given more than once.
    #[arg(long)]
    contest: Vec<String>,
    /// The time that a report of the Common Data Format states (RFC 3339): stated, so that the same ballots give the same bytes.
    #[arg(long, required_if_eq("to", "cdf"))]
    generated: Option<String>,
    /// Where it goes; a file that is there is left alone.
    #[arg(long)]
    out: PathBuf,
}

/// A format that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    /// A table: a row for each card and contest.
    Csv,
    /// JSON lines: the contests, then a card a line, with everything.
    Lines,
    /// NIST SP 1500-103 version 1, JSON.
    Cdf,
    /// The ballots of RAIRE and SHANGRLA: ranked contests, by id.
    Raire,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let Opened { columns, warnings, .. } = ballots::open_with(&args.file, args.format, &args.beside)?;
    let wanted = args.contest.iter().map(|name| ballots::contest(&columns, Some(name)));
    let chosen = Chosen::of(&columns, wanted.collect::<Result<Vec<_>, _>>()?)?;
    let unranked = chosen.contests.list().iter().find(|contest| contest.ranks == 0);
    if let (To::Raire, Some(contest)) = (args.to, unranked) {
        let what = format!("the contest {:?} is not ranked, and .raire holds rankings", contest.name);
        return Err(Problem::input("SCR-CLI-108", what).help("name the ranked contests with --contest"));
    }
    let generated = args.generated.as_deref().unwrap_or("1970-01-01T00:00:00Z");
    let generated: jiff::Timestamp = generated.parse().map_err(|_| {
        let what = format!("--generated: {generated:?} is no time such as 2026-11-27T06:00:00Z");
        Problem::input("SCR-CLI-108", what)
    })?;
    let generated = generated.to_string();
    let (mut cards, mut refused) = (0, None);
    write_new(&args.out, |file| {
        let written = chosen.write(args.to, BufWriter::new(file), &generated);
        cards = written.map_err(|failed| match failed {
            Failed::Card(problem) => {
                refused = Some(problem);
                io::Error::other("a card could not be written")
            }
            Failed::File(error) => error,
        })?;
        Ok(())
    })
    .map_err(|problem| match refused.take() {
        Some(refused) => listed(&format!("{} cannot be written", args.out.display()), &[*refused]),
        None => problem,
    })?;
    let lost = chosen.lost(args.to);
    let mut text = noted(&warnings);
    for line in &lost {
        let _ = writeln!(text, "note: {line}");
    }
    let contests = chosen.contests.list().len();
    let _ = writeln!(text, "{cards} cards, {contests} contests: {}", args.out.display());
    Ok(Outcome::done(
        text,
        json!({ "cards": cards, "contests": contests, "lost": lost, "problems": warnings }),
    ))
}

/// Why writing ended.
enum Failed {
    File(io::Error),
    Card(Box<scr_core::Problem>),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Some contests of the ballots, or all.
struct Chosen<'a> {
    columns: &'a Columns,
    contests: Contests,
    /// By number in the ballots, the number among those chosen.
    numbers: Vec<Option<ContestNo>>,
    all: bool,
}

impl<'a> Chosen<'a> {
    fn of(columns: &'a Columns, mut wanted: Vec<ContestNo>) -> Result<Self, Problem> {
        let all = wanted.is_empty();
        if all {
            wanted = (0..).take(columns.contests().len()).collect();
        }
        wanted.sort_unstable();
        wanted.dedup();
        let list = wanted.iter().map(|number| columns.contests()[usize::from(*number)].clone()).collect();
        let contests = Contests::of(list).map_err(|what| Problem::fault("SCR-CLI-104", what))?;
        let mut numbers = vec![None; columns.contests().len()];
        for (number, old) in (0..).zip(&wanted) {
            numbers[usize::from(*old)] = Some(number);
        }
        Ok(Self { columns, contests, numbers, all })
    }

    fn write(&self, to: To, out: impl Write, generated: &str) -> Result<u64, Failed> {
        let election = self.columns.election();
        match to {
            To::Csv => {
                let mut writer = table::Writer::new(out)?;
                let cards = self.cards(&mut writer).map_err(Failed::Card)?;
                writer.finish()?.flush()?;
                Ok(cards)
            }
            To::Lines => {
                let mut writer = lines::Writer::new(out, election, &self.contests)?;
                let cards = self.cards(&mut writer).map_err(Failed::Card)?;
                writer.finish()?;
                Ok(cards)
            }
            To::Cdf => {
                let mut writer = cdf::Writer::new(out)?;
                let cards = self.cards(&mut writer).map_err(Failed::Card)?;
                writer.finish(&self.contests, election, generated)?;
                Ok(cards)
            }
            To::Raire => {
                let mut writer = raire::Writer::new(out, &self.contests, &[])?;
                let cards = self.cards(&mut writer).map_err(Failed::Card)?;
                writer.finish()?.flush()?;
                Ok(cards)
            }
        }
    }

    /// Gives the cards to a writer; says how many.
    fn cards(&self, sink: &mut dyn Sink) -> Result<u64, Box<scr_core::Problem>> {
        let (mut card, mut given) = (Card::default(), 0);
        for number in 0..self.columns.cards() {
            self.columns.card(number, &mut card);
            if !self.all {
                let mut on_card: Vec<(ContestNo, Vec<Mark>)> = Vec::new();
                for (contest, marks) in card.contests() {
                    if let Some(number) = self.numbers[usize::from(contest)] {
                        on_card.push((number, marks.to_vec()));
                    }
                }
                if on_card.is_empty() {
                    continue;
                }
                card.clear_contests();
                on_card.iter().for_each(|(number, marks)| card.add(*number, marks));
            }
            sink.card(&self.contests, &card)?;
            given += 1;
        }
        Ok(given)
    }

    /// What the format cannot hold of these ballots.
    fn lost(&self, to: To) -> Vec<String> {
        let chosen = || (0..).zip(&self.numbers).filter(|(_, number)| number.is_some());
        match to {
            To::Csv | To::Lines => Vec::new(),
            To::Cdf => vec!["the format has no place for how a vote was cast (counting group)".to_owned()],
            To::Raire => {
                let mut lost =
                    vec!["of a card only its id is written; names of choices are their ids".to_owned()];
                let ends = |marks: &[Mark]| {
                    let over = marks.iter().any(|mark| mark.choice == Mark::OVERVOTE);
                    over || marks.windows(2).any(|two| two[0].rank == two[1].rank)
                };
                let patterns = chosen().flat_map(|(number, _)| self.columns.patterns(number));
                let cut: u64 = patterns.filter(|one| ends(one.marks)).map(|one| one.cards).sum();
                if cut > 0 {
                    lost.push(format!("{cut} rankings end where a rank has more than one mark"));
                }
                lost
            }
        }
    }
}
