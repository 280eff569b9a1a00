//! Ballots from a file: an export of a vendor, or the columns that an import has made of one.

use super::listed;
use crate::outcome::Problem;
use scr_tabulation::cvr::columns::{Builder, Columns, MAX_BLOB};
use scr_tabulation::cvr::{ContestNo, Reading, Sink};
use scr_tabulation::read::dominion_json::{Ballots, Export, Options};
use scr_tabulation::read::ess::BallotsFile;
use scr_tabulation::read::export::{EDGE, Export as Known};
use scr_tabulation::read::{Limits, cdf, clear_ballot, dominion_csv, ess, hart, lines, raire};
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Cards of an export, at most.
const MAX_CARDS: u64 = 100_000_000;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// What `scrutineer cvr import` has written.
    Columns,
    /// Dominion's CVR export as CSV.
    DominionCsv,
    /// Dominion's CVR export as JSON: its zip, the folder into which it was unpacked, or CvrExport.json in it.
    DominionJson,
    /// Clear Ballot's CSV.
    ClearBallot,
    /// Hart's XML, in its zip or unpacked into a folder.
    Hart,
    /// ES&S's CVR file as CSV.
    Ess,
    /// NIST SP 1500-103, JSON or XML.
    Cdf,
    /// The ballots of RAIRE and SHANGRLA (`.raire`).
    Raire,
    /// What `scrutineer cvr export --to lines` has written.
    Lines,
}

impl From<Known> for Format {
    fn from(known: Known) -> Self {
        match known {
            Known::Columns => Self::Columns,
            Known::DominionCsv => Self::DominionCsv,
            Known::DominionJson => Self::DominionJson,
            Known::ClearBallot => Self::ClearBallot,
            Known::Hart => Self::Hart,
            Known::Ess => Self::Ess,
            Known::Cdf => Self::Cdf,
            Known::Raire => Self::Raire,
            Known::Lines => Self::Lines,
        }
    }
}

/// Files that say more of the ballots of an export.
#[derive(Debug, Default, Clone, clap::Args)]
pub(crate) struct Beside {
    /// ES&S's files of ballots, which say where each lies. Can be given more than once.
    #[arg(long)]
    ballots: Vec<PathBuf>,
    /// Hart's list of scanned ballots (CSV).
    #[arg(long)]
    scanned: Option<PathBuf>,
}

/// Ballots, and what somebody should look at.
pub(crate) struct Opened {
    pub(crate) columns: Columns,
    pub(crate) format: Format,
    pub(crate) warnings: Vec<scr_core::Problem>,
}

/// Reads the ballots of a file.
pub(crate) fn open(path: &Path, format: Option<Format>) -> Result<Opened, Problem> {
    open_with(path, format, &Beside::default())
}

/// Reads the ballots of a file with what lies beside it.
pub(crate) fn open_with(path: &Path, format: Option<Format>, beside: &Beside) -> Result<Opened, Problem> {
    let format = match format {
        Some(format) => format,
        None => detect(path)?,
    };
    beside.belongs_to(format)?;
    let name = path.display().to_string();
    let what = format!("{name} cannot be read");
    let refused = |problems: Vec<scr_core::Problem>| listed(&what, &problems);
    let limits = Limits::default();
    let (columns, warnings) = match format {
        Format::Columns => {
            let bytes = crate::source::read_bytes(path, MAX_BLOB)?;
            let columns = Columns::read(&bytes)
                .map_err(|error| Problem::input("SCR-CVR-003", format!("{name}: {}", error.what)))?;
            (columns, Vec::new())
        }
        Format::DominionCsv => {
            let read = |sink: &mut dyn Sink| {
                dominion_csv::read(BufReader::new(file(path)?), &name, &limits, sink).map_err(refused)
            };
            built(read)?
        }
        Format::DominionJson => dominion_json(path, &name)?,
        Format::ClearBallot => built(|sink| {
            clear_ballot::read(BufReader::new(file(path)?), &name, &limits, sink).map_err(refused)
        })?,
        Format::Hart => built(|sink| {
            let mut list = beside.scanned.as_deref().map(file).transpose()?;
            let list = list.as_mut().map(|list| list as &mut dyn Read);
            hart::read(Archive::of(path)?.open()?, list, &name, &limits, sink).map_err(refused)
        })?,
        Format::Ess => built(|sink| read_ess(path, &beside.ballots, &limits, sink))?,
        Format::Lines => built(|sink| lines::read(file(path)?, &name, &limits, sink).map_err(refused))?,
        Format::Cdf => built(|sink| cdf::read(file(path)?, &name, &limits, sink).map_err(refused))?,
        Format::Raire => built(|sink| {
            raire::read(BufReader::new(file(path)?), &name, &limits, sink)
                .map(|read| read.reading)
                .map_err(refused)
        })?,
    };
    Ok(Opened { columns, format, warnings })
}

impl Beside {
    /// Refuses what the format has no use for.
    fn belongs_to(&self, format: Format) -> Result<(), Problem> {
        let wrong = |option: &str, whose: &str| {
            Err(Problem::input("SCR-CLI-107", format!("{option} belongs to {whose}, and this is {format:?}")))
        };
        match format {
            Format::Ess if self.scanned.is_none() => Ok(()),
            Format::Hart if self.ballots.is_empty() => Ok(()),
            _ if !self.ballots.is_empty() => wrong("--ballots", "ES&S"),
            _ if self.scanned.is_some() => wrong("--scanned", "Hart"),
            _ => Ok(()),
        }
    }
}

fn read_ess(
    path: &Path,
    ballots: &[PathBuf],
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Problem> {
    let names: Vec<String> = ballots.iter().map(|path| path.display().to_string()).collect();
    let mut files: Vec<File> = ballots.iter().map(|path| file(path)).collect::<Result<_, _>>()?;
    let files = names.iter().zip(&mut files).map(|(name, input)| BallotsFile { name, input }).collect();
    let name = path.display().to_string();
    ess::read(file(path)?, &name, files, limits, sink)
        .map_err(|problems| listed(&format!("{name} cannot be read"), &problems))
}

/// A zip: a file, or what was unpacked from one, packed again in memory.
enum Archive<'a> {
    File(&'a Path),
    Memory(Vec<u8>),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl<'a> Archive<'a> {
    fn of(path: &'a Path) -> Result<Self, Problem> {
        Ok(super::unpacked::zipped(path)?.map_or(Self::File(path), Self::Memory))
    }

    fn open(&self) -> Result<Box<dyn ReadSeek + '_>, Problem> {
        Ok(match self {
            Self::File(path) => Box::new(file(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }
}

/// The contest that is meant: the one of this name, or the only one.
pub(crate) fn contest(columns: &Columns, wanted: Option<&str>) -> Result<ContestNo, Problem> {
    let found = match wanted {
        Some(wanted) => columns.find(wanted),
        None => (columns.contests().len() == 1).then_some(0),
    };
    found.ok_or_else(|| {
        let names: Vec<&str> = columns.contests().iter().map(|contest| contest.name.as_str()).collect();
        let mut closest = scr_core::Closest::among(names.iter().copied());
        let near = wanted.and_then(|wanted| closest.to(wanted));
        let near = near.map(|near| format!(" Did you mean {near:?}?")).unwrap_or_default();
        let what = wanted.map_or_else(
            || "there are several contests".to_owned(),
            |wanted| format!("there is no contest {wanted:?}"),
        );
        Problem::input("SCR-CLI-102", format!("{what}.{near}\n  - {}", names.join("\n  - ")))
            .help("name one with --contest")
    })
}

fn built(
    read: impl FnOnce(&mut dyn Sink) -> Result<Reading, Problem>,
) -> Result<(Columns, Vec<scr_core::Problem>), Problem> {
    let mut builder = Builder::new(MAX_CARDS);
    let reading = read(&mut builder)?;
    Ok((builder.finish(&reading.election, &reading.contests), reading.warnings))
}

/// On two threads: each reads its share of the files of ballots into columns of its own, and the second is put behind
/// the first.
fn dominion_json(path: &Path, name: &str) -> Result<(Columns, Vec<scr_core::Problem>), Problem> {
    let what = format!("{name} cannot be read");
    let refused = |problems: Vec<scr_core::Problem>| listed(&what, &problems);
    let options = Options::default();
    let source = Archive::of(path)?;
    let (_, export) = Export::open(source.open()?, name, &options.limits).map_err(refused)?;
    let mut shares = export.shares(2).into_iter();
    let (one, two) = (shares.next().unwrap_or_default(), shares.next().unwrap_or_default());
    let part = |which: &[usize]| -> Result<(Builder, Ballots, Vec<scr_core::Problem>), Problem> {
        let (mut archive, export) = Export::open(source.open()?, name, &options.limits).map_err(refused)?;
        let (mut builder, mut ballots) = (Builder::new(MAX_CARDS), Ballots::default());
        let warnings = export
            .read_members(&mut archive, which, &options, &mut builder, &mut ballots)
            .map_err(refused)?;
        Ok((builder, ballots, warnings))
    };
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| part(&two));
        let first = part(&one);
        (first, second.join())
    });
    let second = second.map_err(|_| Problem::fault("SCR-CLI-104", "a thread that read ballots stopped"))?;
    let ((mut builder, mut ballots, mut warnings), (other, more, others)) = (first?, second?);
    builder.append(other).map_err(|problem| refused(vec![*problem]))?;
    warnings.extend(others);
    ballots.cards += more.cards;
    if ballots.election.is_empty() {
        ballots.election = more.election;
    }
    let reading = export.reading(&ballots, warnings).map_err(refused)?;
    Ok((builder.finish(&reading.election, &reading.contests), reading.warnings))
}

fn file(path: &Path) -> Result<File, Problem> {
    File::open(path).map_err(|error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display())))
}

/// What a file is, by its first bytes.
pub(crate) fn detect(path: &Path) -> Result<Format, Problem> {
    let unreadable =
        |error: std::io::Error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display()));
    if path.is_dir() || super::unpacked::is_dominion(path)? {
        return Ok(if super::unpacked::is_dominion(path)? { Format::DominionJson } else { Format::Hart });
    }
    let mut begin = Vec::new();
    file(path)?.take(EDGE as u64).read_to_end(&mut begin).map_err(unreadable)?;
    let mut end = Vec::new();
    let mut file = file(path)?;
    let length = file.metadata().map_err(unreadable)?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(EDGE as u64))).map_err(unreadable)?;
    file.take(EDGE as u64).read_to_end(&mut end).map_err(unreadable)?;
    let found = Known::of(&begin, &end).map(Format::from);
    found.ok_or_else(|| {
        Problem::input("SCR-CLI-105", format!("{}: no export that is known by its beginning", path.display()))
            .help("state what it is with --format")
    })
}
