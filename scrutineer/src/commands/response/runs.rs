//! Runs as a server says them.

use super::{OfRun, mark};
use crate::commands::at::{At, named, plain, text};
use crate::commands::server::Server;
use crate::outcome::{Outcome, Problem};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

/// How a run stands, in a word.
fn standing(run: &Value) -> String {
    match text(&run["ending"]) {
        "" if run["paused"] == true => "clocks stand".to_owned(),
        "" => "under way".to_owned(),
        ending => plain(&Value::from(ending)),
    }
}

pub(super) fn list(at: &At, all: bool) -> Result<Outcome, Problem> {
    let answer = at.server()?.get_own("/api/v1/response/runs")?;
    let runs = answer["runs"].as_array().cloned().unwrap_or_default();
    let is_wanted = |run: &&Value| all || text(&run["ending"]).is_empty();
    let mut said = String::new();
    for run in runs.iter().filter(is_wanted) {
        let _ = writeln!(
            said,
            "{}  {:<12} since {}  {}{} ({} {})",
            plain(&run["run"]),
            standing(run),
            plain(&run["began"]),
            mark(run),
            plain(&run["name"]),
            plain(&run["playbook"]),
            plain(&run["version"]),
        );
    }
    if said.is_empty() {
        said.push_str(if all { "There is no run.\n" } else { "No run is under way.\n" });
    }
    Ok(Outcome::done(said, json!({"runs": runs.iter().filter(is_wanted).collect::<Vec<_>>()})))
}

/// What one step waits for.
fn todo(one: &Value) -> String {
    let state = match text(&one["state"]) {
        "later" => "not yet",
        "waits" => "to be taken up",
        "taken" => "taken up",
        "second" => "waits for the second person",
        "inside" => "steps within are under way",
        other => other,
    };
    let mut said = format!(
        "  {:<8} {}{}\n           {state}",
        plain(&one["place"]),
        if one["late"] == true { "LATE " } else { "" },
        plain(&one["name"])
    );
    for (word, name) in
        [(", role", "role"), (", from", "from"), (", due", "due"), (", given up at", "times_out")]
    {
        // The beginning says something only as long as it lies ahead.
        if let Some(value) = one[name].as_str().filter(|_| name != "from" || text(&one["state"]) == "later") {
            let _ = write!(said, "{word} {}", plain(&Value::from(value)));
        }
    }
    said.push('\n');
    said
}

fn minutes(ms: &Value) -> String {
    let minutes = ms.as_i64().unwrap_or(0) / 60_000;
    if minutes >= 120 { format!("{} h {} min", minutes / 60, minutes % 60) } else { format!("{minutes} min") }
}

fn ended(one: &Value) -> String {
    let late = match one["late_ms"].as_i64() {
        Some(ms) if ms > 0 => format!(", {} late", minutes(&one["late_ms"])),
        _ => String::new(),
    };
    format!(
        "  {:<8} {}: {} at {}, waited {}, worked {}{late}\n",
        plain(&one["place"]),
        plain(&one["name"]),
        plain(&one["state"]),
        plain(&one["ended"]),
        minutes(&one["waited_ms"]),
        minutes(&one["worked_ms"])
    )
}

fn list_of<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn whole(server: &Server, run: &Value) -> String {
    let mut said = format!(
        "{}{} ({} {}): {}, began {}\n",
        mark(run),
        plain(&run["name"]),
        plain(&run["playbook"]),
        plain(&run["version"]),
        standing(run),
        plain(&run["began"])
    );
    let _ = writeln!(said, "  its clock shows {}", plain(&run["now"]));
    let todos = list_of(run, "todo");
    if !todos.is_empty() {
        said.push_str("\nTo be done:\n");
        said.extend(todos.iter().map(todo));
    }
    let steps = list_of(&run["report"], "steps");
    if !steps.is_empty() {
        said.push_str("\nEnded:\n");
        said.extend(steps.iter().map(ended));
    }
    let _ = writeln!(
        said,
        "\n  page  {}",
        server.page(&format!("/desk/response/runs/{}", named(text(&run["run"]))))
    );
    said
}

/// Everything in one line, for a log.
fn one_line(run: &Value) -> String {
    let todos: Vec<String> = list_of(run, "todo")
        .iter()
        .map(|one| {
            let late = if one["late"] == true { " LATE" } else { "" };
            format!("{} {}{late}", plain(&one["place"]), plain(&one["state"]))
        })
        .collect();
    let ended = list_of(&run["report"], "steps").len();
    format!("{}{}  {ended} ended  {}", mark(run), standing(run), todos.join(", "))
}

fn watch(server: &Server, path: &str, every: Duration) -> Result<Value, Problem> {
    let mut run = server.get_own(path)?;
    let mut said = String::new();
    let mut out = std::io::stdout();
    loop {
        let line = one_line(&run);
        if line != said {
            drop(writeln!(out, "{}  {line}", plain(&run["now"])));
            drop(out.flush());
            said = line;
        }
        if !text(&run["ending"]).is_empty() {
            return Ok(run);
        }
        std::thread::sleep(every);
        run = server.get_patiently(path, every)?;
    }
}

pub(super) fn show(of: &OfRun, every: Option<u64>) -> Result<Outcome, Problem> {
    let server = of.at.server()?;
    let path = format!("/api/v1/response/runs/{}", named(&of.run));
    let run = match every {
        Some(every) => watch(&server, &path, Duration::from_secs(every))?,
        None => server.get_own(&path)?,
    };
    let is_late = list_of(&run, "todo").iter().any(|one| one["late"] == true);
    let is_fine = !is_late && matches!(text(&run["ending"]), "" | "completed");
    let outcome = Outcome::done(whole(&server, &run), run);
    Ok(if is_fine { outcome } else { outcome.answering_no() })
}
