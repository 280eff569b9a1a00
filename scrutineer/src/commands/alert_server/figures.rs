//! How far sending is, and what was slow in a drill.

use super::{At, count, mark, named, plain, text};
use crate::outcome::{Outcome, Problem};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Areas that are named; `--json` has all.
const AREAS: usize = 10;

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

pub(super) fn sending(at: &At, alert: &str) -> Result<Outcome, Problem> {
    let found = at.server()?.get_own(&format!("/api/v1/alerts/{}/sending", named(alert)))?;
    let state = match text(&found["state"]) {
        "not-begun" => "not begun",
        "nobody" => "there is nobody to send to",
        "under-way" => "under way",
        "done" => "done",
        _ => "unknown",
    };
    let mut said = format!(
        "{}Entry {}: sending is {state}; {} of {} handed over, {} delivered, {} failed.\n",
        mark(&found["status"]),
        found["entry"],
        number(&found["handed"]),
        count(number(&found["total"]), "message"),
        number(&found["delivered"]),
        number(&found["failed"]),
    );
    for way in found["ways"].as_array().into_iter().flatten() {
        let _ = writeln!(
            said,
            "  {:<8} {} waiting, {} handed over, {} delivered, {} failed, {} in doubt, {} overtaken",
            text(&way["way"]),
            way["waiting"],
            way["handed"],
            way["delivered"],
            way["failed"],
            way["doubtful"],
            way["overtaken"]
        );
    }
    for way in found["without_gateway"].as_array().into_iter().flatten() {
        let _ =
            writeln!(said, "No gateway takes messages by {}: set one up on the page Sending.", plain(way));
    }
    for one in found["failures"].as_array().into_iter().flatten() {
        let failed = count(number(&one["messages"]), "message");
        let _ = writeln!(said, "  failed: {failed} by {}, {}", text(&one["way"]), plain(&one["reason"]));
    }
    if number(&found["unreached"]) > 0 {
        let _ = writeln!(
            said,
            "There is no address for {}: telephone.",
            count(number(&found["unreached"]), "polling station")
        );
    }
    Ok(Outcome::done(said, found))
}

pub(super) fn drills(at: &At, code: Option<&str>) -> Result<Outcome, Problem> {
    let server = at.server()?;
    if let Some(code) = code {
        let drill = server.get_own(&format!("/api/v1/alerts/drills/{}", named(code)))?;
        return Ok(Outcome::done(report(&drill), drill));
    }
    let found = server.get_own("/api/v1/alerts/drills")?;
    let all = found["drills"].as_array().cloned().unwrap_or_default();
    let mut said = String::new();
    for drill in &all {
        let state = if drill["ended"].is_null() { "runs" } else { "is over" };
        let _ = writeln!(said, "EXERCISE {}  {}  {state}", plain(&drill["drill"]), plain(&drill["title"]));
    }
    if all.is_empty() {
        said.push_str("No drill was begun.\n");
    }
    Ok(Outcome::done(said, json!({"drills": all})))
}

/// A duration, `1:02:03`; a dash where it has not come to that.
fn duration(seconds: &Value) -> String {
    seconds
        .as_u64()
        .map_or_else(|| "–".to_owned(), |all| format!("{}:{:02}:{:02}", all / 3_600, all / 60 % 60, all % 60))
}

fn line(name: &str, spread: &Value) -> String {
    let reached = format!("{} of {}", spread["reached"], spread["of"]);
    let times = ["half", "nine_in_ten", "last"].map(|name| duration(&spread[name]));
    format!("  {name:<20} {reached:>16} {:>9} {:>9} {:>9}\n", times[0], times[1], times[2])
}

/// What was slow: by step and area, when half of the stations, nine in ten and the last had come.
fn report(drill: &Value) -> String {
    let state = if drill["ended"].is_null() { "runs" } else { "is over" };
    let mut said = format!(
        "EXERCISE Drill {} ({}) {state}; its clock shows {} and goes {} times as fast.\n",
        plain(&drill["title"]),
        plain(&drill["drill"]),
        plain(&drill["clock"]),
        drill["rate"]
    );
    for alert in drill["alerts"].as_array().into_iter().flatten() {
        let _ = writeln!(
            said,
            "\nEXERCISE Alert {}: {}; \"{}\" is asked for\n  {:<20} {:>16} {:>9} {:>9} {:>9}",
            alert["number"],
            plain(&alert["headline"]),
            text(&alert["goal"]),
            "",
            "reached",
            "half",
            "9 in 10",
            "last"
        );
        let steps = ["sent", "delivered", "read", "understood", "acted"];
        let spreads = alert["measures"]["steps"].as_array().into_iter().flatten();
        said.extend(steps.iter().zip(spreads).map(|(step, spread)| line(step, spread)));
        let names = alert["areas"].as_array().into_iter().flatten();
        let areas = names.zip(alert["measures"]["areas"].as_array().into_iter().flatten());
        said.extend(areas.take(AREAS).map(|(name, area)| line(&plain(name), &area[1])));
    }
    said
}
