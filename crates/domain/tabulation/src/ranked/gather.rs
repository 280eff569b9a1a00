//! From cards to the ballots of one count: marks of one contest, by candidate, those marked alike together.

use super::config::{Config, Provider, Source};
use super::model::{Ballot, Ballots, Candidate};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink};
use scr_core::{Closest, Problem, Severity};
use std::collections::{BTreeMap, HashMap};

/// The name of the candidate who stands for all undeclared write-ins.
pub(super) const UNDECLARED: &str = "Undeclared Write-ins";
/// The part where cards are that do not say which.
const MISSING: &str = "missing_precinct_id";

/// Takes the cards of all sources of a count, one source after another.
#[derive(Debug)]
pub struct Gather<'a> {
    config: &'a Config,
    source: &'a Source,
    candidates: Vec<Candidate>,
    by_name: HashMap<&'a str, u16>,
    parts: Vec<String>,
    part_of: HashMap<(char, String), u32>,
    ballots: BTreeMap<(Vec<Mark>, Vec<u32>), u64>,
    unknown: BTreeMap<String, u64>,
    above: u64,
    contests: BTreeMap<String, ()>,
    cards: u64,
}

impl<'a> Gather<'a> {
    /// Begins with the first source; none where the configuration has no source.
    pub fn new(config: &'a Config) -> Option<Self> {
        let source = config.sources.first()?;
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut by_name = HashMap::new();
        for (at, named) in (0_u16..).zip(&config.candidates) {
            let name = named.name.clone();
            candidates.push(Candidate { name, excluded: named.excluded, undeclared: false });
            for name in std::iter::once(&named.name).chain(&named.aliases) {
                by_name.insert(name.as_str(), at);
            }
        }
        if config.has_undeclared() {
            by_name.insert(UNDECLARED, u16::try_from(candidates.len()).ok()?);
            let name = UNDECLARED.to_owned();
            candidates.push(Candidate { name, excluded: false, undeclared: true });
        }
        Some(Self {
            config,
            source,
            candidates,
            by_name,
            parts: Vec::new(),
            part_of: HashMap::new(),
            ballots: BTreeMap::new(),
            unknown: BTreeMap::new(),
            above: 0,
            contests: BTreeMap::new(),
            cards: 0,
        })
    }

    /// The cards from here on come from this source.
    pub fn source(&mut self, source: &'a Source) {
        self.source = source;
    }

    /// The ballots.
    ///
    /// # Errors
    /// SCR-TAB-011 names that are no candidate, each with how often; -015 no card has the contest; -016 ranks above
    /// the highest; -017 several contests and the configuration does not say which.
    pub fn finish(self) -> Result<Ballots, Vec<Problem>> {
        let error = |code| Problem::new(code, Severity::Error, &self.source.path);
        let mut problems: Vec<Problem> = Vec::new();
        let names = self.config.candidates.iter();
        let names = names.flat_map(|named| std::iter::once(&named.name).chain(&named.aliases));
        let mut closest = Closest::among(names.map(String::as_str));
        for (name, marks) in self.unknown.iter().take(200) {
            let problem = error("SCR-TAB-011").with_value(name).with("marks", marks);
            problems.push(problem.closest_to(closest.to(name)));
        }
        if self.above > 0 {
            let highest = self.config.max_rankings.unwrap_or(0);
            problems.push(error("SCR-TAB-016").with("marks", self.above).with("highest", highest));
        }
        if self.contests.len() > 1 {
            let names: Vec<&str> = self.contests.keys().map(String::as_str).take(10).collect();
            problems.push(error("SCR-TAB-017").with("contests", names.join(", ")));
        }
        if self.cards == 0 {
            problems.push(error("SCR-TAB-015").with_value(&self.source.contest_id));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let ballots = self
            .ballots
            .into_iter()
            .map(|((ranking, parts), count)| Ballot { ranking, parts, count })
            .collect();
        Ok(Ballots { candidates: self.candidates, parts: self.parts, ballots })
    }

    /// The part of this kind and name.
    fn part(&mut self, kind: char, name: &str) -> u32 {
        let name = if name.trim().is_empty() { MISSING } else { name };
        if let Some(known) = self.part_of.get(&(kind, name.to_owned())) {
            return *known;
        }
        let number = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        self.parts.push(name.to_owned());
        self.part_of.insert((kind, name.to_owned()), number);
        number
    }

    /// Whom a choice stands for; `None`: nobody, the rank is left out.
    fn candidate(&mut self, choice: &Choice) -> Option<u16> {
        let source = self.source;
        let is = |label: &str| !label.is_empty() && (choice.name == label || choice.id == label);
        if is(&source.skipped_label) {
            return None;
        }
        if is(&source.overvote_label) {
            return Some(Mark::OVERVOTE);
        }
        let undeclared = self.by_name.get(UNDECLARED).copied();
        let is_written = choice.kind == ChoiceKind::UndeclaredWriteIn;
        if (is(&source.undeclared_label) || is_written) && undeclared.is_some() {
            return undeclared;
        }
        let (name, id) = (choice.name.trim(), choice.id.trim());
        let found = self.by_name.get(name).or_else(|| self.by_name.get(id)).copied();
        // A write-in of the Common Data Format where no write-ins are configured ranks nobody, as in RCTab.
        let is_nobody = is_written && source.provider == Provider::Cdf;
        if found.is_none() && !is_nobody {
            *self.unknown.entry(choice.name.clone()).or_default() += 1;
        }
        found
    }

    fn ranking(&mut self, contest: &Contest, marks: &[Mark]) -> Vec<Mark> {
        let highest = self.config.max_rankings.map(|most| u16::try_from(most).unwrap_or(u16::MAX));
        let mut ranking: Vec<Mark> = Vec::with_capacity(marks.len());
        let mut written: Vec<u16> = Vec::new();
        for mark in marks {
            let rank = mark.rank.max(1);
            written.push(rank);
            if highest.is_some_and(|highest| rank > highest) {
                if self.source.provider != Provider::Ess {
                    self.above += 1;
                }
                continue;
            }
            let found = match contest.choices.get(usize::from(mark.choice)) {
                None => Some(Mark::OVERVOTE),
                Some(choice) => self.candidate(choice),
            };
            ranking.extend(found.map(|choice| Mark { rank, choice }));
        }
        let undeclared = self.by_name.get(UNDECLARED).copied();
        if let (true, Some(choice)) = (self.source.blank_is_undeclared, undeclared) {
            let last = highest.unwrap_or(written.last().copied().unwrap_or(0));
            let blank = (1..=last).filter(|rank| !written.contains(rank));
            ranking.extend(blank.map(|rank| Mark { rank, choice }));
        }
        ranking.sort_unstable();
        ranking
    }
}

impl Sink for Gather<'_> {
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        let wanted = self.source.contest_id.as_str();
        for (number, marks) in card.contests() {
            let contest = &contests.list()[usize::from(number)];
            if !wanted.is_empty() && contest.id != wanted && contest.name != wanted {
                continue;
            }
            self.cards += 1;
            if !self.contests.contains_key(&contest.id) && self.contests.len() < 11 {
                self.contests.insert(contest.id.clone(), ());
            }
            let ranking = self.ranking(contest, marks);
            let mut parts = Vec::new();
            if self.config.by_precinct {
                parts.push(self.part('p', &card.precinct));
            }
            if self.config.by_batch {
                parts.push(self.part('b', &card.batch));
            }
            *self.ballots.entry((ranking, parts)).or_default() += 1;
        }
        Ok(())
    }
}
