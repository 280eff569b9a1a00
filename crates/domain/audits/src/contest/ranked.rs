//! The assertions of an instant-runoff contest.

use super::assertion::Assertion;
use super::build::hardest_first;
use super::outcome::{Outcome, problem};
use crate::assorter::{Assorter, ranking};
use crate::raire::{self, Ballots, Gap, MAX_CANDIDATES, NotFound, Trim, find};
use scr_core::Problem;
use scr_tabulation::cvr::columns::Columns;
use scr_tabulation::cvr::{ChoiceNo, Contest, ContestNo};

/// The rankings of a contest, as its assorters read them ([`ranking`]); cards on which nobody is ranked are among
/// them.
///
/// # Errors
/// SCR-AUD-074: the contest has more choices than an instant-runoff audit takes.
///
/// # Panics
/// `number` is one of [`Columns::contests`].
pub fn ballots(columns: &Columns, number: ContestNo) -> Result<Ballots, Box<Problem>> {
    let contest = &columns.contests()[usize::from(number)];
    let patterns = columns.patterns(number);
    let rankings: Vec<(Vec<usize>, u64)> = patterns
        .iter()
        .map(|pattern| (ranking(pattern.marks).into_iter().map(usize::from).collect(), pattern.cards))
        .collect();
    let rankings = rankings.iter().map(|(ranking, cards)| (ranking.as_slice(), *cards));
    Ballots::new(contest.choices.len(), rankings).ok_or_else(|| {
        let many = problem("SCR-AUD-074", contest).with("choices", contest.choices.len());
        Box::new(many.with("most", MAX_CANDIDATES))
    })
}

/// Assertions that prove the winner of an instant-runoff contest, the hardest first: of all sets one whose smallest
/// margin is as large as it can be. `most` bounds how many ends of orders of elimination are looked at.
///
/// # Errors
/// SCR-AUD-070 another winner is not excluded (a tie, or somebody else won), SCR-AUD-071 the bound, SCR-AUD-082 one
/// candidate alone, SCR-AUD-083 no such candidate, SCR-AUD-084 fewer cards than ballots.
pub fn of_ballots(
    contest: &Contest,
    ballots: &mut Ballots,
    population: u64,
    winner: ChoiceNo,
    most: u64,
) -> Result<Vec<Assertion>, Vec<Problem>> {
    let names = named(contest, ballots, population, winner)?;
    let found = find(ballots, usize::from(winner), Trim::MinimizeAssertions, most)
        .map_err(|error| vec![refused(contest, &names, winner, &error)])?;
    // Found ones have margins above 0.
    let assertions = found
        .assertions
        .into_iter()
        .map(|one| asserted(&names, one.assertion, u64::try_from(one.margin).unwrap_or(0), population));
    Ok(hardest_first(assertions.collect()))
}

/// The names of the candidates of a contest that can have such a winner.
fn named(
    contest: &Contest,
    ballots: &Ballots,
    population: u64,
    winner: ChoiceNo,
) -> Result<Vec<String>, Vec<Problem>> {
    let mut problems = Outcome::InstantRunoff { winner }.problems(contest);
    let counted = ballots.total();
    if population < counted || population == 0 {
        problems.push(problem("SCR-AUD-084", contest).with("cards", population).with("counted", counted));
    }
    let names = contest.choices.iter().map(|choice| choice.name.clone());
    if problems.is_empty() { Ok(names.collect()) } else { Err(problems) }
}

fn asserted(names: &[String], assertion: raire::Assertion, votes: u64, population: u64) -> Assertion {
    let claim = format!("{} (by {votes})", assertion.explain(names));
    Assertion::new(claim, Assorter::Irv(assertion), mean(votes, population), Some(votes))
}

/// The same with assertions that somebody else has found: they must exclude every other winner, and the ballots must
/// bear each of them.
///
/// # Errors
/// SCR-AUD-077 they do not exclude another winner, SCR-AUD-071 too many orders of elimination, SCR-AUD-080 and
/// SCR-AUD-081 ballots that do not bear one, SCR-AUD-082 to SCR-AUD-084 as [`of_ballots`].
pub fn of_assertions(
    contest: &Contest,
    ballots: &mut Ballots,
    population: u64,
    winner: ChoiceNo,
    assertions: &[raire::Assertion],
) -> Result<Vec<Assertion>, Vec<Problem>> {
    let names = named(contest, ballots, population, winner)?;
    let mut problems = Vec::new();
    let all: Vec<&raire::Assertion> = assertions.iter().collect();
    match raire::sufficient(&all, contest.choices.len(), usize::from(winner)) {
        Ok(()) => {}
        Err(Gap::Order(order)) => {
            let order = order.into_iter().filter_map(|at| names.get(at).map(String::as_str));
            let order = order.collect::<Vec<_>>().join(", ");
            problems.push(problem("SCR-AUD-077", contest).with("eliminated", order));
        }
        Err(Gap::TooMany(most)) => {
            problems.push(refused(contest, &names, winner, &NotFound::TooMany(most)));
        }
    }
    let mut found = Vec::new();
    for assertion in assertions {
        match ballots.margin(assertion) {
            0 => problems.push(problem("SCR-AUD-080", contest).with("claim", assertion.explain(&names))),
            margin => match u64::try_from(margin) {
                Ok(votes) => found.push(asserted(&names, assertion.clone(), votes, population)),
                Err(_) => {
                    problems.push(problem("SCR-AUD-081", contest).with("claim", assertion.explain(&names)));
                }
            },
        }
    }
    if problems.is_empty() { Ok(hardest_first(found)) } else { Err(problems) }
}

/// 1/2 and half of the margin's share: the votes for are worth 1, those against 0, all others 1/2.
#[expect(clippy::cast_precision_loss, reason = "counts of votes are far below 2^53")]
fn mean(votes: u64, population: u64) -> f64 {
    (population as f64 + votes as f64) / 2.0 / population as f64
}

fn refused(contest: &Contest, names: &[String], stated: ChoiceNo, error: &NotFound) -> Problem {
    let name = |at: usize| names.get(at).cloned().unwrap_or_default();
    match error {
        NotFound::NotExcluded { winner, order } => {
            let order: Vec<String> = order.iter().map(|at| name(*at)).collect();
            problem("SCR-AUD-070", contest)
                .in_column("winner")
                .with_value(&name(usize::from(stated)))
                .with("could-win", name(*winner))
                .with("eliminated", order.join(", "))
        }
        NotFound::TooMany(most) => problem("SCR-AUD-071", contest).with("most", most),
        NotFound::NoSuchWinner(_) => problem("SCR-AUD-072", contest).with_value(&stated.to_string()),
    }
}
