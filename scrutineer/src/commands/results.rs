//! `scrutineer results …`: what can be checked on a file, without a server.

use crate::outcome::{Outcome, Problem};
use crate::source::{read_bytes, read_text};
use crate::words;
use scr_intake::{Input, Intake, Limits, Mapping};
use scr_results::checks::{self, Group};
use scr_results::compare::{Comparison, Pairing, compare};
use scr_results::rules::{self, Pack};
use scr_results::{Severity, Table};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Findings of one group that are printed; `--json` has them all.
const SHOWN: usize = 10;

/// Contests that a proposal lists.
const SHOWN_CONTESTS: usize = 100;

/// Results in files.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Propose a mapping for a file: correct it, save it, and give it to the other commands.
    #[command(after_help = "Example:\n  scrutineer results propose results.csv > results.toml")]
    Propose {
        /// The file: delimited text, a workbook, or an archive.
        file: PathBuf,
    },
    /// Check a results file: impossible numbers, identities of the tally sheet, totals, duplicates.
    #[command(
        after_help = "Examples:\n  scrutineer results check results.csv\n  scrutineer results check results.csv --mapping results.toml\n  scrutineer results check pl.zip --mapping poland-2020-round1.toml --rules pl-pkw-2020\n\nFindings are facts, not verdicts: exit status 0 even when there are some. A file that cannot be\nread as the mapping says ends with 2 and the list of everything that is wrong."
    )]
    Check {
        /// The file.
        file: PathBuf,
        /// The mapping (TOML). Without one the file is read as `propose` proposes, and the mapping is shown.
        #[arg(long)]
        mapping: Option<PathBuf>,
        /// A rule pack: one of those that come with the program, or a file.
        #[arg(long)]
        rules: Vec<String>,
        /// The contest, when the file holds several.
        #[arg(long)]
        contest: Option<String>,
    },
    /// Compare two sources of the same results, unit by unit.
    #[command(
        after_help = "Example:\n  scrutineer results diff preliminary.csv final.csv --mapping preliminary.toml --mapping-b final.toml"
    )]
    Diff {
        /// The first source.
        a: PathBuf,
        /// The second source.
        b: PathBuf,
        /// The mapping of the first, and of the second unless it has its own.
        #[arg(long)]
        mapping: PathBuf,
        /// The mapping of the second.
        #[arg(long)]
        mapping_b: Option<PathBuf>,
        /// The contest, when the files hold several.
        #[arg(long)]
        contest: Option<String>,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Propose { file } => propose(file),
        Command::Check { file, mapping, rules, contest } => {
            check(file, mapping.as_deref(), rules, contest.as_deref())
        }
        Command::Diff { a, b, mapping, mapping_b, contest } => {
            diff(a, b, mapping, mapping_b.as_deref().unwrap_or(mapping), contest.as_deref())
        }
    }
}

fn propose(file: &Path) -> Result<Outcome, Problem> {
    let limits = Limits::default();
    let bytes = read_bytes(file, limits.input_bytes as u64)?;
    let name = file_name(file);
    let proposal = scr_intake::propose(Input { name: &name, bytes: &bytes }, &limits);
    let mapping = proposal.mapping.to_toml();
    let mut text = String::new();
    for problem in &proposal.problems {
        let _ = writeln!(text, "# {}", words::problem(problem));
    }
    if proposal.contests.len() > 1 {
        let _ =
            writeln!(text, "# The file holds {} contests; `contest.only` chooses:", proposal.contests.len());
        for contest in proposal.contests.iter().take(SHOWN_CONTESTS) {
            let _ = writeln!(text, "#   {contest}");
        }
    }
    let _ =
        write!(text, "# Proposed for {name}. Compare it with the file, correct it, and save it.\n{mapping}");
    Ok(Outcome::done(
        text,
        json!({"mapping": mapping, "headings": proposal.headings, "contests": proposal.contests, "problems": proposal.problems}),
    ))
}

fn check(
    file: &Path,
    mapping: Option<&Path>,
    rules: &[String],
    contest: Option<&str>,
) -> Result<Outcome, Problem> {
    let packs = rules.iter().map(|name| pack(name)).collect::<Result<Vec<Pack>, Problem>>()?;
    let (intake, proposed) = match mapping {
        Some(mapping) => (read(file, mapping)?, None),
        None => {
            let bytes = read_bytes(file, Limits::default().input_bytes as u64)?;
            let input = Input { name: &file_name(file), bytes: &bytes };
            let mapping = scr_intake::propose(input, &Limits::default()).mapping;
            (read_as(file, &mapping)?, Some(mapping.to_toml()))
        }
    };
    let mut text = proposed.as_deref().map(read_by_proposal).unwrap_or_default();
    text.push_str(&warnings(&intake));
    let mut reports = Vec::new();
    for table in chosen(&intake, contest)? {
        let report = checks::check(&checks::Input { packs: &packs, ..checks::Input::new(table) });
        let _ = writeln!(
            text,
            "{}: {} units, {} without numbers, {} facts to look at.",
            if table.contest.is_empty() { "The contest" } else { &table.contest },
            report.totals.units,
            report.totals.numberless,
            report.count()
        );
        if let Some(margin) = &report.margin {
            let _ = writeln!(
                text,
                "The margin between {} and {} is {} votes.",
                margin.first, margin.second, margin.votes
            );
        }
        for group in &report.groups {
            describe(group, &mut text);
        }
        reports.push(json!({"contest": table.contest, "report": report}));
    }
    let mut report = json!({"counts": intake.counts, "problems": intake.problems, "contests": reports});
    if let Some(proposed) = proposed {
        report["proposed"] = json!(proposed);
    }
    Ok(Outcome::done(text, report))
}

/// What is said first where nobody has looked at the mapping.
fn read_by_proposal(mapping: &str) -> String {
    let lines: String = mapping.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "note: no mapping was given; the file was read by the proposed one. Compare it with the file, or save\n\
         what `scrutineer results propose` prints, correct it, and give it with --mapping:\n{lines}\n"
    )
}

fn describe(group: &Group, text: &mut String) {
    let name = group.rule.as_deref().unwrap_or(group.check);
    if let Some(lacks) = &group.lacks {
        let _ = writeln!(text, "\n{name}: not applied, the file lacks {lacks}");
        return;
    }
    let _ = write!(text, "\n{name}: {} of {} tested", group.count, group.tested);
    if let Some(identity) = &group.identity {
        let _ = write!(text, "  [{identity}]");
    }
    text.push('\n');
    if group.count == 0 {
        return;
    }
    let _ = write!(text, "  at most {} votes affected", group.votes_affected);
    if let Some(margin) = group.margin {
        let _ = write!(text, ", the margin is {margin}");
    }
    text.push('\n');
    for rate in &group.base_rates {
        let _ = writeln!(text, "  elsewhere {} of {}: {}", rate.departing, rate.tested, rate.source);
    }
    for finding in group.findings.iter().take(SHOWN) {
        let _ = write!(text, "  - {}", finding.unit);
        if let Some(line) = finding.line {
            let _ = write!(text, " (line {line})");
        }
        if let (Some(left), Some(right)) = (finding.left, finding.right) {
            let _ = write!(text, ": {left} against {right}");
        }
        text.push('\n');
    }
    if group.count > SHOWN as u64 {
        let _ = writeln!(text, "  … and {} more (--json lists them)", group.count - SHOWN as u64);
    }
}

fn diff(
    a: &Path,
    b: &Path,
    mapping_a: &Path,
    mapping_b: &Path,
    contest: Option<&str>,
) -> Result<Outcome, Problem> {
    let (left, right) = (read(a, mapping_a)?, read(b, mapping_b)?);
    let one = |intake: &Intake, file: &Path| -> Result<usize, Problem> {
        let tables = chosen(intake, contest)?;
        match tables.as_slice() {
            [table] => Ok(intake.tables.iter().position(|t| std::ptr::eq(t, *table)).unwrap_or(0)),
            many => Err(Problem::input(
                "SCR-CLI-021",
                format!("{} holds {} contests", file.display(), many.len()),
            )
            .help("name one with --contest")),
        }
    };
    let (left_table, right_table) = (&left.tables[one(&left, a)?], &right.tables[one(&right, b)?]);
    let comparison = compare(left_table, right_table, &Pairing::default());
    Ok(Outcome::done(comparison_text(&comparison), json!({"comparison": comparison})))
}

fn comparison_text(comparison: &Comparison) -> String {
    let mut text = format!(
        "{} rows stand in both; {} only in the first, {} only in the second.\n{} rows differ, in {} numbers; at most {} votes affected.\n",
        comparison.common,
        comparison.only_left.len(),
        comparison.only_right.len(),
        comparison.rows_differing,
        comparison.cells_differing,
        comparison.votes_affected
    );
    for (which, margin) in [("first", &comparison.margin_left), ("second", &comparison.margin_right)] {
        if let Some(margin) = margin {
            let _ = writeln!(
                text,
                "Margin by the {which}: {} votes between {} and {}.",
                margin.votes, margin.first, margin.second
            );
        }
    }
    for column in comparison.columns.iter().filter(|column| column.rows > 0) {
        let _ = writeln!(
            text,
            "  {}: {} -> {} ({:+}), {} rows differ",
            column.column,
            column.left,
            column.right,
            column.change(),
            column.rows
        );
    }
    for cell in comparison.cells.iter().take(SHOWN) {
        let show = |value: Option<u64>| value.map_or("not stated".to_owned(), |n| n.to_string());
        let _ = writeln!(
            text,
            "  - {} {}: {} against {}",
            cell.row.unit,
            cell.column,
            show(cell.left),
            show(cell.right)
        );
    }
    if comparison.cells_differing > SHOWN as u64 {
        let _ =
            writeln!(text, "  … and {} more (--json lists them)", comparison.cells_differing - SHOWN as u64);
    }
    for rate in &comparison.base_rates {
        let _ = writeln!(text, "Elsewhere {} of {}: {}", rate.departing, rate.tested, rate.source);
    }
    text
}

/// Reads a file as a mapping says: everything that is wrong at once, or the tables.
pub(crate) fn read(file: &Path, mapping: &Path) -> Result<Intake, Problem> {
    let mapping = Mapping::parse(&read_text(mapping)?, &file_name(mapping))
        .map_err(|problem| Problem::input(problem.code, words::problem(&problem)))?;
    read_as(file, &mapping)
}

fn read_as(file: &Path, mapping: &Mapping) -> Result<Intake, Problem> {
    let limits = Limits::default();
    let bytes = read_bytes(file, limits.input_bytes as u64)?;
    let intake = scr_intake::read(Input { name: &file_name(file), bytes: &bytes }, mapping, &limits);
    if intake.is_complete() {
        return Ok(intake);
    }
    let errors: Vec<String> = intake
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("\n  - {}", words::problem(problem)))
        .collect();
    let more: u64 = intake.unlisted.values().sum();
    let mut detail = format!("{} cannot be read as the mapping says:{}", file.display(), errors.concat());
    if more > 0 {
        let _ = write!(detail, "\n  … and {more} more");
    }
    Err(Problem::input("SCR-CLI-020", detail).help("correct the file or the mapping; nothing was taken in"))
}

fn warnings(intake: &Intake) -> String {
    let mut text = String::new();
    for problem in intake.problems.iter().take(20) {
        let _ = writeln!(text, "note: {}", words::problem(problem));
    }
    if intake.problems.len() > 20 {
        let _ = writeln!(text, "… and {} more notes (--json lists them)", intake.problems.len() - 20);
    }
    text
}

fn chosen<'a>(intake: &'a Intake, contest: Option<&str>) -> Result<Vec<&'a Table>, Problem> {
    let tables: Vec<&Table> =
        intake.tables.iter().filter(|table| contest.is_none_or(|name| table.contest == name)).collect();
    if tables.is_empty() {
        let names: Vec<&str> = intake.tables.iter().map(|table| table.contest.as_str()).collect();
        let closest =
            contest.and_then(|wanted| scr_results::Closest::among(names.iter().copied()).to(wanted));
        let meant = closest.map(|name| format!("did you mean {name:?}? ")).unwrap_or_default();
        return Err(Problem::input("SCR-CLI-021", "the file holds no such contest")
            .help(format!("{meant}it holds: {}", names.join(", "))));
    }
    Ok(tables)
}

fn pack(name: &str) -> Result<Pack, Problem> {
    if Path::new(name).is_file() {
        return Pack::parse(&read_text(Path::new(name))?).map_err(|e| Problem::input(e.code, e));
    }
    let shipped = rules::shipped().map_err(|e| Problem::fault(e.code, e))?;
    let names: Vec<String> = shipped.iter().map(|pack| pack.id.clone()).collect();
    shipped.into_iter().find(|pack| pack.id == name).ok_or_else(|| {
        Problem::input("SCR-CLI-022", format!("there is no rule pack {name:?}"))
            .help(format!("a file, or one of: {}", names.join(", ")))
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
