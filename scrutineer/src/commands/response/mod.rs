//! `scrutineer response …`: runs of playbooks on a server, for people at a terminal and for programs. To sign as the second
//! person, to break a run off and to adopt a playbook is done on the pages: a program never signs.

mod act;
mod runs;
mod severity;

use super::at::At;
use crate::outcome::{Outcome, Problem};
use serde_json::Value;

/// A run on a server.
#[derive(clap::Args)]
pub(crate) struct OfRun {
    #[command(flatten)]
    at: At,
    /// Its id, or the address of its page.
    run: String,
}

/// A step of a run.
#[derive(clap::Args)]
pub(crate) struct OfStep {
    #[command(flatten)]
    run: OfRun,
    /// The step's place, as `response show` says it.
    place: String,
}

/// Runs of playbooks on a server, and how severe an incident is.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List the runs that one's organisation takes part in.
    #[command(after_help = "Example:\n  scrutineer response runs https://emb.example --token-file token")]
    Runs {
        #[command(flatten)]
        at: At,
        /// Also those that have ended.
        #[arg(long)]
        all: bool,
    },
    /// Show what is to be done in a run, by whom and until when, and what has ended.
    #[command(
        after_help = "Examples:\n  scrutineer response show https://emb.example RUN --token-file token\n  scrutineer response show https://emb.example RUN --watch --token-file token\n\nTimes are those of the run's clock: in an exercise that of its drill. With --watch a line is written whenever something\nchanges, until the run has ended.\n\nExit status 1 when something is late, or the run failed or was broken off."
    )]
    Show {
        #[command(flatten)]
        run: OfRun,
        /// Go on until the run has ended.
        #[arg(long)]
        watch: bool,
        /// Seconds between two looks.
        #[arg(long, default_value_t = 5, requires = "watch", value_parser = clap::value_parser!(u64).range(1..=3_600))]
        every: u64,
    },
    /// Start a run of a playbook that is in force.
    #[command(
        after_help = "Example:\n  scrutineer response start https://emb.example disinformation --occasion \"False closing times\" \\\n    --role communications=emb --role legal=emb:supervisor --token-file token\n\nEvery role of the playbook needs somebody: ROLE=ORGANISATION, and :manager, :supervisor or :clerk where it is only for these\npeople there. `scrutineer playbook show` names the roles. With --drill it is an exercise of that drill, and sends nothing."
    )]
    Start(act::Start),
    /// Take a step up.
    #[command(
        after_help = "Example:\n  scrutineer response take https://emb.example RUN 1 --token-file token"
    )]
    Take {
        #[command(flatten)]
        step: OfStep,
        /// From whoever has taken it up already.
        #[arg(long)]
        over: bool,
    },
    /// Hand a step in, with its evidence.
    #[command(
        after_help = "Example:\n  scrutineer response done https://emb.example RUN 1 --note \"Posts found: 14\" --file posts.pdf --token-file token\n\nThe file goes to the operator's store; in the public record stands its hash. Where the step needs a second person, that\nperson signs on the step's page."
    )]
    Done(act::HandIn),
    /// Say that a step cannot be done, and why.
    Refuse {
        #[command(flatten)]
        step: OfStep,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Send back what somebody has handed in.
    SendBack {
        #[command(flatten)]
        step: OfStep,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Give a variable of a run its value.
    Set {
        #[command(flatten)]
        run: OfRun,
        /// The variable, and its value: `__affected__=12000`.
        #[arg(value_parser = pair)]
        variable: (String, String),
    },
    /// Let the clocks of a run stand.
    Pause {
        #[command(flatten)]
        run: OfRun,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Let the clocks of a run go on.
    Resume {
        #[command(flatten)]
        run: OfRun,
    },
    /// Work out how severe an incident is, with every term of the formula.
    #[command(
        after_help = "Example:\n  scrutineer response severity https://emb.example functional_impact=minimal_critical observed_activity=engage \\\n    location_of_observed_activity=unknown actor_characterization=hacktivists information_impact=no_impact \\\n    recoverability=regular cross_sector_dependency=government_facilities potential_impact=moderate polls=open voters=12000\n\nAll eight questions of NCISS are answered. `polls` is opens (with hours), open or far; or election with opens and closes.\nNothing is recorded; with --record TITLE it is, for everybody to check."
    )]
    Severity(severity::Args),
}

/// `NAME=VALUE`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once('=').ok_or_else(|| format!("{text:?} has no “=”: write NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Runs { at, all } => runs::list(at, *all),
        Command::Show { run, watch, every } => runs::show(run, watch.then_some(*every)),
        Command::Start(args) => act::start(args),
        Command::Take { step, over } => act::take(step, *over),
        Command::Done(args) => act::hand_in(args),
        Command::Refuse { step, reason } => act::refuse(step, reason),
        Command::SendBack { step, reason } => act::send_back(step, reason),
        Command::Set { run, variable } => act::set(run, variable),
        Command::Pause { run, reason } => act::pause(run, reason),
        Command::Resume { run } => act::resume(run),
        Command::Severity(args) => severity::run(args),
    }
}

/// What a line begins with, so that nobody takes an exercise for what is meant.
fn mark(run: &Value) -> &'static str {
    match run["exercise"].as_bool() {
        Some(false) => "",
        // What does not say that it is meant is not taken for it.
        _ => "EXERCISE ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pairs_and_marks() {
        assert_eq!(pair("a = b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert!(pair("a").is_err_and(|words| words.contains("NAME=VALUE")));
        let marks = [json!({"exercise": true}), json!({"exercise": false}), json!({})];
        assert_eq!(marks.map(|run| mark(&run)), ["EXERCISE ", "", "EXERCISE "]);
    }
}
