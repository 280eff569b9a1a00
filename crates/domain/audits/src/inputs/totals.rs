//! Candidate totals by batch, as Arlo takes them for batch comparison: `Batch Name` and a column for each choice, which
//! is called `Contest - Choice` where several contests are audited. Their batches are those of the manifest.

use super::manifest::Manifest;
use super::names::Mapping;
use super::near::{Near, folded};
use super::table::{Column, Row, Table, says_total};
use super::write::{Out, row};
use super::{Limits, Told, Wrong};
use crate::batch;
use crate::record::NameTrail;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};

/// A contest whose totals are in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsContest {
    /// Its name; empty where the table has one contest and nobody names it.
    pub name: String,
    /// The names of its choices.
    pub choices: Vec<String>,
    /// How many choices a voter may mark.
    pub votes_allowed: u32,
}

/// The totals of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsBatch {
    /// Its name.
    pub name: String,
    /// For each contest the votes of each choice.
    pub votes: Vec<Vec<u64>>,
}

/// The totals of a jurisdiction, in the order of the rows, which is the order that batches are drawn in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// The contests.
    pub contests: Vec<TotalsContest>,
    /// The batches.
    pub batches: Vec<TotalsBatch>,
}

const COLUMNS: [Column; 1] =
    [Column { name: "Batch Name", also: &["Batch", "Batch ID", "Batch Number"], needed: true }];

/// Reads totals. With `contests` empty every column beside the batch's name is a choice: of one contest, or of those
/// that stand before the last ` - ` in all headings. With a manifest the batches must be its batches, and votes at
/// most its ballots times the votes that a voter has.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -019, -022 to -026, -028, -049).
pub fn read(
    input: impl Read,
    file: &str,
    contests: &[TotalsContest],
    manifest: Option<&Manifest>,
    limits: &Limits,
) -> Result<Told<Totals>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    let (contests, places) = if contests.is_empty() {
        derived(&table, &mut wrong)
    } else {
        let finding = found(&table, contests, None, &mut wrong);
        (contests.to_vec(), finding.places)
    };
    rows(table, contests, &places, manifest, wrong)
}

/// The same for a jurisdiction that calls things by its own names: every heading that is not the standard one stands
/// in the trail, with the contest's name before the choice's. A contest of which the jurisdiction has no column at all
/// is not on its ballots, and has no votes there.
///
/// # Errors
/// Those of [`read`]. A contest that is not there is a warning (SCR-AUD-033) unless none is.
pub fn read_named(
    input: impl Read,
    file: &str,
    contests: &[TotalsContest],
    known: Known<'_>,
    manifest: Option<&Manifest>,
    limits: &Limits,
) -> Result<Told<(Totals, Vec<NameTrail>)>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    let Finding { places, trail } = found(&table, contests, Some(known), &mut wrong);
    let Told { input, warnings } = rows(table, contests.to_vec(), &places, manifest, wrong)?;
    Ok(Told { input: (input, trail), warnings })
}

/// Whose totals are read, and what people have said that its names stand for.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Whose.
    pub jurisdiction: &'a str,
    /// Of all jurisdictions.
    pub names: &'a [Mapping],
}

impl Known<'_> {
    /// What the jurisdiction calls this beside its standard name.
    fn also(&self, contest: Option<&str>, standard: &str) -> impl Iterator<Item = &str> {
        let own = self.names.iter().filter(|name| name.jurisdiction == self.jurisdiction);
        own.filter(move |name| name.contest.as_deref() == contest && name.standard == standard)
            .map(|name| name.used.as_str())
    }
}

/// The rows under the headings.
fn rows<R: Read>(
    mut table: Table<R>,
    contests: Vec<TotalsContest>,
    places: &Places,
    manifest: Option<&Manifest>,
    mut wrong: Wrong,
) -> Result<Told<Totals>, Vec<Problem>> {
    let mut totals = Totals { contests, batches: Vec::new() };
    let Some(name_at) = table.at[0] else { return Err(wrong.into_list()) };
    let mut ballots = manifest.map(Ballots::of);
    let mut seen = HashMap::new();
    while let Some(row) = table.next(&mut wrong) {
        if says_total(&row.cells[name_at]) {
            wrong.push(wrong.error("SCR-AUD-022").at_row(row.line).with_value(&row.cells[name_at]));
            continue;
        }
        let name = table.name(&row, name_at, &mut wrong);
        let votes: Vec<Vec<u64>> = places
            .iter()
            .map(|places| {
                let count = |at: &Option<usize>| {
                    at.and_then(|at| table.count(&row, at, &mut wrong)).unwrap_or_default()
                };
                places.iter().map(count).collect()
            })
            .collect();
        let Some(name) = name else { continue };
        if let Some(first) = seen.insert(name.clone(), row.line) {
            let problem = wrong.error("SCR-AUD-019").at_row(row.line).in_column(&table.head[name_at]);
            wrong.push(problem.with_value(&name).with("first", first));
        }
        if let Some(ballots) = &mut ballots {
            ballots.check(&row, &table.head[name_at], &name, &totals.contests, &votes, &mut wrong);
        }
        totals.batches.push(TotalsBatch { name, votes });
    }
    if totals.batches.is_empty() && !wrong.has_errors() {
        wrong.push(wrong.error("SCR-AUD-010").with("what", "no batch under the headings"));
    }
    if let Some(manifest) = manifest {
        for batch in manifest.batches.iter().filter(|batch| !seen.contains_key(&batch.name)) {
            wrong.push(wrong.error("SCR-AUD-026").with_value(&batch.name).with("ballots", batch.ballots));
        }
    }
    wrong.told(totals)
}

/// Where the choices of each contest stand.
type Places = Vec<Vec<Option<usize>>>;

/// Contests and choices by the headings alone.
fn derived<R: Read>(table: &Table<R>, wrong: &mut Wrong) -> (Vec<TotalsContest>, Places) {
    let one = |name: &str| TotalsContest { name: name.to_owned(), choices: Vec::new(), votes_allowed: 1 };
    let (mut contests, mut places): (Vec<TotalsContest>, Places) = (Vec::new(), Vec::new());
    let names = || table.others.iter().map(|at| (*at, table.head[*at].as_str()));
    if names().next().is_none() && table.at[0].is_some() {
        wrong.push(wrong.error("SCR-AUD-012").with("what", "a column for each choice"));
    }
    let are_several = names().count() > 1 && names().all(|(_, name)| name.contains(" - "));
    let mut seen = HashSet::new();
    for (at, heading) in names() {
        if says_total(heading) {
            wrong.push(wrong.error("SCR-AUD-022").in_column(heading));
        }
        if !seen.insert(folded(heading)) {
            wrong.push(wrong.error("SCR-AUD-013").in_column(heading).with("same", heading));
        }
        let split = heading.rsplit_once(" - ").filter(|_| are_several);
        let (contest, choice) = split.unwrap_or(("", heading));
        let number = contests.iter().position(|known| known.name == contest).unwrap_or_else(|| {
            contests.push(one(contest));
            places.push(Vec::new());
            contests.len() - 1
        });
        contests[number].choices.push(choice.to_owned());
        places[number].push(Some(at));
    }
    (contests, places)
}

/// Where choices were found, and under which other names.
struct Finding {
    places: Places,
    trail: Vec<NameTrail>,
}

/// What a choice is called in a heading: alone, where there is one contest, and after the contest. The standard names
/// come first.
struct Headings {
    standard: Vec<String>,
    also: Vec<String>,
}

impl Headings {
    fn of(contest: &TotalsContest, choice: &str, alone: bool, known: Option<Known<'_>>) -> Self {
        let with = |contest: &str, choice: &str| format!("{contest} - {choice}");
        let mut standard = vec![with(&contest.name, choice)];
        if alone {
            standard.insert(0, choice.to_owned());
        }
        let mut also = Vec::new();
        if let Some(known) = &known {
            let contests: Vec<&str> =
                std::iter::once(contest.name.as_str()).chain(known.also(None, &contest.name)).collect();
            let choices = std::iter::once(choice).chain(known.also(Some(&contest.name), choice));
            for choice in choices {
                also.extend(alone.then(|| choice.to_owned()));
                also.extend(contests.iter().map(|contest| with(contest, choice)));
            }
        }
        Self { standard, also }
    }

    /// The heading that is one of these: as it stands, else without regard to case, blanks and punctuation.
    fn among(&self, headings: &[&str]) -> Option<usize> {
        let is = |list: &[String], heading: &str| list.iter().any(|name| name == heading);
        let exact = headings.iter().position(|heading| is(&self.standard, heading));
        let exact = exact.or_else(|| headings.iter().position(|heading| is(&self.also, heading)));
        exact.or_else(|| {
            let names: Vec<String> =
                self.standard.iter().chain(&self.also).map(|name| folded(name)).collect();
            headings.iter().position(|heading| is(&names, &folded(heading)))
        })
    }
}

/// The columns of choices that are known.
fn found<R: Read>(
    table: &Table<R>,
    contests: &[TotalsContest],
    known: Option<Known<'_>>,
    wrong: &mut Wrong,
) -> Finding {
    let headings: Vec<&str> = table.others.iter().map(|at| table.head[*at].as_str()).collect();
    let mut used = vec![false; headings.len()];
    let mut finding = Finding { places: Vec::new(), trail: Vec::new() };
    let mut missing: Vec<Vec<String>> = Vec::new();
    for contest in contests {
        let (mut of, mut without) = (Vec::new(), Vec::new());
        for choice in &contest.choices {
            let wanted = Headings::of(contest, choice, contests.len() == 1, known);
            let Some(at) = wanted.among(&headings).filter(|at| !used[*at]) else {
                without.push(wanted.standard[0].clone());
                of.push(None);
                continue;
            };
            used[at] = true;
            of.push(Some(table.others[at]));
            if let (Some(known), false) = (known, wanted.standard.iter().any(|name| name == headings[at])) {
                finding.trail.push(NameTrail {
                    jurisdiction: known.jurisdiction.to_owned(),
                    used: headings[at].to_owned(),
                    standard: format!("{} - {choice}", contest.name),
                });
            }
        }
        finding.places.push(of);
        missing.push(without);
    }
    if known.is_some() && used.contains(&true) {
        absent(contests, &mut missing, wrong);
    }
    let left = headings.iter().zip(&used).filter(|(_, used)| !**used).map(|(name, _)| *name);
    tell(&missing.concat(), &left.collect::<Vec<_>>(), wrong);
    finding
}

/// Contests of which there is no column: these choices are not missed.
fn absent(contests: &[TotalsContest], missing: &mut [Vec<String>], wrong: &mut Wrong) {
    for (contest, missing) in contests.iter().zip(missing) {
        if missing.len() == contest.choices.len() {
            wrong.push(wrong.warning("SCR-AUD-033").with_value(&contest.name));
            missing.clear();
        }
    }
}

/// Choices without a column and columns that are of none, each with the closest of the others.
fn tell(missing: &[String], left: &[&str], wrong: &mut Wrong) {
    let mut near = Near::among(left.iter().copied());
    for name in missing {
        wrong.push(wrong.error("SCR-AUD-012").in_column(name).closest_to(near.to(name)));
    }
    let mut near = Near::among(missing.iter().map(String::as_str));
    for name in left {
        wrong.push(wrong.error("SCR-AUD-014").in_column(name).closest_to(near.to(name)));
    }
}

/// The ballots of each batch of a manifest.
struct Ballots<'a> {
    of: HashMap<&'a str, u64>,
    near: Near<'a>,
}

impl<'a> Ballots<'a> {
    fn of(manifest: &'a Manifest) -> Self {
        let mut of: HashMap<&str, u64> = HashMap::new();
        for batch in &manifest.batches {
            let ballots = of.entry(&batch.name).or_default();
            *ballots = ballots.saturating_add(u64::from(batch.ballots));
        }
        Self { of, near: Near::among(manifest.batches.iter().map(|batch| batch.name.as_str())) }
    }

    fn check(
        &mut self,
        row: &Row,
        column: &str,
        name: &str,
        contests: &[TotalsContest],
        votes: &[Vec<u64>],
        wrong: &mut Wrong,
    ) {
        let Some(ballots) = self.of.get(name).copied() else {
            let problem = wrong.error("SCR-AUD-025").at_row(row.line).in_column(column).with_value(name);
            wrong.push(problem.closest_to(self.near.to(name)));
            return;
        };
        for (contest, votes) in contests.iter().zip(votes) {
            let sum = votes.iter().fold(0, |sum: u64, votes| sum.saturating_add(*votes));
            let most = ballots.saturating_mul(u64::from(contest.votes_allowed));
            if sum > most {
                let problem = wrong.error("SCR-AUD-028").at_row(row.line).with_value(name);
                let problem = problem.with("votes", sum).with("ballots", ballots).with("at most", most);
                wrong.push(if contest.name.is_empty() {
                    problem
                } else {
                    problem.with("contest", &contest.name)
                });
            }
        }
    }
}

impl Totals {
    /// The batches of a contest as a batch comparison takes them, in the order of the rows; batches that the manifest
    /// does not have are left out.
    pub fn batches(&self, contest: usize, jurisdiction: &str, manifest: &Manifest) -> Vec<batch::Batch> {
        let ballots = Ballots::of(manifest);
        let of = |batch: &TotalsBatch| {
            Some(batch::Batch {
                jurisdiction: jurisdiction.to_owned(),
                name: batch.name.clone(),
                ballots: *ballots.of.get(batch.name.as_str())?,
                votes: batch.votes.get(contest)?.clone(),
            })
        };
        self.batches.iter().filter_map(of).collect()
    }

    /// The votes of each choice of a contest in all batches.
    pub fn votes(&self, contest: usize) -> Vec<u64> {
        let choices = self.contests.get(contest).map_or(0, |contest| contest.choices.len());
        let mut sums = vec![0_u64; choices];
        for votes in self.batches.iter().filter_map(|batch| batch.votes.get(contest)) {
            for (sum, votes) in sums.iter_mut().zip(votes) {
                *sum = sum.saturating_add(*votes);
            }
        }
        sums
    }

    /// Writes them as [`read`] takes them.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let several = self.contests.len() > 1;
        let headings: Vec<String> = self
            .contests
            .iter()
            .flat_map(|contest| contest.choices.iter().map(move |choice| (contest, choice)))
            .map(
                |(contest, choice)| {
                    if several { format!("{} - {choice}", contest.name) } else { choice.clone() }
                },
            )
            .collect();
        row(out, [Out::Name("Batch Name")].into_iter().chain(headings.iter().map(|name| Out::Name(name))))?;
        for batch in &self.batches {
            let votes = batch.votes.iter().flatten().map(|votes| Out::Count(*votes));
            row(out, [Out::Name(&batch.name)].into_iter().chain(votes))?;
        }
        Ok(())
    }
}
