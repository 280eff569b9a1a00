//! Ballot polling round by round: Minerva and Providence, which need smaller rounds than BRAVO looked at once a round.
//!
//! Zagórski et al., "Minerva: an efficient risk-limiting ballot polling audit" (2021), arXiv 2008.02315 (athena's
//! paper) and Broadrick et al., "Providence: a flexible round-by-round risk-limiting audit" (2022), arXiv
//! 2210.08717. One winner and one loser; only ballots with a vote for one of them count.
//!
//! **Every round needs fresh public randomness**: with one seed for all rounds the choice of a round's size could be
//! made knowing its ballots. Minerva's round sizes must moreover be fixed before the audit; Providence's need not.

use super::binomial::{ln_at_least, probability};
use super::exact;
use super::problems::problem;
use crate::decimal::{PValue, RiskLimit};
use scr_core::Problem;
use serde::{Deserialize, Serialize};

/// What was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// All ballots that could be drawn.
    pub ballots: u64,
    /// Votes for the winner.
    pub winner: u64,
    /// Votes for the loser, at least one and fewer than the winner's.
    pub loser: u64,
}

/// One round's own ballots, without those of earlier rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Votes for the winner.
    pub winner: u64,
    /// Votes for the loser.
    pub loser: u64,
}

impl Round {
    fn size(self) -> u64 {
        self.winner + self.loser
    }
}

/// Minerva follows the chances of every count; beyond so many ballots that is too much work.
const MOST: u64 = 50_000;
/// And a search of a size does so many times.
const MOST_SIZED: u64 = 10_000;

impl Reported {
    fn check(&self, rounds: &[Round]) -> Result<f64, Box<Problem>> {
        let both = self.winner.checked_add(self.loser).filter(|both| *both <= self.ballots);
        let Some(both) = both else {
            return Err(Box::new(problem("SCR-AUD-053", "votes", self.winner).with("cards", self.ballots)));
        };
        if self.loser == 0 || self.winner <= self.loser {
            return Err(Box::new(problem("SCR-AUD-058", "winner", self.winner).with("loser", self.loser)));
        }
        let seen = rounds.iter().try_fold(0_u64, |sum, round| {
            round.winner.checked_add(round.loser).and_then(|size| sum.checked_add(size))
        });
        seen.filter(|seen| *seen <= self.ballots)
            .ok_or_else(|| problem("SCR-AUD-052", "rounds", rounds.len()))?;
        Ok(self.winner as f64 / both as f64)
    }

    /// Providence's p-value after the last of these rounds: 1 over the likelihood ratio of all earlier rounds times
    /// the ratio of tails of the last one. 1 without rounds.
    ///
    /// # Errors
    /// `SCR-AUD-052`, `-053`, `-058`: figures that do not fit together.
    pub fn providence(&self, rounds: &[Round]) -> Result<PValue, Box<Problem>> {
        let share = self.check(rounds)?;
        let Some((last, earlier)) = rounds.split_last() else { return Ok(PValue::ONE) };
        let tails = ln_at_least(last.winner, last.size(), share) - ln_at_least(last.winner, last.size(), 0.5);
        Ok(PValue::from_ln(-(likelihood(share, earlier) + tails)))
    }

    /// The smallest next round of Providence that finishes the audit with probability `q` if the reported shares are
    /// right, in ballots; all ballots where none does.
    ///
    /// # Errors
    /// As [`Self::providence`]; `SCR-AUD-060` for a probability that is not between 0 and 1.
    pub fn providence_size(&self, rounds: &[Round], limit: &RiskLimit, q: f64) -> Result<u64, Box<Problem>> {
        let share = self.check(rounds)?;
        if !(q > 0.0 && q < 1.0) {
            return Err(problem("SCR-AUD-060", "probability", q));
        }
        let lacking = -limit.ln() - likelihood(share, rounds);
        let votes = self.winner + self.loser;
        let size = smallest(votes, q, |size| finishes(size, share, lacking));
        let valid = exact::ratio(votes, self.ballots);
        Ok(size.map_or(self.ballots, |size| exact::ceiling(&(exact::whole(size) / valid)).min(self.ballots)))
    }

    /// A next round of Minerva that finishes the audit with probability `q` if the reported shares are right and the
    /// earlier rounds showed what they did, in ballots: the smallest but for the sawtooth of a count's probability;
    /// all ballots where none of up to 10,000 ballots with a vote does.
    ///
    /// # Errors
    /// As [`Self::minerva`]; `SCR-AUD-060` for a probability that is not between 0 and 1.
    pub fn minerva_size(&self, rounds: &[Round], limit: &RiskLimit, q: f64) -> Result<u64, Box<Problem>> {
        let share = self.check(rounds)?;
        if !(q > 0.0 && q < 1.0) {
            return Err(problem("SCR-AUD-060", "probability", q));
        }
        let mut chances = Chances::new(share);
        let mut winner = 0;
        for round in rounds {
            chances.draw(round.size())?;
            winner += round.winner;
            chances.cut(limit);
        }
        let votes = (self.winner + self.loser).min(MOST_SIZED.saturating_sub(chances.drawn));
        // The least count in all that would finish after so many more ballots, and the chance to reach it from here.
        let chance = |size: u64| {
            let mut next = Chances { right: chances.right.clone(), tie: chances.tie.clone(), ..chances };
            match next.draw(size).ok().and_then(|()| next.cut(limit)) {
                Some(least) => ln_at_least(least.saturating_sub(winner), size, share).exp(),
                None => 0.0,
            }
        };
        let (mut short, mut enough) = (0, votes);
        while enough.saturating_sub(short) > 1 {
            let middle = u64::midpoint(short, enough);
            if chance(middle) >= q { enough = middle } else { short = middle }
        }
        let size = Some(enough).filter(|size| *size > 0 && chance(*size) >= q);
        let valid = exact::ratio(self.winner + self.loser, self.ballots);
        Ok(size.map_or(self.ballots, |size| exact::ceiling(&(exact::whole(size) / valid)).min(self.ballots)))
    }

    /// Minerva's p-value after the last of these rounds; earlier rounds must not have met the limit. 1 without
    /// rounds.
    ///
    /// # Errors
    /// As [`Self::providence`]; `SCR-AUD-060` for more than 50,000 ballots with a vote.
    pub fn minerva(&self, rounds: &[Round], limit: &RiskLimit) -> Result<PValue, Box<Problem>> {
        let share = self.check(rounds)?;
        let mut chances = Chances::new(share);
        let mut winner = 0;
        let mut p = PValue::ONE;
        for round in rounds {
            chances.draw(round.size())?;
            winner += round.winner;
            p = PValue::from_ln(-chances.ln_ratio(winner));
            chances.cut(limit);
        }
        Ok(p)
    }

    /// For each round of a schedule (ballots with a vote in all, ascending) the least number of votes for the winner
    /// that finishes Minerva; `None` where no count does.
    ///
    /// # Errors
    /// As [`Self::minerva`]; `SCR-AUD-060` for a schedule that does not ascend.
    pub fn minerva_least(
        &self,
        schedule: &[u64],
        limit: &RiskLimit,
    ) -> Result<Vec<Option<u64>>, Box<Problem>> {
        let mut chances = Chances::new(self.check(&[])?);
        let mut drawn = 0;
        let round = |size: &u64| {
            let new = size.checked_sub(drawn).filter(|new| *new > 0);
            chances.draw(new.ok_or_else(|| problem("SCR-AUD-060", "schedule", size))?)?;
            drawn = *size;
            Ok(chances.cut(limit))
        };
        schedule.iter().map(round).collect()
    }
}

/// The chance that a round of `size` votes finishes, if the report is right: at the least count whose ratio of tails,
/// which grows with the count, makes up what is lacking.
fn finishes(size: u64, share: f64, lacking: f64) -> f64 {
    let enough = |k: u64| ln_at_least(k, size, share) - ln_at_least(k, size, 0.5) >= lacking;
    if !enough(size) {
        return 0.0;
    }
    let (mut short, mut least) = (0, size);
    if enough(0) {
        return 1.0;
    }
    while least - short > 1 {
        let middle = u64::midpoint(short, least);
        if enough(middle) { least = middle } else { short = middle }
    }
    ln_at_least(least, size, share).exp()
}

/// The smallest size up to `most` whose chance is at least `q`. Chances rise with the size but for a sawtooth whose
/// teeth are as high as one count's probability: sizes two teeth short of `q` are skipped by bisection.
fn smallest(most: u64, q: f64, chance: impl Fn(u64) -> f64) -> Option<u64> {
    let tooth = |size: u64| (1.0 / size as f64).sqrt();
    let (mut short, mut near) = (0, most);
    while near - short > 1 {
        let middle = u64::midpoint(short, near);
        if chance(middle) >= q - 2.0 * tooth(middle) { near = middle } else { short = middle }
    }
    (near..=most).find(|size| chance(*size) >= q)
}

/// BRAVO's logarithm of the likelihood ratio.
fn likelihood(share: f64, rounds: &[Round]) -> f64 {
    let step = |round: &Round| {
        round.winner as f64 * (2.0 * share).ln() + round.loser as f64 * (2.0 - 2.0 * share).ln()
    };
    rounds.iter().map(step).sum()
}

/// The chances of every winning count in audits that have not finished, if the report is right and if it is a tie.
struct Chances {
    share: f64,
    drawn: u64,
    right: Vec<f64>,
    tie: Vec<f64>,
}

impl Chances {
    fn new(share: f64) -> Self {
        Self { share, drawn: 0, right: vec![1.0], tie: vec![1.0] }
    }

    fn draw(&mut self, size: u64) -> Result<(), Box<Problem>> {
        self.drawn += size;
        if self.drawn > MOST {
            return Err(Box::new(problem("SCR-AUD-060", "ballots", self.drawn).with("most", MOST)));
        }
        self.right = after(&self.right, size, self.share);
        self.tie = after(&self.tie, size, 0.5);
        Ok(())
    }

    /// ln of the ratio of tails at `winner`: minus infinity where an unfinished audit cannot have that count.
    fn ln_ratio(&self, winner: u64) -> f64 {
        let from = usize::try_from(winner).unwrap_or(usize::MAX).min(self.right.len());
        let (right, tie): (f64, f64) = (self.right[from..].iter().sum(), self.tie[from..].iter().sum());
        if right > 0.0 { right.ln() - tie.ln() } else { f64::NEG_INFINITY }
    }

    /// Takes audits that finish out; gives the least count that finishes.
    fn cut(&mut self, limit: &RiskLimit) -> Option<u64> {
        let (mut right, mut tie, mut least) = (0.0, 0.0, None);
        for k in (0..self.right.len()).rev() {
            right += self.right[k];
            tie += self.tie[k];
            // Where both have underflowed nothing is known; such counts do not occur.
            if right > 0.0 && right.ln() - f64::ln(tie) >= -limit.ln() {
                least = Some(k);
            }
        }
        if let Some(least) = least {
            self.right.truncate(least);
            self.tie.truncate(least);
        }
        least.and_then(|least| u64::try_from(least).ok())
    }
}

/// The chances after `size` more ballots.
fn after(before: &[f64], size: u64, share: f64) -> Vec<f64> {
    let step: Vec<f64> = (0..=size).map(|k| probability(k, size, share)).collect();
    let mut chances = vec![0.0; before.len() + step.len() - 1];
    for (i, chance) in before.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
        for (j, more) in step.iter().enumerate() {
            chances[i + j] += chance * more;
        }
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIXTY: Reported = Reported { ballots: 100_000, winner: 60_000, loser: 40_000 };

    fn ten() -> RiskLimit {
        RiskLimit::percent(10).unwrap()
    }

    /// Arlo's tests of Minerva (votingworks/arlo at 8d86156): 60 % against 40 %, 10 %, rounds of 100, 200, 400.
    #[test]
    fn least_counts_of_minerva() {
        let least = SIXTY.minerva_least(&[100, 200, 400], &ten()).unwrap();
        assert_eq!(least, [Some(58), Some(113), Some(221)]);
        for (winner, met) in [(57, false), (58, true)] {
            let p = SIXTY.minerva(&[Round { winner, loser: 100 - winner }], &ten()).unwrap();
            assert_eq!(p.meets(&ten()), met, "{winner}");
        }
        for (winner, met) in [(112, false), (113, true)] {
            let rounds =
                [Round { winner: 57, loser: 43 }, Round { winner: winner - 57, loser: 157 - winner }];
            assert_eq!(SIXTY.minerva(&rounds, &ten()).unwrap().meets(&ten()), met, "{winner}");
        }
    }

    /// Arlo's tests of Providence (test_minerva2.py at 8d86156): a first round that finishes with probability 0.9.
    #[test]
    fn a_first_round_of_providence() {
        assert_eq!(SIXTY.providence_size(&[], &ten(), 0.9).unwrap(), 173);
        let others = Reported { ballots: 110_000, ..SIXTY };
        assert_eq!(others.providence_size(&[], &ten(), 0.9).unwrap(), 191);
        // For these the search of Arlo's library stops at a size that is a little larger than the smallest.
        let cases = [
            (Reported { ballots: 100_000, winner: 51_000, loser: 49_000 }, 17_270),
            (Reported { ballots: 10_000_000, winner: 5_040_799, loser: 4_959_201 }, 103_467),
            (Reported { ballots: 1_100, winner: 400, loser: 200 }, 118),
        ];
        for (reported, theirs) in cases {
            let ours = reported.providence_size(&[], &ten(), 0.9).unwrap();
            assert!(ours <= theirs && theirs - ours <= theirs / 20, "{ours} {theirs}");
        }
    }

    /// Arlo's tests of both (the largest of each contest's pairs): test_minerva.py, test_minerva2.py at 8d86156.
    #[test]
    fn risks_that_arlo_measures() {
        let near = |p: PValue, theirs: f64| {
            assert!((p.value() / theirs - 1.0).abs() < 1e-6, "{} {theirs}", p.value())
        };
        let reported = |ballots, winner, loser| Reported { ballots, winner, loser };
        let round = |winner, loser| Round { winner, loser };
        let minerva = |of: Reported, rounds: &[Round]| of.minerva(rounds, &ten()).unwrap();
        let (ten_to_eight, sixty) = (reported(850, 450, 400), reported(1_200, 600, 400));
        near(ten_to_eight.providence(&[round(54, 46), round(55, 45)]).unwrap(), 0.361_429_363_575_727_1);
        near(minerva(sixty, &[round(56, 40)]), 0.093_394_579_980_107_9);
        near(minerva(sixty, &[round(40, 40)]), 0.559_643_461_520_963_2);
        near(minerva(sixty, &[round(40, 40), round(70, 30)]), 0.006_382_031_505_998_192);
        near(minerva(reported(1_100, 400, 200), &[round(30, 30), round(50, 25)]), 0.083_535_346_859_948);
        let close = reported(10_100_100, 5_100_000, 4_900_000);
        near(minerva(close, &[round(5_100, 4_990)]), 0.168_962_006_078_486_47);
        near(minerva(close, &[round(5_100, 4_990), round(5_100, 4_900)]), 0.039_079_533_484_987_01);
    }

    /// In a first round both are the ratio of tails; a round of one ballot after another is BRAVO's.
    #[test]
    fn first_rounds_agree_and_small_rounds_are_bravo() {
        let first = [Round { winner: 57, loser: 43 }];
        let (a, b) = (SIXTY.minerva(&first, &ten()).unwrap(), SIXTY.providence(&first).unwrap());
        assert!((a.ln() - b.ln()).abs() < 1e-10);
        let mut rounds = vec![Round { winner: 1, loser: 0 }; 30];
        let p = SIXTY.providence(&rounds).unwrap();
        assert!((p.ln() + 30.0 * 1.2_f64.ln()).abs() < 1e-12);
        rounds.push(Round { winner: 0, loser: 0 });
        let p = SIXTY.providence(&rounds).unwrap();
        assert!((p.ln() + 30.0 * 1.2_f64.ln()).abs() < 1e-12, "an empty round changes nothing");
        assert_eq!(SIXTY.providence(&[]).unwrap(), PValue::ONE);
    }

    #[test]
    fn figures_that_do_not_fit_together_are_refused() {
        let code = |reported: Reported| reported.providence(&[]).unwrap_err().code;
        assert_eq!(code(Reported { loser: 60_000, ..SIXTY }), "SCR-AUD-053");
        assert_eq!(code(Reported { winner: 40_000, ..SIXTY }), "SCR-AUD-058");
        assert_eq!(code(Reported { loser: 0, ..SIXTY }), "SCR-AUD-058");
        let many = [Round { winner: 90_000, loser: 90_000 }];
        assert_eq!(SIXTY.providence(&many).unwrap_err().code, "SCR-AUD-052");
        assert_eq!(
            SIXTY.minerva(&[Round { winner: 26_000, loser: 25_000 }], &ten()).unwrap_err().code,
            "SCR-AUD-060"
        );
        assert_eq!(SIXTY.minerva_least(&[200, 100], &ten()).unwrap_err().code, "SCR-AUD-060");
        assert_eq!(SIXTY.providence_size(&[], &ten(), 1.0).unwrap_err().code, "SCR-AUD-060");
    }
}
