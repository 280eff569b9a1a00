//! The count, round by round.

use super::decimal::mul_div;
use super::model::{
    Ballots, Count, Decision, Inactive, MAX_BALLOTS, RankedError, Round, Tally, To, Transfer,
};
use super::{Decimal, Mode, Overvote, Rules};
use crate::cvr::Mark;
use crate::lots::Lots;
use std::collections::BTreeMap;

/// What a ballot does in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    For(usize),
    /// Ended, in this bucket.
    Ended(usize),
}

/// The buckets, in the order of [`Inactive`].
const BLANK: usize = 0;
const EXHAUSTED: usize = 1;
const OVERVOTE: usize = 2;
const SKIPPED: usize = 3;
const REPEATED: usize = 4;
const SURPLUS: usize = 5;

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    In,
    Elected(u32),
    Eliminated(u32),
    Excluded,
}

/// Votes of a round while they are counted.
#[derive(Debug, Clone)]
struct Sums {
    votes: Vec<i128>,
    inactive: [i128; 6],
    transfers: BTreeMap<(Option<usize>, To), i128>,
}

impl Sums {
    fn new(candidates: usize) -> Self {
        Self { votes: vec![0; candidates], inactive: [0; 6], transfers: BTreeMap::new() }
    }
}

/// A count that is going on.
pub(super) struct Engine<'a> {
    pub(super) rules: &'a Rules,
    pub(super) input: &'a Ballots,
    pub(super) standing: Vec<Standing>,
    /// Votes of each round so far, by candidate.
    pub(super) history: Vec<Vec<i128>>,
    pub(super) rounds: Vec<Round>,
    pub(super) one: i128,
    pub(super) threshold: i128,
    state: Vec<(State, i128)>,
    /// What stays with each who was elected: in all (0) and in each part.
    held: Vec<Vec<i128>>,
    residual: i128,
    total: i128,
}

/// Counts.
///
/// # Errors
/// [`RankedError`]: a lot has to be drawn (all that are known so far go into `lots`, by name and in the order in
/// which they are asked for), or a ballot is none.
pub fn count(input: &Ballots, rules: &Rules, lots: &[String]) -> Result<Count, RankedError> {
    let total = check(input, rules)?;
    let names: Vec<String> = input.candidates.iter().map(|candidate| candidate.name.clone()).collect();
    let mut lots = Lots::new(&names, lots);
    let mut engine = Engine::new(input, rules, total);
    let mut chance = super::choose::Chance::new(rules, input);
    while engine.goes_on() {
        engine.round(&mut chance, &mut lots)?;
        if engine.rounds.last().is_some_and(|round| round.decisions.is_empty()) {
            break;
        }
    }
    let mut winners = Vec::new();
    let mut eliminated = Vec::new();
    for decision in engine.rounds.iter().flat_map(|round| &round.decisions) {
        if decision.elected { &mut winners } else { &mut eliminated }.push(decision.candidate);
    }
    Ok(Count {
        candidates: input.candidates.clone(),
        parts: input.parts.clone(),
        ballots: total,
        rounds: engine.rounds,
        winners,
        eliminated,
        lots: lots.finish()?,
    })
}

fn check(input: &Ballots, rules: &Rules) -> Result<u64, RankedError> {
    let (mut total, mut unknown) = (0_u64, 0);
    for (at, ballot) in input.ballots.iter().enumerate() {
        let wrong = |what| RankedError::Ballot { number: at + 1, what };
        if ballot.ranking.iter().any(|mark| mark.rank == 0) {
            return Err(wrong("a rank below 1"));
        }
        if !ballot.ranking.is_sorted_by_key(|mark| mark.rank) {
            return Err(wrong("ranks that are not in ascending order"));
        }
        let known =
            |mark: &Mark| mark.choice == Mark::OVERVOTE || usize::from(mark.choice) < input.candidates.len();
        if !ballot.ranking.iter().all(known) {
            return Err(wrong("a candidate who is not in the list"));
        }
        if ballot.parts.iter().any(|part| *part as usize >= input.parts.len()) {
            return Err(wrong("a part that is not in the list"));
        }
        if ballot.ranking.iter().any(|mark| mark.choice == Mark::OVERVOTE) {
            unknown += ballot.count;
        }
        total = total
            .checked_add(ballot.count)
            .filter(|total| *total <= MAX_BALLOTS)
            .ok_or(RankedError::TooMany)?;
    }
    if !input.candidates.iter().any(|candidate| !candidate.excluded && !candidate.undeclared) {
        return Err(RankedError::Nothing("candidate"));
    }
    if total == 0 {
        return Err(RankedError::Nothing("ballot"));
    }
    if unknown > 0 && rules.overvote_rule == Overvote::ExhaustIfMultipleContinuing {
        return Err(RankedError::OvervoteUnknown(unknown));
    }
    Ok(total)
}

impl<'a> Engine<'a> {
    fn new(input: &'a Ballots, rules: &'a Rules, total: u64) -> Self {
        let one = 10_i128.pow(rules.places());
        let standing = input
            .candidates
            .iter()
            .map(|candidate| if candidate.excluded { Standing::Excluded } else { Standing::In })
            .collect();
        Self {
            rules,
            input,
            standing,
            history: Vec::new(),
            rounds: Vec::new(),
            one,
            threshold: 0,
            state: vec![(State::Waiting, one); input.ballots.len()],
            held: vec![vec![0; input.parts.len() + 1]; input.candidates.len()],
            residual: 0,
            total: i128::from(total) * one,
        }
    }

    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.history.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn decimal(&self, units: i128) -> Decimal {
        Decimal { units, places: self.rules.places() }
    }

    /// Votes can still go to this candidate.
    pub(super) fn is_in(&self, candidate: usize) -> bool {
        match self.standing[candidate] {
            Standing::In => true,
            Standing::Elected(_) => self.rules.continue_until_two_remain,
            _ => false,
        }
    }

    /// All to whom votes can still go.
    pub(super) fn continuing(&self) -> Vec<usize> {
        (0..self.standing.len()).filter(|candidate| self.is_in(*candidate)).collect()
    }

    pub(super) fn elected(&self) -> usize {
        self.standing.iter().filter(|standing| matches!(standing, Standing::Elected(_))).count()
    }

    pub(super) fn eliminated(&self) -> usize {
        self.standing.iter().filter(|standing| matches!(standing, Standing::Eliminated(_))).count()
    }

    pub(super) fn candidates(&self) -> usize {
        self.standing.iter().filter(|standing| **standing != Standing::Excluded).count()
    }

    fn goes_on(&self) -> bool {
        let (seats, now) = (self.rules.number_of_winners as usize, self.number());
        let (elected, candidates) = (self.elected(), self.candidates());
        let declared = (0..self.standing.len())
            .filter(|at| !self.input.candidates[*at].undeclared && self.standing[*at] != Standing::Excluded)
            .count();
        let someone = self.continuing().iter().any(|at| !self.input.candidates[*at].undeclared);
        if self.rules.stop_after_round.is_some_and(|last| now >= last)
            || (elected == declared && seats > candidates)
        {
            return false;
        }
        if self.rules.continue_until_two_remain {
            return someone
                && (self.eliminated() + elected + 1 < candidates
                    || self.standing.contains(&Standing::Eliminated(now))
                    || now == 0);
        }
        if self.rules.by_percentage() {
            return elected == 0 && someone;
        }
        (elected < seats && someone)
            || (self.rules.uses_surpluses() && self.standing.contains(&Standing::Elected(now)))
    }

    fn round(&mut self, chance: &mut super::choose::Chance, lots: &mut Lots<'_>) -> Result<(), RankedError> {
        let mut sums = self.tally();
        self.history.push(sums[0].votes.clone());
        let number = self.number();
        if self.sets_threshold(number) {
            let active: i128 = self.continuing().iter().map(|at| sums[0].votes[*at]).sum();
            self.threshold = self.threshold_of(active);
        }
        let (mut decisions, tie) = self.decide(chance, lots)?;
        for decision in &mut decisions {
            self.standing[decision.candidate] =
                if decision.elected { Standing::Elected(number) } else { Standing::Eliminated(number) };
            if decision.elected && self.rules.uses_surpluses() {
                let fraction = self.transfer(decision.candidate);
                decision.surplus_fraction = Some(self.decimal(fraction));
            }
        }
        self.fill_elected(number, &mut sums);
        self.sort(&mut decisions);
        let present = |at: usize| match self.standing[at] {
            Standing::In | Standing::Elected(_) => true,
            Standing::Eliminated(round) => round == number,
            Standing::Excluded => false,
        };
        let mut tallies =
            sums.into_iter().enumerate().map(|(at, sums)| self.tally_of(sums, at == 0, present));
        let tally = tallies.next().ok_or(RankedError::Nothing("ballot"))?;
        let parts = tallies.collect();
        let threshold = self.decimal(self.threshold);
        self.rounds.push(Round { number, threshold, tally, decisions, tie, parts });
        Ok(())
    }

    fn sort(&self, decisions: &mut [Decision]) {
        let name = |decision: &Decision| &self.input.candidates[decision.candidate].name;
        decisions.sort_by(|a, b| super::java::compare(name(a), name(b)));
    }

    fn tally_of(&self, sums: Sums, whole: bool, present: impl Fn(usize) -> bool) -> Tally {
        let of = |units| self.decimal(units);
        let inactive = |bucket: usize| of(sums.inactive[bucket]);
        Tally {
            votes: sums.votes.iter().enumerate().map(|(at, votes)| present(at).then(|| of(*votes))).collect(),
            inactive: Inactive {
                blank: inactive(BLANK),
                exhausted_choices: inactive(EXHAUSTED),
                overvotes: inactive(OVERVOTE),
                skipped_rankings: inactive(SKIPPED),
                repeated_rankings: inactive(REPEATED),
                final_round_surplus: inactive(SURPLUS),
                residual_surplus: of(if whole { self.residual } else { 0 }),
            },
            transfers: sums
                .transfers
                .into_iter()
                .map(|((from, to), votes)| Transfer { from, to, votes: of(votes) })
                .collect(),
        }
    }

    /// Gives every ballot to whom it counts for.
    fn tally(&mut self) -> Vec<Sums> {
        let candidates = self.standing.len();
        let mut all = vec![Sums::new(candidates); self.input.parts.len() + 1];
        let full = self.rules.uses_surpluses() && self.elected() >= self.rules.number_of_winners as usize;
        for (at, ballot) in self.input.ballots.iter().enumerate() {
            let (state, value) = self.state[at];
            let moves = match state {
                State::Ended(_) => false,
                State::For(candidate) => !self.is_in(candidate),
                State::Waiting => true,
            };
            let now = if moves { self.next(&ballot.ranking, full) } else { state };
            let votes = value * i128::from(ballot.count);
            let parts = ballot.parts.iter().map(|part| *part as usize + 1);
            for part in std::iter::once(0).chain(parts) {
                let sums = &mut all[part];
                match now {
                    State::For(candidate) => sums.votes[candidate] += votes,
                    State::Ended(bucket) => sums.inactive[bucket] += votes,
                    State::Waiting => {}
                }
                if moves && votes > 0 {
                    let from = if let State::For(candidate) = state { Some(candidate) } else { None };
                    let to =
                        if let State::For(candidate) = now { To::Candidate(candidate) } else { To::Inactive };
                    *sums.transfers.entry((from, to)).or_default() += votes;
                }
            }
            self.state[at].0 = now;
        }
        all
    }

    /// For whom a ballot counts now.
    fn next(&self, ranking: &[Mark], full: bool) -> State {
        let Some(last) = ranking.last() else { return State::Ended(BLANK) };
        if full {
            return State::Ended(SURPLUS);
        }
        let mut seen: Vec<u16> = Vec::new();
        let mut before = 0;
        for rank in ranking.chunk_by(|a, b| a.rank == b.rank) {
            let number = u32::from(rank[0].rank);
            if self.rules.max_skipped_ranks.is_some_and(|most| number - before > most.saturating_add(1)) {
                return State::Ended(SKIPPED);
            }
            before = number;
            if self.rules.exhaust_on_duplicate {
                for mark in rank {
                    if seen.contains(&mark.choice) {
                        return State::Ended(REPEATED);
                    }
                    seen.push(mark.choice);
                }
            }
            match self.overvote(rank) {
                Over::No => {}
                Over::Ends => return State::Ended(OVERVOTE),
                Over::Skips => continue,
            }
            let found = rank.iter().map(|mark| usize::from(mark.choice)).find(|choice| self.is_in(*choice));
            if let Some(candidate) = found {
                return State::For(candidate);
            }
        }
        debug_assert_eq!(before, u32::from(last.rank));
        State::Ended(EXHAUSTED)
    }

    fn overvote(&self, rank: &[Mark]) -> Over {
        let stated = rank.iter().any(|mark| mark.choice == Mark::OVERVOTE);
        if !stated && rank.len() < 2 {
            return Over::No;
        }
        match self.rules.overvote_rule {
            Overvote::ExhaustImmediately => Over::Ends,
            Overvote::AlwaysSkipToNextRank => Over::Skips,
            Overvote::ExhaustIfMultipleContinuing => {
                let inside = rank.iter().filter(|mark| self.is_in(usize::from(mark.choice))).count();
                if inside > 1 { Over::Ends } else { Over::No }
            }
        }
    }

    fn sets_threshold(&self, round: u32) -> bool {
        if round == 1 {
            return true;
        }
        if self.rules.number_of_winners > 1 || self.rules.first_round_determines_threshold {
            return false;
        }
        !self.rules.continue_until_two_remain || self.elected() == 0
    }

    fn threshold_of(&self, active: i128) -> i128 {
        if self.rules.by_percentage() {
            let (hundredths, places) = self.rules.percentage;
            return active / 10_i128.pow(places.min(16) + 2) * i128::from(hundredths);
        }
        let hare = self.rules.hare_quota;
        let divisor = i128::from(self.rules.number_of_winners) + i128::from(!hare);
        let unit = if self.rules.non_integer_threshold { 1 } else { self.one };
        let divisor = divisor.max(1) * unit;
        let whole = active / divisor;
        let up = if hare { i128::from(active % divisor != 0) } else { 1 };
        (whole + up) * unit
    }

    /// Leaves what is above the threshold with the ballots, cut down; says which part of each.
    fn transfer(&mut self, winner: usize) -> i128 {
        let votes = self.history.last().map_or(0, |votes| votes[winner]);
        let extra = votes - self.threshold;
        let fraction = if extra > 0 { mul_div(extra, self.one, votes) } else { 0 };
        for (at, ballot) in self.input.ballots.iter().enumerate() {
            let (state, value) = &mut self.state[at];
            if *state != State::For(winner) {
                continue;
            }
            let goes_on = mul_div(*value, fraction, self.one);
            let stays = (*value - goes_on) * i128::from(ballot.count);
            let parts = ballot.parts.iter().map(|part| *part as usize + 1);
            for part in std::iter::once(0).chain(parts) {
                self.held[winner][part] += stays;
            }
            *value = goes_on;
        }
        fraction
    }

    /// States for whoever was elected in an earlier round what stays with them.
    fn fill_elected(&mut self, number: u32, all: &mut [Sums]) {
        if self.rules.number_of_winners < 2 || self.rules.winner_election_mode == Mode::BottomsUp {
            return;
        }
        for at in 0..self.standing.len() {
            let Standing::Elected(round) = self.standing[at] else { continue };
            if round == number {
                continue;
            }
            if round + 1 == number {
                let residual = self.held[at][0] - self.threshold;
                if residual > 0 {
                    self.residual += residual;
                    self.held[at][0] = self.threshold;
                    all[0].transfers.insert((Some(at), To::ResidualSurplus), residual);
                }
            }
            for (part, sums) in all.iter_mut().enumerate() {
                sums.votes[at] = self.held[at][part];
            }
        }
        if let Some(history) = self.history.last_mut() {
            history.clone_from(&all[0].votes);
        }
        debug_assert_eq!(
            all[0].votes.iter().sum::<i128>() + all[0].inactive.iter().sum::<i128>() + self.residual,
            self.total
        );
    }
}

/// What several marks at one rank do.
enum Over {
    No,
    Ends,
    Skips,
}
