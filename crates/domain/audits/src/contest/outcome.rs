//! What was reported, and whether the contest can have such an outcome at all.

use crate::assorter::Share;
use scr_core::{Closest, Problem, Severity};
use scr_tabulation::cvr::{ChoiceNo, Contest};
use scr_tabulation::seats::Divisors;
use serde::{Deserialize, Serialize};

/// A reported outcome with the law by which it follows from the votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    /// The choices with the most votes win; with one vote for a voter, with several, or with as many as there are
    /// choices (approval).
    Plurality {
        /// Who won.
        winners: Vec<ChoiceNo>,
    },
    /// Whoever has more than a share of the valid ballots wins (a measure that needs 2/3).
    Share {
        /// The share.
        share: Share,
        /// Who has it; empty: nobody.
        winners: Vec<ChoiceNo>,
    },
    /// Who has the most votes wins with more than a share of the valid ballots (a majority: 1/2); if nobody has it,
    /// the two with the most votes go to a second election.
    Runoff {
        /// The share.
        share: Share,
        /// One: the winner. Two: those who go on.
        advancing: Vec<ChoiceNo>,
    },
    /// Voters rank, and candidates are eliminated one after another.
    InstantRunoff {
        /// Who won.
        winner: ChoiceNo,
    },
    /// Seats go one after another to the list with the highest quotient of votes and divisor.
    HighestAverages {
        /// Seats of each list, by number.
        seats: Vec<u32>,
        /// Divisors of the first seat, the second and so on, at least one more than the most seats of a list. D'Hondt
        /// 1, 2, 3; Sainte-Laguë 1, 3, 5; modified Sainte-Laguë 14, 30, 50 (only their ratios count).
        divisors: Vec<u32>,
        /// Lists with a smaller share of the valid ballots get no seat.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<Share>,
    },
}

/// A problem with a contest. The caller knows the file and sets it.
pub(super) fn problem(code: &'static str, contest: &Contest) -> Problem {
    Problem::new(code, Severity::Error, "").with("contest", &contest.name)
}

impl Outcome {
    /// By whose divisors seats are given, where it is D'Hondt or Sainte-Laguë.
    pub fn divisors(&self) -> Option<Divisors> {
        let Self::HighestAverages { divisors, .. } = self else { return None };
        let are = |step: u32| (0_u32..).zip(divisors).all(|(at, one)| *one == 1 + step * at);
        if are(1) { Some(Divisors::DHondt) } else { are(2).then_some(Divisors::SainteLague) }
    }

    /// Who is reported to have won or to go on; the lists with seats.
    pub fn winners(&self) -> Vec<ChoiceNo> {
        match self {
            Self::Plurality { winners } | Self::Share { winners, .. } => winners.clone(),
            Self::Runoff { advancing, .. } => advancing.clone(),
            Self::InstantRunoff { winner } => vec![*winner],
            Self::HighestAverages { seats, .. } => {
                (0..).zip(seats).filter(|(_, seats)| **seats > 0).map(|(list, _)| list).collect()
            }
        }
    }

    /// What keeps this from being an outcome of the contest (SCR-AUD-083), or leaves nothing to decide (SCR-AUD-082).
    pub(super) fn problems(&self, contest: &Contest) -> Vec<Problem> {
        let choices = contest.choices.len();
        let wrong =
            |field: &str, value: String| problem("SCR-AUD-083", contest).in_column(field).with_value(&value);
        let mut problems = Vec::new();
        let winners = self.winners();
        for (at, winner) in winners.iter().enumerate() {
            if usize::from(*winner) >= choices {
                problems.push(wrong("winner", winner.to_string()).with("choices", choices));
            } else if winners[..at].contains(winner) {
                problems.push(wrong("winner twice", contest.choices[usize::from(*winner)].name.clone()));
            }
        }
        let share = match self {
            Self::Share { share, .. } | Self::Runoff { share, .. } => Some(share),
            Self::HighestAverages { threshold, .. } => threshold.as_ref(),
            _ => None,
        };
        if let Some(Share { numerator, denominator }) = share
            && (*numerator == 0 || numerator >= denominator)
        {
            problems.push(wrong("share", format!("{numerator}/{denominator}")));
        }
        match self {
            Self::Runoff { advancing, .. } if !(1..=2).contains(&advancing.len()) => {
                problems.push(wrong("advancing", advancing.len().to_string()));
            }
            Self::HighestAverages { seats, divisors, .. } => {
                let most = seats.iter().max().map_or(0, |most| *most as usize);
                if seats.len() != choices {
                    problems.push(wrong("seats", seats.len().to_string()).with("choices", choices));
                }
                if divisors.len() <= most {
                    problems.push(wrong("divisors", divisors.len().to_string()).with("seats", most));
                }
                if divisors.first() == Some(&0) || !divisors.is_sorted_by(|one, next| one < next) {
                    problems.push(wrong("divisors", format!("{:?}", &divisors[..divisors.len().min(20)])));
                }
            }
            _ => {}
        }
        let undecided = match self {
            // Nobody may have the share, or everybody.
            Self::Share { .. } | Self::Runoff { .. } => choices == 0,
            // Every list may have seats; which is decided.
            Self::HighestAverages { .. } => winners.is_empty() || choices < 2,
            Self::Plurality { .. } | Self::InstantRunoff { .. } => {
                winners.is_empty() || winners.len() >= choices
            }
        };
        if problems.is_empty() && undecided {
            problems.push(
                problem("SCR-AUD-082", contest).with("winners", winners.len()).with("choices", choices),
            );
        }
        problems
    }

    /// The choices of these names, as plurality, runoff and other outcomes take them.
    ///
    /// # Errors
    /// SCR-AUD-083 for every name that no choice has, with the closest that there is.
    pub fn choices(contest: &Contest, names: &[&str]) -> Result<Vec<ChoiceNo>, Vec<Problem>> {
        let mut closest = Closest::among(contest.choices.iter().map(|choice| choice.name.as_str()));
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        for name in names {
            let known =
                (0..).zip(&contest.choices).find(|(_, choice)| choice.name == *name || choice.id == *name);
            match known {
                Some((number, _)) => found.push(number),
                None => problems.push(
                    problem("SCR-AUD-083", contest)
                        .in_column("winner")
                        .with_value(name)
                        .closest_to(closest.to(name)),
                ),
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(problems) }
    }
}
