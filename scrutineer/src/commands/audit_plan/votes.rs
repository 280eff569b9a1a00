//! What was reported: from options, ballots, a table of lists, or the sum of parts.

use super::{Format, MAX_FILE};
use crate::commands::{ballots, listed};
use crate::outcome::Problem;
use crate::source::read_bytes;
use scr_audits::plan::Row;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// The votes, one way or the other.
#[derive(clap::Args)]
pub(super) struct Votes {
    /// Reported votes of the winner (of several the one with fewest).
    #[arg(long, requires = "loser")]
    winner: Option<u64>,
    /// Reported votes of the loser with most.
    #[arg(long, requires = "winner")]
    loser: Option<u64>,
    /// Votes of a choice, as NAME=VOTES. Can be given more than once.
    #[arg(long)]
    votes: Vec<String>,
    /// Ballots: an export of cast vote records, columns, or .raire. Ranked ones are an instant runoff.
    #[arg(long)]
    ballots: Option<PathBuf>,
    /// The contest, when the ballots hold several.
    #[arg(long, requires = "ballots")]
    contest: Option<String>,
    /// What the ballots are.
    #[arg(long, value_enum, requires = "ballots")]
    format: Option<Format>,
    /// A table of lists (list,votes) whose seats are audited.
    #[arg(long)]
    lists: Option<PathBuf>,
    /// Only the smallest difference in votes is known.
    #[arg(long)]
    margin: Option<u64>,
    /// The rule: plurality, approval, share, runoff, instant-runoff, highest-averages.
    #[arg(long)]
    rule: Option<String>,
    /// How many win.
    #[arg(long)]
    winners: Option<u32>,
    /// How many choices a voter may mark.
    #[arg(long)]
    votes_allowed: Option<u32>,
    /// Who was reported to have won. Can be given more than once; without it: who has the votes.
    #[arg(long)]
    won: Vec<String>,
    /// The share that wins, such as 2/3 (rule share).
    #[arg(long)]
    share: Option<String>,
    /// Valid ballots, where voters have several votes (rules share and runoff).
    #[arg(long)]
    valid: Option<u64>,
    /// Seats (rule highest-averages).
    #[arg(long)]
    seats: Option<u32>,
    /// dhondt, sainte-lague, modified-sainte-lague, swedish-sainte-lague, danish, imperiali.
    #[arg(long)]
    divisors: Option<String>,
    /// Lists with a smaller share get no seat.
    #[arg(long)]
    threshold: Option<String>,
}

/// A contest as it was reported, for a request.
pub(super) struct Reported {
    pub(super) name: String,
    pub(super) cards: Option<u64>,
    pub(super) value: Value,
}

impl Votes {
    pub(super) fn reported(&self, parts: Option<&[Row]>) -> Result<Reported, Problem> {
        if let Some(margin) = self.margin {
            return Ok(named("contest", None, json!({ "rule": "margin", "margin": margin })));
        }
        if let Some(path) = &self.ballots {
            return self.of_ballots(path);
        }
        if let Some(path) = &self.lists {
            return self.of_lists(path);
        }
        let votes = if let Some((winner, loser)) = self.winner.zip(self.loser) {
            if winner < loser {
                let detail = format!("the winner has {winner} votes and the loser {loser}");
                return Err(Problem::input("SCR-CLI-103", detail)
                    .help("exchange them: sizes are those of the reported winner"));
            }
            json!({ "winner": winner, "loser": loser })
        } else if !self.votes.is_empty() {
            Value::Object(self.votes.iter().map(|text| choice(text)).collect::<Result<_, _>>()?)
        } else if let Some(rows) = parts {
            sums(rows)
        } else {
            return Err(Problem::input("SCR-CLI-103", "nobody says what was reported").help(
                "give --votes NAME=VOTES for each choice, --winner and --loser, --ballots, --lists, --margin, or --parts",
            ));
        };
        Ok(named("contest", None, self.rule("plurality", votes)))
    }

    /// The rule with its figures; what it does not know is refused when the request is read.
    fn rule(&self, usual: &str, votes: Value) -> Value {
        let rule = self.rule.as_deref().unwrap_or(usual);
        let mut value = Map::new();
        let mut put = |name: &str, given: Option<Value>| {
            if let Some(given) = given {
                value.insert(name.to_owned(), given);
            }
        };
        put("rule", Some(rule.into()));
        put("votes", Some(votes));
        put("winners", self.winners.map(Value::from));
        put("votes_allowed", self.votes_allowed.map(Value::from));
        put("won", (!self.won.is_empty()).then(|| json!(self.won)));
        put("share", self.share.clone().map(Value::from));
        put("valid", self.valid.map(Value::from));
        put("seats", self.seats.map(Value::from));
        put("divisors", self.divisors.clone().map(Value::from));
        put("threshold", self.threshold.clone().map(Value::from));
        Value::Object(value)
    }

    fn of_lists(&self, path: &Path) -> Result<Reported, Problem> {
        let name = path.display().to_string();
        let bytes = read_bytes(path, MAX_FILE)?;
        let (lists, _) = scr_tabulation::seats::read::read(bytes.as_slice(), &name)
            .map_err(|problems| listed(&format!("{name} cannot be read as a table of lists"), &problems))?;
        let votes = lists.into_iter().map(|list| (list.name, Value::from(list.votes))).collect();
        Ok(named("seats", None, self.rule("highest-averages", Value::Object(votes))))
    }

    fn of_ballots(&self, path: &Path) -> Result<Reported, Problem> {
        let columns = ballots::open(path, self.format)?.columns;
        let number = ballots::contest(&columns, self.contest.as_deref())?;
        let contest = &columns.contests()[usize::from(number)];
        let names: Vec<&str> = contest.choices.iter().map(|choice| choice.name.as_str()).collect();
        let tally = columns.tally(number);
        let ranked = self.rule.as_deref().map_or(contest.ranks > 0, |rule| rule == "instant-runoff");
        if ranked {
            let rankings: Vec<Value> = columns
                .patterns(number)
                .iter()
                .map(|pattern| {
                    let order = scr_audits::assorter::ranking(pattern.marks);
                    let prefer: Vec<&str> =
                        order.iter().filter_map(|at| names.get(usize::from(*at)).copied()).collect();
                    json!({ "ballots": pattern.cards, "prefer": prefer })
                })
                .collect();
            let mut value = json!({ "rule": "instant-runoff", "candidates": names, "rankings": rankings });
            if let Some(winner) = self.won.first() {
                value["winner"] = winner.clone().into();
            }
            return Ok(named(&contest.name, Some(tally.cards), value));
        }
        let votes =
            names.iter().zip(&tally.votes).map(|(name, votes)| ((*name).to_owned(), Value::from(*votes)));
        let mut value = self.rule("plurality", Value::Object(votes.collect()));
        if matches!(value["rule"].as_str(), Some("share" | "runoff")) && self.valid.is_none() {
            value["valid"] = (tally.cards - tally.blank - tally.overvoted).into();
        }
        if value["rule"] == "plurality" && self.votes_allowed.is_none() && contest.votes_allowed > 1 {
            value["votes_allowed"] = contest.votes_allowed.into();
        }
        Ok(named(&contest.name, Some(tally.cards), value))
    }
}

fn named(name: &str, cards: Option<u64>, value: Value) -> Reported {
    Reported { name: name.to_owned(), cards, value }
}

/// Reads NAME=VOTES; a name may hold an equals sign.
fn choice(text: &str) -> Result<(String, Value), Problem> {
    let read = text.rsplit_once('=').and_then(|(name, votes)| {
        let votes = votes.trim().replace(',', "").parse::<u64>().ok()?;
        Some((name.trim().to_owned(), Value::from(votes)))
    });
    read.ok_or_else(|| {
        Problem::input("SCR-CLI-103", format!("{text:?} is no choice with its votes"))
            .help("write NAME=VOTES, such as Ann=5200")
    })
}

/// Votes of all parts together.
fn sums(rows: &[Row]) -> Value {
    let mut sums = std::collections::BTreeMap::<&str, u64>::new();
    for (name, votes) in rows.iter().flat_map(|row| &row.votes) {
        let sum = sums.entry(name.as_str()).or_default();
        *sum = sum.saturating_add(*votes);
    }
    json!(sums)
}
