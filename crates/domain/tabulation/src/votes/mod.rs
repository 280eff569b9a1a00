//! Winners from votes: plurality, several winners, approval, a share that is needed, and the law of runoffs.
//!
//! Who is equal for a place is said and waits for a lot; a program never chooses.

use crate::cvr::Contest;
use crate::cvr::columns::ContestTally;
use crate::lots::{Lot, LotError, Lots};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

/// A count: choices with their votes, and what the votes are a share of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Names of the choices.
    pub names: Vec<String>,
    /// Votes of each.
    pub votes: Vec<u64>,
    /// Ballots with a valid vote in the contest.
    pub valid: u64,
    /// Ballots without a mark.
    pub blank: u64,
    /// Ballots with more marks than allowed.
    pub overvoted: u64,
}

/// What decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Those with most votes: one or several winners. Approval is the same with as many marks as one likes, cumulative
    /// voting with several marks for one choice.
    Most {
        /// How many are elected.
        winners: usize,
    },
    /// A share of the ballots is needed, as a fraction above and below the line.
    Share {
        /// The share.
        share: (u32, u32),
        /// "More than" instead of "at least".
        more_than: bool,
        /// What it is a share of.
        of: Base,
    },
    /// More than half of the ballots elects; otherwise the two with most votes go to a runoff.
    Runoff {
        /// What the half is a half of.
        of: Base,
    },
}

/// What a share is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Ballots with a valid vote.
    Valid,
    /// All ballots with the contest, blank and overvoted ones among them.
    Cast,
}

/// Who is elected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Winners {
    /// Elected, by place, the one with most votes first.
    pub elected: Vec<usize>,
    /// In the runoff, by place.
    pub runoff: Vec<usize>,
    /// Lots that decided.
    pub lots: Vec<Lot>,
    /// Why, a line for each step.
    pub lines: Vec<String>,
}

impl Count {
    /// The count of a contest from its tally.
    pub fn of(contest: &Contest, tally: &ContestTally) -> Self {
        Self {
            names: contest.choices.iter().map(|choice| choice.name.clone()).collect(),
            votes: tally.votes.clone(),
            valid: tally.cards - tally.blank - tally.overvoted,
            blank: tally.blank,
            overvoted: tally.overvoted,
        }
    }

    fn base(&self, of: Base) -> u64 {
        match of {
            Base::Valid => self.valid,
            Base::Cast => self.valid + self.blank + self.overvoted,
        }
    }

    /// What was counted, in words.
    fn ballots(&self) -> String {
        format!(
            "{} ballots: {} with a valid vote, {} blank, {} with more marks than allowed.",
            self.base(Base::Cast),
            self.valid,
            self.blank,
            self.overvoted
        )
    }

    /// Who wins. `drawn` names who was drawn by lot, in the order in which lots are needed.
    ///
    /// # Errors
    /// [`LotError`].
    pub fn winners(&self, rule: &Rule, drawn: &[String]) -> Result<Winners, LotError> {
        let mut lots = Lots::new(&self.names, drawn);
        let mut found = match rule {
            Rule::Most { winners } => self.most(*winners, &mut lots)?,
            Rule::Share { share, more_than, of } => self.share(*share, *more_than, *of),
            Rule::Runoff { of } => self.runoff(*of, &mut lots)?,
        };
        found.lots = lots.finish()?;
        found.lines.insert(0, self.ballots());
        for lot in &found.lots {
            let named = |places: &[usize]| {
                places.iter().map(|at| self.names[*at].as_str()).collect::<Vec<_>>().join(", ")
            };
            found.lines.push(format!(
                "By lot among {} for {}: {}.",
                named(&lot.among),
                lot.what,
                named(&lot.drawn)
            ));
        }
        Ok(found)
    }

    /// The `places` with most votes, in descending order.
    fn first(&self, what: &str, places: usize, lots: &mut Lots<'_>) -> Result<Vec<usize>, LotError> {
        let mut order: Vec<usize> = (0..self.votes.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(self.votes[*at]), *at));
        let Some(last) = places.checked_sub(1).and_then(|at| order.get(at)).map(|at| self.votes[*at]) else {
            return Ok(if places == 0 { Vec::new() } else { order });
        };
        let mut chosen: Vec<usize> = order.iter().copied().filter(|at| self.votes[*at] > last).collect();
        let equal: Vec<usize> = order.iter().copied().filter(|at| self.votes[*at] == last).collect();
        chosen.extend(lots.choose(what, &equal, places - chosen.len())?);
        Ok(chosen)
    }

    fn most(&self, winners: usize, lots: &mut Lots<'_>) -> Result<Winners, LotError> {
        let elected = self.first("election", winners, lots)?;
        let said =
            |at: &usize, what: &str| format!("{} {what} with {} votes.", self.names[*at], self.votes[*at]);
        let mut lines: Vec<String> = elected.iter().map(|at| said(at, "is elected")).collect();
        let others = (0..self.votes.len()).filter(|at| !elected.contains(at));
        lines.extend(
            others
                .max_by_key(|at| (self.votes[*at], std::cmp::Reverse(*at)))
                .map(|at| said(&at, "comes next")),
        );
        Ok(Winners { lines, elected, runoff: Vec::new(), lots: Vec::new() })
    }

    fn share(&self, (above, below): (u32, u32), more_than: bool, of: Base) -> Winners {
        let base = self.base(of);
        let (needed_above, needed_below) = (BigInt::from(above) * base, BigInt::from(below));
        let reaches = |at: &usize| {
            let votes = BigInt::from(self.votes[*at]) * &needed_below;
            base > 0 && if more_than { votes > needed_above } else { votes >= needed_above }
        };
        let elected: Vec<usize> = (0..self.votes.len()).filter(reaches).collect();
        let word = if more_than { "more than" } else { "at least" };
        let lines = (0..self.votes.len()).map(|at| {
            let does = if elected.contains(&at) { "reaches" } else { "does not reach" };
            format!("{} has {} of {base} and {does} {word} {above}/{below}.", self.names[at], self.votes[at])
        });
        Winners { lines: lines.collect(), elected, runoff: Vec::new(), lots: Vec::new() }
    }

    fn runoff(&self, of: Base, lots: &mut Lots<'_>) -> Result<Winners, LotError> {
        let mut found = self.share((1, 2), true, of);
        // Of several with more than half (approval), the one with most.
        if !found.elected.is_empty() {
            found.elected = self.first("election", 1, lots)?;
            return Ok(found);
        }
        found.runoff = self.first("the runoff", 2, lots)?;
        let names: Vec<&str> = found.runoff.iter().map(|at| self.names[*at].as_str()).collect();
        found.lines.push(format!("Nobody has more than half; {} go to a runoff.", names.join(" and ")));
        Ok(found)
    }
}
