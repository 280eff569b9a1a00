//! Who is elected or eliminated in a round, and how ties are broken.

use super::engine::Engine;
use super::java;
use super::model::{Ballots, Broken, Decision, RankedError, Tie, Why};
use super::{Mode, Rules, Tiebreak};
use crate::lots::{LotError, Lots};

/// What breaks ties.
pub(super) struct Chance {
    random: java::Random,
    /// Candidates who can be elected, in the order that breaks ties.
    order: Vec<usize>,
}

impl Chance {
    pub(super) fn new(rules: &Rules, input: &Ballots) -> Self {
        let mut random = java::Random::new(rules.random_seed);
        let mut order: Vec<usize> =
            (0..input.candidates.len()).filter(|at| !input.candidates[*at].undeclared).collect();
        if rules.tiebreak_mode == Tiebreak::GeneratePermutation {
            sort(&mut order, input);
            random.shuffle(&mut order);
        }
        Self { random, order }
    }
}

fn sort(candidates: &mut [usize], input: &Ballots) {
    candidates.sort_by(|a, b| java::compare(&input.candidates[*a].name, &input.candidates[*b].name));
}

impl Engine<'_> {
    fn votes(&self, candidate: usize) -> i128 {
        self.history.last().map_or(0, |votes| votes[candidate])
    }

    fn decision(candidate: usize, elected: bool, why: Why) -> Decision {
        Decision { candidate, elected, why, surplus_fraction: None }
    }

    /// What this round decides.
    pub(super) fn decide(
        &self,
        chance: &mut Chance,
        lots: &mut Lots<'_>,
    ) -> Result<(Vec<Decision>, Option<Tie>), RankedError> {
        let (winners, tie) = self.winners(chance, lots)?;
        if !winners.is_empty() {
            return Ok((winners, tie));
        }
        let seats = self.rules.number_of_winners as usize;
        let goes_on = self.rules.continue_until_two_remain && self.eliminated() + 2 < self.candidates();
        if self.elected() >= seats && !goes_on && !self.rules.by_percentage() {
            return Ok((Vec::new(), None));
        }
        let several = self.several();
        if !several.is_empty() {
            return Ok((several, None));
        }
        let continuing = self.continuing();
        let Some(fewest) = continuing.iter().map(|at| self.votes(*at)).min() else {
            return Ok((Vec::new(), None));
        };
        let mut last: Vec<usize> = continuing.into_iter().filter(|at| self.votes(*at) == fewest).collect();
        let tie = self.one_of(&mut last, false, chance, lots)?;
        Ok((vec![Self::decision(last[0], false, Why::Fewest)], tie))
    }

    fn winners(
        &self,
        chance: &mut Chance,
        lots: &mut Lots<'_>,
    ) -> Result<(Vec<Decision>, Option<Tie>), RankedError> {
        let continuing = self.continuing();
        let real: Vec<usize> =
            continuing.iter().copied().filter(|at| !self.input.candidates[*at].undeclared).collect();
        if continuing.iter().any(|at| self.input.candidates[*at].undeclared && self.votes(*at) > 0) {
            return Ok((Vec::new(), None));
        }
        let elect = |list: Vec<usize>, why: &Why| {
            list.into_iter().map(|at| Self::decision(at, true, why.clone())).collect::<Vec<_>>()
        };
        if self.rules.by_percentage() {
            let all = continuing.iter().all(|at| self.votes(*at) > self.threshold);
            return Ok((if all { elect(real, &Why::AllAboveShare) } else { Vec::new() }, None));
        }
        let seats = self.rules.number_of_winners as usize;
        let free = seats.saturating_sub(self.elected());
        if free == 0 {
            return Ok((Vec::new(), None));
        }
        let most = real.iter().map(|at| self.votes(*at)).max().unwrap_or(0);
        let top = || real.iter().copied().filter(|at| self.votes(*at) == most).collect::<Vec<_>>();
        let first = self.rules.first_round_determines_threshold;
        let (chosen, why) = if continuing.len() <= free {
            (real.clone(), Why::SeatsLeft)
        } else if first && continuing.len() - 1 == seats {
            (top(), Why::Most)
        } else if self.rules.winner_election_mode == Mode::BottomsUp {
            (Vec::new(), Why::Threshold)
        } else {
            let enough = |at: &usize| self.votes(*at) >= self.threshold;
            (real.iter().copied().filter(enough).collect(), Why::Threshold)
        };
        let one = self.rules.winner_election_mode == Mode::MultiWinnerAllowOnlyOneWinnerPerRound || first;
        let last_two = seats == 1 && chosen.is_empty() && continuing.len() == 2;
        if (chosen.len() > 1 && one) || last_two {
            let mut top = top();
            let tie = self.one_of(&mut top, true, chance, lots)?;
            let why = if chosen.len() > 1 && why == Why::Threshold { why } else { Why::Most };
            return Ok((elect(top, &why), tie));
        }
        Ok((elect(chosen, &why), None))
    }

    /// Several who are eliminated at once by a rule.
    fn several(&self) -> Vec<Decision> {
        let continuing = self.continuing();
        let out = |list: Vec<usize>, why: &Why| {
            list.into_iter().map(|at| Self::decision(at, false, why.clone())).collect::<Vec<_>>()
        };
        let undeclared = continuing
            .iter()
            .copied()
            .filter(|at| self.input.candidates[*at].undeclared && self.votes(*at) > 0);
        let undeclared: Vec<usize> = undeclared.collect();
        if !undeclared.is_empty() {
            return out(undeclared, &Why::UndeclaredWriteIns);
        }
        // Who was elected stays in a count that goes on until two are left.
        let can_go = |at: &usize| self.standing[*at] == super::engine::Standing::In;
        let cutoff = self.rules.cutoff_elimination;
        let minimum = i128::from(self.rules.minimum_vote_threshold) * self.one;
        let minimum = if cutoff { minimum.max(self.threshold) } else { minimum };
        let below: Vec<usize> =
            continuing.iter().copied().filter(|at| can_go(at) && self.votes(*at) < minimum).collect();
        if !below.is_empty() {
            return out(below, &Why::Minimum);
        }
        if self.rules.batch_elimination { self.batch(continuing) } else { Vec::new() }
    }

    /// Everybody who has, together with all who have less, less than the next.
    fn batch(&self, mut continuing: Vec<usize>) -> Vec<Decision> {
        continuing.sort_by_key(|at| self.votes(*at));
        let mut together = 0;
        let mut seen = 0;
        let (mut found, mut before): (Vec<Decision>, Vec<Decision>) = (Vec::new(), Vec::new());
        for equal in continuing.chunk_by(|a, b| self.votes(*a) == self.votes(*b)) {
            let next = self.votes(equal[0]);
            if together < next && seen > found.len() {
                let why = Why::Batch { together: self.decimal(together), next: self.decimal(next) };
                let more = continuing[found.len()..seen].iter();
                before.clone_from(&found);
                found.extend(more.map(|at| Self::decision(*at, false, why.clone())));
            }
            seen += equal.len();
            together += next * i128::try_from(equal.len()).unwrap_or(0);
        }
        if self.rules.continue_until_two_remain && found.len() + self.eliminated() == self.candidates() - 1 {
            found = before;
        }
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// Leaves one of the tied, and says how it was found.
    fn one_of(
        &self,
        tied: &mut Vec<usize>,
        wins: bool,
        chance: &mut Chance,
        lots: &mut Lots<'_>,
    ) -> Result<Option<Tie>, RankedError> {
        if tied.len() < 2 {
            return Ok(None);
        }
        sort(tied, self.input);
        let among = tied.clone();
        let (chosen, by) = match self.rules.tiebreak_mode {
            Tiebreak::UseCandidateOrder | Tiebreak::GeneratePermutation => {
                let mut order: Vec<usize> = chance.order.clone();
                if !wins {
                    order.reverse();
                }
                (order.into_iter().find(|at| tied.contains(at)).unwrap_or(tied[0]), Broken::Order)
            }
            Tiebreak::Random | Tiebreak::StopCountingAndAsk => self.by_chance(tied, wins, chance, lots)?,
            Tiebreak::PreviousRoundCountsThenRandom | Tiebreak::PreviousRoundCountsThenAsk => {
                match self.by_earlier_rounds(tied, wins) {
                    Some(round) => (tied[0], Broken::Round(round)),
                    None => self.by_chance(tied, wins, chance, lots)?,
                }
            }
        };
        *tied = vec![chosen];
        Ok(Some(Tie { among, chosen, elected: wins, by }))
    }

    fn by_chance(
        &self,
        tied: &[usize],
        wins: bool,
        chance: &mut Chance,
        lots: &mut Lots<'_>,
    ) -> Result<(usize, Broken), LotError> {
        if self.rules.tiebreak_mode.needs_seed() {
            return Ok((tied[chance.random.of_double(tied.len())], Broken::Seed));
        }
        let what = if wins { "election" } else { "elimination" };
        let drawn = lots.choose(&format!("{what} in round {}", self.number()), tied, 1)?;
        Ok((drawn[0], Broken::Lot))
    }

    /// Leaves those who are equal in all earlier rounds; the round that left one. Names are in the order in which
    /// `RCTab` has them, because a number drawn afterwards is a place among them.
    fn by_earlier_rounds(&self, tied: &mut Vec<usize>, wins: bool) -> Option<u32> {
        for (at, votes) in self.history.iter().enumerate().rev().skip(1) {
            java::hash_order(tied, |at| self.input.candidates[*at].name.clone());
            let most = tied.iter().map(|at| votes[*at]).max();
            let least = tied.iter().map(|at| votes[*at]).min();
            let best = if wins { most } else { least };
            tied.retain(|at| Some(votes[*at]) == best);
            if tied.len() == 1 {
                return u32::try_from(at + 1).ok();
            }
        }
        None
    }
}
