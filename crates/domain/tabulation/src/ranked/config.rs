//! `RCTab`'s configuration file (`config.json`), read strictly: everything that is wrong is said at once.
//!
//! Numbers may be text and text numbers, as `RCTab` takes them; fields that it passes over are a warning.

use super::gather::UNDECLARED;
use super::{Mode, Overvote, Rules, Tiebreak};
use scr_core::{Closest, Problem, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Bytes of a configuration, at most.
const MAX_BYTES: usize = 8 << 20;
/// Problems that are stated, at most.
const MAX_PROBLEMS: usize = 200;

/// Whose export a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Provider {
    /// ES&S, as a workbook.
    Ess,
    /// The Common Data Format, JSON or XML (Unisyn).
    Cdf,
    /// Clear Ballot, CSV.
    ClearBallot,
    /// Dominion, JSON.
    Dominion,
    /// Hart, a zip or folder of XML.
    Hart,
    /// A table of ranks.
    GenericCsv,
}

/// One source of cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As the configuration states it, relative to where it stands.
    pub path: String,
    /// Whose export it is.
    pub provider: Provider,
    /// The contest's id or name in it; empty: it has one.
    pub contest_id: String,
    /// Column of the first rank or candidate, from 1.
    pub first_vote_column: Option<usize>,
    /// Row of the first ballot, from 1.
    pub first_vote_row: Option<usize>,
    /// Column of the ballot's id, from 1.
    pub id_column: Option<usize>,
    /// Column of the batch, from 1.
    pub batch_column: Option<usize>,
    /// Column of the precinct, from 1.
    pub precinct_column: Option<usize>,
    /// What stands between several candidates in one cell.
    pub overvote_delimiter: String,
    /// What stands for an overvote.
    pub overvote_label: String,
    /// What stands for a rank left out.
    pub skipped_label: String,
    /// What stands for an undeclared write-in.
    pub undeclared_label: String,
    /// A blank cell stands for one.
    pub blank_is_undeclared: bool,
}

/// A candidate as configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name that is reported.
    pub name: String,
    /// Other names and codes in the sources.
    pub aliases: Vec<String>,
    /// Passed over.
    pub excluded: bool,
}

/// A configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Name of the contest.
    pub contest_name: String,
    /// Its date.
    pub date: String,
    /// Its jurisdiction.
    pub jurisdiction: String,
    /// Its office.
    pub office: String,
    /// Votes of each precinct are stated too.
    pub by_precinct: bool,
    /// Votes of each batch are stated too.
    pub by_batch: bool,
    /// Where the cards come from.
    pub sources: Vec<Source>,
    /// Who can be ranked.
    pub candidates: Vec<Named>,
    /// Ranks a ballot may give; none: any.
    pub max_rankings: Option<u32>,
    /// The rules.
    pub rules: Rules,
}

impl Config {
    /// A source can have undeclared write-ins.
    pub fn has_undeclared(&self) -> bool {
        self.sources.iter().any(|source| !source.undeclared_label.is_empty() || source.blank_is_undeclared)
    }
}

/// Reads a configuration; gives it with warnings.
///
/// # Errors
/// Everything that is wrong (SCR-TAB-001 to -010).
pub fn read(bytes: &[u8], file: &str) -> Result<(Config, Vec<Problem>), Vec<Problem>> {
    let broken = |what: &str| vec![Problem::new("SCR-TAB-001", Severity::Error, file).with("what", what)];
    if bytes.len() > MAX_BYTES {
        return Err(broken("longer than the limit"));
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| broken(&error.to_string()))?;
    let Value::Object(top) = value else { return Err(broken("no object")) };
    let mut fields = Fields { file, problems: Vec::new() };
    fields.known(&top, "", &["tabulatorVersion", "outputSettings", "cvrFileSources", "candidates", "rules"]);
    let output = fields.object(&top, "outputSettings");
    fields.known(&output, "outputSettings", &OUTPUT);
    let by_precinct = fields.flag(&output, "tabulateByPrecinct");
    let by_batch = fields.flag(&output, "tabulateByBatch");
    let sources = fields.sources(&top, by_precinct, by_batch);
    let candidates = fields.candidates(&top);
    let rules = fields.object(&top, "rules");
    fields.known(&rules, "rules", &RULES);
    let max_rankings = fields.or_word(&rules, "maxRankingsAllowed", "max", 1);
    let rules = fields.rules(&rules);
    let contest_name = text(&output, "contestName");
    if contest_name.is_empty() {
        fields.error("SCR-TAB-002", "contestName", "");
    }
    if rules.overvote_rule == Overvote::ExhaustIfMultipleContinuing {
        for source in sources.iter().filter(|source| !source.overvote_label.is_empty()) {
            fields.error("SCR-TAB-006", "overvoteLabel", &source.overvote_label);
        }
    }
    let config = Config {
        contest_name,
        date: text(&output, "contestDate"),
        jurisdiction: text(&output, "contestJurisdiction"),
        office: text(&output, "contestOffice"),
        by_precinct,
        by_batch,
        sources,
        candidates,
        max_rankings,
        rules,
    };
    fields.finish(config)
}

const OUTPUT: [&str; 8] = [
    "contestName",
    "outputDirectory",
    "contestDate",
    "contestJurisdiction",
    "contestOffice",
    "tabulateByBatch",
    "tabulateByPrecinct",
    "generateCdfJson",
];
const SOURCE: [&str; 13] = [
    "filePath",
    "provider",
    "contestId",
    "firstVoteColumnIndex",
    "firstVoteRowIndex",
    "idColumnIndex",
    "batchColumnIndex",
    "precinctColumnIndex",
    "overvoteDelimiter",
    "overvoteLabel",
    "skippedRankLabel",
    "undeclaredWriteInLabel",
    "treatBlankAsUndeclaredWriteIn",
];
const RULES: [&str; 20] = [
    "tiebreakMode",
    "overvoteRule",
    "winnerElectionMode",
    "randomSeed",
    "numberOfWinners",
    "multiSeatBottomsUpPercentageThreshold",
    "decimalPlacesForVoteArithmetic",
    "minimumVoteThreshold",
    "maxSkippedRanksAllowed",
    "maxRankingsAllowed",
    "nonIntegerWinningThreshold",
    "doesFirstRoundDetermineThreshold",
    "hareQuota",
    "batchElimination",
    "cutoffElimination",
    "continueUntilTwoCandidatesRemain",
    "stopTabulationEarlyAfterRound",
    "exhaustOnDuplicateCandidate",
    "rulesDescription",
    "treatBlankAsUndeclaredWriteIn",
];

/// A field as text; a number as its digits; nothing as nothing.
fn text(object: &Map<String, Value>, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(flag)) => flag.to_string(),
        _ => String::new(),
    }
}

struct Fields<'a> {
    file: &'a str,
    problems: Vec<Problem>,
}

impl Fields<'_> {
    fn error(&mut self, code: &'static str, field: &str, value: &str) {
        let problem = Problem::new(code, Severity::Error, self.file).in_column(field);
        self.add(if value.is_empty() { problem } else { problem.with_value(value) });
    }

    fn add(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn finish(self, config: Config) -> Result<(Config, Vec<Problem>), Vec<Problem>> {
        if self.problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(self.problems);
        }
        Ok((config, self.problems))
    }

    fn object(&mut self, top: &Map<String, Value>, name: &str) -> Map<String, Value> {
        if let Some(Value::Object(object)) = top.get(name) {
            return object.clone();
        }
        self.error("SCR-TAB-002", name, "");
        Map::new()
    }

    fn list<'v>(&mut self, top: &'v Map<String, Value>, name: &str) -> &'v [Value] {
        match top.get(name) {
            Some(Value::Array(list)) if !list.is_empty() => list,
            _ => {
                self.error("SCR-TAB-002", name, "");
                &[]
            }
        }
    }

    fn known(&mut self, object: &Map<String, Value>, within: &str, known: &[&str]) {
        let mut closest = Closest::among(known.iter().copied());
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let problem = Problem::new("SCR-TAB-010", Severity::Warning, self.file).in_column(within);
            let problem = problem.with_value(name).closest_to(closest.to(name));
            self.add(problem);
        }
    }

    /// True or false; not there: false.
    fn flag(&mut self, object: &Map<String, Value>, name: &str) -> bool {
        match object.get(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                self.error("SCR-TAB-005", name, &other.to_string());
                false
            }
        }
    }

    /// A whole number from `least` to `most`; not there: `None`.
    fn number(&mut self, object: &Map<String, Value>, name: &str, least: i64, most: i64) -> Option<i64> {
        let text = text(object, name);
        if text.is_empty() {
            return None;
        }
        match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                let problem = Problem::new("SCR-TAB-004", Severity::Error, self.file).in_column(name);
                self.add(problem.with_value(&text).with("least", least).with("most", most));
                None
            }
        }
    }

    fn small(&mut self, object: &Map<String, Value>, name: &str, least: i64, most: i64) -> Option<u32> {
        self.number(object, name, least, most).and_then(|number| u32::try_from(number).ok())
    }

    fn needed(&mut self, object: &Map<String, Value>, name: &str) {
        if text(object, name).is_empty() {
            self.error("SCR-TAB-002", name, "");
        }
    }

    /// A number, or a word that stands for any.
    fn or_word(&mut self, rules: &Map<String, Value>, name: &str, word: &str, least: i64) -> Option<u32> {
        self.needed(rules, name);
        if text(rules, name).eq_ignore_ascii_case(word) {
            return None;
        }
        self.small(rules, name, least, i64::from(i32::MAX))
    }

    fn word<T: serde::de::DeserializeOwned>(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        words: &[&str],
    ) -> Option<T> {
        let text = text(object, name);
        if text.is_empty() {
            self.error("SCR-TAB-002", name, "");
            return None;
        }
        let found = serde_json::from_value(Value::String(text.clone())).ok();
        if found.is_none() {
            let problem = Problem::new("SCR-TAB-003", Severity::Error, self.file).in_column(name);
            let closest = Closest::among(words.iter().copied()).to(&text);
            self.add(problem.with_value(&text).with("known", words.join(", ")).closest_to(closest));
        }
        found
    }

    fn sources(&mut self, top: &Map<String, Value>, by_precinct: bool, by_batch: bool) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        for value in self.list(top, "cvrFileSources") {
            let Value::Object(object) = value else {
                self.error("SCR-TAB-002", "cvrFileSources", "");
                continue;
            };
            self.known(object, "cvrFileSources", &SOURCE);
            if let Some(source) = self.source(object) {
                let by_column = matches!(source.provider, Provider::Ess | Provider::GenericCsv);
                if by_precinct && by_column && source.precinct_column.is_none() {
                    self.error("SCR-TAB-009", "precinctColumnIndex", &source.path);
                }
                if by_batch && by_column && source.batch_column.is_none() {
                    self.error("SCR-TAB-009", "batchColumnIndex", &source.path);
                }
                if sources.iter().any(|other| other.path == source.path) {
                    self.error("SCR-TAB-009", "filePath", &source.path);
                }
                sources.push(source);
            }
        }
        sources
    }

    fn source(&mut self, object: &Map<String, Value>) -> Option<Source> {
        self.needed(object, "filePath");
        let words = ["ess", "cdf", "clearBallot", "dominion", "hart", "genericCsv"];
        let provider: Option<Provider> = self.word(object, "provider", &words);
        let mut column = |name: &str, most| {
            self.number(object, name, 1, most).and_then(|number| usize::try_from(number).ok())
        };
        let first_vote_column = column("firstVoteColumnIndex", 1000);
        let first_vote_row = column("firstVoteRowIndex", 100_000);
        let id_column = column("idColumnIndex", 1000);
        let batch_column = column("batchColumnIndex", 1000);
        let precinct_column = column("precinctColumnIndex", 1000);
        let provider = provider?;
        if matches!(provider, Provider::Ess | Provider::GenericCsv) {
            self.needed(object, "firstVoteColumnIndex");
            self.needed(object, "firstVoteRowIndex");
        }
        if matches!(provider, Provider::Dominion | Provider::ClearBallot | Provider::Hart) {
            self.needed(object, "contestId");
        }
        let labels = ["overvoteLabel", "skippedRankLabel", "undeclaredWriteInLabel"];
        let labels = labels.map(|name| (name, text(object, name)));
        for (at, (name, label)) in labels.iter().enumerate() {
            if !label.is_empty() && labels[..at].iter().any(|(_, other)| other == label) {
                self.error("SCR-TAB-009", name, label);
            }
        }
        let [(_, overvote_label), (_, skipped_label), (_, undeclared_label)] = labels;
        Some(Source {
            path: text(object, "filePath"),
            provider,
            contest_id: text(object, "contestId"),
            first_vote_column,
            first_vote_row,
            id_column,
            batch_column,
            precinct_column,
            overvote_delimiter: text(object, "overvoteDelimiter"),
            overvote_label,
            skipped_label,
            undeclared_label,
            blank_is_undeclared: self.flag(object, "treatBlankAsUndeclaredWriteIn"),
        })
    }

    fn candidates(&mut self, top: &Map<String, Value>) -> Vec<Named> {
        let mut candidates = Vec::new();
        let mut seen: HashMap<String, ()> = HashMap::new();
        for value in self.list(top, "candidates") {
            let Value::Object(object) = value else {
                self.error("SCR-TAB-002", "candidates", "");
                continue;
            };
            let name = text(object, "name");
            let mut aliases: Vec<String> = match object.get("aliases") {
                Some(Value::Array(list)) => {
                    list.iter().filter_map(Value::as_str).map(|alias| alias.trim().to_owned()).collect()
                }
                _ => Vec::new(),
            };
            aliases.push(text(object, "code"));
            aliases.retain(|alias| !alias.is_empty());
            if name.is_empty() {
                self.error("SCR-TAB-002", "name", "");
            }
            for name in std::iter::once(&name).chain(&aliases) {
                let reserved = [UNDECLARED, "overvote", "exhausted", "uncounted", "residual surplus"];
                if seen.insert(name.clone(), ()).is_some() || reserved.contains(&name.as_str()) {
                    self.error("SCR-TAB-007", "candidates", name);
                }
            }
            candidates.push(Named { name, aliases, excluded: self.flag(object, "excluded") });
        }
        if !candidates.is_empty() && candidates.iter().all(|candidate| candidate.excluded) {
            self.error("SCR-TAB-008", "candidates", "");
        }
        candidates
    }
}

mod rules;
