//! Ballot polling by BRAVO: Wald's sequential probability ratio test for each pair of a winner and a loser.
//!
//! Lindeman, Stark and Yates, "BRAVO: ballot-polling risk-limiting audits to verify outcomes" (2012). Sample
//! sizes as Arlo offers them: the expected number (ASN), and sizes that finish with a stated probability in one
//! round (Lindeman's calculation). Minerva and Providence are not here: they need fresh randomness each round.

use super::binomial::quantile;
use super::exact::{ceiling, digits_28, floor, ln, ratio, whole};
use super::problems::{problem, too_many};
use crate::decimal::{PValue, RiskLimit};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF as _, Normal};

/// A contest as it was reported: each winner had at least as many votes as each loser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// All ballots that could be drawn, with a vote in this contest or without.
    pub ballots: u64,
    /// Votes of each reported winner.
    pub winners: Vec<u64>,
    /// Votes of each reported loser.
    pub losers: Vec<u64>,
}

/// What was seen so far, over all rounds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sample {
    /// Votes seen for each winner, in the contest's order.
    pub winners: Vec<u64>,
    /// Votes seen for each loser, in the contest's order.
    pub losers: Vec<u64>,
    /// Ballots that could not be found: each counts as a vote for every loser.
    pub not_found: u64,
}

/// The risk of one pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRisk {
    /// Place in the contest's winners.
    pub winner: usize,
    /// Place in the contest's losers.
    pub loser: usize,
    /// How likely such a sample is if this loser had at least this winner's votes.
    pub p: PValue,
}

/// A pair's shares of its own votes, exactly.
struct Pair {
    w: u64,
    l: u64,
    ballots: u64,
    seen_w: u64,
    seen_l: u64,
}

impl Pair {
    /// s_w = w/(w+l).
    fn share(&self) -> BigRational {
        ratio(self.w, self.w + self.l)
    }

    /// ln 2s_w and ln 2s_l.
    fn steps(&self) -> (f64, f64) {
        let both = (self.w + self.l) as f64;
        let lead = (self.w as f64 - self.l as f64) / both;
        (lead.ln_1p(), (-lead).ln_1p())
    }

    /// ln T of the sample so far; without votes of a candidate its step does not count (0 · ln 0 = 0).
    fn ln_t(&self) -> f64 {
        let (z_w, z_l) = self.steps();
        let of = |count: u64, step: f64| if count == 0 { 0.0 } else { count as f64 * step };
        of(self.seen_w, z_w) + of(self.seen_l, z_l)
    }

    /// Expected number of ballots, all in one draw: (ln(1/a) - ln T + z_w/2) / (p_w z_w + p_l z_l).
    fn asn(&self, limit: &RiskLimit) -> u64 {
        let two = whole(2);
        let z_w = ln(&(self.share() * &two));
        let z_l = ln(&(ratio(self.l, self.w + self.l) * &two));
        let ln_t = &z_w * whole(self.seen_w) + &z_l * whole(self.seen_l);
        let each = (&z_w * whole(self.w) + &z_l * whole(self.l)) / whole(self.ballots);
        ceiling(&((-ln(limit.exact()) - ln_t + z_w / two) / each))
    }

    /// What ln T still lacks.
    fn lacking(&self, limit: &RiskLimit) -> f64 {
        -limit.ln() - self.ln_t()
    }

    /// p_w + p_l as Arlo has it: two `f64`, added with 28 digits. Rounding up must not depend on more.
    fn valid(&self) -> BigRational {
        let share = |votes: u64| BigRational::from_float(votes as f64 / self.ballots as f64);
        let both = share(self.w).zip(share(self.l)).map(|(w, l)| digits_28(&(w + l)));
        both.unwrap_or_else(|| ratio(self.w + self.l, self.ballots))
    }

    /// The chance that a round of `size` ballots finishes, by the normal approximation, as Arlo shows it.
    fn chance(&self, limit: &RiskLimit, size: u64) -> f64 {
        let lacking = self.lacking(limit);
        if lacking <= 0.0 {
            return 0.0;
        }
        let (z_w, z_l) = self.steps();
        let s = self.w as f64 / (self.w + self.l) as f64;
        let n = (whole(size) * self.valid()).to_f64().unwrap_or(f64::INFINITY);
        let needed = (lacking - z_l * n) / (z_w - z_l);
        let z = (needed - n * s) / (n * s * (1.0 - s)).sqrt();
        Normal::standard().cdf(-z)
    }

    /// Ballots after which the audit is finished with probability `q`, if the reported shares are right.
    fn size(&self, limit: &RiskLimit, q: f64) -> u64 {
        let lacking = self.lacking(limit);
        if lacking <= 0.0 {
            return 0;
        }
        let (z_w, z_l) = self.steps();
        let s = self.w as f64 / (self.w + self.l) as f64;
        let z = -Normal::standard().inverse_cdf(q);
        // Expected votes for the winner at the 1-q quantile = votes needed; a quadratic in n.
        let (d, f) = (s * (1.0 - s), lacking / (z_w - z_l));
        let h = z_l / (z_w - z_l) + s;
        let (a, b, c) = (h * h, -(z * z * d + 2.0 * f * h), f * f);
        let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
        let mut n = floor((if q > 0.5 { -b + root } else { -b - root }) / (2.0 * a));
        // The quadratic is continuous, votes are not.
        while n < self.ballots {
            let x = quantile(1.0 - q, n, s);
            if x as f64 * z_w + (n - x) as f64 * z_l >= lacking {
                break;
            }
            n += 1;
        }
        ceiling(&digits_28(&(whole(n) / self.valid())))
    }
}

/// The sizes that Arlo offers for a round.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sizes {
    /// A tie, or a sample so large that counting all ballots is less work: count them all.
    AllBallots(u64),
    /// Ballots to draw in addition to the sample so far.
    Draw {
        /// The expected number, and the chance that it finishes the audit (contests with one winner).
        asn: (u64, Option<f64>),
        /// The probability to finish, and the number of ballots for it; none with several winners, nor where the
        /// sample so far is enough.
        quantiles: Vec<(f64, u64)>,
    },
}

/// The probabilities to finish for which Arlo offers sizes.
pub const QUANTILES: [f64; 3] = [0.7, 0.8, 0.9];
/// Above so many ballots, a 0.9 size of a quarter of them or more means counting all.
const LARGE: u64 = 100_000;

impl Contest {
    fn check(&self, sample: &Sample) -> Result<(), Box<Problem>> {
        if self.winners.is_empty() || self.losers.is_empty() {
            let what = if self.winners.is_empty() { "winners" } else { "losers" };
            return Err(problem("SCR-AUD-056", what, 0));
        }
        if sample.winners.len() != self.winners.len() || sample.losers.len() != self.losers.len() {
            let given = sample.winners.len() + sample.losers.len();
            return Err(problem("SCR-AUD-057", "candidates", given));
        }
        let (least, most) = (self.winners.iter().min(), self.losers.iter().max());
        if least < most {
            let value = least.copied().unwrap_or(0);
            return Err(Box::new(problem("SCR-AUD-058", "winners", value).with("loser", most.unwrap_or(&0))));
        }
        let largest = self.winners.iter().max().copied().unwrap_or(0);
        if largest > self.ballots || self.ballots == 0 {
            return Err(Box::new(problem("SCR-AUD-053", "votes", largest).with("cards", self.ballots)));
        }
        Ok(())
    }

    fn pairs<'a>(&'a self, sample: &'a Sample) -> impl Iterator<Item = ((usize, usize), Pair)> + 'a {
        let pair = |i: usize, j: usize| Pair {
            w: self.winners[i],
            l: self.losers[j],
            ballots: self.ballots,
            seen_w: sample.winners[i],
            seen_l: sample.losers[j] + sample.not_found,
        };
        (0..self.winners.len()).flat_map(move |i| (0..self.losers.len()).map(move |j| ((i, j), pair(i, j))))
    }

    /// The risk of every pair, winners in order, for each its losers in order. `drawn`: ballots drawn so far
    /// (different ones); when that is all of them the risk is 0.
    ///
    /// # Errors
    /// `SCR-AUD-053`, `-056`, `-057`, `-058`: figures that do not fit together.
    pub fn risks(&self, sample: &Sample, drawn: u64) -> Result<Vec<PairRisk>, Box<Problem>> {
        self.check(sample)?;
        if drawn > self.ballots {
            return Err(too_many("drawn", drawn, self.ballots));
        }
        let all = drawn == self.ballots;
        let risk = |((winner, loser), pair): ((usize, usize), Pair)| {
            let known = pair.w + pair.l > 0;
            let p = if known { PValue::from_ln(-pair.ln_t()) } else { PValue::ONE };
            PairRisk { winner, loser, p: if all { PValue::ZERO } else { p } }
        };
        Ok(self.pairs(sample).map(risk).collect())
    }

    /// Sizes for the next round. Pairs whose loser got no votes need no ballots of their own; where all losers
    /// got none, one ballot is drawn.
    ///
    /// # Errors
    /// As [`Self::risks`].
    pub fn sizes(&self, limit: &RiskLimit, sample: &Sample) -> Result<Sizes, Box<Problem>> {
        self.check(sample)?;
        let open: Vec<Pair> = self.pairs(sample).map(|(_, pair)| pair).filter(|pair| pair.l > 0).collect();
        if open.is_empty() {
            return Ok(Sizes::Draw { asn: (1, Some(1.0)), quantiles: Vec::new() });
        }
        if open.iter().any(|pair| pair.w == pair.l) {
            return Ok(Sizes::AllBallots(self.ballots));
        }
        let sized = open.iter().map(|pair| (pair.asn(limit), pair));
        // The first of the largest, winners and losers in the order given.
        let Some((asn, slowest)) = sized.reduce(|a, b| if b.0 > a.0 { b } else { a }) else {
            return Ok(Sizes::AllBallots(self.ballots));
        };
        if self.winners.len() > 1 {
            return Ok(Sizes::Draw { asn: (asn, None), quantiles: Vec::new() });
        }
        let size = |q: f64| (q, open.iter().map(|pair| pair.size(limit, q)).max().unwrap_or(0));
        let quantiles: Vec<(f64, u64)> =
            QUANTILES.into_iter().map(size).filter(|(_, size)| *size > 0).collect();
        let most = quantiles.last().map_or(0, |(_, size)| *size);
        if self.ballots > LARGE && most >= self.ballots.div_ceil(4) {
            return Ok(Sizes::AllBallots(self.ballots));
        }
        let chance = (slowest.chance(limit, asn) * 100.0).round_ties_even() / 100.0;
        Ok(Sizes::Draw { asn: (asn, Some(chance)), quantiles })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(w: u64) -> Contest {
        Contest {
            ballots: 1_000_000_000,
            winners: vec![w * 10_000_000],
            losers: vec![(100 - w) * 10_000_000],
        }
    }

    fn nothing(contest: &Contest) -> Sample {
        Sample {
            winners: vec![0; contest.winners.len()],
            losers: vec![0; contest.losers.len()],
            not_found: 0,
        }
    }

    fn sizes(contest: &Contest, percent: u8) -> Sizes {
        contest.sizes(&RiskLimit::percent(percent).unwrap(), &nothing(contest)).unwrap()
    }

    /// Lindeman, Stark and Yates (2012), table 1, 10 %: the expected numbers as the project's reference gives
    /// them, computed apart from this code.
    #[test]
    fn expected_numbers_of_ballots() {
        let table = [(70, 31), (65, 54), (60, 119), (58, 185), (55, 470), (52, 2_902), (51, 11_562)];
        for (share, expected) in table {
            let Sizes::Draw { asn, .. } = sizes(&shares(share), 10) else { panic!("{share}") };
            assert_eq!(asn.0, expected, "{share} %");
        }
    }

    #[test]
    fn ties_landslides_and_large_samples_have_their_own_answers() {
        assert_eq!(
            sizes(&Contest { ballots: 900, winners: vec![400], losers: vec![400, 3] }, 5),
            Sizes::AllBallots(900)
        );
        let landslide = Contest { ballots: 900, winners: vec![400], losers: vec![0, 0] };
        assert_eq!(sizes(&landslide, 5), Sizes::Draw { asn: (1, Some(1.0)), quantiles: vec![] });
        let close = Contest { ballots: 100_001, winners: vec![50_050], losers: vec![49_951] };
        assert_eq!(sizes(&close, 5), Sizes::AllBallots(100_001));
        let several = Contest { ballots: 900, winners: vec![400, 300], losers: vec![100, 0] };
        assert!(
            matches!(sizes(&several, 5), Sizes::Draw { asn: (_, None), quantiles } if quantiles.is_empty())
        );
    }

    #[test]
    fn a_zero_vote_loser_does_not_spoil_the_risk_and_missing_ballots_speak_for_every_loser() {
        let contest = Contest { ballots: 900, winners: vec![400], losers: vec![300, 0] };
        let seen = Sample { winners: vec![40], losers: vec![10, 0], not_found: 0 };
        let risks = contest.risks(&seen, 60).unwrap();
        assert!((risks[1].p.ln() + 40.0 * 2.0_f64.ln()).abs() < 1e-12);
        let lost = contest.risks(&Sample { not_found: 1, ..seen.clone() }, 61).unwrap();
        assert!(lost[0].p > risks[0].p);
        assert_eq!(lost[1].p, PValue::ONE, "a vote for somebody who was reported with none");
        assert!(contest.risks(&seen, 900).unwrap().iter().all(|risk| risk.p == PValue::ZERO));
    }

    #[test]
    fn a_million_votes_do_not_overflow() {
        let contest = Contest { ballots: 9_000_000, winners: vec![6_000_000], losers: vec![2_000_000] };
        let seen = Sample { winners: vec![3_000_000], losers: vec![1_000_000], not_found: 0 };
        let p = contest.risks(&seen, 4_500_000).unwrap()[0].p;
        assert!(p.ln().is_finite() && p.ln() < -500_000.0);
    }

    #[test]
    fn figures_that_do_not_fit_together_are_refused() {
        let contest = |winners: &[u64], losers: &[u64]| Contest {
            ballots: 10,
            winners: winners.into(),
            losers: losers.into(),
        };
        let code = |contest: &Contest| contest.risks(&nothing(contest), 0).unwrap_err().code;
        assert_eq!(code(&contest(&[5], &[])), "SCR-AUD-056");
        assert_eq!(code(&contest(&[], &[5])), "SCR-AUD-056");
        assert_eq!(code(&contest(&[4], &[5])), "SCR-AUD-058");
        assert_eq!(code(&contest(&[11], &[5])), "SCR-AUD-053");
        let fine = contest(&[5], &[4]);
        assert_eq!(fine.risks(&Sample::default(), 0).unwrap_err().code, "SCR-AUD-057");
        assert_eq!(fine.risks(&nothing(&fine), 11).unwrap_err().code, "SCR-AUD-052");
    }
}
