//! The rules of a count as a file: TOML, or JSON with the same names.
//!
//! ```toml
//! method = "modified-sainte-lague"
//! first_divisor = "6/5"
//! seats = 20
//! drawn = ["Greens"]              # who was drawn by lot, in the order in which lots were needed
//! [threshold]
//! share = "4%"                    # of the valid votes; or "1/25", "0.04"
//! valid_votes = 3716778
//! ```

mod fields;
mod methods;

pub use methods::{Procedure, UnknownMethod};

use crate::lots::LotError;
use crate::read::Problems;
use crate::seats::{Allocation, Divisors, List, Method, SeatsError, Threshold, TooMany, allocate, kieswet};
use crate::votes::{Base, Count, Rule, Winners};
use fields::Fields;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Bytes of a file with rules, at most.
pub const MAX_BYTES: usize = 1 << 20;

/// What a count goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The method; `None`: the file leaves it to who calls.
    pub procedure: Option<Procedure>,
    /// How many seats there are.
    pub seats: Option<u32>,
    /// What a list needs to take part.
    pub threshold: Threshold,
    /// Who was drawn by lot.
    pub drawn: Vec<String>,
}

impl Rules {
    /// These and no more: a method without a threshold and without lots.
    pub fn of(procedure: Procedure, seats: Option<u32>) -> Self {
        Self { procedure: Some(procedure), seats, threshold: Threshold::default(), drawn: Vec::new() }
    }

    /// Reads a file. Everything that is wrong is said.
    ///
    /// # Errors
    /// SCR-TAB-054 to -059.
    pub fn read(text: &[u8], file: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems::of(file);
        let found = match document(text) {
            Ok(document) => rules(document, &mut problems),
            Err(what) => {
                let problem = problems.error("SCR-TAB-054").with("what", what);
                problems.add(problem);
                Self { procedure: None, seats: None, threshold: Threshold::default(), drawn: Vec::new() }
            }
        };
        problems.finish().map(|_| found)
    }

    /// Names in the rules that no list has: thresholds and lots would pass over them.
    pub fn unknown_names(&self, lists: &[List]) -> Vec<String> {
        let known = |name: &&String| lists.iter().any(|list| list.name == **name);
        self.threshold.exempt.iter().chain(&self.drawn).filter(|name| !known(name)).cloned().collect()
    }

    /// The seats of lists by these rules; `None`: the method is one for choices.
    ///
    /// # Errors
    /// [`SeatsError`].
    pub fn seats_of(&self, lists: &[List], seats: u32) -> Option<Result<Allocation, SeatsError>> {
        Some(match self.procedure.as_ref()? {
            Procedure::Seats(method) => allocate(lists, seats, method, &self.threshold, &self.drawn),
            Procedure::Kieswet => kieswet::allocate(lists, seats, &self.drawn),
            Procedure::KieswetParliament => kieswet::allocate_parliament(lists, seats, &self.drawn),
            Procedure::Votes(_) => return None,
        })
    }

    /// Who wins a count by these rules; `None`: the method is one for lists.
    ///
    /// # Errors
    /// [`LotError`].
    pub fn winners_of(&self, count: &Count) -> Option<Result<Winners, LotError>> {
        match self.procedure.as_ref()? {
            Procedure::Votes(rule) => Some(count.winners(rule, &self.drawn)),
            _ => None,
        }
    }
}

fn document(text: &[u8]) -> Result<Value, String> {
    if text.len() > MAX_BYTES {
        return Err(format!("more than {} MiB", MAX_BYTES >> 20));
    }
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        toml::from_str(text).map_err(|error| error.to_string())?
    };
    if value.is_object() { Ok(value) } else { Err("no table of names and values".to_owned()) }
}

const FIELDS: &[&str] = &[
    "method",
    "seats",
    "winners",
    "share",
    "more_than",
    "of",
    "first_divisor",
    "too_many",
    "threshold",
    "drawn",
];
const THRESHOLD_FIELDS: &[&str] = &["share", "votes", "valid_votes", "more_than", "exempt"];

fn rules(document: Value, problems: &mut Problems) -> Rules {
    let mut fields = Fields::new("", document, problems);
    let method = fields.text("method", problems);
    let seats = fields.number("seats", problems).and_then(|seats| u32::try_from(seats).ok());
    let drawn = fields.texts("drawn", problems);
    let given = Given {
        winners: fields.number("winners", problems),
        share: fields.share("share", problems),
        more_than: fields.truth("more_than", problems),
        of: fields.one_of("of", &["valid", "cast"], problems),
        first_divisor: fields.share("first_divisor", problems),
        too_many: fields.one_of("too_many", &["smaller-divisor", "smallest-remainders-lose"], problems),
    };
    let threshold = fields.table("threshold").map(|table| threshold(table, problems)).unwrap_or_default();
    fields.finish(FIELDS, problems);
    let procedure = method.and_then(|name| match Procedure::parse(&name) {
        Ok(procedure) => given.shape(procedure, &name, problems),
        Err(unknown) => {
            let problem = problems.error("SCR-TAB-056").in_column("method").with_value(&unknown.name);
            let problem = problem.closest_to(unknown.closest);
            problems.add(problem);
            None
        }
    });
    // A threshold that nobody looks at would be a promise that is not kept.
    let has_use = matches!(procedure, None | Some(Procedure::Seats(_)));
    if !has_use && threshold != Threshold::default() {
        let problem = problems.error("SCR-TAB-058").in_column("threshold");
        problems.add(problem);
    }
    Rules { procedure, seats, threshold, drawn }
}

fn threshold(table: Value, problems: &mut Problems) -> Threshold {
    let mut fields = Fields::new("threshold.", table, problems);
    let found = Threshold {
        share: fields.share("share", problems),
        valid_votes: fields.number("valid_votes", problems),
        votes: fields.number("votes", problems),
        more_than: fields.truth("more_than", problems).unwrap_or(false),
        exempt: fields.texts("exempt", problems),
    };
    fields.finish(THRESHOLD_FIELDS, problems);
    found
}

/// What shapes a method, where the file says it.
struct Given {
    winners: Option<u64>,
    share: Option<(u32, u32)>,
    more_than: Option<bool>,
    of: Option<&'static str>,
    first_divisor: Option<(u32, u32)>,
    too_many: Option<&'static str>,
}

impl Given {
    /// The procedure with what the file says of it; what it says of another one is a problem, and so is a share that
    /// the method needs and the file does not give.
    fn shape(mut self, procedure: Procedure, name: &str, problems: &mut Problems) -> Option<Procedure> {
        let base = |of: Option<&str>| if of == Some("cast") { Base::Cast } else { Base::Valid };
        let shaped = match procedure {
            Procedure::Votes(Rule::Most { winners }) => {
                let given = self.winners.take().and_then(|winners| usize::try_from(winners).ok());
                Procedure::Votes(Rule::Most { winners: given.unwrap_or(winners) })
            }
            Procedure::Votes(Rule::Share { .. }) => {
                let Some(share) = self.share.take() else {
                    let problem = problems.error("SCR-TAB-057").in_column("share").with("method", name);
                    problems.add(problem);
                    return None;
                };
                let more_than = self.more_than.take().unwrap_or(false);
                Procedure::Votes(Rule::Share { share, more_than, of: base(self.of.take()) })
            }
            Procedure::Votes(Rule::Runoff { .. }) => {
                Procedure::Votes(Rule::Runoff { of: base(self.of.take()) })
            }
            Procedure::Seats(Method::HighestAverages(Divisors::ModifiedSainteLague { .. })) => {
                let (numerator, denominator) = self.first_divisor.take().unwrap_or((7, 5));
                let divisors = Divisors::ModifiedSainteLague { numerator, denominator };
                Procedure::Seats(Method::HighestAverages(divisors))
            }
            Procedure::Seats(Method::LargestRemainders { quota, too_many }) => {
                let too_many = match self.too_many.take() {
                    Some("smaller-divisor") => TooMany::SmallerDivisor,
                    Some(_) => TooMany::SmallestRemaindersLose,
                    None => too_many,
                };
                Procedure::Seats(Method::LargestRemainders { quota, too_many })
            }
            other => other,
        };
        let left = [
            ("winners", self.winners.is_some()),
            ("share", self.share.is_some()),
            ("more_than", self.more_than.is_some()),
            ("of", self.of.is_some()),
            ("first_divisor", self.first_divisor.is_some()),
            ("too_many", self.too_many.is_some()),
        ];
        for (field, _) in left.iter().filter(|(_, given)| *given) {
            let problem = problems.error("SCR-TAB-058").in_column(field).with("method", name);
            problems.add(problem);
        }
        Some(shaped)
    }
}
