//! `scrutineer cvr …`: cast vote records, from files.

use super::ballots::{self, Beside, Format, Opened};
use super::{noted, write_new};
use crate::outcome::{Outcome, Problem};
use scr_tabulation::cvr::columns::Columns;
use scr_tabulation::cvr::privacy::{Groups, Shown};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Cast vote records.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Read an export and keep it as columns, named by their SHA-256: what an audit commits to.
    #[command(
        after_help = "Examples:\n  scrutineer cvr import CVR_Export.zip --out ballots.cvr\n  scrutineer cvr import cvr.csv --ballots day.csv --ballots mail.csv --out ballots.cvr\n  scrutineer cvr import Hart_CVRs.zip --scanned scanned.csv --out ballots.cvr\n\nAn export that was unpacked is given as its folder, or as CvrExport.json beside its manifests."
    )]
    Import {
        /// The export.
        file: PathBuf,
        /// What it is; found out from its beginning where it is not said.
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        beside: Beside,
        /// Where the columns go; a file that is there is left alone.
        #[arg(long)]
        out: PathBuf,
    },
    /// Count every contest of an export. Of a ranked contest first ranks: `scrutineer tabulate` has its rounds.
    #[command(after_help = "Example:\n  scrutineer cvr tally CVR_Export.csv")]
    Tally {
        /// The export, or columns.
        file: PathBuf,
        /// What it is.
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// One contest alone.
        #[arg(long)]
        contest: Option<String>,
    },
    /// Write the ballots in a format that other programs read.
    #[command(
        after_help = "Examples:\n  scrutineer cvr export ballots.cvr --to csv --out ballots.csv\n  scrutineer cvr export CVR_Export.zip --to raire --contest Mayor --out mayor.raire\n\ncsv has a row for each card and contest: card, tabulator, batch, position, sheet, id, imprinted, group, precinct, style,\ncontest_id, contest, says (votes, blank, overvote, ranking), marks (names with ` | ` between them; ranked 1=Ann | 2=Ben)."
    )]
    Export(super::cvr_export::Args),
    /// Find rare ballot styles, which would show how somebody voted, and pool them before publication.
    #[command(
        after_help = "Example:\n  scrutineer cvr privacy ballots.cvr --least 10 --shown precinct --out published.cvr --pools pools.json\n\nExit status 1 when there are rare styles and nothing was pooled."
    )]
    Privacy {
        /// The export, or columns.
        file: PathBuf,
        /// What it is.
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// A style of fewer cards is rare.
        #[arg(long, default_value_t = 10)]
        least: u64,
        /// What is published beside the votes.
        #[arg(long, value_enum, value_delimiter = ',', default_value = "precinct,style")]
        shown: Vec<Field>,
        /// Where the columns go that may be published.
        #[arg(long, requires = "pools")]
        out: Option<PathBuf>,
        /// Where the totals of the pools go.
        #[arg(long, requires = "out")]
        pools: Option<PathBuf>,
    },
}

/// What is published beside the votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Field {
    /// The precinct.
    Precinct,
    /// The ballot style.
    Style,
    /// How the vote was cast.
    Group,
    /// Tabulator and batch.
    Batch,
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Import { file, format, beside, out } => import(file, *format, beside, out),
        Command::Export(args) => super::cvr_export::run(args),
        Command::Tally { file, format, contest } => tally(file, *format, contest.as_deref()),
        Command::Privacy { file, format, least, shown, out, pools } => {
            let files = out.as_deref().zip(pools.as_deref());
            privacy(file, *format, *least, shown, files)
        }
    }
}

fn import(file: &Path, format: Option<Format>, beside: &Beside, out: &Path) -> Result<Outcome, Problem> {
    let Opened { columns, format, warnings } = ballots::open_with(file, format, beside)?;
    write_columns(&columns, out)?;
    let digest = columns.digest().to_hex();
    let mut text = noted(&warnings);
    let _ = writeln!(
        text,
        "{}: {} cards, {} contests, read as {format:?}.",
        columns.election(),
        columns.cards(),
        columns.contests().len()
    );
    let _ = writeln!(text, "SHA-256 of {}: {digest}", out.display());
    let contests: Vec<Value> = columns
        .contests()
        .iter()
        .map(|contest| json!({"id": contest.id, "name": contest.name, "choices": contest.choices.len()}))
        .collect();
    Ok(Outcome::done(
        text,
        json!({"election": columns.election(), "cards": columns.cards(), "contests": contests, "sha256": digest, "problems": warnings}),
    ))
}

fn write_columns(columns: &Columns, out: &Path) -> Result<(), Problem> {
    write_new(out, |file| {
        use std::io::Write as _;
        columns.write(|piece| file.write_all(piece))
    })
}

fn tally(file: &Path, format: Option<Format>, contest: Option<&str>) -> Result<Outcome, Problem> {
    let Opened { columns, warnings, .. } = ballots::open(file, format)?;
    let only = contest.map(|name| ballots::contest(&columns, Some(name))).transpose()?;
    let mut text = noted(&warnings);
    let _ = writeln!(text, "{} cards.", columns.cards());
    let mut all = Vec::new();
    for (number, contest) in (0..).zip(columns.contests()) {
        if only.is_some_and(|only| only != number) {
            continue;
        }
        let tally = columns.tally(number);
        let ranked = if contest.ranks > 0 { ", first ranks" } else { "" };
        let _ = writeln!(text, "\n{} ({} cards{ranked})", contest.name, tally.cards);
        let width = contest.choices.iter().map(|choice| choice.name.chars().count()).max().unwrap_or(0);
        for (choice, votes) in contest.choices.iter().zip(&tally.votes) {
            let _ = writeln!(text, "  {:<width$}  {votes:>9}", choice.name);
        }
        let _ = writeln!(
            text,
            "  blank {}, overvoted {}, votes not given {}",
            tally.blank, tally.overvoted, tally.undervotes
        );
        all.push(json!({"contest": contest, "tally": tally}));
    }
    Ok(Outcome::done(text, json!({"cards": columns.cards(), "contests": all, "problems": warnings})))
}

fn privacy(
    file: &Path,
    format: Option<Format>,
    least: u64,
    shown: &[Field],
    files: Option<(&Path, &Path)>,
) -> Result<Outcome, Problem> {
    let Opened { columns, .. } = ballots::open(file, format)?;
    let has = |field| shown.contains(&field);
    let shown = Shown {
        precinct: has(Field::Precinct),
        style: has(Field::Style),
        group: has(Field::Group),
        batch: has(Field::Batch),
    };
    let groups = Groups::of(&columns, shown);
    let pooling = groups.pool(&columns, least);
    let unanimous = groups.unanimous(&columns);
    let hidden: usize = pooling.pools.iter().map(|pool| pool.cards.len()).sum();
    let mut text = format!(
        "{} cards look alike in {} ways; {} of these have fewer than {least} cards.\n",
        columns.cards(),
        groups.all.len(),
        pooling.rare
    );
    if pooling.rare > 0 {
        let _ = writeln!(
            text,
            "{hidden} cards go into {} pools: of these only totals are published.",
            pooling.pools.len()
        );
    }
    if !unanimous.is_empty() {
        let _ = writeln!(
            text,
            "In {} cases all cards of a style say the same in a contest; pools do not hide that.",
            unanimous.len()
        );
    }
    let report = json!({"cards": columns.cards(), "styles": groups.all.len(), "rare": pooling.rare, "least": least, "pools": pooling.pools.len(), "pooled_cards": hidden, "unanimous": unanimous.len()});
    let Some((out, pools)) = files else {
        let outcome = Outcome::done(text, report);
        return Ok(if pooling.rare > 0 { outcome.answering_no() } else { outcome });
    };
    let published = pooling
        .publishable(&columns)
        .map_err(|problem| super::listed("nothing can be published", &[*problem]))?;
    write_columns(&published, out)?;
    let totals = serde_json::to_vec_pretty(&pooling).map_err(|error| Problem::fault("SCR-CLI-104", error))?;
    write_new(pools, |file| {
        use std::io::Write as _;
        file.write_all(&totals)
    })?;
    let _ = writeln!(
        text,
        "Published columns: {} (SHA-256 {}); pools: {}.",
        out.display(),
        published.digest().to_hex(),
        pools.display()
    );
    Ok(Outcome::done(text, report))
}
