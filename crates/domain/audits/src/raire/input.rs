//! What the program raire-rs is asked, and what it answers, as JSON.

use super::{Ballots, Found, MAX_CANDIDATES, NotFound, Trim};
use scr_core::{Closest, Problem, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Problems of one file that are said, at most.
const MAX_PROBLEMS: usize = 200;
/// Ballots, at most: doubles and signed numbers hold them exactly.
const MAX_BALLOTS: u64 = 1 << 53;

/// A contest as raire-rs takes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Input {
    /// Anything; `candidates` are their names, `contest` that of the contest.
    #[serde(default)]
    pub metadata: Value,
    /// How many candidates.
    pub num_candidates: usize,
    /// Rankings with how many ballots have each.
    pub votes: Vec<Vote>,
    /// Who was reported to have won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winner: Option<usize>,
    /// How a sample rates an assertion.
    pub audit: Rating,
    /// Which assertions are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trim_algorithm: Option<Trim>,
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
    /// `OneOnMargin`, `OneOnMarginSq` or `MACRO`. All rate two sets of assertions alike: by the smallest margin.
    #[serde(rename = "type")]
    pub kind: String,
    /// Ballots that can be drawn.
    pub total_auditable_ballots: u64,
    /// The risk limit of `MACRO`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Gamma of `MACRO`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_inflation_factor: Option<f64>,
}

const KINDS: [&str; 3] = ["OneOnMargin", "OneOnMarginSq", "MACRO"];

/// A problem of a file that the caller names.
fn problem(code: &'static str, column: &str, value: impl std::fmt::Display) -> Problem {
    Problem::new(code, Severity::Error, "").in_column(column).with_value(&value.to_string())
}

pub(super) fn no_json(error: &serde_json::Error) -> Problem {
    let at = u64::try_from(error.line()).unwrap_or(0);
    Problem::new("SCR-AUD-073", Severity::Error, "").at_row(at).with("reason", error)
}

/// Reads a contest, and its ballots.
///
/// # Errors
/// All problems, up to 200: SCR-AUD-073 no such JSON, SCR-AUD-072 a winner that is no candidate, SCR-AUD-074
/// candidates that there are not, named twice, or more than 128, SCR-AUD-075 numbers of ballots that cannot be,
/// SCR-AUD-076 a rating of assertions that is not known.
pub fn read_problem(bytes: &[u8]) -> Result<(Input, Ballots), Vec<Problem>> {
    let input: Input = serde_json::from_slice(bytes).map_err(|error| vec![no_json(&error)])?;
    let mut problems = input.audit.problems();
    let count = input.num_candidates;
    if count == 0 || count > MAX_CANDIDATES {
        problems.push(problem("SCR-AUD-074", "num_candidates", count).with("most", MAX_CANDIDATES));
        return Err(problems);
    }
    if let Some(winner) = input.winner.filter(|winner| *winner >= count) {
        problems.push(problem("SCR-AUD-072", "winner", winner).with("candidates", count));
    }
    let (mut all, mut unsaid) = (0_u64, 0_usize);
    for (row, vote) in input.votes.iter().enumerate() {
        all = all.saturating_add(vote.n);
        let mut seen = 0_u128;
        for (rank, candidate) in vote.prefs.iter().enumerate() {
            let known = *candidate < count;
            if known && seen & (1 << candidate) == 0 {
                seen |= 1 << candidate;
            } else if problems.len() < MAX_PROBLEMS {
                let column = format!("votes[{row}].prefs[{rank}]");
                problems.push(problem("SCR-AUD-074", &column, candidate).with("candidates", count));
            } else {
                unsaid += 1;
            }
        }
    }
    let auditable = input.audit.total_auditable_ballots;
    if all > auditable || auditable > MAX_BALLOTS {
        let ballots = problem("SCR-AUD-075", "total_auditable_ballots", auditable);
        problems.push(ballots.with("votes", all).with("most", MAX_BALLOTS));
    }
    if unsaid > 0 {
        problems.push(problem("SCR-AUD-074", "votes", "").with("more", unsaid));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let rankings = input.votes.iter().map(|vote| (vote.prefs.as_slice(), vote.n));
    let ballots = Ballots::new(count, rankings).unwrap_or_default();
    Ok((input, ballots))
}

impl Rating {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !KINDS.contains(&self.kind.as_str()) {
            let closest = Closest::among(KINDS).to(&self.kind);
            problems.push(problem("SCR-AUD-076", "audit.type", &self.kind).closest_to(closest));
        }
        if self.kind == "MACRO" {
            let (limit, gamma) = (self.confidence.unwrap_or(0.0), self.error_inflation_factor.unwrap_or(0.0));
            if !(limit > 0.0 && limit < 1.0) {
                problems.push(problem("SCR-AUD-076", "audit.confidence", limit));
            }
            if !(gamma >= 1.0 && gamma.is_finite()) {
                problems.push(problem("SCR-AUD-076", "audit.error_inflation_factor", gamma));
            }
        }
        problems
    }

    /// The difficulty of an assertion of this margin in votes: about how many ballots confirm it, but for a factor
    /// (`MACRO`: how many do, Stark's bound 2 gamma ln(1/limit) / diluted margin); 0 where nothing must be asserted.
    pub fn difficulty(&self, margin: i64) -> f64 {
        if margin == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 2^53")]
        let share = self.total_auditable_ballots as f64 / margin as f64;
        match (self.kind.as_str(), self.confidence, self.error_inflation_factor) {
            ("OneOnMarginSq", ..) => share * share,
            ("MACRO", Some(limit), Some(gamma)) => -limit.ln() * 2.0 * gamma * share,
            _ => share,
        }
    }
}

/// The answer as raire-rs writes it. What it calls time is left out: the same contest has the same answer.
pub fn write_solution(input: &Input, winner: usize, found: &Result<Found, NotFound>) -> Value {
    let solution = match found {
        Err(NotFound::NotExcluded { order, .. }) => json!({ "Err": { "CouldNotRuleOut": order } }),
        Err(error) => json!({ "Err": error.to_string() }),
        Ok(found) => {
            let difficulty = |margin: i64| input.audit.difficulty(margin);
            let assertions: Vec<Value> = found
                .assertions
                .iter()
                .map(|one| {
                    let difficulty = difficulty(one.margin);
                    json!({ "assertion": one.assertion, "margin": one.margin, "difficulty": difficulty })
                })
                .collect();
            let mut solution = json!({
                "assertions": assertions, "difficulty": difficulty(found.margin), "margin": found.margin,
                "winner": winner, "num_candidates": input.num_candidates,
            });
            if !found.trimmed {
                solution["warning_trim_timed_out"] = Value::Bool(true);
            }
            json!({ "Ok": solution })
        }
    };
    json!({ "metadata": input.metadata, "solution": solution })
}
