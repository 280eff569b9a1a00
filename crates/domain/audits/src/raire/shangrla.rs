//! Assertions in the JSON that SHANGRLA reads and RAIRE's first program writes.

use super::input::no_json;
use super::{Assertion, MAX_CANDIDATES};
use scr_core::{Closest, Problem, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One contest of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShangrlaAudit {
    /// The contest as the file names it.
    pub contest: String,
    /// Who won, as a number of the candidates.
    pub winner: usize,
    /// Candidates as the file names them: the winner, and who was eliminated.
    pub candidates: Vec<String>,
    /// The assertions, by numbers of these candidates.
    pub assertions: Vec<Assertion>,
}

#[derive(Deserialize)]
struct File {
    audits: Vec<Audit>,
}

#[derive(Deserialize)]
struct Audit {
    contest: Name,
    winner: Name,
    #[serde(default)]
    eliminated: Names,
    assertions: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    winner: Name,
    loser: Name,
    #[serde(default)]
    already_eliminated: Names,
    assertion_type: String,
}

/// A text, or a number.
#[derive(Deserialize, Serialize, Clone)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(i64),
}

/// A list, or an empty text where there is none.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Names {
    List(Vec<Name>),
    Text(String),
    #[default]
    None,
}

impl Name {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Names {
    fn texts(&self) -> Vec<String> {
        match self {
            Self::List(list) => list.iter().map(Name::text).collect(),
            Self::Text(text) if !text.trim().is_empty() => vec![text.clone()],
            Self::Text(_) | Self::None => Vec::new(),
        }
    }
}

const KINDS: [&str; 2] = ["WINNER_ONLY", "IRV_ELIMINATION"];

/// Reads the contests of a file. Candidates are the winner and who was eliminated, unless `candidates` says who
/// there is (in its order): a candidate that the file leaves out can win otherwise.
///
/// # Errors
/// All problems: SCR-AUD-073 no such JSON, SCR-AUD-074 unknown candidates, kinds of assertions, or too many.
pub fn read_shangrla(
    bytes: &[u8],
    candidates: Option<&[String]>,
) -> Result<Vec<ShangrlaAudit>, Vec<Problem>> {
    let file: File = serde_json::from_slice(bytes).map_err(|error| vec![no_json(&error)])?;
    let mut problems = Vec::new();
    let audits = file.audits.iter().enumerate();
    let audits =
        audits.map(|(at, audit)| Reader::new(at, audit, candidates, &mut problems).read(audit)).collect();
    if problems.is_empty() {
        return Ok(audits);
    }
    let said = problems.len().min(200);
    let more = problems.split_off(said).len();
    if more > 0 {
        problems.push(Problem::new("SCR-AUD-074", Severity::Error, "").with("more", more));
    }
    Err(problems)
}

struct Reader<'a> {
    path: String,
    names: Vec<String>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(at: usize, audit: &Audit, candidates: Option<&[String]>, problems: &'a mut Vec<Problem>) -> Self {
        let names = candidates.map_or_else(
            || std::iter::once(audit.winner.text()).chain(audit.eliminated.texts()).collect(),
            <[String]>::to_vec,
        );
        let path = format!("audits[{at}]");
        if names.len() > MAX_CANDIDATES {
            let many =
                Problem::new("SCR-AUD-074", Severity::Error, "").in_column(&format!("{path}.eliminated"));
            problems.push(many.with_value(&names.len().to_string()).with("most", MAX_CANDIDATES));
        }
        Self { path, names, problems }
    }

    fn wrong(&mut self, field: &str, value: &str, closest: Option<&str>) {
        let problem = Problem::new("SCR-AUD-074", Severity::Error, "");
        let column = format!("{}.{field}", self.path);
        self.problems.push(problem.in_column(&column).with_value(value).closest_to(closest));
    }

    fn candidate(&mut self, field: &str, name: &str) -> usize {
        if let Some(at) = self.names.iter().position(|known| known == name) {
            return at;
        }
        let closest = Closest::among(self.names.iter().map(String::as_str)).to(name).map(str::to_owned);
        self.wrong(field, name, closest.as_deref());
        0
    }

    fn read(mut self, audit: &Audit) -> ShangrlaAudit {
        let winner = self.candidate("winner", &audit.winner.text());
        let mut assertions = Vec::with_capacity(audit.assertions.len());
        for (at, listed) in audit.assertions.iter().enumerate() {
            let field = |name: &str| format!("assertions[{at}].{name}");
            let winner = self.candidate(&field("winner"), &listed.winner.text());
            let loser = self.candidate(&field("loser"), &listed.loser.text());
            let gone = listed.already_eliminated.texts();
            let gone: Vec<usize> =
                gone.iter().map(|name| self.candidate(&field("already_eliminated"), name)).collect();
            match listed.assertion_type.as_str() {
                "WINNER_ONLY" => assertions.push(Assertion::NotEliminatedBefore { winner, loser }),
                "IRV_ELIMINATION" => {
                    let continuing = (0..self.names.len()).filter(|one| !gone.contains(one)).collect();
                    assertions.push(Assertion::NotEliminatedNext { winner, loser, continuing });
                }
                other => {
                    let closest = Closest::among(KINDS).to(other);
                    self.wrong(&field("assertion_type"), other, closest);
                }
            }
        }
        ShangrlaAudit { contest: audit.contest.text(), winner, candidates: self.names, assertions }
    }
}

/// Contests as such a file. Candidates stand by their names.
pub fn write_shangrla(audits: &[ShangrlaAudit]) -> Value {
    let audit = |audit: &ShangrlaAudit| {
        let name = |at: &usize| audit.candidates.get(*at).cloned().unwrap_or_default();
        let but = |those: &[usize]| -> Vec<String> {
            (0..audit.candidates.len()).filter(|at| !those.contains(at)).map(|at| name(&at)).collect()
        };
        let assertions: Vec<Value> = audit
            .assertions
            .iter()
            .map(|assertion| {
                let (winner, loser, kind, gone) = match assertion {
                    Assertion::NotEliminatedBefore { winner, loser } => (winner, loser, KINDS[0], Vec::new()),
                    Assertion::NotEliminatedNext { winner, loser, continuing } => {
                        (winner, loser, KINDS[1], but(continuing))
                    }
                };
                json!({
                    "winner": name(winner), "loser": name(loser), "already_eliminated": gone,
                    "assertion_type": kind, "explanation": assertion.explain(&audit.candidates),
                })
            })
            .collect();
        json!({
            "contest": audit.contest, "winner": name(&audit.winner), "eliminated": but(&[audit.winner]),
            "assertions": assertions,
        })
    };
    json!({ "audits": audits.iter().map(audit).collect::<Vec<_>>() })
}
