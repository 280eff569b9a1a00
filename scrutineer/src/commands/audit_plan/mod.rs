//! `scrutineer audit plan …`: how many ballots an audit will look at.

mod text;
mod votes;

use super::ballots::Format;
use super::listed;
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use scr_audits::plan::{of_value, plan, table};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Bytes of a request or a table, at most.
const MAX_FILE: u64 = 256 << 20;

/// What is planned.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A request with several contests, TOML or JSON (as the answer of --show-request has it). Instead of the options below.
    #[arg(conflicts_with_all = ["method", "votes", "ballots", "lists", "winner", "margin"])]
    request: Option<PathBuf>,
    /// How risk is measured: bravo, minerva, providence, alpha, comparison (Kaplan-Markov), betting, oneaudit, batch,
    /// suite, stratified.
    #[arg(long, required_unless_present = "request")]
    method: Option<String>,
    #[command(flatten)]
    votes: votes::Votes,
    /// Cards or ballots that can be drawn; of ballots, batches and strata they are counted.
    #[arg(long)]
    cards: Option<u64>,
    /// The risk limit, a decimal or a percentage.
    #[arg(long, default_value = "0.05")]
    risk_limit: String,
    #[command(flatten)]
    how: How,
    /// The seed of the simulation.
    #[arg(long, default_value = "plan")]
    seed: String,
    /// How often the audit is run on paper.
    #[arg(long, default_value_t = 1000)]
    replications: u32,
    /// So many draws are not made: beyond it all cards are counted.
    #[arg(long)]
    most: Option<u64>,
    /// Print the request itself, to be kept, changed, and given again.
    #[arg(long)]
    show_request: bool,
}

/// What the methods need besides.
#[derive(clap::Args)]
struct How {
    /// Cards that overstate the margin by one vote, as a share (Arlo: 0.001).
    #[arg(long)]
    one_vote: Option<String>,
    /// Cards that overstate it by two (Arlo: 0.0001).
    #[arg(long)]
    two_votes: Option<String>,
    /// Cards that understate it by one vote (Arlo: 0.001).
    #[arg(long)]
    one_vote_under: Option<String>,
    /// Cards that understate it by two (Arlo: 0.0001).
    #[arg(long)]
    two_votes_under: Option<String>,
    /// What Kaplan-Markov does with understatements: ignored (Arlo) or counted (Colorado).
    #[arg(long)]
    understatements: Option<String>,
    /// Kaplan-Markov's gamma.
    #[arg(long)]
    gamma: Option<String>,
    /// The bet of betting and oneaudit, at most 2.
    #[arg(long)]
    bet: Option<String>,
    /// The largest share that one draw may lose.
    #[arg(long)]
    max_loss: Option<String>,
    /// How many draws the reported result weighs (alpha, oneaudit).
    #[arg(long)]
    d: Option<String>,
    /// Batches, pools or strata: a table with the columns Ballots, one for each choice, and Batch Name, Jurisdiction or
    /// Records (Y or N) where they are needed.
    #[arg(long)]
    parts: Option<PathBuf>,
    /// Ballots not counted yet (batch).
    #[arg(long)]
    pending: Option<u64>,
}

const EXAMPLES: &str = "Examples:
  scrutineer audit plan --method comparison --winner 5200 --loser 4800 --cards 10000
  scrutineer audit plan --method bravo --votes Ann=5200 --votes Ben=3000 --votes Cem=1000 --cards 10000 --risk-limit 10%
  scrutineer audit plan --method betting --ballots contest.raire
  scrutineer audit plan --method betting --lists votes.csv --seats 24 --threshold 5% --cards 900000
  scrutineer audit plan --method batch --parts batches.csv
  scrutineer audit plan contests.toml

A request in TOML:
  [[contests]]
  name = \"Mayor\"
  risk_limit = \"5%\"
  cards = 10000
  reported = { rule = \"plurality\", votes = { Ann = 5200, Ben = 4800 } }
  audit = { method = \"betting\" }

The same seed gives the same figures.";

/// Names that the command line has used before.
const ALIASES: [(&str, &str); 2] = [("comparison", "kaplan-markov"), ("macro", "batch")];

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let request = match &args.request {
        Some(path) => from_file(path)?,
        None => json!({ "contests": [contest(args)?], "seed": args.seed, "replications": args.replications,
            "most": args.most }),
    };
    if args.show_request {
        let pretty =
            serde_json::to_string_pretty(&request).map_err(|error| Problem::fault("SCR-CLI-104", error))?;
        return Ok(Outcome::done(format!("{pretty}\n"), request));
    }
    let refused = |problems: Vec<scr_core::Problem>| {
        let named = |mut problem: scr_core::Problem| {
            if let Some(path) = &args.request {
                problem.file = path.display().to_string();
            }
            problem
        };
        listed("the audit cannot be planned", &problems.into_iter().map(named).collect::<Vec<_>>())
    };
    let request = of_value(request).map_err(refused)?;
    let answer = plan(&request).map_err(refused)?;
    let json = serde_json::to_value(&answer).map_err(|error| Problem::fault("SCR-CLI-104", error))?;
    Ok(Outcome::done(text::answer(&answer), json))
}

fn from_file(path: &Path) -> Result<Value, Problem> {
    let bytes = read_bytes(path, MAX_FILE)?;
    let name = path.display().to_string();
    let wrong = |reason: String| {
        let problem = scr_core::Problem::new("SCR-AUD-062", scr_core::Severity::Error, &name);
        listed("the audit cannot be planned", &[problem.with("reason", reason)])
    };
    let text = std::str::from_utf8(&bytes).map_err(|error| wrong(error.to_string()))?;
    if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))
    } else {
        toml::from_str(text).map_err(|error| wrong(error.to_string()))
    }
}

/// The contest that the options describe.
fn contest(args: &Args) -> Result<Value, Problem> {
    let method = args.method.as_deref().unwrap_or_default();
    let method = ALIASES.iter().find(|(alias, _)| *alias == method).map_or(method, |(_, name)| name);
    let parts = args.how.parts.as_deref().map(rows).transpose()?;
    let reported = args.votes.reported(parts.as_deref())?;
    let cards = args.cards.or(reported.cards);
    let mut contest = Map::new();
    contest.insert("name".to_owned(), reported.name.into());
    contest.insert("risk_limit".to_owned(), args.risk_limit.clone().into());
    if let Some(cards) = cards {
        contest.insert("cards".to_owned(), cards.into());
    }
    contest.insert("reported".to_owned(), reported.value);
    contest.insert("audit".to_owned(), audit(method, &args.how, parts.as_deref()));
    Ok(Value::Object(contest))
}

fn rows(path: &Path) -> Result<Vec<scr_audits::plan::Row>, Problem> {
    let name = path.display().to_string();
    let bytes = read_bytes(path, MAX_FILE)?;
    table(bytes.as_slice(), &name).map_err(|problems| listed(&format!("{name} cannot be read"), &problems))
}

/// The method with what was given for it: what a method does not know is refused when the request is read.
fn audit(method: &str, how: &How, parts: Option<&[scr_audits::plan::Row]>) -> Value {
    let mut audit = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            audit.insert(name.to_owned(), value);
        }
    };
    let text = |value: &Option<String>| value.clone().map(Value::from);
    put("method", Some(method.into()));
    put("gamma", text(&how.gamma));
    put("understatements", text(&how.understatements));
    put("bet", text(&how.bet));
    put("max_loss", text(&how.max_loss));
    put("d", text(&how.d));
    put("pending", how.pending.map(Value::from));
    let rates: Map<String, Value> = [
        ("o1", &how.one_vote),
        ("o2", &how.two_votes),
        ("u1", &how.one_vote_under),
        ("u2", &how.two_votes_under),
    ]
    .into_iter()
    .filter_map(|(name, rate)| Some((name.to_owned(), text(rate)?)))
    .collect();
    put("rates", (!rates.is_empty()).then_some(Value::Object(rates)));
    if let Some(rows) = parts {
        let (field, row): (_, fn(&scr_audits::plan::Row) -> Value) = match method {
            "batch" => (
                "batches",
                |row| json!({ "jurisdiction": row.jurisdiction, "name": row.name, "ballots": row.cards, "votes": row.votes }),
            ),
            "suite" | "stratified" => {
                ("strata", |row| json!({ "cards": row.cards, "records": row.records, "votes": row.votes }))
            }
            _ => ("pools", |row| json!({ "cards": row.cards, "votes": row.votes })),
        };
        put(field, Some(rows.iter().map(row).collect()));
    }
    Value::Object(audit)
}
