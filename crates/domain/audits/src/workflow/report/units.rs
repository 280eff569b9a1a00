//! What was drawn and read: a row for each ballot, or for each batch or group of batches.

use super::{Facts, Section, add, is_batches, reported, safe, votes, yes};
use crate::record::{Contest, Counted, Cvr, Decision, Record, Round};
use crate::workflow::change::{Change, marks};
use std::collections::{BTreeMap, BTreeSet};

/// A batch with the position of a ballot in it.
type Place = (usize, Option<u32>);

/// Draws and readings of all rounds that count, by what they are of.
struct Seen<'a> {
    /// For each targeted contest: `Round 1: 0.36, 0.71, Round 2: 0.12`.
    tickets: BTreeMap<Place, Vec<String>>,
    counted: BTreeMap<Place, (&'a Counted, u32)>,
    targeted: Vec<usize>,
}

impl<'a> Seen<'a> {
    fn of(record: &'a Record) -> Self {
        let targeted: Vec<usize> =
            (0..record.contests.len()).filter(|at| record.contests[*at].targeted).collect();
        let mut seen = Self { tickets: BTreeMap::new(), counted: BTreeMap::new(), targeted };
        for round in record.rounds.iter().filter(|round| round.decision != Decision::Abandoned) {
            let mut named = BTreeSet::new();
            for draw in &round.draws {
                let place = (draw.batch, draw.position);
                let columns =
                    seen.tickets.entry(place).or_insert_with(|| vec![String::new(); seen.targeted.len()]);
                for (column, contest) in columns.iter_mut().zip(&seen.targeted) {
                    if draw.contest.is_none_or(|drawn_for| drawn_for == *contest) {
                        let first = named.insert((place, *contest));
                        ticket(column, first.then_some(round.number), &draw.ticket);
                    }
                }
            }
            for one in &round.counted {
                seen.counted.insert((one.batch, one.position), (one, round.number));
            }
        }
        seen
    }

    /// A cell for each targeted contest; of what was counted without being drawn that it is extra.
    fn tickets(&self, place: Place) -> Vec<String> {
        let extra =
            || self.counted.get(&place).map(|(_, round)| format!("Round {round}: EXTRA")).unwrap_or_default();
        self.tickets.get(&place).cloned().unwrap_or_else(|| vec![extra(); self.targeted.len()])
    }

    /// The heads of these cells.
    fn heads(&self, record: &Record) -> Vec<String> {
        self.targeted.iter().map(|at| format!("Ticket Numbers: {}", record.contests[*at].name)).collect()
    }

    /// Everything drawn or read, by jurisdiction, scanner, batch and position.
    fn places(&self, record: &Record) -> Vec<Place> {
        let all: BTreeSet<Place> = self.tickets.keys().chain(self.counted.keys()).copied().collect();
        let mut places: Vec<Place> = all.into_iter().filter(|(at, _)| *at < record.batches.len()).collect();
        places.sort_by_key(|(at, position)| {
            let batch = &record.batches[*at];
            (&batch.jurisdiction, &batch.tabulator, &batch.batch, *position)
        });
        places
    }
}

fn ticket(cell: &mut String, round: Option<u32>, ticket: &str) {
    if !cell.is_empty() {
        cell.push_str(", ");
    }
    if let Some(round) = round {
        cell.push_str(&format!("Round {round}: "));
    }
    cell.push_str(ticket);
}

/// Draws of a round that a contest is measured on.
pub(super) fn draws_for(round: &Round, contest: usize) -> usize {
    round.draws.iter().filter(|draw| draw.contest.is_none_or(|drawn_for| drawn_for == contest)).count()
}

/// The batches that were drawn in a round and counted, extra ones left out, each once.
pub(super) fn counted_batches(round: &Round) -> Vec<usize> {
    let counted: BTreeSet<usize> =
        round.counted.iter().filter(|one| !one.extra).map(|one| one.batch).collect();
    counted.into_iter().collect()
}

/// Votes that were read in a round for each choice, of what was drawn, each ballot or batch once.
pub(super) fn audited(record: &Record, round: &Round, contest: usize) -> Vec<u64> {
    let of = &record.contests[contest];
    let mut sums = vec![0; of.choices.len()];
    for one in round.counted.iter().filter(|one| !one.extra) {
        let Some(Some(read)) = one.votes.get(contest) else { continue };
        if is_batches(record) {
            add(&mut sums, read);
        } else {
            add(&mut sums, &marks(of, read.iter().copied()));
        }
    }
    sums
}

pub(super) fn batches(record: &Record, facts: &Facts) -> Section {
    let mut section =
        Section::new("SAMPLED BATCHES", &["Jurisdiction Name", "Batch Name", "Ballots in Batch"]);
    let seen = Seen::of(record);
    section.columns.extend(seen.heads(record));
    section.columns.push("Audited?".to_owned());
    for contest in &record.contests {
        let of = ["Reported Results", "Audit Results", "Change in Results", "Change in Margin"];
        section.columns.extend(of.map(|column| format!("{column}: {}", contest.name)));
    }
    section.columns.push("Combined Batch".to_owned());
    let mut totals = Totals::new(record);
    // What was counted together with another stands in that one's row.
    let within: BTreeSet<usize> = seen
        .counted
        .iter()
        .flat_map(|((at, _), (one, _))| one.together.iter().filter(move |other| *other != at))
        .copied()
        .collect();
    for place in seen.places(record) {
        let counted = seen.counted.get(&place);
        if within.contains(&place.0) && counted.is_none_or(|(one, _)| one.together.is_empty()) {
            continue;
        }
        let (mut row, sum) = batch_row(record, facts, place.0, counted.map(|(one, _)| *one), &mut totals);
        row.splice(3..3, seen.tickets(place));
        totals.ballots += sum;
        section.rows.push(row);
    }
    section.rows.push(totals.row(record, seen.targeted.len()));
    section.rows.sort_by_key(|row| row[0] == "Totals");
    section
}

/// Sums over the rows.
struct Totals {
    ballots: u64,
    reported: Vec<Vec<u64>>,
    audited: Vec<Vec<u64>>,
}

impl Totals {
    fn new(record: &Record) -> Self {
        let zeros: Vec<Vec<u64>> =
            record.contests.iter().map(|contest| vec![0; contest.choices.len()]).collect();
        Self { ballots: 0, reported: zeros.clone(), audited: zeros }
    }

    fn row(&self, record: &Record, tickets: usize) -> Vec<String> {
        let mut row = vec!["Totals".to_owned(), String::new(), self.ballots.to_string()];
        row.extend(std::iter::repeat_n(String::new(), tickets + 1));
        for (at, contest) in record.contests.iter().enumerate() {
            row.push(votes(contest, &self.reported[at]));
            row.push(votes(contest, &self.audited[at]));
            row.extend([String::new(), String::new()]);
        }
        row.push(String::new());
        row
    }
}

/// A row without its tickets, and the ballots in it.
fn batch_row(
    record: &Record,
    facts: &Facts,
    at: usize,
    counted: Option<&Counted>,
    totals: &mut Totals,
) -> (Vec<String>, u64) {
    let batch = &record.batches[at];
    let together = counted.map(|one| one.together.as_slice()).filter(|together| !together.is_empty());
    let members = together.map_or_else(|| vec![at], <[usize]>::to_vec);
    let of_members = members.iter().filter_map(|member| record.batches.get(*member));
    let ballots = of_members.clone().map(|batch| u64::from(batch.ballots)).sum::<u64>();
    let name = facts.combined.get(&at).filter(|_| together.is_some()).unwrap_or(&batch.batch);
    let mut row = vec![safe(&batch.jurisdiction), safe(name), ballots.to_string(), yes(counted.is_some())];
    for (place, contest) in record.contests.iter().enumerate() {
        let machine = reported(record, place, &members);
        row.push(votes(contest, &machine));
        add(&mut totals.reported[place], &machine);
        let Some(read) = counted.and_then(|one| one.votes.get(place)?.as_ref()) else {
            row.extend([String::new(), String::new(), String::new()]);
            continue;
        };
        add(&mut totals.audited[place], read);
        row.push(votes(contest, read));
        row.extend(change(contest, &Change::of(contest, &machine, read)));
    }
    let names: Vec<&str> = of_members.map(|batch| batch.batch.as_str()).collect();
    row.push(together.map(|_| format!("Combines {}", names.join(", "))).unwrap_or_default());
    (row, ballots)
}

/// Change in results and in margin; empty where nothing differs.
fn change(contest: &Contest, change: &Change) -> [String; 2] {
    let margin = if change.margin == 0 { String::new() } else { change.margin.to_string() };
    [safe(&change.words(contest)), margin]
}

pub(super) fn ballots(record: &Record, facts: &Facts) -> Section {
    let has_containers = facts.containers.iter().any(Option::is_some);
    let has_tabulators = record.batches.iter().any(|batch| batch.tabulator.is_some());
    let mut columns = vec!["Jurisdiction Name"];
    columns.extend(has_containers.then_some("Container"));
    columns.extend(has_tabulators.then_some("Tabulator"));
    columns.extend(["Batch Name", "Ballot Position"]);
    let mut section = Section::new("SAMPLED BALLOTS", &columns);
    let seen = Seen::of(record);
    section.columns.extend(seen.heads(record));
    section.columns.push("Audited?".to_owned());
    let compared =
        crate::workflow::What::needed(record.settings.method).contains(&crate::workflow::What::Cvrs);
    for contest in &record.contests {
        section.columns.push(format!("Audit Result: {}", contest.name));
        if compared {
            let of = ["CVR Result", "Change in Results", "Change in Margin"];
            section.columns.extend(of.map(|column| format!("{column}: {}", contest.name)));
        }
    }
    let cvrs: BTreeMap<Place, &Cvr> =
        record.cvrs.iter().map(|cvr| ((cvr.batch, Some(cvr.position)), cvr)).collect();
    for place in seen.places(record) {
        let batch = &record.batches[place.0];
        let mut row = vec![safe(&batch.jurisdiction)];
        if has_containers {
            row.push(safe(facts.containers.get(place.0).and_then(Option::as_deref).unwrap_or_default()));
        }
        if has_tabulators {
            row.push(safe(batch.tabulator.as_deref().unwrap_or_default()));
        }
        row.push(safe(&batch.batch));
        row.push(place.1.map(|position| position.to_string()).unwrap_or_default());
        row.extend(seen.tickets(place));
        let counted = seen.counted.get(&place).map(|(one, _)| *one);
        row.push(status(counted).to_owned());
        for (at, contest) in record.contests.iter().enumerate() {
            row.push(counted.map(|one| hand(contest, at, one)).unwrap_or_default());
            if compared {
                let cvr = cvrs.get(&place).copied();
                row.push(machine(contest, at, cvr));
                let off = counted.map(|one| Change::of_ballot(contest, at, cvr, one));
                row.extend(off.map(|off| change(contest, &off)).unwrap_or_default());
            }
        }
        section.rows.push(row);
    }
    section
}

fn status(counted: Option<&Counted>) -> &'static str {
    match counted {
        None => "NOT_AUDITED",
        Some(one) if one.votes.is_empty() => "NOT_FOUND",
        Some(_) => "AUDITED",
    }
}

fn hand(contest: &Contest, at: usize, counted: &Counted) -> String {
    match counted.votes.get(at) {
        None => String::new(),
        Some(None) => "CONTEST_NOT_ON_BALLOT".to_owned(),
        Some(Some(marked)) if marked.is_empty() => "BLANK".to_owned(),
        Some(Some(marked)) => {
            let names = names(contest, marked.iter().copied());
            if !contest.is_ranked() && marked.len() as u64 > contest.votes_allowed {
                format!("OVERVOTE; {names}")
            } else {
                safe(&names)
            }
        }
    }
}

fn machine(contest: &Contest, at: usize, cvr: Option<&Cvr>) -> String {
    match cvr.and_then(|cvr| cvr.votes.get(at)) {
        None => "Ballot not in CVR".to_owned(),
        Some(None) => String::new(),
        Some(Some(marked)) if marked.is_empty() => "Blank".to_owned(),
        Some(Some(marked)) if !contest.is_ranked() && marked.len() as u64 > contest.votes_allowed => {
            "Overvote".to_owned()
        }
        Some(Some(marked)) => safe(&names(contest, marked.iter().map(|choice| u64::from(*choice)))),
    }
}

fn names(contest: &Contest, marked: impl Iterator<Item = u64>) -> String {
    let name =
        |choice: u64| usize::try_from(choice).ok().and_then(|at| contest.choices.get(at)).map(String::as_str);
    marked.filter_map(name).collect::<Vec<_>>().join(", ")
}
