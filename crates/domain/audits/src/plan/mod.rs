//! A planner: from contests as they were reported, and the methods by which they are audited, to the work that the
//! audit will be. One pure function, [`plan()`], from a request that can stand in a file to an answer that can stand
//! in a page: the command line and the public page call the same.
//!
//! Every contest rests on assertions ([`crate::contest`]); the hardest decides how much is drawn. Where nothing is left
//! to chance sizes are exact; otherwise the audit is run on paper from the seed in the request ([`crate::risk::plan`]).
//! Beside the distribution of draws stand the sizes that each method's own formulas give. A tie is no error: the answer
//! says that everything is counted by hand.

mod answer;
mod batches;
mod compared;
mod decimals;
mod one;
mod polled;
mod read;
mod reported;
mod request;
mod strata;
mod table;
mod together;

pub use answer::{Answer, Ballots, Chance, Hardest, Need, Planned, Rule, Sample, Size, Together, Unit, Why};
pub use decimals::Decimal;
pub use read::{of_value, read};
pub use request::{
    Asked, Batch, Divisors, Found, Method, Part, Ranking, Rates, Reported, Request, Stratum, Style, Votes,
};

pub use table::{Row, table};

use crate::problems::limited;
use scr_core::{Problem, Severity};

/// Contests of one request, at most.
pub const MAX_CONTESTS: usize = 1_000;

/// A problem of a request. The caller knows the file and sets it.
fn problem(code: &'static str, column: &str, value: impl std::fmt::Display) -> Problem {
    Problem::new(code, Severity::Error, "").in_column(column).with_value(&value.to_string())
}

/// Plans a sample.
///
/// # Errors
/// All that keeps the request from being planned, up to 200 problems, with the contest in the argument `contest`:
/// SCR-AUD-061 a method that does not fit the rule, -063 an unknown choice, -064 parts that do not add up, -065 styles
/// that do not fit, -066 figures above a limit or names given twice, and those of the methods (-050 to -060, -070 to
/// -084, -101 to -103).
pub fn plan(request: &Request) -> Result<Answer, Vec<Problem>> {
    let mut problems = check(request);
    let mut contests = Vec::with_capacity(request.contests.len());
    if problems.is_empty() {
        for asked in &request.contests {
            match one::contest(asked, request) {
                Ok(planned) => contests.push(planned),
                Err(wrong) => {
                    problems.extend(wrong.into_iter().map(|problem| problem.with("contest", &asked.name)));
                }
            }
        }
    }
    if problems.is_empty() {
        problems = together::styles(request, &contests);
    }
    if !problems.is_empty() {
        return Err(limited(problems));
    }
    let together = together::one_sample(request, &contests);
    Ok(Answer { contests, together })
}

fn check(request: &Request) -> Vec<Problem> {
    let mut problems = Vec::new();
    let count = request.contests.len();
    if count == 0 || count > MAX_CONTESTS {
        problems.push(problem("SCR-AUD-066", "contests", count).with("most", MAX_CONTESTS));
    }
    let mut names: Vec<&str> = request.contests.iter().map(|asked| asked.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).filter(|pair| pair[0] == pair[1]);
    problems.extend(twice.map(|pair| problem("SCR-AUD-066", "name", pair[0]).with("twice", "yes")));
    if !(1..=100_000).contains(&request.replications) {
        problems.push(problem("SCR-AUD-060", "replications", request.replications));
    }
    problems
}
