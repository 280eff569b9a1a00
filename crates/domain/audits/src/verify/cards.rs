//! The CVRs of a record, by the places of the manifest: those in it, and those beside it in columns.

use super::{Check, Cvrs};
use crate::record::{Contest, CvrFile, Record};
use scr_tabulation::cvr::columns::{Columns, ContestTally};
use scr_tabulation::cvr::{Card, ChoiceNo, ContestNo, Mark};
use std::collections::{BTreeMap, HashMap};

/// What the machines say of the card at a place.
pub(super) enum Machine {
    /// This.
    Card(Box<Card>),
    /// Only the totals of its batch.
    Pool,
    /// Nothing: the manifest has a card more than there are CVRs.
    Nothing,
}

/// The CVRs of a record.
pub(super) struct Cards<'a> {
    record: &'a Record,
    inline: HashMap<(usize, u32), usize>,
    files: Vec<Located<'a>>,
    /// For each batch the file and the numbers of its cards there, in the order of their positions.
    places: BTreeMap<usize, (usize, Vec<u64>)>,
    /// The count of each contest, where ballots are compared.
    tallies: Vec<ContestTally>,
}

/// Columns and what their contests and choices are in the record.
struct Located<'a> {
    columns: &'a Columns,
    /// For each contest of the record.
    contests: Vec<Option<InFile>>,
}

struct InFile {
    number: ContestNo,
    /// For each choice of the file the record's; `None`: the record does not have it.
    choices: Vec<Option<ChoiceNo>>,
    /// Whether voters rank, by the record.
    ranked: bool,
}

impl<'a> Cards<'a> {
    /// Finds every CVR's place. What has none, or two, is named.
    pub(super) fn of(record: &'a Record, cvrs: &'a Cvrs, check: &mut Check<'_>) -> Self {
        let (inline, files) = (HashMap::new(), Vec::new());
        let mut cards = Self { record, inline, files, places: BTreeMap::new(), tallies: Vec::new() };
        for (at, cvr) in record.cvrs.iter().enumerate() {
            let in_batch = record
                .batches
                .get(cvr.batch)
                .is_some_and(|batch| (1..=batch.ballots).contains(&cvr.position) && has_cvrs(batch));
            let twice = cards.inline.insert((cvr.batch, cvr.position), at).is_some();
            if !in_batch || twice || !fits(record, &cvr.votes) {
                let what = format!(
                    "the CVR at position {} of batch {} is not in the manifest, stands there twice, or has not the contests and choices of the record",
                    cvr.position, cvr.batch
                );
                check.says("SCR-AUD-123", None, what);
            }
        }
        for file in &record.cvr_files {
            cards.file(file, cvrs, check);
        }
        if record.settings.method.compares_ballots() && !check.broken {
            cards.tallies = (0..record.contests.len()).map(|at| cards.count_of(at)).collect();
        }
        cards
    }

    fn file(&mut self, file: &CvrFile, cvrs: &'a Cvrs, check: &mut Check<'_>) {
        let hash = file.sha256.to_hex();
        let Some(columns) = cvrs.get(&file.sha256) else {
            let what = format!(
                "the CVRs of {} are the columns with the SHA-256 {hash}, and these were not given",
                file.jurisdiction
            );
            return check.says("SCR-AUD-134", None, what);
        };
        if columns.cards() != file.cards {
            let what =
                format!("the columns {hash} hold {} CVRs, the record says {}", columns.cards(), file.cards);
            check.says("SCR-AUD-123", None, what);
        }
        let contests = self.record.contests.iter().map(|contest| {
            let names = Names { record: self.record, jurisdiction: &file.jurisdiction };
            names.contest(contest, columns, check)
        });
        let contests = contests.collect();
        self.files.push(Located { columns, contests });
        self.locate(file, columns, check);
    }

    /// Puts each card of a file at its place: the rank of its record number in its batch.
    fn locate(&mut self, file: &CvrFile, columns: &Columns, check: &mut Check<'_>) {
        let number = self.files.len() - 1;
        let batches: HashMap<(Option<&str>, &str), usize> = self
            .record
            .batches
            .iter()
            .enumerate()
            .filter(|(_, batch)| batch.jurisdiction == file.jurisdiction)
            .map(|(at, batch)| ((batch.tabulator.as_deref(), batch.batch.as_str()), at))
            .collect();
        let mut found: BTreeMap<usize, Vec<(u32, u32, u64)>> = BTreeMap::new();
        let mut card = Card::default();
        for at in 0..columns.cards() {
            if check.deviations.len() >= super::KEPT {
                return;
            }
            columns.card(at, &mut card);
            let batch = batches
                .get(&(Some(card.tabulator.as_str()), card.batch.as_str()))
                .or_else(|| batches.get(&(None, card.batch.as_str())));
            match batch {
                Some(batch) => found.entry(*batch).or_default().push((card.position, card.sheet, at)),
                None => check.says(
                    "SCR-AUD-123",
                    None,
                    format!(
                        "a CVR of {} lies in batch {:?} of tabulator {:?}, which the manifest does not have",
                        file.jurisdiction, card.batch, card.tabulator
                    ),
                ),
            }
        }
        for (batch, mut list) in found {
            list.sort_unstable();
            let said = &self.record.batches[batch];
            let twice = list
                .windows(2)
                .find(|pair| pair[0].0 > 0 && pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1);
            let name = format!("batch {:?} of {}", said.batch, said.jurisdiction);
            if let Some(pair) = twice {
                check.says("SCR-AUD-123", None, format!("{name} has two CVRs with the number {}", pair[0].0));
            }
            if list.len() > said.ballots as usize {
                let what = format!("{name} has {} CVRs and {} ballots", list.len(), said.ballots);
                check.says("SCR-AUD-123", None, what);
            }
            let inline = !self.inline.is_empty()
                && (1..=said.ballots).any(|position| self.inline.contains_key(&(batch, position)));
            if !has_cvrs(said) || inline || self.places.contains_key(&batch) {
                let what = format!("{name} has CVRs in two places, or has CVRs and is said to have none");
                check.says("SCR-AUD-123", None, what);
            }
            self.places.insert(batch, (number, list.into_iter().map(|(_, _, at)| at).collect()));
        }
    }

    /// What the machines say of the card at this place.
    pub(super) fn at(&self, batch: usize, position: u32) -> Machine {
        let mut card = Box::<Card>::default();
        if let Some(cvr) = self.inline.get(&(batch, position)) {
            for ((number, contest), votes) in
                (0..).zip(&self.record.contests).zip(&self.record.cvrs[*cvr].votes)
            {
                if let Some(votes) = votes {
                    card.add(number, &contest.marks(votes.iter().copied()));
                }
            }
            return Machine::Card(card);
        }
        let in_file = self.places.get(&batch).and_then(|(file, cards)| {
            Some((&self.files[*file], *cards.get((position as usize).checked_sub(1)?)?))
        });
        match in_file {
            Some((file, at)) => {
                for (number, contest) in (0..).zip(&file.contests) {
                    if let Some(contest) = contest
                        && let Some(marks) = file.columns.marks(at, contest.number)
                    {
                        card.add(number, &contest.marks(marks));
                    }
                }
                Machine::Card(card)
            }
            None if self.record.batches.get(batch).is_some_and(|batch| batch.pool) => Machine::Pool,
            None => Machine::Nothing,
        }
    }

    /// Each way in which a contest was marked, with how many cards were marked so.
    pub(super) fn patterns(&self, contest: usize) -> Vec<(Vec<Mark>, u64)> {
        let mut patterns: BTreeMap<Vec<Mark>, u64> = BTreeMap::new();
        for cvr in &self.record.cvrs {
            if let Some(Some(votes)) = cvr.votes.get(contest) {
                let marks = self.record.contests[contest].marks(votes.iter().copied());
                *patterns.entry(sorted(marks)).or_default() += 1;
            }
        }
        for file in &self.files {
            let Some(in_file) = &file.contests[contest] else { continue };
            for pattern in file.columns.patterns(in_file.number) {
                *patterns.entry(sorted(in_file.marks(pattern.marks))).or_default() += pattern.cards;
            }
        }
        patterns.into_iter().collect()
    }

    /// Whether the contest is on the card at this place, as far as the machines say; a card of which they say nothing
    /// could hold it.
    pub(super) fn holds(&self, batch: usize, position: u32, contest: usize) -> bool {
        if let Some(cvr) = self.inline.get(&(batch, position)) {
            return self.record.cvrs[*cvr].votes[contest].is_some();
        }
        let in_file = self.places.get(&batch).and_then(|(file, cards)| {
            Some((&self.files[*file], *cards.get((position as usize).checked_sub(1)?)?))
        });
        in_file.is_none_or(|(file, at)| {
            let of_file = file.contests[contest].as_ref();
            of_file.is_some_and(|of_file| file.columns.marks(at, of_file.number).is_some())
        })
    }

    /// The count of a contest over all CVRs, where ballots are compared.
    pub(super) fn tally(&self, contest: usize) -> &ContestTally {
        &self.tallies[contest]
    }

    fn count_of(&self, contest: usize) -> ContestTally {
        let patterns = self.patterns(contest);
        let patterns = patterns.iter().map(|(marks, cards)| (marks.as_slice(), *cards));
        ContestTally::of(&self.record.contests[contest].as_cast(), patterns)
    }

    /// How many CVRs there are.
    pub(super) fn count(&self) -> u64 {
        let inline = u64::try_from(self.record.cvrs.len()).unwrap_or(u64::MAX);
        inline + self.files.iter().map(|file| file.columns.cards()).sum::<u64>()
    }

    /// Cards of the manifest, in batches of which CVRs are expected, that have none.
    pub(super) fn phantoms(&self) -> u64 {
        let pools = self.record.batches.iter().filter(|batch| batch.pool || batch.cvrs == Some(false));
        let pooled: u64 = pools.map(|batch| u64::from(batch.ballots)).sum();
        self.record.cards().saturating_sub(pooled).saturating_sub(self.count())
    }
}

impl InFile {
    fn marks(&self, marks: &[Mark]) -> Vec<Mark> {
        let known = |choice: ChoiceNo| self.choices.get(usize::from(choice)).copied().flatten();
        // What the record does not have was refused where it has votes; an overvote stays one.
        // Else a rank would keep a mark out of the count that is compared all the same.
        let rank = |mark: &Mark| if self.ranked { mark.rank } else { 0 };
        let mark =
            |mark: &Mark| Mark { rank: rank(mark), choice: known(mark.choice).unwrap_or(Mark::OVERVOTE) };
        marks.iter().map(mark).collect()
    }
}

/// The names that a jurisdiction uses, as the trail of the record says them.
struct Names<'a> {
    record: &'a Record,
    jurisdiction: &'a str,
}

impl Names<'_> {
    /// What a name stands for, where the trail says so.
    fn said(&self, used: &str) -> Option<&str> {
        let trail = self.record.names.iter();
        let found =
            trail.filter(|name| name.jurisdiction == self.jurisdiction).find(|name| name.used == used);
        found.map(|name| name.standard.as_str())
    }

    /// What a name stands for.
    fn standard<'n>(&'n self, used: &'n str) -> &'n str {
        self.said(used).unwrap_or(used)
    }

    /// What the name of a choice stands for: as the trail says of it in this contest, else in all.
    fn choice<'n>(&'n self, contest: &str, used: &'n str) -> &'n str {
        let said = self.said(&format!("{contest} - {used}"));
        let own = said.and_then(|whole| whole.strip_prefix(contest)?.strip_prefix(" - "));
        own.unwrap_or_else(|| self.standard(used))
    }

    /// A contest in a file, with its choices.
    fn contest(&self, contest: &Contest, columns: &Columns, check: &mut Check<'_>) -> Option<InFile> {
        let mut named =
            (0..).zip(columns.contests()).filter(|(_, found)| self.standard(&found.name) == contest.name);
        let (number, found) = named.next()?;
        if named.next().is_some() {
            let what = format!("{} has two contests that are {:?}", self.jurisdiction, contest.name);
            check.says("SCR-AUD-123", None, what);
        }
        let place = |name: &str| {
            let standard = self.choice(&contest.name, name);
            let at = contest.choices.iter().position(|choice| choice == standard)?;
            ChoiceNo::try_from(at).ok()
        };
        let choices: Vec<Option<ChoiceNo>> = found.choices.iter().map(|choice| place(&choice.name)).collect();
        let counts = columns.patterns(number);
        for (at, choice) in (0..).zip(&found.choices) {
            let voted = || counts.iter().any(|pattern| pattern.marks.iter().any(|mark| mark.choice == at));
            if choices[usize::from(at)].is_none() && voted() {
                let what = format!(
                    "CVRs of {} have votes for {:?} in {:?}, and the record does not have this choice",
                    self.jurisdiction, choice.name, contest.name
                );
                check.says("SCR-AUD-123", None, what);
            }
        }
        let in_file = InFile { number, choices, ranked: contest.is_ranked() };
        let twice = |marks: &[Mark]| {
            let mut choices: Vec<ChoiceNo> = in_file.marks(marks).iter().map(|mark| mark.choice).collect();
            choices.sort_unstable();
            choices.windows(2).any(|pair| pair[0] == pair[1] && pair[0] != Mark::OVERVOTE)
        };
        if !in_file.ranked && counts.iter().any(|pattern| twice(pattern.marks)) {
            let what = format!(
                "CVRs of {} mark one choice of {:?} twice; a ballot has one vote for each",
                self.jurisdiction, contest.name
            );
            check.says("SCR-AUD-123", None, what);
        }
        Some(in_file)
    }
}

/// Whether a CVR has the record's contests, and marks each choice once at most.
fn fits(record: &Record, votes: &[Option<Vec<u16>>]) -> bool {
    let once = |(marked, contest): (&Option<Vec<u16>>, &Contest)| {
        marked.as_ref().is_none_or(|marked| {
            let distinct: std::collections::BTreeSet<u16> = marked.iter().copied().collect();
            distinct.len() == marked.len()
                && distinct.last().is_none_or(|last| usize::from(*last) < contest.choices.len())
        })
    };
    votes.len() == record.contests.len() && votes.iter().zip(&record.contests).all(once)
}

/// Whether a batch is one of those whose ballots have CVRs.
fn has_cvrs(batch: &crate::record::Batch) -> bool {
    !batch.pool && batch.cvrs != Some(false)
}

fn sorted(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable();
    marks
}
