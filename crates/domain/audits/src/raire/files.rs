//! The JSON of the program raire-rs (what it is asked, what it answers) and of SHANGRLA.

use super::{Assertion, Ballots, Found, NotFound};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A contest as raire-rs takes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    /// Anything; `candidates` are their names.
    #[serde(default)]
    pub metadata: Value,
    /// How many candidates.
    pub num_candidates: usize,
    /// Rankings with how many ballots have each.
    pub votes: Vec<Vote>,
    /// Who was reported to have won.
    #[serde(default)]
    pub winner: Option<usize>,
    /// How a sample rates an assertion.
    pub audit: Rating,
}

/// A ranking.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// How many ballots.
    pub n: u64,
    /// Candidates from 0, the preferred first.
    pub prefs: Vec<usize>,
}

/// How a sample rates an assertion.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rating {
    /// `OneOnMargin` or `OneOnMarginSq`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Ballots that can be drawn.
    pub total_auditable_ballots: u64,
}

/// Why such a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is no JSON of this form.
    #[error("SCR-AUD-073 this is no contest as raire-rs takes it: {0}")]
    Form(#[from] serde_json::Error),
    /// A ranking names a candidate that there is not, or there are too many.
    #[error("SCR-AUD-074 {0}")]
    Content(String),
}

/// Reads a contest, and its ballots.
///
/// # Errors
/// [`FileError`].
pub fn read_problem(bytes: &[u8]) -> Result<(Problem, Ballots), FileError> {
    let problem: Problem = serde_json::from_slice(bytes)?;
    let count = problem.num_candidates;
    for (row, vote) in (1..).zip(&problem.votes) {
        if let Some(wrong) = vote.prefs.iter().find(|candidate| **candidate >= count) {
            return Err(FileError::Content(format!(
                "ranking {row} names candidate {wrong}, and the candidates are 0 to {}",
                count.saturating_sub(1)
            )));
        }
    }
    let rankings = problem.votes.iter().map(|vote| (vote.prefs.as_slice(), vote.n));
    let ballots = Ballots::new(count, rankings)
        .ok_or_else(|| FileError::Content(format!("{count} candidates; 128 are the most")))?;
    Ok((problem, ballots))
}

impl Rating {
    /// The difficulty of an assertion of this margin: about how many ballots confirm it, but for a factor.
    pub fn difficulty(&self, margin: i64) -> f64 {
        // Votes and ballots are far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "votes and ballots are far below 2^53")]
        let share = self.total_auditable_ballots as f64 / margin as f64;
        if self.kind == "OneOnMarginSq" { share * share } else { share }
    }
}

/// The answer as raire-rs writes it.
pub fn write_solution(problem: &Problem, winner: usize, found: &Result<Found, NotFound>) -> Value {
    let solution = match found {
        Err(error) => json!({ "Err": error.to_string() }),
        Ok(found) => {
            let assertions: Vec<Value> = found.assertions.iter().map(|one| json!({
                "assertion": one.assertion, "margin": one.margin, "difficulty": problem.audit.difficulty(one.margin),
            })).collect();
            json!({ "Ok": {
                "assertions": assertions, "difficulty": problem.audit.difficulty(found.margin), "margin": found.margin,
                "winner": winner, "num_candidates": problem.num_candidates,
            }})
        }
    };
    json!({ "metadata": problem.metadata, "solution": solution })
}

/// The assertions of one audit in SHANGRLA's JSON (`audits[]`), by the names of the candidates.
///
/// # Errors
/// SCR-AUD-074 with what is wrong.
pub fn shangrla(audit: &Value, names: &[String]) -> Result<Vec<Assertion>, FileError> {
    let wrong = |what: String| FileError::Content(what);
    let candidate = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        let at = names.iter().position(|known| known == name);
        at.ok_or_else(|| wrong(format!("there is no candidate {value}")))
    };
    let list =
        audit["assertions"].as_array().ok_or_else(|| wrong("there is no list of assertions".to_owned()))?;
    let one = |value: &Value| -> Result<Assertion, FileError> {
        let (winner, loser) = (candidate(&value["winner"])?, candidate(&value["loser"])?);
        match value["assertion_type"].as_str() {
            Some("WINNER_ONLY") => Ok(Assertion::NotEliminatedBefore { winner, loser }),
            Some("IRV_ELIMINATION") => {
                let gone = value["already_eliminated"].as_array().into_iter().flatten();
                let gone: Vec<usize> = gone.map(candidate).collect::<Result<_, _>>()?;
                let continuing = (0..names.len()).filter(|one| !gone.contains(one)).collect();
                Ok(Assertion::NotEliminatedNext { winner, loser, continuing })
            }
            other => Err(wrong(format!("there is no type of assertion {other:?}"))),
        }
    };
    list.iter().map(one).collect()
}
