//! What a server says of its alerts, which nothing of here checks.

use super::{Open, mark, named, plain, text};
use crate::commands::server::Server;
use crate::outcome::{Outcome, Problem};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Answers that are read: of a hundred alerts each.
const PAGES: usize = 200;
const UNCHECKED: &str = "Nothing of this is checked: it is what the server says.";

/// How long one answer may take, and all of them.
const ANSWER: Duration = Duration::from_secs(30);
const ALL: Duration = Duration::from_mins(3);

/// Reads a server's list to its end, the newest first; `each` says whether it goes on.
fn read(
    server: &Server,
    election: Option<&str>,
    each: &mut dyn FnMut(&Value) -> bool,
) -> Result<(), Problem> {
    let election =
        election.map_or_else(String::new, |code| format!("&election={}", scr_web::in_address(code)));
    let (mut before, begun) = (String::new(), Instant::now());
    for _ in 0..PAGES {
        let query = format!("{before}{election}");
        let query = query.strip_prefix('&').map_or_else(String::new, |query| format!("?{query}"));
        let answer = server.get_within(&format!("/api/v1/alerts{query}"), ANSWER)?;
        let wrong = |what: &str| Problem::fault("SCR-CLI-109", format!("the server answered {what}"));
        let some = answer["alerts"].as_array().ok_or_else(|| wrong("without a list of alerts"))?;
        if !some.iter().all(&mut *each) {
            break;
        }
        let Some(next) = answer["next"].as_u64() else { break };
        if begun.elapsed() > ALL {
            return Err(wrong("too slowly to read its list of alerts"));
        }
        before = format!("&before={next}");
    }
    Ok(())
}

/// All alerts of a server, the newest first.
fn all(server: &Server, election: Option<&str>) -> Result<Vec<Value>, Problem> {
    let mut all = Vec::new();
    read(server, election, &mut |alert| {
        all.push(alert.clone());
        true
    })?;
    Ok(all)
}

/// The entries of an election's alerts, at most so many.
pub(super) fn entries(server: &Server, election: &str, most: usize) -> Result<BTreeSet<u64>, Problem> {
    let mut entries = BTreeSet::new();
    read(server, Some(election), &mut |alert| {
        entries.extend(alert["entry"].as_u64());
        entries.len() < most
    })?;
    Ok(entries)
}

fn state(alert: &Value) -> String {
    match text(&alert["state"]["state"]) {
        "valid-now" if alert["status"] != "actual" => "runs".to_owned(),
        "valid-now" if alert["kind"] == "cancel" => "takes back".to_owned(),
        "valid-now" => "holds".to_owned(),
        "not-yet" => "not yet".to_owned(),
        "expired" => "over".to_owned(),
        "superseded" => format!("replaced by {}", alert["state"]["by"]),
        "cancelled" => format!("taken back by {}", alert["state"]["by"]),
        _ => "unknown".to_owned(),
    }
}

fn wording<'a>(alert: &'a Value, lang: &str) -> Option<&'a Value> {
    let all = alert["short"].as_array()?;
    all.iter().find(|one| one["language"] == lang).or_else(|| all.first())
}

fn is_open(alert: &Value) -> bool {
    matches!(text(&alert["state"]["state"]), "valid-now" | "not-yet")
}

pub(super) fn list(at: &Open, election: Option<&str>, open: bool) -> Result<Outcome, Problem> {
    let mut alerts = all(&at.server()?, election)?;
    alerts.retain(|alert| !open || is_open(alert));
    let mut said = String::new();
    for alert in &alerts {
        let headline = wording(alert, "en").map(|one| plain(&one["headline"])).unwrap_or_default();
        let _ = writeln!(
            said,
            "entry {:<6} {:<16} until {}  {:<9} {}{headline}",
            alert["entry"].to_string(),
            state(alert),
            plain(&alert["expires"]),
            plain(&alert["severity"]),
            mark(&alert["status"]),
        );
    }
    if alerts.is_empty() {
        let _ = writeln!(said, "{}", if open { "No alert holds now." } else { "No alert was released." });
    } else {
        let _ = writeln!(said, "{UNCHECKED} To check: scrutineer alert follow {} --card CARD --once", at.url);
    }
    Ok(Outcome::done(said, json!({"alerts": alerts})))
}

/// The words of an alert: the short ones, and those for everybody.
fn words(alert: &Value, lang: &str) -> String {
    let mut said = String::new();
    let Some(short) = wording(alert, lang) else { return said };
    let _ = writeln!(said, "\n  {}\n  {}", plain(&short["headline"]), plain(&short["instruction"]));
    let long = &alert["words"][text(&short["language"])]["public"];
    for name in ["description", "instruction"] {
        for line in text(&long[name]).lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(said, "    {}", plain(&Value::from(line)));
        }
    }
    let others = alert["short"].as_array().into_iter().flatten().map(|one| plain(&one["language"]));
    let others: Vec<String> = others.filter(|one| one != text(&short["language"])).collect();
    if !others.is_empty() {
        let _ = writeln!(said, "  also in {} (--lang)", others.join(", "));
    }
    said
}

pub(super) fn show(at: &Open, name: &str, lang: &str) -> Result<Outcome, Problem> {
    let server = at.server()?;
    let alert = server.get(&format!("/api/v1/alerts/{}", named(name)))?;
    let list = |value: &Value| {
        let all = value.as_array().into_iter().flatten();
        all.map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut said = format!(
        "{}{} {}, entry {}: {}\n",
        mark(&alert["status"]),
        match text(&alert["kind"]) {
            "update" => "Update, alert",
            "cancel" => "Cancellation, alert",
            _ => "Alert",
        },
        alert["number"],
        alert["entry"],
        state(&alert)
    );
    said.push_str(&words(&alert, lang));
    let _ = writeln!(
        said,
        "\n  election  {}\n  severity  {}, for {}\n  areas     {}\n  holds     {} to {}\n  asks for  {}{}",
        plain(&alert["election"]),
        plain(&alert["severity"]),
        plain(&alert["audience"]),
        list(&alert["areas"]),
        plain(&alert["effective"]),
        plain(&alert["expires"]),
        plain(&alert["goal"]),
        alert["acknowledge_by"].as_str().map(|by| format!(" by {by}")).unwrap_or_default(),
    );
    if let Some(drill) = alert["drill"].as_str() {
        let _ = writeln!(said, "  drill     {drill}");
    }
    let names = list(&alert["names"]);
    if !names.is_empty() {
        let _ = writeln!(said, "  about     entry {names}");
    }
    let _ = writeln!(
        said,
        "  page      {}\n  bundle    {}\n{UNCHECKED} To check, save the bundle: scrutineer alert verify FILE --card CARD",
        server.page(&format!("/alerts/{}", text(&alert["id"]))),
        server.page(text(&alert["bundle"])),
    );
    Ok(Outcome::done(said, alert))
}
