//! `scrutineer tabulate …`: votes counted, or seats given, by the method that the law names.

use super::ballots::{self, Format};
use super::{listed, noted};
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use scr_tabulation::rules::{Procedure, Rules};
use scr_tabulation::seats::{Allocation, List};
use scr_tabulation::votes::{Count, Winners};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Bytes of a table of lists or of rules, at most.
const MAX_TABLE: u64 = 64 << 20;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer tabulate votes.csv --method dhondt --seats 24\n  scrutineer tabulate CVR_Export.zip --method plurality --contest Mayor\n  scrutineer tabulate votes.csv --rules law.toml\n  scrutineer tabulate ballots.cvr --method irv --contest Mayor\n  scrutineer tabulate config.json --method rctab\n\nA table of lists has the columns list,votes and, if lists can run out of candidates, candidates.\nWhere several are equal nothing is chosen: draw lots, state in the rules who was drawn, and count again."
)]
pub(crate) struct Args {
    /// Ballots (an export, or columns), or a table of lists with their votes.
    file: PathBuf,
    /// The method: plurality, approval, runoff, dhondt, sainte-lague, hamilton, kieswet, irv, or rctab for a configuration of RCTab (an unknown name lists all).
    #[arg(long, required_unless_present = "rules")]
    method: Option<String>,
    /// Seats to be given, or winners.
    #[arg(long)]
    seats: Option<u32>,
    /// The rules: method, seats, threshold, who was drawn by lot (TOML or JSON).
    #[arg(long)]
    rules: Option<PathBuf>,
    /// The contest, when the ballots hold several.
    #[arg(long)]
    contest: Option<String>,
    /// What the ballots are.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Who was drawn by lot in a ranked count, in the order in which lots are needed. Can be given more than once.
    #[arg(long)]
    drawn: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    match args.method.as_deref() {
        Some("rctab") => return super::ranked::tabulate(&args.file, &args.drawn),
        Some("irv") => return instant_runoff(args),
        _ => {}
    }
    let rules = rules(args)?;
    let (count, warnings) = count(args)?;
    let lists: Vec<List> = match &count {
        Counted::Lists(lists) => lists.clone(),
        Counted::Choices(count) => count
            .names
            .iter()
            .zip(&count.votes)
            .map(|(name, votes)| List { name: name.clone(), votes: *votes, candidates: None })
            .collect(),
    };
    let seats = args.seats.or(rules.seats);
    let mut text = noted(&warnings);
    if let Some(Procedure::Votes(_)) = &rules.procedure {
        let count = match count {
            Counted::Choices(count) => count,
            Counted::Lists(_) => Count {
                names: lists.iter().map(|list| list.name.clone()).collect(),
                votes: lists.iter().map(|list| list.votes).collect(),
                valid: lists.iter().map(|list| list.votes).sum(),
                blank: 0,
                overvoted: 0,
            },
        };
        let found = rules.winners_of(&count).ok_or_else(no_method)?.map_err(|error| refused(&error))?;
        winners(&count, &found, &mut text);
        return Ok(Outcome::done(text, json!({ "count": count, "winners": found, "problems": warnings })));
    }
    let seats = seats.ok_or_else(|| {
        Problem::input("SCR-CLI-106", "this method gives seats, and nobody says how many")
            .help("give --seats N")
    })?;
    let found = rules.seats_of(&lists, seats).ok_or_else(no_method)?.map_err(|error| refused(&error))?;
    allocation(&lists, &found, &mut text);
    Ok(Outcome::done(text, json!({ "lists": lists, "allocation": found, "problems": warnings })))
}

/// An instant runoff without further rules: overvotes end a ranking, ranks left out are passed over.
fn instant_runoff(args: &Args) -> Result<Outcome, Problem> {
    let opened = ballots::open(&args.file, args.format)?;
    let number = ballots::contest(&opened.columns, args.contest.as_deref())?;
    let contest = &opened.columns.contests()[usize::from(number)];
    let rankings: Vec<(Vec<u16>, u64)> = opened
        .columns
        .patterns(number)
        .iter()
        .map(|pattern| (scr_audits::assorter::ranking(pattern.marks), pattern.cards))
        .collect();
    let names: Vec<String> = contest.choices.iter().map(|choice| choice.name.clone()).collect();
    let (winner, eliminated) =
        scr_tabulation::ranked::irv(&names, &rankings, &args.drawn).map_err(|error| refused(&error))?;
    let mut text = noted(&opened.warnings);
    let name = |at: &usize| names.get(*at).map_or("?", String::as_str);
    for (round, gone) in (1..).zip(&eliminated) {
        let _ = writeln!(text, "Elimination {round}: {}", name(gone));
    }
    let _ = writeln!(text, "{} wins.", name(&winner));
    let order: Vec<&str> = eliminated.iter().map(name).collect();
    Ok(Outcome::done(text, json!({ "contest": contest.name, "winner": name(&winner), "eliminated": order })))
}

fn no_method() -> Problem {
    Problem::input("SCR-CLI-106", "no method is named, neither by --method nor in the rules")
}

/// A lot that is needed, or a method that does not fit: codes stand before the words.
fn refused(error: &dyn std::fmt::Display) -> Problem {
    let text = error.to_string();
    let (code, detail) = text.split_once(' ').unwrap_or(("SCR-CLI-106", &text));
    Problem::input(code, detail)
}

fn rules(args: &Args) -> Result<Rules, Problem> {
    let named = args.method.as_deref().map(|name| {
        Procedure::parse(name).map_err(|unknown| {
            let near = unknown.closest.map(|near| format!(" Did you mean {near:?}?")).unwrap_or_default();
            let all = Procedure::names().join(", ");
            Problem::input("SCR-CLI-106", format!("there is no method {:?}.{near}", unknown.name))
                .help(format!("methods: {all}"))
        })
    });
    let named = named.transpose()?;
    let Some(path) = &args.rules else {
        return named
            .map(|procedure| Rules::of(with_winners(procedure, args.seats), args.seats))
            .ok_or_else(no_method);
    };
    let name = path.display().to_string();
    let mut rules = Rules::read(&read_bytes(path, MAX_TABLE)?, &name)
        .map_err(|problems| listed("the rules cannot be used", &problems))?;
    if let Some(procedure) = named {
        rules.procedure = Some(with_winners(procedure, args.seats.or(rules.seats)));
    }
    Ok(rules)
}

/// Of plurality the seats are the winners.
fn with_winners(procedure: Procedure, seats: Option<u32>) -> Procedure {
    match (procedure, seats) {
        (Procedure::Votes(scr_tabulation::votes::Rule::Most { .. }), Some(seats)) => {
            Procedure::Votes(scr_tabulation::votes::Rule::Most { winners: seats as usize })
        }
        (procedure, _) => procedure,
    }
}

enum Counted {
    Choices(Count),
    Lists(Vec<List>),
}

/// What was counted, with what somebody should look at.
fn count(args: &Args) -> Result<(Counted, Vec<scr_core::Problem>), Problem> {
    if args.format.is_some() || ballots::detect(&args.file).is_ok() {
        let opened = ballots::open(&args.file, args.format)?;
        let number = ballots::contest(&opened.columns, args.contest.as_deref())?;
        let contest = &opened.columns.contests()[usize::from(number)];
        return Ok((Counted::Choices(Count::of(contest, &opened.columns.tally(number))), opened.warnings));
    }
    let (lists, warnings) = table(&args.file)?;
    Ok((Counted::Lists(lists), warnings))
}

fn table(path: &Path) -> Result<(Vec<List>, Vec<scr_core::Problem>), Problem> {
    let bytes = read_bytes(path, MAX_TABLE)?;
    let name = path.display().to_string();
    scr_tabulation::seats::read::read(bytes.as_slice(), &name)
        .map_err(|problems| listed(&format!("{name} cannot be read as a table of lists"), &problems))
}

fn winners(count: &Count, found: &Winners, text: &mut String) {
    let _ = writeln!(
        text,
        "{} valid ballots, {} blank, {} with too many marks.",
        count.valid, count.blank, count.overvoted
    );
    found.lines.iter().for_each(|line| {
        let _ = writeln!(text, "{line}");
    });
    for lot in &found.lots {
        let drawn: Vec<&str> = lot.drawn.iter().map(|at| count.names[*at].as_str()).collect();
        let _ = writeln!(text, "By lot for {}: {}.", lot.what, drawn.join(", "));
    }
}

fn allocation(lists: &[List], found: &Allocation, text: &mut String) {
    let width = lists.iter().map(|list| list.name.chars().count()).max().unwrap_or(0);
    for (list, seats) in lists.iter().zip(&found.seats) {
        let _ = writeln!(text, "{:<width$}  {:>12} votes  {seats:>4} seats", list.name, list.votes);
    }
    text.push('\n');
    found.explain(lists).iter().for_each(|line| {
        let _ = writeln!(text, "{line}");
    });
}
