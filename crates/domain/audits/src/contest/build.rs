//! The assertions of a contest of which votes are counted.

use super::assertion::{Assertion, Claim, Standing};
use super::outcome::{Outcome, problem};
use super::{lists, ranked};
use crate::assorter::{Assorter, Population, Share};
use scr_core::Problem;
use scr_tabulation::cvr::columns::{Columns, ContestTally};
use scr_tabulation::cvr::{ChoiceKind, ChoiceNo, Contest, ContestNo};

/// Assertions that hold, and what is wrong with those that do not.
pub(super) struct Builder<'a> {
    pub(super) claim: Claim<'a>,
    pub(super) assertions: Vec<Assertion>,
    pub(super) problems: Vec<Problem>,
}

impl Builder<'_> {
    /// Adds what an assorter claims, or why it cannot be confirmed: a tie (SCR-AUD-080), or votes that say the
    /// contrary of the outcome (SCR-AUD-081).
    pub(super) fn add(&mut self, assorter: &Assorter) {
        let contest = self.claim.contest;
        let wrong = |code| {
            let (one, other) = choices(assorter);
            let name = |choice: ChoiceNo| contest.choices[usize::from(choice)].name.clone();
            let problem =
                problem(code, contest).with("choice", name(one)).with("votes", self.claim.votes(one));
            match (other, assorter) {
                (Some(other), Assorter::LastSeat { last_divisor, next_divisor, .. }) => problem
                    .with("divisor", last_divisor)
                    .with("against", name(other))
                    .with("against-votes", self.claim.votes(other))
                    .with("against-divisor", next_divisor),
                (Some(other), _) => {
                    problem.with("against", name(other)).with("against-votes", self.claim.votes(other))
                }
                (None, Assorter::AtLeastShare { share, .. } | Assorter::BelowShare { share, .. }) => {
                    problem.with("share", share).with("valid", self.claim.valid())
                }
                (None, _) => problem,
            }
        };
        match self.claim.stands(assorter.clone()) {
            Some(Standing::Holds(assertion)) => self.assertions.push(*assertion),
            Some(Standing::Tie) => self.problems.push(wrong("SCR-AUD-080")),
            Some(Standing::False) => self.problems.push(wrong("SCR-AUD-081")),
            None => {}
        }
    }

    /// The choices that could win or lose, but for these.
    fn others(&self, than: &[ChoiceNo]) -> Vec<ChoiceNo> {
        let all = (0..).zip(&self.claim.contest.choices);
        let rivals = all.filter(|(_, choice)| choice.kind != ChoiceKind::UndeclaredWriteIn);
        rivals.map(|(number, _)| number).filter(|number| !than.contains(number)).collect()
    }

    fn plurality(&mut self, winners: &[ChoiceNo]) {
        for winner in winners {
            for loser in self.others(winners) {
                self.add(&Assorter::Plurality { winner: *winner, loser });
            }
        }
    }

    fn share(&mut self, share: Share, winners: &[ChoiceNo]) {
        winners.iter().for_each(|choice| self.add(&Assorter::AtLeastShare { choice: *choice, share }));
        // One with half of the ballots, where voters have one vote, leaves nobody else as much.
        let only = self.claim.contest.votes_allowed == 1 && is_half(share) && !winners.is_empty();
        if !only {
            let losers = self.others(winners);
            losers.into_iter().for_each(|choice| self.add(&Assorter::BelowShare { choice, share }));
        }
    }

    fn runoff(&mut self, share: Share, advancing: &[ChoiceNo]) {
        if let [winner] = advancing {
            self.add(&Assorter::AtLeastShare { choice: *winner, share });
            if is_half(share) && self.claim.contest.votes_allowed == 1 {
                return;
            }
        } else {
            // Whoever has fewer votes than these has not got the share either.
            advancing.iter().for_each(|choice| self.add(&Assorter::BelowShare { choice: *choice, share }));
        }
        self.plurality(advancing);
    }
}

fn is_half(share: Share) -> bool {
    u64::from(share.numerator) * 2 >= u64::from(share.denominator)
}

fn choices(assorter: &Assorter) -> (ChoiceNo, Option<ChoiceNo>) {
    match assorter {
        Assorter::Plurality { winner, loser } | Assorter::LastSeat { winner, loser, .. } => {
            (*winner, Some(*loser))
        }
        Assorter::AtLeastShare { choice, .. } | Assorter::BelowShare { choice, .. } => (*choice, None),
        Assorter::Irv(_) => (0, None),
    }
}

/// Assertions that prove a reported outcome from the count, the hardest first. `population`: the cards that could be
/// drawn: those with the contest or all, phantoms among them. Where voters have one vote the cards of the tally may
/// be ballots of a count by hand.
///
/// # Errors
/// All that keeps the outcome from being proven: SCR-AUD-080 ties, SCR-AUD-081 a winner whom the votes do not bear,
/// SCR-AUD-082 nothing to decide, SCR-AUD-083 no outcome of this contest (an instant-runoff one needs ballots, see
/// [`super::of_ballots`]), SCR-AUD-084 fewer cards than the count has.
pub fn of_tally(
    contest: &Contest,
    tally: &ContestTally,
    population: u64,
    outcome: &Outcome,
) -> Result<Vec<Assertion>, Vec<Problem>> {
    let mut problems = outcome.problems(contest);
    if population < tally.cards || population == 0 {
        problems.push(problem("SCR-AUD-084", contest).with("cards", population).with("counted", tally.cards));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let claim = Claim { contest, tally, population };
    let mut builder = Builder { claim, assertions: Vec::new(), problems };
    match outcome {
        Outcome::Plurality { winners } => builder.plurality(winners),
        Outcome::Share { share, winners } => builder.share(*share, winners),
        Outcome::Runoff { share, advancing } => builder.runoff(*share, advancing),
        Outcome::HighestAverages { seats, divisors, threshold } => {
            lists::add(&mut builder, seats, divisors, *threshold);
        }
        Outcome::InstantRunoff { .. } => {
            builder
                .problems
                .push(problem("SCR-AUD-083", contest).in_column("rule").with_value("instant-runoff"));
        }
    }
    if builder.problems.is_empty() { Ok(hardest_first(builder.assertions)) } else { Err(builder.problems) }
}

/// The same from cast vote records; `most` bounds the search of an instant-runoff contest ([`crate::raire::find`]).
///
/// # Errors
/// As [`of_tally`] and [`super::of_ballots`].
///
/// # Panics
/// `number` is one of [`Columns::contests`].
pub fn of_columns(
    columns: &Columns,
    number: ContestNo,
    population: Population,
    outcome: &Outcome,
    most: u64,
) -> Result<Vec<Assertion>, Vec<Problem>> {
    let (contest, tally) = (&columns.contests()[usize::from(number)], columns.tally(number));
    let population = match population {
        Population::WithContest => tally.cards,
        Population::Of(cards) => cards,
    };
    if let Outcome::InstantRunoff { winner } = outcome {
        let mut ballots = ranked::ballots(columns, number).map_err(|problem| vec![*problem])?;
        return ranked::of_ballots(contest, &mut ballots, population, *winner, most);
    }
    of_tally(contest, &tally, population, outcome)
}

/// The mean of an assorter over so many cards, of which these were counted; `None` for an instant-runoff assertion, which
/// a count does not tell, and for no cards.
pub fn mean(contest: &Contest, tally: &ContestTally, population: u64, assorter: &Assorter) -> Option<f64> {
    let claim = Claim { contest, tally, population };
    let told = !matches!(assorter, Assorter::Irv(_)) && population > 0;
    told.then(|| claim.mean(assorter))
}

/// The smaller the value of a comparison without error, the more cards it takes.
pub(super) fn hardest_first(mut assertions: Vec<Assertion>) -> Vec<Assertion> {
    assertions.sort_by(|one, other| {
        let by_size = one.without_error.total_cmp(&other.without_error);
        by_size.then_with(|| one.claim.cmp(&other.claim))
    });
    assertions
}
