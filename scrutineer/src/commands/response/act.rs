//! What people do in runs, with the token that says who they are.

use super::{OfRun, OfStep, mark, pair};
use crate::commands::at::{At, named, plain, text};
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Bytes of a file that is handed in, at most; the server may take less.
const MAX_FILE: u64 = 10 << 20;

/// What is started, and who has which role.
#[derive(clap::Args)]
pub(crate) struct Start {
    #[command(flatten)]
    at: At,
    /// The playbook's code; `starter:NAME` for one of those to begin with, in an exercise.
    playbook: String,
    /// What has happened. It stays with the people who take part.
    #[arg(long)]
    occasion: String,
    /// Who has a role: ROLE=ORGANISATION, or ROLE=ORGANISATION:supervisor. Once for each role.
    #[arg(long, value_parser = pair, value_name = "ROLE=ORGANISATION")]
    role: Vec<(String, String)>,
    /// A value that the playbook needs: NAME=VALUE.
    #[arg(long, value_parser = pair, value_name = "NAME=VALUE")]
    set: Vec<(String, String)>,
    /// The election that it is about.
    #[arg(long)]
    election: Option<String>,
    /// The drill that it belongs to: then it is an exercise.
    #[arg(long)]
    drill: Option<String>,
    /// Show on a public page how far it has come.
    #[arg(long)]
    public: bool,
}

/// A step with its evidence.
#[derive(clap::Args)]
pub(crate) struct HandIn {
    #[command(flatten)]
    step: OfStep,
    /// What was done.
    #[arg(long, default_value = "")]
    note: String,
    /// A file that shows it.
    #[arg(long)]
    file: Option<PathBuf>,
    /// A value that the step returns: NAME=VALUE.
    #[arg(long, value_parser = pair, value_name = "NAME=VALUE")]
    set: Vec<(String, String)>,
}

fn map(pairs: &[(String, String)]) -> Result<Map<String, Value>, Problem> {
    let mut all = Map::new();
    for (name, value) in pairs {
        if all.insert(name.clone(), Value::from(value.as_str())).is_some() {
            return Err(Problem::input("SCR-CLI-111", format!("{name:?} is given twice")));
        }
    }
    Ok(all)
}

/// Who has a role: an organisation, and the role at its desk where it is for one only.
fn assigned(given: &str) -> Value {
    match given.rsplit_once(':') {
        Some((org, desk)) => json!({"org": org, "desk": desk}),
        None => json!({"org": given}),
    }
}

pub(super) fn start(args: &Start) -> Result<Outcome, Problem> {
    let mut roles = map(&args.role)?;
    for given in roles.values_mut() {
        *given = assigned(text(given));
    }
    let body = json!({
        "playbook": args.playbook, "occasion": args.occasion, "drill": args.drill, "election": args.election,
        "is_public": args.public, "roles": roles, "variables": map(&args.set)?,
    });
    let server = args.at.server()?;
    let (recorded, location) = server.post("/api/v1/response/runs", &body)?;
    let run = location.rsplit('/').next().unwrap_or_default().to_owned();
    let said = format!(
        "{}The run is {}\n{}What is to be done: scrutineer response show {} {run}\n",
        if args.drill.is_some() { "EXERCISE " } else { "" },
        server.page(&format!("/desk/response/runs/{run}")),
        entries(&recorded),
        args.at.url
    );
    Ok(Outcome::done(said, json!({"run": run, "recorded": recorded["recorded"]})))
}

/// Where in the log it stands.
fn entries(recorded: &Value) -> String {
    let mut said = String::new();
    for one in recorded["recorded"].as_array().into_iter().flatten() {
        let _ = writeln!(said, "  recorded as entry {} at {}", one["entry"], plain(&one["recorded_at"]));
    }
    said
}

/// Sends an act, and says how the run stands then.
fn act(of: &OfRun, done: &str, body: &Value) -> Result<Outcome, Problem> {
    let server = of.at.server()?;
    let path = format!("/api/v1/response/runs/{}", named(&of.run));
    let (recorded, _) = server.post(&format!("{path}/steps"), body)?;
    let run = server.get_own(&path)?;
    let mut said = format!("{}{done}\n{}", mark(&run), entries(&recorded));
    for one in run["todo"].as_array().into_iter().flatten() {
        let late = if one["late"] == true { " LATE" } else { "" };
        let _ = writeln!(
            said,
            "  next      {} {}: {}{late}",
            plain(&one["place"]),
            plain(&one["name"]),
            plain(&one["state"])
        );
    }
    if !text(&run["ending"]).is_empty() {
        let _ = writeln!(said, "  the run has ended: {}", plain(&run["ending"]));
    }
    Ok(Outcome::done(
        said,
        json!({"recorded": recorded["recorded"], "todo": run["todo"], "ending": run["ending"]}),
    ))
}

pub(super) fn take(step: &OfStep, over: bool) -> Result<Outcome, Problem> {
    act(&step.run, "Taken up.", &json!({"act": "take", "place": step.place, "over": over}))
}

pub(super) fn hand_in(args: &HandIn) -> Result<Outcome, Problem> {
    let file = args.file.as_deref().map(|file| read_bytes(file, MAX_FILE)).transpose()?;
    let body = json!({
        "act": "done", "place": args.step.place, "note": args.note, "file": file.map(|bytes| scr_canon::b64(&bytes)),
        "outputs": map(&args.set)?,
    });
    act(&args.step.run, "Handed in.", &body)
}

pub(super) fn refuse(step: &OfStep, reason: &str) -> Result<Outcome, Problem> {
    act(&step.run, "Refused.", &json!({"act": "refuse", "place": step.place, "reason": reason}))
}

pub(super) fn send_back(step: &OfStep, reason: &str) -> Result<Outcome, Problem> {
    act(&step.run, "Sent back.", &json!({"act": "send-back", "place": step.place, "reason": reason}))
}

pub(super) fn set(of: &OfRun, (name, value): &(String, String)) -> Result<Outcome, Problem> {
    act(of, "The value is set.", &json!({"act": "set-variable", "name": name, "value": value}))
}

pub(super) fn pause(of: &OfRun, reason: &str) -> Result<Outcome, Problem> {
    act(of, "The clocks stand.", &json!({"act": "pause", "reason": reason}))
}

pub(super) fn resume(of: &OfRun) -> Result<Outcome, Problem> {
    act(of, "The clocks go on.", &json!({"act": "resume"}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_for_an_organisation_or_one_role_there() {
        assert_eq!(assigned("emb"), json!({"org": "emb"}));
        assert_eq!(assigned("emb:supervisor"), json!({"org": "emb", "desk": "supervisor"}));
    }

    #[test]
    fn nothing_is_given_twice() {
        let twice = [("a".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())];
        assert!(map(&twice).is_err_and(|problem| problem.words().contains("\"a\" is given twice")));
    }
}
