//! `scrutineer audit check`: what an audit starts from, all of it at once.

mod frame;

use super::{ballots, listed, noted};
use crate::outcome::{Outcome, Problem};
use scr_audits::inputs::cards::{self, Matched, Source};
use scr_audits::inputs::contests::{self, StandardContest};
use scr_audits::inputs::jurisdictions;
use scr_audits::inputs::manifest::{self, AuditKind, Manifest};
use scr_audits::inputs::names::{self, Because, Renamed, Used};
use scr_audits::inputs::totals::{self, Totals, TotalsContest};
use scr_audits::inputs::{Limits, Told, published};
use scr_core::Severity;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};

/// What is checked.
#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// The ballot manifest of a jurisdiction; without a name it is that of the county in it, or of the file.
    #[arg(long, value_name = "[NAME=]FILE", required = true)]
    manifest: Vec<String>,
    /// Candidate totals by batch of a jurisdiction.
    #[arg(long, value_name = "[NAME=]FILE")]
    totals: Vec<String>,
    /// Cast vote records of a jurisdiction: an export, or columns.
    #[arg(long, value_name = "[NAME=]FILE")]
    cvr: Vec<String>,
    /// The jurisdictions that take part.
    #[arg(long)]
    jurisdictions: Option<PathBuf>,
    /// The standardised contests.
    #[arg(long)]
    contests: Option<PathBuf>,
    /// What names of contests and choices stand for, where a person says so.
    #[arg(long, requires = "contests")]
    names: Option<PathBuf>,
    /// Which audit the manifests are for; by itself batches where there are totals, comparison where there are
    /// cast vote records, else polling.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// How many choices a voter may mark, where it is not one.
    #[arg(long, value_name = "CONTEST=NUMBER")]
    votes_allowed: Vec<String>,
    /// A published list of ballots (Colorado) that should follow from the manifest and the seed.
    #[arg(long, value_name = "[NAME=]FILE", requires = "seed")]
    published: Vec<String>,
    /// The seed.
    #[arg(long)]
    seed: Option<String>,
    /// Where the inputs of the sampler go, to be drawn from by `scrutineer audit sample`.
    #[arg(long, value_name = "FILE", requires = "seed", requires = "size")]
    sampler_inputs: Option<PathBuf>,
    /// How many are drawn in each round.
    #[arg(long, value_delimiter = ',')]
    size: Vec<u64>,
    /// The contest that is drawn for: of ballots only those that have it.
    #[arg(long)]
    contest: Option<String>,
    /// How many are elected in it.
    #[arg(long, default_value_t = 1)]
    winners: usize,
}

/// What is audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Ballots alone.
    Polling,
    /// Ballots against their cast vote records.
    Comparison,
    /// Batches against their totals.
    Batches,
    /// Ballots, of which some have cast vote records.
    Hybrid,
}

impl CheckArgs {
    fn kind(&self) -> AuditKind {
        match self.kind {
            Some(Kind::Polling) => AuditKind::BallotPolling,
            Some(Kind::Comparison) => AuditKind::BallotComparison,
            Some(Kind::Batches) => AuditKind::BatchComparison,
            Some(Kind::Hybrid) => AuditKind::Hybrid,
            None if !self.totals.is_empty() => AuditKind::BatchComparison,
            None if !self.cvr.is_empty() => AuditKind::BallotComparison,
            None => AuditKind::BallotPolling,
        }
    }
}

/// All problems so far.
#[derive(Default)]
struct Found {
    errors: Vec<scr_core::Problem>,
    warnings: Vec<scr_core::Problem>,
    /// Jurisdictions whose manifest could not be read: nothing can be said of their other files.
    unread: Vec<String>,
}

impl Found {
    fn take<T>(&mut self, read: Result<Told<T>, Vec<scr_core::Problem>>) -> Option<T> {
        match read {
            Ok(told) => {
                self.warnings.extend(told.warnings);
                Some(told.input)
            }
            Err(problems) => {
                self.add(problems);
                None
            }
        }
    }

    fn add(&mut self, problems: Vec<scr_core::Problem>) {
        for problem in problems {
            let list =
                if problem.severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
            list.push(problem);
        }
    }
}

/// A jurisdiction with its files.
struct Place {
    name: String,
    file: String,
    manifest: Manifest,
    totals: Option<(String, Totals)>,
    cvrs: Vec<(String, ballots::Opened)>,
    matched: Option<Matched>,
}

impl Place {
    fn sources(&self) -> Vec<Source<'_>> {
        self.cvrs.iter().map(|(file, opened)| Source { file, columns: &opened.columns }).collect()
    }
}

/// Checks everything that was given.
pub(crate) fn check(args: &CheckArgs) -> Result<Outcome, Problem> {
    let mut found = Found::default();
    let limits = Limits::default();
    let list = match &args.jurisdictions {
        Some(path) => found.take(jurisdictions::read(open(path)?, &shown(path), &limits)),
        None => None,
    };
    let names: Option<Vec<String>> =
        list.as_ref().map(|list| list.iter().map(|jurisdiction| jurisdiction.name.clone()).collect());
    let standard = match &args.contests {
        Some(path) => found.take(contests::read(open(path)?, &shown(path), names.as_deref(), &limits)),
        None => None,
    };
    let mut places = places(args, &limits, &mut found)?;
    if let (Some(list), Some(path)) = (&list, &args.jurisdictions) {
        let manifests: Vec<_> =
            places.iter().map(|place| (place.name.as_str(), place.file.as_str(), &place.manifest)).collect();
        found.add(jurisdictions::compare(list, &manifests, &shown(path)));
    }
    let known = totals_contests(args, standard.as_deref())?;
    read_totals(args, &known, &mut places, &limits, &mut found)?;
    read_cvrs(args, &mut places, &mut found)?;
    let trail = standardise(args, standard.as_deref(), &places, &limits, &mut found)?;
    let lists = read_published(args, &places, &limits, &mut found)?;
    if !found.errors.is_empty() {
        found.errors.append(&mut found.warnings);
        return Err(listed("the audit cannot start from these files", &found.errors));
    }
    let outcome = told(&places, &trail, &lists, &found.warnings);
    if let Some(path) = &args.sampler_inputs {
        frame::write(args, path, &places, &trail)?;
    }
    Ok(outcome)
}

fn open(path: &Path) -> Result<File, Problem> {
    File::open(path).map_err(|error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display())))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// `NAME=FILE`, or a file alone.
fn split(text: &str) -> (Option<&str>, &Path) {
    match text.split_once('=') {
        Some((name, file)) if !Path::new(text).exists() => (Some(name.trim()), Path::new(file)),
        _ => (None, Path::new(text)),
    }
}

fn wrong(code: &'static str, file: &Path, value: &str) -> scr_core::Problem {
    scr_core::Problem::new(code, Severity::Error, &shown(file)).with_value(value)
}

fn places(args: &CheckArgs, limits: &Limits, found: &mut Found) -> Result<Vec<Place>, Problem> {
    let mut places: Vec<Place> = Vec::new();
    for text in &args.manifest {
        let (name, path) = split(text);
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let read = manifest::read(open(path)?, &shown(path), args.kind(), limits);
        let Some(manifest) = found.take(read) else {
            found.unread.push(name.map_or(stem, str::to_owned));
            continue;
        };
        let name = name.map(str::to_owned).or_else(|| manifest.county.clone()).unwrap_or(stem);
        if places.iter().any(|place| place.name == name) {
            found.add(vec![wrong("SCR-AUD-019", path, &name)]);
            continue;
        }
        let file = shown(path);
        places.push(Place { name, file, manifest, totals: None, cvrs: Vec::new(), matched: None });
    }
    // The order in which Arlo draws batches.
    places.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(places)
}

/// Whose a file is: that of the jurisdiction named, or of the only one.
fn whose(places: &[Place], name: Option<&str>, path: &Path, found: &mut Found) -> Option<usize> {
    let at = match name {
        Some(name) => places.iter().position(|place| place.name == name),
        None => (places.len() == 1).then_some(0),
    };
    let is_unread = name.map_or(!found.unread.is_empty(), |name| found.unread.iter().any(|own| own == name));
    if at.is_none() && !is_unread {
        let names = places.iter().map(|place| place.name.as_str());
        let closest = name.and_then(|name| scr_audits::inputs::Near::among(names).to(name));
        let problem = wrong("SCR-AUD-029", path, name.unwrap_or_default()).closest_to(closest);
        found.add(vec![problem]);
    }
    at
}

/// The contests that totals are of, where they are known with their choices.
fn totals_contests(
    args: &CheckArgs,
    standard: Option<&[StandardContest]>,
) -> Result<Vec<(StandardContest, TotalsContest)>, Problem> {
    let mut allowed: HashMap<&str, u32> = HashMap::new();
    for text in &args.votes_allowed {
        let (name, number) = text.rsplit_once('=').unwrap_or((text, ""));
        let number = number.trim().parse().map_err(|_| {
            Problem::input("SCR-CLI-102", format!("{text:?} is not CONTEST=NUMBER"))
                .help("write --votes-allowed \"Council=3\"")
        })?;
        allowed.insert(name.trim(), number);
    }
    let of = |contest: &StandardContest| {
        Some((
            contest.clone(),
            TotalsContest {
                name: contest.name.clone(),
                choices: contest.choices.clone()?,
                votes_allowed: allowed.get(contest.name.as_str()).copied().unwrap_or(1),
            },
        ))
    };
    Ok(standard.unwrap_or_default().iter().filter_map(of).collect())
}

fn read_totals(
    args: &CheckArgs,
    known: &[(StandardContest, TotalsContest)],
    places: &mut [Place],
    limits: &Limits,
    found: &mut Found,
) -> Result<(), Problem> {
    let mut given = vec![args.totals.is_empty(); places.len()];
    for text in &args.totals {
        let (name, path) = split(text);
        let Some(at) = whose(places, name, path, found) else { continue };
        let place = &mut places[at];
        given[at] = true;
        let here: Vec<TotalsContest> = known
            .iter()
            .filter(|(of, _)| of.is_in(&place.name))
            .map(|(_, contest)| contest.clone())
            .collect();
        let read = totals::read(open(path)?, &shown(path), &here, Some(&place.manifest), limits);
        if let Some(totals) = found.take(read) {
            place.totals = Some((shown(path), totals));
        }
    }
    for (place, _) in places.iter().zip(given).filter(|(_, given)| !given) {
        let problem = scr_core::Problem::new("SCR-AUD-026", Severity::Error, &place.file);
        found.add(vec![problem.with("jurisdiction", &place.name)]);
    }
    Ok(())
}

fn read_cvrs(args: &CheckArgs, places: &mut [Place], found: &mut Found) -> Result<(), Problem> {
    for text in &args.cvr {
        let (name, path) = split(text);
        let Some(at) = whose(places, name, path, found) else { continue };
        let opened = ballots::open(path, None)?;
        found.warnings.extend(opened.warnings.iter().cloned());
        places[at].cvrs.push((shown(path), opened));
    }
    for place in places.iter_mut().filter(|place| !place.cvrs.is_empty()) {
        let sources = place.sources();
        let read = cards::compare(&place.name, &place.manifest, &sources, &BTreeMap::new(), &place.file);
        let matched = found.take(read);
        place.matched = matched;
    }
    Ok(())
}

fn standardise(
    args: &CheckArgs,
    standard: Option<&[StandardContest]>,
    places: &[Place],
    limits: &Limits,
    found: &mut Found,
) -> Result<Vec<Renamed>, Problem> {
    let (file, said) = match &args.names {
        Some(path) => (shown(path), found.take(names::read(open(path)?, &shown(path), limits))),
        None => (args.contests.as_deref().map(shown).unwrap_or_default(), Some(Vec::new())),
    };
    let (Some(standard), Some(said)) = (standard, said) else { return Ok(Vec::new()) };
    let mut used = Vec::new();
    for place in places {
        for (file, opened) in &place.cvrs {
            used.push(Used::of_cvrs(&place.name, file, opened.columns.contests()));
        }
    }
    if used.is_empty() {
        return Ok(Vec::new());
    }
    let named = found.take(names::standardise(standard, &used, &said, &file));
    Ok(named.map(|named| named.trail).unwrap_or_default())
}

fn read_published(
    args: &CheckArgs,
    places: &[Place],
    limits: &Limits,
    found: &mut Found,
) -> Result<Vec<(String, published::Explained)>, Problem> {
    /// How far from the manifest's number of cards others are tried.
    const WITHIN: u64 = 2_000;
    let mut lists = Vec::new();
    for text in &args.published {
        let (name, path) = split(text);
        let Some(at) = whose(places, name, path, found) else { continue };
        let file = shown(path);
        let Some(list) = found.take(published::read(open(path)?, &file, limits)) else { continue };
        let seed = args.seed.as_deref().unwrap_or_default();
        let read = published::compare(&list, seed, &places[at].manifest, WITHIN, &file);
        lists.extend(found.take(read).map(|explained| (places[at].name.clone(), explained)));
    }
    Ok(lists)
}

/// For people and for programs.
fn told(
    places: &[Place],
    trail: &[Renamed],
    lists: &[(String, published::Explained)],
    warnings: &[scr_core::Problem],
) -> Outcome {
    let mut text = noted(warnings);
    let sum = |of: fn(&Place) -> u64| places.iter().map(of).sum::<u64>();
    let batches: usize = places.iter().map(|place| place.manifest.batches.len()).sum();
    let (ballots, phantoms) = (
        sum(|place| place.manifest.ballots()),
        sum(|place| place.matched.as_ref().map_or(0, Matched::phantoms)),
    );
    let _ = writeln!(text, "{} jurisdictions, {batches} batches, {ballots} ballots.", places.len());
    let mut all = Vec::new();
    for place in places {
        all.push(one(place, &mut text));
    }
    if phantoms > 0 {
        let _ = writeln!(text, "{phantoms} ballots have no cast vote record and count against the outcome.");
    }
    if !trail.is_empty() {
        let _ = writeln!(text, "{} names stand for others:", trail.len());
    }
    for Renamed { jurisdiction, contest, used, standard, because } in trail {
        let contest = contest.as_deref().map(|contest| format!(" ({contest})")).unwrap_or_default();
        let why = if *because == Because::Person { "a person said so" } else { "spelling" };
        let _ = writeln!(text, "  {jurisdiction}: {used:?} is {standard:?}{contest}, {why}");
    }
    for (name, list) in lists {
        let _ = writeln!(
            text,
            "{name}: the published list of {} cards follows from {} cards; the manifest has {}.",
            list.distinct, list.follows_from, list.stated
        );
    }
    let lists: Vec<Value> =
        lists.iter().map(|(name, list)| json!({ "jurisdiction": name, "list": list })).collect();
    let json = json!({ "jurisdictions": all, "batches": batches, "ballots": ballots, "phantoms": phantoms,
        "names": trail, "published": lists, "problems": warnings });
    Outcome::done(text, json)
}

/// A jurisdiction, for people and for programs.
fn one(place: &Place, text: &mut String) -> Value {
    let manifest = &place.manifest;
    let _ =
        write!(text, "  {}: {} batches, {} ballots", place.name, manifest.batches.len(), manifest.ballots());
    if let Some(matched) = &place.matched {
        let _ = write!(text, "; {} cast vote records, {} phantoms", matched.cards, matched.phantoms());
    }
    text.push('\n');
    let mut contests = Vec::new();
    if let Some((_, totals)) = &place.totals {
        for (at, contest) in totals.contests.iter().enumerate() {
            let votes = totals.votes(at);
            let shares: Vec<String> =
                contest.choices.iter().zip(&votes).map(|(name, votes)| format!("{name} {votes}")).collect();
            let name = if contest.name.is_empty() { "totals" } else { &contest.name };
            let _ = writeln!(text, "    {name}: {}", shares.join(", "));
            contests.push(json!({ "contest": contest, "votes": votes }));
        }
    }
    let cvrs = place.matched.as_ref().map(|matched| {
        json!({ "cards": matched.cards, "phantoms": matched.phantoms(), "batches": matched.batches,
            "contests": matched.contests })
    });
    json!({ "name": place.name, "file": place.file, "batches": manifest.batches.len(),
        "ballots": manifest.ballots(), "totals": contests, "cvrs": cvrs })
}
